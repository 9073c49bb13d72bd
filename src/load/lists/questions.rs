//! One question over several columns, and headers of more than one row.
//!
//! In: a header. Out: its cells with the question before each choice, and which
//! columns are the choices of one question. Guaranteed: what is joined is told;
//! columns of names are never joined, since a second name is a second signatory.
//! Absent: what a question means (that is `headers`').
//!
//! Forms that let people tick several answers export a column for each: Google Forms
//! and Jotform as "Question [Choice]", Qualtrics and Microsoft as "Question - Choice",
//! Typeform as the choice alone, SurveyMonkey as the question above the first and the
//! choice below, in a second row.

use super::cells::{MAX_COLUMNS, Row};
use super::consent::{self, Answer};
use super::fold::fold;
use super::headers::{self, Meaning};
use crate::model::signatory::{Column, Level};
use crate::source::Origin;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Columns whose answers are joined.
const JOINED: [Column; 6] = [
    Column::State,
    Column::District,
    Column::City,
    Column::Country,
    Column::Level,
    Column::Notes,
];

/// A choice of a question that has a column of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// The canonical column of the question.
    pub(super) column: Column,
    /// Where the choice stands in a row.
    pub(super) at: usize,
    /// What was chosen, if the box is ticked; empty: what the cell says.
    pub(super) label: String,
}

/// Finds the questions that are asked in several columns. `meaning` is what a header
/// means that stands alone. Returns the choices, with the question before the first of
/// each.
pub(super) fn choices(cells: &[&str], meaning: impl Fn(&str) -> Option<Meaning>) -> Vec<(String, Vec<Choice>)> {
    let mut found: Vec<(String, String, Vec<Choice>)> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let Some((question, label)) = divide(cell) else {
            continue;
        };
        let column = match meaning(question).or_else(|| headers::guess(question)) {
            Some(Meaning::Column(column)) if JOINED.contains(&column) => column,
            _ => continue,
        };
        let choice = Choice {
            column,
            at,
            label: label.trim().to_owned(),
        };
        let key = fold(question);
        match found.iter_mut().find(|(known, _, _)| *known == key) {
            Some((_, _, choices)) => choices.push(choice),
            None => found.push((key, question.trim().to_owned(), vec![choice])),
        }
    }
    found.retain(|(_, _, choices)| choices.len() > 1);
    // Choices alone: a run of headers that are states, or how far a body reaches.
    let mut at = 0;
    while at < cells.len() {
        let run = |is: fn(&str) -> bool| cells[at..].iter().take_while(|cell| is(cell)).count();
        let kinds: [(Column, fn(&str) -> bool); 2] = [(Column::State, is_state), (Column::Level, is_level)];
        let longest = kinds.into_iter().map(|(column, is)| (run(is), column)).max();
        let sure = |&(length, column): &(usize, Column)| length > 1 && is_sure(column, &cells[at..at + length]);
        let Some((length, column)) = longest.filter(sure) else {
            at += 1;
            continue;
        };
        let choice = |at: usize| Choice {
            column,
            at,
            label: cells[at].trim().to_owned(),
        };
        let mut end = at + length;
        let others = ["other", "other please specify", "otro", "otra"];
        while cells.get(end).is_some_and(|cell| others.contains(&fold(cell).as_str())) {
            end += 1;
        }
        let run = (at..end).map(choice).collect();
        found.push((String::new(), cells[at].trim().to_owned(), run));
        at = end;
    }
    found
        .into_iter()
        .map(|(_, question, choices)| (question, choices))
        .collect()
}

/// Divides a header into the question and the choice: `Which states? [Texas]`,
/// "Which states? - Texas", "State 2".
fn divide(header: &str) -> Option<(&str, &str)> {
    let header = header.trim();
    // "State(s)" is no choice; "Which states? (Texas)" is.
    if let Some((question, choice)) = header.strip_suffix(')').and_then(|header| header.rsplit_once(" (")) {
        return Some((question, choice));
    }
    if let Some((question, choice)) = header.strip_suffix(']').and_then(|header| header.rsplit_once('[')) {
        return Some((question, choice));
    }
    for divider in [" - ", " – ", ": ", " / ", " > "] {
        if let Some((question, choice)) = header.rsplit_once(divider) {
            // Qualtrics: "Which states? - Selected Choice - Texas".
            let question = question.strip_suffix("- Selected Choice").unwrap_or(question);
            return Some((question, choice));
        }
    }
    let question = header.trim_end_matches(|c: char| c.is_ascii_digit());
    (question.len() < header.len() && header.len() - question.len() <= 2).then_some((question, ""))
}

/// Returns whether a header is that of the field for another answer: "May we list you? [Other
/// (please specify)]".
pub(super) fn is_other(header: &str) -> bool {
    let label = header
        .trim_end_matches(']')
        .rsplit_once('[')
        .filter(|_| header.ends_with(']'));
    label.is_some_and(|(_, label)| {
        let label = fold(label);
        ["other", "otro", "otra", "autre"].contains(&label.split(' ').next().unwrap_or_default())
    })
}

/// Joins what was ticked in the columns of one question.
pub(super) fn join<'a>(cells: impl Iterator<Item = (&'a Choice, &'a str)>) -> String {
    let mut answers: Vec<&str> = Vec::new();
    for (choice, cell) in cells {
        let cell = cell.trim();
        if cell.is_empty() || matches!(fold(cell).as_str(), "not selected" | "unselected" | "unticked") {
            continue;
        }
        let answer = match consent::answer(&choice.label, cell) {
            Answer::No | Answer::None => continue,
            Answer::Yes if !choice.label.is_empty() => choice.label.as_str(),
            _ => match fold(cell).as_str() {
                "selected" | "ticked" => choice.label.as_str(),
                _ => cell,
            },
        };
        if !answers.contains(&answer) {
            answers.push(answer);
        }
    }
    answers.join(", ")
}

static STATES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    // By postal code, then by language.
    let states: BTreeMap<String, BTreeMap<String, String>> = word_list!("states");
    let names = states.values().flat_map(BTreeMap::values);
    names.map(|name| fold(name)).collect()
});

fn is_state(header: &str) -> bool {
    STATES.contains(&fold(header))
}

fn is_level(header: &str) -> bool {
    // "City" and "County" are columns of their own; "State" is one, too, and the run
    // it stands in says which.
    let folded = fold(header);
    headers::level(header).is_some() && (headers::meaning(header).is_none() || folded == "state")
}

/// Returns whether a run of choices is sure to be one: "State" and "Local" may be a state, and
/// a chapter.
fn is_sure(column: Column, run: &[&str]) -> bool {
    let wide = |header: &&str| {
        matches!(headers::level(header), Some(Level::National | Level::International))
            && headers::meaning(header).is_none()
    };
    column != Column::Level || run.iter().any(wide)
}

/// A header over two rows, read as one.
#[derive(Debug)]
pub(super) struct Joined {
    cells: Vec<String>,
    places: Vec<Origin>,
    origin: Origin,
}

impl Joined {
    /// Keeps a row.
    pub(super) fn of(row: &impl Row) -> Self {
        Self {
            cells: (0..row.len())
                .map(|at| row.cell(at).unwrap_or_default().to_owned())
                .collect(),
            places: (0..row.len()).map(|at| row.place(at)).collect(),
            origin: row.origin(),
        }
    }
}

impl Row for Joined {
    fn len(&self) -> usize {
        self.cells.len()
    }

    fn cell(&self, at: usize) -> Option<&str> {
        self.cells.get(at).map(String::as_str)
    }

    fn place(&self, at: usize) -> Origin {
        self.places.get(at).copied().unwrap_or(self.origin)
    }

    fn origin(&self) -> Origin {
        self.origin
    }
}

/// The part of a list to which its second row belongs.
#[derive(Debug)]
pub(super) enum Second {
    /// The header: it is read with it, or in its place.
    Header(Joined),
    /// It is the first of the rows.
    Row,
}

/// Returns whether a row is a form's own and no answer: Qualtrics writes where each question
/// came from below the questions.
pub(super) fn is_machinery(row: &impl Row) -> bool {
    let begins = |at: usize| {
        row.cell(at)
            .is_some_and(|cell| cell.trim_start().starts_with("{\"ImportId\""))
    };
    row.len() > 0 && (0..row.len().min(8)).any(begins)
}

/// Returns whether the row below a header belongs to it.
pub(super) fn second(first: &impl Row, second: &impl Row) -> Second {
    let text = |row: &dyn Fn(usize) -> Option<String>, at: usize| row(at).unwrap_or_default();
    let (upper, lower) = (
        |at: usize| first.cell(at).map(|cell| cell.trim().to_owned()),
        |at: usize| second.cell(at).map(|cell| cell.trim().to_owned()),
    );
    let width = first.len().max(second.len()).min(MAX_COLUMNS);
    let held = |name: &str| (0..width).any(|at| first.cell(at).is_some_and(|cell| cell.trim() == name));
    let joined = |cells: Vec<String>| {
        Second::Header(Joined {
            places: (0..cells.len()).map(|at| first.place(at)).collect(),
            cells,
            origin: first.origin(),
        })
    };
    // Qualtrics: names of its own above, questions below.
    if held("ResponseId") && held("RecordedDate") {
        return joined((0..width).map(|at| text(&lower, at)).collect());
    }
    // SurveyMonkey: below an open question stands "Response".
    let answers = (0..width)
        .filter(|&at| matches!(fold(&text(&lower, at)).as_str(), "response" | "open ended response"))
        .count();
    let bare = (0..width).filter(|&at| !text(&lower, at).is_empty()).count();
    let spread = (0..width).any(|at| text(&upper, at).is_empty());
    if answers == 0 || (!spread && answers * 2 < bare) {
        return Second::Row;
    }
    let mut question = String::new();
    let cells = (0..width).map(|at| {
        let (above, below) = (text(&upper, at), text(&lower, at));
        if !above.is_empty() {
            question = above;
        }
        match fold(&below).as_str() {
            "" | "response" | "open ended response" => question.clone(),
            // The parts of a question about a person or a body are questions of their
            // own: "Contact information" above "Company", "Email Address".
            _ if headers::meaning(&below).is_some() => below,
            _ => format!("{question} [{below}]"),
        }
    });
    joined(cells.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(cells: &[&str]) -> Vec<(Column, usize, String)> {
        let choices = choices(cells, headers::meaning)
            .into_iter()
            .flat_map(|(_, choices)| choices);
        choices.map(|choice| (choice.column, choice.at, choice.label)).collect()
    }

    #[test]
    fn choices_of_one_question_are_found() {
        let check = |cells: &[&str], expected: &[(Column, usize, &str)]| {
            let expected: Vec<_> = expected
                .iter()
                .map(|&(c, at, label)| (c, at, label.to_owned()))
                .collect();
            assert_eq!(found(cells), expected, "{cells:?}");
        };
        let two = &[(Column::State, 1, "New Mexico"), (Column::State, 2, "Texas")][..];
        check(&["Organization", "State(s) [New Mexico]", "State(s) [Texas]"], two);
        check(
            &[
                "Organization",
                "Which state(s) do you work in? - Selected Choice - New Mexico",
                "Which state(s) do you work in? - Selected Choice - Texas",
            ],
            two,
        );
        check(&["Organization", "New Mexico", "Texas", "Email"], two);
        check(&["Organization", "State (New Mexico)", "State (Texas)"], two);
        check(
            &["Organization", "State 1", "State 2"],
            &[(Column::State, 1, ""), (Column::State, 2, "")],
        );
        check(
            &["National", "State", "Local", "Organization"],
            &[
                (Column::Level, 0, "National"),
                (Column::Level, 1, "State"),
                (Column::Level, 2, "Local"),
            ],
        );
        // Second names are signatories of their own; one column is no group.
        check(
            &["Organization 1", "Organization 2", "State", "Other - please say"],
            &[],
        );
        check(&["Organization", "City", "State", "Country"], &[]);
    }

    #[test]
    fn answers_are_joined() {
        let choice = |label: &str| Choice {
            column: Column::State,
            at: 0,
            label: label.to_owned(),
        };
        let (a, b, other) = (choice("New Mexico"), choice("Texas"), choice("Other"));
        let check = |cells: [&str; 3], expected: &str| {
            assert_eq!(join([&a, &b, &other].into_iter().zip(cells)), expected, "{cells:?}");
        };
        check(["New Mexico", "Texas", ""], "New Mexico, Texas");
        check(["1", "0", ""], "New Mexico");
        check(["TRUE", "FALSE", "Guam"], "New Mexico, Guam");
        check(["", "x", ""], "Texas");
        check(["Not selected", "Selected", ""], "Texas");
        check(["", "", ""], "");
    }
}
