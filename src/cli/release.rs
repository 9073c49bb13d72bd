//! `undersigned release`: a letter is frozen so that it can be proved.
//!
//! Everything is made in memory; the folder of the release appears by one rename
//! (`releases`). The letter is taken through the stages twice, and what it is made from is
//! hashed in between and after: files that change under way are noticed.

use super::args::{Common, Release};
use super::check;
use super::exit::Exit;
use super::mailing;
use super::output::{self, File};
use super::pipeline::{self, Emitted, Prepared};
use super::progress::Progress;
use super::releases::{self, Reach, Releases};
use super::report::Reporter;
use super::workspace::{resolved, shown};
use crate::compose::roll;
use crate::diag::{Diagnostic, Severity, counted};
use crate::emit::{self, FORMATS, Format};
use crate::layout::Fonts;
use crate::load;
use crate::release::diff::{self, Changes, Side};
use crate::release::manifest::{Despite, FILE, Found, Input, LARGEST, LIST, Manifest};
use crate::release::{dossier, freeze, sha256, sign};
use crate::source::{FileId, Origin, SourceMap};
use anyhow::{Context, bail};
use console::Term;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Component, Path, PathBuf};

/// The name of the manifest's signature.
pub(super) const SIGNATURE: &str = "manifest.toml.minisig";

pub(super) fn run(arguments: &Release, common: &Common) -> anyhow::Result<Exit> {
    if let Some(key) = &arguments.new_key {
        return new_key(key);
    }
    let Some(path) = &arguments.letter else {
        bail!("name a letter");
    };
    let signer = arguments.sign.as_deref().map(Signer::open).transpose()?;
    let mut reporter = Reporter::new(arguments.format, common);
    let progress = Progress::new(common.quiet);
    let step = |what| progress.at(what, 0, 1);

    // The first time tells what the letter is made from.
    let first = pipeline::prepare(path, arguments.date, &step)?;
    let before = inputs(&first)?;
    let mut prepared = pipeline::prepare(path, arguments.date, &step)?;
    let mut stages = prepared.diagnostics.clone();
    let mut emitted = Vec::new();
    let mut recipients = BTreeMap::new();
    if !has_errors(&stages) {
        let said = stages.len();
        if prepared.mailing.is_some() {
            (emitted, recipients) = letters(&mut prepared)?;
        } else {
            let formats: Vec<&Format> = FORMATS.iter().collect();
            emitted = pipeline::emit(&mut prepared, &formats, &emit::Options::default(), &Fonts::new(), &step)?;
        }
        stages.extend_from_slice(&prepared.diagnostics[said..]);
    }
    let unreadable = has_errors(&stages);
    let mut found = check::configured(&stages, &prepared.setting);
    found.extend(check::findings(&prepared));
    drop(progress);
    reporter.report(&prepared.sources, &found)?;
    if unreadable {
        reporter.say("nothing was released")?;
        return Ok(Exit::Failed);
    }
    let Some(despite) = gate(&found, arguments.despite.as_deref(), &mut reporter)? else {
        return Ok(Exit::Failed);
    };
    if inputs(&prepared)? != before {
        bail!("a file that the letter is made from changed while it was released; nothing was released");
    }

    let content = prepared.content();
    let mut files: Vec<(String, Vec<u8>)> = emitted.into_iter().map(|file| (file.name, file.bytes)).collect();
    if !content.signatories.is_empty() {
        let list = Manifest {
            signatories: content.signatories.clone(),
            ..Manifest::default()
        };
        files.push((LIST.to_owned(), list.public_list()?));
    }
    let output = prepared.workspace.root.join("output").join(prepared.stem()?);
    let frozen = Frozen {
        prepared: &prepared,
        content: &content,
        inputs: &before,
        files: &files,
        recipients: &recipients,
        despite: despite.as_ref(),
    };
    let done = frozen.write(&output, signer.as_ref(), arguments.dossier, &mut reporter)?;
    reporter.say(&done.summary)?;
    let mut out = std::io::stdout().lock();
    for path in &done.paths {
        writeln!(out, "{}", shown(path))?;
    }
    Ok(Exit::Done)
}

/// The files of a mail merge, and whom each is to. A message bears its recipient's
/// address, which is private: messages are no part of a release.
fn letters(prepared: &mut Prepared) -> anyhow::Result<(Vec<Emitted>, BTreeMap<String, String>)> {
    let formats: Vec<&Format> = FORMATS.iter().filter(|format| !format.is_message()).collect();
    let made = mailing::in_memory(prepared, &formats, &emit::Options::default(), &Fonts::new())?;
    let mut recipients = BTreeMap::new();
    let mut emitted = Vec::with_capacity(made.len());
    for (file, to) in made {
        recipients.extend(to.map(|to| (file.name.clone(), to)));
        emitted.push(file);
    }
    Ok((emitted, recipients))
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Lets a letter through: outer `None`: it may not go out; inner `None`: nothing was found.
fn gate(
    found: &[Diagnostic],
    reason: Option<&str>,
    reporter: &mut Reporter,
) -> anyhow::Result<Option<Option<Despite>>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in found.iter().filter(|diagnostic| diagnostic.severity > Severity::Note) {
        *counts.entry(diagnostic.code.as_str()).or_default() += 1;
    }
    if counts.is_empty() {
        return Ok(Some(None));
    }
    let Some(reason) = reason.map(str::trim).filter(|reason| !reason.is_empty()) else {
        let all: usize = counts.values().sum();
        let findings = counted(all, "finding", "findings");
        reporter.say(&format!(
            "nothing was released: {findings}; mend them, or say why it goes out all the same with --despite"
        ))?;
        return Ok(None);
    };
    let findings = counts.into_iter().map(|(code, count)| Found {
        code: code.to_owned(),
        count,
    });
    Ok(Some(Some(Despite {
        reason: reason.to_owned(),
        findings: findings.collect(),
    })))
}

/// All that is to be written.
struct Frozen<'a> {
    prepared: &'a Prepared,
    content: &'a freeze::Content,
    inputs: &'a [Input],
    files: &'a [(String, Vec<u8>)],
    /// Whom files are to, in a mail merge.
    recipients: &'a BTreeMap<String, String>,
    despite: Option<&'a Despite>,
}

/// What was written.
struct Done {
    paths: Vec<PathBuf>,
    summary: String,
}

impl Frozen<'_> {
    /// Takes the next number and writes the release, and its dossier before it.
    fn write(
        &self,
        output: &Path,
        signer: Option<&Signer>,
        with_dossier: bool,
        reporter: &mut Reporter,
    ) -> anyhow::Result<Done> {
        let (folder, dossiers) = (output.join("releases"), output.join("dossiers"));
        let waiting = || {
            // Saying so is a courtesy; the wait is not worth failing for.
            let _ = reporter.say("another release of this letter is being made; waiting for it");
        };
        let releases = Releases::hold(&folder, waiting)?;
        if releases.cleared {
            reporter.say("cleared away what a release that was cut short had left")?;
        }
        let taken = releases::numbers(&folder)?;
        let last = taken.last().copied();
        let highest = last.max(releases::numbers(&dossiers)?.last().copied());
        let number = highest
            .unwrap_or(0)
            .checked_add(1)
            .context("there is no number left for a release")?;

        let previous = match last {
            Some(last) => previous(&folder.join(last.to_string()), reporter)?,
            None => None,
        };
        let changes = previous.as_ref().map(|(before, _)| self.changes(before));
        let files: Vec<(&str, &[u8])> = self
            .files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        let prepared = self.prepared;
        let facts = freeze::Facts {
            letter: prepared.stem()?,
            release: number,
            document: &prepared.document,
            records: &prepared.records,
            resolution: &prepared.resolution,
            known: &prepared.known,
            inputs: self.inputs,
            files: &files,
            recipients: self.recipients,
            recipient_count: prepared
                .mailing
                .as_ref()
                .map_or(0, |mailing| mailing.recipients.rows.len()),
            despite: self.despite,
            previous: match (&previous, &changes) {
                (Some((before, hash)), Some(changes)) => Some((before, hash, changes)),
                _ => None,
            },
        };
        let manifest = freeze::manifest(self.content, &facts)?;
        let text = manifest.write().context("cannot write the manifest")?;
        if text.len() > LARGEST {
            bail!(
                "the manifest of {} letters would be longer than {LARGEST} bytes, which no version reads; \
                 divide the list and release a letter to each part",
                manifest.counts.recipients
            );
        }
        let signature = signer
            .map(|signer| signer.sign(&manifest, text.as_bytes()))
            .transpose()?;

        let mut all = files;
        all.push((FILE, text.as_bytes()));
        all.extend(signature.as_ref().map(|signature| (SIGNATURE, signature.as_bytes())));
        let mut paths = Vec::new();
        if with_dossier {
            paths = self.write_dossier(&dossiers, &manifest)?;
        }
        let target = releases.freeze(number, &all, Reach::Ordinary)?;
        paths.splice(0..0, all.iter().map(|(name, _)| target.join(name)));
        Ok(Done {
            paths,
            summary: summary(&shown(&prepared.path), &manifest, changes.as_ref()),
        })
    }

    /// What changed since a release, by what is known today.
    fn changes(&self, before: &Manifest) -> Changes {
        let origin = Origin::File(SourceMap::default().add("", ""));
        let old = Side::of_release(before, origin);
        let now = Manifest {
            text: self.content.text.clone(),
            signatories: self.content.signatories.clone(),
            ..Manifest::default()
        };
        diff::diff(&old, &Side::of_release(&now, origin), &self.prepared.known)
    }

    fn write_dossier(&self, folder: &Path, manifest: &Manifest) -> anyhow::Result<Vec<PathBuf>> {
        let prepared = self.prepared;
        let order = roll::order(
            &prepared.resolution,
            &prepared.letter.roll,
            &prepared.letter.language.value,
        );
        let dossier = dossier::dossier(
            manifest,
            &prepared.records,
            &prepared.resolution,
            &order,
            &prepared.sources,
        );
        let (html, csv) = (dossier.html(), dossier.csv().context("cannot write the dossier")?);
        let files: [(&str, &[u8]); 2] = [("PRIVATE-dossier.html", html.as_bytes()), ("PRIVATE-dossier.csv", &csv)];
        let target = Releases::hold(folder, || ())?.freeze(manifest.release, &files, Reach::Private)?;
        Ok(files.iter().map(|(name, _)| target.join(name)).collect())
    }
}

/// The manifest of the release before and its hash. One that does not hold together is
/// told and passed over: a deadline does not wait for it.
fn previous(folder: &Path, reporter: &mut Reporter) -> anyhow::Result<Option<(Manifest, String)>> {
    let path = folder.join(FILE);
    let read = fs::read(&path).map_err(anyhow::Error::from);
    let read = read.and_then(|bytes| Ok((Manifest::read(&bytes)?, sha256(&bytes))));
    match read {
        Ok(previous) => Ok(Some(previous)),
        Err(error) => {
            let text = format!("`{}` is passed over as the release before: {error:#}", shown(&path));
            reporter.say(&super::report::printable(&text))?;
            Ok(None)
        }
    }
}

fn summary(letter: &str, manifest: &Manifest, changes: Option<&Changes>) -> String {
    let mut text = format!(
        "{letter}: release {}, {} signatories, verification code {}",
        manifest.release, manifest.counts.signatories, manifest.code
    );
    if manifest.counts.recipients > 0 {
        text += &format!("; {} letters", manifest.counts.recipients);
    }
    if let (Some(previous), Some(changes)) = (&manifest.previous, changes) {
        text += &format!(
            "; since release {}: {} joined, {} left, {} renamed, {} regrouped, {} to the text",
            previous.release,
            changes.joined.len(),
            changes.left.len(),
            changes.renamed.len(),
            changes.regrouped.len(),
            match changes.text.len() {
                1 => "1 change".to_owned(),
                count => format!("{count} changes"),
            }
        );
        if !changes.questions.is_empty() {
            text += &format!(", {} of those that left and joined may be one", changes.questions.len());
        }
    }
    if manifest.date.is_none() {
        text += "; it bears no date: write one in the letter or give --date";
    }
    text
}

/// The files a letter is made from, with their hashes, in the order of their paths.
fn inputs(prepared: &Prepared) -> anyhow::Result<Vec<Input>> {
    let mut paths: BTreeSet<PathBuf> = BTreeSet::new();
    for file in prepared.sources.files() {
        // A sheet of a workbook is named after a #.
        let path = load::file_of(Path::new(prepared.sources.name(file)));
        if path.is_file() {
            paths.insert(path);
        }
    }
    for (file, named) in pictures(prepared) {
        let folder = Path::new(prepared.sources.name(file)).parent().unwrap_or(Path::new(""));
        let path = folder.join(named);
        if path.is_file() {
            paths.insert(path);
        }
    }
    if let Some(template) = &prepared.document.style.html_template {
        paths.insert(prepared.workspace.root.join(&template.name));
    }
    let root = resolved(&prepared.workspace.root)?;
    let mut inputs = BTreeSet::new();
    for path in paths {
        let bytes = fs::read(&path).with_context(|| format!("cannot read `{}`", shown(&path)))?;
        inputs.insert(Input {
            path: relative(&resolved(&path)?, &root),
            bytes: bytes.len() as u64,
            sha256: sha256(&bytes),
        });
    }
    Ok(inputs.into_iter().collect())
}

/// The path below the workspace, with `/`. Of a file elsewhere, the name alone: where it
/// lies on this machine is nobody's business.
fn relative(path: &Path, root: &Path) -> String {
    let inside = path.strip_prefix(root).ok();
    let shown = inside.or_else(|| path.file_name().map(Path::new)).unwrap_or(path);
    let parts = shown.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The pictures that a letter's files name: the naming file, and the path as written.
fn pictures(prepared: &Prepared) -> Vec<(FileId, &str)> {
    let images = prepared.letter.images();
    images
        .into_iter()
        .map(|image| (image.origin.file(), image.path.as_str()))
        .collect()
}

/// A secret key, ready to sign.
struct Signer {
    secret: String,
    password: Option<String>,
    path: PathBuf,
}

impl Signer {
    /// Reads the key and asks for its password, before anything else is done.
    fn open(path: &Path) -> anyhow::Result<Self> {
        let secret = fs::read_to_string(path).with_context(|| format!("cannot read `{}`", shown(path)))?;
        let mut signer = Self {
            password: None,
            path: path.to_owned(),
            secret,
        };
        if sign::needs_password(&signer.secret) {
            signer.password = Some(password(&format!("Password of {}: ", shown(path)))?);
        }
        // A wrong password is told now, not after all the work.
        sign::sign(b"", &signer.secret, signer.password.as_deref(), "")
            .with_context(|| format!("cannot sign with `{}`", shown(path)))?;
        Ok(signer)
    }

    fn sign(&self, manifest: &Manifest, bytes: &[u8]) -> anyhow::Result<String> {
        let comment = format!(
            "{} release {} code {}",
            manifest.letter, manifest.release, manifest.code
        );
        sign::sign(bytes, &self.secret, self.password.as_deref(), &comment)
            .with_context(|| format!("cannot sign with `{}`", shown(&self.path)))
    }
}

/// Asks for a password at the terminal, or reads a line of standard input.
fn password(prompt: &str) -> anyhow::Result<String> {
    if std::io::stdin().is_terminal() {
        let terminal = Term::stderr();
        terminal.write_str(prompt)?;
        return terminal.read_secure_line().context("cannot read the password");
    }
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .context("cannot read the password")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Makes a pair of keys. Neither file may be there.
fn new_key(path: &Path) -> anyhow::Result<Exit> {
    let public = path.with_extension("pub");
    if path == public {
        bail!(
            "`{}` would be both keys; give the secret one another ending, such as .key",
            shown(path)
        );
    }
    for taken in [path, &public] {
        if taken.symlink_metadata().is_ok() {
            bail!("`{}` is there already; a key is never overwritten", shown(taken));
        }
    }
    let first = password("Password of the new key (empty for none): ")?;
    if std::io::stdin().is_terminal() && first != password("The same again: ")? {
        bail!("the passwords differ; no key was made");
    }
    let keys = sign::new_keys(&first)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut secret = options
        .open(path)
        .with_context(|| format!("cannot write `{}`", shown(path)))?;
    secret
        .write_all(keys.secret.as_bytes())
        .context("cannot write the key")?;
    secret.sync_all().context("cannot write the key")?;
    output::write_all(&[File {
        path: public.clone(),
        bytes: keys.public.into_bytes(),
    }])?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}\n{}", shown(path), shown(&public))?;
    Ok(Exit::Done)
}
