//! Looks: which faces and colors reach the pages.

use super::*;
use crate::layout::frame::Color;
use crate::model::style::{Look, StyleSetting};

/// A letter with most of what has a face or a color.
fn letter(look: Look, accent: Option<Color>) -> Document {
    let link = Inline::Link {
        to: "https://example.org".to_owned(),
        content: line("the page"),
        origin: origin(),
    };
    let text = vec![
        Inline::Text("What ".into()),
        Inline::Emphasis(line("we")),
        Inline::Text(" ask is on ".into()),
        link,
        Inline::Text(", in full.".into()),
    ];
    let boxed = Block::Box {
        title: line("How"),
        content: vec![paragraph("A box has a background.")],
    };
    let parts = vec![
        Part::Letterhead {
            name: line("We Are Home"),
            lines: vec![line("wearehome.example")],
            logos: Vec::new(),
            board: Vec::new(),
        },
        Part::Body(vec![heading("What we ask"), Block::Paragraph(text), boxed]),
        roll(&["Mijente".to_owned(), "CASA".to_owned()], 2),
    ];
    let mut document = document(parts, Vec::new());
    document.style = StyleSetting {
        look,
        accent,
        ..StyleSetting::default()
    };
    document
}

/// The colors of a document's text, and of its rules.
fn colors(pages: &Pages) -> (Vec<Color>, Vec<Color>) {
    let (mut text, mut rules) = (Vec::new(), Vec::new());
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        match item {
            Item::Text(run) => text.push(run.color),
            Item::Rule { color, .. } => rules.push(*color),
            Item::Image { .. } => {}
        }
    }
    (text, rules)
}

#[test]
fn a_look_brings_its_family_and_no_other() {
    let check = |look, expected: &[&str]| {
        let pages = set(&letter(look, None));
        let mut names: Vec<&str> = pages.fonts.iter().map(|font| font.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, expected, "{look:?}");
    };
    check(
        Look::Classic,
        &[
            "Source Sans 3",
            "Source Sans 3 SemiBold",
            "Source Serif 4",
            "Source Serif 4 Italic",
        ],
    );
    check(
        Look::Modern,
        &["Source Sans 3", "Source Sans 3 Italic", "Source Sans 3 SemiBold"],
    );
    check(
        Look::Plain,
        &["Source Serif 4", "Source Serif 4 Bold", "Source Serif 4 Italic"],
    );
}

#[test]
fn plain_pages_have_no_color_and_underline_links() {
    let (text, rules) = colors(&set(&letter(Look::Plain, None)));
    let gray = |color: &Color| color.0[0] == color.0[1] && color.0[1] == color.0[2];
    assert!(text.iter().chain(&rules).all(gray));
    // Below the two words and the space of the link, and beside the box's lines.
    assert_eq!(rules.len(), 3 + 2);
}

#[test]
fn the_coalitions_color_is_on_the_page() {
    let accent = Color([0xb3, 0x26, 0x1e]);
    let counted = |look| {
        let (text, rules) = colors(&set(&letter(look, Some(accent))));
        let own = |colors: &[Color]| colors.iter().filter(|&&color| color == accent).count();
        (own(&text), own(&rules))
    };
    // The name, the box's title; the letterhead's rule, the bar along the box's lines.
    assert_eq!(counted(Look::Classic), (2, 1 + 2));
    // The two headings as well.
    assert_eq!(counted(Look::Modern), (4, 1 + 2));
    // The plain look has no rule there.
    assert_eq!(counted(Look::Plain), (2, 2));
}
