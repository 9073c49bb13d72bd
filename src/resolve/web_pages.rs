//! Compares signatories by their web pages.
//!
//! In: the rows of name groups. Out: pairs to ask about, whose names do not show that they may
//! be one. Guaranteed: a page that more than two have is evidence of nothing. Absent:
//! merging, and reading a page (that is `web_page`'s).

use super::name_group::NameGroup;
use super::resolution::{Evidence, Judgement, Zone};
use super::web_page::WebPage;
use super::words::{Class, mix, stem};
use crate::model::signatory::{Column, Kind, Record};
use crate::model::units::Weight;
use crate::source::offset;

fn pages(records: &[Record], group: &NameGroup) -> impl Iterator<Item = WebPage> {
    let cells = group.rows.iter().filter_map(|&row| records[row].get(Column::Url));
    cells.filter_map(WebPage::read)
}

/// Returns the pairs of groups that alone have a page, and whose names differ.
pub(crate) fn pairs(records: &[Record], groups: &[NameGroup]) -> Vec<(u32, u32)> {
    let mut filed: Vec<(u64, u32)> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let own = pages(records, group).filter(|page| group.kind == Kind::Organization || page.has_path());
        filed.extend(own.map(|page| (mix(stem(&page.key)), offset(at))));
    }
    filed.sort_unstable();
    filed.dedup();
    let two = filed.chunk_by(|a, b| a.0 == b.0).filter_map(|same| match same {
        [(_, a), (_, b)] => Some((*a, *b)),
        _ => None,
    });
    let mut out: Vec<(u32, u32)> = two
        .filter(|&(a, b)| may_be_one(&groups[a as usize], &groups[b as usize]))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Returns whether the names of two groups do not say that they are two: as chapters, arms
/// and people's namesakes do, which others look at.
fn may_be_one(a: &NameGroup, b: &NameGroup) -> bool {
    if a.kind != b.kind || a.name.text() == b.name.text() {
        return false;
    }
    if a.kind == Kind::Individual {
        return a.person != b.person;
    }
    const PARTS: Class = Class::PLACE
        .or(Class::NUMBER)
        .or(Class::ARM)
        .or(Class::BRANCH)
        .or(Class::OWN);
    let tells = |one: &NameGroup, other: &NameGroup| {
        let mut own = one
            .name
            .words()
            .iter()
            .filter(|word| !other.name.words().iter().any(|known| known.stem == word.stem));
        own.any(|word| word.class.is(PARTS))
    };
    let within = |one: &NameGroup, other: &NameGroup| {
        let mut words = one.name.words().iter();
        words.all(|word| other.name.words().iter().any(|known| known.stem == word.stem))
    };
    !(within(a, b) || within(b, a) || tells(a, b) || tells(b, a))
}

/// Returns the question about two groups that have a page in common.
pub(crate) fn judgement(records: &[Record], a: &NameGroup, b: &NameGroup) -> Option<Judgement> {
    let page = pages(records, a).find(|page| pages(records, b).any(|other| other == *page))?;
    Some(Judgement {
        zone: Zone::Review,
        probability: 0.5,
        evidence: vec![Evidence {
            rule: "same-web-page",
            weight: Weight(0.0),
            because: format!("both have the web page `{}`", page.key),
        }],
    })
}
