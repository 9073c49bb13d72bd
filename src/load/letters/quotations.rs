//! Puts the quotations of a press release in quotation marks, with their speakers as the
//! writer chooses: on a line below, or in the sentence ("said").
//!
//! In: the blocks of a release. Out: the same blocks, the quotations among them changed.
//! Guaranteed: no word is added but the quotation marks and the verb of the language, and
//! none is lost; marks that are there are not doubled. Absent: excerpts, whose words are a
//! letter's.

use crate::model::labels::LabelWords;
use crate::model::letter::Attribution;
use crate::model::text::{Block, Inline, Line, plain};

/// Signs that open or close a quotation which has its marks already.
const MARKS: [char; 8] = ['"', '“', '”', '«', '»', '„', '‟', '\u{201f}'];

/// Sets the quotations among blocks.
pub(super) fn quote(blocks: Vec<Block>, attribution: Attribution, words: &LabelWords) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Quotation { content, speaker }
                if content.iter().all(|block| matches!(block, Block::Paragraph(_))) =>
            {
                let mut lines: Vec<Line> = content
                    .into_iter()
                    .filter_map(|block| match block {
                        Block::Paragraph(line) => Some(line),
                        _ => None,
                    })
                    .collect();
                match attribution {
                    Attribution::Line => {
                        marked(&mut lines, &words.quotation);
                        out.push(Block::Quotation {
                            content: lines.into_iter().map(Block::Paragraph).collect(),
                            speaker,
                        });
                    }
                    Attribution::Said => out.extend(said(lines, speaker, words).into_iter().map(Block::Paragraph)),
                }
            }
            block => out.push(block),
        }
    }
    out
}

/// Puts quotation marks at the beginning of each paragraph, and at the end of the last.
fn marked(lines: &mut [Line], pattern: &str) {
    let (open, close) = pattern.split_once("{quotation}").unwrap_or_default();
    let last = lines.len().saturating_sub(1);
    for (at, line) in lines.iter_mut().enumerate() {
        let words = plain(line);
        if !words.trim_start().starts_with(MARKS) {
            line.insert(0, Inline::Text(open.into()));
        }
        if at == last && !words.trim_end().ends_with(MARKS) {
            line.push(Inline::Text(close.into()));
        }
    }
}

/// Puts the speaker after the first paragraph.
fn said(mut lines: Vec<Line>, speaker: Line, words: &LabelWords) -> Vec<Line> {
    let (before, after) = words.said.split_once("{speaker}").unwrap_or_default();
    let (open, verb) = before.split_once("{quotation}").unwrap_or_default();
    let rest = lines.split_off(lines.len().min(1));
    let mut first = lines.pop().unwrap_or_default();
    strip_marks(&mut first);
    let end = plain(&first).trim_end().chars().next_back();
    // A question keeps its mark, and then has no comma after it.
    let verb = match end {
        Some('?' | '!' | '…') => verb.replacen(',', "", 1),
        _ => verb.to_owned(),
    };
    if end == Some('.') {
        trim_end(&mut first, 1);
    }
    let mut line: Line = vec![Inline::Text(open.into())];
    line.extend(first);
    line.push(Inline::Text(verb.as_str().into()));
    line.extend(speaker);
    line.push(Inline::Text(after.into()));
    let mut out = vec![line];
    let mut rest = rest;
    marked(&mut rest, &words.quotation);
    out.extend(rest);
    out
}

/// Removes quotation marks around a line: the pattern has its own.
fn strip_marks(line: &mut Line) {
    if let Some(Inline::Text(text)) = line.first_mut() {
        let begin = text.len() - text.trim_start().trim_start_matches(MARKS).len();
        *text = text.slice(begin..text.len());
    }
    if let Some(Inline::Text(text)) = line.last_mut() {
        let end = text.trim_end().trim_end_matches(MARKS).len();
        *text = text.slice(0..end);
    }
}

/// Removes bytes of ASCII from the end of a line, if it ends in text.
fn trim_end(line: &mut Line, bytes: usize) {
    if let Some(Inline::Text(text)) = line.last_mut() {
        let end = text.trim_end().len().saturating_sub(bytes);
        *text = text.slice(0..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::labels;

    fn check(language: &str, attribution: Attribution, quotation: &[&str], expected: &[&str]) {
        let line = |words: &str| -> Line { vec![Inline::Text(words.into())] };
        let block = Block::Quotation {
            content: quotation.iter().map(|words| Block::Paragraph(line(words))).collect(),
            speaker: line("Ana Pérez, Director"),
        };
        let shown = |block: &Block| match block {
            Block::Paragraph(line) => plain(line),
            Block::Quotation { content, speaker } => {
                let lines = content.iter().map(|block| match block {
                    Block::Paragraph(line) => plain(line),
                    _ => String::new(),
                });
                format!("{} — {}", lines.collect::<Vec<_>>().join(" / "), plain(speaker))
            }
            _ => String::new(),
        };
        let found = quote(vec![block], attribution, labels::words(language));
        assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_line_names_the_speaker() {
        let check = |language, quotation: &[&str], expected: &str| {
            check(language, Attribution::Line, quotation, &[expected]);
        };
        check("en", &["We waited."], "“We waited.” — Ana Pérez, Director");
        check("en", &["“We waited.”"], "“We waited.” — Ana Pérez, Director");
        check(
            "en",
            &["We waited.", "We walk."],
            "“We waited. / “We walk.” — Ana Pérez, Director",
        );
        check("es", &["Esperamos."], "«Esperamos.» — Ana Pérez, Director");
        check("fr", &["On attend."], "«\u{a0}On attend.\u{a0}» — Ana Pérez, Director");
    }

    #[test]
    fn a_sentence_names_the_speaker() {
        let check = |language, quotation: &[&str], expected: &[&str]| {
            check(language, Attribution::Said, quotation, expected);
        };
        check("en", &["We waited."], &["“We waited,” said Ana Pérez, Director."]);
        check("en", &["“We waited.”"], &["“We waited,” said Ana Pérez, Director."]);
        check("en", &["We waited"], &["“We waited,” said Ana Pérez, Director."]);
        check("en", &["Why wait?"], &["“Why wait?” said Ana Pérez, Director."]);
        check("en", &["Enough!"], &["“Enough!” said Ana Pérez, Director."]);
        check(
            "en",
            &["We waited.", "We walk.", "We vote."],
            &["“We waited,” said Ana Pérez, Director.", "“We walk.", "“We vote.”"],
        );
        check("es", &["Esperamos."], &["«Esperamos», dijo Ana Pérez, Director."]);
        check(
            "fr",
            &["On attend."],
            &["«\u{a0}On attend\u{a0}», a déclaré Ana Pérez, Director."],
        );
    }
}
