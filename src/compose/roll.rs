//! The roll: who signed, in the order and sections in which they are printed.
//!
//! In: a resolution and the letter's `[roll]` table. Out: the order as indices
//! ([`order`]), or the roll itself. Guaranteed: every signatory is printed
//! exactly once; the order depends on nothing but names, the rows' order and
//! the language. Absent: columns on a page.
//!
//! Those who lead the coalition come first, then the other organisations, then
//! individuals, except as listed. Sections are
//! printed in the order of their levels, of the states' names, or of first
//! appearance; those that name no section come after them.

use super::alphabet::{Alphabet, collation_key};
use super::document::{Inline, Line, Roll, RollEntry, RollSection};
use super::labels::{self, Words};
use super::language::Language;
use super::{names, states};
use crate::model::letter::{NameSetting, RollOrder, RollSections, RollSetting, RollStyle};
use crate::model::signatory::{Kind, Level};
use crate::resolve::{Resolution, Signatory};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Returns the printed order of the signatories, as indices into the
/// resolution.
pub fn order(resolution: &Resolution, setting: &RollSetting, language: &str) -> Vec<usize> {
    divide(&printed(resolution, setting), setting, &Language::lenient(language))
        .into_iter()
        .flat_map(|section| section.members)
        .collect()
}

/// Composes the roll under a heading whose fields are already text.
pub(super) fn roll(resolution: &Resolution, setting: &RollSetting, heading: Option<Line>, language: &Language) -> Roll {
    let signatories = printed(resolution, setting);
    let sections = divide(&signatories, setting, language)
        .into_iter()
        .map(|section| {
            let entries: Vec<RollEntry> = section.members.iter().map(|&at| entry(&signatories[at])).collect();
            RollSection {
                heading: section.heading,
                sentence: match setting.style {
                    RollStyle::Sentence => sentence(&entries, language),
                    RollStyle::Columns | RollStyle::List | RollStyle::Logos => String::new(),
                },
                entries,
            }
        })
        .collect();
    let affiliated = signatories.iter().any(is_affiliated);
    Roll {
        heading,
        style: setting.style,
        columns: setting.columns.clamp(1, 3),
        sections,
        note: affiliated.then(|| {
            let words = &labels::words(language.subtag()).identification;
            vec![Inline::Text(format!("{MARK} {words}").into())]
        }),
    }
}

/// The signatories with their names in house style.
fn printed<'a>(resolution: &'a Resolution, setting: &RollSetting) -> Cow<'a, [Signatory]> {
    if setting.names == NameSetting::default() {
        return Cow::Borrowed(&resolution.signatories);
    }
    let styled = resolution.signatories.par_iter().map(|signatory| match signatory.kind {
        Kind::Individual => signatory.clone(),
        Kind::Organization => Signatory {
            name: names::styled(&signatory.name, &setting.names).into_owned(),
            ..signatory.clone()
        },
    });
    Cow::Owned(styled.collect())
}

/// A section of the roll before it is printed.
struct Division {
    heading: Option<String>,
    members: Vec<usize>,
}

fn divide(signatories: &[Signatory], setting: &RollSetting, language: &Language) -> Vec<Division> {
    let (places, headings) = places(signatories, setting.sections, language);
    let first_row = |at: usize| (signatories[at].rows.first().copied().unwrap_or(usize::MAX), at);
    let order: Vec<usize> = match setting.order {
        RollOrder::Alphabetical => {
            let alphabet = Alphabet::new(language);
            let name = |at: usize| sorted_by(&signatories[at], setting.ignore_articles);
            let mut ranked: Vec<_> = (0..signatories.len())
                .into_par_iter()
                .map(|at| (places[at], rank(&signatories[at]), alphabet.key(name(at)), at))
                .collect();
            ranked.par_sort_unstable_by(|a, b| {
                let order = (a.0, a.1).cmp(&(b.0, b.1));
                let order = order.then_with(|| {
                    let decided = alphabet.by_keys(&a.2, &b.2);
                    decided.unwrap_or_else(|| alphabet.compare(name(a.3), name(b.3)))
                });
                let order = order.then_with(|| signatories[a.3].name.cmp(&signatories[b.3].name));
                order.then_with(|| first_row(a.3).cmp(&first_row(b.3)))
            });
            ranked.into_iter().map(|(.., at)| at).collect()
        }
        RollOrder::Listed => {
            let mut order: Vec<usize> = (0..signatories.len()).collect();
            order.sort_unstable_by_key(|&at| (places[at], first_row(at)));
            order
        }
    };

    let mut divisions: Vec<Division> = Vec::new();
    let mut last = None;
    for at in order {
        if last != Some(places[at]) {
            last = Some(places[at]);
            divisions.push(Division {
                heading: headings.get(&places[at]).cloned(),
                members: Vec::new(),
            });
        }
        if let Some(division) = divisions.last_mut() {
            division.members.push(at);
        }
    }
    divisions
}

/// Those who lead the coalition come first, then the other organisations, then
/// individuals.
fn rank(signatory: &Signatory) -> (bool, Kind) {
    (signatory.level != Some(Level::Lead), signatory.kind)
}

/// The place of those that name no section, after all that do.
const ELSEWHERE: usize = usize::MAX - 1;

/// The place of individuals that name no section, last of all.
const INDIVIDUALS: usize = usize::MAX;

/// Returns each signatory's section as its place in the roll, and the sections'
/// headings by place. A roll of one section that says nothing has no heading.
fn places(
    signatories: &[Signatory],
    sections: RollSections,
    language: &Language,
) -> (Vec<usize>, BTreeMap<usize, String>) {
    let words = labels::words(language.subtag());
    let elsewhere = |signatory: &Signatory| match signatory.kind {
        Kind::Organization => ELSEWHERE,
        Kind::Individual => INDIVIDUALS,
    };
    let mut headings = BTreeMap::new();
    let places: Vec<usize> = match sections {
        RollSections::None => vec![ELSEWHERE; signatories.len()],
        RollSections::Kind => signatories.iter().map(elsewhere).collect(),
        RollSections::Level => {
            let place = |level| Level::ALL.iter().position(|known| *known == level).unwrap_or(ELSEWHERE);
            headings.extend(
                Level::ALL
                    .iter()
                    .map(|&level| (place(level), level_heading(level, words))),
            );
            signatories
                .iter()
                .map(|signatory| signatory.level.map_or_else(|| elsewhere(signatory), place))
                .collect()
        }
        RollSections::State => {
            let cells: Vec<Option<&str>> = signatories
                .iter()
                .map(|signatory| {
                    signatory
                        .state
                        .as_deref()
                        .map(str::trim)
                        .filter(|cell| !cell.is_empty())
                })
                .collect();
            let distinct: BTreeSet<&str> = cells.iter().copied().flatten().collect();
            let names: Vec<(&str, Cow<'_, str>)> = distinct
                .iter()
                .map(|cell| (*cell, states::name(cell, language.subtag())))
                .collect();
            let mut found: Vec<&str> = names.iter().map(|(_, name)| &**name).collect();
            let collator = language.collator();
            found.sort_by_cached_key(|name| (collation_key(name, collator.as_ref()), *name));
            found.dedup();
            // Those who lead come before the states, wherever they are.
            headings.insert(0, words.lead.clone());
            headings.extend(found.iter().zip(1..).map(|(name, at)| (at, name.to_string())));
            let order: BTreeMap<&str, usize> = found.iter().copied().zip(1..).collect();
            let place_of: BTreeMap<&str, usize> = names
                .iter()
                .filter_map(|(cell, name)| Some((*cell, *order.get(&**name)?)))
                .collect();
            let place = |cell: Option<&str>| cell.and_then(|cell| place_of.get(cell).copied());
            cells
                .into_iter()
                .zip(signatories)
                .map(|(cell, signatory)| match signatory.level {
                    Some(Level::Lead) => 0,
                    _ => place(cell).unwrap_or_else(|| elsewhere(signatory)),
                })
                .collect()
        }
        RollSections::Section => {
            let mut place_of: BTreeMap<&str, usize> = BTreeMap::new();
            let mut out = Vec::with_capacity(signatories.len());
            // Signatories stand by their first row, so this is first appearance.
            for signatory in signatories {
                out.push(
                    match signatory
                        .section
                        .as_deref()
                        .map(str::trim)
                        .filter(|section| !section.is_empty())
                    {
                        Some(section) => {
                            let next = place_of.len();
                            *place_of.entry(section).or_insert(next)
                        }
                        None => elsewhere(signatory),
                    },
                );
            }
            headings.extend(place_of.into_iter().map(|(section, at)| (at, section.to_owned())));
            out
        }
    };
    let divided = places.iter().any(|&place| place < ELSEWHERE);
    let both = places.contains(&ELSEWHERE) && places.contains(&INDIVIDUALS);
    if divided || both {
        let rest = if divided { &words.other } else { &words.organizations };
        headings.insert(ELSEWHERE, rest.clone());
        headings.insert(INDIVIDUALS, words.individuals.clone());
    }
    (places, headings)
}

fn level_heading(level: Level, words: &Words) -> String {
    match level {
        Level::Lead => &words.lead,
        Level::National => &words.national,
        Level::State => &words.state,
        Level::Local => &words.local,
        Level::International => &words.international,
    }
    .clone()
}

/// What a signatory is sorted by.
fn sorted_by(signatory: &Signatory, ignore_articles: bool) -> &str {
    match &signatory.sort_name {
        // A sort name says what to sort by, articles and all.
        Some(sort_name) => sort_name,
        None if ignore_articles => without_article(&signatory.name),
        None => &signatory.name,
    }
}

/// Definite articles that `ignore_articles` passes over. "A" and "An" stay: as
/// often as not they begin a name that is filed under them.
const ARTICLES: [&str; 8] = ["the", "el", "la", "los", "las", "le", "les", "l"];

/// Returns the name without a leading article. An article in capitals counts
/// only in a name that is all capitals: "LA Voice" is of Los Angeles.
fn without_article(name: &str) -> &str {
    let Some(end) = name.find([' ', '\u{a0}', '’', '\'']) else {
        return name;
    };
    let (first, rest) = name.split_at(end);
    let mark = rest.chars().next().unwrap_or(' ');
    let rest = rest[mark.len_utf8()..].trim_start();
    let is_article = ARTICLES.iter().any(|article| first.eq_ignore_ascii_case(article));
    let elided = first.eq_ignore_ascii_case("l");
    let capitals = |text: &str| !text.chars().any(char::is_lowercase);
    let shouted = first.len() > 1 && capitals(first) && !capitals(rest) && !first.eq_ignore_ascii_case("the");
    if is_article && !shouted && elided == matches!(mark, '’' | '\'') && !rest.is_empty() {
        rest
    } else {
        name
    }
}

/// Stands after an affiliation and before the note that says what it is for.
const MARK: &str = "*";

/// Whether an affiliation is printed.
fn is_affiliated(signatory: &Signatory) -> bool {
    let affiliation = signatory.affiliation.as_deref().unwrap_or_default();
    signatory.kind == Kind::Individual && !affiliation.trim().is_empty()
}

fn entry(signatory: &Signatory) -> RollEntry {
    let detail = match signatory.kind {
        Kind::Organization => None,
        Kind::Individual => {
            let pieces: Vec<&str> = [&signatory.title, &signatory.affiliation]
                .into_iter()
                .filter_map(|piece| piece.as_deref().map(str::trim).filter(|piece| !piece.is_empty()))
                .collect();
            let affiliated = is_affiliated(signatory);
            let mark = if affiliated { MARK } else { "" };
            (!pieces.is_empty()).then(|| format!("{}{mark}", pieces.join(", ")))
        }
    };
    RollEntry {
        name: signatory.name.clone(),
        detail,
        logo: None,
    }
}

fn sentence(entries: &[RollEntry], language: &Language) -> String {
    let members: Vec<String> = entries.iter().map(RollEntry::printed).collect();
    language.join(&members)
}

#[cfg(test)]
#[path = "roll_tests.rs"]
mod tests;
