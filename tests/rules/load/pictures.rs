//! Pictures: what is read, what is refused, and what is left out.

use super::common::Outcome;
use std::fs;
use undersigned::load::{self, Project};
use undersigned::model::letter::Letter;
use undersigned::model::picture::{Picture, PictureFormat};
use undersigned::model::text::{Block, Inline};
use undersigned::source::SourceMap;

/// A letter with a body, beside some files.
fn letter_with(files: &[(&str, &[u8])], body: &str) -> Outcome<Letter> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let path = folder.path().join("a.md");
    let head = super::common::HEAD;
    fs::write(&path, format!("{head}+++\n{body}")).unwrap();
    let mut sources = SourceMap::default();
    let loaded = load::letter(&mut sources, "a.md", &path, &Project::default()).unwrap();
    Outcome {
        value: loaded.value,
        sources,
        diagnostics: loaded.diagnostics,
    }
}

/// The picture of a file, with what was said about it.
fn read(name: &str, bytes: &[u8]) -> (Option<Picture>, Vec<String>) {
    let outcome = letter_with(&[(name, bytes)], &format!("![A]({name})\n"));
    let said = outcome.said();
    let [Block::Paragraph(line)] = outcome.value.body.as_slice() else {
        panic!("no paragraph");
    };
    let [Inline::Image(image)] = line.as_slice() else {
        panic!("no image");
    };
    (image.picture.as_deref().cloned(), said)
}

fn check(name: &str, bytes: &[u8], format: PictureFormat, size: (f64, f64)) -> Picture {
    let (picture, said) = read(name, bytes);
    assert_eq!(said, [""; 0]);
    let picture = picture.unwrap();
    assert_eq!((picture.format, (picture.width, picture.height)), (format, size));
    picture
}

fn refused(bytes: &[u8], expected: &str) {
    let (picture, said) = read("a.png", bytes);
    assert_eq!(picture, None);
    assert!(said[0].starts_with("error[missing-image] a.md:6:1 "), "{said:?}");
    assert!(said[0].contains(expected), "{said:?}");
}

/// A PNG of one colour, with a text chunk that says who made it.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder
        .add_text_chunk("Author".to_owned(), "Ana Ruiz".to_owned())
        .unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer
        .write_image_data(&vec![200; (width * height * 3) as usize])
        .unwrap();
    writer.finish().unwrap();
    bytes
}

/// A JPEG of 40 by 30 pixels, all of one gray: each block is two codes of one bit.
fn jpeg(frame: u8, components: u8, orientation: u8) -> Vec<u8> {
    let mut bytes = b"\xff\xd8".to_vec();
    let mut segment = |marker: u8, content: &[u8]| {
        bytes.extend_from_slice(&[0xff, marker]);
        bytes.extend_from_slice(&u16::try_from(content.len() + 2).unwrap().to_be_bytes());
        bytes.extend_from_slice(content);
    };
    segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    let exif = [
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(),
        &[orientation, 0, 0],
    ]
    .concat();
    segment(0xe1, &exif);
    segment(0xfe, b"Ana Ruiz");
    segment(0xdb, &[[0].as_slice(), &[1; 64]].concat());
    let parts: Vec<u8> = (1..=components).flat_map(|part| [part, 0x11, 0]).collect();
    segment(frame, &[[8, 0, 30, 0, 40, components].as_slice(), &parts].concat());
    for table in [0x00, 0x10] {
        segment(0xc4, &[[table, 1].as_slice(), &[0; 15], &[0]].concat());
    }
    let parts: Vec<u8> = (1..=components).flat_map(|part| [part, 0]).collect();
    segment(0xda, &[[components].as_slice(), &parts, &[0, 63, 0]].concat());
    // Twenty blocks of each part.
    let bits = 20 * usize::from(components) * 2;
    bytes.extend(vec![0; bits / 8]);
    if bits % 8 > 0 {
        bytes.push(0xff >> (bits % 8));
    }
    bytes.extend_from_slice(b"\xff\xd9trailing Ana Ruiz");
    bytes
}

const SVG: &str = "<?xml version='1.0'?><!-- Ana Ruiz --><svg xmlns='http://www.w3.org/2000/svg' width='40' height='20' \
    onload='alert(1)'><script>alert(1)</script><rect width='9' height='9' fill='red'/></svg>";

fn holds(picture: &Picture, text: &str) -> bool {
    picture.data.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn pictures_are_read_without_what_tells_of_their_maker() {
    let png = check(
        "a b.png".replace(' ', "_").as_str(),
        &png(3, 2),
        PictureFormat::Png,
        (3.0, 2.0),
    );
    let gray = check(
        "a.jpeg",
        &jpeg(0xc0, 1, 1),
        PictureFormat::Jpeg { gray: true },
        (40.0, 30.0),
    );
    let color = check(
        "a.jpg",
        &jpeg(0xc0, 3, 1),
        PictureFormat::Jpeg { gray: false },
        (40.0, 30.0),
    );
    let svg = check("a.svg", SVG.as_bytes(), PictureFormat::Svg, (40.0, 20.0));
    for picture in [&png, &gray, &color, &svg] {
        assert!(!holds(picture, "Ana") && !holds(picture, "Exif"));
    }
    assert!(gray.data.ends_with(b"\0\0\0\0\0\xff\xd9"));
    assert!(!holds(&svg, "alert"));
}

#[test]
fn what_cannot_be_used_is_an_error_with_its_place() {
    refused(&png(3, 2)[..60], "the PNG is broken");
    refused(
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x01\0\0\0\x01\0\0\x08\x02\0\0\0",
        "broken",
    );
    refused(&jpeg(0xc0, 4, 1), "CMYK");
    refused(&jpeg(0xc9, 3, 1), "few programs can read this type of JPEG");
    refused(&jpeg(0xc0, 3, 1)[..70], "the JPEG is cut short");
    refused(&jpeg(0xc0, 3, 1)[..200], "the JPEG is cut short");
    refused(b"GIF89a", "it is a GIF");
    refused(b"text", "it is not a PNG, JPEG, or SVG");
    refused(b"<html></html>", "the SVG cannot be drawn");
    refused(b"<svg", "the SVG cannot be parsed");
    refused("<g>".repeat(200).as_bytes(), "the SVG cannot be parsed");
    let deep = format!(
        "<svg xmlns='http://www.w3.org/2000/svg'>{}{}</svg>",
        "<g>".repeat(200),
        "</g>".repeat(200)
    );
    refused(deep.as_bytes(), "nested more than 100 deep");
}

#[test]
fn a_jpeg_whose_data_end_too_early_is_refused() {
    let (baseline, progressive) = (
        include_bytes!("pictures/baseline.jpg"),
        include_bytes!("pictures/progressive.jpg"),
    );
    check("a.jpg", baseline, PictureFormat::Jpeg { gray: false }, (43.0, 55.0));
    check("a.jpg", progressive, PictureFormat::Jpeg { gray: false }, (17.0, 22.0));
    let mut short = baseline.to_vec();
    let end = short.len() - 2;
    short.drain(end - 200..end);
    refused(&short, "the JPEG is broken: its data end too early");
    let mut taller = baseline.to_vec();
    let size = taller.windows(4).position(|four| four == [0, 55, 0, 43]).unwrap();
    taller[size..size + 2].copy_from_slice(&550_u16.to_be_bytes());
    refused(&taller, "the JPEG is broken");
}

#[test]
fn a_bomb_of_pixels_is_refused_before_it_is_unpacked() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 60_000, 60_000);
    encoder.set_color(png::ColorType::Rgb);
    drop(encoder.write_header().unwrap());
    refused(&bytes, "it has 60000 by 60000 pixels, more than 40000000");
}

/// A PNG of so many rows of 8,000 pixels, each of one bit, and bytes that are no part of it.
fn wide_png(rows: u32, beside: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 8_000, rows);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![0xff; 1_000 * rows as usize]).unwrap();
    writer.finish().unwrap();
    bytes.resize(bytes.len() + beside, 0);
    bytes
}

#[test]
fn a_picture_has_at_most_40_million_pixels() {
    check("a.png", &wide_png(5_000, 0), PictureFormat::Png, (8_000.0, 5_000.0));
    refused(&wide_png(5_001, 0), "it has 8000 by 5001 pixels, more than 40000000");
}

#[test]
fn a_picture_has_at_most_20_megabytes() {
    let small = wide_png(1, 0).len();
    check(
        "a.png",
        &wide_png(1, (20 << 20) - small),
        PictureFormat::Png,
        (8_000.0, 1.0),
    );
    refused(
        &wide_png(1, (20 << 20) + 1 - small),
        "cannot read `a.png`: it is longer than 20971520 bytes",
    );
}

#[test]
fn what_is_lost_is_said() {
    let check = |name: &str, bytes: &[u8], expected: &str| {
        let (picture, said) = read(name, bytes);
        assert!(picture.is_some());
        assert_eq!(
            said,
            [format!(
                "warning[missing-image] a.md:6:1 the picture `{name}` {expected}"
            )]
        );
    };
    check(
        "a.jpg",
        &jpeg(0xc0, 3, 6),
        "is stored rotated or mirrored, and is printed that way",
    );
    let svg = |content: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{content}</svg>");
    check(
        "a.svg",
        svg("<text>We</text>").as_bytes(),
        "contains text, which is not printed",
    );
    let image = svg("<image href='/etc/passwd' width='9' height='9'/><path d='M0 0h1v1z'/>");
    check(
        "a.svg",
        image.as_bytes(),
        "contains another picture, which is not printed",
    );
}

#[test]
fn only_local_files_are_read() {
    let said = letter_with(
        &[],
        "![A](https://example.org/a.png) ![B](none.png) ![C](//example.org/a.png)\n",
    )
    .said();
    assert_eq!(said.len(), 3);
    for (line, expected) in said.iter().zip([
        "6:1 `https://example.org/a.png` is not a local file; pictures are not downloaded",
        "6:33 cannot read `none.png`",
        "6:48 `//example.org/a.png` is not a local file",
    ]) {
        assert!(
            line.starts_with(&format!("error[missing-image] a.md:{expected}")),
            "{line}"
        );
    }
}

#[test]
fn a_space_in_a_name_may_be_written_as_markdown_does() {
    letter_with(&[("a b.png", &png(1, 1))], "![A](a%20b.png)\n").says(&[]);
}

#[test]
fn a_logo_is_read_beside_the_file_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("letters");
    fs::create_dir(&below).unwrap();
    fs::write(folder.path().join("logo.png"), png(3, 2)).unwrap();
    fs::write(
        folder.path().join("undersigned.toml"),
        "[letterhead]\nname = \"N\"\nlogo = \"logo.png\"\n",
    )
    .unwrap();
    let letter = below.join("a.md");
    fs::write(&letter, format!("{}+++\n", super::common::HEAD)).unwrap();
    let mut sources = SourceMap::default();
    let project = load::project(
        &mut sources,
        "undersigned.toml",
        &folder.path().join("undersigned.toml"),
    )
    .unwrap();
    assert_eq!(project.diagnostics, []);
    let letter = load::letter(&mut sources, "letters/a.md", &letter, &project.value).unwrap();
    assert_eq!(letter.diagnostics, []);
    let logo = letter.value.letterhead.unwrap().logos.remove(0);
    assert_eq!(logo.picture.unwrap().width, 3.0);
}

#[test]
fn what_stands_between_the_brackets_is_the_picture_in_words() {
    let outcome = letter_with(&[("m", &png(1, 1))], "![k *l*](m)\n").says(&[]);
    let Block::Paragraph(line) = &outcome.value.body[0] else {
        panic!("no paragraph");
    };
    assert!(matches!(line.as_slice(), [Inline::Image(image)] if image.alt == "k l" && image.path == "m"));
}
