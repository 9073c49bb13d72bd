//! A document with something of everything, for the tests of all formats.

use crate::compose::document::{Block, Document, Image, Inline, List, Part, RollEntry, RollSection, Table};
use crate::model::numbering::Numbering;
use crate::model::picture::{Picture, PictureFormat};
use crate::model::text::Alignment;
use crate::testing;
pub(super) use crate::testing::{heading, link, origin, paragraph, roll, text};
use jiff::civil::Date;
use std::sync::Arc;

/// A picture of one red pixel, or an SVG.
pub(crate) fn image(format: PictureFormat, alt: &str) -> Image {
    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><path fill=\"#f00\" d=\"M0 0h40v20h-40z\"/></svg>";
    let data = match format {
        PictureFormat::Svg => SVG.as_bytes().to_vec(),
        _ => {
            let mut data = Vec::new();
            let mut encoder = png::Encoder::new(&mut data, 2, 1);
            encoder.set_color(png::ColorType::Rgb);
            let mut writer = encoder.write_header().expect("a header");
            writer.write_image_data(&[255, 0, 0, 255, 0, 0]).expect("two pixels");
            drop(writer);
            data
        }
    };
    let (width, height) = match format {
        PictureFormat::Svg => (40.0, 20.0),
        _ => (2.0, 1.0),
    };
    Image {
        path: "picture.png".into(),
        alt: alt.into(),
        origin: origin(),
        picture: Some(Arc::new(Picture {
            format,
            width,
            height,
            data,
            name: String::new(),
        })),
    }
}

pub(super) fn document(parts: Vec<Part>, footnotes: Vec<Vec<Block>>) -> Document {
    Document {
        title: "Two changes".into(),
        subject: "Two changes".into(),
        date: Some(Date::constant(2021, 3, 1)),
        ..testing::document(parts, footnotes)
    }
}

/// Something of everything.
pub(crate) fn everything() -> Document {
    let mut roll = roll(&["Alpha & Co", "Make the Road New York"]);
    roll.heading = Some(text("The 3 undersigned"));
    roll.sections[0].heading = Some("National".into());
    roll.sections.push(RollSection {
        heading: Some("Individuals".into()),
        sentence: String::new(),
        entries: vec![RollEntry {
            rank: 0,
            mark: "",
            kind: Default::default(),
            name: "Ana Ruiz".into(),
            place: None,
            detail: Some("Professor, University of Springfield and other places".into()),
            logo: None,
        }],
    });
    roll.note = Some(text("Affiliation for identification purposes only."));
    let body = vec![
        heading(2, "What we ask"),
        Block::Paragraph(vec![
            Inline::Text("We write ".into()),
            Inline::Strong(text("today")),
            Inline::Text(" about ".into()),
            link("https://example.org/a?b=1&c=2", "the rule"),
            Inline::Text(", which ".into()),
            Inline::Strikethrough(text("stands")),
            Inline::Text(" falls.".into()),
            Inline::FootnoteMark(0),
            link("javascript:alert(1)", " Bad."),
        ]),
        Block::List(List {
            numbering: Some(Numbering::decimal(9, 2)),
            tight: true,
            items: vec![
                vec![paragraph("Close the centers.")],
                vec![
                    paragraph("End the programs:"),
                    Block::List(List {
                        numbering: None,
                        tight: true,
                        items: vec![vec![paragraph("one;")], vec![paragraph("the other.")]],
                    }),
                ],
            ],
        }),
        Block::Quote(vec![paragraph("It is time."), paragraph("Now.")]),
        Block::Table(Table {
            alignments: vec![Alignment::Start, Alignment::End],
            head: vec![text("Month"), text("People")],
            rows: vec![vec![text("March"), text("26,248")], vec![text("April"), text("913")]],
        }),
        Block::Code("let it = be;\n  so".into()),
        Block::Rule,
        Block::Paragraph(vec![Inline::Image(image(PictureFormat::Png, "A map"))]),
        Block::Html("<script>alert(1)</script>".into()),
    ];
    let parts = vec![
        Part::Letterhead {
            name: text("We Are Home"),
            lines: vec![text("1 Example Street"), text("example.org")],
            logos: vec![image(PictureFormat::Svg, "A house")],
            board: Vec::new(),
        },
        Part::Dateline(text("March 1, 2021")),
        Part::Via(text("Via electronic mail")),
        Part::Addressees(vec![vec![text("The Honorable Ana Ruiz"), text("Secretary")]]),
        Part::Subject {
            label: "RE:".into(),
            content: text("Two changes"),
        },
        Part::Salutation(text("Dear Secretary Ruiz:")),
        Part::Body(body),
        Part::Closing(text("Respectfully,")),
        Part::Roll(roll),
        Part::Notes {
            label: "cc:".into(),
            lines: vec![text("Domestic Policy Council"), text("Office of the General Counsel")],
        },
    ];
    document(
        parts,
        vec![vec![
            Block::Paragraph(vec![
                Inline::Text("See ".into()),
                link("https://example.org/note", "the note"),
                Inline::Text(".".into()),
            ]),
            paragraph("And more."),
        ]],
    )
}
