//! A letter's language: its dates, figures, lists and alphabetical order.
//!
//! In: a BCP 47 tag. Out: texts as CLDR has them, through ICU4X's compiled data.
//! Guaranteed: no setting of the machine plays a part. Absent: labels and
//! numbers in words, which are the project's own.

use crate::diag::{Code, Diagnostic};
use crate::model::labels::{self, LabelWords};
use crate::model::letter::{Letter, Placed};
use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_datetime::fieldsets::{MD, YMD, YMDE};
use icu_datetime::{FixedCalendarDateTimeFormatter, input};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_list::options::ListFormatterOptions;
use icu_list::{ListFormatter, parts};
use icu_locale_core::{Locale, locale};
use jiff::civil::{Date, Time};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock};
use writeable::{Part, PartsWrite, Writeable};

/// The names of data/calendar.toml.
#[derive(Deserialize)]
struct PressMonths {
    /// Months that a press release shortens beside a day.
    press: BTreeMap<String, String>,
}

static PRESS_MONTHS: LazyLock<PressMonths> = LazyLock::new(|| word_list!("calendar"));

/// A language, as far as composing a document needs it.
#[derive(Clone, Debug)]
pub(super) struct Language {
    locale: Locale,
    /// The words that documents print by themselves.
    words: Arc<LabelWords>,
}

/// A date in a language, with the fields of a set; as ISO 8601 where there is no data.
/// A macro, since each set makes a formatter of another type.
macro_rules! written {
    ($language:expr, $date:expr, $fields:expr) => {{
        let formatter = FixedCalendarDateTimeFormatter::try_new((&$language.locale).into(), $fields);
        let day = input::Date::try_new_gregorian(
            $date.year().into(),
            $date.month().unsigned_abs(),
            $date.day().unsigned_abs(),
        );
        match (formatter, day) {
            (Ok(formatter), Ok(day)) => formatter.format(&day).to_string(),
            _ => $date.to_string(),
        }
    }};
}

impl Language {
    /// Reads a tag; a malformed one counts as US English.
    pub(super) fn lenient(tag: &str) -> Self {
        Self::with_labels(tag, &BTreeMap::new())
    }

    /// Reads a tag, and puts an author's labels in place of those of the language.
    pub(super) fn with_labels(tag: &str, own: &BTreeMap<String, String>) -> Self {
        let locale = Locale::try_from_str(tag.trim()).unwrap_or(locale!("en-US"));
        let words = labels::words(locale.id.language.as_str()).clone().with(own);
        Self {
            words: Arc::new(words),
            locale,
        }
    }

    /// Reads a letter's language.
    pub(super) fn of(letter: &Letter) -> Self {
        Self::with_labels(&letter.language.value, &letter.labels)
    }

    /// Returns the words that documents print by themselves.
    pub(super) fn words(&self) -> &LabelWords {
        &self.words
    }

    /// Reads a letter's tag and says what is the matter with it.
    pub(super) fn read(tag: &Placed<String>, own: &BTreeMap<String, String>) -> (Self, Option<Diagnostic>) {
        let language = Self::with_labels(&tag.value, own);
        let known = labels::supported().collect::<Vec<_>>().join(", ");
        let diagnostic = if Locale::try_from_str(tag.value.trim()).is_err() {
            Some(
                Diagnostic::error(
                    Code::UnknownLanguage,
                    format!("`{}` is not a language tag", tag.value.escape_debug()),
                )
                .hint("write a language and a region: `en-US`, `es-US`"),
            )
        } else if labels::find(language.subtag()).is_none() && own.is_empty() {
            Some(
                Diagnostic::warning(
                    Code::UnknownLanguage,
                    format!("labels are not available in `{language}`; English labels are printed"),
                )
                .hint(format!("write your own under [labels]; built in: {known}")),
            )
        } else {
            None
        };
        (language, diagnostic.map(|diagnostic| diagnostic.at(tag.origin)))
    }

    /// The language without its region: `en`.
    pub(super) fn subtag(&self) -> &str {
        self.locale.id.language.as_str()
    }

    /// A date, long: "March 1, 2021".
    pub(super) fn date(&self, date: Date) -> String {
        written!(self, date, YMD::long())
    }

    /// A date without its year: "March 1".
    pub(super) fn day(&self, date: Date) -> String {
        written!(self, date, MD::long())
    }

    /// A date with its day of the week: "Monday, March 1, 2021".
    pub(super) fn weekday_and_date(&self, date: Date) -> String {
        written!(self, date, YMDE::long())
    }

    /// A date as a dateline has it: in English the longer months are shortened (AP
    /// Stylebook, "months"), elsewhere it is written out.
    pub(super) fn press_date(&self, date: Date) -> String {
        let mut long = self.date(date);
        if self.subtag() == "en" {
            for (month, short) in &PRESS_MONTHS.press {
                long = long.replace(month, short);
            }
        }
        long
    }

    /// A time of day: in English "10 a.m.", "10:30 p.m.", "noon" (AP Stylebook,
    /// "times"); elsewhere "10:00".
    pub(super) fn time(&self, time: Time) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        match (self.subtag(), hour, minute) {
            ("en", 12, 0) => "noon".to_owned(),
            ("en", 0, 0) => "midnight".to_owned(),
            ("en", _, _) => {
                let half = if hour < 12 { "a.m." } else { "p.m." };
                let hour = (hour + 11) % 12 + 1;
                match minute {
                    0 => format!("{hour} {half}"),
                    _ => format!("{hour}:{minute:02} {half}"),
                }
            }
            _ => format!("{hour}:{minute:02}"),
        }
    }

    /// A whole number in figures: "5,000".
    pub(super) fn figures(&self, number: i64) -> String {
        match DecimalFormatter::try_new((&self.locale).into(), Default::default()) {
            Ok(formatter) => formatter.format(&Decimal::from(number)).to_string(),
            Err(_) => number.to_string(),
        }
    }

    /// Joins members as a sentence does: "A, B and C".
    ///
    /// English follows the press (AP Stylebook, "comma"): a comma stands before
    /// the last "and" only where a member has an "and" of its own, whatever CLDR
    /// holds for the region. Where a member has a comma of its own, semicolons
    /// part the members, in any language.
    pub(super) fn join(&self, members: &[String]) -> String {
        self.join_as(members, members)
    }

    /// Joins members in the way that all of several lists ask for, so that lists on one page
    /// are joined alike.
    pub(super) fn join_as(&self, members: &[String], all: &[String]) -> String {
        let conjunction = |member: &String| {
            member.contains('&') || member.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"))
        };
        let inner_comma = all.iter().any(|member| member.contains(", "));
        let locale = match self.subtag() {
            "en" if inner_comma || all.iter().any(conjunction) => locale!("en-US"),
            "en" => locale!("en-GB"),
            _ => self.locale.clone(),
        };
        let Ok(formatter) = ListFormatter::try_new_and((&locale).into(), ListFormatterOptions::default()) else {
            return members.join(", ");
        };
        let mut sentence = Sentence {
            text: String::new(),
            semicolons: inner_comma && members.len() > 2,
            literal: false,
        };
        // Writing to a string cannot fail.
        let _ = formatter.format(members.iter()).write_to_parts(&mut sentence);
        sentence.text
    }

    /// The alphabetical order of names, as lists of organisations have it.
    ///
    /// Spaces and punctuation count and come before letters (CLDR's
    /// non-ignorable handling): "Justice | AAJC" before "Justice-Atlanta",
    /// "H-CAN" before "Haitian". Case and accents decide only between names that
    /// are else alike. Figures count as numbers: "Local 9" before "Local 10".
    pub(super) fn collator(&self) -> Option<CollatorBorrowed<'static>> {
        let mut preferences = CollatorPreferences::from(&self.locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        options.alternate_handling = Some(AlternateHandling::NonIgnorable);
        CollatorBorrowed::try_new(preferences, options).ok()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.locale.id)
    }
}

/// Takes a joined list and turns the commas between members into semicolons.
struct Sentence {
    text: String,
    semicolons: bool,
    literal: bool,
}

impl fmt::Write for Sentence {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        if self.literal && self.semicolons && !piece.is_empty() {
            let parted = piece.replacen(',', ";", 1);
            // "A, B; and C": the last two are parted alike.
            if !parted.starts_with(';') {
                self.text.push(';');
            }
            self.text.push_str(&parted);
        } else {
            self.text.push_str(piece);
        }
        Ok(())
    }
}

impl PartsWrite for Sentence {
    type SubPartsWrite = Self;

    fn with_part(&mut self, part: Part, mut write: impl FnMut(&mut Self::SubPartsWrite) -> fmt::Result) -> fmt::Result {
        let outer = std::mem::replace(&mut self.literal, part == parts::LITERAL);
        let result = write(self);
        self.literal = outer;
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Severity;
    use crate::source::{Origin, SourceMap};

    #[test]
    fn dates_are_long() {
        let check = |tag, expected| assert_eq!(Language::lenient(tag).date(Date::constant(2021, 3, 1)), expected);
        check("en-US", "March 1, 2021");
        check("en-GB", "1 March 2021");
        check("es-US", "1 de marzo de 2021");
        check("es", "1 de marzo de 2021");
        check("en-US-u-ca-buddhist", "March 1, 2021");
    }

    #[test]
    fn releases_are_dated_as_the_press_does() {
        let check = |tag, expected: [&str; 2]| {
            let language = Language::lenient(tag);
            let date = Date::constant(2021, 2, 26);
            assert_eq!([language.press_date(date), language.weekday_and_date(date)], expected);
        };
        check("en-US", ["Feb. 26, 2021", "Friday, February 26, 2021"]);
        check("es-US", ["26 de febrero de 2021", "viernes, 26 de febrero de 2021"]);
        let check = |tag, hour, minute, expected| {
            assert_eq!(
                Language::lenient(tag).time(Time::constant(hour, minute, 0, 0)),
                expected
            );
        };
        check("en-US", 10, 0, "10 a.m.");
        check("en-US", 0, 1, "12:01 a.m.");
        check("en-US", 13, 30, "1:30 p.m.");
        check("en-US", 12, 0, "noon");
        check("es-US", 9, 5, "9:05");
    }

    #[test]
    fn figures_are_grouped() {
        let check = |tag, number, expected| assert_eq!(Language::lenient(tag).figures(number), expected);
        check("en-US", 102, "102");
        check("en-US", 5_000, "5,000");
        check("es-US", 5_000, "5,000");
        check("es-ES", 5_000, "5000");
        check("es-ES", 50_000, "50.000");
    }

    #[test]
    fn sentences_join_as_the_language_does() {
        let check = |tag, members: &[&str], expected| {
            let members: Vec<String> = members.iter().map(ToString::to_string).collect();
            assert_eq!(Language::lenient(tag).join(&members), expected);
        };
        check("en-US", &[], "");
        check("en-US", &["A"], "A");
        check("en-US", &["A", "B"], "A and B");
        check("en-US", &["A", "B", "C"], "A, B and C");
        check("en-US", &["A", "B and C", "D"], "A, B and C, and D");
        check("en-US", &["A", "B & C", "D"], "A, B & C, and D");
        check("en-US", &["A, Inc.", "B", "C"], "A, Inc.; B; and C");
        check("en-US", &["A, Inc.", "B"], "A, Inc. and B");
        check("es-US", &["A", "B", "C"], "A, B y C");
        check("es-US", &["A", "B", "Indivisible"], "A, B e Indivisible");
        check("es-US", &["A, Inc.", "B", "C"], "A, Inc.; B; y C");
    }

    #[test]
    fn tags_are_checked() {
        let file = SourceMap::default().add("letter.md", "");
        let check = |tag: &str, expected: Option<Severity>, printed: &str| {
            let (language, diagnostic) = Language::read(
                &Placed {
                    value: tag.into(),
                    origin: Origin::File(file),
                },
                &BTreeMap::new(),
            );
            assert_eq!(diagnostic.map(|diagnostic| diagnostic.severity), expected, "{tag}");
            assert_eq!(language.to_string(), printed);
        };
        check("en-US", None, "en-US");
        check("es-us", None, "es-US");
        check("es-419", None, "es-419");
        check("fr", None, "fr");
        check("de", Some(Severity::Warning), "de");
        check("English!", Some(Severity::Error), "en-US");
        check("", Some(Severity::Error), "en-US");
    }
}
