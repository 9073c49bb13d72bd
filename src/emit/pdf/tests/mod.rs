//! What the written file holds, read back.

#![allow(clippy::unwrap_used)]

mod reader;
pub(super) mod sample;
mod structure;
mod tools;

use super::*;
use crate::layout::frame::{Artifact, ImageId, Item, Mark, Node, NodeId, Rect, Structure, TextRun};
use crate::model::picture::{Picture, PictureFormat};
use crate::model::units::Pt;
use lopdf::{Dictionary, Object};
use reader::{Reader, operations};
use sample::{Sample, letter};
use std::sync::Arc;

fn written(pages: &Pages) -> Vec<u8> {
    pdf(pages, &PdfOptions::default()).unwrap()
}

fn read(pages: &Pages) -> Reader {
    Reader::new(&written(pages))
}

#[test]
fn the_structure_tree_says_what_the_letter_says() {
    let expected = r#"Document
  H1
    "Reduce the harms of detention" p1
  P
    "We, the undersigned, affirm: the office’s efficient imple" p1
    "\u{ad}" p1
    "mentation is set out in " p1
    Link
      "the public report" p1
      -> the public report (https://example.org/report)
      -> the public report (https://example.org/report)
    Reference
      Link
        "1" p1
        -> 1
  L ListNumbering=Decimal
    LI
      Lbl
        "1. " p1
      LBody
        P
          "Close the camps. " p1
    LI
      Lbl
        "2. " p1
      LBody
        P
          "Release people. " p1
  Table
    TR
      TH Scope=Column
        "cell 0 " p1
      TH Scope=Column
        "cell 1 " p1
    TR
      TD
        "cell 0 " p1
      TD
        "cell 1 " p1
  BlockQuote
    P Lang=es-US
      "Ninguna familia será " p1
      "separada." p2
  Note ID=note-0000000023
    Lbl
      "1 " p1
    P
      "See 8 U.S.C. § 1226. " p1
  H2
    "Signatories" p2
  L
    LI
      LBody
        "Doctors for Camp Closure" p2
    LI
      LBody
        "Familias Unidas Ñuble" p2
    LI
      LBody
        "Đoàn kết" p2
    LI
      LBody
        "Ωmega Ж" p2
  Figure Alt=The coalition’s logo Placement=Block
    "" p2
"#;
    let reader = read(&letter().pages);
    pretty_eq(&reader.outline(), expected);
    assert_eq!(reader.texts[0][&None], "We Are HomePage 1 of 2");
}

/// Compares line by line, for a readable message.
fn pretty_eq(found: &str, expected: &str) {
    for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "line {}", number + 1);
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}

#[test]
fn every_mark_and_annotation_leads_to_its_element_and_back() {
    let reader = read(&letter().pages);
    let parents = reader.parents();
    let mut annotations = 0;
    for (at, page) in reader.pages.iter().enumerate() {
        let dictionary = reader.dictionary(*page);
        assert_eq!(reader::name(dictionary.get(b"Tabs").unwrap()), "S");
        let key = dictionary.get(b"StructParents").unwrap().as_i64().unwrap();
        let elements = parents[&key].as_array().unwrap();
        let numbers: Vec<i64> = reader.texts[at].keys().flatten().copied().collect();
        assert_eq!(numbers, (0..elements.len() as i64).collect::<Vec<_>>());
        for (number, element) in (0..).zip(elements) {
            let element = reader.dictionary(element.as_reference().unwrap());
            let home = element.get(b"Pg").unwrap().as_reference().unwrap() == *page;
            let holds = |kid: &Object| match kid {
                Object::Integer(kid) => home && *kid == number,
                Object::Dictionary(kid) => {
                    kid.get(b"MCID").is_ok_and(|kid| kid.as_i64().unwrap() == number)
                        && kid.get(b"Pg").unwrap().as_reference().unwrap() == *page
                }
                _ => false,
            };
            assert!(
                element.get(b"K").unwrap().as_array().unwrap().iter().any(holds),
                "page {at}, number {number}"
            );
        }
        let Ok(own) = dictionary.get(b"Annots") else { continue };
        for annotation in own.as_array().unwrap() {
            let id = annotation.as_reference().unwrap();
            let annotation = reader.dictionary(id);
            assert_eq!(annotation.get(b"F").unwrap().as_i64().unwrap(), 4);
            let key = annotation.get(b"StructParent").unwrap().as_i64().unwrap();
            let element = reader.dictionary(parents[&key].as_reference().unwrap());
            assert_eq!(reader::name(element.get(b"S").unwrap()), "Link");
            let names = |kid: &Object| {
                kid.as_dict()
                    .is_ok_and(|kid| kid.get(b"Obj").is_ok_and(|object| object.as_reference().unwrap() == id))
            };
            assert!(element.get(b"K").unwrap().as_array().unwrap().iter().any(names));
            annotations += 1;
        }
    }
    assert_eq!(annotations, 3);
    assert_eq!(parents.len(), 5, "two pages, three annotations, nothing else");
}

#[test]
fn a_link_within_goes_to_the_page_and_height_of_its_target() {
    let reader = read(&letter().pages);
    let page = reader.dictionary(reader.pages[0]);
    let links = page.get(b"Annots").unwrap().as_array().unwrap();
    let annotation = reader.dictionary(links[2].as_reference().unwrap());
    let destination = annotation.get(b"Dest").unwrap().as_array().unwrap();
    assert_eq!(destination[0].as_reference().unwrap(), reader.pages[0]);
    // The note's baseline is at 700 of 792, its letters 11.5 high.
    assert_eq!(destination[3].as_float().unwrap(), 103.5);
    // The area of the link, turned upside down.
    let corners: Vec<f32> = annotation
        .get(b"Rect")
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .flat_map(Object::as_float)
        .collect();
    assert_eq!(corners, [110.0, 649.0, 115.0, 662.0]);
}

#[test]
fn links_that_lead_nowhere_are_text() {
    for target in [
        None,
        Some(crate::layout::frame::Target::Uri("javascript:alert(1)".into())),
    ] {
        let mut sample = Sample::new();
        let serif = sample.own_font("SourceSerif4-Regular.ttf");
        let link = sample.node(Structure::ROOT, Role::Link);
        sample.pages.structure.node_mut(link).target = target;
        let content = sample.pages.structure.content(link);
        sample.line(serif, 72.0, 80.0, "here", Mark::Content(content));
        sample.link(link, 72.0, 80.0, 30.0);
        pretty_eq(&read(&sample.pages).outline(), "Document\n  Span\n    \"here\" p1\n");
    }
}

#[test]
fn bookmarks_nest_and_point() {
    let reader = read(&letter().pages);
    let outlines = reader.get(reader.catalog(), "Outlines").as_dict().unwrap();
    assert_eq!(outlines.get(b"Count").unwrap().as_i64().unwrap(), 2);
    let first = reader.get(outlines, "First").as_dict().unwrap();
    assert_eq!(first.get(b"Count").unwrap().as_i64().unwrap(), 1);
    let second = reader.get(first, "First").as_dict().unwrap();
    assert_eq!(
        lopdf::decode_text_string(second.get(b"Title").unwrap()).unwrap(),
        "Signatories"
    );
    let destination = second.get(b"Dest").unwrap().as_array().unwrap();
    assert_eq!(destination[0].as_reference().unwrap(), reader.pages[1]);
    assert_eq!(destination[3].as_float().unwrap(), 694.0);
}

#[test]
fn glyphs_stand_where_layout_put_them() {
    let mut sample = Sample::new();
    let serif = sample.own_font("SourceSerif4-Regular.ttf");
    let node = sample.node(Structure::ROOT, Role::Paragraph);
    let content = sample.pages.structure.content(node);
    // Kerned pairs, and spaces stretched by an odd amount.
    let run = sample.line(serif, 72.0, 80.0, "AVAST To Wave, Toy AVAST", Mark::Content(content));
    let spaces: Vec<usize> = run.text.match_indices(' ').map(|(at, _)| at).collect();
    for glyph in &mut run.glyphs {
        if spaces.contains(&(glyph.cluster as usize)) {
            glyph.advance += 31.37;
        }
    }
    let wanted: Vec<f64> = starts(run);
    let reader = read(&sample.pages);
    let widths = widths(&reader);
    let mut found = Vec::new();
    let mut pen = 0.0;
    for operation in operations(&reader.document, reader.pages[0]) {
        match operation.operator.as_str() {
            "Td" => assert_eq!(floats(&operation.operands), [72.0, 712.0]),
            "TJ" => {
                for item in operation.operands[0].as_array().unwrap() {
                    match item {
                        Object::String(codes, _) => {
                            for code in codes.chunks(2) {
                                found.push(pen);
                                pen += widths[usize::from(u16::from_be_bytes([code[0], code[1]]))];
                            }
                        }
                        shift => pen -= f64::from(shift.as_float().unwrap()),
                    }
                }
            }
            _ => {}
        }
    }
    assert_eq!(found.len(), wanted.len());
    for (found, wanted) in found.iter().zip(&wanted) {
        assert!((found - wanted).abs() <= 0.5, "{found} for {wanted}");
    }
}

/// Where each glyph of a run begins, in 1/1000 em.
fn starts(run: &TextRun) -> Vec<f64> {
    let mut starts = Vec::new();
    let mut pen = 0.0;
    for glyph in &run.glyphs {
        starts.push(pen);
        pen += f64::from(glyph.advance);
    }
    starts
}

fn floats(objects: &[Object]) -> Vec<f32> {
    objects.iter().map(|object| object.as_float().unwrap()).collect()
}

/// The widths of the first font by CID, as its dictionary has them.
fn widths(reader: &Reader) -> Vec<f64> {
    let descendant = descendant(reader, b"T0");
    let [Object::Integer(first), Object::Array(widths)] = descendant.get(b"W").unwrap().as_array().unwrap().as_slice()
    else {
        panic!("one range of widths")
    };
    assert_eq!(*first, 1, ".notdef is not used");
    std::iter::once(0.0)
        .chain(widths.iter().map(|width| f64::from(width.as_float().unwrap())))
        .collect()
}

fn descendant<'a>(reader: &'a Reader, name: &[u8]) -> &'a Dictionary {
    let fonts = reader.document.get_page_fonts(reader.pages[0]).unwrap();
    let font: &Dictionary = fonts[name];
    let [descendant] = font.get(b"DescendantFonts").unwrap().as_array().unwrap().as_slice() else {
        panic!("one descendant")
    };
    reader.document.dereference(descendant).unwrap().1.as_dict().unwrap()
}

#[test]
fn fonts_are_subset_named_and_measured() {
    let sample = letter();
    let reader = read(&sample.pages);
    let fonts = reader.document.get_page_fonts(reader.pages[0]).unwrap();
    assert_eq!(fonts.len(), 2, "the third is not used");
    let descendant = descendant(&reader, b"T0");
    let base = reader::name(descendant.get(b"BaseFont").unwrap());
    let (tag, name) = base.split_once('+').unwrap();
    assert!(tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()));
    assert_eq!(name, "SourceSerif4-Regular");
    let descriptor = reader.get(descendant, "FontDescriptor").as_dict().unwrap();
    // Source Serif 4's own cap height, as fontTools reads it.
    assert_eq!(descriptor.get(b"CapHeight").unwrap().as_i64().unwrap(), 670);
    let file = reader.get(descriptor, "FontFile2").as_stream().unwrap();
    let program = file.decompressed_content().unwrap();
    assert_eq!(
        file.dict.get(b"Length1").unwrap().as_i64().unwrap(),
        program.len() as i64
    );
    assert!(program.len() < 30_000, "of 330,000");
}

#[test]
fn what_a_glyph_cannot_spell_is_said() {
    let check = |text: &str, expected: &str| {
        let mut sample = Sample::new();
        let serif = sample.own_font("SourceSerif4-Regular.ttf");
        let often = sample.text(Structure::ROOT, Role::Paragraph, serif, 72.0, 80.0, "office office a-b");
        assert_eq!(often.0, 0);
        sample.text(Structure::ROOT, Role::Paragraph, serif, 72.0, 100.0, text);
        let reader = read(&sample.pages);
        let texts: Vec<&str> = reader.texts[0].values().skip(1).map(String::as_str).collect();
        assert_eq!(texts.join("|"), expected);
    };
    check("office", "office");
    // The same glyph as "ffi" of "office".
    check("o\u{FB03}ce", "o|\u{FB03}|ce");
    // A mark and its letter, with a glyph for both and without one.
    // The mark that is moved above its letter stays with it in a sequence of their own.
    check("Ye\u{301}s q\u{302}x", "Ye\u{301}s |q\u{302}|x");
    // A space is a space.
    check("no\u{A0}break", "no break");
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let sample = letter();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| written(&sample.pages))
    };
    let one = with(1);
    assert!(one == with(4), "threads change the bytes");
    let other = pdf(
        &letter().pages,
        &PdfOptions {
            standard: PdfStandard::Plain,
        },
    )
    .unwrap();
    assert!(one != other);
    assert!(one == written(&letter().pages), "a second document differs");
}

#[test]
fn nothing_of_the_machine_is_in_the_file() {
    let mut sample = letter();
    sample.pages.metadata.date = None;
    let bytes = written(&sample.pages);
    let reader = Reader::new(&bytes);
    let mut everything = bytes;
    for object in reader.document.objects.values() {
        everything.extend(format!("{object:?}").into_bytes());
        if let Object::Stream(stream) = object {
            everything.extend(stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()));
        }
    }
    let found = |needle: &str| {
        everything
            .windows(needle.len())
            .any(|window| window == needle.as_bytes())
    };
    for needle in [
        "printpdf",
        "1970",
        "/home/",
        "assets/fonts",
        "Date",
        "GTS_PDFX",
        env!("CARGO_MANIFEST_DIR"),
    ] {
        assert!(!found(needle), "{needle}");
    }
    assert!(found("undersigned "));
}

#[test]
fn the_metadata_is_the_letters_own() {
    let reader = read(&letter().pages);
    let info = reader
        .document
        .trailer
        .get_deref(b"Info", &reader.document)
        .unwrap()
        .as_dict()
        .unwrap();
    let text = |key: &[u8]| lopdf::decode_text_string(info.get(key).unwrap()).unwrap();
    assert_eq!(text(b"Title"), "Reduce the harms");
    assert_eq!(text(b"Author"), "We Are Home");
    assert_eq!(text(b"Subject"), "Seven changes");
    assert_eq!(text(b"CreationDate"), "D:20210301000000Z");
    assert_eq!(info.len(), 6);
    let xmp = String::from_utf8(
        reader
            .get(reader.catalog(), "Metadata")
            .as_stream()
            .unwrap()
            .content
            .clone(),
    )
    .unwrap();
    for part in [
        "<pdfaid:part>2<",
        "<pdfaid:conformance>A<",
        "<pdfuaid:part>1<",
        ">Reduce the harms<",
        "2021-03-01T00:00:00Z",
    ] {
        assert!(xmp.contains(part), "{part} in {xmp}");
    }
    assert_eq!(
        lopdf::decode_text_string(reader.catalog().get(b"Lang").unwrap()).unwrap(),
        "en-US"
    );
    assert_eq!(reader.document.version, "1.7");
}

#[test]
fn claims_are_those_of_the_standard() {
    let check = |standard: PdfStandard, archive: Option<&str>, accessible: bool| {
        let bytes = pdf(&letter().pages, &PdfOptions { standard }).unwrap();
        let reader = Reader::new(&bytes);
        let xmp = String::from_utf8(
            reader
                .get(reader.catalog(), "Metadata")
                .as_stream()
                .unwrap()
                .content
                .clone(),
        )
        .unwrap();
        let part = xmp.split_once("<pdfaid:part>").map(|(_, rest)| &rest[..1]);
        assert_eq!(part, archive);
        assert_eq!(xmp.contains("<pdfuaid:part>"), accessible);
    };
    check(PdfStandard::UaA2a, Some("2"), true);
    check(PdfStandard::Ua1, None, true);
    check(PdfStandard::A2a, Some("2"), false);
    check(PdfStandard::A3a(None), Some("3"), true);
    check(PdfStandard::Plain, None, false);
}

#[test]
fn an_attachment_comes_out_as_it_went_in() {
    let attachment = Attachment {
        name: "signatories.csv".into(),
        media_type: "text/csv".into(),
        description: "The signatories".into(),
        data: b"name\nDoctors for Camp Closure\n".to_vec(),
    };
    let standard = PdfStandard::A3a(Some(attachment.clone()));
    let reader = Reader::new(&pdf(&letter().pages, &PdfOptions { standard }).unwrap());
    let files = reader.get(reader.catalog(), "AF").as_array().unwrap();
    let file = reader.dictionary(files[0].as_reference().unwrap());
    assert_eq!(reader::name(file.get(b"AFRelationship").unwrap()), "Data");
    let data = reader
        .get(reader.get(file, "EF").as_dict().unwrap(), "F")
        .as_stream()
        .unwrap();
    assert_eq!(data.decompressed_content().unwrap(), attachment.data);
    assert_eq!(reader::name(data.dict.get(b"Subtype").unwrap()), "text/csv");
}

/// The sample letter with one picture of each kind on its last page: figures, but
/// for the last.
fn pictured() -> Pages {
    let mut sample = letter();
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 2, 1);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[255, 0, 0, 255, 0, 255, 0, 0]).unwrap();
    writer.finish().unwrap();
    let svg = |content: &str| {
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>{content}</svg>").into_bytes()
    };
    let plain = svg("<rect width='10' height='10' fill='#0f0'/>");
    let blurred = svg("<circle cx='5' cy='5' r='4' opacity='.5'/>");
    let images = [
        (PictureFormat::Png, (2.0, 1.0), png),
        (
            PictureFormat::Jpeg { gray: true },
            (8.0, 4.0),
            b"\xff\xd8 not looked at \xff\xd9".to_vec(),
        ),
        (PictureFormat::Svg, (10.0, 10.0), plain),
        (PictureFormat::Svg, (10.0, 10.0), blurred),
    ];
    for (number, (format, (width, height), data)) in (0..).zip(images) {
        let picture = Picture {
            format,
            width,
            height,
            data,
            name: String::new(),
        };
        sample.pages.images.push(Arc::new(picture));
        let mark = if number == 3 {
            Mark::Artifact(Artifact::Layout)
        } else {
            let figure = sample.node(Structure::ROOT, Role::Figure);
            sample.pages.structure.node_mut(figure).alt = Some("A picture".into());
            Mark::Content(sample.pages.structure.content(figure))
        };
        let area = Rect {
            x: Pt(72.0),
            y: Pt(400.0 + 60.0 * f64::from(number)),
            width: Pt(40.0),
            height: Pt(20.0),
        };
        let item = Item::Image {
            image: ImageId(number),
            area,
            mark,
        };
        sample.pages.pages.last_mut().unwrap().items.push(item);
    }
    sample.pages
}

#[test]
fn pictures_are_images_or_paths() {
    let reader = read(&pictured());
    let resources = reader
        .get(reader.dictionary(reader.pages[1]), "Resources")
        .as_dict()
        .unwrap();
    let images = reader.get(resources, "XObject").as_dict().unwrap();
    let image = |name: &str| reader.get(images, name).as_stream().unwrap();
    let names: Vec<&[u8]> = images.iter().map(|(name, _)| name.as_slice()).collect();
    assert_eq!(names, [b"I0", b"I1", b"I3"], "plain shapes are no image");
    assert_eq!(image("I0").decompressed_content().unwrap(), [255, 0, 0, 0, 255, 0]);
    let mask = reader.get(&image("I0").dict, "SMask").as_stream().unwrap();
    assert_eq!(mask.decompressed_content().unwrap(), [255, 0]);
    assert_eq!(image("I1").content, b"\xff\xd8 not looked at \xff\xd9");
    assert_eq!(reader::name(image("I1").dict.get(b"Filter").unwrap()), "DCTDecode");
    assert_eq!(reader::name(image("I1").dict.get(b"ColorSpace").unwrap()), "DeviceGray");
    // 40 by 20 points at 300 dots an inch.
    assert_eq!(image("I3").dict.get(b"Width").unwrap().as_i64().unwrap(), 167);
    assert!(!image("I1").dict.has(b"Interpolate"));
    assert_eq!(
        reader.outline().matches("Figure Alt=A picture Placement=Block").count(),
        3
    );
}

#[test]
fn a_picture_that_cannot_be_decoded_is_refused() {
    let mut pages = pictured();
    let broken = Picture {
        format: PictureFormat::Png,
        width: 1.0,
        height: 1.0,
        data: b"not one".to_vec(),
        name: "logo.png".to_owned(),
    };
    pages.images[0] = Arc::new(broken);
    assert!(matches!(pdf(&pages, &PdfOptions::default()), Err(PdfError::Picture { name, .. }) if name == "logo.png"));
}

#[test]
fn what_a_standard_forbids_is_refused() {
    let check = |change: fn(&mut Pages), expected: Option<PdfError>| {
        let mut sample = letter();
        change(&mut sample.pages);
        assert_eq!(pdf(&sample.pages, &PdfOptions::default()).err(), expected);
    };
    check(|_| (), None);
    check(|pages| pages.pages.clear(), Some(PdfError::NoPages));
    check(|pages| pages.metadata.title = " ".into(), Some(PdfError::NoTitle));
    check(
        |pages| pages.metadata.language = "english please".into(),
        Some(PdfError::Language("english please".into())),
    );
    check(
        |pages| pages.metadata.language.clear(),
        Some(PdfError::Language(String::new())),
    );
    check(|pages| pages.pages[1].height = Pt(2.0), Some(PdfError::PageSize(2)));
    check(
        |pages| {
            for node in &mut pages.structure.nodes {
                node.alt = None;
            }
        },
        Some(PdfError::NoAlternative),
    );
    check(
        |pages| pages.structure.nodes[1].kids.clear(),
        Some(PdfError::Untagged(1)),
    );
    check(
        |pages| {
            if let Some(Item::Text(run)) = pages.pages[0].items.last_mut() {
                run.glyphs[0].id = 0;
            }
        },
        Some(PdfError::MissingGlyph {
            font: "SourceSerif4-Regular.ttf".into(),
            text: "Page 1 of 2".into(),
        }),
    );
    check(
        |pages| pages.structure.nodes[1].kids.push(Kid::Node(NodeId(99))),
        Some(PdfError::Tree(1)),
    );
    check(
        |pages| pages.structure.nodes[2].kids.push(Kid::Node(NodeId(0))),
        Some(PdfError::Tree(2)),
    );
    let circle = |pages: &mut Pages| {
        let nodes = pages.structure.nodes.len() as u32;
        pages
            .structure
            .nodes
            .extend([Node::new(Role::Span), Node::new(Role::Span)]);
        pages.structure.nodes[nodes as usize]
            .kids
            .push(Kid::Node(NodeId(nodes + 1)));
        pages.structure.nodes[nodes as usize + 1]
            .kids
            .push(Kid::Node(NodeId(nodes)));
    };
    check(circle, Some(PdfError::Tree(letter().pages.structure.nodes.len())));
    let broken = |pages: &mut Pages| pages.fonts[0].data = std::sync::Arc::new(b"no font".to_vec());
    let mut sample = letter();
    broken(&mut sample.pages);
    assert!(
        matches!(pdf(&sample.pages, &PdfOptions::default()), Err(PdfError::Font { font, .. }) if font == "SourceSerif4-Regular.ttf")
    );
}

#[test]
fn hostile_text_stays_text() {
    let mut sample = Sample::new();
    let serif = sample.own_font("SourceSerif4-Regular.ttf");
    let name = r"A) Tj EMC ( \ <</MCID 0>> BDC endstream & ]]> \r";
    sample.pages.metadata.title = format!("{name}<x>\u{7}");
    sample.text(Structure::ROOT, Role::Paragraph, serif, 72.0, 80.0, name);
    let reader = read(&sample.pages);
    pretty_eq(&reader.outline(), &format!("Document\n  P\n    {name:?} p1\n"));
    let xmp = &reader.get(reader.catalog(), "Metadata").as_stream().unwrap().content;
    assert!(!xmp.contains(&7), "XML cannot hold a bell");
    assert!(String::from_utf8_lossy(xmp).contains("&amp; ]]&gt;"));
}

#[test]
fn a_long_roll_is_written_in_many_streams() {
    let mut sample = Sample::new();
    let serif = sample.own_font("SourceSerif4-Regular.ttf");
    let list = sample.node(Structure::ROOT, Role::List { ordered: false });
    for number in 0..2000 {
        if number % 20 == 19 {
            sample.page();
        }
        let item = sample.node(list, Role::ListItem);
        sample.text(
            item,
            Role::ListBody,
            serif,
            72.0,
            80.0 + f64::from(number % 20),
            &format!("Name {number}"),
        );
    }
    let reader = read(&sample.pages);
    let outline = reader.outline();
    let names: Vec<&str> = outline.lines().filter(|line| line.contains('"')).collect();
    assert_eq!(names.len(), 2000);
    assert!(
        (0..)
            .zip(&names)
            .all(|(number, line)| line.contains(&format!("\"Name {number}\"")))
    );
    assert_eq!(reader.parents().len(), reader.pages.len());
}
