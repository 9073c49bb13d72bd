//! Writes the files of a letter that was a draft.
//!
//! In: the parts of a letter. Out: its source, its list, and its comments, as text.
//! Guaranteed: the source is read as the same blocks; no comment is in it.

use super::letter_parts::LetterParts;
use crate::emit::list;
use crate::emit::markdown::{letter_source, line_source};
use crate::model::draft::DraftComment;
use crate::model::signatory::Record;
use crate::model::text::{Block, Inline, Line, plain};
use crate::model::visit;
use crate::source::Origin;

/// Returns a string as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string().replace('\n', "\\n")
}

fn array(lines: &[Line]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| quoted(&line_source(line))).collect();
    format!("[{}]", lines.join(", "))
}

/// Returns the letter's source. `title` is plain text.
pub(super) fn letter(
    parts: &LetterParts,
    title: &str,
    language: Option<&str>,
    list: &str,
    footnotes: &[Vec<Block>],
) -> String {
    let mut out = String::from("+++\n");
    let mut key = |key: &str, value: String| out.push_str(&format!("{key} = {value}\n"));
    key("kind", quoted("letter"));
    key("title", quoted(&line_source(&[Inline::Text(title.into())])));
    if let Some(date) = parts.date {
        key("date", date.to_string());
    }
    if let Some(language) = language {
        key("language", quoted(language));
    }
    let lines = [
        ("subject", &parts.subject),
        ("via", &parts.via),
        ("salutation", &parts.salutation),
        ("closing", &parts.closing),
    ];
    for (name, line) in lines {
        if let Some(line) = line {
            key(name, quoted(&line_source(line)));
        }
    }
    key("signatories", format!("[{}]", quoted(list)));
    for (name, lines) in [("cc", &parts.copies), ("enclosures", &parts.enclosures)] {
        if !lines.is_empty() {
            key(name, array(lines));
        }
    }
    tables(parts, &mut out);
    out.push_str("+++\n\n");
    out.push_str(&letter_source(&parts.body, &parts.appendices, footnotes));
    out
}

/// Adds the tables of the front matter.
fn tables(parts: &LetterParts, out: &mut String) {
    let mut add = |text: String| out.push_str(&text);
    if let Some((name, lines)) = parts.letterhead.split_first() {
        add(format!("\n[letterhead]\nname = {}\n", quoted(&line_source(name))));
        if let Some(logo) = &parts.logo {
            add(format!("logo = {}\n", quoted(&logo.path)));
            if !logo.alt.is_empty() {
                add(format!("logo_alt = {}\n", quoted(&logo.alt)));
            }
        }
        if !lines.is_empty() {
            add(format!("lines = {}\n", array(lines)));
        }
    }
    for lines in &parts.to {
        if let Some((name, lines)) = lines.split_first() {
            add(format!("\n[[to]]\nname = {}\n", quoted(&line_source(name))));
            if !lines.is_empty() {
                add(format!("address = {}\n", array(lines)));
            }
        }
    }
    for lines in &parts.signatures {
        add("\n[[signature]]\n".to_owned());
        for (key, line) in ["name", "title", "organization"].iter().zip(lines) {
            add(format!("{key} = {}\n", quoted(&line_source(line))));
        }
    }
    if parts.roll.is_empty() && parts.roll_heading.is_none() {
        return;
    }
    add("\n[roll]\n".to_owned());
    if let Some(heading) = &parts.roll_heading {
        add(format!("heading = {}\n", quoted(&line_source(heading))));
    }
    let sorted = parts
        .roll
        .windows(2)
        .all(|pair| pair[0].section != pair[1].section || pair[0].name.to_lowercase() <= pair[1].name.to_lowercase());
    if !sorted {
        add("order = \"listed\"\n".to_owned());
    }
    if parts.roll.iter().any(|row| row.section.is_some()) {
        add("sections = \"section\"\n".to_owned());
    }
}

/// Returns the list.
pub(super) fn list(parts: &LetterParts, origin: Origin) -> String {
    let records: Vec<Record> = parts.roll.iter().map(|row| row.record(origin)).collect();
    list::csv(&records)
}

/// Returns the comments, in the format of the file beside the letter.
pub(super) fn comments(comments: &[DraftComment]) -> String {
    let mut out = String::from(
        "# Comments of the draft. `undersigned check` shows those that are not done. They are printed nowhere.\n",
    );
    for comment in comments {
        out.push_str("\n[[comment]]\n");
        let keys = [
            ("author", &comment.author),
            ("date", &comment.date),
            ("about", &comment.about),
            ("text", &comment.text),
        ];
        for (key, value) in keys.into_iter().filter(|(_, value)| !value.is_empty()) {
            out.push_str(&format!("{key} = {}\n", quoted(value)));
        }
        out.push_str(&format!("paragraph = {}\ndone = {}\n", comment.paragraph, comment.done));
    }
    out
}

/// Gives images the names of the files that their pictures are written to.
pub(super) fn name_pictures(blocks: &mut [Block], stem: &str, names: &[String]) {
    visit::inlines_mut(blocks, &mut |inline| {
        if let Inline::Image(image) = inline
            && names.contains(&image.path)
        {
            image.path = picture_file(stem, &image.path);
        }
    });
}

/// Returns the name of the file of a picture.
pub(super) fn picture_file(stem: &str, name: &str) -> String {
    format!("{stem}-{name}")
}

/// Returns the title: that of the file, the subject, the title over the text, or the name
/// of the file.
pub(super) fn title(parts: &LetterParts, of_file: Option<&str>, stem: &str) -> String {
    let line = |line: &Option<Line>| line.as_ref().map(|line| plain(line).trim().to_owned());
    let found = line(&parts.title)
        .or_else(|| of_file.map(str::to_owned))
        .or_else(|| line(&parts.subject));
    found
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| stem.to_owned())
}
