//! Figures that cannot be right: sums, shares, ranges, and numbers said twice.
//!
//! In: the letter's tables and text. Out: totals that are not the sum, shares above a
//! hundred, "half (32 percent)", "three (4)", an amount in millions and in billions, ranges
//! that run backwards. Guaranteed: words such as "nearly" are heard. Absent: whether a figure
//! is true.

use super::expression::Regex;
use super::numbers;
use super::pattern::{Pattern, has_any, has_any_case, has_figure};
use super::prose::{Passage, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink, tables};
use crate::diag::{Code, Severity};
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "figures",
    description: "Sums add up, shares are at most a hundred percent, and a number said twice is one number.",
    findings: &[Finding {
        code: Code::Figures,
        severity: Severity::Warning,
        why: "Opponents quote the one figure that cannot be right.",
    }],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let printed = case.prose.passages.iter();
    for passage in printed.filter(|passage| !matches!(passage.role, PassageRole::Alternative | PassageRole::Signatory))
    {
        said_twice(passage, case.language(), sink);
        shares(passage, sink);
        ranges(passage, sink);
        impossible(passage, sink);
        if case.english() {
            marks(passage, sink);
        }
    }
    amounts(case, sink);
    turned(case, sink);
    for passage in case
        .prose
        .of_roles(|role| matches!(role, PassageRole::Paragraph | PassageRole::Item))
    {
        cut_to(passage, sink);
        parts_of(passage, sink);
    }
    tables::sums(case, sink);
}

/// "three (4)".
fn said_twice(passage: &Passage, language: &str, sink: &mut Sink<'_>) {
    let words = numbers::words(&passage.text);
    for number in numbers::numbers(&passage.text, &words, language) {
        let Some(last) = words.get(number.words.end.saturating_sub(1)) else {
            continue;
        };
        if number.words.is_empty() || last.text.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let after = &passage.text[last.range.end..];
        let Some(inner) = after
            .trim_start()
            .strip_prefix('(')
            .and_then(|rest| rest.split(')').next())
        else {
            continue;
        };
        let Ok(figure) = inner.replace(',', "").parse::<u64>() else {
            continue;
        };
        if figure != number.value && after.len() - after.trim_start().len() <= 1 {
            let start = words[number.words.start].range.start;
            let end = last.range.end + (after.len() - after.trim_start().len()) + inner.len() + 2;
            sink.add(
                Code::Figures,
                passage.origin(start..end),
                format!("`{}` says two numbers", &passage.text[start..end]),
                "write one number, in words or in digits",
            );
        }
    }
}

fn shares(passage: &Passage, sink: &mut Sink<'_>) {
    static HALF: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(half|a third|one third|two[- ]thirds|a quarter|one quarter|three[- ]quarters|la mitad|un tercio)\b(?:[^.;:()]{0,40}\((\d{1,3}(?:\.\d+)?) ?(?:%|percent|por ciento)\)|[^.;:(),]{0,30}, or (\d{1,3}(?:\.\d+)?) ?(?:%|percent)[, .])").ok()
    });
    for found in HALF.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let (Some(whole), Some(word), Some(share)) = (found.get(0), found.get(1), found.get(2).or(found.get(3))) else {
            continue;
        };
        let about = match word.as_str().to_lowercase().replace('-', " ").as_str() {
            "half" | "la mitad" => 50.0,
            "a third" | "one third" | "un tercio" => 33.3,
            "two thirds" => 66.7,
            "a quarter" | "one quarter" => 25.0,
            _ => 75.0,
        };
        // "More than half (62 percent)", "nearly half (46 percent)": a tenth of all is as far
        // as it stretches without a word, and with one it may be anything beyond.
        let before = passage.before(whole.start()).to_lowercase();
        let stretched = [
            "more than",
            "over",
            "nearly",
            "almost",
            "about",
            "less than",
            "under",
            "fewer than",
            "más de",
            "menos de",
            "casi",
        ];
        let stretched = stretched.iter().any(|word| before.trim_end().ends_with(word));
        let share: f64 = share.as_str().parse().unwrap_or(about);
        let limit = if stretched { 16.0 } else { 5.0 };
        if (share - about).abs() > limit {
            sink.add(
                Code::Figures,
                passage.origin(whole.range()),
                format!("`{}` says two shares", whole.as_str()),
                "correct the words or the number",
            );
        }
    }
}

/// "from June 12 to June 3", "increased from 14 to 12 percent".
fn ranges(passage: &Passage, sink: &mut Sink<'_>) {
    static DAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b(January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2})(?: to | through | until |–| – )(January|February|March|April|May|June|July|August|September|October|November|December)? ?(\d{1,2})\b").ok()
    });
    static GROWTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(increased?|rose|rises?|grew|grown|risen|climbed|jumped|up|fell|falls?|fallen|dropped|declined|decreased?|shrank|down) from \$?([\d,]+(?:\.\d+)?)(?: ?%| percent)?( million| billion)? to \$?([\d,]+(?:\.\d+)?)( million| billion)?|\b(subió|subieron|aumentó|aumentaron|creció|crecieron|bajó|bajaron|cayó|cayeron|disminuyó) de \$?([\d,.]+) a \$?([\d,.]+)").ok()
    });
    let number = |text: &str| text.replace(',', "").parse::<f64>().ok();
    for found in DAYS.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let text = |at: usize| found.get(at).map_or("", |group| group.as_str());
        let same = text(3).is_empty() || text(1) == text(3);
        let (from, to) = (number(text(2)), number(text(4)));
        if same && from > to {
            backwards(passage, found.get(0).map_or(0..0, |whole| whole.range()), sink);
        }
    }
    for found in GROWTH.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let group = |at: usize, other: usize| found.get(at).or(found.get(other)).map_or("", |group| group.as_str());
        let plain = |text: &str| number(text.trim_end_matches('.'));
        let (Some(from), Some(to)) = (plain(group(2, 7)), plain(group(4, 8))) else {
            continue;
        };
        let falls = [
            "fell", "fall", "drop", "declin", "decreas", "shrank", "down", "baj", "cay", "dismin",
        ];
        let verb = group(1, 6).to_lowercase();
        let falls = falls.iter().any(|fall| verb.starts_with(fall));
        // "from $900 to $1 million".
        let unit = |at: usize| found.get(at).map_or("", |unit| unit.as_str());
        let same_unit = unit(3) == unit(5);
        if same_unit && (falls && from < to || !falls && from > to) {
            backwards(passage, found.get(0).map_or(0..0, |whole| whole.range()), sink);
        }
    }
}

/// Shares of people above all of them, "fell by 150 percent", "nine out of eight", "most (38
/// percent)", and years that run backwards.
fn impossible(passage: &Passage, sink: &mut Sink<'_>) {
    static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        const MANY: &str = r"(?:1[0-9][1-9]|1[1-9]\d|[2-9]\d\d)(?:\.\d+)?";
        const PEOPLE: &str = r"(?:families|people|renters|households|tenants|residents|workers|children|women|men|respondents|members|voters|students|immigrants|adults|seniors|familias|personas|hogares|inquilinos|trabajadores|niños|mujeres)";
        [
            format!(r"(?i)\b{MANY} ?(?:%|percent|por ciento) (?:of|de) (?:the |all |our |las |los )?(?:\p{{L}}+ ){{0,2}}{PEOPLE}\b"),
            format!(r"(?i)\b(?:fell|dropped|declined|decreased|shrank|(?:was|were|been|is|are) (?:cut|reduced|slashed|lowered)|cayó|cayeron|bajó|bajaron|disminuyó) (?:by |un |en un )?{MANY} ?(?:%|percent|por ciento)"),
            r"(?i)\b(?:between|from|entre|de) ((?:19|20)\d\d) (?:and|to|y|a) ((?:19|20)\d\d)\b".to_owned(),
            r"(?i)\b(?:a majority|the majority|most|la mayoría)\b[^.;()\d]{0,40}(?:\(|, )(\d{1,2})(?:\.\d+)? ?(?:%|percent|por ciento)(?:\)|,)".to_owned(),
            r"(?i)\b(one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?:out of|of every|in every) (two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b".to_owned(),
            r"(?i)\b(one|two|three|four|five|six|seven|eight|nine|\d{1,2}|una|uno|dos|tres) (?:in|out of|of every|in every|de cada) (two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|dos|tres|cuatro|cinco|seis|diez)\b[^.;()\d]{0,40}\((\d{1,3})(?:\.\d+)? ?(?:%|percent|por ciento)\)".to_owned(),
            r"(?i)\b(doubled|tripled|quadrupled|halved),? from \$?([\d,]+(?:\.\d+)?)(?: million| billion| percent|%| \p{Ll}{4,})?(?:,? in (?:19|20)\d\d,?)? to \$?([\d,]+(?:\.\d+)?)".to_owned(),
            r"(?i)\b(?:a|the) minority\b[^.;()\d]{0,40}\((\d{1,3})(?:\.\d+)? ?(?:%|percent)\)".to_owned(),
            r"(?i)\bbetween \$([\d,]+(?:\.\d+)?) and \$([\d,]+(?:\.\d+)?)(?:[^\d,.]|[.,] |\.?$)".to_owned(),
            r"(?:^|[.!?] )Of (?:the |all |our |these )?([\d,]+) \p{L}+(?: (?:in|at|from|with|who|that) [\p{Ll} ]{2,30})?, ([\d,]+) (?:\p{Ll}+ ){0,3}?(?:were|are|have|had|won|lost|got|left|found|paid|\p{Ll}+ed)\b(?: and ([\d,]+) (?:were|are|have|had|won|lost|got|left|found|paid|\p{Ll}+ed)\b)?".to_owned(),
            r"(?i)\b(?:rose|increased|grew|climbed|jumped|fell|dropped|declined|decreased|went up|went down) (?:by )?(\d{1,3})(?: ?%| percent),? from \$?([\d,]+(?:\.\d+)?) to \$?([\d,]+(?:\.\d+)?)(?: ?%| percent| million| billion)?".to_owned(),
            r"(?i)\b(\d{1,3})(?: ?%| percent) (?:men|male|renters|adults|urban|yes)\b(?:,| and)+ (\d{1,3})(?: ?%| percent) (?:women|female|owners|homeowners|children|rural|no)\b".to_owned(),
            r"(?i)\bbetween (\d{2,3}(?:,\d{3})?) and (\d{2,3}(?:,\d{3})?) (?:families|people|renters|households|tenants|residents|workers|children|women|men|members|voters|students|organizations|groups|percent|days|weeks|months|years|states|counties|cities|homes|units|cases)\b".to_owned(),
            r"(\d{1,2})(?: ?%| percent) (?:rent|own|live|are|were|have|had|say|said|support|oppose|agree|\p{Ll}+ed)\b[\p{Ll} ]{0,25}, (\d{1,2})(?: ?%| percent) (?:rent|own|live|are|were|have|had|say|said|support|oppose|agree|disagree|\p{Ll}+ed)\b[\p{Ll} ]{0,25}, and (\d{1,2})(?: ?%| percent) (?:rent|own|live|are|were|have|had|say|said|support|oppose|agree|\p{Ll}+ed)\b".to_owned(),
        ]
        .iter()
        .filter_map(|pattern| Regex::new(pattern).ok())
        .collect()
    });
    const WORDS: [&str; 10] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    const SPANISH: [&str; 10] = [
        "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
    ];
    let value = |text: &str| -> f64 {
        let named = |words: &[&str]| words.iter().position(|word| text.eq_ignore_ascii_case(word));
        let word = named(&WORDS).or_else(|| named(&SPANISH));
        let word = word.and_then(|at| u32::try_from(at + 1).ok()).map(f64::from);
        word.or_else(|| text.replace(',', "").parse().ok()).unwrap_or(0.0)
    };
    for (kind, pattern) in PATTERNS.iter().enumerate() {
        for found in pattern.captures_iter(&passage.text) {
            let Some(whole) = found.get(0) else { continue };
            let number = |at: usize| found.get(at).map_or(0.0, |group| value(group.as_str()));
            let wrong = match kind {
                0 | 1 => true,
                2 | 4 => number(1) > number(2),
                3 => number(1) < 50.0 && !whole.as_str().to_lowercase().contains("most of all"),
                5 => {
                    let before = passage.before(whole.start()).to_lowercase();
                    let loose = ["than", "nearly", "almost", "about", "over", "casi", "de"];
                    let loose = loose.iter().any(|word| before.trim_end().ends_with(word));
                    (number(3) - 100.0 * number(1) / number(2)).abs() > if loose { 14.0 } else { 4.0 }
                }
                7 => number(1) > 50.0,
                8 => number(1) > number(2),
                9 => number(2) + number(3) > number(1),
                10 => {
                    let real = (number(3) - number(2)).abs() / number(2) * 100.0;
                    let points = whole.as_str().ends_with(['%', 't']);
                    let falls = ["fell", "dropped", "declined", "decreased", "went down"];
                    let falls = falls.iter().any(|verb| whole.as_str().to_lowercase().starts_with(verb));
                    let backwards = if falls {
                        number(3) > number(2)
                    } else {
                        number(3) < number(2)
                    };
                    !points
                        && number(2) > 0.0
                        && (backwards || (real - number(1)).abs() > f64::max(3.0, number(1) * 0.2))
                }
                11 => number(1) + number(2) > 101.0,
                12 => number(1) > number(2) && number(2) > 12.0,
                13 => {
                    let sum = number(1) + number(2) + number(3);
                    (102.0..=125.0).contains(&sum)
                }
                _ => {
                    let times = match found.get(1).map_or("", |verb| verb.as_str()).to_lowercase().as_str() {
                        "doubled" => 2.0,
                        "tripled" => 3.0,
                        "halved" => 0.5,
                        _ => 4.0,
                    };
                    number(2) > 0.0 && (number(3) / number(2) - times).abs() > f64::min(0.4, times / 4.0)
                }
            };
            if wrong {
                sink.add(
                    Code::Figures,
                    passage.origin(whole.range()),
                    format!("`{}` cannot be right", whole.as_str()),
                    "look the numbers up again",
                );
            }
        }
    }
}

/// "$1,20", "12,00 families", "$12 millions", "$5 dollars", "30%%".
fn marks(passage: &Passage, sink: &mut Sink<'_>) {
    static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(\$\d{1,3},\d{1,2})(?:[^\d,]|$)|(\b\d{1,3},00?)(?:[^\d,]|$)|(\$[\d.,]+ (?:millions|billions)\b)|(\$\d[\d.,]*(?: million| billion)? dollars\b)|(\d ?%%|\bpercent ?%)|(\b\d{1,3},\d{4,5})(?:[^\d,]|$)|(\b[1-9]\d{0,2}\.000) \p{Ll}|(\$?\b\d{1,3},\d{2},\d{3}\b)").ok()
    });
    for found in MARKS.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let Some(group) = (1..=8).find_map(|at| found.get(at)) else {
            continue;
        };
        sink.add(
            Code::Figures,
            passage.origin(group.range()),
            format!("`{}` is not how a number is written", group.as_str()),
            "write the number again",
        );
    }
}

/// "5,400 families" and "4,500 families".
fn turned(case: &Case<'_>, sink: &mut Sink<'_>) {
    static COUNTED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(\d{1,3}(?:,\d{3})+|\d{4,}) (\p{L}{4,})").ok());
    let mut seen: Vec<(String, String)> = Vec::new();
    for passage in case
        .prose
        .of_roles(|role| matches!(role, PassageRole::Paragraph | PassageRole::Item))
    {
        for found in COUNTED.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
            let (Some(number), Some(noun)) = (found.get(1), found.get(2)) else {
                continue;
            };
            let (digits, noun) = (number.as_str().replace(',', ""), noun.as_str().to_lowercase());
            let is_turned = |other: &str| {
                other.len() == digits.len()
                    && strsim::osa_distance(other, &digits) == 1
                    && strsim::hamming(other, &digits).is_ok_and(|slips| slips == 2)
            };
            if let Some((other, _)) = seen.iter().find(|(other, of)| *of == noun && is_turned(other)) {
                sink.add(
                    Code::Figures,
                    passage.origin(number.range()),
                    format!(
                        "`{}` is `{other}` elsewhere, with two digits turned round",
                        number.as_str()
                    ),
                    "look up which is right",
                );
            }
            seen.push((digits, noun));
        }
    }
}

fn backwards(passage: &Passage, range: std::ops::Range<usize>, sink: &mut Sink<'_>) {
    sink.add(
        Code::Figures,
        passage.origin(range.clone()),
        format!("`{}` runs backwards", &passage.text[range]),
        "correct the numbers or the words",
    );
}

/// One amount in millions and in billions: "$4.6 million", "$4.6 billion".
fn amounts(case: &Case<'_>, sink: &mut Sink<'_>) {
    static AMOUNT: Pattern = Pattern::new(
        r"\$(\d+(?:\.\d+)?) (million|billion|trillion|millones|mil millones)\b|\b(\d+\.\d+) (million|billion) (\p{L}{4,})",
        |text| has_figure(text) && has_any(text, &["illion", "millones"]),
    );
    let mut seen: Vec<(String, String)> = Vec::new();
    for passage in &case.prose.passages {
        let pattern = AMOUNT.for_text(&passage.text).into_iter();
        for found in pattern.flat_map(|pattern| pattern.captures_iter(&passage.text)) {
            let (number, unit) = (found.get(1).or(found.get(3)), found.get(2).or(found.get(4)));
            let (Some(whole), Some(number), Some(unit)) = (found.get(0), number, unit) else {
                continue;
            };
            // Money is one thing; people are counted with what they are.
            let counted = found.get(5).map_or("$", |counted| counted.as_str());
            let (number, unit) = (format!("{counted} {}", number.as_str()), unit.as_str().to_owned());
            // Round numbers are in both by chance.
            let telling = number.contains('.') || number.len() > 4;
            let other = seen
                .iter()
                .find(|(other, other_unit)| *other == number && *other_unit != unit);
            if let Some((_, other)) = other.filter(|_| telling) {
                sink.add(
                    Code::Figures,
                    passage.origin(whole.range()),
                    format!("`{}` is `{other}` elsewhere in the text", whole.as_str()),
                    "look up which is right",
                );
            }
            seen.push((number, unit));
        }
    }
}

/// "It was cut to $5 million from $4 million".
fn cut_to(passage: &Passage, sink: &mut Sink<'_>) {
    static TO: Pattern = Pattern::new(
        r"(?i)\b(cut|reduced|lowered|fell|dropped|raised|increased|rose|grew) to \$?([\d,]+(?:\.\d+)?)( million| billion| percent|%)?(?: \p{L}+)? from \$?([\d,]+(?:\.\d+)?)( million| billion| percent|%)?",
        |text| has_figure(text) && has_any_case(text, &[" from "]),
    );
    let pattern = TO.for_text(&passage.text).into_iter();
    for found in pattern.flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let part = |at: usize| found.get(at).map_or("", |part| part.as_str());
        let number = |at: usize| part(at).trim_end_matches(',').replace(',', "").parse::<f64>().ok();
        let (Some(to), Some(from)) = (number(2), number(4)) else {
            continue;
        };
        let rises = ["raised", "increased", "rose", "grew"].contains(&part(1).to_lowercase().as_str());
        if part(3) == part(5) && (rises && to < from || !rises && to > from) {
            backwards(passage, found.get(0).map_or(0..0, |whole| whole.range()), sink);
        }
    }
}

/// "100 families: 40 in Adams and 70 in Brown", "$10 million ($6 million for rent and $5
/// million for courts)".
fn parts_of(passage: &Passage, sink: &mut Sink<'_>) {
    const NUMBER: &str = r"\$?\d[\d,]*(?:\.\d+)?(?: million| billion)?";
    static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let part = format!(r"{NUMBER} (?:(?:\p{{Ll}}+ )?(?:in|for|from|to|of|by|on|at) [^,.;:()\d]{{2,40}}|\p{{Ll}}+)");
        Regex::new(&format!(
            r"({NUMBER})(?: \p{{Ll}}+){{0,2}}(?:: | \(|, )({part}(?:, {part}){{0,5}},? and {part})(?:[.);]|$)"
        ))
        .ok()
    });
    static PART: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NUMBER).ok());
    let value = |text: &str| -> Option<f64> {
        let scale = if text.ends_with("million") {
            1e6
        } else if text.ends_with("billion") {
            1e9
        } else {
            1.0
        };
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        Some(digits.trim_end_matches('.').parse::<f64>().ok()? * scale)
    };
    for found in WHOLE.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let (Some(whole), Some(total), Some(rest)) = (found.get(0), found.get(1), found.get(2)) else {
            continue;
        };
        let parts: Option<Vec<f64>> = PART
            .iter()
            .flat_map(|part| part.find_iter(rest.as_str()))
            .map(|part| value(part.as_str()))
            .collect();
        let (Some(parts), Some(total_value)) = (parts, value(total.as_str())) else {
            continue;
        };
        let sum: f64 = parts.iter().sum();
        let alike = total.as_str().starts_with('$') == rest.as_str().starts_with('$');
        // A comma joins whatever a sentence has; amounts of one scale belong together.
        let between = &passage.text[total.end()..rest.start()];
        let scaled = total.as_str().ends_with("illion");
        let alike = alike && (scaled || !between.contains(','));
        // Parts that are far from the whole are parts of something else.
        let near = sum > total_value * 0.7 && sum < total_value * 1.5;
        let is_year = (1900.0..2100.0).contains(&total_value);
        if alike && near && !is_year && (sum - total_value).abs() > total_value * 0.02 {
            sink.add(
                Code::Figures,
                passage.origin(whole.range()),
                format!("the parts of `{}` add up to another number", total.as_str()),
                "add up the numbers again",
            );
        }
    }
}
