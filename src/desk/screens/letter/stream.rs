//! Sends the pages of a letter as they change.
//!
//! In: the word that files changed. Out: events: the pages in their order, with the first of
//! those that this client lacks and the outlines that it lacks; then the findings. Guaranteed:
//! the newest state wins; a page that did not change is not sent again, and of many that did
//! only some are: the client asks for the others when somebody comes near them; the stream
//! ends when the desk does.

use super::preview::{self, AT_ONCE};
use super::text::LetterText;
use super::view;
use crate::desk::error::DeskError;
use crate::desk::events::ChangeNumber;
use crate::desk::file_states::FilesState;
use crate::desk::letter_cache::LetterLook;
use crate::desk::query::{InAddress, InPath};
use crate::desk::state::{Desk, Shared};
use crate::emit::svg::SvgPart;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::watch;

/// What a client has already.
#[derive(Deserialize)]
pub(super) struct Has {
    /// The hashes of its pages, separated by commas; a star follows that of a page whose drawing
    /// it has.
    #[serde(default)]
    have: String,
}

/// One client's stream.
struct LetterStream {
    desk: Shared,
    name: String,
    changes: watch::Receiver<ChangeNumber>,
    /// The pages that the client knows of, with what it was told of where their lines come from;
    /// `None` for a page that is as old as its own.
    pages: BTreeMap<String, Option<String>>,
    /// The outlines that it has.
    glyphs: BTreeSet<String>,
    /// The state of the files that was sent last.
    files: Option<FilesState>,
    /// Says whether something was sent, or the letter was found to be gone.
    has_begun: bool,
    /// What is to be sent before the next change is waited for, the first to go last.
    waiting: Vec<Event>,
    /// The letter whose findings are to be sent after its pages.
    unchecked: Option<Arc<LetterLook>>,
}

/// Begins a stream.
pub(super) async fn stream(
    State(desk): State<Shared>,
    InPath(name): InPath<String>,
    InAddress(has): InAddress<Has>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stream = LetterStream {
        changes: desk.events.subscribe(),
        desk,
        name,
        pages: has.have.split(',').map(known_page).collect(),
        glyphs: BTreeSet::new(),
        files: None,
        has_begun: false,
        waiting: Vec::new(),
        unchecked: None,
    };
    let events = futures_util::stream::unfold(stream, |mut stream| async move {
        let event = stream.next().await?;
        Some((Ok(event), stream))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// Reads what a client says of a page. What it was told of a page whose drawing it has is not
/// known, so that it is told again.
fn known_page(page: &str) -> (String, Option<String>) {
    match page.strip_suffix('*') {
        Some(id) => (id.to_owned(), Some(String::new())),
        None => (page.to_owned(), None),
    }
}

impl LetterStream {
    /// Returns the next event; `None` at the end.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop() {
                return Some(event);
            }
            if let Some(look) = self.unchecked.take() {
                // Checking takes longer than setting, so the pages go first.
                let (shared, name) = (Arc::clone(&self.desk), self.name.clone());
                let found = self.desk.run(move |desk| {
                    let found = preview::findings(desk, &look)?;
                    Ok(view::findings(&shared, &name, &found).into_string())
                });
                if let Ok(findings) = found.await {
                    let findings = serde_json::json!({ "findings": findings });
                    self.waiting.push(Event::default().event("changed").data("0"));
                    self.waiting
                        .push(Event::default().event("findings").data(findings.to_string()));
                }
                continue;
            }
            // At the beginning, the client may have a page that is older than the files.
            if self.has_begun {
                self.changes.changed().await.ok()?;
            }
            self.has_begun = true;
            (*self.changes.borrow_and_update())?;
            let name = self.name.clone();
            let last = self.files;
            let read = self.desk.run(move |desk| {
                let files = desk.state_of_files();
                let is_new = last != Some(files);
                Ok((files, is_new.then(|| Look::new(desk, &name)).transpose()?))
            });
            match read.await {
                Ok((files, Some(look))) => {
                    self.files = Some(files);
                    self.send(&look);
                }
                // The counts are new.
                Ok((_, None)) => self.waiting.push(Event::default().event("changed").data("0")),
                Err(_) => {
                    // The letter is gone; the page says so when it is asked for.
                    self.files = None;
                    self.waiting.push(Event::default().event("changed").data("0"));
                }
            }
        }
    }

    /// Puts the pages of a look at the letter in line, and its findings after them.
    fn send(&mut self, look: &Look) {
        self.unchecked = Some(Arc::clone(&look.look));
        let pages = look.look.pages(&self.desk.letters, &self.desk.fonts);
        let order: Vec<&String> = pages.pages.iter().map(|page| &page.id).collect();
        let (reason, sources) = match &look.look.prepared {
            Ok(prepared) => (None, preview::sources(prepared, &pages.sources)),
            Err(reason) => (Some(reason), Vec::new()),
        };
        let mut known = std::mem::take(&mut self.pages);
        let (mut fresh, mut told, mut is_new) = (Vec::new(), Vec::new(), false);
        for (at, (page, source)) in pages.pages.iter().zip(sources).enumerate() {
            let before = known.remove(&page.id);
            is_new |= before.is_none();
            let is_sent = before.is_none() && fresh.len() < AT_ONCE;
            if is_sent {
                fresh.push((&page.id, &page.markup));
            }
            if is_sent || before.flatten().is_some_and(|before| before != source) {
                told.push((at, source.clone()));
            }
            self.pages.insert(page.id.clone(), Some(source));
        }
        let glyphs = pages.glyphs.iter().filter(|glyph| !self.glyphs.contains(&glyph.id));
        let glyphs: Vec<(&String, &String)> = glyphs.map(|glyph| (&glyph.id, &glyph.markup)).collect();
        let data = serde_json::json!({
            "seen": look.seen, "order": order, "pages": fresh, "sources": told,
            // A client with the same pages has their outlines.
            "glyphs": if is_new { &*glyphs } else { &[] },
            "blank": pages.pages.first().map(SvgPart::blank), "reason": reason,
        });
        self.waiting
            .push(Event::default().event("pages").data(data.to_string()));
        self.glyphs.extend(glyphs.into_iter().map(|(id, _)| id.clone()));
    }
}

/// A letter as it is at one moment.
struct Look {
    seen: String,
    look: Arc<LetterLook>,
}

impl Look {
    fn new(desk: &Desk, name: &str) -> Result<Self, DeskError> {
        let seen = LetterText::read(desk, name)?.seen.to_string();
        let look = preview::look(desk, name)?;
        // Drawing takes longest, and is done on this thread, which may wait.
        look.pages(&desk.letters, &desk.fonts);
        Ok(Self { seen, look })
    }
}
