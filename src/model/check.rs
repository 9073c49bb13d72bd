//! What a workspace asks of `check`: how bad each finding is, and what it is to be
//! held to.
//!
//! In: the `[check]` table that `load` read. Out: plain values. Absent:
//! the checks themselves and the severities they have by themselves (`check`).

use super::letter::Paper;
use super::units::Pt;
use crate::diag::{Code, Severity};
use std::collections::BTreeMap;

/// The `[check]` table of undersigned.toml.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckSetting {
    /// By code; `None`: off. A code that is not here has its own severity.
    pub severities: BTreeMap<Code, Option<Severity>>,
    /// What the letters are submitted under, if they are.
    pub submission: Option<Submission>,
    /// Names that offices do not have, and those they have.
    pub offices: Vec<(String, String)>,
    /// The coalition's own words.
    pub words: Vec<OwnWord>,
}

/// A word or phrase that the coalition has a rule about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnWord {
    /// What is looked for, without regard to case unless `exact`.
    pub word: String,
    /// What to write; empty where there is nothing to write for it.
    pub instead: Vec<String>,
    /// Why, as the author of the rule puts it.
    pub reason: Option<String>,
    /// Whether case counts, as in names of bills and agencies.
    pub exact: bool,
    /// How bad it is.
    pub severity: Severity,
}

/// What a receiving office takes; `None`: anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// What messages call it.
    pub name: String,
    /// The paper.
    pub paper: Option<Paper>,
    /// The narrowest margin.
    pub margin: Option<Pt>,
    /// The smallest body text.
    pub font_size: Option<Pt>,
    /// The most pages.
    pub pages: Option<u32>,
    /// The most megabytes (of 1,000,000 bytes) a file may have.
    pub megabytes: Option<u32>,
}

impl Submission {
    /// What committees of the US Congress and federal dockets ask for: Letter
    /// paper, 12 pt, 1-inch margins, 5 pages, 10 MB.
    pub fn committee() -> Self {
        Self {
            name: "committee".to_owned(),
            paper: Some(Paper::Letter),
            margin: Some(Pt::inches(1.0)),
            font_size: Some(Pt(12.0)),
            pages: Some(5),
            megabytes: Some(10),
        }
    }

    /// A profile that takes anything.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            paper: None,
            margin: None,
            font_size: None,
            pages: None,
            megabytes: None,
        }
    }
}
