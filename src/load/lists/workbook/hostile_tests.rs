//! Workbooks in .xlsb that somebody made to do harm: each is read, or refused with its reason.
//!
//! Made record by record ([MS-XLSB] 2.1.4); larger ones, with limits on time and memory, are in
//! tests/outside/strangers.py.

#![allow(clippy::unwrap_used)]

use super::opened::{MAX_UNPACKED, Trouble, Workbook};
use super::{biff12, unfolded};
use std::io::{Cursor, Write};

/// Returns a record: kind, length, body.
fn record(kind: u32, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut push = |mut value: usize| {
        while value > 0x7f {
            bytes.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        bytes.push(value as u8);
    };
    push(kind as usize);
    push(body.len());
    [bytes, body.to_vec()].concat()
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// Returns a text with its length before it.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [numbers(&[u32::try_from(units.len() / 2).unwrap()]), units].concat()
}

fn row(at: u32) -> Vec<u8> {
    record(
        0,
        &[numbers(&[at, 0]), vec![44, 1, 0, 0, 0], numbers(&[1, 0, 0])].concat(),
    )
}

/// Returns a cell with the shared text of that number.
fn cell(column: u32, text: u32) -> Vec<u8> {
    record(7, &numbers(&[column, 0, text]))
}

fn sheet(rows: &[u8]) -> Vec<u8> {
    let begin = [record(129, b""), record(148, &numbers(&[0, 2, 0, 1])), record(145, b"")].concat();
    let merged = [
        record(177, &numbers(&[1])),
        record(176, &numbers(&[1, 2, 0, 0])),
        record(178, b""),
    ]
    .concat();
    [begin, rows.to_vec(), record(146, b""), merged, record(130, b"")].concat()
}

fn texts(strings: &[u8]) -> Vec<u8> {
    [record(159, &numbers(&[2, 2])), strings.to_vec(), record(160, b"")].concat()
}

fn text(text: &str) -> Vec<u8> {
    record(19, &[vec![0], wide(text)].concat())
}

/// The parts of a workbook that is in order: a header, and two names.
fn parts() -> Vec<(&'static str, Vec<u8>)> {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |of: &[(&str, &str)]| -> Vec<u8> {
        let one = |(at, (kind, target)): (usize, &(&str, &str))| {
            format!(
                r#"<Relationship Id="r{}" Type="{KIND}/{kind}" Target="{target}"/>"#,
                at + 1
            )
        };
        let all: String = of.iter().enumerate().map(one).collect();
        let space = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!(r#"<Relationships xmlns="{space}">{all}</Relationships>"#).into_bytes()
    };
    let inner = [
        ("worksheet", "worksheets/sheet1.bin"),
        ("sharedStrings", "sharedStrings.bin"),
        ("styles", "styles.bin"),
    ];
    let named = record(156, &[numbers(&[0, 1]), wide("r1"), wide("S")].concat());
    let rows = [
        row(0),
        cell(0, 0),
        row(1),
        cell(0, 1),
        row(2),
        record(6, &[numbers(&[0, 0]), wide("Weavers")].concat()),
    ];
    let styles = [
        record(278, b""),
        record(611, &numbers(&[1])),
        record(43, &[vec![0; 21], wide("Arial")].concat()),
        record(612, b""),
        record(617, &numbers(&[1])),
        record(47, &[0; 16]),
        record(618, b""),
        record(279, b""),
    ];
    vec![
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.bin")])),
        ("xl/_rels/workbook.bin.rels", relations(&inner)),
        (
            "xl/workbook.bin",
            [
                record(131, b""),
                record(143, b""),
                named,
                record(144, b""),
                record(132, b""),
            ]
            .concat(),
        ),
        ("xl/styles.bin", styles.concat()),
        (
            "xl/sharedStrings.bin",
            texts(&[text("name"), text("Harbor Light")].concat()),
        ),
        ("xl/worksheets/sheet1.bin", sheet(&rows.concat())),
    ]
}

/// Returns a workbook in which parts are replaced.
fn packed(replaced: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts() {
        let other = replaced.iter().find(|(other, _)| *other == name);
        package.start_file(name, stored).unwrap();
        package.write_all(other.map_or(&bytes, |(_, other)| other)).unwrap();
    }
    package.finish().unwrap().into_inner()
}

/// Returns the texts of the cells of a workbook in which parts are replaced, or the reason why
/// there are none.
fn read(replaced: &[(&str, Vec<u8>)]) -> Result<Vec<String>, String> {
    let reason = |trouble: Trouble| match trouble {
        Trouble::TooLarge(why) => why.to_owned(),
        Trouble::Broken(why) => why,
    };
    let mut workbook = Workbook::open(packed(replaced), MAX_UNPACKED).map_err(reason)?;
    let Some(name) = workbook.all().first().cloned() else {
        return Ok(Vec::new());
    };
    let cells = workbook.cells(&name, None).map_err(reason)?;
    let _ = workbook.marks(&name).covered().len();
    Ok(cells.into_iter().map(|cell| cell.text).collect())
}

#[test]
fn all_parts_together_unpack_to_at_most_the_limit() {
    let whole: usize = parts().iter().map(|(_, bytes)| bytes.len()).sum();
    let open = |most: usize| Workbook::open(packed(&[]), most as u64).map(|workbook| workbook.all());
    assert_eq!(open(whole).ok(), Some(vec!["S".to_owned()]));
    assert!(matches!(open(whole - 1), Err(Trouble::TooLarge(_))));
}

#[test]
fn numbers_that_no_sheet_has_are_refused() {
    assert_eq!(read(&[]).unwrap(), ["name", "Harbor Light", "Weavers"]);
    let refused = |part: &str, bytes: Vec<u8>| read(&[(part, bytes)]).unwrap_err();
    const SHEET: &str = "xl/worksheets/sheet1.bin";
    const TEXTS: &str = "xl/sharedStrings.bin";
    // Rows after a wrong one would be lost without a word.
    for wrong in [1 << 20, 0x7fff_ffff, u32::MAX] {
        let rows = [row(0), cell(0, 0), row(wrong), cell(0, 1), row(2), cell(0, 1)].concat();
        assert_eq!(refused(SHEET, sheet(&rows)), "has a row after row 1,048,576");
    }
    let last = [row(0), cell(0, 0), row((1 << 20) - 1), cell(16_383, 1)].concat();
    assert_eq!(read(&[(SHEET, sheet(&last))]).unwrap(), ["name", "Harbor Light"]);
    for wrong in [16_384, u32::MAX - 1] {
        let rows = [row(0), cell(0, 0), row(1), cell(wrong, 1)].concat();
        assert_eq!(refused(SHEET, sheet(&rows)), "a cell is outside its sheet");
    }
    // A number of texts or a length that would take all memory, and is not there.
    let many = [
        record(159, &numbers(&[u32::MAX, u32::MAX])),
        text("name"),
        record(160, b""),
    ]
    .concat();
    refused(TEXTS, many);
    for length in [0x7fff_ffff, u32::MAX] {
        refused(
            TEXTS,
            texts(&record(19, &[vec![0], numbers(&[length]), b"ab".to_vec()].concat())),
        );
    }
    refused(
        SHEET,
        [sheet(b"")[..24].to_vec(), vec![7, 0xff, 0xff, 0xff, 0x7f, 1]].concat(),
    );
    // A cell with a text that is not there.
    refused(SHEET, sheet(&[row(0), cell(0, 9)].concat()));
}

#[test]
fn shared_texts_are_counted_before_they_are_kept() {
    let mut found = 0;
    let count = |found: &mut usize, number: usize| {
        let bytes = text("").repeat(number);
        biff12::count_records(&mut &bytes[..], u64::MAX, found).unwrap()
    };
    assert!(count(&mut found, 100_000).is_ok());
    found += unfolded::MAX_STRINGS - 200_000;
    assert!(count(&mut found, 100_000).is_ok());
    assert_eq!(found, unfolded::MAX_STRINGS);
    assert_eq!(count(&mut found, 1), Err(unfolded::TOO_MANY_STRINGS));
}

#[test]
fn a_part_that_is_cut_short_or_damaged_anywhere_makes_no_panic() {
    for (name, bytes) in parts().into_iter().filter(|(name, _)| name.ends_with(".bin")) {
        for at in 0..bytes.len() {
            let _ = read(&[(name, bytes[..at].to_vec())]);
            for other in [0x00, 0x7f, 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] = other;
                let _ = read(&[(name, damaged)]);
            }
        }
    }
}
