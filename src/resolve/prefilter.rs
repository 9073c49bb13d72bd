//! Refuses most candidate pairs without comparing them.
//!
//! In: name groups. Out: a [`Prefilter`], which says of two groups that no rule can
//! match them. Guaranteed: what is refused here, the rules part as well; every rule is
//! asked; a refusal touches two short runs of one block of memory, what they come to, and
//! nothing else.
//! Absent: anything that would join.
//!
//! Nearly all candidate pairs only happen to share some words. A million names
//! make some six million pairs, and some forty thousand of them are not apart.

use crate::model::signatory::Kind;
use crate::resolve::comparison::{
    Glance, ListWords, NameFeatures, NameSummary, PairFeatures, Rarity, WordFeatures, add_features, cannot_match_tests,
};
use crate::resolve::name_group::NameGroup;
use crate::source::offset;
use rayon::prelude::*;

/// Name groups that are read in one piece of parallel work.
const CHUNK: usize = 4096;

/// The features of a list's names, and the tests of the rules.
pub(crate) struct Prefilter {
    features: Vec<WordFeatures>,
    /// Group by group, where its features begin; one more at the end.
    starts: Vec<u32>,
    /// Group by group, what they come to.
    summaries: Vec<NameSummary>,
    tests: Vec<fn(&PairFeatures<'_>) -> bool>,
}

impl Prefilter {
    /// Reads the features of all groups.
    pub(crate) fn new(groups: &[NameGroup], rarity: &dyn Rarity) -> Self {
        let parts: Vec<(Vec<WordFeatures>, Vec<u32>, Vec<NameSummary>)> = groups
            .par_chunks(CHUNK)
            .map(|groups| {
                let mut features = Vec::with_capacity(groups.len() * 6);
                let (mut counts, mut summaries) = (Vec::with_capacity(groups.len()), Vec::with_capacity(groups.len()));
                for group in groups {
                    let before = features.len();
                    let summary = match group.kind {
                        Kind::Organization => add_features(&group.name, rarity, &mut features),
                        Kind::Individual => NameSummary::default(),
                    };
                    counts.push(offset(features.len() - before));
                    summaries.push(summary);
                }
                (features, counts, summaries)
            })
            .collect();
        let mut out = Self {
            features: Vec::with_capacity(parts.iter().map(|(features, ..)| features.len()).sum()),
            starts: Vec::with_capacity(groups.len() + 1),
            summaries: Vec::with_capacity(groups.len()),
            tests: cannot_match_tests(),
        };
        out.starts.push(0);
        let mut end = 0;
        for (features, counts, summaries) in parts {
            out.features.extend(features);
            out.summaries.extend(summaries);
            out.starts.extend(counts.into_iter().map(|count| {
                end += count;
                end
            }));
        }
        out
    }

    fn name(&self, group: u32) -> NameFeatures<'_> {
        let group = group as usize;
        let features = &self.features[self.starts[group] as usize..self.starts[group + 1] as usize];
        NameFeatures::new(features, self.summaries[group])
    }

    /// Returns true if a group has the features that one of another list has: what it cannot match
    /// is the same.
    pub(crate) fn is_same(&self, group: u32, other: &Self, theirs: u32) -> bool {
        self.name(group).is_same(other.name(theirs))
    }

    /// Returns the number of names that each word of a group occurs in, little words
    /// left out if there are others.
    pub(crate) fn names_with_words(&self, group: u32) -> impl Iterator<Item = u32> + '_ {
        self.name(group).names_with_words()
    }

    /// Returns what the names of some groups come to, for a first look at all their pairs.
    pub(crate) fn glances(&self, groups: &[NameGroup], of: &[u32]) -> Vec<Glance> {
        let words = |group: u32| {
            let name = &groups[group as usize].name;
            name.words().iter().map(|&word| name.word(word))
        };
        let list = ListWords::new(of.iter().flat_map(|&group| words(group)));
        let glance = |&group: &u32| {
            let words: Vec<&str> = words(group).collect();
            Glance::new(self.name(group), list.has_joined(&words))
        };
        of.par_iter().map(glance).collect()
    }

    /// Returns whether no rule can match two groups: they are apart.
    pub(crate) fn cannot_match(&self, a: u32, b: u32) -> bool {
        let pair = PairFeatures::new(self.name(a), self.name(b));
        self.tests.iter().all(|test| test(&pair))
    }
}

#[cfg(test)]
#[path = "prefilter_tests.rs"]
mod tests;
