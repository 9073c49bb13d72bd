//! Precision: the samples are clean, and so is ordinary prose.

use super::corpus::{Said, run};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn below(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            found.extend(below(&path, ending));
        } else if path.extension().is_some_and(|other| other == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn the_samples_are_clean() {
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_undersigned"))
        .args(["check", "--format", "short"])
        .current_dir(root())
        .output()
        .expect("the binary runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), &*said), (Some(0), ""));
}

/// Text that nobody would call a letter's, as the bodies of letters: the
/// documentation and the comments of the code. What is about `check` is full of
/// what it finds, and left out.
fn prose() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut pages = below(&root().join("docs"), "md");
    pages.extend(["README.md", "CHANGELOG.md", "CONTRIBUTING.md"].map(|name| root().join(name)));
    for path in pages {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if name == "CHECK" {
            continue;
        }
        texts.insert(name, fs::read_to_string(&path).expect("readable"));
    }
    for path in below(&root().join("src"), "rs") {
        let name = path
            .strip_prefix(root())
            .expect("below")
            .to_string_lossy()
            .replace(['/', '.'], "-");
        if name.starts_with("src-check") {
            continue;
        }
        let code = fs::read_to_string(&path).expect("readable");
        let comments: String = code
            .lines()
            .map(|line| {
                let line = line.trim_start();
                let text = ["//! ", "/// ", "// "].iter().find_map(|mark| line.strip_prefix(mark));
                format!("{}\n", text.unwrap_or_default())
            })
            .collect();
        let mut squeezed = String::new();
        for line in comments.lines() {
            if !(line.is_empty() && squeezed.ends_with("\n\n")) {
                squeezed.push_str(line);
                squeezed.push('\n');
            }
        }
        texts.insert(name, squeezed);
    }
    texts
}

/// Findings that are true of documentation as such, not of letters: links between
/// pages, and text that is an example of what is found.
const NOT_OF_LETTERS: &[&str] = &[
    "bad-link",
    "raw-html",
    "unknown-footnote",
    "unclosed-field",
    "unknown-field",
    "bad-field",
    "missing-image",
    "no-alternative",
    "hidden-comment",
    // Comments of like items are alike.
    "repeated-text",
];

/// False alarms that are left, with what they are; docs/CHECK.md tells of them.
const KNOWN: &[(&str, &str)] = &[
    // The page on front matter says what a bad date is.
    ("bad-date", "30 February"),
    // The README says what `check` finds.
    ("placeholder", "XXX"),
    ("placeholder", "`xxx`"),
    ("wrong-office", "Customs and Border Patrol"),
    ("count-false", "over 170 organizations"),
    // Summaries of commands are sentences without a period.
    ("punctuation", "the last sentence of the paragraph has no period"),
    ("punctuation", "the sentence breaks off after `for`"),
    ("punctuation", "the sentence breaks off after `with`"),
    // Comments about damaged text show single marks.
    ("unpaired", "a quotation closes here"),
    // Two pages quote the question of a form, each as it needs it.
    ("excerpt-differs", "letters/COORDINATOR.md"),
];

#[test]
fn clean_prose_gives_few_alarms() {
    let mut files = BTreeMap::new();
    let mut words = 0;
    for (name, text) in prose() {
        words += text.split_whitespace().count();
        // A page's own front matter marks would end ours.
        let text = text.replace("+++", "");
        files.insert(
            format!("letters/{name}.md"),
            format!("+++\nkind = \"letter\"\ntitle = \"A page\"\ndate = 2021-03-01\nsignatories = [\"../signatories/list.csv\"]\n+++\n{text}"),
        );
    }
    let list = fs::read_to_string(root().join("signatories/dhs-100-days.csv")).expect("the sample is there");
    files.insert("signatories/list.csv".to_owned(), list);
    assert!(words >= 30_000, "only {words} words");
    let (said, _) = run(&files);
    let alarms: Vec<&Said> = said
        .iter()
        .filter(|said| said.severity != "note" && !NOT_OF_LETTERS.contains(&said.code.as_str()))
        .filter(|said| {
            !KNOWN
                .iter()
                .any(|(code, text)| said.code == *code && said.message.contains(text))
        })
        .collect();
    assert!(
        alarms.is_empty(),
        "{} alarms in {words} words: {alarms:?}",
        alarms.len()
    );
}
