//! A draft as a word processor keeps it, before it is known to be a letter.
//!
//! In: what `load` read of a file. Out: blocks in order, each with the number of its
//! paragraph, and what stands beside the text: comments, tracked changes, pictures.
//! Absent: which paragraph is the date, and which the salutation; that is `engine`'s.

use super::text::{Block, Line};

/// A draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The text, in order.
    pub blocks: Vec<DraftBlock>,
    /// The footnotes and endnotes, in the order of their first marks.
    pub footnotes: Vec<Vec<Block>>,
    /// The lines at the head of the first page.
    pub head: Vec<Line>,
    /// The pictures; images name them by [`DraftPicture::name`].
    pub pictures: Vec<DraftPicture>,
    /// The comments, in the order of their places.
    pub comments: Vec<DraftComment>,
    /// The tracked changes, in the order of their places.
    pub changes: Vec<TrackedChange>,
    /// The language of most of the text: a BCP 47 tag.
    pub language: Option<String>,
    /// The title in the file's properties.
    pub title: Option<String>,
    /// What a letter cannot keep as it was.
    pub remarks: Vec<DraftRemark>,
}

/// A block of a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftBlock {
    /// The block.
    pub block: Block,
    /// The number of its first paragraph, from 1; empty paragraphs do not count.
    pub paragraph: usize,
    /// The part of a letter that the style of its paragraph names.
    pub role: Option<DraftRole>,
    /// True if all of its words are bold.
    pub is_bold: bool,
    /// True if it begins a page.
    pub new_page: bool,
}

/// The parts of a letter that have paragraph styles of their own in the files that `emit`
/// writes. The names are those of the styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftRole {
    /// The sender's name.
    Sender,
    /// The lines below it.
    SenderLines,
    /// The date.
    Date,
    /// How it is sent.
    Via,
    /// One addressee.
    Addressee,
    /// The title or the subject.
    Title,
    /// "Dear Secretary Mayorkas:".
    Salutation,
    /// "Respectfully,".
    Closing,
    /// One who signs by hand.
    Signature,
    /// An organization of the roll.
    Roll,
    /// An individual of the roll.
    RollPerson,
    /// Lines behind a label: "cc:".
    Note,
}

impl DraftRole {
    /// Every role, with the identifier of its style.
    pub const STYLES: &[(&str, Self)] = &[
        ("Sender", Self::Sender),
        ("SenderLines", Self::SenderLines),
        ("Date", Self::Date),
        ("Via", Self::Via),
        ("Addressee", Self::Addressee),
        ("Title", Self::Title),
        ("Salutation", Self::Salutation),
        ("Closing", Self::Closing),
        ("Signature", Self::Signature),
        ("Roll", Self::Roll),
        ("RollPerson", Self::RollPerson),
        ("Note", Self::Note),
    ];
}

/// A picture of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftPicture {
    /// The path by which images of the draft name it: `picture1.png`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A comment in the margin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftComment {
    /// Who wrote it.
    pub author: String,
    /// When, as the file says it.
    pub date: String,
    /// The number of the paragraph that it stands beside.
    pub paragraph: usize,
    /// The words that it is about.
    pub about: String,
    /// What it says.
    pub text: String,
    /// True if it was marked as done.
    pub done: bool,
}

/// A kind of tracked change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Words or paragraphs that were added.
    Inserted,
    /// Words or paragraphs that were taken away.
    Deleted,
    /// Words that look otherwise than before.
    Formatted,
}

impl ChangeKind {
    /// Returns it in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inserted => "inserted",
            Self::Deleted => "deleted",
            Self::Formatted => "formatted",
        }
    }
}

/// A change that awaits a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackedChange {
    /// What was done.
    pub kind: ChangeKind,
    /// Who did it.
    pub author: String,
    /// When, as the file says it.
    pub date: String,
    /// The number of the paragraph that it is in.
    pub paragraph: usize,
    /// The words that it is about.
    pub words: String,
}

/// What becomes of tracked changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeDecision {
    /// All are accepted.
    Accept,
    /// All are rejected.
    Reject,
    /// Each is accepted (true) or rejected, in their order.
    Each(Vec<bool>),
}

impl ChangeDecision {
    /// Returns whether a change, by its number from 0, is accepted.
    pub fn accepts(&self, change: usize) -> bool {
        match self {
            Self::Accept => true,
            Self::Reject => false,
            Self::Each(each) => each.get(change).copied().unwrap_or(true),
        }
    }
}

/// What a letter cannot keep as the draft had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRemark {
    /// The number of the paragraph.
    pub paragraph: usize,
    /// What became of it.
    pub text: String,
}
