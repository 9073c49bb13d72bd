//! What becomes of drafts.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::emit::{self, EmitFn, EmitOptions};
use crate::engine::{LetterInput, Workspace};
use crate::files::MemoryFiles;
use std::collections::BTreeMap;

/// Returns the files of a letter that a draft becomes, by their paths, and the plan.
fn drafted(name: &str, bytes: Vec<u8>, changes: Option<ChangeDecision>) -> (BTreeMap<String, String>, DraftPlan) {
    let files: Arc<dyn Files> = Arc::new(MemoryFiles::default());
    let request = DraftRequest {
        input: ListInput::Bytes(name.to_owned(), bytes),
        out: Some("/w/letters/x.md".into()),
        changes,
        bold: BoldAlone::Ask,
    };
    match draft(&files, &Paths::new("/w"), request).unwrap() {
        DraftOutcome::Letter(plan) => {
            let written = plan.set.changes.iter().map(|change| {
                let text = String::from_utf8_lossy(change.new.as_deref().unwrap_or_default()).into_owned();
                (change.path.display().to_string(), text)
            });
            (written.collect(), *plan)
        }
        DraftOutcome::Undecided(changes) => panic!("{changes:?}"),
    }
}

/// Renders a letter of files and returns a format's bytes, and the plain text.
fn rendered(files: &BTreeMap<String, String>) -> (Vec<u8>, String) {
    let files: Arc<dyn Files> = Arc::new(MemoryFiles::from_iter(files.clone()));
    let workspace = Workspace::open(&files, &Paths::new("/w"), Path::new("/w/letters")).unwrap();
    let prepared = workspace
        .prepare(LetterInput::File("/w/letters/x.md".into()), None, &|_| {})
        .unwrap();
    let errors: Vec<_> = prepared
        .diagnostics
        .iter()
        .filter(|said| said.severity == crate::diag::Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    let document = prepared.composed.specimen();
    let written = |name: &str| {
        let format = emit::FORMATS.iter().find(|format| format.name == name).unwrap();
        match format.emit {
            EmitFn::Flowing(emit) => emit(document, &EmitOptions::default()).unwrap().bytes,
            EmitFn::Paged(_) => unreachable!(),
        }
    };
    (written("docx"), String::from_utf8(written("md")).unwrap())
}

const LETTER: &str = r#"+++
kind = "letter"
title = "Two changes"
date = 2021-03-01
subject = "Two *changes* within {{ signatories.count }} days"
via = "Via electronic mail"
salutation = "Dear Secretary Ruiz:"
closing = "Respectfully,"
signatories = ["../signatories/x.csv"]
cc = ["Domestic Policy Council", "Office of the General Counsel"]
enclosures = ["The report"]

[letterhead]
name = "We Are Home"
lines = ["1 Example Street", "example.org"]

[[to]]
name = "The Honorable Ana Ruiz"
title = "Secretary"
address = ["Washington, DC 20528"]

[[to]]
name = "The Honorable Ben Cruz"

[roll]
heading = "The {{ signatories.count|words }} undersigned"
sections = "section"
+++

We, the {{ signatories.count|words }} undersigned, write about [the **rule**](https://example.org/a?b=1&c=2).[^a]
It has 10<sup>6</sup> parts, H<sub>2</sub>O, <u>a line</u>, ~~an error~~, `code`, and <span class="smallcaps">Small</span>.

## What we ask

1. Close the centers.
2. End the programs:
    - one;
    - the other:
        (a) first
        (b) second

   And more of the second.
3. Stop.

Between.

5. Five.
6. Six.[^b]

> It is time.
>
> Now.

As she says:

> We stand.
>
> — Maria Lopez, Director

### More

| Month | People |
| --- | --: |
| March | 26,248 |
| April | *913* |

> [!box] How we won
> By work.

> [!figure] 26,248
> people

Dijo <span lang="es">“ya es hora”</span> y\
se fue.

***

Done.

+++

## Annex

Words of the annex.

[^a]: See [the note](https://example.org/note).

    And *more*.
[^b]: Also this.
"#;

const LIST: &str = "name,kind,title,city,state,section\n\
    Alpha House,organization,,,,National\nMake the Road,organization,,,,National\n\
    Ana Ruiz,individual,Professor,,,People\nBen Cruz,individual,,,,People\n";

/// Returns what two texts do not share, for people.
fn difference(a: &str, b: &str) -> String {
    let only = |sign: &str, a: &str, b: &str| -> String {
        let lines = a.lines().filter(|line| !b.lines().any(|other| other == *line));
        lines.map(|line| format!("{sign} {line}\n")).collect()
    };
    only("-", a, b) + &only("+", b, a)
}

#[test]
fn our_word_file_read_back_is_the_same_letter() {
    let files = BTreeMap::from([
        ("/w/letters/x.md".to_owned(), LETTER.to_owned()),
        ("/w/signatories/x.csv".to_owned(), LIST.to_owned()),
    ]);
    let (docx, text) = rendered(&files);
    let (again, plan) = drafted("sent.docx", docx, None);
    let letter = &again["/w/letters/x.md"];
    let (_, text_again) = rendered(&again);
    assert_eq!(text, text_again, "{}\n{letter}", difference(&text, &text_again));
    for field in [
        "{{ signatories.count|words }} undersigned, write",
        "The {{ signatories.count|words }} under",
    ] {
        assert!(letter.contains(field), "{letter}");
    }
    assert!(plan.changes.is_empty());
    assert_eq!(plan.list.1, 4);
}

/// Counts how often words are in a text.
fn count(text: &str, words: &str) -> usize {
    text.matches(words).count()
}

#[test]
fn a_real_draft_goes_in_and_comes_out_with_nothing_lost() {
    use sample_tests::{CHANGES, COMMENTS, ENDNOTES, FOOTNOTES, PARAGRAPHS};
    let bytes = sample_tests::draft();
    let (files, plan) = drafted("v7.docx", bytes.clone(), Some(ChangeDecision::Accept));
    let letter = &files["/w/letters/x.md"];
    assert_eq!(plan.changes.len(), CHANGES);
    assert_eq!(plan.comments.as_ref().unwrap().1, COMMENTS);
    assert_eq!(plan.list.1, 3);
    let comments = &files["/w/letters/x.comments.toml"];
    assert_eq!(count(comments, "Comment number"), COMMENTS);
    assert_eq!(count(comments, "about = \"Paragraph"), COMMENTS, "{comments}");
    assert_eq!(count(letter, "Comment number"), 0);
    for (words, times) in [
        ("begins here.", PARAGRAPHS),
        ("date = 2021-03-01", 1),
        ("via = \"Via electronic mail\"", 1),
        ("subject = \"Seven changes\"", 1),
        ("salutation = \"Dear Secretary Ruiz:\"", 1),
        ("closing = \"Respectfully,\"", 1),
        ("cc = [\"Domestic Policy Council\"]", 1),
        ("[[to]]", 2),
        ("address = [\"Deputy Secretary\"]", 1),
        ("name = \"The Example Coalition\"", 1),
        ("\n## Part ", 4),
        ("\n### Section ", 4),
        ("(<https://example.org/rule?a=1\\&b=2>)", PARAGRAPHS),
        ("\n1. One\n", 1),
        ("(a) One a\n", 1),
        ("ii. One a ii", 1),
        ("row 4 | 4,000 |", 2),
        ("<span lang=\"es-US\">Ya es hora.</span>", 1),
        ("\n> It is time.\n", 1),
        ("\n**Bold alone**\n", 1),
    ] {
        assert_eq!(count(letter, words), times, "{words}\n{letter}");
    }
    // Inserted words are in, deleted ones are out; or the other way around.
    assert_eq!((count(letter, "ins-"), count(letter, "del-")), (CHANGES / 2 + 1, 0));
    let (rejected, _) = drafted("v7.docx", bytes, Some(ChangeDecision::Reject));
    let letter = &rejected["/w/letters/x.md"];
    assert_eq!((count(letter, "ins-"), count(letter, "del-")), (0, CHANGES / 2));

    let (docx, text) = rendered(&files);
    assert_eq!(count(&text, "begins here."), PARAGRAPHS);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx.as_slice())).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut zip.by_name(name).unwrap(), &mut text).unwrap();
        // A page and its number stay together.
        text.replace('\u{a0}', " ")
    };
    let document = part("word/document.xml");
    assert_eq!(count(&document, "<w:footnoteReference "), FOOTNOTES + ENDNOTES);
    assert_eq!(count(&document, "<w:tbl>"), 2);
    let notes = part("word/footnotes.xml");
    assert_eq!(count(&notes, ", at page "), FOOTNOTES + ENDNOTES);
    // And once more around.
    let (again, _) = drafted("sent.docx", docx, None);
    let (_, text_again) = rendered(&again);
    assert_eq!(text, text_again, "{}", difference(&text, &text_again));
}

#[test]
fn tracked_changes_are_never_decided_silently() {
    let files: Arc<dyn Files> = Arc::new(MemoryFiles::default());
    let request = |changes| DraftRequest {
        input: ListInput::Bytes("v7.docx".to_owned(), sample_tests::draft()),
        out: None,
        changes,
        bold: BoldAlone::Text,
    };
    let DraftOutcome::Undecided(changes) = draft(&files, &Paths::new("/w"), request(None)).unwrap() else {
        panic!("decided");
    };
    let first = &changes[0];
    assert_eq!((first.author.as_str(), first.words.as_str()), ("Ana", "ins-0- "));
    // The first change alone is accepted: the others' words are as before.
    let mut each = vec![false; changes.len()];
    each[0] = true;
    let (files, _) = drafted("v7.docx", sample_tests::draft(), Some(ChangeDecision::Each(each)));
    let letter = &files["/w/letters/x.md"];
    assert_eq!(
        (
            count(letter, "ins-0-"),
            count(letter, "ins-2-"),
            count(letter, "del-1-")
        ),
        (1, 0, 1)
    );
}

#[test]
fn a_merged_paragraph_is_one_if_its_mark_is_gone() {
    let mark = |tag: &str| {
        format!(
            "<w:p><w:pPr><w:rPr><w:{tag} w:author='A'/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>First </w:t></w:r></w:p>{}",
            sample_tests::p("second.")
        )
    };
    let check = |tag: &str, decision: ChangeDecision, expected: &str| {
        let (files, _) = drafted("a.docx", sample_tests::file(&mark(tag), &[], &[]), Some(decision));
        let letter = &files["/w/letters/x.md"];
        assert!(letter.ends_with(expected), "{letter}");
    };
    check("ins", ChangeDecision::Accept, "\n\nFirst\n\nsecond.\n");
    check("ins", ChangeDecision::Reject, "\n\nFirst second.\n");
    check("del", ChangeDecision::Accept, "\n\nFirst second.\n");
    check("del", ChangeDecision::Reject, "\n\nFirst\n\nsecond.\n");
}

#[test]
fn hostile_files_are_errors_that_name_the_part() {
    let check = |bytes: Vec<u8>, expected: &str| {
        let files: Arc<dyn Files> = Arc::new(MemoryFiles::default());
        let request = DraftRequest {
            input: ListInput::Bytes("a.docx".to_owned(), bytes),
            out: None,
            changes: None,
            bold: BoldAlone::Ask,
        };
        let error = draft(&files, &Paths::new("/w"), request).unwrap_err();
        let reason = std::error::Error::source(&error)
            .map(ToString::to_string)
            .unwrap_or_default();
        assert!(reason.contains(expected), "{reason:?}");
    };
    let file = |body: &str| sample_tests::file(body, &[], &[]);
    let noted = "<w:p><w:r><w:footnoteReference w:id='1'/></w:r></w:p>";
    check(b"PK\x03\x04".to_vec(), "damaged, or not a Word file");
    check(Vec::new(), "damaged, or not a Word file");
    check(file("<w:p>"), "`word/document.xml` is not valid XML");
    check(
        file(&"<w:sdt><w:sdtContent>".repeat(5_000)),
        "`word/document.xml` is nested too deeply",
    );
    check(file(noted), "`footnotes.xml` is missing");
    check(
        sample_tests::file(noted, &["footnotes"], &[]),
        "`word/footnotes.xml` is missing",
    );
    check(sample_tests::packed(&[]), "not a Word file");
    let definitions = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><w:footnotes>&b;</w:footnotes>";
    let more = [("word/footnotes.xml", definitions.to_owned())];
    check(
        sample_tests::file(noted, &["footnotes"], &more),
        "`word/footnotes.xml` defines entities",
    );
    let bomb = [("word/styles.xml", " ".repeat(60 << 20))];
    check(
        sample_tests::file("<w:p/>", &["styles"], &bomb),
        "`word/styles.xml` unpacks to more",
    );
}

#[test]
fn a_page_of_google_docs_is_a_letter() {
    let page = include_bytes!("../../../examples/drafts/library.html").to_vec();
    let (files, plan) = drafted("library.html", page, Some(ChangeDecision::Accept));
    let expected = r#"+++
kind = "letter"
title = "Keep the library open"
date = 2021-03-01
subject = "Keep the library open"
salutation = "Dear Mayor Ruiz:"
closing = "Sincerely,"
signatories = ["../signatories/x.csv"]
cc = ["City Council"]

[[to]]
name = "The Honorable Ana Ruiz"
address = ["Mayor of Springfield", "1 Main Street", "Springfield, OH 45501"]

[roll]
heading = "Signatories"
+++

We ask you to keep the library *open* on Sundays.[^1] See [the hours](https://example.org/hours?day=7).

## What we ask

1. Open at noon.
2. Hire two people:
   a. a librarian;
   b. a guard.

| Day | Visitors |
| --- | --: |
| Saturday | 412 |

**Why now**

Schools close at two on Fridays.

[^1]: As it was until **2019**.
"#;
    assert_eq!(files["/w/letters/x.md"], expected);
    assert_eq!(
        files["/w/signatories/x.csv"],
        "name\nFriends of the Library\nSpringfield Parents United\n"
    );
    assert!(
        plan.found
            .iter()
            .any(|found| found.is_question && found.words.contains("Why now"))
    );
    assert_eq!(plan.changes.len(), 2);
}

#[test]
fn the_picture_above_the_senders_name_is_the_logo() {
    let page = |head: &str| {
        let text =
            format!("{head}\n\nMarch 1, 2021\n\nDear Mayor Ruiz:\n\nKeep it open.\n\nSincerely,\n\n- Elm House\n");
        drafted("x.md", text.into_bytes(), None)
    };
    let (files, plan) = page("![A house](house.png)\n\nHarbor Readers\n\n1 Main Street");
    let letter = &files["/w/letters/x.md"];
    let head = "[letterhead]\nname = \"Harbor Readers\"\nlogo = \"house.png\"\nlogo_alt = \"A house\"\nlines = [\"1 Main Street\"]\n";
    assert!(letter.contains(head), "{letter}");
    assert!(
        plan.found
            .iter()
            .any(|found| found.part == "the logo" && !found.is_question)
    );
    // Without a name there is no letterhead; the picture is asked about.
    let (files, plan) = page("![A house](house.png)");
    assert!(!files["/w/letters/x.md"].contains("[letterhead]"));
    assert!(
        plan.found
            .iter()
            .any(|found| found.part == "a picture" && found.is_question)
    );
}

mod properties {
    use super::*;
    use crate::emit::markdown::letter_source;
    use crate::model::numbering::Numbering;
    use crate::model::text::{Block, Inline, InlineStyle, Line, List, Table};
    use crate::testing::chance;
    use proptest::prelude::*;

    /// Words as letters have them, and such as Markdown or XML might take for something else.
    fn word() -> impl Strategy<Value = String> {
        let words = [
            "we",
            "ask",
            "you",
            "today",
            "a*b",
            "_x_",
            "1.",
            "<b>",
            "&amp;",
            "é",
            "{",
            "$5",
            "#1",
            "“so”",
            "منظمة",
            "x|y",
            "[z]",
            "~",
            "H.R.",
            "10%",
            "—",
            "C++",
            "a_b",
            "C:\\d",
            "`q`",
            "!",
        ];
        prop::collection::vec(prop::sample::select(words.to_vec()), 1..5)
            .prop_map(|words| format!("we {} so", words.join(" ")))
    }

    fn text(word: impl Into<String>) -> Inline {
        Inline::Text(word.into().into())
    }

    fn inline() -> impl Strategy<Value = Inline> {
        let styles = [
            InlineStyle::Superscript,
            InlineStyle::Subscript,
            InlineStyle::Underline,
            InlineStyle::SmallCapitals,
        ];
        prop_oneof![
            4 => word().prop_map(text),
            1 => word().prop_map(|word| Inline::Strong(vec![text(word)])),
            1 => word().prop_map(|word| Inline::Emphasis(vec![text(word)])),
            1 => word().prop_map(|word| Inline::Strikethrough(vec![text(word)])),
            1 => (prop::sample::select(styles.to_vec()), word()).prop_map(|(style, word)| Inline::Styled(style, vec![text(word)])),
            1 => Just(Inline::FootnoteMark(0)),
        ]
    }

    /// A line whose pieces stand apart and which begins as text.
    fn line() -> impl Strategy<Value = Line> {
        (word(), prop::collection::vec(inline(), 0..4)).prop_map(|(first, more)| {
            let mut line = vec![text(first)];
            for inline in more {
                line.push(text(" then ".to_owned()));
                line.push(inline);
            }
            line
        })
    }

    fn block() -> impl Strategy<Value = Block> {
        let items = prop::collection::vec(line(), 1..4);
        prop_oneof![
            3 => line().prop_map(Block::Paragraph),
            1 => line().prop_map(|line| Block::Quote(vec![Block::Paragraph(line)])),
            2 => (items, any::<bool>(), 1..40_u64).prop_map(|(items, ordered, start)| Block::List(List {
                numbering: ordered.then(|| Numbering::decimal(start, items.len())),
                tight: true,
                items: items.into_iter().map(|line| vec![Block::Paragraph(line)]).collect(),
            })),
            // A table's head is bold by itself, so that bold words in it are lost.
            1 => (prop::collection::vec(word(), 2), prop::collection::vec(line(), 2)).prop_map(|(head, row)| {
                let head = head.into_iter().map(|word| vec![text(word)]).collect();
                Block::Table(Table { alignments: vec![Default::default(); 2], head, rows: vec![row] })
            }),
        ]
    }

    proptest! {
        #![proptest_config(chance::cases(24))]

        #[test]
        fn a_letter_sent_as_a_word_file_comes_back_as_it_was(blocks in prop::collection::vec(block(), 1..6)) {
            // What stands side by side is one in Word.
            let apart = blocks.into_iter().flat_map(|block| [Block::Paragraph(vec![text("Between.".to_owned())]), block]);
            let note = vec![vec![Block::Paragraph(vec![text("See [the note].".to_owned())])]];
            let mark = Block::Paragraph(vec![text("Noted.".to_owned()), Inline::FootnoteMark(0)]);
            let body: Vec<Block> = std::iter::once(mark).chain(apart).collect();
            let header = "+++\nkind = \"letter\"\ntitle = \"X\"\nsalutation = \"Dear all:\"\nclosing = \"So,\"\nsignatories = [\"../signatories/x.csv\"]\n+++\n\n";
            let files = BTreeMap::from([
                ("/w/letters/x.md".to_owned(), format!("{header}{}", letter_source(&body, &[], &note))),
                ("/w/signatories/x.csv".to_owned(), "name\nAlpha House\n".to_owned()),
            ]);
            let (docx, text) = rendered(&files);
            let (again, _) = drafted("sent.docx", docx, None);
            let (_, text_again) = rendered(&again);
            prop_assert_eq!(&text, &text_again, "{}", difference(&text, &text_again));
        }
    }
}
