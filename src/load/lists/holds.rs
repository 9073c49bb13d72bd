//! Holds signatures that cannot be published yet.
//!
//! In: the rows of a letter's lists, and the letter's date. Out: those rows held
//! whose `embargoed_until` is later, as pending. Guaranteed: a row of the same name is
//! held back with them; without a date, all are; how many and until when is told.
//! Absent: how the day is read out of a form (that is `rows`').

use super::dates;
use super::fold::fold_all;
use crate::diag::{Code, Diagnostic};
use crate::model::signatory::{Column, Kind, Record, Status};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Holds the rows that cannot be published on `date`, and reports them.
pub fn hold(records: &mut [Record], date: Option<Date>) -> Vec<Diagnostic> {
    let until = |record: &Record| Some(dates::moment(record.get(Column::EmbargoedUntil)?)?.latest());
    let held = |record: &Record| until(record).filter(|until| date.is_none_or(|date| *until > date));
    let key = |record: &Record| (fold_all(&record.name), record.kind);
    let embargoed: Vec<(Date, &Record)> = records
        .iter()
        .filter(|record| record.status == Status::Confirmed)
        .filter_map(|record| Some((held(record)?, record)))
        .collect();
    let Some(&(until, first)) = embargoed
        .iter()
        .max_by_key(|(until, record)| (*until, std::cmp::Reverse(record.origin)))
    else {
        return Vec::new();
    };
    let names: BTreeSet<(String, Kind)> = embargoed.iter().map(|(_, record)| key(record)).collect();
    let origin = first.origin;
    let dated = match date {
        Some(date) => format!("the letter is dated {date}"),
        None => "the letter has no date".to_owned(),
    };
    let subject = match embargoed.len() {
        1 => format!("`{}` is not printed: it", first.name),
        count => format!(
            "{count} signatories are not printed, `{}` among them: the last",
            first.name
        ),
    };
    let message = format!("{subject} cannot be published before {until}, and {dated}");
    let mut said = vec![
        Diagnostic::note(Code::Embargoed, message)
            .at(origin)
            .hint("they count as pending; to print them, date the letter that day or later"),
    ];
    let mut beside = None;
    for record in records.iter_mut().filter(|record| record.status == Status::Confirmed) {
        if !names.contains(&key(record)) {
            continue;
        }
        if held(record).is_none() {
            beside.get_or_insert((record.name.clone(), record.origin));
        }
        record.status = Status::Pending;
    }
    if let Some((name, origin)) = beside {
        let message = format!("`{name}` is held here too, because another row with this name cannot be published yet");
        said.push(
            Diagnostic::warning(Code::Embargoed, message)
                .at(origin)
                .hint("if this row ends the hold, delete `embargoed_until` in the other row"),
        );
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Origin, SourceMap};
    use jiff::civil::date;

    #[test]
    fn rows_are_held_back_until_their_day() {
        let file = SourceMap::default().add("", "");
        let row = |name: &str, until: &str| {
            let mut record = Record::new(name, Origin::File(file));
            record.set(Column::EmbargoedUntil, until);
            record
        };
        let rows = [
            row("A", "2021-03-01"),
            row("B", ""),
            row("a ", ""),
            row("C", "2021-02-01"),
        ];
        let check = |date: Option<Date>, printed: &[&str], said: usize| {
            let mut rows = rows.to_vec();
            assert_eq!(hold(&mut rows, date).len(), said);
            let confirmed = rows.iter().filter(|row| row.status == Status::Confirmed);
            assert_eq!(confirmed.map(|row| &*row.name).collect::<Vec<_>>(), printed);
        };
        check(Some(date(2021, 2, 20)), &["B", "C"], 2);
        check(Some(date(2021, 3, 1)), &["A", "B", "a ", "C"], 0);
        check(None, &["B"], 2);
    }
}
