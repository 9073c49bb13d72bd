//! Signatures that may not be seen yet, and lists that are named twice.

use super::workspace::Workspace;

fn letter(date: &str, lists: &str) -> String {
    format!(
        "+++\nkind = \"letter\"\ntitle = \"T\"\n{date}\nsignatories = [{lists}]\n+++\n{{{{ signatories.count }}}} ask.\n"
    )
}

const EXPORT: &str = "\
Timestamp,Organization,May we publish your organization's name?,Do not publish before
2/14/2021 9:05:00,Open Group,Yes,
2/14/2021 9:06:00,Later Group,Yes,2021-03-01
2/14/2021 9:07:00,Answering Group,\"Yes, after February 28\",
2/14/2021 9:08:00,Waiting Group,Yes once the letter is out,
2/14/2021 9:09:00,Vague Group,Yes,when Rosa says so
2/14/2021 9:10:00,Refusing Group,No,
2/14/2021 9:11:00,Free Group,Yes,none
";

#[test]
fn an_embargo_holds_until_its_day() {
    let workspace = Workspace::new(&[("export.csv", EXPORT), ("later.csv", "name\nLATER GROUP\n")]);
    let ran = workspace.run(&["import", "export.csv", "--into", "list.csv", "--format", "short"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(
        workspace.read("list.csv"),
        "name,status,signed_at,embargoed_until\n\
         Open Group,confirmed,2021-02-14 09:05:00,\n\
         Later Group,confirmed,2021-02-14 09:06:00,2021-03-01\n\
         Answering Group,confirmed,2021-02-14 09:07:00,2021-03-01\n\
         Waiting Group,pending,2021-02-14 09:08:00,\n\
         Vague Group,pending,2021-02-14 09:09:00,when Rosa says so\n\
         Refusing Group,declined,2021-02-14 09:10:00,\n\
         Free Group,confirmed,2021-02-14 09:11:00,\n"
    );
    assert!(
        ran.err
            .contains("warning[embargoed]: `when Rosa says so` is not a date, so `Vague Group` counts as pending"),
        "{}",
        ran.err
    );
    // Of the export itself and of the list made of it, the same is printed.
    for list in ["export.csv", "list.csv"] {
        for (date, printed) in [
            ("date = 2021-02-28", &["Free Group", "Open Group"][..]),
            ("", &["Free Group", "Open Group"]),
            (
                "date = 2021-03-01",
                &["Answering Group", "Free Group", "Later Group", "Open Group"],
            ),
        ] {
            workspace.write("a.md", letter(date, &format!("\"{list}\", \"later.csv\"")).as_bytes());
            let ran = workspace.run(&["render", "a.md", "--to", "txt", "--out", "out", "--format", "short"]);
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            let text = workspace.read("out/a/letter.txt").to_lowercase();
            for name in ["Open", "Later", "Answering", "Waiting", "Vague", "Refusing", "Free"] {
                let name = format!("{name} Group");
                assert_eq!(
                    text.contains(&name.to_lowercase()),
                    printed.contains(&name.as_str()),
                    "{name} {date} {list}"
                );
            }
            let told = ran.err.contains(
                "2 signatories are not printed, `Later Group` among them: the last cannot be published before 2021-03-01",
            );
            assert_eq!(told, printed.len() == 2, "{}", ran.err);
            assert_eq!(ran.err.contains("`LATER GROUP` is held here too"), told, "{}", ran.err);
        }
    }
    // Several letters of different dates share the list.
    workspace.write(
        "letters/early.md",
        letter("date = 2021-02-28", "\"../list.csv\"").as_bytes(),
    );
    workspace.write(
        "letters/late.md",
        letter("date = 2021-03-01", "\"../list.csv\"").as_bytes(),
    );
    let ran = workspace.run(&["render", "--to", "txt", "--out", "both"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(!workspace.read("both/early/letter.txt").contains("Later Group"));
    assert!(workspace.read("both/late/letter.txt").contains("Later Group"));
}

#[test]
fn a_list_named_twice_is_told() {
    let workspace = Workspace::new(&[("list.csv", "name\nA Group\n"), ("copy.csv", "name\nA Group\n")]);
    let check = |lists: &str, said: &str| {
        workspace.write("a.md", letter("", lists).as_bytes());
        let ran = workspace.run(&["render", "a.md", "--to", "txt", "--out", "out", "--format", "short"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(ran.err.contains(said), "{}", ran.err);
        assert!(workspace.read("out/a/letter.txt").contains("1 ask."));
    };
    check(
        "\"list.csv\", \"./list.csv\"",
        "a.md:5:28: warning[repeated-list]: `./list.csv` is `list.csv` again; it is read once",
    );
    check(
        "\"list.csv\", \"copy.csv\"",
        "warning[repeated-list]: `copy.csv` is a byte-for-byte copy of `list.csv`",
    );
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("list.csv", workspace.path("link.csv")).unwrap();
        check(
            "\"list.csv\", \"link.csv\"",
            "`link.csv` is `list.csv` again; it is read once",
        );
    }
}
