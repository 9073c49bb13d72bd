//! Kinds other than a letter: contents and their pages, boxes, release pages.

use super::*;
use crate::compose::document::{ContentsEntry, Running};
use crate::source::{Origin, SourceMap};

/// A document of so many sections with contents, each heading told by its origin.
fn plan(sections: usize) -> Document {
    let mut sources = SourceMap::default();
    let mut blocks = Vec::new();
    let mut entries = Vec::new();
    for number in 0..sections {
        let origin = Origin::File(sources.add("plan.md", ""));
        let content = line(&format!("Section {number}"));
        entries.push(ContentsEntry {
            level: 1,
            title: content.clone(),
            heading: Some(origin),
        });
        blocks.push(Block::Heading {
            level: 2,
            content,
            origin,
        });
        blocks.extend((0..number % 4 + 2).map(|_| paragraph(&"A sentence of some length. ".repeat(12))));
    }
    let parts = vec![
        Part::Cover {
            title: line("A plan"),
            subtitle: None,
            picture: None,
            lines: vec![line("We Are Home")],
        },
        Part::Contents {
            heading: "Contents".to_owned(),
            entries,
        },
        Part::Body(blocks),
    ];
    let mut document = document(parts, Vec::new());
    document.kind = DocumentKind::Plan;
    document
}

/// The texts painted on a page that belong to the tree.
fn texts(pages: &Pages, page: usize) -> Vec<String> {
    let items = pages.pages[page].items.iter();
    items
        .filter_map(|item| match item {
            Item::Text(run) if matches!(run.mark, Mark::Content(_)) => Some(run.text.trim().to_owned()),
            _ => None,
        })
        .collect()
}

#[test]
fn contents_name_the_pages_on_which_headings_stand() {
    let sections = 30;
    let (pages, said) = paginate(&plan(sections), &EMBEDDED);
    assert_eq!(said, []);
    assert!(
        texts(&pages, 0).contains(&"A plan".to_owned()),
        "the cover stands alone"
    );
    assert!(!texts(&pages, 0).contains(&"Contents".to_owned()));
    let mut printed = Vec::new();
    for page in 1..pages.pages.len() {
        let texts = texts(&pages, page);
        if texts.iter().any(|text| text.starts_with("A sentence")) {
            break;
        }
        printed.extend(texts);
    }
    for number in 0..sections {
        let title = format!("Section {number}");
        let bookmark = pages.outline.iter().find(|bookmark| *bookmark.title == *title).unwrap();
        let at = printed.iter().position(|text| *text == title).unwrap();
        assert_eq!(printed[at + 1], (bookmark.page + 1).to_string(), "{title}");
    }
}

#[test]
fn entries_lead_to_their_headings() {
    let (pages, _) = paginate(&plan(5), &EMBEDDED);
    let structure = &pages.structure;
    let of = |wanted: Role| structure.nodes.iter().filter(move |node| node.role == wanted);
    assert_eq!((of(Role::Contents).count(), of(Role::ContentsItem).count()), (1, 5));
    for reference in of(Role::Reference) {
        let Some(crate::layout::frame::Target::Node(heading)) = &reference.target else {
            panic!("an entry leads nowhere");
        };
        assert_eq!(structure.node(*heading).role, Role::Heading(2));
    }
    assert_eq!(of(Role::Heading(1)).count(), 1);
}

#[test]
fn a_release_says_more_on_all_pages_but_the_last() {
    let mut document = long_letter(40);
    document.running = Some(Running {
        slug: "Seven changes".to_owned(),
        more: "-more-".to_owned(),
    });
    let (pages, _) = paginate(&document, &EMBEDDED);
    let count = pages.pages.len();
    assert!(count > 2);
    for (index, page) in pages.pages.iter().enumerate() {
        let furniture: Vec<&str> = page
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Text(run) if matches!(run.mark, Mark::Artifact(_)) => Some(run.text.trim()),
                _ => None,
            })
            .collect();
        let number = format!("Page {} of {count}", index + 1);
        let mut expected = Vec::new();
        if index > 0 {
            expected.extend(["Seven changes", &number]);
        }
        if index + 1 < count {
            expected.push("-more-");
        }
        assert_eq!(furniture, expected, "page {}", index + 1);
    }
}

#[test]
fn a_box_has_its_ground_behind_every_line() {
    let content: Vec<Block> = (0..60).map(|_| paragraph("A line in a box.")).collect();
    let body = vec![Block::Box {
        title: line("How we won"),
        content,
    }];
    let (pages, _) = paginate(&document(vec![Part::Body(body)], Vec::new()), &EMBEDDED);
    assert!(pages.pages.len() > 1, "the box goes over a page's end");
    for page in &pages.pages {
        let backgrounds: Vec<_> = page
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Rule { area, .. } if area.width.0 > 100.0 => Some(*area),
                _ => None,
            })
            .collect();
        for item in &page.items {
            let Item::Text(run) = item else { continue };
            if !matches!(run.mark, Mark::Content(_)) {
                continue;
            }
            let covered = backgrounds
                .iter()
                .any(|area| area.y.0 <= run.y.0 && run.y.0 <= area.y.0 + area.height.0 && area.x.0 < run.x.0);
            assert!(covered, "{} stands outside its box", run.text);
        }
    }
}

#[test]
fn what_ends_a_document_below_its_roll_is_never_alone_on_a_page() {
    for columns in 1..=3 {
        for count in (20..200).step_by(3) {
            let names: Vec<String> = (0..count).map(|number| format!("Organization {number}")).collect();
            let parts = vec![
                Part::Body(vec![paragraph("We ask.")]),
                roll(&names, columns),
                Part::EndMark("###".to_owned()),
            ];
            let pages = set(&document(parts, Vec::new()));
            let last = texts(&pages, pages.pages.len() - 1);
            assert_eq!(last.last().map(String::as_str), Some("###"));
            assert!(
                last.iter().any(|text| text.starts_with("Organization")),
                "{count} names in {columns} columns: {last:?}"
            );
        }
    }
}
