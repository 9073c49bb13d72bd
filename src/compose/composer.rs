//! What the composers of all kinds have before them.
//!
//! In: a letter, who signed, and the language. Out: parts that every kind makes
//! in the same way. Guaranteed: a text that says nothing makes no part.

use super::document::{Block, Inline, Line, List, Numbering, Part, Roll};
use super::fields::{Fields, ROLL_COUNT};
use super::language::Language;
use super::names;
use super::person::Person;
use super::roll;
use crate::diag::{Code, Diagnostic, counted, suggest};
use crate::model::labels::LabelWords;
use crate::model::letter::{Addressee, Letter, RollMembers, RollStyle};
use crate::model::placed_text::PlacedText;
use crate::model::text::plain;
use crate::resolve::Resolution;
use crate::source::Origin;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a composer works with.
pub(super) struct Composer<'a> {
    /// The document as its author wrote it.
    pub(super) letter: &'a Letter,
    /// Who signed.
    pub(super) resolution: &'a Resolution,
    /// The document's language.
    pub(super) language: &'a Language,
    /// Its labels.
    pub(super) words: &'a LabelWords,
    /// The document's date.
    pub(super) date: Option<Date>,
    /// Its title, fields filled in.
    pub(super) title: Line,
    /// Its subject, fields filled in.
    pub(super) subject: Option<Line>,
    /// The recipient, in a mail merge.
    pub(super) to: Option<&'a To<'a>>,
    /// The fields.
    pub(super) fields: Fields,
    /// What was found wrong, besides fields.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The recipient of a letter of a mail merge, and what all its letters share.
pub(super) struct To<'a> {
    pub(super) person: Person,
    /// The address block's lines, with their fields.
    pub(super) addressee: Vec<Line>,
    /// The rolls, without their headings.
    pub(super) rolls: &'a [Roll],
    /// The pattern of the files' name.
    pub(super) file_name: &'a str,
    /// Where it is written.
    pub(super) origin: Origin,
}

impl Composer<'_> {
    /// A line with its fields filled in, if it says something.
    pub(super) fn line(&mut self, line: Option<&Line>) -> Option<Line> {
        said(line).map(|line| self.fields.line(line))
    }

    /// The sender's head, and the sender's name.
    pub(super) fn letterhead(&mut self) -> Option<(Part, String)> {
        let letterhead = self.letter.letterhead.as_ref()?;
        let name = self.fields.line(&letterhead.name);
        let author = plain(&name);
        let part = Part::Letterhead {
            name,
            lines: self.fields.lines(&letterhead.lines),
            logos: letterhead.logos.clone(),
            board: self.fields.lines(&letterhead.board),
        };
        Some((part, author))
    }

    /// The title, the sub-heading and the picture.
    pub(super) fn headline(&mut self) -> Part {
        Part::Headline {
            title: self.title.clone(),
            subtitle: self.line(self.letter.kind_keys.subtitle.as_ref()),
            picture: self.letter.kind_keys.picture.clone(),
        }
    }

    /// The text.
    pub(super) fn body(&mut self) -> Part {
        let blocks = self.fields.blocks(&self.letter.body);
        Part::Body(match self.letter.page.numbered_paragraphs {
            true => numbered_paragraphs(blocks),
            false => blocks,
        })
    }

    /// Who signed: in one roll, or in several.
    pub(super) fn rolls(&mut self) -> Vec<Part> {
        let setting = &self.letter.roll;
        let mut rolls = match self.to {
            // What is the same in all letters is composed once.
            Some(to) => to.rolls.to_vec(),
            None => roll::rolls(self.resolution, setting, self.language),
        };
        self.unlisted();
        let own = setting.rolls.iter().map(|roll| roll.setting.heading.as_ref());
        let headings: Vec<Option<&Line>> = match setting.rolls.is_empty() {
            true => vec![setting.heading.as_ref()],
            false => own.collect(),
        };
        for (roll, heading) in rolls.iter_mut().zip(headings) {
            self.fields.set(ROLL_COUNT, roll.len());
            roll.heading = self.line(heading);
        }
        self.logos(&mut rolls);
        let several = rolls.len() > 1;
        rolls.retain(|roll| !several || !roll.is_empty());
        rolls.into_iter().map(Part::Roll).collect()
    }

    /// Reports signatories that none of several rolls would print.
    fn unlisted(&mut self) {
        let setting = &self.letter.roll;
        let Some(first) = setting.rolls.first() else { return };
        let mut left: BTreeMap<RollMembers, usize> = BTreeMap::new();
        for signatory in &self.resolution.signatories {
            *left.entry(roll::class(signatory, setting)).or_default() += 1;
        }
        left.retain(|members, _| setting.rolls.iter().all(|roll| roll.members != *members));
        for (members, count) in left {
            let word = members.as_str();
            let one = word.trim_end_matches('s');
            let message = format!("{} signed, and no roll prints them", counted(count, one, word));
            self.diagnostics.push(
                Diagnostic::error(Code::BadValue, message)
                    .at(first.origin)
                    .hint(format!("add a [[rolls]] table with of = \"{word}\"")),
            );
        }
    }

    /// Gives signatories their logos. A logo of somebody who did not sign would say
    /// that they did, so it is an error.
    fn logos(&mut self, rolls: &mut [Roll]) {
        let logos = &self.letter.kind_keys.logos;
        let shown = |roll: &Roll| roll.style == RollStyle::Logos;
        if let (Some(first), true) = (logos.first(), !rolls.iter().any(shown)) {
            self.diagnostics.push(
                Diagnostic::warning(Code::BadValue, "the logos are not printed")
                    .at(first.image.origin)
                    .hint("write style = \"logos\" in [roll]"),
            );
        }
        for logo in logos {
            let sections = rolls.iter_mut().flat_map(|roll| &mut roll.sections);
            let mut entries = sections.flat_map(|section| &mut section.entries);
            let name = names::typeset(&logo.name.value);
            match entries.find(|entry| entry.name == name) {
                Some(entry) => entry.logo = Some(logo.image.clone()),
                None => {
                    let names: Vec<&str> = rolls
                        .iter()
                        .flat_map(|roll| &roll.sections)
                        .flat_map(|section| &section.entries)
                        .map(|entry| entry.name.as_str())
                        .collect();
                    let hint = match names.len() {
                        0..=20 => suggest(&logo.name.value, &names),
                        _ => match crate::diag::closest(&logo.name.value, names.iter().copied()) {
                            Some(near) => format!("did you mean `{near}`?"),
                            None => "write the name as it is printed, or remove the logo".to_owned(),
                        },
                    };
                    let message = format!("`{}` has a logo, but is not a signatory", logo.name.value);
                    self.diagnostics.push(
                        Diagnostic::error(Code::NotASignatory, message)
                            .at(logo.name.origin)
                            .hint(hint),
                    );
                }
            }
        }
        for roll in rolls.iter_mut().filter(|roll| roll.style != RollStyle::Logos) {
            roll.sections
                .iter_mut()
                .flat_map(|section| &mut section.entries)
                .for_each(|entry| entry.logo = None);
        }
    }
}

/// Returns the lines of an address block.
pub(super) fn address(addressee: &Addressee) -> Vec<Line> {
    [&addressee.name, &addressee.title, &addressee.organization]
        .into_iter()
        .flatten()
        .chain(&addressee.address)
        .cloned()
        .collect()
}

/// Returns the address blocks of addressees. Those of one organization at one address stand
/// in one block, each with the title on the line of the name.
pub(super) fn by_address(addressees: &[Addressee]) -> Vec<Vec<Line>> {
    let key = |one: &Addressee| {
        let organization = one.organization.as_deref().map(plain).unwrap_or_default();
        let lines: Vec<String> = one.address.iter().map(|line| plain(line)).collect();
        (organization.trim().to_lowercase(), lines.join("\n").to_lowercase())
    };
    let mut groups: Vec<Vec<&Addressee>> = Vec::new();
    for one in addressees {
        let same = |group: &&mut Vec<&Addressee>| !key(one).0.is_empty() && key(group[0]) == key(one);
        match groups.iter_mut().find(same) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    let block = |group: &Vec<&Addressee>| match group[..] {
        [one] => address(one),
        _ => {
            let names = group.iter().map(|one| {
                let mut line = one.name.clone().unwrap_or_default();
                if let Some(title) = &one.title {
                    if !line.is_empty() {
                        append(&mut line, text(", "));
                    }
                    append(&mut line, title.clone());
                }
                line
            });
            let shared = group[0].organization.iter().chain(&group[0].address).cloned();
            names.filter(|line| !line.is_empty()).chain(shared).collect()
        }
    };
    groups.iter().map(block).collect()
}

/// A line that says something: an empty one is as good as left out.
pub(super) fn said(line: Option<&Line>) -> Option<&Line> {
    line.filter(|line| !plain(line).trim().is_empty())
}

/// Appends inlines to a line; texts that meet are joined.
pub(super) fn append(line: &mut Line, more: Line) {
    for inline in more {
        match (line.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push(&text),
            (_, inline) => line.push(inline),
        }
    }
}

/// A line of one text.
pub(super) fn text(text: impl Into<PlacedText>) -> Line {
    vec![Inline::Text(text.into())]
}

/// Returns blocks with their paragraphs numbered: items of lists whose numbers go on over
/// headings, tables and whatever else stands between. A picture alone is no paragraph.
fn numbered_paragraphs(blocks: Vec<Block>) -> Vec<Block> {
    let is_text = |block: &Block| match block {
        Block::Paragraph(line) => !matches!(line.as_slice(), [] | [Inline::Image(_)] | [Inline::Link { .. }]),
        _ => false,
    };
    let mut out = Vec::with_capacity(blocks.len());
    let mut first = 1;
    let mut items: Vec<Vec<Block>> = Vec::new();
    let mut end = |items: &mut Vec<Vec<Block>>, out: &mut Vec<Block>| {
        if !items.is_empty() {
            let count = items.len();
            out.push(Block::List(List {
                numbering: Some(Numbering::decimal(first, count)),
                tight: false,
                items: std::mem::take(items),
            }));
            first += count as u64;
        }
    };
    for block in blocks {
        if is_text(&block) {
            items.push(vec![block]);
        } else {
            end(&mut items, &mut out);
            out.push(block);
        }
    }
    end(&mut items, &mut out);
    out
}
