//! Reads whether a column may keep rows from being printed, by its header.
//!
//! In: a header, and data/restraint.toml. Out: a [`Reading`]. Guaranteed: a header that says
//! no turns its answers round; a header that says two things at once is never understood.
//! Absent: what the cells say of it (that is `survey`'s), and which of the two decides
//! (that is `column_doubts`').
//!
//! The words of a header are read from left to right. A word that says no turns round what
//! follows it; a word of privacy ("hide", "opt out") also says no to what follows.

use super::fold::{fold, fold_all};
use super::headers::{self, ConsentQuestion};
use crate::model::signatory::Status;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::sync::LazyLock;

/// What a header says of whether rows are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It asks this question.
    Understood(ConsentQuestion),
    /// It may decide, and does not say how.
    Unclear,
    /// It speaks against the rows that are marked: "on hold", "duplicate".
    Bars,
    /// It asks for an agreement: a yes restrains nobody.
    Agreement,
    /// It speaks of something else.
    Elsewhere,
    /// It has no word that is known.
    Unknown,
}

#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct RestraintWords {
    header: HeaderWords,
    cells: CellWords,
}

#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct HeaderWords {
    dropped: Vec<&'static str>,
    negated: Vec<&'static str>,
    opt_out: Vec<&'static str>,
    approved: Vec<&'static str>,
    negations: FxHashSet<&'static str>,
    publish: FxHashSet<&'static str>,
    published: FxHashSet<&'static str>,
    wishes: FxHashSet<&'static str>,
    private: FxHashSet<&'static str>,
    withdrawn: FxHashSet<&'static str>,
    declined: FxHashSet<&'static str>,
    sign: FxHashSet<&'static str>,
    authorized: FxHashSet<&'static str>,
    decides: FxHashSet<&'static str>,
    bars: FxHashSet<&'static str>,
    agrees: FxHashSet<&'static str>,
    until: FxHashSet<&'static str>,
    statuses: FxHashSet<&'static str>,
    comments: FxHashSet<&'static str>,
    described: FxHashSet<&'static str>,
    logs: FxHashSet<&'static str>,
    topics: FxHashSet<&'static str>,
    whose: FxHashSet<&'static str>,
    links: FxHashSet<&'static str>,
    now: FxHashSet<&'static str>,
    asks: FxHashSet<&'static str>,
    named: FxHashSet<&'static str>,
    alone: FxHashSet<&'static str>,
    objects: FxHashSet<&'static str>,
    fillers: FxHashSet<&'static str>,
}

#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct CellWords {
    joins: FxHashSet<&'static str>,
    shown: FxHashSet<&'static str>,
    hidden: FxHashSet<&'static str>,
    held: FxHashSet<&'static str>,
    green: FxHashSet<&'static str>,
    yellow: FxHashSet<&'static str>,
    red: FxHashSet<&'static str>,
}

static WORDS: LazyLock<RestraintWords> = LazyLock::new(|| word_list!("restraint"));

/// Returns whether a folded cell says that a name may be seen, or may not, if it does.
pub(super) fn visibility(folded: &str) -> Option<bool> {
    let words = &WORDS.cells;
    if words.shown.contains(folded) {
        Some(true)
    } else if words.hidden.contains(folded) {
        Some(false)
    } else {
        None
    }
}

/// A color of a traffic light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Light {
    /// Go.
    Green,
    /// Wait.
    Yellow,
    /// Stop.
    Red,
}

/// Returns which color of a traffic light a folded cell is, if it is one.
pub(super) fn light(folded: &str) -> Option<Light> {
    let words = &WORDS.cells;
    let lights = [
        (&words.green, Light::Green),
        (&words.yellow, Light::Yellow),
        (&words.red, Light::Red),
    ];
    let mut lights = lights.into_iter();
    lights.find_map(|(words, light)| words.contains(folded).then_some(light))
}

/// Returns whether a folded cell says by itself that its row waits or is out.
pub(super) fn holds_back(folded: &str) -> bool {
    WORDS.cells.held.contains(folded) || WORDS.cells.hidden.contains(folded)
}

/// Returns whether a folded cell by itself keeps its row back: "declined", "on hold".
pub(super) fn is_restraining(folded: &str) -> bool {
    // "No" and "none" are answers first.
    headers::answer(folded).is_none()
        && (headers::status_of_folded(folded).is_some_and(|status| status > Status::Confirmed) || holds_back(folded))
}

/// Returns whether a cell says that a name may be seen, or may not: a word, or a statement
/// such as "Please list us publicly".
pub(super) fn says_visibility(cell: &str, folded: &str) -> Option<bool> {
    visibility(folded).or_else(|| {
        let statement = folded.contains(' ') && headers::answer(folded).is_none();
        let seen = statement && (may_speak_of_seeing(folded) || cell.contains('('));
        match seen.then(|| read_with(cell, folded))? {
            Reading::Understood(ConsentQuestion::Publish) => Some(true),
            Reading::Understood(ConsentQuestion::Private) => Some(false),
            _ => None,
        }
    })
}

/// Returns whether a folded text has a word that may say whether a name is seen; quick, and
/// never wrong in saying no.
fn may_speak_of_seeing(folded: &str) -> bool {
    static SEEING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let words = &WORDS.header;
        let sets = [&words.publish, &words.published, &words.private];
        let mut seeing: FxHashSet<&str> = sets.into_iter().flatten().copied().collect();
        // Phrases that are read as such a word.
        seeing.extend(words.opt_out.iter().filter_map(|phrase| phrase.split(' ').next()));
        seeing
    });
    folded.split(' ').any(|word| SEEING.contains(word))
}

/// Returns whether a header speaks of comments: "Notes from calls", "Approver comment".
pub(super) fn is_of_comments(header: &str) -> bool {
    fold(header).split(' ').any(|word| WORDS.header.comments.contains(word))
}

/// Returns whether a header speaks of something else than whether a name is printed: "Region",
/// "How did you hear about us?"
pub(super) fn is_elsewhere(header: &str) -> bool {
    if read(header) == Reading::Elsewhere {
        return true;
    }
    let folded = fold(header);
    let has = |words: &FxHashSet<&str>| folded.split(' ').any(|word| words.contains(word));
    let is_status = has(&WORDS.header.statuses) || has(&WORDS.header.now);
    let is_described = has(&WORDS.header.described) && !is_status;
    is_described && (has(&WORDS.header.asks) || names_what_is_described(&folded)) && read(header) == Reading::Unknown
}

/// Returns whether each part of a header ends with what describes a signatory: "Program area" and
/// "Country of origin" do, "Area verdict" and "State of play" do not.
fn names_what_is_described(folded: &str) -> bool {
    let words = &WORDS.header;
    let all: Vec<&str> = folded.split(' ').collect();
    let mut parts = all.split(|word| words.links.contains(word) && !words.described.contains(word));
    parts.all(|part| {
        let mut content = part.iter().rev().filter(|word| !words.fillers.contains(**word));
        content.next().is_none_or(|word| {
            let sets = [
                &words.described,
                &words.topics,
                &words.objects,
                &words.named,
                &words.comments,
            ];
            sets.iter().any(|set| set.contains(*word)) || word.starts_with(|c: char| c.is_ascii_digit())
        })
    })
}

/// Returns whether a header speaks of how somebody was reached, and of nothing else that has to
/// do with no signature: "Last call".
pub(super) fn is_log(header: &str) -> bool {
    let folded = fold(header);
    let mut words = folded.split(' ');
    let is_log = |word: &str| WORDS.header.logs.contains(word);
    words.clone().any(is_log) && words.all(|word| is_log(word) || !WORDS.header.topics.contains(word))
}

/// Returns whether a header asks on whose behalf: "Signed on behalf of".
pub(super) fn names_whose(header: &str) -> bool {
    fold(header).split(' ').any(|word| WORDS.header.whose.contains(word))
}

/// Returns whether a word in small letters joins the words of a name: "of".
pub(super) fn joins_a_name(word: &str) -> bool {
    WORDS.cells.joins.contains(word)
}

/// Returns whether a header has a word of a status, whatever it speaks of.
pub(super) fn has_status_word(header: &str) -> bool {
    fold(header).split(' ').any(|word| WORDS.header.statuses.contains(word))
}

/// Returns whether a header speaks of tags: "TAGS", "Labels".
pub(super) fn is_of_tags(header: &str) -> bool {
    let folded = fold(header);
    folded
        .split(' ')
        .any(|word| matches!(word, "tag" | "tags" | "label" | "labels" | "etiquetas" | "etiquettes"))
}

/// Returns whether a header speaks of a status of a signature, as far as its words tell.
pub(super) fn is_status(header: &str) -> bool {
    let folded = fold(header);
    let mut words = folded.split(' ');
    words.clone().any(|word| WORDS.header.statuses.contains(word))
        && !words.any(|word| WORDS.header.topics.contains(word))
}

/// What the words of a header say, as they are read.
#[derive(Debug, Default)]
struct Said {
    shown: bool,
    hidden: bool,
    withdrawn: Option<bool>,
    declined: Option<bool>,
    signs: Option<bool>,
    authorized: Option<bool>,
    decides: bool,
    bars: bool,
    agrees: bool,
    denied: bool,
    until: bool,
    yet: bool,
    /// To be seen, only by words of what was done.
    done: bool,
    wishes: bool,
    topic: bool,
    named: bool,
    object: bool,
    /// A person, who may sign instead.
    alone: bool,
    /// Words that are none of these and no small ones.
    others: usize,
    words: usize,
}

/// Reads a header. What stands in parentheses counts only if the rest says nothing.
pub(super) fn read(header: &str) -> Reading {
    read_with(header, &fold(header))
}

/// Returns what a header says, given also as it is folded.
fn read_with(header: &str, folded: &str) -> Reading {
    match read_folded(folded) {
        Reading::Unknown if header.contains('(') => read_folded(&fold_all(header)),
        reading => reading,
    }
}

fn read_folded(folded: &str) -> Reading {
    let mut text = format!(" {folded} ");
    for (phrase, by) in PHRASES.iter() {
        if text.contains(phrase) {
            text = text.replace(phrase, by);
        }
    }
    judge(&listen(&text))
}

/// Phrases of a header between spaces, and the words that take their place, in this order.
static PHRASES: LazyLock<Vec<(String, &str)>> = LazyLock::new(|| {
    let words = &WORDS.header;
    let lists = [
        (&words.dropped, " "),
        (&words.opt_out, " optout "),
        (&words.negated, " not "),
        (&words.approved, " approved "),
    ];
    let padded = lists
        .into_iter()
        .flat_map(|(phrases, by)| phrases.iter().map(move |phrase| (format!(" {phrase} "), by)));
    padded.collect()
});

/// Reads the words of a header, one after the other.
fn listen(text: &str) -> Said {
    let words = &WORDS.header;
    let mut said = Said::default();
    // Whether what follows is turned round, and whether by a word of privacy.
    let (mut not, mut hides) = (false, false);
    let mut turned = false;
    for word in text.split_whitespace() {
        said.words += 1;
        said.topic |= words.topics.contains(word);
        said.named |= words.named.contains(word);
        said.alone |= words.alone.contains(word);
        said.object |= words.objects.contains(word);
        said.wishes |= words.wishes.contains(word);
        said.until |= words.until.contains(word);
        said.yet |= matches!(word, "yet" | "aun" | "todavia");
        if words.negations.contains(word) {
            // A second no of the same clause turns back, unless the first had its say.
            not = !not || turned || hides;
            (turned, hides) = (false, false);
            said.denied = true;
        } else if words.publish.contains(word) || words.published.contains(word) {
            said.done |= words.published.contains(word);
            if not {
                said.hidden = true;
            } else {
                said.shown = true;
            }
            turned = not;
        } else if words.private.contains(word) {
            if not && !turned {
                said.shown = true;
            } else {
                said.hidden = true;
            }
            // "Hide from the public list": what follows is the list that hides.
            if !not {
                (not, hides) = (true, true);
            }
            turned = true;
        } else if words.withdrawn.contains(word) {
            said.withdrawn = Some(!not && said.withdrawn != Some(false));
        } else if words.declined.contains(word) {
            said.declined = Some(!not && said.declined != Some(false));
        } else if words.authorized.contains(word) {
            said.authorized = Some(!not);
        } else if words.sign.contains(word) {
            said.signs = Some(!not);
        } else if words.decides.contains(word) {
            said.decides = true;
        } else if words.bars.contains(word) {
            said.bars = true;
        } else if words.agrees.contains(word) {
            said.agrees = true;
        } else if matches!(word, "but" | "pero" | "otherwise" | "o" | "or") && hides {
            // "Private or public": the two are set against each other.
            (not, hides, turned) = (false, false, false);
        } else if matches!(word, "but" | "pero" | "otherwise") {
            (not, turned) = (false, false);
        } else if !words.objects.contains(word) && !words.fillers.contains(word) && !words.wishes.contains(word) {
            said.others += 1;
        }
    }
    said
}

/// Decides what a header means by what its words say.
fn judge(said: &Said) -> Reading {
    let visible = said.shown || said.hidden;
    let acts = said.withdrawn.is_some() || said.declined.is_some();
    let signs = said.signs.is_some() || said.authorized.is_some();
    if said.topic && !(visible && said.named) && !(said.authorized.is_some() && said.signs.is_some()) {
        return Reading::Elsewhere;
    }
    // "Public agency", "Cancelled check": the word describes something else.
    let plain = said.object || said.others == 0;
    if acts {
        let question = match (said.withdrawn, said.declined) {
            (Some(true), None | Some(true)) => ConsentQuestion::Withdrawn,
            (None, Some(true)) => ConsentQuestion::Declined,
            _ => return Reading::Unclear,
        };
        return if plain || said.words <= 3 && said.others <= 1 {
            Reading::Understood(question)
        } else {
            Reading::Unclear
        };
    }
    if visible {
        return match (said.shown, said.hidden) {
            _ if said.until || !plain => Reading::Unclear,
            (true, true) => Reading::Unclear,
            (true, false) if said.done && !said.wishes && !said.denied => Reading::Unclear,
            (true, false) => Reading::Understood(ConsentQuestion::Publish),
            _ => Reading::Understood(ConsentQuestion::Private),
        };
    }
    if signs {
        return match (said.authorized, said.signs) {
            _ if said.until => Reading::Unclear,
            (Some(false), _) => Reading::Understood(ConsentQuestion::Unauthorized),
            (Some(true), Some(true)) | (None, Some(true)) if said.denied => Reading::Unclear,
            (Some(true), Some(true)) => Reading::Understood(ConsentQuestion::Authorized),
            (Some(true), _) => Reading::Unclear,
            // "Signing as individual": a no says that an organization signs.
            (None, Some(true)) if said.decides || said.bars || said.alone => Reading::Unclear,
            (None, Some(true)) => Reading::Understood(ConsentQuestion::Signed),
            (None, _) if said.yet => Reading::Understood(ConsentQuestion::Unauthorized),
            (None, _) => Reading::Understood(ConsentQuestion::Declined),
        };
    }
    if said.decides || said.until && said.words <= 4 {
        return Reading::Unclear;
    }
    if said.bars {
        return if said.denied { Reading::Unclear } else { Reading::Bars };
    }
    if said.agrees {
        return if said.denied {
            Reading::Unclear
        } else {
            Reading::Agreement
        };
    }
    // "Do not use our name": what it forbids is not known.
    if said.denied && said.object {
        Reading::Unclear
    } else if said.denied && said.words > 2 {
        // "Do not circulate": a mark speaks against its row.
        Reading::Bars
    } else {
        Reading::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, expected: Reading) {
        assert_eq!(read(header), expected, "{header}");
    }

    #[test]
    fn what_speaks_of_no_seeing_says_nothing_of_it() {
        let words = &WORDS.header;
        let single = [
            &words.negations,
            &words.publish,
            &words.published,
            &words.wishes,
            &words.private,
            &words.withdrawn,
            &words.sign,
            &words.until,
            &words.topics,
            &words.objects,
            &words.fillers,
        ];
        let mut pieces: Vec<&str> = single.into_iter().flatten().copied().collect();
        let phrases = [&words.dropped, &words.negated, &words.opt_out];
        pieces.extend(phrases.into_iter().flatten());
        pieces.extend(pieces.clone().iter().flat_map(|phrase| phrase.split(' ')));
        for (at, first) in pieces.iter().enumerate() {
            // Others at distances that differ from one to the next.
            for step in 1..20 {
                let other = |more: usize| pieces[(at * 31 + step * more) % pieces.len()];
                let (second, third) = (other(37), other(101));
                let text = format!("{first} {second} {third}");
                if !may_speak_of_seeing(&text) {
                    use ConsentQuestion::{Private, Publish};
                    let reading = read_folded(&text);
                    let says = matches!(reading, Reading::Understood(Publish | Private));
                    assert!(!says, "{text}: {reading:?}");
                }
            }
        }
    }

    #[test]
    fn a_header_that_says_no_turns_its_answers_round() {
        for header in [
            "Please do not publish our name",
            "Do NOT list us publicly",
            "Don't display my name",
            "We would rather not be listed publicly",
            "I prefer that you not show our organization's name",
            "Never publish our organization",
            "Opt out of the public list",
            "Opt-out of having your name listed",
            "Withhold our name",
            "Please withhold our organization's name from publication",
            "Keep our name private",
            "Keep us anonymous",
            "Hide my name from the public list",
            "Leave us off the public list",
            "No autorizo publicar el nombre de mi organización",
            "Prefiero que no se publique mi nombre",
            "No deseo aparecer en la lista",
            "Autorizo que no se publique mi nombre",
            "Exclude our name from the website",
            "I agree to sign but do not want to be listed publicly",
            "Check here if you do not want your organization's name published",
            "Please do not publish or list my name",
            "Remain anonymous; do not list my name",
            "Anonymous?",
            "We do not give permission to publish our name",
            "Suppress name",
            "Not for publication",
            "Do not use our name",
            "We ask that our name not be used",
            "Not willing to be listed",
            "Preferimos no aparecer",
        ] {
            check(header, Reading::Understood(ConsentQuestion::Private));
        }
        for header in [
            "I am not authorized to sign",
            "Not yet authorized",
            "Not yet signed",
            "No estoy autorizada para firmar",
        ] {
            check(header, Reading::Understood(ConsentQuestion::Unauthorized));
        }
        for header in [
            "We will not sign",
            "Not signing",
            "Our organization cannot sign",
            "Declined",
            "Declined?",
            "Refused to sign",
        ] {
            check(header, Reading::Understood(ConsentQuestion::Declined));
        }
        for header in [
            "Withdrawn",
            "Withdrew?",
            "Date withdrawn",
            "Removed",
            "Remove from letter",
            "Removal requested",
            "Retirado",
            "Withdrawal date",
        ] {
            check(header, Reading::Understood(ConsentQuestion::Withdrawn));
        }
    }

    #[test]
    fn a_header_that_asks_to_be_seen_is_understood() {
        for header in [
            "Display name on website?",
            "show_name",
            "Publish?",
            "May we publish your name? If not, please say why",
            "Can we list your organization publicly?",
            "Would you like to be listed on the letter?",
            "OK to include your name",
            "Visible",
            "Public",
            "¿Desea aparecer en la carta?",
            "I agree that my name be listed publicly and not hidden",
            "May we include your name in press materials?",
        ] {
            check(header, Reading::Understood(ConsentQuestion::Publish));
        }
        check("Signed on?", Reading::Understood(ConsentQuestion::Signed));
        check(
            "Will your organization sign?",
            Reading::Understood(ConsentQuestion::Signed),
        );
        check(
            "I am authorized to sign, and please send me updates",
            Reading::Understood(ConsentQuestion::Authorized),
        );
    }

    #[test]
    fn what_may_decide_and_does_not_say_how_is_unclear() {
        for header in [
            "Board vote",
            "Approved",
            "Board approval",
            "Decision",
            "Status",
            "Public or private?",
            "Public agency",
            "May we publish your name or keep it private?",
            "Published",
            "Not withdrawn",
            "Do not decline",
            "Do not publish until",
            "Signing pending",
            "Final answer",
            "Active",
        ] {
            check(header, Reading::Unclear);
        }
        for header in ["On hold", "Tentative?", "Duplicate", "Is Deceased", "Pending"] {
            check(header, Reading::Bars);
        }
        for header in [
            "I agree",
            "I confirm that this is right",
            "Do you support the demands?",
            "Permission",
        ] {
            check(header, Reading::Agreement);
        }
    }

    #[test]
    fn what_speaks_of_something_else_is_passed_over() {
        for header in [
            "Do Not Email",
            "No Bulk Emails (User Opt Out)",
            "Subscribe to our newsletter",
            "Will you attend the briefing?",
            "Keep my email private",
            "Do not publish my email or phone",
            "May we contact you?",
            "Membership status",
            "Tax status",
            "Would you share this on social media?",
            "Sign up for updates",
            "Are you a member?",
            "contributor",
            "Remove me from the mailing list",
            "Is your organization a 501(c)(3)?",
            "I agree to the privacy policy",
            "May we quote you in the media?",
            "Interested in joining a call",
            "Can you call your member of Congress?",
            "Email status",
        ] {
            check(header, Reading::Elsewhere);
        }
        for header in [
            "Favorite color",
            "Column 5",
            "region",
            "Tier",
            "Notes from Ana",
            "Number",
            "Party",
            "Twitter handle2",
        ] {
            assert!(
                matches!(read(header), Reading::Unknown | Reading::Elsewhere),
                "{header}"
            );
        }
    }

    #[test]
    fn what_describes_a_signatory_is_the_head_of_its_header() {
        for header in [
            "Region",
            "Program area",
            "Shirt size",
            "Member type",
            "Country of origin",
            "Type of organization",
            "Referred by",
            "How did you hear about us?",
            "Where are you based?",
            "Which state are you in?",
            "Day of the week",
            "Age group",
            "Issue 2",
            "Populations served",
            "Tipo de organización",
            "Secteur d'activité",
            "Meal choice",
            "State (abbreviation)",
            "Assigned to",
            "Team lead",
        ] {
            assert!(is_elsewhere(header), "{header}");
        }
        for header in [
            "Where we stand",
            "Where they are",
            "Where it is at",
            "Where things are",
            "State of play",
            "State of things",
            "Place in pipeline",
            "Place in the process",
            "Area of agreement",
            "Office verdict",
            "Region's answer",
            "Team decision so far",
            "Level with us now",
            "Track result",
            "Field outcome",
            "Code red or green",
            "Round-two verdict",
            "Rank in queue",
            "Current state",
            "Time to print",
            "Class of yes",
        ] {
            assert!(!is_elsewhere(header), "{header}");
        }
    }

    #[test]
    fn the_words_are_folded() {
        let header = &WORDS.header;
        let sets = [
            &header.negations,
            &header.publish,
            &header.published,
            &header.wishes,
            &header.private,
            &header.withdrawn,
            &header.declined,
            &header.sign,
            &header.authorized,
            &header.decides,
            &header.bars,
            &header.agrees,
            &header.until,
            &header.statuses,
            &header.topics,
            &header.described,
            &header.logs,
            &header.whose,
            &header.links,
            &header.now,
            &header.asks,
            &header.named,
            &header.objects,
            &header.fillers,
        ];
        for word in sets.into_iter().flatten() {
            assert!(&fold(word) == word && !word.contains(' '), "{word}");
        }
        let cells = &WORDS.cells;
        for word in cells.shown.iter().chain(&cells.hidden).chain(&cells.held) {
            assert_eq!(&fold(word), word);
        }
        for phrase in [&header.dropped, &header.negated, &header.opt_out, &header.approved]
            .into_iter()
            .flatten()
        {
            assert_eq!(&fold(phrase), phrase);
        }
    }
}
