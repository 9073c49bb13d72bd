//! `undersigned render`: letters become files.
//!
//! Everything is loaded, resolved, composed and emitted in memory first; only when
//! no error was found in any letter are the files written.

use super::args::{Common, Render, Standard};
use super::exit::Exit;
use super::output::{self, File};
use super::progress::Progress;
use super::report::Reporter;
use super::workspace::{Workspace, resolved, shown};
use crate::compose::{self, roll};
use crate::diag::{Code, Diagnostic};
use crate::emit::csv::{PublicRow, public_list};
use crate::emit::pdf::{Attachment, PdfOptions, PdfStandard};
use crate::emit::{FORMATS, Format, Writer};
use crate::layout::{self, Fonts};
use crate::load;
use crate::model::letter::Letter;
use crate::model::signatory::Record;
use crate::resolve::{self, Resolution, Zone};
use crate::source::SourceMap;
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &Render, common: &Common) -> anyhow::Result<Exit> {
    let mut reporter = Reporter::new(arguments.format, common);
    let letters = match arguments.letters.as_slice() {
        [] => {
            let workspace = Workspace::find(Path::new("."))?;
            let letters = workspace.letters()?;
            if letters.is_empty() {
                bail!(
                    "`{}` holds no letter: files that end in .md",
                    shown(&workspace.root.join("letters"))
                );
            }
            letters
        }
        named => named.to_vec(),
    };
    let formats: Vec<&Format> = FORMATS
        .iter()
        .filter(|format| arguments.to.iter().any(|name| name == format.name))
        .collect();
    let fonts = Fonts::new();

    let mut files: Vec<File> = Vec::new();
    let mut taken: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let mut summaries = Vec::new();
    let progress = Progress::new(common.quiet);
    for (at, path) in letters.iter().enumerate() {
        let step = |what| progress.at(what, at as u64, letters.len() as u64);
        let rendered = render(path, arguments, &formats, &fonts, &step, &mut reporter)?;
        if let Some(other) = taken.insert(resolved(&rendered.folder)?, path.clone()) {
            bail!(
                "`{}` and `{}` would both be written to `{}`; rename one, or render them apart with --out",
                shown(&other),
                shown(path),
                shown(&rendered.folder)
            );
        }
        files.extend(rendered.files);
        summaries.push(rendered.summary);
    }
    drop(progress);
    if reporter.failed() {
        reporter.say("nothing was written")?;
        return Ok(Exit::Failed);
    }
    output::write_all(&files)?;
    for summary in summaries {
        reporter.say(&summary)?;
    }
    let mut out = std::io::stdout().lock();
    for file in &files {
        writeln!(out, "{}", shown(&file.path))?;
    }
    Ok(Exit::Done)
}

struct Rendered {
    folder: PathBuf,
    files: Vec<File>,
    summary: String,
}

/// Takes one letter through all stages, in memory.
fn render(
    path: &Path,
    arguments: &Render,
    formats: &[&Format],
    fonts: &Fonts,
    step: &dyn Fn(&'static str),
    reporter: &mut Reporter,
) -> anyhow::Result<Rendered> {
    let mut sources = SourceMap::default();
    let dir = path.parent().unwrap_or(Path::new(""));
    let workspace = Workspace::find(dir)?;
    let project = workspace.project(&mut sources, reporter)?;
    let known = workspace.known(&mut sources, reporter)?;

    step("reading");
    let loaded = load::letter(&mut sources, &shown(path), path, &project)?;
    reporter.report(&sources, &loaded.diagnostics)?;
    let letter = loaded.value;

    let mut records: Vec<Record> = Vec::new();
    for list in &letter.signatories {
        let list_path = dir.join(&list.value);
        match load::list(&mut sources, &shown(&list_path), &list_path, &letter.columns) {
            Ok(loaded) => {
                reporter.report(&sources, &loaded.diagnostics)?;
                records.extend(loaded.value);
            }
            Err(error) => {
                let diagnostic = Diagnostic::error(Code::Unreadable, format!("{:#}", anyhow::Error::from(error)))
                    .at(list.origin)
                    .hint("paths are relative to the letter's own folder");
                reporter.report(&sources, &[diagnostic])?;
            }
        }
    }

    step("resolving");
    let (resolution, diagnostics) = resolve::resolve(&records, &known, &resolve::Options::default());
    reporter.report(&sources, &diagnostics)?;
    reporter.report(&sources, &undecided(&records, &resolution, &sources))?;

    step("composing");
    let (document, diagnostics) = compose::compose(
        &letter,
        &records,
        &resolution,
        &compose::Options { date: arguments.date },
    );
    reporter.report(&sources, &diagnostics)?;

    let stem = path
        .file_stem()
        .with_context(|| format!("`{}` names no file", shown(path)))?;
    let folder = match &arguments.out {
        Some(out) => out.join(stem),
        None => workspace.root.join("output").join(stem),
    };
    let mut rendered = Rendered {
        folder,
        files: Vec::new(),
        summary: summary(path, &records, &resolution),
    };
    if reporter.failed() {
        return Ok(rendered);
    }
    let options = PdfOptions {
        standard: standard(arguments.pdf_standard, &letter, &resolution)?,
    };
    let mut pages = None;
    for format in formats {
        step(format.name);
        let bytes = match format.writer {
            Writer::Flowing(write) => write(&document).into_bytes(),
            Writer::Paged(write) => {
                if pages.is_none() {
                    step("setting pages");
                    let (set, diagnostics) = layout::paginate(&document, fonts);
                    reporter.report(&sources, &diagnostics)?;
                    pages = Some(set);
                }
                write(pages.get_or_insert_default(), &options)
                    .with_context(|| format!("cannot write `{}` as {}", shown(path), format.name))?
            }
        };
        rendered.files.push(File {
            path: rendered
                .folder
                .join(format!("{}.{}", letter.kind.as_str(), format.extension)),
            bytes,
        });
    }
    Ok(rendered)
}

/// What the PDF promises, with what it carries: for PDF/A-3, the list as printed.
fn standard(asked: Standard, letter: &Letter, resolution: &Resolution) -> anyhow::Result<PdfStandard> {
    Ok(match asked {
        Standard::Default => PdfStandard::UaA2a,
        Standard::Ua1 => PdfStandard::Ua1,
        Standard::A2a => PdfStandard::A2a,
        Standard::Plain => PdfStandard::Plain,
        Standard::A3a => {
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
            PdfStandard::A3a(Some(Attachment {
                name: "signatories.csv".to_owned(),
                media_type: "text/csv".to_owned(),
                description: "The signatories as printed".to_owned(),
                data: public_list(rows).context("cannot write the public list")?,
            }))
        }
    })
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

fn summary(path: &Path, records: &[Record], resolution: &Resolution) -> String {
    let rows = records.len();
    let printed = resolution.signatories.len();
    let excluded = resolution.excluded.len();
    let merged = rows - printed - excluded;
    let mut text = format!("{}: {printed} signatories from {rows} rows", shown(path));
    if merged > 0 {
        text += &format!(", {merged} merged");
    }
    if excluded > 0 {
        text += &format!(", {excluded} left out");
    }
    text
}
