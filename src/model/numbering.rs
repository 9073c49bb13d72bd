//! How the items of a list are numbered.
//!
//! In: what stands before an item as its author wrote it: `3.`, `(b)`, `iv)`. Out: the
//! number, and the words that every format prints. Guaranteed: a label reads as it was
//! written, letter for letter. Absent: bullets, which say nothing.
//!
//! Source: the ordered lists of HTML (the `type` attribute of `ol`) and of Office Open XML
//! (ST_NumberFormat); letters after z go on with aa, as there.

/// The digits or letters that number items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberKind {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// a, b, c.
    LowerAlpha,
    /// A, B, C.
    UpperAlpha,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
}

/// What stands around a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberSigns {
    /// `1.`
    #[default]
    Dot,
    /// `1)`
    Parenthesis,
    /// `(1)`
    Parentheses,
}

/// How the items of one list are numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbering {
    /// The digits or letters.
    pub kind: NumberKind,
    /// What stands around them.
    pub signs: NumberSigns,
    /// The number of each item, from 1 where it has letters.
    pub numbers: Vec<u64>,
}

impl Numbering {
    /// Numbers `count` items from `start` on, with digits and a stop.
    pub fn decimal(start: u64, count: usize) -> Self {
        Self {
            kind: NumberKind::Decimal,
            signs: NumberSigns::Dot,
            numbers: (0..count as u64).map(|at| start.saturating_add(at)).collect(),
        }
    }

    /// Returns the number of an item.
    pub fn number(&self, item: usize) -> u64 {
        self.numbers.get(item).copied().unwrap_or_default()
    }

    /// Returns what stands before an item: `3.`, `(b)`.
    pub fn label(&self, item: usize) -> String {
        let number = self.kind.written(self.number(item));
        match self.signs {
            NumberSigns::Dot => format!("{number}."),
            NumberSigns::Parenthesis => format!("{number})"),
            NumberSigns::Parentheses => format!("({number})"),
        }
    }

    /// Returns the numbering of the items that are kept. Items that follow one another still
    /// do; numbers that leap stay with their items.
    pub fn of_kept(&self, kept: &[bool]) -> Self {
        let in_order = (1..self.numbers.len()).all(|item| self.follows(item));
        let pairs = self.numbers.iter().zip(kept).filter(|(_, kept)| **kept);
        let own: Vec<u64> = pairs.map(|(number, _)| *number).collect();
        Self {
            numbers: match in_order {
                true => Self::decimal(self.number(0), own.len()).numbers,
                false => own,
            },
            ..*self
        }
    }

    /// Returns true if an item's number follows from the one before it; of the first item,
    /// if it is 1.
    pub fn follows(&self, item: usize) -> bool {
        let before = match item {
            0 => 0,
            item => self.number(item - 1),
        };
        self.number(item) == before.saturating_add(1)
    }
}

/// Roman numerals, the greatest first.
const ROMAN: [(u64, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// Greatest number that is written in letters or Roman numerals; beyond it stand digits.
const MOST_LETTERS: u64 = 3999;

impl NumberKind {
    /// Writes a number.
    pub fn written(self, number: u64) -> String {
        let has_letters = (1..=MOST_LETTERS).contains(&number);
        match self {
            Self::LowerAlpha if has_letters => alpha(number),
            Self::UpperAlpha if has_letters => alpha(number).to_uppercase(),
            Self::LowerRoman if has_letters => roman(number),
            Self::UpperRoman if has_letters => roman(number).to_uppercase(),
            _ => number.to_string(),
        }
    }

    /// Reads a number that is written in one way; `None` if it is not.
    pub fn read(self, written: &str) -> Option<u64> {
        let number = match self {
            Self::Decimal => written.parse().ok()?,
            Self::LowerAlpha | Self::UpperAlpha => {
                let letters = written.to_lowercase();
                let mut places = letters.bytes().map(|byte| u64::from(byte.wrapping_sub(b'a')));
                // One letter: two of them are a word more often than the number 27.
                places.next().filter(|place| *place < 26 && letters.len() == 1)? + 1
            }
            Self::LowerRoman | Self::UpperRoman => read_roman(&written.to_lowercase())?,
        };
        (self.written(number) == written).then_some(number)
    }
}

fn alpha(mut number: u64) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    letters.iter().rev().collect()
}

fn roman(mut number: u64) -> String {
    let mut out = String::new();
    for (value, letters) in ROMAN {
        while number >= value {
            out.push_str(letters);
            number -= value;
        }
    }
    out
}

fn read_roman(mut letters: &str) -> Option<u64> {
    let mut number = 0;
    for (value, part) in ROMAN {
        while let Some(rest) = letters.strip_prefix(part) {
            number += value;
            letters = rest;
            if number > MOST_LETTERS {
                return None;
            }
        }
    }
    (letters.is_empty() && number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_letters_and_read_back() {
        let check = |kind: NumberKind, number: u64, expected: &str| {
            assert_eq!(kind.written(number), expected);
        };
        check(NumberKind::LowerAlpha, 3, "c");
        check(NumberKind::UpperAlpha, 26, "Z");
        check(NumberKind::LowerAlpha, 28, "ab");
        check(NumberKind::LowerRoman, 4, "iv");
        check(NumberKind::UpperRoman, 1999, "MCMXCIX");
        check(NumberKind::LowerRoman, 4000, "4000");
        check(NumberKind::Decimal, 0, "0");
        for number in 1..=26 {
            let written = NumberKind::LowerAlpha.written(number);
            assert_eq!(NumberKind::LowerAlpha.read(&written), Some(number));
        }
        for number in 1..=MOST_LETTERS {
            let written = NumberKind::UpperRoman.written(number);
            assert_eq!(NumberKind::UpperRoman.read(&written), Some(number));
        }
        for (kind, wrong) in [
            (NumberKind::LowerRoman, "iiii"),
            (NumberKind::LowerRoman, "ic"),
            (NumberKind::LowerAlpha, "B"),
            (NumberKind::LowerAlpha, "ab"),
            (NumberKind::LowerAlpha, "é"),
            (NumberKind::LowerRoman, ""),
            (NumberKind::Decimal, "01"),
        ] {
            assert_eq!(kind.read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn labels_have_their_signs() {
        let mut numbering = Numbering::decimal(3, 2);
        assert_eq!(
            (numbering.label(0), numbering.label(1)),
            ("3.".to_owned(), "4.".to_owned())
        );
        assert!(!numbering.follows(0) && numbering.follows(1));
        (numbering.kind, numbering.signs) = (NumberKind::LowerAlpha, NumberSigns::Parentheses);
        assert_eq!(numbering.label(0), "(c)");
        numbering.signs = NumberSigns::Parenthesis;
        assert_eq!(numbering.label(1), "d)");
    }

    #[test]
    fn items_that_are_left_out_leave_no_gap() {
        assert_eq!(Numbering::decimal(1, 3).of_kept(&[true, false, true]).numbers, [1, 2]);
        let leaping = Numbering {
            numbers: vec![1, 3, 7],
            ..Numbering::decimal(1, 0)
        };
        assert_eq!(leaping.of_kept(&[true, false, true]).numbers, [1, 7]);
    }
}
