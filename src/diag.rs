//! What the program has to say about its input.
//!
//! Wrong data is not failure: a stage returns its value and a list of
//! [`Diagnostic`]s and goes on. Guaranteed: every diagnostic carries a stable
//! [`Code`]; codes are unique, kebab-case and described once, here. Absent:
//! printing (that is `cli`'s).

use crate::source::Origin;
use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Output is written, but somebody should look.
    Warning,
    /// No output is written.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

macro_rules! codes {
    ($($variant:ident $text:literal $description:literal)*) => {
        /// The kind of a diagnostic; stable, for scripts and for looking up.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $description] $variant,)* }

        impl Code {
            /// Every code, in the order of this file.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The code as printed: `unknown-column`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text,)* }
            }

            /// When it occurs, in one sentence.
            pub fn description(self) -> &'static str {
                match self { $(Code::$variant => $description,)* }
            }
        }
    };
}

codes! {
    // files
    Unreadable "unreadable" "A file cannot be opened or read."
    NotUtf8 "not-utf-8" "A text file holds bytes that are no UTF-8."
    UnknownFormat "unknown-format" "The ending of a file's name stands for no format that can be read."
    TooLarge "too-large" "A file, table or value is larger than the program takes, or nested too deeply."
    InvisibleCharacter "invisible-character" "A control character or one that cannot be seen was removed from a text."
    // front matter and project file
    NoFrontMatter "no-front-matter" "A letter does not begin with TOML between two lines of +++."
    BadToml "bad-toml" "A TOML text cannot be parsed."
    UnknownKey "unknown-key" "A TOML table has a key that means nothing here."
    MissingKey "missing-key" "A key that must be there is missing."
    BadValue "bad-value" "A value has the wrong type or lies outside what is allowed."
    BadDate "bad-date" "A date is no calendar date, or not written as year-month-day."
    // Markdown
    UnknownFootnote "unknown-footnote" "The text refers to a footnote that is defined nowhere."
    UnusedFootnote "unused-footnote" "A footnote is defined that the text never refers to."
    RawHtml "raw-html" "Raw HTML stands in the Markdown; only the HTML output keeps it, sanitised."
    BadBlock "bad-block" "A block quote that says what it is cannot be that, or no such block is known."
    UnclosedField "unclosed-field" "A {{ is not closed by }} in the same paragraph."
    // lists
    UnknownColumn "unknown-column" "A list has a column that is not understood; its cells are not used."
    NoNameColumn "no-name-column" "A list has no column for the name."
    RaggedRow "ragged-row" "A row has more or fewer cells than the header."
    GuessedColumn "guessed-column" "What a column means was guessed from the columns beside it."
    NotConfirmed "not-confirmed" "A row does not count because of an answer in it."
    TestRow "test-row" "A row reads like a test or is marked as a duplicate; it counts as pending."
    PrivateValue "private-value" "What looks private stands in a cell that is printed."
    SeveralNames "several-names" "A cell may name two signatories; nothing is split without being asked."
    LateSignature "late-signature" "Somebody signed after the letter's deadline."
    Embargoed "embargoed" "A signature may not be published yet, and is not printed."
    TakenLines "taken-lines" "Lines of a page were read as signatories."
    SkippedLines "skipped-lines" "Part of a file was not read as signatories."
    NoSheet "no-sheet" "A workbook has no sheet of that name."
    OtherSheet "other-sheet" "A sheet of a workbook names signatories and is not read, or cannot be."
    BrokenWorkbook "broken-workbook" "A workbook is damaged, protected by a password, or something else."
    UnclosedQuote "unclosed-quote" "A quotation mark in a list is not closed; all that follows is one cell."
    EmptyName "empty-name" "A row has no name; it is listed as invalid."
    RepeatedList "repeated-list" "A list is named twice; it is read once."
    EmptyList "empty-list" "A list names nobody."
    // resolve
    Undecided "undecided" "Two rows may be one signatory; both are printed until a person decides."
    UnusedDecision "unused-decision" "A remembered decision matches no row."
    WithdrawnElsewhere "withdrawn-elsewhere" "A row counts as withdrawn because another row of the same signatory is."
    OrganizationAsPerson "organization-as-person" "A row says it is an individual, and its name reads like an organisation's."
    ContradictoryDecisions "contradictory-decisions" "Two remembered decisions cannot both hold."
    NamesakesElsewhere "namesakes-elsewhere" "A name that many bodies have comes from several places; each place is taken for a signatory of its own."
    Truncated "truncated-search" "Some candidate pairs were not compared because too many rows share the same words."
    // compose
    UnknownField "unknown-field" "The text uses a field that does not exist."
    BadField "bad-field" "A field cannot be evaluated."
    EmptyField "empty-field" "The text uses a field that a recipient's row leaves empty."
    FileName "file-name" "Two recipients' files would have one name, or a name says nothing."
    EarlierFile "earlier-file" "A file that an earlier run of a mail merge wrote is to nobody on its list."
    UnknownLanguage "unknown-language" "A language tag is malformed or has no support."
    ExcerptDiffers "excerpt-differs" "An excerpt or quotation of a letter is not what the letter says."
    NotASignatory "not-a-signatory" "A logo is to be printed of one who is not among the signatories."
    BadTwin "bad-twin" "What is named as the same letter in another language is not."
    Unattributed "unattributed" "A release lacks what the press needs: a contact, a place, a date."
    NumberedOddly "numbered-oddly" "The numbers of a plan's actions leave one out or repeat one."
    NotThereYet "not-there-yet" "A key of the contract that this version does not act on."
    // pictures, layout and emit
    MissingGlyph "missing-glyph" "No font at hand has a letter of the text; a visible substitute is printed."
    PoorContrast "poor-contrast" "A colour of the style cannot be read on its ground."
    LongEmail "long-email" "An e-mail's HTML is longer than mail programs show."
    MissingImage "missing-image" "A picture cannot be read, or not all of it can be shown."
    // check: what would embarrass; src/check says why and how bad
    CountFalse "count-false" "A text claims a number of signatories that the roll does not hold."
    CountRaw "count-raw" "A claim is true only of the rows before repeats were merged."
    CountBasis "count-basis" "A claim is true only if individuals or leads are counted otherwise than it says."
    CountThin "count-thin" "One withdrawal would make a claim false."
    CountItems "count-items" "A text counts the items of a list, and the list holds another number."
    Placeholder "placeholder" "A text holds what was to be replaced: TODO, XXX, [INSERT ...], lorem ipsum."
    TrackedChange "tracked-change" "A text holds marks of changes that were not accepted or refused."
    HiddenComment "hidden-comment" "A comment stands in the text's source."
    RepeatedPrefix "repeated-prefix" "A subject begins with \"Re:\", which is printed before it."
    MissingList "missing-list" "A paragraph ends in a colon, and no list follows it."
    DoubledWord "doubled-word" "A word stands twice in a row."
    DoubledSpace "doubled-space" "Two spaces stand where one belongs."
    EmptySection "empty-section" "A heading has no text below it."
    SalutationName "salutation-name" "The salutation greets somebody the letter is not addressed to."
    SalutationOffice "salutation-office" "The salutation gives an addressee another office than the address does."
    SalutationNumber "salutation-number" "The salutation greets more or fewer people than the letter is addressed to."
    Honorific "honorific" "A form of address is doubled, cut short or out of place."
    WrongOffice "wrong-office" "An office or agency is called by a name it does not have."
    WrongWeekday "wrong-weekday" "A date is not on the day of the week that stands with it."
    DateOrder "date-order" "A date lies on the wrong side of the letter's date or deadline."
    TwoSpellings "two-spellings" "One signatory is printed in two spellings in the workspace's letters."
    NearName "near-name" "A name in the text is almost a signatory's name."
    NotSigned "not-signed" "The text speaks for an organisation that is not on the roll."
    ListedTwice "listed-twice" "The roll prints one name twice."
    OutOfOrder "out-of-order" "A roll in the order of its list is alphabetical but for a few names."
    NoSection "no-section" "A roll is divided, and a signatory has no place in the division."
    LooseMark "loose-mark" "A footnote's mark is typed as text, and leads to no footnote."
    BadLink "bad-link" "A link cannot lead anywhere, or leads where only its author can go."
    DeadLink "dead-link" "A link did not answer."
    NoAlternative "no-alternative" "A picture has no words for those who do not see it."
    Submission "submission" "The document is not what the submission profile asks for."
    MixedScript "mixed-script" "A name mixes scripts with letters that look alike."
    NameMarkup "name-markup" "A name holds an address, a telephone number or markup."
    DamagedText "damaged-text" "A name was written in one encoding and read in another."
    JokeName "joke-name" "A name is one that jokers sign with."
    OneSender "one-sender" "Many organisations were signed up from one address."
    Burst "burst" "Many signatures came within a moment."
    WithdrawnNamed "withdrawn-named" "The text names a signatory that withdrew or declined."
    OlderText "older-text" "A signature was given to another text than this one."
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing to say, with its place and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of thing it is.
    pub code: Code,
    /// What is the matter: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where, if it has a place.
    pub origin: Option<Origin>,
    /// What to do.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of the given severity, without place or hint.
    pub fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            origin: None,
            hint: None,
        }
    }

    /// An error: no output is written.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning: output is written, somebody should look.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A note: nothing is wrong.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Largest edit distance at which another word is offered. Chosen by eye: at 3,
/// short keys suggest unrelated ones.
const CLOSE: usize = 2;

/// Returns the word of `known` nearest to `typed`, if one is near enough.
///
/// Case, spaces, hyphens and underscores do not count. Ties go to the earlier
/// word.
pub fn closest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |s: &str| -> String {
        s.chars()
            .filter(|c| !matches!(c, ' ' | '-' | '_'))
            .flat_map(char::to_lowercase)
            .collect()
    };
    let typed = fold(typed);
    known
        .into_iter()
        .map(|word| (strsim::osa_distance(&typed, &fold(word)), word))
        .filter(|&(distance, word)| distance <= CLOSE && distance < word.chars().count())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, word)| word)
}

/// Returns the hint that offers the nearest known word, or lists them all.
pub fn suggest(typed: &str, known: &[&str]) -> String {
    match closest(typed, known.iter().copied()) {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("known are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_kebab_case_and_described() {
        let mut seen = BTreeSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{code} is listed twice");
            assert!(
                code.as_str()
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '8')),
                "{code}"
            );
            assert!(code.description().ends_with('.'), "{code}");
        }
    }

    #[test]
    fn closest_offers_near_words_only() {
        let known = ["name", "organization", "state", "signed_at"];
        let check = |typed, expected| assert_eq!(closest(typed, known), expected);
        check("organistion", Some("organization"));
        check("Signed At", Some("signed_at"));
        check("nmae", Some("name"));
        check("zip", None);
    }
}
