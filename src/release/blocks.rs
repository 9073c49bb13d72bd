//! What a file says, as a sequence of blocks: a heading, a paragraph, a name.
//!
//! In: the bytes of a file of any kind. Out: its text in reading order, a block
//! each, white space folded and invisible characters left out. Guaranteed: no
//! panic and no endless work, whatever the bytes hold. Absent: looks, and the words
//! of formats that cannot be read here ([`Words::Unreadable`]).

use super::pdf_text;
use scraper::Html;
use scraper::node::{Element, Node};

/// What could be read of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// Blocks in reading order.
    Blocks(Vec<String>),
    /// Text whose order is that of painting, such as a PDF without a structure: good
    /// for finding names, not for comparing word by word.
    Loose(Vec<String>),
    /// Nothing: a format that is not read, or a broken file.
    Unreadable,
}

/// Reads the words of a file; `name` is its file name, for its ending.
pub fn words(name: &str, bytes: &[u8]) -> Words {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.as_deref().unwrap_or_default();
    if bytes.starts_with(b"%PDF") || ending == "pdf" {
        return pdf_text::words(bytes);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Words::Unreadable;
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\0') {
        return Words::Unreadable;
    }
    match ending {
        "csv" | "tsv" => Words::Blocks(table(text)),
        _ if is_html(text, ending) => Words::Blocks(html(text)),
        _ => {
            let lines = text.lines().map(|line| fold(unmarked(line)));
            Words::Blocks(lines.filter(|line| !line.is_empty()).collect())
        }
    }
}

/// The line without the mark of a list's item, so that a name is a name.
fn unmarked(line: &str) -> &str {
    let line = line.trim_start();
    let rest = ["- ", "* ", "• ", "– "]
        .into_iter()
        .find_map(|mark| line.strip_prefix(mark));
    rest.unwrap_or(line)
}

/// Whether a text is an HTML page.
fn is_html(text: &str, ending: &str) -> bool {
    let head: String = text
        .trim_start()
        .chars()
        .take(15)
        .collect::<String>()
        .to_ascii_lowercase();
    matches!(ending, "html" | "htm") || head.starts_with("<!doctype html") || head.starts_with("<html")
}

/// Elements that stand within a line; all others begin a block of their own.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "dfn", "em", "font", "i", "img", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Elements whose content nobody reads.
const SILENT: &[&str] = &["head", "script", "style", "template", "noscript", "svg"];

/// Returns the blocks of an HTML page.
pub fn html(text: &str) -> Vec<String> {
    let page = Html::parse_document(text);
    let mut blocks = Collector::default();
    // A stack of our own: pages may be nested deeper than the machine's.
    let mut ahead = vec![(page.tree.root(), true)];
    while let Some((node, opens)) = ahead.pop() {
        match node.value() {
            Node::Element(element) if is_silent(element) => continue,
            Node::Element(element) => match element.name() {
                "br" => blocks.text(" "),
                "img" => blocks.text(element.attr("alt").unwrap_or_default()),
                name if INLINE.contains(&name) => {}
                _ => blocks.end(),
            },
            Node::Text(text) => blocks.text(text),
            _ => {}
        }
        if opens && node.has_children() {
            ahead.push((node, false));
            ahead.extend(node.children().rev().map(|child| (child, true)));
        }
    }
    blocks.finish()
}

fn is_silent(element: &Element) -> bool {
    SILENT.contains(&element.name()) || element.attr("role") == Some("doc-backlink")
}

/// Returns the rows of a table of comma-, semicolon- or tab-separated cells. Marks that
/// keep a cell from running in a spreadsheet are left out.
fn table(text: &str) -> Vec<String> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|&delimiter| {
            (
                memchr::memchr_iter(delimiter, first.as_bytes()).count(),
                delimiter == b',',
            )
        })
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map_while(Result::ok)
        .map(|record| {
            let cells: Vec<String> = record.iter().map(|cell| fold(unguarded(cell))).collect();
            cells
                .into_iter()
                .filter(|cell| !cell.is_empty())
                .collect::<Vec<_>>()
                .join(" | ")
        })
        .filter(|row| !row.is_empty())
        .collect()
}

/// The cell without the apostrophe that `emit::csv::neutralize` puts before it.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if crate::emit::csv::neutralize(rest) == cell => rest,
        _ => cell,
    }
}

/// Gathers text into blocks.
#[derive(Default)]
pub(super) struct Collector {
    blocks: Vec<String>,
    open: String,
}

impl Collector {
    /// Adds to the open block.
    pub(super) fn text(&mut self, text: &str) {
        self.open.push_str(text);
    }

    /// Ends the open block.
    pub(super) fn end(&mut self) {
        let block = fold(&self.open);
        self.open.clear();
        if !block.is_empty() {
            self.blocks.push(block);
        }
    }

    /// Ends the last block.
    pub(super) fn finish(mut self) -> Vec<String> {
        self.end();
        self.blocks
    }
}

/// Returns the text with white space folded to single spaces and without characters
/// that cannot be seen: soft hyphens, direction marks, variation selectors.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            space = true;
        } else if !is_invisible(c) {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    out
}

/// Format characters that change no word (Unicode `Default_Ignorable_Code_Point`, those
/// that occur in running text).
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: &[&str]) {
        let expected = expected.iter().map(ToString::to_string).collect();
        assert_eq!(words(name, text.as_bytes()), Words::Blocks(expected), "{text}");
    }

    #[test]
    fn pages_are_read_as_blocks_in_reading_order() {
        check(
            "a.html",
            "<!DOCTYPE html><head><title>T</title><style>p{}</style></head><body><h1>RE: <b>Seven</b>\nchanges</h1>\
             <p>Line<br>two<sup><a role=doc-noteref>1</a></sup></p><ul><li><bdi>A &amp; B</bdi>, Chair<li>C</ul>\
             <img alt='A house'><a role=doc-backlink>back</a><script>x</script>",
            &["RE: Seven changes", "Line two1", "A & B, Chair", "C", "A house"],
        );
        check("page", "<html><p>so\u{ad}lid\u{a0}ground", &["solid ground"]);
    }

    #[test]
    fn tables_are_read_whatever_parts_their_cells() {
        check(
            "a.csv",
            "name,kind\n'=A,organization\n\"B, C\",\n",
            &["name | kind", "=A | organization", "B, C"],
        );
        check("a.csv", "\u{feff}name;kind\r\nA;x\r\n", &["name | kind", "A | x"]);
        check("a.csv", "name\n'Aha!\n", &["name", "'Aha!"]);
    }

    #[test]
    fn other_texts_are_read_by_lines() {
        check(
            "a.txt",
            "  One\n\n two   three \n- Four\n",
            &["One", "two three", "Four"],
        );
        assert_eq!(words("a.docx", b"PK\x03\x04\0"), Words::Unreadable);
        assert_eq!(words("a.txt", b"\xff\xfe"), Words::Unreadable);
        assert_eq!(words("a.pdf", b"%PDF-1.7 and nothing else"), Words::Unreadable);
    }
}
