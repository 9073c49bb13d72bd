//! What the makers of all bundles need.
//!
//! In: a verified release, and the letter's looks. Out: [`Making`], with the files that several
//! bundles have. Guaranteed: a file of the release goes into a bundle byte for byte. Absent:
//! which files a bundle has.

use super::bundle::Bundle;
use super::frozen::Frozen;
use super::looks::Looks;
use super::words::{CoverWords, WORDS};
use crate::compose::{card_text, wording};
use crate::emit::page_image;
use crate::engine::error::{EngineError, Result};
use crate::engine::wording::Wording;
use crate::engine::workspace::Workspace;
use crate::layout::{Fonts, card};
use crate::release::manifest::{Manifest, Output};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A bundle that is being made.
pub(super) struct Making<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) frozen: &'a Frozen<'a>,
    pub(super) looks: &'a Looks,
    pub(super) fonts: &'a Fonts,
    pub(super) words: &'static CoverWords,
    /// Files that were named to go with it: name, ending, bytes.
    pub(super) attached: Vec<(String, String, Vec<u8>)>,
    /// The letter's file, and the pictures in its head and text, by the names they have there.
    pub(super) letter: PathBuf,
    pub(super) pictures: Vec<String>,
}

impl Making<'_> {
    pub(super) fn manifest(&self) -> &Manifest {
        self.frozen.manifest()
    }

    /// Adds a file of a release under a name.
    pub(super) fn copy(
        &self,
        frozen: &Frozen<'_>,
        output: &Output,
        bundle: &mut Bundle,
        (folder, stem): (&str, &str),
        what: String,
    ) -> Result<()> {
        let ending = output.file.rsplit_once('.').map_or("", |(_, ending)| ending);
        // Each page has a hash; other formats have one for the whole.
        let pages = if ending == "pdf" { output.pages.len() } else { 0 };
        bundle.add(folder, (stem, ending), what, pages, frozen.read(output)?);
        Ok(())
    }

    /// Returns a text to send, the subject in its first line if it has one.
    pub(super) fn text(&self, occasion: &str, recipient: &str, with_subject: bool) -> Result<Vec<u8>> {
        let manifest = self.manifest();
        let language = &manifest.language;
        let counts = &manifest.counts;
        let number = |number: usize| match number {
            0 | 1 => String::new(),
            number => wording::figures(language, number),
        };
        let date = manifest.date.map(|date| wording::date(language, date, true));
        let values = BTreeMap::from([
            ("letter.title", manifest.title.clone()),
            ("letter.from", manifest.author.clone()),
            ("letter.date", date.unwrap_or_default()),
            ("recipient.name", recipient.to_owned()),
            ("signatories.count", number(counts.signatories)),
            ("signatories.organizations", number(counts.organizations)),
            ("signatories.individuals", number(counts.individuals)),
            ("release.code", manifest.code.clone()),
            ("release.number", manifest.release.to_string()),
            ("link", manifest.address.clone()),
        ]);
        let workspace = self.workspace;
        let wording = Wording::find(&WORDS, &**workspace.files(), &workspace.root, occasion, language)?;
        let (subject, paragraphs) = wording.fill(&values);
        let mut text = paragraphs.join("\n\n");
        if with_subject {
            text = format!("{}: {subject}\n\n{text}", self.words.subject);
        }
        text.push('\n');
        Ok(text.into_bytes())
    }

    /// Returns the picture for posts.
    pub(super) fn card(&self) -> Result<Vec<u8>> {
        let manifest = self.manifest();
        let text = card_text(
            &manifest.title,
            &manifest.author,
            manifest.counts.signatories,
            &manifest.language,
        );
        let pages = card(&text, &self.looks.style, &manifest.language, self.fonts);
        page_image(&pages).map_err(|error| EngineError::emit("the picture for posts", error))
    }
}
