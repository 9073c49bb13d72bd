//! Says whether a font file may go into documents.
//!
//! In: the bytes of a font. Out: whether it has outlines and its license permits embedding.

use skrifa::raw::TableProvider;

/// Returns whether a face has outlines, and its license bits (OS/2 fsType) do not
/// forbid embedding.
pub(crate) fn may_be_embedded(data: &[u8], index: u32) -> bool {
    /// "Restricted License embedding", OpenType OS/2.
    const RESTRICTED: u16 = 0x0002;
    let Ok(font) = skrifa::FontRef::from_index(data, index) else {
        return false;
    };
    let outlines = font.glyf().is_ok() || font.cff().is_ok();
    let restricted = font.os2().is_ok_and(|os2| os2.fs_type() & 0x000F == RESTRICTED);
    outlines && !restricted
}
