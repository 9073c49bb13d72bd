//! The look: sizes and distances of everything on a page.
//!
//! In: the page setting, look and colours. Out: a [`Sheet`], in points. Guaranteed: a measure and
//! a text height that are positive, whatever margins were asked for. Distances
//! that follow from the text's size are given as parts of it, so that a letter
//! in 10 or in 14 points keeps its proportions. The proportions are by eye, on
//! Letter and A4 paper at 11.5 points.

use super::font::Cut;
use super::frame::Color;
use super::text::Style;
use crate::model::letter::PageSetting;
use crate::model::style::{self, Look, StyleSetting};

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
    look: Look,
    /// The coalition's colour, if it names one.
    own: Option<style::Color>,
}

/// Largest part of the paper that both margins of a direction may take.
const MARGINS: f64 = 0.7;

impl Sheet {
    /// The measures of a page setting.
    pub(super) fn new(setting: &PageSetting, style: &StyleSetting, rtl: bool) -> Self {
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
            look: style.look,
            own: style.accent,
        }
    }

    /// Black letters of a size, in the look's cut for what a cut of the classic look is
    /// for.
    pub(super) fn style(&self, cut: Cut, size: f64) -> Style {
        let cut = match self.look {
            Look::Classic => cut,
            Look::Modern => cut.in_sans(),
            Look::Plain => cut.in_serif(),
        };
        Style::new(cut, size)
    }

    /// The coalition's colour, or the look's.
    pub(super) fn accent(&self) -> Color {
        Color(self.accent_of_model().0)
    }

    fn accent_of_model(&self) -> style::Color {
        self.own.unwrap_or(self.look.accent())
    }

    /// The colour of the coalition's name: its own, if it names one.
    pub(super) fn sender(&self) -> Color {
        match (self.look, self.own) {
            (Look::Modern, _) | (_, Some(_)) => self.accent(),
            (_, None) => Color::BLACK,
        }
    }

    /// The rule that closes the letterhead: its thickness and colour. The plain look
    /// has none.
    pub(super) fn head_rule(&self) -> Option<(f64, Color)> {
        match (self.look, self.own) {
            (Look::Classic, None) => Some((HAIRLINE, QUIET)),
            (Look::Classic, Some(_)) => Some((HAIRLINE, self.accent())),
            (Look::Modern, _) => Some((STRONG, self.accent())),
            (Look::Plain, _) => None,
        }
    }

    /// The ground of boxes, if there is one: so light that it prints on any machine.
    pub(super) fn ground(&self) -> Option<Color> {
        self.ground_of_model().map(|color| Color(color.0))
    }

    fn ground_of_model(&self) -> Option<style::Color> {
        match self.look {
            Look::Classic => Some(WARM),
            Look::Modern => Some(self.accent_of_model().tint()),
            Look::Plain => None,
        }
    }

    /// The accent as it can be read on the ground of a box, which is darker than the
    /// paper that it was chosen for.
    pub(super) fn accent_on_ground(&self) -> Color {
        let ground = self.ground_of_model().unwrap_or(style::Color::WHITE);
        Color(self.accent_of_model().legible_on(ground, style::Color::BLACK).0)
    }

    /// What tells links from the text around; without colour, a line below them.
    pub(super) fn underlines_links(&self) -> bool {
        self.look == Look::Plain
    }

    /// Body text.
    pub(super) fn body(&self) -> Style {
        self.style(Cut::Serif, self.size)
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
        self.style(Cut::Serif, self.size * 0.91)
    }

    /// What follows a name in the roll.
    pub(super) fn roll_detail(&self) -> Style {
        self.style(Cut::SerifItalic, self.size * 0.91)
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
        self.style(Cut::Serif, self.size * 0.785)
    }

    /// From baseline to baseline in footnotes.
    pub(super) fn note_leading(&self) -> f64 {
        self.note().size * 1.28
    }

    /// Headings by level, 1 to 6: style, space before, space after.
    pub(super) fn heading(&self, level: u8) -> (Style, f64, f64) {
        let gap = self.gap();
        let (cut, size, before, after) = match level {
            1 => (Cut::SansBold, 1.3, 2.2, 0.8),
            2 => (Cut::SansBold, 1.1, 1.9, 0.6),
            3 => (Cut::SerifBold, 1.0, 1.6, 0.5),
            _ => (Cut::SerifItalic, 1.0, 1.4, 0.4),
        };
        let style = self.style(cut, self.size * size).color(self.heading_color());
        (style, gap * before, gap * after)
    }

    /// The colour of titles and headings, which may stand in boxes, too.
    pub(super) fn heading_color(&self) -> Color {
        match self.look {
            Look::Modern => self.accent_on_ground(),
            Look::Classic | Look::Plain => Color::BLACK,
        }
    }
}

/// Colour of rules that close the letterhead and of what is less important; 7:1
/// on white.
pub(super) const QUIET: Color = Color([0x52, 0x52, 0x52]);

/// The ground of boxes in the classic look; ink on it keeps nine tenths of its
/// contrast.
const WARM: style::Color = style::Color([0xf4, 0xf1, 0xec]);

/// Thickness of the modern letterhead's rule, in points.
const STRONG: f64 = 1.5;

/// Thickness of rules: half a point prints on every machine and is no bar.
pub(super) const HAIRLINE: f64 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::style::LEGIBLE;

    fn sheet(look: Look, accent: Option<&str>) -> Sheet {
        let style = StyleSetting {
            look,
            accent: accent.and_then(style::Color::parse),
            ..StyleSetting::default()
        };
        Sheet::new(&PageSetting::default(), &style, false)
    }

    #[test]
    fn each_look_has_one_family_for_text() {
        let check = |look, text: Cut, heading: Cut| {
            let sheet = sheet(look, None);
            assert_eq!((sheet.body().cut, sheet.heading(1).0.cut), (text, heading), "{look:?}");
        };
        check(Look::Classic, Cut::Serif, Cut::SansBold);
        check(Look::Modern, Cut::Sans, Cut::SansBold);
        check(Look::Plain, Cut::Serif, Cut::SerifBold);
    }

    #[test]
    fn plain_has_neither_colour_nor_ornament() {
        let plain = sheet(Look::Plain, None);
        let black = [
            plain.accent(),
            plain.sender(),
            plain.heading_color(),
            plain.accent_on_ground(),
        ];
        assert_eq!(black, [Color::BLACK; 4]);
        assert!(plain.head_rule().is_none() && plain.ground().is_none() && plain.underlines_links());
    }

    #[test]
    fn colours_can_be_read_where_they_stand() {
        // The palest that the loader lets pass, and some of each kind.
        for accent in [None, Some("#747474"), Some("#d6000f"), Some("#0b7a0b"), Some("#000")] {
            for &look in Look::ALL {
                let sheet = sheet(look, accent);
                let contrast = |color: Color, ground: Color| style::Color(color.0).contrast(style::Color(ground.0));
                let white = Color([255; 3]);
                let ground = sheet.ground().unwrap_or(white);
                for color in [sheet.accent_on_ground(), sheet.heading_color()] {
                    assert!(contrast(color, ground) >= LEGIBLE, "{look:?} {accent:?}");
                }
                assert!(contrast(Color::BLACK, ground) >= 18.0, "{look:?} {accent:?}");
                for color in [sheet.sender(), sheet.heading_color(), sheet.accent()] {
                    assert!(contrast(color, white) >= LEGIBLE, "{look:?} {accent:?}");
                }
            }
        }
    }
}
