//! A pasted roll becomes rows of a list.
//!
//! In: the blocks after the closing of a draft. Out: a row for each name, with its section.
//! Guaranteed: no line is lost; a line stays one name, for `import` and `review` judge what
//! it says. Absent: duplicates and questions; the list is read like any other.

use super::letter_parts::{LetterParts, RollRow};
use super::lines::{divided, joined, lines_of, plain_look};
use super::words::heads_roll;
use crate::model::draft::{DraftBlock, DraftRole};
use crate::model::signatory::Column;
use crate::model::text::{Block, Line, Table, plain};
use crate::resolve::states::{self, StateCell};

/// Most lines below a closing, without a heading, that are one who signs by hand.
const MOST_OF_ONE: usize = 4;

/// The roll so far.
#[derive(Debug, Default)]
pub(super) struct RollBuilder {
    heading: Option<Line>,
    section: Option<String>,
    rows: Vec<RollRow>,
    /// The lines that no style and no heading says to be names.
    loose: Vec<Line>,
    is_styled: bool,
    paragraph: Option<usize>,
    tables: usize,
}

impl RollBuilder {
    /// Returns whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.heading.is_none() && self.rows.is_empty()
    }

    /// Adds lines of names.
    pub(super) fn lines(&mut self, lines: Vec<Line>, paragraph: usize) {
        for line in lines {
            self.paragraph.get_or_insert(paragraph);
            let words = plain(&line);
            let name = words
                .trim()
                .trim_matches('\t')
                .trim()
                .trim_start_matches(['•', '·', '*'])
                .trim();
            if name.is_empty() || name.chars().all(|c| c == '_') {
                continue;
            }
            let mut pieces = name.split('\t').map(str::trim).filter(|piece| !piece.is_empty());
            let name = pieces.next().unwrap_or_default().to_owned();
            let rest: Vec<&str> = pieces.collect();
            self.rows.push(RollRow {
                name,
                section: self.section.clone(),
                cells: match rest.is_empty() {
                    true => Vec::new(),
                    false => vec![(Column::Notes, rest.join("; "))],
                },
                ..RollRow::default()
            });
            self.loose.push(line);
        }
    }

    /// Adds a name of the style that rolls are written in.
    pub(super) fn styled(&mut self, block: &DraftBlock) {
        self.is_styled = true;
        self.paragraph.get_or_insert(block.paragraph);
        let Block::Paragraph(line) = &block.block else {
            return self.lines(lines_of(&block.block), block.paragraph);
        };
        let mut lines = divided(line).into_iter().map(|line| plain(&line));
        let name = lines.next().unwrap_or_default();
        let detail = lines.next().unwrap_or_default();
        let detail = detail.trim().trim_end_matches('*').trim();
        let mut row = RollRow {
            name: name.trim().to_owned(),
            is_individual: block.role == Some(DraftRole::RollPerson),
            section: self.section.clone(),
            ..RollRow::default()
        };
        // "Springfield Parents, Springfield, Ohio": the place ends with a state.
        let places: Vec<&str> = name.trim().rsplitn(3, ", ").collect();
        if let [state, city, name] = places[..]
            && !row.is_individual
            && matches!(states::read(state), StateCell::State(_))
        {
            row.name = name.to_owned();
            row.cells.push((Column::City, city.to_owned()));
            row.cells.push((Column::State, state.to_owned()));
        }
        if !detail.is_empty() {
            let column = if row.is_individual {
                Column::Title
            } else {
                Column::Notes
            };
            row.cells.push((column, detail.to_owned()));
        }
        self.rows.push(row);
    }

    /// Adds a block after the closing; `next`: the role of the one after it.
    pub(super) fn block(&mut self, block: DraftBlock, next: Option<DraftRole>) {
        let paragraph = block.paragraph;
        let line = match &block.block {
            Block::Heading { content, .. } => Some(content),
            Block::Paragraph(line) if block.is_bold || heads_roll(&plain(line)) => Some(line),
            _ => None,
        };
        if let Some(line) = line {
            let words = plain(line).trim().to_owned();
            let is_styled =
                matches!(next, Some(DraftRole::Roll | DraftRole::RollPerson)) || next.is_none() && self.is_styled;
            if self.is_empty() && (heads_roll(&words) || is_styled || matches!(block.block, Block::Heading { .. })) {
                self.paragraph.get_or_insert(paragraph);
                self.heading = Some(plain_look(line.clone()));
            } else {
                self.section = Some(words.trim_end_matches(':').to_owned());
            }
            return;
        }
        match block.block {
            Block::Table(table) => self.table(&table, paragraph),
            other => self.lines(lines_of(&other), paragraph),
        }
    }

    /// Adds a table: with a header, a row each; else a name in each cell.
    fn table(&mut self, table: &Table, paragraph: usize) {
        self.tables += 1;
        let columns: Vec<Option<Column>> = table.head.iter().map(|cell| column(&plain(cell))).collect();
        if !columns.contains(&Some(Column::Name)) {
            return self.lines(lines_of(&Block::Table(table.clone())), paragraph);
        }
        self.paragraph.get_or_insert(paragraph);
        for cells in &table.rows {
            let mut row = RollRow {
                section: self.section.clone(),
                ..RollRow::default()
            };
            for (column, cell) in columns.iter().zip(cells) {
                let words = plain(cell).trim().to_owned();
                match column {
                    _ if words.is_empty() => {}
                    Some(Column::Name) if row.name.is_empty() => row.name = words,
                    Some(column) => row.cells.push((*column, words)),
                    None => row.cells.push((Column::Notes, words)),
                }
            }
            if !row.name.is_empty() {
                self.rows.push(row);
            }
        }
    }

    /// Gives the roll to the letter, or says who signs by hand.
    pub(super) fn finish(self, parts: &mut LetterParts) {
        let paragraph = self.paragraph.unwrap_or(1);
        let is_loose = !self.is_styled && self.heading.is_none() && self.tables == 0 && self.section.is_none();
        if is_loose && !self.loose.is_empty() && self.rows.len() <= MOST_OF_ONE && parts.signatures.is_empty() {
            let words = format!("{}; names of a list go into signatories/ instead", joined(&self.loose));
            parts.ask(paragraph, "one who signs by hand", words);
            parts.signatures.push(self.loose);
            return;
        }
        if !self.rows.is_empty() {
            let count = crate::diag::counted(self.rows.len(), "name", "names");
            parts.find(paragraph, "the roll", count);
        } else if let Some(heading) = &self.heading {
            parts.ask(
                paragraph,
                "the roll",
                format!("“{}” stands over no names", plain(heading)),
            );
        }
        parts.roll_heading = self.heading;
        parts.roll = self.rows;
    }
}

/// Returns the column that a header names.
fn column(header: &str) -> Option<Column> {
    let header = header.trim().to_lowercase();
    match header.as_str() {
        "organization"
        | "organisation"
        | "organizations"
        | "group"
        | "organización"
        | "name of organization"
        | "organization name"
        | "nombre" => Some(Column::Name),
        word => Column::ALL.iter().copied().find(|column| column.as_str() == word),
    }
}
