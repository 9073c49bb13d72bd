//! Where parts stand: edges, indents, distances.

use super::{document, end, heading, line, paragraph, roll, run, runs, set};
use crate::compose::document::{Block, Inline, List, Part, Roll, RollSection, Table};
use crate::layout::frame::{Item, Mark, TextRun};
use crate::layout::{Fonts, paginate};
use crate::model::letter::RollStyle;
use crate::model::numbering::Numbering;

const LEFT: f64 = 72.0;
const RIGHT: f64 = 540.0;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.5
}

fn body(blocks: Vec<Block>) -> Vec<Part> {
    vec![Part::Body(blocks)]
}

fn items(start: Option<u64>, items: Vec<Vec<Block>>) -> Block {
    Block::List(List {
        numbering: start.map(|start| Numbering::decimal(start, items.len())),
        tight: true,
        items,
    })
}

fn small_table() -> Block {
    Block::Table(Table {
        alignments: Vec::new(),
        head: vec![line("אא"), line("בב")],
        rows: vec![vec![line("גג"), line("דד")]],
    })
}

#[test]
fn letters_from_right_to_left_are_mirrored() {
    let mut letter = document(
        body(vec![items(Some(1), vec![vec![paragraph("אבגד")]]), small_table()]),
        Vec::new(),
    );
    letter.parts.push(Part::Notes {
        label: "העתק:".to_owned(),
        lines: vec![line("הוזח")],
    });
    letter.language = "he".to_owned();
    let pages = set(&letter);
    let (label, item) = (run(&pages, "1"), run(&pages, "אבגד"));
    assert!(label.x.0 > end(item) && end(label) > RIGHT - 30.0);
    assert!(
        run(&pages, "אא").x.0 > run(&pages, "בב").x.0,
        "the first column is the right one"
    );
    let rule = pages.pages[0].items.iter().find_map(|item| match item {
        Item::Rule { area, .. } => Some(area.x.0 + area.width.0),
        _ => None,
    });
    assert!(near(rule.unwrap(), RIGHT), "the table stands at the right");
    assert!(run(&pages, "העתק").x.0 > run(&pages, "הוזח").x.0);
}

#[test]
fn a_label_and_its_text_stand_together_whatever_the_script() {
    let list = items(None, vec![vec![paragraph("שלום עולם")]]);
    let pages = set(&document(body(vec![list]), Vec::new()));
    let (bullet, text) = (run(&pages, "•"), run(&pages, "עולם"));
    assert!(text.x.0 - end(bullet) < 12.0, "{} after {}", text.x.0, end(bullet));
}

#[test]
fn headings_take_the_indent_of_their_surroundings() {
    let quote = Block::Quote(vec![heading("Within"), paragraph("Quoted.")]);
    let pages = set(&document(body(vec![quote]), Vec::new()));
    assert!(near(run(&pages, "Within").x.0, run(&pages, "Quoted").x.0));
    assert!(run(&pages, "Within").x.0 > LEFT + 10.0);
}

#[test]
fn headings_stand_nearer_to_their_text_than_paragraphs_to_each_other() {
    let blocks = vec![
        paragraph("One."),
        paragraph("Two."),
        heading("Head"),
        paragraph("Three."),
    ];
    let mut letter = document(body(blocks), Vec::new());
    letter.parts.push(roll(&["Name".to_owned()], 2));
    let pages = set(&letter);
    let y = |words: &str| run(&pages, words).y.0;
    let step = y("Two") - y("One");
    assert!(y("Three") - y("Head") < step - 2.0);
    assert!(y("Head") - y("Two") > step + 2.0);
    assert!(y("Name") - y("The undersigned") < step);
}

#[test]
fn labels_stand_beside_the_first_line_of_what_they_label() {
    let code = Block::Code("code".to_owned());
    let inner = items(None, vec![vec![paragraph("Inner")]]);
    let list = items(Some(1), vec![vec![inner], vec![small_table()], vec![code]]);
    let pages = set(&document(body(vec![list]), Vec::new()));
    for (label, text) in [("1.", "Inner"), ("–", "Inner"), ("2.", "אא"), ("3.", "code")] {
        assert!(near(run(&pages, label).y.0, run(&pages, text).y.0), "{label}");
        assert!(run(&pages, label).x.0 < run(&pages, text).x.0, "{label}");
    }
    // Outermost first, as they are read.
    let order: Vec<&str> = runs(&pages).map(|(_, run)| &*run.text).take(3).collect();
    assert_eq!(order, ["1.", "–", "Inner"]);
}

#[test]
fn a_letterheads_lines_start_at_its_edge_and_have_no_dot_there() {
    let lines: Vec<_> = (10..40).map(|number| line(&format!("Telephone {number}"))).collect();
    let head = Part::Letterhead {
        name: line("The Greater Northern Harbor and Hinterland Coalition for the Preservation of Public Transport"),
        lines,
        logos: Vec::new(),
        board: Vec::new(),
    };
    let pages = set(&document(vec![head], Vec::new()));
    let mut rows: Vec<(f64, f64, String)> = Vec::new();
    for (_, run) in runs(&pages) {
        match rows.last_mut() {
            Some((y, _, row)) if near(*y, run.y.0) => row.push_str(&run.text),
            _ => rows.push((run.y.0, run.x.0, run.text.to_string())),
        }
    }
    assert!(rows.len() > 4);
    for (_, x, row) in &rows {
        assert!(near(*x, LEFT), "{row}");
        assert!(!row.trim().starts_with('·') && !row.trim().ends_with('·'), "{row}");
    }
    let dots: usize = rows.iter().map(|(.., row)| row.matches('·').count()).sum();
    let dotted = rows.iter().filter(|(.., row)| row.contains('·')).count();
    assert_eq!(dots + dotted, 30, "the rest of the lines is told apart by dots");
}

#[test]
fn copies_and_enclosures_start_at_one_edge_and_stay_together() {
    for paragraphs in 0..45 {
        let mut letter = document(body(vec![paragraph("StyledText."); paragraphs]), Vec::new());
        for label in ["cc:", "Enclosures:"] {
            letter.parts.push(Part::Notes {
                label: label.to_owned(),
                lines: vec![line(&format!("First of {label}")), line(&format!("Second of {label}"))],
            });
        }
        let pages = set(&letter);
        assert!(near(run(&pages, "First of cc").x.0, run(&pages, "First of En").x.0));
        let page = |words: &str| runs(&pages).find(|(_, run)| run.text.starts_with(words)).unwrap().0;
        assert_eq!(page("First of En"), page("Second of En"));
        assert_eq!(page("Enclosures"), page("Second of En"));
    }
}

#[test]
fn a_roll_of_nobody_has_no_heading() {
    let letter = document(
        vec![Part::Body(vec![paragraph("StyledText.")]), roll(&[], 2)],
        Vec::new(),
    );
    let pages = set(&letter);
    assert_eq!(
        runs(&pages).map(|(_, run)| &*run.text).collect::<Vec<_>>(),
        ["StyledText."]
    );
    assert!(pages.outline.is_empty());
}

#[test]
fn a_roll_without_a_heading_stands_off_the_text() {
    let section = RollSection {
        heading: None,
        sentence: "Harbor and Maple".to_owned(),
        entries: Vec::new(),
    };
    for style in [RollStyle::Columns, RollStyle::Sentence] {
        let Part::Roll(Roll { sections, .. }) = roll(&["Harbor".to_owned()], 2) else {
            unreachable!()
        };
        let roll = Part::Roll(Roll {
            heading: None,
            style,
            columns: 2,
            font_size: None,
            sections: if style == RollStyle::Sentence {
                vec![section.clone()]
            } else {
                sections
            },
            note: None,
        });
        let parts = vec![Part::Body(vec![paragraph("One."), paragraph("Two.")]), roll];
        let pages = set(&document(parts, Vec::new()));
        let y = |words: &str| run(&pages, words).y.0;
        assert!(y("Harbor") - y("Two") > y("Two") - y("One") + 3.0);
    }
}

#[test]
fn large_print_has_fewer_columns() {
    let names = ["Harbor Street Tenants Union", "Maple County"].map(str::to_owned);
    let mut letter = document(vec![roll(&names, 3)], Vec::new());
    letter.page.font_size = crate::model::units::Pt(24.0);
    let pages = set(&letter);
    // Of 468 points, three columns have 5 em each, two have 10.
    assert!(run(&pages, "Maple").x.0 > LEFT + 200.0);
    assert!(
        runs(&pages).all(|(_, run)| run.actual_text.is_none()),
        "no word is divided"
    );
}

#[test]
fn code_keeps_its_columns() {
    let code = Block::Code("a\tb\nlonger\tc\n    d\n".to_owned() + &"x".repeat(120));
    let text = vec![Inline::Text("See ".into()), Inline::Code("--strict".to_owned())];
    let pages = set(&document(body(vec![Block::Paragraph(text), code]), Vec::new()));
    let mono: Vec<&TextRun> = runs(&pages)
        .map(|(_, run)| run)
        .filter(|run| pages.fonts[usize::from(run.font.0)].name == "Source Code Pro")
        .collect();
    let texts: Vec<String> = mono.iter().map(|run| run.text.replace('\u{a0}', " ")).collect();
    assert_eq!(texts[..4], ["--strict", "a   b", "longer  c", "    d"]);
    assert!(
        mono.iter()
            .flat_map(|run| &run.glyphs)
            .all(|glyph| (glyph.advance - 600.0).abs() < 0.01)
    );
    // A line that is turned over is indented, and loses nothing.
    assert!(mono[5].x.0 > mono[4].x.0 + 5.0);
    assert_eq!(texts[4..].concat(), "x".repeat(120));
    assert!(matches!(mono[5].mark, Mark::Content(_)));
}

#[test]
fn rows_of_the_roll_stand_level_whatever_the_scripts() {
    let names = [
        "Harbor",
        "جمعية السائقين",
        "चालक समिति",
        "Tenants",
        "ชมรมคนขับรถ",
        "港の乗客の会",
        "Ένωση",
        "ועד הנהגים",
        "Nghiệp đoàn",
        "চালক সমিতি",
        "운전기사",
        "Last",
    ];
    let letter = document(vec![roll(&names.map(str::to_owned), 2)], Vec::new());
    let (pages, _) = paginate(&letter, &Fonts::new());
    let mut rows: Vec<f64> = runs(&pages).skip(1).map(|(_, run)| run.y.0).collect();
    rows.sort_by(f64::total_cmp);
    rows.dedup_by(|a, b| (*a - *b).abs() < 0.01);
    assert_eq!(rows.len(), 6, "{rows:?}");
    let pitch = rows[1] - rows[0];
    assert!(
        rows.windows(2).all(|pair| (pair[1] - pair[0] - pitch).abs() < 0.01),
        "{rows:?}"
    );
}
