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
