//! Reads dates of signatures, as forms and spreadsheets write them.
//!
//! In: a `signed_at` cell. Out: a [`SignedAt`]. Guaranteed: a date that may be read
//! in two ways ("3/1/2021") keeps both readings. Absent: time zones; a moment is
//! as the form's clock showed it.

use jiff::civil::{Date, DateTime, Time, date};
use serde::Deserialize;
use std::sync::LazyLock;

/// A date, and the time of day if the cell says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedAt {
    /// The date; where month and day may be either, as in the United States:
    /// the month first.
    pub date: Date,
    /// The time of day.
    pub time: Option<Time>,
    /// The other reading of the date, day first, where it is one.
    pub day_first: Option<Date>,
    /// Whether the cell shows which of month and day its list puts first: as no
    /// month is the thirteenth.
    pub shows_day_first: Option<bool>,
}

/// The order of day and month that the cells of a column show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    day_first: bool,
    month_first: bool,
}

impl Order {
    /// Looks at a cell.
    pub fn see(&mut self, moment: &SignedAt) {
        self.day_first |= moment.shows_day_first == Some(true);
        self.month_first |= moment.shows_day_first == Some(false);
    }

    /// Returns whether the day comes first; `None`: no cell shows it, or they contradict each
    /// other.
    pub fn day_first(self) -> Option<bool> {
        (self.day_first != self.month_first).then_some(self.day_first)
    }
}

impl SignedAt {
    /// Returns whether two cells may say the same time. A time that one of them leaves out,
    /// or its seconds, does not part them.
    pub fn agrees(&self, other: &Self) -> bool {
        let readings = |moment: &Self| [Some(moment.date), moment.day_first];
        let date = readings(self)
            .into_iter()
            .flatten()
            .any(|date| readings(other).contains(&Some(date)));
        let time = match (self.time, other.time) {
            (Some(a), Some(b)) => {
                (a.hour(), a.minute()) == (b.hour(), b.minute())
                    && (a.second() == b.second() || a.second() == 0 || b.second() == 0)
            }
            _ => true,
        };
        date && time
    }

    /// Returns the earliest date that it may be.
    pub fn earliest(&self) -> Date {
        self.day_first.map_or(self.date, |other| other.min(self.date))
    }

    /// Returns the latest date that it may be.
    pub fn latest(&self) -> Date {
        self.day_first.map_or(self.date, |other| other.max(self.date))
    }

    /// Returns the date with the one reading that the order of its list leaves.
    #[must_use]
    pub fn settled(mut self, day_first: Option<bool>) -> Self {
        if let (Some(other), Some(is_first)) = (self.day_first, day_first) {
            self.date = if is_first { other } else { self.date };
            self.day_first = None;
        }
        self
    }

    /// Writes `2021-03-01` or `2021-03-01 09:05:00`, by the reading that `day_first` chooses.
    pub fn iso(&self, day_first: bool) -> String {
        let date = match self.day_first {
            Some(other) if day_first => other,
            _ => self.date,
        };
        match self.time {
            Some(time) => format!("{date} {:02}:{:02}:{:02}", time.hour(), time.minute(), time.second()),
            None => date.to_string(),
        }
    }
}

/// Reads the date of a signature: `2021-03-01T09:05:00Z`, `3/1/2021 9:05:00`,
/// `1.3.2021`, `March 1, 2021`, `1 de marzo de 2021`, or a spreadsheet's serial
/// number.
pub fn moment(cell: &str) -> Option<SignedAt> {
    let cell = cell.trim();
    if cell.len() > 64 || !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(serial) = serial(cell) {
        return Some(serial);
    }
    let lower = cell.to_lowercase();
    let (day, clock) = split(&lower);
    let time = match clock.trim().is_empty() {
        true => None,
        false => Some(time(clock)?),
    };
    let (date, day_first, shows_day_first) = numeric(day.trim()).or_else(|| Some((worded(day)?, None, None)))?;
    Some(SignedAt {
        date,
        time,
        day_first,
        shows_day_first,
    })
}

/// Returns whether a cell may show which of month and day comes first; quick, and never
/// wrong in saying no.
pub(super) fn may_show_order(cell: &str) -> bool {
    // "3/1/2021": each of the two may be a month.
    let mut numbers = cell.splitn(3, ['-', '/', '.']);
    let is_month = |number: Option<&str>| {
        let digits = number.filter(|number| number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit()));
        digits
            .and_then(|digits| digits.parse::<u8>().ok())
            .is_some_and(|number| number <= 12)
    };
    !(is_month(numbers.next()) && is_month(numbers.next()))
}

/// Reads a date among other words: "March 1, 2021", "the 1st of March". One without a
/// year is the next such day from `since` on.
pub(super) fn among_words(text: &str, since: Option<Date>) -> Option<Date> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(moment) = moment(text) {
        return Some(moment.latest());
    }
    let lower = text.to_lowercase();
    if let Some(numeric) = lower.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        moment(word).filter(|_| word.contains(['-', '/', '.']))
    }) {
        return Some(numeric.latest());
    }
    if let Some(date) = worded(&lower) {
        return Some(date);
    }
    let since = since?;
    // "6/1": of two readings, the later, as for a date with a year.
    let short = lower.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        (word.matches('/').count() == 1).then_some(word)
    });
    let later = short.and_then(|short| {
        (0..=1).find_map(|years| {
            let (date, other, _) = numeric(&format!("{short}/{}", since.year() + years))?;
            let readings = [Some(date), other].into_iter().flatten();
            readings.filter(|date| *date >= since).max()
        })
    });
    if later.is_some() {
        return later;
    }
    (0..=1).find_map(|years| {
        let date = worded(&format!("{lower} {}", since.year() + years))?;
        (date >= since).then_some(date)
    })
}

/// Divides a moment where the time of day begins: at the first word with a colon.
fn split(text: &str) -> (&str, &str) {
    let Some(colon) = text.find(':') else {
        return (text, "");
    };
    let start = text[..colon].rfind([' ', 't', ',']).map_or(0, |at| at + 1);
    (text[..start].trim_end_matches([' ', 't', ',']), &text[start..])
}

/// Reads days since 1899-12-30, as spreadsheets count them, from 1954 to 2119: shorter
/// numbers are years, longer ones identifiers.
fn serial(cell: &str) -> Option<SignedAt> {
    let number: f64 = cell.parse().ok()?;
    if !(20_000.0..80_000.0).contains(&number) || cell.contains(['e', 'E', '+', '-']) {
        return None;
    }
    let seconds = (number * 86_400.0).round();
    // Within the range above, both fit.
    #[allow(clippy::cast_possible_truncation)]
    let span = jiff::Span::new().seconds(seconds as i64);
    let moment: DateTime = date(1899, 12, 30).at(0, 0, 0, 0).checked_add(span).ok()?;
    Some(SignedAt {
        date: moment.date(),
        time: (number.fract() > 0.0).then(|| moment.time()),
        day_first: None,
        shows_day_first: None,
    })
}

/// Reads a date in digits, its other reading, and what it shows of the order in its list.
fn numeric(text: &str) -> Option<(Date, Option<Date>, Option<bool>)> {
    let separator = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = text.split(separator).map(str::trim);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let number = |text: &str| text.parse::<i16>().ok();
    let make =
        |year: i16, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    let (a_number, b_number, c_number) = (number(a)?, number(b)?, number(c)?);
    if a.len() == 4 {
        return Some((make(a_number, b_number, c_number)?, None, None));
    }
    let year = if c.len() == 2 { 2000 + c_number } else { c_number };
    let month_first = make(year, a_number, b_number);
    let day_first = make(year, b_number, a_number);
    match (month_first, day_first) {
        // Points stand between day and month only.
        (_, Some(only)) if separator == '.' => Some((only, None, None)),
        (Some(first), Some(other)) if first != other => Some((first, Some(other), None)),
        (Some(only), Some(_)) => Some((only, None, None)),
        (Some(only), None) => Some((only, None, Some(false))),
        (None, Some(only)) => Some((only, None, Some(true))),
        (None, None) => None,
    }
}

/// The first letters of the months' names, English and Spanish.
static MONTHS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let Months { beginnings } = word_list!("calendar");
    beginnings
});

#[derive(Deserialize)]
struct Months {
    beginnings: Vec<Vec<String>>,
}

fn worded(text: &str) -> Option<Date> {
    let mut month = None;
    let mut numbers = Vec::new();
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Ok(number) = figures.parse::<i16>() {
            numbers.push(number);
        } else if let Some(at) = MONTHS
            .iter()
            .position(|names| names.iter().any(|name| word.starts_with(name.as_str())))
        {
            month = month.or(i8::try_from(at + 1).ok());
        }
    }
    let [day, year] = numbers[..] else { return None };
    Date::new(year, month?, i8::try_from(day).ok()?).ok()
}

/// Reads a time: `9:05`, `9:05:00`, `9:05 pm`, `09:05:00.000Z`, `9:05:00 utc`.
fn time(text: &str) -> Option<Time> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || c == ':'))
        .unwrap_or(text.len());
    let mut parts = text[..end].split(':').map(str::parse::<i8>);
    let (mut hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let second = parts.next().unwrap_or(Ok(0)).ok()?;
    let rest: String = text[end..].chars().filter(char::is_ascii_alphabetic).collect();
    if rest.starts_with("pm") && hour < 12 {
        hour += 12;
    } else if rest.starts_with("am") && hour == 12 {
        hour = 0;
    }
    Time::new(hour, minute, second, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_no_order_is_passed_over() {
        let numbers = ["0", "1", "3", "12", "13", "31", "32", "003", "x", ""];
        for (first, second) in numbers.iter().flat_map(|a| numbers.iter().map(move |b| (a, b))) {
            for (sign, end) in [
                ("/", "/2021 9:05"),
                ("-", "-21"),
                (".", ".2021"),
                ("/", "-2021"),
                ("/", ""),
            ] {
                let cell = format!("{first}{sign}{second}{end}");
                let shown = moment(&cell).and_then(|moment| moment.shows_day_first);
                assert!(shown.is_none() || may_show_order(&cell), "{cell}");
            }
        }
        assert!(may_show_order("31/12/2021") && !may_show_order("3/1/2021 9:05:00"));
    }

    #[test]
    fn moments_are_read_as_exports_write_them() {
        let check = |cell: &str, expected: &str| {
            assert_eq!(
                moment(cell).map(|moment| moment.iso(false)).as_deref(),
                Some(expected),
                "{cell}"
            );
        };
        check("2021-03-01", "2021-03-01");
        check("2021-03-01 10:01:00", "2021-03-01 10:01:00");
        check("2021-03-01T10:01:00.000Z", "2021-03-01 10:01:00");
        check("2021-02-01 10:00:00 UTC", "2021-02-01 10:00:00");
        check("3/1/2021 9:05:00", "2021-03-01 09:05:00");
        check("3/1/2021 9:05 PM", "2021-03-01 21:05:00");
        check("12/31/21", "2021-12-31");
        check("31/12/2021", "2021-12-31");
        check("1.3.2021", "2021-03-01");
        check("March 1, 2021", "2021-03-01");
        check("Mar 1, 2021, 12:05 AM", "2021-03-01 00:05:00");
        check("1 de marzo de 2021", "2021-03-01");
        check("August 3rd, 2021", "2021-08-03");
        check("44256", "2021-03-01");
        check("44256.5", "2021-03-01 12:00:00");
        assert_eq!(
            moment("1/3/2021 9:05").map(|m| m.iso(true)).as_deref(),
            Some("2021-03-01 09:05:00")
        );
        assert_eq!(moment("3/1/2021").map(|m| m.earliest()), Some(date(2021, 1, 3)));
        for cell in [
            "",
            "soon",
            "2021",
            "2021-02-30",
            "13/13/2021",
            "505-555-0100",
            "1",
            "25:00",
            "3/1/2021 ask",
        ] {
            assert_eq!(moment(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_day_without_a_year_is_the_next_from_a_day_on_and_may_be_that_day() {
        let next = |text: &str, since: Date| among_words(text, Some(since));
        for text in ["March 1", "the 1st of March", "3/1"] {
            assert_eq!(next(text, date(2021, 3, 1)), Some(date(2021, 3, 1)), "{text}");
            assert_eq!(next(text, date(2021, 3, 2)), Some(date(2022, 3, 1)), "{text}");
        }
        assert_eq!(next("March 1, 2020", date(2021, 3, 1)), Some(date(2020, 3, 1)));
        assert_eq!(among_words("March 1", None), None);
    }

    #[test]
    fn cells_that_contradict_each_other_settle_no_order() {
        let order = |cells: &[&str]| {
            let mut order = Order::default();
            cells
                .iter()
                .filter_map(|cell| moment(cell))
                .for_each(|moment| order.see(&moment));
            order.day_first()
        };
        assert_eq!(order(&["31/12/2021", "1/3/2021"]), Some(true));
        assert_eq!(order(&["12/31/2021", "1/3/2021"]), Some(false));
        assert_eq!(order(&["12/31/2021", "31/12/2021"]), None);
        assert_eq!(order(&["1/3/2021"]), None);
    }

    #[test]
    fn the_order_of_a_list_settles_which_of_two_numbers_is_the_month() {
        let settled = |order| moment("3/1/2021").map(|moment| moment.settled(order));
        let both = |order| settled(order).map(|moment| (moment.earliest(), moment.latest()));
        assert_eq!(both(None), Some((date(2021, 1, 3), date(2021, 3, 1))));
        assert_eq!(both(Some(true)), Some((date(2021, 1, 3), date(2021, 1, 3))));
        assert_eq!(both(Some(false)), Some((date(2021, 3, 1), date(2021, 3, 1))));
    }

    #[test]
    fn a_date_among_words_may_have_signs_around_it() {
        let since = Some(date(2021, 2, 1));
        let check = |text: &str, expected: Option<Date>| assert_eq!(among_words(text, since), expected, "{text}");
        check("until (2021-03-15).", Some(date(2021, 3, 15)));
        check("*2021-03-15*", Some(date(2021, 3, 15)));
        check("hold (6/15), please", Some(date(2021, 6, 15)));
        // Of two readings, the later; one that is over is next year's.
        check("not before \"6/1\"!", Some(date(2021, 6, 1)));
        check("after 1/15.", Some(date(2022, 1, 15)));
        check("after (January 15)", Some(date(2022, 1, 15)));
        check("in a week", None);
    }
}
