//! The words of data/mail.toml.

use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::sync::LazyLock;

/// The lists of data/mail.toml, which describes each.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct MailWords {
    pub(super) sign: Vec<&'static str>,
    pub(super) remove: Vec<&'static str>,
    pub(super) beside_removal: Vec<&'static str>,
    pub(super) doubt: Vec<&'static str>,
    pub(super) departures: Vec<&'static str>,
    pub(super) personal: Vec<&'static str>,
    pub(super) not_names: FxHashSet<&'static str>,
    pub(super) closings: FxHashSet<&'static str>,
    pub(super) devices: Vec<&'static str>,
    pub(super) wrote: Vec<&'static str>,
    pub(super) on: Vec<&'static str>,
    pub(super) dividers: Vec<&'static str>,
    pub(super) head: Vec<&'static str>,
    pub(super) head_next: Vec<&'static str>,
    pub(super) mailbox_providers: FxHashSet<&'static str>,
    pub(super) automatic_subjects: Vec<&'static str>,
    pub(super) automatic_mailboxes: Vec<&'static str>,
    pub(super) invitations: Vec<&'static str>,
    pub(super) footers: Vec<&'static str>,
    pub(super) digests: Vec<&'static str>,
}

pub(super) static WORDS: LazyLock<MailWords> = LazyLock::new(|| word_list!("mail"));
