//! How documents look: the `[style]` table.
//!
//! In: what `load` read. Out: a look, the coalition's colours and templates of its
//! own, for every output that has looks. Guaranteed: a colour that text is set in
//! reaches [`LEGIBLE`] on the paper it stands on; the loader refuses others.
//! Absent: sizes and places.

use std::fmt;
use std::sync::Arc;

/// How documents look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StyleSetting {
    /// Faces and ornament.
    pub look: Look,
    /// The coalition's colour, on white; `None`: the look's own.
    pub accent: Option<Color>,
    /// The same on a dark ground; `None`: the accent, made as light as it must be.
    pub accent_dark: Option<Color>,
    /// The user's own page around the document's parts, for HTML.
    pub html_template: Option<Template>,
}

/// A well-made style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Serif text, letterhead in the middle, a rule in the accent's colour.
    #[default]
    Classic,
    /// Sans-serif text, letterhead at the left beside its logo.
    Modern,
    /// No colour, no ornament: as from a typewriter that knows its craft.
    Plain,
}

impl Look {
    /// Every look, in the order of the documentation.
    pub const ALL: &[Self] = &[Self::Classic, Self::Modern, Self::Plain];

    /// The word in `[style]`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::Modern => "modern",
            Self::Plain => "plain",
        }
    }

    /// The color of ornament: the coalition's own, or the look's.
    pub fn ornament(self, own: Option<Color>) -> Color {
        own.unwrap_or(self.accent())
    }

    /// The color of the coalition's name: its own, if it names one.
    pub fn sender(self, own: Option<Color>) -> Color {
        match (self, own) {
            (Self::Modern, _) | (_, Some(_)) => self.ornament(own),
            (_, None) => Color::BLACK,
        }
    }

    /// The thickness, in points, and the color of the rule that closes the letterhead. The
    /// plain look has none.
    pub fn head_rule(self, own: Option<Color>) -> Option<(f64, Color)> {
        match (self, own) {
            (Self::Classic, None) => Some((HAIRLINE, Color::QUIET)),
            (Self::Classic, Some(color)) => Some((HAIRLINE, color)),
            (Self::Modern, _) => Some((STRONG, self.ornament(own))),
            (Self::Plain, _) => None,
        }
    }

    /// The look's own accent, on white.
    pub fn accent(self) -> Color {
        match self {
            Self::Classic => Color([0x7a, 0x23, 0x31]),
            Self::Modern => Color([0x0b, 0x57, 0x70]),
            Self::Plain => Color([0, 0, 0]),
        }
    }
}

/// A template of the user's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Its file's name, for messages.
    pub name: String,
    /// What it says.
    pub text: Arc<str>,
}

/// Least contrast of text with its ground (WCAG 2.2, success criterion 1.4.3, level
/// AA, for text of any size).
pub const LEGIBLE: f64 = 4.5;

/// Thickness of rules, in points: half a point prints on every machine and is no bar.
pub const HAIRLINE: f64 = 0.5;

/// Thickness of the modern letterhead's rule, in points.
const STRONG: f64 = 1.5;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub [u8; 3]);

impl Color {
    /// Paper.
    pub const WHITE: Self = Self([255; 3]);
    /// The ground of HTML's text.
    pub const SHEET: Self = Self([0xff, 0xfe, 0xfb]);
    /// The ground of HTML's boxes, the darkest that any text stands on in the light.
    pub const DESK: Self = Self([0xe9, 0xe6, 0xdf]);
    /// The same in the dark.
    pub const SHEET_DARK: Self = Self([0x1c, 0x1b, 0x18]);
    /// HTML's text in the dark.
    pub const INK_DARK: Self = Self([0xee, 0xee, 0xee]);
    /// What is said quietly, on white: addresses of the sender, speakers, rules.
    pub const QUIET: Self = Self([0x52, 0x52, 0x52]);
    /// Links, on white.
    pub const LINK: Self = Self([0x1c, 0x4f, 0x8c]);
    /// Ink.
    pub const BLACK: Self = Self([0; 3]);

    /// Reads `#7a2331` or `#723`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let byte = |shift: u32| (number >> shift & 0xff) as u8;
        let nibble = |shift: u32| (number >> shift & 0xf) as u8 * 0x11;
        match digits.len() {
            6 => Some(Self([byte(16), byte(8), byte(0)])),
            3 => Some(Self([nibble(8), nibble(4), nibble(0)])),
            _ => None,
        }
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The nearest colour on the way to `towards` that can be read on `ground`.
    #[must_use]
    pub fn legible_on(self, ground: Self, towards: Self) -> Self {
        (0..=STEPS)
            .map(|step| self.mixed(towards, step))
            .find(|color| color.contrast(ground) >= LEGIBLE)
            .unwrap_or(towards)
    }

    /// The ground of a box in this colour: so light that ink on it keeps nine tenths of
    /// its contrast, whatever the colour.
    #[must_use]
    pub fn tint(self) -> Self {
        (0..=STEPS)
            .map(|step| self.mixed(Self::WHITE, step))
            .find(|color| color.contrast(Self::BLACK) >= 0.9 * Self::WHITE.contrast(Self::BLACK))
            .unwrap_or(Self::WHITE)
    }

    /// This colour with `step` of [`STEPS`] parts of another.
    fn mixed(self, other: Self, step: u32) -> Self {
        let mut channels = self.0;
        for (channel, other) in channels.iter_mut().zip(other.0) {
            let (from, to) = (u32::from(*channel), u32::from(other));
            // A mean of two bytes is a byte.
            *channel = ((from * (STEPS - step) + to * step + STEPS / 2) / STEPS) as u8;
        }
        Self(channels)
    }
}

/// How finely a colour is shifted: no step is seen.
const STEPS: u32 = 64;

impl fmt::Display for Color {
    /// As CSS has it: `#7a2331`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_written() {
        let check = |text, expected: Option<&str>| {
            assert_eq!(Color::parse(text).map(|color| color.to_string()).as_deref(), expected);
        };
        check("#7A2331", Some("#7a2331"));
        check(" #fc0 ", Some("#ffcc00"));
        check("7a2331", None);
        check("#7a23", None);
        check("#7a233g", None);
        check("#+a2331", None);
        check("red", None);
    }

    /// The known pairs: black on white is 21, and #767676 is the palest grey of AA.
    #[test]
    fn contrast_is_that_of_wcag() {
        let check = |a: &str, b: &str, expected: f64| {
            let ratio = Color::parse(a)
                .unwrap_or(Color::BLACK)
                .contrast(Color::parse(b).unwrap_or(Color::BLACK));
            assert!((ratio - expected).abs() < 0.005, "{a} on {b}: {ratio}");
        };
        check("#000000", "#ffffff", 21.0);
        check("#ffffff", "#ffffff", 1.0);
        check("#767676", "#ffffff", 4.54);
        check("#777777", "#ffffff", 4.48);
        check("#ff0000", "#ffffff", 4.0);
    }

    #[test]
    fn a_pale_colour_is_darkened_no_more_than_it_must_be() {
        let yellow = Color([0xff, 0xcc, 0x00]);
        let found = yellow.legible_on(Color::WHITE, Color::BLACK);
        let ratio = found.contrast(Color::WHITE);
        assert!((LEGIBLE..LEGIBLE + 0.25).contains(&ratio), "{found}: {ratio}");
        let dark = Color([0x7a, 0x23, 0x31]);
        assert_eq!(dark.legible_on(Color::WHITE, Color::BLACK), dark);
    }

    #[test]
    fn the_looks_can_be_read() {
        for look in Look::ALL {
            assert!(look.accent().contrast(Color::WHITE) >= LEGIBLE, "{}", look.as_str());
        }
    }
}
