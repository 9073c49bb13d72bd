//! Snapshots of what letters seldom have: signatures by hand, appendices, passages in
//! another language, pictures within a line.

use super::pictures::image;
use super::{document, heading, line, paragraph, roll, set};
use crate::compose::document::{Block, Document, Inline, Part, Signature};
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
