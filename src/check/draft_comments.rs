//! Comments of the draft that a letter was, which nobody has marked as done.
//!
//! In: the comments in the file beside the letter. Out: a finding for each, at the words that
//! it is about. Guaranteed: nothing of a comment is in any output.

use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use crate::model::draft::DraftComment;
use crate::source::{Origin, offset};

pub(super) const CHECK: Check = Check {
    name: "draft-comments",
    description: "Every comment of the draft is done.",
    findings: &[Finding {
        code: Code::OpenComment,
        severity: Severity::Warning,
        why: "A partner who commented on the draft expects an answer before the letter goes out.",
    }],
    run: CheckRun::Letter(run),
};

/// Longest words of a comment that a message shows, in characters.
const SHOWN: usize = 200;

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    for comment in case
        .subject
        .letter
        .draft_comments
        .iter()
        .filter(|comment| !comment.done)
    {
        let who = match comment.author.as_str() {
            "" => "a comment",
            author => author,
        };
        let text: String = comment.text.chars().take(SHOWN).collect();
        let message = match comment.about.as_str() {
            "" => format!("{who}, on paragraph {} of the draft: {text}", comment.paragraph),
            about => format!("{who}, on “{about}”: {text}"),
        };
        let hint = "settle it, and write done = true in the file of comments beside the letter";
        sink.add(Code::OpenComment, place(case, comment), message, hint);
    }
}

/// Returns the place of the words that a comment is about: all of them, else as many of the
/// first ones as the letter still has; else the front matter.
fn place(case: &Case<'_>, comment: &DraftComment) -> Origin {
    let file = case.subject.letter.file;
    let text = case.subject.sources.text(file);
    let words: Vec<&str> = comment.about.split_whitespace().collect();
    // Fewer words than three are anywhere.
    let fewest = words.len().min(3);
    for count in (fewest..=words.len()).rev().filter(|count| *count > 0) {
        let sought = words[..count].join(" ");
        if let Some(start) = text.find(&sought) {
            return Origin::Span {
                file,
                start: offset(start),
                end: offset(start + sought.len()),
            };
        }
    }
    case.head()
}
