//! Remembered answers and the directory, tied into one graph.
//!
//! In: [`Known`]. Out: a [`Graph`] that says of any two known names whether they
//! are one, two, or unanswered; and errors where answers contradict each other.
//! Guaranteed: names are matched after normalising, so answers survive
//! respelling and are inherited by new rows; same and same is same, same and
//! different is different. Absent: rules.

use crate::diag::{Code, Diagnostic};
use crate::model::known::{Answer, Known};
use crate::resolve::normalize::Name;
use crate::resolve::places;
use crate::resolve::units::Unit;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// Where a tie comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    /// Index into [`Known::decisions`].
    Decision(usize),
    /// Index into [`Known::directory`].
    Entry(usize),
}

/// What is known of names, ready to be asked.
#[derive(Debug, Default)]
pub struct Graph {
    /// Known names by key.
    nodes: FxHashMap<Box<str>, u32>,
    /// The same by all that is kept of a name.
    spelled: FxHashMap<Box<str>, u32>,
    /// Node by node: the group of names that are one.
    groups: Vec<u32>,
    /// Node by node, ties of sameness.
    same: Vec<Vec<(u32, Tie)>>,
    /// Ties of difference, and between which nodes.
    different: Vec<(u32, u32, Tie)>,
    /// Pairs of groups that are different, smaller first.
    apart: FxHashMap<(u32, u32), usize>,
    /// Group by group, its entry in the directory.
    entries: FxHashMap<u32, usize>,
    /// Keys whose spellings a decision tells apart; see [`Graph::key`].
    split: FxHashSet<Box<str>>,
    /// Decision by decision, the nodes of its names.
    decided: Vec<Vec<u32>>,
}

impl Graph {
    /// Ties the known names; contradictions are errors that name both entries.
    pub fn new(known: &Known) -> (Self, Vec<Diagnostic>) {
        let mut graph = Self::default();
        let mut diagnostics = Vec::new();
        graph.find_splits(known, &mut diagnostics);
        graph.tie_directory(known);
        graph.tie_decisions(known);
        graph.gather();
        graph.contradictions(known, &mut diagnostics);
        graph.printed_twice(known, &mut diagnostics);
        (graph, diagnostics)
    }

    /// The key under which a name is matched: its words and aliases; where a
    /// decision tells two spellings with the same words apart ("Bank AG" and
    /// "Bank GmbH"), also its legal form and acronyms.
    pub fn key<'a>(&self, name: &'a Name) -> Cow<'a, str> {
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

    /// Whether a decision tells spellings of this name apart.
    pub(crate) fn is_split(&self, name: &Name) -> bool {
        !self.split.is_empty() && self.split.contains(&*name.key())
    }

    /// The group of a node.
    pub(crate) fn group(&self, node: u32) -> u32 {
        self.groups[node as usize]
    }

    /// Why two groups are different, if they are.
    pub(crate) fn apart(&self, a: u32, b: u32) -> Option<Apart> {
        if a == b {
            return None;
        }
        let pair = (a.min(b), a.max(b));
        if let Some(&at) = self.apart.get(&pair) {
            return Some(Apart::Answered(self.different[at].2));
        }
        match (self.entries.get(&a), self.entries.get(&b)) {
            (Some(a), Some(b)) if a != b => Some(Apart::TwoEntries(*a, *b)),
            _ => None,
        }
    }

    /// The directory's entry of a group.
    pub(crate) fn entry(&self, group: u32) -> Option<usize> {
        self.entries.get(&group).copied()
    }

    /// The first tie on the shortest way of sameness between two nodes.
    pub(crate) fn tie(&self, from: u32, to: u32) -> Option<Tie> {
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

    /// Reports decisions none of whose names is in the list.
    pub(crate) fn report_unused(&self, known: &Known, units: &[Unit], diagnostics: &mut Vec<Diagnostic>) {
        if known.decisions.is_empty() {
            return;
        }
        let mut used = vec![false; self.groups.len()];
        for node in units.iter().filter_map(|unit| unit.known) {
            used[node as usize] = true;
        }
        for (decision, nodes) in known.decisions.iter().zip(&self.decided) {
            if !nodes.iter().any(|&node| used[node as usize]) {
                let names = quoted(&decision.names);
                diagnostics.push(
                    Diagnostic::note(
                        Code::UnusedDecision,
                        format!("no row has a name of this decision: {names}"),
                    )
                    .at(decision.origin)
                    .hint("keep it for other letters, or delete it"),
                );
            }
        }
    }

    /// Finds decisions that tell spellings of one key apart.
    fn find_splits(&mut self, known: &Known, diagnostics: &mut Vec<Diagnostic>) {
        for decision in known.decisions.iter().filter(|d| d.answer == Answer::Different) {
            let names: Vec<(Name, Option<String>)> = decision.names.iter().map(|name| places::parted(name)).collect();
            for (at, (a, place_a)) in names.iter().enumerate() {
                for (b, place_b) in &names[..at] {
                    if a.key() != b.key() || place_a != place_b {
                        continue;
                    }
                    if full_key(a) == full_key(b) {
                        let message = format!(
                            "these names are said to be different and are spelled the same: {}",
                            quoted(&decision.names)
                        );
                        diagnostics.push(
                            Diagnostic::error(Code::ContradictoryDecisions, message)
                                .at(decision.origin)
                                .hint("case, punctuation and abbreviations do not tell names apart; a place does, in words that many bodies have: `First Baptist Church [in Texas]`"),
                        );
                    } else {
                        self.split.insert(a.key().into());
                    }
                }
            }
        }
    }

    fn add(&mut self, text: &str) -> Option<u32> {
        let (name, place) = places::parted(text);
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

    fn tie_same(&mut self, a: u32, b: u32, tie: Tie) {
        self.same[a as usize].push((b, tie));
        self.same[b as usize].push((a, tie));
    }

    fn tie_directory(&mut self, known: &Known) {
        // An acronym that two entries claim is nobody's.
        let mut claims: FxHashMap<String, usize> = FxHashMap::default();
        for acronym in known.directory.iter().filter_map(|entry| entry.acronym.as_deref()) {
            *claims.entry(Name::new(acronym).key().into_owned()).or_default() += 1;
        }
        for (at, entry) in known.directory.iter().enumerate() {
            let Some(node) = self.add(&entry.name) else { continue };
            self.tie_same(node, node, Tie::Entry(at));
            let acronym = entry
                .acronym
                .iter()
                .filter(|acronym| claims.get(&*Name::new(acronym).key()) == Some(&1));
            for other in entry.aliases.iter().chain(acronym) {
                if let Some(other) = self.add(other) {
                    self.tie_same(node, other, Tie::Entry(at));
                }
            }
            for other in &entry.not_same {
                if let Some(other) = self.add(other) {
                    self.different.push((node, other, Tie::Entry(at)));
                }
            }
        }
    }

    fn tie_decisions(&mut self, known: &Known) {
        for (at, decision) in known.decisions.iter().enumerate() {
            let nodes: Vec<u32> = decision.names.iter().filter_map(|name| self.add(name)).collect();
            for (i, &a) in nodes.iter().enumerate() {
                // One tie to the first makes all of them the same.
                let others = match decision.answer {
                    Answer::Same => &nodes[..i.min(1)],
                    Answer::Different => &nodes[..i],
                };
                for &b in others.iter().filter(|&&b| b != a) {
                    match decision.answer {
                        Answer::Same => self.tie_same(b, a, Tie::Decision(at)),
                        Answer::Different => self.different.push((b, a, Tie::Decision(at))),
                    }
                }
            }
            self.decided.push(nodes);
        }
    }

    /// Numbers the groups of names that are one, by their first node.
    fn gather(&mut self) {
        let count = self.same.len();
        self.groups = vec![u32::MAX; count];
        for start in 0..count {
            if self.groups[start] != u32::MAX {
                continue;
            }
            let group = crate::source::offset(start);
            let mut stack = vec![start];
            while let Some(node) = stack.pop() {
                if self.groups[node] == u32::MAX {
                    self.groups[node] = group;
                    stack.extend(self.same[node].iter().map(|&(next, _)| next as usize));
                }
            }
        }
    }

    /// Warns of answers about one signatory that choose different names to print:
    /// the later one is obeyed.
    fn printed_twice(&self, known: &Known, diagnostics: &mut Vec<Diagnostic>) {
        let mut chosen: FxHashMap<u32, usize> = FxHashMap::default();
        for (at, decision) in known.decisions.iter().enumerate() {
            let (Answer::Same, Some(print), Some(&node)) = (decision.answer, &decision.print, self.decided[at].first())
            else {
                continue;
            };
            let Some(before) = chosen.insert(self.group(node), at) else {
                continue;
            };
            if let Some(other) = known.decisions[before].print.as_ref().filter(|other| *other != print) {
                let message = format!("`{other}` was chosen to be printed before, and now `{print}`");
                diagnostics.push(
                    Diagnostic::warning(Code::ContradictoryDecisions, message)
                        .at(decision.origin)
                        .hint("the later answer is printed; delete `print` from one of the two"),
                );
            }
        }
    }

    fn contradictions(&mut self, known: &Known, diagnostics: &mut Vec<Diagnostic>) {
        for at in 0..self.different.len() {
            let (a, b, tie) = self.different[at];
            let (group_a, group_b) = (self.group(a), self.group(b));
            if group_a == group_b {
                if let Some(other) = self.tie(a, b) {
                    contradict(known, tie, other, diagnostics);
                }
            } else {
                let pair = (group_a.min(group_b), group_a.max(group_b));
                self.apart.entry(pair).or_insert(at);
            }
        }
        for (at, entry) in known.directory.iter().enumerate() {
            let Some(node) = self.nodes.get(&*self.key(&Name::new(&entry.name))).copied() else {
                continue;
            };
            let group = self.group(node);
            match self.entries.get(&group) {
                None => {
                    self.entries.insert(group, at);
                }
                Some(&first) => {
                    let other = self.nodes.get(&*self.key(&Name::new(&known.directory[first].name)));
                    let between = other.and_then(|&other| self.tie(other, node));
                    match between {
                        Some(tie @ Tie::Decision(_)) => contradict(known, Tie::Entry(at), tie, diagnostics),
                        _ => contradict(known, Tie::Entry(at), Tie::Entry(first), diagnostics),
                    }
                }
            }
        }
    }
}

/// Why two known names are different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Apart {
    /// Somebody said so.
    Answered(Tie),
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
fn contradict(known: &Known, a: Tie, b: Tie, diagnostics: &mut Vec<Diagnostic>) {
    let describe = |tie: Tie| match tie {
        Tie::Decision(at) => {
            let decision = &known.decisions[at];
            let answer = decision.answer.as_str();
            (
                format!("the decision that {} are {answer}", quoted(&decision.names)),
                decision.origin,
            )
        }
        Tie::Entry(at) => {
            let entry = &known.directory[at];
            (format!("the directory's entry `{}`", entry.name), entry.origin)
        }
    };
    let ((said_a, at_a), (said_b, at_b)) = (describe(a), describe(b));
    if a == b {
        diagnostics.push(
            Diagnostic::error(
                Code::ContradictoryDecisions,
                format!("{said_a} gives one name both as its own and as not the same"),
            )
            .at(at_a)
            .hint("a name is in `aliases` or in `not_same`, not in both"),
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
