//! Looks at the first rows of a list before its columns are given a meaning.
//!
//! In: rows. Out: for each column, a [`Shape`]: how many of its cells are answers, words of
//! a status, dates, names of organizations. Guaranteed: no more than [`SURVEYED`] rows are
//! looked at, so that a long list is still read once. Absent: what follows from it (that is
//! `column_doubts`').

use super::cells::{MAX_COLUMNS, Row};
use super::consent::{self, Answer};
use super::dates;
use super::fold::fold;
use super::headers;
use super::name_form::Boxes;
use super::private_values;
use super::restraint::{self, Light};
use crate::load::clean;
use crate::model::signatory::Kind;

/// How many rows are looked at. Enough that a word of a status that a list uses at all is
/// mostly among them; a rarer one is found in its own row. Chosen by eye.
pub(super) const SURVEYED: usize = 200;

/// How many cells of a column are shown.
const SHOWN: usize = 3;

/// Most values of a column that are told apart. A status has fewer; by eye.
const VALUES: usize = 12;

/// Longest cell that can be an answer, in bytes.
const LONGEST_ANSWER: usize = 80;

/// Longest cell that can be the name of a status, in bytes.
const LONGEST_STATUS: usize = 40;

/// The first values that differ, case aside, and how many cells have each.
#[derive(Clone, Debug, Default)]
pub(super) struct ValueCounts {
    pub(super) counts: Vec<(String, usize)>,
    /// Cells whose value is none of those.
    others: usize,
}

impl ValueCounts {
    /// Counts a cell; at `most` so many values are told apart.
    pub(super) fn count(&mut self, cell: &str, most: usize) {
        let mut counts = self.counts.iter_mut();
        if let Some((_, count)) = counts.find(|(known, _)| known.eq_ignore_ascii_case(cell)) {
            *count += 1;
        } else if self.counts.len() < most {
            self.counts.push((cell.to_owned(), 1));
        } else {
            self.others += 1;
        }
    }
}

/// What the cells of one column look like.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// Cells that hold something.
    pub(super) filled: usize,
    /// Cells that say yes.
    pub(super) yes: usize,
    /// Cells that say no.
    pub(super) no: usize,
    /// Cells that are a figure, 0 or 1; they count as yes or no, too.
    pub(super) figures: usize,
    /// Cells that are a word of a status, and of no answer.
    pub(super) statuses: usize,
    /// Cells that say whether a name may be seen.
    pub(super) visibility: usize,
    /// Cells that are a color of a traffic light, and those of them that are green or yellow.
    pub(super) lights: usize,
    pub(super) greens: usize,
    pub(super) yellows: usize,
    /// Cells that by themselves keep their row back.
    pub(super) restraining: usize,
    /// Dates.
    pub(super) dates: usize,
    /// Cells with a word that organizations call themselves.
    pub(super) bodies: usize,
    /// Cells that look like a name of somebody: two words with capitals or more.
    pub(super) names: usize,
    /// Cells that say whether a person signs or an organization.
    pub(super) kinds: usize,
    /// Cells that are a level: "local", "international".
    pub(super) levels: usize,
    /// Of those, cells that say a person.
    pub(super) individuals: usize,
    /// Cells that are too long for the name of a status.
    pub(super) long: usize,
    /// Boxes before what may be names.
    pub(super) boxes: Boxes,
    /// The first cells that differ.
    pub(super) samples: Vec<String>,
    /// Whether there are more that differ.
    pub(super) is_varied: bool,
    values: ValueCounts,
    /// Cells that are clearly something else than a status: numbers, addresses, web pages,
    /// states, given names, initials.
    facts: usize,
    /// Cells in prose: two words or more, of which one is in small letters and joins no name.
    prose: usize,
}

impl Shape {
    /// Returns whether the cells answer a question with yes or no. Few figures are a
    /// number rather.
    pub(super) fn is_answers(&self) -> bool {
        let answers = self.yes + self.no + self.statuses + self.visibility;
        let number = self.figures == self.filled && (self.yes == 0 || self.no == 0);
        self.yes + self.no > 0 && answers * 10 >= self.filled * 8 && !number
    }

    /// Returns whether at least half of the cells say yes or no, and both are said: a question,
    /// even if others answered it in words.
    pub(super) fn leans_to_answers(&self) -> bool {
        let answers = self.yes + self.no + self.statuses + self.visibility;
        self.yes > 0 && self.no > 0 && answers * 2 >= self.filled && self.figures < self.filled
    }

    /// Returns whether all cells are words of a status or of being seen, or answers, and
    /// some are no mere answers.
    pub(super) fn is_status_words(&self) -> bool {
        let known = self.yes + self.no + self.statuses;
        self.statuses > 0 && known == self.filled
    }

    /// Returns whether all cells say whether a name may be seen.
    pub(super) fn is_visibility(&self) -> bool {
        self.visibility > 0 && self.visibility + self.yes + self.no == self.filled
    }

    /// Returns whether half of the cells say whether a name may be seen.
    pub(super) fn is_mostly_visibility(&self) -> bool {
        self.visibility > 0 && self.visibility * 2 >= self.filled
    }

    /// Returns whether all cells are colors of a traffic light, some green and some not. Without
    /// a yellow, they may be colors of something else, unless the header `says_so`.
    pub(super) fn is_lights(&self, says_so: bool) -> bool {
        let some = self.greens > 0 && self.greens < self.lights && (self.yellows > 0 || says_so);
        // One that is no color stands for a question: "?".
        some && self.lights * 10 >= self.filled * 7
    }

    /// Returns whether the cells are the stages of a board: a third of them are words of a status
    /// or answers, two are no answers, and none is a name or a date.
    pub(super) fn is_stages(&self) -> bool {
        let known = self.statuses + self.yes + self.no - self.figures;
        let others = self.long + self.dates + self.bodies;
        self.statuses > 1 && known * 3 >= self.filled && others == 0
    }

    /// Returns whether all cells are levels, and differ.
    pub(super) fn is_levels(&self) -> bool {
        self.levels > 1 && self.levels == self.filled && self.samples.len() > 1
    }

    /// Returns whether any cell is an answer, or a word of a status.
    pub(super) fn says_something(&self) -> bool {
        self.yes + self.no + self.statuses + self.visibility > self.figures
    }

    /// Returns whether half of the cells are words of a status, or answers.
    pub(super) fn is_half_understood(&self) -> bool {
        (self.yes + self.no + self.statuses) * 2 >= self.filled
    }

    /// Returns whether some cells say that somebody signed: yes, or a word of a status that does
    /// not keep its row back.
    pub(super) fn confirms(&self) -> bool {
        self.yes + self.statuses > self.restraining
    }

    /// Returns whether some cells say yes and some no.
    pub(super) fn says_both(&self) -> bool {
        self.yes > 0 && self.no > 0
    }

    /// Returns whether some of a few short words are answers, or words of a status: who has typed
    /// "x" or "declined" below a header has answered a question.
    pub(super) fn holds_answers(&self) -> bool {
        let answers = self.yes + self.no + self.statuses + self.visibility - self.figures;
        let known = answers * 3 >= self.filled && answers > 0;
        known && self.long == 0 && self.bodies == 0 && self.prose * 2 < self.filled.max(1) + 1
    }

    /// Returns whether the cells are such answers, and other words: "Confirmed" beside "First email
    /// sent".
    pub(super) fn mixes_answers(&self) -> bool {
        let known = self.yes + self.no + self.statuses + self.visibility;
        self.holds_answers() && known + 1 < self.filled
    }

    /// Returns whether the cells are a few words again and again.
    pub(super) fn is_few_words(&self) -> bool {
        self.filled > 0 && !self.is_varied && self.samples.iter().all(|cell| cell.len() <= 40) && self.dates == 0
    }

    /// Returns whether the cells are a few short words each, and neither names of bodies nor
    /// dates: what a status may be called.
    pub(super) fn is_short_words(&self) -> bool {
        self.filled > 0 && self.long + self.dates + self.bodies == 0
    }

    /// Returns whether the cells are a few short values again and again, as those of a status are:
    /// on average, each stands at least in two of three cells twice.
    pub(super) fn is_repeated(&self) -> bool {
        let repeats = self.values.counts.iter().any(|(_, count)| *count > 1);
        let differ = self.values.counts.len() + self.values.others;
        repeats && self.filled >= 3 && self.long == 0 && differ <= VALUES && differ * 3 <= self.filled * 2
    }

    /// Returns whether the cells are clearly something else than a status: dates, numbers,
    /// addresses, levels, kinds, states, names of bodies or of people.
    pub(super) fn is_facts(&self) -> bool {
        let facts = self.facts + self.dates + self.levels.max(self.kinds).max(self.bodies);
        facts * 10 >= self.filled * 8
    }

    /// Returns whether the cells are names of somebody: most have two words with capitals, or a
    /// word of organizations.
    pub(super) fn is_names(&self) -> bool {
        self.filled > 0 && self.names.max(self.bodies) * 2 >= self.filled
    }

    /// Returns whether most cells are in prose.
    pub(super) fn is_prose(&self) -> bool {
        self.filled > 0 && self.prose * 2 >= self.filled
    }

    fn see(&mut self, cell: &str) {
        let cleaned = clean::cell(cell);
        let cell = &*cleaned.text;
        // Qualtrics has a row of its own names below the header.
        if cell.is_empty() || cell.starts_with("{\"") {
            return;
        }
        self.filled += 1;
        self.boxes.see(cell);
        if !self.samples.iter().any(|known| known == cell) {
            if self.samples.len() < SHOWN {
                self.samples.push(cell.chars().take(100).collect());
            } else {
                self.is_varied |=
                    self.samples.len() == SHOWN && !self.samples.iter().any(|known| known.eq_ignore_ascii_case(cell));
            }
        }
        self.values.count(cell, VALUES);
        self.facts += usize::from(super::facts::is_fact(cell));
        self.prose += usize::from(super::facts::is_prose(cell));
        self.levels += usize::from(headers::level(cell).is_some());
        let kind = headers::kind(cell);
        self.kinds += usize::from(kind.is_some());
        self.individuals += usize::from(kind == Some(Kind::Individual));
        self.long += usize::from(cell.len() > LONGEST_STATUS);
        if cell.len() > LONGEST_ANSWER {
            return;
        }
        let folded = fold(headers::unranked(cell));
        if let Some(light) = restraint::light(&folded) {
            self.lights += 1;
            self.greens += usize::from(light == Light::Green);
            self.yellows += usize::from(light == Light::Yellow);
        }
        self.restraining += usize::from(restraint::is_restraining(&folded));
        // "Responded - Yes".
        let ending = cell.rsplit_once(" - ").and_then(|(_, end)| headers::answer(&fold(end)));
        match ending {
            Some(true) => self.yes += 1,
            Some(false) => self.no += 1,
            None => {}
        }
        if ending.is_some() {
            return;
        }
        let answer = consent::answer_of_folded("", cell, &folded);
        match answer {
            Answer::Yes | Answer::No
                if headers::answer(&folded).is_some() || consent::is_tick(cell) || consent::is_cross(cell) =>
            {
                self.figures += usize::from(matches!(cell, "0" | "1"));
                if answer == Answer::Yes {
                    self.yes += 1;
                } else {
                    self.no += 1;
                }
                return;
            }
            _ => {}
        }
        // An hourglass is no answer, and stands for one.
        let is_sign = folded.is_empty() && !cell.is_ascii() && !cell.contains(['–', '—']);
        if is_sign
            || headers::status_of_folded(&folded).is_some()
            || restraint::holds_back(&folded) && restraint::visibility(&folded).is_none()
        {
            self.statuses += 1;
        } else if restraint::says_visibility(cell, &folded).is_some() {
            self.visibility += 1;
        } else if consent::begins(&folded) == Some(true) {
            self.yes += 1;
        } else if consent::begins(&folded) == Some(false) {
            self.no += 1;
        } else if dates::moment(cell).is_some() {
            self.dates += 1;
        } else if private_values::private(cell).is_none() {
            self.bodies += usize::from(super::body_words::has_body_word(&folded));
            let capitals = cell
                .split_whitespace()
                .filter(|word| word.starts_with(char::is_uppercase));
            self.names += usize::from(capitals.count() >= 2 && cell.split_whitespace().count() <= 12);
        }
    }
}

/// The first rows of a list, looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    columns: Vec<Shape>,
    /// That of a column in which no row holds anything.
    empty: Shape,
    rows: usize,
}

impl Survey {
    /// Looks at the first of some rows.
    pub(super) fn of<R: Row>(rows: impl Iterator<Item = R>) -> Self {
        let mut survey = Self::default();
        rows.take(SURVEYED).for_each(|row| survey.see(&row));
        survey
    }

    fn see(&mut self, row: &impl Row) {
        let width = row.len().min(MAX_COLUMNS);
        if self.columns.len() < width {
            self.columns.resize(width, Shape::default());
        }
        let mut filled = false;
        for (at, shape) in self.columns.iter_mut().enumerate().take(width) {
            let before = shape.filled;
            shape.see(row.cell(at).unwrap_or_default());
            filled |= shape.filled > before;
        }
        self.rows += usize::from(filled);
    }

    /// Returns whether a row above those looked at is one of them: in a column of answers,
    /// of words of a status, of dates, or of facts such as states, it has the like.
    pub(super) fn has_row_above(&self, row: &impl Row) -> bool {
        let mut above = Self::default();
        above.see(row);
        let kinds = |shape: &Shape| [shape.yes + shape.no, shape.statuses, shape.dates, shape.facts];
        above.columns.iter().enumerate().any(|(at, shape)| {
            let below = self.column(at);
            let mut pairs = kinds(shape).into_iter().zip(kinds(below));
            pairs.any(|(one, all)| one > 0 && all * 2 >= below.filled.max(1))
        })
    }

    /// Returns the shape of the column at a position.
    pub(super) fn column(&self, at: usize) -> &Shape {
        self.columns.get(at).unwrap_or(&self.empty)
    }

    /// Returns how many rows that hold something were looked at.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(asked: fn(&Shape) -> bool, expected: bool, columns: &[&[&str]]) {
        for cells in columns {
            let mut shape = Shape::default();
            cells.iter().for_each(|cell| shape.see(cell));
            assert_eq!(asked(&shape), expected, "{cells:?}");
        }
    }

    #[test]
    fn columns_are_told_by_their_cells() {
        let long = "Asked in March, and again in April at the meeting";
        check(Shape::is_short_words, true, &[&["Confirmed", "Unsure"]]);
        check(
            Shape::is_short_words,
            false,
            &[&[], &["2021-03-01"], &["2021-03-01", long]],
        );
        check(
            Shape::is_visibility,
            true,
            &[&["public", "anonymous"], &["public", "yes"]],
        );
        check(Shape::is_visibility, false, &[&["yes", "no"], &["public", "Oak Union"]]);
        check(Shape::is_levels, true, &[&["local", "national"]]);
        check(Shape::is_levels, false, &[&["local", "local"], &["Oak", "Elm"], &[]]);
        check(
            Shape::is_names,
            true,
            &[&["Oak Hall", "Elm Yard"], &["Oak Hall", "oak"]],
        );
        check(Shape::is_names, false, &[&["Oak", "Elm"], &["yes", "no"], &[]]);
        check(Shape::says_both, true, &[&["yes", "no"], &["x", "no", "?"]]);
        check(Shape::says_both, false, &[&["yes", "yes"], &["no"], &[]]);
        check(Shape::confirms, true, &[&["confirmed"], &["yes", "declined"]]);
        check(Shape::confirms, false, &[&["declined"], &["Oak"], &[]]);
        check(
            Shape::holds_answers,
            true,
            &[&["x", "declined"], &["yes", "Oak", "Elm"]],
        );
        check(Shape::holds_answers, false, &[&["Oak", "Elm"], &["x", long], &[]]);
        check(
            Shape::mixes_answers,
            true,
            &[&["Confirmed", "Confirmed", "First email sent", "Second email sent"]],
        );
        check(
            Shape::mixes_answers,
            false,
            &[&["Confirmed", "Confirmed"], &["First email sent"]],
        );
    }

    #[test]
    fn the_colors_of_a_traffic_light_are_three_unless_the_header_says_so() {
        check(|shape| shape.is_lights(false), true, &[&["green", "yellow", "red"]]);
        check(
            |shape| shape.is_lights(false),
            false,
            &[&["green", "red"], &["green", "green"], &[]],
        );
        check(|shape| shape.is_lights(true), true, &[&["green", "red"]]);
        check(
            |shape| shape.is_lights(true),
            false,
            &[&["red", "red"], &["green", "green"]],
        );
    }
}
