//! The rows of a list become records.
//!
//! In: a [`Header`], and a row's cells. Out: one [`Record`] for each row that holds
//! anything. Guaranteed: a status or an answer that is not understood never counts
//! as confirmed; a person who filled in a form for an organisation is private; what
//! looks private in a printed cell is told. Absent: what the columns are for (that
//! is `header_row`'s).

use super::body_words;
use super::cells::{MAX_CELL, Row};
use super::column_doubts::Holds;
use super::comment::{self, Comment, Manner};
use super::consent::{self, Answer};
use super::dates;
use super::entities;
use super::fold::{fold, fold_all};
use super::header::Header;
use super::headers;
use super::headers::ConsentQuestion;
use super::name_form;
use super::private_values;
use super::questions::{self, Choice};
use crate::diag::{Code, Diagnostic, Severity, suggest};
use crate::load::clean::{self, Cleaned};
use crate::load::diagnostics::Diagnostics;
use crate::model::district_kind::DistrictKind;
use crate::model::held::{HeldReason, Hold};
use crate::model::signatory::{Column, Kind, Level, Record, Status};
use std::borrow::Cow;

/// Reads one row. `None`: nothing stands in it.
pub(super) fn read_row(header: &Header, row: &impl Row, diagnostics: &mut Diagnostics) -> Option<Record> {
    if row.len() != header.width {
        ragged(header, row, diagnostics);
    }
    let get = |at: usize, diagnostics: &mut Diagnostics| cell(row, at, diagnostics);
    let mut record = Record::new("", row.origin());
    let mut named_at = None;
    for &at in &header.name {
        let name = get(at, diagnostics);
        if matches!(name, Cow::Owned(_)) {
            several_lines(row, at, diagnostics);
        }
        record.name = boxed(name);
        if !record.name.is_empty() {
            named_at = Some(at);
            break;
        }
    }
    record.has_more = (0..row.len()).any(|at| {
        let is_filled = || row.cell(at).is_some_and(|cell| cell.bytes().any(|byte| byte > b' '));
        Some(at) != named_at && is_filled()
    });
    let said = header.kind.and_then(|at| read_kind(row, at, diagnostics));
    if let Some(at) = header.level {
        record.level = read_level(row, at, diagnostics);
    }
    let stated = header
        .status
        .is_some_and(|at| row.cell(at).is_some_and(|cell| !cell.trim().is_empty()));
    if let Some(at) = header.status {
        read_status(row, at, &mut record, diagnostics);
    }
    record.cells.reserve_exact(header.cells.len());
    for &(column, at) in &header.cells {
        if column == Column::District {
            add_district(header, &get(at, diagnostics), at, &mut record);
            continue;
        }
        if record.cells.last().is_some_and(|(last, _)| *last == column) {
            continue; // Another column of this meaning, further left, holds something.
        }
        let cell = several_answers(get(at, diagnostics));
        if !cell.is_empty() {
            record.cells.push((column, boxed(cell)));
        }
    }
    for choices in &header.choices {
        join_choices(choices, row, &mut record, diagnostics);
    }
    if let Some(at) = named_at
        && let Some(raw) = row.cell(at)
    {
        name_form::mend_record(&mut record, raw, header.boxes, || row.place(at), diagnostics);
    }
    let said = said.or_else(|| {
        let affiliated = || record.get(Column::Affiliation).is_some();
        let named =
            || header.is_of_people && !record.name.is_empty() && !body_words::has_body_word(&fold(&record.name));
        let person = header.either && (affiliated() || named()) || header.is_of_people && header.has_people();
        person.then_some(Kind::Individual)
    });
    if !diagnostics.heard() {
        header.look(row);
    }
    if let Some(day_first) = header.day_first
        && let Some(moment) = record.get(Column::SignedAt).and_then(dates::moment)
    {
        record.set(Column::SignedAt, &moment.iso(day_first));
    }
    record.kind = said.unwrap_or_default();
    if header.has_people() || header.person_title.is_some() {
        add_person(header, row, said, &mut record, diagnostics);
    }
    if record.name.is_empty() {
        let blank = (0..row.len()).all(|at| row.cell(at).is_none_or(|cell| clean::cell(cell).text.is_empty()));
        if blank {
            return None;
        }
        no_name_in_row(header, row, diagnostics);
    }
    read_embargo(header, row, &mut record, diagnostics);
    read_consent(header, row, &mut record, diagnostics);
    header.answer_hold(&mut record);
    read_doubts(header, row, &mut record);
    if !stated {
        doubt(header, row, &mut record, diagnostics);
    }
    if !diagnostics.heard() {
        private_values(row, header, &record, diagnostics);
    }
    Some(record)
}

/// Adds a district to those that other columns of the row name. "12" below "Assembly District"
/// becomes "AD 12", since the list that is written has one column for all of them.
fn add_district(header: &Header, cell: &str, at: usize, record: &mut Record) {
    if cell.is_empty() {
        return;
    }
    let kind = header.district_kinds.iter().find(|(column, _)| *column == at);
    let says_kind = |kind: DistrictKind| {
        // A state's code and a number are a district of Congress: "CA-12".
        let is_said = DistrictKind::of_header(&fold(cell)).is_some();
        let has_state = kind == DistrictKind::Congressional && cell.starts_with(|c: char| c.is_alphabetic());
        is_said || has_state || !cell.bytes().any(|byte| byte.is_ascii_digit())
    };
    let own = match kind {
        Some(&(_, kind)) if !says_kind(kind) => format!("{} {cell}", kind.short()),
        _ => cell.to_owned(),
    };
    let joined = match record.get(Column::District) {
        Some(before) if before != own => format!("{before}; {own}"),
        Some(_) => return,
        None => own,
    };
    record.set(Column::District, &joined);
}

/// Joins the answers to a question that has a column for each choice.
fn join_choices(choices: &[Choice], row: &impl Row, record: &mut Record, diagnostics: &mut Diagnostics) {
    let Some(first) = choices.first() else { return };
    let cells: Vec<Cow<'_, str>> = choices.iter().map(|choice| cell(row, choice.at, diagnostics)).collect();
    let joined = questions::join(choices.iter().zip(cells.iter().map(|cell| &**cell)));
    if joined.is_empty() {
        return;
    }
    if first.column != Column::Level {
        if record.get(first.column).is_none() {
            record.set(first.column, &joined);
        }
        return;
    }
    if record.level.is_some() {
        return;
    }
    record.level = headers::level(&joined);
    if record.level.is_none() {
        diagnostics.say(Severity::Warning, Code::BadValue, || {
            Diagnostic::warning(
                Code::BadValue,
                format!("`{joined}` is more than one level; it is not used"),
            )
            .at(row.place(first.at))
            .hint("select one, or write one in a column `level`")
        });
    }
}

/// Reads the day before which the row may not be published. What is not understood
/// holds it back.
fn read_embargo(header: &Header, row: &impl Row, record: &mut Record, diagnostics: &mut Diagnostics) {
    let Some(cell) = record.get(Column::EmbargoedUntil).map(str::to_owned) else {
        return;
    };
    let signed = record.get(Column::SignedAt).and_then(dates::moment);
    let day = match dates::moment(&cell) {
        Some(moment) => Some(moment.latest()),
        None => dates::among_words(&cell, signed.map(|moment| moment.earliest())),
    };
    if let Some(day) = day {
        let day = if header.embargo_after {
            day.tomorrow().unwrap_or(day)
        } else {
            day
        };
        record.set(Column::EmbargoedUntil, &day.to_string());
        return;
    }
    if consent::answer("", &cell) == Answer::No || fold(&cell).is_empty() {
        record.set(Column::EmbargoedUntil, "");
        return;
    }
    record.status = record.status.max(Status::Pending);
    diagnostics.say(Severity::Warning, Code::Embargoed, || {
        let shown: String = cell.chars().take(60).collect();
        let at = header
            .cells
            .iter()
            .find(|(column, _)| *column == Column::EmbargoedUntil);
        Diagnostic::warning(
            Code::Embargoed,
            format!("`{shown}` is not a date, so `{}` counts as pending", record.name),
        )
        .at(at.map_or(row.origin(), |&(_, at)| row.place(at)))
        .hint("write the first day on which it can be published, as year-month-day; if it can be published now, clear the cell")
    });
}

/// Lowers the status by the answers to the questions of consent: what restrains
/// most counts. An answer that is not clear holds the row.
fn read_consent(header: &Header, row: &impl Row, record: &mut Record, diagnostics: &mut Diagnostics) {
    for (question, at, asked) in &header.questions {
        let cell = cell(row, *at, diagnostics);
        // What else one may say beside the choices is mostly not said.
        if cell.is_empty() && questions::is_other(asked) {
            continue;
        }
        // "Signed?" may be answered by the day.
        if *question == ConsentQuestion::Signed && dates::moment(&cell).is_some() {
            if record.get(Column::SignedAt).is_none() {
                record.set(Column::SignedAt, &cell);
            }
            continue;
        }
        let mut reply = consent::reply(*question, asked, &cell);
        // A condition takes more than a word.
        let condition = cell.contains(' ').then(|| consent::condition(asked, &cell)).flatten();
        if let Some(condition) = condition {
            let signed = record.get(Column::SignedAt).and_then(dates::moment);
            let day = dates::among_words(condition.rest, signed.map(|moment| moment.earliest()));
            match day.filter(|_| *question == ConsentQuestion::Publish) {
                Some(day) => {
                    // "After March 1" is no leave for that day.
                    let day = if condition.strictly {
                        day.tomorrow().unwrap_or(day)
                    } else {
                        day
                    };
                    let known = record.get(Column::EmbargoedUntil).unwrap_or_default();
                    let day = day.to_string().max(known.to_owned());
                    record.set(Column::EmbargoedUntil, &day);
                    continue;
                }
                // "No, until ...": what was a no stays one.
                None if condition.sure && reply.is_none_or(|status| status == Status::Confirmed) => {
                    reply = Some(Status::Pending);
                }
                None => {}
            }
        }
        let shown = |text: &str| text.chars().take(60).collect::<String>();
        let Some(status) = reply else {
            hold(
                record,
                HeldReason::ConsentUnclear,
                &format!("{}: {}", shown(asked), shown(&cell)),
            );
            continue;
        };
        if status <= record.status {
            continue;
        }
        record.status = status;
        // That a row has no name is said already, and it counts for nobody.
        if record.name.is_empty() {
            continue;
        }
        diagnostics.say(Severity::Note, Code::NotConfirmed, || {
            let (asked, said) = (shown(asked), shown(&cell));
            let said = match cell.is_empty() {
                true => format!("`{asked}` is not answered"),
                false => format!("the answer to `{asked}` is `{said}`"),
            };
            Diagnostic::note(
                Code::NotConfirmed,
                format!("{said}; `{}` counts as {}", record.name, status.as_str()),
            )
            .at(row.place(*at))
            .hint("if they did agree, correct the answer, or import the list and write `confirmed` in its `status` column")
        });
    }
}

/// Holds a row.
pub(super) fn hold(record: &mut Record, reason: HeldReason, about: &str) {
    record.hold_too(Hold::about(reason, about));
}

/// Longest cell that a question shows, in characters: a long name of an organization.
const LONGEST_ABOUT: usize = 200;

/// Holds a row whose cells may restrain it in a way that is not understood: an unclear
/// column, or a comment.
fn read_doubts(header: &Header, row: &impl Row, record: &mut Record) {
    // "Signed on" may be answered with a no.
    if header.has_foreign_dates()
        && let Some(signed) = record.get(Column::SignedAt)
        // What has a figure is a date, or nothing that restrains; nearly every row has one.
        && !signed.bytes().any(|byte| byte.is_ascii_digit())
        && fold(signed).len() > 1
        // "Awaiting e-board": what is neither a day nor a yes is not known to be one.
        && consent::plain_answer(signed) != Some(true)
    {
        let about = format!("signed: {signed}");
        hold(record, HeldReason::StatusUnclear, &about);
    }
    for doubt in &header.doubts {
        let cell = row.cell(doubt.at).unwrap_or_default();
        if doubt.holds == Holds::Organizations && is_named(cell, &record.name) {
            continue; // A signature is the person's own name.
        }
        if doubt.holds(cell) {
            let cell: String = clean::cell(cell).text.chars().take(LONGEST_ABOUT).collect();
            record.hold_too(Hold::of_column(&doubt.header, &cell));
        }
    }
    let notes = record.get(Column::Notes).map(str::to_owned).unwrap_or_default();
    let known = header.comments.iter().find(|(_, is_notes, _)| *is_notes);
    read_comment(record, &notes, known.map_or(Manner::Remarks, |&(.., manner)| manner));
    for &(at, is_notes, manner) in &header.comments {
        let cell = row.cell(at).unwrap_or_default().trim();
        // Of a column that is not understood, what is short enough for a remark.
        let is_comment = cell.contains(' ') && (is_notes || cell.len() <= LONGEST_REMARK);
        if is_comment && !notes.contains(cell) {
            read_comment(record, &clean::cell(cell).text, manner);
        }
    }
}

/// Longest cell of a column that is not understood in which a restraint is looked for, in bytes:
/// two sentences. Longer ones are essays, which speak of other things.
const LONGEST_REMARK: usize = 160;

/// Holds a row whose comment may restrain it.
fn read_comment(record: &mut Record, comment: &str, manner: Manner) {
    let found = || comment::in_comment(comment, manner);
    let Some(found) = (comment.len() > 2).then(found).flatten() else {
        return;
    };
    let about: String = comment.chars().take(80).collect();
    match found {
        Comment::Restrains => hold(record, HeldReason::RestrainingComment, &about),
        Comment::Personal if record.kind == Kind::Organization => hold(record, HeldReason::Person, &about),
        Comment::Personal => {}
    }
}

/// Makes a row pending that says of itself that it is none.
fn doubt(header: &Header, row: &impl Row, record: &mut Record, diagnostics: &mut Diagnostics) {
    let Some(why) = consent::no_signature(&record.name) else {
        return;
    };
    if record.status < Status::Pending {
        record.status = Status::Pending;
    }
    diagnostics.say(Severity::Warning, Code::TestRow, || {
        let place = header.name.first().map_or(row.origin(), |&at| row.place(at));
        Diagnostic::warning(
            Code::TestRow,
            format!("`{}` {why}, so the row counts as pending", record.name),
        )
        .at(place)
        .hint("delete the row, or, if they did sign, write `confirmed` in a column `status`")
    });
}

/// The columns that are printed, and so must hold nothing private.
const PRINTED: [Column; 7] = [
    Column::Title,
    Column::Affiliation,
    Column::City,
    Column::State,
    Column::District,
    Column::Section,
    Column::SortName,
];

/// Reports what looks private in a name or another printed cell.
fn private_values(row: &impl Row, header: &Header, record: &Record, diagnostics: &mut Diagnostics) {
    let name = std::iter::once((Column::Name, &*record.name));
    let printed = PRINTED
        .into_iter()
        .filter_map(|column| Some((column, record.get(column)?)));
    for (column, cell) in name.chain(printed) {
        let Some(shape) = private_values::private(cell) else {
            continue;
        };
        let at = match column {
            Column::Name => header.name.first().copied(),
            _ => header
                .cells
                .iter()
                .find(|(known, _)| *known == column)
                .map(|&(_, at)| at),
        };
        diagnostics.say(Severity::Warning, Code::PrivateValue, || {
            let message = format!(
                "the `{}` contains what looks like {}, and is printed",
                column.as_str(),
                private_values::called(shape)
            );
            Diagnostic::warning(Code::PrivateValue, message)
                .at(at.map_or(row.origin(), |at| row.place(at)))
                .hint(format!(
                    "move it to a column `{}`, which is never published",
                    shape.as_str()
                ))
        });
    }
}

/// Writes several answers in a cell, as forms join them (" / A / B"), with commas.
fn several_answers(cell: Cow<'_, str>) -> Cow<'_, str> {
    // Microsoft's forms end each answer with a semicolon.
    if cell.ends_with(';') {
        let answers = cell.split(';').map(str::trim).filter(|answer| !answer.is_empty());
        return answers.collect::<Vec<_>>().join(", ").into();
    }
    let joined = cell.strip_prefix("/ ").filter(|_| cell.len() > 2);
    match joined {
        Some(rest) => rest.split(" / ").map(str::trim).collect::<Vec<_>>().join(", ").into(),
        None => cell,
    }
}

/// Reports a name over several lines: a quotation mark may be missing, so that
/// one name swallowed the rows below it.
fn several_lines(row: &impl Row, at: usize, diagnostics: &mut Diagnostics) {
    let lines = row.cell(at).map_or(0, |cell| cell.trim().lines().count());
    if lines > 1 {
        diagnostics.say(Severity::Warning, Code::BadValue, || {
            Diagnostic::warning(
                Code::BadValue,
                format!("the name has {lines} lines; it was read as one name"),
            )
            .at(row.place(at))
            .hint("check for a missing quotation mark; write each signatory in a row of its own")
        });
    }
}

/// Returns a cell, cleaned; says what was removed or is too long.
fn cell<'a>(row: &'a impl Row, at: usize, diagnostics: &mut Diagnostics) -> Cow<'a, str> {
    let Some(cell) = row.cell(at) else {
        return "".into();
    };
    let Cleaned { text, removed } = clean::cell(cell);
    if let Some((_, removed)) = removed {
        diagnostics.say(Severity::Warning, Code::InvisibleCharacter, || {
            let message = format!("{} was removed from a cell", clean::name(removed));
            Diagnostic::warning(Code::InvisibleCharacter, message).at(row.place(at))
        });
    }
    let text = match entities::read(&text) {
        Some(read) => {
            diagnostics.say(Severity::Note, Code::BadValue, || {
                let message = "HTML entities in a cell are read as the characters that they stand for";
                Diagnostic::note(Code::BadValue, message).at(row.place(at))
            });
            read.into()
        }
        None => text,
    };
    if text.len() > MAX_CELL {
        diagnostics.say(Severity::Error, Code::TooLarge, || {
            let message = format!("the cell is {} bytes long; at most {MAX_CELL} are read", text.len());
            Diagnostic::error(Code::TooLarge, message)
                .at(row.place(at))
                .hint("check for a missing quotation mark")
        });
        let mut end = MAX_CELL;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        return text[..end].to_owned().into();
    }
    text
}

fn boxed(text: Cow<'_, str>) -> Box<str> {
    match text {
        Cow::Borrowed(text) => text.into(),
        Cow::Owned(text) => text.into(),
    }
}

/// Puts the person of a row where they belong: in the name of an individual, or
/// among the contact's private cells.
fn add_person(header: &Header, row: &impl Row, said: Option<Kind>, record: &mut Record, diagnostics: &mut Diagnostics) {
    let (person, sort_name) = read_person(header, row, diagnostics);
    let title = header
        .person_title
        .map(|at| boxed(cell(row, at, diagnostics)))
        .unwrap_or_default();
    // "Display Name" beside first and last name: one person, named twice.
    let repeats = header.repeats_person && is_named(&record.name, &person);
    let individual = said.unwrap_or(if header.name.is_empty() || repeats {
        Kind::Individual
    } else {
        Kind::Organization
    }) == Kind::Individual;
    if individual && !person.is_empty() {
        let organisation = std::mem::replace(&mut record.name, person);
        if !repeats {
            add(record, Column::Affiliation, organisation);
        }
        add(record, Column::SortName, sort_name);
    } else {
        add(record, Column::ContactName, person);
        // "Signing as: organization", and no column but the employer names one.
        if record.name.is_empty()
            && said == Some(Kind::Organization)
            && let Some(employer) = record.get(Column::Affiliation).map(str::to_owned)
        {
            record.name = employer.into();
            record.set(Column::Affiliation, "");
        }
    }
    add(
        record,
        if individual {
            Column::Title
        } else {
            Column::ContactTitle
        },
        title,
    );
    if individual {
        record.kind = Kind::Individual;
    } else if let Some(at) = record.cells.iter().position(|(column, _)| *column == Column::Title) {
        // An organization has no title: it is that of whoever filled in the form.
        let (_, title) = record.cells.remove(at);
        add(record, Column::ContactTitle, title);
    }
    record.cells.sort_by_key(|&(column, _)| column);
}

/// Returns whether a name is that of a person, with no more than a title or a middle name
/// beside it.
fn is_named(name: &str, person: &str) -> bool {
    let (name, person) = (fold_all(name), fold_all(person));
    let words: Vec<&str> = name.split(' ').collect();
    let mut of_person = person.split(' ').filter(|word| !word.is_empty()).peekable();
    of_person.peek().is_some()
        && words.len() <= person.split(' ').count() + 2
        && of_person.all(|word| words.contains(&word))
}

/// Adds a cell, unless it is empty or the column has one.
fn add(record: &mut Record, column: Column, cell: Box<str>) {
    if !cell.is_empty() && record.get(column).is_none() {
        record.cells.push((column, cell));
    }
}

/// Returns the person of a row, and by which name to sort them, where the list says.
fn read_person(header: &Header, row: &impl Row, diagnostics: &mut Diagnostics) -> (Box<str>, Box<str>) {
    for &at in &header.full_name {
        let full = cell(row, at, diagnostics);
        if !full.is_empty() {
            return (boxed(full), Box::default());
        }
    }
    let first = header
        .first_name
        .map(|at| cell(row, at, diagnostics))
        .unwrap_or_default();
    let last = header
        .last_name
        .map(|at| cell(row, at, diagnostics))
        .unwrap_or_default();
    match (first.is_empty(), last.is_empty()) {
        (false, false) => (format!("{first} {last}").into(), format!("{last}, {first}").into()),
        (false, true) => (boxed(first), Box::default()),
        (true, _) => (boxed(last), Box::default()),
    }
}

fn no_name_in_row(header: &Header, row: &impl Row, diagnostics: &mut Diagnostics) {
    diagnostics.say(Severity::Warning, Code::EmptyName, || {
        let at = header.name.first().copied();
        let place = at.filter(|&at| at < row.len()).map_or(row.origin(), |at| row.place(at));
        let hint = if header.has_people() && !header.name.is_empty() {
            "the organization's cell is empty; if the person signs, write `individual` in a column `kind`"
        } else {
            "write the name, or delete the row"
        };
        Diagnostic::warning(Code::EmptyName, "the row has no name and is not counted")
            .at(place)
            .hint(hint)
    });
}

fn ragged(header: &Header, row: &impl Row, diagnostics: &mut Diagnostics) {
    let message = || format!("the row has {}, but the header has {}", count(row.len()), header.width);
    let short = row.len() < header.width;
    if short {
        // A blank row of a sheet, or cells left out at the end.
        let blank = (0..row.len()).all(|at| row.cell(at).is_none_or(|cell| cell.trim().is_empty()));
        if !blank {
            diagnostics.say(Severity::Note, Code::RaggedRow, || {
                Diagnostic::note(Code::RaggedRow, message())
                    .at(row.origin())
                    .hint("missing cells are read as empty")
            });
        }
        return;
    }
    let extra = (header.width..row.len()).find(|&at| row.cell(at).is_some_and(|cell| !cell.trim().is_empty()));
    if let Some(extra) = extra {
        diagnostics.say(Severity::Warning, Code::RaggedRow, || {
            Diagnostic::warning(Code::RaggedRow, message())
                .at(row.place(extra))
                .hint("if a name contains the delimiter, put the name in quotation marks")
        });
    }
}

fn count(cells: usize) -> String {
    if cells == 1 {
        "1 cell".to_owned()
    } else {
        format!("{cells} cells")
    }
}

fn read_kind(row: &impl Row, at: usize, diagnostics: &mut Diagnostics) -> Option<Kind> {
    match row.cell(at)? {
        "organization" => Some(Kind::Organization),
        "individual" => Some(Kind::Individual),
        _ => {
            let known = [Kind::Organization, Kind::Individual].map(Kind::as_str);
            word(
                row,
                at,
                headers::kind,
                &known,
                "it is read as `organization`",
                diagnostics,
            )
            .ok()?
        }
    }
}

fn read_level(row: &impl Row, at: usize, diagnostics: &mut Diagnostics) -> Option<Level> {
    let cell = row.cell(at)?;
    if let Some(&level) = Level::ALL.iter().find(|level| level.as_str() == cell) {
        return Some(level);
    }
    let known: Vec<_> = Level::ALL.iter().map(|level| level.as_str()).collect();
    word(row, at, headers::level, &known, "it is not used", diagnostics).ok()?
}

/// Reads a row's status; one that is not understood holds the row.
fn read_status(row: &impl Row, at: usize, record: &mut Record, diagnostics: &mut Diagnostics) {
    let cell = row.cell(at).unwrap_or_default();
    if let Some(&status) = Status::ALL.iter().find(|status| status.as_str() == cell) {
        record.status = status;
        return;
    }
    if let Some(held) = Hold::from_status_word(cell) {
        record.hold = Some(Box::new(held));
        return;
    }
    if consent::is_tick(cell) || consent::is_cross(cell) {
        record.status = if consent::is_tick(cell) {
            Status::Confirmed
        } else {
            Status::Declined
        };
        return;
    }
    let known: Vec<_> = Status::ALL.iter().map(|status| status.as_str()).collect();
    match word(
        row,
        at,
        headers::status,
        &known,
        "the row is held until you say what it means",
        diagnostics,
    ) {
        Ok(status) => record.status = status.unwrap_or_default(),
        Err(()) => {
            let about: String = clean::cell(cell).text.chars().take(60).collect();
            hold(record, HeldReason::StatusUnclear, &about);
        }
    }
}

/// Reads one of a few words. `Ok(None)`: the cell is empty. `Err`: it is none
/// of them, which is reported.
fn word<T>(
    row: &impl Row,
    at: usize,
    read: fn(&str) -> Option<T>,
    known: &[&str],
    instead: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Option<T>, ()> {
    let cell = cell(row, at, diagnostics);
    if cell.is_empty() {
        return Ok(None);
    }
    if let Some(value) = read(&cell) {
        return Ok(Some(value));
    }
    diagnostics.say(Severity::Warning, Code::BadValue, || {
        let shown: String = cell.chars().take(100).collect();
        Diagnostic::warning(Code::BadValue, format!("`{shown}` is not recognized; {instead}"))
            .at(row.place(at))
            .hint(suggest(&shown, known))
    });
    Err(())
}
