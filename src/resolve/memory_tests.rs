//! What was judged before changes no outcome.

use super::*;
use crate::model::known::{Answer, Decision, Known};
use crate::model::signatory::{Column, Status};
use crate::resolve::name_group::name_groups;
use crate::resolve::{KnownLinks, ResolveOptions, resolve, resolve_again};
use crate::source::{Origin, SourceMap};
use crate::testing::chance::Chance;
use crate::testing::steps_alone;

/// Returns rows of more names than are all paired with all.
fn rows() -> Vec<Record> {
    let heads =
        "Aspen Badger Basil Beacon Birch Bishop Bramble Bronze Candle Cedar Chapel Cherry Clover Cotton".split(' ');
    let tails = "acre bluff borough bottom bourne branch bridge brook canyon".split(' ');
    let kinds = [
        "Housing Alliance",
        "Food Network",
        "Legal Center",
        "Youth Project",
        "Climate Council",
        "Worker Collective",
    ];
    let places = ["", " of Ohio", " (OHC)"];
    let origin = Origin::File(SourceMap::default().add("", ""));
    let mut rows = Vec::new();
    for (at, head) in heads.enumerate() {
        for (tail, kind) in tails.clone().flat_map(|tail| kinds.map(|kind| (tail, kind))) {
            for place in &places[..1 + usize::from(at % 4 == 0) + usize::from(at % 7 == 0)] {
                let mut row = Record::new(format!("{head}{tail} {kind}{place}"), origin);
                row.set(Column::State, ["NM", "TX", "CA"][rows.len() % 3]);
                rows.push(row);
            }
        }
    }
    rows.push(Record::new("OHC", origin));
    rows
}

/// Returns the same rows after one edit after the other.
fn edits() -> Vec<Vec<Record>> {
    let mut rows = rows();
    let mut states = vec![rows.clone()];
    let mut then = |edit: &mut dyn FnMut(&mut Vec<Record>)| {
        edit(&mut rows);
        states.push(rows.clone());
    };
    then(&mut |_| {});
    then(&mut |rows| rows[40].set(Column::City, "Taos"));
    then(&mut |rows| rows[40].set(Column::State, "OR"));
    then(&mut |rows| rows[41].rename("Aspencanyon Climat Council"));
    then(&mut |rows| rows[200].rename("The Ohio Housing Coalition (OHC)"));
    then(&mut |rows| {
        rows.remove(7);
    });
    then(&mut |rows| rows[300].status = Status::Withdrawn);
    then(&mut |rows| {
        let mut row = rows[500].clone();
        row.rename("Beaconbrook Food Netwrok, Inc.");
        rows.insert(3, row);
    });
    then(&mut |rows| rows[900].status = Status::Declined);
    states
}

fn known(names: &[&str]) -> Known {
    let origin = Origin::File(SourceMap::default().add("", ""));
    let decision = |names: &[&str]| Decision {
        answer: Answer::Different,
        names: names.iter().map(|&name| name.to_owned()).collect(),
        family: false,
        print: None,
        date: None,
        by: None,
        why: None,
        origin,
    };
    Known {
        decisions: vec![decision(names)],
        ..Known::default()
    }
}

#[test]
fn the_outcome_is_that_without_memory() {
    let mut memory = ResolveMemory::default();
    let options = ResolveOptions::default();
    let answered = known(&["Aspenacre Housing Alliance", "Aspenacre Housing Alliance of Ohio"]);
    for (at, rows) in edits().into_iter().enumerate() {
        let known = if at % 3 == 2 {
            answered.clone()
        } else {
            Known::default()
        };
        let expected = resolve(&rows, &known, &options);
        let again = resolve_again(&rows, &known, &options, &mut memory);
        assert!(again == expected, "edit {at}");
    }
}

/// Changes some rows, as people do in a sheet and on the desk.
fn edit_by_chance(rows: &mut Vec<Record>, chance: &mut Chance) {
    let endings = [", Inc.", " (OHC)", " of Ohio", " - withdrawn", " Fund", "s"];
    let names = ["OHC", "N/A", "TOTAL", "Ohio", "Jane Roe", "Aspen"];
    for _ in 0..=chance.below(3) {
        let (at, other) = (chance.below(rows.len()), chance.below(rows.len()));
        match chance.below(9) {
            0 => drop(rows.remove(at)),
            1 => rows.insert(other, rows[at].clone()),
            2 => rows[at].rename(names[chance.below(names.len())]),
            3 => {
                let near = rows[other].name.replace("er", "re");
                rows[at].rename(&near);
            }
            4 => {
                let longer = format!("{}{}", rows[other].name, endings[chance.below(endings.len())]);
                rows[at].rename(&longer);
            }
            5 => rows[at].status = [Status::Withdrawn, Status::Declined, Status::Confirmed][chance.below(3)],
            6 => rows[at].set(Column::State, ["NM", "TX", "OR"][chance.below(3)]),
            7 => rows[at].set(Column::Email, ["info@ohc.example", "a@b.example"][chance.below(2)]),
            _ => rows.swap(at, other),
        }
    }
}

#[test]
fn the_outcome_is_that_without_memory_whatever_is_edited() {
    let options = ResolveOptions::default();
    let times: usize = std::env::var("UNDERSIGNED_EXPLORE").map_or(1, |times| times.parse().expect("a number"));
    let mut memory = ResolveMemory::default();
    // Few rows are paired all with all, many by their keys.
    for (seed, number, edits) in [(1, 60, 40), (2, 1100, 8)] {
        let mut chance = Chance(seed);
        let mut rows = rows();
        rows.truncate(number);
        for edit in 0..edits * times {
            edit_by_chance(&mut rows, &mut chance);
            let answered = match chance.below(3) {
                0 => known(&[&rows[3].name, &rows[4].name]),
                _ => Known::default(),
            };
            let expected = resolve(&rows, &answered, &options);
            let again = resolve_again(&rows, &answered, &options, &mut memory);
            assert!(again == expected, "edit {edit} of {number} rows");
        }
    }
}

#[test]
fn pairs_of_groups_that_stay_are_neither_looked_for_nor_judged_again() {
    let graph = KnownLinks::new(&Known::default()).0;
    let groups_of = |rows: &[Record]| {
        let all: Vec<usize> = (0..rows.len()).collect();
        name_groups(rows, &all, &graph, None)
    };
    let states = edits();
    let judged = |rows: &[Record], before: Option<JudgedPairs>| {
        let groups = groups_of(rows);
        let options = ResolveOptions::default();
        let mut memory = ResolveMemory::default();
        let judged = crate::resolve::judge_pairs_again((rows, &groups), &options, before);
        memory.keep(rows, groups, judged);
        memory.take()
    };
    let mut before = judged(&states[0], None);
    let first = steps_alone(|| before = judged(&states[0], None));
    assert!(groups_of(&states[0]).len() > 1000);
    for (at, rows) in states.iter().enumerate().skip(1).take(5) {
        let groups = groups_of(rows);
        let counts = WordCounts::new(&groups);
        if let Some(judged) = &before {
            let known = judged.verdicts(rows, &groups, &counts).len();
            let is_name = matches!(at, 4 | 5);
            assert_eq!(
                known == 0,
                is_name,
                "edit {at}: words are as rare as they were, unless a name changed"
            );
        }
        let last = before.take();
        let steps = steps_alone(|| before = judged(rows, last));
        assert!(steps * 10 < first, "edit {at}: {steps} steps of {first}");
    }
}
