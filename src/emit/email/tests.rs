//! What an e-mail must be, read back line by line. Python's own reader has its say in
//! tests/outside.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::compose::document::{Block, List, Part, RollEntry};
use crate::emit::tests::{document, everything, paragraph, roll};
use crate::model::numbering::Numbering;
use crate::model::style::{Color, Look};
use proptest::prelude::*;

fn written(document: &Document) -> String {
    String::from_utf8(email(document, &EmitOptions::default()).unwrap().bytes).unwrap()
}

/// The head, unfolded, a header a line.
fn head(message: &str) -> Vec<String> {
    let head = message
        .split("\r\n\r\n")
        .next()
        .unwrap()
        .replace("\r\n ", " ")
        .replace("\r\n\t", " ");
    head.split("\r\n").map(str::to_owned).collect()
}

fn mailbox(text: &str) -> Mailbox {
    Mailbox::parse(text).unwrap()
}

#[test]
fn the_head_is_the_documents_own() {
    let mut letter = everything();
    letter.envelope.from = Some(mailbox("We Are Home <press@example.org>"));
    letter.envelope.to = vec![mailbox("Ana Ruiz <ana@example.gov>"), mailbox("staff@example.gov")];
    let message = written(&letter);
    let head = head(&message);
    assert_eq!(
        head[..5],
        [
            "From: \"We Are Home\" <press@example.org>",
            "To: \"Ana Ruiz\" <ana@example.gov>, <staff@example.gov>",
            "Subject: Two changes",
            "Date: Mon, 1 Mar 2021 12:00:00 +0000",
            &head[4],
        ]
    );
    assert!(
        head[4].starts_with("Message-ID: <") && head[4].ends_with("@undersigned.invalid>"),
        "{}",
        head[4]
    );
    assert_eq!(
        head[5..8],
        ["MIME-Version: 1.0", "X-Unsent: 1", "Content-Language: en-US"]
    );
    assert!(
        head[8].starts_with("Content-Type: multipart/alternative; boundary="),
        "{}",
        head[8]
    );
    assert_eq!(head.len(), 9);
    assert_eq!(message.matches("Content-ID: <picture-").count(), 2);
    assert_eq!(message, written(&letter));
}

#[test]
fn without_date_and_addresses_nothing_is_made_up() {
    let mut letter = document(vec![Part::Roll(roll(&["One"]))], Vec::new());
    letter.date = None;
    let head = head(&written(&letter));
    let names: Vec<&str> = head.iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(
        names,
        [
            "Subject",
            "Message-ID",
            "MIME-Version",
            "X-Unsent",
            "Content-Language",
            "Content-Type"
        ]
    );
}

#[test]
fn the_page_brings_nothing_from_outside() {
    let page = html::page(&everything(), "0123").html;
    for word in [
        "<script",
        "<style",
        "<link",
        "class=",
        "javascript:",
        "url(",
        "http-equiv=\"refresh",
        "src=\"http",
        "src=\"data",
    ] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.len() < 10_000, "{}", page.len());
}

#[test]
fn a_hundred_names_fit_and_five_thousand_are_warned_of() {
    let check = |count: usize, warned: bool| {
        let names: Vec<String> = (0..count)
            .map(|at| format!("Workers’ Center of the {at}th District"))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let said = email(
            &document(vec![Part::Roll(roll(&names))], Vec::new()),
            &EmitOptions::default(),
        )
        .unwrap()
        .diagnostics;
        assert_eq!(
            said.iter().any(|said| said.code == Code::LongEmail),
            warned,
            "{count}: {said:?}"
        );
    };
    check(102, false);
    check(535, false);
    check(5000, true);
}

mod properties {
    use super::*;
    use crate::testing::chance;

    proptest! {
        #![proptest_config(chance::cases(256))]

        #[test]
        fn no_text_adds_a_header(subject in ".{0,80}", name in ".{0,80}") {
            let mut list = roll(&[]);
            list.sections[0].entries.push(RollEntry { rank: 0, mark: "", kind: Default::default(), name: name.clone(), place: None, detail: None, logo: None });
            let mut letter = document(vec![Part::Roll(list)], Vec::new());
            letter.subject = format!("{subject}\r\nBcc: evil@example.org\r\n\r\n<b>");
            letter.envelope.from = Some(Mailbox { name: format!("{name}\r\nBcc: evil@example.org"), address: "a@example.org".into() });
            let head = head(&written(&letter));
            let names: Vec<&str> = head.iter().map(|line| line.split(':').next().unwrap()).collect();
            prop_assert_eq!(names, ["From", "Subject", "Date", "Message-ID", "MIME-Version", "X-Unsent", "Content-Language", "Content-Type"]);
        }
    }
}

#[test]
fn the_letterhead_and_the_colors_are_those_of_the_page() {
    let mut letter = everything();
    let page = |letter: &Document| html_part(letter).unwrap();
    // The logo and the name are cells of one row.
    let row = |page: &str| {
        let name = page.find("We Are Home<").unwrap();
        page[page[..name].rfind("<tr>").unwrap()..name].to_owned()
    };
    let classic = page(&letter);
    assert!(row(&classic).contains("alt=\"A house\""), "{}", row(&classic));
    assert!(row(&classic).contains(&format!("border-bottom:1px solid {}", Color::QUIET)));
    assert!(classic.contains(&format!(
        "<a href=\"https://example.org/a?b=1&amp;c=2\" style=\"color:{}\"",
        Color::LINK
    )));
    // Its cell is as wide as it is: 40 pixels.
    assert!(row(&classic).contains("<td width=\"40\""), "{}", row(&classic));
    // A picture that is made narrower stays in proportion.
    let pictures: Vec<&str> = classic.split("<img").skip(1).collect();
    assert!(
        pictures.len() >= 2
            && pictures
                .iter()
                .all(|tag| tag.split('>').next().unwrap().contains("height:auto"))
    );
    // A color of its own colors name and rule, and nothing else changes.
    let own = Color::parse("#0b7a0b").unwrap();
    letter.style.accent = Some(own);
    let colored = row(&page(&letter));
    assert!(colored.contains(&format!("border-bottom:1px solid {own}")) && colored.contains(&format!("color:{own}")));
    letter.style.look = Look::Plain;
    assert!(!row(&page(&letter)).contains("border-bottom"));
}

#[test]
fn a_letter_from_right_to_left_has_its_marks_at_the_right() {
    let list = |words: &str| {
        Block::List(List {
            numbering: Some(Numbering::decimal(1, 1)),
            tight: true,
            items: vec![vec![paragraph(words)]],
        })
    };
    let passage = Block::Passage {
        language: "en".to_owned(),
        blocks: vec![list("One."), Block::Quote(vec![paragraph("Two.")])],
    };
    let blocks = vec![list("واحد"), Block::Quote(vec![paragraph("اثنان")]), passage];
    let mut letter = document(vec![Part::Body(blocks)], vec![vec![paragraph("ملاحظة")]]);
    letter.language = "ar".to_owned();
    let page = html_part(&letter).unwrap();
    let before = |words: &str| {
        let at = page.find(words).unwrap();
        page[page[..at].rfind(['\n', '}']).unwrap_or(0)..at].to_owned()
    };
    assert!(before("واحد").contains("padding-right:28px"), "{}", before("واحد"));
    assert!(before("اثنان").contains("border-right:3px"), "{}", before("اثنان"));
    // A passage of the other direction has its own.
    assert!(
        page.contains("<div lang=\"en\" dir=\"ltr\" style=\"text-align:left\">"),
        "{page}"
    );
    assert!(before("One.").contains("padding-left:28px"), "{}", before("One."));
    assert!(before("Two.").contains("border-left:3px"), "{}", before("Two."));
    // The number of a note is not against its words.
    assert!(before("ملاحظة").contains("padding-left:8px"), "{}", before("ملاحظة"));
}

#[test]
fn turned_over_names_are_set_in() {
    let letter = document(vec![Part::Roll(roll(&["One", "Two"]))], Vec::new());
    let page = html_part(&letter).unwrap();
    let cell = page.find("text-indent:-14px").unwrap();
    assert!(
        page[..cell].ends_with("padding:0;padding-left:14px;padding-right:12px;"),
        "{page}"
    );
    // Each is a block, whose first line stands out.
    assert!(
        page.contains("<div><bdi>One</bdi></div>") && page.contains("<div><bdi>Two</bdi></div>"),
        "{page}"
    );
}
