//! Petition, plan and page.
//!
//! In: what is on the [`Composer`]. Out: each kind's parts, in its order.
//! Guaranteed: the contents name every heading of the two outermost levels, and
//! the roll's; a plan's numbers are its author's, and checked.

use super::composer::{Composer, address, append, text};
use super::document::{Block, Call, ContentsEntry, Image, Inline, Line, Part};
use super::qr;
use crate::diag::{Code, Diagnostic};
use crate::model::text::plain;

/// A petition: what is asked of whom and why, the call to sign, who stands behind it.
pub(super) fn petition(composer: &mut Composer<'_>) -> Vec<Part> {
    let mut parts = vec![composer.headline()];
    let lines: Vec<Line> = composer
        .letter
        .to
        .iter()
        .map(|addressee| joined(&composer.fields.lines(&address(addressee))))
        .filter(|line| !line.is_empty())
        .collect();
    if !lines.is_empty() {
        parts.push(Part::Recipients {
            label: composer.words.recipients.clone(),
            lines,
        });
    }
    parts.push(composer.body());
    parts.extend(call(composer));
    parts.extend(composer.rolls());
    parts
}

/// A plan: cover, contents, numbered actions, endorsers.
pub(super) fn plan(composer: &mut Composer<'_>, author: &str) -> Vec<Part> {
    let mut lines: Vec<Line> = Vec::new();
    if !author.is_empty() {
        lines.push(text(author));
    }
    lines.extend(composer.date.map(|date| text(composer.language.date(date))));
    let cover = Part::Cover {
        title: composer.title.clone(),
        subtitle: composer.line(composer.letter.kind_keys.subtitle.as_ref()),
        picture: composer.letter.kind_keys.picture.clone(),
        lines,
    };
    let mut rest = vec![composer.body()];
    rest.extend(composer.rolls());
    rest.extend(call(composer));
    let entries = contents(&rest);
    numbers(composer, &rest);
    let mut parts = vec![cover];
    if !entries.is_empty() {
        parts.push(Part::Contents {
            heading: composer.words.contents.clone(),
            entries,
        });
    }
    parts.append(&mut rest);
    parts
}

/// A page: the picture and what it is about, sections, members, the call to act.
pub(super) fn page(composer: &mut Composer<'_>) -> Vec<Part> {
    let mut parts = vec![composer.headline(), composer.body()];
    parts.extend(composer.rolls());
    parts.extend(call(composer));
    parts
}

/// Lines as one, with commas between them.
fn joined(lines: &[Line]) -> Line {
    let mut out = Line::new();
    for line in lines {
        if !out.is_empty() {
            append(&mut out, text(", "));
        }
        append(&mut out, line.clone());
    }
    out
}

/// The call to act, with its address as a QR code.
fn call(composer: &mut Composer<'_>) -> Option<Part> {
    let setting = composer.letter.kind_keys.call.as_ref()?;
    let to = setting.link.value.clone();
    let shown = to.split_once("://").map_or(to.as_str(), |(_, rest)| rest);
    let code = setting.code.then(|| qr::svg(&to)).and_then(|picture| match picture {
        Some(picture) => Some(Image {
            path: String::new(),
            alt: composer.words.code.replace("{link}", shown),
            origin: setting.link.origin,
            picture: Some(picture),
        }),
        None => {
            composer.diagnostics.push(
                Diagnostic::error(Code::TooLarge, "the address is too long for a QR code")
                    .at(setting.link.origin)
                    .hint("write a shorter one, or code = false"),
            );
            None
        }
    });
    let label = composer
        .line(setting.label.as_ref())
        .unwrap_or_else(|| text(shown.trim_end_matches('/')));
    Some(Part::Call(Call {
        heading: composer.line(setting.heading.as_ref()),
        text: composer.line(setting.text.as_ref()),
        to,
        label,
        origin: setting.link.origin,
        code,
    }))
}

/// The headings of the parts, two levels deep.
fn contents(parts: &[Part]) -> Vec<ContentsEntry> {
    let mut entries = Vec::new();
    for part in parts {
        match part {
            Part::Body(blocks) => {
                let mut open: Vec<u8> = Vec::new();
                for block in blocks {
                    let Block::Heading { level, content, origin } = block else {
                        continue;
                    };
                    open.retain(|above| above < level);
                    open.push(*level);
                    if open.len() <= 2 {
                        entries.push(ContentsEntry {
                            level: if open.len() == 1 { 1 } else { 2 },
                            title: content.iter().filter(|inline| is_title(inline)).cloned().collect(),
                            heading: Some(*origin),
                        });
                    }
                }
            }
            Part::Roll(roll) if !roll.is_empty() => {
                entries.extend(roll.heading.as_ref().map(|heading| ContentsEntry {
                    level: 1,
                    title: heading.clone(),
                    heading: None,
                }));
            }
            _ => {}
        }
    }
    entries
}

fn is_title(inline: &Inline) -> bool {
    !matches!(inline, Inline::FootnoteMark(_))
}

/// Holds the numbers of actions, "## 3. Close the camps", against each other.
fn numbers(composer: &mut Composer<'_>, parts: &[Part]) {
    let blocks = parts.iter().filter_map(|part| match part {
        Part::Body(blocks) => Some(blocks),
        _ => None,
    });
    let mut expected = 1;
    for block in blocks.flatten() {
        let Block::Heading { content, origin, .. } = block else {
            continue;
        };
        let Some(number) = number(&plain(content)) else {
            continue;
        };
        if number != expected {
            composer.diagnostics.push(
                Diagnostic::warning(
                    Code::NumberedOddly,
                    format!("this is number {number}; expected {expected}"),
                )
                .at(*origin)
                .hint("number the actions 1, 2, 3 without gaps"),
            );
        }
        expected = number + 1;
    }
}

/// The number that a heading begins with: "3. Close the camps".
pub(super) fn number(title: &str) -> Option<u64> {
    let (number, rest) = title.split_once(". ")?;
    (!rest.is_empty() && number.len() <= 3).then(|| number.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_numbered_by_their_author() {
        let check = |title, expected| assert_eq!(number(title), expected);
        check("3. Close the camps", Some(3));
        check("10. Protect", Some(10));
        check("2021. A year", None);
        check("Close the camps", None);
        check("3.", None);
    }
}
