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
use crate::model::labels;
use crate::model::text::plain;
use crate::source::Origin;

/// Returns the redline of two states. `names` are those of the states, the earlier first.
pub fn redline(names: &[String; 2], before: &Side, after: &Side, changes: &Changes, origin: Origin) -> Document {
    let [old, new] = names;
    let language = after
        .language
        .as_deref()
        .or(before.language.as_deref())
        .unwrap_or("en-US");
    let mut blocks = redline_text(after, changes);
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
    let mut lines = text_lines(text, &changes.text);
    // The link past the letterhead of a web page is counted among the words of a release; on a
    // page it is for the keyboard, and here it leads nowhere.
    let skip = &labels::words(
        after
            .language
            .as_deref()
            .unwrap_or("en")
            .split('-')
            .next()
            .unwrap_or_default(),
    )
    .skip;
    if lines.first().is_some_and(|line| plain(line) == *skip) {
        lines.remove(0);
    }
    lines.into_iter().map(Block::Paragraph).collect()
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

/// What stands between words that stayed: those that are gone, and those that are new.
#[derive(Clone, Debug, Default)]
struct WordChange {
    gone: Vec<String>,
    new: Vec<String>,
}

impl WordChange {
    fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.new.is_empty()
    }

    /// Returns how many words there are on the side that has more.
    fn longest(&self) -> usize {
        self.gone.len().max(self.new.len())
    }

    /// Appends words that stayed, as words of both, and another change.
    fn join(&mut self, same: &[String], next: Self) {
        for (own, its) in [(&mut self.gone, next.gone), (&mut self.new, next.new)] {
            own.extend_from_slice(same);
            own.extend(its);
        }
    }
}

/// Returns the words that stayed, each run with the change after it; the first run may be empty.
/// A few words that stayed by chance within a rewritten sentence count as rewritten, too, so
/// that people read a sentence and not scraps of two: a run that is no longer than the changes
/// on both its sides (Fraser, "Writing: Diff Strategies", 2006, semantic cleanup).
fn rewritten(runs: &[WordRun]) -> Vec<(Vec<String>, WordChange)> {
    let mut found: Vec<(Vec<String>, WordChange)> = vec![Default::default()];
    for run in runs {
        let split = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let last = found.len() - 1;
        match run {
            WordRun::Same(text) if found[last].0.is_empty() && found[last].1.is_empty() => found[last].0 = split(text),
            WordRun::Same(text) => found.push((split(text), WordChange::default())),
            WordRun::Gone(text) => found[last].1.gone.extend(split(text)),
            WordRun::New(text) => found[last].1.new.extend(split(text)),
        }
    }
    let mut kept: Vec<(Vec<String>, WordChange)> = Vec::with_capacity(found.len());
    for (same, change) in found {
        let before = kept.last().map_or(0, |(_, before)| before.longest());
        let is_scrap = !same.is_empty() && same.len() <= before && same.len() <= change.longest();
        match kept.last_mut() {
            Some((_, last)) if is_scrap => last.join(&same, change),
            _ => kept.push((same, change)),
        }
    }
    kept
}

/// Returns the words of a changed block. A space belongs to the words that it came or went with,
/// so that either state is left to the letter when the other's words are taken away.
fn pieces(runs: &[WordRun]) -> Line {
    let mut line = Line::new();
    let space = || Inline::Text(" ".into());
    let all = rewritten(runs);
    for (at, (same, change)) in all.iter().enumerate() {
        if !same.is_empty() {
            line.push(Inline::Text(same.join(" ").into()));
        }
        if change.is_empty() {
            continue;
        }
        let (has_before, has_next) = (!same.is_empty(), at + 1 < all.len());
        let is_replaced = !change.gone.is_empty() && !change.new.is_empty();
        // What is in one state alone has a space of its own: the one after it, or at the end the
        // one before it.
        let (before, after) = match (is_replaced, has_before, has_next) {
            (false, _, true) => ("", " "),
            (false, true, false) => (" ", ""),
            _ => ("", ""),
        };
        if has_before && before.is_empty() {
            line.push(space());
        }
        for (style, words) in [
            (InlineStyle::Deleted, &change.gone),
            (InlineStyle::Inserted, &change.new),
        ] {
            if !words.is_empty() {
                line.push(changed(style, &format!("{before}{}{after}", words.join(" "))));
            }
        }
        if has_next && after.is_empty() {
            line.push(space());
        }
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

    /// Returns a text without the words of one style, to the letter.
    fn shown(lines: &[Line], without: InlineStyle) -> Vec<String> {
        let kept = |line: &Line| -> String {
            let inlines = line
                .iter()
                .filter(|inline| !matches!(inline, Inline::Styled(style, _) if *style == without));
            inlines
                .map(|inline| match inline {
                    Inline::Styled(_, inner) => plain(inner),
                    other => plain(std::slice::from_ref(other)),
                })
                .collect()
        };
        lines.iter().map(kept).filter(|line| !line.is_empty()).collect()
    }

    /// Returns a line as people read it: `[-gone-]`, `{+new+}`.
    fn marked(line: &Line) -> String {
        line.iter()
            .map(|inline| match inline {
                Inline::Styled(InlineStyle::Deleted, inner) => format!("[-{}-]", plain(inner)),
                Inline::Styled(InlineStyle::Inserted, inner) => format!("{{+{}+}}", plain(inner)),
                other => plain(std::slice::from_ref(other)),
            })
            .collect()
    }

    fn lines_of(old: &[&str], new: &[&str]) -> Vec<Line> {
        let owned = |blocks: &[&str]| -> Vec<String> { blocks.iter().map(ToString::to_string).collect() };
        let (old, new) = (owned(old), owned(new));
        text_lines(&new, &words::changes(&old, &new))
    }

    #[test]
    fn either_state_is_left_without_the_words_of_the_other() {
        let check = |old: &[&str], new: &[&str]| {
            let lines = lines_of(old, new);
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
        // Every way in which words come and go at the start, in the middle, and at the end.
        let sides = [&[][..], &["x"], &["x", "y"]];
        for start in sides {
            for middle in sides {
                for end in sides {
                    for other in [&[][..], &["z"], &["z", "w", "v"]] {
                        let text = |start: &[&str], middle: &[&str], end: &[&str]| {
                            [start, &["a", "b", "c", "d"], middle, &["e", "f", "g", "h"], end]
                                .concat()
                                .join(" ")
                        };
                        let one = text(start, middle, end);
                        for two in [
                            text(other, middle, end),
                            text(start, other, end),
                            text(start, middle, other),
                        ] {
                            check(&[&one], &[&two]);
                            check(&[&two], &[&one]);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_changed_sentence_is_marked_by_its_words() {
        let check = |old: &str, new: &str, expected: &[&str]| {
            let found: Vec<String> = lines_of(&[old], &[new]).iter().map(marked).collect();
            assert_eq!(found, expected);
        };
        check(
            "We ask for seven changes.",
            "We ask for eight changes.",
            &["We ask for [-seven-]{+eight+} changes."],
        );
        check("We ask now.", "We ask for it now.", &["We ask {+for it +}now."]);
        check("We ask for it now.", "We ask now.", &["We ask [-for it -]now."]);
        check("We ask now, please.", "We ask now,", &["We ask now,[- please.-]"]);
        check("Now we ask.", "we ask.", &["[-Now -]we ask."]);
        // A sentence that stayed keeps its paragraph together, however much the others changed.
        check(
            "Children wait in cold rooms for days. The department has known of this since spring and has done nothing at all about it.",
            "Children wait in cold rooms for days. Nobody told us why.",
            &["Children wait in cold rooms for days. \
               [-The department has known of this since spring and has done nothing at all about it.-]\
               {+Nobody told us why.+}"],
        );
        // Words that stayed by chance are no scraps between others.
        check(
            "Please keep the old library on Main Street open on Sundays for the children of workers who cannot come on other days.",
            "Please keep the old library on Main Street open until nine so that the people of the harbor can come on other days.",
            &["Please keep the old library on Main Street open \
               [-on Sundays for the children of workers who cannot-]{+until nine so that the people of the harbor can+} \
               come on other days."],
        );
        check(
            "one two three",
            "four five six",
            &["[-one two three-]", "{+four five six+}"],
        );
    }
}
