//! Snapshots of what letters seldom have: signatures by hand, appendices, passages in
//! another language, pictures within a line.

use super::pictures::image;
use super::{document, heading, line, paragraph, roll, runs, set};
use crate::compose::document::{Block, Document, Inline, Line, Part, Signature};
use crate::layout::frame::{Artifact, Item, Mark};
use crate::layout::outline;
use crate::model::picture::PictureFormat;

fn passage(language: &str, text: &str) -> Inline {
    Inline::Passage {
        language: language.to_owned(),
        content: line(text),
    }
}

fn signature(name: &str, picture: bool) -> Signature {
    Signature {
        image: picture.then(|| image(PictureFormat::Png, 300.0, 100.0, name)),
        lines: vec![line(name), line("Executive Director"), line("Tenants Union")],
    }
}

/// A letter with two signers and an appendix.
fn letter() -> Document {
    let text = vec![
        Inline::Text("They say ".into()),
        passage("es", "nadie es ilegal"),
        Inline::Text(" and ride ".into()),
        Inline::Image(image(PictureFormat::Png, 20.0, 20.0, "a bus")),
        Inline::Text(".".into()),
        Inline::FootnoteMark(0),
    ];
    let spanish = Block::Passage {
        language: "es-US".to_owned(),
        blocks: vec![paragraph("Las organizaciones firmantes.")],
    };
    let names = ["Alpha".to_owned(), "Beta".to_owned()];
    document(
        vec![
            Part::Body(vec![Block::Paragraph(text), spanish]),
            Part::Closing(line("Respectfully,")),
            Part::Signatures(vec![signature("María López", true), signature("Ada Quintero", false)]),
            roll(&names, 2),
            Part::Appendix(vec![heading("Appendix"), paragraph("The hours.")]),
        ],
        vec![vec![paragraph("So they say.")]],
    )
}

#[test]
fn rare_parts_stand_as_reviewed() {
    insta::assert_snapshot!(outline::pages(&set(&letter())));
}

#[test]
fn rare_parts_mean_what_was_reviewed() {
    let pages = set(&letter());
    insta::assert_snapshot!(outline::structure(&pages));
    let languages: Vec<&str> = pages
        .structure
        .nodes
        .iter()
        .filter_map(|node| node.language.as_deref())
        .collect();
    assert_eq!(languages, ["es", "es-US"]);
}

#[test]
fn a_closing_stays_with_the_signatures_and_an_appendix_begins_a_page() {
    for filler in 0..60 {
        let mut letter = letter();
        if let Part::Body(blocks) = &mut letter.parts[0] {
            blocks.extend((0..filler).map(|_| paragraph("A line.")));
        }
        let pages = set(&letter);
        let page_of = |text: &str| {
            let found = super::runs(&pages).find(|(_, run)| run.text.trim() == text);
            found.map(|(page, _)| page)
        };
        let closing = page_of("Respectfully,");
        assert!(closing.is_some() && closing == page_of("María López"), "{filler}");
        assert_eq!(page_of("The undersigned"), page_of("Alpha"), "{filler}");
        assert_eq!(page_of("Appendix"), Some(pages.pages.len() - 1), "{filler}");
        assert!(page_of("Beta") < page_of("Appendix"), "{filler}");
    }
}

/// The words that stand on each page, in the order of painting.
fn words_of_pages(document: &Document) -> Vec<String> {
    let text = |item: &Item| match item {
        Item::Text(run) => Some(run.text.to_string()),
        Item::Rule { .. } | Item::Image { .. } => None,
    };
    let pages = set(document).pages;
    pages
        .iter()
        .map(|page| page.items.iter().filter_map(text).collect())
        .collect()
}

fn addressee(number: usize) -> Vec<Line> {
    let lines = ["The Honorable", "Secretary", "Department", "Street", "Washington, DC"];
    lines.iter().map(|word| line(&format!("{word} {number}"))).collect()
}

#[test]
fn page_1_has_a_line_of_the_letter() {
    for count in [1, 3, 6, 8, 12, 20] {
        let parts = vec![
            Part::Addressees((0..count).map(addressee).collect()),
            Part::Salutation(line("Dear all:")),
            Part::Body(vec![paragraph("Alpha beta."); 3]),
        ];
        let pages = words_of_pages(&document(parts, Vec::new()));
        assert!(pages[0].contains("Alpha"), "{count} addressees");
    }
}

#[test]
fn two_lines_of_the_text_go_with_the_closing() {
    let long = "Whoever waits for a bus at night would like to know that it is coming at all. ".repeat(3);
    // Whatever the page has room for, the closing never begins one.
    for count in 0..24 {
        for last in [
            long.as_str(),
            "One short line.",
            "Two lines that are a good deal longer than one line of a letter is wide, which is all.",
        ] {
            let mut blocks = vec![paragraph(&long); 9];
            blocks.extend(vec![paragraph("A line."); count]);
            blocks.push(paragraph(last));
            let names = ["Alpha".to_owned(), "Beta".to_owned()];
            let parts = vec![
                Part::Body(blocks),
                Part::Closing(line("Respectfully,")),
                roll(&names, 2),
            ];
            let pages = words_of_pages(&document(parts, Vec::new()));
            let with_closing = pages.iter().find(|words| words.contains("Respectfully")).unwrap();
            let before = with_closing.split("Respectfully").next().unwrap();
            // The running head has no words here but the page's number.
            assert!(
                before.contains("line") || before.contains("coming"),
                "{count}: {before:?}"
            );
        }
    }
}

#[test]
fn signatures_stay_on_one_page() {
    for count in 0..30 {
        let mut blocks = vec![paragraph(&"Whoever waits would like to know. ".repeat(9)); 8];
        blocks.extend(vec![paragraph("A line."); count]);
        let names = ["Ana", "Ben", "Cleo", "Dan"];
        let parts = vec![
            Part::Body(blocks),
            Part::Closing(line("Respectfully,")),
            Part::Signatures(names.iter().map(|name| signature(name, false)).collect()),
        ];
        let pages = words_of_pages(&document(parts, Vec::new()));
        let page_of = |name: &str| pages.iter().position(|words| words.contains(name));
        let places: Vec<_> = names.iter().map(|name| page_of(name)).collect();
        assert!(places.iter().all(|place| *place == places[0]), "{count}: {places:?}");
        assert_eq!(page_of("Respectfully"), places[0], "{count}");
    }
}

#[test]
fn a_draft_says_so_and_numbers_its_lines() {
    let blocks = vec![paragraph(&"Whoever waits would like to know. ".repeat(9)); 30];
    let letterhead = Part::Letterhead {
        name: line("Harbor Line"),
        lines: vec![line("12 Quay Road")],
        logos: Vec::new(),
        board: Vec::new(),
    };
    let mut draft = document(vec![letterhead, Part::Body(blocks)], Vec::new());
    assert!(!words_of_pages(&draft).iter().any(|words| words.contains("DRAFT")));
    draft.draft = Some("DRAFT".into());
    let pages = set(&draft).pages;
    assert!(pages.len() > 1 && words_of_pages(&draft).iter().all(|words| words.contains("DRAFT")));
    let margin = draft.page.margin;
    for page in &pages {
        let runs = page.items.iter().filter_map(|item| match item {
            Item::Text(run) => Some(run),
            Item::Rule { .. } | Item::Image { .. } => None,
        });
        let (numbers, text): (Vec<_>, Vec<_>) = runs.partition(|run| run.mark == Mark::Artifact(Artifact::Layout));
        let printed: Vec<String> = numbers.iter().map(|run| run.text.to_string()).collect();
        let expected: Vec<String> = (1..=printed.len()).map(|number| number.to_string()).collect();
        assert_eq!(printed, expected);
        // Neither the mark itself nor the letterhead is a line that anybody names.
        let is_text = |words: &str| !["DRAFT", "Harbor Line", "12 Quay Road"].contains(&words);
        let lines = text
            .iter()
            .filter(|run| matches!(run.mark, Mark::Content(_)) && is_text(run.text.trim()));
        let mut baselines: Vec<_> = lines.map(|run| run.y.0.to_bits()).collect();
        baselines.dedup();
        assert_eq!(baselines.len(), printed.len());
        assert!(numbers.iter().all(|run| run.x.0 < margin.0));
    }
}

#[test]
fn the_mark_of_a_draft_is_over_nothing() {
    let blocks = vec![paragraph(&"Whoever waits would like to know. ".repeat(9)); 30];
    let letterhead = Part::Letterhead {
        name: line("Harbor Line"),
        lines: vec![line("12 Quay Road")],
        logos: Vec::new(),
        board: vec![line("Ana Example"), line("Kit Example")],
    };
    let date = Part::Dateline(line("March 1, 2021"));
    let mut draft = document(vec![letterhead, date, Part::Body(blocks)], Vec::new());
    draft.draft = Some("DRAFT".into());
    draft.author = "Harbor Line".into();
    draft.subject = "Settlement of Water Rights: Comments of Eighteen Organizations of the Upper Basin".into();
    let pages = set(&draft);
    let on = |page: usize| -> Vec<(f64, f64, f64, String)> {
        let of_page = runs(&pages).filter(|(at, _)| *at == page);
        of_page
            .map(|(_, run)| {
                let width: f64 = run.glyphs.iter().map(|glyph| f64::from(glyph.advance)).sum();
                (
                    run.y.0,
                    run.x.0,
                    run.x.0 + width / 1000.0 * run.size.0,
                    run.text.to_string(),
                )
            })
            .collect()
    };
    // No two runs of a running head are over each other.
    let heads: Vec<_> = on(1).into_iter().filter(|(y, ..)| *y < draft.page.margin.0).collect();
    assert!(heads.len() == 3, "{heads:?}");
    for (index, (_, start, end, words)) in heads.iter().enumerate() {
        for (_, other, other_end, others) in &heads[index + 1..] {
            assert!(end <= other || other_end <= start, "{words} {others}");
        }
    }
    // The board begins beside the date, below the letterhead.
    let first = on(0);
    let y = |words: &str| first.iter().find(|run| run.3.starts_with(words)).unwrap().0;
    assert!((y("Ana Example") - y("March 1")).abs() < 0.5 && y("Ana Example") > y("12 Quay"));
}

#[test]
fn a_page_ends_where_the_author_says() {
    let parts = vec![Part::Body(vec![
        paragraph("Alpha."),
        Block::PageBreak,
        paragraph("Beta."),
        Block::PageBreak,
        Block::PageBreak,
        paragraph("Gamma."),
    ])];
    let pages = words_of_pages(&document(parts, Vec::new()));
    let found: Vec<&str> = pages.iter().map(|words| words.split('.').next().unwrap()).collect();
    assert_eq!(found, ["Alpha", "Beta", "Gamma"]);
}
