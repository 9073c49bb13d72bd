//! Hides `{{ fields }}`, `{% statements %}` and bare addresses from the Markdown parser, and
//! finds them again.
//!
//! In: a text. Out: a [`Masked`] text of the same length in bytes, in which each
//! of them is one private-use character and filler, and the means to turn pieces
//! of it back. Guaranteed: the parser sees a field as one word, so quotation
//! marks, pipes and underscores in an expression stay as typed; offsets do not
//! move. Absent: the meaning of expressions (that is `compose`'s).
//!
//! A backslash before the braces (`\{{`, `\{%`) makes them literal, as do code spans
//! and fenced code.

use super::bare_links;
use super::fences::{CONTAINER, MAX_TICKS, fence};
use super::list_labels::{self, ItemLabel};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Longest expression with its braces, in bytes. The longest sensible one, two
/// filters and their arguments, is under a hundred.
pub(super) const MAX_FIELD: usize = 1000;

/// Stands for a field's bytes after its character: a letter, so that the field
/// is a word to the rules of emphasis and quotation marks.
const FILLER: u8 = b'x';

/// A text without fields, and the fields.
#[derive(Debug)]
pub(super) struct Masked {
    /// As long as the text that was given.
    pub(super) text: String,
    hidden: Vec<Hidden>,
    /// The labels of list items that are numbers in `text`, by where they stand.
    pub(super) labels: BTreeMap<usize, ItemLabel>,
}

/// What one private-use character stands for.
#[derive(Debug, PartialEq)]
pub(super) struct Hidden {
    /// Where it stood in the text.
    pub(super) range: Range<usize>,
    /// What stood there: `{{ ... }}`, `{% ... %}`, or a private-use character.
    pub(super) written: String,
}

impl Hidden {
    /// Returns what a bare address leads to, if it is one.
    pub(super) fn link(&self) -> Option<String> {
        // A private-use character has four bytes.
        let is_address = self.expression().is_none() && self.written.chars().nth(1).is_some();
        is_address.then(|| bare_links::target(&self.written))
    }

    /// Returns the expression between the braces, if it is a field; of a statement, its
    /// words after a percent sign, as [`Field`](crate::model::text::Field) has them.
    pub(super) fn expression(&self) -> Option<Cow<'_, str>> {
        let within = |open: &str, close: &str| Some(self.written.strip_prefix(open)?.strip_suffix(close)?.trim());
        within("{{", "}}")
            .map(Cow::Borrowed)
            .or_else(|| within("{%", "%}").map(|words| Cow::Owned(format!("% {words}"))))
    }
}

/// A piece of a masked text.
#[derive(Debug, PartialEq)]
pub(super) enum Segment<'a> {
    /// Text as it is.
    Text(&'a str),
    /// What was hidden.
    Hidden(&'a Hidden),
}

/// Hides the fields of a text, and with `addresses` the web and email addresses in it that
/// stand as they are. `unclosed` hears where braces open that are not closed in their
/// paragraph.
pub(super) fn mask(text: &str, addresses: bool, mut unclosed: impl FnMut(Range<usize>)) -> Masked {
    let mut out = text.as_bytes().to_vec();
    let mut hidden = Vec::new();
    let mut scanner = Scanner::new(text, addresses);
    while let Some(found) = scanner.next() {
        let range = match found {
            Found::Unclosed(range) => {
                unclosed(range);
                continue;
            }
            Found::Field(range) | Found::Private(range) | Found::Address(range) => range,
        };
        let Some(placeholder) = placeholder(hidden.len()) else {
            break; // More than 131,068 of them: the rest stays as it is.
        };
        out[range.clone()].fill(FILLER);
        placeholder.encode_utf8(&mut out[range.clone()]);
        hidden.push(Hidden {
            range: range.clone(),
            written: text[range].to_owned(),
        });
    }
    Masked {
        text: String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        hidden,
        labels: BTreeMap::new(),
    }
}

/// Private-use characters in planes 15 and 16, four bytes each; two of each
/// plane's code points are noncharacters.
const PER_PLANE: u32 = 0xfffe;

fn placeholder(index: usize) -> Option<char> {
    let index = u32::try_from(index).ok()?;
    match index / PER_PLANE {
        0 => char::from_u32(0xf_0000 + index),
        1 => char::from_u32(0x10_0000 + index - PER_PLANE),
        _ => None,
    }
}

fn place_of(c: char) -> Option<usize> {
    let index = match u32::from(c) {
        code @ 0xf_0000..=0xf_fffd => code - 0xf_0000,
        code @ 0x10_0000..=0x10_fffd => code - 0x10_0000 + PER_PLANE,
        _ => return None,
    };
    usize::try_from(index).ok()
}

impl Masked {
    /// Numbers the items of lists that Markdown does not know: `(a)`.
    pub(super) fn number_items(&mut self) {
        self.labels = list_labels::number(&mut self.text);
    }

    /// Returns a piece of the text with the labels of items as they were written. `start`:
    /// where it stands, if it is there letter for letter.
    pub(super) fn with_labels<'a>(&self, piece: &'a str, start: usize) -> Cow<'a, str> {
        let within = start..start + piece.len();
        if self.labels.range(within.clone()).next().is_none() || self.text.get(within.clone()) != Some(piece) {
            return Cow::Borrowed(piece);
        }
        let mut written = piece.to_owned();
        for (&at, label) in self.labels.range(within.clone()) {
            let (from, to) = (at - start, at - start + label.length);
            if to <= written.len() {
                written.replace_range(from..to, &label.written());
            }
        }
        Cow::Owned(written)
    }

    /// Divides a string that the parser made of the masked text.
    pub(super) fn pieces<'a>(&'a self, text: &'a str) -> Vec<Segment<'a>> {
        let mut pieces = Vec::new();
        let mut done = 0;
        while let Some((at, hidden)) = self.find(&text[done..]) {
            let at = done + at;
            if at > done {
                pieces.push(Segment::Text(&text[done..at]));
            }
            pieces.push(Segment::Hidden(hidden));
            done = at + hidden.range.len();
        }
        if done < text.len() {
            pieces.push(Segment::Text(&text[done..]));
        }
        pieces
    }

    /// Puts back what was hidden, as it was written.
    pub(super) fn restore<'a>(&'a self, text: &'a str) -> Cow<'a, str> {
        if self.find(text).is_none() {
            return Cow::Borrowed(text);
        }
        let restored = self.pieces(text).into_iter().map(|piece| match piece {
            Segment::Text(text) => text,
            Segment::Hidden(hidden) => hidden.written.as_str(),
        });
        Cow::Owned(restored.collect())
    }

    fn find(&self, text: &str) -> Option<(usize, &Hidden)> {
        if self.hidden.is_empty() {
            return None;
        }
        text.char_indices().find_map(|(at, c)| {
            let hidden = self.hidden.get(place_of(c)?)?;
            // A parser that cut a placeholder in two would leave too little.
            let filler = text.as_bytes().get(at + 4..at + hidden.range.len())?;
            filler.iter().all(|&byte| byte == FILLER).then_some((at, hidden))
        })
    }
}

enum Found {
    Field(Range<usize>),
    Unclosed(Range<usize>),
    Private(Range<usize>),
    Address(Range<usize>),
}

/// Goes through a text once, passing over code and escapes.
struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    line_start: bool,
    /// Whether addresses are found.
    addresses: bool,
    /// Where what was found last ends.
    found: usize,
    /// Where the paragraph around `at` ends.
    paragraph: usize,
    /// Lengths of runs of backticks that do not come again in this paragraph.
    no_ticks: [bool; MAX_TICKS + 1],
    /// Where the next braces that close a field, and a statement, stand, once they were looked for.
    next_closing: [usize; 2],
    /// Whether an unclosed field was told of in this paragraph.
    told: bool,
    /// The shortest fences, of backticks and of tildes, that nothing closes from
    /// here on.
    open_fences: [usize; 2],
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, addresses: bool) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            line_start: true,
            addresses,
            found: 0,
            paragraph: 0,
            no_ticks: [false; MAX_TICKS + 1],
            next_closing: [0; 2],
            told: false,
            open_fences: [usize::MAX; 2],
        }
    }

    fn next(&mut self) -> Option<Found> {
        while self.at < self.bytes.len() {
            if self.at >= self.paragraph {
                self.paragraph = paragraph_end(self.text, self.at);
                self.no_ticks = [false; MAX_TICKS + 1];
                self.told = false;
            }
            if std::mem::take(&mut self.line_start)
                && let Some(end) = self.fence_end()
            {
                self.at = end;
                self.line_start = true;
                continue;
            }
            match self.bytes[self.at] {
                b'\n' => {
                    self.line_start = true;
                    self.at += 1;
                }
                b'\\' if self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_punctuation) => self.at += 2,
                b'`' => self.pass_code(),
                b'{' if matches!(self.bytes.get(self.at + 1), Some(b'{' | b'%')) => {
                    if let Some(found) = self.field() {
                        return Some(found);
                    }
                }
                b'h' | b'H' | b'w' | b'W' | b'@' if self.addresses => match self.address() {
                    Some(range) => {
                        (self.at, self.found) = (range.end, range.end);
                        return Some(Found::Address(range));
                    }
                    None => self.at += 1,
                },
                0xf3 | 0xf4 => {
                    let start = self.at;
                    let c = self.text[start..].chars().next()?;
                    self.at += c.len_utf8();
                    if place_of(c).is_some() {
                        return Some(Found::Private(start..self.at));
                    }
                }
                _ => self.at += 1,
            }
        }
        None
    }

    /// Returns the end of a fenced code block that begins here: after its last
    /// line. A fence that is never closed is none here.
    fn fence_end(&mut self) -> Option<usize> {
        let mut lines = self.text[self.at..].split_inclusive('\n');
        let first = lines.next()?;
        let (mark, length) = fence(first)?;
        let open = &mut self.open_fences[usize::from(mark == '~')];
        if length >= *open {
            return None;
        }
        let mut end = self.at + first.len();
        for line in lines {
            count_steps!(1);
            end += line.len();
            if let Some((closing, run)) = fence(line) {
                let rest = line.trim_start_matches(CONTAINER).trim_start_matches(mark);
                if closing == mark && run >= length && rest.trim().is_empty() {
                    return Some(end);
                }
            }
        }
        *open = length;
        None
    }

    /// Passes over a code span, or over the backticks that open none.
    fn pass_code(&mut self) {
        let rest = &self.bytes[self.at..self.paragraph];
        let ticks = rest.iter().take_while(|&&byte| byte == b'`').count();
        let mut after = self.at + ticks;
        if ticks > MAX_TICKS || self.no_ticks[ticks] {
            self.at = after;
            return;
        }
        while let Some(found) = memchr::memchr(b'`', &self.bytes[after..self.paragraph]) {
            count_steps!(1);
            let start = after + found;
            let run = self.bytes[start..self.paragraph]
                .iter()
                .take_while(|&&byte| byte == b'`')
                .count();
            after = start + run;
            if run == ticks {
                self.at = after;
                return;
            }
        }
        self.no_ticks[ticks] = true;
        self.at += ticks;
    }

    /// Returns the address that begins here, or around the @ here.
    fn address(&self) -> Option<Range<usize>> {
        match self.bytes[self.at] {
            b'@' => bare_links::mail(self.text, self.at, self.found),
            _ => bare_links::web(self.text, self.at),
        }
    }

    fn field(&mut self) -> Option<Found> {
        let start = self.at;
        let end = self.paragraph.min(start + MAX_FIELD);
        let is_statement = self.bytes[start + 1] == b'%';
        let closing: &[u8; 2] = if is_statement { b"%}" } else { b"}}" };
        let next = &mut self.next_closing[usize::from(is_statement)];
        if *next < start + 2 {
            let found = memchr::memmem::find(&self.bytes[start + 2..], closing);
            count_steps!(found.unwrap_or(self.bytes.len() - start));
            *next = found.map_or(usize::MAX, |found| start + 2 + found);
        }
        let is_closed = next.saturating_add(2) <= end;
        match is_closed.then(|| field_length(&self.bytes[start..end])).flatten() {
            Some(length) => {
                (self.at, self.found) = (start + length, start + length);
                Some(Found::Field(start..self.at))
            }
            None => {
                self.at += 2;
                let told = std::mem::replace(&mut self.told, true);
                (!told).then_some(Found::Unclosed(start..start + 2))
            }
        }
    }
}

/// Returns the length of the field or statement that begins `bytes`. Braces in
/// strings do not close it, unless a quotation mark is left open.
fn field_length(bytes: &[u8]) -> Option<usize> {
    let closing: &[u8; 2] = if bytes[1] == b'%' { b"%}" } else { b"}}" };
    let mut quote = None;
    let mut at = 2;
    while at < bytes.len() {
        count_steps!(1);
        match (quote, bytes[at]) {
            (None, _) if bytes[at..].starts_with(closing) => return Some(at + 2),
            (None, mark @ (b'"' | b'\'')) => quote = Some(mark),
            (Some(open), mark) if open == mark => quote = None,
            (Some(_), b'\n') => break,
            _ => {}
        }
        at += 1;
    }
    memchr::memmem::find(&bytes[2..], closing).map(|found| found + 4)
}

/// Returns where the paragraph around `at` ends: before a blank line, or at the
/// end of the text.
fn paragraph_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut from = at;
    while let Some(newline) = memchr::memchr(b'\n', &bytes[from..]) {
        let next = from + newline + 1;
        let line_end = memchr::memchr(b'\n', &bytes[next..]).map_or(bytes.len(), |end| next + end);
        if bytes[next..line_end]
            .iter()
            .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'>'))
        {
            return next;
        }
        from = next;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the expressions found, and that hiding can be undone.
    fn check(text: &str, expected: &[&str], unclosed: &[usize]) {
        let mut open = Vec::new();
        let masked = mask(text, false, |range| open.push(range.start));
        let found: Vec<Cow<'_, str>> = masked.hidden.iter().filter_map(Hidden::expression).collect();
        assert_eq!(found, expected, "{text}");
        assert_eq!(open, unclosed, "{text}");
        assert_eq!(masked.text.len(), text.len());
        assert_eq!(masked.restore(&masked.text), text);
        for hidden in &masked.hidden {
            assert_eq!(&text[hidden.range.clone()], hidden.written);
        }
    }

    #[test]
    fn fields_are_hidden_and_come_back() {
        check(
            "We, the {{ signatories.count|words }}, ask",
            &["signatories.count|words"],
            &[],
        );
        check("{{a}}{{ b }}xx{{c}}", &["a", "b", "c"], &[]);
        check("{{ f(\"}}\") }}", &["f(\"}}\")"], &[]);
        check("{{ don't }} x", &["don't"], &[]);
        check("{{ a\n| b }}", &["a\n| b"], &[]);
        check("{{}}", &[""], &[]);
        check(
            "{% if a == \"%}\" %}x{% endif %}",
            &["% if a == \"%}\"", "% endif"],
            &[],
        );
        check("{%%} {%}", &["% "], &[5]);
        check("\u{f0000}x{{ a }}\u{10fffd}", &["a"], &[]);
    }

    #[test]
    fn braces_that_are_no_fields_stay() {
        check("\\{{ a }} and \\\\{{ b }}", &["b"], &[]);
        check("`{{ a }}` {{ b }} ``{{`}}``", &["b"], &[]);
        check("```\n{{ a }}\n{{\n```\n{{ b }}", &["b"], &[]);
        check("- ~~~ text\n  {{ a }}\n  ~~~\n", &[], &[]);
        check("{ { a } }", &[], &[]);
        check("\\{% if a %} 5%}", &[], &[]);
        check("x ` {{ a }}", &["a"], &[]);
    }

    #[test]
    fn open_braces_are_told_once_a_paragraph() {
        check("{{ a\n\nb }} {{ c }}", &["c"], &[0]);
        check("x {{ a {{ b", &[], &[2]);
        check("{{ a }\n\n{{ b", &[], &[0, 8]);
    }
}
