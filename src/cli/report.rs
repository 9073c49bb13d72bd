//! Diagnostics on standard error.

use super::args::{ColorWhen, DiagnosticFormat};
use crate::diag::{Diagnostic, Severity};
use crate::engine::report;
use crate::source::{Origin, SourceMap};
use annotate_snippets::{AnnotationKind, Level, Origin as SnippetOrigin, Renderer, Snippet};
use std::io::{self, Write};

/// Collects what is said during a run and prints it to standard error.
pub(super) struct Reporter {
    format: DiagnosticFormat,
    quiet: bool,
    strict: bool,
    color: bool,
    failed: bool,
}

impl Reporter {
    /// A reporter that prints in the given format.
    pub(super) fn new(format: DiagnosticFormat, common: &super::args::Common) -> Self {
        let color = match common.color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never,
        };
        Self {
            format,
            quiet: common.quiet,
            strict: common.strict,
            color,
            failed: false,
        }
    }

    /// Whether an error was reported, or, with `--strict`, a warning: then
    /// nothing may be written.
    pub(super) fn failed(&self) -> bool {
        self.failed
    }

    /// Prints diagnostics, in their order.
    pub(super) fn report(&mut self, sources: &SourceMap, diagnostics: &[Diagnostic]) -> io::Result<()> {
        let mut out = io::BufWriter::new(io::stderr().lock());
        for diagnostic in diagnostics {
            let fails = match diagnostic.severity {
                Severity::Error => true,
                Severity::Warning => self.strict,
                Severity::Note => false,
            };
            self.failed |= fails;
            if self.quiet && !fails {
                continue;
            }
            match self.format {
                DiagnosticFormat::Human => writeln!(out, "{}\n", human(sources, diagnostic, self.color))?,
                DiagnosticFormat::Short => writeln!(out, "{}", short(sources, diagnostic))?,
                DiagnosticFormat::Json => report::diagnostic(sources, diagnostic, &mut out)?,
            }
        }
        out.flush()
    }

    /// Says on standard error how things went, unless asked to be quiet or to
    /// speak to programs.
    pub(super) fn say(&self, text: &str) -> io::Result<()> {
        if self.quiet || self.format == DiagnosticFormat::Json {
            return Ok(());
        }
        writeln!(io::stderr().lock(), "{text}")
    }
}

fn short(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let mut text = String::new();
    if let Some(origin) = diagnostic.origin {
        text = format!("{}: ", sources.place(origin));
    }
    text += &format!("{}[{}]: {}", diagnostic.severity, diagnostic.code, diagnostic.message);
    if let Some(hint) = &diagnostic.hint {
        text += &format!(" ({hint})");
    }
    printable(&text)
}

/// Longest line that is shown around a mistake, in bytes; of a longer one only the
/// neighbourhood is shown.
const LONGEST_LINE: usize = 400;

fn human(sources: &SourceMap, diagnostic: &Diagnostic, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = printable(&diagnostic.message);
    let title = level.primary_title(message).id(diagnostic.code.as_str());
    let mut hint = diagnostic.hint.as_deref().map(printable);
    let mut group = title.elements(std::iter::empty::<Snippet<'_, annotate_snippets::Annotation<'_>>>());
    match diagnostic.origin {
        Some(origin @ Origin::Span { file, start, end }) => {
            let (line, text, span) = excerpt(sources, file, start as usize, end as usize);
            let mark = AnnotationKind::Primary
                .span(span)
                .label(hint.take().unwrap_or_default());
            let place = sources.place(origin);
            group = group.element(
                Snippet::source(text)
                    .line_start(line)
                    .path(printable(place.file))
                    .annotation(mark),
            );
        }
        Some(origin) => {
            group = group.element(SnippetOrigin::path(printable(&sources.place(origin).to_string())));
        }
        None => {}
    }
    if let Some(hint) = hint {
        group = group.element(Level::HELP.message(hint));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// Cuts the line that holds `start` out of its file, with the span of the mistake
/// within it.
fn excerpt(
    sources: &SourceMap,
    file: crate::source::FileId,
    start: usize,
    end: usize,
) -> (usize, String, std::ops::Range<usize>) {
    let text = sources.text(file);
    let line = sources.line(Origin::Span {
        file,
        start: crate::source::offset(start),
        end: crate::source::offset(end),
    }) as usize;
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(start);
    let mut from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let mut to = text[start..].find('\n').map_or(text.len(), |at| start + at);
    if to - from > LONGEST_LINE {
        from = floor(from.max(start.saturating_sub(LONGEST_LINE / 2)));
        to = floor(to.min(start + LONGEST_LINE / 2));
    }
    let end = floor(end.clamp(start, to)).max(start);
    // Control characters would be redrawn at another width: a space keeps places.
    let shown = text[from..to].replace(|c: char| c.is_control(), " ");
    if shown.len() == to - from {
        (line, shown, start - from..end - from)
    } else {
        (line, shown, 0..0)
    }
}

/// Removes what could steer the terminal from text that came from users.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    fn sources() -> (SourceMap, Diagnostic) {
        let mut sources = SourceMap::default();
        let file = sources.add("signatories/2025-05.csv", "name,country,organistion\nA,B,C\n");
        let diagnostic = Diagnostic::error(Code::UnknownColumn, "no column `organistion`")
            .at(Origin::Span {
                file,
                start: 13,
                end: 24,
            })
            .hint("did you mean `organisation`?");
        (sources, diagnostic)
    }

    #[test]
    fn people_see_the_line() {
        let (sources, diagnostic) = sources();
        let expected = "\
error[unknown-column]: no column `organistion`
 --> signatories/2025-05.csv:1:14
  |
1 | name,country,organistion
  |              ^^^^^^^^^^^ did you mean `organisation`?";
        assert_eq!(human(&sources, &diagnostic, false), expected);
    }

    #[test]
    fn editors_see_a_line() {
        let (sources, diagnostic) = sources();
        assert_eq!(
            short(&sources, &diagnostic),
            "signatories/2025-05.csv:1:14: error[unknown-column]: no column `organistion` (did you mean `organisation`?)"
        );
    }

    #[test]
    fn long_lines_and_control_characters_are_tamed() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.csv", format!("{}\u{1b}[31mred\n", "é".repeat(5000)));
        let diagnostic = Diagnostic::error(Code::BadValue, "bad \u{1b}[2J").at(Origin::Span {
            file,
            start: 10_000,
            end: 10_005,
        });
        let text = human(&sources, &diagnostic, false);
        assert!(!text.contains('\u{1b}'), "{text}");
        assert!(text.len() < 2000, "{}", text.len());
    }
}
