//! `undersigned verify`: is this file what was released?

use super::args::{Common, Verify, VerifyFormat};
use super::diff::{PieceLine, manifest, piece_lines, read, shown_pieces};
use super::exit::Exit;
use super::session::{Session, shown};
use super::style::{BOLD, DIM, GREEN, RED, RESET, YELLOW, results};
use crate::engine::SIGNATURE;
use crate::release::manifest::{FILE, Manifest, Output};
use crate::release::sign;
use crate::release::verify::{self, Compared, Difference, Verdict};
use crate::store;
use anyhow::{Context, bail};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Longest file that is verified, in bytes; a release's files are far smaller.
const LARGEST: u64 = 1 << 30;

pub(super) fn run(arguments: &Verify, common: &Common) -> anyhow::Result<Exit> {
    let key = arguments.public_key.as_deref().map(public_key).transpose()?;
    let mut printer = Printer {
        format: arguments.format,
        out: results(common),
        sound: true,
    };
    for file in &arguments.files {
        let is_release = file.is_dir() || file.file_name().is_some_and(|name| name == FILE);
        if is_release && arguments.manifest.is_none() {
            let release = Known::read(file)?;
            release.check_signature(key.as_deref(), &mut printer)?;
            whole(&release, &mut printer)?;
            continue;
        }
        let known = match &arguments.manifest {
            Some(path) => vec![Known::read(path)?],
            None => of_workspace(file, &mut printer)?,
        };
        one(file, &known, key.as_deref(), &mut printer)?;
    }
    printer.out.flush()?;
    Ok(match printer.sound {
        true => Exit::Done,
        false => Exit::PersonNeeded,
    })
}

/// A release that files are held against.
struct Known {
    manifest: Manifest,
    bytes: Vec<u8>,
    /// The manifest's file.
    path: PathBuf,
}

impl Known {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let (manifest, bytes) = manifest(path)?;
        let path = if path.is_dir() {
            path.join(FILE)
        } else {
            path.to_owned()
        };
        Ok(Self { manifest, bytes, path })
    }

    fn title(&self) -> String {
        let date = self.manifest.date.map(|date| format!(" of {date}")).unwrap_or_default();
        format!("{}, release {}{date}", self.manifest.letter, self.manifest.release)
    }

    /// Holds the manifest's signature against a key, or tells that there is one.
    fn check_signature(&self, key: Option<&str>, printer: &mut Printer) -> anyhow::Result<()> {
        let path = self.path.with_file_name(SIGNATURE);
        let signature = match fs::read_to_string(&path) {
            Ok(signature) => Some(signature),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| format!("cannot read `{}`", shown(&path))),
        };
        let Some(key) = key else {
            return Ok(());
        };
        let outcome = match signature {
            None => Err(format!("`{}` is not there", shown(&path))),
            Some(signature) => sign::verify(&self.bytes, &signature, key).map_err(|error| error.to_string()),
        };
        printer.signature(&shown(&self.path), &outcome)
    }
}

/// The public key: a file's text, or the key itself.
fn public_key(given: &str) -> anyhow::Result<String> {
    match Path::new(given).is_file() {
        true => fs::read_to_string(given).with_context(|| format!("cannot read `{given}`")),
        false => Ok(given.to_owned()),
    }
}

/// All releases of the workspace that a file lies in, or else of the current one, in the
/// order of letters and numbers.
fn of_workspace(file: &Path, printer: &mut Printer) -> anyhow::Result<Vec<Known>> {
    let session = Session::new()?;
    let mut known = Vec::new();
    let starts = [file.parent().unwrap_or(Path::new("")), Path::new("")];
    for start in starts {
        let output = session.root(start).join("output");
        let mut letters: Vec<PathBuf> = match fs::read_dir(&output) {
            Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
            Err(_) => continue,
        };
        letters.sort();
        for letter in letters {
            let folder = letter.join("releases");
            if !folder.is_dir() {
                continue;
            }
            for number in store::numbers(&session.paths, &folder)? {
                let path = folder.join(number.to_string());
                match Known::read(&path) {
                    Ok(release) => known.push(release),
                    Err(error) => printer.unsound(&format!("{error:#}"))?,
                }
            }
        }
        if !known.is_empty() {
            break;
        }
    }
    if known.is_empty() {
        bail!(
            "there is no release to hold `{}` against; name its manifest with --manifest",
            shown(file)
        );
    }
    Ok(known)
}

/// Verifies one file.
fn one(file: &Path, known: &[Known], key: Option<&str>, printer: &mut Printer) -> anyhow::Result<()> {
    let bytes = read(file, LARGEST + 1)?;
    if bytes.len() as u64 > LARGEST {
        bail!("`{}` is longer than {LARGEST} bytes", shown(file));
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let manifests: Vec<&Manifest> = known.iter().map(|known| &known.manifest).collect();
    let verdict = verify::verify(&name, &bytes, &manifests)?;
    if let Verdict::Unaltered { release, .. } | Verdict::Altered { release, .. } = &verdict {
        known[*release].check_signature(key, printer)?;
    }
    printer.verdict(&shown(file), known, &verdict)
}

/// Verifies every file of a release, and tells of files that are none of it.
fn whole(release: &Known, printer: &mut Printer) -> anyhow::Result<()> {
    let folder = release.path.parent().unwrap_or(Path::new(""));
    for output in &release.manifest.outputs {
        let path = folder.join(&output.file);
        if !path.is_file() {
            printer.note(false, &shown(&path), "missing")?;
            continue;
        }
        let bytes = read(&path, LARGEST)?;
        if verify::is(output, &bytes) {
            let verdict = Verdict::Unaltered { release: 0, output };
            printer.verdict(&shown(&path), std::slice::from_ref(release), &verdict)?;
            continue;
        }
        let alone = Manifest {
            outputs: vec![output.clone()],
            ..release.manifest.clone()
        };
        let verdict = verify::verify(&output.file, &bytes, &[&alone])?;
        printer.verdict(&shown(&path), std::slice::from_ref(release), &verdict)?;
    }
    let known: BTreeSet<&str> = release
        .manifest
        .outputs
        .iter()
        .map(|output| output.file.as_str())
        .collect();
    let mut ahead = vec![folder.to_owned()];
    let mut strangers = Vec::new();
    while let Some(dir) = ahead.pop() {
        let entries = fs::read_dir(&dir).with_context(|| format!("cannot read `{}`", shown(&dir)))?;
        for entry in entries {
            let path = entry.with_context(|| format!("cannot read `{}`", shown(&dir)))?.path();
            let relative = path
                .strip_prefix(folder)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            if path.is_dir() {
                ahead.push(path);
            } else if relative != FILE && relative != SIGNATURE && !known.contains(relative.as_str()) {
                strangers.push(path);
            }
        }
    }
    strangers.sort();
    for path in strangers {
        printer.note(false, &shown(&path), "no file of this release")?;
    }
    Ok(())
}

/// Prints what was found, and remembers whether all was sound.
struct Printer {
    format: VerifyFormat,
    out: io::BufWriter<anstream::AutoStream<io::StdoutLock<'static>>>,
    sound: bool,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Line<'a> {
    File {
        file: &'a str,
        verdict: &'static str,
        letter: Option<&'a str>,
        release: Option<u32>,
        output: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        recipient: Option<&'a str>,
        code: Option<&'a str>,
        compared: Option<&'static str>,
        missing: &'a [String],
        added: &'a [String],
        moved: &'a [String],
        changed: Vec<Vec<PieceLine<'a>>>,
        text: Vec<Vec<PieceLine<'a>>>,
    },
    Signature {
        manifest: &'a str,
        holds: bool,
        said: &'a str,
    },
    Note {
        file: &'a str,
        said: &'a str,
    },
}

impl Printer {
    fn line(&mut self, line: &Line<'_>) -> anyhow::Result<()> {
        writeln!(self.out, "{}", serde_json::to_string(line)?)?;
        Ok(())
    }

    /// A manifest of the workspace that does not hold together.
    fn unsound(&mut self, said: &str) -> anyhow::Result<()> {
        self.note(false, "", said)
    }

    fn note(&mut self, sound: bool, file: &str, said: &str) -> anyhow::Result<()> {
        self.sound &= sound;
        match self.format {
            VerifyFormat::Json => self.line(&Line::Note { file, said }),
            VerifyFormat::Human if file.is_empty() => Ok(writeln!(self.out, "{YELLOW}{said}{RESET}")?),
            VerifyFormat::Human => Ok(writeln!(self.out, "{file}: {YELLOW}{said}{RESET}")?),
        }
    }

    fn signature(&mut self, manifest: &str, outcome: &Result<String, String>) -> anyhow::Result<()> {
        self.sound &= outcome.is_ok();
        let (holds, said) = match outcome {
            Ok(said) => (true, said),
            Err(said) => (false, said),
        };
        match self.format {
            VerifyFormat::Json => self.line(&Line::Signature { manifest, holds, said }),
            VerifyFormat::Human if holds => Ok(writeln!(
                self.out,
                "{manifest}: {GREEN}the signature holds{RESET} {DIM}({said}){RESET}"
            )?),
            VerifyFormat::Human => Ok(writeln!(
                self.out,
                "{manifest}: {RED}not signed by this key{RESET}: {said}"
            )?),
        }
    }

    fn verdict(&mut self, file: &str, known: &[Known], verdict: &Verdict<'_>) -> anyhow::Result<()> {
        self.sound &= matches!(verdict, Verdict::Unaltered { .. });
        match self.format {
            VerifyFormat::Json => self.json(file, known, verdict),
            VerifyFormat::Human => self.human(file, known, verdict).map_err(Into::into),
        }
    }

    fn json(&mut self, file: &str, known: &[Known], verdict: &Verdict<'_>) -> anyhow::Result<()> {
        let none = Difference::default();
        let (word, release, output, difference) = match verdict {
            Verdict::Unaltered { release, output } => ("unaltered", Some(*release), Some(*output), None),
            Verdict::Altered {
                release,
                output,
                difference,
            } => ("altered", Some(*release), *output, Some(difference)),
            Verdict::Unknown => ("unknown", None, None, None),
        };
        let manifest = release.map(|release| &known[release].manifest);
        let shown = difference.unwrap_or(&none);
        let line = Line::File {
            file,
            verdict: word,
            letter: manifest.map(|manifest| manifest.letter.as_str()),
            release: manifest.map(|manifest| manifest.release),
            output: output.map(|output| output.file.as_str()),
            recipient: output
                .map(|output| output.recipient.as_str())
                .filter(|recipient| !recipient.is_empty()),
            code: manifest.map(|manifest| manifest.code.as_str()),
            compared: difference.map(|difference| match difference.compared {
                Compared::Words => "words",
                Compared::Names => "names",
                Compared::Nothing => "nothing",
            }),
            missing: &shown.missing,
            added: &shown.added,
            moved: &shown.moved,
            changed: shown.changed.iter().map(|pieces| piece_lines(pieces)).collect(),
            text: shown.text.iter().map(|pieces| piece_lines(pieces)).collect(),
        };
        self.line(&line)
    }

    fn human(&mut self, file: &str, known: &[Known], verdict: &Verdict<'_>) -> io::Result<()> {
        let out = &mut self.out;
        match verdict {
            Verdict::Unaltered { release, output } => {
                let known = &known[*release];
                let (title, to, output) = (known.title(), to(output), &output.file);
                writeln!(out, "{file}: {BOLD}{GREEN}unaltered{RESET}: {output}{to} of {title}")?;
                let (code, count) = (&known.manifest.code, known.manifest.counts.signatories);
                let despite = match &known.manifest.despite {
                    Some(despite) => format!(", released despite findings: {}", despite.reason),
                    None => String::new(),
                };
                writeln!(
                    out,
                    "  {DIM}{count} signatories, verification code {code}{despite}{RESET}"
                )
            }
            Verdict::Unknown => writeln!(
                out,
                "{file}: {BOLD}{RED}unknown{RESET}: like no release that is known here"
            ),
            Verdict::Altered {
                release,
                output,
                difference,
            } => {
                let title = known[*release].title();
                match output {
                    Some(output) => {
                        let (name, to) = (&output.file, to(output));
                        writeln!(out, "{file}: {BOLD}{RED}altered{RESET}: not {name}{to} of {title}")?;
                    }
                    None => writeln!(
                        out,
                        "{file}: {BOLD}{RED}altered{RESET}: no file of {title}, and like its text"
                    )?,
                }
                differences(out, difference)
            }
        }
    }
}

/// Whom a file is to, where each of a list gets a letter.
fn to(output: &Output) -> String {
    match output.recipient.as_str() {
        "" => String::new(),
        recipient => format!(", to {recipient},"),
    }
}

fn differences(out: &mut impl Write, difference: &Difference) -> io::Result<()> {
    match difference.compared {
        _ if difference.is_only_bytes() => {
            return writeln!(
                out,
                "  its bytes differ; its words and names are the same, in the same order"
            );
        }
        Compared::Words => {}
        Compared::Names if difference.missing.is_empty() => {
            return writeln!(
                out,
                "  all names occur in it; it has no structure, so its words cannot be compared"
            );
        }
        Compared::Names => writeln!(out, "  it has no structure, so only names can be looked for")?,
        Compared::Nothing => return writeln!(out, "  its words cannot be read, so they cannot be compared"),
    }
    for (sign, color, word, names) in [
        ("-", RED, "missing", &difference.missing),
        ("+", GREEN, "added", &difference.added),
        ("~", YELLOW, "in another place", &difference.moved),
    ] {
        for name in names {
            writeln!(out, "  {color}{sign} {name}{RESET}  {DIM}{word}{RESET}")?;
        }
    }
    for pieces in difference.changed.iter().chain(&difference.text) {
        writeln!(out, "  {}", shown_pieces(pieces))?;
    }
    Ok(())
}
