//! The list of signatories for programs: `signatories.json`.
//!
//! In: a manifest. Out: JSON by the schema of docs/signatories.schema.json. Guaranteed: a value
//! is told only if the document prints it; the same manifest gives the same bytes; keys are
//! never taken away or given another meaning without another [`VERSION`]. Absent: rows of
//! lists, private columns, and the reasons of anything.

use super::manifest::{Listed, Manifest};
use crate::resolve::districts::{self, District};
use crate::resolve::states::{self, StateCell};
use serde::Serialize;

/// The version of the schema.
pub const VERSION: u32 = 1;

/// The name of the file.
pub const JSON: &str = "signatories.json";

#[derive(Serialize)]
struct JsonList<'a> {
    version: u32,
    letter: JsonLetter<'a>,
    counts: JsonCounts,
    signatories: Vec<JsonSignatory<'a>>,
}

#[derive(Serialize)]
struct JsonLetter<'a> {
    title: &'a str,
    kind: &'a str,
    language: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    from: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'a str,
    release: u32,
    code: &'a str,
}

#[derive(Serialize)]
struct JsonCounts {
    signatories: usize,
    organizations: usize,
    individuals: usize,
}

#[derive(Serialize)]
struct JsonSignatory<'a> {
    name: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    section: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    place: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    city: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    district: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    affiliation: &'a str,
}

/// Returns the list of a release as JSON.
///
/// # Errors
/// When memory runs out.
pub fn signatories_json(manifest: &Manifest) -> Result<Vec<u8>, serde_json::Error> {
    let list = JsonList {
        version: VERSION,
        letter: JsonLetter {
            title: &manifest.title,
            kind: &manifest.kind,
            language: &manifest.language,
            from: &manifest.author,
            date: manifest.date.map(|date| date.to_string()),
            url: &manifest.address,
            release: manifest.release,
            code: &manifest.code,
        },
        counts: JsonCounts {
            signatories: manifest.counts.signatories,
            organizations: manifest.counts.organizations,
            individuals: manifest.counts.individuals,
        },
        signatories: manifest.signatories.iter().map(signatory).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&list)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn signatory(listed: &Listed) -> JsonSignatory<'_> {
    let detail = listed.detail.trim_end_matches('*').trim_end();
    // A manifest has the cells of the list; only what the detail shows is printed.
    let printed = |cell: &'_ str| !cell.is_empty() && detail.contains(cell);
    let of_person = listed.kind == "individual";
    let (city, state) = place(listed);
    let said = format!("{}\n{}", listed.place, listed.section);
    let is_printed = !listed.district.is_empty() && is_district_printed(listed, &said);
    JsonSignatory {
        name: &listed.name,
        kind: &listed.kind,
        section: &listed.section,
        place: &listed.place,
        city,
        state,
        district: if is_printed { &listed.district } else { "" },
        detail,
        title: if of_person && printed(&listed.title) {
            &listed.title
        } else {
            ""
        },
        affiliation: if of_person && printed(&listed.affiliation) {
            &listed.affiliation
        } else {
            ""
        },
    }
}

/// Returns whether a roll prints a signatory's districts: after the name, or as the heading.
fn is_district_printed(listed: &Listed, said: &str) -> bool {
    let districts = districts::named(Some(&listed.district), Some(&listed.state));
    let is_named = |district: &District| {
        let is_heading = ["en", "es", "fr"]
            .iter()
            .any(|language| said.contains(&district.name(language)));
        said.contains(&district.code()) || is_heading
    };
    !districts.is_empty() && districts.iter().all(is_named)
}

/// Returns the city and the state, as far as the printed place says which word is which: the
/// state is the one of the list, and the city what stands before it.
fn place(listed: &Listed) -> (&str, Option<&'static str>) {
    let StateCell::State(state) = states::read(&listed.state) else {
        return ("", None);
    };
    let is_state = |text: &str| matches!(states::read(text), StateCell::State(named) if named == state);
    let last = listed.place.rsplit_once(", ");
    match last {
        Some((city, named)) if is_state(named) => (if city.contains(',') { "" } else { city }, Some(state)),
        None if is_state(&listed.place) => ("", Some(state)),
        _ => ("", is_state(&listed.section).then_some(state)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn check(listed: Listed, expected: &Value) {
        let manifest = Manifest {
            signatories: vec![listed],
            ..Manifest::default()
        };
        let all: Value = serde_json::from_slice(&signatories_json(&manifest).unwrap()).unwrap();
        assert_eq!(all["version"], 1);
        assert_eq!(all["signatories"][0], *expected);
    }

    fn listed(name: &str, kind: &str) -> Listed {
        Listed {
            name: name.to_owned(),
            kind: kind.to_owned(),
            ..Listed::default()
        }
    }

    #[test]
    fn only_what_is_printed_is_told() {
        let text = str::to_owned;
        // The state and the district are in the list, and the roll does not print them.
        let hidden = Listed {
            state: text("NM"),
            district: text("NM-3"),
            title: text("Director"),
            affiliation: text("Secret Works"),
            ..listed("Ana Ruiz", "individual")
        };
        check(hidden, &json!({"name": "Ana Ruiz", "kind": "individual"}));
        let shown = Listed {
            state: text("NM"),
            place: text("Santa Fe, NM"),
            detail: text("Director, Harbor Works*"),
            title: text("Director"),
            affiliation: text("Harbor Works"),
            section: text("Labor"),
            ..listed("Ana Ruiz", "individual")
        };
        check(
            shown,
            &json!({"name": "Ana Ruiz", "kind": "individual", "section": "Labor", "place": "Santa Fe, NM",
                "city": "Santa Fe", "state": "NM", "detail": "Director, Harbor Works", "title": "Director",
                "affiliation": "Harbor Works"}),
        );
        let by_state = Listed {
            state: text("New Mexico"),
            section: text("New Mexico"),
            ..listed("A", "organization")
        };
        check(
            by_state,
            &json!({"name": "A", "kind": "organization", "section": "New Mexico", "state": "NM"}),
        );
        let by_district = Listed {
            state: text("NM"),
            district: text("NM-3"),
            section: text("Nuevo México, distrito 3"),
            ..listed("A", "organization")
        };
        check(
            by_district,
            &json!({"name": "A", "kind": "organization", "section": "Nuevo México, distrito 3", "state": "NM", "district": "NM-3"}),
        );
        let city_alone = Listed {
            state: text("NM"),
            place: text("Taos"),
            ..listed("A", "organization")
        };
        check(
            city_alone,
            &json!({"name": "A", "kind": "organization", "place": "Taos"}),
        );
    }

    #[test]
    fn the_schema_knows_every_key() {
        let schema: Value = serde_json::from_str(include_str!("../../docs/signatories.schema.json")).unwrap();
        assert_eq!(schema["properties"]["version"]["const"], VERSION);
        let manifest = Manifest {
            title: "T".into(),
            author: "F".into(),
            address: "https://example.org/".into(),
            date: Some(jiff::civil::date(2021, 3, 1)),
            signatories: vec![Listed {
                place: "Taos, NM-3".into(),
                state: "NM".into(),
                district: "NM-3".into(),
                section: "S".into(),
                detail: "T, A".into(),
                title: "T".into(),
                affiliation: "A".into(),
                ..listed("N", "individual")
            }],
            ..Manifest::default()
        };
        let all: Value = serde_json::from_slice(&signatories_json(&manifest).unwrap()).unwrap();
        let keys = |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
        let told = &schema["properties"];
        assert_eq!(keys(&all), keys(told));
        for part in ["letter", "counts"] {
            assert_eq!(keys(&all[part]), keys(&told[part]["properties"]), "{part}");
        }
        assert_eq!(
            keys(&all["signatories"][0]),
            keys(&told["signatories"]["items"]["properties"])
        );
    }
}
