//! The settings of a letter as a form: the front matter that has one value a key, and the
//! addressees.
//!
//! Guaranteed: each field names its key, so that nobody is locked out of the file; only
//! what was changed is written, and comments and order stay.

use super::text::{LetterText, path_of};
use crate::desk::error::DeskError;
use crate::desk::forms::token;
use crate::desk::nav::letter_path;
use crate::desk::seen::Seen;
use crate::desk::state::{Desk, Shared};
use crate::emit::front_matter::SettingKind::{Date, Lines, Text};
use crate::emit::front_matter::{
    AddresseeFields, SettingError, SettingKind, addressees, set_addressees, set_setting, setting,
};
use crate::engine::ChangeSet;
use maud::{Markup, html};

/// The keys of the form, with their names for people.
const KEYS: &[(&str, &str, SettingKind)] = &[
    ("title", "Title", Text),
    ("date", "Date", Date),
    ("deadline", "Deadline to sign", Date),
    ("language", "Language", Text),
    ("subject", "Subject", Text),
    ("via", "Sent via", Text),
    ("salutation", "Salutation", Text),
    ("closing", "Closing", Text),
    ("signatories", "Lists of signatories", Lines),
    ("cc", "Copies to", Lines),
    ("enclosures", "Enclosures", Lines),
];

/// Draws the form.
pub(super) fn form(desk: &Shared, letter: &LetterText) -> Markup {
    html! {
        details.settings #settings-fold {
            summary { "Settings" }
            form #settings data-live data-swap method="post" action={ (letter_path(&letter.name)) "/settings" } {
                (token(desk))
                (letter.seen.field())
                @for (key, name, kind) in KEYS { (field(letter, key, name, *kind)) }
                (cards(letter))
                p.hint { "Everything else is in the text, between the two lines of " code { "+++" } "." }
                button type="submit" { "Save settings" }
            }
        }
    }
}

fn field(letter: &LetterText, key: &str, name: &str, kind: SettingKind) -> Markup {
    let id = format!("set-{key}");
    let held = setting(&letter.text, key, kind);
    let (value, reason) = match held {
        Ok(value) => (value.unwrap_or_default(), None),
        Err(error) => (String::new(), Some(error.to_string())),
    };
    html! {
        p.field {
            label for=(id) { (name) " " code { (key) } }
            @if let Some(reason) = reason {
                input id=(id) disabled placeholder=(reason);
            } @else if kind == Lines {
                textarea id=(id) name=(key) data-chips rows=(value.lines().count().clamp(1, 6)) spellcheck="false" { "\n" (value) }
            } @else {
                input id=(id) name=(key) type=(if kind == Date { "date" } else { "text" }) value=(value);
            }
        }
    }
}

/// Draws the addressees as cards, with an empty one for the next.
fn cards(letter: &LetterText) -> Markup {
    let (all, reason) = match addressees(&letter.text) {
        Ok(all) => (all, None),
        Err(error) => (Vec::new(), Some(error.to_string())),
    };
    let card = |at: usize, one: &AddresseeFields| {
        let id = |key: &str| format!("to-{at}-{key}");
        let is_new = at == all.len();
        html! {
            fieldset.addressee {
                legend { @if is_new { "One more addressee" } @else { "Addressee " (at + 1) } }
                @for (key, name, value) in [("name", "Name", &one.name), ("title", "Title", &one.title), ("organization", "Organization", &one.organization)] {
                    p.field { label for=(id(key)) { (name) } input id=(id(key)) name=(id(key)) value=(value) autocomplete="off"; }
                }
                p.field {
                    label for=(id("address")) { "Address" }
                    textarea id=(id("address")) name=(id("address")) rows="2" spellcheck="false" { "\n" (one.address) }
                }
                @if !is_new { p.hint { "To remove the addressee, empty all fields." } }
            }
        }
    };
    html! {
        fieldset.addressees {
            legend { "Addressees " code { "[[to]]" } }
            @match &reason {
                Some(reason) => p.hint { (crate::desk::error::first_upper(reason)) "." },
                None => {
                    @for (at, one) in all.iter().enumerate() { (card(at, one)) }
                    (card(all.len(), &AddresseeFields::default()))
                },
            }
        }
    }
}

/// Returns the addressees that a form has; `None`: it has no cards.
fn posted(fields: &[(String, String)]) -> Option<Vec<AddresseeFields>> {
    let field = |at: usize, key: &str| {
        let name = format!("to-{at}-{key}");
        fields
            .iter()
            .find(|(own, _)| *own == name)
            .map(|(_, value)| value.clone())
    };
    let all = (0..ADDRESSEES).map_while(|at| {
        Some(AddresseeFields {
            name: field(at, "name")?,
            title: field(at, "title")?,
            organization: field(at, "organization")?,
            address: field(at, "address")?,
        })
    });
    let all: Vec<AddresseeFields> = all.collect();
    (!all.is_empty()).then_some(all)
}

/// Most addressees of a form; more are a mail merge.
const ADDRESSEES: usize = 256;

/// Saves the fields of the form that were changed.
pub(super) fn save(desk: &Desk, name: &str, fields: &[(String, String)]) -> Result<(), DeskError> {
    let path = path_of(&desk.workspace()?, name)?;
    let shown = desk.paths.shown(&path);
    let field = |key: &str| fields.iter().find(|(name, _)| name == key).map(|(_, value)| value);
    let seen: Seen = field("seen")
        .map_or("", String::as_str)
        .parse()
        .map_err(DeskError::BadForm)?;
    desk.act(&format!("settings of {shown}"), |_| {
        let before = desk.expect(&path, seen, "", &letter_path(name))?;
        let before =
            String::from_utf8(before).map_err(|_| DeskError::Refused(format!("`{shown}` is not UTF-8 text")))?;
        let mut after = before.clone();
        for (key, _, kind) in KEYS {
            if let Some(value) = field(key) {
                let refused = |error: SettingError| DeskError::Refused(error.to_string());
                after = set_setting(&after, key, *kind, value).map_err(refused)?;
            }
        }
        if let Some(to) = posted(fields) {
            let refused = |error: SettingError| DeskError::Refused(error.to_string());
            after = set_addressees(&after, &to).map_err(refused)?;
        }
        Ok(match after == before {
            true => ChangeSet::default(),
            false => ChangeSet::one(path.clone(), seen.0, Some(after.into_bytes())),
        })
    })
}
