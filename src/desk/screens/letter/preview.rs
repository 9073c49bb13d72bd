//! A letter as others will see it, and what `check` finds in it.
//!
//! In: the files as they are. Out: its pages, the same as those of the PDF; or its HTML,
//! its email, its plain text. Guaranteed: nothing is written. Of a mail merge, the letter
//! to the first recipient is shown.

use super::text::path_of;
use crate::desk::error::{DeskError, with_causes};
use crate::desk::state::Desk;
use crate::diag::{Diagnostic, Severity};
use crate::emit::svg::{SvgPages, svg};
use crate::emit::{self, email, html, text};
use crate::engine::{self, LetterInput, Prepared};
use crate::layout::paginate;
use serde::Deserialize;

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
}

/// What a view shows.
pub(super) enum Content {
    /// Pages.
    Pages(SvgPages),
    /// A document that is shown in a frame of its own.
    Frame,
    /// Plain text.
    Text(String),
    /// The reason why there is nothing to show.
    Nothing(String),
}

/// A finding, and where to fix it.
pub(super) struct LetterFinding {
    pub(super) said: Diagnostic,
    /// The file and the line, as people read them.
    pub(super) place: Option<String>,
    /// The line, if it is one of the letter's own.
    pub(super) line: Option<u32>,
}

impl Preview {
    /// Makes a view of a letter. A letter that cannot be read has none, with the reason.
    pub(super) fn read(desk: &Desk, name: &str, view: View) -> Result<Self, DeskError> {
        let prepared = match prepared(desk, name) {
            Ok(prepared) => prepared,
            Err(Unprepared::Desk(error)) => return Err(error),
            Err(Unprepared::Letter(reason)) => {
                return Ok(Self {
                    view,
                    content: Content::Nothing(reason),
                    findings: Vec::new(),
                });
            }
        };
        let content = match view {
            View::Pages => Content::Pages(pages(desk, &prepared)),
            View::Html | View::Email => Content::Frame,
            View::Text => Content::Text(text::text(prepared.composed.specimen(), text::WIDTH)),
        };
        Ok(Self {
            view,
            content,
            findings: findings(prepared),
        })
    }
}

/// Says why a letter could not be prepared.
pub(super) enum Unprepared {
    /// The desk cannot get at it.
    Desk(DeskError),
    /// It cannot be read as a letter; the text says why.
    Letter(String),
}

/// Takes a letter up to its document.
pub(super) fn prepared(desk: &Desk, name: &str) -> Result<Prepared, Unprepared> {
    let workspace = desk.workspace().map_err(Unprepared::Desk)?;
    let path = path_of(&workspace, name).map_err(Unprepared::Desk)?;
    let prepared = workspace.prepare(LetterInput::File(path), None, &|_| {});
    prepared.map_err(|error| Unprepared::Letter(with_causes(&error)))
}

/// Draws a letter's pages.
pub(super) fn pages(desk: &Desk, prepared: &Prepared) -> SvgPages {
    svg(&paginate(prepared.composed.specimen(), &desk.fonts).0)
}

/// Returns what `check` finds, in the order of the letter.
pub(super) fn findings(prepared: Prepared) -> Vec<LetterFinding> {
    let prepared = [prepared];
    let found = engine::check(&prepared, false).pop().unwrap_or_default();
    let [prepared] = prepared;
    let mut findings: Vec<LetterFinding> = found
        .into_iter()
        .map(|said| LetterFinding {
            place: said.origin.map(|origin| prepared.sources.place(origin).to_string()),
            line: said
                .origin
                .filter(|origin| origin.file() == prepared.letter.file)
                .and_then(|origin| prepared.sources.place(origin).line),
            said,
        })
        .collect();
    findings.sort_by_key(|finding| {
        let first = finding.said.severity == Severity::Error;
        (!first, finding.line.is_none(), finding.line)
    });
    findings
}

/// Returns a letter as a document of its own.
pub(super) fn document(desk: &Desk, name: &str, view: View) -> Result<String, DeskError> {
    let prepared = prepared(desk, name).map_err(|why| match why {
        Unprepared::Desk(error) => error,
        Unprepared::Letter(reason) => DeskError::Refused(reason),
    })?;
    let document = prepared.composed.specimen();
    match view {
        View::Email => Ok(email::html_part(document)),
        _ => html::page(document).map_err(|error: emit::EmitError| DeskError::Refused(with_causes(&error))),
    }
}
