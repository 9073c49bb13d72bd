//! `undersigned release`: a letter is frozen so that it can be proved.
//!
//! The release is made in memory; its folder appears by one rename (`store`). What the
//! letter is made of is held against its files at the end: files that change under way
//! are noticed.

use super::args::{Common, ReleaseArgs};
use super::exit::Exit;
use super::progress::RunProgress;
use super::report::Reporter;
use super::session::{Session, results_first, shown};
use crate::diag::counted;
use crate::engine::{self, DOSSIERS, Expected, Freezing, LetterInput, Outputs, RELEASES};
use crate::files::{DiskFiles, Files};
use crate::release::diff::Changes;
use crate::release::manifest::{Manifest, Override};
use crate::release::sign;
use crate::store::{Reach, Releases, Staging};
use anyhow::{Context, bail};
use console::Term;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &ReleaseArgs, common: &Common) -> anyhow::Result<Exit> {
    if let Some(key) = &arguments.new_key {
        return new_key(key);
    }
    let Some(path) = &arguments.letter else {
        bail!("name a letter");
    };
    let signer = arguments.sign.as_deref().map(Signer::open).transpose()?;
    let session = Session::new()?;
    let mut reporter = Reporter::new(arguments.format, common);
    let progress = RunProgress::new(common.quiet);
    let step = |what| progress.at(what, 0, 1);

    let workspace = session.around(path)?;
    let prepared = workspace.prepare(LetterInput::File(path.clone()), arguments.date, &step)?;
    let mut stages = prepared.diagnostics.clone();
    let mut freezing = None;
    let held = prepared.resolution.held.len();
    if !engine::has_errors(&stages) && held == 0 {
        let (made, said) = prepared.freeze(&step)?;
        stages.extend(said);
        freezing = Some(made);
    }
    let unreadable = engine::has_errors(&stages);
    let mut found = engine::configured(&stages, &prepared.setting);
    found.extend(prepared.findings());
    drop(progress);
    reporter.report(&prepared.sources, &found)?;
    if held > 0 {
        let rows = counted(held, "row is", "rows are");
        reporter.say(&format!("nothing was released: {rows} held until you answer"))?;
        return Ok(Exit::Failed);
    }
    let Some(freezing) = freezing.filter(|_| !unreadable) else {
        reporter.say("nothing was released")?;
        return Ok(Exit::Failed);
    };
    let despite = match engine::override_of(&found, arguments.despite.as_deref()) {
        Ok(despite) => despite,
        Err(count) => {
            let findings = counted(count, "finding", "findings");
            reporter.say(&format!(
                "nothing was released: {findings}; fix them, or release anyway with --despite \"REASON\""
            ))?;
            return Ok(Exit::Failed);
        }
    };
    if let Some(changed) = prepared.changed_input() {
        bail!(
            "`{}` changed while the letter was being released; nothing was released",
            shown(&changed)
        );
    }
    let writing = Writing {
        session: &session,
        freezing: &freezing,
        despite: despite.as_ref(),
        letter: &prepared.shown,
    };
    let output = prepared.output_folder();
    let summary = writing.write(&output, signer.as_ref(), arguments.dossier, &mut reporter)?;
    reporter.say(&summary)?;
    Ok(Exit::Done)
}

/// A release on its way to the disk.
struct Writing<'a> {
    session: &'a Session,
    freezing: &'a Freezing<'a>,
    despite: Option<&'a Override>,
    /// The letter's name as the user knows it.
    letter: &'a str,
}

impl Writing<'_> {
    /// Takes the next number and writes the release, and its dossier before it.
    fn write(
        &self,
        output: &Path,
        signer: Option<&Signer>,
        with_dossier: bool,
        reporter: &mut Reporter,
    ) -> anyhow::Result<String> {
        let paths = &self.session.paths;
        let (folder, dossiers) = (output.join(RELEASES), output.join(DOSSIERS));
        let waiting = || {
            // Saying so is a courtesy; the wait is not worth failing for.
            let _ = reporter.say("another release of this letter is being made; waiting for it");
        };
        let releases = Releases::hold(paths, &folder, waiting)?;
        if releases.cleared {
            reporter.say("removed what an interrupted release had left")?;
        }
        let (frozen, skipped) = self.freezing.next(self.despite)?;
        if let Some(error) = skipped {
            let text = format!("the previous release is skipped: {:#}", anyhow::Error::from(error));
            reporter.say(&super::report::printable(&text))?;
        }
        let signature = signer
            .map(|signer| signer.sign(&frozen.manifest, frozen.text.as_bytes()))
            .transpose()?;

        let all = self.freezing.with_manifest(&frozen, signature.as_deref());
        let private = match with_dossier {
            true => Vec::from(self.freezing.dossier(&frozen.manifest)?),
            false => Vec::new(),
        };
        let number = frozen.manifest.release;
        let name = number.to_string();
        let public_paths = all.iter().map(|(file, _)| folder.join(&name).join(file));
        let private_paths = private.iter().map(|(file, _)| dossiers.join(&name).join(file));
        let written: Vec<PathBuf> = public_paths.chain(private_paths).collect();
        results_first(|out| written.iter().try_for_each(|path| writeln!(out, "{}", shown(path))))?;
        let mut dossier = None;
        if with_dossier {
            let named: Vec<(&str, &[u8])> = private.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
            let folder = Releases::hold(paths, &dossiers, || ())?;
            folder.freeze(number, &named, Reach::Private)?;
            dossier = Some(folder);
        }
        if let Err(error) = releases.freeze(number, &all, Reach::Ordinary) {
            if let Some(dossier) = dossier {
                dossier.take_back(number);
            }
            return Err(error.into());
        }
        let summary = summary(self.letter, &frozen.manifest, frozen.changes.as_ref());
        let target = shown(&folder.join(&name));
        Ok(format!("{summary}\nnext: send the files in {target}"))
    }
}

fn summary(letter: &str, manifest: &Manifest, changes: Option<&Changes>) -> String {
    let mut text = format!(
        "{letter}: release {}, {}, verification code {}",
        manifest.release,
        counted(manifest.counts.signatories, "signatory", "signatories"),
        manifest.code
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

/// Most bytes of a key file that are read; a key has about 400.
const LONGEST_KEY: u64 = 1 << 16;

/// A secret key, ready to sign.
struct Signer {
    secret: String,
    password: Option<String>,
    path: PathBuf,
}

impl Signer {
    /// Reads the key and asks for its password, before anything else is done.
    fn open(path: &Path) -> anyhow::Result<Self> {
        let read = DiskFiles
            .read(path, LONGEST_KEY)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let secret = read.with_context(|| format!("cannot read `{}`", shown(path)))?;
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
    let session = Session::new()?;
    let root = session.root_of_new(path.parent().unwrap_or(Path::new("")));
    let lock = session.hold(&root, false)?;
    let staging = Staging::new(&session.paths, &root);
    staging.keep_private(path);
    for (path, key) in [(path, keys.secret), (&public, keys.public)] {
        staging.expect(path, Expected::Nothing);
        let put = staging.put(path, key.into_bytes());
        put.with_context(|| format!("cannot write `{}`", shown(path)))?;
    }
    let ready = staging.ready()?;
    results_first(|out| writeln!(out, "{}\n{}", shown(path), shown(&public)))?;
    ready.commit(&lock)?;
    Ok(Exit::Done)
}
