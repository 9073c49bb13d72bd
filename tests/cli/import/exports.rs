//! One file for each source, in its exact shape: it loads without a flag, and what
//! comes of it is kept in golden/, which somebody read.

use super::workspace::{Workspace, folder};
use std::fs;

#[test]
fn every_source_comes_out_as_it_should() {
    let mut names: Vec<String> = fs::read_dir(folder("fixtures"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 20);
    let mut wrong = Vec::new();
    for name in &names {
        let workspace = Workspace::new(&[]);
        workspace.write(name, &fs::read(folder("fixtures").join(name)).unwrap());
        let ran = workspace.run(&["import", name, "--format", "short"]);
        let found = format!("exit {}\n\n{}\n{}", ran.code.unwrap_or(-1), ran.out, ran.err);
        let golden = folder("golden").join(format!("{name}.txt"));
        // Set this to write the files, then read them.
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &found).unwrap();
        }
        if fs::read_to_string(&golden).unwrap_or_default() != found {
            wrong.push(found);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n---\n"));
    let kept = fs::read_dir(folder("golden")).unwrap().count();
    assert_eq!(kept, names.len(), "a golden file has no source");
}

/// The page of a press release: furniture, quotations, a list of demands, 103 names
/// with no-break spaces, and more furniture.
#[test]
fn a_page_gives_its_hundred_and_three() {
    let listed = fs::read_to_string(folder("../../../signatories/dhs-100-days.csv")).unwrap();
    let count = listed.lines().count() - 1;
    assert_eq!(count, 103);
    for name in ["press-page.txt", "press-page.html"] {
        let workspace = Workspace::new(&[]);
        let page = fs::read(folder("fixtures").join(name)).unwrap();
        let ran = workspace.run_with(&["import", "-"], &page);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert_eq!(ran.out.lines().count() - 1, 103, "{name}");
        assert!(!ran.out.contains('\u{a0}'));
        workspace.write("new.csv", ran.out.as_bytes());
        let resolved = workspace.run(&["dedupe", "new.csv", "--format", "json"]);
        let summary = resolved.out.lines().last().unwrap();
        assert!(summary.contains("\"rows\":103,\"signatories\":102"), "{summary}");
    }
}

#[test]
fn a_sheet_is_read_by_its_name() {
    let workspace = Workspace::new(&[]);
    for ending in ["xlsx", "xls", "ods"] {
        let name = format!("responses.{ending}");
        workspace.write(&name, &fs::read(folder("fixtures").join(&name)).unwrap());
        let ran = workspace.run(&["import", &format!("{name}#late signers"), "--format", "short"]);
        assert_eq!(ran.out, "name,state\nCenter for Late Replies,CA\nSlow Food Example,\n");
        let ran = workspace.run(&["import", &format!("{name}#Late"), "--format", "short"]);
        assert_eq!(ran.code, Some(2));
        assert!(
            ran.err.contains("error[no-sheet]: the workbook has no sheet `Late`"),
            "{}",
            ran.err
        );
        let letter = format!(
            "+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = [\"{name}#Late signers\"]\n+++\n{{{{ signatories.count }}}} ask.\n"
        );
        workspace.write("a.md", letter.as_bytes());
        let ran = workspace.run(&["render", "a.md", "--to", "html", "--out", "out"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(workspace.read("out/a/letter.html").contains("Center for Late Replies"));
    }
    // Rows are counted as the sheet counts them.
    let ran = workspace.run(&["dedupe", "responses.xlsx", "--format", "json"]);
    assert!(
        ran.out.contains("\"file\":\"responses.xlsx\",\"line\":5"),
        "{}",
        ran.out
    );
}
