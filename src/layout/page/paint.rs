//! Paints lines, pictures and rules on a page.
//!
//! In: line blocks and their place. Out: items and links of the page. Guaranteed:
//! backgrounds are painted first, rules last. Absent: the choice of the page.

use crate::layout::blocks::line_block::{LineBlock, PlacedFigure, PlacedRule};
use crate::layout::frame::{Item, LinkArea, Page, Rect, TextRun};
use crate::layout::page_metrics::{HAIRLINE, QUIET};
use crate::layout::paragraph::line::SetLine;
use crate::model::units::Pt;

/// Paints a line block; `left` is the left edge of the page's text, `y` the block's
/// top.
pub(super) fn paint_block(page: &mut Page, line_block: LineBlock, left: f64, y: f64) {
    paint_rules(page, &line_block.backgrounds, left, y);
    for placed in line_block.lines {
        paint_line(page, placed.line, left + placed.left, y + placed.top);
    }
    paint_figures(page, &line_block.figures, left, y);
    paint_rules(page, &line_block.rules, left, y);
}

/// Paints a line with its column's left edge at `x` and its top at `y`.
pub(crate) fn paint_line(page: &mut Page, line: SetLine, x: f64, y: f64) {
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

/// Paints rules and backgrounds of a line block whose top left corner is at `x` and
/// `y`.
fn paint_rules(page: &mut Page, rules: &[PlacedRule], x: f64, y: f64) {
    for rule in rules {
        page.items.push(Item::Rule {
            area: Rect {
                x: Pt(x + rule.left),
                y: Pt(y + rule.top),
                width: Pt(rule.width),
                height: Pt(rule.height),
            },
            color: rule.color,
            mark: rule.mark,
        });
    }
}

/// Paints the pictures of a line block; the block's top left corner is at `x` and `y`.
fn paint_figures(page: &mut Page, figures: &[PlacedFigure], x: f64, y: f64) {
    for PlacedFigure { figure, top } in figures {
        let area = Rect {
            x: Pt(x + figure.left),
            y: Pt(y + top),
            width: Pt(figure.width),
            height: Pt(figure.height),
        };
        page.items.push(Item::Image {
            image: figure.image,
            area,
            mark: figure.mark,
        });
        if let Some(node) = figure.link {
            page.links.push(LinkArea { area, node });
        }
    }
}
