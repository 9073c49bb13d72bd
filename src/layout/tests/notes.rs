//! Footnotes: on which page, in which order, and their marks.

use super::{contents, document, line, nodes_of, paragraph, places, runs, set};
use crate::compose::document::{Block, Document, Inline, Part};
use crate::layout::frame::{Mark, Pages, Role};
use crate::layout::outline;

fn with_notes(lengths: &[usize]) -> Document {
    let mut blocks = Vec::new();
    let mut notes = Vec::new();
    for (number, &length) in lengths.iter().enumerate() {
        let mut text = line("Every week of delay is counted in people");
        text.push(Inline::FootnoteMark(number));
        text.extend(line(", and the people are counted in weeks. ".repeat(6).as_str()));
        blocks.push(Block::Paragraph(text));
        notes.push(vec![paragraph(
            &"A note says more than the text has room for. ".repeat(length),
        )]);
    }
    document(vec![Part::Body(blocks)], notes)
}

#[test]
fn footnotes_begin_on_the_page_of_their_mark_and_stand_in_order() {
    // The last are longer than a page.
    let lengths = [1, 4, 1, 9, 2, 30, 1, 1, 12, 3, 200, 1, 90];
    let pages = set(&with_notes(&lengths));
    let places = places(&pages);
    let marks = nodes_of(&pages, |role| role == Role::Reference);
    let notes = nodes_of(&pages, |role| role == Role::Note);
    assert_eq!((marks.len(), notes.len()), (lengths.len(), lengths.len()));
    let mut last = (0, 0.0);
    for (mark, note) in marks.into_iter().zip(notes) {
        let (page, ..) = places[&contents(&pages.structure, mark)[0]][0];
        let all = contents(&pages.structure, note);
        let (note_page, _, y, _) = places[&all[0]][0];
        assert_eq!(page, note_page);
        assert!((note_page, y) > last);
        last = (note_page, y);
        let text: String = all[1..]
            .iter()
            .flat_map(|id| &places[id])
            .map(|place| place.3.as_str())
            .collect();
        assert!(text.starts_with("A note says more"));
    }
}

#[test]
fn a_footnote_within_a_footnote_is_set() {
    let mut letter = with_notes(&[1]);
    let mut inner = line("Outer");
    inner.push(Inline::FootnoteMark(1));
    letter.footnotes = vec![vec![Block::Paragraph(inner)], vec![paragraph("Inner")]];
    let pages = set(&letter);
    assert!(outline::pages(&pages).contains("|Inner|"));
}

/// The numbers of the notes at each page's foot, from its top.
fn feet(pages: &Pages) -> Vec<Vec<String>> {
    let mut feet = vec![Vec::new(); pages.pages.len()];
    let places = places(pages);
    for note in nodes_of(pages, |role| role == Role::Note) {
        let (page, _, y, number) = places[&contents(&pages.structure, note)[0]][0].clone();
        feet[page].push((y, number));
    }
    feet.into_iter()
        .map(|mut foot| {
            foot.sort_by(|a, b| a.0.total_cmp(&b.0));
            foot.into_iter().map(|(_, number)| number).collect()
        })
        .collect()
}

#[test]
fn notes_stand_in_the_order_of_their_numbers() {
    // The first note calls for the third.
    let marked = |text: &str, note| {
        let mut line = line(text);
        line.push(Inline::FootnoteMark(note));
        Block::Paragraph(line)
    };
    let body = vec![marked("One", 0), marked("Two", 1)];
    let notes = vec![
        vec![marked("Outer", 2)],
        vec![paragraph("Second")],
        vec![paragraph("Inner")],
    ];
    let pages = set(&document(vec![Part::Body(body)], notes.clone()));
    assert_eq!(feet(&pages), [["1", "2", "3"]]);
    // Both marks in one paragraph.
    let mut both = line("One");
    both.push(Inline::FootnoteMark(0));
    both.push(Inline::Text(" two".into()));
    both.push(Inline::FootnoteMark(1));
    let pages = set(&document(vec![Part::Body(vec![Block::Paragraph(both)])], notes));
    assert_eq!(feet(&pages), [["1", "2", "3"]]);
}

#[test]
fn a_page_with_more_of_a_note_to_come_has_no_hole() {
    // A note of more than a page, and another mark soon after the first.
    let sentence = "Every week of delay is counted in people, and the people are counted in weeks. ";
    let mut text = line(sentence.repeat(2).trim());
    text.push(Inline::FootnoteMark(0));
    text.extend(line(&format!(" {}", sentence.repeat(4))));
    text.push(Inline::FootnoteMark(1));
    text.extend(line(&format!(" {}", sentence.repeat(40))));
    for length in [60, 75, 90, 120, 150, 200] {
        let notes = vec![vec![paragraph(&sentence.repeat(length))], vec![paragraph("Short.")]];
        let pages = set(&document(vec![Part::Body(vec![Block::Paragraph(text.clone())])], notes));
        for page in 0..pages.pages.len() - 1 {
            let mut lines: Vec<f64> = runs(&pages)
                .filter(|(number, run)| *number == page && matches!(run.mark, Mark::Content(_)))
                .map(|(_, run)| run.y.0)
                .collect();
            lines.sort_by(f64::total_cmp);
            let hole = lines.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f64::max);
            assert!(hole < 60.0, "{hole} on page {page} with {length}");
        }
    }
}

#[test]
fn marks_side_by_side_are_told_apart() {
    let mut text = line("Once");
    text.extend([0, 1].map(Inline::FootnoteMark));
    text.extend(line(" and again"));
    text.push(Inline::FootnoteMark(2));
    let notes = vec![vec![paragraph("Note")]; 3];
    let pages = set(&document(vec![Part::Body(vec![Block::Paragraph(text)])], notes));
    let read: String = runs(&pages)
        .take_while(|(_, run)| run.y.0 < 100.0)
        .map(|(_, run)| &*run.text)
        .collect();
    assert_eq!(read, "Once1,2 and again3");
}

#[test]
fn a_mark_is_no_part_of_the_number_before_it() {
    // From right to left the mark stands left of the date, which stays whole.
    let mut text = line("אבגד הוזח 2026-03-01.");
    text.push(Inline::FootnoteMark(0));
    let mut letter = document(
        vec![Part::Body(vec![Block::Paragraph(text)])],
        vec![vec![paragraph("אב")]],
    );
    letter.language = "he".to_owned();
    let pages = set(&letter);
    let first = runs(&pages).next().unwrap().1.y.0;
    let line: Vec<_> = runs(&pages)
        .map(|(_, run)| run)
        .filter(|run| (run.y.0 - first).abs() < 1.0)
        .collect();
    let mark = line.iter().find(|run| &*run.text == "1").unwrap();
    assert!(
        line.iter().all(|run| run.x.0 >= mark.x.0),
        "nothing stands left of the mark"
    );
    assert!(line.iter().any(|run| run.text.contains("2026-03-01")));
}
