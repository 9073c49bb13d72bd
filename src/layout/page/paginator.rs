//! Fills one page after the other.
//!
//! In: groups of line blocks that belong together, and columns of signatories. Out:
//! painted pages, bookmarks, and the pages of headings. Guaranteed: a group stands on one
//! page unless it is taller than one; a page takes what fits with its footnotes. Absent:
//! what belongs together, which is decided by its caller.

use crate::layout::blocks::columns::RollColumns;
use crate::layout::blocks::line_block::{LineBlock, space_between};
use crate::layout::flow::block::ContentsPages;
use crate::layout::frame::{Artifact, Bookmark, Item, Mark, Page, Rect};
use crate::layout::page::footnotes::{Footnotes, NOTE_RULE, ROUNDING};
use crate::layout::page::paint::{paint_block, paint_line};
use crate::layout::page_metrics::{HAIRLINE, PageMetrics, QUIET};
use crate::model::units::Pt;
use std::sync::Arc;

/// Length of the rule over footnotes, as a part of the measure.
const NOTE_RULE_LENGTH: f64 = 0.25;

/// Largest part of a page that stays blank rather than divide a footnote: three
/// lines and a bit.
const BLANK: f64 = 0.08;

/// Largest part of a page that footnotes carried over may take while there is
/// text to go with them.
const CARRIED: f64 = 0.6;

/// Holds the pages as they fill.
pub(super) struct Paginator<'a> {
    metrics: &'a PageMetrics,
    notes: Footnotes,
    pages: Vec<Page>,
    bookmarks: Vec<Bookmark>,
    /// The pages of headings that the contents name.
    contents: ContentsPages,
    page: Page,
    /// Height used from the top.
    used: f64,
    /// Space wanted after the last line block.
    after: f64,
    /// Says whether no text stands on the page.
    empty: bool,
}

impl<'a> Paginator<'a> {
    /// Begins the first page.
    pub(super) fn new(metrics: &'a PageMetrics, notes: Vec<Vec<LineBlock>>) -> Self {
        Self {
            metrics,
            notes: Footnotes::new(notes),
            pages: Vec::new(),
            bookmarks: Vec::new(),
            contents: ContentsPages::new(),
            page: new_page(metrics),
            used: 0.0,
            after: 0.0,
            empty: true,
        }
    }

    /// Returns the space wanted after the last line block.
    pub(super) fn space_after(&self) -> f64 {
        self.after
    }

    /// Places line blocks that belong together, with `more` room after them.
    pub(super) fn group(&mut self, group: Vec<LineBlock>, more: f64) {
        if group.is_empty() {
            if more > 0.0 && !self.empty && !self.fits(&[], more, &[]) {
                self.next_page();
            }
            return;
        }
        let notes = self.notes.called(&group);
        if !notes.is_empty() {
            let room = self.metrics.height - self.used - self.stacked(&group, more);
            self.notes.open(room);
        }
        if !self.fits(&group, more, &notes) && !self.empty && !self.divides(&group, more, &notes) {
            self.next_page();
        }
        if !notes.is_empty() {
            self.clear_foot();
        }
        if self.fits(&group, more, &notes) || self.divides(&group, more, &notes) {
            for line_block in group {
                self.place(line_block);
            }
            return;
        }
        // Taller than a page: it is divided after all, line block by line block.
        for line_block in group {
            let single = std::slice::from_ref(&line_block);
            let notes = self.notes.called(single);
            if !self.fits(single, 0.0, &notes) && !self.empty && !self.divides(single, 0.0, &notes) {
                self.next_page();
            }
            if !notes.is_empty() {
                self.clear_foot();
            }
            self.place(line_block);
        }
    }

    /// Returns the height of line blocks stacked below what the page has, spaces
    /// included.
    fn stacked(&self, group: &[LineBlock], more: f64) -> f64 {
        let mut height = 0.0;
        let mut after = self.after;
        let mut top = self.empty;
        for line_block in group {
            if top {
                height += line_block.head.as_ref().map_or(0.0, |head| head.height);
            } else {
                height += space_between(after, line_block.before);
            }
            height += line_block.height;
            (after, top) = (line_block.after, false);
        }
        height + more
    }

    /// Returns whether line blocks fit on the page with their footnotes whole.
    fn fits(&self, group: &[LineBlock], more: f64, notes: &[usize]) -> bool {
        let foot = self.notes.height_with(notes);
        (notes.is_empty() || !self.notes.is_closed())
            && self.used + self.stacked(group, more) + foot <= self.metrics.height + ROUNDING
    }

    /// Returns whether line blocks fit if their last footnote is divided. It is, if the
    /// page would otherwise stay blank, and if enough lines stand on either side.
    fn divides(&self, group: &[LineBlock], more: f64, notes: &[usize]) -> bool {
        let blank = (self.metrics.height - self.used - self.notes.height()) / self.metrics.height;
        if notes.is_empty() || self.notes.is_closed() || (blank < BLANK && !self.empty) {
            return false;
        }
        let room = self.metrics.height - self.used - self.stacked(group, more);
        self.notes.split_at(notes, room).is_some()
    }

    /// Places a line block and its footnotes.
    fn place(&mut self, mut line_block: LineBlock) {
        let (left, top) = (self.metrics.left, self.metrics.top);
        if self.empty {
            if let Some(head) = line_block.head.take() {
                let height = head.height;
                paint_block(&mut self.page, Arc::unwrap_or_clone(head), left, top + self.used);
                self.used += height;
            }
        } else {
            self.used += space_between(self.after, line_block.before);
        }
        if let Some((level, title)) = line_block.bookmark.take() {
            self.bookmarks.push(Bookmark {
                level,
                title,
                page: self.pages.len(),
                y: Pt(top + self.used),
            });
        }
        if let Some(index) = line_block.contents_index {
            self.contents.insert(index, self.pages.len());
        }
        let called = self.notes.called([&line_block]);
        let y = top + self.used;
        self.used += line_block.height;
        self.after = line_block.after;
        self.empty = false;
        paint_block(&mut self.page, line_block, left, y);
        if !called.is_empty() {
            self.notes.add(&called, self.metrics.height - self.used);
        }
    }

    /// Places signatories, on as many pages as they need. If all that are left fit, but
    /// not what stands below them, which is `tail` high, some go to the next page with
    /// it.
    pub(super) fn columns(&mut self, mut columns: RollColumns, tail: f64) {
        while !columns.is_done() {
            let gap = if self.empty {
                0.0
            } else {
                space_between(self.after, columns.before)
            };
            let room = self.metrics.height - self.used - gap - self.notes.height();
            let least = columns.least_height(self.metrics.height);
            if room + ROUNDING < least && !self.empty {
                self.next_page();
                continue;
            }
            let with_tail = room - tail;
            let apart = tail > 0.0 && columns.fit(room) && !columns.fit(with_tail) && with_tail >= least;
            let filled = columns.fill(if apart { with_tail } else { room.max(least) });
            let top = self.metrics.top + self.used + gap;
            let start = match self.metrics.rtl {
                true => self.metrics.left,
                false => self.metrics.left + self.metrics.aside,
            };
            for (left, entries) in filled.columns {
                for (below, entry) in entries {
                    let mut y = top + below;
                    if let Some((level, title)) = entry.bookmark {
                        self.bookmarks.push(Bookmark {
                            level,
                            title,
                            page: self.pages.len(),
                            y: Pt(y),
                        });
                    }
                    for line in entry.lines {
                        let height = line.height;
                        paint_line(&mut self.page, line, start + left, y);
                        y += height;
                    }
                }
            }
            self.used += gap + filled.height;
            self.after = columns.after;
            self.empty = false;
            if !columns.is_done() {
                self.next_page();
            }
        }
    }

    /// Ends the page, unless nothing stands on it.
    pub(super) fn page_break(&mut self) {
        if !self.empty {
            self.next_page();
        }
    }

    /// Ends the page and begins another with the footnotes carried over.
    fn next_page(&mut self) {
        self.end_page();
        self.notes.take_carried(self.metrics.height * CARRIED);
    }

    /// Gives footnotes carried over whole pages until new ones can begin.
    fn clear_foot(&mut self) {
        while self.notes.is_closed() && self.empty {
            self.notes.take_carried(self.metrics.height);
            self.next_page();
        }
    }

    /// Ends the page: paints its footnotes below a rule.
    fn end_page(&mut self) {
        let (height, foot) = self.notes.end_page(self.metrics.height - self.used);
        if !foot.is_empty() {
            self.paint_foot(height, foot);
        }
        let page = std::mem::replace(&mut self.page, new_page(self.metrics));
        self.pages.push(page);
        (self.used, self.after, self.empty) = (0.0, 0.0, true);
    }

    /// Paints footnotes of a height at the page's foot, and the rule above them.
    fn paint_foot(&mut self, height: f64, foot: Vec<LineBlock>) {
        let metrics = self.metrics;
        let mut y = metrics.top + metrics.height - height + NOTE_RULE.0;
        let measure = metrics.measure - metrics.aside;
        let width = measure * NOTE_RULE_LENGTH;
        let aside = if metrics.rtl { measure - width } else { metrics.aside };
        self.page.items.push(Item::Rule {
            area: Rect {
                x: Pt(metrics.left + aside),
                y: Pt(y),
                width: Pt(width),
                height: Pt(HAIRLINE),
            },
            color: QUIET,
            mark: Mark::Artifact(Artifact::Layout),
        });
        y += HAIRLINE + NOTE_RULE.1;
        let mut after = 0.0;
        for (index, line_block) in foot.into_iter().enumerate() {
            if index > 0 {
                y += space_between(after, line_block.before);
            }
            after = line_block.after;
            let height = line_block.height;
            paint_block(&mut self.page, line_block, metrics.left, y);
            y += height;
        }
    }

    /// Ends the last page, after those that footnotes still need; returns the pages,
    /// the bookmarks, and the pages of the headings that the contents name.
    pub(super) fn into_pages(mut self) -> (Vec<Page>, Vec<Bookmark>, ContentsPages) {
        while self.notes.has_carried() {
            self.end_page();
            self.notes.take_carried(self.metrics.height);
        }
        if !self.empty || !self.notes.is_empty() || self.pages.is_empty() {
            self.end_page();
        }
        (self.pages, self.bookmarks, self.contents)
    }
}

/// Returns a page with nothing on it.
pub(super) fn new_page(metrics: &PageMetrics) -> Page {
    Page {
        width: Pt(metrics.paper_width),
        height: Pt(metrics.paper_height),
        items: Vec::new(),
        links: Vec::new(),
    }
}
