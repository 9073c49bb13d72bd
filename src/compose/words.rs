//! Numbers in words, and the round number below a count.
//!
//! In: a whole number and a language. Out: its cardinal as running text spells
//! it: "one hundred and two", "ciento dos", "cent deux". Guaranteed: correct for every `u64`.
//!
//! The rules are own ones because the kept crate for this (num2words 1.2)
//! writes "one hundred two" but "one thousand one hundred and two", and has no
//! Spanish. English follows CLDR's `spellout-cardinal-verbose` without its
//! commas; Spanish follows the Diccionario panhispánico de dudas, "cardinales"; French
//! has the hyphens of before 1990 (Grevisse, *Le bon usage*, "Les numéraux cardinaux").

use crate::model::number_words::{NumberWords, number_words};

/// What a Spanish or French numeral agrees with; English does not care.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Gender {
    /// It stands alone: "veintiuno".
    #[default]
    Alone,
    /// Before a masculine noun: "veintiún firmantes".
    Masculine,
    /// Before a feminine noun: "veintiuna organizaciones".
    Feminine,
}

/// Returns the number in words, or `None` if the language's words are unknown.
pub(super) fn cardinal(number: u64, language: &str, gender: Gender) -> Option<String> {
    let names = number_words(language)?;
    let mut words = Vec::new();
    match language {
        "en" => english(number, names, &mut words),
        "es" => spanish(number, gender, names, &mut words),
        "fr" => french(number, gender, true, names, &mut words),
        _ => return None,
    }
    Some(words.join(" "))
}

/// Returns the largest round number below `number`, so that "more than" it is
/// true; `None` if there is none.
///
/// Without a step, round means: up to 10 nothing, up to 100 the tens, and above
/// that half the power of ten below (fifties to 1,000, five hundreds to 10,000).
/// A number that is round itself is not more than itself: 100 gives 90.
pub(super) fn round_below(number: u64, step: Option<u64>) -> Option<u64> {
    let last = number.checked_sub(1)?;
    let step = step.unwrap_or_else(|| match last {
        0..10 => 10,
        10..100 => 10,
        _ => 10_u64.pow(last.ilog10()) / 2,
    });
    let round = last.checked_div(step)? * step;
    (round > 0).then_some(round)
}

fn english(number: u64, names: &NumberWords, words: &mut Vec<String>) {
    for (power, name, _) in names.powers(1_000) {
        if number >= power {
            english(number / power, names, words);
            words.push(name.into());
            english_rest(number % power, names, words);
            return;
        }
    }
    let small = |number| names.small(number).unwrap_or_default();
    match number {
        0..20 => words.push(small(number).into()),
        20..100 => {
            let ten = names.ten(number / 10).unwrap_or_default();
            words.push(match number % 10 {
                0 => ten.into(),
                one => format!("{ten}-{}", small(one)),
            });
        }
        _ => {
            words.push(small(number / 100).into());
            words.push("hundred".into());
            english_rest(number % 100, names, words);
        }
    }
}

/// What follows a hundred or a power: nothing, "and two", "three hundred".
fn english_rest(rest: u64, names: &NumberWords, words: &mut Vec<String>) {
    match rest {
        0 => return,
        1..100 => words.push("and".into()),
        _ => {}
    }
    english(rest, names, words);
}

/// Counts by the long scale: powers are of a million.
fn spanish(number: u64, gender: Gender, names: &NumberWords, words: &mut Vec<String>) {
    for (power, one, many) in names.powers(1_000_000) {
        if number >= power {
            // The power is a masculine noun, whatever is counted.
            spanish(number / power, Gender::Masculine, names, words);
            words.push(if number / power == 1 { one } else { many }.into());
            if !number.is_multiple_of(power) {
                spanish(number % power, gender, names, words);
            }
            return;
        }
    }
    if number >= 1000 {
        if number / 1000 > 1 {
            spanish_hundreds(number / 1000, gender, true, names, words);
        }
        words.push("mil".into());
        if number.is_multiple_of(1000) {
            return;
        }
        spanish_hundreds(number % 1000, gender, false, names, words);
    } else {
        spanish_hundreds(number, gender, false, names, words);
    }
}

/// Below 1,000. Before "mil", a final one is short ("veintiún mil") whatever is
/// counted, while hundreds agree ("doscientas mil").
fn spanish_hundreds(number: u64, gender: Gender, before_mil: bool, names: &NumberWords, words: &mut Vec<String>) {
    match number / 100 {
        0 => {}
        1 if number == 100 => words.push("cien".into()),
        1 => words.push("ciento".into()),
        hundred => {
            let ending = if gender == Gender::Feminine { "as" } else { "os" };
            words.push(format!("{}{ending}", names.hundred(hundred).unwrap_or_default()));
        }
    }
    let rest = number % 100;
    if rest == 0 && number > 0 {
        return;
    }
    let gender = if before_mil { Gender::Masculine } else { gender };
    let (one, twenty_one) = match gender {
        Gender::Alone => ("uno", "veintiuno"),
        Gender::Masculine => ("un", "veintiún"),
        Gender::Feminine => ("una", "veintiuna"),
    };
    let small = |number| names.small(number).unwrap_or_default().to_owned();
    match rest {
        1 => words.push(one.into()),
        21 => words.push(twenty_one.into()),
        0..30 => words.push(small(rest)),
        _ => {
            words.push(names.ten(rest / 10).unwrap_or_default().into());
            match rest % 10 {
                0 => {}
                1 => words.extend(["y".into(), one.into()]),
                unit => words.extend(["y".into(), small(unit)]),
            }
        }
    }
}

/// Counts by the powers of a thousand. `ends`: no number follows, so that "vingts" and
/// "cents" are in the plural; "mille" is a number, "million" is a noun.
fn french(number: u64, gender: Gender, ends: bool, names: &NumberWords, words: &mut Vec<String>) {
    const THOUSAND: u64 = 1_000;
    for (power, one, many) in names.powers(THOUSAND) {
        if number < power {
            continue;
        }
        let count = number / power;
        if power == THOUSAND {
            if count > 1 {
                french(count, Gender::Masculine, false, names, words);
            }
            words.push(one.into());
        } else {
            french(count, Gender::Masculine, true, names, words);
            words.push(if count == 1 { one } else { many }.into());
        }
        if !number.is_multiple_of(power) {
            french(number % power, gender, ends, names, words);
        }
        return;
    }
    let (hundreds, rest) = (number / 100, number % 100);
    if hundreds > 0 {
        if hundreds > 1 {
            words.push(names.small(hundreds).unwrap_or_default().into());
        }
        words.push(
            if hundreds > 1 && rest == 0 && ends {
                "cents"
            } else {
                "cent"
            }
            .into(),
        );
        if rest == 0 {
            return;
        }
    }
    let small = |number| match (number, gender) {
        (1, Gender::Feminine) => "une".to_owned(),
        _ => names.small(number).unwrap_or_default().to_owned(),
    };
    if rest < 20 {
        words.push(small(rest));
        return;
    }
    // Seventy is sixty and ten, ninety is eighty and ten.
    let (ten, unit) = match rest / 10 {
        ten @ (7 | 9) => (ten - 1, rest % 10 + 10),
        ten => (ten, rest % 10),
    };
    let word = names.ten(ten).unwrap_or_default();
    match unit {
        0 if ten == 8 && ends => words.push(format!("{word}s")),
        0 => words.push(word.into()),
        1 | 11 if ten < 8 => words.extend([word.into(), "et".into(), small(unit)]),
        _ => words.push(format!("{word}-{}", small(unit))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_has_and_before_the_tens() {
        let check = |number, expected: &str| {
            assert_eq!(cardinal(number, "en", Gender::Alone).as_deref(), Some(expected));
        };
        check(0, "zero");
        check(7, "seven");
        check(13, "thirteen");
        check(20, "twenty");
        check(85, "eighty-five");
        check(100, "one hundred");
        check(102, "one hundred and two");
        check(452, "four hundred and fifty-two");
        check(1_000, "one thousand");
        check(1_002, "one thousand and two");
        check(1_100, "one thousand one hundred");
        check(1_102, "one thousand one hundred and two");
        check(100_000, "one hundred thousand");
        check(100_102, "one hundred thousand one hundred and two");
        check(
            999_999,
            "nine hundred and ninety-nine thousand nine hundred and ninety-nine",
        );
        check(1_000_001, "one million and one");
        check(
            u64::MAX,
            "eighteen quintillion four hundred and forty-six quadrillion seven hundred and forty-four trillion \
             seventy-three billion seven hundred and nine million five hundred and fifty-one thousand six hundred \
             and fifteen",
        );
    }

    #[test]
    fn spanish_agrees_with_what_is_counted() {
        let check = |number, gender, expected: &str| {
            assert_eq!(cardinal(number, "es", gender).as_deref(), Some(expected));
        };
        use Gender::{Alone, Feminine, Masculine};
        check(0, Alone, "cero");
        check(1, Alone, "uno");
        check(1, Feminine, "una");
        check(16, Alone, "dieciséis");
        check(21, Alone, "veintiuno");
        check(21, Masculine, "veintiún");
        check(21, Feminine, "veintiuna");
        check(22, Alone, "veintidós");
        check(31, Masculine, "treinta y un");
        check(45, Alone, "cuarenta y cinco");
        check(100, Feminine, "cien");
        check(101, Feminine, "ciento una");
        check(102, Alone, "ciento dos");
        check(200, Alone, "doscientos");
        check(286, Feminine, "doscientas ochenta y seis");
        check(500, Feminine, "quinientas");
        check(700, Alone, "setecientos");
        check(900, Alone, "novecientos");
        check(1_000, Alone, "mil");
        check(1_001, Alone, "mil uno");
        check(2_021, Alone, "dos mil veintiuno");
        check(21_000, Alone, "veintiún mil");
        check(31_000, Feminine, "treinta y un mil");
        check(100_000, Alone, "cien mil");
        check(200_200, Feminine, "doscientas mil doscientas");
        check(1_000_000, Alone, "un millón");
        check(21_000_001, Feminine, "veintiún millones una");
        check(1_000_000_000, Alone, "mil millones");
        check(2_000_000_000_000, Alone, "dos billones");
    }

    #[test]
    fn french_counts_by_twenties_and_agrees() {
        let check = |number, gender, expected: &str| {
            assert_eq!(cardinal(number, "fr", gender).as_deref(), Some(expected));
        };
        use Gender::{Alone, Feminine};
        check(0, Alone, "zéro");
        check(1, Feminine, "une");
        check(17, Alone, "dix-sept");
        check(20, Alone, "vingt");
        check(21, Alone, "vingt et un");
        check(21, Feminine, "vingt et une");
        check(22, Alone, "vingt-deux");
        check(61, Feminine, "soixante et une");
        check(70, Alone, "soixante-dix");
        check(71, Alone, "soixante et onze");
        check(77, Alone, "soixante-dix-sept");
        check(80, Alone, "quatre-vingts");
        check(81, Feminine, "quatre-vingt-une");
        check(91, Alone, "quatre-vingt-onze");
        check(99, Alone, "quatre-vingt-dix-neuf");
        check(100, Alone, "cent");
        check(102, Alone, "cent deux");
        check(180, Alone, "cent quatre-vingts");
        check(200, Alone, "deux cents");
        check(201, Feminine, "deux cent une");
        check(1_000, Alone, "mille");
        check(1_002, Alone, "mille deux");
        check(21_000, Feminine, "vingt et un mille");
        check(80_000, Alone, "quatre-vingt mille");
        check(200_000, Alone, "deux cent mille");
        check(80_000_000, Alone, "quatre-vingts millions");
        check(1_000_000, Alone, "un million");
        check(2_000_300, Alone, "deux millions trois cents");
        check(1_000_000_001, Feminine, "un milliard une");
    }

    #[test]
    fn other_languages_have_no_words_yet() {
        assert_eq!(cardinal(7, "de", Gender::Alone), None);
    }

    #[test]
    fn the_round_number_is_below() {
        let check = |number, expected| assert_eq!(round_below(number, None), expected, "{number}");
        check(0, None);
        check(1, None);
        check(10, None);
        check(11, Some(10));
        check(20, Some(10));
        check(21, Some(20));
        check(85, Some(80));
        check(100, Some(90));
        check(101, Some(100));
        check(102, Some(100));
        check(150, Some(100));
        check(171, Some(150));
        check(286, Some(250));
        check(1_000, Some(950));
        check(1_001, Some(1_000));
        check(12_345, Some(10_000));
        assert_eq!(round_below(171, Some(10)), Some(170));
        assert_eq!(round_below(170, Some(10)), Some(160));
        assert_eq!(round_below(7, Some(10)), None);
        assert_eq!(round_below(7, Some(0)), None);
        for number in 0..5_000 {
            assert!(round_below(number, None).is_none_or(|round| round < number));
        }
        assert!(round_below(u64::MAX, None).is_some());
    }
}
