//! Finds the signatories among the lines of a page.
//!
//! In: lines. Out: which of them are signatories. Guaranteed: the lines taken stand
//! in runs of lines that read like names, after a line that announces them or, where
//! none does, in the longest such run. Absent: certainty; so what was taken and what
//! was left is told to a person.

use super::page_lines::{LineMark, PageLine};
use super::words;
use crate::load::lists::private_values;
use crate::model::signatory::Column;
use std::ops::Range;

/// The signatories that were found on a page.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The signatories, in order.
    pub(super) taken: Vec<Taken>,
    /// Lines after the list that read like names and were left.
    pub(super) doubtful: Vec<usize>,
}

/// A line that is a signatory.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) line: usize,
    /// The line of the heading it stands under, within the list.
    pub(super) section: Option<usize>,
}

/// Fewest lines that make a list where nothing announces one.
const FEWEST: usize = 5;

/// Longest line that can be a name, in characters. The longest name of a real roll
/// at hand has 118.
const LONGEST: usize = 160;

/// From this many words on, a line that is not announced as a name is prose.
const PROSE: usize = 25;

/// Returns whether lines are a page's rather than one name each: something announces a list,
/// or there is prose.
pub(super) fn is_page(lines: &[PageLine]) -> bool {
    let announced = lines
        .iter()
        .any(|line| line.text.ends_with(':') && words::is_cue(&line.text));
    let prose = lines.iter().filter(|line| is_prose(&line.text)).count();
    announced || prose >= 2
}

/// Finds the signatories.
pub(super) fn signatories(lines: &[PageLine]) -> Found {
    let found = announced(lines);
    if !found.taken.is_empty() {
        return found;
    }
    let runs = runs(lines);
    let list = |run: &&Range<usize>| run.len() >= FEWEST && !is_menu(&lines[(*run).clone()]);
    let longest = runs
        .iter()
        .filter(list)
        .max_by_key(|run| (run.len(), usize::MAX - run.start));
    let chosen = longest.and_then(|run| runs.iter().position(|known| known == run));
    take(lines, &runs, chosen.into_iter().collect())
}

/// Finds the signatories that a line announces.
pub(super) fn announced(lines: &[PageLine]) -> Found {
    let runs = runs(lines);
    let mut chosen: Vec<usize> = Vec::new();
    // What follows a line that announces it.
    for (at, run) in runs.iter().enumerate() {
        if run.start > 0 && announces(&lines[run.start - 1]) && run.len() >= 2 {
            chosen.push(at);
        }
    }
    // "Sincerely," and its like also stand elsewhere: a short run is one signature.
    let longest = chosen.iter().map(|&at| runs[at].len()).max().unwrap_or(0);
    chosen.retain(|&at| runs[at].len() * 4 >= longest || lines[runs[at].start - 1].text.ends_with(':'));
    take(lines, &runs, chosen)
}

/// Takes the chosen runs, each with those that go on with it.
fn take(lines: &[PageLine], runs: &[Range<usize>], chosen: Vec<usize>) -> Found {
    let mut found = Found::default();
    let mut next = 0;
    for first in chosen {
        if first < next {
            continue;
        }
        let mut at = first;
        let mut section = heading_of(lines, &runs[at]);
        loop {
            found.taken.extend(runs[at].clone().map(|line| Taken { line, section }));
            next = at + 1;
            let Some(run) = runs.get(next) else { break };
            let between = runs[at].end..run.start;
            match between.len() {
                // Only empty lines between: the same list if it goes on in its order.
                0 if continues(&lines[runs[at].clone()], &lines[run.clone()]) => {}
                // A heading of the list's own.
                1 if is_division(&lines[between.start]) => section = Some(between.start),
                _ => break,
            }
            at = next;
        }
        if let Some(run) = runs.get(next)
            && run.start == runs[next - 1].end
        {
            found.doubtful.extend(run.clone());
        }
    }
    found
}

fn announces(line: &PageLine) -> bool {
    words::is_cue(&line.text)
        && (line.mark == LineMark::Heading || line.text.ends_with([':', ',']) || !is_prose(&line.text))
}

/// Returns a heading within the list: said by the page's markup, or by a colon.
fn is_division(line: &PageLine) -> bool {
    (line.mark == LineMark::Heading || line.text.ends_with(':')) && words::is_section(&line.text)
}

/// Returns the heading right above a run, where it divides the list rather than announces
/// the whole of it.
fn heading_of(lines: &[PageLine], run: &Range<usize>) -> Option<usize> {
    let above = run.start.checked_sub(1)?;
    let line = &lines[above];
    (is_division(line) && !words::is_cue(&line.text)).then_some(above)
}

/// Divides the lines that read like names into runs. A run ends where something
/// else stands, where more empty lines stand than between its own, and where items
/// of a list meet lines that are none.
fn runs(lines: &[PageLine]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !is_name(line) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == at && lines[run.start].mark == line.mark && same_gap(lines, run, line.gap) => {
                run.end += 1;
            }
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

fn same_gap(lines: &[PageLine], run: &Range<usize>, gap: usize) -> bool {
    // The first line's own gap is to what stands before the list.
    run.len() == 1 && gap <= 1 || run.len() > 1 && gap <= lines[run.start + 1].gap
}

/// Returns whether a run goes on in the alphabetical order of the one before it.
fn continues(before: &[PageLine], after: &[PageLine]) -> bool {
    let key = |line: &PageLine| line.text.to_lowercase();
    let sorted = |lines: &[PageLine]| {
        let rising = lines.windows(2).filter(|pair| key(&pair[0]) <= key(&pair[1])).count();
        lines.len() >= 3 && rising * 10 >= (lines.len() - 1) * 9
    };
    match (before.last(), after.first()) {
        (Some(last), Some(first)) => sorted(before) && sorted(after) && key(last) <= key(first),
        _ => false,
    }
}

/// Returns whether lines are a menu: most are one word.
fn is_menu(lines: &[PageLine]) -> bool {
    let single = lines.iter().filter(|line| !line.text.contains(' ')).count();
    single * 2 > lines.len()
}

/// Returns whether a line reads like a name.
fn is_name(line: &PageLine) -> bool {
    let text = &line.text;
    let first = text.chars().next().unwrap_or(' ');
    if text.chars().count() > LONGEST || line.mark == LineMark::Heading || !text.chars().any(char::is_alphabetic) {
        return false;
    }
    if matches!(first, '"' | '“' | '«' | '©' | '#') || text.contains("://") || words::is_furniture(text) {
        return false;
    }
    if matches!(
        private_values::private(text),
        Some(Column::Email | Column::Phone | Column::Ip)
    ) || crate::load::lists::dates::moment(text).is_some()
    {
        return false;
    }
    let lower = text.to_lowercase();
    let closes = text.ends_with(['.', '!', '?', ':', ';', ',', '…', '”']);
    if closes && !words::is_abbreviated(&lower) && !is_shouted(text) {
        return false;
    }
    // In a name, most words that are not small begin with a capital.
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    let small = |word: &str| word.chars().count() <= 3 && word.chars().all(char::is_lowercase);
    let large: Vec<&&str> = words.iter().filter(|word| !small(word)).collect();
    let lowered = large
        .iter()
        .filter(|word| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase))
        .count();
    words.len() < PROSE && lowered * 2 <= large.len()
}

/// Returns whether a line is a short name with an exclamation mark, such as "ACT!" or
/// "Yes We Can!".
fn is_shouted(text: &str) -> bool {
    text.ends_with('!') && text.split_whitespace().count() <= 4
}

/// Returns whether a line reads like a sentence or more.
fn is_prose(text: &str) -> bool {
    text.split_whitespace().count() >= PROSE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> PageLine {
        PageLine {
            text: text.to_owned(),
            span: 0..0,
            mark: LineMark::Text,
            gap: 0,
            held: None,
        }
    }

    fn lines(texts: &[&str]) -> Vec<PageLine> {
        texts.iter().map(|text| line(text)).collect()
    }

    #[test]
    fn names_below_each_other_are_a_run_and_those_below_their_announcement_are_taken() {
        let page = lines(&[
            "Ash Club",
            "We asked for seven changes.",
            "Signatories:",
            "Oak Union",
            "Elm House",
            "Fern Hall",
        ]);
        assert_eq!(runs(&page), [0..1, 3..6]);
        let taken: Vec<usize> = announced(&page).taken.iter().map(|taken| taken.line).collect();
        assert_eq!(taken, [3, 4, 5]);
    }

    #[test]
    fn a_run_goes_on_in_the_order_of_the_alphabet_and_a_menu_is_single_words() {
        let goes_on = |before: &[&str], after: &[&str]| continues(&lines(before), &lines(after));
        let before = ["Ash Club", "Birch Club", "Cedar Club"];
        assert!(goes_on(&before, &["Date Club", "Elm Club", "Fern Club"]));
        assert!(!goes_on(&before, &["Elm Club", "Date Club", "Fern Club"]));
        assert!(!goes_on(&before, &["Ash Choir", "Birch Choir", "Cedar Choir"]));
        assert!(!goes_on(&before[1..], &["Date Club", "Elm Club", "Fern Club"]));
        assert!(is_menu(&lines(&["Home", "About", "Oak Union"])));
        assert!(!is_menu(&lines(&["Home", "Elm House", "Oak Union"])));
    }

    #[test]
    fn names_are_told_from_prose_and_furniture() {
        let check = |text: &str, expected| assert_eq!(is_name(&line(text)), expected, "{text}");
        check("Aldea - The People’s Justice Center", true);
        check("Advancement Project, National Office", true);
        check("Asian Americans Advancing Justice | AAJC", true);
        check("Foo Bar, Inc.", true);
        check("CASA", true);
        check("iPeace Alliance", true);
        check("ACT!", true);
        check("Alianza Nacional de Campesinas", true);
        check(
            "National Korean American Service & Education Consortium (NAKASEC)",
            true,
        );
        check("Share this page", false);
        check("We asked for seven changes.", false);
        check("“It is time,” said the director.", false);
        check("https://example.org", false);
        check("press@example.org", false);
        check("March 1, 2021", false);
        check("###", false);
        check("Signatories include:", false);
        check("the letter was sent to the secretary of the department", false);
    }
}
