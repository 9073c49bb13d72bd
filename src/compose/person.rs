//! What a mail merge knows of one recipient: the fields `recipient.*`.
//!
//! In: a row of a list of recipients. Out: the values of its fields, and for each
//! one that says nothing where its cell is. Guaranteed: no private column is among
//! the values; what is derived (name, title, chamber, salutation) is derived from
//! columns that say so, and left out where they do not. Absent: looking a person
//! up, telling a last name from a first.

use super::language::Language;
use super::place_shares::Share;
use super::statements::bad;
use crate::diag::{Code, Diagnostic, suggest};
use crate::model::recipient::{Recipient, Recipients};
use crate::resolve::states;
use crate::source::Origin;
use minijinja::Value;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Fields of a recipient that a letter may count on or that are derived, with what
/// they say; every further column is a field by its own name. The documentation
/// lists them.
#[cfg(test)]
pub(super) const RECIPIENT_FIELDS: &[(&str, &str)] = &[
    ("recipient.name", "the whole name"),
    ("recipient.first_name", "the given name"),
    ("recipient.last_name", "the family name"),
    ("recipient.title", "the form of address: Senator"),
    ("recipient.salutation", "\"Dear Senator Smith:\""),
    ("recipient.organization", "the office or body"),
    ("recipient.address", "the address, its lines parted by commas"),
    ("recipient.chamber", "Senate or House, however the list writes it"),
    ("recipient.party", "the party"),
    ("recipient.state", "the state"),
    ("recipient.state_name", "the state in words, from its abbreviation"),
    ("recipient.district", "the district"),
    (
        "recipient.signatories.count",
        "how many signatories are from the recipient's state",
    ),
    (
        "recipient.signatories.organizations",
        "how many of them are organizations",
    ),
    ("recipient.signatories.individuals", "how many of them are individuals"),
    ("recipient.signatories.names", "their names, in a sentence"),
    ("recipient.district_name", "the district in words, with its state"),
    (
        "recipient.district_signatories.count",
        "how many signatories are from the recipient's district",
    ),
    (
        "recipient.district_signatories.organizations",
        "how many of them are organizations",
    ),
    (
        "recipient.district_signatories.individuals",
        "how many of them are individuals",
    ),
    ("recipient.district_signatories.names", "their names, in a sentence"),
];

/// The fields below `recipient.signatories`: numbers, and the names in a sentence.
const SHARE: [&str; 4] = ["count", "organizations", "individuals", "names"];

/// Whose share it is: the field it is below, and what to do if the recipient names no such place.
pub(super) struct ShareField {
    name: &'static str,
    pub(super) hint: &'static str,
}

/// The signatories from the recipient's state.
pub(super) const STATE_SHARE: ShareField = ShareField {
    name: "signatories",
    hint: "write the recipient's state in a column `state`",
};

/// The signatories from the recipient's district.
pub(super) const DISTRICT_SHARE: ShareField = ShareField {
    name: "district_signatories",
    hint: "write the recipient's district in a column `district`: CA-12, or 12 beside the state; for those without one, \
           put `{% if recipient.district_signatories.count %}` and `{% endif %}` around the text",
};

/// What data/forms_of_address.toml says of recipients.
#[derive(Deserialize)]
struct RecipientForms {
    /// Places whose member of the House is a delegate or a resident commissioner.
    delegates: BTreeSet<String>,
    /// Forms of address before a last name, as they are printed, and how lists write them.
    titles: BTreeMap<String, Vec<String>>,
    /// The chambers of Congress, and how lists write them.
    chambers: BTreeMap<String, Vec<String>>,
}

static FORMS: LazyLock<RecipientForms> = LazyLock::new(|| word_list!("forms_of_address"));

/// One recipient's fields.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// Who it is, for messages.
    who: String,
    /// Every public field that the list has or that is derived.
    known: Vec<String>,
    /// The private ones.
    private: Vec<String>,
    values: BTreeMap<String, String>,
    /// The signatories from the recipient's state and district, by the fields they are below.
    shares: BTreeMap<&'static str, BTreeMap<&'static str, Value>>,
    /// Where what says nothing would be said, and what to do.
    missing: BTreeMap<String, (Origin, String)>,
}

impl Person {
    /// Reads a row.
    pub(super) fn new(recipients: &Recipients, row: &Recipient, language: &Language) -> Self {
        let mut person = Self {
            who: String::new(),
            known: Vec::new(),
            private: Vec::new(),
            values: BTreeMap::new(),
            shares: BTreeMap::new(),
            missing: BTreeMap::new(),
        };
        for (column, cell) in recipients.columns.iter().zip(&row.cells) {
            if column.private {
                person.private.push(column.name.clone());
                continue;
            }
            let filled = (!cell.text.is_empty()).then(|| cell.text.replace('\n', ", "));
            person.put(&column.name, filled.ok_or((cell.origin, String::new())));
        }
        let get = |name: &str| recipients.get(row, name);
        if get("name").is_none() {
            let whole = match (get("first_name"), get("last_name"), get("organization")) {
                (Some(first), Some(last), _) => Ok(format!("{first} {last}")),
                (_, None, Some(organization)) => Ok(organization.to_owned()),
                _ => Err((
                    row.origin,
                    "write it in a column `name`, or in `first_name` and `last_name`".into(),
                )),
            };
            person.put("name", whole);
        }
        if let Some(chamber) = get("chamber").and_then(|cell| find(&FORMS.chambers, cell)) {
            person.put("chamber", Ok(chamber.to_owned()));
        }
        if let Some(cell) = recipients.cell(row, "state")
            && recipients.column("state_name").is_none()
        {
            let name = get("state").map(|state| states::name(state, language.subtag()).into_owned());
            person.put("state_name", name.ok_or((cell.origin, String::new())));
        }
        if get("title").is_none() {
            let place = recipients.cell(row, "title").map_or(row.origin, |cell| cell.origin);
            let title = title_of(&get).map(str::to_owned);
            person.put("title", title.map_err(|hint| (place, hint.to_owned())));
        }
        let place = recipients
            .cell(row, "salutation")
            .map_or(row.origin, |cell| cell.origin);
        let salutation = salutation(&get, language);
        person.put("salutation", salutation.map_err(|hint| (place, hint)));
        person.who = match person.values.get("name") {
            Some(name) => format!("`{name}`"),
            None => "this recipient".to_owned(),
        };
        person.known.sort();
        person.known.dedup();
        person
    }

    /// Says who signed from the recipient's state or district; `share` is `None` if the row at
    /// `origin` names none.
    pub(super) fn set_share(&mut self, field: &ShareField, share: Option<&Share>, origin: Origin, language: &Language) {
        let below = |key: &str| format!("{}.{key}", field.name);
        self.known.extend(SHARE.map(below));
        self.known.sort();
        let own = self.shares.entry(field.name).or_default();
        let Some(share) = share else {
            for key in SHARE {
                self.missing.insert(below(key), (origin, field.hint.to_owned()));
            }
            return;
        };
        let [count, organizations, individuals, names] = SHARE;
        own.insert(count, Value::from(share.names.len()));
        own.insert(organizations, Value::from(share.organizations));
        own.insert(individuals, Value::from(share.individuals));
        if share.names.is_empty() {
            let hint = format!(
                "put `{{% if recipient.{} %}}` and `{{% endif %}}` around the text that names them",
                below(count)
            );
            self.missing.insert(below(names), (origin, hint));
        } else {
            own.insert(names, Value::from(language.join(&share.names)));
        }
    }

    /// Says what the recipient's district is called, or what the row at a place must say so that it
    /// is, unless the list has words of its own.
    pub(super) fn set_district_name(&mut self, name: Result<String, (Origin, String)>) {
        if !self.known.iter().any(|known| known == "district_name") {
            self.put("district_name", name);
            self.known.sort();
        }
    }

    /// Who it is, for messages.
    pub(super) fn who(&self) -> &str {
        &self.who
    }

    fn put(&mut self, name: &str, value: Result<String, (Origin, String)>) {
        self.known.push(name.to_owned());
        match value {
            Ok(value) => {
                self.missing.remove(name);
                self.values.insert(name.to_owned(), value);
            }
            Err(missing) => {
                self.values.remove(name);
                self.missing.insert(name.to_owned(), missing);
            }
        }
    }

    /// Whether a field may be used.
    pub(super) fn check(&self, name: &str) -> Result<(), Diagnostic> {
        if self.known.iter().any(|known| known == name) {
            return Ok(());
        }
        if self.private.iter().any(|private| private == name) {
            return Err(bad(format!("`recipient.{name}` is private and may not be printed"))
                .hint("an email address is used only for the recipient's own message"));
        }
        let known: Vec<String> = self.known.iter().map(|known| format!("recipient.{known}")).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let typed = format!("recipient.{name}");
        Err(Diagnostic::error(
            Code::UnknownField,
            format!("the list of recipients has no column for `{typed}`"),
        )
        .hint(suggest(&typed, &known)))
    }

    /// What to say of a field that says nothing, if it is one.
    pub(super) fn missing(&self, name: &str) -> Option<Diagnostic> {
        let (origin, hint) = self.missing.get(name)?;
        let hint = if hint.is_empty() {
            format!(
                "fill it in, or put `{{% if recipient.{name} %}}` and `{{% endif %}}` around the text that needs it"
            )
        } else {
            hint.clone()
        };
        let message = format!("`recipient.{name}` is empty for {}", self.who);
        Some(Diagnostic::error(Code::EmptyField, message).at(*origin).hint(hint))
    }

    /// What a public field says, if it says anything.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// What a public field says, as a value.
    pub(super) fn field(&self, name: &str) -> Option<Value> {
        let below = name
            .split_once('.')
            .and_then(|(field, key)| Some((self.shares.get(field)?, key)));
        match below {
            Some((share, key)) => share.get(key).cloned(),
            None => self.value(name).map(Value::from),
        }
    }

    /// The values as the template engine takes them.
    pub(super) fn values(&self) -> Value {
        let own = self
            .values
            .iter()
            .map(|(name, value)| (name.as_str(), Value::from(value.as_str())));
        let shares = self.shares.iter().map(|(field, share)| {
            let pairs = share.iter().map(|(name, value)| (*name, value.clone()));
            (*field, Value::from_pairs(pairs))
        });
        Value::from_pairs(own.chain(shares))
    }
}

/// A chamber as it is printed, however a list writes it.
pub(super) fn chamber(cell: &str) -> &str {
    find(&FORMS.chambers, cell).unwrap_or(cell)
}

/// Returns the word under which a table has a cell, in whatever case.
fn find<'a>(table: &'a BTreeMap<String, Vec<String>>, cell: &str) -> Option<&'a str> {
    let cell = cell.trim().to_lowercase();
    table
        .iter()
        .find(|(word, others)| word.to_lowercase() == cell || others.contains(&cell))
        .map(|(word, _)| word.as_str())
}

/// The form of address that the columns speak for, or what to do.
fn title_of<'a>(get: &dyn Fn(&str) -> Option<&'a str>) -> Result<&'static str, &'static str> {
    if let Some(title) = get("title") {
        return find(&FORMS.titles, title)
            .ok_or("this title is not used before a last name; write the whole line in a column `salutation`");
    }
    let state = get("state").unwrap_or_default().to_lowercase();
    match get("chamber").and_then(|cell| find(&FORMS.chambers, cell)) {
        Some("Senate") => Ok("Senator"),
        Some(_) if FORMS.delegates.contains(&state) => {
            Err("write `Delegate` or `Resident Commissioner` in a column `title`")
        }
        Some(_) => Ok("Representative"),
        None => Err("write it in a column `title`, or the chamber (Senate or House) in a column `chamber`"),
    }
}

/// "Dear Senator Smith:", or what to do.
fn salutation<'a>(get: &dyn Fn(&str) -> Option<&'a str>, language: &Language) -> Result<String, String> {
    if let Some(own) = get("salutation") {
        if find(&FORMS.titles, own).is_some() {
            return Err(format!(
                "`{own}` is a form of address; put it in a column `title`, with a `last_name`"
            ));
        }
        let ended = own.ends_with(|c: char| c.is_ascii_punctuation() && c != '.' && c != ')');
        return Ok(if ended { own.to_owned() } else { format!("{own}:") });
    }
    if language.subtag() != "en" {
        return Err("write it in a column `salutation`; only English salutations are generated".to_owned());
    }
    let title = title_of(get)?;
    match get("last_name") {
        Some(last) => Ok(format!("Dear {title} {last}:")),
        None => Err("write the last name in a column `last_name`: it is not guessed from the name".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::recipient::{RecipientCell, RecipientColumn};
    use crate::source::SourceMap;

    fn person(language: &str, cells: &[(&str, &str)]) -> Person {
        let origin = Origin::File(SourceMap::default().add("list.csv", ""));
        let columns = cells.iter().map(|(name, _)| RecipientColumn {
            name: (*name).into(),
            header: (*name).into(),
            private: *name == "email",
            origin,
        });
        let cells = cells.iter().map(|(_, text)| RecipientCell {
            text: (*text).into(),
            origin,
        });
        let row = Recipient {
            cells: cells.collect(),
            origin,
        };
        let recipients = Recipients {
            columns: columns.collect(),
            rows: Vec::new(),
        };
        Person::new(&recipients, &row, &Language::lenient(language))
    }

    /// Checks a field, or the hint where it says nothing.
    fn check(cells: &[(&str, &str)], field: &str, expected: Result<&str, &str>) {
        let person = person("en-US", cells);
        let found = match person.values.get(field) {
            Some(value) => Ok(value.as_str()),
            None => Err(person.missing.get(field).map_or("", |(_, hint)| hint.as_str())),
        };
        match expected {
            Ok(expected) => assert_eq!(found, Ok(expected), "{cells:?}"),
            Err(part) => assert!(found.is_err_and(|hint| hint.contains(part)), "{cells:?}: {found:?}"),
        }
    }

    #[test]
    fn salutations_are_derived_and_never_guessed() {
        let field = "salutation";
        check(
            &[("last_name", "Smith"), ("chamber", "Senate")],
            field,
            Ok("Dear Senator Smith:"),
        );
        check(
            &[("last_name", "Smith"), ("chamber", "sen")],
            field,
            Ok("Dear Senator Smith:"),
        );
        check(
            &[("last_name", "De la Cruz"), ("chamber", "rep")],
            field,
            Ok("Dear Representative De la Cruz:"),
        );
        check(
            &[("last_name", "Smith"), ("title", "Rep.")],
            field,
            Ok("Dear Representative Smith:"),
        );
        check(
            &[("last_name", "Smith"), ("title", "Chair"), ("chamber", "House")],
            field,
            Ok("Dear Chair Smith:"),
        );
        check(
            &[("salutation", "Dear Madam Speaker")],
            field,
            Ok("Dear Madam Speaker:"),
        );
        check(&[("salutation", "Dear all,")], field, Ok("Dear all,"));
        check(&[("salutation", "Dear Martin Jr.")], field, Ok("Dear Martin Jr.:"));
        check(&[("name", "Ann Smith"), ("chamber", "Senate")], field, Err("last_name"));
        check(
            &[("name", "Ann Smith"), ("last_name", "Smith")],
            field,
            Err("column `title`"),
        );
        check(
            &[("last_name", "Norton"), ("chamber", "House"), ("state", "DC")],
            field,
            Err("Delegate"),
        );
        check(
            &[("last_name", "Smith"), ("title", "Secretary of State")],
            field,
            Err("whole line"),
        );
        check(
            &[("salutation", "Ms."), ("last_name", "Smith")],
            field,
            Err("form of address"),
        );
        let spanish = person("es-US", &[("last_name", "Ruiz"), ("chamber", "Senate")]);
        assert!(spanish.missing("salutation").is_some());
    }

    #[test]
    fn other_fields_are_derived_from_columns_that_say_so() {
        check(
            &[("first_name", "Ann"), ("last_name", "Smith")],
            "name",
            Ok("Ann Smith"),
        );
        check(&[("last_name", "Smith")], "name", Err("first_name"));
        check(&[("organization", "Docket Office")], "name", Ok("Docket Office"));
        check(&[("chamber", "rep")], "chamber", Ok("House"));
        check(&[("chamber", "Assembly")], "chamber", Ok("Assembly"));
        check(&[("chamber", "Senate")], "title", Ok("Senator"));
        check(&[("state", "MN")], "state_name", Ok("Minnesota"));
        check(&[("address", "1 Road\nTown")], "address", Ok("1 Road, Town"));
    }

    #[test]
    fn private_columns_are_out_of_reach() {
        let person = person("en-US", &[("name", "Ann"), ("email", "ann@example.org")]);
        let message = |name: &str| person.check(name).err().map(|diagnostic| diagnostic.message);
        assert_eq!(
            message("email").as_deref(),
            Some("`recipient.email` is private and may not be printed")
        );
        assert!(!format!("{:?}", person.values).contains('@'));
        assert!(message("name").is_none());
        assert!(message("nmae").is_some());
    }
}
