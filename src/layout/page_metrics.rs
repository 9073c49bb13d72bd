//! Decides the look: sizes and distances of everything on a page.
//!
//! In: the page setting, look and colors. Out: a [`PageMetrics`], in points. Guaranteed:
//! a measure and a text height that are positive, whatever margins were asked for.
//! Absent: what stands on a page.
//!
//! Distances that follow from the text's size are given as parts of it, so that a letter
//! in 10 or in 14 points keeps its proportions. The proportions are by eye, on Letter and
//! A4 paper at 11.5 points.

use crate::compose::document::Roll;
use crate::layout::frame::Color;
use crate::layout::text::font_style::FontStyle;
use crate::layout::text::styled_text::TextStyle;
use crate::model::letter::PageSetting;
use crate::model::style::{self, Look, StyleSetting};
use crate::model::units::Pt;

/// Holds the measures of a page, and its colors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageMetrics {
    /// Width of the paper.
    pub(crate) paper_width: f64,
    /// Height of the paper.
    pub(crate) paper_height: f64,
    /// Left edge of the text.
    pub(crate) left: f64,
    /// Top edge of the text.
    pub(crate) top: f64,
    /// Width of the text.
    pub(crate) measure: f64,
    /// What stands beside the text takes so much of the measure.
    pub(crate) aside: f64,
    /// Height of the text, footnotes included.
    pub(crate) height: f64,
    /// Size of body text.
    pub(crate) size: f64,
    /// Says whether body text is justified.
    pub(crate) justify: bool,
    /// Says whether words may be hyphenated.
    pub(crate) hyphenate: bool,
    /// Says whether reading begins on the right.
    pub(crate) rtl: bool,
    look: Look,
    /// The coalition's color, if it names one.
    own: Option<Color>,
}

/// Largest part of the paper that both margins of a direction may take.
const MARGINS: f64 = 0.7;

impl PageMetrics {
    /// Returns the measures of a page setting.
    pub(crate) fn new(setting: &PageSetting, style: &StyleSetting, rtl: bool) -> Self {
        let (width, height) = setting.paper.size();
        let margin = setting.margin.0.clamp(0.0, width.0 * MARGINS / 2.0);
        Self {
            paper_width: width.0,
            paper_height: height.0,
            left: margin,
            top: margin,
            measure: width.0 - 2.0 * margin,
            aside: 0.0,
            height: height.0 - 2.0 * margin,
            size: setting.font_size.0.clamp(6.0, 24.0),
            justify: setting.justify,
            hyphenate: setting.hyphenate,
            rtl,
            look: style.look,
            own: style.accent,
        }
    }

    /// Gives a part of the measure to what stands beside the text.
    pub(crate) fn with_aside(self) -> Self {
        Self {
            aside: self.measure * ASIDE,
            ..self
        }
    }

    /// Returns black letters of a size, in the font style that the look has in place of one
    /// of the classic look.
    pub(crate) fn style(&self, font_style: FontStyle, size: f64) -> TextStyle {
        let font_style = match self.look {
            Look::Classic => font_style,
            Look::Modern => font_style.in_sans(),
            Look::Plain => font_style.in_serif(),
        };
        TextStyle::new(font_style, size)
    }

    /// Returns the coalition's color, or the look's.
    pub(crate) fn accent(&self) -> Color {
        self.look.ornament(self.own)
    }

    /// Returns the color of the coalition's name: its own, if it names one.
    pub(crate) fn sender(&self) -> Color {
        self.look.sender(self.own)
    }

    /// Returns the thickness and color of the rule that closes the letterhead. The plain
    /// look has none.
    pub(crate) fn head_rule(&self) -> Option<(f64, Color)> {
        self.look.head_rule(self.own)
    }

    /// Returns the background of boxes, if there is one: so light that it prints on any
    /// machine.
    pub(crate) fn background(&self) -> Option<Color> {
        match self.look {
            Look::Classic => Some(WARM),
            Look::Modern => Some(self.accent().tint()),
            Look::Plain => None,
        }
    }

    /// Returns the accent as it can be read on the background of a box, which is darker
    /// than the paper that it was chosen for.
    pub(crate) fn accent_on_background(&self) -> Color {
        let background = self.background().unwrap_or(Color::WHITE);
        self.accent().legible_on(background, Color::BLACK)
    }

    /// Returns whether links are told from the text by a line below them, and not by color.
    pub(crate) fn underlines_links(&self) -> bool {
        self.look == Look::Plain
    }

    /// Returns the style of body text.
    pub(crate) fn body(&self) -> TextStyle {
        self.style(FontStyle::Serif, self.size)
    }

    /// Returns the distance from baseline to baseline in body text: 15.5 on 11.5 points.
    pub(crate) fn leading(&self) -> f64 {
        self.size * 1.35
    }

    /// Returns the space between paragraphs: a good half line.
    pub(crate) fn gap(&self) -> f64 {
        self.leading() * 0.55
    }

    /// Returns the style of names in a roll.
    pub(crate) fn roll(&self, roll: &Roll) -> TextStyle {
        self.style(FontStyle::Serif, roll.name_size(Pt(self.size)).0)
    }

    /// Returns the space between the roll's columns.
    pub(crate) fn gutter(&self) -> f64 {
        self.size * 2.2
    }

    /// Returns the style of footnotes: 9 points under 11.5.
    pub(crate) fn note(&self) -> TextStyle {
        self.style(FontStyle::Serif, self.size * 0.785)
    }

    /// Returns the distance from baseline to baseline in footnotes.
    pub(crate) fn note_leading(&self) -> f64 {
        self.note().size * 1.28
    }

    /// Returns style, space before and space after of headings of a level, 1 to 6.
    pub(crate) fn heading(&self, level: u8) -> (TextStyle, f64, f64) {
        let gap = self.gap();
        let (font_style, size, before, after) = match level {
            1 => (FontStyle::SansBold, 1.3, 2.2, 0.8),
            2 => (FontStyle::SansBold, 1.1, 1.9, 0.6),
            3 => (FontStyle::SerifBold, 1.0, 1.6, 0.5),
            _ => (FontStyle::SerifItalic, 1.0, 1.4, 0.4),
        };
        let style = self.style(font_style, self.size * size).color(self.heading_color());
        (style, gap * before, gap * after)
    }

    /// Returns the color of titles and headings, which may stand in boxes, too.
    pub(crate) fn heading_color(&self) -> Color {
        match self.look {
            Look::Modern => self.accent_on_background(),
            Look::Classic | Look::Plain => Color::BLACK,
        }
    }
}

/// Part of the measure that who leads the coalition takes, with the space to the text.
const ASIDE: f64 = 0.25;

/// Color of rules that close the letterhead and of what is less important; 7:1
/// on white.
pub(crate) const QUIET: Color = Color::QUIET;

/// The background of boxes in the classic look; ink on it keeps nine tenths of its
/// contrast.
const WARM: Color = Color([0xf4, 0xf1, 0xec]);

/// Thickness of rules.
pub(crate) const HAIRLINE: f64 = style::HAIRLINE;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::style::LEGIBLE;

    fn metrics(look: Look, accent: Option<&str>) -> PageMetrics {
        let style = StyleSetting {
            look,
            accent: accent.and_then(Color::parse),
            ..StyleSetting::default()
        };
        PageMetrics::new(&PageSetting::default(), &style, false)
    }

    #[test]
    fn each_look_has_one_family_for_text() {
        let check = |look, text: FontStyle, heading: FontStyle| {
            let metrics = metrics(look, None);
            assert_eq!(
                (metrics.body().font_style, metrics.heading(1).0.font_style),
                (text, heading),
                "{look:?}"
            );
        };
        check(Look::Classic, FontStyle::Serif, FontStyle::SansBold);
        check(Look::Modern, FontStyle::Sans, FontStyle::SansBold);
        check(Look::Plain, FontStyle::Serif, FontStyle::SerifBold);
    }

    #[test]
    fn plain_has_neither_color_nor_ornament() {
        let plain = metrics(Look::Plain, None);
        let black = [
            plain.accent(),
            plain.sender(),
            plain.heading_color(),
            plain.accent_on_background(),
        ];
        assert_eq!(black, [Color::BLACK; 4]);
        assert!(plain.head_rule().is_none() && plain.background().is_none() && plain.underlines_links());
    }

    #[test]
    fn colors_can_be_read_where_they_stand() {
        // The palest that the loader lets pass, and some of each kind.
        for accent in [None, Some("#747474"), Some("#d6000f"), Some("#0b7a0b"), Some("#000")] {
            for &look in Look::ALL {
                let metrics = metrics(look, accent);
                let white = Color::WHITE;
                let background = metrics.background().unwrap_or(white);
                for color in [metrics.accent_on_background(), metrics.heading_color()] {
                    assert!(color.contrast(background) >= LEGIBLE, "{look:?} {accent:?}");
                }
                assert!(Color::BLACK.contrast(background) >= 18.0, "{look:?} {accent:?}");
                for color in [metrics.sender(), metrics.heading_color(), metrics.accent()] {
                    assert!(color.contrast(white) >= LEGIBLE, "{look:?} {accent:?}");
                }
            }
        }
    }
}
