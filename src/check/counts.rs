//! Claims of how many signed, held against the roll.
//!
//! In: every text of a letter, and who signed. Out: claims that are false, true
//! only of the rows before repeats were merged, true only on another basis, or
//! such that one withdrawal would break them. Guaranteed: a number is taken for a
//! claim only where its words tie it to those who sign; "26,248 people" and "100
//! days" are none. Absent: the items of lists (`items`).

mod vocabulary;

use super::numbers::{self, Exactness, Number, Word};
use super::prose::{FIELD, Passage, PassageRole};
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Rows, Sink};
use crate::diag::{Code, Severity};
use crate::model::letter::DocumentKind;
use crate::model::number_words::{NumberWords, number_words};
use crate::model::signatory::{Kind, Level, Status};
use crate::source::Origin;
use jiff::civil::Date;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;
use vocabulary::{APPEALS, HISTORY, INDIVIDUALS, LEADING, ORGANIZATIONS, OTHERS, SIGNATORIES, SIGNING};

pub(super) const CHECK: Check = Check {
    name: "counts",
    description: "Every claim about the number of signatories matches the roll.",
    findings: &[
        Finding {
            code: Code::CountFalse,
            severity: Severity::Error,
            why: "Anyone can count the names, and a wrong number makes the letter less credible.",
        },
        Finding {
            code: Code::CountRaw,
            severity: Severity::Error,
            why: "If a claim is true only with duplicates, a reporter will notice.",
        },
        Finding {
            code: Code::CountBasis,
            severity: Severity::Warning,
            why: "“85 undersigned” is 85 or 87, depending on lead organizations; readers will count.",
        },
        Finding {
            code: Code::CountThin,
            severity: Severity::Warning,
            why: "Signatories withdraw after a letter is sent; the claim should still be true without one of them.",
        },
    ],
    run: CheckRun::Letter(run),
};

/// What signed, on each basis.
#[derive(Clone, Copy, Debug)]
pub(super) struct RollTally {
    organizations: u64,
    individuals: u64,
    leads: u64,
    /// Confirmed rows with a name, repeats included.
    rows: u64,
    /// Of these, organisations'.
    organization_rows: u64,
    /// Organisations of each level, in the order of [`Level::ALL`].
    levels: [u64; Level::ALL.len()],
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let tally = case.roll.tally;
    if tally.rows == 0 {
        return; // Nobody signed yet: an empty list is told elsewhere.
    }
    let date = case.subject.document.date;
    let letter = (case.subject.letter.kind, date);
    for passage in case.prose.passages.iter().chain(&super::tables::sentences(case)) {
        if passage.is_aside() {
            continue;
        }
        let words = numbers::words(&passage.text);
        for claim in claims(passage, &words, case.language(), letter) {
            judge(passage, &claim, tally, sink);
        }
        fields(passage, &words, tally, sink);
        of_us(passage, tally, sink);
    }
}

/// Counts a roll.
pub(super) fn tally(all: &Rows<'_>) -> RollTally {
    let signatories = &all.resolution.signatories;
    let count = |keep: &dyn Fn(&crate::resolve::Signatory) -> bool| {
        signatories.iter().filter(|signatory| keep(signatory)).count() as u64
    };
    let rows = |organizations: bool| {
        let records = all.records.iter().filter(|record| {
            record.status == Status::Confirmed
                && !record.name.is_empty()
                && (!organizations || record.kind == Kind::Organization)
        });
        records.count() as u64
    };
    RollTally {
        organizations: count(&|signatory| signatory.kind == Kind::Organization),
        individuals: count(&|signatory| signatory.kind == Kind::Individual),
        leads: count(&|signatory| signatory.level == Some(Level::Lead)),
        levels: std::array::from_fn(|at| {
            count(&|signatory| signatory.kind == Kind::Organization && signatory.level == Some(Level::ALL[at]))
        }),
        rows: rows(false),
        organization_rows: rows(true),
    }
}

/// "All 39 of us", "joined by 52 other organizations": claims without a word of signing.
fn of_us(passage: &Passage, tally: RollTally, sink: &mut Sink<'_>) {
    static OF_US: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)\ball (\d{2,5}) of us\b|\b(?:signatories|signers), (\d{2,5}) in all\b").ok());
    // Claims of those below, and of those who speak.
    static BELOW: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:the )?(\d{2,5}) (?:groups|organizations|signatories) (?:listed |named )?below\b|\b(?:groups|organizations|signatories) (?:listed |named )?below \((\d{2,5})\)|^(?:signatories|signers|firmantes|organizations|organizaciones) \((\d{2,5})\)|\bnumber of (?:groups|organizations|signatories) (?:that|who) (?:have )?sign(?:ed)? this letter (?:is|now) (\d{2,5})\b|^(?:signed|endorsed|firmado|signed by): (\d{2,5}) (?:groups|organizations|organizaciones)\b|^as (\d{2,5}) (?:groups|organizations)\b[^.]{0,80}, we\b").ok()
    });
    static JOINED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\bjoined by (\d{2,5}) (?:other|more|fellow|additional) (?:organizations|groups|signatories)\b|\b(?:and|along with|together with) (\d{2,5}) (?:other|fellow|additional) (?:organizations|groups|signatories)\b[^.]{0,60}\b(?:this letter|sign|undersigned)|\bjunto con (?:otras|otros) (\d{2,5}) (?:organizaciones|grupos)\b[^.]{0,60}\b(?:carta|firm)").ok()
    });
    static MANY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(Hundreds|Thousands|Dozens|Cientos|Miles|Decenas) (?:have |han )?(?:signed|added their names|joined|endorsed|firmado|firmaron|firman)\b[^.]{0,20}\b(?:this|our|esta) (?:letter|carta)\b").ok()
    });
    let all = tally.organizations + tally.individuals;
    if let Some(found) = MANY.as_ref().and_then(|pattern| pattern.captures(&passage.text))
        && let (Some(whole), Some(word)) = (found.get(0), found.get(1))
    {
        let least = match word.as_str() {
            "Hundreds" | "Cientos" => 200,
            "Thousands" | "Miles" => 2_000,
            _ => 20,
        };
        if all < least {
            sink.add(
                Code::CountFalse,
                passage.origin(whole.range()),
                format!("`{}` is false: the roll has {all} signatories", whole.as_str()),
                "write {{ signatories.count }}, which counts the roll",
            );
        }
    }
    let checks = [
        (&OF_US, vec![all, tally.organizations]),
        (&BELOW, vec![all, tally.organizations]),
        (
            &JOINED,
            vec![
                tally.organizations,
                tally.organizations.saturating_sub(1),
                tally.organizations.saturating_sub(tally.leads),
            ],
        ),
    ];
    for (pattern, true_counts) in checks {
        for found in pattern.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
            let number = (1..found.len()).find_map(|at| found.get(at));
            let (Some(whole), Some(number)) = (found.get(0), number) else {
                continue;
            };
            let claimed = number.as_str().parse::<u64>();
            if claimed.is_ok_and(|claimed| true_counts.contains(&claimed)) {
                continue;
            }
            sink.add(
                Code::CountFalse,
                passage.origin(whole.range()),
                format!("`{}` is false: the roll has {all} signatories", whole.as_str()),
                "write {{ signatories.count }}, which counts the roll",
            );
        }
    }
}

/// What a claim counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    Organizations,
    Individuals,
    Signatories,
}

/// How a claim binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Exactly(u64),
    MoreThan(u64),
    AtLeast(u64),
    Under(u64),
    AtMost(u64),
    Nearly(u64),
    About(u64),
    Between(u64, u64),
}

impl Bound {
    fn holds(self, count: u64) -> bool {
        match self {
            Self::Exactly(n) => count == n,
            Self::MoreThan(n) => count > n,
            Self::AtLeast(n) => count >= n,
            Self::Under(n) => count < n,
            Self::AtMost(n) => count <= n,
            // A tenth is as far as "nearly" and "about" stretch; a guess.
            Self::Nearly(n) => count < n && count * 10 >= n * 9,
            Self::About(n) => count * 10 >= n * 9 && count * 10 <= n * 11,
            Self::Between(a, b) => (a..=b).contains(&count),
        }
    }

    /// Whether it is a claim that the count is no less than something.
    fn is_floor(self) -> bool {
        matches!(self, Self::MoreThan(_) | Self::AtLeast(_) | Self::Between(..))
    }
}

struct Claim {
    bound: Bound,
    counted: Counted,
    /// Its place in the passage.
    range: Range<usize>,
    /// Whether signatories are named before the number: "A, B and the 85 undersigned".
    after_names: bool,
    /// What else the words before the noun say.
    narrowed: Narrowed,
}

/// To what part of those who sign a claim is narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Narrowed {
    /// Not at all: "102 undersigned organizations".
    No,
    /// To a level: "40 local organizations".
    Level(Level),
    /// By a word that may describe all or some: "20 faith groups".
    Perhaps,
}

/// What the words between a number and its noun narrow.
fn narrowed(between: &[Word<'_>], noun: &str) -> Narrowed {
    static PLAIN: WordList = WordList::new("plain");
    static PARTIAL: WordList = WordList::new("partial_organizations");
    if PARTIAL.contains(noun) {
        return Narrowed::Perhaps;
    }
    let level = |word: &Word<'_>| {
        Level::ALL.iter().copied().find(|level| match level {
            Level::National => matches!(word.lower.as_str(), "national" | "nacionales"),
            Level::State => matches!(word.lower.as_str(), "state" | "statewide" | "estatales"),
            Level::Local => matches!(word.lower.as_str(), "local" | "locales"),
            Level::International => matches!(word.lower.as_str(), "international" | "internacionales"),
            Level::Lead => matches!(word.lower.as_str(), "lead" | "leading"),
        })
    };
    let levels: Vec<Level> = between.iter().filter_map(level).collect();
    let other = between
        .iter()
        .any(|word| level(word).is_none() && !PLAIN.contains(word.lower.as_str()));
    match levels.as_slice() {
        _ if other => Narrowed::Perhaps,
        [level] => Narrowed::Level(*level),
        _ => Narrowed::No,
    }
}

/// The claims in a passage.
fn claims(
    passage: &Passage,
    words: &[Word<'_>],
    language: &str,
    (kind, date): (DocumentKind, Option<Date>),
) -> Vec<Claim> {
    let text = &passage.text;
    let found = numbers::numbers(text, words, language);
    let mut claims = Vec::new();
    let mut skip = false;
    for (index, number) in found.iter().enumerate() {
        if std::mem::take(&mut skip) || number.value < 2 {
            continue;
        }
        // "100 to 120 groups", "between 100 and 120 groups".
        let next = found.get(index + 1).filter(|next| {
            next.words.start == number.words.end + 1
                && matches!(words[number.words.end].lower.as_str(), "to" | "and" | "a" | "y")
                && next.value > number.value
                && (words[number.words.end].lower != "and" && words[number.words.end].lower != "y"
                    || number
                        .words
                        .start
                        .checked_sub(1)
                        .is_some_and(|before| matches!(words[before].lower.as_str(), "between" | "entre")))
        });
        let last = next.unwrap_or(number);
        let Some((counted, noun)) = counted(words, last) else {
            continue;
        };
        skip = next.is_some();
        let sentence = sentence(text, words[number.words.start].range.start);
        // Words are in the order of the text.
        let first = words.partition_point(|word| word.range.start < sentence.start);
        let inside = words[first..].iter().take_while(|word| word.range.end <= sentence.end);
        let inside: Vec<&Word<'_>> = inside.collect();
        let before = number
            .words
            .start
            .checked_sub(1)
            .map_or("", |before| words[before].lower.as_str());
        // "Junto con otras 52 organizaciones": they are told elsewhere.
        if matches!(before, "otras" | "otros")
            || is_history(&inside, date.map(Date::year))
            || is_of_another_month(&inside, date.map(Date::month))
            || is_in_address(text, words[number.words.start].range.start)
            || is_of_petition(words, noun, kind, &inside)
            || !is_tied(
                passage,
                words,
                number,
                noun,
                counted,
                &inside,
                kind == DocumentKind::Letter,
            )
        {
            continue;
        }
        let (bound, begin) = bound(words, number, next);
        claims.push(Claim {
            bound,
            counted,
            range: words[begin].range.start..words[noun].range.end,
            after_names: is_after_names(words, begin),
            narrowed: narrowed(words.get(last.words.end..noun).unwrap_or_default(), &words[noun].lower),
        });
    }
    claims
}

/// What the words after a number say that it counts, and the word that says it.
fn counted(words: &[Word<'_>], number: &Number) -> Option<(Counted, usize)> {
    // How many words may stand between: "102 national, state and local immigrant
    // rights organizations".
    const BETWEEN: usize = 8;
    let mut at = number.words.end;
    if number.exactness == Exactness::Vague || is_round(words, number) {
        if words
            .get(at)
            .is_some_and(|word| matches!(word.lower.as_str(), "of" | "de"))
        {
            at += 1;
        } else if number.exactness == Exactness::Vague {
            return None;
        }
    }
    for (step, index) in (at..words.len()).enumerate().take(BETWEEN) {
        let word = &words[index];
        let gap = word.gap.trim_matches(|c: char| c.is_whitespace() || c == FIELD);
        if step > 0 && !matches!(gap, "" | "," | "-" | "’" | "'" | "+" | "/" | "&")
            || step == 0 && !matches!(gap, "" | "+" | "-")
        {
            break;
        }
        let lower = word.lower.as_str();
        if SIGNATORIES.contains(lower) {
            // "102 undersigned organizations": what is counted comes after.
            if matches!(lower, "undersigned" | "firmantes" | "abajofirmantes") {
                let next = words.get(index + 1).filter(|next| next.gap.trim().is_empty());
                let more = next.is_some_and(|next| !OTHERS.contains(next.lower.as_str()))
                    && words[index + 1..]
                        .iter()
                        .take(4)
                        .any(|word| kind_of(&word.lower).is_some());
                if more {
                    continue;
                }
            }
            return Some((Counted::Signatories, index));
        }
        if let Some(kind) = kind_of(lower) {
            // "102 organizations and individuals": all who signed.
            let both = words
                .get(index + 1)
                .is_some_and(|word| matches!(word.lower.as_str(), "and" | "y" | "e"))
                && words
                    .get(index + 2)
                    .and_then(|word| kind_of(&word.lower))
                    .is_some_and(|other| other != kind);
            return Some(if both {
                (Counted::Signatories, index + 2)
            } else {
                (kind, index)
            });
        }
        if word.joined && matches!(lower, "organization" | "group" | "signatory") {
            return Some((Counted::Organizations, index));
        }
        if OTHERS.contains(lower) || lower.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
    }
    None
}

fn kind_of(word: &str) -> Option<Counted> {
    if ORGANIZATIONS.contains(word) {
        Some(Counted::Organizations)
    } else if INDIVIDUALS.contains(word) {
        Some(Counted::Individuals)
    } else {
        None
    }
}

/// "A dozen", "un centenar": followed by "de" in Spanish.
fn is_round(words: &[Word<'_>], number: &Number) -> bool {
    let Some(last) = words[number.words.clone()].last() else {
        return false; // A field has no words of its own.
    };
    let is_noun = |words: &NumberWords| words.round(&last.lower).is_some();
    number_words("es").is_some_and(is_noun) || last.lower == "docenas"
}

/// Longest part of a sentence before and after a number, in bytes.
const SENTENCE: usize = 500;

/// The sentence that holds byte `at`, or what stands around it in a very long one.
fn sentence(text: &str, at: usize) -> Range<usize> {
    let from = text.ceil_char_boundary(at.saturating_sub(SENTENCE));
    let to = text.floor_char_boundary(at + SENTENCE);
    let is_end = |(place, c): (usize, char)| {
        matches!(c, '.' | '!' | '?')
            && text[place + 1..].starts_with(' ')
            && text[place + 1..].trim_start().starts_with(|c: char| !c.is_lowercase())
            // "U.S. Senate", "Dr. Ruiz": the stop of an abbreviation.
            && text[..place].chars().rev().take_while(|c| c.is_alphanumeric()).count() > 2
    };
    let start = text[from..at]
        .char_indices()
        .rev()
        .map(|(place, c)| (from + place, c))
        .find(|&found| is_end(found))
        .map_or(from, |(place, _)| place + 1);
    let end = text[at..to]
        .char_indices()
        .map(|(place, c)| (at + place, c))
        .find(|&found| is_end(found))
        .map_or(to, |(place, _)| place + 1);
    start..end
}

fn is_history(sentence: &[&Word<'_>], year: Option<i16>) -> bool {
    sentence.iter().any(|word| {
        HISTORY.contains(word.lower.as_str())
            || word.text.len() == 4
                && word
                    .text
                    .parse::<i16>()
                    .is_ok_and(|other| (1900..2100).contains(&other) && year.is_some_and(|year| year != other))
    })
}

/// Returns whether a byte of a text is within a web address.
fn is_in_address(text: &str, at: usize) -> bool {
    let from = text.ceil_char_boundary(at.saturating_sub(SENTENCE));
    let to = text.floor_char_boundary(at + SENTENCE);
    let before = text[from..at]
        .split(char::is_whitespace)
        .next_back()
        .unwrap_or_default();
    let after = text[at..to].split(char::is_whitespace).next().unwrap_or_default();
    let word = &text[at - before.len()..at + after.len()];
    word.contains("://") || word.starts_with("www.")
}

/// Returns whether signatures are those of a petition, which no roll prints, in a
/// document that is none.
fn is_of_petition(words: &[Word<'_>], noun: usize, kind: DocumentKind, sentence: &[&Word<'_>]) -> bool {
    static PETITIONS: WordList = WordList::new("petitions");
    let signatures = matches!(words[noun].lower.as_str(), "signatures" | "signers" | "firmas");
    kind != DocumentKind::Petition && signatures && sentence.iter().any(|word| PETITIONS.contains(word.lower.as_str()))
}

/// Returns whether a sentence speaks of a letter of another month: "A March letter by 54
/// groups".
fn is_of_another_month(sentence: &[&Word<'_>], month: Option<i8>) -> bool {
    static PAPERS: WordList = WordList::new("signed_papers");
    let named = |word: &Word<'_>| {
        let capital = word.text.starts_with(char::is_uppercase);
        super::dates::month_of(&word.lower).filter(|_| capital && word.text.chars().count() > 2)
    };
    let pairs = sentence.windows(2);
    let mut months = pairs
        .filter(|pair| PAPERS.contains(pair[1].lower.as_str()))
        .filter_map(|pair| named(pair[0]));
    months.any(|named| month.is_some_and(|month| month != named))
}

/// Whether a number of organisations is that of those who sign.
fn is_tied(
    passage: &Passage,
    words: &[Word<'_>],
    number: &Number,
    noun: usize,
    counted: Counted,
    sentence: &[&Word<'_>],
    is_letter: bool,
) -> bool {
    let has = |list: &WordList| sentence.iter().any(|word| list.contains(word.lower.as_str()));
    if passage.is_key("roll.heading") || passage.is_key("slug") && counted == Counted::Organizations {
        return true;
    }
    // The title of a letter: "45 organizations on rental assistance".
    let named = ["title", "subject"].iter().any(|key| passage.is_key(key));
    if named && is_letter && number.words.start == 0 && number.value > 5 && counted == Counted::Organizations {
        return true;
    }
    // "Two signatories" may be any two; "the 85 undersigned" and "over 80
    // signatories" are these.
    if counted == Counted::Signatories {
        static POINTING: WordList = WordList::new("pointing_signatories");
        const HANDFUL: u64 = 5;
        let before = number
            .words
            .start
            .checked_sub(1)
            .map(|before| words[before].lower.as_str());
        let pointed = number.value > HANDFUL && before.is_some_and(|before| POINTING.contains(before));
        return pointed
            || words[noun].lower == "undersigned"
            || !matches!(bound(words, number, None).0, Bound::Exactly(_))
            || ["title", "subject", "subtitle"].iter().any(|key| passage.is_key(key));
    }
    if words[number.words.start..=noun].iter().any(|word| {
        matches!(
            word.lower.as_str(),
            "undersigned"
                | "firmantes"
                | "abajo"
                | "suscritas"
                | "soussignés"
                | "soussignées"
                | "signataires"
                | "endorsing"
                | "signatory"
                | "cosigning"
                | "signing"
        )
    }) {
        return true;
    }
    if words.get(noun + 1).is_some_and(|next| {
        next.gap.trim().is_empty()
            && matches!(
                next.lower.as_str(),
                "signed"
                    | "undersigned"
                    | "firmantes"
                    | "signing"
                    | "suscritas"
                    | "abajo"
                    | "soussignés"
                    | "soussignées"
                    | "signataires"
            )
    }) {
        return true;
    }
    // "170 groups urge", "170 groups have joined".
    let appeals = words[noun + 1..]
        .iter()
        .take(3)
        .take_while(|word| matches!(word.gap.trim(), "" | ","))
        .any(|word| APPEALS.contains(word.lower.as_str()));
    let title = matches!(&passage.role, PassageRole::Key(_) | PassageRole::Heading(_));
    if appeals && (title || number.words.start < 6 || has(&SIGNING)) {
        return true;
    }
    let before: Vec<&str> = words[..number.words.start]
        .iter()
        .rev()
        .take(5)
        .map(|word| word.lower.as_str())
        .collect();
    static SURELY: WordList = WordList::new("surely_signing");
    // "All 45 organizations agree on this letter".
    if before.first() == Some(&"all") && has(&SURELY) {
        return true;
    }
    // "We are 102 organizations".
    let start = number.words.start;
    if numbers::is(words, start.saturating_sub(2), &["we", "are"]) && start >= 2 || before.first() == Some(&"somos") {
        return true;
    }
    static BANDS: WordList = WordList::new("bands");
    // Backwards: "coalition of more than", "support of more than".
    let led = before.iter().enumerate().any(|(at, word)| {
        let band = before.get(at + 1).is_some_and(|band| BANDS.contains(band));
        LEADING.contains(word) && (has(&SURELY) || band || matches!(*word, "we" | "behalf" | "nosotros" | "nosotras"))
    });
    if led && has(&SIGNING) {
        return true;
    }
    // "Individuals" are counted beside organisations that sign; thousands of them may have
    // done anything.
    let vague = number.exactness == Exactness::Vague;
    counted == Counted::Individuals && (has(&SURELY) || has(&SIGNING) && !vague) && (!vague || signs(sentence))
}

/// Returns whether a sentence has a verb of signing.
fn signs(sentence: &[&Word<'_>]) -> bool {
    let verb = |word: &&Word<'_>| {
        matches!(
            word.lower.as_str(),
            "sign"
                | "signed"
                | "signing"
                | "undersigned"
                | "behalf"
                | "joined"
                | "endorsed"
                | "firman"
                | "firmaron"
                | "nombre"
        )
    };
    sentence.iter().any(verb)
}

/// Phrases before a number, with what they make of it.
static BOUNDS: [(WordList, fn(u64) -> Bound); 6] = [
    (WordList::new("more_than"), Bound::MoreThan),
    (WordList::new("at_least"), Bound::AtLeast),
    (WordList::new("nearly"), Bound::Nearly),
    (WordList::new("under"), Bound::Under),
    (WordList::new("at_most"), Bound::AtMost),
    (WordList::new("about"), Bound::About),
];

/// Returns how a number binds, and the word with which the claim begins.
fn bound(words: &[Word<'_>], number: &Number, to: Option<&Number>) -> (Bound, usize) {
    let n = number.value;
    let start = number.words.start;
    let before = |phrase: &[&str]| start >= phrase.len() && numbers::is(words, start - phrase.len(), phrase);
    if let Some(to) = to {
        let begin = if before(&["between"]) || before(&["entre"]) {
            start - 1
        } else {
            start
        };
        return (Bound::Between(n, to.value), begin);
    }
    // The longest phrase counts: "just under" is not "under".
    let phrases = BOUNDS
        .iter()
        .flat_map(|(list, make)| list.iter().map(move |phrase| (phrase, make)));
    let ends = phrases.filter_map(|(phrase, make)| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        before(&phrase).then_some((phrase.len(), make))
    });
    if let Some((length, make)) = ends.max_by_key(|(length, _)| *length) {
        return (make(n), start - length);
    }
    // "+25 groups".
    let plus = words.get(start).is_some_and(|word| word.gap.ends_with('+'));
    match number.exactness {
        Exactness::Exact if plus => (Bound::AtLeast(n), start),
        Exactness::Exact => (Bound::Exactly(n), start),
        Exactness::OrMore | Exactness::Vague => (Bound::AtLeast(n), start),
    }
}

/// "NIJC, the campaign and the 85 undersigned": leads are named before.
fn is_after_names(words: &[Word<'_>], begin: usize) -> bool {
    let before = |back: usize| begin.checked_sub(back).map(|at| words[at].lower.as_str());
    matches!(before(1), Some("the" | "las" | "los")) && matches!(before(2), Some("and" | "y"))
        || before(1) == Some("and")
}

/// Holds a claim against the roll.
fn judge(passage: &Passage, claim: &Claim, tally: RollTally, sink: &mut Sink<'_>) {
    let all = tally.organizations + tally.individuals;
    let (count, basis, rows) = match claim.counted {
        Counted::Organizations => (tally.organizations, "organizations", tally.organization_rows),
        Counted::Individuals => (tally.individuals, "individuals", tally.rows - tally.organization_rows),
        Counted::Signatories => (all, "signatories", tally.rows),
    };
    let text = &passage.text[claim.range.clone()];
    let origin = passage.origin(claim.range.clone());
    let bound = claim.bound;
    match claim.narrowed {
        Narrowed::No => {}
        Narrowed::Level(level) => {
            let at = Level::ALL.iter().position(|other| *other == level);
            let count = at.map_or(0, |at| tally.levels[at]);
            // Where no list says levels, nobody can tell.
            if tally.levels.iter().sum::<u64>() > 0 && !bound.holds(count) {
                sink.add(
                    Code::CountFalse,
                    origin,
                    format!("`{text}` is false: the lists have {count} of level {}", level.as_str()),
                    "correct the number, or fill in the column `level`",
                );
            }
            return;
        }
        // A part may be any number up to the whole.
        Narrowed::Perhaps if (0..count).any(|part| bound.holds(part)) => return,
        Narrowed::Perhaps => {}
    }
    if bound.holds(count) {
        // A field would follow the roll; a typed claim has to be thought of.
        if bound.is_floor() && !bound.holds(count - 1) {
            sink.add(
                Code::CountThin,
                origin,
                format!("`{text}` is true by only one: the roll has {count} {basis}"),
                format!("one withdrawal would make it false; {}", advice(claim, text)),
            );
        }
        return;
    }
    if claim.after_names && claim.counted != Counted::Individuals && bound.holds(count.saturating_sub(tally.leads)) {
        return;
    }
    // Other ways to count that would make it true.
    let without_leads = (tally.leads > 0).then(|| (count.saturating_sub(tally.leads), "without the leads"));
    let with_all =
        (claim.counted == Counted::Organizations && tally.individuals > 0).then_some((all, "with the individuals"));
    let organizations = (claim.counted == Counted::Signatories && tally.individuals > 0)
        .then_some((tally.organizations, "without the individuals"));
    if let Some((other, how)) = [without_leads, with_all, organizations]
        .into_iter()
        .flatten()
        .find(|(other, _)| bound.holds(*other))
    {
        sink.add(
            Code::CountBasis,
            origin,
            format!("`{text}` is true only {how} ({other}); the roll has {count} {basis}"),
            "say in the text what is counted, or count what the roll prints",
        );
    } else if rows > count && bound.holds(rows) {
        sink.add(
            Code::CountRaw,
            origin,
            format!("`{text}` counts all {rows} rows; without duplicates, the roll has {count} {basis}"),
            advice(claim, text),
        );
    } else {
        let mut message = format!("`{text}` is false: the roll has {count} {basis}");
        if tally.individuals > 0 && claim.counted != Counted::Individuals {
            message += &format!(
                " ({} organizations, {} individuals)",
                tally.organizations, tally.individuals
            );
        }
        sink.add(Code::CountFalse, origin, message, advice(claim, text));
    }
}

/// What to write in the number's place.
fn advice(claim: &Claim, text: &str) -> String {
    let field = match claim.counted {
        Counted::Organizations => "signatories.organizations",
        Counted::Individuals => "signatories.individuals",
        Counted::Signatories => "signatories.count",
    };
    // A number in words stays in words: "Forty-five organizations".
    let filters = match (
        text.contains(|c: char| c.is_ascii_digit()),
        text.starts_with(char::is_uppercase),
    ) {
        (true, _) => "",
        (false, true) => "|words|capitalize",
        (false, false) => "|words",
    };
    match claim.bound {
        Bound::Exactly(_) => format!("write {{{{ {field}{filters} }}}}, which always matches the roll"),
        _ => format!("write {{{{ {field}|more_than }}}}, which always matches the roll"),
    }
}

/// Fields that count something else than the word after them says.
fn fields(passage: &Passage, words: &[Word<'_>], tally: RollTally, sink: &mut Sink<'_>) {
    for (at, expression) in &passage.fields {
        let end = at + FIELD.len_utf8();
        let first = words.partition_point(|word| word.range.start < end);
        if first == words.len() {
            continue;
        }
        let number = Number {
            value: 0,
            exactness: Exactness::Exact,
            words: first..first,
        };
        if !passage.text[end..words[first].range.start].trim().is_empty() {
            continue;
        }
        let Some((counted, noun)) = counted(words, &number) else {
            continue;
        };
        let name = expression.split('|').next().unwrap_or_default().trim();
        let wrong = match (name, counted) {
            ("signatories.count", Counted::Organizations) => tally.individuals > 0,
            ("signatories.organizations", Counted::Individuals)
            | ("signatories.individuals", Counted::Organizations) => true,
            _ => false,
        };
        if wrong {
            let origin: Origin = passage.origin(*at..words[noun].range.end);
            sink.add(
                Code::CountFalse,
                origin,
                format!(
                    "`{name}` does not count {}: the roll has {} organizations and {} individuals",
                    if counted == Counted::Individuals {
                        "individuals"
                    } else {
                        "organizations"
                    },
                    tally.organizations,
                    tally.individuals
                ),
                "write signatories.organizations, signatories.individuals, or say “organizations and individuals”",
            );
        }
    }
}
