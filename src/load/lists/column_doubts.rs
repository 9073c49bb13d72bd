//! Decides between a header and its cells whether a column may keep rows from being printed.
//!
//! In: the headers, their meanings by themselves, and a [`Survey`]. Out: better meanings,
//! and a [`Doubt`] for each column that holds rows until a person says what it means.
//! Guaranteed: what `[columns]` says is never doubted; a date, a name or a web page is not
//! read from cells that are answers; what is decided here is told. Absent: the holding
//! itself (that is `rows`').

use super::comment;
use super::fold::fold;
use super::headers::{ConsentQuestion, Meaning};
use super::questions;
use super::restraint::{self, Light, Reading};
use super::survey::{Shape, Survey, ValueCounts};
use crate::model::signatory::Column;
use std::cell::{Cell, RefCell};

/// A column that may keep rows from being printed, in a way that is not understood.
#[derive(Debug)]
pub(super) struct Doubt {
    pub(super) at: usize,
    pub(super) header: String,
    pub(super) holds: Holds,
    /// Whether its cells are tags, of which one word may restrain: "declined letter".
    is_of_tags: bool,
    /// How many rows it held so far.
    pub(super) held: Cell<usize>,
    /// The values of its cells so far, and how many have each; of a column that is asked about.
    values: RefCell<ValueCounts>,
}

/// Most values of a column that are counted, and that are shown.
const MOST_VALUES: usize = 50;
const SHOWN_VALUES: usize = 6;

/// Which rows a doubtful column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// All: its header decides, and does not say how.
    All,
    /// Those that do not agree; those that say nothing, too, where most say something.
    Disagreeing {
        /// Whether an empty cell disagrees.
        empty: bool,
    },
    /// Those that are not green: its cells are colors of a traffic light.
    Lights {
        /// Whether an empty cell holds.
        empty: bool,
    },
    /// Those that are marked: its header speaks against them.
    Marked,
    /// Those whose cell by itself restrains: "declined".
    Restraining,
    /// Those in which it holds anything: it may name who signed.
    Organizations,
    /// Those in which it is empty: a status, which most rows have.
    Empty,
}

impl Doubt {
    /// A doubt about the column at a position.
    pub(super) fn new(at: usize, header: &str, holds: Holds) -> Self {
        Self {
            at,
            header: header.to_owned(),
            holds,
            is_of_tags: restraint::is_of_tags(header),
            held: Cell::new(0),
            values: RefCell::default(),
        }
    }

    /// Returns whether the column holds a row with this cell.
    pub(super) fn holds(&self, cell: &str) -> bool {
        let cell = cell.trim();
        if self.holds != Holds::Restraining {
            self.values.borrow_mut().count(cell, MOST_VALUES);
        }
        let answer = |cell: &str| super::consent::plain_answer(cell);
        let holds = match self.holds {
            Holds::All => true,
            Holds::Disagreeing { empty } => match cell.is_empty() {
                true => empty,
                // "In", beside "Out".
                false => answer(cell) != Some(true) && !cell.eq_ignore_ascii_case("in"),
            },
            Holds::Lights { empty } => match cell.is_empty() {
                true => empty,
                false => restraint::light(&fold(cell)) != Some(Light::Green),
            },
            Holds::Marked => !cell.is_empty() && answer(cell) != Some(false),
            Holds::Organizations => !cell.is_empty(),
            Holds::Empty => cell.is_empty(),
            Holds::Restraining if self.is_of_tags || cell.contains([',', ';', '|']) => cell
                .split([',', ';', '|'])
                .any(|piece| self.piece_restrains(piece.trim_matches(['"', ' ', '\'']))),
            Holds::Restraining => may_restrain(cell) && restraint::is_restraining(&fold(cell)),
        };
        if holds {
            self.held.set(self.held.get() + 1);
        }
        holds
    }

    /// Returns the values that most cells have, with how many have each: "`Landed` (12), `Cold`
    /// (3)".
    pub(super) fn most_values(&self) -> String {
        let mut values = self.values.borrow().counts.clone();
        values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let shown = values.iter().take(SHOWN_VALUES).map(|(value, count)| {
            let value: String = value.chars().take(40).collect();
            match value.is_empty() {
                true => format!("empty ({count})"),
                false => format!("`{value}` ({count})"),
            }
        });
        let mut shown: Vec<String> = shown.collect();
        if values.len() > SHOWN_VALUES {
            shown.push("...".to_owned());
        }
        shown.join(", ")
    }

    /// Returns whether one of several words of a cell restrains its row.
    fn piece_restrains(&self, piece: &str) -> bool {
        if !may_restrain(piece) {
            return false;
        }
        let folded = fold(piece);
        restraint::is_restraining(&folded) || self.is_of_tags && folded.split(' ').any(restraint::is_restraining)
    }
}

/// Returns whether a cell is short enough to restrain by itself; quick, since every row is
/// asked.
fn may_restrain(cell: &str) -> bool {
    /// Longest of the words of data/restraint.toml and data/headers.toml, with signs.
    const LONGEST: usize = 32;
    (3..=LONGEST).contains(&cell.len()) && cell.as_bytes()[0].is_ascii_alphabetic()
}

/// A column as its header, its meaning by itself, and how that came to be.
pub(super) struct Judged<'a> {
    pub(super) at: usize,
    pub(super) header: &'a str,
    pub(super) meaning: Option<Meaning>,
    /// Whether a phrase gave the meaning.
    pub(super) is_guess: bool,
}

/// What a column means after all.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// What its header says.
    Stays,
    /// This.
    Becomes(Meaning),
    /// Nothing that is understood; it holds these rows.
    Doubtful(Holds),
}

/// Decides what a column means that `[columns]` does not name.
pub(super) fn verdict(judged: &Judged<'_>, survey: &Survey, has_status: bool) -> Verdict {
    let shape = survey.column(judged.at);
    match judged.meaning {
        Some(Meaning::Question(_)) if judged.is_guess => match restraint::read(judged.header) {
            Reading::Understood(question) => Verdict::Becomes(Meaning::Question(question)),
            Reading::Unclear => Verdict::Doubtful(Holds::All),
            _ => Verdict::Stays,
        },
        // The columns of a board: "To contact", "Asked", "Signed".
        Some(Meaning::Column(Column::Section | Column::Kind | Column::Level)) if shape.is_stages() => {
            Verdict::Doubtful(stages(shape, survey))
        }
        Some(Meaning::Unused) => match by_header(judged.header, shape, survey, has_status) {
            verdict if shape.restraining > 0 && !restraint::is_of_tags(judged.header) || shape.is_lights(false) => {
                verdict
            }
            verdict if restraint::is_status(judged.header) && shape.says_something() => verdict,
            // "Progress", with "Confirmed" and "First email sent".
            verdict if (shape.is_stages() || shape.mixes_answers()) && !restraint::is_of_tags(judged.header) => verdict,
            _ => Verdict::Doubtful(Holds::Restraining),
        },
        // "Status", with words that are none of a signature's.
        Some(Meaning::Column(Column::Status))
            if judged.header != Column::Status.as_str() && !shape.is_half_understood() =>
        {
            Verdict::Doubtful(Holds::Disagreeing { empty: false })
        }
        // "Their e-mail said", with what it said.
        Some(Meaning::Column(Column::Email | Column::Phone)) if judged.is_guess && shape.is_prose() => {
            Verdict::Doubtful(Holds::Restraining)
        }
        // "How may we use your name?" asks for no name.
        Some(meaning) if judged.is_guess && contradicts(meaning) && shape.names * 2 < shape.filled => {
            match restraint::read(judged.header) {
                Reading::Understood(_) => by_header(judged.header, shape, survey, has_status),
                _ => Verdict::Stays,
            }
        }
        // In a list of ours, a column is what it is called.
        Some(Meaning::Column(column)) if judged.header == column.as_str() => Verdict::Stays,
        Some(Meaning::Either) if judged.header == Column::Name.as_str() => Verdict::Stays,
        Some(meaning) if contradicts(meaning) && shape.is_answers() => {
            match by_header(judged.header, shape, survey, has_status) {
                Verdict::Stays => Verdict::Becomes(Meaning::Unused),
                verdict => verdict,
            }
        }
        Some(_) => Verdict::Stays,
        None => by_header(judged.header, shape, survey, has_status),
    }
}

/// Returns whether a meaning cannot be that of cells that say yes and no.
fn contradicts(meaning: Meaning) -> bool {
    match meaning {
        Meaning::Column(column) => !matches!(
            column,
            Column::Kind
                | Column::Level
                | Column::Status
                | Column::State
                | Column::District
                | Column::City
                | Column::Country
                | Column::Section
                | Column::Notes
        ),
        Meaning::FullName | Meaning::FirstName | Meaning::LastName | Meaning::Either | Meaning::PersonTitle => true,
        Meaning::Question(_) | Meaning::Signed { .. } | Meaning::Unused => false,
    }
}

fn by_header(header: &str, shape: &Shape, survey: &Survey, has_status: bool) -> Verdict {
    // "Why I'm signing" is answered with reasons, and no column of "Signed on behalf of" that is
    // empty says that nobody signs.
    if comment::asks_for_reasons(header) || shape.filled == 0 && restraint::names_whose(header) {
        return Verdict::Doubtful(Holds::Restraining);
    }
    let reading = restraint::read(header);
    // "Type", with "Individual" and "Organization" below.
    if shape.individuals > 0 && shape.kinds == shape.filled {
        return Verdict::Becomes(Meaning::Column(Column::Kind));
    }
    if shape.is_lights(restraint::is_status(header)) {
        return Verdict::Doubtful(Holds::Lights {
            empty: shape.filled * 2 >= survey.rows(),
        });
    }
    // "Type", with "Local" and "International" below.
    if shape.is_levels() {
        return Verdict::Becomes(Meaning::Column(Column::Level));
    }
    let answers = shape.is_answers() || shape.leans_to_answers() || shape.is_visibility();
    // "Suppressions", with "Do not list" in few rows: what is empty says nothing.
    if shape.is_visibility() && shape.filled * 2 < survey.rows() && shape.restraining == shape.filled {
        return Verdict::Doubtful(Holds::Restraining);
    }
    if (shape.is_visibility() || shape.is_mostly_visibility()) && reading != Reading::Elsewhere {
        // The cells say it themselves: "public", "do not list us".
        return Verdict::Becomes(Meaning::Question(ConsentQuestion::Publish));
    }
    match reading {
        Reading::Understood(question @ (ConsentQuestion::Withdrawn | ConsentQuestion::Declined)) => {
            Verdict::Becomes(Meaning::Question(question))
        }
        Reading::Understood(question) if answers || shape.is_status_words() || shape.filled == 0 => {
            Verdict::Becomes(Meaning::Question(question))
        }
        // "Will you sign?", answered in words of all sorts; "Signed by" is answered by none.
        Reading::Understood(question) if shape.says_something() => Verdict::Becomes(Meaning::Question(question)),
        Reading::Understood(ConsentQuestion::Private) => Verdict::Doubtful(Holds::Marked),
        Reading::Unclear if restraint::is_status(header) && shape.is_status_words() && !has_status => {
            Verdict::Becomes(Meaning::Column(Column::Status))
        }
        Reading::Unclear if answers || shape.is_status_words() => Verdict::Doubtful(Holds::All),
        Reading::Unclear
            if restraint::is_status(header)
                && (shape.is_few_words() || shape.is_short_words() || shape.restraining > 0) =>
        {
            Verdict::Doubtful(Holds::All)
        }
        Reading::Bars if answers || shape.is_status_words() => Verdict::Doubtful(Holds::Marked),
        Reading::Agreement if answers => Verdict::Doubtful(Holds::Disagreeing {
            empty: shape.filled * 2 >= survey.rows(),
        }),
        // "Member status", with "Responded - Yes" and "Responded - No".
        Reading::Elsewhere if restraint::has_status_word(header) && shape.says_both() => Verdict::Doubtful(Holds::All),
        // "How did the call go?"
        Reading::Elsewhere if restraint::is_log(header) && shape.is_prose() => match asks(shape, survey) {
            true => Verdict::Doubtful(Holds::All),
            false => Verdict::Doubtful(Holds::Restraining),
        },
        Reading::Elsewhere => Verdict::Stays,
        Reading::Unknown if shape.is_stages() => Verdict::Doubtful(stages(shape, survey)),
        _ if is_something_else(header, shape) => Verdict::Doubtful(Holds::Restraining),
        // What may decide and is not understood is asked about: answers whose question is not
        // known, and a few words again and again.
        _ if asks(shape, survey) => Verdict::Doubtful(Holds::All),
        // A header that asks, whose cells are no answer that is known, and no names.
        Reading::Understood(question) if may_ask(question, header, shape) && survey.rows() >= FEWEST => {
            Verdict::Doubtful(Holds::All)
        }
        Reading::Unclear | Reading::Agreement
            if survey.rows() >= FEWEST && shape.filled > 0 && !shape.is_names() && !questions::is_other(header) =>
        {
            Verdict::Doubtful(Holds::All)
        }
        // "Signez-vous la lettre ?", with "Oui" in most rows and other words in some.
        Reading::Unknown if header.contains('?') && shape.yes * 2 >= shape.filled && shape.is_short_words() => {
            Verdict::Doubtful(Holds::Disagreeing { empty: false })
        }
        _ => Verdict::Doubtful(Holds::Restraining),
    }
}

/// Returns whether a header that reads like a question is one, whose answers are not understood:
/// "Signer's last name" is none.
fn may_ask(question: ConsentQuestion, header: &str, shape: &Shape) -> bool {
    let signs = matches!(question, ConsentQuestion::Signed | ConsentQuestion::Authorized);
    let asks = !signs || header.contains('?') || shape.is_prose();
    asks && shape.filled > 0 && !shape.is_names() && !questions::is_other(header)
}

/// Returns whether the cells of a column that nobody knows look as if they decided.
fn asks(shape: &Shape, survey: &Survey) -> bool {
    survey.rows() >= FEWEST && (shape.holds_answers() || shape.is_repeated())
}

/// Fewest rows from which on a column that nobody knows is a question of the list; of fewer, the
/// cells are seen at a glance.
const FEWEST: usize = 3;

/// Returns whether a column that nobody knows is clearly no status: by its header, or by its
/// cells.
fn is_something_else(header: &str, shape: &Shape) -> bool {
    header.is_empty() || restraint::is_elsewhere(header) || restraint::is_of_comments(header) || shape.is_facts()
}

/// Returns what a column of stages holds: all rows that are not at the last one.
fn stages(shape: &Shape, survey: &Survey) -> Holds {
    Holds::Disagreeing {
        empty: shape.filled * 2 >= survey.rows(),
    }
}
