//! The words of a file from anywhere, as a sequence of blocks.
//!
//! In: the bytes of a file of any kind. Out: its text in reading order, a block
//! each. Guaranteed: no panic and no endless work, whatever the bytes hold. Absent: the
//! words of formats that cannot be read here ([`FileText::Unreadable`]).

use super::blocks::{Collector, FileText, fold};
use super::{docx_text, html_text, mail_text, pdf_text};
use crate::bounds::{self, Task};

/// Reads the words of a file; `name` is its file name, for its extension.
pub fn read(name: &str, bytes: &[u8]) -> FileText {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.as_deref().unwrap_or_default();
    if bytes.starts_with(b"%PDF") || ending == "pdf" {
        return pdf_text::read(bytes);
    }
    if bytes.starts_with(b"PK") {
        return docx_text::read(bytes).map_or(FileText::Unreadable, FileText::Blocks);
    }
    if ending == "eml" {
        return FileText::Blocks(mail(bytes));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return FileText::Unreadable;
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\0') {
        return FileText::Unreadable;
    }
    match ending {
        "csv" | "tsv" => FileText::Blocks(table(text)),
        _ if is_html(text, ending) => FileText::Blocks(html(text)),
        _ => {
            let lines = text.lines().map(|line| fold(unmarked(line)));
            FileText::Blocks(lines.filter(|line| !line.is_empty()).collect())
        }
    }
}

/// Longest file of a stranger that is read in this process, in bytes: elements within elements take
/// time that grows with the square of their number.
const SMALL: usize = 8 << 10;

/// Reads the words of a file from anywhere: where that may take long, in a child process. What
/// cannot be read within its limits is unreadable.
pub fn read_bounded(name: &str, bytes: &[u8]) -> FileText {
    let is_pdf = bytes.starts_with(b"%PDF") || name.to_ascii_lowercase().ends_with(".pdf");
    if bytes.len() <= SMALL && !is_pdf && !bytes.starts_with(b"PK") {
        return bounds::catch_panic(|| read(name, bytes)).unwrap_or(FileText::Unreadable);
    }
    let mut input = name.as_bytes().to_vec();
    input.push(0);
    input.extend_from_slice(bytes);
    let answer = bounds::run(&READ_WORDS, &input);
    let blocks = |rest: &[u8]| serde_json::from_slice(rest).unwrap_or_default();
    match answer.as_deref() {
        Ok([b'b', rest @ ..]) => FileText::Blocks(blocks(rest)),
        Ok([b'l', rest @ ..]) => FileText::Loose(blocks(rest)),
        _ => FileText::Unreadable,
    }
}

/// Reads the words of a file in a child process.
pub(super) const READ_WORDS: Task = Task {
    name: "read-words",
    run: |input| {
        let at = memchr::memchr(0, input).unwrap_or(input.len());
        let name = String::from_utf8_lossy(&input[..at]).into_owned();
        let (kind, blocks) = match read(&name, input.get(at + 1..).unwrap_or_default()) {
            FileText::Blocks(blocks) => (b'b', blocks),
            FileText::Loose(lines) => (b'l', lines),
            FileText::Unreadable => (b'u', Vec::new()),
        };
        let mut answer = vec![kind];
        serde_json::to_writer(&mut answer, &blocks).map_err(|error| error.to_string())?;
        Ok(answer)
    },
};

/// Stands between the words of a message's HTML and those of its plain part. No block of text
/// holds a line's end.
const PLAIN_PART: &str = "\nplain";

/// Returns the blocks of a message: its subject, its HTML, and after [`PLAIN_PART`] the lines of
/// its plain part.
fn mail(bytes: &[u8]) -> Vec<String> {
    let found = mail_text::read(bytes);
    let mut blocks = vec![format!("Subject: {}", fold(&found.subject))];
    blocks.extend(found.pages.iter().flat_map(|page| html(page)));
    blocks.push(PLAIN_PART.to_owned());
    // Who answers or forwards within a text marks each line.
    let lines = found.lines.iter().map(|line| line.trim_start_matches(['>', ' ']));
    blocks.extend(lines.map(|line| fold(unmarked(line))));
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Divides the blocks of a message: those that a mail program shows, and those of the plain part
/// alone. Without HTML, and for other files, all are shown.
pub fn mail_parts<T: Clone>(blocks: &[T], text: impl Fn(&T) -> &str) -> (Vec<T>, Option<Vec<T>>) {
    let Some(at) = blocks.iter().position(|block| text(block) == PLAIN_PART) else {
        return (blocks.to_vec(), None);
    };
    let (shown, plain) = (&blocks[..at], &blocks[at + 1..]);
    let subject = &shown[..shown.len().min(1)];
    (shown.to_vec(), Some([subject, plain].concat()))
}

/// Returns the line without the mark of a list's item, so that a name is a name.
fn unmarked(line: &str) -> &str {
    let line = line.trim_start();
    let rest = ["- ", "* ", "• ", "– "]
        .into_iter()
        .find_map(|mark| line.strip_prefix(mark));
    rest.unwrap_or(line)
}

/// Returns true if a text is an HTML page.
fn is_html(text: &str, ending: &str) -> bool {
    let head: String = text
        .trim_start()
        .chars()
        .take(15)
        .collect::<String>()
        .to_ascii_lowercase();
    matches!(ending, "html" | "htm") || head.starts_with("<!doctype html") || head.starts_with("<html")
}

/// Returns the blocks of an HTML page.
fn html(text: &str) -> Vec<String> {
    let mut blocks = Collector::default();
    html_text::read(text, &mut blocks);
    blocks.finish()
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
            let cells: Vec<String> = record
                .iter()
                .map(|cell| fold(&crate::model::formula::plain(cell)))
                .collect();
            cells
                .into_iter()
                .filter(|cell| !cell.is_empty())
                .collect::<Vec<_>>()
                .join(" | ")
        })
        .filter(|row| !row.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: &[&str]) {
        let expected = expected.iter().map(ToString::to_string).collect();
        assert_eq!(read(name, text.as_bytes()), FileText::Blocks(expected), "{text}");
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
        assert_eq!(read("a.docx", b"PK\x03\x04\0"), FileText::Unreadable);
        assert_eq!(read("a.txt", b"\xff\xfe"), FileText::Unreadable);
        assert_eq!(read("a.pdf", b"%PDF-1.7 and nothing else"), FileText::Unreadable);
    }
}
