//! Links known names by remembered answers and the directory.
//!
//! In: [`Known`]. Out: a [`KnownLinks`] that says of any two known names whether they
//! are one, two, or unanswered; and errors where answers contradict each other.
//! Guaranteed: names are matched after normalizing, so answers survive
//! respelling and are inherited by new rows; same and same is same, same and
//! different is different. Absent: rules.

use crate::diag::{Code, Diagnostic};
use crate::model::known::{Answer, Known};
use crate::resolve::families;
use crate::resolve::normalize::Name;
use crate::resolve::places;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// The source of a link: a decision, or an entry of the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkSource {
    /// Index into [`Known::decisions`].
    Decision(usize),
    /// Index into [`Known::directory`].
    Entry(usize),
}

/// The links between known names: must-link and cannot-link.
#[derive(Debug, Default)]
pub(crate) struct KnownLinks {
    /// Known names by key.
    nodes: FxHashMap<Box<str>, u32>,
    /// The same by all that is kept of a name.
    spelled: FxHashMap<Box<str>, u32>,
    /// Node by node: the component of names that are one.
    components: Vec<u32>,
    /// Node by node, ties of sameness.
    same: Vec<Vec<(u32, LinkSource)>>,
    /// Ties of difference, and between which nodes.
    different: Vec<(u32, u32, LinkSource)>,
    /// Pairs of components that are different, smaller first.
    cannot_links: FxHashMap<(u32, u32), usize>,
    /// Component by component, its entry in the directory.
    entries: FxHashMap<u32, usize>,
    /// Keys whose spellings a decision tells apart; see [`KnownLinks::key`].
    split: FxHashSet<Box<str>>,
    /// Decision by decision, the nodes of its names.
    decided: Vec<Vec<u32>>,
    /// The decisions about families.
    families: Vec<FamilyAnswer>,
}

/// A decision about all names that add words to one.
#[derive(Debug)]
struct FamilyAnswer {
    name: Name,
    node: u32,
    answer: Answer,
    /// Index into [`Known::decisions`].
    decision: usize,
}

impl KnownLinks {
    /// Links the known names; contradictions are errors that name both entries.
    pub(crate) fn new(known: &Known) -> (Self, Vec<Diagnostic>) {
        let mut graph = Self::default();
        let mut diagnostics = Vec::new();
        graph.find_splits(known, &mut diagnostics);
        graph.link_directory(known);
        graph.link_decisions(known);
        graph.find_components();
        graph.find_contradictions(known, &mut diagnostics);
        graph.report_competing_print_names(known, &mut diagnostics);
        (graph, diagnostics)
    }

    /// The key under which a name is matched: its words and aliases; where a
    /// decision tells two spellings with the same words apart ("Bank AG" and
    /// "Bank GmbH"), also its legal form and acronyms.
    pub(crate) fn key<'a>(&self, name: &'a Name) -> Cow<'a, str> {
        let key = name.key();
        if self.split.is_empty() || !self.split.contains(&*key) {
            return key;
        }
        Cow::Owned(full_key(name))
    }

    /// The node of a name, if it is known.
    pub(crate) fn node(&self, name: &Name) -> Option<u32> {
        if self.nodes.is_empty() {
            return None;
        }
        self.nodes.get(&*self.key(name)).copied()
    }

    /// The node of a name that many bodies have, at a place.
    pub(crate) fn node_at(&self, name: &Name, place: &str) -> Option<u32> {
        if self.nodes.is_empty() {
            return None;
        }
        self.nodes.get(&*placed(&self.key(name), place)).copied()
    }

    /// The node of a name with its very legal form and acronyms.
    pub(crate) fn node_of_spelling(&self, name: &Name) -> Option<u32> {
        if self.spelled.is_empty() {
            return None;
        }
        self.spelled.get(&*full_key(name)).copied()
    }

    /// Returns the decision about the family that one of two names is the short name of, if the
    /// other is one of its longer names.
    pub(crate) fn family(&self, a: &Name, b: &Name) -> Option<(Answer, LinkSource)> {
        let found = |family: &&FamilyAnswer, short: &Name, long: &Name| {
            let added = (*short.key() == *family.name.key()).then(|| families::added_words(short, long));
            added.flatten().is_some_and(|added| match family.answer {
                Answer::Same => families::is_place(&added),
                Answer::Different => true,
            })
        };
        let mut answers = self.families.iter();
        let family = answers.find(|family| found(family, a, b) || found(family, b, a))?;
        Some((family.answer, LinkSource::Decision(family.decision)))
    }

    /// Returns whether a decision says that one of two names is another signatory than all
    /// names that add words to it.
    pub(crate) fn is_of_other_family(&self, a: &Name, b: &Name) -> bool {
        !self.families.is_empty() && self.family(a, b).is_some_and(|(answer, _)| answer == Answer::Different)
    }

    /// Returns whether a decision is about a family.
    pub(crate) fn has_families(&self) -> bool {
        !self.families.is_empty()
    }

    /// Returns the node of the family that is one signatory, and that a longer name is of.
    pub(crate) fn family_of(&self, name: &Name) -> Option<u32> {
        let mut joined = self.families.iter().filter(|family| family.answer == Answer::Same);
        let is_of = |family: &&FamilyAnswer| {
            families::added_words(&family.name, name).is_some_and(|added| families::is_place(&added))
        };
        joined.find(is_of).map(|family| family.node)
    }

    /// Returns whether a decision tells spellings of this name apart.
    pub(crate) fn is_split(&self, name: &Name) -> bool {
        !self.split.is_empty() && self.split.contains(&*name.key())
    }

    /// The component of a node.
    pub(crate) fn component(&self, node: u32) -> u32 {
        self.components[node as usize]
    }

    /// Why two components are different, if they are.
    pub(crate) fn cannot_link(&self, a: u32, b: u32) -> Option<CannotLink> {
        if a == b {
            return None;
        }
        let pair = (a.min(b), a.max(b));
        if let Some(&at) = self.cannot_links.get(&pair) {
            return Some(CannotLink::Answered(self.different[at].2));
        }
        match (self.entries.get(&a), self.entries.get(&b)) {
            (Some(a), Some(b)) if a != b => Some(CannotLink::TwoEntries(*a, *b)),
            _ => None,
        }
    }

    /// The directory's entry of a component.
    pub(crate) fn entry(&self, component: u32) -> Option<usize> {
        self.entries.get(&component).copied()
    }

    /// The first tie on the shortest way of sameness between two nodes.
    pub(crate) fn tie(&self, from: u32, to: u32) -> Option<LinkSource> {
        if from == to {
            return self.same[from as usize].first().map(|&(_, tie)| tie);
        }
        let mut seen: FxHashSet<u32> = FxHashSet::from_iter([from]);
        let mut queue = std::collections::VecDeque::from([(from, None)]);
        while let Some((node, first)) = queue.pop_front() {
            for &(next, tie) in &self.same[node as usize] {
                let first = first.or(Some(tie));
                if next == to {
                    return first;
                }
                if seen.insert(next) {
                    queue.push_back((next, first));
                }
            }
        }
        None
    }

    /// The nodes of a decision's names.
    pub(crate) fn decided(&self, decision: usize) -> &[u32] {
        &self.decided[decision]
    }

    /// Reports decisions none of whose names is in the list, given the nodes that are.
    pub(crate) fn report_unused(
        &self,
        known: &Known,
        listed: impl Iterator<Item = u32>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if known.decisions.is_empty() {
            return;
        }
        let mut used = vec![false; self.components.len()];
        for node in listed {
            used[node as usize] = true;
        }
        for (decision, nodes) in known.decisions.iter().zip(&self.decided) {
            if !nodes.iter().any(|&node| used[node as usize]) {
                let names = quoted(&decision.names);
                diagnostics.push(
                    Diagnostic::note(Code::UnusedDecision, format!("this decision matches no row: {names}"))
                        .at(decision.origin)
                        .hint("keep it for other letters, or delete it"),
                );
            }
        }
    }

    /// Finds decisions that tell spellings of one key apart.
    fn find_splits(&mut self, known: &Known, diagnostics: &mut Vec<Diagnostic>) {
        for decision in known.decisions.iter().filter(|d| d.answer == Answer::Different) {
            let names: Vec<(Name, Option<String>)> =
                decision.names.iter().map(|name| places::split_place(name)).collect();
            for (at, (a, place_a)) in names.iter().enumerate() {
                for (b, place_b) in &names[..at] {
                    if a.key() != b.key() || place_a != place_b {
                        continue;
                    }
                    if full_key(a) == full_key(b) {
                        let message = format!(
                            "these names are marked as different but are spelled the same: {}",
                            quoted(&decision.names)
                        );
                        diagnostics.push(
                            Diagnostic::error(Code::ContradictoryDecisions, message)
                                .at(decision.origin)
                                .hint("write them as they differ: case, punctuation, and abbreviations do not count; for a common name, add the place: `First Baptist Church [in Texas]`"),
                        );
                    } else {
                        self.split.insert(a.key().into());
                    }
                }
            }
        }
    }

    fn add(&mut self, text: &str) -> Option<u32> {
        let (name, place) = places::split_place(text);
        if name.is_empty() {
            return None;
        }
        let key: Box<str> = match place {
            Some(place) => placed(&self.key(&name), &place).into(),
            None => self.key(&name).into(),
        };
        let spelling = full_key(&name).into_boxed_str();
        let next = crate::source::offset(self.nodes.len());
        let node = *self.nodes.entry(key).or_insert(next);
        self.spelled.entry(spelling).or_insert(node);
        if node == next {
            self.same.push(Vec::new());
        }
        Some(node)
    }

    fn must_link(&mut self, a: u32, b: u32, tie: LinkSource) {
        self.same[a as usize].push((b, tie));
        self.same[b as usize].push((a, tie));
    }

    fn link_directory(&mut self, known: &Known) {
        // An acronym that two entries claim is nobody's.
        let mut claims: FxHashMap<String, usize> = FxHashMap::default();
        for acronym in known.directory.iter().filter_map(|entry| entry.acronym.as_deref()) {
            *claims.entry(Name::new(acronym).key().into_owned()).or_default() += 1;
        }
        for (at, entry) in known.directory.iter().enumerate() {
            let Some(node) = self.add(&entry.name) else { continue };
            self.must_link(node, node, LinkSource::Entry(at));
            let acronym = entry
                .acronym
                .iter()
                .filter(|acronym| claims.get(&*Name::new(acronym).key()) == Some(&1));
            for other in entry.aliases.iter().chain(acronym) {
                if let Some(other) = self.add(other) {
                    self.must_link(node, other, LinkSource::Entry(at));
                }
            }
            for other in &entry.not_same {
                if let Some(other) = self.add(other) {
                    self.different.push((node, other, LinkSource::Entry(at)));
                }
            }
        }
    }

    fn link_decisions(&mut self, known: &Known) {
        for (at, decision) in known.decisions.iter().enumerate() {
            let nodes: Vec<u32> = decision.names.iter().filter_map(|name| self.add(name)).collect();
            if let (true, Some(&node)) = (decision.family, nodes.first()) {
                let (name, _) = places::split_place(&decision.names[0]);
                self.must_link(node, node, LinkSource::Decision(at));
                self.families.push(FamilyAnswer {
                    name,
                    node,
                    answer: decision.answer,
                    decision: at,
                });
            }
            for (i, &a) in nodes.iter().enumerate() {
                // One tie to the first makes all of them the same.
                let others = match decision.answer {
                    Answer::Same => &nodes[..i.min(1)],
                    Answer::Different => &nodes[..i],
                };
                for &b in others.iter().filter(|&&b| b != a) {
                    match decision.answer {
                        Answer::Same => self.must_link(b, a, LinkSource::Decision(at)),
                        Answer::Different => self.different.push((b, a, LinkSource::Decision(at))),
                    }
                }
            }
            self.decided.push(nodes);
        }
    }

    /// Numbers the components of names that are one, by their first node.
    fn find_components(&mut self) {
        let count = self.same.len();
        self.components = vec![u32::MAX; count];
        for start in 0..count {
            if self.components[start] != u32::MAX {
                continue;
            }
            let component = crate::source::offset(start);
            let mut stack = vec![start];
            while let Some(node) = stack.pop() {
                if self.components[node] == u32::MAX {
                    self.components[node] = component;
                    stack.extend(self.same[node].iter().map(|&(next, _)| next as usize));
                }
            }
        }
    }

    /// Warns of answers about one signatory that choose different names to print:
    /// the later one is obeyed.
    fn report_competing_print_names(&self, known: &Known, diagnostics: &mut Vec<Diagnostic>) {
        let mut chosen: FxHashMap<u32, usize> = FxHashMap::default();
        for (at, decision) in known.decisions.iter().enumerate() {
            let (Answer::Same, Some(print), Some(&node)) = (decision.answer, &decision.print, self.decided[at].first())
            else {
                continue;
            };
            let Some(before) = chosen.insert(self.component(node), at) else {
                continue;
            };
            if let Some(other) = known.decisions[before].print.as_ref().filter(|other| *other != print) {
                let message = format!(
                    "this decision prints `{print}`, but an earlier one prints `{other}`; the later one applies"
                );
                diagnostics.push(
                    Diagnostic::warning(Code::ContradictoryDecisions, message)
                        .at(decision.origin)
                        .hint("delete `print` from one of the two"),
                );
            }
        }
    }

    fn find_contradictions(&mut self, known: &Known, diagnostics: &mut Vec<Diagnostic>) {
        for at in 0..self.different.len() {
            let (a, b, tie) = self.different[at];
            let (component_a, component_b) = (self.component(a), self.component(b));
            if component_a == component_b {
                if let Some(other) = self.tie(a, b) {
                    contradict(known, tie, other, diagnostics);
                }
            } else {
                let pair = (component_a.min(component_b), component_a.max(component_b));
                self.cannot_links.entry(pair).or_insert(at);
            }
        }
        for (at, entry) in known.directory.iter().enumerate() {
            let Some(node) = self.nodes.get(&*self.key(&Name::new(&entry.name))).copied() else {
                continue;
            };
            let component = self.component(node);
            match self.entries.get(&component) {
                None => {
                    self.entries.insert(component, at);
                }
                Some(&first) => {
                    let other = self.nodes.get(&*self.key(&Name::new(&known.directory[first].name)));
                    let between = other.and_then(|&other| self.tie(other, node));
                    match between {
                        Some(tie @ LinkSource::Decision(_)) => {
                            contradict(known, LinkSource::Entry(at), tie, diagnostics);
                        }
                        _ => contradict(known, LinkSource::Entry(at), LinkSource::Entry(first), diagnostics),
                    }
                }
            }
        }
    }
}

/// The reasons why two known names are different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CannotLink {
    /// Somebody said so.
    Answered(LinkSource),
    /// They are two entries of the directory.
    TwoEntries(usize, usize),
}

/// The key of a name at a place.
fn placed(key: &str, place: &str) -> String {
    format!("{key} [in {place}]")
}

/// All that is kept of a name, for names with equal words.
fn full_key(name: &Name) -> String {
    format!("{} #{:x} {}", name.key(), name.legal, name.acronyms.join(" "))
}

fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// One error at each of two entries that cannot both hold.
fn contradict(known: &Known, a: LinkSource, b: LinkSource, diagnostics: &mut Vec<Diagnostic>) {
    let describe = |tie: LinkSource| match tie {
        LinkSource::Decision(at) => {
            let decision = &known.decisions[at];
            let answer = decision.answer.as_str();
            (
                format!("the decision that {} are {answer}", quoted(&decision.names)),
                decision.origin,
            )
        }
        LinkSource::Entry(at) => {
            let entry = &known.directory[at];
            (format!("the directory's entry `{}`", entry.name), entry.origin)
        }
    };
    let ((said_a, at_a), (said_b, at_b)) = (describe(a), describe(b));
    if a == b {
        diagnostics.push(
            Diagnostic::error(
                Code::ContradictoryDecisions,
                format!("{said_a} lists one name both as the same and as different"),
            )
            .at(at_a)
            .hint("remove the name from `aliases` or from `not_same`"),
        );
        return;
    }
    for (mine, other, origin) in [(&said_a, &said_b, at_a), (&said_b, &said_a, at_b)] {
        diagnostics.push(
            Diagnostic::error(Code::ContradictoryDecisions, format!("{mine} contradicts {other}"))
                .at(origin)
                .hint("correct or delete one of the two"),
        );
    }
}
