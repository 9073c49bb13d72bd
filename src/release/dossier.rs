//! The dossier: how each printed name got there. Private.
//!
//! In: who signed, the rows, and what people answered. Out: an HTML page and a CSV file for
//! the coordinator's eyes. Guaranteed: every printed name has its rows, each with its
//! place, and the reasons that joined them; cells that a spreadsheet would run are
//! neutralised. It holds private columns (who filled in the form, their e-mail address),
//! so it is never part of a release. Absent: where it is kept.

use super::manifest::Manifest;
use crate::model::formula::neutralize;
use crate::model::signatory::{Column, Record};
use crate::resolve::{Pair, Resolution, Zone};
use crate::source::SourceMap;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::borrow::Cow;

/// What each printed name rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// The release: "budget, release 2".
    pub title: String,
    /// The release's verification code.
    pub code: String,
    /// The printed names, in their order.
    pub names: Vec<DossierName>,
    /// Rows that are not printed.
    pub left_out: Vec<(DossierRow, String)>,
}

/// A printed name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierName {
    /// As printed.
    pub printed: String,
    /// Its rows.
    pub rows: Vec<DossierRow>,
    /// Why its rows are one signatory; a decision names who answered and when.
    pub joined: Vec<String>,
    /// Names that may be the same one, and why.
    pub open: Vec<String>,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierRow {
    /// File and line.
    pub place: String,
    /// The name as it was typed.
    pub name: String,
    /// When it was signed.
    pub signed_at: String,
    /// Who authorised it: name, title, e-mail address.
    pub authorizer: String,
    /// The coordinator's notes.
    pub notes: String,
}

/// Gathers the dossier. `order`: the printed order, as indices into the resolution.
pub fn dossier(
    manifest: &Manifest,
    records: &[Record],
    resolution: &Resolution,
    order: &[usize],
    sources: &SourceMap,
) -> Dossier {
    let mut owner = vec![None; records.len()];
    for (at, signatory) in resolution.signatories.iter().enumerate() {
        signatory.rows.iter().for_each(|&row| owner[row] = Some(at));
    }
    let mut joined: Vec<Vec<String>> = vec![Vec::new(); resolution.signatories.len()];
    let mut open = joined.clone();
    for pair in &resolution.pairs {
        match pair.judgement.zone {
            Zone::Merge => {
                if let (Some(at), true) = (owner[pair.a], owner[pair.a] == owner[pair.b]) {
                    joined[at].push(because(pair, records));
                }
            }
            Zone::Review => {
                for row in [pair.a, pair.b] {
                    if let Some(at) = owner[row] {
                        open[at].push(because(pair, records));
                    }
                }
            }
            Zone::Apart => {}
        }
    }
    let names = order.iter().enumerate().filter_map(|(place, &at)| {
        let signatory = resolution.signatories.get(at)?;
        let printed = manifest.signatories.get(place);
        Some(DossierName {
            printed: printed.map_or_else(|| signatory.name.clone(), |listed| manifest.printed(listed)),
            rows: signatory
                .rows
                .iter()
                .map(|&row| self::row(&records[row], sources))
                .collect(),
            joined: joined[at].clone(),
            open: open[at].clone(),
        })
    });
    Dossier {
        title: format!("{}, release {}", manifest.letter, manifest.release),
        code: manifest.code.clone(),
        names: names.collect(),
        left_out: resolution
            .excluded
            .iter()
            .map(|gone| (self::row(&records[gone.row], sources), gone.reason.as_str().to_owned()))
            .collect(),
    }
}

fn because(pair: &Pair, records: &[Record]) -> String {
    let reasons: Vec<&str> = pair
        .judgement
        .evidence
        .iter()
        .map(|evidence| evidence.because.as_str())
        .collect();
    format!(
        "“{}” and “{}”: {}",
        records[pair.a].name,
        records[pair.b].name,
        reasons.join("; ")
    )
}

fn row(record: &Record, sources: &SourceMap) -> DossierRow {
    let cell = |column| record.get(column).unwrap_or_default().to_owned();
    let authorizer = [Column::ContactName, Column::ContactTitle, Column::Email, Column::Phone].map(cell);
    let authorizer: Vec<String> = authorizer.into_iter().filter(|cell| !cell.is_empty()).collect();
    DossierRow {
        place: format!("{}:{}", sources.name(record.origin.file()), sources.line(record.origin)),
        name: record.name.to_string(),
        signed_at: cell(Column::SignedAt),
        authorizer: authorizer.join(", "),
        notes: cell(Column::Notes),
    }
}

/// The words that stand on everything in a dossier.
const NOTICE: &str = "PRIVATE: who authorised each signature. Do not publish, do not send with the letter.";

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;\
color:#111;background:#fff}.private{border:3px solid #a00;padding:.5rem 1rem;font-weight:bold}\
div[tabindex]{overflow-x:auto}table{border-collapse:collapse;width:100%}\
th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:start;vertical-align:top}\
caption{text-align:start;font-weight:bold;padding:.5rem 0}ul{margin:0;padding-inline-start:1.2rem}\
@media(prefers-color-scheme:dark){body{color:#eee;background:#111}.private{border-color:#f88}}";

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

impl Dossier {
    /// The dossier as a page.
    pub fn html(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    meta name="color-scheme" content="light dark";
                    title { "Private dossier: " (self.title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    main {
                        h1 { "Dossier: " bdi { (self.title) } }
                        p.private { (NOTICE) }
                        p { "Verification code " (self.code) ". " (self.names.len()) " printed names." }
                        (self.printed())
                        (self.left_out())
                    }
                }
            }
        };
        let mut out = page.into_string();
        out.push('\n');
        out
    }

    fn printed(&self) -> Markup {
        html! {
            div tabindex="0" role="region" aria-labelledby="printed" {
                table {
                    caption id="printed" { "Printed names" }
                    thead { tr {
                        @for head in ["Printed as", "Rows", "Signed", "Authorised by", "Why one, and what is open"] {
                            th scope="col" { (head) }
                        }
                    } }
                    "\n"
                    tbody {
                        @for name in &self.names {
                            tr {
                                th scope="row" { bdi { (name.printed) } }
                                td { (list(name.rows.iter().map(|row| format!("{} — {}", row.place, row.name)))) }
                                td { (list(name.rows.iter().map(|row| row.signed_at.clone()))) }
                                td { (list(name.rows.iter().map(|row| row.authorizer.clone()))) }
                                td {
                                    (list(name.joined.iter().cloned()))
                                    (list(name.open.iter().map(|open| format!("Undecided: {open}"))))
                                    (list(name.rows.iter().map(|row| row.notes.clone())))
                                }
                            }
                            "\n"
                        }
                    }
                }
            }
        }
    }

    fn left_out(&self) -> Markup {
        if self.left_out.is_empty() {
            return html! {};
        }
        html! {
            div tabindex="0" role="region" aria-labelledby="left-out" {
                table {
                    caption id="left-out" { "Left out" }
                    thead { tr {
                        @for head in ["DossierRow", "DossierName", "Why", "Signed", "By"] { th scope="col" { (head) } }
                    } }
                    "\n"
                    tbody {
                        @for (row, reason) in &self.left_out {
                            tr {
                                td { (row.place) }
                                th scope="row" { bdi { (row.name) } }
                                td { (reason) }
                                td { (row.signed_at) }
                                td { bdi { (row.authorizer) } }
                            }
                            "\n"
                        }
                    }
                }
            }
        }
    }

    /// The dossier as a table, one row for each row of the lists.
    ///
    /// # Errors
    /// When memory runs out.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_record([NOTICE])?;
        writer.write_record([
            "printed",
            "status",
            "row",
            "name",
            "signed_at",
            "authorized_by",
            "joined_because",
            "undecided",
            "notes",
        ])?;
        let printed = self
            .names
            .iter()
            .flat_map(|name| name.rows.iter().map(move |row| (Some(name), "printed", row)));
        let left_out = self.left_out.iter().map(|(row, reason)| (None, reason.as_str(), row));
        for (name, status, row) in printed.chain(left_out) {
            let joined = name.map(|name| name.joined.join("\n")).unwrap_or_default();
            let open = name.map(|name| name.open.join("\n")).unwrap_or_default();
            let cells = [
                name.map_or("", |name| name.printed.as_str()),
                status,
                &row.place,
                &row.name,
                &row.signed_at,
                &row.authorizer,
                &joined,
                &open,
                &row.notes,
            ];
            let cells = cells.map(neutralize);
            writer.write_record(cells.iter().map(|cell: &Cow<'_, str>| cell.as_bytes()))?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    }
}

/// Lines as a list; one alone needs none.
fn list(lines: impl Iterator<Item = String>) -> Markup {
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    html! {
        @match lines.as_slice() {
            [] => {}
            [line] => bdi { (line) },
            lines => ul { @for line in lines { li { bdi { (line) } } } },
        }
    }
}
