//! Builds a Word file as coalitions pass them around: eight pages, footnotes, lists of three
//! levels, tables, tracked changes and comments of several authors. For tests.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

const NAMES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";

/// The number of each thing in the file.
pub(super) const FOOTNOTES: usize = 38;
pub(super) const ENDNOTES: usize = 2;
pub(super) const COMMENTS: usize = 12;
pub(super) const CHANGES: usize = 25;
pub(super) const PARAGRAPHS: usize = 48;

const STYLES: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val='en-US'/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:name w:val='Normal'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Ttulo1'><w:name w:val='heading 1'/><w:rPr><w:b/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Sub'><w:name w:val='Our subheads'/><w:basedOn w:val='Ttulo1'/>\
    <w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>\
    <w:style w:type='character' w:styleId='Strong'><w:name w:val='Strong'/><w:rPr><w:b/></w:rPr></w:style>";

/// Returns the parts of a Word file as one.
pub(super) fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Returns a Word file with a text of its own, and further parts.
pub(super) fn file(body: &str, related: &[&str], more: &[(&str, String)]) -> Vec<u8> {
    let mut relations = String::new();
    for kind in related {
        write!(
            relations,
            "<Relationship Id='{kind}' Type='x/{kind}' Target='{kind}.xml'/>"
        )
        .unwrap();
    }
    let mut parts = vec![
        (
            "_rels/.rels",
            "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='word/document.xml'/></Relationships>"
                .to_owned(),
        ),
        (
            "word/document.xml",
            format!("<w:document {NAMES}><w:body>{body}</w:body></w:document>"),
        ),
        (
            "word/_rels/document.xml.rels",
            format!(
                "<Relationships>{relations}<Relationship Id='link' Type='x/hyperlink' TargetMode='External' \
                Target='https://example.org/rule?a=1&amp;b=2'/></Relationships>"
            ),
        ),
    ];
    parts.extend(more.iter().cloned());
    packed(&parts)
}

pub(super) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>")
}

fn item(level: usize, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

fn table(name: &str) -> String {
    let row = |cells: [&str; 2]| {
        let cells: String = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", p(cell))).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let rows: String = (1..5)
        .map(|at| row([&format!("{name} row {at}"), &format!("{at},000")]))
        .collect();
    format!("<w:tbl>{}{rows}</w:tbl>", row(["Month", "People"]))
}

fn numbering() -> String {
    let level = |at: usize, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/>\
            <w:pPr><w:ind w:left='{}'/></w:pPr></w:lvl>",
            720 * (at + 1)
        )
    };
    format!(
        "<w:numbering {NAMES}><w:abstractNum w:abstractNumId='0'>{}{}{}</w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>",
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "(%2)"),
        level(2, "lowerRoman", "%3.")
    )
}

fn notes(kind: &str, count: usize) -> String {
    let mut out = format!("<w:{kind}s {NAMES}><w:{kind} w:id='-1'><w:p/></w:{kind}>");
    for at in 1..=count {
        write!(
            out,
            "<w:{kind} w:id='{at}'><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space='preserve'> </w:t></w:r>\
            <w:r><w:rPr><w:i/></w:rPr><w:t>The {kind} {at}</w:t></w:r><w:r><w:t>, at page {at}.</w:t></w:r></w:p></w:{kind}>"
        )
        .unwrap();
    }
    write!(out, "</w:{kind}s>").unwrap();
    out
}

/// Returns the draft.
pub(super) fn draft() -> Vec<u8> {
    let mut body = String::new();
    for line in [
        "The Example Coalition",
        "1 Example Street, Springfield",
        "March 1, 2021",
        "Via electronic mail",
    ] {
        body += &p(line);
    }
    body += "<w:p><w:r><w:t>The Honorable Ana Ruiz</w:t><w:br/><w:t>Secretary</w:t><w:br/><w:t>Washington, DC 20528</w:t></w:r></w:p>";
    body += &p("The Honorable Ben Cruz");
    body += &p("Deputy Secretary");
    body += "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>RE: </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Seven changes</w:t></w:r></w:p>";
    body += &p("Dear Secretary Ruiz:");
    let (mut note, mut change, mut comment) = (0, 0, 0);
    for at in 0..PARAGRAPHS {
        match at % 12 {
            0 => write!(
                body,
                "<w:p><w:pPr><w:pStyle w:val='Ttulo1'/></w:pPr><w:r><w:t>Part {}</w:t></w:r></w:p>",
                at / 12 + 1
            )
            .unwrap(),
            4 => write!(
                body,
                "<w:p><w:pPr><w:pStyle w:val='Sub'/></w:pPr><w:r><w:t>Section {at}</w:t></w:r></w:p>"
            )
            .unwrap(),
            _ => {}
        }
        body += "<w:p>";
        if comment < COMMENTS && at % 4 == 0 {
            write!(body, "<w:commentRangeStart w:id='{comment}'/>").unwrap();
        }
        write!(
            body,
            "<w:r><w:t xml:space='preserve'>Paragraph {at} begins here. {}</w:t></w:r>",
            "We ask you to act within one hundred days, for the people we serve. ".repeat(8)
        )
        .unwrap();
        if comment < COMMENTS && at % 4 == 0 {
            write!(
                body,
                "<w:commentRangeEnd w:id='{comment}'/><w:r><w:commentReference w:id='{comment}'/></w:r>"
            )
            .unwrap();
            comment += 1;
        }
        if change < CHANGES && at % 2 == 0 || at == 1 {
            let (tag, text) = match change % 2 {
                0 => ("ins", "t"),
                _ => ("del", "delText"),
            };
            write!(
                body,
                "<w:{tag} w:id='{change}' w:author='Ana' w:date='2021-02-0{}T10:00:00Z'><w:r><w:{text} xml:space='preserve'>{tag}-{change}- </w:{text}></w:r></w:{tag}>",
                change % 9 + 1
            )
            .unwrap();
            change += 1;
        }
        if note < FOOTNOTES {
            note += 1;
            write!(body, "<w:r><w:footnoteReference w:id='{note}'/></w:r>").unwrap();
        } else if note < FOOTNOTES + ENDNOTES {
            note += 1;
            write!(body, "<w:r><w:endnoteReference w:id='{}'/></w:r>", note - FOOTNOTES).unwrap();
        }
        body += "<w:hyperlink r:id='link'><w:r><w:t xml:space='preserve'> see the rule</w:t></w:r></w:hyperlink></w:p>";
        match at {
            10 => {
                for (level, text) in [
                    (0, "One"),
                    (1, "One a"),
                    (2, "One a i"),
                    (2, "One a ii"),
                    (1, "One b"),
                    (0, "Two"),
                ] {
                    body += &item(level, text);
                }
            }
            20 => body += &table("First"),
            30 => body += &table("Second"),
            40 => {
                body += "<w:p><w:r><w:rPr><w:lang w:val='es-US'/></w:rPr><w:t>Ya es hora.</w:t></w:r></w:p>";
                body +=
                    "<w:p><w:pPr><w:ind w:left='720' w:right='720'/></w:pPr><w:r><w:t>It is time.</w:t></w:r></w:p>";
                body += "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bold alone</w:t></w:r></w:p>";
            }
            _ => {}
        }
    }
    body += &p("Respectfully,");
    body += &p("Signatories");
    for name in ["Alpha House", "Make the Road", "Zulu Center"] {
        body += &p(name);
    }
    body += &p("cc: Domestic Policy Council");
    body += "<w:sectPr/>";
    let mut comments = format!("<w:comments {NAMES}>");
    for at in 0..COMMENTS {
        write!(
            comments,
            "<w:comment w:id='{at}' w:author='Ben' w:date='2021-02-03T10:00:00Z'>{}</w:comment>",
            p(&format!("Comment number {at}"))
        )
        .unwrap();
    }
    comments += "</w:comments>";
    let more = [
        ("word/styles.xml", format!("<w:styles {NAMES}>{STYLES}</w:styles>")),
        ("word/numbering.xml", numbering()),
        ("word/footnotes.xml", notes("footnote", FOOTNOTES)),
        ("word/endnotes.xml", notes("endnote", ENDNOTES)),
        ("word/comments.xml", comments),
    ];
    file(
        &body,
        &["styles", "numbering", "footnotes", "endnotes", "comments"],
        &more,
    )
}
