//! What a Word file must be, read back from its package. LibreOffice has its say in
//! tests/outside.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::compose::document::{Block, ContentsEntry, Inline, List, Part, Roll, RollEntry};
use crate::emit::tests::{document, everything, paragraph, roll};
use crate::model::letter::RollStyle;
use crate::model::picture::PictureFormat;
use crate::model::style::{Color, Look};
use crate::model::units::Pt;
use crate::source::{Origin, SourceMap};
use proptest::prelude::*;
use std::io::Cursor;
use std::io::Read;

fn files(document: &Document) -> Vec<(String, String)> {
    let bytes = docx(document, &EmitOptions::default()).unwrap().bytes;
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (
                file.name().unwrap().into_owned(),
                String::from_utf8_lossy(&bytes).into_owned(),
            )
        })
        .collect()
}

fn file(document: &Document, name: &str) -> String {
    files(document).into_iter().find(|(found, _)| found == name).unwrap().1
}

/// The characters of a part, a paragraph a line.
fn words(xml: &str) -> String {
    let mut out = String::new();
    for tag in xml.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap();
        if tag == "/w:p" {
            out.push('\n');
        } else if tag.starts_with("w:t ") || tag == "w:t" {
            out.push_str(text);
        }
    }
    out.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[test]
fn a_letter_has_its_parts() {
    let letter = everything();
    let names: Vec<String> = files(&letter).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names[0], "[Content_Types].xml");
    assert!(
        names.contains(&"word/media/picture1.png".to_owned()) && names.contains(&"word/media/picture2.png".to_owned())
    );
    let text = file(&letter, "word/document.xml");
    for expected in [
        "<w:footnoteReference w:id=\"1\">",
        "<w:cols w:num=\"2\"",
        "<w:tblHeader>",
        "descr=\"A map\"",
        "<w:pStyle w:val=\"Title\">",
        "<w:pStyle w:val=\"Heading1\">",
        "<w:strike>",
        "<w:hyperlink r:id=\"link1\"",
    ] {
        assert!(text.contains(expected), "{expected}");
    }
    assert!(!text.contains("javascript"), "{text}");
    let numbering = file(&letter, "word/numbering.xml");
    assert!(numbering.contains("<w:startOverride w:val=\"9\">"), "{numbering}");
    let links = file(&letter, "word/_rels/document.xml.rels");
    assert!(
        links.contains("Target=\"https://example.org/a?b=1&amp;c=2\" TargetMode=\"External\""),
        "{links}"
    );
    let notes = file(&letter, "word/footnotes.xml");
    assert!(
        notes.contains("<w:footnoteRef>") && notes.contains("<w:hyperlink r:id=\"link1\""),
        "{notes}"
    );
    assert_eq!(words(&notes).trim(), "See the note.\nAnd more.");
    let core = file(&letter, "docProps/core.xml");
    for expected in [
        "<dc:title>Two changes</dc:title>",
        "<dc:creator>We Are Home</dc:creator>",
        ">2021-03-01T12:00:00Z<",
    ] {
        assert!(core.contains(expected), "{core}");
    }
}

#[test]
fn no_footnote_is_lost() {
    let mark = |mark| Block::Paragraph(vec![Inline::Text("x".into()), Inline::FootnoteMark(mark)]);
    let letter = document(
        vec![Part::Body(vec![mark(0), mark(0)])],
        vec![vec![mark(1)], vec![paragraph("only a note speaks of it")]],
    );
    let text = file(&letter, "word/document.xml");
    assert_eq!(text.matches("w:footnoteReference ").count(), 1);
    assert!(
        words(&text).ends_with("2.\nonly a note speaks of it\n"),
        "{}",
        words(&text)
    );
}

#[test]
fn a_second_mark_refers_to_its_note() {
    let line = |marks: &[usize]| {
        let mut line = vec![Inline::Text("x".into())];
        line.extend(marks.iter().map(|mark| Inline::FootnoteMark(*mark)));
        Block::Paragraph(line)
    };
    let notes = vec![vec![paragraph("one")], vec![line(&[0])]];
    let letter = document(vec![Part::Body(vec![line(&[0, 1]), line(&[0])])], notes);
    let text = file(&letter, "word/document.xml");
    assert_eq!(text.matches("w:footnoteReference ").count(), 2);
    assert_eq!(text.matches("w:name=\"_RefNote1\"").count(), 1);
    assert_eq!(text.matches(" NOTEREF _RefNote1 ").count(), 1);
    assert!(words(&text).starts_with("x,"), "{}", words(&text));
    assert!(file(&letter, "word/footnotes.xml").contains(" NOTEREF _RefNote1 "));
}

#[test]
fn a_passage_has_its_language_and_direction() {
    let passage = Block::Passage {
        language: "ar".to_owned(),
        blocks: vec![paragraph("سلام 313-555-0148")],
    };
    let letter = document(vec![Part::Body(vec![paragraph("In English."), passage])], Vec::new());
    let text = file(&letter, "word/document.xml");
    assert_eq!(text.matches("<w:bidi w:val=\"true\">").count(), 1, "{text}");
    assert_eq!(text.matches("w:bidi=\"ar\"").count(), 1, "{text}");
    assert!(text.contains("\u{200e}313-555-0148\u{200e}"), "{text}");
}

#[test]
fn only_prose_is_set_to_both_margins() {
    let mut letter = everything();
    letter.page.justify = true;
    let styles = file(&letter, "word/styles.xml");
    let style = |id: &str| {
        let from = styles.find(&format!("w:styleId=\"{id}\"")).unwrap();
        styles[from..from + styles[from..].find("</w:style>").unwrap()].to_owned()
    };
    assert!(style("Normal").contains("w:jc w:val=\"both\""));
    for id in ["Addressee", "Heading1", "TableText", "Roll", "Note"] {
        assert!(style(id).contains("w:jc w:val=\"left\""), "{id}");
    }
    for id in ["Quote", "ListParagraph", "FootnoteText"] {
        assert!(!style(id).contains("w:jc"), "{id}");
    }
}

#[test]
fn contents_lead_to_their_headings() {
    let origin = |at| Origin::Span {
        file: SourceMap::default().add("plan.md", ""),
        start: at,
        end: at + 1,
    };
    let heading = |at, title: &str| Block::Heading {
        level: 2,
        content: vec![Inline::Text(title.into())],
        origin: origin(at),
    };
    let entry = |heading, title: &str| ContentsEntry {
        level: 1,
        title: vec![Inline::Text(title.into())],
        heading,
    };
    let plan = document(
        vec![
            Part::Contents {
                heading: "Contents".to_owned(),
                entries: vec![entry(Some(origin(1)), "One"), entry(None, "Endorsed by")],
            },
            Part::Body(vec![
                heading(1, "One"),
                heading(2, "Not named"),
                heading(1, "One again"),
            ]),
            Part::Roll(Roll {
                heading: Some(vec![Inline::Text("Endorsed by".into())]),
                ..roll(&["Mijente"])
            }),
        ],
        Vec::new(),
    );
    let text = file(&plan, "word/document.xml");
    for (place, title) in [(1, "One"), (2, "Endorsed by")] {
        let marked = format!(
            "<w:bookmarkStart w:id=\"{place}\" w:name=\"_Toc{place}\"></w:bookmarkStart>\
             <w:r><w:t xml:space=\"preserve\">{title}</w:t></w:r>"
        );
        assert_eq!(text.matches(&marked).count(), 1, "{text}");
        assert!(
            text.contains(&format!("<w:hyperlink w:anchor=\"_Toc{place}\"")),
            "{text}"
        );
        assert!(text.contains(&format!(" PAGEREF _Toc{place} \\h ")), "{text}");
    }
    assert_eq!(text.matches("<w:bookmarkStart ").count(), 2);
    // The contents, and what follows them.
    assert_eq!(text.matches("<w:pageBreakBefore>").count(), 2);
}

#[test]
fn a_heading_among_names_in_columns_has_their_size_in_small_capitals() {
    let mut list = roll(&["Mijente"]);
    list.columns = 2;
    list.style = RollStyle::Columns;
    list.font_size = Some(Pt(9.5));
    list.sections[0].heading = Some("Labor".to_owned());
    let heading = |list: Roll| {
        let text = file(&document(vec![Part::Roll(list)], Vec::new()), "word/document.xml");
        let parsed = usvg::roxmltree::Document::parse(&text).unwrap();
        let run = parsed
            .descendants()
            .filter(|node| node.tag_name().name() == "r")
            .find(|run| run.descendants().any(|node| node.text() == Some("Labor")))
            .unwrap();
        let size = run.descendants().find(|node| node.tag_name().name() == "sz");
        (
            run.descendants().any(|node| node.tag_name().name() == "smallCaps"),
            size.and_then(|node| node.attributes().next())
                .map(|value| value.value().to_owned()),
        )
    };
    assert_eq!(heading(list.clone()), (true, Some("19".to_owned())));
    // Above a list, it is a heading like others.
    list.style = RollStyle::List;
    assert_eq!(heading(list), (false, None));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let bytes = || docx(&everything(), &EmitOptions::default()).unwrap().bytes;
    assert!(bytes() == bytes());
}

mod properties {
    use super::*;
    use crate::testing::chance;

    proptest! {
        #![proptest_config(chance::cases(256))]

        #[test]
        fn every_part_is_xml_and_every_name_is_there(name in "[\\PC\u{0}-\u{1f}\u{fffe}<>&\"']{1,40}") {
            let mut list = roll(&[]);
            list.sections[0].entries.push(RollEntry { rank: 0, mark: "", kind: Default::default(), name: name.clone(), place: None, detail: Some(name.clone()), logo: None });
            let mut letter = document(vec![Part::Body(vec![paragraph(&name)]), Part::Roll(list)], Vec::new());
            letter.title = name.clone();
            let all = files(&letter);
            for (file, xml) in &all {
                let parsed = usvg::roxmltree::Document::parse(xml);
                prop_assert!(parsed.is_ok(), "{file}: {:?}", parsed.err());
            }
            let text = &all.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
            let clean = clean(&name);
            let mut lines = words(text);
            lines.truncate(lines.trim_end_matches('\n').len());
            let printed = format!("{clean}\n{clean}{clean}");
            prop_assert_eq!(lines, printed.trim_end_matches('\n'));
        }
    }
}

#[test]
fn the_letterhead_and_the_colors_are_those_of_the_page() {
    let mut letter = everything();
    letter.draft = Some("DRAFT".into());
    let text = file(&letter, "word/document.xml");
    let paragraphs: Vec<&str> = text.split("<w:p>").collect();
    let sender = paragraphs
        .iter()
        .find(|paragraph| paragraph.contains("w:val=\"Sender\""))
        .unwrap();
    assert!(
        sender.contains("descr=\"A house\"") && sender.contains("We Are Home"),
        "{sender}"
    );
    let style = |letter: &Document, id: &str| {
        let styles = file(letter, "word/styles.xml");
        let (_, after) = styles.split_once(&format!("w:styleId=\"{id}\"")).unwrap();
        after.split_once("</w:style>").unwrap().0.to_owned()
    };
    let rule = |letter: &Document| style(letter, "SenderLines");
    assert!(rule(&letter).contains("<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"6\" w:color=\"525252\">"));
    // A draft numbers no lines of what nobody names.
    for id in ["DraftMark", "Sender", "SenderLines", "FootnoteText"] {
        assert!(style(&letter, id).contains("<w:suppressLineNumbers>"), "{id}");
    }
    assert!(!style(&letter, "Quote").contains("<w:i>") && style(&letter, "Subtitle").contains("<w:i>"));
    assert!(style(&letter, "Hyperlink").contains("<w:color w:val=\"1C4F8C\">"));
    letter.style.accent = Color::parse("#0b7a0b");
    assert!(rule(&letter).contains("w:color=\"0B7A0B\"") && style(&letter, "Sender").contains("w:val=\"0B7A0B\""));
    letter.style.look = Look::Plain;
    assert!(!rule(&letter).contains("pBdr"));
}

#[test]
fn a_picture_alone_and_its_caption_stand_in_the_middle() {
    let picture = || {
        Block::Paragraph(vec![Inline::Image(crate::emit::tests::image(
            PictureFormat::Png,
            "A map",
        ))])
    };
    let captioned = Block::Captioned {
        content: vec![picture()],
        caption: vec![Inline::Text("Figure 1. A map".into())],
    };
    let list = Block::List(List {
        numbering: None,
        tight: true,
        items: vec![vec![picture()]],
    });
    let letter = document(vec![Part::Body(vec![picture(), captioned, list])], Vec::new());
    let text = file(&letter, "word/document.xml");
    let styles: Vec<&str> = text
        .split("<w:pStyle w:val=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(styles, ["Picture", "Picture", "PictureCaption", "ListParagraph"]);
}

/// The XML of the text of a document with parts.
fn text_of(parts: Vec<Part>) -> String {
    file(&document(parts, Vec::new()), "word/document.xml")
}

fn list(from: u64, count: usize) -> Block {
    Block::List(List {
        numbering: Some(crate::model::numbering::Numbering::decimal(from, count)),
        tight: true,
        items: (0..count).map(|at| vec![paragraph(&format!("Item {at}"))]).collect(),
    })
}

#[test]
fn only_the_first_section_has_a_first_page() {
    let columned = || {
        let mut list = roll(&["Mijente", "Detention Watch Network"]);
        (list.columns, list.style) = (2, RollStyle::Columns);
        Part::Roll(list)
    };
    let text = text_of(vec![
        Part::Body(vec![paragraph("We ask.")]),
        columned(),
        columned(),
        columned(),
    ]);
    // Later pages have their running head and number: the first page's is once.
    assert_eq!(text.matches("<w:titlePg>").count(), 1, "{text}");
    assert_eq!(text.matches("<w:sectPr>").count(), 7);
    // Rolls follow each other on one page.
    assert_eq!(text.matches("<w:type w:val=\"continuous\">").count(), 6);
}

#[test]
fn a_list_in_a_box_is_behind_its_bar() {
    let boxed = Block::Box {
        title: vec![Inline::Text("How we won".into())],
        content: vec![paragraph("Before"), list(1, 2)],
    };
    let text = text_of(vec![Part::Body(vec![boxed, list(1, 2)])]);
    assert_eq!(text.matches("<w:pStyle w:val=\"BoxList\">").count(), 2, "{text}");
    assert_eq!(
        text.matches("<w:ind w:left=\"600\" w:hanging=\"360\">").count(),
        2,
        "{text}"
    );
    assert_eq!(text.matches("<w:pStyle w:val=\"ListParagraph\">").count(), 2, "{text}");
    let styles = file(&document(Vec::new(), Vec::new()), "word/styles.xml");
    let style = styles.split("w:styleId=\"BoxList\"").nth(1).unwrap();
    assert!(style[..style.find("</w:style>").unwrap()].contains("<w:pBdr><w:left "));
}

#[test]
fn numbers_of_two_digits_have_room() {
    let hanging = |text: &str| -> Vec<u32> {
        let values = text.split("w:hanging=\"").skip(1);
        values
            .map(|value| value.split('"').next().unwrap().parse().unwrap())
            .collect()
    };
    assert!(hanging(&text_of(vec![Part::Body(vec![list(1, 9)])])).is_empty());
    let wide = hanging(&text_of(vec![Part::Body(vec![list(1, 12)])]));
    assert_eq!(wide.len(), 12);
    assert!(
        wide.iter().all(|&hanging| hanging > 360 && hanging == wide[0]),
        "{wide:?}"
    );
    // Numbered paragraphs have one edge.
    let mut letter = document(
        vec![Part::Body(vec![list(1, 9), paragraph("x"), list(10, 2)])],
        Vec::new(),
    );
    letter.page.numbered_paragraphs = true;
    let all = hanging(&file(&letter, "word/document.xml"));
    assert!(
        all.len() == 11 && all.iter().all(|&hanging| hanging == wide[0]),
        "{all:?}"
    );
}

#[test]
fn a_closing_goes_with_the_text_before_it() {
    let closing = Part::Closing(vec![Inline::Text("Sincerely,".into())]);
    let text = text_of(vec![Part::Body(vec![paragraph("First."), paragraph("Last.")]), closing]);
    let kept: Vec<&str> = text
        .split("<w:p>")
        .filter(|paragraph| paragraph.contains("<w:keepNext>"))
        .collect();
    assert!(kept.len() == 1 && kept[0].contains("Last."), "{text}");
}

#[test]
fn a_running_head_takes_one_line() {
    let head = |subject: &str| {
        let mut letter = document(Vec::new(), Vec::new());
        letter.author = "Fair Homes Coalition".to_owned();
        letter.subject = subject.to_owned();
        words(&file(&letter, "word/header1.xml")).trim().to_owned()
    };
    assert_eq!(
        head("Keep Families Housed"),
        "Fair Homes Coalition · Keep Families Housed"
    );
    let long = head(
        "Keep Families Housed: Spend the $340 Million Left in the Emergency Rental Assistance Account for the Families \
         Who Wait",
    );
    assert!(
        long.starts_with("Fair Homes Coalition · Keep Families Housed: Spend"),
        "{long}"
    );
    assert!(long.ends_with(" …") && long.chars().count() < 120, "{long}");
}
