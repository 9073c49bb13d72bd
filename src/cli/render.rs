//! `undersigned render`: letters become files.
//!
//! Everything is loaded, resolved, composed and emitted in memory first; only when
//! no error was found in any letter are the files written.

use super::args::{Common, Render, Standard};
use super::exit::Exit;
use super::mailing;
use super::output::Staging;
use super::pipeline::{self, Prepared};
use super::progress::Progress;
use super::report::Reporter;
use super::watch;
use super::workspace::{self, resolved, shown};
use crate::diag::counted;
use crate::emit::pdf::{PdfOptions, PdfStandard};
use crate::emit::{self, FORMATS, Format};
use crate::layout::Fonts;
use crate::model::signatory::Record;
use crate::resolve::Resolution;
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &Render, common: &Common) -> anyhow::Result<Exit> {
    if arguments.watch {
        watch::run(arguments, common)
    } else {
        once(arguments, common)
    }
}

/// Renders once.
pub(super) fn once(arguments: &Render, common: &Common) -> anyhow::Result<Exit> {
    let mut reporter = Reporter::new(arguments.format, common);
    let letters = workspace::named_or_all(&arguments.letters)?;
    let formats: Vec<&Format> = FORMATS
        .iter()
        .filter(|format| arguments.to.iter().any(|name| name == format.name))
        .collect();
    let fonts = Fonts::new();

    let staging = Staging::default();
    let mut files: Vec<PathBuf> = Vec::new();
    let mut taken: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let mut stale: Vec<PathBuf> = Vec::new();
    let mut summaries = Vec::new();
    let progress = Progress::new(common.quiet);
    for (at, path) in letters.iter().enumerate() {
        let step = |what| progress.at(what, at as u64, letters.len() as u64);
        let rendered = render(path, arguments, &formats, &fonts, &staging, &step, &mut reporter)?;
        if let Some(other) = taken.insert(resolved(&rendered.folder)?, path.clone()) {
            bail!(
                "`{}` and `{}` would both be written to `{}`; rename one, or render them apart with --out",
                shown(&other),
                shown(path),
                shown(&rendered.folder)
            );
        }
        files.extend(rendered.files);
        stale.extend(rendered.stale);
        summaries.push(rendered.summary);
    }
    drop(progress);
    if reporter.failed() {
        reporter.say("nothing was written")?;
        return Ok(Exit::Failed);
    }
    // The results are told before the files get their names, so that a run which
    // cannot tell them (a full disk behind standard output) leaves nothing behind.
    let ready = staging.ready()?;
    match tell(&files) {
        // Nobody listens any more: `undersigned render | head -1`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        told => told.context("cannot write to standard output; nothing was written")?,
    }
    ready.commit()?;
    for summary in summaries {
        reporter.say(&summary)?;
    }
    for path in &stale {
        fs::remove_file(path).with_context(|| format!("cannot remove `{}`; all files are written", shown(path)))?;
        reporter.say(&format!("removed {}", shown(path)))?;
    }
    Ok(Exit::Done)
}

fn tell(files: &[PathBuf]) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for file in files {
        writeln!(out, "{}", shown(file))?;
    }
    out.flush()
}

struct Rendered {
    folder: PathBuf,
    files: Vec<PathBuf>,
    /// Files of earlier runs that go once these are there.
    stale: Vec<PathBuf>,
    summary: String,
}

/// Takes one letter through all stages, in memory, and says what they said.
fn render(
    path: &Path,
    arguments: &Render,
    formats: &[&Format],
    fonts: &Fonts,
    staging: &Staging,
    step: &dyn Fn(&'static str),
    reporter: &mut Reporter,
) -> anyhow::Result<Rendered> {
    let mut prepared = pipeline::prepare(path, arguments.date, step)?;
    reporter.report(&prepared.sources, &prepared.diagnostics)?;
    let stem = prepared.stem()?;
    let folder = match &arguments.out {
        // A letter without a name is named by its folder.
        Some(out) if path == Path::new(pipeline::STANDARD_INPUT) => out.clone(),
        Some(out) => out.join(stem),
        None => prepared.workspace.root.join("output").join(stem),
    };
    let mut rendered = Rendered {
        files: Vec::new(),
        stale: Vec::new(),
        summary: summary(
            path,
            &prepared.records,
            &prepared.resolution,
            prepared.mailing.as_ref().map(|mailing| mailing.recipients.rows.len()),
        ),
        folder,
    };
    if reporter.failed() {
        return Ok(rendered);
    }
    let options = emit::Options {
        pdf: PdfOptions {
            standard: standard(arguments.pdf_standard, &prepared)?,
        },
        text_width: usize::from(arguments.width),
    };
    let said = prepared.diagnostics.len();
    if prepared.mailing.is_some() {
        let folder = &rendered.folder;
        let mailed = mailing::emit(
            &mut prepared,
            formats,
            &options,
            fonts,
            staging,
            folder,
            arguments.prune,
        )?;
        (rendered.files, rendered.stale) = (mailed.paths, mailed.stale);
        reporter.report(&prepared.sources, &prepared.diagnostics[said..])?;
        return Ok(rendered);
    }
    let emitted = pipeline::emit(&mut prepared, formats, &options, fonts, step)?;
    reporter.report(&prepared.sources, &prepared.diagnostics[said..])?;
    for file in emitted {
        let path = rendered.folder.join(file.name);
        staging.put(&path, &file.bytes)?;
        rendered.files.push(path);
    }
    Ok(rendered)
}

/// What the PDF promises, with what it carries.
fn standard(asked: Standard, prepared: &Prepared) -> anyhow::Result<PdfStandard> {
    Ok(match asked {
        Standard::Default => PdfStandard::UaA2a,
        Standard::Ua1 => PdfStandard::Ua1,
        Standard::A2a => PdfStandard::A2a,
        Standard::Plain => PdfStandard::Plain,
        Standard::A3a => pipeline::with_public_list(&prepared.letter, &prepared.resolution)?,
    })
}

fn summary(path: &Path, records: &[Record], resolution: &Resolution, letters: Option<usize>) -> String {
    let rows = records.len();
    let printed = resolution.signatories.len();
    let excluded = resolution.excluded.len();
    let merged = rows - printed - excluded;
    let name = match path == Path::new(pipeline::STANDARD_INPUT) {
        true => "standard input".to_owned(),
        false => shown(path),
    };
    let signatories = counted(printed, "signatory", "signatories");
    let mut text = format!("{name}: {signatories} from {}", counted(rows, "row", "rows"));
    if merged > 0 {
        text += &format!(", {merged} merged");
    }
    if excluded > 0 {
        text += &format!(", {excluded} left out");
    }
    if let Some(letters) = letters {
        text += &format!("; {}", counted(letters, "letter", "letters"));
    }
    text
}
