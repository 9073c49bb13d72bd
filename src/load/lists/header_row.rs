//! Reads the header of a list: the meaning of each column.
//!
//! In: header cells, from any format that has rows and columns. Out: a [`Header`]
//! by which `rows` reads the rows. Guaranteed: `[columns]` overrides known
//! headers, and those override guesses; guesses and unrecognized headers are reported;
//! no cell is dropped in silence. Absent: rows, bytes, quotation marks, sheets.

use super::body_words;
use super::cells::{MAX_COLUMNS, Row};
use super::column_doubts::{self, Doubt, Holds, Judged, Verdict};
use super::dates::{self, Order};
use super::fold::fold;
use super::headers::{self, ConsentQuestion, Meaning};
use super::name_form::Boxes;
use super::private_values;
use super::questions::{self, Choice};
use super::restraint;
use super::survey::Survey;
use crate::diag::{Code, Diagnostic, Severity, closest, counted};
use crate::load::clean::{self, Cleaned};
use crate::load::diagnostics::Diagnostics;
use crate::load::loaded::{ColumnReason, ListColumn};
use crate::model::district_kind::DistrictKind;
use crate::model::signatory::Column;
use crate::source::Origin;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The meanings of the columns of a list, as positions in a row.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) width: usize,
    pub(super) name: Vec<usize>,
    pub(super) kind: Option<usize>,
    pub(super) level: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) full_name: Vec<usize>,
    pub(super) first_name: Option<usize>,
    pub(super) last_name: Option<usize>,
    pub(super) person_title: Option<usize>,
    /// Whether the column of embargoes says "after", so that the day itself is too early.
    pub(super) embargo_after: bool,
    /// What the districts of a column elect to, where its header says so.
    pub(super) district_kinds: Vec<(usize, DistrictKind)>,
    /// The questions of consent, with their headers.
    pub(super) questions: Vec<(ConsentQuestion, usize, String)>,
    /// The questions that have a column for each choice.
    pub(super) choices: Vec<Vec<Choice>>,
    /// The other columns, in canonical order; of one column, those that are known
    /// before those that were guessed, then leftmost first.
    pub(super) cells: Vec<(Column, usize)>,
    /// The columns of comments, and with `false` those that are not understood, whose cells may
    /// be comments.
    pub(super) comments: Vec<(usize, bool)>,
    /// Whether the names may be anybody's, and a row with an affiliation is a person's.
    pub(super) either: bool,
    /// Whether most rows have an affiliation: the names are people's then.
    pub(super) is_of_people: bool,
    /// Whether the name may be that of the person whose given and family name stand beside it.
    pub(super) repeats_person: bool,
    /// The boxes before the names.
    pub(super) boxes: Boxes,
    /// The columns that may keep rows from being printed, in a way that is not understood.
    pub(super) doubts: Vec<Doubt>,
    /// `[columns]`, if the list may say in `status` which of them held a row.
    pub(super) settings: BTreeMap<String, String>,
    /// Which of month and day the dates of signing put first, if `[columns]` says so.
    pub(super) day_first: Option<bool>,
    /// Where the headers are.
    places: Vec<Origin>,
    dated: RefCell<Option<Dated>>,
    unknown: RefCell<Vec<Unknown>>,
    columns: RefCell<Vec<ListColumn>>,
}

/// The column that says when rows were signed, and what its dates show.
#[derive(Debug)]
struct Dated {
    at: usize,
    header: String,
    order: Order,
    /// The first date that may be read in two ways.
    doubtful: Option<(String, Origin)>,
}

/// A column that is not understood, and what its cells look like.
#[derive(Debug)]
struct Unknown {
    at: usize,
    header: String,
    place: Origin,
    /// Cells that hold something, up to [`SAMPLED`].
    filled: usize,
    /// How many of those have the shape of a private column.
    private: BTreeMap<Column, usize>,
}

/// How many cells of a column that is not understood are looked at. Enough to
/// tell a column of e-mail addresses from one that holds a few.
const SAMPLED: usize = 50;

impl Header {
    /// Returns whether the list has people's names in columns of their own.
    pub(super) fn has_people(&self) -> bool {
        !self.full_name.is_empty() || self.first_name.is_some() || self.last_name.is_some()
    }

    /// Returns the places of the columns from which a record's name may come.
    pub(super) fn name_columns(&self) -> impl Iterator<Item = usize> {
        let people = [self.first_name, self.last_name].into_iter().flatten();
        let names = self.name.iter().chain(&self.full_name).copied();
        names.chain(people)
    }

    /// Returns how many columns there are.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Looks at the cells of a row that no column claims, and at its date.
    pub(super) fn look(&self, row: &impl Row) {
        if self.day_first.is_none()
            && let Some(dated) = &mut *self.dated.borrow_mut()
        {
            let cell = row.cell(dated.at).unwrap_or_default();
            // Most lists put the year first, and say nothing.
            let looks = matches!(cell.as_bytes(), [_, b'/' | b'-', ..] | [_, _, b'/' | b'-', ..]);
            // The first doubtful one is told; after it, only what shows the order counts.
            let counts = || dated.doubtful.is_none() || dates::may_show_order(cell);
            if looks
                && counts()
                && let Some(moment) = dates::moment(cell)
            {
                dated.order.see(&moment);
                if moment.day_first.is_some() && dated.doubtful.is_none() {
                    dated.doubtful = Some((cell.trim().to_owned(), row.place(dated.at)));
                }
            }
        }
        for (at, column) in self.columns.borrow_mut().iter_mut().enumerate() {
            let cell = row.cell(at).unwrap_or_default();
            column.filled += usize::from(cell.bytes().any(|byte| byte > b' '));
        }
        let mut unknown = self.unknown.borrow_mut();
        for column in unknown.iter_mut().filter(|column| column.filled < SAMPLED) {
            let cell = row.cell(column.at).unwrap_or_default();
            if !cell.trim().is_empty() {
                column.filled += 1;
                if let Some(shape) = private_values::private(cell) {
                    *column.private.entry(shape).or_default() += 1;
                }
            }
        }
    }

    /// Reports the columns that were not understood, when all rows were read.
    pub(super) fn finish(&self, diagnostics: &mut Diagnostics) {
        for column in self.unknown.borrow().iter() {
            column.tell(diagnostics);
        }
        for doubt in &self.doubts {
            tell_doubt(doubt, self.places.get(doubt.at).copied(), diagnostics);
        }
        if let Some(dated) = &*self.dated.borrow()
            && dated.order.day_first().is_none()
            && let Some((cell, place)) = &dated.doubtful
        {
            let key = quoted(&dated.header);
            let message =
                format!("`{cell}` is ambiguous: no date in this column shows whether month or day comes first");
            diagnostics.push(Diagnostic::warning(Code::BadDate, message).at(*place).hint(format!(
                "write in [columns]: {key} = \"signed_at_month_first\", or \"signed_at_day_first\""
            )));
        }
    }

    /// Takes note of the columns, when all rows were read.
    pub(super) fn describe(&self, diagnostics: &mut Diagnostics) {
        diagnostics.describe(self.columns.take());
    }

    /// Gives the column at a position its meaning.
    fn assign(&mut self, at: usize, meaning: Meaning, typed: &str) {
        match meaning {
            Meaning::Column(Column::Name) => self.name.push(at),
            Meaning::Either => {
                self.name.push(at);
                self.either = true;
            }
            Meaning::FullName => self.full_name.push(at),
            Meaning::FirstName => first(&mut self.first_name, at),
            Meaning::LastName => first(&mut self.last_name, at),
            Meaning::PersonTitle => first(&mut self.person_title, at),
            Meaning::Column(Column::Kind) => first(&mut self.kind, at),
            Meaning::Column(Column::Level) => first(&mut self.level, at),
            Meaning::Column(Column::Status) => first(&mut self.status, at),
            Meaning::Question(question) => self.questions.push((question, at, typed.to_owned())),
            Meaning::Signed { day_first } => {
                self.day_first = Some(day_first);
                self.cells.push((Column::SignedAt, at));
            }
            Meaning::Column(column) => {
                if column == Column::SignedAt {
                    self.dated.get_mut().get_or_insert_with(|| Dated {
                        at,
                        header: typed.to_owned(),
                        order: Order::default(),
                        doubtful: None,
                    });
                }
                if column == Column::EmbargoedUntil {
                    let folded = fold(typed);
                    let after = folded.split(' ').any(|word| matches!(word, "after" | "despues"));
                    self.embargo_after |= after && !folded.contains("on or after");
                }
                if column == Column::District
                    && let Some(kind) = DistrictKind::of_header(&fold(typed))
                {
                    self.district_kinds.push((at, kind));
                }
                self.cells.push((column, at));
            }
            Meaning::Unused => {}
        }
    }
}

impl Unknown {
    fn tell(&self, diagnostics: &mut Diagnostics) {
        let shown: String = self.header.chars().take(100).collect();
        let key = quoted(&self.header);
        if self.filled == 0 {
            diagnostics.say(Severity::Note, Code::UnknownColumn, || {
                Diagnostic::note(
                    Code::UnknownColumn,
                    format!("column `{shown}` is not recognized; it is empty"),
                )
                .at(self.place)
            });
            return;
        }
        let shape = self.private.iter().find(|(_, count)| **count * 2 >= self.filled);
        diagnostics.say(Severity::Warning, Code::UnknownColumn, || {
            let hint = match (shape, headers::nearest(&shown)) {
                (Some((column, _)), _) => format!(
                    "its cells look private; to keep them as private data, write in [columns]: {key} = \"{}\"",
                    column.as_str()
                ),
                (None, Some(column)) => {
                    format!("did you mean `{column}`? rename it, or write in [columns]: {key} = \"{column}\"")
                }
                (None, None) => format!(
                    "to use them, write in [columns]: {key} = \"notes\", or another canonical column; to stop this \
                     warning, write \"unused\""
                ),
            };
            Diagnostic::warning(
                Code::UnknownColumn,
                format!("column `{shown}` is not recognized; its cells are not used"),
            )
            .at(self.place)
            .hint(hint)
        });
    }
}

/// Returns how many cells of a row would be understood as headers, and whether
/// a name is among them.
pub(super) fn recognised<'a>(
    cells: impl Iterator<Item = &'a str>,
    columns: &BTreeMap<String, String>,
) -> (usize, bool) {
    let mut known = 0;
    let mut named = false;
    for cell in cells.take(MAX_COLUMNS) {
        if let Some(meaning) = understand(clean::cell(cell).text.as_ref(), columns) {
            known += 1;
            named |= !matches!(
                meaning,
                Meaning::Unused | Meaning::PersonTitle | Meaning::Question(_) | Meaning::Signed { .. }
            ) && !matches!(meaning, Meaning::Column(column) if column != Column::Name);
        }
    }
    (known, named)
}

/// Returns the canonical column of each header that has one; of a name that may be
/// anybody's, `name` where no other column is.
pub fn canonical_columns<'a>(
    cells: impl Iterator<Item = &'a str>,
    columns: &BTreeMap<String, String>,
) -> Vec<Option<Column>> {
    let meanings: Vec<Option<Meaning>> = cells.map(|cell| understand(&clean::cell(cell).text, columns)).collect();
    let named = meanings.contains(&Some(Meaning::Column(Column::Name)));
    let people = meanings
        .iter()
        .flatten()
        .any(|meaning| matches!(meaning, Meaning::FullName | Meaning::FirstName | Meaning::LastName));
    let column = |meaning| match meaning {
        Some(Meaning::Column(column)) => Some(column),
        Some(Meaning::Signed { .. }) => Some(Column::SignedAt),
        Some(Meaning::Either) if !named && !people => Some(Column::Name),
        _ => None,
    };
    meanings.into_iter().map(column).collect()
}

/// Returns what a header means; what the user wrote in `[columns]` goes first.
fn understand(header: &str, columns: &BTreeMap<String, String>) -> Option<Meaning> {
    mapped(header, columns).or_else(|| headers::meaning(header))
}

/// Returns what the user says a header means: by the exact header, else by one
/// that differs in case or outer spaces only.
pub(super) fn mapped(header: &str, columns: &BTreeMap<String, String>) -> Option<Meaning> {
    let word = columns.get(header).or_else(|| {
        let lower = header.to_lowercase();
        let same = |key: &str| clean::cell(key).text.to_lowercase() == lower;
        columns.iter().find(|(key, _)| same(key)).map(|(_, word)| word)
    })?;
    headers::by_canonical(word)
}

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
    let choices = choices(&cells, &mut meanings, columns, row, diagnostics);
    let (guessed, doubts) = guess(&cells, &mut meanings, survey, columns, row, diagnostics);
    // A name that may be of either kind is the organisation's, unless another
    // column holds that.
    let organization = meanings.contains(&Some(Meaning::Column(Column::Name)));

    let is_of_people = organization && are_people(&meanings, survey);
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
    header.comments = comments(&meanings, &cells, survey, columns);
    name_the_only_body(&mut header, &mut meanings, &cells, survey, columns, row, diagnostics);
    let named = header.name.first().or(header.full_name.first());
    header.boxes = named.map_or_else(Boxes::default, |&at| survey.column(at).boxes);
    header
        .cells
        .sort_by_key(|&(column, at)| (column, guessed.contains(&at)));
    doubt_organizations(&mut header, &cells, &meanings, survey, columns);
    header.columns = RefCell::new(described(&header, &cells, &meanings, &guessed, survey, columns, row));
    note_individuals(&mut header, survey, row, diagnostics);
    if header.status.is_some() {
        header.settings.clone_from(columns);
    }
    if header.name.is_empty() && !header.has_people() {
        no_name(row, &cells, &meanings, diagnostics);
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
            samples: survey.column(at).samples,
            filled: 0,
        }
    });
    described.collect()
}

/// Returns whether a list with a column for the organization is one of people all the same:
/// all have a name of their own, and fewer than half an organization.
fn are_people(meanings: &[Option<Meaning>], survey: &Survey) -> bool {
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

/// Returns the columns in which comments may stand, and whether they are known to.
fn comments(
    meanings: &[Option<Meaning>],
    cells: &[Cleaned<'_>],
    survey: &Survey,
    columns: &BTreeMap<String, String>,
) -> Vec<(usize, bool)> {
    let found = meanings
        .iter()
        .zip(cells)
        .enumerate()
        .filter_map(|(at, (meaning, cell))| match meaning {
            Some(Meaning::Column(Column::Notes)) => Some((at, true)),
            None if mapped(&cell.text, columns).is_none() => Some((at, restraint::is_of_comments(&cell.text))),
            _ => None,
        });
    // Answers are read as such.
    found
        .filter(|&(at, is_notes)| is_notes || !survey.column(at).is_answers())
        .collect()
}

/// Takes the one column for names that is called as a body is, where no other holds names: a
/// list of "Agency" and "Date".
fn name_the_only_body(
    header: &mut Header,
    meanings: &mut [Option<Meaning>],
    cells: &[Cleaned<'_>],
    survey: &Survey,
    columns: &BTreeMap<String, String>,
    row: &impl Row,
    diagnostics: &mut Diagnostics,
) {
    if !header.name.is_empty() || header.has_people() {
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
    header.comments.retain(|(comment, _)| *comment != at);
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
fn doubt_organizations(
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

/// Settles whether a row with an affiliation is an individual's, and reports it.
fn note_individuals(header: &mut Header, survey: &Survey, row: &impl Row, diagnostics: &mut Diagnostics) {
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

/// Reports a header that no list has.
pub(super) fn too_wide(row: &impl Row, diagnostics: &mut Diagnostics) {
    let message = format!("the list has {} columns; at most {MAX_COLUMNS} are read", row.len());
    diagnostics.push(
        Diagnostic::error(Code::TooLarge, message)
            .at(row.origin())
            .hint("check that this is the right file and that its delimiter is a comma, a semicolon, or a tab"),
    );
}

/// Finds the questions that have a column for each choice, and tells of them. These
/// columns mean nothing by themselves then.
fn choices(
    cells: &[Cleaned<'_>],
    meanings: &mut [Option<Meaning>],
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
fn guess(
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

/// Reports a column that is doubted, and how many rows it holds.
fn tell_doubt(doubt: &Doubt, place: Option<Origin>, diagnostics: &mut Diagnostics) {
    let held = doubt.held.get();
    if held == 0 {
        return;
    }
    let shown: String = doubt.header.chars().take(100).collect();
    let key = quoted(&doubt.header);
    let rows = counted(held, "row is", "rows are");
    let message = match doubt.holds {
        Holds::Organizations => format!(
            "column `{shown}` may name the organizations that signed, and is not recognized; {rows} held until you say what it is"
        ),
        _ => format!(
            "column `{shown}` may decide who is printed, and is not understood; {rows} held until you say what it is"
        ),
    };
    let hint = match doubt.holds {
        Holds::Organizations => {
            format!("write in [columns]: {key} = \"name\" if they signed, or \"affiliation\" if the people did")
        }
        _ => format!(
            "write in [columns]: {key} = \"publish\" if a yes may be printed, \"private\" if a yes may not, \"status\", or \"unused\" if it \
             does not matter"
        ),
    };
    diagnostics.say(Severity::Warning, Code::UnclearColumn, || {
        let diagnostic = Diagnostic::warning(Code::UnclearColumn, message).hint(hint);
        match place {
            Some(place) => diagnostic.at(place),
            None => diagnostic,
        }
    });
}

fn first(slot: &mut Option<usize>, at: usize) {
    slot.get_or_insert(at);
}

/// Returns the line to write in `[columns]`.
fn line_to_write(header: &str, column: &str) -> String {
    format!("if not, write in [columns]: {} = \"{column}\"", quoted(header))
}

/// Quotes a header as a TOML key.
fn quoted(header: &str) -> String {
    format!("\"{}\"", header.replace('\\', "\\\\").replace('"', "\\\""))
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
