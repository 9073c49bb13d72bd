//! Every `console` block of the README, of docs/ and of tests/cmd is run, and what it
//! shows is compared.
//!
//! A page is a session: its blocks are run in turn, by `sh`, in one temporary folder. A
//! page of documentation finds the samples there, and over them the files of
//! `tests/cmd/NAME/` where that is a folder; a page of tests/cmd finds only the latter. A
//! file `setup.sh` among them is run first; it finds the repository in `$REPOSITORY`.
//! Programs in a folder `stand-ins` stand in for those of the computer. `cd FOLDER` alone
//! holds for what follows. A block within a list is set in as the list is.
//! Lines after a command are what it prints, on either stream; `...` stands for any
//! lines, and `? 2` at the end for the exit code. Without it, a command of tests/cmd ends
//! with 0; one of the documentation does what it shows, or, if it shows nothing, does not
//! fail. `cargo run --` is the program as it was built for the tests, and other commands of
//! cargo are not run. A block that is marked `console,ignore` is not run, nor is what
//! [`NOT_RUN`] names. `UPDATE_SESSIONS=1` writes what was printed into the pages; read it
//! before it is kept.

use crate::support::Workspace;
use rayon::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Parts of commands that no test runs, each with the reason.
const NOT_RUN: [(&str, &str); 6] = [
    ("undersigned serve", "runs until Ctrl-C; tests/desk walks through it"),
    ("--watch", "runs until Ctrl-C; tests/cli/watch.rs tries it"),
    ("--online", "asks other hosts"),
    ("man -l -", "needs a reader of manual pages"),
    (
        "--about changes",
        "needs an edit after a release; tests/cli/tell.rs makes one",
    ),
    ("--public-key", "needs a signed manifest; tests/cli/release tries it"),
];

/// The page that is made from the help. Its examples stand for themselves, and need not find
/// everything in order: they may end with 1.
const COMMANDS: &str = "COMMANDS";

/// What the samples need.
const SAMPLES: [&str; 4] = ["letters", "signatories", "boilerplate", "examples"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Copies all files below a folder into a workspace, under the same names.
fn copy(from: &Path, name: &str, workspace: &Workspace) {
    for entry in fs::read_dir(from).into_iter().flatten() {
        let path = entry.expect("readable").path();
        let below = Path::new(name).join(path.file_name().expect("a file"));
        let below = below.to_string_lossy();
        if path.is_dir() {
            copy(&path, &below, workspace);
        } else {
            workspace.write(&below, fs::read(&path).expect("readable"));
        }
    }
}

/// A command with what it should print and its exit code.
#[derive(Debug, Default)]
struct Step {
    command: String,
    expected: Vec<String>,
    code: Option<i32>,
}

/// Reads the lines of a block.
fn steps(lines: &[&str]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in lines {
        if let Some(command) = line.strip_prefix("$ ") {
            steps.push(Step {
                command: command.to_owned(),
                ..Step::default()
            });
        } else if let Some(step) = steps.last_mut() {
            match line.strip_prefix("? ") {
                Some(code) => step.code = Some(code.parse().expect("an exit code")),
                None => step.expected.push((*line).to_owned()),
            }
        }
    }
    for step in &mut steps {
        while step.expected.last().is_some_and(String::is_empty) {
            step.expected.pop();
        }
    }
    steps
}

/// Runs a command in a folder of the workspace; returns its lines and its exit code.
fn run(command: &str, workspace: &Workspace, folder: &Path) -> (Vec<String>, Option<i32>) {
    let command = command
        .replace("cargo run --release -- ", "undersigned ")
        .replace("cargo run -- ", "undersigned ");
    let bin = Path::new(env!("CARGO_BIN_EXE_undersigned")).parent().expect("a folder");
    let path = std::env::var("PATH").expect("a path");
    let stand_ins = workspace.path("stand-ins").display().to_string();
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder)
        .env("PATH", format!("{stand_ins}:{}:{path}", bin.display()))
        .env("HOME", workspace.root())
        .env("REPOSITORY", root())
        .stdin(fs::File::open("/dev/null").expect("nothing to read"))
        .output()
        .expect("sh runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let mut lines: Vec<String> = text.lines().map(|line| line.trim_end().to_owned()).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    (lines, output.status.code())
}

/// Returns whether lines are those expected, where `...` stands for any.
fn matches(lines: &[String], expected: &[String]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first == "..." => (0..=lines.len()).any(|at| matches(&lines[at..], rest)),
        Some((first, rest)) => lines.first() == Some(first) && matches(&lines[1..], rest),
    }
}

/// Runs a page; returns what was wrong, and the page with what was printed.
fn check(page: &Path, is_case: bool) -> (String, String) {
    let workspace = Workspace::new(&[]);
    if !is_case {
        for folder in SAMPLES {
            copy(&root().join(folder), folder, &workspace);
        }
    }
    let name = page.file_stem().expect("a page").to_string_lossy();
    copy(&root().join("tests/cmd").join(&*name), "", &workspace);
    if workspace.path("setup.sh").exists() {
        let (said, code) = run("sh -e setup.sh", &workspace, workspace.root());
        assert_eq!(code, Some(0), "{}: {}", page.display(), said.join("\n"));
    }
    let mut folder = workspace.root().to_path_buf();
    let text = fs::read_to_string(page).expect("readable");
    let (mut wrong, mut printed) = (String::new(), String::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(printed, "{line}");
        let Some(indent) = line
            .strip_suffix("```console")
            .filter(|indent| indent.trim().is_empty())
        else {
            continue;
        };
        let block: Vec<&str> = lines
            .by_ref()
            .map(|line| line.strip_prefix(indent).unwrap_or(line))
            .take_while(|line| *line != "```")
            .collect();
        let mut print = |line: &str| {
            let _ = writeln!(printed, "{}", format!("{indent}{line}").trim_end());
        };
        for step in steps(&block) {
            print(&format!("$ {}", step.command));
            let is_cargo = step.command.starts_with("cargo ") && !step.command.contains(" -- ");
            if is_cargo || NOT_RUN.iter().any(|(part, _)| step.command.contains(part)) {
                step.expected.iter().for_each(|line| print(line));
                continue;
            }
            if let Some(into) = step.command.strip_prefix("cd ").filter(|into| !into.contains(' ')) {
                folder.push(into);
                assert!(folder.is_dir(), "{}: $ {}", page.display(), step.command);
                continue;
            }
            let (out, code) = run(&step.command, &workspace, &folder);
            let shows = !step.expected.is_empty() || is_case;
            let ends = match step.code {
                Some(expected) => code == Some(expected),
                None if is_case => code == Some(0),
                None => shows || code == Some(0) || name == COMMANDS && code == Some(1),
            };
            let holds = !shows || matches(&out, &step.expected);
            let kept = if holds { &step.expected } else { &out };
            kept.iter().for_each(|line| print(line));
            if let Some(code) = code.filter(|code| step.code.is_some() || is_case && *code != 0) {
                print(&format!("? {code}"));
            }
            if !(ends && holds) {
                let _ = writeln!(
                    wrong,
                    "{}: $ {}\n{}\n? {code:?}\n",
                    page.display(),
                    step.command,
                    out.join("\n")
                );
            }
        }
        print("```");
    }
    (wrong, printed)
}

fn pages(folder: &str) -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = fs::read_dir(root().join(folder))
        .expect("readable")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    pages.sort();
    pages
}

fn check_all(pages: &[PathBuf], is_case: bool) {
    let one = |page: &PathBuf| {
        let (wrong, printed) = check(page, is_case);
        if std::env::var_os("UPDATE_SESSIONS").is_some() && !wrong.is_empty() {
            fs::write(page, printed).expect("written");
        }
        wrong
    };
    let all: String = pages.par_iter().map(one).collect();
    assert!(all.is_empty(), "{all}");
}

#[test]
fn the_documentation_is_true() {
    let mut all = vec![root().join("README.md")];
    all.extend(pages("docs"));
    check_all(&all, false);
}

#[test]
fn each_command_succeeds_finds_and_fails_as_written() {
    let pages = pages("tests/cmd");
    assert!(pages.len() >= 5, "the cases are found");
    check_all(&pages, true);
}
