//! Names the styles of type that text can ask for.
//!
//! In: nothing. Out: [`FontStyle`], a member of the embedded families, and [`FontFeature`],
//! the shape of its digits and letters. Guaranteed: emphasis within emphasis stands upright, and what
//! is bold stays bold. Absent: font files.

use std::hash::Hash;

/// Is a style of the embedded families that text can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FontStyle {
    /// Source Serif 4: text.
    Serif,
    /// Its italic: emphasis.
    SerifItalic,
    /// Its bold: what is important.
    SerifBold,
    /// Its bold italic.
    SerifBoldItalic,
    /// Source Sans 3: letterhead and furniture; text in the modern look.
    Sans,
    /// Its italic.
    SansItalic,
    /// Its semi-bold: headings.
    SansBold,
    /// Its semi-bold italic.
    SansBoldItalic,
    /// Source Code Pro: literal text. It has one weight and no italic.
    Mono,
}

impl FontStyle {
    /// Counts them all.
    pub(crate) const COUNT: usize = 9;

    /// Returns whether letters are bold.
    pub(crate) fn is_bold(self) -> bool {
        matches!(
            self,
            Self::SerifBold | Self::SerifBoldItalic | Self::SansBold | Self::SansBoldItalic
        )
    }

    /// Returns whether it belongs to the serif family.
    pub(crate) fn is_serif(self) -> bool {
        matches!(
            self,
            Self::Serif | Self::SerifItalic | Self::SerifBold | Self::SerifBoldItalic
        )
    }

    /// Returns the serif font style of the same weight and slope.
    #[must_use]
    pub(crate) fn in_serif(self) -> Self {
        match self {
            Self::Sans => Self::Serif,
            Self::SansItalic => Self::SerifItalic,
            Self::SansBold => Self::SerifBold,
            Self::SansBoldItalic => Self::SerifBoldItalic,
            other => other,
        }
    }

    /// Returns the sans-serif font style of the same weight and slope.
    #[must_use]
    pub(crate) fn in_sans(self) -> Self {
        match self {
            Self::Serif => Self::Sans,
            Self::SerifItalic => Self::SansItalic,
            Self::SerifBold => Self::SansBold,
            Self::SerifBoldItalic => Self::SansBoldItalic,
            other => other,
        }
    }

    /// Returns the same font style, emphasized; emphasis within emphasis stands upright
    /// again.
    #[must_use]
    pub(crate) fn emphasized(self) -> Self {
        match self {
            Self::Serif => Self::SerifItalic,
            Self::SerifItalic => Self::Serif,
            Self::SerifBold => Self::SerifBoldItalic,
            Self::SerifBoldItalic => Self::SerifBold,
            Self::Sans => Self::SansItalic,
            Self::SansItalic => Self::Sans,
            Self::SansBold => Self::SansBoldItalic,
            Self::SansBoldItalic => Self::SansBold,
            Self::Mono => Self::Mono,
        }
    }

    /// Returns the same font style, bold.
    #[must_use]
    pub(crate) fn strong(self) -> Self {
        match self {
            Self::Serif | Self::SerifBold => Self::SerifBold,
            Self::SerifItalic | Self::SerifBoldItalic => Self::SerifBoldItalic,
            Self::Sans | Self::SansBold => Self::SansBold,
            Self::SansItalic | Self::SansBoldItalic => Self::SansBoldItalic,
            Self::Mono => Self::Mono,
        }
    }
}

/// Says which digits or letters a face is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum FontFeature {
    /// As the face has them.
    #[default]
    Default,
    /// Raised and small, drawn for it: OpenType `sups`.
    Superior,
    /// Digits of one width: OpenType `tnum`.
    Tabular,
    /// Small letters as small capitals: OpenType `smcp`. Faces without any show small letters.
    SmallCapitals,
}

impl FontFeature {
    /// Counts them all.
    pub(crate) const COUNT: usize = 4;
}
