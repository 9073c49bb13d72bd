//! Dates in the text: days of the week, days that are none, and on which side of
//! the letter's own date they lie.
//!
//! In: the text, the letter's date and deadline. Out: weekdays that do not fit,
//! dates that no calendar has, deadlines that are over, a past that is to come.
//! Guaranteed: a date without a year is held only against the years next to the
//! letter's. Absent: today; the clock plays no part.

use super::expression::Regex;
use super::prose::Passage;
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use crate::model::letter::DocumentKind;
use crate::source::{Origin, offset};
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "dates",
    description: "Days of the week match their dates, and dates fit the date of the letter.",
    findings: &[
        Finding {
            code: Code::WrongWeekday,
            severity: Severity::Error,
            why: "Readers enter the wrong day in their calendars, or see that nobody checked.",
        },
        Finding {
            code: Code::BadDate,
            severity: Severity::Error,
            why: "Nobody can act on a date that does not exist.",
        },
        Finding {
            code: Code::DateOrder,
            severity: Severity::Warning,
            why: "A deadline in the past makes the letter look like an old one with a new date.",
        },
    ],
    run: CheckRun::Letter(run),
};

/// Month and day, the day of the week and the year where they stand there.
static ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?:\b(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?,?\s+(?:the\s+)?)?
        \b(?:(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|
            (?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)\s(?P<day>\d{1,2})(?:st|nd|rd|th)?\b
            (?:,?\s(?P<year>(?:19|20)\d\d)\b)?
        |(?P<day2>\d{1,2})\s(?P<month2>January|February|March|April|May|June|July|August|September|October|November|December)
            (?:\s(?P<year2>(?:19|20)\d\d)\b)?)",
    )
    .ok()
});

static SPANISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)(?:\b(?P<weekday>lunes|martes|miércoles|jueves|viernes|sábado|domingo|lun\.|mar\.|mié\.|jue\.|vie\.|sáb\.|dom\.),?\s+(?:el\s+)?)?
        \b(?P<day>\d{1,2})\s+de\s+(?P<month>enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b
        (?:\s+del?\s+(?P<year>(?:19|20)\d\d)\b)?",
    )
    .ok()
});

/// The names of data/calendar.toml.
#[derive(Deserialize)]
struct CalendarNames {
    /// The first letters of the months' names.
    beginnings: Vec<Vec<String>>,
    /// The days of the week, Monday first.
    weekdays: Vec<Vec<String>>,
}

static CALENDAR: LazyLock<CalendarNames> = LazyLock::new(|| word_list!("calendar"));

/// Returns the month that a name means, from 1 on.
pub(super) fn month_of(name: &str) -> Option<i8> {
    let is = |beginnings: &Vec<String>| beginnings.iter().any(|beginning| name.starts_with(beginning.as_str()));
    i8::try_from(CALENDAR.beginnings.iter().position(is)? + 1).ok()
}

/// Returns the day of the week that a name means.
fn weekday_of(name: &str) -> Option<Weekday> {
    // "Fri." and "Thurs.", which no other word of the patterns is.
    // "mar." is a Tuesday in Spanish only.
    let name = name.trim_end_matches('.');
    let short = (3..=5).contains(&name.chars().count());
    let is = |names: &Vec<String>| {
        names
            .iter()
            .any(|known| known == name || short && known.starts_with(name))
    };
    let at = CALENDAR.weekdays.iter().position(is)?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

/// Phrases before a day by which something is to be done.
static DUE: WordList = WordList::new("due");

/// Phrases before a day on which something began.
static SINCE: WordList = WordList::new("since");

/// Words of a sentence that speaks of a day that is over.
static PAST: WordList = WordList::new("past");

/// Words of a sentence that speaks of the deadline to sign.
static DEADLINE: WordList = WordList::new("deadline");

/// Words of a sentence that speaks of the deadline of something else.
static OTHER_DEADLINES: WordList = WordList::new("other_deadlines");

/// A date as the text has it.
pub(super) struct WrittenDate {
    weekday: Option<Weekday>,
    pub(super) month: i8,
    pub(super) day: i8,
    pub(super) year: Option<i16>,
    pub(super) range: Range<usize>,
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let date = case.subject.document.date.or(case.subject.letter.date);
    let deadline = case.subject.letter.deadline;
    // A petition is signed after its date.
    if let (Some(date), Some(deadline)) = (date, deadline)
        && case.subject.letter.kind == DocumentKind::Letter
        && deadline > date
    {
        sink.add(
            Code::DateOrder,
            key(case, "deadline"),
            format!("the deadline to sign, {deadline}, is after the letter's date, {date}"),
            "set `date` to the day when the letter is sent",
        );
    }
    for passage in &case.prose.passages {
        if passage.is_aside() {
            continue;
        }
        for found in dates(&passage.text, case.language()) {
            look(passage, &found, date, deadline, sink);
        }
    }
}

/// Where a key of the front matter stands.
pub(super) fn key(case: &Case<'_>, key: &str) -> Origin {
    let file = case.subject.letter.file;
    let Some(Origin::Span { start, end, .. }) = case.subject.letter.markup.front_matter else {
        return Origin::File(file);
    };
    let header = start as usize..end as usize;
    let mut at = header.start;
    for line in case.subject.sources.text(file)[header].split_inclusive('\n') {
        if line
            .trim_start()
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
        {
            return Origin::Span {
                file,
                start: offset(at),
                end: offset(at + line.trim_end().len()),
            };
        }
        at += line.len();
    }
    Origin::File(file)
}

pub(super) fn dates(text: &str, language: &str) -> Vec<WrittenDate> {
    let pattern = if language == "es" { &SPANISH } else { &ENGLISH };
    let Some(pattern) = pattern.as_ref() else {
        return Vec::new();
    };
    let mut dates = Vec::new();
    for found in pattern.captures_iter(text) {
        let get = |a: &str, b: &str| {
            found
                .name(a)
                .or_else(|| if language == "es" { None } else { found.name(b) })
        };
        let (Some(month), Some(day), Some(whole)) = (get("month", "month2"), get("day", "day2"), found.get(0)) else {
            continue;
        };
        let lower = month.as_str().to_lowercase();
        let Some(month) = month_of(&lower) else { continue };
        let Ok(day) = day.as_str().parse() else { continue };
        let weekday = found
            .name("weekday")
            .and_then(|weekday| weekday_of(&weekday.as_str().to_lowercase()));
        dates.push(WrittenDate {
            weekday,
            month,
            day,
            year: get("year", "year2").and_then(|year| year.as_str().parse().ok()),
            range: whole.range(),
        });
    }
    dates
}

fn look(passage: &Passage, found: &WrittenDate, date: Option<Date>, deadline: Option<Date>, sink: &mut Sink<'_>) {
    let text = &passage.text[found.range.clone()];
    let origin = passage.origin(found.range.clone());
    let years: Vec<i16> = match (found.year, date) {
        (Some(year), _) => vec![year],
        (None, Some(date)) => vec![date.year(), date.year() + 1, date.year() - 1],
        (None, None) => Vec::new(),
    };
    let days: Vec<Date> = years
        .iter()
        .filter_map(|&year| Date::new(year, found.month, found.day).ok())
        .collect();
    // A leap day without a year may be any leap year's.
    if days.is_empty() && Date::new(found.year.unwrap_or(2024), found.month, found.day).is_err() {
        sink.add(
            Code::BadDate,
            origin,
            format!("`{text}` is not a date on the calendar"),
            "correct the date",
        );
        return;
    }
    // Without a year, only the dates within half a year of the letter are meant.
    let near: Vec<&Date> = days
        .iter()
        .filter(|day| found.year.is_some() || date.is_some_and(|date| (**day - date).get_days().abs() <= 183))
        .collect();
    if let Some(weekday) = found.weekday
        && let Some(day) = near.first()
        && near.iter().all(|day| day.weekday() != weekday)
    {
        sink.add(
            Code::WrongWeekday,
            origin,
            format!("`{text}`: {day} is a {}", name(day.weekday())),
            "correct the day of the week or the date",
        );
        return;
    }
    let (day, near) = (
        found.year.and_then(|year| Date::new(year, found.month, found.day).ok()),
        near.into_iter().copied().collect::<Vec<_>>(),
    );
    in_order(passage, found, (day, &near), (date, deadline), sink);
}

/// Holds a date against the letter's own and against its deadline. `near` are the days that
/// are meant, also without a year.
fn in_order(
    passage: &Passage,
    found: &WrittenDate,
    (day, near): (Option<Date>, &[Date]),
    (date, deadline): (Option<Date>, Option<Date>),
    sink: &mut Sink<'_>,
) {
    let text = &passage.text[found.range.clone()];
    let origin = passage.origin(found.range.clone());
    let before = passage.before(found.range.start).trim_end().to_lowercase();
    let ends = |phrases: &WordList| phrases.iter().any(|phrase| before.ends_with(&format!(" {phrase}")));
    let sentence_start = before.rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    let sentence = &before[sentence_start..];
    if let (Some(deadline), Some(day)) = (deadline, near.first())
        && DEADLINE.iter().any(|word| sentence.contains(word))
        && !OTHER_DEADLINES.iter().any(|word| sentence.contains(word))
    {
        if near.iter().all(|day| *day != deadline) {
            sink.add(
                Code::DateOrder,
                origin,
                format!("`{text}` is {day}, and the letter's deadline to sign is {deadline}"),
                "write {{ letter.deadline }}, which always matches the front matter",
            );
        }
        return;
    }
    let (Some(date), Some(day)) = (date, day) else { return };
    // "In this letter of November 30, 2026".
    let of_letter = [
        "this letter of",
        "this letter dated",
        "our letter of today,",
        "esta carta del",
    ];
    if of_letter.iter().any(|phrase| before.ends_with(phrase)) && day != date {
        sink.add(
            Code::DateOrder,
            origin,
            format!("`{text}` is not the date of this letter, {date}"),
            "correct the date, or write {{ letter.date }}",
        );
        return;
    }
    // "Last month, on December 15, 2026".
    let over = [
        "last month",
        "last week",
        "last year",
        "yesterday",
        "earlier this",
        "el mes pasado",
        "la semana pasada",
        "ayer",
    ];
    if day > date && over.iter().any(|phrase| sentence.contains(phrase)) {
        sink.add(
            Code::DateOrder,
            origin,
            format!("`{text}` is after the letter's date, {date}, and the text says that it is over"),
            "correct the date, or the letter's own",
        );
        return;
    }
    let tells_past = sentence
        .split_whitespace()
        .any(|word| PAST.contains(word) || word.ends_with("ed"));
    if ends(&DUE) && day < date && !tells_past {
        sink.add(
            Code::DateOrder,
            origin,
            format!("`{text}` is before the letter's date, {date}"),
            "choose a day after the letter's date",
        );
    } else if ends(&SINCE) && day > date {
        sink.add(
            Code::DateOrder,
            origin,
            format!("`{text}` is after the letter's date, {date}"),
            "correct this date, or the letter's date",
        );
    }
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_both_languages() {
        let check = |language: &str, text: &str, expected: &[(i8, i8, Option<i16>, bool)]| {
            let found: Vec<_> = dates(text, language)
                .iter()
                .map(|found| (found.month, found.day, found.year, found.weekday.is_some()))
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check("en", "on Monday, March 1, 2021", &[(3, 1, Some(2021), true)]);
        check(
            "en",
            "by 26 February 2021 or May 5",
            &[(2, 26, Some(2021), false), (5, 5, None, false)],
        );
        check("en", "you may 5 times; March for 10", &[]);
        check("es", "el lunes 1 de marzo de 2021", &[(3, 1, Some(2021), true)]);
    }
}
