//! Puts around the text of page 1 what the sender puts there.
//!
//! In: finished pages, and texts. Out: the same, with who leads the coalition beside the
//! text, from the first line below the letterhead on, and with the sender's address in the
//! bottom margin of page 1. Guaranteed: a list longer than its page goes on beside the text of
//! the next one. Absent: room for them, which `page_metrics` keeps.

use crate::layout::flow::block::SenderTexts;
use crate::layout::frame::{Item, Mark, Page, TextRun};
use crate::layout::page::new_page;
use crate::layout::page::paint::paint_line;
use crate::layout::page_metrics::PageMetrics;
use crate::layout::paragraph::format::{Align, BreakPolicy, ParagraphFormat};
use crate::layout::paragraph::set_text;
use crate::layout::text::shape::Shaper;
use crate::layout::text::styled_text::StyledText;

/// Part of the room beside the text that the lines take; the rest is space.
const FILLED: f64 = 0.86;

/// Distance from baseline to baseline, in sizes.
const LEADING: f64 = 1.3;

/// Adds what the sender puts around the text.
pub(crate) fn surround(pages: &mut Vec<Page>, texts: &SenderTexts, metrics: &PageMetrics, shaper: Shaper<'_>) {
    board(pages, &texts.board, metrics, shaper);
    if let Some(page) = pages.first_mut() {
        foot(page, &texts.foot, metrics, shaper);
    }
}

fn format(text: &StyledText, width: f64, align: Align, metrics: &PageMetrics) -> ParagraphFormat {
    let size = text.spans.first().map_or(metrics.size, |span| span.style.size);
    ParagraphFormat {
        width,
        first: 0.0,
        rest: if align == Align::Start { size } else { 0.0 },
        hang_breaks: false,
        align,
        break_policy: BreakPolicy::Display,
        hyphenate: false,
        leading: size * LEADING,
        rtl: Some(metrics.rtl),
    }
}

fn board(pages: &mut Vec<Page>, texts: &[StyledText], metrics: &PageMetrics, shaper: Shaper<'_>) {
    let width = metrics.aside * FILLED;
    let left = match metrics.rtl {
        true => metrics.left + metrics.measure - width,
        false => metrics.left,
    };
    let bottom = metrics.top + metrics.height;
    let Some(first) = pages.first() else { return };
    let mut baseline = Some(first_baseline(first, metrics));
    let (mut y, mut at) = (metrics.top, 0);
    for text in texts {
        if text.is_empty() {
            y += metrics.size * 0.5;
            continue;
        }
        for line in set_text(text, &format(text, width, Align::Start, metrics), shaper).lines {
            // The first line stands on the line of the text beside it.
            if let Some(baseline) = baseline.take() {
                y = baseline - line.baseline;
            }
            if y + line.height > bottom {
                (at, y) = (at + 1, metrics.top);
                if at == pages.len() {
                    pages.push(new_page(metrics));
                }
            }
            let height = line.height;
            paint_line(&mut pages[at], line, left, y);
            y += height;
        }
        y += metrics.size * 0.15;
    }
}

/// Returns the first baseline of the text that leaves room beside it: all lines of a
/// letterhead begin at the margin.
fn first_baseline(page: &Page, metrics: &PageMetrics) -> f64 {
    let mut lines: Vec<(f64, f64, f64)> = Vec::new();
    for item in &page.items {
        if let Item::Text(
            run @ TextRun {
                mark: Mark::Content(_), ..
            },
        ) = item
        {
            let width: f64 = run.glyphs.iter().map(|glyph| f64::from(glyph.advance)).sum::<f64>() * run.size.0 / 1000.0;
            let (start, end) = (run.x.0, run.x.0 + width);
            match lines.iter_mut().find(|line| (line.0 - run.y.0).abs() < 1.0) {
                Some(line) => (line.1, line.2) = (line.1.min(start), line.2.max(end)),
                None => lines.push((run.y.0, start, end)),
            }
        }
    }
    let (text_start, text_end) = match metrics.rtl {
        true => (metrics.left, metrics.left + metrics.measure - metrics.aside),
        false => (metrics.left + metrics.aside, metrics.left + metrics.measure),
    };
    let beside = lines.iter().filter(|(_, start, end)| match metrics.rtl {
        true => *end <= text_end + 1.0,
        false => *start >= text_start - 1.0,
    });
    beside
        .map(|line| line.0)
        .min_by(f64::total_cmp)
        .unwrap_or(metrics.top + metrics.size)
}

fn foot(page: &mut Page, texts: &[StyledText], metrics: &PageMetrics, shaper: Shaper<'_>) {
    let set = texts
        .iter()
        .map(|text| set_text(text, &format(text, metrics.measure, Align::Center, metrics), shaper));
    let lines: Vec<_> = set.flat_map(|set| set.lines).collect();
    let height: f64 = lines.iter().map(|line| line.height).sum();
    let margin = metrics.paper_height - metrics.top - metrics.height;
    let mut y = metrics.paper_height - (margin * 0.5 + height / 2.0).max(height + metrics.size * 0.6);
    for line in lines {
        let height = line.height;
        paint_line(page, line, metrics.left, y);
        y += height;
    }
}
