//! The levels of headings.
//!
//! In: levels as an author wrote them. Out: levels beneath the document's own
//! heading. Guaranteed: none is skipped on the way down.

/// Places an author's headings beneath the page's own, skipping no level.
pub(super) struct Levels {
    above: u8,
    /// The author's levels of the headings that the text is under.
    open: Vec<u8>,
}

impl Levels {
    /// Begins beneath a heading of level `above`.
    pub(super) fn new(above: u8) -> Self {
        Self {
            above,
            open: Vec::new(),
        }
    }

    /// Returns the level of the heading that the text is under.
    pub(super) fn current(&self) -> u8 {
        let depth = u8::try_from(self.open.len()).unwrap_or(6);
        self.above.saturating_add(depth).min(6)
    }

    /// Returns the level of the page for a heading of the author's.
    pub(super) fn place(&mut self, level: u8) -> u8 {
        self.open.retain(|&open| open < level);
        self.open.push(level);
        self.current()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_skip_no_level() {
        let check = |written: &[u8], expected: &[u8]| {
            let mut levels = Levels::new(1);
            let placed: Vec<u8> = written.iter().map(|&level| levels.place(level)).collect();
            assert_eq!(placed, expected);
        };
        check(&[1, 2, 2, 1], &[2, 3, 3, 2]);
        check(&[2, 2, 3], &[2, 2, 3]);
        check(&[1, 4, 4, 2], &[2, 3, 3, 3]);
        check(&[3, 2, 1], &[2, 2, 2]);
        check(&[1, 2, 3, 4, 5, 6], &[2, 3, 4, 5, 6, 6]);
    }
}
