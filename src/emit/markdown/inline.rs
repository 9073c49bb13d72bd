//! Lines of Markdown.
//!
//! In: inlines. Out: their Markdown, every character that would mean something
//! escaped. Guaranteed: what was text is text when it is read again, wherever in a
//! line it stands; emphasis that CommonMark's rules of flanking would not take for
//! emphasis is written as a tag.

use crate::compose::document::{Inline, InlineStyle, plain};
use crate::model::link;

/// Who reads the Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Readers: it is CommonMark with GitHub's extensions.
    #[default]
    Published,
    /// `load`: it is a letter's source, with fields and marked passages.
    Source,
}

/// The Markdown of a line; line breaks as CommonMark's backslash at a line's end.
pub(super) fn lines(line: &[Inline], dialect: Dialect) -> String {
    let mut writer = MarkdownInlines::new(false, dialect);
    writer.all(line, 0);
    let text = writer.out;
    // Lines after a break begin as blocks could.
    let lines: Vec<String> = text.split('\n').map(|line| guard(line.trim().to_owned())).collect();
    let text = lines.join("\n");
    text.trim_end_matches("\\\n").to_owned()
}

/// Returns a line as Markdown where a line break would end the block: in headings and cells. `before`
/// is Markdown that goes before it.
pub(super) fn one_line(before: &str, line: &[Inline], dialect: Dialect) -> String {
    let mut writer = MarkdownInlines::new(true, dialect);
    writer.all(line, 0);
    let text = [before, writer.out.trim()].join(" ");
    let text = text.trim();
    // Hash signs at the end of a heading would be taken for its close.
    match text.strip_suffix('#') {
        Some(rest) if !rest.ends_with('\\') => format!("{rest}\\#"),
        _ => text.to_owned(),
    }
}

/// A link on a line of its own.
pub(super) fn link(to: &str, content: &[Inline]) -> String {
    let words = one_line("", content, Dialect::Published);
    match link::outside(to) {
        Some(to) => format!("[{words}]({})", destination(to)),
        None => words,
    }
}

/// A comment, which nobody sees, between what would be read as one.
const KEPT_APART: &str = "<!-- -->";

/// Returns true for a link whose words are its address, as Markdown reads one between angle
/// brackets.
fn is_bare(to: &str, content: &[Inline]) -> bool {
    let words = match content {
        [Inline::Text(words)] => words.as_str(),
        _ => return false,
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&()*+,;=%".contains(c);
    let is_mail = |words: &str| to.strip_prefix("mailto:") == Some(words) && !words.contains(['/', '?', '%']);
    words.chars().all(is_plain) && (words == to && to.starts_with("http") || is_mail(words) && words.contains('@'))
}

struct MarkdownInlines {
    out: String,
    in_one_line: bool,
    dialect: Dialect,
    /// Where the last code ended in `out`: what code ends with says nothing, for a
    /// backslash escapes nothing within it.
    code_end: Option<usize>,
}

impl MarkdownInlines {
    fn new(in_one_line: bool, dialect: Dialect) -> Self {
        Self {
            out: String::new(),
            in_one_line,
            dialect,
            code_end: None,
        }
    }

    fn all(&mut self, line: &[Inline], depth: usize) {
        for (at, inline) in line.iter().enumerate() {
            let next = line[at + 1..].iter().find_map(first_char);
            self.inline(inline, next, depth);
        }
    }

    /// `next`: the character that follows, if any.
    fn inline(&mut self, inline: &Inline, next: Option<char>, depth: usize) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Emphasis(inner) => self.wrapped(inner, "*", "em", next, depth),
            Inline::Strong(inner) => self.wrapped(inner, "**", "strong", next, depth),
            Inline::Strikethrough(inner) => self.wrapped(inner, "~~", "del", next, depth),
            Inline::Styled(style, inner) => {
                let (open, close) = match style {
                    InlineStyle::Superscript => ("<sup>", "</sup>"),
                    InlineStyle::Subscript => ("<sub>", "</sub>"),
                    InlineStyle::SmallCapitals => ("<span class=\"smallcaps\">", "</span>"),
                    InlineStyle::Underline => ("<u>", "</u>"),
                    InlineStyle::Inserted => ("<ins>", "</ins>"),
                    InlineStyle::Deleted => ("<del>", "</del>"),
                };
                self.out.push_str(open);
                self.all(inner, depth + 1);
                self.out.push_str(close);
            }
            Inline::Code(text) => self.code(text),
            Inline::Passage { language, content } if self.dialect == Dialect::Source => {
                self.out.push_str(&format!("<span lang=\"{}\">", tag(language)));
                self.all(content, depth + 1);
                self.out.push_str("</span>");
            }
            Inline::Passage { content, .. } => self.all(content, depth),
            Inline::Link { to, content, .. } => match link::outside(to) {
                // Right after a bracket, some readers take the two for one mark.
                Some(to) if is_bare(to, content) && !self.out.ends_with(']') => {
                    self.out.push_str(&format!("<{}>", plain(content)));
                }
                Some(to) => {
                    self.bracket("[");
                    self.all(content, depth);
                    self.out.push_str("](");
                    self.out.push_str(&destination(to));
                    self.out.push(')');
                }
                None => self.all(content, depth),
            },
            Inline::Image(image) => {
                self.out.push_str("![");
                self.text(&image.alt);
                self.out.push_str("](");
                self.out.push_str(&destination(&image.path));
                self.out.push(')');
            }
            Inline::FootnoteMark(footnote) => self.bracket(&format!("[^{}]", footnote + 1)),
            Inline::Break if self.in_one_line => self.out.push(' '),
            Inline::Break => self.out.push_str("\\\n"),
            Inline::Field(field) if self.dialect == Dialect::Source => {
                self.out.push_str(&field_source(&field.expression));
            }
            Inline::Html(html) if self.dialect == Dialect::Source => self.out.push_str(html),
            // Composing leaves no fields, and only HTML may use raw HTML.
            Inline::Field(_) | Inline::Html(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        let text = escape(text);
        // After a mark's bracket these would make a link or a definition of it.
        if self.out.ends_with(']') && text.starts_with(['(', ':']) {
            self.out.push('\\');
        }
        // Some readers take an escaped bracket for the mark's second one.
        if self.out.ends_with(']') && text.starts_with("\\[") {
            self.out.push_str(KEPT_APART);
        }
        self.out.push_str(&text);
    }

    /// Opens a bracket. Right after a mark's, it would be read as one with it; a
    /// comment, which nobody sees, keeps them apart.
    fn bracket(&mut self, open: &str) {
        if self.out.ends_with(']') && !self.out.ends_with("\\]") {
            self.out.push_str(KEPT_APART);
        }
        self.out.push_str(open);
    }

    /// Emphasis of some kind: between delimiters where CommonMark takes them for
    /// ones, else between tags. Delimiters beside delimiters are read in ways of
    /// their own, so they are never put there.
    fn wrapped(&mut self, inner: &[Inline], delimiter: &str, tag: &str, next: Option<char>, depth: usize) {
        let words = plain(inner);
        let (Some(first), Some(last)) = (words.chars().next(), words.chars().next_back()) else {
            self.all(inner, depth + 1);
            return;
        };
        let before = self.out.chars().next_back();
        // What counts as punctuation grows with Unicode: beyond ASCII, readers differ.
        let clear = |outside: Option<char>| outside.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
        let solid = |c: char| !c.is_whitespace() && !is_punctuation(c);
        let beside = |c: Option<char>| c.is_some_and(|c| matches!(c, '*' | '_' | '~'));
        let plain_inside = !matches!(
            inner.first(),
            Some(Inline::Emphasis(_) | Inline::Strong(_) | Inline::Strikethrough(_))
        ) && !matches!(
            inner.last(),
            Some(Inline::Emphasis(_) | Inline::Strong(_) | Inline::Strikethrough(_))
        );
        let opens = !first.is_whitespace() && (solid(first) || clear(before)) && !beside(before);
        let closes = !last.is_whitespace() && (solid(last) || clear(next)) && !beside(next);
        let bare = inner
            .iter()
            .all(|inline| !matches!(inline, Inline::Html(_) | Inline::Break));
        if opens && closes && plain_inside && bare && depth == 0 {
            self.out.push_str(delimiter);
            self.all(inner, depth + 1);
            self.out.push_str(delimiter);
        } else {
            self.out.push_str(&format!("<{tag}>"));
            self.all(inner, depth + 1);
            self.out.push_str(&format!("</{tag}>"));
        }
    }

    fn code(&mut self, text: &str) {
        let text = text.replace('\n', " ");
        if text.trim().is_empty() {
            self.text(&text);
            return;
        }
        let ticks: Vec<usize> = text.split(|c| c != '`').map(str::len).collect();
        let fence = (1..).find(|length| !ticks.contains(length)).unwrap_or(1);
        let fence = "`".repeat(fence);
        let pad = match text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
            true => " ",
            false => "",
        };
        // Fences that touch would be one; a comment, which nobody sees, keeps them apart.
        if self.code_end == Some(self.out.len()) {
            self.out.push_str(KEPT_APART);
        }
        self.out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
        self.code_end = Some(self.out.len());
    }
}

/// The first character that a reader of the inline would meet, as Markdown.
fn first_char(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next(),
        Inline::Emphasis(_) | Inline::Strong(_) => Some('*'),
        Inline::Strikethrough(_) => Some('~'),
        Inline::Code(_) => Some('`'),
        Inline::Styled(..) => Some('<'),
        Inline::Passage { content, .. } => content.iter().find_map(first_char),
        Inline::Link { .. } | Inline::FootnoteMark(_) => Some('['),
        Inline::Image(_) => Some('!'),
        Inline::Break => Some('\\'),
        Inline::Field(_) => Some('{'),
        Inline::Html(_) => None,
    }
}

/// Returns a field as an author writes it.
fn field_source(expression: &str) -> String {
    match expression.strip_prefix('%') {
        Some(statement) => format!("{{% {} %}}", statement.trim()),
        None => format!("{{{{ {} }}}}", expression.trim()),
    }
}

/// Returns a language tag without what no tag has.
pub(super) fn tag(language: &str) -> String {
    let is_fit = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    language.replace('_', "-").chars().filter(is_fit).collect()
}

/// CommonMark's Unicode punctuation: the general categories P and S.
fn is_punctuation(c: char) -> bool {
    use icu_properties::props::GeneralCategory as Category;
    use icu_properties::{CodePointMapData, props::GeneralCategoryGroup as Group};
    let category: Category = CodePointMapData::<Category>::new().get(c);
    Group::Punctuation.contains(category) || Group::Symbol.contains(category)
}

/// Text in which every character is literal, wherever but at the start of a line.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut before = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let next = rest.clone().next();
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' | '$' => {
                out.push('\\');
                out.push(c);
            }
            // Within a word an underscore means nothing.
            '_' if !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)) => {
                out.push_str("\\_");
            }
            // A character reference.
            '&' if next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#') => out.push_str("\\&"),
            // A picture, if a link follows; a field of ours.
            '!' if next.is_none_or(|c| c == '[') => out.push_str("\\!"),
            '{' if next.is_none_or(|c| matches!(c, '{' | '%' | '#')) || before == Some('{') => out.push_str("\\{"),
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}

/// Escapes what would begin a block at the start of a line of Markdown.
pub(super) fn guard(line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let (number, rest) = line.split_at(digits);
        return match rest.starts_with(['.', ')']) {
            true => format!("{number}\\{rest}"),
            false => line,
        };
    }
    match line.chars().next() {
        Some('#' | '>' | '+' | '-' | '=' | ':') => format!("\\{line}"),
        _ => line,
    }
}

/// A link's address as Markdown.
fn destination(to: &str) -> String {
    let plain = |c: char| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '(' | ')' | '<' | '>' | '\\' | '&' | '*' | '_' | '`' | '[' | ']')
    };
    if !to.is_empty() && to.chars().all(plain) {
        return to.to_owned();
    }
    let mut out = String::from("<");
    let mut rest = to.chars();
    while let Some(c) = rest.next() {
        let next = rest.clone().next();
        match c {
            '<' | '>' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '&' if next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#') => out.push_str("\\&"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('>');
    out
}
