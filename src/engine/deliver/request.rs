//! What is asked of a delivery, and what comes of it.

use crate::diag::Diagnostic;
use crate::emit::archive;
use crate::engine::changes::ChangeSet;
use crate::engine::error::{EngineError, Result};
use crate::source::SourceMap;
use std::path::PathBuf;

/// Whom a release is delivered to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A docket of regulations.gov.
    Docket,
    /// Offices of Congress, or others who get a letter each.
    Congress,
    /// The press.
    Press,
    /// A web site.
    Web,
}

impl Destination {
    /// All, in the order of help.
    pub const ALL: [Self; 4] = [Self::Docket, Self::Congress, Self::Press, Self::Web];

    /// Returns the word on the command line and in the name of a template.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Docket => "docket",
            Self::Congress => "congress",
            Self::Press => "press",
            Self::Web => "web",
        }
    }

    /// Returns whom it is for, as part of a sentence.
    pub fn recipient(self) -> &'static str {
        match self {
            Self::Docket => "a docket",
            Self::Congress => "Congress",
            Self::Press => "the press",
            Self::Web => "a web site",
        }
    }
}

/// Says what is delivered, and how.
#[derive(Clone, Debug)]
pub struct DeliverRequest {
    /// The letter.
    pub letter: PathBuf,
    /// Whom it goes to.
    pub to: Destination,
    /// The number of the release; `None`: the last one.
    pub release: Option<u32>,
    /// Files that go with it.
    pub attached: Vec<PathBuf>,
}

/// A file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// Its path below the bundle's folder, with `/` between folders.
    pub name: String,
    /// What it is, in the letter's language.
    pub what: String,
    /// How many pages it has; 0: it has none.
    pub pages: usize,
    /// Whether those who get the bundle get it; a text to send is for the sender.
    pub is_handed_out: bool,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A bundle that has no place yet.
#[derive(Debug)]
pub struct DeliveryBundle {
    /// The files that were read.
    pub sources: SourceMap,
    /// What there is to say. A warning asks for a person.
    pub diagnostics: Vec<Diagnostic>,
    /// The release, as people name it.
    pub release: String,
    /// Where its page is on the web; empty: this is not known.
    pub address: String,
    /// The files, in the order in which they are told.
    pub files: Vec<Delivered>,
}

impl DeliveryBundle {
    /// Returns the files in one archive.
    ///
    /// # Errors
    /// When they are more than an archive can hold.
    pub fn archive(&self) -> Result<Vec<u8>> {
        let files = self.files.iter();
        let named: Vec<(String, &[u8])> = files.map(|file| (file.name.clone(), &*file.bytes)).collect();
        archive(&named).map_err(|error| EngineError::emit("the archive", error))
    }
}

/// A bundle that is ready to be written.
#[derive(Debug)]
pub struct DeliveryPlan {
    /// The files that were read.
    pub sources: SourceMap,
    /// What there is to say. A warning asks for a person.
    pub diagnostics: Vec<Diagnostic>,
    /// The release, as people name it.
    pub release: String,
    /// Where its page is on the web; empty: this is not known.
    pub address: String,
    /// The folder of the bundle.
    pub folder: PathBuf,
    /// The files below it, in the order in which they are told.
    pub files: Vec<Delivered>,
    /// The same, and the archive, as changes.
    pub set: ChangeSet,
}
