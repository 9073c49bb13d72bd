//! What other programs make of the files: qpdf, poppler, validators.
//!
//! A tool that is not installed is passed over, but in continuous integration
//! (where `CI` is set) all must be there.

use super::sample::{Sample, letter};
use super::*;
use std::path::Path;
use std::process::Command;

/// Runs a tool on a file and returns what it prints; `None` without the tool.
fn run(tool: &str, arguments: &[&str], file: &Path, after: &[&str]) -> Option<String> {
    let output = match Command::new(tool).args(arguments).arg(file).args(after).output() {
        Ok(output) => output,
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "{tool}: {error}");
            return None;
        }
    };
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{tool}: {printed}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(printed)
}

fn with_file(bytes: &[u8], check: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.pdf");
    std::fs::write(&file, bytes).unwrap();
    check(&file);
}

/// Whether Python has the validator.
fn has_validator() -> bool {
    let found = Command::new("python3")
        .args(["-c", "import page"])
        .output()
        .is_ok_and(|output| output.status.success());
    assert!(found || std::env::var_os("CI").is_none(), "pip install page-validation");
    found
}

/// Holds a file against the standards.
fn validate(bytes: &[u8], profiles: &str) {
    with_file(bytes, |file| {
        run("qpdf", &["--check"], file, &[]);
        if has_validator() {
            let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/validate.py");
            run("python3", &[script, "--profile", profiles], file, &[]);
        }
    });
}

#[test]
fn the_letter_conforms() {
    validate(&written(&letter().pages), "ua1,2a");
    let mut sample = letter();
    sample.pages.metadata.date = None;
    sample.pages.metadata.author.clear();
    sample.pages.metadata.subject.clear();
    validate(&written(&sample.pages), "ua1,2a");
    let attachment = Attachment {
        name: "signatories.csv".into(),
        media_type: "text/csv".into(),
        description: "The signatories".into(),
        data: b"name\n".to_vec(),
    };
    let standards = [
        (PdfStandard::Ua1, "ua1"),
        (PdfStandard::A2a, "2a"),
        (PdfStandard::A3a(None), "ua1,3a"),
        (PdfStandard::A3a(Some(attachment)), "ua1,3a"),
    ];
    for (standard, profiles) in standards {
        validate(&pdf(&letter().pages, &PdfOptions { standard }).unwrap(), profiles);
    }
}

#[test]
fn poppler_reads_the_letter_and_its_fonts() {
    with_file(&written(&letter().pages), |file| {
        if let Some(text) = run("pdftotext", &["-raw"], file, &["-"]) {
            for line in [
                "the office’s efficient",
                "Doctors for Camp Closure\nFamilias Unidas Ñuble\nĐoàn kết\nΩmega Ж",
            ] {
                assert!(text.contains(line), "{line} in {text}");
            }
        }
        if let Some(fonts) = run("pdffonts", &[], file, &[]) {
            assert_eq!(fonts.lines().skip(2).count(), 2);
            assert!(
                fonts.lines().skip(2).all(|line| line.contains("yes yes yes")),
                "{fonts}"
            );
        }
        if let Some(tree) = run("pdfinfo", &["-struct-text"], file, &[]) {
            assert!(
                tree.contains("LBody (block)\n        \"Doctors for Camp Closure\""),
                "{tree}"
            );
        }
    });
}

#[test]
fn every_script_that_has_a_font_here_conforms() {
    let scripts = [
        ("truetype/noto/NotoSerifHebrew-Regular.ttf", 0, "ארגון זכויות שָׁלוֹם"),
        (
            "truetype/noto/NotoNaskhArabic-Regular.ttf",
            0,
            "الاتحاد من أجل السَّلام والحرية لا",
        ),
        (
            "truetype/noto/NotoSansDevanagari-Regular.ttf",
            0,
            "हिन्दी क्षत्रिय संगठन किताब",
        ),
        ("opentype/noto/NotoSerifCJK-Regular.ttc", 3, "移民権利联盟 한국 にほん"),
        ("truetype/noto/NotoSansThai-Regular.ttf", 0, "องค์กรเพื่อสิทธิ น้ำ"),
        ("truetype/noto/NotoSerifTamil-Regular.ttf", 0, "கொண்டு தமிழ்"),
        ("truetype/dejavu/DejaVuSans.ttf", 0, "2,048 units an em"),
    ];
    for (file, index, text) in scripts {
        let path = format!("/usr/share/fonts/{file}");
        if !Path::new(&path).exists() {
            continue;
        }
        let mut sample = Sample::new();
        let font = sample.font(&path, index);
        sample.text(Structure::ROOT, Role::Paragraph, font, 72.0, 80.0, text);
        let bytes = written(&sample.pages);
        validate(&bytes, "ua1,2a");
        let reader = Reader::new(&bytes);
        let mut letters: Vec<char> = reader.texts[0].values().flat_map(|text| text.chars()).collect();
        let mut expected: Vec<char> = text.chars().collect();
        // Lines that run to the left are painted from the left, and marks may
        // change places, but no letter is lost.
        letters.sort_unstable();
        expected.sort_unstable();
        assert_eq!(letters, expected, "{text}");
    }
}
