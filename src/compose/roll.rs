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
//! appearance (`roll_sections`); those that name no section come after them.

use super::alphabet::Alphabet;
use super::document::{Inline, Line, Roll, RollEntry, RollSection};
use super::language::Language;
use super::names;
use super::people_order::PeopleSorting;
use super::roll_entry::{self, MARK, signs_in_office};
use super::roll_sections::{Sections, sections};
use crate::model::letter::{NameSetting, RollColumnCount, RollMembers, RollOrder, RollSetting, RollStyle};
use crate::model::signatory::{Kind, Level};
use crate::resolve::{Resolution, Signatory};
use rayon::prelude::*;
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Returns the printed order of the signatories, as indices into the
/// resolution.
pub fn order(resolution: &Resolution, setting: &RollSetting, language: &str) -> Vec<usize> {
    let language = Language::lenient(language);
    if setting.rolls.is_empty() {
        return order_of(resolution, setting, &language);
    }
    let parts = members(&resolution.signatories, setting);
    let orders = setting.rolls.iter().zip(&parts).map(|(roll, members)| {
        let order = order_of(&subset(resolution, members), &roll.setting, &language);
        order.into_iter().map(|at| members[at]).collect::<Vec<usize>>()
    });
    orders.flatten().collect()
}

fn order_of(resolution: &Resolution, setting: &RollSetting, language: &Language) -> Vec<usize> {
    let sections = divide(&printed(resolution, setting), setting, language);
    sections.into_iter().flat_map(|section| section.members).collect()
}

/// Composes the rolls without their headings: one of all signatories, or those that the
/// setting divides them among.
pub(super) fn rolls(resolution: &Resolution, setting: &RollSetting, language: &Language) -> Vec<Roll> {
    let mut rolls = match setting.rolls.is_empty() {
        true => vec![roll(resolution, setting, None, language)],
        false => {
            let parts = members(&resolution.signatories, setting);
            let rolls = setting.rolls.iter().zip(&parts);
            rolls
                .map(|(one, members)| roll(&subset(resolution, members), &one.setting, None, language))
                .collect()
        }
    };
    let sections = rolls.iter_mut().flat_map(|roll| &mut roll.sections);
    let entries = sections.flat_map(|section| &mut section.entries);
    entries.enumerate().for_each(|(rank, entry)| entry.rank = rank);
    rolls
}

/// Returns whose roll a signatory belongs on, where there are several.
pub(super) fn class(signatory: &Signatory, setting: &RollSetting) -> RollMembers {
    let has = |members| setting.rolls.iter().any(|roll| roll.members == members);
    match signatory.kind {
        Kind::Organization => RollMembers::Organizations,
        Kind::Individual if has(RollMembers::Officials) && signs_in_office(signatory) => RollMembers::Officials,
        Kind::Individual => RollMembers::Individuals,
    }
}

/// Returns the members of each of several rolls. Who belongs on none, which is an error of
/// the letter, is on the last.
fn members(signatories: &[Signatory], setting: &RollSetting) -> Vec<Vec<usize>> {
    let mut parts = vec![Vec::new(); setting.rolls.len()];
    let last = parts.len().saturating_sub(1);
    for (at, signatory) in signatories.iter().enumerate() {
        let class = class(signatory, setting);
        let roll = setting.rolls.iter().position(|roll| roll.members == class);
        parts[roll.unwrap_or(last)].push(at);
    }
    parts
}

/// Returns a resolution of some of the signatories.
fn subset(resolution: &Resolution, members: &[usize]) -> Resolution {
    Resolution {
        signatories: members.iter().map(|&at| resolution.signatories[at].clone()).collect(),
        ..Resolution::default()
    }
}

/// Composes the roll under a heading whose fields are already text.
fn roll(resolution: &Resolution, setting: &RollSetting, heading: Option<Line>, language: &Language) -> Roll {
    let signatories = printed(resolution, setting);
    let entries = roll_entry::entries(&signatories, setting);
    let all: Vec<String> = match setting.style {
        RollStyle::Sentence => entries.iter().map(RollEntry::printed).collect(),
        RollStyle::Columns | RollStyle::List | RollStyle::Logos => Vec::new(),
    };
    let affiliated = entries
        .iter()
        .any(|entry| entry.detail.as_deref().is_some_and(|detail| detail.ends_with(MARK)));
    let sections: Vec<RollSection> = divide(&signatories, setting, language)
        .into_iter()
        .map(|section| {
            let entries: Vec<RollEntry> = section.members.iter().map(|&at| entries[at].clone()).collect();
            RollSection {
                heading: section.heading,
                sentence: match setting.style {
                    RollStyle::Sentence => sentence(&entries, &all, language),
                    RollStyle::Columns | RollStyle::List | RollStyle::Logos => String::new(),
                },
                entries,
            }
        })
        .collect();
    Roll {
        heading,
        style: setting.style,
        columns: match setting.columns {
            RollColumnCount::Fixed(columns) => columns.clamp(1, 3),
            RollColumnCount::Auto => column_count(&sections),
        },
        font_size: setting.font_size,
        sections,
        note: affiliated.then(|| {
            let words = &language.words().identification;
            vec![Inline::Text(format!("{MARK} {words}").into())]
        }),
    }
}

/// Characters that a column of a roll holds in one line, by the number of columns: measured
/// on the sample, at the roll's usual size on letter paper.
const LINE: [(u8, usize); 2] = [(3, 31), (2, 50)];

/// Returns the number of columns in which at least two thirds of the names take one line. In
/// two columns, what stands below a name may take two: one column would leave half of the page
/// blank beside the names.
fn column_count(sections: &[RollSection]) -> u8 {
    let lengths: Vec<(usize, usize)> = sections
        .iter()
        .flat_map(|section| &section.entries)
        .map(|entry| {
            let detail = entry.detail.as_ref().map_or(0, |detail| detail.chars().count());
            (entry.with_place().chars().count(), detail)
        })
        .collect();
    let fits = |columns: u8, line: usize| {
        let below = if columns > 2 { line } else { 2 * line };
        let fitting = lengths
            .iter()
            .filter(|(name, detail)| *name <= line && *detail <= below);
        3 * fitting.count() >= 2 * lengths.len()
    };
    let found = LINE
        .iter()
        .find(|(columns, line)| lengths.len() >= 3 * usize::from(*columns) && fits(*columns, *line));
    found.map_or(1, |(columns, _)| *columns)
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
    let Sections { places, headings } = sections(signatories, setting, language);
    let first_row = |at: usize| (signatories[at].rows.first().copied().unwrap_or(usize::MAX), at);
    let order: Vec<usize> = match setting.order {
        RollOrder::Alphabetical => {
            let alphabet = Alphabet::new(language);
            let people = PeopleSorting::new(signatories, setting.people, language);
            let names: Vec<Cow<'_, str>> = signatories
                .par_iter()
                .map(|signatory| match signatory.kind {
                    Kind::Organization => sorted_by(signatory, setting.ignore_articles).into(),
                    Kind::Individual => people.key(signatory),
                })
                .collect();
            let name = |at: usize| &*names[at];
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

/// What an organization is sorted by.
fn sorted_by(signatory: &Signatory, ignore_articles: bool) -> &str {
    match &signatory.sort_name {
        // A sort name says what to sort by, articles and all.
        Some(sort_name) => sort_name,
        None if ignore_articles => without_article(&signatory.name),
        None => &signatory.name,
    }
}

/// Definite articles that `ignore_articles` passes over.
static ARTICLES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let ArticleList { articles } = word_list!("articles");
    articles
});

/// The list of data/articles.toml.
#[derive(Deserialize)]
struct ArticleList {
    articles: Vec<String>,
}

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

/// Returns signatories as one sentence, joined as `all` of the roll ask for.
pub(super) fn sentence(entries: &[RollEntry], all: &[String], language: &Language) -> String {
    let members: Vec<String> = entries.iter().map(RollEntry::printed).collect();
    let mut sentence = language.join_as(&members, all);
    // A name alone is no sentence, and not every script ends one with a stop.
    if members.len() > 1 && sentence.ends_with(|c: char| c.is_ascii_alphanumeric() || ")’”".contains(c)) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
#[path = "roll_tests.rs"]
mod tests;
