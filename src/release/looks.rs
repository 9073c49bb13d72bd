//! What a file shows beyond its words, as hashes that outlast saving it again.
//!
//! In: the bytes of a PDF, a page, a message, or a Word file. Out: a hash for each page, or
//! one for the whole of what has no pages. Guaranteed: what only stores a file in another way
//! (compressed, ordered, quoted, or encoded otherwise) changes no hash; whatever may cover,
//! hide, or add words does. Absent: saying which of these it is (`beside`).

use super::{docx_looks, mail_text, pdf_looks, short_sha256};
use scraper::Html;
use scraper::node::Node;

/// Returns the hashes of what a file shows, 32 digits of hexadecimal each: one a page of a PDF,
/// one for an HTML page, a message, or a Word file; empty for formats that are words alone, and
/// for what cannot be read.
pub fn pages(name: &str, bytes: &[u8]) -> Vec<String> {
    if bytes.starts_with(b"%PDF") {
        return pdf_looks::pages(bytes).into_iter().map(|page| page.hash).collect();
    }
    if bytes.starts_with(b"PK") {
        return docx_looks::hash(bytes).into_iter().collect();
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("html" | "htm") => std::str::from_utf8(bytes).ok().map(html).into_iter().collect(),
        Some("eml") => {
            let found = mail_text::read(bytes);
            let page = || html(&found.pages.concat());
            match (found.pages.is_empty(), found.pictures.is_empty()) {
                (true, _) => Vec::new(),
                (false, true) => vec![page()],
                (false, false) => vec![short_sha256((page() + "\n" + &found.pictures.join("\n")).as_bytes())],
            }
        }
        _ => Vec::new(),
    }
}

/// Returns the hash of a page: its elements, their attributes by name, its words, styles, and
/// scripts. Comments and the width of white space show nothing.
fn html(text: &str) -> String {
    let page = Html::parse_document(text.trim_start_matches('\u{feff}'));
    let mut fed = String::new();
    // Without a document type, browsers lay a page out by other rules.
    if !page.tree.nodes().any(|node| matches!(node.value(), Node::Doctype(_))) {
        fed.push_str("no document type");
    }
    // A stack of our own: pages may be nested deeper than the machine's.
    let mut ahead = vec![(page.tree.root(), true)];
    while let Some((node, opens)) = ahead.pop() {
        match node.value() {
            Node::Element(element) if opens => {
                fed.push_str("\n<");
                fed.push_str(element.name());
                let mut attributes: Vec<(&str, &str)> = element.attrs().collect();
                attributes.sort_unstable();
                for (key, value) in attributes {
                    fed.push_str(&format!("\n{key}={}", value.trim().replace(['\r', '\n'], " ")));
                }
            }
            Node::Element(_) => fed.push_str("\n>"),
            Node::Text(text) => {
                let words: Vec<&str> = text.split_ascii_whitespace().collect();
                if !words.is_empty() {
                    fed.push('\n');
                    fed.push_str(&words.join(" "));
                }
            }
            _ => {}
        }
        if opens && node.has_children() {
            ahead.push((node, false));
            ahead.extend(node.children().rev().map(|child| (child, true)));
        }
    }
    short_sha256(fed.as_bytes())
}

/// Returns sentences that say how the look of a file differs from that of the original: `now`
/// and `then` are [`pages`] of them, `file` and `original` their bytes, if at hand. Empty if
/// nothing differs.
pub fn differences(name: &str, now: &[String], then: &[String], file: &[u8], original: Option<&[u8]>) -> Vec<String> {
    if now == then {
        return Vec::new();
    }
    if bytes_are_paged(file) {
        return of_pages(now, then, file, original);
    }
    let what = match name.to_ascii_lowercase().ends_with(".docx") {
        true => "its formatting, pictures, or margins are",
        false => "its markup or styles are",
    };
    vec![format!(
        "{what} not those of the original, and may cover, hide, or add words: look at both"
    )]
}

fn bytes_are_paged(file: &[u8]) -> bool {
    file.starts_with(b"%PDF")
}

fn of_pages(now: &[String], then: &[String], file: &[u8], original: Option<&[u8]>) -> Vec<String> {
    let mut out = Vec::new();
    if now.len() != then.len() {
        out.push(format!(
            "it has {} pages, and the original has {}",
            now.len(),
            then.len()
        ));
    }
    let mut other: Vec<usize> = (0..now.len()).filter(|&at| !then.contains(&now[at])).collect();
    let is_ordered = then
        .iter()
        .filter(|page| now.contains(page))
        .eq(now.iter().filter(|page| then.contains(page)));
    if !is_ordered {
        out.push("its pages stand in another order, or some of them twice".to_owned());
    }
    if other.len() > 1 && other.len() == now.len() {
        out.push(
            "no page is painted as in the original: another program drew them anew, or something may be \
             covered, hidden, or added; look at both"
                .to_owned(),
        );
        return out;
    }
    // What is new on pages can be told where both files can be read.
    let looks = original.map(|original| (pdf_looks::pages(file), pdf_looks::pages(original)));
    other.truncate(MOST_PAGES);
    for at in other {
        let more = looks
            .as_ref()
            .and_then(|(now, then)| Some(more(now.get(at)?, then.get(at)?)));
        let more = more.filter(|more| !more.is_empty()).map(|more| format!(" ({more})"));
        out.push(format!(
            "page {} is not painted as in the original{}: something may be covered, hidden, or added; look at both",
            at + 1,
            more.unwrap_or_default()
        ));
    }
    out
}

/// Most pages that are told of one by one.
const MOST_PAGES: usize = 8;

/// Returns what a page paints more of than another, in words.
fn more(now: &pdf_looks::PageLook, then: &pdf_looks::PageLook) -> String {
    let kinds = [
        ("piece of text", "pieces of text"),
        ("picture or drawing", "pictures or drawings"),
        ("area or line", "areas or lines"),
    ];
    let found = kinds
        .iter()
        .zip(now.counts.iter().zip(then.counts))
        .filter_map(|((one, many), (now, then))| {
            let count = now.checked_sub(then).filter(|count| *count > 0)?;
            Some(format!("{count} more {}", if count == 1 { one } else { many }))
        });
    found.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stored_otherwise_looks_the_same() {
        let page =
            "<!doctype html><meta charset=utf-8><style>p{color:red}</style><p class=a id=\"b\">One\n two<!-- x --></p>";
        let same = |other: &str| {
            assert_eq!(
                pages("a.html", page.as_bytes()),
                pages("b.HTM", other.as_bytes()),
                "{other}"
            );
        };
        same(page);
        same(&page.replace('\n', "\r\n"));
        same(&page.replace("class=a id=\"b\"", "id='b'  class='a'"));
        same(&page.replace("<!-- x -->", ""));
        same(&format!("\u{feff}{page}"));
        let other = |other: &str| {
            assert_ne!(
                pages("a.html", page.as_bytes()),
                pages("a.html", other.as_bytes()),
                "{other}"
            );
        };
        other(&page.replace("<!doctype html>", ""));
        other(&page.replace("red", "white"));
        other(&page.replace("<p ", "<p hidden "));
        other(&page.replace("two", "two<span style='position:absolute'></span>"));
        other(&page.replace("id=\"b\"", "id=c"));
    }

    #[test]
    fn pages_are_told_one_by_one() {
        let check = |now: &[&str], then: &[&str], expected: &[&str]| {
            let owned = |pages: &[&str]| pages.iter().map(ToString::to_string).collect::<Vec<_>>();
            let told = differences("a.pdf", &owned(now), &owned(then), b"%PDF", None);
            assert_eq!(told.len(), expected.len(), "{told:?}");
            assert!(
                told.iter()
                    .zip(expected)
                    .all(|(told, expected)| told.contains(expected)),
                "{told:?}"
            );
        };
        check(&["a", "b"], &["a", "b"], &[]);
        check(&["a", "x"], &["a", "b"], &["page 2 is not painted"]);
        check(&["b", "a"], &["a", "b"], &["another order"]);
        check(&["a"], &["a", "b"], &["it has 1 pages"]);
        check(&["a", "a"], &["a", "b"], &["twice"]);
        check(&["x", "y"], &["a", "b"], &["no page is painted"]);
        check(&["x"], &["a"], &["page 1 is not painted"]);
    }
}
