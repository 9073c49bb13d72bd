//! `undersigned verify`: is this file what was released?

use super::args::{Common, Verify, VerifyFormat};
use super::diff::shown_pieces;
use super::exit::Exit;
use super::session::Session;
use super::style::{BOLD, DIM, GREEN, RED, RESET, YELLOW, results};
use crate::engine::{self, FileVerdict, VerdictKind, VerifyFinding, VerifyRequest, report};
use crate::release::manifest::Output;
use crate::release::verify::{Compared, Difference};
use std::io::{self, Write};

pub(super) fn run(arguments: &Verify, common: &Common) -> anyhow::Result<Exit> {
    let session = Session::new()?;
    let (files, paths) = (&session.files, &session.paths);
    let key = arguments.public_key.as_deref();
    let key = key
        .map(|given| engine::public_key(&**files, paths, given))
        .transpose()?;
    let mut out = results(common);
    let mut sound = true;
    for file in &arguments.files {
        let request = VerifyRequest {
            file: file.clone(),
            manifest: arguments.manifest.clone(),
            public_key: key.clone(),
        };
        for found in engine::verify(files, paths, &request)? {
            sound &= found.is_sound();
            match arguments.format {
                VerifyFormat::Json => report::verify(&found, &mut out)?,
                VerifyFormat::Human => human(&mut out, &found)?,
            }
        }
    }
    out.flush()?;
    Ok(match sound {
        true => Exit::Done,
        false => Exit::PersonNeeded,
    })
}

fn human(out: &mut impl Write, found: &VerifyFinding) -> io::Result<()> {
    match found {
        VerifyFinding::Note { file, text } if file.is_empty() => writeln!(out, "{YELLOW}{text}{RESET}"),
        VerifyFinding::Note { file, text } => writeln!(out, "{file}: {YELLOW}{text}{RESET}"),
        VerifyFinding::Signature {
            manifest,
            outcome: Ok(said),
        } => writeln!(
            out,
            "{manifest}: {GREEN}the signature holds{RESET} {DIM}({said}){RESET}"
        ),
        VerifyFinding::Signature {
            manifest,
            outcome: Err(said),
        } => writeln!(out, "{manifest}: {RED}not signed by this key{RESET}: {said}"),
        VerifyFinding::File(found) => verdict(out, found),
    }
}

fn verdict(out: &mut impl Write, FileVerdict { file, kind }: &FileVerdict) -> io::Result<()> {
    match kind {
        VerdictKind::Unaltered { release, output } => {
            let (title, to, output) = (engine::release_title(release), to(output), &output.file);
            writeln!(out, "{file}: {BOLD}{GREEN}unaltered{RESET}: {output}{to} of {title}")?;
            let (code, count) = (&release.code, release.counts.signatories);
            let despite = match &release.despite {
                Some(despite) => format!(", released despite findings: {}", despite.reason),
                None => String::new(),
            };
            writeln!(
                out,
                "  {DIM}{count} signatories, verification code {code}{despite}{RESET}"
            )
        }
        VerdictKind::Unknown => writeln!(
            out,
            "{file}: {BOLD}{RED}unknown{RESET}: like no release that is known here"
        ),
        VerdictKind::Altered {
            release,
            output,
            difference,
        } => {
            let title = engine::release_title(release);
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
