//! Findings as SARIF 2.1.0, for code hosts.
//!
//! In: diagnostics with the files they speak of. Out: one log with one run.
//! Guaranteed: every rule that a result names is described; places count from 1, in
//! characters; a path is a relative URI. Absent: anything of the machine it ran on.
//! Source: OASIS, Static Analysis Results Interchange Format 2.1.0.

use crate::check;
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::link;
use crate::source::SourceMap;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{self, Write};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes the log of a run.
///
/// # Errors
/// When `out` takes no more.
pub fn sarif<'a>(
    found: impl Iterator<Item = (&'a SourceMap, &'a [Diagnostic])>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut codes = BTreeSet::new();
    let mut results = Vec::new();
    for (sources, diagnostics) in found {
        for diagnostic in diagnostics {
            codes.insert(diagnostic.code);
            results.push(result(sources, diagnostic));
        }
    }
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code)).collect();
    let index = |id: &str| codes.iter().position(|code| code.as_str() == id);
    for result in &mut results {
        let place = result["ruleId"].as_str().and_then(index);
        if let Some(place) = place {
            result["ruleIndex"] = json!(place);
        }
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "undersigned",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    writeln!(out, "{}", serde_json::to_string_pretty(&log)?)
}

fn rule(code: Code) -> Value {
    let mut rule = json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.description() },
    });
    if let Some(finding) = check::finding(code) {
        rule["fullDescription"] = json!({ "text": finding.why });
        rule["defaultConfiguration"] = json!({ "level": level(finding.severity) });
    }
    rule
}

fn result(sources: &SourceMap, diagnostic: &Diagnostic) -> Value {
    let mut text = diagnostic.message.clone();
    if let Some(hint) = &diagnostic.hint {
        text += &format!(" ({hint})");
    }
    let mut result = json!({
        "ruleId": diagnostic.code.as_str(),
        "level": level(diagnostic.severity),
        "message": { "text": text },
    });
    if let Some(origin) = diagnostic.origin {
        let place = sources.place(origin);
        let mut physical = json!({ "artifactLocation": { "uri": uri(place.file) } });
        if let Some(line) = place.line {
            physical["region"] = json!({ "startLine": line, "startColumn": place.column.unwrap_or(1) });
        }
        result["locations"] = json!([{ "physicalLocation": physical }]);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A path as a URI reference.
fn uri(path: &str) -> String {
    link::encoded(&path.replace('\\', "/"), b"/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Origin;

    #[test]
    fn a_finding_is_a_result_with_its_rule_and_place() {
        let mut sources = SourceMap::default();
        let file = sources.add("letters/über uns.md", "a\nTODO\n");
        let found = [
            Diagnostic::error(Code::Placeholder, "`TODO` is a placeholder").at(Origin::Span { file, start: 2, end: 6 }),
        ];
        let mut log = Vec::new();
        assert!(sarif([(&sources, &found[..])].into_iter(), &mut log).is_ok());
        let log: Value = serde_json::from_slice(&log).unwrap_or_default();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let result = &run["results"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "placeholder");
        assert_eq!(
            (&result["ruleId"], &result["ruleIndex"]),
            (&json!("placeholder"), &json!(0))
        );
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "letters/%C3%BCber%20uns.md");
        assert_eq!(place["region"], json!({"startLine": 2, "startColumn": 1}));
    }
}
