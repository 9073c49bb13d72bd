//! Turns a text into lines.
//!
//! In: a [`StyledText`] and the [`ParagraphFormat`] of its column. Out: its `SetLine`s,
//! each with its glyphs placed from the column's left edge, and the letters that no face
//! has. Guaranteed: the lines hold every character of the text once, in logical order; no
//! line is wider than the column unless one letter is. Absent: pages.
//!
//! Where lines end is decided in `line_ends`; `parts` takes a line apart, and `assemble`
//! gives its glyphs their places.

pub(crate) mod assemble;
pub(crate) mod break_opportunity;
pub(crate) mod format;
pub(crate) mod line;
pub(crate) mod line_break;
mod line_ends;
mod parts;

use crate::layout::paragraph::format::ParagraphFormat;
use crate::layout::paragraph::line::SetText;
use crate::layout::paragraph::parts::ParagraphLayout;
use crate::layout::text::atom::atoms;
use crate::layout::text::bidi::Bidi;
use crate::layout::text::shape::Shaper;
use crate::layout::text::styled_text::StyledText;

/// Sets a text.
pub(crate) fn set_text(text: &StyledText, format: &ParagraphFormat, shaper: Shaper<'_>) -> SetText {
    // A column's start is where its lines begin.
    let bidi = Bidi::new(text, format.rtl.unwrap_or(shaper.is_rtl()));
    let base_rtl = bidi.rtl;
    let atoms = atoms(text, &bidi, shaper);
    let layout = ParagraphLayout {
        text,
        format,
        shaper,
        atoms: &atoms,
        base_rtl,
    };
    let mut missing = String::new();
    let ends = layout.line_ends();
    let mut lines = Vec::with_capacity(ends.len());
    let mut begin = 0;
    for (number, end) in ends.iter().enumerate() {
        let last = number + 1 == ends.len() || text.chars[begin..end.at].ends_with('\n');
        let first = format.is_first(&text.chars[..begin]);
        lines.push(layout.line(begin, *end, first, last, &mut missing));
        begin = end.at;
    }
    SetText { lines, missing }
}
