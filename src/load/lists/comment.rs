//! Reads whether a free comment may keep its row from being printed.
//!
//! In: a comment, data/remarks.toml and data/comments.toml. Out: a [`Comment`], or nothing.
//! Guaranteed: a sentence that denies, sets a condition, waits, doubts, corrects, asks a
//! question, leaves it to somebody else, or has a wish about the name is never passed over, if
//! its words are known; thanks, praise and an offer of help are. Absent: cells that are answers
//! (those are `consent`'s).
//!
//! Phrases that restrain wherever they stand come first. Then each sentence is read by classes
//! of words. A long sentence speaks of the matter rather than of the signature, and is read for
//! less.

use super::fold::fold_all;
use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

/// What a comment says that may matter to its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comment {
    /// The row may not be printed without asking.
    Restrains,
    /// A person signs, and not the organization.
    Personal,
}

/// Whether the cells of a column are remarks about a signature, or people's reasons for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Remarks: each sentence counts.
    Remarks,
    /// Reasons, or cells of an unknown sort: only the phrases of data/remarks.toml count.
    Reasons,
}

#[derive(Debug, Deserialize)]
struct Phrases {
    both: Vec<String>,
    in_comments: Vec<String>,
    personal: Vec<String>,
    takes: Vec<String>,
    taken: Vec<String>,
    refuses: Vec<String>,
    refused: Vec<String>,
    deciders: Vec<String>,
    decides: Vec<String>,
}

type Set = FxHashSet<&'static str>;

#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Words {
    plain: Vec<&'static str>,
    negations: Set,
    auxiliaries: Set,
    plural_auxiliaries: Set,
    oughts: Set,
    determiners: Set,
    pronouns: Set,
    third: Set,
    about: Set,
    conditions: Set,
    inner_conditions: Set,
    times: Set,
    days: Set,
    waits: Set,
    held: Set,
    doubts: Set,
    reversals: Set,
    corrections: Set,
    deciders: Set,
    owners: Set,
    articles: Set,
    strict_deciders: Set,
    approves: Set,
    appearances: Set,
    wishes: Set,
    alone: Set,
    signs: Set,
    requests: Set,
    please: Set,
    intents: Set,
    acts: Set,
    buts: Set,
    after_but: Set,
    helps: Set,
    matters: Set,
    late: Set,
    agrees: Set,
    essays: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| word_list!("comments"));

/// One of these words is in every sentence that restrains and asks nothing.
static SIGNALS: LazyLock<Set> = LazyLock::new(|| {
    let w = &*WORDS;
    let before = [
        &w.negations,
        &w.conditions,
        &w.inner_conditions,
        &w.times,
        &w.days,
        &w.waits,
    ];
    let about = [&w.doubts, &w.reversals, &w.corrections, &w.deciders, &w.appearances];
    let acts = [&w.third, &w.please, &w.requests, &w.intents, &w.buts, &w.signs];
    let all = before.into_iter().chain(about).chain(acts);
    all.flatten().copied().collect()
});

/// The phrases that restrain nobody, by their first word, the longest first.
static PLAIN: LazyLock<FxHashMap<&str, Vec<Vec<&str>>>> = LazyLock::new(|| {
    let mut plain: FxHashMap<&str, Vec<Vec<&str>>> = FxHashMap::default();
    for phrase in &WORDS.plain {
        let words: Vec<&str> = phrase.split(' ').collect();
        plain.entry(words[0]).or_default().push(words);
    }
    plain
        .values_mut()
        .for_each(|phrases| phrases.sort_by_key(|words| std::cmp::Reverse(words.len())));
    plain
});

/// Words of a sentence up to which it is a remark, and up to which it may be one; by eye.
const SHORT: usize = 14;
const LONG: usize = 24;

/// Returns whether a header asks for reasons: "Why are you signing?"
pub(super) fn asks_for_reasons(header: &str) -> bool {
    let folded = format!(" {} ", fold_all(header));
    let mut words = WORDS.essays.iter();
    words.any(|word| folded.contains(&format!(" {word} ")))
}

/// Finds what in a comment may keep its row back.
pub(super) fn in_comment(comment: &str, manner: Manner) -> Option<Comment> {
    by_phrase(comment).or_else(|| {
        let remarks = manner == Manner::Remarks;
        let found = || sentences(comment).find_map(|(sentence, asks)| judge(sentence, asks));
        remarks.then(found).flatten()
    })
}

/// Finds a phrase of data/remarks.toml.
fn by_phrase(comment: &str) -> Option<Comment> {
    static FOUND: LazyLock<Option<[Regex; 2]>> = LazyLock::new(|| {
        let words: Phrases = word_list!("remarks");
        let any = |phrases: &mut dyn Iterator<Item = &String>| {
            let phrases: Vec<String> = phrases
                .map(|phrase| regex::escape(phrase).replace('\'', "['’]?"))
                .collect();
            format!(r"\b(?:{})\b", phrases.join("|"))
        };
        // A verb, at most three words, and what it acts upon.
        let beside = |verbs: &[String], objects: &[String]| {
            format!(
                r"{}(?:\W+\w+){{0,3}}?\W+{}",
                any(&mut verbs.iter()),
                any(&mut objects.iter())
            )
        };
        let phrases = any(&mut words.both.iter().chain(&words.in_comments));
        let takes = beside(&words.takes, &words.taken);
        let refuses = beside(&words.refuses, &words.refused);
        let decides = beside(&words.deciders, &words.decides);
        let restrains = Regex::new(&format!("(?i){phrases}|{takes}|{refuses}|{decides}")).ok()?;
        Some([
            restrains,
            Regex::new(&format!("(?i){}", any(&mut words.personal.iter()))).ok()?,
        ])
    });
    let [restrains, personal] = FOUND.as_ref()?;
    // "Double-check" is double check.
    let hyphen = || comment.contains('-') && restrains.is_match(&comment.replace('-', " "));
    if restrains.is_match(comment) || hyphen() {
        Some(Comment::Restrains)
    } else {
        personal.is_match(comment).then_some(Comment::Personal)
    }
}

/// Returns the sentences of a comment, and whether each is a question.
fn sentences(comment: &str) -> impl Iterator<Item = (&str, bool)> {
    comment
        .split_inclusive(['.', '!', '?', ';', '\n', '\r'])
        .map(|sentence| (sentence, sentence.ends_with('?')))
}

/// Writes contractions out, and folds: "We can’t" is "we can not".
fn written_out(sentence: &str) -> String {
    let lower = sentence.to_lowercase().replace('’', "'");
    let full = if lower.contains('\'') {
        let ends = [
            ("can't", "can not"),
            ("won't", "will not"),
            ("n't", " not"),
            ("'ll", " will"),
            ("'re", " are"),
            ("'ve", " have"),
            ("'m ", " am "),
            ("'d ", " would "),
            ("'s", ""),
        ];
        ends.iter().fold(lower, |text, (from, to)| text.replace(from, to))
    } else {
        lower
    };
    let full = full.replace("w/o ", "without ").replace("cannot", "can not");
    fold_all(&full)
}

/// Judges a sentence.
fn judge(sentence: &str, asks: bool) -> Option<Comment> {
    let text = written_out(sentence);
    if text.is_empty() {
        // Nothing but punctuation marks.
        return asks.then_some(Comment::Restrains);
    }
    let all: Vec<&str> = text.split(' ').collect();
    let said = Sentence {
        words: without_plain(&all),
        is_short: all.len() <= SHORT,
        is_long: all.len() > LONG,
    };
    if !asks && !said.has(&SIGNALS) {
        debug_assert!(!said.is_alone() && !said.restrains(asks, all.len()), "{sentence}");
        return None;
    }
    if said.is_alone() {
        return Some(Comment::Personal);
    }
    said.restrains(asks, all.len()).then_some(Comment::Restrains)
}

/// Returns the words of a sentence without the phrases that restrain nobody.
fn without_plain<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut kept = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let phrases = PLAIN.get(words[at]).map(Vec::as_slice).unwrap_or_default();
        match phrases.iter().find(|phrase| words[at..].starts_with(phrase)) {
            Some(phrase) => at += phrase.len(),
            None => {
                kept.push(words[at]);
                at += 1;
            }
        }
    }
    kept
}

/// A sentence, without its phrases that restrain nobody.
struct Sentence<'a> {
    words: Vec<&'a str>,
    is_short: bool,
    is_long: bool,
}

impl Sentence<'_> {
    fn has(&self, set: &Set) -> bool {
        self.words.iter().any(|word| set.contains(word))
    }

    /// Returns the places of the words of a class.
    fn places(&self, set: &'static Set) -> impl Iterator<Item = usize> {
        let words = self.words.iter().enumerate();
        words.filter_map(move |(at, word)| set.contains(word).then_some(at))
    }

    /// Returns whether a word of a class stands among the next ones.
    fn follows(&self, at: usize, count: usize, set: &Set) -> bool {
        self.words
            .iter()
            .skip(at + 1)
            .take(count)
            .any(|word| set.contains(word))
    }

    /// Returns whether a word of a class stands among the last ones.
    fn precedes(&self, at: usize, count: usize, set: &Set) -> bool {
        let from = at.saturating_sub(count);
        self.words[from..at].iter().any(|word| set.contains(word))
    }

    /// "Firmo yo", "I sign for myself".
    fn is_alone(&self) -> bool {
        let alone = |at| self.follows(at, 4, &WORDS.alone) || self.precedes(at, 4, &WORDS.alone);
        self.is_short && self.places(&WORDS.signs).any(alone)
    }

    fn restrains(&self, asks: bool, length: usize) -> bool {
        if self.words.is_empty() {
            return false;
        }
        let always = self.has(&WORDS.reversals)
            || self.has(&WORDS.doubts) && !self.is_long
            || self.is_conditional()
            || self.is_left_to_others()
            || self.wishes_a_name()
            || asks && (self.has(&WORDS.about) || !self.has(&WORDS.helps));
        // What speaks of children waiting speaks of no signature.
        let is_matter = self.has(&WORDS.matters) && !self.has(&WORDS.about);
        let short = self.is_short
            && !is_matter
            && (self.denies()
                || self.waits()
                || self.corrects(length)
                || self.reports()
                || self.requests()
                || self.plans()
                || self.turns());
        always || short
    }

    /// "Not at this time", "the board does not know", but not "our members cannot wait".
    fn denies(&self) -> bool {
        // "None": nothing to say.
        if matches!(self.words[..], ["no" | "none" | "nothing" | "non" | "nao" | "nada"]) {
            return false;
        }
        self.places(&WORDS.negations).any(|at| {
            // "No child should".
            if self.words[at] == "no" && self.follows(at, 4, &WORDS.oughts) && !self.precedes(at, at, &WORDS.pronouns) {
                return false;
            }
            let aux = at
                .checked_sub(1)
                .filter(|&aux| WORDS.auxiliaries.contains(self.words[aux]));
            let Some(subject) = aux.and_then(|aux| aux.checked_sub(1)) else {
                return true;
            };
            let who = self.words[subject];
            let speaks = WORDS.pronouns.contains(who) || WORDS.deciders.contains(who) || WORDS.about.contains(who);
            let many = WORDS.plural_auxiliaries.contains(self.words[at - 1]) || who.ends_with('s') || who == "people";
            let determined = subject > 0 && WORDS.determiners.contains(self.words[subject - 1]);
            speaks || !(many || determined)
        })
    }

    /// "If the others do", "once we hear".
    fn is_conditional(&self) -> bool {
        if self.is_long {
            return false;
        }
        let inner = |at: usize| at > 0 && self.words.len() > 2;
        let near = |at: usize| {
            let next = self.follows(at, 3, &WORDS.pronouns)
                || self.follows(at, 3, &WORDS.deciders)
                || self.follows(at, 3, &WORDS.about)
                || self.follows(at, 3, &WORDS.days)
                || self.words.get(at + 1..).is_some_and(|rest| {
                    let mut next = rest.iter().take(3);
                    next.any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
                });
            self.is_short && (at == 0 || next)
        };
        let by_day = |at: usize| self.words[at] == "by" && self.follows(at, 2, &WORDS.days);
        self.has(&WORDS.conditions)
            || (0..self.words.len()).any(by_day)
            || self.places(&WORDS.inner_conditions).any(inner)
            || self.places(&WORDS.times).any(near)
    }

    /// "Waiting on Ana", "please hold", "we need more time yet".
    fn waits(&self) -> bool {
        self.places(&WORDS.waits).any(|at| {
            // "We hold clinics on Mondays".
            let next = self.words.get(at + 1);
            let is_held = next.is_none_or(|next| WORDS.held.contains(next));
            if matches!(self.words[at], "hold" | "holds" | "holding") && !is_held {
                return false;
            }
            at == 0
                || self.words.len() <= 6
                || self.precedes(at, at, &WORDS.pronouns)
                || self.precedes(at, at, &WORDS.please)
                || self.precedes(at, at, &WORDS.deciders)
        })
    }

    /// "Wrong name", "removed", "our earlier answer".
    fn corrects(&self, length: usize) -> bool {
        self.places(&WORDS.corrections).any(|at| {
            let about = |set: &Set| self.follows(at, 3, set) || self.precedes(at, 3, set);
            length <= 6 || about(&WORDS.about) || about(&WORDS.third)
        })
    }

    /// "My board would kill me", but not "approved by our board".
    fn is_left_to_others(&self) -> bool {
        if self.is_long {
            return false;
        }
        let found = self.places(&WORDS.deciders).any(|at| {
            let word = self.words[at];
            let owned = self.precedes(at, 2, &WORDS.owners);
            let strict = WORDS.strict_deciders.contains(word);
            owned || strict && (at == 0 || self.precedes(at, 1, &WORDS.articles)) || word == "someone"
        });
        let speaks_of_itself = matches!(self.words[..], ["i", "am", ..] | ["as", ..]);
        found && !self.has(&WORDS.approves) && !speaks_of_itself
    }

    /// "The name should read differently", "list us without the comma".
    fn wishes_a_name(&self) -> bool {
        !self.is_long
            && self.places(&WORDS.appearances).any(|at| {
                let near = |set: &Set| self.follows(at, 4, set) || self.precedes(at, 4, set);
                near(&WORDS.wishes)
            })
    }

    /// "They wish", "actually he said so": what others are told to have said.
    fn reports(&self) -> bool {
        let third = self.words.first().is_some_and(|first| WORDS.third.contains(first));
        // "She is kind."
        let describes = matches!(self.words[..], [_, "is" | "are" | "was" | "were", _]);
        third && !describes && !self.has(&WORDS.approves) && self.words.last() != Some(&"in")
    }

    /// "Please verify", "skip this one", "double check with Sam", but not "call 505-555-0100".
    fn requests(&self) -> bool {
        let is_number = |word: &&str| word.chars().all(|c| !c.is_alphabetic());
        if matches!(&self.words[..], [_, rest @ ..] if !rest.is_empty() && rest.iter().all(is_number)) {
            return false;
        }
        let asked = |at: usize| {
            let mut next = self.words.iter().skip(at + 1);
            next.next().is_some_and(|word| WORDS.requests.contains(word))
        };
        self.places(&WORDS.please).any(asked) || self.words.first().is_some_and(|word| WORDS.requests.contains(word))
    }

    /// "I should ask my co-chair", "we will decide", "tengo que consultarlo".
    fn plans(&self) -> bool {
        self.places(&WORDS.intents).any(|at| {
            let intent = self.words[at];
            // "We have read it" is done; "we would like to sign" agrees.
            let is_done = matches!(intent, "have" | "has" | "had") && self.words.get(at + 1) != Some(&"to");
            let later = self.follows(at, 4, &WORDS.late) && !WORDS.agrees.contains(intent);
            !is_done && (later || self.follows(at, 4, &WORDS.acts))
        })
    }

    /// "Signed, but needs work".
    fn turns(&self) -> bool {
        let turns = |at: usize| self.follows(at, LONG, &WORDS.after_but);
        self.places(&WORDS.buts).any(turns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(comments: &[&str], expected: Option<Comment>) {
        let wrong = |comment: &&&str| in_comment(comment, Manner::Remarks) != expected;
        let wrong: Vec<&&str> = comments.iter().filter(wrong).collect();
        assert!(wrong.is_empty(), "not {expected:?}: {wrong:#?}");
    }

    #[test]
    fn comments_that_restrain_are_heard() {
        let restrains = [
            "Please remove us, our board voted no.",
            "Please don’t list us publicly until June 20",
            "Wait for my OK",
            "Pending board approval",
            "We need to withdraw our signature",
            "por favor no publicar todavía",
            "Please list us as Harbor Readers of Taos",
            "not us",
            "We can't be part of this one",
            "nothing in writing yet",
            "I would rather stay out",
            "ok once the press release is out",
            "if Sierra signs",
            "when our chair is back",
            "after the 15th",
            "Ana will confirm on Tuesday",
            "waiting",
            "maybe",
            "I think they might",
            "our treasurer objects",
            "the pastor hasn't seen it",
            "someone at the office has to look at it",
            "title is wrong",
            "Our name is spelled with two n's, please fix",
            "The name should read as on our website",
            "use the old logo",
            "double check with Sam",
            "call Rosa",
            "call Rosa at 505-555-0100",
            "Can this be taken back?",
            "???",
            "duplicate of row 7",
            "our earlier submission was an error",
            "they laughed",
            "I should ask my co-chair",
            "We still have to vote",
            "Signed, but needs changes to the second page",
            "tengo que preguntarle a mi jefa",
            "esperamos la respuesta del consejo",
            "nous devons consulter nos membres",
            "sous réserve de l'accord du siège",
            "preciso falar com a diretoria",
            "favor não publicar",
            "embargoed until the launch",
            "anonymously please",
        ];
        check(&restrains, Some(Comment::Restrains));
    }

    #[test]
    fn a_person_who_signs_is_heard() {
        let alone = [
            "Signing in my personal capacity",
            "signing as myself",
            "à titre personnel",
            "I sign for myself",
            "Firmo yo, la escuela es aparte",
            "personally signing",
        ];
        check(&alone, Some(Comment::Personal));
    }

    #[test]
    fn plain_comments_restrain_nobody() {
        let plain = [
            "Happy to sign!",
            "called",
            "call 505-555-0100",
            "call (505) 555-0100.",
            "Great letter, thank you",
            "We serve 300 families in Taos and will share this widely.",
            "Happy to help with media",
            "Our members cannot wait any longer for heat.",
            "Our members care about this",
            "",
            "Follow up with Rosa about the logo",
            "Thank you for leading this!",
            "Thanks so much for organizing, this is so needed",
            "Let us know how we can help",
            "Please let us know if there is anything else we can do",
            "Please keep us posted",
            "Please send us the letter once it is published",
            "Looking forward to seeing this in print",
            "We can't wait to share this",
            "No comments",
            "none",
            "n/a",
            "No conditions",
            "Proud to add our name",
            "Approved by our board on March 3",
            "Our board voted unanimously to support this",
            "Our executive director is thrilled",
            "No child should have to wait for medicine",
            "Children do not belong in detention",
            "Congress must act now",
            "We have signed similar letters before",
            "We have read it and we agree with every word",
            "signed 2/3",
            "very excited to be part of this",
            "long-time partner",
            "They signed at the meeting in Taos",
            "they are in",
            "she is kind",
            "will share on social",
            "We would like to sign",
            "How can we help?",
            "Represents 12 congregations",
            "Sent from my iPhone",
            "¡Gracias por su trabajo!",
            "saludos",
            "Adelante",
            "sin problema",
            "merci beaucoup pour votre travail",
            "pas de problème",
            "obrigada",
            "Yes, with enthusiasm!",
            "We are a small group but mighty",
            "Thank you for not forgetting rural counties",
            "In solidarity",
            "Together we win",
        ];
        check(&plain, None);
    }

    #[test]
    fn reasons_are_read_for_less() {
        let reason = "I can't stay silent while my neighbors wait";
        assert_eq!(in_comment(reason, Manner::Reasons), None);
        assert_eq!(
            in_comment("please remove us", Manner::Reasons),
            Some(Comment::Restrains)
        );
        assert!(asks_for_reasons("Why are you signing?") && !asks_for_reasons("Comments"));
    }

    #[test]
    fn the_words_are_folded() {
        for phrase in WORDS.plain.iter().chain(&WORDS.essays) {
            assert_eq!(&fold_all(phrase), phrase);
        }
        let sets = [
            &WORDS.negations,
            &WORDS.auxiliaries,
            &WORDS.oughts,
            &WORDS.determiners,
            &WORDS.pronouns,
            &WORDS.about,
            &WORDS.conditions,
            &WORDS.times,
            &WORDS.days,
            &WORDS.waits,
            &WORDS.doubts,
            &WORDS.reversals,
            &WORDS.corrections,
            &WORDS.deciders,
            &WORDS.owners,
            &WORDS.approves,
            &WORDS.appearances,
            &WORDS.wishes,
            &WORDS.alone,
            &WORDS.signs,
            &WORDS.requests,
            &WORDS.intents,
            &WORDS.acts,
            &WORDS.matters,
        ];
        for word in sets.into_iter().flatten() {
            assert!(&fold_all(word) == word && !word.contains(' '), "{word}");
        }
        assert!(WORDS.plural_auxiliaries.is_subset(&WORDS.auxiliaries));
    }
}
