//! The line of a diagnostic.

use super::line;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::SourceMap;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct DiagnosticLine<'a> {
    r#type: &'static str,
    severity: String,
    code: &'static str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    hint: Option<&'a str>,
}

/// Writes the line of a diagnostic.
///
/// # Errors
/// When `out` takes no more.
pub fn diagnostic(sources: &SourceMap, diagnostic: &Diagnostic, out: &mut impl Write) -> io::Result<()> {
    let place = diagnostic.origin.map(|origin| sources.place(origin));
    let fields = DiagnosticLine {
        r#type: "diagnostic",
        severity: diagnostic.severity.to_string(),
        code: diagnostic.code.as_str(),
        message: &diagnostic.message,
        file: place.as_ref().map(|place| place.file),
        line: place.as_ref().and_then(|place| place.line),
        column: place.as_ref().and_then(|place| place.column),
        hint: diagnostic.hint.as_deref(),
    };
    line(out, &fields)
}

/// Writes the line of an error that ends a run and has no code of its own: a file that
/// cannot be read, a folder that cannot be written to.
///
/// # Errors
/// When `out` takes no more.
pub fn failure(message: &str, out: &mut impl Write) -> io::Result<()> {
    let fields = DiagnosticLine {
        r#type: "diagnostic",
        severity: Severity::Error.to_string(),
        code: Code::Unreadable.as_str(),
        message,
        file: None,
        line: None,
        column: None,
        hint: None,
    };
    line(out, &fields)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::source::Origin;

    #[test]
    fn programs_see_an_object() {
        let mut sources = SourceMap::default();
        let file = sources.add("signatories/2025-05.csv", "name,country,organistion\nA,B,C\n");
        let said = Diagnostic::error(Code::UnknownColumn, "no column `organistion`")
            .at(Origin::Span {
                file,
                start: 13,
                end: 24,
            })
            .hint("did you mean `organisation`?");
        let mut out = Vec::new();
        diagnostic(&sources, &said, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            r#"{"type":"diagnostic","severity":"error","code":"unknown-column","message":"no column `organistion`","file":"signatories/2025-05.csv","line":1,"column":14,"hint":"did you mean `organisation`?"}
"#
        );
    }
}
