//! What users see, through the binary.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::support::{LETTER, Workspace};

/// The repository's sample.
fn sample() -> Workspace {
    let read =
        |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("the sample is there");
    Workspace::new(&[
        ("letters/dhs-100-days.md", &read("letters/dhs-100-days.md")),
        ("letters/carta-100-dias.md", &read("letters/carta-100-dias.md")),
        ("letters/we-are-home.svg", &read("letters/we-are-home.svg")),
        ("signatories/dhs-100-days.csv", &read("signatories/dhs-100-days.csv")),
    ])
}

#[test]
fn more_jobs_than_the_documented_bound_start_nothing() {
    let workspace = sample();
    let ran = workspace.run(&["render", "letters/dhs-100-days.md", "--jobs", "256", "--quiet"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for jobs in ["0", "257", "20000", "99999999999", "many"] {
        let ran = workspace.run(&["render", "--jobs", jobs, "--out", "elsewhere"]);
        assert_eq!(ran.code, Some(2), "{jobs}: {}", ran.err);
        assert!(ran.err.contains("--jobs"), "{jobs}: {}", ran.err);
        assert!(!workspace.root().join("elsewhere").exists(), "{jobs}");
    }
}

#[test]
fn the_sample_renders_to_the_documented_files() {
    let workspace = sample();
    let ran = workspace.run(&["render", "letters/dhs-100-days.md"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(
        ran.out,
        "output/dhs-100-days/letter.pdf\noutput/dhs-100-days/letter.html\n"
    );
    assert_eq!(
        ran.err,
        "letters/dhs-100-days.md: 102 signatories from 103 rows, 1 merged\n"
    );
    assert!(
        workspace
            .read("output/dhs-100-days/letter.pdf")
            .starts_with(b"%PDF-1.7")
    );
    let html = String::from_utf8(workspace.read("output/dhs-100-days/letter.html")).expect("UTF-8");
    assert!(html.contains("one hundred and two undersigned organizations"));
}

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_jobs() {
    let workspace = sample();
    for (out, jobs) in [("a", "1"), ("b", "2"), ("c", "4")] {
        let ran = workspace.run(&["render", "--out", out, "--jobs", jobs]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    for file in ["letter.pdf", "letter.html"] {
        let first = workspace.read(&format!("a/dhs-100-days/{file}"));
        for other in ["b", "c"] {
            assert!(
                workspace.read(&format!("{other}/dhs-100-days/{file}")) == first,
                "{file} in {other}"
            );
        }
    }
}

#[test]
fn an_error_leaves_everything_as_it_was() {
    let workspace = Workspace::new(&[
        ("letters/a.md", LETTER),
        (
            "letters/b.md",
            &LETTER.replace("signatories.count", "signatories.cuont"),
        ),
        ("signatories/a.csv", "name\nOne\nTwo\n"),
        ("output/a/letter.pdf", "the old one"),
    ]);
    let before = workspace.snapshot();
    let ran = workspace.run(&["render", "--format", "short"]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(workspace.snapshot(), before);
    assert!(ran.err.contains("letters/b.md:6:"), "{}", ran.err);
    assert!(ran.err.contains("unknown-field"), "{}", ran.err);
    assert!(ran.err.contains("did you mean `signatories.count`?"), "{}", ran.err);
    assert_eq!(ran.out, "");
}

#[test]
fn a_folder_in_the_place_of_a_file_stops_the_run() {
    let workspace = Workspace::new(&[
        ("letters/a.md", LETTER),
        ("signatories/a.csv", "name\nOne\n"),
        ("output/a/letter.html/in-the-way", ""),
    ]);
    let before = workspace.snapshot();
    let ran = workspace.run(&["render"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("it is a folder"), "{}", ran.err);
    assert_eq!(workspace.snapshot(), before);
}

#[test]
fn a_missing_list_is_reported_where_it_is_named() {
    let workspace = Workspace::new(&[("letters/a.md", LETTER)]);
    let ran = workspace.run(&["render", "--format", "json"]);
    assert_eq!(ran.code, Some(2));
    let line: serde_json::Value = serde_json::from_str(ran.err.lines().next().unwrap_or_default()).expect("JSON");
    assert_eq!(line["type"], "diagnostic");
    assert_eq!(line["severity"], "error");
    assert_eq!(line["file"], "letters/a.md");
    assert_eq!(line["line"], 4);
}

#[test]
fn strict_lets_warnings_fail() {
    let files = [
        ("letters/a.md", LETTER),
        ("signatories/a.csv", "name,shoe size\nOne,44\n"),
    ];
    let workspace = Workspace::new(&files);
    let ran = workspace.run(&["render", "--strict"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(!workspace.path("output").exists());
    let ran = workspace.run(&["render"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("shoe size"), "{}", ran.err);
    let ran = workspace.run(&["render", "--quiet"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn nothing_private_reaches_an_artifact() {
    let private = [
        "kim.private@example.org",
        "202-555-0143",
        "1313 Hidden Lane",
        "203.0.113.77",
        "Kim Hidden",
        "Treasurer of Secrets",
    ];
    let list = format!(
        "name,email,phone,address,ip,contact_name,contact_title,notes\nPoder Latinx,{},secret note\n",
        private.join(",")
    );
    let workspace = Workspace::new(&[("letters/a.md", LETTER), ("signatories/a.csv", &list)]);
    let ran = workspace.run(&["render"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let pdf = workspace.read("output/a/letter.pdf");
    let mut document = lopdf::Document::load_mem(&pdf).expect("a PDF");
    document.decompress();
    let mut open = Vec::new();
    document.save_to(&mut open).expect("saved");
    let html = workspace.read("output/a/letter.html");
    for bytes in [&pdf, &open, &html] {
        let text = String::from_utf8_lossy(bytes);
        for value in private.iter().chain(&["secret note"]) {
            assert!(!text.contains(value), "{value} got out");
        }
    }
    assert!(String::from_utf8_lossy(&html).contains("Poder Latinx"));
}

#[test]
fn dedupe_accounts_for_every_row() {
    let workspace = Workspace::new(&[(
        "a.csv",
        "name,status\nOne Group,\nTwo,\nONE GROUP,\nThree,withdrawn\nFour,pending\n,confirmed\nFive,declined\n",
    )]);
    let ran = workspace.run(&["dedupe", "a.csv", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let lines: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let of = |kind: &str| {
        lines
            .iter()
            .filter(|line| line["type"] == kind)
            .cloned()
            .collect::<Vec<_>>()
    };
    let names: Vec<_> = of("signatory").iter().map(|line| line["name"].clone()).collect();
    assert_eq!(names, ["One Group", "Two"]);
    let excluded: Vec<_> = of("excluded")
        .iter()
        .map(|line| (line["reason"].clone(), line["line"].clone()))
        .collect();
    assert_eq!(
        excluded,
        [
            ("withdrawn".into(), 5.into()),
            ("pending".into(), 6.into()),
            ("invalid".into(), 7.into()),
            ("declined".into(), 8.into())
        ]
    );
    let summary = &lines[lines.len() - 1];
    assert_eq!(
        serde_json::to_string(summary).expect("JSON"),
        r#"{"excluded":4,"held":0,"merged":1,"review":0,"rows":7,"signatories":2,"type":"summary"}"#
    );
    let pair = &of("pair")[0];
    assert_eq!(
        (&pair["zone"], &pair["a"]["line"], &pair["b"]["line"]),
        (&"merge".into(), &2.into(), &4.into())
    );
}

#[test]
fn a_row_without_a_letter_is_left_out_aloud() {
    let workspace = Workspace::new(&[("letters/a.md", LETTER), ("signatories/a.csv", "name\n★★★\nA Group\n")]);
    let ran = workspace.run(&["render", "--strict", "--format", "short"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(
        ran.err.contains(
            "signatories/a.csv:2:1: warning[empty-name]: `★★★` contains no letter or digit; the row is skipped"
        ),
        "{}",
        ran.err
    );
}

#[test]
fn marks_tell_short_names_apart() {
    let workspace = Workspace::new(&[]);
    let rows = "C++ Coalition\nC# Coalition\nC Coalition\nA+ Schools\nA Schools\n";
    let ran = workspace.run_with(&["dedupe", "-", "--format", "json"], rows);
    let last = ran.out.lines().last().unwrap_or_default();
    assert!(last.contains("\"signatories\":5,\"merged\":0"), "{last}");
}

#[test]
fn csv_from_us_does_not_run_in_a_spreadsheet() {
    let workspace = Workspace::new(&[]);
    let ran = workspace.run_with(
        &["dedupe", "-", "--format", "csv"],
        "name\n\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\n@SUM(A1)\nPoder Latinx\n",
    );
    let mut rows = csv::Reader::from_reader(ran.out.as_bytes());
    let cells: Vec<Vec<String>> = rows
        .records()
        .map(|row| row.expect("CSV").iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(cells.len(), 3);
    for cell in cells.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell} would run");
    }
    assert_eq!(cells[2][5], "Poder Latinx");
}

#[test]
fn a_pairs_file_is_judged_line_by_line() {
    let workspace = Workspace::new(&[("pairs.tsv", "A Group\tA  group\textra\nOne\tTwo\n")]);
    let ran = workspace.run(&["explain", "--pairs", "pairs.tsv", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let zones: Vec<String> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["zone"].to_string())
        .collect();
    assert_eq!(zones, ["\"merge\"", "\"apart\""]);
    workspace.write("pairs.tsv", "A\tB\nonly one\n");
    let ran = workspace.run(&["explain", "--pairs", "pairs.tsv"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("line 2: expected two names"), "{}", ran.err);
}

#[test]
fn a_new_workspace_renders_at_once_and_is_never_overwritten() {
    let workspace = Workspace::new(&[]);
    let ran = workspace.run(&["new", "campaign"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ran = workspace.run(&["render", "campaign/letters/first-letter.md", "--strict"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(
        ran.out,
        "campaign/output/first-letter/letter.pdf\ncampaign/output/first-letter/letter.html\n"
    );
    workspace.write("campaign/letters/first-letter.md", "mine");
    let before = workspace.snapshot();
    let ran = workspace.run(&["new", "campaign"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("already exists"), "{}", ran.err);
    assert_eq!(workspace.snapshot(), before);
}

#[test]
fn letters_that_would_overwrite_each_other_are_refused() {
    let workspace = Workspace::new(&[
        ("letters/a.md", LETTER),
        ("letters/old/a.md", &LETTER.replace("../", "../../")),
        ("signatories/a.csv", "name\nOne\n"),
    ]);
    let respelled = "letters/../letters/old/a.md";
    let ran = workspace.run(&["render", "letters/a.md", respelled, "--out", "out/../out"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    let ran = workspace.run(&["render", "letters/a.md", "letters/old/a.md"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(ran.err.contains("would both be written to"), "{}", ran.err);
    assert!(!workspace.path("output").exists());
}

#[test]
fn a_closed_pipe_is_no_error() {
    let workspace = Workspace::new(&[]);
    let rows: String = (0..50_000).map(|n| format!("Harwell Alliance {n}\n")).collect();
    workspace.write("a.csv", format!("name\n{rows}"));
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_undersigned"))
        .args(["dedupe", "a.csv", "--format", "json", "--quiet"])
        .current_dir(workspace.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut first = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("piped"));
    out.read_line(&mut first).expect("a line");
    drop(out);
    let ended = child.wait_with_output().expect("it ends");
    assert!(first.starts_with("{\"type\":\"signatory\""), "{first}");
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert_eq!(ended.status.code(), Some(0));
}

#[test]
fn wrong_words_are_answered_with_the_right_ones() {
    let workspace = Workspace::new(&[("letters/a.md", LETTER), ("signatories/a.csv", "name\nOne\n")]);
    let check = |arguments: &[&str], expected: &str| {
        let ran = workspace.run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(expected), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "");
    };
    check(&["rendr"], "render");
    check(&["render", "--to", "pfd"], "did you mean `pdf`?");
    check(&["render", "--date", "2021-02-30"], "not a valid date");
    check(&["render", "letters/b.md"], "letters/b.md");
    check(&["dedupe", "b.csv"], "b.csv");
    check(&["explain", "one name"], "explain");
    check(&["render", "--jobs", "0"], "--jobs");
}

#[test]
fn the_shell_is_served() {
    let workspace = Workspace::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = workspace.run(&["completions", shell]);
        assert_eq!(ran.code, Some(0));
        assert!(ran.out.contains("dedupe"), "{shell}");
    }
    let page = workspace.run(&["man"]);
    assert_eq!(page.code, Some(0));
    assert!(page.out.contains(".TH undersigned 1"), "{}", &page.out[..200]);
    assert_eq!(workspace.run(&["man", "--out", "man1"]).code, Some(0));
    assert!(workspace.path("man1/undersigned-render.1").exists());
}

#[test]
fn a_pdf_carries_the_public_list_and_nothing_private() {
    let workspace = Workspace::new(&[
        (
            "letters/a.md",
            "+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = [\"../signatories/a.csv\"]\n+++\nText.\n",
        ),
        (
            "signatories/a.csv",
            "name,kind,title,state,email\n@Zeta Fund,organization,,NM,secret@example.org\nAna Ruiz,individual,Director,,\n",
        ),
    ]);
    let ran = workspace.run(&["render", "letters/a.md", "--to", "pdf", "--pdf-standard", "a-3a"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let pdf = workspace.read("output/a/letter.pdf");
    let document = lopdf::Document::load_mem(&pdf).expect("a PDF");
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let list = streams
        .filter(|stream| stream.dict.has_type(b"EmbeddedFile"))
        .map(|stream| String::from_utf8(stream.decompressed_content().expect("deflated")).expect("UTF-8"))
        .collect::<Vec<_>>();
    assert_eq!(
        list,
        ["name,kind,title,affiliation,state\n'@Zeta Fund,organization,,,NM\nAna Ruiz,individual,Director,,\n"]
    );
}

#[test]
fn a_missing_picture_stops_the_letter() {
    let workspace = sample();
    fs::remove_file(workspace.path("letters/we-are-home.svg")).expect("it is there");
    let ran = workspace.run(&["render", "--format", "short"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("error[missing-image]"), "{}", ran.err);
}

#[test]
fn a_letter_comes_from_standard_input() {
    let workspace = Workspace::new(&[("signatories/a.csv", "name\nAlder Street Clinic\n")]);
    let letter = LETTER.replace("../signatories", "signatories");
    let ran = workspace.run_with(&["render", "-", "--to", "html"], &letter);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(ran.out, "output/letter/letter.html\n");
    assert_eq!(ran.err, "standard input: 1 signatory from 1 row\n");
    let ran = workspace.run_with(&["render", "-", "--to", "html", "--out", "sent"], &letter);
    assert_eq!(ran.out, "sent/letter.html\n", "{}", ran.err);
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_told_are_not_written() {
    let workspace = Workspace::new(&[
        ("letters/open.md", LETTER),
        ("signatories/a.csv", "name\nAlder Street Clinic\n"),
    ]);
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("a full device");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_undersigned"))
        .args(["render", "--to", "html"])
        .current_dir(workspace.path("."))
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("nothing was written") && !said.contains(".undersigned-"),
        "{said}"
    );
    assert!(!workspace.path("output").exists());
}

#[test]
fn status_counts_and_names_the_next_step() {
    let workspace = sample();
    let status = |expected: &[&str]| {
        let ran = workspace.run(&["status"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        for line in expected {
            assert!(ran.out.lines().any(|found| found == *line), "{line}\n{}", ran.out);
        }
    };
    status(&[
        "dhs-100-days    102     103   -    ok     never     never",
        "next: undersigned render   2 letters are not rendered, or older than their files",
    ]);
    assert_eq!(workspace.run(&["render"]).code, Some(0));
    assert_eq!(workspace.run(&["release", "letters/dhs-100-days.md"]).code, Some(0));
    status(&[
        "dhs-100-days    102     103   -    ok     up to date  1, unchanged",
        "next: undersigned release letters/carta-100-dias.md   ready, not released",
    ]);
    let json = workspace.run(&["status", "--format", "json"]).out;
    let lines = json
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    let letter = lines
        .into_iter()
        .find(|line| line["file"] == "letters/dhs-100-days.md")
        .expect("a line");
    assert_eq!(
        (&letter["signatories"], &letter["unchanged"]),
        (&102.into(), &true.into())
    );
}

/// Returns the lines of `dedupe --format json` of a list.
fn deduped(list: &str) -> Vec<serde_json::Value> {
    let workspace = Workspace::new(&[("signatories/l.csv", list)]);
    let ran = workspace.run(&["dedupe", "signatories/l.csv", "--format", "json"]);
    ran.out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn rows_are_named_as_the_list_has_them() {
    let lines = deduped("name\n1. Harbor Readers\n\"“Oak Union”\"\n");
    let rows: Vec<_> = lines
        .iter()
        .filter_map(|line| line["rows"][0]["name"].as_str())
        .collect();
    let names: Vec<_> = lines.iter().filter_map(|line| line["name"].as_str()).collect();
    assert_eq!(names, ["Harbor Readers", "Oak Union"]);
    assert_eq!(rows, ["1. Harbor Readers", "“Oak Union”"]);
}

#[test]
fn a_comma_at_the_end_may_be_a_cut_or_the_form_of_a_list() {
    let review = |list: &str| deduped(list).last().map(|summary| summary["review"].clone());
    // One name of many ends in a comma: something may be missing.
    let others: String = (1..40).map(|each| format!("Weavers of {each}th Street\n")).collect();
    let list = format!("name\n{others}\"Harbor Light Ministries,\"\nHarbor Light Ministries\n");
    assert_eq!(review(&list), Some(1.into()));
    // All do: the list was pasted from a sentence.
    let list = "name\n\"Harbor Light Ministries,\"\n\"Oak Union,\"\n\"Elm House,\"\nHarbor Light Ministries\n";
    assert_eq!(review(list), Some(0.into()));
}
