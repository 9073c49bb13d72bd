//! A letter as others will see it, and what `check` finds in it.
//!
//! In: the files as they are. Out: its pages, the same as those of the PDF; or its HTML,
//! its email, its plain text. Guaranteed: nothing is written. Of a mail merge, the letter
//! to the first recipient is shown.

use super::text::path_of;
use crate::desk::error::{DeskError, with_causes};
use crate::desk::letter_cache::LetterLook;
use crate::desk::seen::Seen;
use crate::desk::state::Desk;
use crate::diag::{Code, Diagnostic, Severity};
use crate::emit::svg::SvgPages;
use crate::emit::{email, html, text};
use crate::engine::{LetterInput, Prepared};
use crate::layout::frame::TextSource;
use crate::load::comments_file;
use crate::model::draft::DraftComment;
use crate::source::Origin;
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;

/// The views of a letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum View {
    /// As the pages of the PDF.
    #[default]
    Pages,
    /// As a web page.
    Html,
    /// As an email.
    Email,
    /// As plain text.
    Text,
    /// None: only what stands around it is asked for.
    Frame,
}

impl View {
    /// Every view with its word in addresses and its name.
    pub(super) const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Pages, "pages", "Pages"),
        (Self::Html, "html", "Web page"),
        (Self::Email, "email", "Email"),
        (Self::Text, "text", "Plain text"),
    ];
}

/// What a letter looks like.
pub(super) struct Preview {
    pub(super) view: View,
    pub(super) content: Content,
    pub(super) findings: Vec<LetterFinding>,
    /// The file name of the list that its roll is from, where there is one.
    pub(super) list: Option<String>,
}

/// What a view shows.
pub(super) enum Content {
    /// Pages, and where the words of the lines come from of those that are shown at once.
    Pages(Arc<SvgPages>, Shown),
    /// A document that is shown in a frame of its own.
    Frame,
    /// Plain text.
    Text(String),
    /// The reason why there is nothing to show.
    Nothing(String),
}

/// The pages that are shown at once; the others follow when somebody comes near them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// Their places among the pages.
    pub(super) pages: Range<usize>,
    /// Of each, where the words of its lines come from.
    pub(super) sources: Vec<String>,
}

/// How many pages are shown at once: those that fit on a screen, and the next. A page of names
/// takes a browser as long as the rest of the screen.
pub(super) const AT_ONCE: usize = 3;

/// Which pages somebody wants to see at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The first ones.
    #[default]
    First,
    /// A page, from 1, and those around it.
    Around(usize),
    /// All of them.
    All,
}

impl Wanted {
    /// Reads a field of an address.
    pub(super) fn read(field: Option<&str>) -> Self {
        match field {
            Some("all") => Self::All,
            field => field
                .and_then(|field| field.parse().ok())
                .map_or(Self::First, Self::Around),
        }
    }

    /// Returns the places of the pages that are shown, of so many.
    fn of(self, count: usize) -> Range<usize> {
        let first = match self {
            Self::All => return 0..count,
            Self::First => 0,
            Self::Around(page) => page.saturating_sub(2),
        };
        let first = first.min(count.saturating_sub(AT_ONCE));
        first..(first + AT_ONCE).min(count)
    }
}

/// A finding, and where to fix it.
pub(super) struct LetterFinding {
    pub(super) said: Diagnostic,
    /// The file and the line, as people read them.
    pub(super) place: Option<String>,
    /// The line, if it is one of the letter's own.
    pub(super) line: Option<u32>,
    /// If it is a comment of the draft, its number in the file of comments, and the state of
    /// that file.
    pub(super) comment: Option<(usize, Seen)>,
}

impl Preview {
    /// Makes a view of a letter. A letter that cannot be read has none, with the reason.
    pub(super) fn read(desk: &Desk, name: &str, view: View, wanted: Wanted) -> Result<Self, DeskError> {
        if view == View::Frame {
            return Ok(Self {
                view,
                content: Content::Frame,
                findings: Vec::new(),
                list: None,
            });
        }
        let look = look(desk, name)?;
        let content = match (&look.prepared, view) {
            (Err(reason), _) => Content::Nothing(reason.clone()),
            (Ok(prepared), View::Pages) => {
                let svg = look.pages(&desk.letters, &desk.fonts);
                let pages = wanted.of(svg.pages.len());
                let sources = sources(prepared, &svg.sources[pages.clone()]);
                Content::Pages(Arc::clone(svg), Shown { pages, sources })
            }
            (Ok(_), View::Html | View::Email | View::Frame) => Content::Frame,
            (Ok(prepared), View::Text) => Content::Text(text::text(prepared.composed.specimen(), text::WIDTH)),
        };
        Ok(Self {
            view,
            content,
            findings: findings(desk, &look)?,
            list: look.prepared.as_ref().ok().and_then(list_of),
        })
    }
}

/// Returns the file name of the list in signatories/ that a letter's roll is from.
fn list_of(prepared: &Prepared) -> Option<String> {
    let mut lists = prepared.letter.signatories.iter();
    let list = lists.find_map(|list| list.value.split_once("signatories/"))?.1;
    (!list.contains('/')).then(|| list.to_owned())
}

/// Takes a letter as far as its document, unless that was done for the files as they are.
pub(super) fn look(desk: &Desk, name: &str) -> Result<Arc<LetterLook>, DeskError> {
    let state = desk.state_of_files();
    let is_as_read = |look: &LetterLook| match &look.prepared {
        Ok(prepared) => desk.states.are_as_read(&*desk.files, &prepared.files_read()),
        Err(_) => true,
    };
    desk.letters.look(state, name, is_as_read, || {
        let workspace = desk.ready()?;
        let path = path_of(&workspace, name)?;
        let prepared = workspace.prepare(LetterInput::File(path), None, &|_| {});
        Ok(LetterLook::new(prepared.map_err(|error| with_causes(&error))))
    })
}

/// Returns what `check` finds, in the order of the letter.
pub(super) fn findings(desk: &Desk, look: &LetterLook) -> Result<Vec<LetterFinding>, DeskError> {
    let Ok(prepared) = &look.prepared else {
        return Ok(Vec::new());
    };
    let seen = Seen::of(desk.content(&comments_file(&prepared.path))?.as_deref());
    let comments = prepared.letter.draft_comments.iter().enumerate();
    let mut open: Vec<(usize, &DraftComment)> = comments.filter(|(_, comment)| !comment.done).collect();
    // A finding says whose comment it is, and its first words.
    let mut comment_of = |said: &Diagnostic| {
        let is_said = |(_, comment): &(usize, &DraftComment)| {
            let words: String = comment.text.chars().take(100).collect();
            said.message.contains(&words) && said.message.starts_with(&comment.author)
        };
        let at = open.iter().position(is_said)?;
        Some((open.remove(at).0, seen))
    };
    let mut findings: Vec<LetterFinding> = Vec::new();
    for said in look.found() {
        let is_comment = said.code == Code::OpenComment;
        findings.push(LetterFinding {
            place: said.origin.map(|origin| prepared.sources.place(origin).to_string()),
            line: said
                .origin
                .filter(|origin| origin.file() == prepared.letter.file)
                .and_then(|origin| prepared.sources.place(origin).line),
            comment: is_comment.then(|| comment_of(said)).flatten(),
            said: said.clone(),
        });
    }
    findings.sort_by_key(|finding| {
        let first = finding.said.severity == Severity::Error;
        (!first, finding.line.is_none(), finding.line)
    });
    Ok(findings)
}

/// Returns some pages of a letter by their hashes, those that it still has: each with its
/// drawing, and where the words of its lines come from.
pub(super) fn pages(desk: &Desk, name: &str, ids: &[&str]) -> Result<Vec<[String; 3]>, DeskError> {
    let look = look(desk, name)?;
    let Ok(prepared) = &look.prepared else {
        return Ok(Vec::new());
    };
    let svg = look.pages(&desk.letters, &desk.fonts);
    let pages = svg.pages.iter().zip(&svg.sources);
    let found = pages.filter(|(page, _)| ids.contains(&&*page.id)).map(|(page, own)| {
        let sources = sources(prepared, std::slice::from_ref(own)).pop();
        [page.id.clone(), page.markup.clone(), sources.unwrap_or_default()]
    });
    Ok(found.collect())
}

/// Returns, for each page, where the words of its lines come from, as JSON: of each line the
/// first and the last line of the letter; the name of a signatory; the place in another
/// file; or nothing.
pub(super) fn sources(prepared: &Prepared, pages: &[Vec<Option<TextSource>>]) -> Vec<String> {
    let place = |source: &Option<TextSource>| match source {
        None => serde_json::Value::Null,
        Some(TextSource::Setting(key)) => match line_of(prepared.sources.text(prepared.letter.file), key) {
            Some(line) => serde_json::json!([line, line]),
            None => serde_json::Value::Null,
        },
        Some(TextSource::Signatory(name)) => serde_json::json!({ "name": name }),
        Some(TextSource::Written(first, last)) => {
            let line = |origin: &Origin| prepared.sources.place(*origin).line.unwrap_or(1);
            match first.file() == prepared.letter.file {
                true => serde_json::json!([line(first), line(last)]),
                false => serde_json::json!({ "place": prepared.sources.place(*first).to_string() }),
            }
        }
    };
    pages
        .iter()
        .map(|page| serde_json::Value::from(page.iter().map(place).collect::<Vec<_>>()).to_string())
        .collect()
}

/// Returns the line of the front matter that has a key, from 1.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let mut fences = 0;
    let mut lines = text.lines().take_while(|line| {
        fences += usize::from(line.trim_start_matches('\u{feff}').trim_end() == "+++");
        fences < 2
    });
    let is_of_key = |line: &str| {
        let rest = line.trim_start_matches(['[', ' ']).strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start().starts_with(['=', ']', '.']))
    };
    lines.position(is_of_key).map(|at| at + 1)
}

/// Returns a letter as a document of its own.
pub(super) fn document(desk: &Desk, name: &str, view: View) -> Result<String, DeskError> {
    let look = look(desk, name)?;
    let prepared = look
        .prepared
        .as_ref()
        .map_err(|reason| DeskError::Refused(reason.clone()))?;
    let document = prepared.composed.specimen();
    match view {
        View::Email => email::html_part(document),
        _ => html::page(document),
    }
    .map_err(|error| DeskError::Refused(with_causes(&error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_around_the_reading_place_are_shown_at_once() {
        let check = |field, count, expected| assert_eq!(Wanted::read(field).of(count), expected, "{field:?}");
        check(None, 37, 0..3);
        check(None, 1, 0..1);
        check(Some("1"), 37, 0..3);
        check(Some("20"), 37, 18..21);
        check(Some("37"), 37, 34..37);
        check(Some("9999999"), 37, 34..37);
        check(Some("0"), 2, 0..2);
        check(Some("all"), 37, 0..37);
        check(Some("x"), 37, 0..3);
        check(Some("all"), 0, 0..0);
    }

    #[test]
    fn a_key_is_found_in_the_front_matter_alone() {
        let text = "\u{feff}+++\ntitle = \"date = 1\"\ndate=2026-03-02 # ours\n\n[[to]]\nname = \"A\"\n+++\nvia = 1\n";
        let check = |key, expected| assert_eq!(line_of(text, key), expected, "{key}");
        check("date", Some(3));
        check("to", Some(5));
        check("title", Some(2));
        check("via", None);
        check("dat", None);
    }
}
