//! Signed manifests.

use super::common::Workspace;
use std::io::Write;
use std::process::{Command, Stdio};

/// Runs with a line on standard input: a password.
fn run_with(workspace: &Workspace, arguments: &[&str], line: &str) -> (Option<i32>, String) {
    let mut child = workspace
        .command(arguments)
        .stdin(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut input = child.stdin.take().expect("piped");
    input.write_all(line.as_bytes()).expect("written");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).expect("UTF-8"))
}

#[test]
fn a_signed_release_is_verified_by_its_public_key() {
    let workspace = Workspace::library();
    let (code, said) = run_with(&workspace, &["release", "--new-key", "coalition.key"], "\n");
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = run_with(&workspace, &["release", "--new-key", "coalition.key"], "\n");
    assert_eq!(code, Some(2), "a key is never overwritten: {said}");
    let (code, _) = run_with(&workspace, &["release", "--new-key", "other.key"], "\n");
    assert_eq!(code, Some(0));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(workspace.path("coalition.key"))
            .expect("there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    workspace.release(&["--sign", "coalition.key"]);
    let verify = |key: &str| workspace.run(&["verify", "output/a/releases/1/letter.html", "--public-key", key]);
    let ran = verify("coalition.pub");
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("the signature holds"), "{}", ran.out);
    assert_eq!(verify("other.pub").code, Some(1));
    // The same by the tool of the same name, where it is installed.
    let manifest = workspace.path("output/a/releases/1/manifest.toml");
    let tool = Command::new("minisign")
        .arg("-Vm")
        .arg(&manifest)
        .arg("-p")
        .arg(workspace.path("coalition.pub"))
        .output();
    if let Ok(output) = tool {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    assert!(
        ran.out.contains("of a, release 1 (2021-03-01)\n") && !ran.out.contains("unproved"),
        "{}",
        ran.out
    );

    // Without its signature, or changed after it was signed, the manifest fails.
    let text = workspace.text("output/a/releases/1/manifest.toml");
    workspace.write(
        "output/a/releases/1/manifest.toml",
        text.replace("format = 2", "format = 2 # x"),
    );
    assert_eq!(verify("coalition.pub").code, Some(1));
    workspace.write("output/a/releases/1/manifest.toml", text);
    assert_eq!(verify("coalition.pub").code, Some(0));
    std::fs::remove_file(workspace.path("output/a/releases/1/manifest.toml.minisig")).expect("removed");
    assert_eq!(verify("coalition.pub").code, Some(1));
    let ran = workspace.run(&["release", "letters/a.md", "--sign", "coalition.pub"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert_eq!(workspace.names("output/a/releases"), ["1"]);
}

/// A reason, a date, and a number that somebody wrote into a manifest are never told as facts.
#[test]
fn what_an_unsigned_manifest_says_about_itself_is_unproved() {
    let workspace = Workspace::library();
    workspace.release(&[]);
    let path = "output/a/releases/1/manifest.toml";
    let text = workspace.text(path);
    let forged = text
        .replace(
            "[counts]",
            "[despite]\nreason = \"the board had not agreed\"\n\n[counts]",
        )
        .replace("date = \"2021-03-01\"", "date = \"2020-02-29\"")
        .replace("release = 1\n", "release = 7\n");
    assert_ne!(forged, text);
    workspace.write(path, forged);
    let ran = workspace.run(&["verify", "output/a/releases/1"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(!ran.out.contains("the board had not agreed"), "{}", ran.out);
    let told = ran.out.lines().filter(|line| line.contains("release 7 (2020-02-29)"));
    let mut told = told.peekable();
    assert!(
        told.peek().is_some() && told.all(|line| line.ends_with(", its manifest says")),
        "{}",
        ran.out
    );
    assert_eq!(ran.out.matches("unproved").count(), 1, "{}", ran.out);
    let ran = workspace.run(&["verify", "output/a/releases/1", "--format", "json"]);
    assert!(
        ran.out.contains("\"proved\":false") && !ran.out.contains("board"),
        "{}",
        ran.out
    );
}
