//! Sets aside what a reply quotes and how it is signed.
//!
//! In: the lines of a mail's text. Out: the sender's own paragraphs, and the lines of the
//! signature. Guaranteed: nothing below a line that announces a quoted mail is taken for the
//! sender's words. Absent: what the words ask for (that is `request`'s).

use super::words::WORDS;
use crate::load::lists::fold::fold_all;

/// The sender's own words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct OwnText {
    /// Paragraphs, each a line.
    pub(super) paragraphs: Vec<String>,
    /// The lines of the last paragraph, which may be a signature without a closing.
    pub(super) ending: Vec<String>,
    /// The lines of the signature.
    pub(super) signature: Vec<String>,
}

/// Most lines of a text that are read; a reply to a request has a few.
const MAX_LINES: usize = 2_000;

/// Most lines of a signature.
const MAX_SIGNATURE: usize = 20;

impl OwnText {
    /// Takes a text apart.
    pub(super) fn of(text: &str) -> Self {
        let lines: Vec<&str> = text.lines().take(MAX_LINES).map(str::trim).collect();
        let mut own: Vec<&str> = Vec::new();
        let mut signature: Vec<&str> = Vec::new();
        let mut in_signature = false;
        for (at, line) in lines.iter().enumerate() {
            let is_footer = WORDS.footers.iter().any(|footer| line.starts_with(footer));
            // A mail that is nothing else is read.
            if begins_quotation(&lines[at..]) || is_footer && own.iter().any(|line| !line.is_empty()) {
                break;
            }
            if line.starts_with('>') || line.starts_with('|') {
                continue;
            }
            // "-- " of RFC 3676, without the space that some programs drop.
            if matches!(*line, "--" | "—" | "__" | "___") {
                in_signature = true;
                continue;
            }
            if WORDS.devices.iter().any(|device| line.starts_with(device)) {
                continue;
            }
            if is_closing(line) && own.iter().any(|line| !is_closing(line) && !line.is_empty()) {
                in_signature = true;
                continue;
            }
            match in_signature {
                true => signature.push(line),
                false => own.push(line),
            }
        }
        let mut paragraphs: Vec<String> = Vec::new();
        let mut open = false;
        let ending = own.rsplit(|line| line.is_empty()).find(|lines| !lines.is_empty());
        let ending = ending.unwrap_or_default().iter().take(MAX_SIGNATURE);
        let ending = ending.map(|&line| line.to_owned()).collect();
        for line in own {
            let is_labeled = has_label(line);
            if line.is_empty() {
                open = false;
            } else if let Some(last) = paragraphs.last_mut().filter(|_| open && !is_labeled) {
                last.push(' ');
                last.push_str(line);
            } else {
                paragraphs.push(line.to_owned());
                open = !is_labeled;
            }
        }
        let signature = signature.into_iter().filter(|line| !line.is_empty());
        Self {
            paragraphs,
            ending,
            signature: signature.take(MAX_SIGNATURE).map(str::to_owned).collect(),
        }
    }
}

/// Returns whether a line fills in a form: "Organization: Harwell Village".
fn has_label(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(label, _)| label.len() <= 40 && label.split(' ').count() <= 5)
}

/// Returns whether a line is a closing alone.
fn is_closing(line: &str) -> bool {
    line.len() <= 40 && WORDS.closings.contains(fold_all(line).as_str())
}

/// Returns whether a quoted mail begins with these lines.
fn begins_quotation(lines: &[&str]) -> bool {
    let Some(first) = lines.first().filter(|line| !line.is_empty()) else {
        return false;
    };
    if WORDS.dividers.iter().any(|divider| first.starts_with(divider)) {
        return true;
    }
    let starts = |line: &str, all: &[&str]| {
        // Outlook's page has them in bold, and mail programs write that with asterisks.
        let line = line.trim_start_matches('*');
        all.iter().any(|word| line.starts_with(word))
    };
    if starts(first, &WORDS.head) && lines.iter().skip(1).take(4).any(|line| starts(line, &WORDS.head_next)) {
        return true;
    }
    // "On Tue, Mar 2, 2021 at 10:00 AM Ana Ruiz <ana@example.org> wrote:", over up to three lines.
    if !WORDS.on.iter().any(|on| first.starts_with(on)) {
        return false;
    }
    let joined = lines.iter().take(3);
    let mut all = String::new();
    for line in joined {
        all.push_str(line);
        if WORDS.wrote.iter().any(|wrote| all.ends_with(wrote)) {
            return all.bytes().any(|byte| byte.is_ascii_digit());
        }
        all.push(' ');
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, paragraphs: &[&str], signature: &[&str]) {
        let own = OwnText::of(text);
        assert_eq!(
            (&*own.paragraphs, &*own.signature),
            (
                &*paragraphs.iter().map(|&line| line.to_owned()).collect::<Vec<_>>(),
                &*signature.iter().map(|&line| line.to_owned()).collect::<Vec<_>>(),
            ),
            "{text}"
        );
    }

    #[test]
    fn quotations_and_signatures_are_set_aside() {
        check(
            "Yes, please sign\nus on.\n\nSecond.",
            &["Yes, please sign us on.", "Second."],
            &[],
        );
        check("Add us.\n\n> Will you sign?\n> We hope so.", &["Add us."], &[]);
        check(
            "Add us.\n\nOn Tue, Mar 2, 2021 at 10:00 AM Ana Ruiz <ana@example.org>\nwrote:\n\nWill you sign?",
            &["Add us."],
            &[],
        );
        check(
            "Súmenos.\n\nEl mar, 2 mar 2021 a las 10:00, Ana (<a@example.org>) escribió:\n\n¿Firman?",
            &["Súmenos."],
            &[],
        );
        check(
            "Add us.\n\nFrom: Ana Ruiz\nSent: Tuesday, March 2, 2021\nTo: all\n\nSign?",
            &["Add us."],
            &[],
        );
        check(
            "Add us.\n\n*From:* Ana Ruiz\n*Date:* Tuesday\n\nSign?",
            &["Add us."],
            &[],
        );
        check("Add us.\n-----Original Message-----\nSign?", &["Add us."], &[]);
        check(
            "Add us.\n\nBest,\nAna Ruiz\nHarwell Village Association\n(555) 010-0000",
            &["Add us."],
            &["Ana Ruiz", "Harwell Village Association", "(555) 010-0000"],
        );
        check(
            "Add us.\n-- \nAna Ruiz\nDirector",
            &["Add us."],
            &["Ana Ruiz", "Director"],
        );
        check("Add us.\n\nSent from my iPhone", &["Add us."], &[]);
        // Thanks alone before anything else is no end of a letter.
        check(
            "Thanks!\n\nAdd Harwell Village.",
            &["Thanks!", "Add Harwell Village."],
            &[],
        );
        check(
            "Organization: Harwell\nState: MN",
            &["Organization: Harwell", "State: MN"],
            &[],
        );
        check("On Monday we wrote:\nno", &["On Monday we wrote:", "no"], &[]);
        check("From: the heart\nwe sign", &["From: the heart", "we sign"], &[]);
        check("", &[], &[]);
    }
}
