//! Builders for unit tests: small letters, documents and rolls.
//!
//! A test takes what a builder gives and changes the fields it speaks of, so that a new
//! field of a letter or a document is given a value in one place. Tests of the binary
//! have theirs in `tests/support`.

use crate::compose::document::{Block, Document, Inline, Labels, Line, Part, Roll, RollEntry, RollSection};
use crate::engine::{ChangeSet, Expected};
use crate::files::{About, Files, MemoryFiles};
use crate::model;
use crate::model::letter::{
    DocumentKind, KindKeys, Letter, PageSetting, Placed, ReleaseSetting, RollSetting, RollStyle,
};
use crate::model::signatory::Kind;
use crate::resolve::Signatory;
use crate::source::{Origin, SourceMap};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[path = "../tests/support/chance.rs"]
pub(crate) mod chance;

thread_local! {
    /// The steps of this thread that `count_steps!` counted.
    static STEPS: Cell<usize> = const { Cell::new(0) };
}

/// Adds to the steps of this thread.
pub(crate) fn count_steps(steps: usize) {
    STEPS.with(|all| all.set(all.get() + steps));
}

/// Returns how many steps of counted loops some work takes.
pub(crate) fn steps(work: impl FnOnce()) -> usize {
    let before = STEPS.with(Cell::get);
    work();
    STEPS.with(Cell::get) - before
}

/// Returns how many steps some work takes that would go to all cores.
pub(crate) fn steps_alone(work: impl FnOnce() + Send) -> usize {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    pool.expect("a thread").install(|| steps(work))
}

/// Holds that work on four times the input takes about four times the steps: no more than six
/// times, for a beginning may be cheaper. If it grew with the square, it were sixteen times. All
/// of it is done on one thread.
///
/// # Panics
/// If it does not.
pub(crate) fn grows_with_its_input(name: &str, number: usize, work: impl Fn(usize) + Send + Sync) {
    let (small, large) = (steps_alone(|| work(number)), steps_alone(|| work(4 * number)));
    assert!(small > 0, "{name}: nothing is counted");
    assert!(
        large <= 6 * small,
        "{name}: {small} steps, and {large} for four times as much"
    );
}

/// Returns a place: a file called `letter.md`.
pub(crate) fn origin() -> Origin {
    Origin::File(SourceMap::default().add("letter.md", ""))
}

/// Returns a line of one text.
pub(crate) fn text(text: &str) -> Line {
    vec![Inline::Text(text.into())]
}

/// Returns a paragraph of one text.
pub(crate) fn paragraph(line: &str) -> Block {
    Block::Paragraph(text(line))
}

/// Returns a heading of one text.
pub(crate) fn heading(level: u8, line: &str) -> Block {
    Block::Heading {
        level,
        content: text(line),
        origin: origin(),
    }
}

/// Returns a link on one text.
pub(crate) fn link(to: &str, words: &str) -> Inline {
    Inline::Link {
        to: to.into(),
        content: text(words),
        origin: origin(),
    }
}

/// Returns a composed letter in English with these parts and no date.
pub(crate) fn document(parts: Vec<Part>, footnotes: Vec<Vec<Block>>) -> Document {
    Document {
        kind: DocumentKind::Letter,
        title: "Seven changes".into(),
        author: "We Are Home".into(),
        subject: String::new(),
        language: "en-US".into(),
        date: None,
        page: PageSetting::default(),
        style: Default::default(),
        envelope: Default::default(),
        labels: Labels {
            page_of: "Page {page} of {pages}".into(),
            footnotes: "Footnotes".into(),
            back: "Back to the text".into(),
            skip: "Skip to the text".into(),
            signatories: "Signatories".into(),
        },
        draft: None,
        running: None,
        translations: Vec::new(),
        web: None,
        parts,
        footnotes,
        fields: BTreeMap::new(),
    }
}

/// Returns a roll in two columns without a heading.
pub(crate) fn roll(names: &[&str]) -> Roll {
    let entry = |name: &&str| RollEntry {
        kind: Default::default(),
        rank: 0,
        mark: "",
        name: (*name).into(),
        place: None,
        detail: None,
        logo: None,
    };
    Roll {
        heading: None,
        style: RollStyle::Columns,
        columns: 2,
        font_size: None,
        sections: vec![RollSection {
            heading: None,
            sentence: String::new(),
            entries: names.iter().map(entry).collect(),
        }],
        note: None,
    }
}

/// Returns a loaded letter with nothing but a title and a paragraph.
pub(crate) fn letter(body: model::text::Line) -> Letter {
    Letter {
        file: origin().file(),
        kind: DocumentKind::Letter,
        title: text("Title"),
        date: None,
        language: Placed {
            value: "en-US".into(),
            origin: origin(),
        },
        subject: None,
        via: None,
        salutation: None,
        closing: None,
        signatures: Vec::new(),
        deadline: None,
        signatories: Vec::new(),
        cc: Vec::new(),
        enclosures: Vec::new(),
        letterhead: None,
        to: Vec::new(),
        merge: None,
        roll: RollSetting::default(),
        page: PageSetting::default(),
        kind_keys: KindKeys::default(),
        style: Default::default(),
        envelope: Default::default(),
        release: ReleaseSetting::default(),
        labels: Default::default(),
        columns: BTreeMap::new(),
        draft_comments: Vec::new(),
        markup: Default::default(),
        body: vec![model::text::Block::Paragraph(body)],
        appendices: Vec::new(),
        footnotes: Vec::new(),
    }
}

/// Returns an organization that signed in one row.
pub(crate) fn signatory(name: &str, row: usize) -> Signatory {
    Signatory {
        name: name.into(),
        kind: Kind::Organization,
        rows: vec![row],
        representative: None,
        title: None,
        affiliation: None,
        level: None,
        state: None,
        district: None,
        city: None,
        country: None,
        section: None,
        sort_name: None,
        url: None,
    }
}

/// Files in memory that can change while a workspace is open, and take changes as the
/// store does.
#[derive(Debug, Default)]
pub(crate) struct MemoryDisk(Mutex<MemoryFiles>);

impl MemoryDisk {
    /// Begins with files, by their absolute paths.
    pub(crate) fn new(files: &[(&str, &str)]) -> Arc<Self> {
        Arc::new(Self(Mutex::new(files.iter().copied().collect())))
    }

    fn lock(&self) -> MutexGuard<'_, MemoryFiles> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the disk as the place that files are read from.
    pub(crate) fn files(self: &Arc<Self>) -> Arc<dyn Files> {
        Arc::<Self>::clone(self)
    }

    /// Writes a file, as an editor does.
    pub(crate) fn write(&self, path: &str, text: &str) {
        self.lock().insert(path, text);
    }

    /// Removes a file, as a file manager does.
    pub(crate) fn remove(&self, path: &str) {
        self.lock().remove(Path::new(path));
    }

    /// Returns a file's text, if it exists.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        let files = self.lock();
        files
            .get(Path::new(path))
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    /// Returns the paths of all files.
    pub(crate) fn paths(&self) -> Vec<String> {
        fn below(files: &MemoryFiles, folder: &Path, all: &mut Vec<String>) {
            for path in files.entries(folder).unwrap_or_default() {
                match files.is_folder(&path) {
                    true => below(files, &path, all),
                    false => all.push(path.display().to_string()),
                }
            }
        }
        let mut all = Vec::new();
        below(&self.lock(), Path::new("/"), &mut all);
        all
    }

    /// Makes all changes of a set, or none and returns the path that is not as expected.
    pub(crate) fn commit(&self, set: ChangeSet) -> Result<(), PathBuf> {
        let mut files = self.lock();
        for change in &set.changes {
            let now = Expected::of(files.get(&change.path));
            if change.old != Expected::Anything && change.old != now {
                return Err(change.path.clone());
            }
        }
        for change in set.changes {
            match change.new {
                Some(bytes) => files.insert(&change.path, bytes),
                None => files.remove(&change.path),
            }
        }
        Ok(())
    }
}

impl Files for MemoryDisk {
    fn about(&self, path: &Path) -> io::Result<About> {
        self.lock().about(path)
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        self.lock().read(path, most)
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.lock().entries(folder)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        self.lock().identity(path)
    }
}
