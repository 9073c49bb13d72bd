//! Acts that are kept and taken back, in memory.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::MemoryDisk;

const LIST: &str = "/w/signatories/a.csv";

fn disk() -> Arc<MemoryDisk> {
    MemoryDisk::new(&[("/w/undersigned.toml", ""), (LIST, "name\nA\n")])
}

fn history(disk: &Arc<MemoryDisk>) -> History {
    History::around(&disk.files(), &Paths::new("/w"), Path::new("/w"))
}

fn title(text: &str) -> ActTitle {
    ActTitle {
        text: text.to_owned(),
        at: Some(jiff::civil::date(2026, 3, 5).at(14, 2, 0, 0)),
    }
}

/// Changes files by an act.
fn act(disk: &Arc<MemoryDisk>, name: &str, changes: &[(&str, Option<&str>)]) {
    let changes = changes.iter().map(|(path, new)| Change {
        path: (*path).into(),
        old: Expected::of(disk.text(path).as_deref().map(str::as_bytes)),
        new: new.map(|text| text.as_bytes().to_vec()),
    });
    let set = ChangeSet {
        changes: changes.collect(),
    };
    disk.commit(history(disk).keep(&title(name), set).unwrap()).unwrap();
}

fn undo(disk: &Arc<MemoryDisk>) -> Option<UndoPlan> {
    let plan = history(disk).undo().unwrap();
    if let Some(plan) = &plan {
        disk.commit(plan.set.clone()).unwrap();
    }
    plan
}

fn titles(disk: &Arc<MemoryDisk>) -> Vec<String> {
    let acts = history(disk).acts().unwrap();
    acts.into_iter().map(|act| act.title).collect()
}

#[test]
fn acts_are_taken_back_one_by_one_until_none_is_left() {
    let disk = disk();
    act(&disk, "one", &[(LIST, Some("name\nA\nB\n"))]);
    act(
        &disk,
        "two",
        &[(LIST, Some("name\nB\n")), ("/w/letters/new.md", Some("new"))],
    );
    act(&disk, "three", &[(LIST, None)]);
    assert_eq!(titles(&disk), ["three", "two", "one"]);
    assert_eq!(disk.text("/w/.undersigned/.gitignore").unwrap(), "*\n");

    let plan = undo(&disk).unwrap();
    assert_eq!((&*plan.act.title, plan.act.at), ("three", title("").at));
    assert_eq!(plan.files[0].outcome, UndoOutcome::Restored);
    assert_eq!(plan.next.unwrap().title, "two");
    assert_eq!(disk.text(LIST).unwrap(), "name\nB\n");

    let plan = undo(&disk).unwrap();
    let expected = |path: &str, outcome, now, then| UndoFile {
        shown: path.to_owned(),
        outcome,
        lines_now: now,
        lines_then: then,
    };
    assert_eq!(
        plan.files,
        [
            expected("signatories/a.csv", UndoOutcome::Restored, 2, 3),
            expected("letters/new.md", UndoOutcome::Removed, 1, 0)
        ]
    );
    assert_eq!(disk.text("/w/letters/new.md"), None);
    undo(&disk).unwrap();
    assert_eq!(disk.text(LIST).unwrap(), "name\nA\n");
    assert!(undo(&disk).is_none());
    // Nothing is left of the acts.
    assert_eq!(
        disk.paths(),
        ["/w/.undersigned/.gitignore", LIST, "/w/undersigned.toml"]
    );
}

#[test]
fn an_edit_from_outside_is_never_overwritten() {
    let disk = disk();
    act(&disk, "import x.csv", &[(LIST, Some("name\nA\nB\n"))]);
    disk.write(LIST, "name\nA\nB\nmine\n");
    let refused = history(&disk).undo().unwrap_err().to_string();
    assert_eq!(
        refused,
        "`signatories/a.csv` was edited after `import x.csv`, so nothing was undone; \
         its content before is in `.undersigned/history/1-1-a.csv`"
    );
    assert_eq!(disk.text("/w/.undersigned/history/1-1-a.csv").unwrap(), "name\nA\n");
    // Removed by hand: an edit, too.
    disk.remove(LIST);
    assert!(history(&disk).undo().is_err());
    // Put back by hand as it was before: only the record goes.
    disk.write(LIST, "name\nA\n");
    let plan = undo(&disk).unwrap();
    assert_eq!(plan.files[0].outcome, UndoOutcome::Unchanged);
    assert_eq!(titles(&disk), [""; 0]);
}

#[test]
fn an_edit_between_plan_and_commit_stops_the_undo() {
    let disk = disk();
    act(&disk, "one", &[(LIST, Some("name\nB\n"))]);
    let plan = history(&disk).undo().unwrap().unwrap();
    disk.write(LIST, "name\nmine\n");
    assert!(disk.commit(plan.set).is_err());
    assert_eq!(disk.text(LIST).unwrap(), "name\nmine\n");
}

#[test]
fn changes_that_take_the_last_act_back_leave_no_act() {
    let disk = disk();
    act(&disk, "one", &[(LIST, Some("name\nB\n"))]);
    act(&disk, "two", &[(LIST, Some("name\nC\n"))]);
    act(&disk, "its own undo", &[(LIST, Some("name\nB\n"))]);
    assert_eq!(titles(&disk), ["one"]);
    // The same change once more is an act of its own.
    act(&disk, "two", &[(LIST, Some("name\nC\n"))]);
    assert_eq!(titles(&disk), ["two", "one"]);
}

#[test]
fn output_and_other_folders_are_not_kept() {
    let disk = disk();
    act(&disk, "render", &[("/w/output/a/letter.html", Some("x"))]);
    act(&disk, "elsewhere", &[("/elsewhere/a.csv", Some("x"))]);
    act(&disk, "nothing", &[(LIST, Some("name\nA\n"))]);
    assert_eq!(titles(&disk), [""; 0]);
    let plain = MemoryDisk::new(&[("/plain/export.csv", "name\nA\n")]);
    let history = History::around(&plain.files(), &Paths::new("/plain"), Path::new("/plain/list.csv"));
    let set = ChangeSet::one("/plain/list.csv".into(), Expected::Nothing, Some(b"name\n".to_vec()));
    assert_eq!(history.keep(&title("import"), set.clone()).unwrap(), set);
    // A first decision makes the folder a workspace.
    let first = ChangeSet::one(
        "/plain/signatories/decisions.toml".into(),
        Expected::Nothing,
        Some(Vec::new()),
    );
    assert!(history.keep(&title("review"), first.clone()).unwrap().changes.len() > 1);
}

#[test]
fn the_history_is_bounded_by_acts_and_bytes() {
    let disk = disk();
    for number in 0..MOST_ACTS + 5 {
        act(
            &disk,
            &format!("act {number}"),
            &[(LIST, Some(&format!("name\n{number}\n")))],
        );
    }
    let acts = titles(&disk);
    assert_eq!((acts.len(), &*acts[MOST_ACTS - 1]), (MOST_ACTS, "act 5"));
    let half = |letter: &str| letter.repeat((MOST_BYTES / 2) as usize);
    for text in [&*half("x"), "1", &half("y"), "2", "3"] {
        act(&disk, &text[..1], &[(LIST, Some(text))]);
    }
    // Both halves were replaced: the act that kept the first went, with all before it.
    assert_eq!(titles(&disk), ["3", "2", "y"]);
    // The last act is kept whatever its size.
    let large = "x".repeat(MOST_BYTES as usize + 9);
    act(&disk, "large", &[(LIST, Some(&large))]);
    act(&disk, "small", &[(LIST, Some("s"))]);
    assert_eq!(titles(&disk), ["small"]);
    undo(&disk).unwrap();
    assert_eq!(disk.text(LIST).unwrap(), large);
}

#[test]
fn a_hostile_or_damaged_history_is_refused() {
    let hash = Kept::of(&ContentHash::of(b"name\nA\n"));
    let record = |path: &str, saved: &str| {
        format!(
            "format = 1\ntitle = \"t\"\n[[file]]\npath = \"{path}\"\nsaved = \"{saved}\"\n\
             before = {{ bytes = 1, sha256 = \"00\" }}\nafter = {{ bytes = 7, sha256 = \"{}\" }}\n",
            hash.sha256
        )
    };
    let check = |text: &str, expected: &str| {
        let disk = disk();
        disk.write("/w/.undersigned/history/1.toml", text);
        disk.write("/w/.undersigned/history/1-1-a.csv", "forged");
        let refused = history(&disk).undo().unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    };
    check(&record("../outside.csv", "1-1-a.csv"), "it names `../outside.csv`");
    check(&record("/etc/passwd", "1-1-a.csv"), "it names `/etc/passwd`");
    check(&record(".undersigned/x", "1-1-a.csv"), "it names");
    check(&record("signatories/a.csv", "../../x"), "does not say where");
    check(&record("signatories/a.csv", "1-1-a.csv"), "is missing or was changed");
    check("format = 9\ntitle = \"t\"\n", "newer version");
    check("title", "cannot be used");
}

#[test]
fn an_act_that_goes_on_is_taken_back_as_one() {
    let disk = disk();
    let at = |minute: i8| Some(jiff::civil::date(2026, 3, 5).at(14, minute, 0, 0));
    let save = |text: &str, name: &str, minute: i8, since: i8| {
        let title = ActTitle {
            text: name.to_owned(),
            at: at(minute),
        };
        let old = Expected::of(disk.text(LIST).as_deref().map(str::as_bytes));
        let set = ChangeSet::one(LIST.into(), old, Some(text.into()));
        disk.commit(history(&disk).keep_on(&title, set, at(since)).unwrap())
            .unwrap();
    };
    save("name\nA\nB\n", "edit a", 0, 0);
    save("name\nA\nBe\n", "edit a", 1, 0);
    save("name\nA\nBet\n", "edit a", 2, 0);
    assert_eq!(titles(&disk), ["edit a"]);
    // Another title, and a long pause, begin another act.
    save("name\nA\nBeta\n", "edit b", 2, 0);
    save("name\nA\nBeta!\n", "edit b", 9, 7);
    assert_eq!(titles(&disk), ["edit b", "edit b", "edit a"]);
    undo(&disk);
    undo(&disk);
    assert_eq!(disk.text(LIST).unwrap(), "name\nA\nBet\n");
    undo(&disk);
    assert_eq!(disk.text(LIST).unwrap(), "name\nA\n");
    assert!(titles(&disk).is_empty());
    // What was edited elsewhere in between is an act's beginning of its own.
    save("name\nA\nB\n", "edit a", 0, 0);
    disk.commit(ChangeSet::one(
        LIST.into(),
        Expected::Anything,
        Some(b"name\nX\n".to_vec()),
    ))
    .unwrap();
    save("name\nX\nY\n", "edit a", 1, 0);
    undo(&disk);
    assert_eq!(disk.text(LIST).unwrap(), "name\nX\n");
}
