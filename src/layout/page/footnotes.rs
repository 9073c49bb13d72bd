//! Puts a document's footnotes at the pages' feet.
//!
//! In: the footnotes' line blocks, and the marks that lines hold. Out: what stands at the
//! foot of each page. Guaranteed: a footnote begins on the page of its mark and goes on
//! at the next page's foot only if it must, with two lines on either side; footnotes
//! stand in the order of their numbers. Absent: the text above them.

use crate::layout::blocks::line_block::{LineBlock, space_between};
use crate::layout::page_metrics::HAIRLINE;
use std::collections::VecDeque;

/// Space above the rule over footnotes, and from it to them, in points.
pub(super) const NOTE_RULE: (f64, f64) = (9.0, 5.0);

/// Fewest line blocks of a footnote, that is lines, on either side of a page's end.
const NOTE_LINES: usize = 2;

/// Rounding that does not count, in points.
pub(super) const ROUNDING: f64 = 0.01;

/// Holds a line block at a page's foot.
struct NoteOnPage {
    /// The footnote; `None` if it began on an earlier page.
    note: Option<usize>,
    line_block: LineBlock,
}

/// Holds the footnotes of a document, and the foot of the page at hand.
pub(super) struct Footnotes {
    /// The footnotes; `None` once one is placed.
    notes: Vec<Option<Vec<LineBlock>>>,
    /// Holds what stands at the page's foot, in the order of [`NoteOnPage::note`].
    foot: Vec<NoteOnPage>,
    /// Holds what is left of footnotes that began on this page or an earlier one.
    carried: VecDeque<NoteOnPage>,
    /// Says whether the foot takes no more.
    closed: bool,
}

impl Footnotes {
    /// Takes a document's footnotes; none stands on a page yet.
    pub(super) fn new(notes: Vec<Vec<LineBlock>>) -> Self {
        Self {
            notes: notes.into_iter().map(Some).collect(),
            foot: Vec::new(),
            carried: VecDeque::new(),
            closed: false,
        }
    }

    /// Returns whether the page's foot takes no more footnotes.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Returns whether nothing stands at the page's foot.
    pub(super) fn is_empty(&self) -> bool {
        self.foot.is_empty()
    }

    /// Returns whether parts of footnotes wait for the next page.
    pub(super) fn has_carried(&self) -> bool {
        !self.carried.is_empty()
    }

    /// Returns the footnotes that line blocks call for and that stand nowhere yet.
    pub(super) fn called<'a>(&self, group: impl IntoIterator<Item = &'a LineBlock>) -> Vec<usize> {
        let mut called = Vec::new();
        for line_block in group {
            self.call(&line_block.notes, &mut called);
        }
        // A footnote within a footnote may have a higher number than the next mark.
        called.sort_unstable();
        called
    }

    /// Adds footnotes that stand nowhere yet, and those that they call for.
    fn call(&self, notes: &[usize], called: &mut Vec<usize>) {
        for &note in notes {
            if let Some(Some(line_blocks)) = self.notes.get(note)
                && !called.contains(&note)
            {
                called.push(note);
                // Footnotes may have footnotes.
                for line_block in line_blocks {
                    self.call(&line_block.notes, called);
                }
            }
        }
    }

    /// Returns the height of the foot as it is.
    pub(super) fn height(&self) -> f64 {
        self.height_and(std::iter::empty())
    }

    /// Returns the height of the foot with some more footnotes, whole.
    pub(super) fn height_with(&self, notes: &[usize]) -> f64 {
        self.height_and(self.blocks_of(notes))
    }

    /// Returns the height of the foot with some more line blocks of footnotes.
    fn height_and<'s>(&'s self, more: impl Iterator<Item = (Option<usize>, &'s LineBlock)>) -> f64 {
        let here = self.foot.iter().map(|on_page| (on_page.note, &on_page.line_block));
        let mut line_blocks: Vec<(Option<usize>, &LineBlock)> = here.chain(more).collect();
        line_blocks.sort_by_key(|(note, _)| *note);
        let mut height = 0.0;
        let mut after = 0.0;
        for (index, (_, line_block)) in line_blocks.into_iter().enumerate() {
            if index == 0 {
                height += NOTE_RULE.0 + HAIRLINE + NOTE_RULE.1;
            } else {
                height += space_between(after, line_block.before);
            }
            height += line_block.height;
            after = line_block.after;
        }
        height
    }

    /// Returns the line blocks of footnotes, each with its footnote.
    fn blocks_of(&self, notes: &[usize]) -> impl Iterator<Item = (Option<usize>, &LineBlock)> {
        notes
            .iter()
            .filter_map(|&note| Some((note, self.notes[note].as_ref()?)))
            .flat_map(|(note, line_blocks)| line_blocks.iter().map(move |line_block| (Some(note), line_block)))
    }

    /// Returns how many line blocks of the footnotes stand in `room` if the last
    /// footnote is divided; `None` if it cannot be.
    pub(super) fn split_at(&self, notes: &[usize], room: f64) -> Option<usize> {
        // Only the last footnote of a page is divided.
        if self.foot.last().is_some_and(|last| last.note > notes.last().copied()) {
            return None;
        }
        let line_blocks: Vec<(Option<usize>, &LineBlock)> = self.blocks_of(notes).collect();
        let last = notes
            .last()
            .and_then(|&note| self.notes[note].as_ref())
            .map_or(0, Vec::len);
        let least = line_blocks.len() - last + NOTE_LINES;
        let most = line_blocks.len().checked_sub(NOTE_LINES)?;
        (least..=most).rev().find(|&count| {
            !line_blocks[count].1.keep_with_previous
                && self.height_and(line_blocks[..count].iter().copied()) <= room + ROUNDING
        })
    }

    /// Puts footnotes at the foot, as much as has room, and carries the rest over.
    pub(super) fn add(&mut self, notes: &[usize], room: f64) {
        let all = self.blocks_of(notes).count();
        let fits = !self.closed && self.height_with(notes) <= room + ROUNDING;
        let count = if fits {
            all
        } else if self.closed {
            0
        } else {
            self.split_at(notes, room).unwrap_or(0)
        };
        for &note in notes {
            if let Some(line_blocks) = self.notes[note].take() {
                let note = Some(note);
                let parts = line_blocks.into_iter();
                self.carried
                    .extend(parts.map(|line_block| NoteOnPage { note, line_block }));
            }
        }
        // What was carried before comes first; it is here only if the foot is
        // closed, and then nothing is taken.
        self.foot.extend(self.carried.drain(..count.min(self.carried.len())));
        self.foot.sort_by_key(|on_page| on_page.note);
        if count < all {
            self.closed = true;
        }
    }

    /// Takes what was carried over to the foot of a new page, as much as stands in
    /// `room`, but one line block at least.
    pub(super) fn take_carried(&mut self, room: f64) {
        while let Some(on_page) = self.carried.pop_front() {
            let more = std::iter::once((None, &on_page.line_block));
            if !self.foot.is_empty() && self.height_and(more) > room {
                self.carried.push_front(on_page);
                break;
            }
            self.foot.push(NoteOnPage { note: None, ..on_page });
        }
        self.closed = !self.carried.is_empty();
    }

    /// Lets new footnotes begin, if all of the old ones stand in `room`.
    pub(super) fn open(&mut self, room: f64) {
        let rest = self.carried.iter().map(|on_page| (on_page.note, &on_page.line_block));
        if self.closed && self.height_and(rest) <= room + ROUNDING {
            self.foot.extend(self.carried.drain(..));
            self.closed = false;
        }
    }

    /// Gives what the text leaves free to footnotes that go on overleaf.
    fn fill(&mut self, room: f64) {
        if self.foot.is_empty() || self.carried.is_empty() {
            return;
        }
        let fits = |count: usize| {
            let rest = self.carried.iter().map(|on_page| (on_page.note, &on_page.line_block));
            self.height_and(rest.take(count)) <= room + ROUNDING
        };
        let mut count = 0;
        while count < self.carried.len() && fits(count + 1) {
            count += 1;
        }
        // Lines that belong together stay together.
        let together = |next: &NoteOnPage| next.line_block.keep_with_previous;
        while count > 0 && self.carried.get(count).is_some_and(together) {
            count -= 1;
        }
        self.foot.extend(self.carried.drain(..count));
    }

    /// Ends the page, which has `room` for footnotes: returns the height of its foot
    /// and what stands there.
    pub(super) fn end_page(&mut self, room: f64) -> (f64, Vec<LineBlock>) {
        self.fill(room);
        let height = self.height();
        self.closed = false;
        let foot = std::mem::take(&mut self.foot);
        (height, foot.into_iter().map(|on_page| on_page.line_block).collect())
    }
}
