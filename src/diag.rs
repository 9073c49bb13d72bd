//! Defines the errors, warnings, and notes about the input.
//!
//! Wrong data is not failure: a stage returns its value and a list of
//! [`Diagnostic`]s and goes on. Guaranteed: every diagnostic carries a stable
//! [`Code`]; codes are unique, kebab-case and described once, here. Absent:
//! printing (`cli` prints).

use crate::source::Origin;
use std::fmt;

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is wrong, but it is worth knowing.
    Note,
    /// Output is written, but somebody should look at it.
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

            /// Returns the code as printed, such as `unknown-column`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text,)* }
            }

            /// Returns one sentence that says when the code occurs.
            pub fn description(self) -> &'static str {
                match self { $(Code::$variant => $description,)* }
            }
        }
    };
}

codes! {
    // files
    Unreadable "unreadable" "A file cannot be opened or read."
    NotUtf8 "not-utf-8" "A text file contains bytes that are not valid UTF-8."
    UnknownFormat "unknown-format" "The extension of a file name is not a format that can be read."
    TooLarge "too-large" "A file, table, or value is larger than allowed, or nested too deeply."
    InvisibleCharacter "invisible-character" "A control or invisible character was removed from a text."
    BadMail "bad-mail" "A mail cannot be read, or is damaged."
    MailSetAside "mail-set-aside" "Automatic replies were set aside, or a mail occurs twice."
    // front matter and project file
    NoFrontMatter "no-front-matter" "A letter does not begin with TOML between two lines of +++."
    BadToml "bad-toml" "TOML text cannot be parsed."
    UnknownKey "unknown-key" "A TOML table has a key that is not recognized here."
    MissingKey "missing-key" "A required key is missing."
    BadValue "bad-value" "A value has the wrong type or is outside the allowed range."
    BadDate "bad-date" "A date does not exist, or is not written as year-month-day."
    // Markdown
    UnknownFootnote "unknown-footnote" "The text refers to a footnote that is not defined."
    UnusedFootnote "unused-footnote" "A footnote is defined, but the text never refers to it."
    RawHtml "raw-html" "The Markdown contains raw HTML; only the HTML output keeps it, sanitized."
    LostText "lost-text" "A comment or an element of HTML is not closed, or a table's row has too many cells; text after it would not be printed."
    BadBlock "bad-block" "A marked block quote has an unknown type, or lacks a part that its type needs."
    UnclosedField "unclosed-field" "A {{ is not closed by }} in the same paragraph."
    // lists
    UnknownColumn "unknown-column" "A column of a list is not recognized; its cells are not used."
    NoNameColumn "no-name-column" "A list has no column for the name."
    RaggedRow "ragged-row" "A row has more or fewer cells than the header."
    UnclearColumn "unclear-column" "A column may decide whether rows are printed and is not understood; the rows are held."
    GuessedColumn "guessed-column" "The meaning of a column was guessed from its header or its neighbors."
    NotConfirmed "not-confirmed" "An answer in a row keeps the row from counting."
    TestRow "test-row" "A row looks like a test or is marked as a duplicate; it counts as pending."
    PrivateValue "private-value" "A printed cell contains what looks like private data."
    MarksNotRead "marks-not-read" "Hidden rows, struck-out text, and notes cannot be seen in a workbook of this age."
    NameForm "name-form" "Numbering, a bullet, or other form was removed from a name."
    SeveralNames "several-names" "A cell may name two signatories; it is not split unless you say so."
    LateSignature "late-signature" "A signature is dated after the letter's deadline."
    Embargoed "embargoed" "A signature is on hold: it may not be published yet, and is not printed."
    TakenLines "taken-lines" "Lines of a page were read as signatories."
    SkippedLines "skipped-lines" "Part of a file was not read as signatories."
    NoSheet "no-sheet" "A workbook has no sheet with that name."
    OtherSheet "other-sheet" "A sheet of a workbook lists signatories but was not read, or cannot be read."
    BrokenWorkbook "broken-workbook" "A workbook is damaged, protected by a password, or not a workbook."
    UnclosedQuote "unclosed-quote" "A quotation mark in a list is not closed; the rest of the file is one cell."
    HeaderAgain "header-again" "A row repeats the header; it is skipped."
    EmptyName "empty-name" "A row has no name; it is listed as invalid."
    RepeatedList "repeated-list" "A list is named twice; it is read once."
    EmptyList "empty-list" "A list contains no signatories."
    // resolve
    HeldRows "held-rows" "Rows are held until you answer a question about them; they are not printed."
    Undecided "undecided" "Two rows may be one signatory; both are printed until you decide."
    UnmatchedWithdrawal "unmatched-withdrawal" "A withdrawal matches no printed row, but one with a similar name."
    UnusedDecision "unused-decision" "A saved decision matches no row."
    WithdrawnElsewhere "withdrawn-elsewhere" "A row counts as withdrawn because another row of the same signatory is."
    OrganizationAsPerson "organization-as-person" "A row is marked as an individual, but its name looks like an organization."
    ContradictoryDecisions "contradictory-decisions" "Two saved decisions contradict each other."
    NamesakesElsewhere "namesakes-elsewhere" "A common name appears in several places; each place counts as a separate signatory."
    Truncated "truncated-search" "Some candidate pairs were not compared because too many rows share the same words."
    // compose
    UnknownField "unknown-field" "The text uses a field that does not exist."
    BadField "bad-field" "A field cannot be evaluated."
    EmptyField "empty-field" "The text uses a field that is empty in a recipient's row."
    FileName "file-name" "Two recipients' files would have the same name, or a file name would be empty."
    EarlierFile "earlier-file" "An earlier mail merge wrote a file to someone no longer on the list."
    UnknownLanguage "unknown-language" "A language tag is invalid or not supported."
    ExcerptDiffers "excerpt-differs" "An excerpt or quotation of a letter differs from the letter."
    NotASignatory "not-a-signatory" "A logo belongs to someone who is not a signatory."
    BadTranslation "bad-twin" "The translation named for a document is not a translation of it."
    Unattributed "unattributed" "A press release lacks a contact, place, or date."
    NumberedOddly "numbered-oddly" "The numbers of a plan's actions skip or repeat a number."
    ChangedSinceRelease "changed-since-release" "A letter differs from the release of it that is delivered."
    NotReleased "not-released" "A document that belongs in a bundle has no release, and is left out."
    NoAddress "no-url" "A web page names no address, so that posts that link to it show no picture."
    NotThereYet "not-there-yet" "A setting that this version ignores."
    // pictures, layout and emit
    SystemFont "system-font" "A font of this computer prints characters that the embedded fonts lack."
    MissingGlyph "missing-glyph" "No available font has a character of the text; a visible substitute is printed."
    PoorContrast "poor-contrast" "A color of the style has too little contrast with its background."
    LongEmail "long-email" "The HTML of an email is longer than mail programs show."
    MissingImage "missing-image" "A picture cannot be read, or part of it cannot be shown."
    // check: mistakes to find before sending; src/check says why, and how severe
    CountFalse "count-false" "The text claims a number of signatories that differs from the roll."
    CountRaw "count-raw" "A claim is true only if duplicate rows are counted."
    CountBasis "count-basis" "A claim is true only if individuals or lead organizations are counted differently."
    CountThin "count-thin" "One withdrawal would make a claim false."
    CountItems "count-items" "The text states how many items a list has, and the list has a different number."
    Placeholder "placeholder" "The text contains a placeholder that was never replaced."
    TrackedChange "tracked-change" "The text contains marks of tracked changes that were not accepted or rejected."
    HiddenComment "hidden-comment" "The source of the text contains a comment."
    OpenComment "open-comment" "A comment of the draft that the letter was is not marked as done."
    EditingNote "editing-note" "A note between authors, or a trace of a program, is left in the text."
    RepeatedText "repeated-text" "A paragraph or a long sentence is in the text twice."
    NumberingGap "numbering-gap" "Points are numbered in words or digits, and one is missing."
    MissingPart "missing-part" "The text points to an enclosure, appendix, or section that does not exist."
    BillNumber "bill-number" "Two numbers of bills in the text differ by a slip."
    Figures "figures" "A total, a share, a range, or a number said twice cannot be right."
    PrivateText "private-text" "The text contains private data, such as a Social Security number."
    WorkingTitle "working-title" "The title looks like the name of a file or of a draft."
    OtherLanguage "other-language" "A paragraph or the closing is in another language than the letter."
    Spelling "spelling" "A word is a common slip."
    Unpaired "unpaired" "A quotation or a bracket opens and does not close, or closes and did not open."
    Punctuation "punctuation" "A sentence breaks off, or two punctuation marks stand where one belongs."
    Acronym "acronym" "An acronym does not have the letters of its name, or stands for two names."
    AcronymAgain "acronym-again" "An acronym is explained a second time."
    AddresseeInText "addressee-in-text" "The text gives the addressee another name, office, or gender than the address."
    TwoTitles "two-titles" "One person has two titles, two organizations, or two spellings in the text."
    NearOffice "near-office" "A name is almost that of a federal office or committee."
    WrongTime "wrong-time" "The text speaks of a day as past or to come, and the letter's date says otherwise."
    CallToSign "call-to-sign" "A letter that is signed asks its readers to sign."
    Undated "undated" "A letter has no date."
    UnlikelySignatory "unlikely-signatory" "An entry of the roll is probably not a signatory, or is not written as a name."
    ReleaseDiffers "release-differs" "A press release tells the letter's date, addressee, or demands otherwise than the letter."
    TranslationDiffers "translation-differs" "A translation has another date, number, or list than its original."
    OwnWords "own-words" "A word is one that the workspace never uses, or has another word for."
    FragileLink "fragile-link" "A link is short, shared, or not encrypted, and may stop working."
    Tracker "tracker" "A link carries data about its readers or its sender."
    AddresseeName "addressee-name" "The text misspells the addressee's name."
    RepeatedPrefix "repeated-prefix" "A subject begins with \"Re:\", which is printed before it anyway."
    MissingList "missing-list" "A paragraph ends with a colon, but no list follows."
    DoubledWord "doubled-word" "A word appears twice in a row."
    DoubledSpace "doubled-space" "There are two spaces where one belongs."
    EmptySection "empty-section" "A heading has no text below it."
    JoinedLines "joined-lines" "Lines that look like those of an address are printed as one."
    UnderlinedHeading "underlined-heading" "A line is a heading because of a short row of dashes below it."
    LeftoverMarkup "leftover-markup" "Signs of Markdown are printed as they stand."
    SalutationName "salutation-name" "The salutation greets someone the letter is not addressed to."
    SalutationOffice "salutation-office" "The salutation and the address give an addressee different offices."
    SalutationNumber "salutation-number" "The salutation greets more or fewer people than the letter is addressed to."
    Honorific "honorific" "A form of address is doubled, incomplete, or misplaced."
    WrongOffice "wrong-office" "The name of an office or agency is wrong."
    WrongWeekday "wrong-weekday" "A date and its day of the week do not match."
    DateOrder "date-order" "A date conflicts with the letter's date or deadline."
    TwoSpellings "two-spellings" "The workspace's letters print one signatory in two spellings."
    NearName "near-name" "A name in the text is almost the name of a signatory."
    NotSigned "not-signed" "The text speaks for an organization that is not on the roll."
    ListedTwice "listed-twice" "The roll prints one name twice."
    SampleRow "sample-row" "A row of the sample list that `new` writes is still on the roll."
    OutOfOrder "out-of-order" "A roll in list order is alphabetical, except for a few names."
    NoSection "no-section" "The roll is divided into sections, and a signatory belongs to none of them."
    LooseMark "loose-mark" "A footnote mark is typed as text and has no footnote."
    BadLink "bad-link" "A link cannot work, or works only for its author."
    DeadLink "dead-link" "A link did not answer."
    NoAlternative "no-alternative" "A picture has no alt text."
    Submission "submission" "The document does not meet the submission profile."
    MixedScript "mixed-script" "A name or another printed cell mixes look-alike characters of different scripts."
    NameMarkup "name-markup" "A name or another printed cell contains an address, a phone number, or markup."
    DamagedText "damaged-text" "A name, another printed cell, or a text of the letter was saved in one encoding and read in another."
    JokeName "joke-name" "A name is a known joke name, or a cell was typed as a trial."
    OneSender "one-sender" "One address signed for many organizations."
    Burst "burst" "Many signatures arrived at almost the same moment."
    WithdrawnNamed "withdrawn-named" "The text names a signatory that withdrew or declined."
    OlderText "older-text" "A signature was given to a different version of the text."
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error, warning, or note, with its place and a hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// The kind of problem.
    pub code: Code,
    /// The problem and its effect: lower case, no period, names in backticks.
    pub message: String,
    /// The place in the input, if there is one.
    pub origin: Option<Origin>,
    /// The fix, as an imperative.
    pub hint: Option<String>,
    /// The text that belongs in the place of what stands there, if it is known exactly.
    pub replacement: Option<String>,
}

impl Diagnostic {
    /// Creates a diagnostic without place or hint.
    pub fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            origin: None,
            hint: None,
            replacement: None,
        }
    }

    /// Creates an error: no output is written.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// Creates a warning: output is written, but somebody should look at it.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Creates a note: nothing is wrong.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// Adds the place.
    #[must_use]
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Adds the text to write in the place of what stands there, and the hint that says so.
    #[must_use]
    pub fn replace_with(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.hint = Some(format!("write `{text}`"));
        self.replacement = Some(text);
        self
    }

    /// Adds the hint.
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

/// Returns a number with its noun in the right form: "1 row", "2 rows".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
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

    /// The page on messages lists each code with its description.
    #[test]
    fn every_code_is_on_the_page_of_messages() {
        let page = include_str!("../docs/MESSAGES.md");
        for code in Code::ALL {
            let row = page.lines().find(|line| line.starts_with(&format!("| `{code}` | ")));
            let end = format!(" | {} |", code.description());
            assert!(
                row.is_some_and(|row| row.ends_with(&end)),
                "docs/MESSAGES.md lacks `{code}`: {end}"
            );
        }
        // And no other.
        let (_, codes) = page.split_once("\n## Codes\n").expect("the page has them");
        for code in codes
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        {
            let is_known = Code::ALL.iter().any(|known| known.as_str() == code);
            assert!(is_known, "docs/MESSAGES.md lists `{code}`, which does not exist");
        }
    }

    /// The page on checks repeats the descriptions of the codes it lists.
    #[test]
    fn the_page_on_checks_describes_codes_alike() {
        let page = include_str!("../docs/CHECK.md");
        for code in Code::ALL {
            let start = format!("- `{code}`: ");
            for line in page.lines().filter_map(|line| line.strip_prefix(start.as_str())) {
                assert_eq!(line, code.description(), "docs/CHECK.md, `{code}`");
            }
        }
    }

    #[test]
    fn nouns_agree_with_their_number() {
        let check = |count, expected| assert_eq!(counted(count, "row", "rows"), expected);
        check(0, "0 rows");
        check(1, "1 row");
        check(2, "2 rows");
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
