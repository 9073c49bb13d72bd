//! Pieces are stacked on pages.
//!
//! In: the flow's pieces and the footnotes' slabs. Out: pages with everything
//! painted but their furniture, and bookmarks. Guaranteed: every piece stands on
//! one page; glued pieces stand together unless they are taller than a page; a
//! footnote begins on the page of its mark, at the foot, and goes on at the next
//! page's foot only if it must; a few lines below the roll that end the document, such
//! as its note or the end mark, have names of the roll on their page. Time is linear in the pieces. Absent: running
//! heads and page numbers.

use super::columns::Columns;
use super::flow::Places;
use super::frame::{Artifact, Bookmark, Item, LinkArea, Mark, Page, Rect, TextRun};
use super::image;
use super::paragraph::Line;
use super::sheet::{HAIRLINE, QUIET, Sheet};
use super::slab::{Piece, PlacedRule, Slab};
use crate::model::units::Pt;
use std::collections::VecDeque;

/// A piece, and whether it must stand on the page of the one before.
pub(super) type Stacked = (bool, Piece);

/// Stacks pieces on pages.
pub(super) fn stack(pieces: Vec<Stacked>, notes: Vec<Vec<Slab>>, sheet: &Sheet) -> (Vec<Page>, Vec<Bookmark>, Places) {
    let mut pager = Pager {
        sheet,
        notes: notes.into_iter().map(Some).collect(),
        pages: Vec::new(),
        bookmarks: Vec::new(),
        places: Places::new(),
        page: new_page(sheet),
        used: 0.0,
        after: 0.0,
        empty: true,
        foot: Vec::new(),
        carried: VecDeque::new(),
        closed: false,
    };
    let mut group: Vec<Slab> = Vec::new();
    let tail = tail(&pieces, sheet.height);
    for (glued, piece) in pieces {
        if !glued {
            pager.group(std::mem::take(&mut group), 0.0);
        }
        match piece {
            Piece::Slab(slab) => {
                if !slab.glued && !glued {
                    pager.group(std::mem::take(&mut group), 0.0);
                }
                group.push(slab);
            }
            Piece::NewPage => {
                pager.group(std::mem::take(&mut group), 0.0);
                if !pager.empty {
                    pager.next_page();
                }
            }
            Piece::Columns(mut columns) => {
                columns.divide_giants(sheet.height);
                // The space that the heading above leaves counts as well.
                let after = group.last().map_or(pager.after, |slab| slab.after);
                let least = columns.before.max(after) + columns.least_height(sheet.height);
                pager.group(std::mem::take(&mut group), least);
                pager.columns(columns, tail);
            }
        }
    }
    pager.group(group, 0.0);
    pager.finish();
    (pager.pages, pager.bookmarks, pager.places)
}

/// Largest part of a page that the lines below a roll may take for names to be kept
/// with them. Where there are more, they can stand alone.
const TAIL: f64 = 0.15;

/// The height of what stands below the last roll, if it is little.
fn tail(pieces: &[Stacked], page: f64) -> f64 {
    let mut height = 0.0;
    let mut below = 0.0;
    for (_, piece) in pieces.iter().rev() {
        match piece {
            Piece::Slab(slab) => {
                height += slab.height + f64::max(slab.after, below);
                below = slab.before;
            }
            Piece::Columns(columns) if height > 0.0 => {
                height += columns.after.max(below);
                return if height <= page * TAIL { height } else { 0.0 };
            }
            Piece::Columns(_) | Piece::NewPage => return 0.0,
        }
    }
    0.0
}

fn new_page(sheet: &Sheet) -> Page {
    Page {
        width: Pt(sheet.paper_width),
        height: Pt(sheet.paper_height),
        items: Vec::new(),
        links: Vec::new(),
    }
}

/// Space above the rule over footnotes, and from it to them, in points.
const NOTE_RULE: (f64, f64) = (9.0, 5.0);

/// Length of that rule, as a part of the measure.
const NOTE_RULE_LENGTH: f64 = 0.25;

/// Fewest slabs of a footnote, that is lines, on either side of a page's end.
const NOTE_LINES: usize = 2;

/// Largest part of a page that stays blank rather than divide a footnote: three
/// lines and a bit.
const BLANK: f64 = 0.08;

/// Largest part of a page that footnotes carried over may take while there is
/// text to go with them.
const CARRIED: f64 = 0.6;

/// A slab at a page's foot.
struct Footed {
    /// The footnote; `None` if it began on an earlier page.
    note: Option<usize>,
    slab: Slab,
}

struct Pager<'a> {
    sheet: &'a Sheet,
    /// The footnotes; `None` once placed.
    notes: Vec<Option<Vec<Slab>>>,
    pages: Vec<Page>,
    bookmarks: Vec<Bookmark>,
    /// The pages of headings that the contents name.
    places: Places,
    page: Page,
    /// Height used from the top.
    used: f64,
    /// Space wanted after the last slab.
    after: f64,
    /// Whether no text stands on the page.
    empty: bool,
    /// What stands at the page's foot, in the order of [`Footed::note`].
    foot: Vec<Footed>,
    /// What is left of footnotes that began on this page or an earlier one.
    carried: VecDeque<Footed>,
    /// Whether the foot takes no more.
    closed: bool,
}

impl Pager<'_> {
    /// Places slabs that belong together, with `more` room after them.
    fn group(&mut self, group: Vec<Slab>, more: f64) {
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
            for slab in group {
                self.place(slab);
            }
            return;
        }
        // Taller than a page: it is divided after all, slab by slab.
        for slab in group {
            let slab = [slab];
            let notes = self.called(&slab);
            if !self.fits(&slab, 0.0, &notes) && !self.empty && !self.divides(&slab, 0.0, &notes) {
                self.next_page();
            }
            if !notes.is_empty() {
                self.clear_foot();
            }
            for slab in slab {
                self.place(slab);
            }
        }
    }

    /// Footnotes that slabs call for and that stand nowhere yet.
    fn called(&self, group: &[Slab]) -> Vec<usize> {
        let mut called = Vec::new();
        for slab in group {
            self.call(&slab.notes, &mut called);
        }
        // A footnote within a footnote may have a higher number than the next mark.
        called.sort_unstable();
        called
    }

    fn call(&self, notes: &[usize], called: &mut Vec<usize>) {
        for &note in notes {
            if let Some(Some(slabs)) = self.notes.get(note)
                && !called.contains(&note)
            {
                called.push(note);
                // Footnotes may have footnotes.
                for slab in slabs {
                    self.call(&slab.notes, called);
                }
            }
        }
    }

    /// Height of slabs stacked below what the page has, spaces included.
    fn stacked(&self, group: &[Slab], more: f64) -> f64 {
        let mut height = 0.0;
        let mut after = self.after;
        let mut top = self.empty;
        for slab in group {
            if top {
                height += slab.head.as_ref().map_or(0.0, |head| head.height);
            } else {
                height += slab.before.max(after);
            }
            height += slab.height;
            (after, top) = (slab.after, false);
        }
        height + more
    }

    /// Height of the foot with some more slabs of footnotes.
    fn foot_height<'s>(&'s self, more: impl Iterator<Item = (Option<usize>, &'s Slab)>) -> f64 {
        let here = self.foot.iter().map(|footed| (footed.note, &footed.slab));
        let mut slabs: Vec<(Option<usize>, &Slab)> = here.chain(more).collect();
        slabs.sort_by_key(|(note, _)| *note);
        let mut height = 0.0;
        let mut after = 0.0;
        for (index, (_, slab)) in slabs.into_iter().enumerate() {
            if index == 0 {
                height += NOTE_RULE.0 + HAIRLINE + NOTE_RULE.1;
            } else {
                height += slab.before.max(after);
            }
            height += slab.height;
            after = slab.after;
        }
        height
    }

    fn note_slabs(&self, notes: &[usize]) -> impl Iterator<Item = (Option<usize>, &Slab)> {
        notes
            .iter()
            .filter_map(|&note| Some((note, self.notes[note].as_ref()?)))
            .flat_map(|(note, slabs)| slabs.iter().map(move |slab| (Some(note), slab)))
    }

    /// Whether slabs fit on the page with their footnotes whole.
    fn fits(&self, group: &[Slab], more: f64, notes: &[usize]) -> bool {
        let foot = self.foot_height(self.note_slabs(notes));
        (notes.is_empty() || !self.closed)
            && self.used + self.stacked(group, more) + foot <= self.sheet.height + ROUNDING
    }

    /// Whether slabs fit if their last footnote is divided. It is, if the page
    /// would otherwise stay blank, and if enough lines stand on either side.
    fn divides(&self, group: &[Slab], more: f64, notes: &[usize]) -> bool {
        let blank = (self.sheet.height - self.used - self.foot_height(std::iter::empty())) / self.sheet.height;
        if notes.is_empty() || self.closed || (blank < BLANK && !self.empty) {
            return false;
        }
        let room = self.sheet.height - self.used - self.stacked(group, more);
        self.split_at(notes, room).is_some()
    }

    /// How many slabs of the footnotes stand in `room` if the last is divided.
    fn split_at(&self, notes: &[usize], room: f64) -> Option<usize> {
        // Only the last footnote of a page is divided.
        if self.foot.last().is_some_and(|last| last.note > notes.last().copied()) {
            return None;
        }
        let slabs: Vec<(Option<usize>, &Slab)> = self.note_slabs(notes).collect();
        let last = notes
            .last()
            .and_then(|&note| self.notes[note].as_ref())
            .map_or(0, Vec::len);
        let least = slabs.len() - last + NOTE_LINES;
        let most = slabs.len().checked_sub(NOTE_LINES)?;
        (least..=most)
            .rev()
            .find(|&count| !slabs[count].1.glued && self.foot_height(slabs[..count].iter().copied()) <= room + ROUNDING)
    }

    /// Places a slab and its footnotes.
    fn place(&mut self, mut slab: Slab) {
        let top = self.sheet.top;
        if self.empty {
            if let Some(head) = slab.head.take() {
                self.paint(&head, top + self.used);
                self.used += head.height;
            }
        } else {
            self.used += slab.before.max(self.after);
        }
        if let Some((level, title)) = slab.bookmark.take() {
            self.bookmarks.push(Bookmark {
                level,
                title,
                page: self.pages.len(),
                y: Pt(top + self.used),
            });
        }
        if let Some(place) = slab.place {
            self.places.insert(place, self.pages.len());
        }
        let mut called = Vec::new();
        self.call(&slab.notes, &mut called);
        called.sort_unstable();
        let y = top + self.used;
        self.used += slab.height;
        self.after = slab.after;
        self.empty = false;
        self.paint_owned(slab, y);
        if !called.is_empty() {
            self.foot_notes(&called);
        }
    }

    /// Puts footnotes at the foot, as much as has room, and carries the rest over.
    fn foot_notes(&mut self, notes: &[usize]) {
        let room = self.sheet.height - self.used;
        let all = self.note_slabs(notes).count();
        let whole = !self.closed && self.foot_height(self.note_slabs(notes)) <= room + ROUNDING;
        let count = if whole {
            all
        } else if self.closed {
            0
        } else {
            self.split_at(notes, room).unwrap_or(0)
        };
        for &note in notes {
            if let Some(slabs) = self.notes[note].take() {
                let note = Some(note);
                self.carried.extend(slabs.into_iter().map(|slab| Footed { note, slab }));
            }
        }
        // What was carried before comes first; it is here only if the foot is
        // closed, and then nothing is taken.
        self.foot.extend(self.carried.drain(..count.min(self.carried.len())));
        self.foot.sort_by_key(|footed| footed.note);
        if count < all {
            self.closed = true;
        }
    }

    /// Places signatories, on as many pages as they need.
    /// Places signatories. If all that are left fit, but not what stands below them,
    /// some go to the next page with it.
    fn columns(&mut self, mut columns: Columns, tail: f64) {
        while !columns.is_done() {
            let gap = if self.empty {
                0.0
            } else {
                columns.before.max(self.after)
            };
            let foot = self.foot_height(std::iter::empty());
            let room = self.sheet.height - self.used - gap - foot;
            let least = columns.least_height(self.sheet.height);
            if room + ROUNDING < least && !self.empty {
                self.next_page();
                continue;
            }
            let with_tail = room - tail;
            let apart = tail > 0.0 && columns.fit(room) && !columns.fit(with_tail) && with_tail >= least;
            let filled = columns.fill(if apart { with_tail } else { room.max(least) });
            let top = self.sheet.top + self.used + gap;
            for (left, entries) in filled.columns {
                for (below, entry) in entries {
                    let mut y = top + below;
                    for line in entry.lines {
                        let height = line.height;
                        self.paint_line(line, self.sheet.left + left, y);
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
        let room = self.sheet.height * CARRIED;
        self.take_carried(room);
    }

    /// Gives footnotes carried over whole pages until new ones can begin.
    fn clear_foot(&mut self) {
        while self.closed && self.empty {
            self.take_carried(self.sheet.height);
            self.next_page();
        }
    }

    fn take_carried(&mut self, room: f64) {
        while let Some(footed) = self.carried.pop_front() {
            if !self.foot.is_empty() && self.foot_height(std::iter::once((None, &footed.slab))) > room {
                self.carried.push_front(footed);
                break;
            }
            self.foot.push(Footed { note: None, ..footed });
        }
        self.closed = !self.carried.is_empty();
    }

    /// Lets new footnotes begin, if there is room for all of the old ones above
    /// which `text` of text is to stand.
    fn open_foot(&mut self, text: f64) {
        let room = self.sheet.height - self.used - text;
        let rest = self.carried.iter().map(|footed| (footed.note, &footed.slab));
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
        let room = self.sheet.height - self.used;
        let fits = |count: usize| {
            let rest = self.carried.iter().map(|footed| (footed.note, &footed.slab));
            self.foot_height(rest.take(count)) <= room + ROUNDING
        };
        let mut count = 0;
        while count < self.carried.len() && fits(count + 1) {
            count += 1;
        }
        // Lines that belong together stay together.
        while self.carried.get(count).is_some_and(|next| next.slab.glued && count > 0) {
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
            let mut y = self.sheet.top + self.sheet.height - height + NOTE_RULE.0;
            let width = self.sheet.measure * NOTE_RULE_LENGTH;
            let aside = if self.sheet.rtl {
                self.sheet.measure - width
            } else {
                0.0
            };
            self.page.items.push(Item::Rule {
                area: Rect {
                    x: Pt(self.sheet.left + aside),
                    y: Pt(y),
                    width: Pt(width),
                    height: Pt(HAIRLINE),
                },
                color: QUIET,
                mark: Mark::Artifact(Artifact::Layout),
            });
            y += HAIRLINE + NOTE_RULE.1;
            let mut after = 0.0;
            let foot = std::mem::take(&mut self.foot).into_iter().map(|footed| footed.slab);
            for (index, slab) in foot.enumerate() {
                if index > 0 {
                    y += slab.before.max(after);
                }
                after = slab.after;
                let height = slab.height;
                self.paint_owned(slab, y);
                y += height;
            }
        }
        let page = std::mem::replace(&mut self.page, new_page(self.sheet));
        self.pages.push(page);
        (self.used, self.after, self.empty, self.closed) = (0.0, 0.0, true, false);
    }

    fn finish(&mut self) {
        while !self.carried.is_empty() {
            self.end_page();
            self.take_carried(self.sheet.height);
        }
        if !self.empty || !self.foot.is_empty() || self.pages.is_empty() {
            self.end_page();
        }
    }

    /// Paints a slab whose lines are needed again.
    fn paint(&mut self, slab: &Slab, y: f64) {
        self.paint_filled(&slab.grounds, y);
        for placed in &slab.lines {
            self.paint_line(placed.line.clone(), self.sheet.left + placed.left, y + placed.top);
        }
        self.paint_rules(slab, y);
    }

    fn paint_owned(&mut self, mut slab: Slab, y: f64) {
        self.paint_filled(&slab.grounds, y);
        for placed in std::mem::take(&mut slab.lines) {
            self.paint_line(placed.line, self.sheet.left + placed.left, y + placed.top);
        }
        self.paint_rules(&slab, y);
    }

    fn paint_rules(&mut self, slab: &Slab, y: f64) {
        image::paint(&mut self.page, &slab.figures, self.sheet.left, y);
        self.paint_filled(&slab.rules, y);
    }

    fn paint_filled(&mut self, rules: &[PlacedRule], y: f64) {
        for rule in rules {
            self.page.items.push(Item::Rule {
                area: Rect {
                    x: Pt(self.sheet.left + rule.left),
                    y: Pt(y + rule.top),
                    width: Pt(rule.width),
                    height: Pt(rule.height),
                },
                color: rule.color,
                mark: rule.mark,
            });
        }
    }

    fn paint_line(&mut self, line: Line, x: f64, y: f64) {
        paint(&mut self.page, line, x, y);
    }
}

/// Paints a line with its column's left edge at `x` and its top at `y`.
pub(super) fn paint(page: &mut Page, line: Line, x: f64, y: f64) {
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
