//! The text of a cell whose characters have fonts of their own, as binary workbooks keep it.
//!
//! In: characters, the runs of fonts, and which fonts are struck. Out: what is not struck.
//! Absent: how the formats store these (that is `biff8`'s and `biff12`'s).

/// Returns what of a text is not struck, if any of it is. A run goes from its start to the next;
/// what comes before the first has the cell's own font, which may be struck.
pub(super) fn unstruck(
    units: &[u16],
    runs: &[(usize, usize)],
    cell_is_struck: bool,
    is_struck: impl Fn(usize) -> bool,
) -> Option<String> {
    let mut rest = Vec::new();
    let first = units.get(..runs.first().map_or(units.len(), |run| run.0))?;
    let mut any = cell_is_struck && !first.is_empty();
    if !cell_is_struck {
        rest.extend_from_slice(first);
    }
    for (at, &(start, font)) in runs.iter().enumerate() {
        let end = runs.get(at + 1).map_or(units.len(), |next| next.0).min(units.len());
        let Some(part) = units.get(start..end) else { continue };
        if !is_struck(font) {
            rest.extend_from_slice(part);
        } else if !part.is_empty() {
            any = true;
        }
    }
    any.then(|| String::from_utf16_lossy(&rest))
}
