//! Open questions as a sheet for colleagues who have no undersigned.
//!
//! In: reviews of lists. Out: a [`QuestionSheet`]: rows first, then pairs, families and columns,
//! each once. Guaranteed: private values (email addresses, telephone numbers, contacts, and
//! texts that look like one) are not among the words unless they are asked for. Absent: how a
//! sheet looks, and the answers.

use super::sheet_words::{choices, is_of_family};
use super::{Asked, ColumnQuestion, Review, ReviewQuestion, ReviewRow, ReviewSide, RowQuestion};
use crate::diag::counted;
use crate::engine::error::Result;
use crate::engine::lists::ListInput;
use crate::engine::paths::beside;
use crate::engine::workspace::Workspace;
use crate::load;
use crate::model::held::Hold;
use crate::model::question_sheet::{NameRun, QuestionSheet, SheetQuestion, SheetSide, SheetSubject};
use crate::model::text::plain;
use crate::release::words::{WordRun, pieces};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Stands for a text that looks like a private value.
const HIDDEN: &str = "(private; ask whoever keeps the list)";

/// How many rows of a name, and how many names of a family, are shown: as many as are read.
const SHOWN: usize = 8;

impl Workspace {
    /// Opens the reviews whose questions are asked: of these lists together; without any, of the
    /// lists of each letter, those that several letters share once.
    ///
    /// # Errors
    /// When a letter or a list cannot be read.
    pub fn reviews(&self, lists: &[PathBuf]) -> Result<Vec<Review>> {
        let inputs = |lists: &[PathBuf]| lists.iter().cloned().map(ListInput::File).collect();
        if !lists.is_empty() {
            return Ok(vec![Review::open(self, inputs(lists))?]);
        }
        let mut seen = BTreeSet::new();
        let mut reviews = Vec::new();
        for letter in self.letters()? {
            let lists = self.lists_of(&letter)?;
            let key: BTreeSet<PathBuf> = lists.iter().map(|list| self.files().identity(list)).collect();
            if !lists.is_empty() && seen.insert(key) {
                reviews.push(Review::open(self, inputs(&lists))?);
            }
        }
        Ok(reviews)
    }

    /// Returns the lists that a letter names.
    fn lists_of(&self, letter: &Path) -> Result<Vec<PathBuf>> {
        let shown = self.paths.shown(letter);
        let read = load::letter(&mut self.sources.clone(), &shown, letter, &self.project)?;
        let lists = read.value.signatories.iter();
        Ok(lists.map(|list| beside(letter, &list.value)).collect())
    }

    /// Returns the open questions of some reviews as a sheet; with private values only if
    /// `is_private`.
    ///
    /// # Errors
    /// When a letter that names the lists cannot be read.
    pub fn question_sheet(&self, reviews: &[Review], is_private: bool) -> Result<QuestionSheet> {
        let mut seen = BTreeSet::new();
        let mut questions: Vec<SheetQuestion> = Vec::new();
        for asked in reviews.iter().flat_map(Review::all_asked) {
            if seen.insert(asked.key()) {
                questions.push(Wording { is_private }.question(&asked));
            }
        }
        // The order within a subject stays.
        questions.sort_by_key(|question| question.subject);
        Ok(QuestionSheet {
            about: self.about(reviews)?,
            questions,
            is_private,
        })
    }

    /// Returns what the lists of reviews are for: the titles of their letters, else the names of
    /// their files.
    fn about(&self, reviews: &[Review]) -> Result<String> {
        let mut titles: Vec<String> = Vec::new();
        for letter in reviews.iter().flat_map(Review::letters) {
            let shown = self.paths.shown(&letter);
            let read = load::letter(&mut self.sources.clone(), &shown, &letter, &self.project)?;
            let title = format!("“{}”", plain(&read.value.title).trim());
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        if titles.is_empty() {
            let files = reviews.iter().flat_map(|review| &review.lists);
            let names = files.filter_map(|list| match list {
                ListInput::File(path) => path.file_name().map(|name| name.to_string_lossy().into_owned()),
                ListInput::Bytes(name, _) => Some(name.clone()),
            });
            titles = names.collect();
        }
        Ok(match titles.len() {
            0..=3 => titles.join("; "),
            many => format!("{}, and {} more", titles[..2].join("; "), many - 2),
        })
    }
}

impl Review {
    /// Returns all open questions.
    fn all_asked(&self) -> impl Iterator<Item = Asked> + '_ {
        self.keys().into_iter().filter_map(|key| self.find(&key))
    }
}

/// Puts questions into words.
#[derive(Clone, Copy)]
struct Wording {
    is_private: bool,
}

impl Wording {
    /// Returns a text, unless it looks private.
    fn shown(self, text: &str) -> String {
        match !self.is_private && load::looks_private(text) {
            true => HIDDEN.to_owned(),
            false => text.to_owned(),
        }
    }

    fn question(self, asked: &Asked) -> SheetQuestion {
        let in_family = is_of_family(asked);
        let choices = choices(asked);
        let takes_name = choices.iter().any(|choice| choice.takes_name());
        let (subject, question, sides, evidence) = match asked {
            Asked::Column(question) => self.column(question),
            Asked::Row(question) => self.row(question),
            Asked::Pair(question) => self.pair(question),
        };
        SheetQuestion {
            key: asked.key(),
            subject,
            question,
            sides,
            evidence,
            choices: choices.iter().map(|choice| choice.words(in_family)).collect(),
            takes_name,
        }
    }

    fn column(self, question: &ColumnQuestion) -> Worded {
        let header = self.shown(&question.header);
        let mut cells: Vec<String> = question
            .cells
            .iter()
            .map(|cell| cell.shown(|text| self.shown(text)))
            .collect();
        if question.has_more {
            cells.push("…".to_owned());
        }
        (
            SheetSubject::Column,
            format!("What does the column “{header}” mean?"),
            vec![whole(header)],
            vec![
                format!(
                    "It holds back {}: it may decide who is printed.",
                    counted(question.rows, "row", "rows")
                ),
                format!("Its cells: {}.", cells.join(", ")),
            ],
        )
    }

    fn row(self, question: &RowQuestion) -> Worded {
        let name = self.shown(&question.row.name);
        let hold = Hold {
            about: self.shown(&question.hold.about).into(),
            ..question.hold.clone()
        };
        let mut evidence = vec![question.hold.reason.description().to_owned()];
        if let Some(contact) = question.contact.as_ref().filter(|_| self.is_private) {
            evidence.push(format!("Contact: {contact}."));
        }
        evidence.push("Until somebody answers, it is neither printed nor counted.".to_owned());
        let side = SheetSide {
            name: vec![NameRun {
                text: name.clone(),
                differs: false,
            }],
            rows: vec![self.place(&question.row, &question.row.name)],
        };
        (SheetSubject::Row, in_print(&hold.question(&name)), vec![side], evidence)
    }

    fn pair(self, question: &ReviewQuestion) -> Worded {
        let [a, b] = &question.sides;
        let (first, second) = runs(&self.shown(&a.name), &self.shown(&b.name));
        let mut evidence: Vec<String> = Vec::new();
        let mut subject = SheetSubject::Pair;
        let mut words = "Are these two the same signatory?".to_owned();
        if let Some(family) = &question.family {
            subject = SheetSubject::Family;
            let name = self.shown(&family.name);
            words = format!("Are the names that contain “{name}” signatories of their own?");
            let names: Vec<String> = family.longer.iter().take(SHOWN).map(|name| self.shown(name)).collect();
            let more = match family.longer.len() {
                count if count > SHOWN => format!("; and {} more", count - SHOWN),
                _ => String::new(),
            };
            let count = counted(family.longer.len(), "name", "names");
            evidence.push(format!("One answer can settle {count}: {}{more}.", names.join("; ")));
        }
        for one in &question.evidence {
            let way = if one.weight.0 < 0.0 { "Against" } else { "For" };
            evidence.push(format!("{way}: {}.", self.shown(&in_print_within(&one.because))));
        }
        if let Some(domain) = &question.common_domain {
            let at = if self.is_private {
                format!(", {domain}")
            } else {
                String::new()
            };
            evidence.push(format!("For: both write from one email domain{at}."));
        }
        evidence.push("Both are printed until somebody answers.".to_owned());
        let sides = vec![self.side(a, first), self.side(b, second)];
        (subject, words, sides, evidence)
    }

    fn side(self, side: &ReviewSide, name: Vec<NameRun>) -> SheetSide {
        let mut rows: Vec<String> = side
            .rows
            .iter()
            .take(SHOWN)
            .map(|row| self.place(row, &side.name))
            .collect();
        if side.rows.len() > SHOWN {
            rows.push(format!("and {} more", counted(side.rows.len() - SHOWN, "row", "rows")));
        }
        SheetSide { name, rows }
    }

    /// Returns where a row is, and what it says beside the name.
    fn place(self, row: &ReviewRow, printed: &str) -> String {
        let file = row.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let mut parts = vec![format!("{file}, row {}", row.line)];
        if row.name != printed {
            parts.push(format!("“{}”", self.shown(&row.name)));
        }
        let is_domain = |cell: &&String| row.mail_domain.as_ref() == Some(*cell);
        let cells = row.cells.iter().filter(|cell| self.is_private || !is_domain(cell));
        parts.extend(cells.map(|cell| self.shown(cell)));
        if self.is_private {
            parts.extend(row.contact.iter().cloned());
        }
        parts.join(" · ")
    }
}

/// A question's subject, words, names and evidence.
type Worded = (SheetSubject, String, Vec<SheetSide>, Vec<String>);

/// Returns a name that nothing is compared with.
fn whole(text: String) -> SheetSide {
    SheetSide {
        name: vec![NameRun { text, differs: false }],
        rows: Vec::new(),
    }
}

/// Returns both names in runs, with the words marked that only one of them has.
fn runs(a: &str, b: &str) -> (Vec<NameRun>, Vec<NameRun>) {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let run = |text: &str, differs| NameRun {
        text: text.to_owned(),
        differs,
    };
    for piece in pieces(a, b) {
        match piece {
            WordRun::Same(text) => {
                first.push(run(&text, false));
                second.push(run(&text, false));
            }
            WordRun::Gone(text) => first.push(run(&text, true)),
            WordRun::New(text) => second.push(run(&text, true)),
        }
    }
    (first, second)
}

/// Returns words of the terminal as a sentence begins: with quotation marks for backticks.
fn in_print(words: &str) -> String {
    let words = in_print_within(words);
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// Returns words of the terminal with quotation marks for backticks.
fn in_print_within(words: &str) -> String {
    let mut is_open = false;
    let quoted = words.chars().map(|c| match c {
        '`' => {
            is_open = !is_open;
            if is_open { '“' } else { '”' }
        }
        c => c,
    });
    quoted.collect()
}
