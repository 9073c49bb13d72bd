//! `undersigned verify`: is this file what was released?

use super::args::{Common, VerifyArgs, VerifyFormat};
use super::draw;
use super::exit::Exit;
use super::report::printable;
use super::session::Session;
use super::style::{BOLD, DIM, GREEN, RED, RESET, YELLOW, results};
use crate::diag::counted;
use crate::engine::{self, FileVerdict, VerdictKind, VerifyFinding, VerifyRequest, report};
use crate::release::manifest::Output;
use crate::release::verify::{Compared, Difference};
use std::io::{self, Write};

pub(super) fn run(arguments: &VerifyArgs, common: &Common) -> anyhow::Result<Exit> {
    let session = Session::new()?;
    let (files, paths) = (&session.files, &session.paths);
    let key = arguments.public_key.as_deref();
    let key = key
        .map(|given| engine::public_key(&**files, paths, given))
        .transpose()?;
    let mut out = results(common);
    let mut all = Vec::new();
    for file in &arguments.files {
        let request = VerifyRequest {
            file: file.clone(),
            manifest: arguments.manifest.clone(),
            public_key: key.clone(),
        };
        let found = engine::verify(files, paths, &request)?;
        for found in &found {
            match arguments.format {
                VerifyFormat::Json => report::verify(found, &mut out)?,
                VerifyFormat::Human => human(&mut out, found)?,
            }
        }
        all.extend(found);
    }
    if arguments.format == VerifyFormat::Human {
        summary(&mut out, &all)?;
    }
    out.flush()?;
    Ok(match all.iter().all(VerifyFinding::is_sound) {
        true => Exit::Done,
        false => Exit::PersonNeeded,
    })
}

/// Draws how many files are what, and what to do.
fn summary(out: &mut impl Write, all: &[VerifyFinding]) -> io::Result<()> {
    let files = || {
        all.iter().filter_map(|found| match found {
            VerifyFinding::File(file) => Some(&**file),
            VerifyFinding::Signature { .. } | VerifyFinding::Note { .. } => None,
        })
    };
    let count = |is: &dyn Fn(&VerdictKind) -> bool| files().filter(|file| is(&file.kind)).count();
    let unsigned = all
        .iter()
        .filter(|found| matches!(found, VerifyFinding::Signature { outcome: Err(_), .. }));
    let counts = [
        (
            count(&|kind| matches!(kind, VerdictKind::Unaltered { .. })),
            "unaltered",
        ),
        (count(&|kind| matches!(kind, VerdictKind::Altered { .. })), "altered"),
        (count(&|kind| matches!(kind, VerdictKind::Unknown)), "unknown"),
        (
            all.iter()
                .filter(|found| matches!(found, VerifyFinding::Note { .. }))
                .count(),
            "missing, extra, or unusable",
        ),
        (unsigned.count(), "not signed by this key"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
    let checked = counted(files().count(), "file", "files");
    writeln!(out, "\n{BOLD}{checked}{RESET}: {}", counts.join(", "))?;
    let is_unproved = |file: &FileVerdict| !file.is_proved && !matches!(file.kind, VerdictKind::Unknown);
    let unproved = files().any(is_unproved);
    if unproved {
        let what = "names, numbers, dates, recipients, and reasons in a manifest";
        writeln!(
            out,
            "{YELLOW}unproved{RESET}: {what}; check its signature with --public-key"
        )?;
    }
    let original = files().find_map(|file| file.original.as_deref());
    match (original, all.iter().all(VerifyFinding::is_sound)) {
        (Some(original), _) => draw::next(out, &format!("send {original}, which is as it was released")),
        (None, true) if unproved => draw::next(out, "nothing; this is what the manifest says"),
        (None, true) => draw::next(out, "nothing; this is what was released"),
        (None, false) => draw::next(
            out,
            "do not send or quote it as released; ask who sent it for the original",
        ),
    }
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

fn verdict(out: &mut impl Write, found: &FileVerdict) -> io::Result<()> {
    let FileVerdict {
        file, kind, noticed, ..
    } = found;
    let file = printable(file);
    // What a manifest says about itself is its word alone until a signature proves it.
    let says = match found.is_proved {
        true => "",
        false => ", its manifest says",
    };
    let title = match kind {
        VerdictKind::Unaltered { release, .. } | VerdictKind::Altered { release, .. } => engine::release_title(release),
        VerdictKind::Unknown => String::new(),
    };
    match kind {
        VerdictKind::Unaltered { release, output } => {
            let (to, output) = (to(output), &output.file);
            writeln!(
                out,
                "{file}: {BOLD}{GREEN}unaltered{RESET}: {output}{to} of {title}{says}"
            )?;
            // The list proves its count; without names in it, the count is only stated.
            let count = release.counts.signatories;
            let count = match count == release.signatories.len() || found.is_proved {
                true => format!("{}, ", counted(count, "signatory", "signatories")),
                false => String::new(),
            };
            let code = &release.code;
            // Anybody can write a reason into a manifest, and nobody else's is repeated.
            let despite = release.despite.as_ref().filter(|_| found.is_proved);
            let despite = despite.map(|despite| format!(", released despite findings: {}", despite.reason));
            let despite = despite.unwrap_or_default();
            writeln!(out, "  {DIM}{count}verification code {code}{despite}{RESET}")
        }
        VerdictKind::Unknown => {
            writeln!(out, "{file}: {BOLD}{RED}unknown{RESET}: matches no release searched")?;
            for notice in noticed {
                writeln!(out, "  {YELLOW}!{RESET} {}", printable(notice))?;
            }
            Ok(())
        }
        VerdictKind::Altered { output, difference, .. } => {
            let same = difference.is_only_bytes();
            match output {
                Some(output) => {
                    let (name, to) = (&output.file, to(output));
                    let verdict = match same && noticed.is_empty() {
                        true => format!("{BOLD}{YELLOW}same words{RESET}, but not the same file as"),
                        false if same => format!("{BOLD}{YELLOW}same words, but changed beside them{RESET}: not"),
                        false => format!("{BOLD}{RED}altered{RESET}: not"),
                    };
                    writeln!(out, "{file}: {verdict} {name}{to} of {title}{says}")?;
                }
                None => writeln!(
                    out,
                    "{file}: {BOLD}{RED}altered{RESET}: not a file of {title}{says}, but similar to its text"
                )?,
            }
            differences(out, found, difference)?;
            for notice in noticed {
                writeln!(out, "  {YELLOW}!{RESET} {}", printable(notice))?;
            }
            Ok(())
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

fn differences(out: &mut impl Write, found: &FileVerdict, difference: &Difference) -> io::Result<()> {
    match difference.compared {
        _ if difference.is_only_bytes() => {
            let rest = match (found.noticed.is_empty(), found.looks_same) {
                (true, Some(true)) => "so is all else that it shows",
                (true, _) => "pictures and the look of pages could not be compared",
                (false, _) => "this is not in its words:",
            };
            return writeln!(out, "  its words and names are the same, in the same order; {rest}");
        }
        Compared::Words => {}
        Compared::Names if difference.missing.is_empty() => {
            return writeln!(
                out,
                "  it contains all names; it has no structure, so its words cannot be compared"
            );
        }
        Compared::Names => writeln!(out, "  it has no structure, so only names are compared")?,
        Compared::Nothing => return writeln!(out, "  its words cannot be read, so they cannot be compared"),
    }
    for (sign, color, word, names) in [
        ("-", RED, "missing", &difference.missing),
        ("+", GREEN, "added", &difference.added),
        ("~", YELLOW, "in another place", &difference.moved),
    ] {
        for name in names {
            writeln!(out, "  {color}{sign}{RESET} {}  {DIM}{word}{RESET}", printable(name))?;
        }
    }
    for pieces in difference.changed.iter().chain(&difference.text) {
        writeln!(out, "  {}", draw::wrapped(&draw::pieces(pieces), 2, 4, draw::width()))?;
    }
    Ok(())
}
