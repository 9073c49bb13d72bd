//! Whole documents on pages: snapshots that were read, and what must always hold.

#![allow(clippy::unwrap_used)]

mod even;
mod kinds;
mod lines;
mod looks;
mod notes;
mod parts;
mod pictures;
mod standing;

use super::{Fonts, outline, paginate};
use crate::compose::document::{Block, Document, Inline, Line, List, Part, Roll, RollEntry, RollSection, Table};
use crate::diag::Code;
use crate::layout::frame::{ContentId, FontOrigin, Item, Kid, Mark, NodeId, Pages, Role, Structure, TextRun};
use crate::layout::paragraph::assemble::HANGING;
use crate::model::letter::{DocumentKind, Paper, RollStyle};
use crate::model::numbering::Numbering;
use crate::model::units::Pt;
use crate::testing::{self, document, origin, paragraph, text as line};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The embedded faces, parsed once for all tests.
static EMBEDDED: LazyLock<Fonts> = LazyLock::new(Fonts::embedded_only);

fn heading(text: &str) -> Block {
    testing::heading(2, text)
}

fn roll(names: &[String], columns: u8) -> Part {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Part::Roll(Roll {
        heading: Some(line("The undersigned")),
        columns,
        ..testing::roll(&names)
    })
}

/// Sets a document with the embedded fonts and checks what always holds.
fn set(document: &Document) -> Pages {
    let (pages, _) = paginate(document, &EMBEDDED);
    check_tree(&pages);
    check_margins(document, &pages);
    pages
}

/// Every node but the root is the kid of one other, every content that is left in
/// the tree is painted, and all that is painted is in the tree.
fn check_tree(pages: &Pages) {
    let mut seen = vec![0; pages.structure.nodes.len()];
    let mut contents = vec![0; pages.structure.contents as usize];
    for node in &pages.structure.nodes {
        for kid in &node.kids {
            match kid {
                Kid::Node(NodeId(id)) => seen[*id as usize] += 1,
                Kid::Content(ContentId(id)) => contents[*id as usize] += 1,
            }
        }
    }
    assert!(seen.iter().skip(1).all(|&count| count == 1));
    let mut painted = vec![0; contents.len()];
    for (_, run) in runs(pages) {
        if let Mark::Content(ContentId(id)) = run.mark {
            painted[id as usize] = 1;
        }
        assert!(run.glyphs.iter().all(|glyph| glyph.id != 0), "{}", run.text);
        assert!(!run.glyphs.is_empty());
    }
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Image { image, mark, .. } = item {
            assert!((image.0 as usize) < pages.images.len());
            if let Mark::Content(ContentId(id)) = mark {
                painted[*id as usize] = 1;
            }
        }
    }
    assert_eq!(contents, painted);
    for node in pages.structure.nodes.iter().skip(1) {
        let cell = matches!(node.role, Role::TableHeader | Role::TableCell);
        assert!(cell || !node.kids.is_empty(), "{:?} holds nothing", node.role);
    }
    for page in &pages.pages {
        for link in &page.links {
            assert!(pages.structure.node(link.node).target.is_some());
        }
    }
}

/// Nothing but white space leaves the text area sideways, and no body text
/// leaves it below.
fn check_margins(document: &Document, pages: &Pages) {
    let margin = document.page.margin.0;
    for (page, run) in runs(pages) {
        let width: f64 = run.glyphs.iter().map(|glyph| f64::from(glyph.advance)).sum::<f64>() / 1000.0 * run.size.0;
        let trailing = run.text.len() - run.text.trim_end().len();
        let right = pages.pages[page].width.0 - margin;
        let spaces = trailing as f64 * run.size.0 * 0.8;
        // Hyphens and stops hang in the margin by a part of their width.
        let hangs = HANGING.iter().any(|(sign, _)| run.text.trim_end().ends_with(*sign));
        let spaces = spaces + if hangs { run.size.0 * 0.2 } else { 0.0 };
        assert!(
            run.x.0 + width - spaces <= right + 0.1,
            "{} ends at {}",
            run.text,
            run.x.0 + width
        );
        if let Mark::Content(_) = run.mark {
            assert!(
                run.y.0 <= pages.pages[page].height.0 - margin,
                "{} at {}",
                run.text,
                run.y.0
            );
        }
    }
}

/// The run that begins with some words.
fn run<'a>(pages: &'a Pages, words: &str) -> &'a TextRun {
    let found = runs(pages).find(|(_, run)| run.text.starts_with(words));
    found.unwrap_or_else(|| panic!("{words} is not set")).1
}

/// Where a run ends, in points from the left.
fn end(run: &TextRun) -> f64 {
    let advances: f64 = run.glyphs.iter().map(|glyph| f64::from(glyph.advance)).sum();
    run.x.0 + advances / 1000.0 * run.size.0
}

fn runs(pages: &Pages) -> impl Iterator<Item = (usize, &TextRun)> {
    pages.pages.iter().enumerate().flat_map(|(number, page)| {
        page.items.iter().filter_map(move |item| match item {
            Item::Text(run) => Some((number, run)),
            Item::Rule { .. } | Item::Image { .. } => None,
        })
    })
}

/// The contents below a node, in reading order.
fn contents(structure: &Structure, node: NodeId) -> Vec<u32> {
    let mut found = Vec::new();
    for kid in &structure.node(node).kids {
        match kid {
            Kid::Node(kid) => found.extend(contents(structure, *kid)),
            Kid::Content(ContentId(id)) => found.push(*id),
        }
    }
    found
}

/// Where each content is painted: page, left, baseline and text of its runs.
fn places(pages: &Pages) -> BTreeMap<u32, Vec<(usize, f64, f64, String)>> {
    let mut places: BTreeMap<u32, Vec<_>> = BTreeMap::new();
    for (page, run) in runs(pages) {
        if let Mark::Content(ContentId(id)) = run.mark {
            places
                .entry(id)
                .or_default()
                .push((page, run.x.0, run.y.0, run.text.to_string()));
        }
    }
    places
}

fn nodes_of(pages: &Pages, wanted: impl Fn(Role) -> bool) -> Vec<NodeId> {
    (0..pages.structure.nodes.len() as u32)
        .map(NodeId)
        .filter(|&id| wanted(pages.structure.node(id).role))
        .collect()
}

fn sample() -> Document {
    let linked = vec![
        Inline::Text("End the agreements under ".into()),
        Inline::Link {
            to: "https://example.org/".to_owned(),
            content: line("section 287(g)"),
            origin: origin(),
        },
        Inline::Text(" of the Act.".into()),
        Inline::FootnoteMark(0),
    ];
    let list = Block::List(List {
        numbering: Some(Numbering::decimal(9, 2)),
        tight: true,
        items: vec![vec![paragraph("Halt deportations.")], vec![Block::Paragraph(linked)]],
    });
    let parts = vec![
        Part::Letterhead {
            name: line("We Are Home"),
            lines: vec![line("Washington, DC"), line("example.org")],
            logos: Vec::new(),
            board: Vec::new(),
        },
        Part::Dateline(line("March 1, 2021")),
        Part::Addressees(vec![vec![line("The Honorable Alejandro Mayorkas"), line("Secretary")]]),
        Part::Subject {
            label: "RE:".to_owned(),
            content: line("Seven changes"),
        },
        Part::Salutation(line("Dear Secretary Mayorkas:")),
        Part::Body(vec![
            paragraph("We ask for change."),
            heading("What we ask"),
            list,
            Block::Quote(vec![paragraph("It is time.")]),
        ]),
        Part::Closing(line("Respectfully,")),
        Part::Roll(Roll {
            heading: Some(line("The undersigned")),
            style: RollStyle::Columns,
            columns: 2,
            font_size: None,
            sections: vec![RollSection {
                heading: Some("National".to_owned()),
                sentence: String::new(),
                entries: vec![
                    RollEntry {
                        rank: 0,
                        mark: "",
                        kind: Default::default(),
                        name: "Advancement Project, National Office, and a name that turns over".to_owned(),
                        place: None,
                        detail: None,
                        logo: None,
                    },
                    RollEntry {
                        rank: 0,
                        mark: "",
                        kind: Default::default(),
                        name: "Jane Doe".to_owned(),
                        place: None,
                        detail: Some("Professor of Law".to_owned()),
                        logo: None,
                    },
                ],
            }],
            note: None,
        }),
        Part::Notes {
            label: "cc:".to_owned(),
            lines: vec![line("The White House")],
        },
    ];
    document(parts, vec![vec![paragraph("See 8 U.S.C. § 1357(g).")]])
}

#[test]
fn a_letter_stands_as_reviewed() {
    insta::assert_snapshot!(outline::pages(&set(&sample())));
}

#[test]
fn a_letter_means_what_was_reviewed() {
    insta::assert_snapshot!(outline::structure(&set(&sample())));
}

#[test]
fn bookmarks_lead_to_headings() {
    let pages = set(&sample());
    let found: Vec<(u8, &str)> = pages.outline.iter().map(|mark| (mark.level, &*mark.title)).collect();
    assert_eq!(
        found,
        vec![
            (1, "Seven changes"),
            (2, "What we ask"),
            (2, "The undersigned"),
            (3, "National")
        ]
    );
    assert!(pages.outline.iter().all(|mark| mark.page == 0));
}

/// Paragraphs of lengths that bring every kind of page end about.
fn long_letter(paragraphs: usize) -> Document {
    let mut blocks = Vec::new();
    for number in 0..paragraphs {
        if number % 3 == 0 {
            blocks.push(heading(&format!("Heading {number}")));
        }
        let sentence = "Every week of delay is counted in people, and the people are counted in weeks of delay. ";
        blocks.push(paragraph(&sentence.repeat(1 + number * 7 % 9)));
    }
    document(vec![Part::Body(blocks)], Vec::new())
}

#[test]
fn no_widow_no_orphan_and_no_heading_at_a_pages_end() {
    for justify in [false, true] {
        let mut letter = long_letter(60);
        letter.page.justify = justify;
        let pages = set(&letter);
        assert!(pages.pages.len() > 5);
        let places = places(&pages);
        for node in nodes_of(&pages, |role| role == Role::Paragraph) {
            let mut lines: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
            for content in contents(&pages.structure, node) {
                for (page, _, y, _) in &places[&content] {
                    let lines = lines.entry(*page).or_default();
                    if lines.last().is_none_or(|last| (last - y).abs() > 1.0) {
                        lines.push(*y);
                    }
                }
            }
            assert!(
                lines.len() == 1 || lines.values().all(|lines| lines.len() >= 2),
                "{lines:?}"
            );
        }
        for node in nodes_of(&pages, |role| matches!(role, Role::Heading(_))) {
            let (page, _, y, _) = &places[&contents(&pages.structure, node)[0]][0];
            let below = runs(&pages)
                .any(|(other, run)| other == *page && run.y.0 > y + 5.0 && matches!(run.mark, Mark::Content(_)));
            assert!(below, "a heading ends page {page}");
        }
    }
}

#[test]
fn pages_carry_their_number_from_the_second_on() {
    let mut letter = long_letter(60);
    letter.parts.insert(0, Part::Dateline(line("March 1, 2021")));
    let pages = set(&letter);
    let count = pages.pages.len();
    for (number, page) in pages.pages.iter().enumerate() {
        let texts: Vec<&str> = page
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Text(run) if matches!(run.mark, Mark::Artifact(_)) => Some(&*run.text),
                _ => None,
            })
            .collect();
        if number == 0 {
            assert!(texts.is_empty());
        } else {
            assert_eq!(
                texts,
                vec![
                    "We Are Home",
                    "March 1, 2021",
                    &format!("Page {} of {count}", number + 1)
                ]
            );
        }
    }
}

/// Where each signatory stands: page, column's left edge, top and bottom.
fn check_roll(names: &[String], columns: u8) -> Pages {
    let letter = document(vec![roll(names, columns)], Vec::new());
    let pages = set(&letter);
    let places = places(&pages);
    let items = nodes_of(&pages, |role| role == Role::ListItem);
    assert_eq!(items.len(), names.len());
    let mut last = (0, 0.0, 0.0);
    for (item, name) in items.into_iter().zip(names) {
        let content = contents(&pages.structure, item);
        let [id] = content.as_slice() else {
            panic!("{name} has {} contents", content.len());
        };
        let lines = &places[id];
        let text: String = lines.iter().map(|line| line.3.as_str()).collect();
        assert_eq!(&text, name);
        let (page, left, top, _) = lines[0];
        for pair in lines.windows(2) {
            let step = pair[1].2 - pair[0].2;
            assert!(pair[1].0 == page && (0.0..20.0).contains(&step), "{name} is divided");
        }
        let after_last = page > last.0 || left > last.1 + 1.0 || top > last.2;
        assert!(after_last, "{name} is out of order");
        last = (page, left, top);
    }
    pages
}

fn names(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| {
            format!("Coalition {number} {}", "for Immigrant Rights ".repeat(number % 4))
                .trim()
                .to_owned()
        })
        .collect()
}

#[test]
fn every_signatory_stands_once_and_whole() {
    for columns in 1..=3 {
        for count in [1, 2, 3, 7, 103, 400] {
            check_roll(&names(count), columns);
        }
    }
}

#[test]
fn the_rolls_last_page_is_balanced() {
    let pages = check_roll(&names(103), 2);
    let last = pages.pages.len() - 1;
    let bottom = |column: bool| {
        runs(&pages)
            .filter(|(page, run)| *page == last && matches!(run.mark, Mark::Content(_)) && (run.x.0 > 306.0) == column)
            .map(|(_, run)| run.y.0)
            .fold(0.0, f64::max)
    };
    assert!((bottom(false) - bottom(true)).abs() < 60.0);
}

#[test]
fn names_without_spaces_are_broken_between_letters() {
    let name = "AcmeVeryLong".repeat(34);
    for columns in 1..=3 {
        check_roll(&["Before".to_owned(), name.clone(), "After".to_owned()], columns);
    }
}

#[test]
fn a_signatory_longer_than_a_page_is_divided_and_not_lost() {
    let name = "endless ".repeat(4_000).trim().to_owned();
    let letter = document(vec![roll(std::slice::from_ref(&name), 3)], Vec::new());
    let pages = set(&letter);
    let text: String = runs(&pages)
        .filter(|(_, run)| run.text.contains("endless"))
        .map(|(_, run)| &*run.text)
        .collect();
    assert_eq!(text, name);
}

#[test]
fn letters_without_a_font_are_substituted_and_named() {
    // So rare that no embedded face has them, with the feature `cjk` either.
    let names = ["뷁햏".to_owned(), "Casa 㐂㐱".to_owned()];
    let letter = document(vec![roll(&names, 2)], Vec::new());
    let (pages, diagnostics) = paginate(&letter, &EMBEDDED);
    check_tree(&pages);
    let messages: Vec<&str> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert_eq!(messages.len(), 2);
    assert!(
        diagnostics
            .iter()
            .all(|diagnostic| diagnostic.code == Code::MissingGlyph)
    );
    assert!(messages[0].contains("`뷁햏`"), "{}", messages[0]);
    assert!(
        messages[1].contains("`㐂㐱` (U+3402, U+3431), used in `Casa 㐂㐱`"),
        "{}",
        messages[1]
    );
    let substitutes: Vec<&str> = runs(&pages).filter_map(|(_, run)| run.actual_text.as_deref()).collect();
    assert_eq!(substitutes, vec!["뷁햏", "㐂㐱"]);
}

#[test]
#[cfg(feature = "system-fonts")]
fn system_fonts_give_what_they_have() {
    let names = ["منظمة العفو", "移民权益", "한국 센터", "हिन्दी", "Ένωση"].map(str::to_owned);
    let letter = document(vec![roll(&names, 2)], Vec::new());
    let (pages, diagnostics) = paginate(&letter, &Fonts::new());
    check_tree(&pages);
    // Whatever this machine has: a letter is either set or named.
    let missing = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == Code::MissingGlyph)
        .count();
    let substituted: std::collections::BTreeSet<_> = runs(&pages)
        .filter(|(_, run)| run.actual_text.is_some())
        .map(|(_, run)| match run.mark {
            Mark::Content(ContentId(id)) => id,
            Mark::Artifact(_) => u32::MAX,
        })
        .collect();
    assert_eq!(missing, substituted.len());
}

/// A font of one square, for 한, 국, 移 and 民; made for this test.
const SQUARES: &[u8] = include_bytes!("tests/squares.ttf");

#[test]
fn fonts_of_the_workspace_print_what_the_embedded_ones_lack() {
    let letter = document(vec![roll(&["Oak 한국", "移民 센터"].map(str::to_owned), 1)], Vec::new());
    let fonts = Fonts::with_files([b"no font".to_vec(), SQUARES.to_vec()]);
    let (pages, diagnostics) = paginate(&letter, &fonts);
    check_tree(&pages);
    let squares: Vec<_> = pages
        .fonts
        .iter()
        .filter(|font| font.origin == FontOrigin::Workspace)
        .collect();
    assert_eq!(squares.len(), 1);
    assert_eq!(
        (squares[0].name.as_str(), (*squares[0].data).as_ref()),
        ("Squares", SQUARES)
    );
    // The same on every computer, so there is nothing to tell of it.
    assert!(
        diagnostics.iter().all(|said| !said.message.contains("Squares")),
        "{diagnostics:?}"
    );
    let painted: String = runs(&pages)
        .filter(|(_, run)| pages.fonts[usize::from(run.font.0)].name == "Squares")
        .map(|(_, run)| &*run.text)
        .collect();
    assert_eq!(painted, "한국移民");
}

#[test]
fn right_to_left_runs_are_painted_from_the_right() {
    let text = "abc אבג דהו xyz";
    let letter = document(vec![Part::Body(vec![paragraph(text)])], Vec::new());
    let pages = set(&letter);
    let x = |wanted: &str| runs(&pages).find(|(_, run)| run.text.contains(wanted)).unwrap().1.x.0;
    assert!(x("abc") < x("דהו") && x("דהו") < x("אבג") && x("אבג") < x("xyz"));
    let read: String = runs(&pages).map(|(_, run)| &*run.text).collect();
    assert_eq!(read, text);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let mut letter = sample();
    letter.parts.push(roll(&names(3_000), 3));
    let dump = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let (pages, _) = paginate(&letter, &Fonts::new());
            format!("{:?}", pages.pages)
        })
    };
    assert!(dump(1) == dump(4));
}

#[test]
fn odd_documents_are_set() {
    let empty = document(Vec::new(), Vec::new());
    assert_eq!(set(&empty).pages.len(), 1);
    let hollow = document(
        vec![
            Part::Letterhead {
                name: Vec::new(),
                lines: Vec::new(),
                logos: Vec::new(),
                board: Vec::new(),
            },
            Part::Body(vec![
                paragraph(""),
                paragraph(" \u{200b} "),
                Block::List(List {
                    numbering: None,
                    tight: true,
                    items: vec![Vec::new(), vec![Block::Rule], vec![Block::Code("x\n  y".to_owned())]],
                }),
                Block::Table(Table {
                    alignments: Vec::new(),
                    head: vec![line("a"), Vec::new()],
                    rows: vec![vec![Vec::new(), Vec::new()]],
                }),
                Block::Paragraph(vec![
                    Inline::Break,
                    Inline::Text("a".into()),
                    Inline::Break,
                    Inline::Break,
                    Inline::Text("b".into()),
                ]),
            ]),
            roll(&[], 2),
        ],
        Vec::new(),
    );
    set(&hollow);
    for (paper, margin, size) in [(Paper::A4, 300.0, 24.0), (Paper::Letter, 0.0, 6.0)] {
        let mut letter = sample();
        letter.page.paper = paper;
        letter.page.margin = Pt(margin);
        letter.page.font_size = Pt(size);
        let (pages, _) = paginate(&letter, &EMBEDDED);
        check_tree(&pages);
    }
}

#[test]
fn long_tables_repeat_their_head() {
    let rows = (0..80)
        .map(|number| {
            vec![
                line(&format!("Row {number}")),
                line("A remark that is long enough to wrap ".repeat(3).as_str()),
            ]
        })
        .collect();
    let table = Table {
        alignments: Vec::new(),
        head: vec![line("Name"), line("Remark")],
        rows,
    };
    let pages = set(&document(vec![Part::Body(vec![Block::Table(table)])], Vec::new()));
    assert!(pages.pages.len() > 2);
    for page in &pages.pages {
        let first = page.items.iter().find_map(|item| match item {
            Item::Text(run) => Some(&*run.text),
            Item::Rule { .. } | Item::Image { .. } => None,
        });
        assert_eq!(first, Some("Name"));
    }
}

/// Sets words and checks that lines hold all of them and stay in their column.
fn check_lines(words: &[&str], width: f64, justify: bool, hyphenate: bool) -> Result<(), TestCaseError> {
    use crate::layout::paragraph::format::{Align, BreakPolicy, ParagraphFormat};
    use crate::layout::paragraph::set_text;
    use crate::layout::text::styled_text::{StyledText, TextStyle};
    let language_words = EMBEDDED.words.of_language("en");
    let shaper = crate::layout::text::shape::Shaper {
        fonts: &EMBEDDED,
        language: "en",
        words: &language_words,
    };
    let style = TextStyle::new(crate::layout::text::font_style::FontStyle::Serif, 11.0);
    let text = StyledText::plain(&words.join(" "), style, Mark::Content(ContentId(0)));
    let format = ParagraphFormat {
        width,
        first: 0.0,
        rest: 10.0,
        hang_breaks: false,
        align: if justify { Align::Justify } else { Align::Start },
        break_policy: BreakPolicy::Prose,
        hyphenate,
        leading: 15.0,
        rtl: None,
    };
    let set_text = set_text(&text, &format, shaper);
    let mut read = String::new();
    for line in &set_text.lines {
        prop_assert!(
            line.left >= -0.01 && line.right <= width + 0.05,
            "{} to {} of {width}",
            line.left,
            line.right
        );
        for run in &line.runs {
            if run.actual_text.as_deref() != Some("\u{ad}") {
                read.push_str(&run.text);
            }
        }
    }
    prop_assert_eq!(read, text.chars);
    Ok(())
}

#[test]
fn words_kept_together_part_before_they_overflow() {
    check_lines(&["A", "WAAaAaaA", "—"], 72.4, false, false).unwrap();
    check_lines(&["Dr.", "Incomprehensibilities"], 90.0, true, false).unwrap();
}

#[test]
fn parts_of_a_word_shaped_alone_stay_in_their_line() {
    // Without the kerning of the letters at the cut, a part is wider than it was.
    let words = "AAAb K. KAa Aa A. AA AA e\u{301}o\u{308} akmkkkaadcbdrrnqrbvcxarsnvkgxkciaaaaaaaa aawAAAAAaA";
    let words: Vec<&str> = words.split(' ').collect();
    check_lines(&words, 127.77877836551716, false, false).unwrap();
}

/// A line of words, some with a link, a break, a footnote mark or emphasis.
fn any_line() -> impl Strategy<Value = Line> {
    let inline = prop_oneof![
        6 => prop::collection::vec(word(), 1..12).prop_map(|words| Inline::Text((words.join(" ") + " ").into())),
        1 => word().prop_map(|word| Inline::Emphasis(line(&word))),
        1 => word().prop_map(|word| Inline::Link { to: "https://example.org/".to_owned(), content: line(&word), origin: origin() }),
        1 => (0..3_usize).prop_map(Inline::FootnoteMark),
        1 => Just(Inline::Break),
    ];
    prop::collection::vec(inline, 0..8)
}

fn any_block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        5 => any_line().prop_map(Block::Paragraph),
        1 => any_line().prop_map(|content| Block::Heading { level: 3, content, origin: origin() }),
        1 => Just(Block::Rule),
        1 => Just(Block::Code("a\n  b".to_owned())),
        1 => (prop::collection::vec(any_line(), 4), 1..5_usize).prop_map(|(cells, rows)| Block::Table(Table {
            alignments: Vec::new(),
            head: cells.clone(),
            rows: vec![cells; rows],
        })),
    ];
    leaf.prop_recursive(6, 24, 4, |inner| {
        let blocks = prop::collection::vec(inner, 0..4);
        prop_oneof![
            blocks.clone().prop_map(Block::Quote),
            (prop::collection::vec(blocks, 1..4), any::<bool>(), 0..200_u64).prop_map(|(items, tight, start)| {
                Block::List(List {
                    numbering: (start > 100).then(|| Numbering::decimal(start, items.len())),
                    tight,
                    items,
                })
            }),
        ]
    })
}

/// Words of several scripts and habits.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[a-zA-Z]{1,14}",
        1 => "[a-z]{20,60}",
        1 => "[a-z]{2,6}-[a-z]{2,6}",
        1 => "[A-Z]\\.",
        1 => "[0-9]{1,4}[,.]?",
        1 => "[א-ת]{2,8}",
        1 => "[一-龥]{1,12}",
        1 => "[ئ-ي]{2,8}",
        1 => Just("e\u{301}o\u{308}".to_owned()),
        1 => Just("§".to_owned()),
        1 => Just("—".to_owned()),
    ]
}

mod properties {
    use super::*;
    use crate::testing::chance;

    proptest! {
        #![proptest_config(chance::cases(48))]

        #[test]
        fn lines_hold_every_character_and_stay_in_their_column(
            words in prop::collection::vec(word(), 1..60),
            width in 60.0_f64..500.0,
            justify: bool,
            hyphenate: bool,
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            check_lines(&words, width, justify, hyphenate)?;
        }

        #[test]
        fn any_letter_stands_within_its_margins_and_is_tagged(
            blocks in prop::collection::vec(any_block(), 1..12),
            notes in prop::collection::vec(prop::collection::vec(any_block(), 0..3), 3),
            justify: bool,
        ) {
            let mut letter = document(vec![Part::Body(blocks), roll(&names(5), 3)], notes);
            letter.page.justify = justify;
            set(&letter);
        }
    }
}
