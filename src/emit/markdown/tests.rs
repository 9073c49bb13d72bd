//! What Markdown must be: the whole of a small letter, and what is read again.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::compose::document::{Image, Part};
use crate::emit::tests::{document, everything, link, origin, paragraph, roll, text as line};
use crate::model::numbering::Numbering;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

#[test]
fn a_letter_as_it_is_written() {
    let expected = "\
![A house](picture.png)

**We Are Home**

1 Example Street\\
example.org

March 1, 2021

*Via electronic mail*

The Honorable Ana Ruiz\\
Secretary

# RE: Two changes

Dear Secretary Ruiz:

## What we ask

We write **today** about [the rule](<https://example.org/a?b=1\\&c=2>), which ~~stands~~ falls.[^1] Bad.

9. Close the centers.
10. End the programs:
    - one;
    - the other.

> It is time.
>
> Now.

| Month | People |
| --- | --: |
| March | 26,248 |
| April | 913 |

```
let it = be;
  so
```

***

![A map](picture.png)

Respectfully,

## The 3 undersigned

### National

- Alpha & Co
- Make the Road New York

### Individuals

- Ana Ruiz\\
  Professor, University of Springfield and other places

*Affiliation for identification purposes only.*

cc: Domestic Policy Council\\
Office of the General Counsel

[^1]: See [the note](https://example.org/note).

    And more.
";
    assert_eq!(markdown(&everything()), expected);
}

/// Reads Markdown into blocks as plainly as can be; the loader's own reading is for
/// letters, with fields and smart quotes.
fn read(text: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut out = Vec::new();
    let mut words = String::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) => words.push_str(&text),
            Event::Code(text) => words.push_str(&format!("`{text}`")),
            Event::SoftBreak | Event::HardBreak => words.push('\n'),
            // What keeps two brackets apart.
            Event::InlineHtml(tag) if tag.starts_with("<!--") => {}
            Event::InlineHtml(tag) => words.push_str(&tag),
            Event::FootnoteReference(mark) => words.push_str(&format!("(^{mark})")),
            Event::Start(Tag::Link { dest_url, .. }) => words.push_str(&format!("<{dest_url}|")),
            Event::End(TagEnd::Link) => words.push('>'),
            Event::Start(Tag::Image { dest_url, .. }) => words.push_str(&format!("<img {dest_url}|")),
            Event::End(TagEnd::Image) => words.push('>'),
            Event::Start(Tag::Emphasis) => words.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => words.push_str("</em>"),
            Event::Start(Tag::Strong) => words.push_str("<strong>"),
            Event::End(TagEnd::Strong) => words.push_str("</strong>"),
            Event::Start(Tag::Strikethrough) => words.push_str("<del>"),
            Event::End(TagEnd::Strikethrough) => words.push_str("</del>"),
            event => {
                if !words.is_empty() {
                    out.push(std::mem::take(&mut words));
                }
                let name = match event {
                    Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => continue,
                    Event::Start(Tag::Heading { level, .. }) => format!("{level}"),
                    Event::Start(Tag::BlockQuote(_)) => "quote".into(),
                    Event::Start(Tag::CodeBlock(_)) => "code".into(),
                    Event::Start(Tag::List(start)) => format!("list {start:?}"),
                    Event::Start(Tag::Item) => "item".into(),
                    Event::Start(Tag::Table(alignments)) => format!("table {}", alignments.len()),
                    Event::Start(Tag::TableCell) => "cell".into(),
                    Event::Start(Tag::FootnoteDefinition(mark)) => format!("note {mark}"),
                    Event::Rule => "rule".into(),
                    Event::End(TagEnd::List(_)) => "end of list".into(),
                    Event::End(TagEnd::BlockQuote(_)) => "end of quote".into(),
                    _ => continue,
                };
                out.push(name);
            }
        }
    }
    out
}

/// What [`read`] should find in blocks.
fn expected(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading { level, content, .. } => out.extend([format!("h{level}"), words(content)]),
            Block::Paragraph(line) => out.push(words(line)),
            Block::List(list) => {
                out.push(format!(
                    "list {:?}",
                    list.numbering.as_ref().map(|numbering| numbering.number(0))
                ));
                for item in &list.items {
                    out.push("item".into());
                    expected(item, out);
                }
                out.push("end of list".into());
            }
            Block::Quote(inner) => {
                out.push("quote".into());
                expected(inner, out);
                out.push("end of quote".into());
            }
            Block::Table(table) => {
                out.push(format!("table {}", table.head.len()));
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    out.extend(["cell".into(), words(cell)]);
                }
            }
            Block::Code(code) => out.extend(["code".into(), format!("{}\n", code.trim_end_matches('\n'))]),
            Block::Rule => out.push("rule".into()),
            _ => {} // Not generated.
        }
    }
}

fn words(line: &[Inline]) -> String {
    let mut out = String::new();
    for inline in line {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Code(text) => out.push_str(&format!("`{text}`")),
            Inline::Emphasis(inner) => out.push_str(&format!("<em>{}</em>", words(inner))),
            Inline::Strong(inner) => out.push_str(&format!("<strong>{}</strong>", words(inner))),
            Inline::Strikethrough(inner) => out.push_str(&format!("<del>{}</del>", words(inner))),
            Inline::Styled(_, inner) => out.push_str(&words(inner)),
            Inline::Link { to, content, .. } => out.push_str(&format!("<{to}|{}>", words(content))),
            Inline::Image(image) => out.push_str(&format!("<img {}|{}>", image.path, image.alt)),
            Inline::FootnoteMark(mark) => out.push_str(&format!("(^{})", mark + 1)),
            Inline::Break => out.push('\n'),
            Inline::Field(_) | Inline::Html(_) | Inline::Passage { .. } => {}
        }
    }
    out
}

fn check(blocks: &[Block]) {
    let mut want = Vec::new();
    expected(blocks, &mut want);
    let mut written = MarkdownBlocks::default();
    // Generated headings begin at level 2, as the writer places them.
    written.blocks(blocks, &mut Levels::new(1));
    let text = format!("{}\n\n[^1]: x\n", written.finish());
    let mut got = read(&text);
    got.truncate(got.len().saturating_sub(2));
    assert_eq!(got, want, "{text}");
}

#[test]
fn blocks_beside_blocks_stay_apart() {
    let list = |start: Option<u64>| {
        Block::List(List {
            numbering: start.map(|start| Numbering::decimal(start, 2)),
            tight: true,
            items: vec![vec![paragraph("a")], vec![paragraph("b"), Block::Code("- c".into())]],
        })
    };
    check(&[
        list(None),
        list(None),
        list(Some(1)),
        list(Some(1)),
        list(None),
        Block::Rule,
        paragraph("x"),
    ]);
    check(&[
        Block::Quote(vec![paragraph("a"), list(Some(7))]),
        Block::Quote(vec![paragraph("b")]).clone(),
        Block::Rule,
    ]);
    check(&[
        paragraph("a"),
        Block::Code("``` `` \n\n    x".into()),
        Block::Rule,
        paragraph("b"),
    ]);
}

#[test]
fn emphasis_is_read_as_emphasis() {
    let strong = |text: &str| Inline::Strong(line(text));
    let em = |text: &str| Inline::Emphasis(line(text));
    let plain = |text: &str| Inline::Text(text.into());
    for inlines in [
        vec![strong("Close them."), plain(" Now")],
        vec![plain("a"), em("b"), plain("c")],
        vec![plain("a"), em("(b)"), plain("c")],
        vec![em("a"), strong("b"), em("c")],
        vec![Inline::Strong(vec![plain("a "), em("b"), plain(" c")])],
        vec![Inline::Strong(vec![em("b")])],
        vec![em(" b ")],
        vec![Inline::Emphasis(vec![em("b")]), plain("*")],
        vec![
            plain("2 * 3 * 4 _x_ ~~y~~"),
            Inline::Code("a`b``c".into()),
            Inline::Code("`".into()),
        ],
        vec![Inline::Code("\\".into()), Inline::Code("`".into())],
        vec![Inline::FootnoteMark(0), plain("["), Inline::Code("]".into())],
        vec![
            plain("\\"),
            Inline::Code("`".into()),
            Inline::Code("x\\".into()),
            plain("`"),
        ],
        vec![plain("!"), link("https://example.org/a_(b)*c*", "x]y"), plain("!")],
        vec![Inline::Image(Image {
            path: "a b (1).png".into(),
            alt: "[x]".into(),
            origin: origin(),
            picture: None,
        })],
    ] {
        check(&[Block::Paragraph(inlines)]);
    }
}

#[test]
fn a_heading_keeps_its_signs() {
    for text in ["C#", "C #", "# #", "1. x", "a \\", "#"] {
        check(&[crate::emit::tests::heading(2, text)]);
    }
}

/// What a name may hold, and more.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "__",
        "`",
        "```",
        "~~",
        "~",
        "[",
        "](",
        ")",
        "![",
        "[^1]",
        "[x]: y",
        "<b>",
        "</b>",
        "<!--",
        "<https://x.org>",
        "&amp;",
        "&#42;",
        "&",
        "\\",
        "|",
        "---",
        "- ",
        "+ ",
        "* ",
        "1. ",
        "1) ",
        "# ",
        "> ",
        ">",
        "===",
        "    ",
        ":",
        "{{ x }}",
        "{",
        "$x$",
        "word",
        "é",
        "منظمة",
        "“q”",
        "'",
        "\"",
        ".",
        "!",
        " ",
        "\u{a0}",
        "https://example.org/a_b",
        "<",
        "javascript:x",
    ]);
    prop::collection::vec(
        prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => "[\\PC]{0,8}"],
        1..8,
    )
    .prop_map(|pieces| pieces.concat().trim_matches(|c: char| c.is_whitespace()).to_owned())
    .prop_filter("something", |text| !text.is_empty())
}

/// Runs of white space are one space to CommonMark's readers at line ends only, but
/// text is compared as it stands, so none is generated at the ends.
fn inline() -> impl Strategy<Value = Inline> {
    let to = "https://example\\.org/[a-z_()*&=?\\[\\]]{0,12}";
    prop_oneof![
        4 => hostile().prop_map(|text| Inline::Text(text.into())),
        1 => hostile().prop_map(|text| Inline::Code(text.replace('\u{a0}', "x"))),
        1 => hostile().prop_map(|text| Inline::Strong(line(&text))),
        1 => hostile().prop_map(|text| Inline::Emphasis(line(&text))),
        1 => hostile().prop_map(|text| Inline::Strikethrough(line(&text))),
        1 => (to, hostile()).prop_map(|(to, text)| link(&to, &text)),
        1 => Just(Inline::FootnoteMark(0)),
    ]
}

/// A line whose texts do not touch: read again, two would be one.
fn a_line() -> impl Strategy<Value = Line> {
    prop::collection::vec(inline(), 1..5).prop_filter("as one text is read", |line| {
        line.windows(2)
            .all(|pair| !matches!(pair, [Inline::Text(_), Inline::Text(_)]))
    })
}

/// Holds that lines are read as they were in paragraphs, a list and a quotation, and
/// cells in a table.
#[track_caller]
fn check_everywhere(paragraphs: &[Line], cells: &[impl AsRef<str>], tight: bool) {
    let cells: Vec<Line> = cells.iter().map(|cell| line(cell.as_ref())).collect();
    let blocks: Vec<Block> = paragraphs.iter().cloned().map(Block::Paragraph).collect();
    let items: Vec<Vec<Block>> = blocks.iter().map(|block| vec![block.clone()]).collect();
    let list = List {
        numbering: Some(Numbering::decimal(3, items.len())),
        tight,
        items,
    };
    let table = Table {
        alignments: vec![Alignment::Start, Alignment::End],
        head: cells[..2].to_vec(),
        rows: vec![cells[2..].to_vec()],
    };
    let quote = Block::Quote(blocks.clone());
    check(&[blocks, vec![Block::List(list), quote, Block::Table(table)]].concat());
}

#[test]
fn what_random_blocks_once_found() {
    let strong = vec![Inline::Strong(line("*")), line("\u{1cd00}")[0].clone()];
    check_everywhere(&[strong], &["*"; 4], false);
    let code = vec![Inline::FootnoteMark(0), line("[")[0].clone(), Inline::Code("]".into())];
    check_everywhere(&[code], &["*"; 4], false);
}

mod properties {
    use super::*;
    use crate::testing::chance;

    proptest! {
        #![proptest_config(chance::cases(400))]

        #[test]
        fn names_are_read_as_they_were(names in prop::collection::vec(hostile(), 1..6)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let text = markdown(&document(vec![Part::Roll(roll(&names))], Vec::new()));
            let items: Vec<String> = read(&text).into_iter().filter(|item| !matches!(&**item, "item" | "end of list" | "list None")).collect();
            prop_assert_eq!(items, names, "{}", text);
        }

        #[test]
        fn blocks_are_read_as_they_were(paragraphs in prop::collection::vec(a_line(), 1..4), cells in prop::collection::vec(hostile(), 4), tight in any::<bool>()) {
            check_everywhere(&paragraphs, &cells, tight);
        }
    }
}
