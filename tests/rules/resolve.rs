//! What must hold of resolving, whatever the names.

mod adversarial;
mod answers;
mod lists;
mod marked_rows;
mod pairs;
mod people;
mod properties;

use undersigned::diag::Diagnostic;
use undersigned::model::known::{Answer, Decision, DirectoryEntry, Known};
use undersigned::model::signatory::Record;
use undersigned::resolve::{Resolution, ResolveOptions, Zone, resolve};
use undersigned::source::{Origin, SourceMap};

fn origin(row: u32) -> Origin {
    let file = SourceMap::default().add("list.csv", "");
    Origin::Cell { file, row, column: 1 }
}

fn records<S: AsRef<str>>(names: &[S]) -> Vec<Record> {
    let row = |(at, name): (usize, &S)| Record::new(name.as_ref(), origin(at as u32 + 2));
    names.iter().enumerate().map(row).collect()
}

fn run<S: AsRef<str>>(names: &[S], known: &Known) -> (Resolution, Vec<Diagnostic>) {
    resolve(&records(names), known, &ResolveOptions::default())
}

/// Each signatory as its names, sorted; signatories sorted.
fn groups<S: AsRef<str>>(names: &[S], resolution: &Resolution) -> Vec<Vec<String>> {
    let mut groups: Vec<Vec<String>> = resolution
        .signatories
        .iter()
        .map(|signatory| {
            let mut group: Vec<String> = signatory
                .rows
                .iter()
                .map(|&row| names[row].as_ref().to_owned())
                .collect();
            group.sort();
            group
        })
        .collect();
    groups.sort();
    groups
}

/// The questions as pairs of names, sorted.
fn asked<S: AsRef<str>>(names: &[S], resolution: &Resolution) -> Vec<(String, String)> {
    let questions = resolution
        .pairs
        .iter()
        .filter(|pair| pair.judgement.zone == Zone::Review);
    let mut asked: Vec<(String, String)> = questions
        .map(|pair| {
            let (a, b) = (names[pair.a].as_ref().to_owned(), names[pair.b].as_ref().to_owned());
            if a < b { (a, b) } else { (b, a) }
        })
        .collect();
    asked.sort();
    asked
}

fn decision(answer: Answer, names: &[&str]) -> Decision {
    Decision {
        answer,
        names: names.iter().map(|&name| name.to_owned()).collect(),
        family: false,
        print: None,
        date: None,
        by: None,
        why: None,
        origin: origin(1),
    }
}

fn entry(name: &str, aliases: &[&str], acronym: Option<&str>) -> DirectoryEntry {
    DirectoryEntry {
        name: name.to_owned(),
        aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
        acronym: acronym.map(str::to_owned),
        sort_name: None,
        kind: None,
        level: None,
        state: None,
        url: None,
        not_same: Vec::new(),
        origin: origin(1),
    }
}
