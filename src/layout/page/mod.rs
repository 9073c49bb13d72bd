//! Items are stacked on pages.
//!
//! In: the flow's items and the footnotes' line blocks. Out: pages with everything
//! painted but their furniture, and bookmarks. Guaranteed: every item stands on
//! one page; glued items stand together unless they are taller than a page; a
//! footnote begins on the page of its mark, at the foot, and goes on at the next
//! page's foot only if it must; a few lines below the roll that end the document, such
//! as its note or the end mark, have names of the roll on their page. Time is linear in the items. Absent: running
//! heads and page numbers.

pub(crate) mod running_head;

use crate::layout::blocks::columns::RollColumns;
use crate::layout::blocks::line_block::{LineBlock, PlacedRule, StackItem};
use crate::layout::flow::ContentsPages;
use crate::layout::flow::figure;
use crate::layout::frame::{Artifact, Bookmark, Item, LinkArea, Mark, Page, Rect, TextRun};
use crate::layout::page_metrics::{HAIRLINE, PageMetrics, QUIET};
use crate::layout::paragraph::SetLine;
use crate::model::units::Pt;
use std::collections::VecDeque;

/// An item, and whether it must stand on the page of the one before.
pub(crate) type Stacked = (bool, StackItem);

/// Stacks items on pages.
pub(crate) fn stack(
    items: Vec<Stacked>,
    notes: Vec<Vec<LineBlock>>,
    metrics: &PageMetrics,
) -> (Vec<Page>, Vec<Bookmark>, ContentsPages) {
    let mut paginator = Paginator {
        metrics,
        notes: notes.into_iter().map(Some).collect(),
        pages: Vec::new(),
        bookmarks: Vec::new(),
        places: ContentsPages::new(),
        page: new_page(metrics),
        used: 0.0,
        after: 0.0,
        empty: true,
        foot: Vec::new(),
        carried: VecDeque::new(),
        closed: false,
    };
    let mut group: Vec<LineBlock> = Vec::new();
    let tail = tail(&items, metrics.height);
    for (keep_with_previous, item) in items {
        if !keep_with_previous {
            paginator.group(std::mem::take(&mut group), 0.0);
        }
        match item {
            StackItem::Lines(line_block) => {
                if !line_block.keep_with_previous && !keep_with_previous {
                    paginator.group(std::mem::take(&mut group), 0.0);
                }
                group.push(line_block);
            }
            StackItem::NewPage => {
                paginator.group(std::mem::take(&mut group), 0.0);
                if !paginator.empty {
                    paginator.next_page();
                }
            }
            StackItem::Columns(mut columns) => {
                columns.divide_giants(metrics.height);
                // The space that the heading above leaves counts as well.
                let after = group.last().map_or(paginator.after, |line_block| line_block.after);
                let least = columns.before.max(after) + columns.least_height(metrics.height);
                paginator.group(std::mem::take(&mut group), least);
                paginator.columns(columns, tail);
            }
        }
    }
    paginator.group(group, 0.0);
    paginator.finish();
    (paginator.pages, paginator.bookmarks, paginator.places)
}

/// Largest part of a page that the lines below a roll may take for names to be kept
/// with them. Where there are more, they can stand alone.
const TAIL: f64 = 0.15;

/// The height of what stands below the last roll, if it is little.
fn tail(items: &[Stacked], page: f64) -> f64 {
    let mut height = 0.0;
    let mut below = 0.0;
    for (_, item) in items.iter().rev() {
        match item {
            StackItem::Lines(line_block) => {
                height += line_block.height + f64::max(line_block.after, below);
                below = line_block.before;
            }
            StackItem::Columns(columns) if height > 0.0 => {
                height += columns.after.max(below);
                return if height <= page * TAIL { height } else { 0.0 };
            }
            StackItem::Columns(_) | StackItem::NewPage => return 0.0,
        }
    }
    0.0
}

fn new_page(metrics: &PageMetrics) -> Page {
    Page {
        width: Pt(metrics.paper_width),
        height: Pt(metrics.paper_height),
        items: Vec::new(),
        links: Vec::new(),
    }
}

/// Space above the rule over footnotes, and from it to them, in points.
const NOTE_RULE: (f64, f64) = (9.0, 5.0);

/// Length of that rule, as a part of the measure.
const NOTE_RULE_LENGTH: f64 = 0.25;

/// Fewest line blocks of a footnote, that is lines, on either side of a page's end.
const NOTE_LINES: usize = 2;

/// Largest part of a page that stays blank rather than divide a footnote: three
/// lines and a bit.
const BLANK: f64 = 0.08;

/// Largest part of a page that footnotes carried over may take while there is
/// text to go with them.
const CARRIED: f64 = 0.6;

/// A line block at a page's foot.
struct NoteOnPage {
    /// The footnote; `None` if it began on an earlier page.
    note: Option<usize>,
    line_block: LineBlock,
}

struct Paginator<'a> {
    metrics: &'a PageMetrics,
    /// The footnotes; `None` once placed.
    notes: Vec<Option<Vec<LineBlock>>>,
    pages: Vec<Page>,
    bookmarks: Vec<Bookmark>,
    /// The pages of headings that the contents name.
    places: ContentsPages,
    page: Page,
    /// Height used from the top.
    used: f64,
    /// Space wanted after the last line block.
    after: f64,
    /// Whether no text stands on the page.
    empty: bool,
    /// What stands at the page's foot, in the order of [`NoteOnPage::note`].
    foot: Vec<NoteOnPage>,
    /// What is left of footnotes that began on this page or an earlier one.
    carried: VecDeque<NoteOnPage>,
    /// Whether the foot takes no more.
    closed: bool,
}

impl Paginator<'_> {
    /// Places line blocks that belong together, with `more` room after them.
    fn group(&mut self, group: Vec<LineBlock>, more: f64) {
        if group.is_empty() {
            if more > 0.0 && !self.empty && !self.fits(&[], more, &[]) {
                self.next_page();
            }
            return;
        }
        let notes = self.called(&group);
        if !notes.is_empty() {
            self.open_foot(self.stacked(&group, more));
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
            let line_block = [line_block];
            let notes = self.called(&line_block);
            if !self.fits(&line_block, 0.0, &notes) && !self.empty && !self.divides(&line_block, 0.0, &notes) {
                self.next_page();
            }
            if !notes.is_empty() {
                self.clear_foot();
            }
            for line_block in line_block {
                self.place(line_block);
            }
        }
    }

    /// Footnotes that line blocks call for and that stand nowhere yet.
    fn called(&self, group: &[LineBlock]) -> Vec<usize> {
        let mut called = Vec::new();
        for line_block in group {
            self.call(&line_block.notes, &mut called);
        }
        // A footnote within a footnote may have a higher number than the next mark.
        called.sort_unstable();
        called
    }

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

    /// Height of line blocks stacked below what the page has, spaces included.
    fn stacked(&self, group: &[LineBlock], more: f64) -> f64 {
        let mut height = 0.0;
        let mut after = self.after;
        let mut top = self.empty;
        for line_block in group {
            if top {
                height += line_block.head.as_ref().map_or(0.0, |head| head.height);
            } else {
                height += line_block.before.max(after);
            }
            height += line_block.height;
            (after, top) = (line_block.after, false);
        }
        height + more
    }

    /// Height of the foot with some more line blocks of footnotes.
    fn foot_height<'s>(&'s self, more: impl Iterator<Item = (Option<usize>, &'s LineBlock)>) -> f64 {
        let here = self.foot.iter().map(|on_page| (on_page.note, &on_page.line_block));
        let mut line_blocks: Vec<(Option<usize>, &LineBlock)> = here.chain(more).collect();
        line_blocks.sort_by_key(|(note, _)| *note);
        let mut height = 0.0;
        let mut after = 0.0;
        for (index, (_, line_block)) in line_blocks.into_iter().enumerate() {
            if index == 0 {
                height += NOTE_RULE.0 + HAIRLINE + NOTE_RULE.1;
            } else {
                height += line_block.before.max(after);
            }
            height += line_block.height;
            after = line_block.after;
        }
        height
    }

    fn note_blocks(&self, notes: &[usize]) -> impl Iterator<Item = (Option<usize>, &LineBlock)> {
        notes
            .iter()
            .filter_map(|&note| Some((note, self.notes[note].as_ref()?)))
            .flat_map(|(note, line_blocks)| line_blocks.iter().map(move |line_block| (Some(note), line_block)))
    }

    /// Whether line blocks fit on the page with their footnotes whole.
    fn fits(&self, group: &[LineBlock], more: f64, notes: &[usize]) -> bool {
        let foot = self.foot_height(self.note_blocks(notes));
        (notes.is_empty() || !self.closed)
            && self.used + self.stacked(group, more) + foot <= self.metrics.height + ROUNDING
    }

    /// Whether line blocks fit if their last footnote is divided. It is, if the page
    /// would otherwise stay blank, and if enough lines stand on either side.
    fn divides(&self, group: &[LineBlock], more: f64, notes: &[usize]) -> bool {
        let blank = (self.metrics.height - self.used - self.foot_height(std::iter::empty())) / self.metrics.height;
        if notes.is_empty() || self.closed || (blank < BLANK && !self.empty) {
            return false;
        }
        let room = self.metrics.height - self.used - self.stacked(group, more);
        self.split_at(notes, room).is_some()
    }

    /// How many line blocks of the footnotes stand in `room` if the last is divided.
    fn split_at(&self, notes: &[usize], room: f64) -> Option<usize> {
        // Only the last footnote of a page is divided.
        if self.foot.last().is_some_and(|last| last.note > notes.last().copied()) {
            return None;
        }
        let line_blocks: Vec<(Option<usize>, &LineBlock)> = self.note_blocks(notes).collect();
        let last = notes
            .last()
            .and_then(|&note| self.notes[note].as_ref())
            .map_or(0, Vec::len);
        let least = line_blocks.len() - last + NOTE_LINES;
        let most = line_blocks.len().checked_sub(NOTE_LINES)?;
        (least..=most).rev().find(|&count| {
            !line_blocks[count].1.keep_with_previous
                && self.foot_height(line_blocks[..count].iter().copied()) <= room + ROUNDING
        })
    }

    /// Places a line block and its footnotes.
    fn place(&mut self, mut line_block: LineBlock) {
        let top = self.metrics.top;
        if self.empty {
            if let Some(head) = line_block.head.take() {
                self.paint(&head, top + self.used);
                self.used += head.height;
            }
        } else {
            self.used += line_block.before.max(self.after);
        }
        if let Some((level, title)) = line_block.bookmark.take() {
            self.bookmarks.push(Bookmark {
                level,
                title,
                page: self.pages.len(),
                y: Pt(top + self.used),
            });
        }
        if let Some(place) = line_block.place {
            self.places.insert(place, self.pages.len());
        }
        let mut called = Vec::new();
        self.call(&line_block.notes, &mut called);
        called.sort_unstable();
        let y = top + self.used;
        self.used += line_block.height;
        self.after = line_block.after;
        self.empty = false;
        self.paint_owned(line_block, y);
        if !called.is_empty() {
            self.foot_notes(&called);
        }
    }

    /// Puts footnotes at the foot, as much as has room, and carries the rest over.
    fn foot_notes(&mut self, notes: &[usize]) {
        let room = self.metrics.height - self.used;
        let all = self.note_blocks(notes).count();
        let whole = !self.closed && self.foot_height(self.note_blocks(notes)) <= room + ROUNDING;
        let count = if whole {
            all
        } else if self.closed {
            0
        } else {
            self.split_at(notes, room).unwrap_or(0)
        };
        for &note in notes {
            if let Some(line_blocks) = self.notes[note].take() {
                let note = Some(note);
                self.carried.extend(
                    line_blocks
                        .into_iter()
                        .map(|line_block| NoteOnPage { note, line_block }),
                );
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

    /// Places signatories, on as many pages as they need.
    /// Places signatories. If all that are left fit, but not what stands below them,
    /// some go to the next page with it.
    fn columns(&mut self, mut columns: RollColumns, tail: f64) {
        while !columns.is_done() {
            let gap = if self.empty {
                0.0
            } else {
                columns.before.max(self.after)
            };
            let foot = self.foot_height(std::iter::empty());
            let room = self.metrics.height - self.used - gap - foot;
            let least = columns.least_height(self.metrics.height);
            if room + ROUNDING < least && !self.empty {
                self.next_page();
                continue;
            }
            let with_tail = room - tail;
            let apart = tail > 0.0 && columns.fit(room) && !columns.fit(with_tail) && with_tail >= least;
            let filled = columns.fill(if apart { with_tail } else { room.max(least) });
            let top = self.metrics.top + self.used + gap;
            for (left, entries) in filled.columns {
                for (below, entry) in entries {
                    let mut y = top + below;
                    for line in entry.lines {
                        let height = line.height;
                        self.paint_line(line, self.metrics.left + left, y);
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

    /// Ends the page and begins another with the footnotes carried over.
    fn next_page(&mut self) {
        self.end_page();
        let room = self.metrics.height * CARRIED;
        self.take_carried(room);
    }

    /// Gives footnotes carried over whole pages until new ones can begin.
    fn clear_foot(&mut self) {
        while self.closed && self.empty {
            self.take_carried(self.metrics.height);
            self.next_page();
        }
    }

    fn take_carried(&mut self, room: f64) {
        while let Some(on_page) = self.carried.pop_front() {
            if !self.foot.is_empty() && self.foot_height(std::iter::once((None, &on_page.line_block))) > room {
                self.carried.push_front(on_page);
                break;
            }
            self.foot.push(NoteOnPage { note: None, ..on_page });
        }
        self.closed = !self.carried.is_empty();
    }

    /// Lets new footnotes begin, if there is room for all of the old ones above
    /// which `text` of text is to stand.
    fn open_foot(&mut self, text: f64) {
        let room = self.metrics.height - self.used - text;
        let rest = self.carried.iter().map(|on_page| (on_page.note, &on_page.line_block));
        if self.closed && self.foot_height(rest) <= room + ROUNDING {
            self.foot.extend(self.carried.drain(..));
            self.closed = false;
        }
    }

    /// Gives what the text leaves free to footnotes that go on overleaf.
    fn fill_foot(&mut self) {
        if self.foot.is_empty() || self.carried.is_empty() {
            return;
        }
        let room = self.metrics.height - self.used;
        let fits = |count: usize| {
            let rest = self.carried.iter().map(|on_page| (on_page.note, &on_page.line_block));
            self.foot_height(rest.take(count)) <= room + ROUNDING
        };
        let mut count = 0;
        while count < self.carried.len() && fits(count + 1) {
            count += 1;
        }
        // Lines that belong together stay together.
        while self
            .carried
            .get(count)
            .is_some_and(|next| next.line_block.keep_with_previous && count > 0)
        {
            count -= 1;
        }
        self.foot.extend(self.carried.drain(..count));
    }

    fn end_page(&mut self) {
        self.fill_foot();
        let foot = std::mem::take(&mut self.foot);
        if !foot.is_empty() {
            self.foot = foot;
            let height = self.foot_height(std::iter::empty());
            let mut y = self.metrics.top + self.metrics.height - height + NOTE_RULE.0;
            let width = self.metrics.measure * NOTE_RULE_LENGTH;
            let aside = if self.metrics.rtl {
                self.metrics.measure - width
            } else {
                0.0
            };
            self.page.items.push(Item::Rule {
                area: Rect {
                    x: Pt(self.metrics.left + aside),
                    y: Pt(y),
                    width: Pt(width),
                    height: Pt(HAIRLINE),
                },
                color: QUIET,
                mark: Mark::Artifact(Artifact::Layout),
            });
            y += HAIRLINE + NOTE_RULE.1;
            let mut after = 0.0;
            let foot = std::mem::take(&mut self.foot)
                .into_iter()
                .map(|on_page| on_page.line_block);
            for (index, line_block) in foot.enumerate() {
                if index > 0 {
                    y += line_block.before.max(after);
                }
                after = line_block.after;
                let height = line_block.height;
                self.paint_owned(line_block, y);
                y += height;
            }
        }
        let page = std::mem::replace(&mut self.page, new_page(self.metrics));
        self.pages.push(page);
        (self.used, self.after, self.empty, self.closed) = (0.0, 0.0, true, false);
    }

    fn finish(&mut self) {
        while !self.carried.is_empty() {
            self.end_page();
            self.take_carried(self.metrics.height);
        }
        if !self.empty || !self.foot.is_empty() || self.pages.is_empty() {
            self.end_page();
        }
    }

    /// Paints a line block whose lines are needed again.
    fn paint(&mut self, line_block: &LineBlock, y: f64) {
        self.paint_filled(&line_block.backgrounds, y);
        for placed in &line_block.lines {
            self.paint_line(placed.line.clone(), self.metrics.left + placed.left, y + placed.top);
        }
        self.paint_rules(line_block, y);
    }

    fn paint_owned(&mut self, mut line_block: LineBlock, y: f64) {
        self.paint_filled(&line_block.backgrounds, y);
        for placed in std::mem::take(&mut line_block.lines) {
            self.paint_line(placed.line, self.metrics.left + placed.left, y + placed.top);
        }
        self.paint_rules(&line_block, y);
    }

    fn paint_rules(&mut self, line_block: &LineBlock, y: f64) {
        figure::paint(&mut self.page, &line_block.figures, self.metrics.left, y);
        self.paint_filled(&line_block.rules, y);
    }

    fn paint_filled(&mut self, rules: &[PlacedRule], y: f64) {
        for rule in rules {
            self.page.items.push(Item::Rule {
                area: Rect {
                    x: Pt(self.metrics.left + rule.left),
                    y: Pt(y + rule.top),
                    width: Pt(rule.width),
                    height: Pt(rule.height),
                },
                color: rule.color,
                mark: rule.mark,
            });
        }
    }

    fn paint_line(&mut self, line: SetLine, x: f64, y: f64) {
        paint(&mut self.page, line, x, y);
    }
}

/// Paints a line with its column's left edge at `x` and its top at `y`.
pub(crate) fn paint(page: &mut Page, line: SetLine, x: f64, y: f64) {
    for (node, left, right) in line.links {
        page.links.push(LinkArea {
            area: Rect {
                x: Pt(x + left),
                y: Pt(y),
                width: Pt(right - left),
                height: Pt(line.height),
            },
            node,
        });
    }
    let baseline = y + line.baseline;
    page.items.reserve(line.runs.len());
    for run in line.runs {
        page.items.push(Item::Text(TextRun {
            x: Pt(run.x.0 + x),
            y: Pt(run.y.0 + baseline),
            ..run
        }));
    }
    for (left, picture, mark) in line.figures {
        page.items.push(Item::Image {
            image: picture.image,
            area: Rect {
                x: Pt(x + left),
                y: Pt(baseline - picture.height),
                width: Pt(picture.width),
                height: Pt(picture.height),
            },
            mark,
        });
    }
    for (left, right, above, mark) in line.strikes {
        page.items.push(Item::Rule {
            area: Rect {
                x: Pt(x + left),
                y: Pt(baseline - above),
                width: Pt(right - left),
                height: Pt(HAIRLINE * 1.5),
            },
            color: QUIET,
            mark,
        });
    }
}

/// Rounding that does not count, in points.
const ROUNDING: f64 = 0.01;
