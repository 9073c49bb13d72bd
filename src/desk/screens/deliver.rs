//! Bundles of a release: what a docket, Congress, the press, and a web site get.
//!
//! In: a letter that was released, whom it goes to, files that go with it. Out: what is in the
//! bundle; the bundle as one file. Guaranteed: nothing is sent, and nothing is written in the
//! workspace; what a person must look at is told before the file is handed out. Absent: making
//! the files (that is the engine's).

use super::letter_menu::{letter_of, letter_page};
use super::sentences::{question_words, sentence};
use crate::desk::download::attached;
use crate::desk::error::DeskError;
use crate::desk::forms::token;
use crate::desk::nav;
use crate::desk::page::Visit;
use crate::desk::query::{Fields, InAddress};
use crate::desk::state::{Desk, Shared};
use crate::desk::upload::{Uploaded, with_dropped};
use crate::diag::{Severity, counted};
use crate::engine::{DeliverRequest, Delivered, DeliveryBundle, Destination, Workspace};
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The address of the screen.
pub(super) const PATH: &str = "/releases/deliver";

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new().route(PATH, get(show).post(hand_out))
}

/// What the page shows.
struct Shown {
    letter: String,
    letters: Vec<String>,
    to: Destination,
    /// What is in the bundle, or why there is none.
    bundle: Result<DeliveryBundle, DeskError>,
}

/// Returns the destination of that name, or without one the first.
fn destination(word: Option<&str>) -> Result<Destination, DeskError> {
    let Some(word) = word else {
        return Ok(Destination::ALL[0]);
    };
    let mut all = Destination::ALL.into_iter();
    all.find(|to| to.as_str() == word)
        .ok_or_else(|| DeskError::NotFound(format!("destination `{word}`")))
}

/// Puts a bundle together.
fn bundle(
    workspace: &Workspace,
    letter: &Path,
    to: Destination,
    with: Vec<PathBuf>,
) -> Result<DeliveryBundle, DeskError> {
    Ok(workspace.bundle(&DeliverRequest {
        letter: letter.to_owned(),
        to,
        release: None,
        attached: with,
    })?)
}

async fn show(visit: Visit, InAddress(fields): InAddress<BTreeMap<String, String>>) -> Response {
    let fields = Fields::new(fields);
    let read = visit.desk.run(move |desk| read(desk, &fields)).await;
    let page = read.map(|shown| {
        let shown = shown.as_ref();
        let shown = shown.map(|shown| (&*shown.letter, &*shown.letters, view(&visit.desk, shown)));
        letter_page("Deliver", PATH, "There is no letter to deliver yet.", shown)
    });
    visit.answer(&nav::RELEASES, page).await
}

fn read(desk: &Desk, fields: &Fields) -> Result<Option<Shown>, DeskError> {
    let to = destination(fields.get("to"))?;
    let workspace = desk.ready()?;
    let Some((path, letters)) = letter_of(&workspace, fields.get("letter"))? else {
        return Ok(None);
    };
    Ok(Some(Shown {
        letter: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        letters,
        to,
        bundle: bundle(&workspace, &path, to, Vec::new()),
    }))
}

/// Returns whom a destination is, and what they get.
fn words(to: Destination) -> (&'static str, &'static str) {
    match to {
        Destination::Docket => (
            "Docket",
            "For regulations.gov: a cover page, the letter, and your attachments, numbered and within its limits, and the text for the comment field.",
        ),
        Destination::Congress => (
            "Congress",
            "A PDF for each letter, and beside it the text of an email; in a mail merge, one of each per recipient.",
        ),
        Destination::Press => (
            "Press",
            "The letter in every format, the list, the press releases that belong to it, its pictures, and the text of an email.",
        ),
        Destination::Web => (
            "Web site",
            "The web page with the picture that posts show, signatories.json, the list, and tables by state and section.",
        ),
    }
}

/// Returns what a person does with a bundle.
fn next(to: Destination, bundle: &DeliveryBundle) -> String {
    match to {
        Destination::Docket => "Upload the files in upload/, and paste comment.txt into the comment field.".to_owned(),
        Destination::Congress => "Send each PDF with the text beside it.".to_owned(),
        Destination::Press => "Send the files with the text in email.txt.".to_owned(),
        Destination::Web if bundle.address.is_empty() => "Put the files on your web site.".to_owned(),
        Destination::Web => format!("Put the files at {}.", bundle.address),
    }
}

fn view(desk: &Shared, shown: &Shown) -> Markup {
    let address = |to: Destination| {
        let fields = Fields::default().with("letter", &shown.letter);
        fields.with("to", to.as_str()).address(PATH)
    };
    html! {
        div.send {
            nav.views aria-label="Where it goes" {
                @for to in Destination::ALL {
                    a href=(address(to)) aria-current=[(to == shown.to).then_some("page")] { (words(to).0) }
                }
            }
            section.card #bundle data-live aria-labelledby="bundle-title" {
                h2 #bundle-title { "For " (shown.to.recipient()) }
                p { (words(shown.to).1) }
                @match &shown.bundle {
                    Err(error) => (error.note()),
                    Ok(bundle) => {
                        @for said in bundle.diagnostics.iter().filter(|said| said.severity > Severity::Note) {
                            div.notice {
                                p { (sentence(&said.message)) }
                                @if let Some(hint) = &said.hint { p { (sentence(hint)) } }
                            }
                        }
                        p.figures { (bundle.release) " · " (counted(bundle.files.len(), "file", "files")) }
                        (files(bundle))
                    }
                }
            }
            @if let Ok(bundle) = &shown.bundle { (download(desk, shown, bundle)) }
            p { a href=(Fields::default().with("letter", &shown.letter).address(nav::RELEASES.path)) { "Back to the releases" } }
        }
    }
}

/// How many files of a bundle are named; a mail merge has one for each office.
const FILES: usize = 60;

/// Draws the files of a bundle.
fn files(bundle: &DeliveryBundle) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Files of the bundle" {
            table.files {
                thead { tr { th scope="col" { "File" } th scope="col" { "What it is" } th.figure scope="col" { "Pages" } th.figure scope="col" { "Size" } } }
                tbody {
                    @for file in bundle.files.iter().take(FILES) {
                        tr {
                            th scope="row" { code { (file.name) } }
                            td { (what(file)) @if !file.is_handed_out { " " span.why { "for you" } } }
                            td.figure { @if file.pages > 0 { (file.pages) } }
                            td.figure { (size(file.bytes.len())) }
                        }
                    }
                }
            }
        }
        @if bundle.files.len() > FILES { p.hint { "and " (bundle.files.len() - FILES) " more" } }
    }
}

/// Returns what a file is. The cover calls itself "this page".
fn what(file: &Delivered) -> String {
    match file.name.ends_with("cover.pdf") {
        true => "The cover page".to_owned(),
        false => question_words(&file.what),
    }
}

/// Returns the size of a file in words.
fn size(bytes: usize) -> String {
    match bytes {
        0..=999_999 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// Draws the form that hands out the bundle.
fn download(desk: &Shared, shown: &Shown, bundle: &DeliveryBundle) -> Markup {
    html! {
        form.card method="post" action=(PATH) enctype="multipart/form-data" data-download {
            (token(desk))
            input type="hidden" name="letter" value=(shown.letter);
            input type="hidden" name="to" value=(shown.to.as_str());
            @if shown.to != Destination::Web {
                label.drop for="attach" data-drop {
                    b { "Drop files that go with it, or choose them" }
                    span.hint { "Look for personal data in them yourself: undersigned doesn't look into attachments." }
                    input #attach type="file" name="attach" multiple;
                }
            }
            p { "Nothing is sent or uploaded. " (next(shown.to, bundle)) }
            div.buttons { button.primary type="submit" { "Download " (shown.letter) "-" (shown.to.as_str()) ".zip" } }
        }
    }
}

async fn hand_out(visit: Visit, uploaded: Result<Uploaded, DeskError>) -> Response {
    let uploaded = match uploaded {
        Ok(uploaded) => uploaded,
        Err(error) => return visit.error(&nav::RELEASES, &error).await,
    };
    let made = visit.desk.run(move |desk| {
        let to = destination(uploaded.text("to"))?;
        let dropped: Vec<(&str, &[u8])> = uploaded
            .files
            .iter()
            .map(|(_, file)| (&*file.name, &*file.bytes))
            .collect();
        let (workspace, paths) = with_dropped(desk, &dropped)?;
        let missing = || DeskError::NotFound("letter to deliver".to_owned());
        let (path, _) = letter_of(&workspace, uploaded.text("letter"))?.ok_or_else(missing)?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let packed = bundle(&workspace, &path, to, paths)?.archive()?;
        Ok((packed, format!("{stem}-{}.zip", to.as_str())))
    });
    match made.await {
        Err(error) => visit.error(&nav::RELEASES, &error).await,
        Ok((bytes, name)) => attached(bytes, &name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_in_words() {
        for (bytes, expected) in [(0, "0 kB"), (1, "1 kB"), (44_001, "45 kB"), (1_250_000, "1.2 MB")] {
            assert_eq!(size(bytes), expected);
        }
    }
}
