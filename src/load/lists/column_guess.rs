//! Gives a meaning to columns whose header alone has none: by a phrase, by their cells, and by
//! the columns beside them.
//!
//! In: headers, their meanings by themselves, and a [`Survey`]. Out: more meanings, and doubts.
//! Guaranteed: what `[columns]` says is never guessed about; a guess is reported. Absent: the
//! weighing of a header against its cells (that is `column_doubts`').

use super::body_words;
use super::cells::Row;
use super::column_doubts::{self, Doubt, Holds, Judged, Verdict};
use super::comment::{self, Manner};
use super::header::{Header, line_to_write, quoted};
use super::headers::{self, ConsentQuestion, Meaning};
use super::questions::{self, Choice};
use super::restraint;
use super::survey::Survey;
use super::understood::{mapped, understand};
use crate::diag::{Code, Diagnostic, Severity};
use crate::load::clean::Cleaned;
use crate::load::diagnostics::Diagnostics;
use crate::model::signatory::Column;
use std::collections::BTreeMap;

/// Finds the questions that have a column for each choice, and tells of them. These
/// columns mean nothing by themselves then.
pub(super) fn choices(
    cells: &[Cleaned<'_>],
    meanings: &mut [Option<Meaning>],
    survey: &Survey,
    columns: &BTreeMap<String, String>,
    row: &impl Row,
    diagnostics: &mut Diagnostics,
) -> Vec<Vec<Choice>> {
    // What the user says of a header goes first.
    let said = |cell: &Cleaned<'_>| mapped(&cell.text, columns).is_some();
    let texts: Vec<&str> = cells
        .iter()
        .map(|cell| if said(cell) { "" } else { &*cell.text })
        .collect();
    let mut found = Vec::new();
    for (question, choices) in questions::choices(&texts, |header| understand(header, columns)) {
        let Some(first) = choices.first() else { continue };
        // "Local" and "International", with names below.
        let holds_names = |choice: &Choice| survey.column(choice.at).is_names();
        if first.column == Column::Level && choices.iter().any(holds_names) {
            continue;
        }
        diagnostics.say(Severity::Note, Code::GuessedColumn, || {
            let shown: String = question.chars().take(100).collect();
            let message = format!(
                "`{shown}` is one question with {} columns; the answers are joined as `{}`",
                choices.len(),
                first.column.as_str()
            );
            Diagnostic::note(Code::GuessedColumn, message)
                .at(row.place(first.at))
                .hint("if they are separate questions, write the meaning of each column in [columns]")
        });
        for choice in &choices {
            meanings[choice.at] = Some(Meaning::Unused);
        }
        found.push(choices);
    }
    found
}

/// Gives a meaning to headers that have none, by a phrase and by their cells, and another to
/// those whose cells cannot have theirs; tells of it. Returns where, and the columns that
/// are doubted. A name is guessed only where no column is known to hold one, and no column
/// is guessed that is known.
pub(super) fn guess(
    cells: &[Cleaned<'_>],
    meanings: &mut [Option<Meaning>],
    survey: &Survey,
    columns: &BTreeMap<String, String>,
    row: &impl Row,
    diagnostics: &mut Diagnostics,
) -> (Vec<usize>, Vec<Doubt>) {
    let mut known: Vec<Meaning> = meanings.iter().copied().flatten().collect();
    let mut guessed = Vec::new();
    let mut doubts = Vec::new();
    for (at, (cell, meaning)) in cells.iter().zip(meanings.iter_mut()).enumerate() {
        if mapped(&cell.text, columns).is_some() {
            continue;
        }
        let phrase = meaning.is_none().then(|| headers::guess(&cell.text)).flatten();
        // Of two that may be the same, the second is left to a person.
        let phrase = phrase.filter(|found| !is_public(*found) || !known.contains(found));
        let judged = Judged {
            at,
            header: &cell.text,
            meaning: meaning.or(phrase),
            is_guess: phrase.is_some(),
        };
        let has_status = known.contains(&Meaning::Column(Column::Status));
        let found = match column_doubts::verdict(&judged, survey, has_status) {
            Verdict::Stays => phrase,
            Verdict::Becomes(Meaning::Unused) => {
                *meaning = Some(Meaning::Unused);
                continue;
            }
            Verdict::Becomes(found) => Some(found),
            Verdict::Doubtful(holds) => {
                if holds != Holds::Restraining {
                    *meaning = None;
                }
                doubts.push(Doubt::new(at, &cell.text, holds));
                continue;
            }
        };
        let Some(found) = found else { continue };
        known.push(found);
        diagnostics.say(Severity::Note, Code::GuessedColumn, || {
            let shown: String = cell.text.chars().take(100).collect();
            let (reading, word) = reading(found);
            Diagnostic::note(Code::GuessedColumn, format!("`{shown}` is read as {reading}"))
                .at(row.place(at))
                .hint(format!(
                    "to confirm, write in [columns]: {} = \"{word}\"; to change it, write another column",
                    quoted(&cell.text)
                ))
        });
        *meaning = Some(found);
        guessed.push(at);
    }
    (guessed, doubts)
}

/// Returns whether a meaning is of a column that is printed or names somebody.
fn is_public(meaning: Meaning) -> bool {
    !matches!(meaning, Meaning::Question(_)) && !matches!(meaning, Meaning::Column(column) if column.is_private())
}

/// Returns a meaning in words, and the word of `[columns]`.
fn reading(meaning: Meaning) -> (String, &'static str) {
    let question = match meaning {
        Meaning::Column(column) => return (format!("`{}`", column.as_str()), column.as_str()),
        Meaning::FullName => return ("a person's name".to_owned(), "full_name"),
        Meaning::Question(question) => question,
        _ => return ("a person's title".to_owned(), "title"),
    };
    let (reading, word) = match question {
        ConsentQuestion::Authorized => ("the question about permission to sign", "authorized"),
        ConsentQuestion::Publish => ("the question about permission to publish", "publish"),
        ConsentQuestion::Signed => ("the question that confirms the signature", "signed"),
        ConsentQuestion::Private => (
            "the question about keeping the name private: a yes leaves the row out",
            "private",
        ),
        ConsentQuestion::Unauthorized => ("a mark of those who may not sign yet", "unauthorized"),
        ConsentQuestion::Withdrawn => ("a mark of those who withdrew", "withdrawn"),
        ConsentQuestion::Declined => ("a mark of those who declined", "declined"),
    };
    (reading.to_owned(), word)
}

/// Returns the columns in which comments may stand, whether they are known to, and how they are
/// read.
pub(super) fn comments(
    meanings: &[Option<Meaning>],
    cells: &[Cleaned<'_>],
    survey: &Survey,
    columns: &BTreeMap<String, String>,
) -> Vec<(usize, bool, Manner)> {
    let manner = |at: usize, header: &str| {
        let speaks = restraint::is_of_comments(header)
            || meanings[at] == Some(Meaning::Column(Column::Notes))
            || survey.column(at).is_prose() && (restraint::is_log(header) || !restraint::is_elsewhere(header));
        match speaks && !comment::asks_for_reasons(header) {
            true => Manner::Remarks,
            false => Manner::Reasons,
        }
    };
    let found = meanings
        .iter()
        .zip(cells)
        .enumerate()
        .filter_map(|(at, (meaning, cell))| match meaning {
            Some(Meaning::Column(Column::Notes)) => Some((at, true, manner(at, &cell.text))),
            None if mapped(&cell.text, columns).is_none() => {
                let known = restraint::is_of_comments(&cell.text);
                Some((at, known, manner(at, &cell.text)))
            }
            _ => None,
        });
    // Answers are read as such.
    found
        .filter(|&(at, is_notes, _)| is_notes || !survey.column(at).is_answers())
        .collect()
}

/// Returns whether a list with a column for the organization is one of people all the same:
/// all have a name of their own, and fewer than half an organization.
pub(super) fn are_people(meanings: &[Option<Meaning>], survey: &Survey) -> bool {
    let filled = |wanted: Meaning| {
        let columns = meanings
            .iter()
            .enumerate()
            .filter(|(_, meaning)| **meaning == Some(wanted));
        columns.map(|(at, _)| survey.column(at).filled).max().unwrap_or(0)
    };
    let (names, organizations) = (filled(Meaning::Either), filled(Meaning::Column(Column::Name)));
    let kind = meanings.contains(&Some(Meaning::Column(Column::Kind)));
    !kind && names >= 4 && names == survey.rows() && organizations * 2 < names
}

/// Takes the one column for names that is called as a body is, where no other holds names: a
/// list of "Agency" and "Date".
pub(super) fn name_the_only_body(
    header: &mut Header,
    meanings: &mut [Option<Meaning>],
    cells: &[Cleaned<'_>],
    survey: &Survey,
    columns: &BTreeMap<String, String>,
    row: &impl Row,
    diagnostics: &mut Diagnostics,
) {
    // "Acme Clinic,TX,yes" names no columns.
    let is_row = || meanings.iter().all(Option::is_none) && survey.has_row_above(row);
    if !header.name.is_empty() || header.has_people() || is_row() {
        return;
    }
    let is_body = |at: &usize| {
        let shape = survey.column(*at);
        let looks = shape.names * 2 >= shape.filled || shape.bodies * 2 >= shape.filled;
        let free = meanings[*at].is_none() && mapped(&cells[*at].text, columns).is_none();
        let called = body_words::names_a_body(&cells[*at].text) || body_words::asks_for_a_name(&cells[*at].text);
        free && shape.filled > 0 && looks && !shape.is_answers() && called
    };
    let mut found = (0..cells.len()).filter(is_body);
    let (Some(at), None) = (found.next(), found.next()) else {
        return;
    };
    meanings[at] = Some(Meaning::Column(Column::Name));
    header.name.push(at);
    header.doubts.retain(|doubt| doubt.at != at);
    header.comments.retain(|(comment, ..)| *comment != at);
    header.unknown.get_mut().retain(|unknown| unknown.at != at);
    diagnostics.say(Severity::Note, Code::GuessedColumn, || {
        let message = format!(
            "`{}` is read as `name`, because no other column names anybody",
            cells[at].text
        );
        Diagnostic::note(Code::GuessedColumn, message)
            .at(row.place(at))
            .hint(line_to_write(&cells[at].text, "unused"))
    });
}

/// Doubts a column that may name the organizations that signed, where no other does and
/// people are named: those who filled in a form are no signatories because a header is new.
pub(super) fn doubt_organizations(
    header: &mut Header,
    cells: &[Cleaned<'_>],
    meanings: &[Option<Meaning>],
    survey: &Survey,
    columns: &BTreeMap<String, String>,
) {
    // A name that may be anybody's is a person's if none of the names looks like a body's.
    let people = |at: &usize| {
        let shape = survey.column(*at);
        shape.bodies == 0 && shape.names * 2 > shape.filled
    };
    let by_name = !header.name.is_empty() && header.either && header.name.iter().all(people);
    if header.kind.is_some() || !(header.name.is_empty() && header.has_people() || by_name) {
        return;
    }
    for (at, (cell, meaning)) in cells.iter().zip(meanings).enumerate() {
        let shape = survey.column(at);
        let free = match meaning {
            None | Some(Meaning::Unused) => true,
            Some(Meaning::Column(Column::Affiliation)) => body_words::is_employer(&cell.text),
            _ => false,
        };
        let doubted = |doubt: &Doubt| doubt.at == at && doubt.holds != Holds::Restraining;
        if !free
            || shape.filled == 0
            || shape.is_answers()
            || header.choices.iter().flatten().any(|choice| choice.at == at)
            || header.doubts.iter().any(doubted)
            || mapped(&cell.text, columns).is_some()
        {
            continue;
        }
        let called = body_words::names_a_body(&cell.text);
        let looks = shape.bodies * 2 >= shape.filled && !by_name;
        if called && shape.names * 3 >= shape.filled || looks {
            header.doubts.retain(|doubt| doubt.at != at);
            header.doubts.push(Doubt::new(at, &cell.text, Holds::Organizations));
            header.unknown.get_mut().retain(|unknown| unknown.at != at);
        }
    }
}

/// Doubts the rows that have no status where most have one, and some say that they signed: an
/// empty cell is open then. In a list of ours, an empty cell is confirmed.
pub(super) fn doubt_empty_status(
    header: &mut Header,
    cells: &[Cleaned<'_>],
    survey: &Survey,
    columns: &BTreeMap<String, String>,
) {
    let Some(at) = header.status else { return };
    let text = &*cells[at].text;
    let shape = survey.column(at);
    let is_ours = text == Column::Status.as_str() || mapped(text, columns).is_some();
    if !is_ours && shape.filled * 2 >= survey.rows() && shape.filled < survey.rows() && shape.confirms() {
        header.doubts.push(Doubt::new(at, text, Holds::Empty));
    }
}

/// Settles whether a row with an affiliation is an individual's, and reports it.
pub(super) fn note_individuals(header: &mut Header, survey: &Survey, row: &impl Row, diagnostics: &mut Diagnostics) {
    if header.is_of_people
        && let Some(&at) = header.full_name.first()
    {
        diagnostics.say(Severity::Note, Code::GuessedColumn, || {
            let message = "most rows name a person and no organization; rows are read as individuals";
            Diagnostic::note(Code::GuessedColumn, message)
                .at(row.place(at))
                .hint("to change this, add a column `kind` with `organization` or `individual`")
        });
    }
    let affiliation = header.cells.iter().find(|(column, _)| *column == Column::Affiliation);
    header.repeats_person = header.either && header.has_people();
    header.either &= header.kind.is_none() && !header.has_people();
    if let (true, Some(&(_, at))) = (header.either, affiliation) {
        header.is_of_people = survey.column(at).filled * 2 >= survey.rows().max(1);
        diagnostics.say(Severity::Note, Code::GuessedColumn, || {
            let message = match header.is_of_people {
                true => "no column marks individuals; rows are read as individuals, except names of organizations",
                false => "no column marks individuals; rows with an affiliation are read as individuals",
            };
            Diagnostic::note(Code::GuessedColumn, message)
                .at(row.place(at))
                .hint("to change this, add a column `kind` with `organization` or `individual`")
        });
    }
}
