//! Sends the pages of a letter as they change.
//!
//! In: the word that files changed. Out: events: the pages in their order, with those that
//! this client lacks and the outlines that it lacks; then the findings. Guaranteed: the
//! newest state wins; a page that did not change is not sent again; the stream ends when
//! the desk does.

use super::preview::{self, Unprepared};
use super::text::LetterText;
use super::view;
use crate::desk::counts::state_of_files;
use crate::desk::error::DeskError;
use crate::desk::events::ChangeNumber;
use crate::desk::state::{Desk, Shared};
use crate::emit::svg::SvgPages;
use axum::extract::{Path, Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::convert::Infallible;
use tokio::sync::watch;

/// What a client has already.
#[derive(Deserialize)]
pub(super) struct Has {
    /// The hashes of its pages, separated by commas.
    #[serde(default)]
    have: String,
}

/// One client's stream.
struct LetterStream {
    desk: Shared,
    name: String,
    changes: watch::Receiver<ChangeNumber>,
    /// The pages and outlines that the client has.
    pages: BTreeSet<String>,
    glyphs: BTreeSet<String>,
    /// The state of the files that was sent last.
    files: Option<u64>,
    /// What is to be sent before the next change is waited for.
    waiting: Vec<Event>,
}

/// Begins a stream.
pub(super) async fn stream(
    State(desk): State<Shared>,
    Path(name): Path<String>,
    Query(has): Query<Has>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stream = LetterStream {
        changes: desk.events.subscribe(),
        desk,
        name,
        pages: has.have.split(',').map(str::to_owned).collect(),
        glyphs: BTreeSet::new(),
        files: None,
        waiting: Vec::new(),
    };
    let events = futures_util::stream::unfold(stream, |mut stream| async move {
        let event = stream.next().await?;
        Some((Ok(event), stream))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

impl LetterStream {
    /// Returns the next event; `None` at the end.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop() {
                return Some(event);
            }
            // At the beginning, the client may have a page that is older than the files.
            if self.files.is_some() {
                self.changes.changed().await.ok()?;
            }
            (*self.changes.borrow_and_update())?;
            let name = self.name.clone();
            let last = self.files;
            let read = self.desk.run(move |desk| {
                let files = state_of_files(&desk.root);
                Ok((
                    files,
                    if last == Some(files) {
                        None
                    } else {
                        Some(look(desk, &name)?)
                    },
                ))
            });
            match read.await {
                Ok((files, Some(look))) => {
                    self.files = Some(files);
                    self.send(&look);
                }
                Ok((files, None)) => self.files = Some(files),
                Err(_) => {
                    // The letter is gone; the page says so when it is asked for.
                    self.files = Some(0);
                    self.waiting.push(Event::default().event("changed").data("0"));
                }
            }
        }
    }

    /// Puts the events of a look at the letter in line; the first to go last.
    fn send(&mut self, look: &Look) {
        self.waiting.push(Event::default().event("changed").data("0"));
        let findings = serde_json::json!({ "findings": look.findings });
        self.waiting
            .push(Event::default().event("findings").data(findings.to_string()));
        let order: Vec<&String> = look.pages.pages.iter().map(|page| &page.id).collect();
        let fresh = look.pages.pages.iter().filter(|page| !self.pages.contains(&page.id));
        let fresh: Vec<(&String, &String)> = fresh.map(|page| (&page.id, &page.markup)).collect();
        let glyphs = look
            .pages
            .glyphs
            .iter()
            .filter(|glyph| !self.glyphs.contains(&glyph.id));
        let glyphs: Vec<(&String, &String)> = match fresh.is_empty() {
            true => Vec::new(),
            false => glyphs.map(|glyph| (&glyph.id, &glyph.markup)).collect(),
        };
        let data = serde_json::json!({
            "seen": look.seen, "order": order, "pages": fresh, "glyphs": glyphs, "reason": look.reason,
        });
        self.waiting
            .push(Event::default().event("pages").data(data.to_string()));
        self.glyphs.extend(glyphs.into_iter().map(|(id, _)| id.clone()));
        self.pages = order.into_iter().cloned().collect();
    }
}

/// A letter as it is at one moment.
struct Look {
    seen: String,
    pages: SvgPages,
    findings: String,
    /// The reason why there are no pages.
    reason: Option<String>,
}

fn look(desk: &Desk, name: &str) -> Result<Look, DeskError> {
    let seen = LetterText::read(desk, name)?.seen.to_string();
    Ok(match preview::prepared(desk, name) {
        Err(Unprepared::Desk(error)) => return Err(error),
        Err(Unprepared::Letter(reason)) => Look {
            seen,
            pages: SvgPages::default(),
            findings: view::findings(&[]).into_string(),
            reason: Some(reason),
        },
        Ok(prepared) => Look {
            seen,
            pages: preview::pages(desk, &prepared),
            findings: view::findings(&preview::findings(prepared)).into_string(),
            reason: None,
        },
    })
}
