//! Lines of single texts: how many, how full, and where they break.

use super::EMBEDDED;
use crate::layout::frame::{ContentId, Mark};
use crate::layout::paragraph::format::{Align, BreakPolicy, ParagraphFormat};
use crate::layout::paragraph::line::SetLine;
use crate::layout::paragraph::set_text;
use crate::layout::text::atom::measure;
use crate::layout::text::font_style::FontStyle;
use crate::layout::text::shape::Shaper;
use crate::layout::text::styled_text::{StyledText, TextStyle};

const SIZE: f64 = 11.0;

/// The form of a column whose lines start at its edge.
fn format(width: f64, align: Align, break_policy: BreakPolicy) -> ParagraphFormat {
    ParagraphFormat {
        width,
        first: 0.0,
        rest: 0.0,
        hang_breaks: false,
        align,
        break_policy,
        hyphenate: false,
        leading: 15.0,
        rtl: None,
    }
}

/// Calls `f` with a text in Source Serif, and what shapes it.
fn shaped<T>(chars: &str, f: impl FnOnce(&StyledText, Shaper<'_>) -> T) -> T {
    let words = EMBEDDED.words.of_language("en");
    let shaper = Shaper {
        fonts: &EMBEDDED,
        language: "en",
        words: &words,
    };
    let style = TextStyle::new(FontStyle::Serif, SIZE);
    f(&StyledText::plain(chars, style, Mark::Content(ContentId(0))), shaper)
}

/// Sets a text in Source Serif, and calls `f` with its lines.
fn lines<T>(chars: &str, format: &ParagraphFormat, f: impl FnOnce(&[SetLine]) -> T) -> T {
    shaped(chars, |text, shaper| f(&set_text(text, format, shaper).lines))
}

fn width(chars: &str) -> f64 {
    shaped(chars, |text, shaper| measure(text, shaper).0)
}

fn words(line: &SetLine) -> String {
    let text: String = line.runs.iter().map(|run| &*run.text).collect();
    text.trim_end().to_owned()
}

fn check(chars: &str, format: &ParagraphFormat, expected: &[&str]) {
    let found: Vec<String> = lines(chars, format, |lines| lines.iter().map(words).collect());
    assert_eq!(found, expected, "in {}", format.width);
}

/// How many lines there are if each takes as many words as it can: never more
/// than any other way needs.
fn fewest(chars: &str, room: f64) -> usize {
    let mut count = 1;
    let mut line = String::new();
    for word in chars.split(' ') {
        let longer = format!("{line} {word}").trim().to_owned();
        if width(&longer) <= room {
            line = longer;
        } else {
            count += 1;
            word.clone_into(&mut line);
        }
    }
    count
}

#[test]
fn names_take_no_more_lines_than_they_need() {
    for name in [
        "Maple County Farmworkers’ Committee",
        "Old Northbridge Farmworkers’ Committee",
        "Prairie and Plains Interfaith Farmworkers’ Committee",
        "A to Z of the Rights of All Who Work on Boats and Docks",
    ] {
        let widest = name.split(' ').map(width).fold(0.0, f64::max);
        for step in 1..400 {
            let room = widest + f64::from(step) * 0.4;
            let format = format(room, Align::Start, BreakPolicy::Display);
            let count = lines(name, &format, <[SetLine]>::len);
            assert_eq!(count, fewest(name, room), "{name} in {room}");
        }
    }
}

#[test]
fn justified_lines_reach_the_margin_or_keep_their_spaces() {
    let sentence = "Straightforward administrative reorganization demonstrates organizations unanimously recommended \
        it. Representatives of neighborhood organizations were told so in March.";
    let natural = width("a a") - 2.0 * width("a");
    let (mut full, mut ragged) = (0, 0);
    for room in 90..260 {
        let format = format(f64::from(room), Align::Justify, BreakPolicy::Prose);
        lines(sentence, &format, |lines| {
            for line in &lines[..lines.len() - 1] {
                let spaces = line.runs.iter().flat_map(|run| {
                    run.glyphs
                        .iter()
                        .filter(|glyph| run.text.as_bytes().get(glyph.cluster as usize) == Some(&b' '))
                        .map(|glyph| f64::from(glyph.advance) / 1000.0 * run.size.0)
                });
                let inner = words(line).matches(' ').count();
                let widest = spaces.take(inner).fold(0.0, f64::max);
                if (line.right - format.width).abs() < 0.05 {
                    full += 1;
                } else {
                    assert!(widest < natural + 0.01, "{} in {room}", words(line));
                    ragged += 1;
                }
            }
        });
    }
    assert!(full > 100 && ragged > 20, "{full} {ragged}");
}

#[test]
fn words_are_divided_at_syllables_before_they_are_cut() {
    let display = |width| format(width, Align::Start, BreakPolicy::Display);
    let cell = |width| format(width, Align::Start, BreakPolicy::Cell);
    let narrow = width("Orga") + width("-") + 0.5;
    check("Organizations", &display(narrow), &["Orga-", "niza-", "tions"]);
    check("Organizations", &cell(narrow), &["Orga-", "niza-", "tions"]);
    check(
        "Organizations",
        &format(narrow, Align::Justify, BreakPolicy::Prose),
        &["Orga-", "niza-", "tions"],
    );
    // What has no syllables is cut, and so that it fits.
    check("AAAAAA", &display(width("AAA") * 1.03), &["AAA", "AAA"]);
    // A name that can be set in whole words has no hyphen, however short its lines.
    check(
        "of Organizations",
        &display(width("Organizations") + 0.5),
        &["of", "Organizations"],
    );
}

#[test]
fn cells_have_no_hyphen_for_a_little_white() {
    let room = width("was received and");
    check(
        "It was received and nothing",
        &format(room, Align::Start, BreakPolicy::Cell),
        &["It was received", "and nothing"],
    );
    let hyphens = ParagraphFormat {
        hyphenate: true,
        ..format(width("the board was received"), Align::Start, BreakPolicy::Cell)
    };
    check(
        "The board was told, and it was considered",
        &hyphens,
        &["The board was told,", "and it was considered"],
    );
}

#[test]
fn a_break_begins_a_first_line() {
    let hanging = ParagraphFormat {
        rest: 20.0,
        ..format(width("Harbor Street") + 20.5, Align::Start, BreakPolicy::Display)
    };
    let lefts = lines("Harbor Street Tenants\nUnion", &hanging, |lines| {
        lines.iter().map(|line| line.left).collect::<Vec<_>>()
    });
    assert_eq!(lefts, [0.0, 20.0, 0.0]);
}

#[test]
fn hyphens_and_stops_hang_in_the_margin() {
    let sentence = "Every week of delay is counted in people, and the people are counted in weeks, and people wait.";
    let mut hung = 0;
    for room in 120..260 {
        let format = format(f64::from(room), Align::Justify, BreakPolicy::Prose);
        lines(sentence, &format, |lines| {
            for line in &lines[..lines.len() - 1] {
                let comma = words(line).ends_with(',');
                let run = line.runs.iter().rfind(|run| !run.text.trim().is_empty()).unwrap();
                let end = |text: &str| {
                    let advances = run.glyphs.iter().take(text.len()).map(|glyph| f64::from(glyph.advance));
                    run.x.0 + advances.sum::<f64>() / 1000.0 * run.size.0
                };
                let printed = end(run.text.trim_end());
                if comma && (line.right - format.width).abs() < 0.01 {
                    let half = width(",") / 2.0;
                    assert!((printed - format.width - half).abs() < 0.2, "{printed} in {room}");
                    hung += 1;
                } else {
                    assert!(printed <= format.width + 0.05);
                }
            }
        });
    }
    assert!(hung > 5, "{hung}");
}

#[test]
fn lines_of_names_and_headings_are_of_even_length() {
    let check_even = |chars: &str, longer: &str| {
        // One line is too long by a word, so that the word would stand alone.
        let format = format(width(longer) + 0.5, Align::Start, BreakPolicy::Display);
        lines(chars, &format, |lines| {
            let [first, second] = lines else {
                panic!("{} lines", lines.len())
            };
            let (first, second) = (width(&words(first)), width(&words(second)));
            assert!((first - second).abs() < first / 3.0, "{chars}: {first} {second}");
        });
    };
    check_even(
        "Salt Flats Environmental Justice Law and Policy Center",
        "Salt Flats Environmental Justice Law and Policy",
    );
    check_even(
        "Request for a Meeting on the Housing Choice Voucher Rule",
        "Request for a Meeting on the Housing Choice Voucher",
    );
}
