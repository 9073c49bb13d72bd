//! Drafts of emails to those who signed, or were invited to.
//!
//! In: a letter, the occasion, for a reminder the list of who was invited. Out: who gets a
//! draft and who does not, with the reason; the first draft as it reads; all drafts in one
//! file. Guaranteed: nothing is ever sent, and nothing is written in the workspace; addresses
//! are shown here and in the draft to that address alone. Absent: the words (those are the
//! engine's).

use super::letter_menu::{letter_of, letter_page};
use crate::desk::download::attached;
use crate::desk::error::DeskError;
use crate::desk::forms::token;
use crate::desk::lists;
use crate::desk::nav;
use crate::desk::page::{Figure, Visit};
use crate::desk::query::{Fields, InAddress};
use crate::desk::state::{Desk, Shared};
use crate::desk::upload::{Uploaded, with_dropped};
use crate::diag::counted;
use crate::engine::{ListInput, NotTold, Occasion, TellDraft, TellDrafts, TellRequest, Untold, Workspace, has_errors};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The address of the screen.
pub(super) const PATH: &str = "/releases/tell";

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new()
        .route(PATH, get(show).post(hand_out))
        .route("/releases/tell/invited", post(take_invited))
}

/// The occasions, with what the page calls them and what a draft asks.
const OCCASIONS: [(Occasion, &str, &str); 4] = [
    (
        Occasion::Listing,
        "Is this how you want to be listed?",
        "to each signatory",
    ),
    (
        Occasion::Changes,
        "The text has changed",
        "to each signatory that did not sign the present text, with the words that were added and deleted since the last release",
    ),
    (
        Occasion::Reminder,
        "Will you sign?",
        "to those who were invited and have not signed",
    ),
    (
        Occasion::Thanks,
        "Thank you, the letter is out",
        "to each signatory, after a release",
    ),
];

/// What a form or an address says.
struct Choices {
    occasion: Option<Occasion>,
    link: Option<String>,
    /// A list of the workspace that says who was invited.
    invited: Option<String>,
    /// The number of a list that was dropped for that.
    file: Option<u64>,
}

impl Choices {
    fn new<'a>(field: impl Fn(&str) -> Option<&'a str>) -> Result<Self, DeskError> {
        let occasion = match field("about") {
            None => None,
            Some(word) => {
                let found = OCCASIONS.iter().find(|(occasion, ..)| occasion.as_str() == word);
                let unknown = || DeskError::NotFound(format!("occasion `{word}`"));
                Some(found.ok_or_else(unknown)?.0)
            }
        };
        Ok(Self {
            occasion,
            link: field("link").map(str::to_owned),
            invited: field("invited").map(str::to_owned),
            file: field("file").and_then(|number| number.parse().ok()),
        })
    }

    /// Returns the lists of who was invited, if the occasion asks for them.
    fn invited(&self, desk: &Desk, workspace: &Workspace) -> Result<Vec<ListInput>, DeskError> {
        if self.occasion != Some(Occasion::Reminder) {
            return Ok(Vec::new());
        }
        if let Some(number) = self.file {
            let file = desk.invited.get(number)?;
            return Ok(vec![ListInput::Bytes(file.name, file.bytes)]);
        }
        let Some(name) = &self.invited else {
            let message = "a reminder goes to those who were invited: choose the list that names them, or drop it";
            return Err(DeskError::Refused(message.to_owned()));
        };
        let chosen = lists::chosen(workspace, Some(name))?;
        Ok(chosen
            .into_iter()
            .map(|chosen| ListInput::File(chosen.list.path))
            .collect())
    }

    /// Makes the drafts.
    fn drafts(
        &self,
        desk: &Desk,
        workspace: &Workspace,
        letter: &Path,
        attached: Vec<PathBuf>,
    ) -> Result<TellDrafts, DeskError> {
        let drafts = workspace.tell_drafts(TellRequest {
            letter: letter.to_owned(),
            occasion: self.occasion.unwrap_or(Occasion::Listing),
            invited: self.invited(desk, workspace)?,
            date: None,
            link: self.link.clone(),
            attached,
        })?;
        match has_errors(&drafts.diagnostics) {
            true => Err(DeskError::Refused(
                "the letter or a list has errors; fix them under Check".to_owned(),
            )),
            false => Ok(drafts),
        }
    }
}

/// What the page shows.
struct Shown {
    letter: String,
    letters: Vec<String>,
    lists: Vec<String>,
    choices: Choices,
    /// The drafts, or why there are none; nothing before an occasion is chosen.
    drafts: Option<Result<TellDrafts, DeskError>>,
    /// The name of the list of the invited that was dropped.
    dropped: Option<String>,
}

async fn show(visit: Visit, InAddress(fields): InAddress<BTreeMap<String, String>>) -> Response {
    let fields = Fields::new(fields);
    let read = visit.desk.run(move |desk| read(desk, &fields)).await;
    let page = read.map(|shown| {
        let shown = shown.as_ref();
        let shown = shown.map(|shown| (&*shown.letter, &*shown.letters, view(&visit.desk, shown)));
        letter_page("Tell the signatories", PATH, "There is no letter yet.", shown)
    });
    visit.answer(&nav::RELEASES, page).await
}

fn read(desk: &Desk, fields: &Fields) -> Result<Option<Shown>, DeskError> {
    let workspace = desk.ready()?;
    let Some((path, letters)) = letter_of(&workspace, fields.get("letter"))? else {
        return Ok(None);
    };
    let choices = Choices::new(|name| fields.get(name))?;
    let drafts = choices
        .occasion
        .map(|_| choices.drafts(desk, &workspace, &path, Vec::new()));
    let dropped = choices.file.and_then(|number| desk.invited.get(number).ok());
    Ok(Some(Shown {
        letter: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        letters,
        lists: lists::lists(&workspace).into_iter().map(|list| list.name).collect(),
        choices,
        drafts,
        dropped: dropped.map(|file| file.name),
    }))
}

fn view(desk: &Shared, shown: &Shown) -> Markup {
    html! {
        div.send {
            p.notice { "Nothing is ever sent. You get drafts, look at them in your mail program, and send them yourself." }
            (choose(shown))
            (invited(desk, shown))
            @match &shown.drafts {
                None => {},
                Some(Err(error)) => (error.note()),
                Some(Ok(drafts)) => (drafted(desk, shown, drafts)),
            }
            p { a href=(Fields::default().with("letter", &shown.letter).address(nav::RELEASES.path)) { "Back to the releases" } }
        }
    }
}

/// Draws the choice of the occasion.
fn choose(shown: &Shown) -> Markup {
    let now = shown.choices.occasion.unwrap_or(Occasion::Listing);
    html! {
        form.card method="get" action=(PATH) {
            input type="hidden" name="letter" value=(shown.letter);
            @if let Some(number) = shown.choices.file { input type="hidden" name="file" value=(number); }
            fieldset.occasions {
                legend { "What do you want to say?" }
                @for (occasion, words, hint) in OCCASIONS {
                    label.occasion {
                        input type="radio" name="about" value=(occasion.as_str()) checked[occasion == now];
                        span { b { (words) } span.hint { (hint) } }
                    }
                }
            }
            div.fields {
                div.field {
                    label for="link" { "Address of the letter on the web" }
                    input #link name="link" type="url" value=[shown.choices.link.as_deref()] placeholder="https://example.org/letter" autocomplete="off";
                }
                div.field {
                    label for="invited" { "Who was invited, for reminders" }
                    select #invited name="invited" {
                        option value="" { @match &shown.dropped { Some(name) => (name), None => "choose a list" } }
                        @for name in &shown.lists { option value=(name) selected[shown.dropped.is_none() && shown.choices.invited.as_deref() == Some(name)] { (name) } }
                    }
                }
            }
            div.buttons { button.primary[shown.drafts.is_none()] type="submit" { "Look at the drafts" } }
        }
    }
}

/// Draws the place where a list of who was invited is dropped.
fn invited(desk: &Shared, shown: &Shown) -> Markup {
    html! {
        details.card open[shown.choices.occasion == Some(Occasion::Reminder) && shown.choices.invited.is_none() && shown.dropped.is_none()] {
            summary { "The list of who was invited is in another file" }
            form method="post" action="/releases/tell/invited" enctype="multipart/form-data" {
                (token(desk))
                input type="hidden" name="letter" value=(shown.letter);
                @if let Some(link) = &shown.choices.link { input type="hidden" name="link" value=(link); }
                label.drop for="invited-file" data-drop {
                    b { "Drop the list here, or choose it" }
                    span.hint { "Any list or export. It stays in memory and is written nowhere." }
                    input #invited-file type="file" name="file" required;
                }
                div.buttons { button type="submit" { "Look at the reminders" } }
            }
        }
    }
}

/// How many names are shown at once.
const NAMES: usize = 400;

/// Draws who is written to, the first draft, and the form that hands out all of them.
fn drafted(desk: &Shared, shown: &Shown, drafts: &TellDrafts) -> Markup {
    let count = drafts.drafts.len();
    let choices = &shown.choices;
    html! {
        section.card aria-labelledby="drafts-title" {
            h2 #drafts-title { (counted(count, "draft", "drafts")) }
            @match drafts.drafts.first() {
                None => p { "Nobody gets one. The reasons are below." },
                Some(first) => {
                    (sample(first))
                    @if let Some(occasion) = choices.occasion { p.hint { "To change the words, write " code { "templates/tell-" (occasion.as_str()) ".txt" } "." } }
                    details {
                        summary { "Who gets one" }
                        ul.names { @for draft in drafts.drafts.iter().take(NAMES) { li { (draft.name) " " span.why { (draft.address) } } } }
                        @if count > NAMES { p.hint { "and " (count - NAMES) " more" } }
                        p.hint { "Addresses are private. They are on this page, and each in its own draft." }
                    }
                }
            }
            @for group in drafts.not_told.chunk_by(|a, b| a.why == b.why) { (untold(group)) }
        }
        @if count > 0 {
            form.card method="post" action=(PATH) enctype="multipart/form-data" data-download {
                (token(desk))
                input type="hidden" name="letter" value=(shown.letter);
                @if let Some(occasion) = choices.occasion { input type="hidden" name="about" value=(occasion.as_str()); }
                @if let Some(link) = &choices.link { input type="hidden" name="link" value=(link); }
                @if let Some(name) = &choices.invited { input type="hidden" name="invited" value=(name); }
                @if let Some(number) = choices.file { input type="hidden" name="file" value=(number); }
                label.drop for="attach" data-drop {
                    b { "Drop files that go with each draft, or choose them" }
                    span.hint { "For example the letter as PDF" }
                    input #attach type="file" name="attach" multiple;
                }
                div.buttons { button.primary type="submit" { "Download " (counted(count, "draft", "drafts")) } span.hint { "Email files (.eml) in one .zip, each to one address. Nothing is sent." } }
            }
        }
    }
}

/// Draws a draft as it reads.
fn sample(draft: &TellDraft) -> Markup {
    html! {
        div.mail {
            dl {
                div { dt { "To" } dd { (draft.name) " " span.why { (draft.address) " (private)" } } }
                div { dt { "Subject" } dd { b { (draft.subject) } } }
            }
            @for paragraph in &draft.paragraphs { p { (paragraph) } }
        }
    }
}

/// Draws those who get no draft for one reason.
fn untold(group: &[NotTold]) -> Markup {
    let why = group[0].why;
    let reason = match why {
        Untold::NoAddress => "No email address",
        Untold::Doubtful => "May have signed under another name; look at these yourself",
        Untold::Agreed => "Signed the present text",
        Untold::Signed => "Signed already",
        Untold::InList => "Withdrew, declined, or waiting in a list",
        Untold::Repeated => "Invited twice",
    };
    html! {
        details.not-told open[why == Untold::Doubtful] {
            summary { span.is-open[why == Untold::Doubtful] { (reason) } ": " (Figure(group.len(), "name", "names")) }
            ul.names { @for one in group.iter().take(NAMES) { li { (one.name) } } }
            @if group.len() > NAMES { p.hint { "and " (group.len() - NAMES) " more" } }
        }
    }
}

/// Keeps a list of who was invited while somebody writes to them.
async fn take_invited(visit: Visit, uploaded: Result<Uploaded, DeskError>) -> Response {
    let kept = uploaded.and_then(|uploaded| {
        let fields = ["letter", "link"].into_iter().fold(Fields::default(), |fields, name| {
            fields.with(name, uploaded.text(name).unwrap_or_default())
        });
        let file = uploaded.first_file("there is no list of who was invited; choose one")?;
        Ok(fields.with("file", &visit.desk.invited.keep(file).to_string()))
    });
    match kept {
        Err(error) => visit.error(&nav::RELEASES, &error).await,
        Ok(fields) => Redirect::to(&fields.with("about", Occasion::Reminder.as_str()).address(PATH)).into_response(),
    }
}

async fn hand_out(visit: Visit, uploaded: Result<Uploaded, DeskError>) -> Response {
    let uploaded = match uploaded {
        Ok(uploaded) => uploaded,
        Err(error) => return visit.error(&nav::RELEASES, &error).await,
    };
    let made = visit.desk.run(move |desk| {
        let choices = Choices::new(|name| uploaded.text(name))?;
        let occasion = choices.occasion.unwrap_or(Occasion::Listing);
        let dropped: Vec<(&str, &[u8])> = uploaded
            .files
            .iter()
            .map(|(_, file)| (&*file.name, &*file.bytes))
            .collect();
        let (workspace, paths) = with_dropped(desk, &dropped)?;
        let missing = || DeskError::NotFound("letter to tell of".to_owned());
        let (path, _) = letter_of(&workspace, uploaded.text("letter"))?.ok_or_else(missing)?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let packed = choices.drafts(desk, &workspace, &path, paths)?.archive()?;
        Ok((packed, format!("{stem}-{}.zip", occasion.as_str())))
    });
    match made.await {
        Err(error) => visit.error(&nav::RELEASES, &error).await,
        Ok((bytes, name)) => attached(bytes, &name),
    }
}
