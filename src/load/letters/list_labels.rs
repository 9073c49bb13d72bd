//! Lists whose items begin with `(a)`, `a.`, `iv)` or `(1)`, which Markdown does not know.
//!
//! In: a text as the parser is to see it. Out: the text, as long in bytes, in which such
//! labels are numbers that Markdown knows; and what was written there. Guaranteed: a label
//! counts only beside its neighbor: `(a)` before `(b)`. What the parser then takes for no
//! item is printed as it was written. Absent: lists of digits with a stop or a parenthesis,
//! which Markdown reads itself.

use super::fences::fence;
use crate::model::numbering::{NumberKind, NumberSigns, Numbering};
use crate::model::text::{Block, List};
use std::collections::BTreeMap;

/// Longest label, in bytes, with the space after it: a number of Markdown's has up to nine
/// digits, a sign, and a space.
const LONGEST: usize = 11;

/// A label as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ItemLabel {
    /// The digits or letters.
    pub(super) kind: NumberKind,
    /// What stands around them.
    pub(super) signs: NumberSigns,
    /// The number, from 1.
    pub(super) number: u64,
    /// The length of the label, in bytes, without the space after it.
    pub(super) length: usize,
    /// Whether a blank line stands before its line.
    pub(super) after_blank: bool,
}

impl ItemLabel {
    /// Returns the label that Markdown reads at the beginning of an item.
    pub(super) fn of_markdown(item: &str) -> Self {
        let digits = item.bytes().take_while(u8::is_ascii_digit).count();
        Self {
            kind: NumberKind::Decimal,
            signs: match item.as_bytes().get(digits) {
                Some(b')') => NumberSigns::Parenthesis,
                _ => NumberSigns::Dot,
            },
            number: item[..digits].parse().unwrap_or(1),
            length: digits + 1,
            after_blank: false,
        }
    }

    /// Returns true if two labels are of one list.
    fn is_like(&self, other: &Self) -> bool {
        (self.kind, self.signs) == (other.kind, other.signs)
    }

    /// Returns the label as it was written.
    pub(super) fn written(&self) -> String {
        let numbering = Numbering {
            kind: self.kind,
            signs: self.signs,
            numbers: vec![self.number],
        };
        numbering.label(0)
    }
}

/// Makes lists of items, each with its numbers: one, or several where what stands around the
/// numbers changes.
pub(super) fn lists(ordered: bool, tight: bool, labels: &[ItemLabel], items: Vec<Vec<Block>>) -> Vec<List> {
    if !ordered {
        return vec![List {
            numbering: None,
            tight,
            items,
        }];
    }
    let mut lists: Vec<List> = Vec::new();
    // Of several lists that Markdown takes for one, each has space between its items, or not.
    let is_one = labels.windows(2).all(|pair| pair[0].is_like(&pair[1]));
    for (at, item) in items.into_iter().enumerate() {
        let paragraphs = item.iter().filter(|block| matches!(block, Block::Paragraph(_))).count();
        let has_space = |after_blank: bool| !tight && (is_one || after_blank || paragraphs > 1);
        let label = labels.get(at).copied().unwrap_or_else(|| ItemLabel::of_markdown(""));
        let goes_on = at > 0 && labels.get(at - 1).is_some_and(|before| before.is_like(&label));
        match lists.last_mut().filter(|_| goes_on) {
            Some(list) => {
                list.tight &= !has_space(label.after_blank);
                list.items.push(item);
                if let Some(numbering) = &mut list.numbering {
                    numbering.numbers.push(label.number);
                }
            }
            None => lists.push(List {
                numbering: Some(Numbering {
                    kind: label.kind,
                    signs: label.signs,
                    numbers: vec![label.number],
                }),
                tight: !has_space(false),
                items: vec![item],
            }),
        }
    }
    for numbering in lists.iter_mut().filter_map(|list| list.numbering.as_mut()) {
        // Who writes the same number before each item leaves the counting to Markdown.
        let first = numbering.number(0);
        if numbering.numbers.iter().all(|&number| number == first) {
            *numbering = Numbering {
                numbers: Numbering::decimal(first, numbering.numbers.len()).numbers,
                ..*numbering
            };
        }
    }
    lists
}

/// A line that begins with a label.
struct Candidate<'a> {
    /// Where the label stands.
    at: usize,
    /// The length of the label without the space.
    length: usize,
    /// What stands before it: indentation and the marks of quotations.
    prefix: &'a str,
    signs: NumberSigns,
    written: &'a str,
}

impl Candidate<'_> {
    /// Returns the kind in which `next` follows, if it does. `known`: the kind of this one,
    /// if it followed another.
    fn kind_before(&self, next: &Self, known: Option<NumberKind>) -> Option<NumberKind> {
        let follows = |kind: &NumberKind| {
            let number = kind.read(self.written)?;
            // An initial is a letter with a stop, too.
            let begins = number == 1 || self.signs != NumberSigns::Dot || known.is_some();
            Some(begins && number + 1 == kind.read(next.written)?)
        };
        let kinds = KINDS
            .into_iter()
            .filter(|kind| known.is_none_or(|known| known == *kind));
        let alike = self.signs == next.signs;
        kinds.filter(|_| alike).find(|kind| follows(kind) == Some(true))
    }
}

/// The kinds of labels, in the order in which they are tried.
const KINDS: [NumberKind; 5] = [
    NumberKind::LowerRoman,
    NumberKind::UpperRoman,
    NumberKind::LowerAlpha,
    NumberKind::UpperAlpha,
    NumberKind::Decimal,
];

/// Finds the labels of lists in a text, by where they stand, and gives each a number that
/// Markdown knows.
pub(super) fn number(text: &mut String) -> BTreeMap<usize, ItemLabel> {
    let labels = find(text);
    let mut bytes = std::mem::take(text).into_bytes();
    for (&at, label) in &labels {
        // As long as what was written: `(iii)` is `0003)`. The parser only needs to know
        // whether it is 1.
        let digits = label.length - 1;
        let number = label.number.min(10_u64.pow(u32::try_from(digits).unwrap_or(1)) - 1);
        let number = format!("{number:0digits$})");
        bytes[at..at + label.length].copy_from_slice(number.as_bytes());
    }
    *text = String::from_utf8(bytes).unwrap_or_default();
    labels
}

fn find(text: &str) -> BTreeMap<usize, ItemLabel> {
    let mut labels: BTreeMap<usize, ItemLabel> = BTreeMap::new();
    // The last label of each list around the line, the outermost first.
    let mut open: Vec<Candidate<'_>> = Vec::new();
    let (mut start, mut blank, mut within_fence) = (0, false, None);
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        if let Some((mark, length)) = fence(line) {
            match within_fence {
                None => within_fence = Some((mark, length)),
                Some((open, least)) if open == mark && length >= least => within_fence = None,
                Some(_) => {}
            }
        }
        if within_fence.is_some() {
            continue;
        }
        let prefix = prefix(line);
        if line[prefix.len()..].trim().is_empty() {
            blank = true;
            continue;
        }
        match candidate(line, prefix, at) {
            Some(found) => {
                open.retain(|before| before.prefix.len() <= prefix.len());
                let before = open.pop_if(|before| before.prefix == prefix);
                if let Some((before, kind)) = before.and_then(|before| {
                    let known = labels.get(&before.at).map(|label| label.kind);
                    let kind = before.kind_before(&found, known)?;
                    Some((before, kind))
                }) {
                    for one in [&before, &found] {
                        labels.entry(one.at).or_insert(ItemLabel {
                            kind,
                            signs: one.signs,
                            number: kind.read(one.written).unwrap_or(1),
                            length: one.length,
                            after_blank: false,
                        });
                    }
                }
                open.push(found);
            }
            // A paragraph that is not set in ends the lists around it.
            None if blank => open.retain(|before| prefix.len() > before.prefix.len()),
            None => {}
        }
        blank = false;
    }
    labels
}

/// Returns what stands before a line: indentation and the marks of quotations.
fn prefix(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t', '>']).len()]
}

/// Reads the label at the beginning of a line.
fn candidate<'a>(line: &'a str, prefix: &'a str, at: usize) -> Option<Candidate<'a>> {
    let rest = &line[prefix.len()..];
    let (signs, inner) = match rest.strip_prefix('(') {
        Some(inner) => (NumberSigns::Parentheses, inner),
        None => (NumberSigns::Parenthesis, rest),
    };
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (written, after) = inner.split_at(end);
    let signs = match (signs, after.as_bytes().first()?) {
        (NumberSigns::Parentheses, b')') => NumberSigns::Parentheses,
        (NumberSigns::Parenthesis, b')') => NumberSigns::Parenthesis,
        (NumberSigns::Parenthesis, b'.') => NumberSigns::Dot,
        _ => return None,
    };
    let has_digits = written.bytes().all(|byte| byte.is_ascii_digit());
    let length = rest.len() - inner.len() + written.len() + 1;
    let says_something = after[1..].starts_with(' ') && !after[1..].trim().is_empty();
    // Markdown reads digits with one sign itself.
    let is_ours = !written.is_empty() && (!has_digits || signs == NumberSigns::Parentheses);
    (is_ours && says_something && length < LONGEST).then_some(Candidate {
        at: at + prefix.len(),
        length,
        prefix,
        signs,
        written,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what is numbered, by line: what the label was, and what the parser sees.
    fn check(text: &str, expected: &str) {
        let mut numbered = text.to_owned();
        let labels = number(&mut numbered);
        assert_eq!(numbered, expected);
        assert_eq!(numbered.len(), text.len());
        for (at, label) in labels {
            let written = &text[at..at + label.length];
            assert!(written.contains(&label.kind.written(label.number)), "{written}");
        }
    }

    #[test]
    fn neighbors_are_a_list() {
        check("(a) one;\n(b) two", "01) one;\n02) two");
        check("We ask to\n\n(i) go\n\n(ii) stay", "We ask to\n\n01) go\n\n002) stay");
        check("a. one\nb. two\nc. three", "1) one\n2) two\n3) three");
        check("A) one\n  goes on\nB) two", "1) one\n  goes on\n2) two");
        check("(1) one\n(2) two", "01) one\n02) two");
        check("(c) goes on\n(d) after words", "03) goes on\n04) after words");
        check("(h) x\n(i) y\n(j) z", "08) x\n09) y\n10) z");
        check("j. x\nk. y", "j. x\nk. y");
        check("> (a) one\n> (b) two", "> 01) one\n> 02) two");
        check(
            "a) one\n\n   i) inner\n   ii) inner\n\nb) two",
            "1) one\n\n   1) inner\n   02) inner\n\n2) two",
        );
    }

    #[test]
    fn what_stands_alone_is_text() {
        for text in [
            "(a) alone",
            "(a) one\n\nWords between.\n\n(b) two",
            "(a) one\n(c) three",
            "(a) one\nb) two",
            "1. one\n2. two",
            "A. Philip Randolph\nE. Roosevelt",
            "J. Smith\nK. Jones",
            "(a)\n(b)",
            "(see) this\n(that) one",
            "```\n(a) one\n(b) two\n```",
            "(é) x\n(f) y",
            "",
            ")",
            "(",
        ] {
            check(text, text);
        }
    }
}
