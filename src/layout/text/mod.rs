//! Characters and their glyphs: fonts, styled text, shaping.

pub(crate) mod atom;
pub(crate) mod fonts;
pub(crate) mod shape;
pub(crate) mod styled_text;
pub(crate) mod system_fonts;
