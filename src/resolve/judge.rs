//! Judges two names alone, as if no other row existed.
//!
//! In: two names, and what people already know. Out: a [`Judgement`]. Guaranteed: the
//! same rules as in [`resolve`](super::resolve), with every unlisted word rare. Absent:
//! lists.

use super::comparison::{NoList, compare};
use super::decisions::KnownLinks;
use super::resolution::{Judgement, Zone};
use super::{assemble, places, weigh};
use crate::model::known::Known;

/// Judges two names alone, as if no other row existed.
///
/// Remembered answers and the directory outrank the rules here too. Ties the
/// known names anew on each call; for many pairs, use a [`Judge`].
pub fn judge(a: &str, b: &str, known: &Known) -> Judgement {
    Judge::new(known).judge(a, b)
}

/// Judges pairs of names, with what is known tied once.
#[derive(Debug)]
pub struct Judge<'a> {
    known: &'a Known,
    graph: KnownLinks,
}

impl<'a> Judge<'a> {
    /// Ties what is known; contradictions in it are reported by [`resolve`](crate::resolve::resolve).
    pub fn new(known: &'a Known) -> Self {
        let (graph, _) = KnownLinks::new(known);
        Self { known, graph }
    }

    /// Judges two names.
    pub fn judge(&self, text_a: &str, text_b: &str) -> Judgement {
        let ((a, place_a), (b, place_b)) = (places::split_place(text_a), places::split_place(text_b));
        let node = |name, place: &Option<String>| {
            let at = place.as_ref().and_then(|place| self.graph.node_at(name, place));
            at.or_else(|| self.graph.node(name))
        };
        if let (Some(a), Some(b)) = (node(&a, &place_a), node(&b, &place_b))
            && let Some(judgement) = assemble::answer(self.known, &self.graph, a, b)
        {
            return judgement;
        }
        if let Some(judgement) = assemble::family_answer(self.known, &self.graph, &a, &b) {
            return judgement;
        }
        let mut judgement = weigh::judgement(&compare(&a, &b, &NoList).with_typed(text_a, text_b));
        if self.graph.is_split(&a) && self.graph.is_split(&b) && a != b && judgement.zone == Zone::Merge {
            judgement.zone = Zone::Review;
        }
        if judgement.zone == Zone::Merge && place_a.is_some() && place_b.is_some() && place_a != place_b {
            assemble::ask_for_places(&mut judgement);
        }
        judgement
    }
}
