//! Tells columns of numbers, and where the points of their decimals stand.
//!
//! In: the words of a column's cells. Out: whether all are numbers, and for each how its
//! decimals begin. Guaranteed: a column of words is none. Absent: languages; whether a
//! comma groups digits or begins decimals is seen from the whole column.

/// Words that stand for a number that is not there, in small letters.
const ABSENT: &[&str] = &["—", "–", "-", "−", "n/a", "n.a.", "na", "…", "...", "*"];

/// Returns whether the cells of a column are numbers: at least one is, and none is a word.
pub fn is_numeric<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let mut numbers = 0;
    for cell in cells {
        let cell = cell.trim();
        if cell.is_empty() || ABSENT.contains(&cell.to_lowercase().as_str()) {
            continue;
        }
        if digits(cell).is_none() {
            return false;
        }
        numbers += 1;
    }
    numbers > 0
}

/// Returns for each cell of a numeric column the byte at which its decimals begin: at their
/// sign, or else behind the last digit. `None` for a cell without a number.
pub fn points(cells: &[&str]) -> Vec<Option<usize>> {
    let sign = decimal_sign(cells);
    let point = |cell: &&str| {
        let (first, last) = digits(cell)?;
        let sign = sign.and_then(|sign| cell[first..last].rfind(sign).map(|at| first + at));
        Some(sign.unwrap_or(last))
    };
    cells.iter().map(point).collect()
}

/// Returns the spaces after each cell of a numeric column that put the decimals of cells set
/// to the right one below the other, in fonts whose figures have one width: a figure space
/// for each digit, a punctuation space for the sign.
pub fn padding(cells: &[&str]) -> Vec<String> {
    let points = points(cells);
    let decimals = |cell: &str, at: usize| cell[at..].chars().filter(char::is_ascii_digit).count();
    let counts: Vec<Option<usize>> = cells
        .iter()
        .zip(&points)
        .map(|(cell, point)| point.map(|at| decimals(cell, at)))
        .collect();
    let most = counts.iter().flatten().copied().max().unwrap_or(0);
    let pad = |count: &Option<usize>| match count {
        Some(count) if *count < most => {
            let sign = if *count == 0 { "\u{2008}" } else { "" };
            format!("{sign}{}", "\u{2007}".repeat(most - count))
        }
        _ => String::new(),
    };
    counts.iter().map(pad).collect()
}

/// Returns where the digits of a number begin and end; `None` if a cell is no number.
fn digits(cell: &str) -> Option<(usize, usize)> {
    let first = cell.find(|c: char| c.is_ascii_digit())?;
    let last = cell.rfind(|c: char| c.is_ascii_digit())? + 1;
    let is_before = |c: char| {
        matches!(
            c,
            '−' | '–'
                | '-'
                | '+'
                | '$'
                | '€'
                | '£'
                | '¥'
                | '~'
                | '≈'
                | '±'
                | '<'
                | '>'
                | '≤'
                | '≥'
                | '('
                | ' '
                | '\u{a0}'
                | '.'
                | ','
        )
    };
    let is_within = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '’' | '\'' | '\u{a0}' | '\u{202f}' | ' ');
    let is_after = |c: char| {
        matches!(
            c,
            '%' | '‰' | ')' | '*' | '†' | '‡' | '€' | '+' | ' ' | '\u{a0}' | '\u{202f}'
        )
    };
    let is_number = cell[..first].chars().all(is_before)
        && cell[first..last].chars().all(is_within)
        && cell[last..].chars().all(is_after)
        // Figures of several numbers: "3, 4".
        && !cell[first..last].contains(", ")
        && !cell[first..last].contains(". ");
    is_number.then_some((first, last))
}

/// Returns the sign that decimals begin with in a column, if they can be told from groups of
/// three digits.
fn decimal_sign(cells: &[&str]) -> Option<char> {
    let numbers: Vec<&str> = cells
        .iter()
        .filter_map(|cell| digits(cell).map(|(first, last)| &cell[first..last]))
        .collect();
    let begins_decimals = |sign: char, other: char| {
        numbers.iter().any(|number| {
            number.rsplit_once(sign).is_some_and(|(before, after)| {
                after.chars().all(|c| c.is_ascii_digit())
                    && !before.contains(sign)
                    && (after.len() != 3 || before.contains(other) || before.trim_start_matches('0').is_empty())
            })
        })
    };
    [('.', ','), (',', '.')]
        .into_iter()
        .find_map(|(sign, other)| begins_decimals(sign, other).then_some(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_numbers_are_told_from_words() {
        let check =
            |cells: &[&str], expected: bool| assert_eq!(is_numeric(cells.iter().copied()), expected, "{cells:?}");
        check(&["26.49", "43.7", "30"], true);
        check(&["66,380", "3,300,000", "—", ""], true);
        check(&["$5", "(12)", "−3%", "< 0.5", "1 250,5"], true);
        check(&["12*", "7†"], true);
        check(&["1a", "2"], false);
        check(&["2019–2021"], false);
        check(&["2025-03-18"], false);
        check(&["Yes", "—"], false);
        check(&["3, 4"], false);
        check(&["19 km"], false);
        check(&["—", ""], false);
        check(&[], false);
    }

    #[test]
    fn decimals_begin_at_their_sign() {
        let check = |cells: &[&str], expected: &[&str]| {
            let padded: Vec<String> = padding(cells)
                .into_iter()
                .map(|pad| pad.replace('\u{2007}', "0").replace('\u{2008}', "."))
                .collect();
            assert_eq!(padded, expected, "{cells:?}");
        };
        check(&["26.49", "43.7", "30", "—"], &["", "0", ".00", ""]);
        check(&["26,49", "43,7", "1.300"], &["", "0", ".00"]);
        check(&["14,206", "900"], &["", ""]);
        check(&["1,204.5", "900"], &["", ".0"]);
        check(&["0.125", "1.5"], &["", "00"]);
        check(&["12.5%", "3%"], &["", ".0"]);
        check(&["2", "3"], &["", ""]);
    }
}
