//! Text as a sequence of blocks: a heading, a paragraph, a name.
//!
//! In: text bit by bit, and where blocks end. Out: the blocks, white space folded and
//! invisible characters left out, so that the same words are the same text in every
//! format. Absent: reading files (`file_text`'s) and documents (`content`'s).

/// What could be read of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileText {
    /// Blocks in reading order.
    Blocks(Vec<String>),
    /// Text whose order is that of painting, such as a PDF without a structure: good
    /// for finding names, not for comparing word by word.
    Loose(Vec<String>),
    /// Nothing: a format that is not read, or a broken file.
    Unreadable,
}

/// Gathers text into blocks.
#[derive(Default)]
pub(super) struct Collector {
    blocks: Vec<String>,
    open: String,
}

impl Collector {
    /// Adds to the open block.
    pub(super) fn text(&mut self, text: &str) {
        self.open.push_str(text);
    }

    /// Ends the open block.
    pub(super) fn end(&mut self) {
        let block = fold(&self.open);
        self.open.clear();
        if !block.is_empty() {
            self.blocks.push(block);
        }
    }

    /// Returns the number of blocks that have ended.
    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Ends the last block.
    pub(super) fn finish(mut self) -> Vec<String> {
        self.end();
        self.blocks
    }
}

/// Returns the text with white space folded to single spaces and without characters
/// that cannot be seen: soft hyphens, direction marks, variation selectors.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            space = true;
        } else if !is_invisible(c) {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    out
}

/// Format characters that change no word (Unicode `Default_Ignorable_Code_Point`, those
/// that occur in running text).
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_folded_and_what_cannot_be_seen_is_left_out() {
        let mut blocks = Collector::default();
        for text in [" so\u{ad}lid\u{a0}", "\n\tground", "\u{2068}s\u{2069}"] {
            blocks.text(text);
        }
        blocks.end();
        blocks.text(" \u{200b} ");
        blocks.end();
        blocks.text("two");
        assert_eq!(blocks.finish(), ["solid grounds", "two"]);
    }
}
