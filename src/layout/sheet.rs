//! The look: sizes and distances of everything on a page.
//!
//! In: the page setting. Out: a [`Sheet`], in points. Guaranteed: a measure and
//! a text height that are positive, whatever margins were asked for. Distances
//! that follow from the text's size are given as parts of it, so that a letter
//! in 10 or in 14 points keeps its proportions. The proportions are by eye, on
//! Letter and A4 paper at 11.5 points.

use super::font::Cut;
use super::frame::Color;
use super::text::Style;
use crate::model::letter::PageSetting;

/// A page's measures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    /// Width of the paper.
    pub(super) paper_width: f64,
    /// Height of the paper.
    pub(super) paper_height: f64,
    /// Left edge of the text.
    pub(super) left: f64,
    /// Top edge of the text.
    pub(super) top: f64,
    /// Width of the text.
    pub(super) measure: f64,
    /// Height of the text, footnotes included.
    pub(super) height: f64,
    /// Size of body text.
    pub(super) size: f64,
    /// Whether body text is justified.
    pub(super) justify: bool,
    /// Whether words may be hyphenated.
    pub(super) hyphenate: bool,
    /// Whether reading begins on the right.
    pub(super) rtl: bool,
}

/// Largest part of the paper that both margins of a direction may take.
const MARGINS: f64 = 0.7;

impl Sheet {
    /// The measures of a page setting.
    pub(super) fn new(setting: &PageSetting, rtl: bool) -> Self {
        let (width, height) = setting.paper.size();
        let margin = setting.margin.0.clamp(0.0, width.0 * MARGINS / 2.0);
        Self {
            paper_width: width.0,
            paper_height: height.0,
            left: margin,
            top: margin,
            measure: width.0 - 2.0 * margin,
            height: height.0 - 2.0 * margin,
            size: setting.font_size.0.clamp(6.0, 24.0),
            justify: setting.justify,
            hyphenate: setting.hyphenate,
            rtl,
        }
    }

    /// Body text.
    pub(super) fn body(&self) -> Style {
        Style::new(Cut::Serif, self.size)
    }

    /// From baseline to baseline in body text: 15.5 on 11.5 points.
    pub(super) fn leading(&self) -> f64 {
        self.size * 1.35
    }

    /// Between paragraphs: a good half line.
    pub(super) fn gap(&self) -> f64 {
        self.leading() * 0.55
    }

    /// Names in the roll: a size below the text, with the leading in proportion.
    pub(super) fn roll(&self) -> Style {
        Style::new(Cut::Serif, self.size * 0.91)
    }

    /// What follows a name in the roll.
    pub(super) fn roll_detail(&self) -> Style {
        Style::new(Cut::SerifItalic, self.size * 0.91)
    }

    /// From baseline to baseline in the roll. There is no other space between
    /// signatories, so that lines stand level across columns; turned-over lines
    /// are told by their indent.
    pub(super) fn roll_leading(&self) -> f64 {
        self.size * 1.24
    }

    /// Between the roll's columns.
    pub(super) fn gutter(&self) -> f64 {
        self.size * 2.2
    }

    /// Footnotes: 9 points under 11.5.
    pub(super) fn note(&self) -> Style {
        Style::new(Cut::Serif, self.size * 0.785)
    }

    /// From baseline to baseline in footnotes.
    pub(super) fn note_leading(&self) -> f64 {
        self.note().size * 1.28
    }

    /// Headings by level, 1 to 6: style, space before, space after.
    pub(super) fn heading(&self, level: u8) -> (Style, f64, f64) {
        let gap = self.gap();
        match level {
            1 => (Style::new(Cut::SansBold, self.size * 1.3), gap * 2.2, gap * 0.8),
            2 => (Style::new(Cut::SansBold, self.size * 1.1), gap * 1.9, gap * 0.6),
            3 => (Style::new(Cut::SerifBold, self.size), gap * 1.6, gap * 0.5),
            _ => (Style::new(Cut::SerifItalic, self.size), gap * 1.4, gap * 0.4),
        }
    }
}

/// Colour of rules that close the letterhead and of what is less important; 7:1
/// on white.
pub(super) const QUIET: Color = Color([0x52, 0x52, 0x52]);

/// Thickness of rules: half a point prints on every machine and is no bar.
pub(super) const HAIRLINE: f64 = 0.5;
