//! Puts the questions that a person is asked in order.
//!
//! In: a [`Resolution`]. Out: its questions, most valuable first. Guaranteed: each
//! pair of signatories is asked about once. Absent: asking (that is `cli`'s), and
//! writing the answer down (that is `emit`'s).

use crate::resolve::resolution::{Resolution, Zone};
use rustc_hash::FxHashMap;

/// A question: are these two signatories one?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Index into [`Resolution::pairs`]: the rows that look most alike, and why.
    pub pair: usize,
    /// Indices into [`Resolution::signatories`].
    pub signatories: (usize, usize),
}

/// Returns the questions, most valuable first: those most likely answered
/// "same", and among them those about most rows, and those that stand for a family; each is
/// a duplicate in print.
pub fn questions(resolution: &Resolution) -> Vec<Question> {
    let rows = resolution.signatories.iter().flat_map(|signatory| &signatory.rows);
    let mut of = vec![usize::MAX; rows.max().map_or(0, |last| last + 1)];
    for (at, signatory) in resolution.signatories.iter().enumerate() {
        for &row in &signatory.rows {
            of[row] = at;
        }
    }
    let signatory = |row: usize| of.get(row).copied().filter(|&at| at != usize::MAX);
    let families = resolution.families.iter();
    let families: FxHashMap<(usize, usize), usize> =
        families.map(|family| (family.pair, family.longer.len())).collect();
    let mut out: Vec<(f64, Question)> = Vec::new();
    for (at, pair) in resolution.pairs.iter().enumerate() {
        if pair.judgement.zone != Zone::Review {
            continue;
        }
        let (Some(a), Some(b)) = (signatory(pair.a), signatory(pair.b)) else {
            continue;
        };
        let more = families.get(&(pair.a, pair.b)).map_or(0, |longer| longer - 1);
        let rows = resolution.signatories[a].rows.len() + resolution.signatories[b].rows.len() + more;
        let question = Question {
            pair: at,
            signatories: (a.min(b), a.max(b)),
        };
        out.push((pair.judgement.probability * (rows as f64).log2(), question));
    }
    out.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.pair.cmp(&y.pair)));
    out.into_iter().map(|(_, question)| question).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::signatory::Kind;
    use crate::resolve::resolution::{Family, Judgement, Pair, Signatory};

    fn signatory(rows: &[usize]) -> Signatory {
        Signatory {
            name: format!("{rows:?}"),
            kind: Kind::Organization,
            rows: rows.to_vec(),
            representative: None,
            title: None,
            affiliation: None,
            level: None,
            state: None,
            district: None,
            city: None,
            country: None,
            section: None,
            sort_name: None,
            url: None,
        }
    }

    fn pair(a: usize, b: usize, zone: Zone, probability: f64) -> Pair {
        let evidence = Vec::new();
        Pair {
            a,
            b,
            judgement: Judgement {
                zone,
                probability,
                evidence,
            },
        }
    }

    #[test]
    fn each_pair_of_signatories_is_asked_about_once_and_the_likeliest_first() {
        let resolution = Resolution {
            signatories: vec![signatory(&[0, 1]), signatory(&[2]), signatory(&[3]), signatory(&[4])],
            pairs: vec![
                pair(0, 1, Zone::Merge, 1.0),
                pair(0, 2, Zone::Review, 0.5),
                pair(0, 3, Zone::Review, 0.5),
                pair(2, 4, Zone::Review, 0.9),
                pair(3, 4, Zone::Review, 0.5),
            ],
            ..Resolution::default()
        };
        let asked: Vec<_> = questions(&resolution).iter().map(|q| q.signatories).collect();
        assert_eq!(asked, [(1, 3), (0, 1), (0, 2), (2, 3)]);
    }

    #[test]
    fn a_question_that_stands_for_a_family_comes_before_one_that_does_not() {
        let resolution = Resolution {
            signatories: (0..5).map(|row| signatory(&[row])).collect(),
            pairs: vec![pair(0, 1, Zone::Review, 0.5), pair(2, 3, Zone::Review, 0.5)],
            families: vec![Family {
                pair: (2, 3),
                short: 2,
                longer: vec![3, 4],
            }],
            ..Resolution::default()
        };
        let asked: Vec<_> = questions(&resolution).iter().map(|q| q.signatories).collect();
        assert_eq!(asked, [(2, 3), (0, 1)]);
    }
}
