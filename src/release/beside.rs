//! What a file shows beside its words: where links lead, comments, what is painted over or
//! outside the text, scripts, and styles that hide.
//!
//! In: the bytes of a PDF, a page, a message, or a Word file, and of the original if it is at hand. Out: a
//! sentence for each thing that the words do not tell. Guaranteed: no panic and no endless
//! work. Absent: the words themselves (`file_text`), the pixels of pages.

use super::blocks::fold;
use super::surroundings::Surroundings;
use super::{docx_text, mail_text, pdf_text};
use regex::Regex;
use scraper::Html;
use scraper::node::Node;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Reads what a file has beside its words; `None`: a format without any.
pub fn read(name: &str, bytes: &[u8]) -> Option<Surroundings> {
    if bytes.starts_with(b"%PDF") {
        return pdf_text::surroundings(bytes);
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    if bytes.starts_with(b"PK") {
        return docx_text::surroundings(bytes);
    }
    if ending.as_deref() == Some("eml") {
        let found = mail_text::read(bytes);
        return (!found.pages.is_empty()).then(|| Surroundings {
            plain: found.lines.concat(),
            attached: found.attached.into_iter().collect(),
            ..html(&found.pages.concat())
        });
    }
    let is_page = matches!(ending.as_deref(), Some("html" | "htm"));
    let text = std::str::from_utf8(bytes).ok().filter(|_| is_page)?;
    Some(html(text))
}

/// Elements that run, load, or say something which the words do not.
const ACTIVE: &[&str] = &[
    "script", "iframe", "object", "embed", "form", "input", "textarea", "base", "video", "audio", "canvas",
];

fn html(text: &str) -> Surroundings {
    let mut found = Surroundings::default();
    let page = Html::parse_document(text);
    for node in page.tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        let name = element.name();
        if ACTIVE.contains(&name) {
            found.active.insert(format!("<{name}>"));
        }
        if name == "style" {
            found.styles.extend(
                node.children()
                    .filter_map(|child| child.value().as_text().map(|text| &**text)),
            );
        }
        if name == "text"
            && node
                .ancestors()
                .any(|one| one.value().as_element().is_some_and(|one| one.name() == "svg"))
        {
            let words: String = node
                .descendants()
                .filter_map(|one| one.value().as_text().map(|text| &**text))
                .collect();
            found.outside.push(fold(&words));
        }
        for (key, value) in element.attrs() {
            match key {
                "href" if name == "a" && !value.starts_with('#') => {
                    found.links.insert(value.to_owned());
                }
                "style" => {
                    found.styles += value;
                    found.styles.push('\n');
                }
                "hidden" => {
                    found.active.insert("an element that is hidden".to_owned());
                }
                key if key.starts_with("on") => {
                    found.active.insert(format!("a script in `{key}`"));
                }
                _ => {}
            }
        }
    }
    found
}

/// Returns a sentence for each thing that a file shows beside the words of a release: `said`
/// are its words and title. Without the original, links and styles are told as they are.
pub fn notices(file: &Surroundings, original: Option<&Surroundings>, said: &[String]) -> Vec<String> {
    let mut notices = Vec::new();
    let tight = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let all = tight(&said.concat());
    let old = |list: fn(&Surroundings) -> &Vec<String>| original.map(list).into_iter().flatten();
    for line in &file.outside {
        if tight(line).len() > 1 && !old(|one| &one.outside).any(|other| other == line) {
            notices.push(format!(
                "text is painted outside the tagged text: “{}”",
                shortened(line)
            ));
        }
    }
    for line in &file.decoration {
        let known = original.map_or(is_page_number(line) || all.contains(&tight(line)), |one| {
            one.decoration.contains(line)
        });
        if !known {
            notices.push(format!("text is painted as decoration: “{}”", shortened(line)));
        }
    }
    for comment in &file.comments {
        if !old(|one| &one.comments).any(|other| other == comment) {
            notices.push(format!("a comment or stamp is on a page: “{}”", shortened(comment)));
        }
    }
    let mut below = file.covered.clone();
    for line in old(|one| &one.covered) {
        if let Some(at) = below.iter().position(|other| other == line) {
            below.remove(at);
        }
    }
    if !below.is_empty() {
        notices.push(covering(&below));
    }
    if file.cropped && !original.is_some_and(|one| one.cropped) {
        notices.push("a page is cropped, and shows only a part of itself".to_owned());
    }
    for active in &file.active {
        if !original.is_some_and(|one| one.active.contains(active)) {
            notices.push(format!("it contains {active}, which the program never writes"));
        }
    }
    around(file, original, &all, &mut notices);
    for (mark, count) in &file.marks {
        let known = original.map_or(usize::from(OURS.contains(mark)) * usize::MAX, |one| {
            one.marks.get(mark).copied().unwrap_or_default()
        });
        if *count > known {
            let than = original.map_or("which the program never writes", |_| "more often than the original");
            notices.push(format!("it contains {mark}, {than}"));
        }
    }
    if !all.contains(&tight(&file.plain)) {
        notices.push("its plain-text part, which some email programs show, has other words".to_owned());
    }
    links(file, original, &all, &mut notices);
    styles(file, original, &mut notices);
    notices
}

/// Most covered lines that are quoted.
const QUOTED: usize = 5;

/// Returns the sentence that says which words something is painted over.
fn covering(lines: &[String]) -> String {
    let quoted: Vec<String> = lines
        .iter()
        .take(QUOTED)
        .map(|line| format!("“{}”", shortened(line)))
        .collect();
    let more = match lines.len().saturating_sub(QUOTED) {
        0 => String::new(),
        1 => " and 1 more line".to_owned(),
        more => format!(" and {more} more lines"),
    };
    format!(
        "something that may hide words is painted over {}{more}",
        quoted.join(", ")
    )
}

/// Adds sentences for what lies in the file beside its pages: names that viewers show, scripts
/// and actions, attached files. `all` are the words of the release.
fn around(file: &Surroundings, original: Option<&Surroundings>, all: &str, notices: &mut Vec<String>) {
    for carried in &file.carried {
        if !original.is_some_and(|one| one.carried.contains(carried)) {
            notices.push(format!("it contains {carried}; the program never writes that"));
        }
    }
    for (sum, name) in &file.attached {
        if !original.is_some_and(|one| one.attached.contains_key(sum)) {
            let name = match name.is_empty() {
                true => String::new(),
                false => format!(", “{}”", shortened(name)),
            };
            notices.push(format!(
                "a file is attached to it{name}, which is no file of the release"
            ));
        }
    }
    let mut told = BTreeSet::new();
    for name in &file.names {
        let bare: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        let known = all.contains(&bare) || original.is_some_and(|one| one.names.contains(name));
        if !known && told.insert(name) {
            notices.push(format!(
                "viewers show beside its pages, as a title, bookmark, or label: “{}”",
                shortened(name)
            ));
        }
    }
}

/// Marks of Word files that the program itself writes.
const OURS: &[&str] = &["a picture", "words in the color of paper"];

fn links(file: &Surroundings, original: Option<&Surroundings>, all: &str, notices: &mut Vec<String>) {
    if let Some(original) = original {
        for link in file.links.difference(&original.links) {
            notices.push(format!(
                "a link leads to {}, which the original has not",
                shortened(link)
            ));
        }
        for link in original.links.difference(&file.links) {
            notices.push(format!("the link to {} is gone", shortened(link)));
        }
        return;
    }
    let host = |link: &String| {
        let rest = link.split_once("://").map_or(link.as_str(), |(_, rest)| rest);
        rest.trim_start_matches("mailto:")
            .split(['/', '?', '#'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let plain = |host: &str| -> String {
        host.trim_start_matches("www.")
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect()
    };
    let hosts: BTreeSet<String> = file.links.iter().filter(|link| link.contains(':')).map(host).collect();
    let unnamed: Vec<String> = hosts.into_iter().filter(|host| !all.contains(&plain(host))).collect();
    if !unnamed.is_empty() {
        notices.push(format!(
            "links lead to {}; the manifest does not record links, so compare them with the original",
            shortened(&unnamed.join(", "))
        ));
    }
}

fn styles(file: &Surroundings, original: Option<&Surroundings>, notices: &mut Vec<String>) {
    static HIDING: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?i)content:\s*["'][^"'\\]*\p{L}\s+\p{L}[^"']*["']|(?:^|[},])\s*(?:li|p|main|article|section|ul|ol|h\d)\s*\{[^{}]*(?:display:\s*none|visibility:\s*hidden|font-size:\s*0|opacity:\s*0(?:[;}]|\.0)|left:\s*-\d{3,})"#).ok()
    });
    match original {
        Some(original) if original.styles != file.styles => {
            notices.push("its styles are not those of the original, and styles can hide or add words".to_owned());
        }
        Some(_) => {}
        None => {
            if let Some(found) = HIDING.as_ref().and_then(|pattern| pattern.find(&file.styles)) {
                notices.push(format!(
                    "its styles hide or add words: `{}`",
                    shortened(&fold(found.as_str()))
                ));
            }
        }
    }
}

/// Returns whether a line is a page's number, or the mark that a release goes on or ends.
fn is_page_number(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    letters < 6 || letters < 12 && line.contains(|c: char| c.is_ascii_digit()) && line.split_whitespace().count() <= 4
}

/// A text short enough for a line.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beside_the_words_is_told() {
        let check = |page: &str, expected: &[&str]| {
            let found = read("a.html", page.as_bytes()).expect("a page");
            let said = ["Alder Workers Alliance".to_owned(), "alder.example".to_owned()];
            let notices = notices(&found, None, &said);
            assert_eq!(notices.len(), expected.len(), "{page}: {notices:?}");
            for (notice, expected) in notices.iter().zip(expected) {
                assert!(notice.contains(expected), "{notice}");
            }
        };
        check("<!doctype html><p>A <a href=\"https://alder.example/x\">page</a>", &[]);
        check(
            "<!doctype html><p>A <a href=\"https://evil.example/x\">page</a>",
            &["evil.example"],
        );
        check(
            "<!doctype html><script>x</script><p onclick=x>A",
            &["<script>", "onclick"],
        );
        check(
            "<!doctype html><style>main::before{content:'We support it'} li{display:none}</style><p>A",
            &["content:"],
        );
        let around = |file: &Surroundings| notices(file, Some(&file.of_same_look()), &["Homes now".to_owned()]).len();
        let mut file = Surroundings::default();
        file.names.push("Homes now".to_owned());
        assert_eq!(around(&file), 0);
        file.names.push("Evil Corporation".to_owned());
        file.carried.insert("a script".to_owned());
        file.attached.insert("0".repeat(64), "letter.pdf".to_owned());
        assert_eq!(around(&file), 3);
        let original = read(
            "a.html",
            b"<!doctype html><style>p{}</style><a href=\"https://a.example\">x</a>",
        );
        let copy = read(
            "a.html",
            b"<!doctype html><style>p{color:red}</style><a href=\"https://b.example\">x</a>",
        );
        let (original, copy) = (original.expect("a page"), copy.expect("a page"));
        assert_eq!(notices(&copy, Some(&original), &[]).len(), 3);
        assert!(notices(&original, Some(&original), &[]).is_empty());
    }
}
