//! Reads the header of a list: the meaning of each column.
//!
//! In: header cells, from any format that has rows and columns. Out: a [`Header`]
//! by which `rows` reads the rows. Guaranteed: `[columns]` overrides known
//! headers, and those override guesses; guesses and unrecognized headers are reported;
//! no cell is dropped in silence. Absent: rows, bytes, quotation marks, sheets.

use super::cells::{MAX_COLUMNS, Row};
use super::column_doubts::{Doubt, Holds};
use super::column_guess;
use super::header::{Header, Unknown, line_to_write, quoted};
use super::headers::{self, Meaning};
use super::name_form::Boxes;
use super::survey::Survey;
use super::understood::{mapped, understand};
use crate::diag::{Code, Diagnostic, Severity, closest};
use crate::load::clean::{self, Cleaned};
use crate::load::diagnostics::Diagnostics;
use crate::load::loaded::{ColumnReason, ListColumn};
use crate::model::signatory::Column;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Reads the header row; `None`: no column contains names, which is reported. `survey` is
/// of the rows below it.
pub(super) fn read_header(
    row: &impl Row,
    survey: &Survey,
    columns: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Option<Header> {
    if row.len() > MAX_COLUMNS {
        too_wide(row, diagnostics);
        return None;
    }
    let cells: Vec<Cleaned<'_>> = (0..row.len())
        .map(|at| clean::cell(row.cell(at).unwrap_or_default()))
        .collect();
    let mut meanings: Vec<Option<Meaning>> = cells.iter().map(|cell| understand(&cell.text, columns)).collect();
    let choices = column_guess::choices(&cells, &mut meanings, survey, columns, row, diagnostics);
    let (guessed, doubts) = column_guess::guess(&cells, &mut meanings, survey, columns, row, diagnostics);
    // A name that may be of either kind is the organisation's, unless another
    // column holds that.
    let organization = meanings.contains(&Some(Meaning::Column(Column::Name)));

    let is_of_people = organization && column_guess::are_people(&meanings, survey);
    let mut header = Header {
        is_of_people,
        width: row.len(),
        choices,
        doubts,
        places: (0..row.len()).map(|at| row.place(at)).collect(),
        ..Header::default()
    };
    for (at, (meaning, cell)) in meanings.iter().zip(&cells).enumerate() {
        if let Some((_, removed)) = cell.removed {
            diagnostics.say(Severity::Note, Code::InvisibleCharacter, || {
                let message = format!("{} was removed from the header `{}`", clean::name(removed), cell.text);
                Diagnostic::note(Code::InvisibleCharacter, message).at(row.place(at))
            });
        }
        match *meaning {
            Some(Meaning::Either) if organization && header.is_of_people => header.full_name.push(at),
            Some(Meaning::Either) if organization => {
                diagnostics.say(Severity::Note, Code::GuessedColumn, || {
                    let message = format!(
                        "`{}` is read as the contact's name, because another column names the organization",
                        cell.text
                    );
                    Diagnostic::note(Code::GuessedColumn, message)
                        .at(row.place(at))
                        .hint(line_to_write(&cell.text, "name"))
                });
                header.full_name.push(at);
            }
            Some(meaning) => header.assign(at, meaning, &cell.text),
            None if cell.text.is_empty() => {}
            // What is doubted is told by itself.
            None if header
                .doubts
                .iter()
                .any(|doubt| doubt.at == at && doubt.holds != Holds::Restraining) => {}
            None => header.unknown.get_mut().push(Unknown {
                at,
                header: cell.text.to_string(),
                place: row.place(at),
                filled: 0,
                private: BTreeMap::new(),
            }),
        }
    }
    header.comments = column_guess::comments(&meanings, &cells, survey, columns);
    column_guess::name_the_only_body(&mut header, &mut meanings, &cells, survey, columns, row, diagnostics);
    let named = header.name.first().or(header.full_name.first());
    header.boxes = named.map_or_else(Boxes::default, |&at| survey.column(at).boxes);
    header
        .cells
        .sort_by_key(|&(column, at)| (column, guessed.contains(&at)));
    column_guess::doubt_empty_status(&mut header, &cells, survey, columns);
    column_guess::doubt_organizations(&mut header, &cells, &meanings, survey, columns);
    header.columns = RefCell::new(described(&header, &cells, &meanings, &guessed, survey, columns, row));
    column_guess::note_individuals(&mut header, survey, row, diagnostics);
    if header.status.is_some() {
        header.settings.clone_from(columns);
    }
    if header.name.is_empty() && !header.has_people() {
        if meanings.iter().all(Option::is_none) && survey.has_row_above(row) {
            let message = "the first line is a row like those below it; no line names the columns";
            diagnostics.push(
                Diagnostic::error(Code::NoNameColumn, message)
                    .at(row.origin())
                    .hint("write a first line that names the columns, such as `name,state`"),
            );
        } else {
            no_name(row, &cells, &meanings, diagnostics);
        }
        return None;
    }
    Some(header)
}

/// Returns the columns as they are understood, with no row counted yet.
fn described(
    header: &Header,
    cells: &[Cleaned<'_>],
    meanings: &[Option<Meaning>],
    guessed: &[usize],
    survey: &Survey,
    columns: &BTreeMap<String, String>,
    row: &impl Row,
) -> Vec<ListColumn> {
    let choice = |at: usize| header.choices.iter().flatten().find(|choice| choice.at == at);
    let described = cells.iter().zip(meanings).enumerate().map(|(at, (cell, meaning))| {
        let doubted = |doubt: &Doubt| doubt.at == at && doubt.holds != Holds::Restraining;
        let may_name = |doubt: &Doubt| doubt.at == at && doubt.holds == Holds::Organizations;
        let reason = match *meaning {
            _ if mapped(&cell.text, columns).is_some() => ColumnReason::Settings,
            _ if header.doubts.iter().any(may_name) => ColumnReason::Organizations,
            _ if header.doubts.iter().any(doubted) => ColumnReason::Unclear,
            _ if guessed.contains(&at) || choice(at).is_some() => ColumnReason::Guess,
            Some(Meaning::Unused) => ColumnReason::Ignored,
            Some(_) => ColumnReason::Header,
            None => ColumnReason::Unknown,
        };
        let meaning = match *meaning {
            Some(Meaning::Either) if header.full_name.contains(&at) => Some(Meaning::FullName),
            Some(Meaning::Unused) => choice(at).map(|choice| Meaning::Column(choice.column)),
            other => other,
        };
        ListColumn {
            header: cell.text.to_string(),
            origin: row.place(at),
            reads_as: meaning.and_then(headers::word),
            is_private: matches!(meaning, Some(Meaning::Column(column)) if column.is_private()),
            is_guess: guessed.contains(&at),
            reason,
            samples: survey.column(at).samples.clone(),
            filled: 0,
        }
    });
    described.collect()
}

/// Reports a header that no list has.
pub(super) fn too_wide(row: &impl Row, diagnostics: &mut Diagnostics) {
    let message = format!("the list has {} columns; at most {MAX_COLUMNS} are read", row.len());
    diagnostics.push(
        Diagnostic::error(Code::TooLarge, message)
            .at(row.origin())
            .hint("check that this is the right file and that its delimiter is a comma, a semicolon, or a tab"),
    );
}

fn no_name(row: &impl Row, cells: &[Cleaned<'_>], meanings: &[Option<Meaning>], diagnostics: &mut Diagnostics) {
    let free = || {
        let pairs = cells.iter().zip(meanings);
        pairs.filter(|(cell, meaning)| meaning.is_none() && !cell.text.is_empty())
    };
    // The header most like a name, else the first that means nothing else.
    let likely = free()
        .find(|(cell, _)| closest(&cell.text, ["name", "organization"]).is_some())
        .or_else(|| free().find(|(cell, _)| cell.text.to_lowercase().contains("name")))
        .or_else(|| free().next());
    let hint = match likely {
        Some((cell, _)) => format!(
            "call a column `name` in the first line, or write in [columns]: {} = \"name\"",
            quoted(&cell.text)
        ),
        None => "write the names of the columns in the first line, with `name` among them".to_owned(),
    };
    diagnostics.push(
        Diagnostic::error(Code::NoNameColumn, "no column holds the signatories' names")
            .at(row.origin())
            .hint(hint),
    );
}
