//! Chooses the breakpoints of a paragraph, all lines together.
//!
//! In: boxes, glue and penalties, and the widths of the lines. Out: the items at
//! which lines end, or `None` if no breaking stays within the tolerance. The
//! caller then tries again with more breakpoints and more tolerance; with
//! [`Trial::last`] set there is always an answer. Guaranteed then: a line is
//! wider than its column only if a single box is. Absent: text, fonts, hyphens;
//! those are `paragraph`'s.
//!
//! Source: Knuth and Plass, Breaking Paragraphs into Lines, Software: Practice
//! and Experience 11 (1981), 1119–1184. Ragged setting takes the stretch of a
//! line from its right end, as section "Applications" of that paper proposes.

/// Is an item of a paragraph: something printed, a space, or a place to break.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum BreakItem {
    /// Something printed.
    Box {
        /// Its width.
        width: f64,
    },
    /// A space; a line may end before it if a box precedes it.
    Glue {
        /// Its natural width.
        width: f64,
        /// Says how much wider it may comfortably be.
        stretch: f64,
        /// Says how much narrower it may be.
        shrink: f64,
    },
    /// A place where a line may end, within a word or after a dash.
    Penalty {
        /// Gives the width of what is printed if the line ends here: a hyphen's width, or none.
        width: f64,
        /// Gives what ending here costs; [`FORCED`]: the line must end here.
        cost: f64,
        /// Says whether it is a hyphen: two such lines in a row cost more.
        flagged: bool,
    },
}

/// The cost of a place where the line must end.
pub(crate) const FORCED: f64 = f64::NEG_INFINITY;

/// The cost of a place where no line may end; put before glue, it keeps a line
/// from ending there.
pub(crate) const FORBIDDEN: f64 = f64::INFINITY;

/// The cost of a break between two letters: more than any white. From here on, how tight a
/// line is counts for nothing, and one way to each break is kept, not one for each tightness:
/// a word of a million letters has a million breaks.
pub(crate) const CUT: f64 = 1e6;

/// Holds the widths of a paragraph's lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineWidths {
    /// Gives the width of the first line, and of those after a forced break.
    pub(crate) first: f64,
    /// Gives the width of all others.
    pub(crate) rest: f64,
    /// Says whether lines after a forced break are as wide as the others.
    pub(crate) hang_breaks: bool,
}

/// Says how a paragraph is tried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trial {
    /// For ragged setting: the white at a line's end that counts as badness 100.
    /// `None`: justified.
    pub(crate) ragged: Option<f64>,
    /// Largest stretch ratio of a line; 1 is badness 100.
    pub(crate) tolerance: f64,
    /// Stretch lent to each justified line; makes loose lines count for less.
    pub(crate) emergency: f64,
    /// Last lines narrower than this cost as much as several bad lines.
    pub(crate) runt: f64,
    /// Says whether the white of last lines counts as that of others does, so that lines come
    /// out about as long as each other.
    pub(crate) even: bool,
    /// Demerits added for each line; more than bad lines have makes as few lines as
    /// can be.
    pub(crate) line: f64,
    /// Says how many times dearer than TeX's are two hyphens in a row and one before the
    /// last line.
    pub(crate) hyphens: f64,
    /// Accept whatever is needed.
    pub(crate) last: bool,
}

/// Demerits of a line whatever its looks; more makes fewer lines. TeX's
/// \linepenalty.
const LINE: f64 = 10.0;
/// Two hyphenated lines in a row. TeX's \doublehyphendemerits.
const DOUBLE_HYPHEN: f64 = 10_000.0;
/// A hyphen before the last line. TeX's \finalhyphendemerits.
const FINAL_HYPHEN: f64 = 5_000.0;
/// A tight line beside a loose one. TeX's \adjdemerits.
const UNEVEN: f64 = 10_000.0;
/// A last line of a word or less. As bad as two lines at badness 150; by eye.
const RUNT: f64 = 50_000.0;

/// Is a breakpoint that some best way reaches.
struct Breakpoint {
    /// The item at which the line ends.
    item: usize,
    /// The first item of the next line.
    start: usize,
    /// Says whether the next line is as wide as a first line.
    first_line: bool,
    fitness: usize,
    flagged: bool,
    demerits: f64,
    previous: usize,
}

/// Holds the sums of the items before each item.
struct WidthSums {
    width: Vec<f64>,
    stretch: Vec<f64>,
    shrink: Vec<f64>,
}

impl WidthSums {
    /// Returns the ratio by which the spaces of a justified line stretch or shrink so
    /// that it becomes wider by `missing`; minus infinity if they cannot shrink so far.
    fn ratio(&self, from: usize, to: usize, missing: f64, emergency: f64) -> f64 {
        if missing >= 0.0 {
            let stretch = self.stretch[to] - self.stretch[from] + emergency;
            return missing / stretch.max(EPSILON);
        }
        let shrink = self.shrink[to] - self.shrink[from];
        if -missing > shrink + EPSILON {
            f64::NEG_INFINITY
        } else {
            missing / shrink.max(EPSILON)
        }
    }
}

/// Returns the items at which lines end, in order; the last is the paragraph's
/// last item, which must be a penalty of cost [`FORCED`].
pub(crate) fn break_lines(items: &[BreakItem], widths: LineWidths, trial: Trial) -> Option<Vec<usize>> {
    let sums = sum(items);
    let starts = line_starts(items);
    let mut nodes = vec![Breakpoint {
        item: 0,
        start: starts.first().copied().unwrap_or(0),
        first_line: true,
        fitness: 1,
        flagged: false,
        demerits: 0.0,
        previous: usize::MAX,
    }];
    let mut active = vec![0];
    for (i, item) in items.iter().enumerate() {
        let (extra, cost, flagged) = match *item {
            BreakItem::Box { .. } => continue,
            BreakItem::Glue { .. } if i > 0 && matches!(items[i - 1], BreakItem::Box { .. }) => (0.0, 0.0, false),
            BreakItem::Glue { .. } => continue,
            BreakItem::Penalty { cost: FORBIDDEN, .. } => continue,
            BreakItem::Penalty { width, cost, flagged } => (width, cost, flagged),
        };
        let forced = cost == FORCED;
        // The best way to each fitness class: demerits, previous node, and fitness.
        let mut best: [Option<(f64, usize, usize)>; 4] = [None; 4];
        // Where fitness counts for nothing, the best way of all is kept in the first place.
        let one_way = !forced && cost >= CUT;
        // The latest node, should every line from an earlier one be too wide.
        let mut rescue: Option<(f64, usize)> = None;
        active.retain(|&a| {
            count_steps!(1);
            let node = &nodes[a];
            let available = if node.first_line { widths.first } else { widths.rest };
            let natural = sums.width[i] - sums.width[node.start] + extra;
            let ratio = match trial.ragged {
                _ if forced && natural <= available && !trial.even => 0.0,
                Some(_) if natural > available + EPSILON => f64::NEG_INFINITY,
                Some(white) => ((available - natural) / white).max(0.0),
                None => sums.ratio(node.start, i, available - natural, trial.emergency),
            };
            let keep = ratio >= -1.0 - EPSILON;
            let ends = forced && i + 1 == items.len();
            let runt = ends && !node.first_line && natural < trial.runt;
            // The end of a word, alone on the last line, is worse than white.
            let good = ratio <= trial.tolerance && !(runt && node.flagged);
            if keep && (good || trial.last) {
                let fitness = fitness(ratio);
                let mut demerits = node.demerits + trial.line + line_demerits(ratio, cost, trial.ragged.is_some());
                if flagged && node.flagged {
                    demerits += DOUBLE_HYPHEN * trial.hyphens;
                }
                if ends && node.flagged {
                    demerits += FINAL_HYPHEN * trial.hyphens;
                }
                if runt {
                    demerits += RUNT;
                }
                if trial.ragged.is_none() && fitness.abs_diff(node.fitness) > 1 {
                    demerits += UNEVEN;
                }
                let class = if one_way { 0 } else { fitness };
                if best[class].is_none_or(|(least, ..)| demerits < least) {
                    best[class] = Some((demerits, a, fitness));
                }
            } else if !keep && rescue.is_none_or(|(_, other)| nodes[other].start < node.start) {
                rescue = Some((node.demerits, a));
            }
            keep && !forced
        });
        let nothing = active.is_empty() && best.iter().all(Option::is_none);
        if nothing {
            if !trial.last {
                return None;
            }
            // A single box is wider than the line: it stands alone.
            best[3] = rescue.map(|(demerits, previous)| (demerits, previous, 3));
        }
        for (demerits, previous, fitness) in best.into_iter().flatten() {
            active.push(nodes.len());
            nodes.push(Breakpoint {
                item: i,
                start: starts[i + 1],
                first_line: forced && !widths.hang_breaks,
                fitness,
                flagged,
                demerits,
                previous,
            });
        }
    }
    let whole = active.into_iter().filter(|&a| nodes[a].item + 1 == items.len());
    let end = whole.min_by(|&a, &b| nodes[a].demerits.total_cmp(&nodes[b].demerits))?;
    Some(way_to(end, &nodes))
}

/// Returns the items at which lines end on the best way to a breakpoint.
fn way_to(end: usize, nodes: &[Breakpoint]) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut at = end;
    while nodes[at].previous != usize::MAX {
        breaks.push(nodes[at].item);
        at = nodes[at].previous;
    }
    breaks.reverse();
    breaks
}

/// Lengths nearer than this are equal: a millionth of a point.
const EPSILON: f64 = 1e-6;

/// Returns the demerits of a line. Badness is bounded, as in TeX, for lines that are
/// stretched; ragged ones differ however short they are.
fn line_demerits(ratio: f64, cost: f64, ragged: bool) -> f64 {
    let most = if ragged { f64::MAX } else { 10_000.0 };
    let badness = (100.0 * ratio.abs().powi(3)).min(most);
    let line = (LINE + badness).powi(2);
    if cost == FORCED { line } else { line + cost * cost.abs() }
}

/// Returns how tight a line is: tight, decent, loose, very loose; the paper's four
/// classes.
fn fitness(ratio: f64) -> usize {
    match ratio {
        r if r < -0.5 => 0,
        r if r <= 0.5 => 1,
        r if r <= 1.0 => 2,
        _ => 3,
    }
}

/// Returns the sums of the items before each item.
fn sum(items: &[BreakItem]) -> WidthSums {
    let mut sums = WidthSums {
        width: Vec::with_capacity(items.len() + 1),
        stretch: Vec::with_capacity(items.len() + 1),
        shrink: Vec::with_capacity(items.len() + 1),
    };
    let (mut w, mut y, mut z) = (0.0, 0.0, 0.0);
    for item in items {
        sums.width.push(w);
        sums.stretch.push(y);
        sums.shrink.push(z);
        match *item {
            BreakItem::Box { width } => w += width,
            BreakItem::Glue { width, stretch, shrink } => {
                w += width;
                y += stretch;
                z += shrink;
            }
            BreakItem::Penalty { .. } => {}
        }
    }
    sums.width.push(w);
    sums.stretch.push(y);
    sums.shrink.push(z);
    sums
}

/// Returns, for each item, the first item that a line which begins there prints: glue
/// at a line's beginning vanishes.
fn line_starts(items: &[BreakItem]) -> Vec<usize> {
    let mut starts = vec![items.len(); items.len() + 1];
    for i in (0..items.len()).rev() {
        starts[i] = match items[i] {
            BreakItem::Box { .. } => i,
            BreakItem::Penalty { cost: FORCED, .. } => i,
            _ => starts[i + 1],
        };
    }
    starts
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const END: BreakItem = BreakItem::Penalty {
        width: 0.0,
        cost: FORCED,
        flagged: false,
    };

    /// Words of the given widths with spaces of 1 between them.
    fn words(widths: &[f64]) -> Vec<BreakItem> {
        let mut items = Vec::new();
        for (i, &width) in widths.iter().enumerate() {
            if i > 0 {
                items.push(BreakItem::Glue {
                    width: 1.0,
                    stretch: 0.5,
                    shrink: 0.33,
                });
            }
            items.push(BreakItem::Box { width });
        }
        items.push(END);
        items
    }

    const RAGGED: Trial = Trial {
        even: false,
        ragged: Some(3.0),
        tolerance: 1.0,
        emergency: 0.0,
        runt: 0.0,
        line: 0.0,
        hyphens: 1.0,
        last: false,
    };

    /// Breaks words into lines of `width`; expected are the words of each line.
    fn check(widths: &[f64], width: f64, trial: Trial, expected: Option<&[usize]>) {
        let items = words(widths);
        let lines = LineWidths {
            first: width,
            rest: width,
            hang_breaks: false,
        };
        let found = break_lines(&items, lines, trial).map(|breaks| {
            let mut begin = 0;
            breaks
                .iter()
                .map(|&end| {
                    let count = items[begin..end]
                        .iter()
                        .filter(|item| matches!(item, BreakItem::Box { .. }))
                        .count();
                    begin = end;
                    count
                })
                .collect::<Vec<_>>()
        });
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn one_line_if_it_fits() {
        check(&[3.0, 3.0], 10.0, RAGGED, Some(&[2]));
    }

    #[test]
    fn all_lines_are_weighed_together() {
        // First-fit would set 3 2 1 | 5 | 7 with a hole of 3 in the second line;
        // the first line gives up a word to fill it.
        check(&[3.0, 2.0, 1.0, 5.0, 7.0], 8.0, RAGGED, Some(&[2, 2, 1]));
    }

    #[test]
    fn tolerance_is_kept_and_the_last_trial_always_answers() {
        check(&[2.0, 9.0, 2.0], 10.0, RAGGED, None);
        let last = Trial { last: true, ..RAGGED };
        check(&[2.0, 9.0, 2.0], 10.0, last, Some(&[1, 1, 1]));
        // A box wider than the line stands alone.
        check(&[2.0, 15.0, 2.0], 10.0, last, Some(&[1, 1, 1]));
        check(&[15.0], 10.0, last, Some(&[1]));
    }

    #[test]
    fn no_runt_if_a_better_breaking_exists() {
        let widths = [2.0, 2.0, 2.0, 1.0];
        let wide = Trial {
            tolerance: 2.0,
            ..RAGGED
        };
        check(&widths, 8.0, wide, Some(&[3, 1]));
        let runt = Trial { runt: 1.5, ..wide };
        check(&widths, 8.0, runt, Some(&[2, 2]));
    }

    #[test]
    fn justified_lines_may_shrink() {
        let justified = Trial { ragged: None, ..RAGGED };
        check(&[4.0, 4.1, 4.0, 4.0], 9.0, justified, Some(&[2, 2]));
    }

    #[test]
    fn a_word_that_is_cut_between_letters_takes_steps_in_proportion_to_its_length() {
        let last = Trial { last: true, ..RAGGED };
        for trial in [
            last,
            Trial {
                ragged: None,
                emergency: 12.0,
                ..last
            },
        ] {
            crate::testing::grows_with_its_input("letters", 1_000, |n| {
                let cut = BreakItem::Penalty {
                    width: 0.0,
                    cost: CUT,
                    flagged: false,
                };
                let mut items: Vec<BreakItem> = (0..n).flat_map(|_| [BreakItem::Box { width: 1.0 }, cut]).collect();
                items.push(END);
                let widths = LineWidths {
                    first: 100.0,
                    rest: 100.0,
                    hang_breaks: false,
                };
                let steps = crate::testing::steps(|| {
                    assert_eq!(break_lines(&items, widths, trial).unwrap().len(), n / 100);
                });
                // A line has a hundred places where the one before may end.
                assert!(steps <= 110 * n, "{steps} steps for {n} letters");
            });
        }
    }

    #[test]
    fn forced_breaks_end_lines() {
        let mut items = words(&[2.0, 2.0]);
        items.insert(1, END);
        let lines = LineWidths {
            first: 10.0,
            rest: 10.0,
            hang_breaks: false,
        };
        assert_eq!(break_lines(&items, lines, RAGGED).unwrap(), vec![1, 4]);
    }
}
