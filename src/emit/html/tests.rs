//! What a page must be: the whole of a tiny one, and what holds for all.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::compose::document::{Block, Image, Inline, List, RollEntry, RollSection, Table};
use crate::emit::tests::{self, origin, paragraph, roll, text};
use crate::model::letter::{PageSetting, RollStyle};
use crate::model::numbering::Numbering;
use crate::model::picture::{Picture, PictureFormat};
use crate::model::text::Alignment;
use crate::source::{Origin, SourceMap};
use proptest::prelude::*;
use std::sync::Arc;

fn document(parts: Vec<Part>, footnotes: Vec<Vec<Block>>) -> Document {
    Document {
        title: "A <title>".into(),
        author: "We & Us".into(),
        ..tests::document(parts, footnotes)
    }
}

/// The page from `<body>` on.
fn body_of(document: &Document) -> String {
    let page = html(document);
    page[page.find("<body>").unwrap()..].to_owned()
}

#[test]
fn a_tiny_letter() {
    let link = |to: &str| Inline::Link {
        to: to.into(),
        content: text("link"),
        origin: origin(),
    };
    let body = vec![
        Block::Heading {
            level: 1,
            content: text("Asks"),
            origin: origin(),
        },
        Block::Paragraph(vec![
            Inline::Text("A < B".into()),
            Inline::FootnoteMark(0),
            Inline::Emphasis(text("and")),
            link("https://example.org/?a&b"),
            link("javascript:alert(1)"),
            Inline::FootnoteMark(0),
        ]),
        Block::List(List {
            numbering: Some(Numbering::decimal(3, 1)),
            tight: true,
            items: vec![vec![Block::Paragraph(text("three"))]],
        }),
        Block::Table(Table {
            alignments: vec![Alignment::Start, Alignment::End],
            head: vec![text("Month"), text("People")],
            rows: vec![vec![text("March"), text("26,248")]],
        }),
    ];
    let mut roll = roll(&["Alpha & Co"]);
    roll.heading = Some(text("Signed"));
    roll.sections[0].heading = Some("National".into());
    roll.sections.push(RollSection {
        heading: Some("Individuals".into()),
        sentence: String::new(),
        entries: vec![RollEntry {
            rank: 0,
            mark: "",
            kind: Default::default(),
            name: "Ana".into(),
            place: None,
            detail: Some("Professor".into()),
            logo: None,
        }],
    });
    roll.note = Some(text("Affiliation only."));
    let parts = vec![
        Part::Letterhead {
            name: text("We"),
            lines: vec![text("One"), text("Two")],
            logos: Vec::new(),
            board: Vec::new(),
        },
        Part::Dateline(text("March 1, 2021")),
        Part::Via(text("By mail")),
        Part::Addressees(vec![vec![text("Name"), text("Office")]]),
        Part::Subject {
            label: "RE:".into(),
            content: text("Two changes"),
        },
        Part::Salutation(text("Dear:")),
        Part::Body(body),
        Part::Closing(text("Yours,")),
        Part::Roll(roll),
        Part::Notes {
            label: "cc:".into(),
            lines: vec![text("Copy")],
        },
    ];
    let document = document(parts, vec![vec![Block::Paragraph(text("A note."))]]);
    let page = html(&document);
    let (head, body) = page.split_at(page.find("<body").unwrap());
    let (before_style, style) = head.split_at(head.find("<style>").unwrap());
    assert_eq!(
        before_style,
        "<!DOCTYPE html><html lang=\"en-US\" dir=\"ltr\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src data:; base-uri 'none'; form-action 'none'\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>A &lt;title&gt;</title>\
         <meta name=\"author\" content=\"We &amp; Us\"><meta name=\"description\" content=\"Two changes\">"
    );
    assert!(style.contains(
        "@page{size:612pt 792pt;margin:72pt;@bottom-center{content:\"Page \" counter(page) \" of \" counter(pages) \"\";"
    ));
    let expected = r##"<body><a class="skip" href="#text">Skip to the text</a>
<header><p class="sender">We</p><p>One<br>Two</p></header>
<main id="text"><p class="date"><time datetime="2021-03-01">March~1, 2021</time></p>
<p class="via">By mail</p>
<div class="addressees stacked"><p class="addressee">Name<br>Office</p>
</div>
<h1><span class="label">RE:</span> Two changes</h1>
<p class="salutation">Dear:</p>
<div class="body"><h2>Asks</h2>
<p>A &lt; B<sup><a id="fnref-1" href="#fn-1" role="doc-noteref">1</a></sup><em>and</em><a href="https://example.org/?a&amp;b">link</a>link<sup><a id="fnref-1-2" href="#fn-1" role="doc-noteref">1</a></sup></p>
<ol start="3"><li>three</li>
</ol>
<div class="table" tabindex="0"><table><thead><tr><th scope="col">Month</th><th scope="col" class="end">People</th></tr></thead>
<tbody><tr><td>March</td><td class="end">26,248</td></tr>
</tbody></table></div>
</div>
<p class="closing">Yours,</p>
<section class="roll columns-2" aria-labelledby="roll"><h2 id="roll">Signed</h2>
<h3 class="section" id="roll-1"><bdi>National</bdi></h3>
<ul role="list" aria-labelledby="roll-1">
<li><bdi>Alpha &amp; Co</bdi></li>
</ul>
<h3 class="section" id="roll-2"><bdi>Individuals</bdi></h3>
<ul role="list" aria-labelledby="roll-2">
<li><bdi>Ana</bdi> <span class="detail"><bdi>Professor</bdi></span></li>
</ul>
<p class="note">Affiliation only.</p>
</section>
</main>
<footer><div class="notes"><p class="label">cc:</p><ul role="list"><li>Copy</li></ul></div>
<section class="footnotes" aria-labelledby="footnotes"><h2 id="footnotes">Footnotes</h2><ol><li id="fn-1"><div role="doc-footnote">A note. <a class="back" href="#fnref-1" role="doc-backlink" aria-label="Back to the text (1)">↩︎</a> <a class="back" href="#fnref-1-2" role="doc-backlink" aria-label="Back to the text (1.2)">↩︎</a></div></li>
</ol></section></footer></body></html>
"##;
    assert_eq!(body.replace('\u{a0}', "~"), expected);
}

#[test]
fn a_page_without_a_subject_still_has_a_heading() {
    let document = document(vec![Part::Body(Vec::new()), Part::Roll(roll(&["Alpha"]))], Vec::new());
    assert_eq!(
        body_of(&document),
        "<body><main id=\"text\"><h1 class=\"unseen\">A &lt;title&gt;</h1>\n<div class=\"body\"></div>\n\
         <section class=\"roll columns-2\" aria-label=\"Signatories\">\n<ul role=\"list\">\n<li><bdi>Alpha</bdi></li>\n</ul>\n\
         </section>\n</main></body></html>\n"
    );
}

#[test]
fn a_sentence_isolates_its_names() {
    let mut roll = roll(&["A", "B and A", "<i>"]);
    roll.style = RollStyle::Sentence;
    roll.sections[0].sentence = "A, B and A, and <i>".into();
    let page = body_of(&document(vec![Part::Roll(roll)], Vec::new()));
    assert!(
        page.contains("<p><bdi>A</bdi>, <bdi>B and A</bdi>, and <bdi>&lt;i&gt;</bdi></p>"),
        "{page}"
    );
}

#[test]
fn raw_html_is_sanitised_and_paired() {
    let body = vec![
        Block::Html("<details onclick=\"x()\"><summary>More</summary>".into()),
        Block::Paragraph(vec![
            Inline::Html("<u class=\"x\">".into()),
            Inline::Text("a < b".into()),
            Inline::FootnoteMark(0),
            Inline::Html("</u>".into()),
            Inline::Html("<img src=\"https://example.org/x.png\">".into()),
        ]),
        Block::Html("</details><script>alert(1)</script>".into()),
    ];
    let page = body_of(&document(vec![Part::Body(body)], vec![vec![Block::Rule]]));
    assert!(
        page.contains(
            "<div class=\"body\"><details><summary>More</summary><p><u>a &lt; b<sup><a id=\"fnref-1\" href=\"#fn-1\" \
             role=\"doc-noteref\">1</a></sup></u></p>\n</details></div>"
        ),
        "{page}"
    );
}

#[test]
fn the_running_foot_cannot_leave_its_string() {
    let page = PageSetting::default();
    let style = paper(&page, "</style>\"{page}\\");
    assert!(
        style.contains(r#"content:"\3c \2f style\3e \22 " counter(page) "\5c ";"#),
        "{style}"
    );
}

/// Relative luminance (WCAG 2.2, section "relative luminance").
fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

#[test]
fn colours_reach_double_a_in_light_and_dark() {
    let mut themes = 0;
    for theme in STYLE.split(":root {").skip(1).take(2) {
        let colour = |name: &str| {
            let (_, rest) = theme.split_once(&format!("--{name}: #")).unwrap();
            luminance(&rest[..6])
        };
        for ink in ["ink", "soft", "accent", "link"] {
            let (a, b) = (colour("sheet"), colour(ink));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 4.5, "--{ink}: {contrast:.2}");
        }
        themes += 1;
    }
    assert_eq!(themes, 2);
}

#[test]
fn every_look_reaches_double_a_with_its_accents() {
    for &look in Look::ALL {
        let style = StyleSetting {
            look,
            ..StyleSetting::default()
        };
        assert!(look.accent().contrast(Color::SHEET) >= 4.5);
        let css = colors(&style);
        assert!(!css.contains('<'));
        if look == Look::Classic {
            assert_eq!(css, ""); // What stands in the style is tested above.
            continue;
        }
        let (_, dark) = css.split_once("dark){:root{--accent:").unwrap();
        let dark = Color::parse(&dark[..7]).unwrap();
        // What is black in the light is no grey in the dark.
        let least = if look == Look::Plain { 14.0 } else { 4.5 };
        assert!(dark.contrast(Color::SHEET_DARK) >= least, "{look:?}: {dark}");
    }
}

/// A colour that just passes on the sheet is made darker for titles on the desk.
#[test]
fn titles_of_boxes_can_be_read_on_the_desk() {
    assert!(STYLE.contains(&format!("--desk: {}", Color::DESK)));
    let palest = Color([0x77, 0x76, 0x73]).legible_on(Color::SHEET, Color::BLACK);
    assert!(palest.contrast(Color::DESK) < 4.5);
    let css = colors(&StyleSetting {
        accent: Some(palest),
        ..StyleSetting::default()
    });
    let (_, after) = css.split_once("--accent-on-desk:").unwrap();
    let title = Color::parse(&after[..7]).unwrap();
    assert!(title.contrast(Color::DESK) >= 4.5, "{css}");
}

#[test]
fn the_style_asks_for_nothing_from_outside() {
    for word in ["url(", "@import", "http:", "https:", "</", "expression("] {
        assert!(!STYLE.replace("a[href^=\"http\"]", "").contains(word), "{word}");
    }
}

/// Names as nobody should be called.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</bdi></li></ul>",
        "\" onmouseover=\"alert(1)",
        "' onclick='",
        "&lt;b&gt;",
        "&#60;",
        "*bold* _it_ [x](javascript:1)",
        "{{ signatories.count }}",
        "{% raw %}",
        "<!--",
        "]]>",
        "\u{202e}",
        "\u{2066}",
        "\u{fdd0}0\u{fdd1}",
        "منظمة",
        "é",
        " and ",
        ", ",
        "-->",
    ]);
    prop::collection::vec(prop_oneof![pieces.prop_map(str::to_owned), any::<String>()], 1..6)
        .prop_map(|pieces| pieces.concat())
}

/// The page's tags, as a browser's tokenizer would find them, with attributes.
fn tags(page: &str) -> Vec<String> {
    page.split('<')
        .skip(1)
        .map(|tag| tag[..tag.find('>').unwrap()].to_owned())
        // A name in letters from right to left is isolated.
        .filter(|tag| !matches!(tag.as_str(), "bdi" | "/bdi"))
        .collect()
}

/// Holds that a link leads to an address of a known kind, or is none.
#[track_caller]
fn check_link(to: &str) {
    let link = Inline::Link {
        to: to.into(),
        content: text("x"),
        origin: origin(),
    };
    let page = body_of(&document(
        vec![Part::Body(vec![Block::Paragraph(vec![link])])],
        Vec::new(),
    ));
    for tag in tags(&page).iter().filter(|tag| tag.starts_with("a ")) {
        let to = tag.split_once("href=\"").unwrap().1.to_ascii_lowercase();
        let known = ["http:", "https:", "mailto:", "tel:", "#"];
        assert!(known.iter().any(|known| to.starts_with(known)), "{tag}");
    }
}

#[test]
fn an_address_in_a_letter_from_right_to_left_keeps_its_order() {
    let address = Part::Addressees(vec![vec![text("هيئة"), text("18700 Audette Street")]]);
    let words = "اتصلوا 313-555-0148 اليوم";
    let mut letter = document(vec![address, Part::Body(vec![paragraph(words)])], Vec::new());
    letter.language = "ar".to_owned();
    let body = body_of(&letter);
    assert!(body.contains("<bdi>18700 Audette Street</bdi>"), "{body}");
    assert!(
        body.contains("<bdi dir=\"ltr\" style=\"white-space:nowrap\">313-555-0148</bdi>"),
        "{body}"
    );
}

#[test]
fn heads_of_rows_are_heads() {
    let row = |name: &str, number: &str| vec![text(name), text(number), text("Yes")];
    let table = Table {
        alignments: vec![Alignment::Start, Alignment::Number, Alignment::Start],
        head: row("Brook", "Length"),
        rows: vec![row("Cold", "26.49"), row("Batten", "7.9"), row("Kill", "30.01")],
    };
    let body = body_of(&document(vec![Part::Body(vec![Block::Table(table)])], Vec::new()));
    assert!(
        body.contains("<th scope=\"col\" class=\"number\">Length</th>"),
        "{body}"
    );
    assert!(body.contains("<th scope=\"row\">Cold</th>"), "{body}");
    assert!(body.contains("<td class=\"number\">7.9\u{2007}</td>"), "{body}");
}

#[test]
fn adjacent_marks_have_a_comma() {
    let line = vec![
        Inline::Text("x".into()),
        Inline::FootnoteMark(0),
        Inline::FootnoteMark(1),
    ];
    let notes = vec![vec![paragraph("a")], vec![paragraph("b")]];
    let body = body_of(&document(vec![Part::Body(vec![Block::Paragraph(line)])], notes));
    assert!(body.contains("1</a></sup><sup>,</sup><sup><a"), "{body}");
}

#[test]
fn a_tag_is_no_link() {
    check_link("<script>alert(1)</script>");
}

mod properties {
    use super::*;
    use crate::testing::chance;

    proptest! {
        #![proptest_config(chance::cases(256))]

        #[test]
        fn names_add_no_tags(name in hostile(), detail in hostile()) {
            let page = |name: &str, detail: &str| {
                let mut list = roll(&[name]);
                list.heading = Some(text(name));
                list.sections[0].heading = Some(name.into());
                list.sections[0].entries[0].detail = Some(detail.into());
                let mut sentence = list.clone();
                sentence.style = RollStyle::Sentence;
                sentence.sections[0].sentence = format!("{name}, {detail}");
                let raw = vec![Inline::Html("<u>".into()), Inline::Text(name.into()), Inline::Html("</u>".into())];
                let parts = vec![
                    Part::Addressees(vec![vec![text(name)]]),
                    Part::Body(vec![Block::Paragraph(raw), Block::Html("<div>".into()), Block::Code(name.into())]),
                    Part::Roll(list),
                    Part::Roll(sentence),
                ];
                body_of(&document(parts, Vec::new()))
            };
            let plain = page("name", "detail");
            prop_assert_eq!(tags(&page(&name, &detail)), tags(&plain));
            prop_assert_eq!(page(&name, &detail), page(&name, &detail));
        }

        #[test]
        fn raw_html_adds_nothing_that_acts(raw in hostile(), inner in hostile()) {
            let body = vec![
                Block::Html(raw.clone()),
                Block::Paragraph(vec![Inline::Html(raw.clone()), Inline::Text(inner.as_str().into()), Inline::Html(raw)]),
            ];
            let page = body_of(&document(vec![Part::Body(body)], Vec::new()));
            for tag in tags(&page) {
                let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                prop_assert!(!matches!(&*name, "script" | "img" | "style" | "iframe" | "svg" | "form"), "{}", tag);
                prop_assert!(!tag.contains(" on"), "{}", tag);
            }
            let kept = inner.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
            prop_assert!(page.contains(&kept), "text was lost: {}", page);
        }

        #[test]
        fn links_lead_nowhere_else(to in prop_oneof![hostile(), "[jJ]ava[sS]cript:.*", "data:.*", "//.*", "[a-z]{1,8}:.*"]) {
            check_link(&to);
        }
    }
}

#[test]
fn pictures_stand_within_the_page_with_their_words_and_size() {
    let image = |alt: &str, data: Option<&[u8]>| Image {
        path: "a.svg".into(),
        alt: alt.into(),
        origin: Origin::File(SourceMap::default().add("a.md", "")),
        picture: data.map(|data| {
            Arc::new(Picture {
                format: PictureFormat::Svg,
                width: 40.4,
                height: 20.0,
                data: data.to_vec(),
                name: String::new(),
            })
        }),
    };
    let head = Part::Letterhead {
        name: text("We"),
        lines: Vec::new(),
        logos: vec![image("", Some(b"<svg/>"))],
        board: Vec::new(),
    };
    let line = vec![
        Inline::Image(image("\"A\" <map>", Some(b"<svg onload='x'/>"))),
        Inline::Image(image("<gone>", None)),
    ];
    let page = body_of(&document(
        vec![head, Part::Body(vec![Block::Paragraph(line)])],
        Vec::new(),
    ));
    // "<svg/>" and the other in base64.
    let logo = "<div class=\"logo\"><p><img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"\" width=\"40\" height=\"20\"></p></div>";
    assert!(page.contains(logo), "{page}");
    let map = "<p><img src=\"data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9J3gnLz4=\" \
               alt=\"&quot;A&quot; &lt;map&gt;\" width=\"40\" height=\"20\">&lt;gone&gt;</p>";
    assert!(page.contains(map), "{page}");
}

#[test]
fn colors_of_the_style_sheet_are_those_of_paper() {
    let root = STYLE.split_once('}').unwrap().0;
    for (name, color) in [("accent", Look::Classic.accent()), ("link", Color::LINK)] {
        assert!(root.contains(&format!("--{name}: {color};")), "{name}: {color}");
    }
    let rule = |look: Look, accent: Option<Color>| {
        colors(&StyleSetting {
            look,
            accent,
            ..StyleSetting::default()
        })
    };
    let own = Color::parse("#0b7a0b");
    assert!(!rule(Look::Classic, None).contains("--head-rule"));
    assert!(rule(Look::Classic, own).contains("--head-rule:var(--accent)"));
    assert!(rule(Look::Modern, None).contains("--head-rule:var(--accent)"));
    assert!(rule(Look::Plain, own).contains("header{border-bottom:0}"));
}

#[test]
fn long_entries_of_a_table_keep_the_width_of_some_words() {
    let cell = |chars: &str| vec![Inline::Text(chars.into())];
    let table = Block::Table(Table {
        alignments: vec![Alignment::Start, Alignment::Start, Alignment::End],
        head: vec![cell("Unit"), cell("River"), cell("Miles, all of them counted once")],
        rows: vec![vec![
            cell("1a"),
            cell("Ashuelot River and its North Branch"),
            cell("26.49"),
        ]],
    });
    let page = html(&document(vec![Part::Body(vec![table])], Vec::new()));
    assert_eq!(page.matches("class=\"prose\"").count(), 2, "{page}");
}

#[test]
fn tables_to_be_filled_in_are_wide_and_captions_stay_in_sight() {
    let cell = |chars: &str| vec![Inline::Text(chars.into())];
    let table = |rows: Vec<Vec<Vec<Inline>>>| Table {
        alignments: vec![Alignment::Start; rows[0].len()],
        head: rows[0].clone(),
        rows: rows[1..].to_vec(),
    };
    let blank = table(vec![
        vec![cell("Name"), cell("Signature")],
        vec![cell(""), cell("\u{a0}")],
    ]);
    let wide = table(vec![vec![cell("A"); 6], vec![cell("1"); 6]]);
    let captioned = Block::Captioned {
        content: vec![Block::Table(wide)],
        caption: cell("Table 1. Costs"),
    };
    let page = html(&document(
        vec![Part::Body(vec![Block::Table(blank), captioned])],
        Vec::new(),
    ));
    assert!(page.contains("<table class=\"blanks\">"), "{page}");
    assert!(
        page.contains("<table class=\"many\"><caption><span>Table 1. Costs</span></caption>"),
        "{page}"
    );
}

#[test]
fn an_empty_corner_of_a_table_is_no_head() {
    let cell = |chars: &str| vec![Inline::Text(chars.into())];
    let table = Block::Table(Table {
        alignments: vec![Alignment::Start, Alignment::Number],
        head: vec![cell(""), cell("2019")],
        rows: vec![vec![cell("Evictions"), cell("3.6")]],
    });
    let page = html(&document(vec![Part::Body(vec![table])], Vec::new()));
    assert!(
        page.contains("<thead><tr><td></td><th scope=\"col\" class=\"number\">2019</th></tr></thead>"),
        "{page}"
    );
}

#[test]
fn a_long_address_of_mail_is_parted_before_its_signs() {
    let body = |words: &str| body_of(&document(vec![Part::Body(vec![paragraph(words)])], Vec::new()));
    let long = body("Ask press.office@fairhomescoalition.example, please.");
    assert!(
        long.contains("press<wbr>.office<wbr>@fairhomescoalition<wbr>.example, please."),
        "{long}"
    );
    assert!(!body("Ask a@b.example, or a very long sentence without any.").contains("<wbr>"));
}
