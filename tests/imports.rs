//! Holds the import table of docs/ARCHITECTURE.md, and what keeps a room easy to find
//! one's way in: data flows one way, files do not need each other in circles, and
//! functions are short. Also holds that each promise of docs/SECURITY.md has its test, that
//! the book has every page, and that links between pages lead somewhere.
//!
//! Sources are read as text. What rustfmt guarantees is relied on: a function ends at a
//! brace as far in as its beginning.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each room may import from the crate besides itself.
const TABLE: &[(&str, &[&str])] = &[
    ("bounds", &[]),
    ("files", &[]),
    ("source", &["files"]),
    ("diag", &["source"]),
    ("model", &["source", "diag"]),
    ("load", &["bounds", "files", "source", "diag", "model"]),
    ("resolve", &["source", "diag", "model"]),
    ("compose", &["source", "diag", "model", "resolve"]),
    ("check", &["source", "diag", "model", "resolve", "compose::document"]),
    ("layout", &["source", "diag", "model", "compose::document"]),
    (
        "emit",
        &["bounds", "diag", "model", "compose::document", "layout::frame"],
    ),
    (
        "release",
        &["bounds", "source", "diag", "model", "resolve", "compose", "emit"],
    ),
    ("engine", BELOW_ENGINE),
    (
        "store",
        &[
            "files",
            "engine::Change",
            "engine::ChangeSet",
            "engine::Expected",
            "engine::Outputs",
            "engine::Paths",
            "engine::highest_number_file",
        ],
    ),
    ("desk", BELOW_DESK),
    ("cli", ALL_BUT_CLI),
];

/// The rooms that turn files into other files.
const BELOW_ENGINE: &[&str] = &[
    "bounds", "files", "source", "diag", "model", "load", "resolve", "compose", "check", "layout", "emit", "release",
];

/// The rooms that the desk may use.
const BELOW_DESK: &[&str] = &[
    "bounds", "files", "source", "diag", "model", "load", "resolve", "compose", "check", "layout", "emit", "release",
    "engine", "store",
];

/// The rooms that the command line may use.
const ALL_BUT_CLI: &[&str] = &[
    "bounds", "files", "source", "diag", "model", "load", "resolve", "compose", "check", "layout", "emit", "release",
    "engine", "store", "desk",
];

/// Files that belong to no room: the list of rooms, the binary, builders for tests.
const NO_ROOMS: &[&str] = &["lib", "main", "testing"];

/// Lines of the longest function that needs no reason.
const LONGEST: usize = 100;

/// Functions that are longer, each with the reason.
const LONG: &[(&str, &str)] = &[(
    "resolve/normalize/tokens.rs: tokens",
    "one walk over the characters of a name",
)];

/// A file of `src`, by its path below it, with its code: tests are left out.
struct Source {
    path: String,
    code: String,
}

impl Source {
    /// Returns the room, the first part of the path.
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// Returns the path of the module: `layout/page/mod.rs` is `layout::page`.
    fn module(&self) -> Vec<String> {
        let path = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        path.split('/').map(str::to_owned).collect()
    }
}

fn sources() -> Vec<Source> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    for file in files_below(&src).into_iter().filter(|file| !is_test(file)) {
        let below = file.strip_prefix(&src).expect("below src");
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let text = fs::read_to_string(&file).expect("readable");
        sources.push(Source {
            path: parts.join("/"),
            code: without_tests(&text),
        });
    }
    assert!(sources.len() > 100, "src is read");
    sources
}

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Returns whether a file holds tests only: a room's tests may build their input with
/// the room before.
fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests")
        || path
            .file_stem()
            .is_some_and(|stem| stem.to_string_lossy().ends_with("tests"))
}

fn indent(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

/// Returns the code without comments of whole lines and without what is compiled for
/// tests only.
fn without_tests(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let trimmed = line.trim_start();
        if trimmed == "#[cfg(test)]" {
            let end = format!("{}}}", indent(line));
            // The item ends with a semicolon, or at a brace below its beginning.
            for line in lines.by_ref() {
                let attribute = line.trim_start().starts_with("#[");
                if !attribute && (line.ends_with(';') && indent(line) == &end[..end.len() - 1] || line == end) {
                    break;
                }
            }
        } else if !trimmed.starts_with("//") {
            code += line;
            code.push('\n');
        }
    }
    code
}

/// Returns the paths that a file names from `crate`, `self` or `super`, those of a `use`
/// one by one.
fn imports(code: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for root in ["crate::", "super::", "self::"] {
        let mut rest = code;
        let mut before = ' ';
        while let Some(at) = rest.find(root) {
            before = rest[..at].chars().next_back().unwrap_or(before);
            // `super` of `super::super` is part of the path before it.
            if !(before.is_alphanumeric() || matches!(before, '_' | ':' | '$')) {
                expand(&rest[at..], &[], &mut paths);
            }
            before = ':';
            rest = &rest[at + root.len()..];
        }
    }
    paths
}

/// Reads a path with its braces; returns what follows it.
fn expand<'a>(text: &'a str, base: &[String], paths: &mut Vec<Vec<String>>) -> &'a str {
    let mut path = base.to_vec();
    let mut rest = text.trim_start();
    loop {
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '*'))
            .unwrap_or(rest.len());
        path.push(rest[..end].to_owned());
        rest = &rest[end..];
        let Some(after) = rest.strip_prefix("::") else {
            break;
        };
        rest = after;
        if let Some(mut inner) = after.strip_prefix('{') {
            loop {
                inner = inner.trim_start();
                if let Some(after) = inner.strip_prefix('}') {
                    return after;
                }
                inner = expand(inner, &path, paths);
                let Some(next) = inner.find([',', '}']) else {
                    return inner;
                };
                inner = inner[next..].strip_prefix(',').unwrap_or(&inner[next..]);
            }
        }
    }
    paths.push(path);
    rest
}

/// Returns a path from the crate's root on, without `crate`, `self` and `super`.
fn absolute(module: &[String], path: &[String]) -> Vec<String> {
    let mut absolute = module.to_vec();
    for (at, part) in path.iter().enumerate() {
        match part.as_str() {
            "crate" => absolute.clear(),
            // A `self` within braces names what stands before them.
            "self" => {}
            "super" => {
                absolute.pop();
            }
            _ => {
                absolute.extend(path[at..].iter().filter(|part| *part != "self").cloned());
                break;
            }
        }
    }
    absolute
}

#[test]
fn data_flows_one_way() {
    let mut seen = 0;
    for source in sources() {
        let room = source.room();
        if NO_ROOMS.contains(&room) {
            continue;
        }
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == room) else {
            panic!("{room} is no room of the table");
        };
        for path in imports(&source.code) {
            let import = absolute(&source.module(), &path).join("::");
            seen += 1;
            let within = |path: &str| import == path || import.starts_with(&format!("{path}::"));
            let is_item = TABLE.iter().all(|(name, _)| !within(name));
            assert!(
                is_item || within(room) || allowed.iter().any(|path| within(path)),
                "{} imports {import}, which {room} may not",
                source.path
            );
        }
    }
    assert!(
        seen > 500,
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

/// Returns the files that each file needs. A folder's `mod.rs` opens the folder: files
/// may take its types, and it hands on to them. What it only passes on counts as taken
/// from the file that has it.
fn needs(sources: &[Source]) -> BTreeMap<&str, BTreeSet<&str>> {
    let modules: BTreeMap<Vec<String>, &Source> = sources.iter().map(|source| (source.module(), source)).collect();
    let opens = |source: &Source| source.path.ends_with("/mod.rs") || NO_ROOMS.contains(&source.room());
    // The names that a folder passes on: (folder, name) to the whole path.
    let mut passed: BTreeMap<(Vec<String>, String), Vec<String>> = BTreeMap::new();
    for source in sources.iter().filter(|source| opens(source)) {
        for line in source.code.split("pub use ").chain(source.code.split(") use ")).skip(1) {
            let mut paths = Vec::new();
            expand(line, &[], &mut paths);
            for path in paths {
                let mut whole = source.module();
                whole.extend(path.iter().filter(|part| *part != "self").cloned());
                let name = path.last().cloned().unwrap_or_default();
                passed.entry((source.module(), name)).or_insert(whole);
            }
        }
    }
    let file = |path: &[String]| {
        let mut path = path.to_vec();
        // A name may be passed on by one folder after another.
        for _ in 0..4 {
            let (at, source) = (0..=path.len())
                .rev()
                .find_map(|at| modules.get(&path[..at]).map(|source| (at, *source)))?;
            if !opens(source) {
                return Some(source.path.as_str());
            }
            let name = path.get(at)?;
            let mut whole = passed.get(&(path[..at].to_vec(), name.clone()))?.clone();
            whole.extend(path[at + 1..].iter().cloned());
            path = whole;
        }
        None
    };
    let mut needs = BTreeMap::new();
    for source in sources.iter().filter(|source| !opens(source)) {
        let paths = imports(&source.code);
        let files: BTreeSet<&str> = paths
            .iter()
            .filter_map(|path| file(&absolute(&source.module(), path)))
            .filter(|path| *path != source.path)
            .collect();
        needs.insert(source.path.as_str(), files);
    }
    needs
}

/// Returns all that can be reached from a file.
fn reached<'a>(needs: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&str> = needs[from].iter().copied().collect();
    while let Some(file) = next.pop() {
        if seen.insert(file) {
            next.extend(&needs[file]);
        }
    }
    seen
}

#[test]
fn no_files_need_each_other_in_circles() {
    let sources = sources();
    let needs = needs(&sources);
    let pairs: usize = needs.values().map(BTreeSet::len).sum();
    assert!(
        pairs > 300,
        "only {pairs} needs were found: does the reading still work?"
    );
    let all: BTreeMap<&str, BTreeSet<&str>> = needs.keys().map(|file| (*file, reached(&needs, file))).collect();
    let circles: BTreeSet<Vec<&str>> = all
        .iter()
        .filter(|(file, reached)| reached.contains(*file))
        .map(|(file, reached)| {
            reached
                .iter()
                .copied()
                .filter(|other| all[other].contains(file))
                .collect()
        })
        .collect();
    let list: String = circles
        .iter()
        .map(|circle| format!("  {}\n", circle.join(", ")))
        .collect();
    assert!(circles.is_empty(), "files need each other in circles:\n{list}");
}

/// Returns each function with its name and its lines.
fn functions(code: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut functions = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((before, after)) = line.split_once("fn ") else {
            continue;
        };
        let words = ["pub", "pub(super)", "pub(crate)", "const", "async", "unsafe"];
        if !before
            .split_whitespace()
            .all(|word| words.contains(&word) || word.starts_with("pub("))
        {
            continue;
        }
        let name = after.split(['(', '<']).next().unwrap_or_default();
        let end = format!("{}}}", indent(line));
        let length = lines[at..]
            .iter()
            .position(|line| *line == end)
            .map_or(1, |length| length + 1);
        functions.push((name.to_owned(), length));
    }
    functions
}

#[test]
fn functions_are_short() {
    let mut seen = 0;
    let mut long = Vec::new();
    for source in sources() {
        for (name, lines) in functions(&source.code) {
            seen += 1;
            if lines > LONGEST {
                long.push(format!("{}: {name}", source.path));
            }
        }
    }
    assert!(
        seen > 1000,
        "only {seen} functions were found: does the reading still work?"
    );
    let listed: Vec<&str> = LONG.iter().map(|(function, _)| *function).collect();
    let unlisted: Vec<&String> = long
        .iter()
        .filter(|function| !listed.contains(&function.as_str()))
        .collect();
    assert!(
        unlisted.is_empty(),
        "over {LONGEST} lines, and no reason is given: {unlisted:#?}"
    );
}

#[test]
fn each_promise_of_security_has_its_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/SECURITY.md")).expect("readable");
    let files = [files_below(&root.join("src")), files_below(&root.join("tests"))].concat();
    let code: String = files
        .iter()
        .map(|file| fs::read_to_string(file).expect("readable"))
        .collect();
    let rows = page
        .lines()
        .filter_map(|line| line.strip_suffix("` |")?.rsplit_once("| `"));
    let named: Vec<&str> = rows.map(|(_, test)| test).collect();
    assert!(named.len() > 20, "the page names its tests: {named:?}");
    for test in named {
        let begin = format!("fn {test}()");
        assert!(
            code.contains(&begin),
            "docs/SECURITY.md names `{test}`, which is no test"
        );
    }
}

#[test]
fn each_page_of_the_documentation_is_in_the_book() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let contents = fs::read_to_string(docs.join("SUMMARY.md")).expect("readable");
    for entry in fs::read_dir(&docs).expect("readable") {
        let name = entry.expect("readable").file_name().to_string_lossy().into_owned();
        let is_listed = contents.contains(&format!("]({name})"));
        assert!(
            is_listed || !name.ends_with(".md") || name == "SUMMARY.md",
            "docs/SUMMARY.md lacks {name}"
        );
    }
}

/// Returns a page without code, line by line.
fn without_code(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// Returns the anchors of a page's headings, as code hosts and mdBook make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = without_code(text).into_iter().filter(|line| line.starts_with('#'));
    let anchor = |line: String| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(anchor).collect()
}

/// Every link of a page to a file, and to a heading of a page, leads there.
#[test]
fn links_between_pages_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).expect("readable");
    let mut pages: Vec<PathBuf> = docs.map(|entry| entry.expect("readable").path()).collect();
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.extend(["README.md", "CONTRIBUTING.md"].map(|name| root.join(name)));
    let mut seen = 0;
    for page in pages {
        let text = fs::read_to_string(&page).expect("readable");
        // A link's text may go over two lines. What stands in backticks is no link.
        let prose: String = without_code(&text).join("\n").split('`').step_by(2).collect();
        for link in prose.split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => page.clone(),
                path => page.parent().expect("a folder").join(path),
            };
            assert!(target.exists(), "{}: {link} leads nowhere", page.display());
            let is_page = target.extension().is_some_and(|ending| ending == "md");
            if is_page && !anchor.is_empty() {
                let text = fs::read_to_string(&target).expect("readable");
                let is_there = anchors(&text).contains(anchor);
                assert!(is_there, "{}: {link} has no such heading", page.display());
            }
            seen += 1;
        }
    }
    assert!(seen > 200, "only {seen} links: does the reading still work?");
}
