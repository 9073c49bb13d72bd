//! A letter as its author wrote it: the front matter's values and the body.
//!
//! Every text that a reader sees is a [`Line`]: inline Markdown, with fields.
//! Defaults stand in [`Default`] impls here and nowhere else.

use super::draft::DraftComment;
pub use super::placed::Placed;
use super::placed_text::PlacedText;
use super::recipient::MergeSetting;
use super::style::StyleSetting;
use super::text::{Block, Image, Line};
use super::units::Pt;
use crate::source::{FileId, Origin};
use jiff::civil::{Date, DateTime};
use std::collections::BTreeMap;

/// The genre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentKind {
    /// A sign-on letter.
    #[default]
    Letter,
    /// A press release.
    PressRelease,
    /// A petition.
    Petition,
    /// A plan of action.
    Plan,
    /// A campaign's page.
    Page,
}

impl DocumentKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: &[Self] = &[Self::Letter, Self::PressRelease, Self::Petition, Self::Plan, Self::Page];

    /// The word in front matter, and the stem of output files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::PressRelease => "press-release",
            Self::Petition => "petition",
            Self::Plan => "plan",
            Self::Page => "page",
        }
    }
}

/// A letter: front matter and body.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// The file it was read from.
    pub file: FileId,
    /// The genre.
    pub kind: DocumentKind,
    /// The title: the document's name in its metadata and browser tab.
    pub title: Line,
    /// The date of the letter.
    pub date: Option<Date>,
    /// BCP 47 tag: `en-US`.
    pub language: Placed<String>,
    /// What stands after `RE:`.
    pub subject: Option<Line>,
    /// How it is sent: "Via electronic mail".
    pub via: Option<Line>,
    /// "Dear Secretary Mayorkas:".
    pub salutation: Option<Line>,
    /// "Respectfully,".
    pub closing: Option<Line>,
    /// Those who sign by hand, below the closing.
    pub signatures: Vec<SignatureSetting>,
    /// Last day to sign.
    pub deadline: Option<Date>,
    /// Lists of signatories: paths relative to the letter's folder.
    pub signatories: Vec<Placed<String>>,
    /// Who gets a copy.
    pub cc: Vec<Line>,
    /// What is enclosed.
    pub enclosures: Vec<Line>,
    /// The sender's head of page 1.
    pub letterhead: Option<Letterhead>,
    /// The addressees.
    pub to: Vec<Addressee>,
    /// The mail merge: a letter to each of a list, in place of `to`.
    pub merge: Option<MergeSetting>,
    /// How the roll is printed.
    pub roll: RollSetting,
    /// How pages look.
    pub page: PageSetting,
    /// What the other kinds add.
    pub kind_keys: KindKeys,
    /// Look and colours.
    pub style: StyleSetting,
    /// Who sends it to whom, where it goes as an e-mail.
    pub envelope: Envelope,
    /// What its releases carry.
    pub release: ReleaseSetting,
    /// A list's header = canonical column, from front matter and project file.
    pub columns: BTreeMap<String, String>,
    /// Words of the author's in place of those that documents print by themselves, by key.
    pub labels: BTreeMap<String, String>,
    /// Comments of the draft that it was, kept in a file beside it; no output shows them.
    pub draft_comments: Vec<DraftComment>,
    /// Places in its file that no output shows.
    pub markup: Markup,
    /// The text from after the salutation to before the closing.
    pub body: Vec<Block>,
    /// What is appended: each begins a page of its own.
    pub appendices: Vec<Vec<Block>>,
    /// The footnotes, in the order of their first marks.
    pub footnotes: Vec<Vec<Block>>,
}

/// Places in a letter's file that no output shows, for checks of the source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Markup {
    /// The front matter, without the lines around it.
    pub front_matter: Option<Origin>,
    /// Comments.
    pub comments: Vec<Origin>,
    /// Code, with the marks around it.
    pub code: Vec<Origin>,
    /// Text that is struck through, with the marks around it.
    pub struck: Vec<Origin>,
}

/// Keys that kinds other than a letter have of their own. A kind passes over
/// those that are not its.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KindKeys {
    /// The sub-heading.
    pub subtitle: Option<Line>,
    /// The picture of a plan's cover or at the head of a page.
    pub picture: Option<Image>,
    /// Until when a release may not be published.
    pub embargo: Option<Embargo>,
    /// Where a release is written: "WASHINGTON, D.C.".
    pub place: Option<Line>,
    /// Whom the press may ask.
    pub contacts: Vec<PressContact>,
    /// What the press may print or show.
    pub media: Vec<PressMedia>,
    /// The letter that excerpts are taken from: a path relative to this file.
    pub letter: Option<Placed<String>>,
    /// What shared files say about the sender.
    pub boilerplate: Vec<Block>,
    /// What stands at the head of a release's later pages; else the title.
    pub slug: Option<Line>,
    /// What ends a release.
    pub end_mark: EndMark,
    /// What readers are asked to do.
    pub call: Option<CallSetting>,
    /// How a release's quotations name their speakers.
    pub quotations: Attribution,
    /// Logos of signatories, for [`RollStyle::Logos`].
    pub logos: Vec<Logo>,
    /// The same document in other languages: paths relative to this file.
    pub translations: Vec<Placed<String>>,
    /// Where the page is, or will be, on the web.
    pub address: Option<String>,
}

/// A time before which a release may not be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embargo {
    /// The day and the time of day, where the zone is.
    pub until: DateTime,
    /// The time zone as the press writes it: "EST".
    pub zone: String,
    /// Where it was written.
    pub origin: Origin,
}

/// Somebody the press may ask. All of it is printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PressContact {
    /// The name.
    pub name: Option<Line>,
    /// "Communications Director".
    pub title: Option<Line>,
    /// The organisation.
    pub organization: Option<Line>,
    /// An e-mail address.
    pub email: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
}

/// A picture, a logo, or a recording that the press may use: it is there, or it is where a
/// link leads, or both.
#[derive(Clone, Debug, PartialEq)]
pub struct PressMedia {
    /// What it is.
    pub kind: MediaKind,
    /// The picture, with its words.
    pub file: Option<Image>,
    /// Where it can be had.
    pub link: Option<Placed<String>>,
    /// What it shows.
    pub caption: Option<Line>,
    /// Whose work it is.
    pub credit: Option<Line>,
}

/// What the press may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MediaKind {
    /// A photograph.
    #[default]
    Photo,
    /// A logo.
    Logo,
    /// A recording.
    Video,
}

/// How a quotation names its speaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attribution {
    /// On a line below.
    #[default]
    Line,
    /// In the sentence: "said".
    Said,
}

/// What ends a release.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EndMark {
    /// "###".
    #[default]
    Hashes,
    /// "-30-", the older one.
    Thirty,
}

impl EndMark {
    /// As it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hashes => "###",
            Self::Thirty => "-30-",
        }
    }
}

/// What readers are asked to do: the `[call]` table.
#[derive(Clone, Debug, PartialEq)]
pub struct CallSetting {
    /// What stands above it.
    pub heading: Option<Line>,
    /// Why and how.
    pub text: Option<Line>,
    /// Where to: a web address.
    pub link: Placed<String>,
    /// What the link says; else the address.
    pub label: Option<Line>,
    /// Whether the address is printed as a QR code, too.
    pub code: bool,
}

/// The logo of a signatory.
#[derive(Clone, Debug, PartialEq)]
pub struct Logo {
    /// The signatory's name as printed.
    pub name: Placed<String>,
    /// The picture; its words are the name.
    pub image: Image,
}

/// What a letter's releases carry: the `[release]` table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReleaseSetting {
    /// Whether a short code of the text and the roll is printed at the foot.
    pub verification_note: bool,
    /// Where the manifest is published: printed after the code.
    pub verify_at: Option<String>,
    /// Whether that address is printed as a QR code, too.
    pub qr: bool,
}

/// The sender's head of page 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Letterhead {
    /// The coalition's name; the document's author in its metadata.
    pub name: Line,
    /// Address, web page: a line each.
    pub lines: Vec<Line>,
    /// Who leads it, beside the text of page 1: a line each.
    pub board: Vec<Line>,
    /// What stands at the foot of page 1, such as its address.
    pub footer: Vec<Line>,
    /// The logos, side by side.
    pub logos: Vec<Image>,
}

/// One addressee.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Addressee {
    /// "The Honorable Alejandro Mayorkas".
    pub name: Option<Line>,
    /// "Secretary".
    pub title: Option<Line>,
    /// "U.S. Department of Homeland Security".
    pub organization: Option<Line>,
    /// Further lines.
    pub address: Vec<Line>,
}

/// One who signs by hand, and the room for it: a picture of the signature, or a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignatureSetting {
    /// "Maria Lopez".
    pub name: Option<Line>,
    /// "Executive Director".
    pub title: Option<Line>,
    /// "Harbor Street Tenants Union".
    pub organization: Option<Line>,
    /// The signature, scanned.
    pub image: Option<Image>,
}

/// The head of the e-mail: the `[email]` table. Its addresses are the author's, never
/// those of a list, and stand in no other output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    /// The subject; `None`: the letter's.
    pub subject: Option<PlacedText>,
    /// Who sends it.
    pub from: Option<Mailbox>,
    /// Where answers go, if not there.
    pub reply_to: Option<Mailbox>,
    /// To whom.
    pub to: Vec<Mailbox>,
    /// Who gets a copy.
    pub cc: Vec<Mailbox>,
}

/// An address of e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// Whose it is; may be empty.
    pub name: String,
    /// `press@example.org`.
    pub address: String,
}

impl Mailbox {
    /// Reads `Name <press@example.org>` or `press@example.org`.
    ///
    /// The address is what mail programs let through everywhere: ASCII letters,
    /// digits and a few signs, one `@`, a domain with a dot. That is less than
    /// RFC 5322 allows.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (name, address) = match text.strip_suffix('>') {
            Some(text) => text.split_once('<')?,
            None => ("", text),
        };
        let name = name.trim().trim_matches('"').trim();
        if name.contains(|c: char| c.is_control() || matches!(c, '<' | '>')) {
            return None;
        }
        let (local, domain) = address.split_once('@')?;
        let dotted = |text: &str, signs: &str| {
            let good = |c: char| c.is_ascii_alphanumeric() || signs.contains(c);
            text.split('.')
                .all(|piece| !piece.is_empty() && piece.chars().all(good))
        };
        (dotted(local, "!#$%&'*+/=?^_`{|}~-") && domain.contains('.') && dotted(domain, "-")).then(|| Self {
            name: name.to_owned(),
            address: address.to_owned(),
        })
    }
}

/// How the roll stands on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RollStyle {
    /// In balanced columns.
    #[default]
    Columns,
    /// One below the other.
    List,
    /// A running sentence: "A, B and C".
    Sentence,
    /// A grid of logos; the name stands where there is none.
    Logos,
}

/// In what order signatories are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RollOrder {
    /// By the collation of the letter's language.
    #[default]
    Alphabetical,
    /// As the lists have them.
    Listed,
}

/// By what the people of a roll are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeopleOrder {
    /// By family name, where the list has it for at least half of them.
    #[default]
    AsListed,
    /// By family name; the last word where the list has none.
    FamilyName,
    /// By the printed name.
    AsPrinted,
}

/// Where a roll by state prints a signatory of several states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SeveralStates {
    /// Under a heading of their own.
    #[default]
    Together,
    /// Under the state that is named first.
    First,
    /// With those that name no state.
    Other,
}

/// How a mail merge shows each recipient the signatories from their state or district.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FromYourState {
    /// As all others.
    #[default]
    Among,
    /// In a section of their own, before all others.
    First,
    /// With a mark after the name, where they stand.
    Marked,
}

/// What the roll is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RollSections {
    /// Not divided.
    #[default]
    None,
    /// Lead, national, state, local, international.
    Level,
    /// By state.
    State,
    /// By electoral district.
    District,
    /// By the `section` column, in the order of first appearance.
    Section,
    /// Organisations, then individuals.
    Kind,
}

/// How the roll is printed.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct RollSetting {
    /// What stands above it; fields allowed.
    pub heading: Option<Line>,
    /// Columns, list or sentence.
    pub style: RollStyle,
    /// 1 to 3, or as many as the names leave room for; for [`RollStyle::Columns`].
    pub columns: RollColumnCount,
    /// The size of the names; `None`: a share of the text's.
    pub font_size: Option<Pt>,
    /// Alphabetical or as listed.
    pub order: RollOrder,
    /// Whether a leading "The" (El, La, ...) is passed over in sorting.
    pub ignore_articles: bool,
    /// By what people are sorted.
    pub people: PeopleOrder,
    /// What it is divided by.
    pub sections: RollSections,
    /// Whether a table of the signatories by state is appended.
    pub state_table: bool,
    /// Whether a table of the signatories by district is appended.
    pub district_table: bool,
    /// How each recipient of a mail merge is shown the signatories from their state.
    pub from_your_state: FromYourState,
    /// How each recipient of a mail merge is shown the signatories from their district.
    pub from_your_district: FromYourState,
    /// Where signatories of several states are printed.
    pub several_states: SeveralStates,
    /// Whose affiliation is for identification only.
    pub affiliation_note: AffiliationNote,
    /// What is printed with a name; `None`: title and affiliation.
    pub show: Option<Vec<ShownColumn>>,
    /// House style of names.
    pub names: NameSetting,
    /// Several rolls in place of one, in the order of printing.
    pub rolls: Vec<RollOf>,
}

/// One of several rolls.
#[derive(Clone, Debug, PartialEq)]
pub struct RollOf {
    /// Who is on it.
    pub members: RollMembers,
    /// How it is printed.
    pub setting: RollSetting,
    /// Where it was written.
    pub origin: Origin,
}

/// Who is on one of several rolls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RollMembers {
    /// Organizations.
    Organizations,
    /// People who sign in an elected office.
    Officials,
    /// All other people; all people, where there is no roll of officials.
    Individuals,
}

impl RollMembers {
    /// The word in front matter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Organizations => "organizations",
            Self::Officials => "officials",
            Self::Individuals => "individuals",
        }
    }
}

impl RollSetting {
    /// Returns whether a column is printed with names.
    pub fn shows(&self, column: ShownColumn) -> bool {
        let usual = [ShownColumn::Title, ShownColumn::Affiliation];
        self.show.as_deref().unwrap_or(&usual).contains(&column)
    }
}

/// A column that may be printed with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownColumn {
    /// Who speaks for an organization.
    Representative,
    /// The title of an individual or a representative.
    Title,
    /// An individual's affiliation.
    Affiliation,
    /// The town.
    City,
    /// The state.
    State,
    /// The electoral district.
    District,
    /// The country.
    Country,
}

/// Whose affiliation is marked as being for identification only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AffiliationNote {
    /// Everybody's but those who sign in an elected office.
    #[default]
    Auto,
    /// Everybody's.
    All,
    /// Nobody's.
    None,
}

/// How many columns the names of a roll stand in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RollColumnCount {
    /// So many, 1 to 3.
    Fixed(u8),
    /// As many as leave most names on one line.
    #[default]
    Auto,
}

/// How "and" is printed in names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conjunction {
    /// As each signed.
    #[default]
    AsSigned,
    /// "and" everywhere.
    Word,
    /// "&" everywhere.
    Sign,
}

/// House style of printed names; it never changes who is who.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameSetting {
    /// "and", "&", or as signed.
    pub conjunction: Conjunction,
    /// Whether "The" at the beginning, or after a comma at the end, is left out.
    pub drop_the: bool,
    /// Whether "Inc." and its like are left out.
    pub drop_legal_form: bool,
    /// Whether "(ACRONYM)" after the words it abbreviates is left out.
    pub drop_acronym: bool,
}

/// A paper size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// US Letter, 8.5 by 11 inches.
    #[default]
    Letter,
    /// US Legal, 8.5 by 14 inches.
    Legal,
    /// A4, 210 by 297 mm.
    A4,
}

impl Paper {
    /// Width and height.
    pub fn size(self) -> (Pt, Pt) {
        match self {
            Self::Letter => (Pt::inches(8.5), Pt::inches(11.0)),
            Self::Legal => (Pt::inches(8.5), Pt::inches(14.0)),
            Self::A4 => (Pt::mm(210.0), Pt::mm(297.0)),
        }
    }
}

/// How pages look: the `[page]` table.
#[derive(Clone, Debug, PartialEq)]
pub struct PageSetting {
    /// The paper.
    pub paper: Paper,
    /// The margin on all four sides.
    pub margin: Pt,
    /// The size of body text.
    pub font_size: Pt,
    /// Whether body text is set to both margins; otherwise ragged right.
    pub justify: bool,
    /// Whether words may be hyphenated at a line's end.
    pub hyphenate: bool,
    /// Whether the paragraphs of the text are numbered.
    pub numbered_paragraphs: bool,
}

impl Default for PageSetting {
    /// What committees ask for: Letter paper, 1-inch margins. The text is
    /// ragged unless the letter asks otherwise, and set in 11.5 pt, which in
    /// Source Serif is as large to the eye as 12 pt in Times.
    fn default() -> Self {
        Self {
            paper: Paper::default(),
            margin: Pt::inches(1.0),
            font_size: Pt(11.5),
            justify: false,
            hyphenate: true,
            numbered_paragraphs: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_are_read_and_nothing_is_smuggled_in() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let found = Mailbox::parse(text);
            let found = found
                .as_ref()
                .map(|mailbox| (mailbox.name.as_str(), mailbox.address.as_str()));
            assert_eq!(found, expected, "{text:?}");
        };
        check("press@example.org", Some(("", "press@example.org")));
        check(
            " We Are Home <a.b+c@example.org> ",
            Some(("We Are Home", "a.b+c@example.org")),
        );
        check(
            "\"Ruiz, Ana\" <ana@example.org>",
            Some(("Ruiz, Ana", "ana@example.org")),
        );
        check("press", None);
        check("press@example", None);
        check("press@@example.org", None);
        check("a b@example.org", None);
        check("a@example.org, b@example.org", None);
        check("a@example.org\r\nBcc: b@example.org", None);
        check("X\r\nBcc: b@example.org <a@example.org>", None);
        check("<a@example.org> <b@example.org>", None);
        check("..@example.org", None);
        check("a@exa_mple.org", None);
        check("", None);
    }
}
