//! Reads looks and email headers: `[style]` of the project file, `[email]` of a letter.
//!
//! In: their tables. Out: a [`StyleSetting`], an [`Envelope`]. Guaranteed: a color of
//! the setting is legible on its background; addresses contain nothing that could add a
//! header. Absent: what a template means (that is `emit::html`'s).

use crate::diag::{Code, Diagnostic};
use crate::load::bytes;
use crate::load::diagnostics::Diagnostics;
use crate::load::toml_values::{TomlReader, get};
use crate::model::letter::{Envelope, Mailbox, Placed};
use crate::model::placed_text::PlacedText;
use crate::model::style::{Color, LEGIBLE, Look, StyleSetting, Template};
use crate::source::SourceMap;
use std::path::Path;
use toml::de::DeTable;

/// Longest template, in bytes.
const MAX_TEMPLATE: usize = 1 << 20;

/// Reads `[style]` of the project file at `path`.
pub(in crate::load) fn style(
    reader: &mut TomlReader<'_>,
    table: &DeTable<'_>,
    sources: &SourceMap,
    path: &Path,
) -> StyleSetting {
    reader.only(table, "[style]", &["look", "accent", "accent_dark", "html_template"]);
    let looks: Vec<(&str, Look)> = Look::ALL.iter().map(|look| (look.as_str(), *look)).collect();
    let template = reader.string(table, "html_template");
    StyleSetting {
        look: reader
            .word(table, "look", &looks)
            .map(|look| look.value)
            .unwrap_or_default(),
        accent: color(reader, table, "accent", Color::SHEET, Color::BLACK),
        accent_dark: color(reader, table, "accent_dark", Color::SHEET_DARK, Color::WHITE),
        html_template: template.and_then(|name| self::template(&name, sources, path, reader.diagnostics)),
    }
}

/// Reads a color for text on the background `ground`; an illegible one is an error that
/// names the nearest legible color on the way to `towards`.
fn color(reader: &mut TomlReader<'_>, table: &DeTable<'_>, key: &str, ground: Color, towards: Color) -> Option<Color> {
    let color = reader.parsed(table, key, "a color such as \"#7a2331\"", Color::parse)?;
    let ratio = color.contrast(ground);
    if ratio >= LEGIBLE {
        return Some(color);
    }
    let better = color.legible_on(ground, towards);
    let what = if towards == Color::BLACK { "light" } else { "dark" };
    // Rounded down: 4.49 may not read as 4.5.
    let ratio = (ratio * 100.0).floor() / 100.0;
    let mut diagnostic = Diagnostic::error(
        Code::PoorContrast,
        format!(
            "`{key}` {color} is too {what} for text: its contrast with {ground} is {ratio:.2}; at least {LEGIBLE} is needed"
        ),
    )
    .hint(format!("use {better}, the nearest legible color (WCAG 2.2, 1.4.3)"));
    if let Some(value) = get(table, key) {
        diagnostic = diagnostic.at(reader.origin(value.span()));
    }
    reader.diagnostics.push(diagnostic);
    None
}

/// Reads a template, whose path is relative to the project file's folder.
fn template(
    name: &Placed<String>,
    sources: &SourceMap,
    project: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Template> {
    let path = project.parent().unwrap_or(Path::new("")).join(&name.value);
    let read = bytes::read(sources, &name.value, &path, MAX_TEMPLATE).map_err(|error| error.to_string());
    let text = read.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned()));
    match text {
        Ok(text) => Some(Template {
            name: name.value.clone(),
            text: text.into(),
        }),
        Err(reason) => {
            diagnostics.push(
                Diagnostic::error(
                    Code::Unreadable,
                    format!("cannot read the template `{}`: {reason}", name.value),
                )
                .at(name.origin)
                .hint("write the path relative to the folder of undersigned.toml"),
            );
            None
        }
    }
}

/// Reads `[email]` of a letter.
pub(super) fn envelope(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> Envelope {
    reader.only(table, "[email]", &["subject", "from", "reply_to", "to", "cc"]);
    let one = "an address such as \"We Are Home <press@example.org>\"";
    Envelope {
        subject: reader
            .string(table, "subject")
            .map(|subject| PlacedText::quoted(subject.value, subject.origin)),
        from: reader.parsed(table, "from", one, Mailbox::parse),
        reply_to: reader.parsed(table, "reply_to", one, Mailbox::parse),
        to: mailboxes(reader, table, "to"),
        cc: mailboxes(reader, table, "cc"),
    }
}

fn mailboxes(reader: &mut TomlReader<'_>, table: &DeTable<'_>, key: &str) -> Vec<Mailbox> {
    let mut found = Vec::new();
    for text in reader.strings(table, key).unwrap_or_default() {
        match Mailbox::parse(&text.value) {
            Some(mailbox) => found.push(mailbox),
            None => reader.diagnostics.push(
                Diagnostic::error(Code::BadValue, format!("`{}` is not an email address", text.value))
                    .at(text.origin)
                    .hint("write \"press@example.org\" or \"We Are Home <press@example.org>\""),
            ),
        }
    }
    found
}
