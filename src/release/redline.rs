//! A redline: the later of two states, with what was added and taken away.
//!
//! In: two states and what changed between them. Out: a [`Document`] in which words are marked
//! as inserted and deleted. Guaranteed: without the deleted words it is the later state, and
//! without the inserted ones the earlier one; a change is marked by more than a color in every
//! format. Absent: looks: a block is a paragraph, for a release keeps no more of it.

use super::diff::{Changes, Printed, Side};
use super::words::{BlockChange, WordRun};
use crate::compose::document::{Block, Document, Inline, InlineStyle, Line, List};
use crate::compose::plain_document;
use crate::source::Origin;

/// Returns the redline of two states. `names` are those of the states, the earlier first.
pub fn redline(names: &[String; 2], before: &Side, after: &Side, changes: &Changes, origin: Origin) -> Document {
    let [old, new] = names;
    let language = after
        .language
        .as_deref()
        .or(before.language.as_deref())
        .unwrap_or("en-US");
    let mut blocks: Vec<Block> = match &after.text {
        Some(text) => text_lines(text, &changes.text)
            .into_iter()
            .map(Block::Paragraph)
            .collect(),
        None => Vec::new(),
    };
    let roll = roll_lines(after, changes);
    let title = vec![Inline::Text(format!("{old} → {new}").into())];
    let mut document = plain_document(title, language, after.date, Vec::new());
    if !roll.is_empty() {
        blocks.push(Block::Heading {
            level: 1,
            content: vec![Inline::Text(document.labels.signatories.as_str().into())],
            origin,
        });
        blocks.push(Block::List(List {
            numbering: None,
            tight: true,
            items: roll.into_iter().map(|line| vec![Block::Paragraph(line)]).collect(),
        }));
    }
    for part in &mut document.parts {
        if let crate::compose::document::Part::Body(body) = part {
            *body = std::mem::take(&mut blocks);
        }
    }
    document
}

/// Returns the blocks of the later text alone, with what was added and taken away.
pub fn redline_text(after: &Side, changes: &Changes) -> Vec<Block> {
    let text = after.text.as_deref().unwrap_or_default();
    text_lines(text, &changes.text)
        .into_iter()
        .map(Block::Paragraph)
        .collect()
}

fn words(text: &str) -> Line {
    vec![Inline::Text(text.into())]
}

fn changed(style: InlineStyle, text: &str) -> Inline {
    Inline::Styled(style, words(text))
}

/// Returns all blocks of the later text, with the blocks that are gone in their places.
fn text_lines(new: &[String], changes: &[BlockChange]) -> Vec<Line> {
    let mut lines = Vec::with_capacity(new.len());
    // How far both texts have been gone through.
    let (mut old_at, mut new_at) = (0, 0);
    for change in changes {
        let same = match (change.old, change.new) {
            (_, Some(at)) => at.saturating_sub(new_at),
            (Some(at), None) => at.saturating_sub(old_at),
            (None, None) => 0,
        };
        lines.extend(new.iter().skip(new_at).take(same).map(|block| words(block)));
        new_at += same + usize::from(change.new.is_some());
        old_at += same + usize::from(change.old.is_some());
        lines.push(pieces(&change.pieces));
    }
    lines.extend(new.iter().skip(new_at).map(|block| words(block)));
    lines
}

/// Returns the words of a changed block, spaces between its runs.
fn pieces(runs: &[WordRun]) -> Line {
    let mut line = Line::new();
    for run in runs {
        if !line.is_empty() {
            line.push(Inline::Text(" ".into()));
        }
        line.push(match run {
            WordRun::Same(text) => Inline::Text(text.as_str().into()),
            WordRun::Gone(text) => changed(InlineStyle::Deleted, text),
            WordRun::New(text) => changed(InlineStyle::Inserted, text),
        });
    }
    line
}

/// Returns a line for each signatory, in the order of the later roll; those that are gone
/// follow.
fn roll_lines(after: &Side, changes: &Changes) -> Vec<Line> {
    let is_new = |printed: &Printed| {
        let joined = changes.joined.iter().any(|joined| joined.printed == *printed);
        let asked = changes.questions.iter().any(|question| question.new == *printed);
        joined || asked || changes.regrouped.iter().any(|regrouped| regrouped.to.contains(printed))
    };
    let mut lines: Vec<Line> = Vec::with_capacity(after.entries.len());
    for entry in &after.entries {
        let text = entry.printed.to_string();
        let renamed = changes.renamed.iter().find(|renamed| renamed.to == entry.printed);
        lines.push(match renamed {
            Some(renamed) => vec![
                changed(InlineStyle::Deleted, &renamed.from.to_string()),
                Inline::Text(" ".into()),
                changed(InlineStyle::Inserted, &text),
            ],
            None if is_new(&entry.printed) => vec![changed(InlineStyle::Inserted, &text)],
            None => words(&text),
        });
    }
    let left = changes.left.iter().map(|left| &left.printed);
    let asked = changes.questions.iter().map(|question| &question.old);
    let regrouped = changes.regrouped.iter().flat_map(|regrouped| &regrouped.from);
    let mut gone: Vec<&Printed> = left.chain(asked).chain(regrouped).collect();
    gone.sort();
    gone.dedup();
    lines.extend(
        gone.into_iter()
            .map(|printed| vec![changed(InlineStyle::Deleted, &printed.to_string())]),
    );
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::words;

    /// Returns a text with marks, and without the words of one style.
    fn shown(lines: &[Line], without: InlineStyle) -> Vec<String> {
        let kept = |line: &Line| {
            let inlines = line
                .iter()
                .filter(|inline| !matches!(inline, Inline::Styled(style, _) if *style == without));
            let text: String = inlines
                .map(|inline| match inline {
                    Inline::Styled(_, inner) => crate::model::text::plain(inner),
                    other => crate::model::text::plain(std::slice::from_ref(other)),
                })
                .collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        lines.iter().map(kept).filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn either_state_is_left_without_the_words_of_the_other() {
        let check = |old: &[&str], new: &[&str]| {
            let owned = |blocks: &[&str]| -> Vec<String> { blocks.iter().map(ToString::to_string).collect() };
            let (old, new) = (owned(old), owned(new));
            let lines = text_lines(&new, &words::changes(&old, &new));
            assert_eq!(shown(&lines, InlineStyle::Deleted), new);
            assert_eq!(shown(&lines, InlineStyle::Inserted), old);
        };
        check(&[], &[]);
        check(&["a b c"], &["a b c"]);
        check(&["a b c", "d e f", "g h i"], &["a b c", "g h i"]);
        check(&["a b c", "g h i"], &["a b c", "d e f", "g h i"]);
        check(&["a b c d", "x y z"], &["a b q d", "x y z", "new one"]);
        check(
            &["one two", "three four", "five six"],
            &["seven eight", "three four", "nine ten"],
        );
        check(&["gone first", "same here", "gone last"], &["same here"]);
        check(&["same here"], &["new first", "same here", "new last"]);
    }
}
