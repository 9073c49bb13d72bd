//! A kill at any moment leaves no release or a whole one, and two runs never share a number.

use super::common::{Workspace, is_whole};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

/// Every number in the folder is a whole release; returns how many there are.
fn whole(workspace: &Workspace) -> usize {
    let numbers: Vec<String> = workspace
        .names("output/a/releases")
        .into_iter()
        .filter(|name| !name.starts_with('.'))
        .collect();
    for number in &numbers {
        let folder = workspace.path("output/a/releases").join(number);
        assert!(
            number.parse::<u32>().is_ok() && is_whole(&folder),
            "{number} is half a release"
        );
    }
    numbers.len()
}

fn start(workspace: &Workspace) -> Child {
    workspace
        .command(&["release", "letters/a.md", "--dossier"])
        .spawn()
        .expect("the binary runs")
}

#[test]
fn a_kill_leaves_no_release_or_a_whole_one() {
    let workspace = Workspace::library();
    let begun = Instant::now();
    let output = start(&workspace).wait_with_output().expect("it ends");
    assert!(output.status.success());
    let whole_run = begun.elapsed();
    assert_eq!(whole(&workspace), 1);

    let mut killed_late = 0;
    for round in 0..60_u32 {
        let mut child = start(&workspace);
        if round % 2 == 0 {
            // Spread over the whole run ...
            thread::sleep(whole_run * round / 60);
        } else {
            // ... and close together while the release is put together.
            let staging = workspace.path("output/a/releases/.staging");
            let begun = Instant::now();
            while !staging.exists() && begun.elapsed() < whole_run * 4 {
                thread::yield_now();
            }
            killed_late += usize::from(staging.exists());
            thread::sleep(Duration::from_micros(u64::from(round) * 97));
        }
        // On Unix this is SIGKILL: no handler, no clean-up.
        let _ = child.kill();
        let _ = child.wait();
        whole(&workspace);
    }
    assert!(killed_late > 0, "no kill fell while a release was put together");

    // What was left lies in nobody's way.
    let before = whole(&workspace);
    let ran = workspace.release(&[]);
    assert_eq!(whole(&workspace), before + 1, "{}", ran.err);
    assert!(!workspace.path("output/a/releases/.staging").exists());
}

#[test]
fn leftovers_are_cleared_and_said() {
    let workspace = Workspace::library();
    workspace.write("output/a/releases/.staging/letter.pdf", "half");
    let ran = workspace.release(&[]);
    assert!(ran.err.contains("interrupted release"), "{}", ran.err);
    assert_eq!(workspace.names("output/a/releases"), ["1"]);
}

#[test]
fn runs_at_one_time_take_numbers_of_their_own() {
    let workspace = Workspace::library();
    let children: Vec<Child> = (0..6).map(|_| start(&workspace)).collect();
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(workspace.names("output/a/releases"), ["1", "2", "3", "4", "5", "6"]);
    assert_eq!(whole(&workspace), 6);
}
