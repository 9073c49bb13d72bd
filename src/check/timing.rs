//! Times that the text tells and that cannot be: a past that is to come, a span that has
//! another number of days, an appeal to sign in a letter that is signed.
//!
//! In: the text and the letter's date. Out: findings beside those of `dates`. Guaranteed: only
//! dates with a year, or within half a year of the letter, are compared. Absent: weekdays
//! and the deadline (`dates`).

use super::dates::{self, WrittenDate};
use super::expression::Regex;
use super::numbers;
use super::prose::{Passage, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use crate::model::letter::DocumentKind;
use jiff::civil::Date;
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "timing",
    description: "The text fits its date, and a letter that is sent asks for no more signatures.",
    findings: &[
        Finding {
            code: Code::WrongTime,
            severity: Severity::Warning,
            why: "A rally that “will be held” last month shows an old text with a new date.",
        },
        Finding {
            code: Code::CallToSign,
            severity: Severity::Warning,
            why: "An addressee who is asked to sign the letter sees that it was the invitation.",
        },
        Finding {
            code: Code::Undated,
            severity: Severity::Warning,
            why: "Nobody can answer, cite, or file a letter without a date.",
        },
    ],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let letter = case.subject.letter;
    let is_letter = letter.kind == DocumentKind::Letter;
    let Some(date) = case.subject.document.date.or(letter.date) else {
        // A letter to somebody, not a page of the documentation.
        if is_letter && (letter.salutation.is_some() || !letter.to.is_empty()) {
            sink.add(
                Code::Undated,
                case.head(),
                "the letter has no date",
                "write `date = ` and the day when it is sent, as year-month-day",
            );
        }
        return;
    };
    embargo(case, date, sink);
    for passage in &case.prose.passages {
        if passage.is_aside() || passage.role == PassageRole::Note {
            continue;
        }
        if is_letter {
            call_to_sign(passage, sink);
        }
        let found = dates::dates(&passage.text, case.language());
        for written in &found {
            if let Some(day) = meant(written, date) {
                told(passage, written, day, date, sink);
            }
        }
        spans(passage, &found, date, case.language(), sink);
        years(passage, date, case.language(), sink);
    }
}

/// The day a date means: with its year, or the one within half a year of the letter.
fn meant(written: &WrittenDate, date: Date) -> Option<Date> {
    match written.year {
        Some(year) => Date::new(year, written.month, written.day).ok(),
        None => [date.year(), date.year() + 1, date.year() - 1]
            .into_iter()
            .filter_map(|year| Date::new(year, written.month, written.day).ok())
            .find(|day| days(date, *day).abs() <= 183),
    }
}

/// How many days after `from` is `to`.
fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// An embargo that ends before the release's date.
fn embargo(case: &Case<'_>, date: Date, sink: &mut Sink<'_>) {
    static DAY: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"(?m)^embargo *= *"?((\d{4})-(\d\d)-(\d\d))"#).ok());
    let file = case.subject.letter.file;
    let source = case.subject.sources.text(file);
    let Some(found) = DAY.as_ref().and_then(|pattern| pattern.captures(source)) else {
        return;
    };
    let number = |at: usize| {
        found
            .get(at)
            .and_then(|group| group.as_str().parse::<i16>().ok())
            .unwrap_or(0)
    };
    let day = Date::new(
        number(2),
        i8::try_from(number(3)).unwrap_or(0),
        i8::try_from(number(4)).unwrap_or(0),
    );
    let (Ok(day), Some(place)) = (day, found.get(1)) else {
        return;
    };
    if case.subject.letter.kind_keys.embargo.is_some() && (day < date || days(date, day) > 60) {
        let origin = crate::source::Origin::Span {
            file,
            start: crate::source::offset(place.start()),
            end: crate::source::offset(place.end()),
        };
        let message = if day < date {
            format!("the embargo ends on {day}, before the date of the release, {date}")
        } else {
            format!(
                "the embargo ends on {day}, {} days after the date of the release",
                days(date, day)
            )
        };
        sink.add(Code::WrongTime, origin, message, "correct the embargo or the date");
    }
}

/// "Please sign by Friday", in a letter.
fn call_to_sign(passage: &Passage, sink: &mut Sink<'_>) {
    static CALLS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\bplease (?:sign|sign on|sign this letter|return (?:your|the) (?:signature|signatures|signed form)|add your (?:name|organization))\b[^.]{0,30}\b(?:by|before)\b|(?-i:\bTo (?:sign on|add your (?:organization|group|name)),)|\bsign[- ]?on (?:here:|form:|deadline:)|(?-i:\b[Ss]ign(?: on)? by (?:\p{Lu}|\d|the end of|noon|midnight|close))|(?-i:\bSend (?:us )?(?:your|in your) (?:names?|logos?|signatures?) by)\b|\badd your (?:organization|organization['’]s name|group)(?: to| by| here)|\bpor favor,? (?:firme|firmen|firma|agregue)\b[^.]{0,30}\b(?:antes|hasta)\b|\bpara (?:firmar|sumar|agregar) (?:su|tu) (?:organización|nombre|grupo)|\bfecha límite para firmar\b|(?-i:^(?:Firme|Firmen|Firma|Súmese|Súmate) (?:antes|hasta)\b)|\b(?:organizations|groups|you|others) (?:can|may) (?:still )?(?:sign|sign on|join|add their names?|add your name)\b[^.]{0,40}\b(?:until|by|before|through)\b|\b(?:pueden|podrán|puede) (?:todavía )?(?:firmar|sumarse|adherirse)\b[^.]{0,40}\b(?:hasta|antes)\b").ok()
    });
    if let Some(found) = CALLS.as_ref().and_then(|pattern| pattern.find(&passage.text)) {
        sink.add(
            Code::CallToSign,
            passage.origin(found.range()),
            format!("`{}` asks readers to sign a letter that is signed", found.as_str()),
            "delete it; invite signatories in an email of its own",
        );
    }
}

/// What a sentence says of when a day is, against the letter's date.
fn told(passage: &Passage, written: &WrittenDate, day: Date, date: Date, sink: &mut Sink<'_>) {
    static FUTURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:we|they|it|he|she|groups|organizations|members|families|coalition|department|committee|senate|court|president|agency) will (?:also )?(?:\w+ ){1,6}on$|\bis (?:scheduled|planned|set) for$|\blook(?:ing)? forward to (?:\p{L}+ ){1,6}on$|\bagradecemos de antemano (?:\p{L}+ ){1,6}el$|\b(?:upcoming|next (?:month|week|year))\b[^.;]{0,30}$|\b(?:takes|goes into) effect (?:on|el)$|\bentra en vigor el$|\bwill (?:also )?(?:\w+ ){1,6}on$|\b\p{L}+rán? (?:\p{L}+ ){0,4}el$|\b(?:próxim[oa] (?:mes|semana|año)|(?:mes|semana|año) (?:próxim[oa]|que viene))\b[^.;]{0,20}$").ok()
    });
    static PAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:announced|issued|released|wrote|sent|testified|passed|enacted|convened|rejected|denied|approved|published|anunció|publicó|envió|emitió|aprobó|escribimos|enviamos)(?: (?:to you|you|us|a letter|the rule|una carta))?(?: again)?,? (?:on|el)$|\b(?:took effect|took place|went into effect|was held|were held|expired|entró en vigor|tuvo lugar|se celebró) (?:on|el)$|\b(?:closed|ended|began|reopened|adjourned|cerró|terminó|comenzó) (?:on|el)$|\bwe (?:met|spoke|talked|marched|rallied|gathered|nos reunimos)(?: \w+){0,4} on$").ok()
    });
    static THEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^,? (?:the|your|el|la|su) (?:\p{L}+ ){1,5}?(?:announced|issued|released|wrote|sent|testified|passed|enacted|rejected|denied|approved|published|anunció|publicó|envió|emitió|aprobó)\b").ok()
    });
    let text = &passage.text[written.range.clone()];
    let before = passage.before(written.range.start).trim_end();
    let start = before.rfind(['.', '!', '?', ';']).map_or(0, |at| at + 1);
    let (sentence, after) = (before[start..].trim(), passage.after(written.range.end));
    let is =
        |pattern: &LazyLock<Option<Regex>>, text: &str| pattern.as_ref().is_some_and(|pattern| pattern.is_match(text));
    let lower = sentence.to_lowercase();
    let beside = |words: &[&str]| {
        words
            .iter()
            .any(|word| lower.trim_end_matches([',', ' ']).ends_with(word))
    };
    let named = [
        (["today", "hoy"], 0),
        (["tomorrow", "mañana"], 1),
        (["yesterday", "ayer"], -1),
    ];
    let wrong = if let Some((words, off)) = named.iter().find(|(words, _)| beside(words)) {
        (days(date, day) != *off).then(|| format!("`{}, {text}`: the letter's date is {date}", words[0]))
    } else if day < date && (lower.starts_with("embargo") && written.year.is_some() || is(&FUTURE, sentence)) {
        Some(format!(
            "`{text}` is before the letter's date, {date}, and the text speaks of it as to come"
        ))
    } else if day > date && (is(&PAST, sentence) || matches!(lower.as_str(), "on" | "el") && is(&THEN, after)) {
        Some(format!(
            "`{text}` is after the letter's date, {date}, and the text speaks of it as past"
        ))
    } else {
        None
    };
    if let Some(message) = wrong {
        sink.add(
            Code::WrongTime,
            passage.origin(written.range.clone()),
            message,
            "correct the date or the words, or the letter's own date",
        );
    }
}

/// "30 days, from December 1 to December 20"; "within 30 days, by December 20".
fn spans(passage: &Passage, found: &[WrittenDate], date: Date, language: &str, sink: &mut Sink<'_>) {
    static SPAN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b(\d{1,3})(?:[- ]days?| días)\b").ok());
    let _ = language;
    for captures in SPAN.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let (Some(whole), Some(number)) = (captures.get(0), captures.get(1)) else {
            continue;
        };
        let Ok(claimed) = number.as_str().parse::<i32>() else {
            continue;
        };
        let sentence = sentence_of(passage, whole.start());
        // Dates are in the order of the text.
        let first = found.partition_point(|written| written.range.start < whole.end());
        let after = found[first..]
            .iter()
            .take_while(|written| written.range.end <= sentence.end);
        let after: Vec<&WrittenDate> = after.take(2).collect();
        let between = |from: usize, to: usize| passage.text.get(from..to).unwrap_or_default().to_lowercase();
        let real = match after.as_slice() {
            [first, second, ..] => {
                let joined = between(first.range.end, second.range.start);
                let begins = between(whole.end(), first.range.start);
                let is_range = ["to", "until", "through", "al", "a", "hasta el"]
                    .iter()
                    .any(|word| joined.trim_matches([' ', ',']) == *word);
                let begins = ["from", "between", "del"]
                    .iter()
                    .any(|word| begins.trim_end().ends_with(word));
                let (Some(from), Some(to)) = (meant(first, date), meant(second, date)) else {
                    continue;
                };
                (is_range && begins).then(|| (days(from, to), whole.start()..second.range.end))
            }
            [only] => {
                let before = passage.before(whole.start()).trim_end().to_lowercase();
                let joined = between(whole.end(), only.range.start);
                let by = [", by", ", that is, by", ", or by", ", antes del"];
                let within = ["within", "within the next", "in", "dentro de"]
                    .iter()
                    .any(|word| before.ends_with(word));
                let is_by = by.iter().any(|by| joined.trim_end() == *by);
                let Some(to) = meant(only, date).filter(|_| within && is_by) else {
                    continue;
                };
                Some((days(date, to), whole.start()..only.range.end))
            }
            [] => None,
        };
        if let Some((real, range)) = real
            && (real - claimed).abs() > 2
        {
            sink.add(
                Code::WrongTime,
                passage.origin(range.clone()),
                format!("`{}`: that is {real} days", &passage.text[range]),
                "correct the number of days or the date",
            );
        }
    }
}

/// "Next year, in 2026", in a letter of 2026.
fn near_years(passage: &Passage, date: Date, tell: &mut impl FnMut(Range<usize>, String, &str)) {
    static NEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:(last|next|this) year|(?:el )?(año pasado|próximo año|año que viene)),? (?:(?:in|en) )?((?:19|20)\d\d)\b").ok()
    });
    for found in NEAR.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let (Some(whole), Some(year)) = (found.get(0), found.get(3)) else {
            continue;
        };
        let word = found
            .get(1)
            .or(found.get(2))
            .map_or("", |word| word.as_str())
            .to_lowercase();
        let meant = match word.as_str() {
            "last" | "año pasado" => date.year() - 1,
            "this" => date.year(),
            _ => date.year() + 1,
        };
        if year.as_str().parse() != Ok(meant) {
            let message = format!("`{}`: at the letter's date, {date}, that is {meant}", whole.as_str());
            tell(whole.range(), message, "correct the year or the words");
        }
    }
}

/// "Next month, in November 2026", in a letter of December 2026.
fn near_months(passage: &Passage, date: Date, tell: &mut impl FnMut(Range<usize>, String, &str)) {
    static NEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:(last|next|this) month|(?:el )?(mes pasado|próximo mes|mes que viene)),? (?:(?:in|en) )?(\p{L}{3,10}) (?:de )?((?:19|20)\d\d)\b").ok()
    });
    for found in NEAR.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let part = |at: usize| found.get(at).map_or("", |part| part.as_str());
        let (Some(whole), Some(month)) = (found.get(0), super::dates::month_of(&part(3).to_lowercase())) else {
            continue;
        };
        let step = match [part(1), part(2)].concat().to_lowercase().as_str() {
            "last" | "mes pasado" => -1,
            "this" => 0,
            _ => 1,
        };
        let meant = i32::from(date.year()) * 12 + i32::from(date.month()) - 1 + step;
        let told = part(4).parse::<i32>().unwrap_or_default() * 12 + i32::from(month) - 1;
        if told != meant {
            let message = format!("`{}`: the letter's date is {date}", whole.as_str());
            tell(whole.range(), message, "correct the month or the words");
        }
    }
}

/// "March 3, 2202", "fiscal year 2072": far from anything that a letter speaks of.
fn far_years(passage: &Passage, date: Date, tell: &mut impl FnMut(Range<usize>, String, &str)) {
    /// How many years ahead laws and plans go, a long way.
    const AHEAD: i16 = 35;
    static FAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b(?:\p{Lu}\p{Ll}{2,8} \d{1,2}, |[Ff]iscal [Yy]ear |FY ?|año fiscal |\d{1,2} de \p{Ll}{4,10} de )(2\d{3})\b").ok()
    });
    for found in FAR.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let Some(year) = found.get(1) else { continue };
        if year.as_str().parse().is_ok_and(|told: i16| told > date.year() + AHEAD) {
            let message = format!("`{}` is far from the letter's date, {date}", year.as_str());
            tell(year.range(), message, "correct the year");
        }
    }
}

/// "It was published in 2062", and "later this year, in March 2026", in a letter of December 2026.
fn years_to_come(passage: &Passage, date: Date, tell: &mut impl FnMut(Range<usize>, String, &str)) {
    static WAS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b(?:was|were|fue|fueron) (?:\p{Ll}+ )?\p{Ll}+(?:ed|ado|ido|ada|ida|ados|idos|adas|idas) (?:in|en) (2\d{3})\b").ok()
    });
    static SIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:(later)|earlier) this year,? (?:in )?(\p{L}{3,10})(?: ((?:19|20)\d\d))?\b").ok()
    });
    for found in WAS.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let Some(year) = found.get(1) else { continue };
        if year.as_str().parse().is_ok_and(|told: i16| told > date.year()) {
            let message = format!("{} is to come at the letter's date, {date}", year.as_str());
            tell(year.range(), message, "correct the year");
        }
    }
    for found in SIDE.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let (Some(whole), Some(word)) = (found.get(0), found.get(2)) else {
            continue;
        };
        let Some(month) = super::dates::month_of(&word.as_str().to_lowercase()) else {
            continue;
        };
        let year = found.get(3).and_then(|year| year.as_str().parse::<i16>().ok());
        let is_side = match found.get(1) {
            Some(_) => month >= date.month(),
            None => month <= date.month(),
        };
        if !is_side || year.is_some_and(|year| year != date.year()) {
            let message = format!("`{}`: the letter's date is {date}", whole.as_str());
            tell(whole.range(), message, "correct the month or the words");
        }
    }
}

fn sentence_of(passage: &Passage, at: usize) -> Range<usize> {
    let (before, after) = (passage.before(at), passage.after(at));
    let start = at - before.len() + before.rfind(". ").map_or(0, |stop| stop + 2);
    start..at + after.find(". ").unwrap_or(after.len())
}

/// "Twenty years ago, in 2012", "by the end of 2025", "since March 2027", "13 p.m.".
fn years(passage: &Passage, date: Date, language: &str, sink: &mut Sink<'_>) {
    static END: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:must|should|urge|ask|call on|calls on|asks)\b[^.;]{0,120}\bby (?:the end of |early |mid-|late )?((?:19|20)\d\d)\b|\b[Bb]y the end of ((?:19|20)\d\d), [^.;]{0,60}\b(?:must|should|will)\b").ok()
    });
    static SINCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\bsince (?:\p{L}+ )?((?:19|20)\d\d)\b|\bdesde (?:\p{L}+ de )?((?:19|20)\d\d)\b").ok()
    });
    static CLOCK: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)(?:^|[^:.\d])\b((?:1[3-9]|2\d|0)(?::\d\d)?) ?[ap]\.? ?m\b").ok());
    let year = |text: &str| text.parse::<i16>().ok();
    let mut tell = |range: Range<usize>, message: String, hint: &str| {
        sink.add(Code::WrongTime, passage.origin(range), message, hint);
    };
    for (pattern, past) in [(&END, true), (&SINCE, false)] {
        for captures in pattern.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
            let Some(group) = captures.get(1).or(captures.get(2)) else {
                continue;
            };
            let Some(told) = year(group.as_str()) else { continue };
            if past && told < date.year() || !past && told > date.year() {
                let side = if past { "over" } else { "to come" };
                tell(
                    group.range(),
                    format!("{told} is {side} at the letter's date, {date}"),
                    "correct the year",
                );
            }
        }
    }
    near_years(passage, date, &mut tell);
    near_months(passage, date, &mut tell);
    far_years(passage, date, &mut tell);
    years_to_come(passage, date, &mut tell);
    let clock = CLOCK.iter().flat_map(|pattern| pattern.captures_iter(&passage.text));
    for found in clock.filter_map(|found| found.get(1)) {
        tell(
            found.range(),
            format!("`{}` is no time of the day", found.as_str()),
            "correct the hour",
        );
    }
    static SLASHED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\b(\d{1,2})/(\d{1,2})/(?:19|20)\d\d\b|\b(?:19|20)\d\d-(\d\d)-(\d\d)\b").ok());
    for found in SLASHED.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let number = |at: usize| {
            found
                .get(at)
                .or(found.get(at + 2))
                .and_then(|group| group.as_str().parse::<u8>().ok())
                .unwrap_or(0)
        };
        let is_day = |month: u8, day: u8| (1..=12).contains(&month) && (1..=31).contains(&day);
        let (first, second) = (number(1), number(2));
        if let Some(whole) = found.get(0)
            && !is_day(first, second)
            // "2026-13-04" has its month first.
            && (found.get(3).is_some() || !is_day(second, first))
        {
            tell(
                whole.range(),
                format!("`{}` is not a date on the calendar", whole.as_str()),
                "correct the date",
            );
        }
    }
    let words = numbers::words(&passage.text);
    for number in numbers::numbers(&passage.text, &words, language) {
        let at = number.words.end;
        if !numbers::is(&words, at, &["years", "ago"]) || !(2..200).contains(&number.value) {
            continue;
        }
        let Some(told) = words
            .get(at + 3)
            .filter(|_| words.get(at + 2).is_some_and(|word| word.lower == "in"))
        else {
            continue;
        };
        let Some(told_year) = year(told.text).filter(|year| (1700..2100).contains(year)) else {
            continue;
        };
        let real = i64::from(date.year()) - i64::from(told_year);
        if i64::try_from(number.value).is_ok_and(|claimed| (claimed - real).abs() > 1) {
            let start = words[number.words.start].range.start;
            tell(
                start..told.range.end,
                format!("`{}`: that is {real} years", &passage.text[start..told.range.end]),
                "correct the number or the year",
            );
        }
    }
}
