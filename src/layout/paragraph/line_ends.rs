//! Decides where a paragraph's lines end.
//!
//! In: a paragraph's atoms and its form. Out: the bytes at which lines end.
//! Guaranteed: an answer; a word is cut between letters only if it is wider than
//! its line and no syllable of it is narrower. Absent: glyphs in their places.
//!
//! Lines are tried in steps, each allowing more than the one before. A [`BreakPolicy`]
//! has its own steps: prose wants even lines, names and headings want few, cells
//! of tables want no hyphens.

use crate::layout::paragraph::break_opportunity::{BreakKind, BreakOpportunity, add_syllables, opportunities};
use crate::layout::paragraph::format::{Align, BreakPolicy};
use crate::layout::paragraph::line_break::{
    BreakItem, CUT as LETTER_COST, FORBIDDEN, FORCED, LineWidths, Trial, break_lines,
};
use crate::layout::paragraph::parts::{LineEnd, ParagraphLayout};
use crate::layout::text::atom::{Atom, AtomKind};
use crate::layout::text::font_style::FontStyle;
use unicode_segmentation::UnicodeSegmentation;

/// Says what a step of trying allows.
#[derive(Clone, Copy)]
struct BreakStep {
    /// Largest stretch ratio of a line.
    tolerance: f64,
    /// The dearest breaks.
    kinds: BreakKind,
    /// Stretch lent to each justified line, in points.
    emergency: f64,
    /// Says whether words that convention keeps together may part.
    parts: bool,
    /// Says whether syllables count where hyphens are not wanted: a hyphen is better than a
    /// cut.
    rescue: bool,
    /// Says whether words wider than the line may be cut between letters. The last step: it
    /// takes whatever comes.
    letters: bool,
}

/// Returns a step that allows words that fit, within a tolerance.
const fn within(tolerance: f64, kinds: BreakKind) -> BreakStep {
    BreakStep {
        tolerance,
        kinds,
        emergency: 0.0,
        parts: false,
        rescue: false,
        letters: false,
    }
}

/// Any white at all, and words parted.
const PARTED_WORDS: BreakStep = BreakStep {
    parts: true,
    ..within(f64::INFINITY, BreakKind::Inside)
};

/// Any white at all, words parted, and hyphens.
const HYPHENS: BreakStep = BreakStep {
    kinds: BreakKind::NameSyllable,
    emergency: 12.0,
    ..PARTED_WORDS
};

/// The same with hyphens where none are wanted.
const RESCUE: BreakStep = BreakStep {
    rescue: true,
    ..HYPHENS
};

/// The same with words cut between letters.
const CUT: BreakStep = BreakStep {
    letters: true,
    ..RESCUE
};

/// Justified: badness 200 without hyphens and with them (TeX has 100 and 200, and
/// hyphenates more), then 1,000, then anything.
const JUSTIFIED: &[BreakStep] = &[
    within(1.26, BreakKind::Inside),
    within(1.26, BreakKind::Syllable),
    BreakStep {
        emergency: 6.0,
        ..within(2.15, BreakKind::NameSyllable)
    },
    HYPHENS,
    RESCUE,
    CUT,
];

/// Ragged: hyphens only where a line would be left short by more than its white.
const RAGGED: &[BreakStep] = &[
    within(1.5, BreakKind::Inside),
    within(1.5, BreakKind::Syllable),
    within(2.5, BreakKind::NameSyllable),
    HYPHENS,
    RESCUE,
    CUT,
];

/// Cells are narrow: a third of the line is left white before a word is divided.
const CELL: &[BreakStep] = &[
    within(3.3, BreakKind::Inside),
    within(3.3, BreakKind::Syllable),
    HYPHENS,
    RESCUE,
    CUT,
];

/// Names and headings: whole words, whatever the white.
const DISPLAY: &[BreakStep] = &[within(f64::INFINITY, BreakKind::Inside), PARTED_WORDS, RESCUE, CUT];

/// The white at a ragged line's end that counts as badness 100, as a part of the
/// line. A tenth gives a lively but quiet edge; by eye.
const WHITE: f64 = 0.1;

/// Last lines narrower than this, in em, are runts: shorter than an average word.
const RUNT: f64 = 3.0;

/// Parts of a space by which it may stretch and shrink, Knuth's for Computer
/// Modern.
const STRETCH: f64 = 0.5;

const SHRINK: f64 = 0.33;

/// Gives what is kept free when words are broken between letters, as a part of the
/// line: their parts, shaped alone, lose the kerning between them. Where it is not
/// enough, it is doubled.
const RESERVE: f64 = 0.02;

/// The most that is kept free: one letter alone may be as wide as the line.
const MOST_RESERVE: f64 = 0.3;

/// Most lines of words cut between letters whose cuts are weighed together. Of more, which only
/// a stranger writes, each part is cut where its line is full.
const MOST_CUT_LINES: f64 = 100.0;

/// Gives what a break costs between two words that convention keeps together.
const PARTED: f64 = 300.0;

/// Demerits of each line of a name or heading. More than the white of a line can
/// make, so that the number of lines comes first and evenness second.
const FEWEST: f64 = 1e11;

/// Gives what a hyphen in a name or heading costs beyond its usual price: more than a
/// line.
const DISPLAY_HYPHEN: f64 = 1e6;

/// Says how much dearer two hyphens in a row and a hyphen before the last line are in
/// cells than in prose; the badness of ragged lines is large beside TeX's prices.
const CELL_HYPHENS: f64 = 1e4;

impl ParagraphLayout<'_> {
    /// Decides where lines end.
    pub(crate) fn line_ends(&self) -> Vec<LineEnd> {
        let whole = LineEnd {
            at: self.text.chars.len(),
            hyphen: false,
        };
        let widths = LineWidths {
            first: (self.format.width - self.format.first).max(1.0),
            rest: (self.format.width - self.format.rest).max(1.0),
            hang_breaks: self.format.hang_breaks,
        };
        let natural: f64 = self.atoms.iter().map(|atom| atom.width).sum();
        let breaks = self.atoms.iter().any(|atom| atom.kind == AtomKind::Break);
        if natural <= widths.first && !breaks {
            return vec![whole];
        }
        let mut found = opportunities(&self.text.chars);
        let mut hyphenated = false;
        let justified = self.format.align == Align::Justify;
        let display = self.format.break_policy == BreakPolicy::Display;
        let size = self.text.spans.first().map_or(10.0, |span| span.style.size);
        let steps = match self.format.break_policy {
            _ if justified => JUSTIFIED,
            BreakPolicy::Prose => RAGGED,
            BreakPolicy::Display => DISPLAY,
            BreakPolicy::Cell => CELL,
        };
        for step in steps {
            // Most paragraphs are set without a look at their words' syllables.
            if step.kinds >= BreakKind::Syllable && (self.format.hyphenate || step.rescue) && !hyphenated {
                hyphenated = true;
                self.hyphenate(&mut found);
            }
            let trial = Trial {
                ragged: (!justified).then_some((widths.rest * WHITE).max(size)),
                tolerance: step.tolerance,
                emergency: step.emergency,
                // The end of a word alone on a line is better than a cut.
                runt: if step.rescue { 0.0 } else { RUNT * size },
                even: display && !step.letters,
                line: if display { FEWEST } else { 0.0 },
                hyphens: if self.format.break_policy == BreakPolicy::Cell {
                    CELL_HYPHENS
                } else {
                    1.0
                },
                last: step.letters,
            };
            let mut reserve = if step.letters { RESERVE } else { 0.0 };
            loop {
                let kept = LineWidths {
                    first: widths.first * (1.0 - reserve),
                    rest: widths.rest * (1.0 - reserve),
                    hang_breaks: widths.hang_breaks,
                };
                let (items, ends) = self.items(&found, step, kept);
                let Some(breaks) = break_lines(&items, kept, trial) else {
                    break;
                };
                let ends: Vec<LineEnd> = breaks.into_iter().filter_map(|item| ends[item]).collect();
                if reserve >= MOST_RESERVE || !self.cut_too_wide(&ends, widths) {
                    return ends;
                }
                reserve = (2.0 * reserve).max(RESERVE);
            }
        }
        vec![whole]
    }

    /// Returns whether a part of a word, now that it is shaped alone, reaches out of its
    /// line. Lines of several words never do: their spaces give way.
    fn cut_too_wide(&self, ends: &[LineEnd], widths: LineWidths) -> bool {
        let within = |at: usize| {
            let index = self.atoms.partition_point(|atom| atom.end <= at);
            self.atoms.get(index).is_some_and(|atom| atom.start < at)
        };
        let mut begin = 0;
        ends.iter().any(|&end| {
            let from = std::mem::replace(&mut begin, end.at);
            if !within(from) && !within(end.at) {
                return false;
            }
            let first = self.format.is_first(&self.text.chars[..from]);
            let available = if first { widths.first } else { widths.rest };
            let parts = self.parts(from, end);
            let printed = parts.iter().filter(|piece| !piece.space);
            let alone = parts
                .iter()
                .rev()
                .skip_while(|piece| piece.space)
                .all(|piece| !piece.space);
            alone && printed.map(|piece| piece.width).sum::<f64>() > available + 0.01
        })
    }

    /// Adds the syllables of each passage's language.
    fn hyphenate(&self, found: &mut Vec<BreakOpportunity>) {
        let spans = self.text.spans.iter();
        let languages: Vec<(usize, &str)> = spans
            .map(|span| (span.end, span.language.as_deref().unwrap_or(self.shaper.language)))
            .collect();
        add_syllables(found, &self.text.chars, &languages);
    }

    /// Returns the paragraph as items and, for each, where a line ends that ends there.
    fn items(
        &self,
        opportunities: &[BreakOpportunity],
        step: &BreakStep,
        widths: LineWidths,
    ) -> (Vec<BreakItem>, Vec<Option<LineEnd>>) {
        let mut out = BreakItems {
            items: Vec::with_capacity(self.atoms.len() * 2),
            ends: Vec::with_capacity(self.atoms.len() * 2),
        };
        let mut opportunities = opportunities.iter().copied().peekable();
        let narrow = widths.first.min(widths.rest);
        let wide = self
            .atoms
            .chunk_by(|a, b| (a.kind == AtomKind::Word) == (b.kind == AtomKind::Word));
        let wide = wide.map(|run| match run.first() {
            Some(atom) if atom.kind == AtomKind::Word => run.iter().map(|atom| atom.width).sum(),
            _ => 0.0,
        });
        let cut: f64 = if step.letters {
            wide.filter(|&width: &f64| width > narrow).sum()
        } else {
            0.0
        };
        let full = (cut > MOST_CUT_LINES * narrow).then_some(narrow);
        let mut index = 0;
        while let Some(atom) = self.atoms.get(index) {
            match atom.kind {
                AtomKind::Break => {
                    out.penalty(0.0, FORCED, false, atom.end);
                    index += 1;
                }
                AtomKind::Space => {
                    let mut after = index + 1;
                    while self.atoms.get(after).is_some_and(|atom| atom.kind == AtomKind::Space) {
                        after += 1;
                    }
                    let end = self.atoms[after - 1].end;
                    while opportunities.next_if(|found| found.at < end).is_some() {}
                    let may_end = opportunities.next_if(|found| found.at == end).is_some();
                    let before_break = self.atoms.get(after).is_none_or(|atom| atom.kind == AtomKind::Break);
                    if before_break || (!may_end && !step.parts) {
                        out.penalty(0.0, FORBIDDEN, false, end);
                    } else if !may_end {
                        out.penalty(0.0, PARTED, false, end);
                    }
                    for space in &self.atoms[index..after] {
                        // Spaces before a break the author asked for take no width.
                        let width = if before_break { 0.0 } else { space.width };
                        out.glue(width, end);
                    }
                    index = after;
                }
                AtomKind::Word => {
                    let words = self.atoms[index..]
                        .iter()
                        .take_while(|atom| atom.kind == AtomKind::Word);
                    let (count, width) = words.fold((0, 0.0), |(count, width), atom| (count + 1, width + atom.width));
                    let letters = step.letters && width > narrow;
                    for (number, atom) in self.atoms[index..index + count].iter().enumerate() {
                        if letters && number > 0 {
                            out.penalty(0.0, LETTER_COST, false, atom.start);
                        }
                        let cuts = letters.then_some(full);
                        self.word_items(atom, &mut opportunities, step, cuts, &mut out);
                    }
                    index += count;
                }
            }
        }
        out.penalty(0.0, FORCED, false, self.text.chars.len());
        (out.items, out.ends)
    }

    /// Adds a word with the breaks within it and at its end. `cuts`: it may be cut between
    /// letters; with a width, only where a part as wide as that ends.
    fn word_items(
        &self,
        atom: &Atom,
        opportunities: &mut std::iter::Peekable<impl Iterator<Item = BreakOpportunity>>,
        step: &BreakStep,
        cuts: Option<Option<f64>>,
        out: &mut BreakItems,
    ) {
        let justified = self.format.align == Align::Justify;
        let dearer = if self.format.break_policy == BreakPolicy::Display {
            DISPLAY_HYPHEN
        } else {
            0.0
        };
        let span = &self.text.spans[atom.span];
        let size = span.style.size;
        let hyphen = self.hyphen(span).0;
        // A hyphen in literal text would be taken for a part of it.
        let literal = span.style.font_style == FontStyle::Mono;
        let word = &self.text.chars[atom.start..atom.end];
        // Most words have no break within them.
        let mut edges = None;
        let mut width_to = |byte: usize| {
            if byte == atom.end {
                atom.width
            } else {
                let edges = edges.get_or_insert_with(|| atom.shaped.edges());
                f64::from(edges.width_before(byte - atom.start)) * size / 1000.0
            }
        };
        let mut clusters: Vec<usize> = Vec::new();
        if let Some(full) = cuts {
            let all = word
                .grapheme_indices(true)
                .map(|(offset, _)| atom.start + offset)
                .skip(1);
            let mut from = 0.0;
            for at in all {
                match (full, clusters.last_mut()) {
                    // A longer part still fits: it ends here instead.
                    (Some(full), Some(last)) if width_to(at) - from <= full => *last = at,
                    (Some(_), Some(last)) => {
                        from = width_to(*last);
                        clusters.push(at);
                    }
                    _ => clusters.push(at),
                }
            }
        }
        let mut clusters = clusters.into_iter().peekable();
        let mut done = 0.0;
        let mut box_to = |byte: usize, out: &mut BreakItems| {
            let to = width_to(byte);
            out.word((to - done).max(0.0));
            done = to.max(done);
        };
        while let Some(found) = opportunities.next_if(|found| found.at <= atom.end) {
            let syllable = found.kind >= BreakKind::Syllable;
            if found.at <= atom.start || found.kind > step.kinds || (syllable && literal) {
                continue;
            }
            while let Some(at) = clusters.next_if(|&at| at < found.at) {
                box_to(at, out);
                out.penalty(0.0, LETTER_COST, false, at);
            }
            clusters.next_if(|&at| at == found.at);
            box_to(found.at, out);
            let (width, cost, flagged) = match found.kind {
                BreakKind::Natural => (0.0, 0.0, false),
                BreakKind::Inside => (0.0, 30.0, true),
                BreakKind::Syllable if justified => (hyphen, 90.0, true),
                BreakKind::Syllable => (hyphen, 120.0 + dearer, true),
                BreakKind::NameSyllable => (hyphen, 200.0 + dearer, true),
            };
            out.penalty(width, cost, flagged, found.at);
            if flagged
                && width > 0.0
                && let Some(Some(end)) = out.ends.last_mut()
            {
                end.hyphen = true;
            }
        }
        for at in clusters {
            box_to(at, out);
            out.penalty(0.0, LETTER_COST, false, at);
        }
        box_to(atom.end, out);
    }
}

/// Holds items and, for each, where a line ends that ends there.
struct BreakItems {
    items: Vec<BreakItem>,
    ends: Vec<Option<LineEnd>>,
}

impl BreakItems {
    /// Adds a part of a word.
    fn word(&mut self, width: f64) {
        self.items.push(BreakItem::Box { width });
        self.ends.push(None);
    }

    /// Adds a space; a line that ends there ends at the byte `at`.
    fn glue(&mut self, width: f64, at: usize) {
        self.items.push(BreakItem::Glue {
            width,
            stretch: width * STRETCH,
            shrink: width * SHRINK,
        });
        self.ends.push(Some(LineEnd { at, hyphen: false }));
    }

    /// Adds a place where a line may end, at the byte `at`.
    fn penalty(&mut self, width: f64, cost: f64, flagged: bool, at: usize) {
        self.items.push(BreakItem::Penalty { width, cost, flagged });
        self.ends.push(Some(LineEnd { at, hyphen: false }));
    }
}
