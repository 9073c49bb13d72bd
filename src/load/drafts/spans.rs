//! Words with their looks, before they are nested.
//!
//! In: spans in order, each with all of its looks. Out: a [`Line`]. Guaranteed: spans of one
//! look become one inline; white space at the edge of a look stands outside of it; nothing
//! is lost. Absent: where looks come from.

use crate::model::text::{Field, Image, Inline, InlineStyle, Line};
use crate::source::{FileId, Origin};

/// The looks of a span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Looks {
    pub(super) link: Option<String>,
    pub(super) language: Option<String>,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) strike: bool,
    pub(super) underline: bool,
    pub(super) small_capitals: bool,
    /// Raised or lowered.
    pub(super) align: Option<InlineStyle>,
    pub(super) code: bool,
}

/// What a span holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Atom {
    Text(String),
    Break,
    FootnoteMark(usize),
    Image(Image),
    /// The expression of a field.
    Field(String),
}

/// A piece of a line, with its looks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) atom: Atom,
    pub(super) looks: Looks,
}

impl Span {
    /// Makes a span of plain words.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self {
            atom: Atom::Text(text.into()),
            looks: Looks::default(),
        }
    }

    /// Returns whether it holds only white space.
    pub(super) fn is_blank(&self) -> bool {
        match &self.atom {
            Atom::Text(text) => text.trim().is_empty(),
            Atom::Break => true,
            Atom::FootnoteMark(_) | Atom::Image(_) | Atom::Field(_) => false,
        }
    }
}

/// Returns whether all words of a line are bold, and there are some.
pub(super) fn is_bold(spans: &[Span]) -> bool {
    // A mark looks the same everywhere.
    let is_word = |span: &&Span| !span.is_blank() && !matches!(span.atom, Atom::FootnoteMark(_));
    let mut words = spans.iter().filter(is_word).peekable();
    words.peek().is_some() && words.all(|span| span.looks.bold)
}

/// Returns the words of spans without looks.
pub(super) fn words(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        match &span.atom {
            Atom::Text(text) => out.push_str(text),
            Atom::Break => out.push(' '),
            Atom::Image(image) => out.push_str(&image.alt),
            Atom::Field(expression) => out.push_str(&format!("{{{{ {expression} }}}}")),
            Atom::FootnoteMark(_) => {}
        }
    }
    out
}

/// Nests spans into a line without white space at its ends.
pub(super) fn line(spans: Vec<Span>, file: FileId) -> Line {
    let mut spans = apart(spans);
    while spans.last().is_some_and(Span::is_blank) {
        spans.pop();
    }
    let first = spans.iter().position(|span| !span.is_blank()).unwrap_or(spans.len());
    spans.drain(..first);
    if let Some(Atom::Text(text)) = spans.first_mut().map(|span| &mut span.atom) {
        *text = text.trim_start().to_owned();
    }
    if let Some(Atom::Text(text)) = spans.last_mut().map(|span| &mut span.atom) {
        *text = text.trim_end().to_owned();
    }
    nested(&spans, 0, file)
}

/// Parts white space from the ends of spans, so that no look begins or ends with it, and
/// joins spans of one look.
fn apart(spans: Vec<Span>) -> Vec<Span> {
    let mut parted: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        let Atom::Text(text) = &span.atom else {
            parted.push(span);
            continue;
        };
        let core = text.trim();
        if core.is_empty() || core.len() == text.len() || span.looks == Looks::default() {
            parted.push(span);
            continue;
        }
        let start = text.len() - text.trim_start().len();
        let pieces = [&text[..start], core, &text[start + core.len()..]];
        for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
            parted.push(Span {
                atom: Atom::Text(piece.to_owned()),
                looks: span.looks.clone(),
            });
        }
    }
    // White space looks as what is on both sides of it does.
    let of_words: Vec<Option<Looks>> = parted
        .iter()
        .map(|span| (!span.is_blank()).then(|| span.looks.clone()))
        .collect();
    for at in 0..parted.len() {
        if of_words[at].is_none() {
            let before = of_words[..at].iter().rev().find_map(Option::as_ref);
            let after = of_words[at + 1..].iter().find_map(Option::as_ref);
            parted[at].looks = match (before, after) {
                (Some(before), Some(after)) => shared(before, after),
                _ => Looks::default(),
            };
        }
    }
    let mut joined: Vec<Span> = Vec::with_capacity(parted.len());
    for span in parted {
        match (joined.last_mut(), span) {
            (
                Some(Span {
                    atom: Atom::Text(before),
                    looks,
                }),
                Span {
                    atom: Atom::Text(text),
                    looks: same,
                },
            ) if *looks == same => before.push_str(&text),
            (_, span) => joined.push(span),
        }
    }
    joined
}

fn shared(a: &Looks, b: &Looks) -> Looks {
    let both = |a: &Option<String>, b: &Option<String>| a.clone().filter(|a| b.as_ref() == Some(a));
    Looks {
        link: both(&a.link, &b.link),
        language: both(&a.language, &b.language),
        bold: a.bold && b.bold,
        italic: a.italic && b.italic,
        strike: a.strike && b.strike,
        underline: a.underline && b.underline,
        small_capitals: a.small_capitals && b.small_capitals,
        align: a.align.filter(|a| b.align == Some(*a)),
        code: a.code && b.code,
    }
}

/// The number of looks, from the outermost on.
const LOOKS: usize = 9;

/// A look that spans may share.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Look {
    Link(String),
    Language(String),
    Strong,
    Emphasis,
    Strike,
    Styled(InlineStyle),
    Code,
}

/// Returns the look of one kind, by its number from the outermost on.
fn look(looks: &Looks, kind: usize) -> Option<Look> {
    match kind {
        0 => looks.link.clone().map(Look::Link),
        1 => looks.language.clone().map(Look::Language),
        2 => looks.bold.then_some(Look::Strong),
        3 => looks.italic.then_some(Look::Emphasis),
        4 => looks.strike.then_some(Look::Strike),
        5 => looks.underline.then_some(Look::Styled(InlineStyle::Underline)),
        6 => looks.small_capitals.then_some(Look::Styled(InlineStyle::SmallCapitals)),
        7 => looks.align.map(Look::Styled),
        _ => looks.code.then_some(Look::Code),
    }
}

fn nested(spans: &[Span], kind: usize, file: FileId) -> Line {
    if kind == LOOKS {
        return spans.iter().map(|span| inline(&span.atom, file)).collect();
    }
    let mut out = Line::new();
    let mut rest = spans;
    while let Some(first) = rest.first() {
        let own = look(&first.looks, kind);
        let length = rest.iter().take_while(|span| look(&span.looks, kind) == own).count();
        let (same, after) = rest.split_at(length);
        rest = after;
        let Some(own) = own else {
            out.extend(nested(same, kind + 1, file));
            continue;
        };
        let content = match own {
            Look::Code => Line::new(),
            _ => nested(same, kind + 1, file),
        };
        out.push(match own {
            Look::Link(to) => Inline::Link {
                to,
                content,
                origin: Origin::File(file),
            },
            Look::Language(language) => Inline::Passage { language, content },
            Look::Strong => Inline::Strong(content),
            Look::Emphasis => Inline::Emphasis(content),
            Look::Strike => Inline::Strikethrough(content),
            Look::Styled(style) => Inline::Styled(style, content),
            Look::Code => Inline::Code(words(same)),
        });
    }
    out
}

fn inline(atom: &Atom, file: FileId) -> Inline {
    match atom {
        Atom::Text(text) => Inline::Text(text.as_str().into()),
        Atom::Break => Inline::Break,
        Atom::FootnoteMark(note) => Inline::FootnoteMark(*note),
        Atom::Image(image) => Inline::Image(image.clone()),
        Atom::Field(expression) => Inline::Field(Field {
            expression: expression.clone(),
            origin: Origin::File(file),
        }),
    }
}

/// Returns words with one space between them.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
