//! The questions a person is asked, most valuable first.
//!
//! In: a resolution. Out: one question for each pair of signatories that may be
//! one. Absent: asking, and remembering the answer.

use super::{Resolution, Zone};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// A question: are these two signatories one?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The pair that asks; an index into [`Resolution::pairs`].
    pub pair: usize,
    /// The signatory of the pair's earlier row; an index into
    /// [`Resolution::signatories`].
    pub a: usize,
    /// The signatory of its later row.
    pub b: usize,
}

/// Returns the questions, the likeliest duplicates first; among equals, those that
/// more rows hang on, then those that come earlier in the lists.
pub fn questions(resolution: &Resolution) -> Vec<Question> {
    let mut of_row = FxHashMap::default();
    for (at, signatory) in resolution.signatories.iter().enumerate() {
        for &row in &signatory.rows {
            of_row.insert(row, at);
        }
    }
    let mut asked = FxHashSet::default();
    let mut questions = Vec::new();
    for (at, pair) in resolution.pairs.iter().enumerate() {
        if pair.judgement.zone != Zone::Review {
            continue;
        }
        if let (Some(&a), Some(&b)) = (of_row.get(&pair.a), of_row.get(&pair.b))
            && a != b
            && asked.insert((a.min(b), a.max(b)))
        {
            questions.push(Question { pair: at, a, b });
        }
    }
    let rows = |question: &Question| {
        resolution.signatories[question.a].rows.len() + resolution.signatories[question.b].rows.len()
    };
    questions.sort_by(|x, y| {
        let probability = |question: &Question| resolution.pairs[question.pair].judgement.probability;
        probability(y)
            .total_cmp(&probability(x))
            .then_with(|| Reverse(rows(x)).cmp(&Reverse(rows(y))))
            .then_with(|| x.pair.cmp(&y.pair))
    });
    questions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::signatory::Kind;
    use crate::resolve::{Judgement, Pair, Signatory};

    fn signatory(rows: &[usize]) -> Signatory {
        Signatory {
            name: format!("{rows:?}"),
            kind: Kind::Organization,
            rows: rows.to_vec(),
            title: None,
            affiliation: None,
            level: None,
            state: None,
            section: None,
            sort_name: None,
            url: None,
        }
    }

    fn pair(a: usize, b: usize, zone: Zone, probability: f64) -> Pair {
        let evidence = Vec::new();
        Pair { a, b, judgement: Judgement { zone, probability, evidence } }
    }

    #[test]
    fn each_pair_of_signatories_is_asked_about_once_and_the_likeliest_first() {
        let resolution = Resolution {
            signatories: vec![signatory(&[0, 1]), signatory(&[2]), signatory(&[3]), signatory(&[4])],
            pairs: vec![
                pair(0, 1, Zone::Merge, 1.0),
                pair(0, 2, Zone::Review, 0.5),
                pair(0, 3, Zone::Review, 0.5),
                pair(1, 2, Zone::Review, 0.4),
                pair(2, 4, Zone::Review, 0.9),
                pair(3, 4, Zone::Review, 0.5),
            ],
            ..Resolution::default()
        };
        let asked: Vec<_> = questions(&resolution).iter().map(|q| (q.a, q.b)).collect();
        assert_eq!(asked, [(1, 3), (0, 1), (0, 2), (2, 3)]);
    }
}
