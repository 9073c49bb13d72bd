//! `undersigned render`: letters become files.
//!
//! Everything is loaded, resolved, composed and emitted in memory first; only when
//! no error was found in any letter are the files written.

use super::args::{Common, RenderArgs, Standard};
use super::exit::Exit;
use super::progress::RunProgress;
use super::report::Reporter;
use super::session::{STANDARD_INPUT, Session, letter_input, results_first, shown};
use crate::diag::counted;
use crate::emit::pdf::{PdfOptions, PdfStandard};
use crate::emit::{self, FORMATS, Format};
use crate::engine::{Composed, Prepared, RenderRequest, Step, Workspace};
use crate::files::FileRead;
use crate::layout::Fonts;
use crate::store::Staging;
use anyhow::bail;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) fn run(arguments: &RenderArgs, common: &Common) -> anyhow::Result<Exit> {
    once(arguments, common, &mut Vec::new())
}

/// Renders once; `read` is given every file that was asked for.
pub(super) fn once(arguments: &RenderArgs, common: &Common, read: &mut Vec<Arc<FileRead>>) -> anyhow::Result<Exit> {
    let mut reporter = Reporter::new(arguments.format, common);
    let session = Session::new()?;
    let letters = session.named_or_all(&arguments.letters)?;
    let formats: Vec<&Format> = FORMATS
        .iter()
        .filter(|format| arguments.to.iter().any(|name| name == format.name))
        .collect();
    let first = letters.first().and_then(|letter| letter.parent());
    let root = session.root(first.unwrap_or(Path::new("")));
    let staging = Staging::new(&session.paths, &root);
    let mut workspaces: BTreeMap<PathBuf, (Workspace, Fonts)> = BTreeMap::new();
    let mut files: Vec<PathBuf> = Vec::new();
    let mut taken: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let mut stale: Vec<PathBuf> = Vec::new();
    let mut summaries = Vec::new();
    let progress = RunProgress::new(common.quiet);
    for (at, path) in letters.iter().enumerate() {
        let step = |what| progress.at(what, at as u64, letters.len() as u64);
        let root = session.root(path.parent().unwrap_or(Path::new("")));
        if !workspaces.contains_key(&root) {
            let workspace = session.around(path)?;
            let fonts = workspace.fonts();
            workspaces.insert(root.clone(), (workspace, fonts));
        }
        let (workspace, fonts) = &workspaces[&root];
        let prepared = workspace.prepare(letter_input(path)?, arguments.date, &step)?;
        let prepared = match arguments.draft {
            true => prepared.into_draft(),
            false => prepared,
        };
        read.extend(prepared.files_read());
        let rendered = render(&prepared, arguments, &formats, fonts, &staging, &step, &mut reporter)?;
        if let Some(other) = taken.insert(session.paths.absolute(&rendered.folder), path.clone()) {
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
    stale.iter().for_each(|path| staging.remove(path));
    let ready = staging.ready()?;
    let lock = session.hold(&root, common.quiet)?;
    results_first(|out| files.iter().try_for_each(|file| writeln!(out, "{}", shown(file))))?;
    ready.commit(&lock)?;
    drop(lock);
    for summary in summaries {
        reporter.say(&summary)?;
    }
    for path in &stale {
        reporter.say(&format!("removed {}", shown(path)))?;
    }
    Ok(Exit::Done)
}

struct RenderedLetter {
    folder: PathBuf,
    files: Vec<PathBuf>,
    /// Files of earlier runs that go once these are there.
    stale: Vec<PathBuf>,
    summary: String,
}

/// Makes the files of one letter, in memory or beside their places, and reports what the
/// stages said.
fn render(
    prepared: &Prepared,
    arguments: &RenderArgs,
    formats: &[&Format],
    fonts: &Fonts,
    staging: &Staging,
    step: Step<'_>,
    reporter: &mut Reporter,
) -> anyhow::Result<RenderedLetter> {
    reporter.report(&prepared.sources, &prepared.diagnostics)?;
    let folder = match &arguments.out {
        // A letter without a name is named by its folder.
        Some(out) if prepared.path == Path::new(STANDARD_INPUT) => out.clone(),
        Some(out) => out.join(&prepared.stem),
        None => prepared.root.join("output").join(&prepared.stem),
    };
    // A draft never takes the place of what goes out.
    let folder = match arguments.draft {
        true => folder.join("draft"),
        false => folder,
    };
    let mut done = RenderedLetter {
        files: Vec::new(),
        stale: Vec::new(),
        summary: summary(prepared),
        folder,
    };
    if reporter.failed() {
        return Ok(done);
    }
    let options = emit::EmitOptions {
        pdf: PdfOptions {
            standard: standard(arguments.pdf_standard, prepared)?,
        },
        text_width: usize::from(arguments.width),
    };
    let request = RenderRequest {
        formats,
        options: &options,
        fonts,
        folder: &done.folder,
    };
    let mut rendered = prepared.render(&request, staging, step)?;
    done.stale = prepared.register(&mut rendered, &request, arguments.prune, staging)?;
    reporter.report(&prepared.sources, &rendered.diagnostics)?;
    done.files = rendered.files.into_iter().map(|file| file.path).collect();
    Ok(done)
}

/// What the PDF promises, with what it carries.
fn standard(asked: Standard, prepared: &Prepared) -> anyhow::Result<PdfStandard> {
    Ok(match asked {
        Standard::Default => PdfStandard::UaA2a,
        Standard::Ua1 => PdfStandard::Ua1,
        Standard::A2a => PdfStandard::A2a,
        Standard::Plain => PdfStandard::Plain,
        Standard::A3a => prepared.with_public_list()?,
    })
}

fn summary(prepared: &Prepared) -> String {
    let rows = prepared.records.len();
    let printed = prepared.resolution.signatories.len();
    let excluded = prepared.resolution.excluded.len();
    let held = prepared.resolution.held.len();
    let merged = prepared.resolution.merged(rows);
    let name = &prepared.shown;
    let signatories = counted(printed, "signatory", "signatories");
    let mut text = format!("{name}: {signatories} from {}", counted(rows, "row", "rows"));
    if merged > 0 {
        text += &format!(", {merged} merged");
    }
    if held > 0 {
        text += &format!(", {held} held");
    }
    if excluded > 0 {
        text += &format!(", {excluded} left out");
    }
    if let Composed::Merge(_) = &prepared.composed {
        text += &format!("; {}", counted(prepared.composed.recipients(), "letter", "letters"));
    }
    text
}
