//! Lines of a draft: paragraphs where lines end, and words cut off at their beginning.

use crate::model::text::{Block, Inline, Line, plain};

/// Divides a line at its line breaks.
pub(super) fn divided(line: &[Inline]) -> Vec<Line> {
    let parts = line.split(|inline| matches!(inline, Inline::Break));
    let parts = parts.map(<[Inline]>::to_vec).map(trimmed);
    parts
        .filter(|part| !plain(part).trim().is_empty() || part.iter().any(is_mark))
        .collect()
}

fn is_mark(inline: &Inline) -> bool {
    matches!(inline, Inline::FootnoteMark(_) | Inline::Image(_) | Inline::Field(_))
}

/// Returns the lines of a block in which each line stands for itself.
pub(super) fn lines_of(block: &Block) -> Vec<Line> {
    match block {
        Block::Heading { content, .. } | Block::Paragraph(content) => divided(content),
        Block::List(list) => list.items.iter().flatten().flat_map(lines_of).collect(),
        Block::Quote(blocks) | Block::Passage { blocks, .. } => blocks.iter().flat_map(lines_of).collect(),
        Block::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            cells.flat_map(|cell| divided(cell)).collect()
        }
        Block::Box { title, content } => {
            let content = content.iter().flat_map(lines_of);
            divided(title).into_iter().chain(content).collect()
        }
        Block::Quotation { content, speaker } | Block::PullQuote { content, speaker } => {
            let mut lines: Vec<Line> = content.iter().flat_map(lines_of).collect();
            lines.extend(divided(speaker));
            lines
        }
        Block::KeyFigure { figure, caption } => [figure, caption].into_iter().flat_map(|line| divided(line)).collect(),
        Block::Code(code) | Block::Html(code) => code.lines().map(|line| vec![Inline::Text(line.into())]).collect(),
        Block::Excerpt(excerpt) => {
            let passages = excerpt.passages.iter();
            passages
                .map(|passage| vec![Inline::Text(passage.as_str().into())])
                .collect()
        }
        Block::Captioned { content, caption } => {
            let content = content.iter().flat_map(lines_of);
            content.chain(divided(caption)).collect()
        }
        Block::Rule | Block::PageBreak => Vec::new(),
    }
}

/// Returns a line without its first bytes of plain words.
pub(super) fn without_start(line: &[Inline], bytes: usize) -> Line {
    let mut left = bytes;
    let mut out = Line::new();
    for inline in line {
        if left == 0 {
            out.push(inline.clone());
            continue;
        }
        let length = plain(std::slice::from_ref(inline)).len();
        if length <= left {
            left -= length;
            continue;
        }
        let cut = |inner: &Line| without_start(inner, left);
        out.push(match inline {
            Inline::Text(text) => Inline::Text(text.get(left..).unwrap_or_default().into()),
            Inline::Strong(inner) => Inline::Strong(cut(inner)),
            Inline::Emphasis(inner) => Inline::Emphasis(cut(inner)),
            Inline::Strikethrough(inner) => Inline::Strikethrough(cut(inner)),
            Inline::Styled(style, inner) => Inline::Styled(*style, cut(inner)),
            Inline::Passage { language, content } => Inline::Passage {
                language: language.clone(),
                content: cut(content),
            },
            Inline::Link { to, content, origin } => Inline::Link {
                to: to.clone(),
                content: cut(content),
                origin: *origin,
            },
            other => other.clone(),
        });
        left = 0;
    }
    trimmed(out)
}

/// Returns a line without white space at its ends.
pub(super) fn trimmed(mut line: Line) -> Line {
    if let Some(Inline::Text(text)) = line.first_mut() {
        *text = text.trim_start().into();
    }
    if let Some(Inline::Text(text)) = line.last_mut() {
        *text = text.trim_end().into();
    }
    line.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    line
}

/// Returns a line without the bold or italics that all of it has: front matter has its own.
pub(super) fn plain_look(line: Line) -> Line {
    match <[Inline; 1]>::try_from(line) {
        Ok([Inline::Strong(inner) | Inline::Emphasis(inner)]) => plain_look(inner),
        Ok([one]) => vec![one],
        Err(line) => line,
    }
}

/// Returns the words of lines, a semicolon between them.
pub(super) fn joined(lines: &[Line]) -> String {
    let words: Vec<String> = lines.iter().map(|line| plain(line)).collect();
    words.join("; ")
}
