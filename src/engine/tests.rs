//! Each command's logic on one workspace in memory: what `tests/cli` shows through the
//! program is here without a disk.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::diag::{Code, Diagnostic, Severity};
use crate::emit::{self, FORMATS};
use crate::layout::Fonts;
use crate::model::letter::DocumentKind;
use crate::resolve::{Reason, Zone};
use crate::testing::MemoryDisk;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const LETTER: &str = "+++\nkind = \"letter\"\ntitle = \"Keep the library open\"\ndate = 2026-03-02\n\
    salutation = \"Dear Mayor Example:\"\nclosing = \"Respectfully,\"\n\
    signatories = [\"../signatories/a.csv\"]\n\n[[to]]\nname = \"The Honorable Jordan Example\"\ntitle = \"Mayor\"\n\
    organization = \"City of Springfield\"\n+++\n\
    The {{ signatories.organizations|words }} undersigned organizations ask you to keep the library open.\n";

const LIST: &str = "name,status\nHarbor Readers,\nAlder Street Clinic,\nHARBOR READERS,\nQuiet Press,withdrawn\n";

fn disk() -> Arc<MemoryDisk> {
    MemoryDisk::new(&[("/w/letters/a.md", LETTER), ("/w/signatories/a.csv", LIST)])
}

fn paths() -> Paths {
    Paths::new("/w")
}

fn workspace(disk: &Arc<MemoryDisk>) -> Workspace {
    Workspace::open(&disk.files(), &paths(), Path::new("/w")).unwrap()
}

fn prepared(disk: &Arc<MemoryDisk>) -> Prepared {
    let letter = LetterInput::File("/w/letters/a.md".into());
    workspace(disk).prepare(letter, None, &|_| {}).unwrap()
}

fn list(path: &str) -> ListInput {
    ListInput::File(path.into())
}

/// Releases the letter and puts the files where the store would.
fn release(disk: &Arc<MemoryDisk>) -> FrozenRelease {
    let prepared = prepared(disk);
    let (freezing, said) = prepared.freeze(&|_| {}).unwrap();
    assert!(!has_errors(&said), "{said:?}");
    let (frozen, skipped) = freezing.next(None).unwrap();
    assert!(skipped.is_none());
    let folder = prepared
        .output_folder()
        .join(RELEASES)
        .join(frozen.manifest.release.to_string());
    let mut set = ChangeSet::default();
    for (name, bytes) in freezing.with_manifest(&frozen, None) {
        set.create(folder.join(name), bytes.to_vec());
    }
    disk.commit(set).unwrap();
    frozen
}

#[test]
fn dedupe_accounts_for_every_row() {
    let found = workspace(&disk())
        .dedupe(vec![list("/w/signatories/a.csv")], None)
        .unwrap();
    let counts = RowCounts {
        rows: 4,
        signatories: 2,
        merged: 1,
        review: 0,
        held: 0,
        excluded: 1,
    };
    assert_eq!(found.counts(), counts);
    let names: Vec<&str> = found.signatories().map(|signatory| &*signatory.name).collect();
    assert_eq!(names, ["Alder Street Clinic", "Harbor Readers"]);
    assert_eq!(found.pairs(Zone::Merge).count(), 1);
    let merged = found.signatories().find(|signatory| signatory.rows.len() > 1).unwrap();
    let lines: Vec<u32> = merged.rows.iter().map(|&row| found.row(row).line).collect();
    assert_eq!((lines, found.reasons(&merged.rows).len()), (vec![2, 4], 1));

    let mut json = Vec::new();
    report::dedupe(&found, &mut json).unwrap();
    let lines: Vec<serde_json::Value> = String::from_utf8(json)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2 + 1 + 1 + 1);
    assert_eq!(
        (&lines[0]["type"], &lines[0]["name"]),
        (&"signatory".into(), &"Alder Street Clinic".into())
    );
    assert_eq!(
        (&lines[3]["reason"], &lines[3]["line"]),
        (&"withdrawn".into(), &5.into())
    );
    let mut table = Vec::new();
    report::dedupe_csv(&found, &mut table).unwrap();
    let table = String::from_utf8(table).unwrap();
    assert_eq!(
        table.lines().nth(3),
        Some("1,Harbor Readers,organization,signatories/a.csv,4,HARBOR READERS")
    );
}

#[test]
fn check_finds_a_false_count_at_its_place() {
    let disk = disk();
    assert!(check(&[prepared(&disk)], false)[0].is_empty());
    disk.write(
        "/w/letters/a.md",
        &LETTER.replace("The {{ signatories.organizations|words }}", "The over 170"),
    );
    let prepared = prepared(&disk);
    let found = check(std::slice::from_ref(&prepared), false).remove(0);
    let wrong = found.iter().find(|found| found.code == Code::CountFalse).unwrap();
    assert_eq!(wrong.severity, Severity::Error);
    let place = prepared.sources.place(wrong.origin.unwrap());
    assert_eq!((place.file, place.line), ("letters/a.md", Some(14)));
}

#[test]
fn render_makes_every_format_and_says_nothing() {
    let prepared = prepared(&disk());
    let formats: Vec<_> = FORMATS.iter().collect();
    let outputs = MemoryOutputs::default();
    let request = RenderRequest {
        formats: &formats,
        options: &emit::EmitOptions::default(),
        fonts: &Fonts::new(),
        folder: Path::new("/out"),
    };
    let rendered = prepared.render(&request, &outputs, &|_| {}).unwrap();
    assert!(!has_errors(&rendered.diagnostics));
    let files = outputs.into_files();
    assert_eq!(files.len(), formats.len());
    let text = files
        .iter()
        .find(|(path, _)| path.extension().unwrap() == "txt")
        .unwrap()
        .1;
    let text = String::from_utf8(text.clone()).unwrap();
    assert!(text.contains("The two undersigned organizations"), "{text}");
    assert!(!text.contains("Quiet Press"), "{text}");
}

#[test]
fn releases_are_numbered_compared_and_verified() {
    let disk = disk();
    let first = release(&disk);
    assert_eq!((first.manifest.release, first.changes.is_none()), (1, true));
    disk.write(
        "/w/signatories/a.csv",
        &LIST.replace(
            "Alder Street Clinic,\n",
            "Alder Street Clinic,withdrawn\nSunday Readers,\n",
        ),
    );
    let files = disk.files();
    let compared = diff(&files, &paths(), list("/w/letters/a.md"), None).unwrap();
    let changes = compared.diff.unwrap().changes;
    assert_eq!(changes.joined[0].printed.name, "Sunday Readers");
    assert_eq!(changes.left[0].reason, Some(Reason::Withdrawn));
    let second = release(&disk);
    assert_eq!(second.manifest.previous.as_ref().unwrap().release, 1);
    // A manifest does not say why somebody left.
    let published = second.changes.unwrap();
    assert_eq!((&published.joined, published.left.len()), (&changes.joined, 1));
    assert_eq!(published.left[0].reason, None);

    let verified = |file: &str| {
        let request = VerifyRequest {
            file: file.into(),
            manifest: None,
            public_key: None,
        };
        verify(&files, &paths(), &request).unwrap()
    };
    // A copy finds its release among both.
    let html = disk.text("/w/output/a/releases/1/letter.html").unwrap();
    disk.write("/w/copy.html", &html);
    match &verified("/w/copy.html")[..] {
        [VerifyFinding::File(found)] => match &found.kind {
            VerdictKind::Unaltered { release, output } => {
                assert_eq!((release.release, &*output.file), (1, "letter.html"));
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
    disk.write(
        "/w/copy.html",
        &html.replace("keep the library open", "keep the library shut"),
    );
    let found = verified("/w/copy.html");
    assert!(!found[0].is_sound());
    let mut line = Vec::new();
    report::verify(&found[0], &mut line).unwrap();
    let line: serde_json::Value = serde_json::from_slice(&line).unwrap();
    assert_eq!((&line["verdict"], &line["release"]), (&"altered".into(), &1.into()));
    // A whole release: one file too many, one too few.
    assert!(verified("/w/output/a/releases/2").iter().all(VerifyFinding::is_sound));
    disk.write("/w/output/a/releases/2/extra.txt", "x");
    disk.remove("/w/output/a/releases/2/letter.txt");
    let found = verified("/w/output/a/releases/2");
    let unsound: Vec<_> = found.iter().filter(|found| !found.is_sound()).cloned().collect();
    let note = |file: &str, text: &str| VerifyFinding::Note {
        file: format!("output/a/releases/2/{file}"),
        text: text.to_owned(),
    };
    assert_eq!(
        unsound,
        [
            note("letter.txt", "missing"),
            note("extra.txt", "not a file of this release")
        ]
    );
}

#[test]
fn two_lists_are_compared_and_each_workspace_is_told_of_once() {
    let disk = disk();
    disk.write("/w/signatories/b.csv", "name\nHarbor Readers\nTaos Friends\n");
    disk.write(
        "/w/signatories/decisions.toml",
        "[[decision]]\nanswer = \"same\"\nnames = [\"X Y\", \"Z W\"]\n",
    );
    disk.write("/w/undersigned.toml", "unknown = 1\n");
    let lists = [list("/w/signatories/a.csv"), list("/w/signatories/b.csv")];
    let [old, new] = lists;
    let outcome = diff(&disk.files(), &paths(), old, Some(new)).unwrap();
    let said = outcome.said.iter().flat_map(|(_, said)| said);
    assert_eq!(said.filter(|said| said.code == Code::UnknownKey).count(), 1);
    let changes = outcome.diff.unwrap().changes;
    assert_eq!((changes.before, changes.after, changes.joined.len()), (2, 2, 1));
    let refused = diff(&disk.files(), &paths(), list("/w/letters/a.md"), None).unwrap_err();
    assert_eq!(refused.to_string(), "`letters/a.md` has no release to compare with");
}

#[test]
fn a_new_workspace_of_each_kind_has_no_errors() {
    for kind in [
        DocumentKind::Letter,
        DocumentKind::PressRelease,
        DocumentKind::Petition,
        DocumentKind::Plan,
        DocumentKind::Page,
    ] {
        let disk = MemoryDisk::new(&[]);
        let set = new_workspace(Path::new("/w"), kind, true);
        disk.commit(set.clone()).unwrap();
        let letters = workspace(&disk).letters().unwrap();
        for prepared in prepare_all(&disk.files(), &paths(), &letters, None).unwrap() {
            assert!(!has_errors(&prepared.diagnostics), "{:?}", prepared.diagnostics);
        }
        // None of the files may exist.
        assert!(disk.commit(set).is_err());
    }
}

#[test]
fn a_decision_is_unused_if_no_letter_uses_it() {
    let decision = |names: &str| format!("[[decision]]\nanswer = \"different\"\nnames = [{names}]\n");
    let decisions = decision("\"Mercy Corps\", \"Sisters of Mercy\"") + &decision("\"Elm Fund\", \"Elm Trust\"");
    let disk = MemoryDisk::new(&[
        ("/w/letters/a.md", LETTER),
        ("/w/letters/b.md", &LETTER.replace("a.csv", "b.csv")),
        ("/w/signatories/a.csv", LIST),
        ("/w/signatories/b.csv", "name\nMercy Corps\nSisters of Mercy\n"),
        ("/w/signatories/decisions.toml", &decisions),
    ]);
    let letters = workspace(&disk).letters().unwrap();
    let prepared = prepare_all(&disk.files(), &paths(), &letters, None).unwrap();
    for one in prepared {
        let unused = one.diagnostics.iter().filter(|said| said.code == Code::UnusedDecision);
        let said: Vec<&str> = unused.map(|said| said.message.as_str()).collect();
        assert_eq!(
            said,
            ["this decision matches no row: `Elm Fund`, `Elm Trust`"],
            "{}",
            one.shown
        );
    }
}

#[test]
fn letters_prepared_together_name_the_files_each_alone_would() {
    let other = LETTER.replace("a.csv", "b.csv");
    let files = [
        ("/w/letters/a.md", LETTER),
        ("/w/letters/b.md", &other),
        ("/w/letters/c.md", LETTER),
        ("/w/signatories/a.csv", LIST),
        ("/w/signatories/b.csv", LIST),
    ];
    let disk = MemoryDisk::new(&files);
    let letters = workspace(&disk).letters().unwrap();
    let together = prepare_all(&disk.files(), &paths(), &letters, None).unwrap();
    for (prepared, path) in together.iter().zip(letters) {
        let read = |prepared: &Prepared| {
            prepared
                .files_read()
                .iter()
                .map(|file| (file.shown.clone(), file.content.map(|content| content.sha256)))
                .collect::<BTreeSet<_>>()
        };
        let alone = workspace(&disk)
            .prepare(LetterInput::File(path), None, &|_| {})
            .unwrap();
        assert_eq!(read(prepared), read(&alone), "{}", prepared.shown);
        assert_eq!(prepared.resolution, alone.resolution);
    }
    let status = workspace(&disk).status().unwrap();
    let rows: Vec<usize> = status.letters.iter().map(|letter| letter.counts.rows).collect();
    assert_eq!(
        (rows, status.lists[0].counts),
        (vec![4, 4, 4], status.letters[0].counts)
    );
}

#[test]
fn a_row_that_is_held_now_says_so_in_a_comparison() {
    let disk = disk();
    release(&disk);
    disk.write(
        "/w/signatories/a.csv",
        &LIST.replace("Alder Street Clinic,\n", "Alder Street Clinic (TBC),\n"),
    );
    let compared = diff(&disk.files(), &paths(), list("/w/letters/a.md"), None).unwrap();
    let changes = compared.diff.unwrap().changes;
    let left: Vec<_> = changes
        .left
        .iter()
        .map(|left| (left.printed.name.as_str(), left.reason))
        .collect();
    assert_eq!(left, [("Alder Street Clinic", Some(Reason::Held))]);
}

/// Returns what was found, each as its place and what is said of it.
fn lines(sources: &crate::source::SourceMap, found: Vec<Diagnostic>) -> Vec<String> {
    let line = |one: Diagnostic| {
        let place = one.origin.map(|origin| sources.place(origin).to_string());
        let place = place.unwrap_or_default();
        format!("{place} {:?} {} {} {:?}", one.severity, one.code, one.message, one.hint)
    };
    found.into_iter().map(line).collect()
}

/// Returns what `check` says of each letter.
fn told(disk: &Arc<MemoryDisk>, letters: &[PathBuf]) -> Vec<Vec<String>> {
    let prepared = prepare_all(&disk.files(), &paths(), letters, None).unwrap();
    let found = check(&prepared, false);
    let letters = prepared.iter().zip(found);
    letters
        .map(|(prepared, found)| lines(&prepared.sources, found))
        .collect()
}

#[test]
fn letters_that_share_a_list_are_told_the_same_by_any_number_of_threads() {
    // Faults of the rows alone, one of the rows and the letter, and two spellings in two lists.
    let shared = "name,title,kind\nHarbor Readers,,\nU.S. Department of Labor,,\n[ORG NAME],,\nMickey Mouse,,\n\
        Amber Hill Tenants Union (North,,\nMayor Jordan Example,,\nExample Tenants Union,,\n\
        North River Housing Partnership,,\nHarbor Readers https://harbor.example.org,,\nAna Ruiz,TBD,individual\n";
    let own = "name\nHarbor Readers\nNorth River Housing Partnrship\nlol we agree\n";
    let text = "\n\n“We agree,” said Rosa Vale of the Quiet Hill Press Center.\n\n\
        The Harbour Readers and the Harbor Reeders ask for the same.\n";
    let mut files = vec![
        ("/w/signatories/a.csv".to_owned(), shared.to_owned()),
        ("/w/signatories/b.csv".to_owned(), own.to_owned()),
    ];
    for n in 0..12 {
        let list = if n % 4 == 3 { "b.csv" } else { "a.csv" };
        let letter = LETTER
            .replace("a.csv", list)
            .replace("Springfield", &format!("Town {n}"));
        files.push((format!("/w/letters/{n:02}.md"), letter + text));
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let disk = MemoryDisk::new(&files);
    let letters = workspace(&disk).letters().unwrap();
    let with_threads = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| told(&disk, &letters))
    };
    let one = with_threads(1);
    assert_eq!((with_threads(2), with_threads(7)), (one.clone(), one.clone()));
    let all = one.concat().join("\n");
    for code in [
        "unlikely-signatory",
        "placeholder",
        "joke-name",
        "name-markup",
        "two-spellings",
    ] {
        assert!(all.contains(&format!(" {code} ")), "{code}: {all}");
    }

    // Letters whose rolls are their own say of themselves what those that share one say.
    let prepared = prepare_all(&disk.files(), &paths(), &letters, None).unwrap();
    assert!(Arc::ptr_eq(&prepared[0].resolution, &prepared[1].resolution));
    for (together, path) in prepared.iter().zip(letters) {
        let alone = workspace(&disk)
            .prepare(LetterInput::File(path), None, &|_| {})
            .unwrap();
        // Files are read in another order, and findings stand in the order of files.
        let said = |prepared: &Prepared| {
            let mut said = lines(&prepared.sources, prepared.findings());
            said.sort_unstable();
            said
        };
        assert_eq!(said(together), said(&alone), "{}", together.shown);
    }
}
