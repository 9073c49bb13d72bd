//! Excerpts: words of another letter, held against it.
//!
//! In: a document with [`Block::Excerpt`]s, and the letters they are from, as
//! composed. Out: the document with [`Block::Quotation`]s in their place, in the
//! letters' own words. Guaranteed: what is printed is the letter's, its counts
//! filled in as the letter prints them; words that are not in it are an error with
//! its nearest sentence. Absent: reading the letters.
//!
//! White space and the shape of quotation marks, apostrophes and dashes do not
//! count; every word, figure and mark of punctuation does. An excerpt's pieces
//! stand in the letter's order. Words that the letter has in several paragraphs, one
//! right after the other, are printed in as many; a paragraph before which words of the
//! letter are left out begins with "[…]".

use super::composer::{append, text};
use super::document::{Block, Document, Inline, Line, Part, plain};
use super::language::Language;
use crate::diag::{Code, Diagnostic};
use crate::model::letter::{Letter, Placed};
use crate::model::placed_text::PlacedText;
use crate::model::text::Excerpt;
use crate::model::visit;
use crate::source::Origin;
use std::collections::BTreeMap;
use std::ops::Range;

/// Returns the paths of the letters that a document quotes, each once, as written, with
/// the place of its first excerpt.
pub fn quoted(letter: &Letter) -> Vec<Placed<String>> {
    let mut paths: Vec<Placed<String>> = Vec::new();
    let mut see = |block: &Block| {
        let Block::Excerpt(excerpt) = block else { return };
        let path = path(excerpt, letter.kind_keys.letter.as_ref()).unwrap_or_default();
        if !path.is_empty() && !paths.iter().any(|known| known.value == path) {
            let value = path.to_owned();
            paths.push(Placed {
                value,
                origin: excerpt.origin,
            });
        }
    };
    for part in letter.parts() {
        visit::blocks(part.blocks().unwrap_or_default(), &mut see);
    }
    paths
}

/// Puts the letters' own words in the place of excerpts. `letters`: the composed
/// letters by their paths as written; one that is not among them was told already.
pub fn fill(letter: &mut Letter, letters: &BTreeMap<String, Document>) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    let language = Language::of(letter);
    let default = letter.kind_keys.letter.clone();
    let mut replace = |block: &mut Block| {
        if let Block::Excerpt(excerpt) = block {
            *block = quotation(excerpt, default.as_ref(), letters, &language, &mut said);
        }
    };
    for blocks in letter.blocks_mut() {
        visit::blocks_mut(blocks, &mut replace);
    }
    said
}

/// Returns the quotation for an excerpt; an empty quote, and an error, if there is none.
fn quotation(
    excerpt: &Excerpt,
    default: Option<&Placed<String>>,
    letters: &BTreeMap<String, Document>,
    language: &Language,
    said: &mut Vec<Diagnostic>,
) -> Block {
    let Some(path) = path(excerpt, default) else {
        said.push(
            Diagnostic::error(Code::MissingKey, "the excerpt does not say which letter it is from")
                .at(excerpt.origin)
                .hint("write > [!excerpt] NAME.md, or letter = \"NAME.md\" in the front matter"),
        );
        return Block::Quote(Vec::new());
    };
    let Some(document) = letters.get(path) else {
        return Block::Quote(Vec::new());
    };
    let content = quote(excerpt, document).unwrap_or_else(|missing| {
        said.push(differs(&missing, excerpt, path));
        Vec::new()
    });
    let speaker = match excerpt.speaker.as_slice() {
        [] => source(document, language),
        speaker => speaker.to_vec(),
    };
    Block::Quotation { content, speaker }
}

/// The letter that an excerpt is from.
fn path<'a>(excerpt: &'a Excerpt, default: Option<&'a Placed<String>>) -> Option<&'a str> {
    match excerpt.letter.as_str() {
        "" => default.map(|path| path.value.as_str()),
        path => Some(path),
    }
}

/// "From the letter of March 1, 2021".
fn source(document: &Document, language: &Language) -> Line {
    let words = language.words();
    text(match document.date {
        Some(date) => words.excerpt_dated.replace("{date}", &language.date(date)),
        None => words.excerpt.clone(),
    })
}

/// What an excerpt says that its letter does not.
struct Missing {
    /// The words.
    words: String,
    /// The letter's sentence that is most like them; `None`: they are in the
    /// letter, but before what the excerpt has before them.
    nearest: Option<String>,
}

fn differs(missing: &Missing, excerpt: &Excerpt, path: &str) -> Diagnostic {
    let words = shortened(&missing.words);
    match &missing.nearest {
        Some(nearest) => Diagnostic::error(
            Code::ExcerptDiffers,
            format!("these words are not in `{path}`: `{words}`"),
        )
        .at(excerpt.origin)
        .hint(format!("the closest sentence in the letter is: {nearest}")),
        None => Diagnostic::error(
            Code::ExcerptDiffers,
            format!("these words are in `{path}`, but not in this order or not one right after the other: `{words}`"),
        )
        .at(excerpt.origin)
        .hint("quote the letter exactly; write [...] for omitted words, or ... to print everything in between"),
    }
}

/// How much of a text a diagnostic quotes, in characters.
const QUOTED: usize = 200;

fn shortened(words: &str) -> String {
    match words.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{} …", words[..end].trim_end()),
        None => words.to_owned(),
    }
}

/// A paragraph of the letter, and its words.
struct Paragraph<'a> {
    line: &'a Line,
    plain: String,
    words: Vec<ExcerptWord>,
}

/// A word, with its place.
struct ExcerptWord {
    range: Range<usize>,
    folded: String,
}

/// What is taken from a letter: a piece of one paragraph.
struct Span {
    paragraph: usize,
    range: Range<usize>,
    /// Whether it begins a paragraph of the excerpt; else it follows "[…]".
    begins: bool,
}

/// Returns the letter's own words for an excerpt.
fn quote(excerpt: &Excerpt, document: &Document) -> Result<Vec<Block>, Missing> {
    let mut lines = Vec::new();
    for part in &document.parts {
        if let Part::Body(blocks) = part {
            visit::lines(blocks, &mut |line| lines.push(line));
        }
    }
    let paragraphs: Vec<Paragraph<'_>> = lines
        .into_iter()
        .map(|line| {
            let plain = plain(line);
            Paragraph {
                line,
                words: words(&plain),
                plain,
            }
        })
        .collect();
    let mut spans: Vec<Span> = Vec::new();
    let mut through = false;
    for passage in &excerpt.passages {
        let mut begins = true;
        for piece in pieces(passage) {
            let sought = match piece {
                ExcerptPiece::Words(piece) => words(piece),
                ExcerptPiece::LeftOut => continue,
                ExcerptPiece::Through => {
                    through = !spans.is_empty();
                    continue;
                }
            };
            let ExcerptPiece::Words(piece) = piece else { continue };
            let from = spans.last().map_or((0, 0), |last| (last.paragraph, last.range.end));
            let found = find(&paragraphs, &sought, from)
                .map(|found| vec![found])
                .or_else(|| find_across(&paragraphs, &sought, from))
                .ok_or_else(|| missing(&paragraphs, piece))?;
            for (paragraph, range) in found {
                if std::mem::take(&mut through) {
                    go_on(&mut spans, &paragraphs, paragraph, range);
                    begins = true;
                } else {
                    spans.push(Span {
                        paragraph,
                        range,
                        begins: std::mem::replace(&mut begins, true),
                    });
                }
            }
            begins = false;
        }
    }
    let mut out: Vec<Line> = Vec::new();
    let mut before: Option<&Span> = None;
    for span in &spans {
        let piece = slice(paragraphs[span.paragraph].line, &span.range, excerpt.origin);
        match out.last_mut().filter(|_| !span.begins) {
            Some(last) => {
                append(last, text(" […] "));
                append(last, piece);
            }
            None if before.is_some_and(|before| leaves_out(&paragraphs, before, span)) => {
                let mut line = text("[…] ");
                append(&mut line, piece);
                out.push(line);
            }
            None => out.push(piece),
        }
        before = Some(span);
    }
    Ok(out.into_iter().map(Block::Paragraph).collect())
}

/// Whether the letter has words between two pieces of it.
fn leaves_out(paragraphs: &[Paragraph<'_>], before: &Span, after: &Span) -> bool {
    let says = |text: &str| text.contains(char::is_alphanumeric);
    let (from, to) = (&paragraphs[before.paragraph].plain, &paragraphs[after.paragraph].plain);
    if before.paragraph == after.paragraph {
        return says(&from[before.range.end..after.range.start]);
    }
    says(&from[before.range.end..])
        || says(&to[..after.range.start])
        || paragraphs[before.paragraph + 1..after.paragraph]
            .iter()
            .any(|paragraph| says(&paragraph.plain))
}

/// Takes all that the letter has up to the end of a range.
fn go_on(spans: &mut Vec<Span>, paragraphs: &[Paragraph<'_>], to: usize, range: Range<usize>) {
    let Some(last) = spans.last_mut() else { return };
    if last.paragraph == to {
        last.range.end = range.end;
        return;
    }
    let from = last.paragraph;
    last.range.end = paragraphs[from].plain.len();
    for (paragraph, whole) in paragraphs.iter().enumerate().take(to + 1).skip(from + 1) {
        let end = if paragraph == to { range.end } else { whole.plain.len() };
        spans.push(Span {
            paragraph,
            range: 0..end,
            begins: true,
        });
    }
}

/// A piece of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExcerptPiece<'a> {
    /// Words of the letter.
    Words(&'a str),
    /// "[...]": words are left out.
    LeftOut,
    /// "...": all that the letter has up to the next words.
    Through,
}

/// Divides a passage at the signs that stand alone in it.
fn pieces(passage: &str) -> Vec<ExcerptPiece<'_>> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for word in words(passage) {
        let sign = match &passage[word.range.clone()] {
            "[...]" | "[…]" => ExcerptPiece::LeftOut,
            "..." | "…" => ExcerptPiece::Through,
            _ => continue,
        };
        pieces.push(ExcerptPiece::Words(&passage[begin..word.range.start]));
        pieces.push(sign);
        begin = word.range.end;
    }
    pieces.push(ExcerptPiece::Words(&passage[begin..]));
    pieces.retain(|piece| !matches!(piece, ExcerptPiece::Words(words) if words.trim().is_empty()));
    pieces
}

fn words(text: &str) -> Vec<ExcerptWord> {
    let mut words = Vec::new();
    let mut begin = None;
    let ends = text.char_indices().chain(std::iter::once((text.len(), ' ')));
    for (at, c) in ends {
        match (begin, c.is_whitespace()) {
            (None, false) => begin = Some(at),
            (Some(start), true) => {
                words.push(ExcerptWord {
                    range: start..at,
                    folded: fold(&text[start..at]),
                });
                begin = None;
            }
            _ => {}
        }
    }
    words
}

/// A word without the shapes that keyboards and programs give its marks.
fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '‘' | '’' => folded.push('\''),
            '“' | '”' => folded.push('"'),
            '–' | '—' | '‑' => folded.push('-'),
            '…' => folded.push_str("..."),
            c => folded.push(c),
        }
    }
    folded
}

/// Finds words in one paragraph, from a place on.
fn find(paragraphs: &[Paragraph<'_>], sought: &[ExcerptWord], from: (usize, usize)) -> Option<(usize, Range<usize>)> {
    let after = paragraphs.iter().enumerate().skip(from.0);
    for (number, paragraph) in after {
        for window in paragraph.words.windows(sought.len()) {
            if number == from.0 && window[0].range.start < from.1 {
                continue;
            }
            if let Some(range) = matches(&paragraph.plain, window, sought) {
                return Some((number, range));
            }
        }
    }
    None
}

/// Finds words that the letter has in several paragraphs, one right after the other,
/// from a place on; returns a range of each.
fn find_across(
    paragraphs: &[Paragraph<'_>],
    sought: &[ExcerptWord],
    from: (usize, usize),
) -> Option<Vec<(usize, Range<usize>)>> {
    let all: Vec<(usize, &ExcerptWord)> = paragraphs
        .iter()
        .enumerate()
        .skip(from.0)
        .flat_map(|(number, paragraph)| paragraph.words.iter().map(move |word| (number, word)))
        .filter(|(number, word)| *number > from.0 || word.range.start >= from.1)
        .collect();
    let last = sought.len() - 1;
    all.windows(sought.len()).find_map(|window| {
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        for (at, ((number, here), sought)) in window.iter().zip(sought).enumerate() {
            let range = same(&paragraphs[*number].plain, here, sought, at == 0, at == last)?;
            match found.last_mut().filter(|(known, _)| known == number) {
                Some((_, whole)) => whole.end = range.end,
                None => found.push((*number, range)),
            }
        }
        Some(found)
    })
}

/// Where the sought words stand, if they are these.
fn matches(plain: &str, window: &[ExcerptWord], sought: &[ExcerptWord]) -> Option<Range<usize>> {
    let last = sought.len() - 1;
    let mut all = 0..0;
    for (at, (here, sought)) in window.iter().zip(sought).enumerate() {
        let range = same(plain, here, sought, at == 0, at == last)?;
        all = if at == 0 { range } else { all.start..range.end };
    }
    Some(all)
}

/// Where a sought word stands, if it is this one. Before the first and after the last
/// of all, the letter may have marks of punctuation that the excerpt leaves out.
fn same(plain: &str, here: &ExcerptWord, sought: &ExcerptWord, is_first: bool, is_last: bool) -> Option<Range<usize>> {
    if here.folded == sought.folded {
        return Some(here.range.clone());
    }
    let word = &plain[here.range.clone()];
    let before = if is_first { marks(word.chars()) } else { 0 };
    let after = if is_last { marks(word.chars().rev()) } else { 0 };
    let kept = |before: usize, after: usize| word.get(before..word.len().checked_sub(after)?);
    let tries = [(before, 0), (0, after), (before, after)];
    let (before, after) = tries
        .into_iter()
        .find(|(before, after)| kept(*before, *after).is_some_and(|kept| fold(kept) == sought.folded))?;
    Some(here.range.start + before..here.range.end - after)
}

/// How many bytes of marks of punctuation come first.
fn marks(chars: impl Iterator<Item = char>) -> usize {
    chars.take_while(|c| !c.is_alphanumeric()).map(char::len_utf8).sum()
}

/// Says which sentence of a piece the letter lacks.
fn missing(paragraphs: &[Paragraph<'_>], piece: &str) -> Missing {
    let lacking = sentences(piece).find(|sentence| find(paragraphs, &words(sentence), (0, 0)).is_none());
    let Some(lacking) = lacking else {
        return Missing {
            words: piece.trim().to_owned(),
            nearest: None,
        };
    };
    let sought = words(lacking);
    let mut nearest: Option<(f64, &str)> = None;
    for sentence in paragraphs.iter().flat_map(|paragraph| sentences(&paragraph.plain)) {
        let likeness = likeness(&sought, &words(sentence));
        if nearest.is_none_or(|(best, _)| likeness > best) {
            nearest = Some((likeness, sentence));
        }
    }
    Missing {
        words: lacking.to_owned(),
        nearest: Some(nearest.map_or_else(String::new, |(_, sentence)| sentence.to_owned())),
    }
}

/// The sentences of a text, as marks and spaces show them: for messages only.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(". ")
        .flat_map(|text| text.split_inclusive("? "))
        .flat_map(|text| text.split_inclusive("! "))
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

/// How many words two sentences share, as a part of all they have (Dice, 1945).
fn likeness(a: &[ExcerptWord], b: &[ExcerptWord]) -> f64 {
    let mut counts: BTreeMap<&str, i32> = BTreeMap::new();
    for word in a {
        *counts.entry(&word.folded).or_default() += 1;
    }
    let mut shared = 0;
    for word in b {
        if let Some(count) = counts.get_mut(word.folded.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    2.0 * f64::from(shared) / (a.len() + b.len()).max(1) as f64
}

/// The inlines that stand for a range of a line's plain text, without its
/// footnote marks and raw HTML.
fn slice(line: &[Inline], range: &Range<usize>, origin: Origin) -> Line {
    let mut at = 0;
    cut(line, range, origin, &mut at)
}

fn cut(line: &[Inline], range: &Range<usize>, place: Origin, at: &mut usize) -> Line {
    let piece = |text: &str, at: &mut usize| {
        let begin = *at;
        *at += text.len();
        let (start, end) = (range.start.max(begin), range.end.min(*at));
        (start < end).then(|| text[start - begin..end - begin].to_owned())
    };
    let mut out = Line::new();
    for inline in line {
        let begin = *at;
        let kept = match inline {
            Inline::Text(text) => piece(text, at).map(|piece| Inline::Text(PlacedText::computed(piece, place))),
            Inline::Code(text) => piece(text, at).map(Inline::Code),
            Inline::Emphasis(inner) => within(cut(inner, range, place, at), Inline::Emphasis),
            Inline::Strong(inner) => within(cut(inner, range, place, at), Inline::Strong),
            Inline::Strikethrough(inner) => within(cut(inner, range, place, at), Inline::Strikethrough),
            // A number without its power is another number.
            Inline::Styled(..) => {
                *at += plain(std::slice::from_ref(inline)).len();
                (range.start < *at && begin < range.end).then(|| inline.clone())
            }
            Inline::Link { to, content, origin } => within(cut(content, range, place, at), |content| Inline::Link {
                to: to.clone(),
                content,
                origin: *origin,
            }),
            Inline::Passage { language, content } => {
                within(cut(content, range, place, at), |content| Inline::Passage {
                    language: language.clone(),
                    content,
                })
            }
            Inline::Break => {
                *at += 1;
                (range.start <= begin && begin < range.end).then_some(Inline::Break)
            }
            Inline::Field(_) | Inline::Image(_) | Inline::FootnoteMark(_) | Inline::Html(_) => {
                *at += plain(std::slice::from_ref(inline)).len();
                None
            }
        };
        out.extend(kept);
    }
    out
}

fn within(content: Line, wrap: impl FnOnce(Line) -> Inline) -> Option<Inline> {
    (!content.is_empty()).then(|| wrap(content))
}

#[cfg(test)]
#[path = "excerpt_tests.rs"]
mod tests;
