//! Sets the roll's columns and fills pages with them.
//!
//! In: signatories, and the height a page has left. Out: which of them stand in which
//! column. Guaranteed: every signatory stands once, in order, whole in one column unless
//! it is taller than a page; what fits is balanced: columns are as low as they can be,
//! and none is lower than its right neighbor by more than a signatory. Absent: the page,
//! whose free height is handed in. Time is linear in the signatories placed.

use crate::layout::flow::block::RollBlock;
use crate::layout::paragraph::line::SetLine;
use crate::layout::paragraph::set_text;
use crate::layout::text::shape::Shaper;
use rayon::prelude::*;

/// Holds a signatory as it is set.
#[derive(Clone, Debug)]
pub(crate) struct ColumnEntry {
    /// The lines.
    pub(crate) lines: Vec<SetLine>,
    /// Their height.
    pub(crate) height: f64,
    /// Space above it, unless it is the first of its column.
    lead: f64,
    /// Says whether no column may end after it.
    keep_with_next: bool,
    /// The bookmark that leads here.
    pub(crate) bookmark: Option<(u8, Box<str>)>,
}

impl ColumnEntry {
    /// Returns its height in a column, with the space above it.
    fn height_in(&self, is_first: bool) -> f64 {
        self.height + if is_first { 0.0 } else { self.lead }
    }
}

/// Holds the signatories that are still to be placed.
#[derive(Clone, Debug)]
pub(crate) struct RollColumns {
    /// All of them; those already placed are empty.
    entries: Vec<ColumnEntry>,
    /// The first not yet placed.
    next: usize,
    count: usize,
    width: f64,
    gutter: f64,
    /// Says whether the first column stands on the right.
    rtl: bool,
    /// Space before.
    pub(crate) before: f64,
    /// Space after.
    pub(crate) after: f64,
}

/// Holds the columns that stand on a page, each from its top downwards.
pub(crate) struct FilledColumns {
    /// For each column its left edge and entries with their tops.
    pub(crate) columns: Vec<(f64, Vec<(f64, ColumnEntry)>)>,
    /// The height of the highest column.
    pub(crate) height: f64,
}

impl RollColumns {
    /// Sets the signatories of a roll, and says what no face had.
    pub(crate) fn set(block: &RollBlock, shaper: Shaper<'_>) -> (Self, Vec<(String, String)>) {
        /// Signatories that one task sets; enough that handing out tasks costs
        /// nothing beside them.
        const TASK: usize = 256;
        let lines: Vec<_> = block
            .entries
            .par_iter()
            .with_min_len(TASK)
            .map(|item| set_text(&item.text, &block.format, shaper))
            .collect();
        let mut missing = Vec::new();
        let mut entries = Vec::with_capacity(lines.len());
        for (set_text, item) in lines.into_iter().zip(&block.entries) {
            if !set_text.missing.is_empty() {
                missing.push((set_text.missing, item.text.chars.clone()));
            }
            entries.push(ColumnEntry {
                height: set_text.lines.iter().map(|line| line.height).sum(),
                lines: set_text.lines,
                lead: item.lead,
                keep_with_next: item.keep_with_next,
                bookmark: item.bookmark.clone(),
            });
        }
        let columns = Self {
            entries,
            next: 0,
            count: block.columns,
            width: block.format.width,
            gutter: block.gutter,
            rtl: block.format.rtl == Some(true),
            before: block.before,
            after: block.after,
        };
        (columns, missing)
    }

    /// Returns whether all are placed.
    pub(crate) fn is_done(&self) -> bool {
        self.next >= self.entries.len()
    }

    /// Returns the least height worth beginning with: two signatories, or all if they are
    /// fewer lines side by side; one, if two would take much of the page.
    pub(crate) fn least_height(&self, page: f64) -> f64 {
        let rest = &self.entries[self.next.min(self.entries.len())..];
        let first = rest.first().map_or(0.0, |entry| entry.height);
        if rest.len() <= self.count {
            return rest.iter().map(|entry| entry.height).fold(0.0, f64::max);
        }
        let kept = rest.iter().take_while(|entry| entry.keep_with_next).count();
        let two: f64 = rest.iter().take((kept + 1).max(2)).map(|entry| entry.height).sum();
        if two > page / 4.0 { first } else { two }
    }

    /// Divides signatories that are taller than a page's text, and leaves room for
    /// a heading above the first part.
    pub(crate) fn divide_tall_entries(&mut self, page: f64) {
        /// The part of a page that a parts of a tall entry may take.
        const PART: f64 = 0.8;
        let page = page * PART;
        if self.entries.iter().all(|entry| entry.height <= page) {
            return;
        }
        let mut entries = Vec::with_capacity(self.entries.len());
        for entry in self.entries.drain(..) {
            if entry.height <= page {
                entries.push(entry);
                continue;
            }
            let empty = || ColumnEntry {
                lines: Vec::new(),
                height: 0.0,
                lead: 0.0,
                keep_with_next: false,
                bookmark: None,
            };
            let mut part = ColumnEntry {
                bookmark: entry.bookmark,
                ..empty()
            };
            for line in entry.lines {
                if part.height + line.height > page && !part.lines.is_empty() {
                    entries.push(std::mem::replace(&mut part, empty()));
                }
                part.height += line.height;
                part.lines.push(line);
            }
            entries.push(part);
        }
        self.entries = entries;
    }

    /// Returns whether all that are left stand in `height`.
    pub(crate) fn fit(&self, height: f64) -> bool {
        self.greedy(height)
            .is_some_and(|ends| ends.last() == Some(&self.entries.len()))
    }

    /// Places as many as stand in `height`; if all that are left do, balanced.
    pub(crate) fn fill(&mut self, height: f64) -> FilledColumns {
        let ends = self.greedy(height).unwrap_or_default();
        let all = ends.last() == Some(&self.entries.len());
        let ends = if all { self.balance(height) } else { ends };
        let mut filled = FilledColumns {
            columns: Vec::new(),
            height: 0.0,
        };
        for (number, &end) in ends.iter().enumerate() {
            let place = if self.rtl { self.count - 1 - number } else { number };
            let left = (self.width + self.gutter) * place as f64;
            let mut top = 0.0;
            let mut column = Vec::with_capacity(end - self.next);
            for (number, entry) in self.entries[self.next..end].iter_mut().enumerate() {
                if number > 0 {
                    top += entry.lead;
                }
                let (height, lead, keep_with_next) = (entry.height, entry.lead, entry.keep_with_next);
                let entry = ColumnEntry {
                    lines: std::mem::take(&mut entry.lines),
                    height,
                    lead,
                    keep_with_next,
                    bookmark: entry.bookmark.take(),
                };
                column.push((top, entry));
                top += height;
            }
            filled.height = filled.height.max(top);
            filled.columns.push((left, column));
            self.next = end;
        }
        filled
    }

    /// Fills column after column to a height; returns where each ends, or `None`
    /// if not a single signatory fits.
    fn greedy(&self, height: f64) -> Option<Vec<usize>> {
        let mut at = self.next;
        let mut ends = Vec::with_capacity(self.count);
        for _ in 0..self.count {
            let begin = at;
            let mut used = 0.0;
            while let Some(entry) = self.entries.get(at) {
                let taken = entry.height_in(at == begin);
                if used + taken > height + SLACK {
                    break;
                }
                used += taken;
                at += 1;
            }
            at = self.end_before_heading(begin, at);
            if at == begin && at < self.entries.len() {
                return (at > self.next).then_some(ends);
            }
            ends.push(at);
        }
        Some(ends)
    }

    /// Returns where a column from `begin` may end if it is full at `at`: before a heading
    /// whose names would stand in the next one.
    fn end_before_heading(&self, begin: usize, at: usize) -> usize {
        if at >= self.entries.len() {
            return at;
        }
        let ends = |at: &usize| !self.entries[*at - 1].keep_with_next;
        (begin + 1..=at).rev().find(ends).unwrap_or(at)
    }

    /// Divides all that is left evenly, knowing that it fits in `height`.
    fn balance(&self, height: f64) -> Vec<usize> {
        let rest = &self.entries[self.next..];
        let leads: f64 = rest.iter().skip(1).map(|entry| entry.lead).sum();
        // At most one lead a column falls away.
        let most = rest.iter().map(|entry| entry.lead).fold(0.0, f64::max) * (self.count - 1) as f64;
        let total = rest.iter().map(|entry| entry.height).sum::<f64>() + (leads - most).max(0.0);
        let tallest = rest.iter().map(|entry| entry.height).fold(0.0, f64::max);
        let mut low = (total / self.count as f64).max(tallest);
        let mut high = height;
        if low < high && self.fit(low) {
            high = low;
        }
        // To a tenth of a point; columns differ by whole lines.
        while high - low > 0.1 {
            let middle = f64::midpoint(low, high);
            if self.fit(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        self.even(high)
            .or_else(|| self.greedy(high))
            .unwrap_or_else(|| vec![self.entries.len()])
    }

    /// Ends each column as soon as it is as high as the average of what is left,
    /// so that few signatories spread over all columns.
    fn even(&self, height: f64) -> Option<Vec<usize>> {
        let rest = &self.entries[self.next..];
        let mut left: f64 = rest.iter().map(|entry| entry.height_in(false)).sum();
        let mut at = self.next;
        let mut ends = Vec::with_capacity(self.count);
        for column in (1..=self.count).rev() {
            let target = left / column as f64 - SLACK;
            let begin = at;
            let mut used = 0.0;
            while let Some(entry) = self.entries.get(at) {
                let taken = entry.height_in(at == begin);
                let may_end = at > begin && !self.entries[at - 1].keep_with_next;
                if may_end && used >= target || used + taken > height + SLACK {
                    break;
                }
                used += taken;
                left -= entry.height_in(false);
                at += 1;
            }
            at = self.end_before_heading(begin, at);
            ends.push(at);
        }
        (at == self.entries.len()).then_some(ends)
    }
}

/// Rounding that does not count: a hundredth of a point.
const SLACK: f64 = 0.01;

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(heights: &[f64], count: usize) -> RollColumns {
        RollColumns {
            entries: heights
                .iter()
                .map(|&height| ColumnEntry {
                    lines: Vec::new(),
                    height,
                    lead: 0.0,
                    keep_with_next: false,
                    bookmark: None,
                })
                .collect(),
            next: 0,
            count,
            width: 100.0,
            gutter: 10.0,
            rtl: false,
            before: 0.0,
            after: 0.0,
        }
    }

    /// Fills pages of `height`; expected are the entries of each column.
    fn check(heights: &[f64], count: usize, height: f64, expected: &[&[usize]]) {
        let mut columns = columns(heights, count);
        let mut found: Vec<Vec<usize>> = Vec::new();
        while !columns.is_done() {
            let filled = columns.fill(height);
            found.push(filled.columns.iter().map(|(_, entries)| entries.len()).collect());
            assert!(filled.height <= height + SLACK);
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn columns_are_balanced_on_the_last_page() {
        check(&[1.0; 4], 3, 10.0, &[&[2, 1, 1]]);
        check(&[1.0; 5], 2, 10.0, &[&[3, 2]]);
        check(&[1.0; 9], 2, 3.0, &[&[3, 3], &[2, 1]]);
        check(&[1.0], 3, 10.0, &[&[1, 0, 0]]);
        check(&[1.0, 1.0, 3.0, 1.0], 2, 10.0, &[&[2, 2]]);
        check(&[3.0, 1.0, 1.0, 1.0], 2, 10.0, &[&[1, 3]]);
    }

    #[test]
    fn a_heading_stands_with_two_names() {
        // A heading, two names, a heading, three names: 1 + 6 lines and a space of 1.
        let mut columns = columns(&[1.0; 7], 2);
        for (at, names) in [(0, 2), (3, 3)] {
            (
                columns.entries[at].keep_with_next,
                columns.entries[at + 1].keep_with_next,
            ) = (true, names > 1);
            columns.entries[at].lead = if at == 0 { 0.0 } else { 1.0 };
        }
        let filled = columns.fill(5.0);
        let tops: Vec<Vec<f64>> = filled
            .columns
            .iter()
            .map(|(_, entries)| entries.iter().map(|(top, _)| *top).collect())
            .collect();
        // No space above the heading that begins a column.
        assert_eq!(tops, [vec![0.0, 1.0, 2.0], vec![0.0, 1.0, 2.0, 3.0]]);
    }

    #[test]
    fn a_signatory_that_does_not_fit_goes_to_the_next_column() {
        check(&[2.0, 2.0, 2.0, 2.0], 2, 3.0, &[&[1, 1], &[1, 1]]);
        check(&[1.0, 3.0, 1.0], 2, 3.0, &[&[1, 1], &[1, 0]]);
    }
}
