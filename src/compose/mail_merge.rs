//! A letter to each of a list becomes a document for each.
//!
//! In: a letter, who signed it, and its recipients. Out: for each recipient a
//! [`Personal`]: the document, and the name of its files. Guaranteed: what is the
//! same in all letters (the roll above all) is composed once; a letter holds
//! nothing of another recipient; the same recipient gives the same document,
//! whichever were composed before; an e-mail address is in the document's envelope,
//! which is the recipient's own message's, and nowhere else. Absent: writing, and telling two recipients'
//! file names apart (see [`collisions`]).

use super::composer::To;
use super::document::{Document, Roll};
use super::language::Language;
use super::letter::{ComposeOptions, compose_for};
use super::person::{self, DISTRICT_SHARE, Person, STATE_SHARE};
use super::place_shares::{PlaceShares, RecipientPlace, one_state};
use super::roll;
use crate::diag::{Code, Diagnostic};
use crate::model::district_kind::DistrictKind;
use crate::model::letter::{FromYourState, Letter, Mailbox};
use crate::model::recipient::{MergeSetting, Recipient, Recipients};
use crate::model::signatory::Record;
use crate::model::text::Inline;
use crate::resolve::Resolution;
use crate::resolve::districts::{self, DistrictCell};
use crate::resolve::states;
use crate::source::Origin;
use icu_normalizer::DecomposingNormalizerBorrowed;
use std::collections::{BTreeMap, BTreeSet};

/// The letter to one recipient.
#[derive(Clone, Debug, PartialEq)]
pub struct Personal {
    /// What is to be set.
    pub document: Document,
    /// The recipient's name; names the letter among all of them.
    pub name: String,
    /// What its files are called, without ending: safe on every system.
    pub file_name: String,
}

/// A letter before it is to anybody.
#[derive(Debug)]
pub struct Merge<'a> {
    letter: &'a Letter,
    setting: &'a MergeSetting,
    recipients: &'a Recipients,
    resolution: &'a Resolution,
    options: ComposeOptions,
    language: Language,
    rolls: Vec<Roll>,
    shares: PlaceShares,
    /// The fields by which letters stand together, the outermost first.
    headings: Vec<&'static str>,
}

/// The name of files where the letter names no pattern.
const FILE_NAME: &str = "{{ recipient.name }}";

/// The field of a recipient's district.
const DISTRICT: &str = "district";

/// The longest file name, in bytes without ending; with an ending it is well under
/// the 255 that file systems take.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

impl<'a> Merge<'a> {
    /// Composes what is the same in all letters.
    pub fn new(
        letter: &'a Letter,
        setting: &'a MergeSetting,
        recipients: &'a Recipients,
        records: &[Record],
        resolution: &'a Resolution,
        options: &ComposeOptions,
    ) -> Self {
        debug_assert!(
            resolution
                .signatories
                .iter()
                .flat_map(|one| &one.rows)
                .all(|&row| row < records.len())
        );
        let language = Language::of(letter);
        Self {
            letter,
            setting,
            recipients,
            resolution,
            options: *options,
            rolls: roll::rolls(resolution, &letter.roll, &language),
            shares: PlaceShares::new(resolution, &letter.roll, &language),
            headings: headings(recipients),
            language,
        }
    }

    /// How many letters there are.
    pub fn len(&self) -> usize {
        self.recipients.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where a recipient stands in their list.
    pub fn origin(&self, at: usize) -> Origin {
        self.recipients.rows[at].origin
    }

    /// The headings that a letter stands under among all of them: its recipient's
    /// chamber, state, both or none. They are those of the columns by which the list is
    /// in order, so that no letter stands elsewhere than in its list.
    pub fn headings(&self, at: usize) -> Vec<String> {
        let row = &self.recipients.rows[at];
        let said = self.headings.iter().map(|field| {
            let cell = self.recipients.get(row, field).unwrap_or_default();
            match *field {
                "state" => states::name(cell, self.language.subtag()).into_owned(),
                _ => person::chamber(cell).to_owned(),
            }
        });
        said.collect()
    }

    /// Returns where a recipient is from, and a warning if the cell of the district is not
    /// understood, although the letter asks for it.
    fn place(&self, row: &Recipient) -> (RecipientPlace, Option<Diagnostic>) {
        let get = |name: &str| self.recipients.get(row, name);
        let mut place = RecipientPlace {
            state: get("state").and_then(one_state),
            district: None,
        };
        let Some((column, kind)) = district_column(self.recipients) else {
            return (place, None);
        };
        let Some(cell) = self.recipients.cell(row, column) else {
            return (place, None);
        };
        // What a recipient is elected to says which districts are meant.
        let of_chamber = |chamber: &str| match person::chamber(chamber) {
            "House" => Some(DistrictKind::Congressional),
            chamber => DistrictKind::of_header(&chamber.to_lowercase()),
        };
        let kind = kind.or_else(|| get("chamber").and_then(of_chamber));
        let districts = match districts::read(&cell.text, get("state"), kind) {
            DistrictCell::Districts(districts) => districts,
            DistrictCell::Nowhere => return (place, None),
            DistrictCell::Other(_) => Vec::new(),
        };
        if let [district] = districts.as_slice() {
            place.district = Some(*district);
            return (place, None);
        }
        let setting = &self.letter.roll;
        let all = setting.rolls.iter().map(|roll| &roll.setting).chain([setting]);
        let is_asked = all
            .into_iter()
            .any(|setting| setting.from_your_district != FromYourState::Among);
        let unclear = is_asked.then(|| {
            let message = format!("`{}` is not understood as one district", cell.text);
            Diagnostic::warning(Code::BadValue, message)
                .at(cell.origin)
                .hint("write the number, with the state in a column `state`, or both: CA-12, or AK-AL for at large")
        });
        (place, unclear)
    }

    /// Tells a recipient's fields who signed from the same state and district.
    fn set_shares(&self, person: &mut Person, row: &Recipient, place: &RecipientPlace) {
        let origin = |name: &str| self.recipients.cell(row, name).map_or(row.origin, |cell| cell.origin);
        let of_state = place.state.map(|state| self.shares.of_state(state));
        person.set_share(&STATE_SHARE, of_state.as_ref(), origin("state"), &self.language);
        let of_district = place.district.map(|district| self.shares.of_district(&district));
        let column = district_column(self.recipients).map_or(DISTRICT, |(column, _)| column);
        person.set_share(&DISTRICT_SHARE, of_district.as_ref(), origin(column), &self.language);
        let name = place.district.map(|district| district.name(self.language.subtag()));
        person.set_district_name(name.ok_or_else(|| (origin(column), DISTRICT_SHARE.hint.to_owned())));
    }

    /// Composes the letter to one recipient, counted from 0.
    ///
    /// An error among the diagnostics means that no letter may be written, to
    /// anybody.
    pub fn letter(&self, at: usize) -> (Personal, Vec<Diagnostic>) {
        let row = &self.recipients.rows[at];
        let mut person = Person::new(self.recipients, row, &self.language);
        let (place, unclear) = self.place(row);
        self.set_shares(&mut person, row, &place);
        let rolls = self
            .shares
            .shown_to(&self.rolls, &place, &self.letter.roll, &self.language);
        let who = person.who().to_owned();
        let get = |name: &str| self.recipients.get(row, name);
        let own = || {
            let whole = match (get("name"), get("first_name"), get("last_name")) {
                (Some(name), ..) => Some(name.to_owned()),
                (None, Some(first), Some(last)) => Some(format!("{first} {last}")),
                _ => None,
            };
            let lines = [
                get("title"),
                get("organization"),
                get("address"),
                get("address_2"),
                get("address_3"),
            ];
            let lines = lines.into_iter().flatten().flat_map(str::lines).map(str::to_owned);
            whole
                .into_iter()
                .chain(lines)
                .map(|line| vec![Inline::Text(line.into())])
                .collect()
        };
        let pattern = self.setting.file_name.as_ref();
        let to = To {
            addressee: self.setting.addressee.clone().unwrap_or_else(own),
            person,
            rolls: &rolls,
            file_name: pattern.map_or(FILE_NAME, |pattern| pattern.value.as_str()),
            origin: pattern.map_or(self.setting.origin, |pattern| pattern.origin),
        };
        let (mut document, name, raw, mut diagnostics) = compose_for(self.letter, self.resolution, &self.options, &to);
        diagnostics.extend(unclear);
        let file_name = slug(&raw);
        if file_name.is_empty() && !diagnostics.iter().any(|said| said.code == Code::EmptyField) {
            diagnostics.push(
                Diagnostic::error(Code::FileName, format!("the files for {who} would have no name"))
                    .at(row.origin)
                    .hint("use fields that are filled in: file_name = \"{{ recipient.state }}-{{ recipient.last_name }}\""),
            );
        }
        // The address stands in the head of the recipient's own message, which only
        // the e-mail writes.
        if let Some(cell) = self.recipients.cell(row, "email") {
            document.envelope.to.clear();
            for address in cell
                .text
                .split(['\n', ',', ';'])
                .map(str::trim)
                .filter(|one| !one.is_empty())
            {
                match Mailbox::parse(address) {
                    Some(mailbox) => document.envelope.to.push(Mailbox {
                        name: if mailbox.name.is_empty() {
                            name.clone()
                        } else {
                            mailbox.name
                        },
                        ..mailbox
                    }),
                    None => diagnostics.push(
                        Diagnostic::error(Code::BadValue, format!("the email address of {who} is not valid"))
                            .at(cell.origin)
                            .hint("write it as name@example.org; separate several with commas"),
                    ),
                }
            }
        }
        let personal = Personal {
            document,
            name,
            file_name,
        };
        (personal, diagnostics)
    }
}

/// Returns the column of a list that names districts, and what they elect to if its header says so.
fn district_column(recipients: &Recipients) -> Option<(&str, Option<DistrictKind>)> {
    let own = recipients.columns.iter().filter(|column| !column.private);
    let mut named = own.filter(|column| column.name.ends_with(DISTRICT));
    let kind = |header: &str| DistrictKind::of_header(&header.to_lowercase().replace(['_', '-'], " "));
    match recipients.column(DISTRICT) {
        Some(at) => Some((DISTRICT, kind(&recipients.columns[at].header))),
        // "Assembly District"; of two such columns, neither is meant for certain.
        None => match (named.next(), named.next()) {
            (Some(column), None) => Some((&column.name, Some(kind(&column.header)?))),
            _ => None,
        },
    }
}

/// The columns by which a list is in order: its chamber where all of a chamber stand
/// together, and its state where all of a state do, within their chamber if there is
/// one. A column that some leave empty, that says one thing of all or another of each is
/// none.
fn headings(recipients: &Recipients) -> Vec<&'static str> {
    let mut found = Vec::new();
    for field in ["chamber", "state"] {
        let mut seen = BTreeSet::new();
        let mut before: Option<Vec<String>> = None;
        let mut values = BTreeSet::new();
        let ordered = recipients.rows.iter().all(|row| {
            let key = |field: &&str| {
                let cell = recipients.get(row, field).unwrap_or_default();
                match *field {
                    "chamber" => person::chamber(cell).to_lowercase(),
                    _ => cell.to_lowercase(),
                }
            };
            let Some(own) = Some(key(&field)).filter(|own| !own.is_empty()) else {
                return false;
            };
            values.insert(own.clone());
            let group: Vec<String> = found.iter().map(key).chain([own]).collect();
            let is_new = before.as_ref() != Some(&group);
            before = Some(group.clone());
            !is_new || seen.insert(group)
        });
        if ordered && values.len() > 1 && seen.len() < recipients.rows.len() {
            found.push(field);
        }
    }
    found
}

/// An error for each recipient whose files would be another's. `names` are the
/// files' names in the order of the list, `taken` the names that are somebody's
/// already; case does not count, since it does not on many systems.
pub fn collisions(merge: &Merge<'_>, names: &[(String, String)], taken: &[String]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<String, Option<usize>> = taken.iter().map(|name| (name.to_lowercase(), None)).collect();
    let mut diagnostics = Vec::new();
    for (at, (file_name, name)) in names.iter().enumerate() {
        let other = match first.entry(file_name.to_lowercase()) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(Some(at));
                continue;
            }
            std::collections::btree_map::Entry::Occupied(entry) => *entry.get(),
        };
        let message = match other {
            Some(other) => format!(
                "the files for `{}` and `{name}` would both be called `{file_name}`",
                names[other].1
            ),
            None => format!("the files for `{name}` would be called `{file_name}`, the name of the combined file"),
        };
        diagnostics.push(
            Diagnostic::error(Code::FileName, message)
                .at(merge.origin(at))
                .hint("use fields that differ: file_name = \"{{ recipient.state }}-{{ recipient.district }}-{{ recipient.last_name }}\""),
        );
    }
    diagnostics
}

/// A name that is a file's on every system: letters, figures, hyphens, underscores
/// and dots within, without accents where Latin letters have them.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in DecomposingNormalizerBorrowed::new_nfkd().normalize(name).chars() {
        match c {
            '\u{300}'..='\u{36f}' | '\'' | '’' => {}
            c if c.is_alphanumeric() || c == '_' => out.push(c),
            '.' if !out.is_empty() && !out.ends_with(['-', '.']) => out.push('.'),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    let mut end = out.len().min(LONGEST);
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    out.truncate(out.trim_end_matches(['-', '.']).len());
    let stem = out.split('.').next().unwrap_or_default().to_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") {
        out.insert(0, '_');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_safe_everywhere() {
        let check = |name: &str, expected: &str| assert_eq!(slug(name), expected, "{name:?}");
        check("MN-Smith", "MN-Smith");
        check("NM 3 Luján", "NM-3-Lujan");
        check("../../etc/passwd", "etc-passwd");
        check("/", "");
        check("..", "");
        check(".hidden", "hidden");
        check("a\0b\nc", "a-b-c");
        check("O’Hara, Jr.", "OHara-Jr");
        check("C:\\x", "C-x");
        check("con", "_con");
        check("COM1.x", "_COM1.x");
        check("Петров", "Петров");
        check("-rf", "rf");
        check(&"é".repeat(500), &"e".repeat(LONGEST));
    }
}
