//! Small workspaces, each with one thing that would embarrass, and the same without.
//!
//! A case is a table of a TOML file beside this one:
//!
//! - `name`, `code`: what it is, and the code it must be found under;
//! - `mark`: the text in `file` (letters/letter.md unless it says otherwise) at whose
//!   beginning it must be found;
//! - `header`, `body`, `list` (a CSV) or `rows` (so many rows of the sample's list),
//!   `project`, `files`: the workspace;
//! - `clean`: what differs in the twin, in which nothing at all may be found;
//! - `also`: other codes that the bad one shows;
//! - `shown`: for docs/CHECK.md, what of the bad files and of the clean ones says it best, with
//!   lines set one after another;
//! - `online`: only asking the web tells the two apart, which outside.rs does.

use assert_cmd::Command;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use undersigned::diag::Severity;
use undersigned::engine::{self, Paths, Workspace, report};
use undersigned::files::{Files as AllFiles, MemoryFiles};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Files {
    header: Option<String>,
    body: Option<String>,
    list: Option<String>,
    rows: Option<usize>,
    project: Option<String>,
    #[serde(default)]
    files: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    code: String,
    mark: String,
    #[serde(default = "letter")]
    file: String,
    header: Option<String>,
    body: Option<String>,
    list: Option<String>,
    rows: Option<usize>,
    project: Option<String>,
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    clean: Files,
    #[serde(default)]
    also: Vec<String>,
    shown: Option<[String; 2]>,
    #[serde(default)]
    online: bool,
}

#[derive(Debug, Deserialize)]
struct Corpus {
    case: Vec<Case>,
}

fn letter() -> String {
    "letters/letter.md".to_owned()
}

/// Something that `check` said.
#[derive(Debug, Deserialize, PartialEq)]
pub(crate) struct Said {
    pub(crate) severity: String,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) file: Option<String>,
    pub(crate) line: Option<usize>,
    pub(crate) column: Option<usize>,
    pub(crate) hint: Option<String>,
}

const BODY: &str = "We write about the library, and ask for your answer.";

fn sample_rows(rows: usize) -> String {
    let list = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("signatories/dhs-100-days.csv"));
    let list = list.expect("the sample is there");
    list.lines().take(rows + 1).map(|line| format!("{line}\n")).collect()
}

/// The files of a workspace.
fn workspace(files: &Files) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let header = files.header.clone().unwrap_or_default();
    let set = |key: &str| {
        header
            .lines()
            // What follows a table belongs to it.
            .take_while(|line| !line.starts_with('['))
            .any(|line| line.trim_start().starts_with(&format!("{key} =")))
    };
    let mut text = "+++\n".to_owned();
    for (key, value) in [
        ("kind", "\"letter\""),
        ("title", "\"Keep the library open\""),
        ("date", "2021-03-01"),
        ("signatories", "[\"../signatories/list.csv\"]"),
    ] {
        if !set(key) {
            text += &format!("{key} = {value}\n");
        }
    }
    text += header.trim_end();
    text += "\n+++\n\n";
    text += files.body.as_deref().unwrap_or(BODY).trim_end();
    text += "\n";
    all.insert(letter(), text);
    let list = files
        .list
        .clone()
        .unwrap_or_else(|| sample_rows(files.rows.unwrap_or(12)));
    all.insert("signatories/list.csv".to_owned(), list);
    if let Some(project) = &files.project {
        all.insert("undersigned.toml".to_owned(), project.clone());
    }
    all.extend(files.files.clone());
    all
}

/// Checks all letters of a workspace in memory; returns what was said and the exit code that
/// `check` has for it.
pub(crate) fn run(files: &BTreeMap<String, String>) -> (Vec<Said>, Option<i32>) {
    let folder = Path::new("/w");
    let memory: MemoryFiles = files.iter().map(|(name, text)| (folder.join(name), text)).collect();
    let shared: Arc<dyn AllFiles> = Arc::new(memory);
    let paths = Paths::new(folder);
    let checked = || -> engine::Result<(Vec<Said>, i32)> {
        let letters = Workspace::around(&shared, &paths, Path::new("letters"))?.letters()?;
        let prepared = engine::prepare_all(&shared, &paths, &letters, None)?;
        let found = engine::check(&prepared, false);
        let mut lines = Vec::new();
        let mut exit = 0;
        for (prepared, found) in prepared.iter().zip(&found) {
            for one in found {
                report::diagnostic(&prepared.sources, one, &mut lines).expect("memory takes a line");
                exit = match one.severity {
                    _ if engine::is_unreadable(one) => 2,
                    Severity::Warning | Severity::Error => exit.max(1),
                    Severity::Note => exit,
                };
            }
        }
        let said = serde_json::Deserializer::from_slice(&lines).into_iter();
        Ok((said.collect::<Result<_, _>>().expect("lines of JSON"), exit))
    };
    match checked() {
        Ok((said, exit)) => (said, Some(exit)),
        Err(_) => (Vec::new(), Some(2)),
    }
}

/// Writes files and runs the program's `check` on them; returns what it said and its exit
/// code.
pub(crate) fn run_program(files: &BTreeMap<String, String>, arguments: &[&str]) -> (Vec<Said>, Option<i32>) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_undersigned"))
        .arg("check")
        .args(arguments)
        .args(["--format", "json"])
        .current_dir(dir.path())
        .output()
        .expect("the binary runs");
    let errors = String::from_utf8(output.stderr).expect("UTF-8 on standard error");
    let said = errors
        .lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")));
    (said.collect(), output.status.code())
}

fn cases() -> Vec<Case> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/check");
    let mut paths: Vec<_> = fs::read_dir(dir)
        .expect("the corpus is there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml") && !path.ends_with("quiet.toml"))
        .collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("readable");
        let corpus: Corpus = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        cases.extend(corpus.case);
    }
    cases
}

/// The line and column at which `mark` begins, from 1, in characters.
fn place(text: &str, mark: &str) -> Option<(usize, usize)> {
    let at = text.find(mark)?;
    let line = text[..at].matches('\n').count() + 1;
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    Some((line, text[start..at].chars().count() + 1))
}

impl Case {
    /// The workspace that has the mistake.
    fn bad(&self) -> Files {
        Files {
            header: self.header.clone(),
            body: self.body.clone(),
            list: self.list.clone(),
            rows: self.rows,
            project: self.project.clone(),
            files: self.files.clone(),
        }
    }

    /// The same workspace without the mistake.
    fn twin(&self) -> Files {
        let (bad, clean) = (self.bad(), &self.clean);
        Files {
            header: clean.header.clone().or(bad.header),
            body: clean.body.clone().or(bad.body),
            list: clean
                .list
                .clone()
                .or(if clean.rows.is_some() { None } else { bad.list }),
            rows: clean.rows.or(bad.rows),
            project: clean.project.clone().or(bad.project),
            files: bad.files.into_iter().chain(clean.files.clone()).collect(),
        }
    }
}

/// What is wrong with how a case came out.
fn judge(case: &Case) -> Vec<String> {
    let mut wrong = Vec::new();
    let files = workspace(&case.bad());
    let (said, _) = run(&files);
    let Some(expected) = files.get(&case.file).and_then(|text| place(text, &case.mark)) else {
        return vec![format!("`{}` is not in {}", case.mark, case.file)];
    };
    let hit = said.iter().any(|said| {
        said.code == case.code
            && said.file.as_deref() == Some(&case.file)
            && (said.line, said.column) == (Some(expected.0), Some(expected.1))
            && said.hint.is_some()
    });
    if !hit {
        wrong.push(format!("{} was not found at {expected:?}: {said:?}", case.code));
    }
    for said in &said {
        if said.code != case.code && !case.also.contains(&said.code) {
            wrong.push(format!("also found: {said:?}"));
        }
    }
    let (said, code) = run(&workspace(&case.twin()));
    if !said.is_empty() || code != Some(0) {
        wrong.push(format!("the clean twin (exit {code:?}): {said:?}"));
    }
    wrong
}

#[test]
fn every_embarrassment_is_found_and_no_clean_twin() {
    let cases = cases();
    assert!(cases.len() >= 80, "only {} cases", cases.len());
    let mut names = BTreeSet::new();
    for case in &cases {
        assert!(names.insert(&case.name), "{} is there twice", case.name);
    }
    let failures: Vec<String> = cases
        .par_iter()
        .filter(|case| !case.online)
        .flat_map_iter(|case| {
            let wrong = judge(case).into_iter();
            wrong.map(move |wrong| format!("{}: {wrong}", case.name))
        })
        .collect();
    assert!(
        failures.is_empty(),
        "{} failures\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// The texts of quiet.toml.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Quiet {
    letter: Vec<String>,
    salutations: Vec<String>,
}

#[test]
fn nothing_is_found_where_nothing_is_wrong() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/check/quiet.toml");
    let quiet: Quiet = toml::from_str(&fs::read_to_string(path).expect("the texts are there")).expect("a list");
    let letters = quiet.letter.into_iter().map(|body| Files {
        body: Some(body),
        ..Files::default()
    });
    let greeted = quiet.salutations.into_iter().map(|salutation| Files {
        header: Some(format!(
            "salutation = \"{salutation}\"\n[[to]]\nname = \"The Honorable Dana Whitfield\"\ntitle = \"Secretary\"\n\
             organization = \"Department of Housing\"\n[[to]]\nname = \"Sam Vale\"\norganization = \"Google\"\n"
        )),
        ..Files::default()
    });
    let all: Vec<Files> = letters.chain(greeted).collect();
    let wrong: Vec<String> = all
        .par_iter()
        .filter_map(|files| {
            let (said, code) = run(&workspace(files));
            let loud = !said.is_empty() || code != Some(0);
            loud.then(|| format!("{:?} {:?}: {said:?}", files.body, files.header))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_finding_has_a_case() {
    let cases = cases();
    let covered: BTreeSet<&str> = cases.iter().map(|case| case.code.as_str()).collect();
    let missing: Vec<&str> = undersigned::check::CHECKS
        .iter()
        .flat_map(|check| check.findings)
        .map(|finding| finding.code.as_str())
        .filter(|code| !covered.contains(code))
        .collect();
    assert!(missing.is_empty(), "no case has {missing:?}");
}

/// The line of a text that holds a mark, short enough for a table.
fn shown(text: &str, at: usize) -> String {
    const LONGEST: usize = 110;
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let line = text[start..end].trim().replace('|', "\\|").replace('`', "'");
    let before = text[start..at].chars().count();
    let skip = if line.chars().count() > LONGEST {
        before.saturating_sub(30)
    } else {
        0
    };
    let mut short: String = line.chars().skip(skip).take(LONGEST).collect();
    if skip > 0 {
        short.insert(0, '…');
    }
    if line.chars().count() > skip + LONGEST {
        short.push('…');
    }
    // Marks are shown as they are typed.
    let has_marks = short.contains(['[', ']', '*', '_', '<', '>', '{', '#', '~']);
    if has_marks { format!("`{short}`") } else { short }
}

/// A bad line and a good one for each finding, from the first of its cases that has both.
fn examples() -> String {
    let cases = cases();
    let mut page = String::from("| code | found | not found |\n|---|---|---|\n");
    for finding in undersigned::check::CHECKS.iter().flat_map(|check| check.findings) {
        let of_code = || cases.iter().filter(|case| case.code == finding.code.as_str());
        let chosen = of_code().find_map(|case| {
            let [bad, good] = case.shown.as_ref()?;
            for (files, text) in [(case.bad(), bad), (case.twin(), good)] {
                let has = |file: &String| file.replace('\n', ", ").contains(text.as_str());
                assert!(workspace(&files).values().any(has), "{}: `{text}`", case.name);
            }
            let line = |text: &str| text.replace('|', "\\|");
            Some(format!("| `{}` | {} | {} |\n", finding.code, line(bad), line(good)))
        });
        let row = chosen.or_else(|| {
            of_code().find_map(|case| {
                let (bad, clean) = (workspace(&case.bad()), workspace(&case.twin()));
                let (bad, clean) = (bad.get(&case.file)?, clean.get(&case.file)?);
                let at = bad.find(&case.mark)?;
                let good = clean
                    .lines()
                    .find(|line| !line.trim().is_empty() && !bad.lines().any(|other| other == *line))?;
                let place = good.as_ptr() as usize - clean.as_ptr() as usize;
                Some(format!(
                    "| `{}` | {} | {} |\n",
                    finding.code,
                    shown(bad, at),
                    shown(clean, place)
                ))
            })
        });
        page += &row.unwrap_or_else(|| panic!("no case shows `{}`", finding.code));
    }
    page
}

#[test]
fn the_page_on_checks_shows_a_bad_and_a_good_line_of_each() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/CHECK.md");
    let page = fs::read_to_string(&path).expect("the page is there");
    let (begin, end) = ("<!-- examples -->\n\n", "\n<!-- end of examples -->");
    let start = page.find(begin).expect("a place for examples") + begin.len();
    let stop = page.find(end).expect("an end of examples");
    let made = examples();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, format!("{}{made}{}", &page[..start], &page[stop..])).expect("the page is written");
        return;
    }
    assert_eq!(
        page[start..stop].trim(),
        made.trim(),
        "run this test with UPDATE_GOLDEN=1"
    );
}

#[test]
fn severities_follow_the_workspace() {
    let body = "We ask and ask the the council.".to_owned();
    let check = |setting: &str, severity: Option<&str>, exit: i32| {
        let files = workspace(&Files {
            body: Some(body.clone()),
            project: Some(format!("[check]\ndoubled-word = \"{setting}\"\n")),
            ..Files::default()
        });
        let (said, code) = run(&files);
        let found: Vec<&str> = said.iter().map(|said| said.severity.as_str()).collect();
        assert_eq!((found, code), (severity.into_iter().collect(), Some(exit)), "{setting}");
    };
    check("off", None, 0);
    check("note", Some("note"), 0);
    check("warning", Some("warning"), 1);
    check("error", Some("error"), 1);
}

#[test]
fn what_cannot_be_read_is_no_finding() {
    let mut files = workspace(&Files::default());
    files.insert(letter(), "no front matter\n".to_owned());
    assert_eq!(run_program(&files, &[]).1, Some(2));
    assert_eq!(
        run_program(&workspace(&Files::default()), &["letters/none.md"]).1,
        Some(2)
    );
}

#[test]
fn what_a_check_finds_is_documented() {
    let docs =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/CHECK.md")).expect("the page is there");
    for check in undersigned::check::CHECKS {
        assert!(docs.contains(check.description), "`{}` is not described", check.name);
        for finding in check.findings {
            let row = format!("| `{}` | {} | {} |", finding.code, finding.severity, finding.why);
            assert!(docs.contains(&row), "docs/CHECK.md lacks\n{row}");
        }
    }
}
