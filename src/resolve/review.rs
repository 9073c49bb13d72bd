//! What an interview over the questions needs.
//!
//! In: a [`Resolution`]; the text of decisions.toml and an answer. Out: the
//! questions, most valuable first; the text with the answer appended.
//! Guaranteed: comments and order of the text stay; each pair of signatories is
//! asked about once. Absent: asking, and writing files (both are `cli`'s).

use crate::model::known::Answer;
use crate::resolve::{Resolution, Zone};
use jiff::civil::Date;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TomlError, value};

/// A question: are these two signatories one?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Index into [`Resolution::pairs`]: the rows that look most alike, and why.
    pub pair: usize,
    /// Indices into [`Resolution::signatories`].
    pub signatories: (usize, usize),
}

/// Returns the questions, most valuable first: those most likely answered
/// "same", and among them those about most rows; each is a duplicate in print.
pub fn questions(resolution: &Resolution) -> Vec<Question> {
    let rows = resolution.signatories.iter().flat_map(|signatory| &signatory.rows);
    let mut of = vec![usize::MAX; rows.max().map_or(0, |last| last + 1)];
    for (at, signatory) in resolution.signatories.iter().enumerate() {
        for &row in &signatory.rows {
            of[row] = at;
        }
    }
    let signatory = |row: usize| of.get(row).copied().filter(|&at| at != usize::MAX);
    let mut out: Vec<(f64, Question)> = Vec::new();
    for (at, pair) in resolution.pairs.iter().enumerate() {
        if pair.judgement.zone != Zone::Review {
            continue;
        }
        let (Some(a), Some(b)) = (signatory(pair.a), signatory(pair.b)) else {
            continue;
        };
        let rows = resolution.signatories[a].rows.len() + resolution.signatories[b].rows.len();
        let question = Question {
            pair: at,
            signatories: (a.min(b), a.max(b)),
        };
        out.push((pair.judgement.probability * (rows as f64).log2(), question));
    }
    out.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.pair.cmp(&y.pair)));
    out.into_iter().map(|(_, question)| question).collect()
}

/// An answer to be remembered.
#[derive(Clone, Debug)]
pub struct NewDecision<'a> {
    /// The answer.
    pub answer: Answer,
    /// The names it is about, as typed.
    pub names: &'a [&'a str],
    /// The name to print.
    pub print: Option<&'a str>,
    /// The day of the answer.
    pub date: Option<Date>,
    /// Who answered.
    pub by: Option<&'a str>,
    /// Why.
    pub why: Option<&'a str>,
}

/// Returns the text of decisions.toml with an answer appended. All that stands
/// in it stays as it is.
///
/// # Errors
/// When the text is no TOML, or `decision` in it is no list of tables.
pub fn append(text: &str, decision: &NewDecision<'_>) -> Result<String, AppendError> {
    let mut document: DocumentMut = text.parse()?;
    let mut table = Table::new();
    table["answer"] = value(decision.answer.as_str());
    table["names"] = value(decision.names.iter().copied().collect::<Array>());
    let texts = [("print", decision.print), ("by", decision.by), ("why", decision.why)];
    for (key, text) in texts {
        if let Some(text) = text {
            table[key] = value(text);
        }
    }
    if let Some(date) = decision.date
        && let Ok(date) = date.to_string().parse::<toml_edit::Datetime>()
    {
        table["date"] = value(date);
    }
    if !text.trim().is_empty() {
        table.decor_mut().set_prefix("\n");
    }
    // What stands after the last entry, comments mostly, stays before the new one.
    let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
    if !trailing.is_empty() {
        table.decor_mut().set_prefix(format!("{trailing}\n"));
        document.set_trailing("");
    }
    let entry = document
        .entry("decision")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    entry
        .as_array_of_tables_mut()
        .ok_or(AppendError::NotTables)?
        .push(table);
    Ok(document.to_string())
}

/// Why an answer could not be appended.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The text is no TOML.
    #[error("decisions.toml cannot be read: {0}")]
    Toml(#[from] TomlError),
    /// `decision` is there and is no list of tables.
    #[error("`decision` is no list of tables; write `[[decision]]`")]
    NotTables,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::load::known;
    use crate::source::SourceMap;

    const NEW: NewDecision<'_> = NewDecision {
        answer: Answer::Different,
        names: &["Casa \"Uno\"", "Casa Dos"],
        print: None,
        date: Some(jiff::civil::date(2021, 2, 26)),
        by: Some("Rosa"),
        why: Some("two boards"),
    };

    fn check(text: &str) {
        let out = append(text, &NEW).unwrap();
        assert!(out.starts_with(text.trim_end()), "{out}");
        let (read, diagnostics) = known::decisions(&mut SourceMap::default(), "d.toml", &out);
        assert_eq!(diagnostics, []);
        let last = read.last().unwrap();
        assert_eq!(last.answer, NEW.answer);
        assert_eq!(last.names, NEW.names);
        assert_eq!(last.date, NEW.date);
        assert_eq!(last.why.as_deref(), NEW.why);
    }

    #[test]
    fn appending_keeps_what_was_there() {
        check("");
        check("# ours\n");
        check("# ours\n\n[[decision]] # first\nnames = [ \"A\",\"B\" ]\nanswer = 'same'\n\n# the end\n");
    }

    #[test]
    fn appending_to_no_toml_is_an_error() {
        assert!(append("[[decision", &NEW).is_err());
        assert!(append("decision = 1", &NEW).is_err());
    }
}
