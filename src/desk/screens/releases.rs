//! Releases: what went out, what changed since, and whether a file is one of them.
//!
//! In: a letter. Out: its releases as a time line, what changed since the last one in two
//! columns, the paragraph that says so; a new release, with what stops it; the verdict on a
//! file that is dropped. Guaranteed: a release is whole or not there; a dropped file is
//! written nowhere. Absent: signing, which needs a key and its password (`undersigned
//! release --sign`).

use super::letter_menu::{letter_menu, letter_of};
use super::verdicts::verdicts;
use super::{deliver, tell};
use crate::desk::download::attached;
use crate::desk::error::{DeskError, with_causes};
use crate::desk::forms::{Posted, token};
use crate::desk::nav;
use crate::desk::page::{Figure, Page, Visit};
use crate::desk::query::{Fields, InAddress, InPath};
use crate::desk::screens::sentences::question_words;
use crate::desk::state::{Desk, Shared};
use crate::desk::upload::Uploaded;
use crate::diag::{Diagnostic, Severity, counted};
use crate::emit::{FORMATS, Format};
use crate::engine::{
    self, LetterInput, ListInput, Prepared, REDLINE_FORMATS, RELEASES, StateDiff, StoredRelease, VerifyFinding,
    VerifyRequest, release_numbers,
};
use crate::files::{Files, MemoryFiles, OverlayFiles};
use crate::release::diff::{Changes, Printed};
use crate::release::paragraph::{ClauseKind, paragraph};
use crate::release::words::{BlockChange, WordRun};
use crate::store::{Reach, Releases};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Returns the routes of the screen.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new()
        .route(nav::RELEASES.path, get(show))
        .route("/releases/make", post(make))
        .route("/releases/verify", post(verify))
        .route("/releases/{letter}/redline/{file}", get(redline))
        .route("/releases/{letter}/{number}/{file}", get(download))
}

/// A letter, its releases, and what a new one would be.
struct Shown {
    letter: String,
    letters: Vec<String>,
    /// The releases, the last one first.
    releases: Vec<StoredRelease>,
    /// Releases that cannot be used.
    unsound: Vec<String>,
    /// What changed since the last release.
    diff: Option<StateDiff>,
    /// What stops a new release.
    stops: Stops,
    signatories: usize,
}

/// What stops a release.
#[derive(Default)]
struct Stops {
    held: usize,
    errors: Vec<(String, Diagnostic)>,
    findings: Vec<(String, Diagnostic)>,
}

async fn show(visit: Visit, InAddress(fields): InAddress<BTreeMap<String, String>>) -> Response {
    let wanted = Fields::new(fields).get("letter").map(str::to_owned);
    let read = visit.desk.run(move |desk| read(desk, wanted.as_deref())).await;
    let page = read.map(|shown| page(&visit.desk, shown.as_ref(), None));
    visit.answer(&nav::RELEASES, page).await
}

fn page(desk: &Shared, shown: Option<&Shown>, verified: Option<&[VerifyFinding]>) -> Page {
    Page {
        title: "Releases".to_owned(),
        beside: shown
            .map(|shown| letter_menu(nav::RELEASES.path, &shown.letter, &shown.letters))
            .unwrap_or_default(),
        nav: &nav::RELEASES,
        primary: Some(Markup::default()),
        body: html! {
            @if let Some(found) = verified { (verdicts(found)) }
            @match shown {
                None => p.empty { "There is no letter to release yet." },
                Some(shown) => (view(desk, shown)),
            }
        },
    }
}

fn read(desk: &Desk, wanted: Option<&str>) -> Result<Option<Shown>, DeskError> {
    let workspace = desk.ready()?;
    let Some((path, letters)) = letter_of(&workspace, wanted)? else {
        return Ok(None);
    };
    let prepared = workspace.prepare(LetterInput::File(path.clone()), None, &|_| {})?;
    let folder = prepared.output_folder().join(RELEASES);
    let numbers = release_numbers(&*desk.files, &folder);
    let numbers = numbers.map_err(|error| DeskError::Refused(format!("cannot read the releases: {error}")))?;
    let (mut releases, mut unsound) = (Vec::new(), Vec::new());
    for number in numbers.into_iter().rev() {
        match StoredRelease::read(&*desk.files, &desk.paths, &folder.join(number.to_string())) {
            Ok(release) => releases.push(release),
            Err(error) => unsound.push(with_causes(&error)),
        }
    }
    // Without a release there is nothing to compare with.
    let diff = match releases.is_empty() {
        true => None,
        false => engine::diff(&desk.files, &desk.paths, ListInput::File(path), None)?.diff,
    };
    Ok(Some(Shown {
        letter: prepared.stem.clone(),
        letters,
        releases,
        unsound,
        diff,
        signatories: prepared.resolution.signatories.len(),
        stops: stops(&prepared),
    }))
}

/// Returns what stops a release of a letter.
fn stops(prepared: &Prepared) -> Stops {
    let mut found = engine::configured(&prepared.diagnostics, &prepared.setting);
    found.extend(prepared.findings());
    let place = |said: &Diagnostic| {
        let place = said.origin.map(|origin| prepared.sources.place(origin).to_string());
        place.unwrap_or_else(|| prepared.shown.clone())
    };
    let mut stops = Stops {
        held: prepared.resolution.held.len(),
        ..Stops::default()
    };
    let stages_failed = engine::has_errors(&prepared.diagnostics);
    for said in found.into_iter().filter(|said| said.severity > Severity::Note) {
        let is_error = stages_failed && prepared.diagnostics.contains(&said) && said.severity == Severity::Error;
        let all = if is_error {
            &mut stops.errors
        } else {
            &mut stops.findings
        };
        all.push((place(&said), said));
    }
    stops
}

fn view(desk: &Shared, shown: &Shown) -> Markup {
    html! {
        div.releases {
            div.release-main {
                (next_release(desk, shown))
                @if let Some(diff) = &shown.diff { (since(diff, shown)) }
                (send(shown))
                (drop_zone(desk, &shown.letter))
            }
            (time_line(shown))
        }
    }
}

/// Draws the act of releasing, with what stops it.
fn next_release(desk: &Shared, shown: &Shown) -> Markup {
    let number = shown.releases.first().map_or(1, |last| last.manifest.release + 1);
    let stops = &shown.stops;
    let is_unchanged = shown.diff.as_ref().is_some_and(|diff| diff.changes.is_empty());
    let list = |found: &[(String, Diagnostic)]| {
        html! {
            ul.stops {
                @for (place, said) in found.iter().take(STOPS) {
                    li { span.place { code { (place) } } " " (question_words(&said.message)) }
                }
                @if found.len() > STOPS { li.hint { "and " (found.len() - STOPS) " more" } }
            }
        }
    };
    html! {
        section.card #release data-live aria-labelledby="release-title" {
            h2 #release-title { "Release " (number) " of " (shown.letter) }
            p { (Figure(shown.signatories, "signatory", "signatories")) @if is_unchanged { " · nothing changed since the last release" } }
            @if stops.held > 0 {
                p.notice.is-error { (counted(stops.held, "row is held", "rows are held")) ". A letter is released once you have answered. " a href=(nav::QUESTIONS.path) { "Answer the questions" } }
            } @else if !stops.errors.is_empty() {
                div.notice.is-error { p { (counted(stops.errors.len(), "error stops", "errors stop")) " the release." } (list(&stops.errors)) p { a href=(nav::CHECK.path) { "Fix them" } } }
            } @else {
                form method="post" action="/releases/make" {
                    (token(desk))
                    input type="hidden" name="letter" value=(shown.letter);
                    @if !stops.findings.is_empty() {
                        div.notice { p { (counted(stops.findings.len(), "finding", "findings")) ". " a href=(nav::CHECK.path) { @if stops.findings.len() == 1 { "Fix it" } @else { "Fix them" } } ", or say why the letter goes out all the same." } (list(&stops.findings)) }
                        div.field { label for="despite" { "Reason, kept in the release" } input #despite name="despite" required autocomplete="off"; }
                    }
                    div.buttons { button.primary type="submit" { "Release" } span.hint { "A numbered copy that nothing changes any more, with hashes that prove it." } }
                }
            }
        }
    }
}

/// How many findings are named where they stop a release.
const STOPS: usize = 8;

/// Draws what changed since the last release: the paragraph, and two columns.
fn since(diff: &StateDiff, shown: &Shown) -> Markup {
    let changes = &diff.changes;
    let last = shown.releases.first().map_or(0, |last| last.manifest.release);
    html! {
        @if !changes.is_empty() {
            section.card #since data-live aria-labelledby="since-title" {
                h2 #since-title { "Since release " (last) }
                div.paste {
                    label for="paragraph" { "To paste into an email or a press release" }
                    textarea #paragraph readonly rows="4" { "\n" (words(diff)) }
                    button type="button" data-copy="paragraph" hidden { "Copy" }
                }
                p.downloads { "Redline of both states: "
                    @for format in redline_formats() {
                        a href={ "/releases/" (nav::encoded(&shown.letter)) "/redline/redline." (format.extension) } { "redline." (format.extension) }
                    }
                }
                div.two-columns {
                    (column("Joined", changes.joined.iter().map(|one| (one.printed.to_string(), one.was.map(|was| format!("was {}", was.as_str()))))))
                    (column("Left", changes.left.iter().map(|one| (one.printed.to_string(), Some(one.reason.map_or("no longer in the lists", |reason| reason.as_str()).to_owned())))))
                }
                (other_changes(changes))
            }
        }
    }
}

/// Returns the paragraph that says what changed.
fn words(diff: &StateDiff) -> String {
    let (before, after) = (&diff.before, &diff.after);
    let signatories: Vec<Printed> = after.entries.iter().map(|entry| entry.printed.clone()).collect();
    let language = after.language.as_deref().or(before.language.as_deref());
    let about = ClauseKind {
        language: language.unwrap_or("en-US"),
        since: before.date,
        now: after.date,
        signatories: &signatories,
    };
    paragraph(&diff.changes, &about)
}

fn column(title: &str, names: impl ExactSizeIterator<Item = (String, Option<String>)>) -> Markup {
    let sign = if title == "Joined" { "+" } else { "−" };
    html! {
        section {
            h3 { (title) " " span.why { (names.len()) } }
            ul.names { @for (name, why) in names { li { span.sign aria-hidden="true" { (sign) } " " (name) @if let Some(why) = why { " " span.why { (why) } } } } }
        }
    }
}

fn other_changes(changes: &Changes) -> Markup {
    html! {
        @if !changes.renamed.is_empty() {
            h3 { "Renamed" }
            ul.names { @for one in &changes.renamed { li { (one.from) " → " (one.to) } } }
        }
        @if !changes.moved.is_empty() {
            h3 { "Under another heading" }
            ul.names { @for one in &changes.moved { li { (one.printed) } } }
        }
        @if !changes.questions.is_empty() {
            h3 { "May be one" }
            ul.names { @for one in &changes.questions { li { (one.old) " and " (one.new) " " span.why { (one.because) } } } }
        }
        @if !changes.text.is_empty() {
            h3 { "Text " span.why { (changes.text.len()) } }
            div.text-changes { @for change in changes.text.iter().take(BLOCKS) { (two_columns(change)) } }
            @if changes.text.len() > BLOCKS { p.hint { "and " (changes.text.len() - BLOCKS) " more" } }
        }
    }
}

/// How many changed blocks of text are shown.
const BLOCKS: usize = 40;

/// Draws a block of the text as it was and as it is.
fn two_columns(change: &BlockChange) -> Markup {
    let side = |is_old: bool| {
        html! {
            @for (at, run) in change.pieces.iter().enumerate() {
                @match run {
                    WordRun::Same(text) => { @if at > 0 { " " } (text) },
                    WordRun::Gone(text) => @if is_old { @if at > 0 { " " } del { (text) } },
                    WordRun::New(text) => @if !is_old { @if at > 0 { " " } ins { (text) } },
                }
            }
        }
    };
    html! {
        div.two-columns { p { span.unseen { "Before: " } (side(true)) } p { span.unseen { "Now: " } (side(false)) } }
    }
}

/// Draws the ways to those who get the letter, and to those who signed it.
fn send(shown: &Shown) -> Markup {
    let to = |path: &str| Fields::default().with("letter", &shown.letter).address(path);
    html! {
        section.card #send data-live aria-labelledby="send-title" {
            h2 #send-title { "Send it" }
            p { "Nothing is ever sent from here: you get files, and send them yourself." }
            div.buttons {
                @if !shown.releases.is_empty() { a.button href=(to(deliver::PATH)) { "Deliver release " (shown.releases[0].manifest.release) } }
                a.button href=(to(tell::PATH)) { "Tell the signatories" }
            }
            p.hint {
                @if shown.releases.is_empty() { "After a release, Deliver puts together" } @else { "Deliver puts together" }
                " what a docket, Congress, the press, or a web site gets. Tell the signatories writes drafts of emails: to ask how they want to be listed, to remind them, or to thank them."
            }
        }
    }
}

/// Draws the place where a file is dropped to be verified.
fn drop_zone(desk: &Shared, letter: &str) -> Markup {
    html! {
        section.card aria-labelledby="verify-title" {
            h2 #verify-title { "Is this file ours?" }
            form method="post" action="/releases/verify" enctype="multipart/form-data" {
                (token(desk))
                input type="hidden" name="letter" value=(letter);
                label.drop for="file" data-drop {
                    b { "Drop a file here, or choose one" }
                    span.hint { "It is compared with every release of this workspace, and is written nowhere." }
                    input #file type="file" name="file" required;
                }
                div.buttons { button type="submit" { "Verify" } }
            }
        }
    }
}

/// Draws the releases, the last one first, with their files.
fn time_line(shown: &Shown) -> Markup {
    html! {
        aside.time-line #releases data-live aria-labelledby="line-title" {
            h2 #line-title { "Released" }
            @for error in &shown.unsound { p.notice.is-error { (question_words(error)) } }
            @if shown.releases.is_empty() { p.hint { "Nothing yet. A release keeps the letter, its roll, and their hashes, so that you can prove later what was sent." } }
            ol {
                @for release in &shown.releases {
                    @let manifest = &release.manifest;
                    li {
                        h3 { "Release " (manifest.release) @if let Some(date) = manifest.date { span.why { " · " (date) } } }
                        p { (Figure(manifest.counts.signatories, "signatory", "signatories")) " · code " code { (manifest.code) } }
                        @if let Some(despite) = &manifest.despite { p.why { "Released despite findings: " (despite.reason) } }
                        ul.downloads {
                            @for output in &manifest.outputs {
                                li { a href={ "/releases/" (nav::encoded(&manifest.letter)) "/" (manifest.release) "/" (nav::encoded(&output.file)) } download { (output.file) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

async fn download(visit: Visit, InPath((letter, number, file)): InPath<(String, u32, String)>) -> Response {
    let name = file.clone();
    let read = visit.desk.run(move |desk| {
        let missing = || DeskError::NotFound(format!("file `{file}` in release {number}"));
        let (path, _) = letter_of(&desk.workspace()?, Some(&letter))?.ok_or_else(missing)?;
        let stem = path.file_stem().unwrap_or_default();
        let folder = desk
            .root
            .join("output")
            .join(stem)
            .join(RELEASES)
            .join(number.to_string());
        let release = StoredRelease::read(&*desk.files, &desk.paths, &folder)?;
        // Only a file that the manifest names leaves the folder.
        let mut outputs = release.manifest.outputs.iter();
        let output = outputs.find(|output| output.file == file).ok_or_else(missing)?;
        let bytes = desk.files.read(&folder.join(&output.file), u64::MAX);
        bytes.map_err(|_| missing())
    });
    match read.await {
        Err(error) => visit.error(&nav::RELEASES, &error).await,
        Ok(bytes) => attached(bytes, &name),
    }
}

/// Returns the formats of a redline.
fn redline_formats() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| REDLINE_FORMATS.contains(&format.name))
}

/// Hands out the last release and the letter of today, in one file, with what changed.
async fn redline(visit: Visit, InPath((letter, file)): InPath<(String, String)>) -> Response {
    let name = file.clone();
    let made = visit.desk.run(move |desk| {
        let missing = || DeskError::NotFound(format!("redline `{file}`"));
        let format = redline_formats().find(|format| file == format!("redline.{}", format.extension));
        let format = format.ok_or_else(missing)?;
        let (path, _) = letter_of(&desk.workspace()?, Some(&letter))?.ok_or_else(missing)?;
        let outcome = engine::diff(&desk.files, &desk.paths, ListInput::File(path), None)?;
        let refused = || DeskError::Refused("the letter has errors; fix them under Check".to_owned());
        let diff = outcome.diff.ok_or_else(refused)?;
        let set = diff.redline(&[format], &desk.fonts, std::path::Path::new(""))?;
        set.changes
            .into_iter()
            .find_map(|change| change.new)
            .ok_or_else(missing)
    });
    match made.await {
        Err(error) => visit.error(&nav::RELEASES, &error).await,
        Ok(bytes) => attached(bytes, &name),
    }
}

/// What the form of a release sends.
#[derive(Deserialize)]
struct Make {
    letter: String,
    despite: Option<String>,
}

async fn make(visit: Visit, Posted(form): Posted<Make>) -> Response {
    let done = visit.desk.run(move |desk| {
        let message = release(desk, &form)?;
        Ok(desk.say(
            message,
            &Fields::default()
                .with("letter", &form.letter)
                .address(nav::RELEASES.path),
        ))
    });
    match done.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => visit.error(&nav::RELEASES, &error).await,
    }
}

/// Freezes a letter under its next number. Returns what was done.
fn release(desk: &Desk, form: &Make) -> Result<String, DeskError> {
    let refused = |why: &str| DeskError::Refused(why.to_owned());
    let workspace = desk.workspace()?;
    let (path, _) = letter_of(&workspace, Some(&form.letter))?.ok_or_else(|| refused("there is no letter"))?;
    let prepared = workspace.prepare(LetterInput::File(path), None, &|_| {})?;
    if engine::has_errors(&prepared.diagnostics) {
        return Err(refused("the letter has errors; fix them under Check"));
    }
    let (freezing, said) = prepared.freeze(&|_| {})?;
    if engine::has_errors(&said) {
        return Err(refused("the letter's files cannot be made; see Check"));
    }
    let mut found = engine::configured(&[prepared.diagnostics.clone(), said].concat(), &prepared.setting);
    found.extend(prepared.findings());
    let despite = engine::override_of(&found, form.despite.as_deref()).map_err(|count| {
        let findings = counted(count, "finding", "findings");
        DeskError::Refused(format!(
            "{findings}; fix them, or say why the letter goes out all the same"
        ))
    })?;
    if let Some(changed) = prepared.changed_input() {
        let shown = desk.paths.shown(&changed);
        return Err(DeskError::Refused(format!(
            "`{shown}` changed while the letter was being released; try again"
        )));
    }
    let releases = Releases::hold(&desk.paths, &prepared.output_folder().join(RELEASES), || ())?;
    let (frozen, _) = freezing.next(despite.as_ref())?;
    releases.freeze(
        frozen.manifest.release,
        &freezing.with_manifest(&frozen, None),
        Reach::Ordinary,
    )?;
    desk.events.changed();
    Ok(format!(
        "Release {} of {}: {}, verification code {}.",
        frozen.manifest.release,
        frozen.manifest.letter,
        counted(frozen.manifest.counts.signatories, "signatory", "signatories"),
        frozen.manifest.code
    ))
}

async fn verify(visit: Visit, uploaded: Result<Uploaded, DeskError>) -> Response {
    let uploaded = match uploaded {
        Ok(uploaded) => uploaded,
        Err(error) => return visit.error(&nav::RELEASES, &error).await,
    };
    let desk = Arc::clone(&visit.desk);
    let read = visit.desk.run(move |desk| {
        let letter = uploaded.fields.get("letter").cloned();
        let file = uploaded.first_file("there is no file to verify; choose one")?;
        Ok((found(desk, &file.name, file.bytes)?, read(desk, letter.as_deref())?))
    });
    let page = read
        .await
        .map(|(found, shown)| page(&desk, shown.as_ref(), Some(&found)));
    visit.answer(&nav::RELEASES, page).await
}

/// Holds a dropped file against the releases, as if it lay in the workspace's folder.
fn found(desk: &Desk, name: &str, bytes: Vec<u8>) -> Result<Vec<VerifyFinding>, DeskError> {
    // A manifest alone would be taken for the whole release that it describes.
    let name = match name.trim_matches('.') {
        "" | "manifest.toml" => "dropped.toml",
        name => name,
    };
    let path = desk.root.join(name);
    let files: Arc<dyn Files> = Arc::new(OverlayFiles {
        unsaved: MemoryFiles::from_iter([(&path, bytes)]),
        saved: Arc::clone(&desk.files),
    });
    let request = VerifyRequest {
        file: path,
        manifest: None,
        public_key: None,
    };
    Ok(engine::verify(&files, &desk.paths, &request)?)
}
