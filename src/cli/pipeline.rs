//! Taking one letter through all stages, in memory: what `render` and its like share.
//!
//! In: the path of a letter. Out: every value on the way to its document, with all
//! that the stages said, unreported; then the bytes of its files. Guaranteed:
//! nothing is printed and nothing written here.

use super::kin::{self, Shared};
use super::mailing::{self, Mailing};
use super::workspace::{Workspace, shown};
use crate::compose::mail_merge::Merge;
use crate::compose::{self, document::Document, roll, wording};
use crate::diag::{Code, Diagnostic};
use crate::emit::csv::{PublicRow, public_list};
use crate::emit::pdf::{Attachment, PdfStandard};
use crate::emit::{self, EmitFn, Format};
use crate::layout::{self, Fonts};
use crate::load::{self, Project};
use crate::model::check::CheckSetting;
use crate::model::known::Known;
use crate::model::letter::Letter;
use crate::model::signatory::Record;
use crate::release::freeze::{self, Content};
use crate::resolve::{self, Resolution, Zone};
use crate::source::{Origin, SourceMap};
use anyhow::{Context, bail};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A letter on the way to its files: every stage's value up to the document.
pub(super) struct Prepared {
    /// The letter's file.
    pub path: PathBuf,
    /// Where it stands.
    pub workspace: Workspace,
    /// Every file read so far, for the places of diagnostics.
    pub sources: SourceMap,
    /// The letter as its author wrote it.
    pub letter: Letter,
    /// The rows of its lists.
    pub records: Vec<Record>,
    /// Its signatories.
    pub resolution: Resolution,
    /// The directory and the answers.
    pub known: Known,
    /// What the workspace asks of `check`.
    pub setting: CheckSetting,
    /// What is to be set; of a mail merge, the letter to the first recipient.
    pub document: Document,
    /// Those who get a letter each, in a mail merge.
    pub mailing: Option<Mailing>,
    /// How many of its last parts are the verification note.
    pub note: usize,
    /// What the stages said, in their order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Prepared {
    /// The letter's file name without its ending: the folder of its output.
    pub(super) fn stem(&self) -> anyhow::Result<&str> {
        if self.path == Path::new(STANDARD_INPUT) {
            return Ok(self.letter.kind.as_str());
        }
        self.path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .with_context(|| format!("`{}` names no file", shown(&self.path)))
    }

    /// What the document says, without the note that bears its code.
    pub(super) fn content(&self) -> Content {
        let mut document = self.document.clone();
        document.parts.truncate(document.parts.len().saturating_sub(self.note));
        freeze::content(&document, &self.resolution, &self.letter.roll)
    }
}

/// The path that stands for standard input.
pub(super) const STANDARD_INPUT: &str = "-";

/// A file of a letter's output, in memory.
pub(super) struct Emitted {
    /// Its name, without a folder: `letter.pdf`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Loads, resolves and composes the letter at `path`; `step` hears what is done.
pub(super) fn prepare(path: &Path, date: Option<Date>, step: &dyn Fn(&'static str)) -> anyhow::Result<Prepared> {
    let desk = Desk::of(path)?;
    prepare_at(&desk, path, date, step)
}

/// What the letters of one workspace share, read once.
pub(super) struct Desk {
    root: PathBuf,
    /// The shared files; each letter goes on from a clone.
    pub sources: SourceMap,
    project: Project,
    known: Known,
    /// What was said about them.
    diagnostics: Vec<Diagnostic>,
    /// Lists and their resolutions that were made ahead, by their letters.
    pub signed: BTreeMap<PathBuf, Arc<Signed>>,
}

/// The rows of a letter's lists and what became of them.
#[derive(Clone)]
pub(super) struct Signed {
    pub records: Vec<Record>,
    pub resolution: Resolution,
    /// What was said.
    pub diagnostics: Vec<Diagnostic>,
}

impl Desk {
    /// Reads what the letters of the workspace around `path` share.
    pub(super) fn of(path: &Path) -> anyhow::Result<Self> {
        let mut sources = SourceMap::default();
        let mut diagnostics = Vec::new();
        let workspace = Workspace::find(path.parent().unwrap_or(Path::new("")))?;
        Ok(Self {
            project: workspace.project(&mut sources, &mut diagnostics)?,
            known: workspace.known(&mut sources, &mut diagnostics)?,
            root: workspace.root,
            sources,
            diagnostics,
            signed: BTreeMap::new(),
        })
    }

    /// What the workspace's letters inherit.
    pub(super) fn project(&self) -> &Project {
        &self.project
    }

    /// Resolves rows under what is known here.
    pub(super) fn resolve(
        &self,
        records: Vec<Record>,
        mut diagnostics: Vec<Diagnostic>,
        sources: &SourceMap,
    ) -> Signed {
        let (resolution, said) = resolve::resolve(&records, &self.known, &resolve::Options::default());
        diagnostics.extend(said);
        diagnostics.extend(undecided(&records, &resolution, sources));
        Signed {
            records,
            resolution,
            diagnostics,
        }
    }
}

/// Loads, resolves and composes one letter of a workspace.
pub(super) fn prepare_at(
    desk: &Desk,
    path: &Path,
    date: Option<Date>,
    step: &dyn Fn(&'static str),
) -> anyhow::Result<Prepared> {
    let mut sources = desk.sources.clone();
    let mut diagnostics = desk.diagnostics.clone();
    let (project, known) = (desk.project.clone(), desk.known.clone());
    let workspace = Workspace {
        root: desk.root.clone(),
    };

    step("reading");
    let loaded = if path == Path::new(STANDARD_INPUT) {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
        load::letter_from_bytes(&mut sources, "standard input", path, bytes, &project)?
    } else {
        load::letter(&mut sources, &shown(path), path, &project)?
    };
    diagnostics.extend(loaded.diagnostics);
    let mut letter = loaded.value;
    let Signed {
        records,
        resolution,
        diagnostics: said,
    } = match desk.signed.get(path) {
        Some(signed) => (**signed).clone(),
        None => {
            let (records, said) = records(&letter, path, date, &mut sources);
            step("resolving");
            desk.resolve(records, said, &sources)
        }
    };
    diagnostics.extend(said);

    diagnostics.extend(repeated(&letter, path));
    diagnostics.extend(load::late(&records, letter.deadline));

    step("composing");
    let options = compose::Options { date };
    let shared = Shared {
        project: &project,
        known: &known,
    };
    diagnostics.extend(kin::quote(&mut letter, path, shared, &options, &mut sources));
    let (mut document, mailing) = match &letter.merge {
        None => {
            let (document, said) = compose::compose(&letter, &records, &resolution, &options);
            diagnostics.extend(said);
            (document, None)
        }
        Some(setting) => {
            if letter.release.verification_note {
                diagnostics.push(
                    Diagnostic::warning(
                        Code::NotThereYet,
                        "letters to a list of recipients carry no verification note",
                    )
                    .at(setting.origin)
                    .hint("take the key out: `undersigned verify` knows each of them once they are released"),
                );
            }
            let dir = path.parent().unwrap_or(Path::new(""));
            let recipients = mailing::recipients(dir, &letter, setting, &mut sources, &mut diagnostics);
            let merge = Merge::new(&letter, setting, &recipients, &records, &resolution, &options);
            let (document, said) = mailing::survey(&merge);
            diagnostics.extend(said);
            let document = document.unwrap_or_else(|| compose::compose(&letter, &records, &resolution, &options).0);
            (document, Some(Mailing { recipients, options }))
        }
    };
    let (twins, said) = kin::twins(&letter, path, shared, &mut sources)?;
    diagnostics.extend(said);
    document.twins = twins;
    let mut note = Vec::new();
    if letter.release.verification_note && mailing.is_none() {
        let code = freeze::content(&document, &resolution, &letter.roll).code();
        let origin = Origin::File(letter.file);
        note = wording::verification(&document.language, &code, &letter.release, origin);
        document.parts.extend_from_slice(&note);
    }

    Ok(Prepared {
        path: path.to_owned(),
        workspace,
        sources,
        letter,
        records,
        resolution,
        known,
        setting: project.check,
        document,
        mailing,
        note: note.len(),
        diagnostics,
    })
}

/// Reads the lists of a letter. What may not be published on `date`, or else the
/// letter's own, is held back.
pub(super) fn records(
    letter: &Letter,
    path: &Path,
    date: Option<Date>,
    sources: &mut SourceMap,
) -> (Vec<Record>, Vec<Diagnostic>) {
    let dir = path.parent().unwrap_or(Path::new(""));
    let mut diagnostics = Vec::new();
    let mut records: Vec<Record> = Vec::new();
    let mut seen = BTreeSet::new();
    for list in &letter.signatories {
        let list_path = dir.join(&list.value);
        if !seen.insert(same_file(&list_path)) {
            continue;
        }
        match load::list(sources, &shown(&list_path), &list_path, &letter.columns) {
            Ok(loaded) => {
                diagnostics.extend(loaded.diagnostics);
                records.extend(loaded.value);
            }
            Err(error) => diagnostics.push(
                Diagnostic::error(Code::Unreadable, format!("{:#}", anyhow::Error::from(error)))
                    .at(list.origin)
                    .hint("paths are relative to the letter's own folder"),
            ),
        }
    }
    diagnostics.extend(load::holds::hold(&mut records, date.or(letter.date)));
    (records, diagnostics)
}

/// What two paths share that lead to one file.
pub(super) fn same_file(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Tells of lists that a letter names twice, under whatever path, and of copies.
fn repeated(letter: &Letter, path: &Path) -> Vec<Diagnostic> {
    let dir = path.parent().unwrap_or(Path::new(""));
    let mut said = Vec::new();
    let mut seen: Vec<(PathBuf, u64, &Path)> = Vec::new();
    for list in &letter.signatories {
        let shown = list.value.as_str();
        let file = same_file(&dir.join(shown));
        let length = std::fs::metadata(&file).map_or(0, |found| found.len());
        if let Some((_, _, first)) = seen.iter().find(|(known, _, _)| *known == file) {
            let message = format!("`{shown}` is `{}` again; it is read once", first.display());
            said.push(
                Diagnostic::warning(Code::RepeatedList, message)
                    .at(list.origin)
                    .hint("take one of the two out of `signatories`"),
            );
            continue;
        }
        let content = |path: &Path| std::fs::read(path).ok();
        let copy = seen
            .iter()
            .filter(|(_, other, _)| length > 0 && length <= COMPARED && *other == length)
            .find(|(other, _, _)| content(other).is_some_and(|other| content(&file) == Some(other)));
        if let Some((_, _, first)) = copy {
            let message = format!("`{shown}` holds the same as `{}`, byte for byte", first.display());
            said.push(
                Diagnostic::warning(Code::RepeatedList, message)
                    .at(list.origin)
                    .hint("each signatory is printed once, but was read twice; take the copy out of `signatories`"),
            );
        }
        seen.push((file, length, Path::new(shown)));
    }
    said
}

/// Longest lists that are compared with each other, in bytes.
const COMPARED: u64 = 64 << 20;

/// Sets and writes the document in each format; what layout says joins the rest.
pub(super) fn emit(
    prepared: &mut Prepared,
    formats: &[&Format],
    options: &emit::Options,
    fonts: &Fonts,
    step: &dyn Fn(&'static str),
) -> anyhow::Result<Vec<Emitted>> {
    if prepared.mailing.is_some() {
        bail!(
            "`{}` goes to a list of recipients; `undersigned render` and `release` write such letters, and nothing else does",
            shown(&prepared.path)
        );
    }
    let mut pages = None;
    let mut files = Vec::with_capacity(formats.len());
    for format in formats {
        step(format.name);
        let bytes = match format.emit {
            EmitFn::Flowing(write) => {
                let written = write(&prepared.document, options)
                    .with_context(|| format!("cannot write `{}` as {}", shown(&prepared.path), format.name))?;
                prepared.diagnostics.extend(written.diagnostics);
                written.bytes
            }
            EmitFn::Paged(write) => {
                if pages.is_none() {
                    step("setting pages");
                    let (set, said) = layout::paginate(&prepared.document, fonts);
                    prepared.diagnostics.extend(said);
                    pages = Some(set);
                }
                write(pages.get_or_insert_default(), &options.pdf)
                    .with_context(|| format!("cannot write `{}` as {}", shown(&prepared.path), format.name))?
            }
        };
        files.push(Emitted {
            name: format!("{}.{}", prepared.letter.kind.as_str(), format.extension),
            bytes,
        });
    }
    Ok(files)
}

/// The PDF that carries the list as printed: PDF/A-3.
pub(super) fn with_public_list(letter: &Letter, resolution: &Resolution) -> anyhow::Result<PdfStandard> {
    let order = roll::order(resolution, &letter.roll, &letter.language.value);
    let rows = order.iter().map(|&at| {
        let signatory = &resolution.signatories[at];
        PublicRow {
            name: &signatory.name,
            kind: signatory.kind.as_str(),
            title: signatory.title.as_deref().unwrap_or_default(),
            affiliation: signatory.affiliation.as_deref().unwrap_or_default(),
            state: signatory.state.as_deref().unwrap_or_default(),
        }
    });
    Ok(PdfStandard::A3a(Some(Attachment {
        name: "signatories.csv".to_owned(),
        media_type: "text/csv".to_owned(),
        description: "The signatories as printed".to_owned(),
        data: public_list(rows).context("cannot write the public list")?,
    })))
}

/// Warns once for a letter whose roll holds names that may be one signatory.
fn undecided(records: &[Record], resolution: &Resolution, sources: &SourceMap) -> Vec<Diagnostic> {
    let questions: Vec<_> = resolution
        .pairs
        .iter()
        .filter(|pair| pair.judgement.zone == Zone::Review)
        .collect();
    let Some(first) = questions.first() else {
        return Vec::new();
    };
    let (a, b) = (&records[first.a], &records[first.b]);
    let count = questions.len();
    let more = match count {
        1 => String::new(),
        2 => " (and one more such pair)".to_owned(),
        _ => format!(" (and {} more such pairs)", count - 1),
    };
    vec![
        Diagnostic::warning(
            Code::Undecided,
            format!(
                "`{}` and `{}` may be one signatory; both are printed{more}",
                a.name, b.name
            ),
        )
        .at(b.origin)
        .hint(format!(
            "decide with `undersigned review {}`",
            sources.name(b.origin.file())
        )),
    ]
}
