//! The lines of files that were held against releases: `verify`'s JSON Lines.

use super::{PieceLine, line, piece_lines};
use crate::engine::verify::{FileVerdict, VerdictKind, VerifyFinding};
use crate::release::verify::{Compared, Difference};
use serde::Serialize;
use std::io::{self, Write};

// One line is made at a time.
#[allow(clippy::large_enum_variant)]
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum VerifyLine<'a> {
    File {
        file: &'a str,
        verdict: &'static str,
        letter: Option<&'a str>,
        release: Option<u32>,
        output: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        recipient: Option<&'a str>,
        code: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        proved: Option<bool>,
        compared: Option<&'static str>,
        missing: &'a [String],
        added: &'a [String],
        moved: &'a [String],
        changed: Vec<Vec<PieceLine<'a>>>,
        text: Vec<Vec<PieceLine<'a>>>,
        #[serde(skip_serializing_if = "<[String]>::is_empty")]
        beside: &'a [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        looks_same: Option<bool>,
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

/// Writes the line of what was found.
///
/// # Errors
/// When `out` takes no more.
pub fn verify(found: &VerifyFinding, out: &mut impl Write) -> io::Result<()> {
    match found {
        VerifyFinding::File(verdict) => file(verdict, out),
        VerifyFinding::Note { file, text } => line(out, &VerifyLine::Note { file, said: text }),
        VerifyFinding::Signature { manifest, outcome } => {
            let (holds, said) = match outcome {
                Ok(said) => (true, said),
                Err(said) => (false, said),
            };
            line(out, &VerifyLine::Signature { manifest, holds, said })
        }
    }
}

fn file(found: &FileVerdict, out: &mut impl Write) -> io::Result<()> {
    let none = Difference::default();
    let (verdict, release, output, difference) = match &found.kind {
        VerdictKind::Unaltered { release, output } => ("unaltered", Some(release), Some(output), None),
        VerdictKind::Altered {
            release,
            output,
            difference,
        } => ("altered", Some(release), output.as_ref(), Some(difference)),
        VerdictKind::Unknown => ("unknown", None, None, None),
    };
    let differs = difference.unwrap_or(&none);
    let fields = VerifyLine::File {
        file: &found.file,
        verdict,
        letter: release.map(|manifest| manifest.letter.as_str()),
        release: release.map(|manifest| manifest.release),
        output: output.map(|output| output.file.as_str()),
        recipient: output
            .map(|output| output.recipient.as_str())
            .filter(|recipient| !recipient.is_empty()),
        code: release.map(|manifest| manifest.code.as_str()),
        proved: release.map(|_| found.is_proved),
        compared: difference.map(|difference| match difference.compared {
            Compared::Words => "words",
            Compared::Names => "names",
            Compared::Nothing => "nothing",
        }),
        missing: &differs.missing,
        added: &differs.added,
        moved: &differs.moved,
        changed: differs.changed.iter().map(|pieces| piece_lines(pieces)).collect(),
        text: differs.text.iter().map(|pieces| piece_lines(pieces)).collect(),
        beside: &found.noticed,
        looks_same: found.looks_same.filter(|_| verdict != "unaltered"),
    };
    line(out, &fields)
}
