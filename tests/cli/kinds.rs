//! The kinds of documents, through the binary: every sample in every format, what
//! `new` offers, and what is refused.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The repository's documents in a folder of their own.
struct Samples(TempDir);

impl Samples {
    fn new() -> Self {
        let samples = Self(tempfile::tempdir().expect("a temporary folder"));
        for folder in ["letters", "signatories", "boilerplate"] {
            let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            let to = samples.path(folder);
            fs::create_dir_all(&to).expect("a folder");
            for entry in fs::read_dir(from).expect("readable") {
                let path = entry.expect("readable").path();
                if path.is_file() {
                    fs::copy(&path, to.join(path.file_name().expect("a file"))).expect("copied");
                }
            }
        }
        samples
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}")))
            .into_owned()
    }

    /// Changes a file's text; what is to be changed must be there.
    fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        fs::write(self.path(name), text.replace(from, to)).expect("written");
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_undersigned"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .expect("the binary runs");
        (
            output.status.code(),
            String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        )
    }

    /// Renders a document that must be refused: nothing is written.
    fn refused(&self, letter: &str, expected: &[&str]) {
        let (code, said) = self.run(&["render", letter]);
        assert_eq!(code, Some(2), "{said}");
        for words in expected {
            assert!(said.contains(words), "no {words:?} in: {said}");
        }
        assert!(!self.path("output").exists());
    }
}

/// Each sample and what its pages must say.
const SAMPLES: &[(&str, &str, &[&str])] = &[
    (
        "dhs-100-days-release",
        "press-release",
        &[
            "EMBARGOED UNTIL 10 A.M. EST, MONDAY, MARCH 1, 2021",
            "More than 100 groups ask DHS",
            "WASHINGTON, D.C. (March 1, 2021) — The We Are Home campaign",
            "mailto:press@wearehome.example",
            "Every week of delay is counted in people",
            "in the child who turns eighteen in a shelter",
            "From the letter of March 1, 2021",
            "Jordan Example, Associate Policy Director, National Immigrant Justice Center",
            "About We Are Home",
            "Doctors for Camp Closure",
            "###",
        ],
    ),
    (
        "petition-100-days",
        "petition",
        &[
            "President Joe Biden",
            "Alejandro Mayorkas, Secretary, U.S. Department of Homeland Security",
            "26,248",
            "Sign by April 30, 2021.",
            "https://wearehome.example/sign",
            "QR code of wearehome.example/sign",
            "UNITEHERE",
            "hreflang=\"es-US\"",
            "../peticion-100-dias/petition.html",
        ],
    ),
    (
        "peticion-100-dias",
        "petition",
        &[
            "lang=\"es-US\"",
            "A:",
            "30 de abril de 2021",
            "Código QR de wearehome.example/firma",
            "UndocuBlack</bdi>, <bdi>UnidosUS</bdi>",
            "hreflang=\"en-US\"",
            "Read this in English",
        ],
    ),
    (
        "action-plan",
        "plan",
        &[
            "2021 Immigration Action Plan",
            "Contents",
            "href=\"#part-11\"",
            "id=\"part-11\"",
            "href=\"#roll\"",
            "More than one hundred organizations stand behind it",
            "A member of the campaign, held for eleven months",
            "Endorsed by",
        ],
    ),
    (
        "we-are-home",
        "page",
        &[
            "A street of houses in the morning, light in every window",
            "How we’ve won",
            "More than ten leading members",
            "LA RED/Faith in Action",
            "Join the campaign",
        ],
    ),
];

#[test]
fn every_sample_renders_in_every_format() {
    let samples = Samples::new();
    for (name, kind, words) in SAMPLES {
        let (code, said) = samples.run(&["render", &format!("letters/{name}.md"), "--to", "pdf,html"]);
        assert_eq!(code, Some(0), "{name}: {said}");
        let warned = said.contains("warning[") || said.contains("error[");
        assert!(!warned, "{name}: {said}");
        assert!(
            samples
                .read(&format!("output/{name}/{kind}.pdf"))
                .starts_with("%PDF-1.7")
        );
        // Words that stay together have no-break spaces.
        let html = samples
            .read(&format!("output/{name}/{kind}.html"))
            .replace('\u{a0}', " ");
        for words in *words {
            assert!(html.contains(words), "{name} has no {words:?}");
        }
        assert!(!html.contains("{{"), "{name}");
        assert_eq!(html.matches("<h1").count(), 1, "{name} has one heading above all");
        let (code, said) = samples.run(&["render", &format!("letters/{name}.md"), "--to", "txt,md,email"]);
        assert_eq!(code, Some(0), "{name}: {said}");
        for ending in ["txt", "md"] {
            let text = samples.read(&format!("output/{name}/{kind}.{ending}"));
            // A name that both lists hold, short enough for any line.
            assert!(text.contains("UndocuBlack"), "{name}.{ending}");
            assert!(!text.contains("{{"), "{name}.{ending}");
        }
        assert!(
            samples
                .read(&format!("output/{name}/{kind}.eml"))
                .contains("MIME-Version: 1.0")
        );
    }
}

#[test]
fn new_offers_each_kind_and_each_renders_at_once() {
    for (kind, stem) in [
        ("letter", "first-letter"),
        ("press-release", "first-release"),
        ("petition", "first-petition"),
        ("plan", "first-plan"),
        ("page", "first-page"),
    ] {
        let samples = Samples(tempfile::tempdir().expect("a temporary folder"));
        let (code, said) = samples.run(&["new", "campaign", "--kind", kind]);
        assert_eq!(code, Some(0), "{said}");
        let letter = format!("campaign/letters/{stem}.md");
        let (code, said) = samples.run(&["render", &letter, "--to", "pdf,html", "--strict"]);
        assert_eq!(code, Some(0), "{kind}: {said}");
        assert!(samples.path(&format!("campaign/output/{stem}/{kind}.pdf")).is_file());
        assert!(samples.path(&format!("campaign/output/{stem}/{kind}.html")).is_file());
    }
}

const RELEASE: &str = "letters/dhs-100-days-release.md";

#[test]
fn an_excerpt_that_is_no_longer_the_letters_is_refused() {
    let samples = Samples::new();
    samples.change("letters/dhs-100-days.md", "is no change at all", "changes nothing");
    samples.refused(
        RELEASE,
        &[
            "error[excerpt-differs]",
            "letters/dhs-100-days-release.md:",
            "A change of policy that reaches them after they are gone is no change at all.",
            "A change of policy that reaches them after they are gone changes nothing.",
        ],
    );
}

#[test]
fn an_excerpt_has_the_counts_that_the_letter_prints() {
    let samples = Samples::new();
    samples.change(
        RELEASE,
        "> Every week of delay is counted in people:\n> ...\n> A change of policy that reaches them after they are gone is no change at all.",
        "> On behalf of the We Are Home campaign\n> ...\n> its decisions every day.",
    );
    let (code, said) = samples.run(&["render", RELEASE, "--to", "html"]);
    assert_eq!(code, Some(0), "{said}");
    let html = samples.read("output/dhs-100-days-release/press-release.html");
    assert!(html.contains("and the one hundred and two undersigned organizations, we write about"));
    // Typed by hand, a count that is no longer true is refused.
    samples.change(
        RELEASE,
        "> On behalf of the We Are Home campaign\n> ...\n> its decisions every day.",
        "> On behalf of the We Are Home campaign and the eighty-five undersigned organizations, we write",
    );
    fs::remove_dir_all(samples.path("output")).expect("removed");
    samples.refused(RELEASE, &["error[excerpt-differs]", "one hundred and two undersigned"]);
}

#[test]
fn an_embargo_has_a_time_zone() {
    let samples = Samples::new();
    samples.change(RELEASE, "2021-03-01 10:00 EST", "2021-03-01 10:00");
    samples.refused(RELEASE, &["a date, a time, and a time zone"]);
    samples.change(RELEASE, "2021-03-01 10:00\"", "2021-07-01 10:00 EST\"");
    let (code, said) = samples.run(&["render", RELEASE, "--to", "html"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("2021-07-01 falls in daylight time"), "{said}");
    assert!(said.contains("write ET"), "{said}");
}

#[test]
fn a_release_says_whom_to_ask() {
    let samples = Samples::new();
    let text = samples.read(RELEASE);
    let (before, rest) = text.split_once("[[contact]]").expect("a contact");
    let after = rest.split_once("[roll]").expect("a roll").1;
    fs::write(samples.path(RELEASE), format!("{before}[roll]{after}")).expect("written");
    let (code, said) = samples.run(&["render", RELEASE, "--to", "html"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("the press release has no `contact`"), "{said}");
}

#[test]
fn the_press_gets_photos_and_logos() {
    let samples = Samples::new();
    let media = |table: &str| format!("[[media]]\n{table}\n\n[roll]\n");
    let photo = "file = \"road.svg\"\nalt = \"A road through hills\"\ncaption = \"The *road*\"\ncredit = \"Ada Example\"\n\
                 link = \"https://wearehome.example/photos/\"\n\n\
                 [[media]]\nkind = \"video\"\nlink = \"https://wearehome.example/film\"\ncaption = \"Who waits?\"";
    samples.change(RELEASE, "[roll]\n", &media(photo));
    let (code, said) = samples.run(&["render", RELEASE, "--to", "html,email,txt,md,docx,pdf"]);
    assert_eq!(code, Some(0), "{said}");
    let folder = "output/dhs-100-days-release/press-release";
    let html = samples.read(&format!("{folder}.html"));
    assert!(
        html.contains("alt=\"A road through hills\""),
        "the picture has its words"
    );
    assert!(
        html.contains(
            "<figcaption><strong>Photo:</strong> The <em>road</em>. Credit: Ada Example. \
             <a href=\"https://wearehome.example/photos/\">wearehome.example/photos</a></figcaption>"
        ),
        "{html}"
    );
    assert!(html.contains("<strong>Video:</strong> Who waits? <a href=\"https://wearehome.example/film\">"));
    let text = samples.read(&format!("{folder}.txt")).replace('\n', " ");
    assert!(
        text.contains("[A road through hills]") && text.contains("Photo: The road. Credit: Ada Example."),
        "{text}"
    );
    assert!(samples.read(&format!("{folder}.md")).contains("Photo:"));
    let check = |table: &str, expected: &[&str]| {
        let samples = Samples::new();
        samples.change(RELEASE, "[roll]\n", &media(table));
        samples.refused(RELEASE, expected);
    };
    check("file = \"road.svg\"", &["`alt` is missing", "what the picture shows"]);
    check("file = \"road.svg\"\nalt = \" \"", &["`alt` is missing"]);
    check("caption = \"The road\"", &["`file` is missing"]);
    check("link = \"wearehome.example\"", &["is not a web address"]);
    check("kind = \"song\"\nlink = \"https://wearehome.example\"", &["photo"]);
    check("file = \"none.jpg\"\nalt = \"A road\"", &["error[missing-image]"]);
}

#[test]
fn logos_are_of_signatories_only() {
    let samples = Samples::new();
    let logo = |name: &str| format!("[[logos]]\nname = \"{name}\"\nfile = \"we-are-home.svg\"\n\n[roll]\n");
    samples.change("letters/we-are-home.md", "style = \"sentence\"", "style = \"logos\"");
    samples.change("letters/we-are-home.md", "[roll]\n", &logo("Mijente Support"));
    samples.refused(
        "letters/we-are-home.md",
        &[
            "error[not-a-signatory]",
            "`Mijente Support` has a logo, but is not a signatory",
        ],
    );
    samples.change("letters/we-are-home.md", "\"Mijente Support\"", "\"Mijente\"");
    let (code, said) = samples.run(&["render", "letters/we-are-home.md", "--to", "pdf,html"]);
    assert_eq!(code, Some(0), "{said}");
    let html = samples.read("output/we-are-home/page.html");
    assert!(html.contains("alt=\"Mijente\""), "the logo says whose it is");
    assert!(
        html.contains("<bdi>UndocuBlack</bdi>"),
        "who has no logo is printed by name"
    );
}

#[test]
fn twins_are_the_same_document_in_another_language() {
    let check = |from: &str, to: &str, expected: &str, code: i32| {
        let samples = Samples::new();
        samples.change("letters/peticion-100-dias.md", from, to);
        let (found, said) = samples.run(&["render", "letters/petition-100-days.md", "--to", "html"]);
        assert_eq!(found, Some(code), "{said}");
        assert!(said.contains(expected), "{said}");
    };
    check(
        "\"es-US\"",
        "\"en-US\"",
        "is in `en-US`, the language of this document",
        2,
    );
    check(
        "kind = \"petition\"",
        "kind = \"page\"",
        "is a page, but this is a petition",
        2,
    );
    check(
        "we-are-home.toml",
        "dhs-100-days.csv",
        "uses other lists of signatories",
        0,
    );
    check(
        "twins = [\"petition-100-days.md\"]",
        "",
        "does not name this as its translation",
        0,
    );
    let samples = Samples::new();
    fs::remove_file(samples.path("letters/peticion-100-dias.md")).expect("removed");
    samples.refused(
        "letters/petition-100-days.md",
        &["cannot read `letters/peticion-100-dias.md`"],
    );
}

#[test]
fn keys_of_another_kind_are_told() {
    let samples = Samples::new();
    samples.change(
        "letters/petition-100-days.md",
        "kind = \"petition\"",
        "kind = \"petition\"\nembargo = \"2021-03-01 10:00 EST\"",
    );
    let (code, said) = samples.run(&["render", "letters/petition-100-days.md", "--to", "html"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("`embargo` does not apply to a petition"), "{said}");
    assert!(said.contains("use it only in: press-release"), "{said}");
}

#[test]
fn a_plans_numbers_leave_none_out() {
    let samples = Samples::new();
    samples.change("letters/action-plan.md", "## 4. ", "## 5. ");
    let (code, said) = samples.run(&["render", "letters/action-plan.md", "--to", "html"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("this is number 5; expected 4"), "{said}");
}
