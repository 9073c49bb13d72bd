//! Several runs write in one workspace, or a run is cut short: nothing is lost, nothing is
//! left over, and what a file was to its owner it stays.

use super::support::Workspace;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const LETTER: &str =
    "+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = [\"../signatories/l.csv\"]\n+++\nVersion ONE.\n";

fn mode(workspace: &Workspace, name: &str) -> u32 {
    let metadata = fs::metadata(workspace.path(name)).expect("it is there");
    metadata.permissions().mode() & 0o777
}

fn wait(children: Vec<Child>) {
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
    }
}

#[test]
fn an_undo_gives_bytes_and_modes_back_and_its_history_is_private() {
    let before = "name,email\nHarbor Light,rosa@harbor.example\n";
    let workspace = Workspace::new(&[
        ("signatories/l.csv", before),
        ("n.csv", "name\nWeavers of Fourth Street\n"),
    ]);
    let list = workspace.path("signatories/l.csv");
    fs::set_permissions(&list, fs::Permissions::from_mode(0o640)).expect("set");
    let ran = workspace.run(&["import", "n.csv", "--into", "signatories/l.csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for name in [".gitignore", "history/1.toml", "history/1-1-l.csv"] {
        assert_eq!(mode(&workspace, &format!(".undersigned/{name}")), 0o600, "{name}");
    }
    assert_eq!(workspace.run(&["undo"]).code, Some(0));
    assert_eq!(workspace.text("signatories/l.csv"), before);
    assert_eq!(mode(&workspace, "signatories/l.csv"), 0o640);
    assert!(!workspace.path(".undersigned/history/1-1-l.csv").exists());
    assert_eq!(workspace.run(&["undo"]).out, "nothing to undo\n");
}

#[test]
fn imports_at_one_time_lose_no_row() {
    for _ in 0..5 {
        let workspace = Workspace::new(&[("signatories/l.csv", "name\nHarbor Light\n")]);
        for each in 0..4 {
            workspace.write(&format!("n{each}.csv"), format!("name\nWeavers of {each}th Street\n"));
        }
        let start = |each: u32| {
            let file = format!("n{each}.csv");
            let mut command = workspace.command(&["import", &file, "--into", "signatories/l.csv"]);
            command.spawn().expect("it runs")
        };
        wait((0..4).map(start).collect());
        let list = workspace.text("signatories/l.csv");
        assert_eq!(list.lines().count(), 6, "{list}");
        assert!(!workspace.path(".undersigned/tmp").exists(), "something is left over");
    }
}

#[test]
fn reviews_at_one_time_lose_no_answer() {
    let pairs = |names: &[&str]| -> String {
        let both = |name: &&str| format!("Undocu{name}\nUndocu{name} Network\n");
        "name\n".to_owned() + &names.iter().map(both).collect::<String>()
    };
    let workspace = Workspace::new(&[
        (
            "signatories/p.csv",
            &pairs(&["Bluerack", "Tallrack", "Greymill", "Oldmill"]),
        ),
        (
            "signatories/q.csv",
            &pairs(&["Fernrack", "Hushrack", "Newmill", "Highmill"]),
        ),
    ]);
    let start = |list: &str| {
        let mut command = workspace.command(&["review", list]);
        let mut child = command.stdin(Stdio::piped()).spawn().expect("it runs");
        let mut keys = child.stdin.take().expect("piped");
        std::io::Write::write_all(&mut keys, "d".repeat(20).as_bytes()).expect("it reads");
        child
    };
    wait(vec![start("signatories/p.csv"), start("signatories/q.csv")]);
    let saved = workspace.text("signatories/decisions.toml");
    assert_eq!(saved.matches("[[decision]]").count(), 8, "{saved}");
}

#[test]
fn a_list_keeps_its_mode_and_stays_a_link() {
    let workspace = Workspace::new(&[
        ("shared/real.csv", "name\nAlpha Org\n"),
        ("signatories/decisions.toml", ""),
        ("n.csv", "name,email\nBeta Org,a@b.example\n"),
        ("m.csv", "name,email\nGamma Org,a@c.example\n"),
    ]);
    symlink("../shared/real.csv", workspace.path("signatories/l.csv")).expect("a link");
    fs::set_permissions(workspace.path("shared/real.csv"), fs::Permissions::from_mode(0o640)).expect("a mode");
    let into = |file: &str, list: &str| workspace.run(&["import", file, "--into", list]);
    assert_eq!(into("n.csv", "signatories/l.csv").code, Some(0));
    let link = fs::symlink_metadata(workspace.path("signatories/l.csv")).expect("it is there");
    assert!(link.is_symlink());
    assert!(workspace.text("shared/real.csv").contains("Beta Org"));
    assert_eq!(mode(&workspace, "shared/real.csv"), 0o640);
    // A new list with addresses is the user's alone; without, it is an ordinary file.
    assert_eq!(into("m.csv", "signatories/private.csv").code, Some(0));
    assert_eq!(mode(&workspace, "signatories/private.csv"), 0o600);
    let plain = ["import", "m.csv", "--out", "plain.csv", "--without-private"];
    assert_eq!(workspace.run(&plain).code, Some(0));
    assert_eq!(mode(&workspace, "plain.csv") & 0o400, 0o400);
    assert_ne!(mode(&workspace, "plain.csv"), 0o600);
}

#[test]
fn a_link_out_of_the_workspace_is_told_and_not_followed() {
    let outside = Workspace::new(&[("real.csv", "name\nAlpha Org\n")]);
    let workspace = Workspace::new(&[("n.csv", "name\nBeta Org\n"), ("signatories/decisions.toml", "")]);
    symlink(outside.path("real.csv"), workspace.path("signatories/l.csv")).expect("a link");
    let ran = workspace.run(&["import", "n.csv", "--into", "signatories/l.csv"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("is a link to a file outside the workspace"),
        "{}",
        ran.err
    );
    assert_eq!(outside.text("real.csv"), "name\nAlpha Org\n");
}

#[test]
fn a_full_disk_behind_standard_output_leaves_nothing_behind() {
    let full = || {
        Stdio::from(
            fs::OpenOptions::new()
                .write(true)
                .open("/dev/full")
                .expect("it is there"),
        )
    };
    let workspace = Workspace::new(&[("letters/a.md", LETTER), ("signatories/l.csv", "name\nHarbor Light\n")]);
    for arguments in [
        &["release", "letters/a.md"][..],
        &["import", "signatories/l.csv", "--out", "o.csv"],
        &["new", "w"],
        &["render"],
    ] {
        let status = workspace.command(arguments).stdout(full()).status().expect("it runs");
        assert_eq!(status.code(), Some(2), "{arguments:?}");
    }
    assert!(!workspace.path("o.csv").exists() && !workspace.path("w").exists());
    assert!(!workspace.path("output/a/releases/1").exists() && !workspace.path("output/a/a.pdf").exists());
}

#[test]
fn the_number_of_a_deleted_release_is_not_given_again() {
    let workspace = Workspace::new(&[("letters/a.md", LETTER), ("signatories/l.csv", "name\nHarbor Light\n")]);
    let release = || workspace.run(&["release", "letters/a.md", "--despite", "a test"]);
    assert_eq!(release().code, Some(0));
    fs::remove_dir_all(workspace.path("output/a/releases")).expect("it is there");
    let ran = release();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(workspace.names("output/a/releases"), ["2"]);
}

/// A mail merge: many files, so that a signal meets the run at its work.
fn merge() -> Workspace {
    let letter = LETTER.replace(
        "signatories = ",
        "salutation = \"Dear friend:\"\nto = \"../r.csv\"\nsignatories = ",
    );
    let rows: String = (0..150).map(|each| format!("Person {each},Rep. {each}\n")).collect();
    Workspace::new(&[
        ("letters/a.md", &letter),
        ("signatories/l.csv", "name\nHarbor Light\n"),
        ("r.csv", &format!("name,title\n{rows}")),
    ])
}

/// The versions of the text among the files, each once.
fn versions(workspace: &Workspace) -> Vec<&'static str> {
    let texts: Vec<String> = (workspace.names("output/a").iter())
        .filter(|name| name.ends_with(".txt"))
        .map(|name| workspace.text(&format!("output/a/{name}")))
        .collect();
    let has = |version: &&str| texts.iter().any(|text| text.contains(*version));
    ["ONE", "TWO"].into_iter().filter(has).collect()
}

#[test]
fn a_signal_or_a_kill_leaves_one_version_and_nothing_over() {
    let workspace = merge();
    let begun = Instant::now();
    let ran = workspace.render(&["--to", "txt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let whole_run = begun.elapsed();
    for round in 0..16_u32 {
        let other = if round % 2 == 0 { "TWO" } else { "ONE" };
        workspace.write(
            "letters/a.md",
            workspace
                .text("letters/a.md")
                .replace("ONE", other)
                .replace("TWO", other),
        );
        let mut child = workspace.command(&["render", "--to", "txt"]).spawn().expect("it runs");
        thread::sleep(whole_run * round / 16 + Duration::from_millis(1));
        let signal = if round % 4 < 2 { "-TERM" } else { "-KILL" };
        let _ = Command::new("kill").args([signal, &child.id().to_string()]).status();
        let status = child.wait().expect("it ends");
        if signal == "-TERM" && !status.success() {
            assert!(
                !workspace.path(".undersigned").exists(),
                "round {round}: a signal left files"
            );
        }
        // The next run, whatever it is, finishes or clears away.
        workspace.run(&["status"]);
        assert_eq!(
            versions(&workspace).len(),
            1,
            "round {round}: two versions stand side by side"
        );
    }
    assert_eq!(workspace.render(&["--to", "txt"]).code, Some(0));
    assert!(!workspace.path(".undersigned").exists(), "something is left over");
}
