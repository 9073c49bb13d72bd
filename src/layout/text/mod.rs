//! Turns characters into glyphs.
//!
//! In: characters and the style, language and direction they are set in. Out: shaped
//! words with their widths. Guaranteed: the same text gives the same glyphs, whether or
//! not it was met before. Absent: lines and pages.
//!
//! From below: `font_style` and `script`; `face` (one font file); `named_fonts`,
//! `system_fonts`, and `fonts` (which face prints what); `shaped_word`, `word_cache` and `shape` (words to
//! glyphs); `styled_text`, `bidi` and `atom` (a text taken apart into shaped words).

pub(crate) mod atom;
pub(crate) mod bidi;
pub(crate) mod face;
pub(crate) mod font_style;
pub(crate) mod fonts;
pub(crate) mod may_embed;
pub(crate) mod named_fonts;
pub(crate) mod script;
pub(crate) mod shape;
pub(crate) mod shaped_word;
pub(crate) mod styled_text;
#[cfg(feature = "system-fonts")]
pub(crate) mod system_fonts;
#[cfg(not(feature = "system-fonts"))]
#[path = "no_system_fonts.rs"]
pub(crate) mod system_fonts;
pub(crate) mod word_cache;
