//! Every sample in every format, through the binary: a matrix that new samples and new
//! formats join by themselves.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use undersigned::compose::names::typeset;
use undersigned::emit::FORMATS;
use undersigned::model::known::Known;
use undersigned::source::SourceMap;
use undersigned::{load, resolve};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn samples() -> Vec<PathBuf> {
    let mut samples: Vec<PathBuf> = fs::read_dir(root().join("letters"))
        .expect("letters/ is readable")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    samples.sort();
    assert!(!samples.is_empty());
    samples
}

/// The names that a sample prints, by the library.
fn names(sample: &Path) -> Vec<String> {
    let mut sources = SourceMap::default();
    let letter = load::letter(&mut sources, "letter", sample, &load::Project::default())
        .expect("readable")
        .value;
    let mut records = Vec::new();
    for list in &letter.signatories {
        let path = sample.parent().expect("a folder").join(&list.value);
        records.extend(
            load::list(&mut sources, &list.value, &path, &letter.columns)
                .expect("readable")
                .value,
        );
    }
    // The directory says how some names are printed.
    let directory = fs::read_to_string(root().join("signatories/directory.toml")).expect("readable");
    let known = Known {
        directory: load::known::directory(&mut sources, "directory.toml", &directory).0,
        ..Known::default()
    };
    let (resolution, _) = resolve::resolve(&records, &known, &resolve::ResolveOptions::default());
    resolution
        .signatories
        .iter()
        .map(|signatory| signatory.name.clone())
        .collect()
}

/// Text without white space and Markdown's backslashes.
fn squashed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect()
}

fn render(sample: &Path, out: &Path, jobs: &str) {
    let formats: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    let ran = Command::new(env!("CARGO_BIN_EXE_undersigned"))
        .current_dir(root())
        .args(["render", "--to", &formats.join(","), "--jobs", jobs, "--out"])
        .arg(out)
        .arg(sample)
        .output()
        .expect("the binary runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(0), "{}: {said}", sample.display());
    assert!(!said.contains("error"), "{}: {said}", sample.display());
}

#[test]
fn every_sample_renders_in_every_format_to_the_same_bytes() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for sample in samples() {
        let stem = sample.file_stem().expect("a name");
        let [one, two] = ["1", "2"].map(|jobs| {
            let out = dir.path().join(jobs);
            render(&sample, &out, jobs);
            out.join(stem)
        });
        let names = names(&sample);
        for format in FORMATS {
            let file = fs::read_dir(&one)
                .expect("the folder is there")
                .map(|entry| entry.expect("readable").path())
                .find(|path| path.extension().is_some_and(|ending| ending == format.extension))
                .unwrap_or_else(|| panic!("{} has no {}", sample.display(), format.name));
            let bytes = fs::read(&file).expect("readable");
            let again = fs::read(two.join(file.file_name().expect("a name"))).expect("the same file again");
            assert!(bytes == again, "{} differs", file.display());
            let Ok(text) = String::from_utf8(bytes) else {
                continue; // PDF and Word are read in tests/outside.
            };
            if matches!(format.name, "txt" | "md") {
                let text = squashed(&text);
                for name in &names {
                    // A list has the apostrophes that were typed.
                    let printed = squashed(&typeset(name));
                    assert!(text.contains(&printed), "{name} is not in {}", file.display());
                }
            }
        }
    }
}

/// A workspace with a project file and one letter; returns what `render` said.
fn said(project: &str, letter: &str, template: &str, to: &str) -> (Option<i32>, String, tempfile::TempDir) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir_all(dir.path().join("letters")).expect("a folder");
    fs::write(dir.path().join("undersigned.toml"), project).expect("a file");
    fs::write(dir.path().join("page.html"), template).expect("a file");
    fs::write(
        dir.path().join("letters/names.csv"),
        "name,email\nAlpha,secret@example.org\n",
    )
    .expect("a file");
    let text = format!(
        "+++\nkind = \"letter\"\ntitle = \"Keep it open\"\nsignatories = [\"names.csv\"]\n{letter}\n+++\nAll of us.\n"
    );
    fs::write(dir.path().join("letters/a.md"), text).expect("a file");
    let ran = Command::new(env!("CARGO_BIN_EXE_undersigned"))
        .current_dir(dir.path())
        .args(["render", "--to", to])
        .output()
        .expect("the binary runs");
    (
        ran.status.code(),
        String::from_utf8_lossy(&ran.stderr).into_owned(),
        dir,
    )
}

#[test]
fn a_colour_too_pale_is_an_error_that_names_a_better_one() {
    let (code, said, _dir) = said("[style]\naccent = \"#ffcc00\"\n", "", "", "html");
    assert_eq!(code, Some(2));
    for expected in [
        "error[poor-contrast]",
        "#ffcc00 is too light",
        "1.49",
        "use #8f7300, the nearest legible color",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn looks_and_colours_reach_html_mail_and_word() {
    let style = "[style]\nlook = \"modern\"\naccent = \"#005a9c\"\n";
    let (code, said, dir) = said(style, "[letterhead]\nname = \"We\"", "", "html,email,docx");
    assert_eq!(code, Some(0), "{said}");
    let read = |name: &str| fs::read_to_string(dir.path().join("output/a").join(name)).expect("readable");
    assert!(read("letter.html").contains("--accent:#005a9c"));
    assert!(read("letter.html").contains("Modern: sans-serif"));
    // Long lines are divided (RFC 2045, 6.7).
    assert!(read("letter.eml").replace("=\r\n", "").contains("#005a9c"));
}

#[test]
fn a_template_surrounds_the_letter_and_may_not_lose_it() {
    let style = "[style]\nhtml_template = \"page.html\"\n";
    let page = "<!DOCTYPE html><html lang=\"{{ language }}\"><head>{{ head }}</head><body><nav>Us</nav>{{ letterhead }}{{ main }}{{ footer }}</body></html>";
    let (code, error, dir) = said(style, "", page, "html");
    assert_eq!(code, Some(0), "{error}");
    let html = fs::read_to_string(dir.path().join("output/a/letter.html")).expect("readable");
    assert!(
        html.contains("<nav>Us</nav>") && html.contains("<bdi>Alpha</bdi>"),
        "{html}"
    );
    let (code, error, _dir) = said(style, "", "<html>{{ title }}</html>", "html");
    assert_eq!(code, Some(2));
    assert!(error.contains("page.html") && error.contains("leaves out"), "{error}");
}

#[test]
fn a_mail_goes_to_whom_the_letter_says_and_never_to_a_list() {
    let email = "[email]\nfrom = \"We <press@example.org>\"\nto = [\"Ana <ana@example.gov>\"]\nsubject = \"Please\"";
    let (code, error, dir) = said("", email, "", "email,html,txt,md,docx,pdf");
    assert_eq!(code, Some(0), "{error}");
    let mail = fs::read_to_string(dir.path().join("output/a/letter.eml")).expect("readable");
    for expected in [
        "From: \"We\" <press@example.org>\r\n",
        "To: \"Ana\" <ana@example.gov>\r\n",
        "Subject: Please\r\n",
    ] {
        assert!(mail.contains(expected), "{mail}");
    }
    for entry in fs::read_dir(dir.path().join("output/a")).expect("a folder") {
        let path = entry.expect("readable").path();
        let bytes = fs::read(&path).expect("readable");
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("secret@"), "{}", path.display());
        assert!(
            path.ends_with("letter.eml") || !text.contains("ana@example.gov"),
            "{}",
            path.display()
        );
    }
    let (code, error, _dir) = said(
        "",
        "[email]\nto = [\"a@example.org\\nBcc: b@example.org\"]",
        "",
        "email",
    );
    assert_eq!(code, Some(2));
    assert!(error.contains("is not an email address"), "{error}");
}
