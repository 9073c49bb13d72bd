//! Numbers as people write them: "102", "1,200", "one hundred and two", "half a
//! hundred", "dozens", "más de ciento dos", "medio centenar".
//!
//! In: a text and its language. Out: its words, and the numbers among them, each
//! with its place. Guaranteed: sums of money, percentages, ordinals, sections of
//! laws and decimal fractions are no numbers. Absent: what is counted.

use crate::model::number_words::{number_words, scale};
use std::ops::Range;

/// A word of a text: letters and figures; a hyphen parts words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// In lower case.
    pub(super) lower: String,
    pub(super) range: Range<usize>,
    /// Whether a hyphen ties it to the word before.
    pub(super) joined: bool,
    /// What stands between it and the word before.
    pub(super) gap: &'a str,
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    let mut last_end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let inside = c.is_alphanumeric()
            || start.is_some()
                && (matches!(c, '\'' | '’') && next.is_some_and(char::is_alphabetic)
                    || matches!(c, ',' | '.')
                        && next.is_some_and(|next| next.is_ascii_digit())
                        && text[..at].ends_with(|c: char| c.is_ascii_digit()));
        if inside {
            start.get_or_insert(at);
        }
        let ends = !inside || next.is_none();
        if let Some(begin) = start
            && ends
        {
            let end = if inside { at + c.len_utf8() } else { at };
            let gap = &text[last_end..begin];
            words.push(Word {
                text: &text[begin..end],
                lower: text[begin..end].to_lowercase(),
                range: begin..end,
                joined: matches!(gap, "-" | "‑") && begin > 0,
                gap,
            });
            last_end = end;
            start = None;
        }
    }
    words
}

/// How exact a number is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exactness {
    /// It says what it says.
    Exact,
    /// "170+", "100-plus", "100 or more".
    OrMore,
    /// "dozens": at least so many, and not a multiple that has a word of its own.
    Vague,
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    pub(super) value: u64,
    pub(super) exactness: Exactness,
    /// Its words, as indices.
    pub(super) words: Range<usize>,
}

/// The numbers of a text, in its order.
pub(super) fn numbers(text: &str, words: &[Word<'_>], language: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match number(text, words, at, language) {
            Some(number) => {
                at = number.words.end;
                found.push(number);
            }
            None => at += 1,
        }
    }
    found
}

fn number(text: &str, words: &[Word<'_>], at: usize, language: &str) -> Option<Number> {
    if let Some((value, end)) = vague(words, at, language) {
        return Some(Number {
            value,
            exactness: Exactness::Vague,
            words: at..end,
        });
    }
    if let Some((value, end)) = some(words, at, language) {
        return Some(Number {
            value,
            exactness: Exactness::OrMore,
            words: at..end,
        });
    }
    let (value, mut end) = figures(text, words, at, language).or_else(|| match language {
        "es" => spanish(words, at),
        "fr" => french(words, at),
        _ => english(words, at),
    })?;
    let mut exactness = Exactness::Exact;
    let after = &text[words[end - 1].range.end..];
    if after.starts_with('+') {
        exactness = Exactness::OrMore;
    } else if words
        .get(end)
        .is_some_and(|word| word.lower == "plus" && (word.joined || word.gap == " "))
    {
        exactness = Exactness::OrMore;
        end += 1;
    } else if is(words, end, &["or", "more"]) || is(words, end, &["o", "más"]) || is(words, end, &["ou", "plus"]) {
        exactness = Exactness::OrMore;
        end += 2;
    }
    Some(Number {
        value,
        exactness,
        words: at..end,
    })
}

/// Whether the words from `at` on are these, on one line of thought.
pub(super) fn is(words: &[Word<'_>], at: usize, expected: &[&str]) -> bool {
    expected.iter().enumerate().all(|(index, expected)| {
        words
            .get(at + index)
            .is_some_and(|word| word.lower == *expected && (index == 0 || word.joined || word.gap.trim().is_empty()))
    })
}

/// Figures, with "million" and its like after them.
fn figures(text: &str, words: &[Word<'_>], at: usize, language: &str) -> Option<(u64, usize)> {
    let word = &words[at];
    if language == "fr"
        && let Some((value, end)) = spaced(words, at)
    {
        return Some((value, end));
    }
    let value = grouped(word.text, language)?;
    let before = text[..word.range.start].chars().next_back();
    let after = text[word.range.end..].chars().next();
    let odd_before = before.is_some_and(|c| matches!(c, '$' | '€' | '£' | '#' | '§' | '/' | '.' | ','));
    let odd_after = after.is_some_and(|c| matches!(c, '%' | '(' | '/' | '°' | '$'));
    if odd_before || odd_after || word.joined && grouped(words.get(at.wrapping_sub(1))?.text, language).is_some() {
        return None;
    }
    let scale = words
        .get(at + 1)
        .filter(|next| !next.joined)
        .and_then(|next| scale(&next.lower));
    Some(match scale {
        Some(scale) => (value.saturating_mul(scale), at + 2),
        None => (value, at + 1),
    })
}

/// A whole number in figures, grouped as the language groups them or not at all.
fn grouped(text: &str, language: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let separator = if text.contains('.') && language == "es" {
        '.'
    } else {
        ','
    };
    let groups: Vec<&str> = text.split(separator).collect();
    let digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let sound = groups.iter().all(digits)
        && groups.first().is_some_and(|first| (1..4).contains(&first.len()))
        && groups[1..].iter().all(|group| group.len() == 3);
    if sound { groups.concat().parse().ok() } else { None }
}

/// Figures in groups of three with spaces between them, as French has them: "1 200".
fn spaced(words: &[Word<'_>], at: usize) -> Option<(u64, usize)> {
    let is_group = |word: &Word<'_>| word.text.bytes().all(|byte| byte.is_ascii_digit());
    let first = words.get(at).filter(|word| is_group(word) && word.text.len() <= 3)?;
    let groups = words[at + 1..]
        .iter()
        .take_while(|word| is_group(word) && word.text.len() == 3 && matches!(word.gap, " " | "\u{a0}" | "\u{202f}"));
    let digits: Vec<&str> = std::iter::once(first).chain(groups).map(|word| word.text).collect();
    let end = at + digits.len();
    (digits.len() > 1).then(|| Some((digits.concat().parse().ok()?, end)))?
}

/// "Dozens", "scores", "100s", "decenas": the least they may stand for.
fn vague(words: &[Word<'_>], at: usize, language: &str) -> Option<(u64, usize)> {
    // "100s".
    if let Some(scale) = match words[at].lower.as_str() {
        "10s" => Some(10),
        "100s" => Some(100),
        "1000s" | "1,000s" => Some(1_000),
        _ => None,
    } {
        return Some((scale * 2, at + 1));
    }
    let value = number_words(language)?.vague(&words[at].lower)?;
    // "Hundreds of thousands", "two docenas": another number.
    let of = words
        .get(at + 1)
        .is_some_and(|word| matches!(word.lower.as_str(), "of" | "de"));
    let more = words.get(at + 2).is_some_and(|word| {
        matches!(
            word.lower.as_str(),
            "thousands" | "millions" | "miles" | "millones" | "milliers"
        )
    });
    (!(of && more)).then_some((value, at + 1))
}

/// "Several hundred", "a few dozen": two of them at least.
fn some(words: &[Word<'_>], at: usize, language: &str) -> Option<(u64, usize)> {
    let next = match words[at].lower.as_str() {
        "several" if language == "en" => at + 1,
        "a" if language == "en" && is(words, at + 1, &["few"]) => at + 2,
        _ => return None,
    };
    let word = words.get(next).filter(|word| word.gap.trim().is_empty())?;
    Some((scale(&word.lower)? * 2, next + 1))
}

fn small(words: &[Word<'_>], at: usize) -> Option<u64> {
    let word = words.get(at)?;
    number_words("en")?.value(&word.lower).filter(|&value| value > 0)
}

/// An English number in words: "one hundred and two", "half a dozen".
fn english(words: &[Word<'_>], begin: usize) -> Option<(u64, usize)> {
    if is(words, begin, &["half", "a"]) {
        let scale = words.get(begin + 2).and_then(|word| scale(&word.lower))?;
        return Some((scale / 2, begin + 3));
    }
    let mut at = begin;
    let (mut total, mut current) = (0_u64, 0_u64);
    let mut seen = false;
    if matches!(words[at].lower.as_str(), "a" | "an") {
        words.get(at + 1).and_then(|word| scale(&word.lower))?;
        current = 1;
        at += 1;
    }
    while let Some(word) = words.get(at) {
        if seen && !word.joined && !word.gap.trim().is_empty() {
            break;
        }
        if let Some(value) = small(words, at) {
            let room = match current % 100 {
                0 => true,
                tens => tens >= 20 && tens.is_multiple_of(10) && value < 10,
            };
            if !room {
                break;
            }
            current += value;
        } else if word.lower == "hundred" && current > 0 && current < 100 {
            current *= 100;
        } else if word.lower == "dozen" && current > 0 {
            current *= 12;
        } else if let Some(scale) = scale(&word.lower).filter(|&scale| scale >= 1_000 && current > 0) {
            total = total.saturating_add(current.saturating_mul(scale));
            current = 0;
        } else if word.lower == "and"
            && seen
            && (current.is_multiple_of(100) && (current > 0 || total > 0))
            && small(words, at + 1).is_some()
        {
            at += 1;
            continue;
        } else {
            break;
        }
        seen = true;
        at += 1;
    }
    let value = total + current;
    (seen && value > 0).then_some((value, at))
}

fn small_spanish(words: &[Word<'_>], at: usize) -> Option<u64> {
    let lower = &words.get(at)?.lower;
    let stem = lower
        .strip_suffix("os")
        .or_else(|| lower.strip_suffix("as"))
        .filter(|stem| stem.ends_with("ient"));
    // One is an article as well.
    number_words("es")?
        .value(stem.unwrap_or(lower))
        .filter(|&value| value > 1)
}

/// A Spanish number in words: "ciento dos", "medio centenar", "una veintena".
fn spanish(words: &[Word<'_>], begin: usize) -> Option<(u64, usize)> {
    let one = matches!(words[begin].lower.as_str(), "un" | "una" | "medio" | "media");
    if one {
        let round = number_words("es")?.round(&words.get(begin + 1)?.lower)?;
        let half = words[begin].lower.starts_with("medi");
        return Some((if half { round / 2 } else { round }, begin + 2));
    }
    let mut at = begin;
    let (mut total, mut current) = (0_u64, 0_u64);
    let mut seen = false;
    while let Some(word) = words.get(at) {
        if seen && !word.gap.trim().is_empty() {
            break;
        }
        let unit = match word.lower.as_str() {
            "un" | "uno" | "una" if seen => Some(1),
            _ => small_spanish(words, at),
        };
        if let Some(value) = unit {
            let room = match value {
                100.. => current == 0,
                10..100 => current.is_multiple_of(100),
                _ => current % 10 == 0 && (current.is_multiple_of(100) || words[at - 1].lower == "y"),
            };
            if !room {
                break;
            }
            current += value;
        } else if word.lower == "y"
            && seen
            && (30..100).contains(&(current % 100))
            && current.is_multiple_of(10)
            && (small_spanish(words, at + 1).is_some_and(|next| next < 10)
                || words
                    .get(at + 1)
                    .is_some_and(|next| matches!(next.lower.as_str(), "un" | "uno" | "una")))
        {
            at += 1;
            continue;
        } else if word.lower == "mil" && total == 0 {
            total = current.max(1) * 1_000;
            current = 0;
        } else if matches!(word.lower.as_str(), "millón" | "millones") && seen {
            total = (total + current).saturating_mul(1_000_000);
            current = 0;
        } else if word.lower == "docenas" && seen {
            current *= 12;
        } else {
            break;
        }
        seen = true;
        at += 1;
    }
    let value = total + current;
    (seen && value > 0).then_some((value, at))
}

/// A French number in words: "cent deux", "quatre-vingt-onze", "une centaine".
fn french(words: &[Word<'_>], begin: usize) -> Option<(u64, usize)> {
    let names = number_words("fr")?;
    if matches!(words[begin].lower.as_str(), "un" | "une") {
        let round = names.round(&words.get(begin + 1)?.lower)?;
        return Some((round, begin + 2));
    }
    let is_one = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| matches!(word.lower.as_str(), "un" | "une"))
    };
    let mut at = begin;
    let (mut total, mut current) = (0_u64, 0_u64);
    let mut seen = false;
    while let Some(word) = words.get(at) {
        if seen && !word.joined && !word.gap.trim().is_empty() {
            break;
        }
        let (rest, tens) = (current % 100, current % 100 / 10);
        match word.lower.as_str() {
            "et" if seen && rest.is_multiple_of(10) && (2..=6).contains(&tens) => {
                let eleven = words.get(at + 1).is_some_and(|next| next.lower == "onze") && tens == 6;
                if !is_one(at + 1) && !eleven {
                    break;
                }
            }
            "vingt" | "vingts" if word.joined && rest == 4 => current += 76,
            "cent" | "cents" if current < 10 && (current != 1) => current = current.max(1) * 100,
            "mille" if total.is_multiple_of(1_000_000) => {
                total += current.max(1) * 1_000;
                current = 0;
            }
            "million" | "millions" | "milliard" | "milliards" if seen => {
                let scale = if word.lower.starts_with("milliard") {
                    1_000_000_000
                } else {
                    1_000_000
                };
                total = (total + current).saturating_mul(scale);
                current = 0;
            }
            "douzaines" if seen => current *= 12,
            lower => {
                // One is an article as well, and begins no number.
                let Some(value) = names.value(lower).filter(|&value| value > 1 || value == 1 && seen) else {
                    break;
                };
                let room = match value {
                    20.. => rest == 0,
                    10..20 => rest == 0 || matches!(rest, 60 | 80),
                    7..10 if rest % 20 == 10 && word.joined => true,
                    _ => rest == 0 || tens > 1 && rest.is_multiple_of(10),
                };
                if !room {
                    break;
                }
                current += value;
            }
        }
        seen = true;
        at += 1;
    }
    let value = total + current;
    (seen && value > 0).then_some((value, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str, expected: &[u64]) {
        let words = words(text);
        let found: Vec<u64> = numbers(text, &words, language)
            .iter()
            .map(|number| number.value)
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn french_words_are_read_as_they_are_written() {
        for number in (2..2_500).chain([21_000, 80_000, 200_071, 1_000_000, 80_000_000]) {
            let text = crate::compose::in_words(number, "fr").expect("French has words");
            let found: Vec<u64> = numbers(&text, &words(&text), "fr")
                .iter()
                .map(|found| found.value)
                .collect();
            let expected: &[u64] = if number == 1_000_000 { &[] } else { &[number] };
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn english_numbers_are_read() {
        check("en", "the 102 groups", &[102]);
        check("en", "1,200 groups and 12,345,678 stars", &[1_200, 12_345_678]);
        check("en", "one hundred and two groups", &[102]);
        check("en", "Eighty-five undersigned", &[85]);
        check("en", "four hundred and fifty-two; three", &[452, 3]);
        check("en", "one thousand one hundred and two", &[1_102]);
        check("en", "a hundred groups, an organization", &[100]);
        check("en", "half a hundred, half a dozen, two dozen", &[50, 6, 24]);
        check("en", "11 million people", &[11_000_000]);
        check("en", "dozens of groups, hundreds of thousands of people", &[24, 2_000]);
        check("en", "five and six", &[5, 6]);
        check("en", "twenty one, ten five", &[21, 10, 5]);
    }

    #[test]
    fn spanish_numbers_are_read() {
        check("es", "más de cien organizaciones", &[100]);
        check("es", "ciento dos grupos", &[102]);
        check("es", "doscientas ochenta y seis", &[286]);
        check("es", "treinta y un grupos y once más", &[31, 11]);
        check("es", "mil doscientas, dos mil veintiuno", &[1_200, 2_021]);
        check("es", "medio centenar, una docena, decenas de", &[50, 12, 20]);
        check("es", "1.234 firmantes", &[1_234]);
        check("fr", "plus de cent organisations", &[100]);
        check("fr", "cent deux groupes et 1 200 personnes", &[102, 1_200]);
        check("fr", "une centaine, des milliers, deux douzaines", &[100, 2_000, 24]);
        check("fr", "deux et trois", &[2, 3]);
        check("es", "un grupo", &[]);
    }

    #[test]
    fn what_is_no_count_is_no_number() {
        check("en", "$340 and 40% under 287(g), the 100th, 2.5 or #7", &[]);
    }

    #[test]
    fn a_plus_is_heard() {
        let text = "170+ groups, 100-plus groups, 50 or more, 9";
        let found: Vec<Exactness> = numbers(text, &words(text), "en")
            .iter()
            .map(|number| number.exactness)
            .collect();
        use Exactness::{Exact, OrMore};
        assert_eq!(found, [OrMore, OrMore, OrMore, Exact]);
    }
}
