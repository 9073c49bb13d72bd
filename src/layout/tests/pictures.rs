//! Logos and figures in their places.

use super::{EMBEDDED, document, line, origin, paragraph, runs, set};
use crate::compose::document::{Block, Image, Inline, Part};
use crate::layout::frame::{Item, Pages, Role};
use crate::layout::{outline, paginate};
use crate::model::picture::{Picture, PictureFormat};
use std::sync::Arc;

/// A picture of that size, without bytes: layout never looks at them.
pub(crate) fn image(format: PictureFormat, width: f64, height: f64, alt: &str) -> Image {
    Image {
        path: "a.png".to_owned(),
        alt: alt.to_owned(),
        origin: origin(),
        picture: Some(Arc::new(Picture {
            format,
            width,
            height,
            data: Vec::new(),
            name: String::new(),
        })),
    }
}

/// Where pictures are painted: page, left, top, width and height.
fn pictures(pages: &Pages) -> Vec<(usize, [f64; 4])> {
    let all = pages
        .pages
        .iter()
        .enumerate()
        .flat_map(|(number, page)| page.items.iter().map(move |item| (number, item)));
    all.filter_map(|(number, item)| match item {
        Item::Image { area, .. } => Some((number, [area.x.0, area.y.0, area.width.0, area.height.0])),
        _ => None,
    })
    .collect()
}

#[test]
fn a_logo_stands_beside_the_name_and_comes_first() {
    let check = |format, width, height, expected: [f64; 2]| {
        let head = Part::Letterhead {
            name: line("We Are Home"),
            lines: vec![line("example.org")],
            logos: vec![image(format, width, height, "A house")],
            board: Vec::new(),
        };
        let pages = set(&document(
            vec![head, Part::Body(vec![paragraph("StyledText.")])],
            Vec::new(),
        ));
        let (_, [left, top, wide, high]) = pictures(&pages)[0];
        assert_eq!([wide, high], expected);
        assert!(left == 72.0 && top >= 72.0);
        let (_, name) = runs(&pages).next().unwrap();
        assert!(name.x.0 > left + wide, "the name begins right of the logo");
        let outline = outline::structure(&pages);
        let expected = "Document\n  Sect\n    Figure\n      “”\n    P\n      “We Are Home";
        assert!(outline.starts_with(expected), "{outline}");
        let body = runs(&pages).find(|(_, run)| &*run.text == "StyledText.").unwrap().1;
        assert!(body.y.0 > top + high, "the text begins below the logo");
    };
    // 54 points high at most, half the measure wide; an SVG grows, pixels do not.
    check(PictureFormat::Svg, 10.0, 10.0, [54.0, 54.0]);
    check(PictureFormat::Svg, 1000.0, 100.0, [234.0, 23.4]);
    check(PictureFormat::Png, 75.0, 50.0, [36.0, 24.0]);
    check(PictureFormat::Png, 3000.0, 3000.0, [54.0, 54.0]);
}

#[test]
fn a_picture_alone_is_a_figure_in_the_middle() {
    let alone = |image: Image| Block::Paragraph(vec![Inline::Image(image)]);
    let format = PictureFormat::Jpeg { gray: false };
    let body = vec![
        paragraph("Before:"),
        alone(image(format, 300.0, 150.0, "A map")),
        alone(image(format, 30_000.0, 15_000.0, "")),
        alone(image(format, 10.0, 20_000.0, "A tall one")),
        paragraph("After."),
    ];
    let pages = set(&document(vec![Part::Body(body)], Vec::new()));
    let found = pictures(&pages);
    // 300 pixels at 150 an inch; the measure is 468, the text 648 points high.
    assert_eq!((found[0].1[0], found[0].1[2], found[0].1[3]), (234.0, 144.0, 72.0));
    assert_eq!((found[1].1[0], found[1].1[2], found[1].1[3]), (72.0, 468.0, 234.0));
    assert!(
        (found[2].1[3] - 518.4).abs() < 0.001 && found[2].0 == 1,
        "on a page of its own height"
    );
    let outline = outline::structure(&pages);
    assert_eq!(outline.matches("Figure").count(), 2, "one is decoration: {outline}");
}

#[test]
fn a_linked_picture_is_clicked_as_a_whole() {
    let link = Inline::Link {
        to: "https://example.org".to_owned(),
        content: vec![Inline::Image(image(PictureFormat::Png, 150.0, 75.0, "A map"))],
        origin: origin(),
    };
    let pages = set(&document(
        vec![Part::Body(vec![Block::Paragraph(vec![link])])],
        Vec::new(),
    ));
    let area = pages.pages[0].links[0].area;
    assert_eq!((area.width.0, area.height.0), (72.0, 36.0));
    assert_eq!(pages.structure.node(pages.pages[0].links[0].node).role, Role::Link);
}

#[test]
fn a_picture_within_a_line_stands_on_its_baseline() {
    let text = |text: &str| Inline::Text(text.into());
    let line = vec![
        text("See "),
        Inline::Image(image(PictureFormat::Png, 15.0, 15.0, "the wheel")),
        text(" and "),
        Inline::Image(image(PictureFormat::Png, 3000.0, 1500.0, "")),
        text(" there."),
    ];
    let letter = document(vec![Part::Body(vec![Block::Paragraph(line)])], Vec::new());
    let (pages, diagnostics) = paginate(&letter, &EMBEDDED);
    assert_eq!(diagnostics, []);
    let baseline = runs(&pages).next().map_or(0.0, |(_, run)| run.y.0);
    let found = pictures(&pages);
    for (_, [_, top, _, high]) in &found {
        assert!((top + high - baseline).abs() < 0.01, "{top} {high} {baseline}");
    }
    // Two lines high at most: 2.7 of 11.5 points.
    let sizes: Vec<_> = found.iter().map(|(_, [_, _, wide, high])| (*wide, *high)).collect();
    assert!(
        (sizes[0].0 - 7.2).abs() < 0.01 && (sizes[1].1 - 31.05).abs() < 0.01,
        "{sizes:?}"
    );
    // The line is as high as the picture, and its words come in order.
    assert!(baseline > 72.0 + 29.0, "{baseline}");
    let outline = outline::structure(&pages);
    assert!(outline.contains("“See ”\n      Figure\n"), "{outline}");
    assert_eq!(outline.matches("Figure").count(), 1, "one is decoration: {outline}");
}
