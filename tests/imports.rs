//! Holds the import table of docs/ARCHITECTURE.md: data flows one way.

use std::fs;
use std::path::{Path, PathBuf};

/// What each layer may import from the crate besides itself.
const TABLE: &[(&str, &[&str])] = &[
    ("files", &[]),
    ("source", &["files"]),
    ("diag", &["source"]),
    ("model", &["source", "diag"]),
    ("load", &["source", "diag", "model"]),
    ("resolve", &["source", "diag", "model"]),
    ("compose", &["source", "diag", "model", "resolve"]),
    ("check", &["source", "diag", "model", "resolve", "compose::document"]),
    ("layout", &["source", "diag", "model", "compose::document"]),
    ("emit", &["diag", "model", "compose::document", "layout::frame"]),
    ("release", &["source", "diag", "model", "resolve", "compose", "emit"]),
    (
        "engine",
        &[
            "files", "source", "diag", "model", "load", "resolve", "compose", "check", "layout", "emit", "release",
        ],
    ),
    ("store", &["files", "engine"]),
];

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && !is_test(&path) {
            files.push(path);
        }
    }
    files
}

/// Whether a file holds tests only: a stage's tests may build their input with the
/// stage before.
fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests")
        || path
            .file_stem()
            .is_some_and(|stem| stem.to_string_lossy().ends_with("tests"))
}

/// The paths a file names below `crate::`, those in its tests left out.
fn imports(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
                .collect()
        })
        .collect()
}

#[test]
fn data_flows_one_way() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    for file in files_below(&src) {
        let relative = file.strip_prefix(&src).expect("below src");
        let layer = relative
            .components()
            .next()
            .map(|part| part.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned())
            .unwrap_or_default();
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == layer) else {
            continue; // main, lib and cli import everything
        };
        for import in imports(&fs::read_to_string(&file).expect("readable")) {
            seen += 1;
            let within = |path: &str| import == path || import.starts_with(&format!("{path}::"));
            assert!(
                within(&layer) || allowed.iter().any(|path| within(path)),
                "{} imports crate::{import}, which {layer} may not",
                relative.display()
            );
        }
    }
    assert!(
        seen > 20,
        "only {seen} imports were found: does the reading still work?"
    );
}

/// The pages that describe the house, and the names in backticks in them.
fn names_in_pages() -> Vec<(&'static str, String)> {
    let mut names = Vec::new();
    for page in ["docs/ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).expect("the page is there");
        let mut fenced = false;
        for line in text.lines() {
            if line.starts_with("```") {
                fenced = !fenced;
            } else if !fenced {
                let spans = line.split('`').skip(1).step_by(2);
                names.extend(spans.map(|name| (page, name.to_owned())));
            }
        }
    }
    names
}

/// Every file, folder and item that the pages name is there.
#[test]
fn the_pages_name_what_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code: Vec<(String, String)> = files_below(&root.join("src"))
        .iter()
        .map(|file| {
            let name = file.strip_prefix(root.join("src")).expect("below src");
            (
                name.to_string_lossy().replace('\\', "/"),
                fs::read_to_string(file).expect("readable"),
            )
        })
        .collect();
    let defined = |room: &str, item: &str| {
        code.iter().any(|(file, text)| {
            file.starts_with(room)
                && (file.contains(&format!("/{item}.rs"))
                    || ["struct", "enum", "trait", "const", "type", "fn", "mod"]
                        .iter()
                        .any(|kind| text.contains(&format!("{kind} {item}"))))
        })
    };
    let mut seen = 0;
    for (page, name) in names_in_pages() {
        let plain = name.chars().all(|c| c.is_alphanumeric() || "_-./:".contains(c));
        if !plain || name.contains("NAME") {
            continue; // a command, or a pattern
        }
        if name.contains('/') || name.ends_with(".rs") || name.ends_with(".md") {
            assert!(root.join(&name).exists(), "{page} names `{name}`, which is not there");
        } else if let Some((room, _)) = name.split_once("::") {
            let item = name.rsplit("::").next().unwrap_or_default();
            assert!(defined(room, item), "{page} names `{name}`, which is not there");
        } else if name.chars().next().is_some_and(char::is_uppercase) && name != "Err" {
            assert!(defined("", &name), "{page} names `{name}`, which is not there");
        } else {
            continue;
        }
        seen += 1;
    }
    assert!(seen > 50, "only {seen} names: does the reading still work?");
}
