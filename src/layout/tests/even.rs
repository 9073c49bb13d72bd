//! What a typesetter sees first: lines of even length, one edge for numbers, columns that are
//! told apart, and pages that are full.

use super::{document, end, line, paragraph, roll, run, runs, set};
use crate::compose::document::{Alignment, Block, Document, List, Part, Table};
use crate::layout::frame::Pages;
use crate::model::numbering::Numbering;

fn set_table(alignments: Vec<Alignment>, rows: &[&[&str]]) -> Pages {
    let mut rows = rows.iter().map(|row| row.iter().map(|cell| line(cell)).collect());
    let table = Table {
        alignments,
        head: rows.next().unwrap_or_default(),
        rows: rows.collect(),
    };
    set(&document(vec![Part::Body(vec![Block::Table(table)])], Vec::new()))
}

/// A letter of 14 numbered paragraphs, with a quotation after the ninth.
fn numbered() -> Document {
    let list = |from: usize, to: usize| {
        Block::List(List {
            numbering: Some(Numbering::decimal(from as u64, to + 1 - from)),
            tight: false,
            items: (from..=to)
                .map(|at| vec![paragraph(&format!("Paragraph {at}"))])
                .collect(),
        })
    };
    let quote = Block::Quote(vec![paragraph("Quoted")]);
    let mut letter = document(vec![Part::Body(vec![list(1, 9), quote, list(10, 14)])], Vec::new());
    letter.page.numbered_paragraphs = true;
    letter
}

#[test]
fn numbered_paragraphs_have_one_edge_and_quotations_another() {
    let letter = numbered();
    let pages = set(&letter);
    let x = |words: &str| run(&pages, words).x.0;
    assert!((x("Paragraph 9") - x("Paragraph 10")).abs() < 0.01);
    assert!(x("Quoted") > x("Paragraph 9") + 10.0);
    // Without numbers, a quotation is set in from the text's edge.
    let mut plain = letter;
    plain.page.numbered_paragraphs = false;
    let pages = set(&plain);
    assert!(run(&pages, "Quoted").x.0 < x("Quoted") - 10.0);
}

#[test]
fn a_number_is_farther_from_the_next_column_than_from_its_own_word() {
    let two_halves = set_table(
        vec![Alignment::Start, Alignment::End, Alignment::Start, Alignment::End],
        &[
            &["State", "Signatories", "State", "Signatories"],
            &["Alabama", "11", "Massachusetts", "5"],
            &["Connecticut", "6", "Nebraska", "8"],
        ],
    );
    let white = run(&two_halves, "Massachusetts").x.0 - end(run(&two_halves, "11"));
    let usual = set_table(
        vec![Alignment::Start, Alignment::Start],
        &[&["Signatories", "State"], &["Connecticut", "Massachusetts"]],
    );
    let column = run(&usual, "Massachusetts").x.0 - end(run(&usual, "Connecticut"));
    assert!(white > column + 6.0, "{white} {column}");
}

#[test]
fn columns_to_be_filled_in_take_the_width_of_the_page() {
    let rows: &[&[&str]] = &[&["No.", "Name", "Signature"], &["1", "", ""], &["2", "", "\u{a0}"]];
    let pages = set_table(vec![Alignment::Number, Alignment::Start, Alignment::Start], rows);
    let x = |words: &str| run(&pages, words).x.0;
    assert!(
        x("Name") < 130.0 && x("Signature") > 270.0,
        "{} {}",
        x("Name"),
        x("Signature")
    );
    // There is room to write.
    assert!(run(&pages, "2").y.0 - run(&pages, "1").y.0 > 22.0);
    let full = set_table(
        vec![Alignment::Number, Alignment::Start, Alignment::Start],
        &[&["No.", "Name", "Signature"], &["1", "Ana", "yes"], &["2", "Kit", ""]],
    );
    assert!(run(&full, "Signature").x.0 < 200.0);
    assert!(run(&full, "2").y.0 - run(&full, "1").y.0 < 22.0);
}

#[test]
fn what_ends_a_document_takes_names_from_the_last_roll_alone() {
    for count in (60..150).step_by(3) {
        let names = |kind: &str, count: usize| (0..count).map(|at| format!("{kind} {at}")).collect::<Vec<_>>();
        let rolls = [roll(&names("Mayor", count), 2), roll(&names("Neighbor", 80), 2)];
        let note = Part::EndMark("###".to_owned());
        let pages_of = |parts: Vec<Part>| -> Vec<usize> {
            let pages = set(&document(parts, Vec::new()));
            let mayors = runs(&pages).filter(|(_, run)| run.text.starts_with("Mayor"));
            mayors.map(|(page, _)| page).collect()
        };
        let with = pages_of(vec![rolls[0].clone(), rolls[1].clone(), note]);
        assert_eq!(with, pages_of(rolls.to_vec()), "{count}");
    }
}
