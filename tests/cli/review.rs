//! The interview: through a pipe, and through a pseudo-terminal.

use assert_cmd::Command;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const LIST: &str = "\
name,city,email
UndocuBlack,Washington,kim@undocublack.example
UndocuBlack Network,Washington,lee@undocublack.example
Harbor Workers Center,Portland,
Harbor Workers Center (Oregon),,
";

struct Workspace(TempDir);

impl Workspace {
    fn new() -> Self {
        let workspace = Self(tempfile::tempdir().expect("a temporary folder"));
        fs::create_dir(workspace.path("signatories")).expect("a folder");
        fs::write(workspace.path("signatories/a.csv"), LIST).expect("a file");
        workspace
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn decisions(&self) -> String {
        fs::read_to_string(self.path("signatories/decisions.toml")).unwrap_or_default()
    }

    /// Runs a command with the given keys on standard input.
    fn run(&self, arguments: &[&str], keys: &str) -> (Option<i32>, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_undersigned"))
            .args(arguments)
            .current_dir(self.0.path())
            .write_stdin(keys)
            .output()
            .expect("the binary runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    fn review(&self, keys: &str) -> (Option<i32>, String) {
        let arguments = ["review", "signatories/a.csv", "--by", "Rosa", "--date", "2021-02-26"];
        let (code, out, err) = self.run(&arguments, keys);
        assert_eq!(err, "");
        (code, out)
    }

    /// The last line of `dedupe --format json`.
    fn summary(&self) -> String {
        let (_, out, _) = self.run(&["dedupe", "signatories/a.csv", "--format", "json"], "");
        out.lines().last().unwrap_or_default().to_owned()
    }
}

#[test]
fn answers_are_kept_and_obeyed() {
    let workspace = Workspace::new();
    assert!(
        workspace
            .summary()
            .contains("\"signatories\":4,\"merged\":0,\"review\":2"),
        "{}",
        workspace.summary()
    );
    let (code, out) = workspace.review("sd");
    assert_eq!(code, Some(0), "{out}");
    assert!(
        out.ends_with(
            "\n 2 decisions: 1 same, 1 different; 0 skipped, 0 left\n saved in signatories/decisions.toml\nnext: undersigned \
             dedupe signatories/a.csv\n"
        ),
        "{out}"
    );
    let decisions = workspace.decisions();
    assert!(decisions.contains("answer = \"same\""), "{decisions}");
    assert!(decisions.contains("answer = \"different\""), "{decisions}");
    assert_eq!(decisions.matches("date = 2021-02-26").count(), 2, "{decisions}");
    assert_eq!(decisions.matches("by = \"Rosa\"").count(), 2, "{decisions}");
    assert!(
        workspace
            .summary()
            .contains("\"signatories\":3,\"merged\":1,\"review\":0"),
        "{}",
        workspace.summary()
    );
}

#[test]
fn answers_survive_respelling_and_are_inherited() {
    let workspace = Workspace::new();
    workspace.review("ss");
    let more = format!("{LIST}\"UNDOCUBLACK, Inc.\",,\nThe Harbor Workers’ Center,,\n");
    fs::write(workspace.path("signatories/a.csv"), more).expect("a file");
    assert!(
        workspace
            .summary()
            .contains("\"rows\":6,\"signatories\":2,\"merged\":4,\"review\":0"),
        "{}",
        workspace.summary()
    );
}

#[test]
fn what_was_not_asked_is_left_and_skipping_decides_nothing() {
    let workspace = Workspace::new();
    let (code, out) = workspace.review("kk");
    assert_eq!(code, Some(1), "{out}");
    assert!(
        out.ends_with(
            "\n 0 decisions: 0 same, 0 different; 2 skipped, 0 left\nnext: undersigned review signatories/a.csv\n"
        ),
        "{out}"
    );
    let (code, out) = workspace.review("q");
    assert_eq!(code, Some(1), "{out}");
    let (code, _) = workspace.review(""); // the pipe ends
    assert_eq!(code, Some(1));
    assert_eq!(workspace.decisions(), "");
}

#[test]
fn undo_restores_the_file_byte_for_byte() {
    let workspace = Workspace::new();
    let mine = "# mine\n[[decision]]\nnames = [ 'A',  'B' ]\nanswer = 'different'\n# the end";
    fs::write(workspace.path("signatories/decisions.toml"), mine).expect("a file");
    let arguments = ["review", "signatories/a.csv", "--quiet"];
    workspace.run(&arguments, "s");
    assert!(workspace.decisions().starts_with(mine));
    fs::write(workspace.path("signatories/decisions.toml"), mine).expect("a file");
    let (code, out, _) = workspace.run(&arguments, "suuq");
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("there is nothing to undo"), "{out}");
    assert_eq!(workspace.decisions(), mine);
    // Without a file before, there is none after.
    let workspace = Workspace::new();
    workspace.review("suq");
    assert!(!workspace.path("signatories/decisions.toml").exists());
}

#[test]
fn the_printed_name_and_the_reason_are_the_persons() {
    let workspace = Workspace::new();
    let (_, out) = workspace.review("wthey told us\nn1\nq");
    assert!(out.contains("one signatory, printed as"), "{out}");
    let decisions = workspace.decisions();
    assert!(decisions.contains("why = \"they told us\""), "{decisions}");
    let printed = decisions
        .lines()
        .find_map(|line| line.strip_prefix("print = "))
        .expect("a name to print");
    let (_, out, _) = workspace.run(&["dedupe", "signatories/a.csv", "--format", "json"], "");
    let line = out
        .lines()
        .find(|line| line.contains(&format!("\"name\":{printed},\"kind\"")))
        .expect("it is printed");
    assert_eq!(line.matches("\"line\"").count(), 2, "{line}");
}

#[test]
fn a_spelling_can_be_taken_out_of_its_group() {
    let workspace = Workspace::new();
    let list = "name\nHarbor Workers Center\nHarbor Workers Centers\nHarbor Workers Center (Oregon)\n";
    fs::write(workspace.path("signatories/a.csv"), list).expect("a file");
    assert!(
        workspace
            .summary()
            .contains("\"signatories\":2,\"merged\":1,\"review\":1"),
        "{}",
        workspace.summary()
    );
    let (_, out) = workspace.review("o2\nk");
    assert!(
        out.contains("“Harbor Workers Centers” is separate from the others"),
        "{out}"
    );
    assert!(
        workspace.summary().contains("\"signatories\":3,\"merged\":0"),
        "{}",
        workspace.summary()
    );
}

#[test]
fn a_pair_is_two_aligned_names_and_at_most_twelve_lines() {
    let workspace = Workspace::new();
    let (_, out) = workspace.review("xkq");
    let (first, rest) = out.split_once(" > x\n").expect("a key");
    let pair = first.split_once("> ").map_or(first, |(pair, _)| pair);
    assert!(pair.lines().count() <= 12, "{pair}");
    let line = |start: &str| {
        let line = out.lines().find(|line| line.starts_with(start));
        line.unwrap_or_else(|| panic!("{start}: {out}")).to_owned()
    };
    let place = |line: &str| line.find("row ").expect("a row");
    assert_eq!(
        place(&line(" A  UndocuBlack ")),
        place(&line(" B  UndocuBlack Network "))
    );
    assert!(
        out.contains(" 1 of 2  --------------------  0 same, 0 different, 0 skipped\n"),
        "{out}"
    );
    assert!(
        out.contains(" 2 of 2  ##########----------  0 same, 0 different, 1 skipped\n"),
        "{out}"
    );
    assert!(rest.starts_with(" `x` is not a key here; ? shows all keys\n"), "{out}");
}

#[test]
fn a_name_that_no_row_has_is_asked_about() {
    let workspace = Workspace::new();
    let (_, out) = workspace.review("nUndocu\nnq");
    assert!(out.contains("No row has “Undocu”. Print it anyway? [y/N] n\n"), "{out}");
    assert_eq!(workspace.decisions(), "");
    workspace.review("nUndocu\nyq");
    assert!(workspace.decisions().contains("print = \"Undocu\""));
}

#[test]
fn a_broken_file_of_decisions_stops_before_any_question() {
    let workspace = Workspace::new();
    fs::write(workspace.path("signatories/decisions.toml"), "[[decision\n").expect("a file");
    let (code, out, err) = workspace.run(&["review", "signatories/a.csv"], "ss");
    assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
    assert!(err.contains("signatories/decisions.toml:1"), "{err}");
    assert_eq!(workspace.decisions(), "[[decision\n");
}

#[cfg(unix)]
#[test]
fn at_a_terminal_one_key_answers_and_a_session_cut_off_loses_nothing() {
    let workspace = Workspace::new();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_undersigned"));
    command
        .args(["review", "signatories/a.csv", "--color", "never"])
        .current_dir(workspace.path(""));
    let mut session = rexpect::session::spawn_command(command, Some(20_000)).expect("a pseudo-terminal");
    session.exp_string("1 of 2").expect("the first question");
    session
        .exp_string("both have email at undocublack.example")
        .expect("a suggestion");
    session.exp_string("q quit").expect("a prompt");
    session.send("\r").expect("sent"); // what is suggested: both write from one domain
    session.flush().expect("sent");
    session.exp_string("one signatory").expect("the answer is confirmed");
    session.exp_string("2 of 2").expect("the second question");
    assert_eq!(workspace.decisions().matches("[[decision]]").count(), 1);
    session.exp_string("q quit").expect("a prompt");
    session.process_mut().exit().expect("cut off");
    drop(session);
    assert_eq!(workspace.decisions().matches("[[decision]]").count(), 1);
    assert!(
        workspace
            .summary()
            .contains("\"signatories\":3,\"merged\":1,\"review\":1"),
        "{}",
        workspace.summary()
    );
}

#[test]
fn rows_are_asked_about_before_pairs_and_a_key_answers_them() {
    let workspace = Workspace::new();
    let list = format!("{LIST}Oak Union (withdrawn),,\nTOTAL,,\nTOTAL: 4,,\nElm House / Oak Tenants,,\n");
    fs::write(workspace.path("signatories/a.csv"), list).expect("a file");
    assert!(workspace.summary().contains(r#""held":4"#), "{}", workspace.summary());
    let (code, out) = workspace.review("waxv\nkk");
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("what does `(withdrawn)` mean for `Oak Union`?"), "{out}");
    assert!(out.contains("2 rows like this; a answers all"), "{out}");
    assert!(
        out.contains("3 decisions: 0 same, 0 different, 3 about rows; 2 skipped, 0 left"),
        "{out}"
    );
    assert!(workspace.summary().contains(r#""held":0"#), "{}", workspace.summary());
    let decisions = workspace.decisions();
    assert_eq!(decisions.matches("[[row]]").count(), 4, "{decisions}");
    assert!(
        decisions.contains(r#"into = ["Elm House", "Oak Tenants"]"#),
        "{decisions}"
    );
}

#[test]
fn a_column_is_explained_once_for_all_its_rows() {
    let workspace = Workspace::new();
    let settings = workspace.path("undersigned.toml");
    fs::write(&settings, "# ours\nlanguage = 'en-US' # as spoken\n").expect("a file");
    let list = "name,email,Board vote\nElm House,a@a.example,yes\nOak Union,b@b.example,no\n";
    fs::write(workspace.path("signatories/a.csv"), list).expect("a file");
    let (code, out, _) = workspace.run(&["review", "signatories/a.csv"], "y");
    assert_eq!(code, Some(0), "{out}");
    assert!(
        out.contains("column “Board vote”   holds 2 rows   “yes” (1), “no” (1)\n")
            && out.contains(" saved in undersigned.toml\n"),
        "{out}"
    );
    let text = fs::read_to_string(&settings).expect("a file");
    let expected = "# ours\nlanguage = 'en-US' # as spoken\n\n[columns]\n\"Board vote\" = \"publish\"\n";
    assert_eq!(text, expected);
    let counts = "\"rows\":2,\"signatories\":1,\"merged\":0,\"review\":0,\"excluded\":1,\"held\":0";
    assert!(workspace.summary().contains(counts), "{}", workspace.summary());
    let (code, out, _) = workspace.run(&["undo"], "");
    assert_eq!(code, Some(0), "{out}");
    assert!(
        out.contains("review: column “Board vote” is read as `publish`"),
        "{out}"
    );
    let text = fs::read_to_string(&settings).expect("a file");
    assert_eq!(text, "# ours\nlanguage = 'en-US' # as spoken\n");
}

#[test]
fn an_import_says_what_a_column_means_and_a_review_of_its_list_does_too() {
    let workspace = Workspace::new();
    let form =
        "Your Name,Agency,Email\nAnn Muster,River Valley Tenants,a@a.example\nBo Chen,Lakeside Legal Aid,b@b.example\n";
    fs::write(workspace.path("form.csv"), form).expect("a file");
    let (code, _, _) = workspace.run(&["import", "form.csv", "--into", "signatories/new.csv"], "");
    assert_eq!(code, Some(1));
    // The list says which column held its rows; the answer applies to them.
    let (code, out, _) = workspace.run(&["review", "signatories/new.csv"], "o");
    assert_eq!(code, Some(0), "{out}");
    let (_, out, _) = workspace.run(&["dedupe", "signatories/new.csv", "--format", "csv"], "");
    assert!(out.contains("River Valley Tenants,organization"), "{out}");
    assert!(!out.contains("Ann Muster"), "{out}");
    // The answer is remembered for the next export.
    let (code, out, _) = workspace.run(&["import", "form.csv"], "");
    assert_eq!(code, Some(0), "{out}");
    assert!(
        out.contains("River Valley Tenants,organization,Ann Muster") || out.contains("River Valley Tenants,Ann Muster"),
        "{out}"
    );
    let arguments = [
        "import",
        "form.csv",
        "--column",
        "Agency=affiliation",
        "--out",
        "people.csv",
    ];
    let (code, _, _) = workspace.run(&arguments, "");
    assert_eq!(code, Some(0));
    let people = fs::read_to_string(workspace.path("people.csv")).expect("a file");
    assert!(
        people.contains("Ann Muster,individual,River Valley Tenants"),
        "{people}"
    );
    // What the column means and the list are one act.
    assert_eq!(workspace.run(&["undo"], "").0, Some(0));
    assert!(!workspace.path("people.csv").exists());
    let settings = fs::read_to_string(workspace.path("undersigned.toml")).expect("a file");
    assert!(settings.contains("Agency = \"name\""), "{settings}");
    let text = fs::read_to_string(workspace.path("undersigned.toml")).expect("a file");
    assert_eq!(text.matches("Agency").count(), 1, "{text}");
    let (code, _, err) = workspace.run(&["import", "form.csv", "--column", "Agency=publich"], "");
    assert_eq!(code, Some(2));
    assert!(err.contains("did you mean `publish`?"), "{err}");
}
