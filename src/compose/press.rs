//! A press release.
//!
//! In: what is on the [`Desk`]. Out: the parts in the order in which a newsroom
//! reads them. Guaranteed: the dateline stands in the first paragraph, before the
//! lead; an embargo is printed with its time zone. Absent: excerpts, which are
//! filled in before (`excerpt`).
//!
//! Source: the Associated Press's style for datelines, times, months and numbers.

use super::desk::{Desk, append, text};
use super::document::{Block, Inline, Line, Part, Running};
use crate::diag::{Code, Diagnostic};
use crate::model::letter::{Embargo, PressContact};
use crate::model::text::plain;
use crate::source::Origin;

/// Composes a release's parts, and what its pages repeat.
pub(super) fn parts(desk: &mut Desk<'_>) -> (Vec<Part>, Running) {
    lacks(desk);
    let release = match &desk.letter.extra.embargo {
        Some(embargo) => Part::Release {
            line: text(until(desk, embargo)),
            embargoed: true,
        },
        None => Part::Release {
            line: text(desk.words.immediate.as_str()),
            embargoed: false,
        },
    };
    let mut parts = vec![release];
    parts.extend(contacts(desk));
    parts.push(desk.headline());
    let mut body = desk.fields.blocks(&desk.letter.body);
    dateline(desk, &mut body);
    parts.push(Part::Body(body));
    if !desk.letter.extra.boilerplate.is_empty() {
        parts.push(Part::Boilerplate(desk.fields.blocks(&desk.letter.extra.boilerplate)));
    }
    parts.push(desk.roll());
    parts.push(Part::EndMark(desk.letter.extra.end_mark.as_str().to_owned()));
    let slug = desk
        .line(desk.letter.extra.slug.as_ref())
        .unwrap_or_else(|| desk.title.clone());
    let running = Running {
        slug: plain(&slug),
        more: desk.words.more.clone(),
    };
    (parts, running)
}

/// Warns of what a newsroom looks for and does not find.
fn lacks(desk: &mut Desk<'_>) {
    let extra = &desk.letter.extra;
    let missing = [
        (
            extra.contacts.is_empty(),
            "contact",
            "[[contact]] with name, email and phone",
        ),
        (extra.place.is_none(), "place", "place = \"WASHINGTON, D.C.\""),
        (desk.date.is_none(), "date", "date = 2021-03-01"),
    ];
    for (is_missing, key, example) in missing {
        if is_missing {
            desk.diagnostics.push(
                Diagnostic::warning(Code::Unattributed, format!("the release has no `{key}`"))
                    .at(Origin::File(desk.letter.file))
                    .hint(format!("write {example}")),
            );
        }
    }
}

/// "EMBARGOED UNTIL 10 A.M. EST, MONDAY, MARCH 1, 2021".
fn until(desk: &Desk<'_>, embargo: &Embargo) -> String {
    desk.words
        .embargo
        .replace("{time}", &desk.language.time(embargo.until.time()))
        .replace("{date}", &desk.language.weekday_and_date(embargo.until.date()))
        .to_uppercase()
        // A zone has its own spelling: "ChST".
        .replace("{ZONE}", &embargo.zone)
}

fn contacts(desk: &mut Desk<'_>) -> Option<Part> {
    let label = match desk.letter.extra.contacts.len() {
        0 => return None,
        1 => &desk.words.contact,
        _ => &desk.words.contacts,
    };
    let contacts = desk.letter.extra.contacts.iter();
    let contacts: Vec<Vec<Line>> = contacts.map(|contact| block(desk, contact)).collect();
    Some(Part::Contacts {
        label: label.clone(),
        contacts,
    })
}

/// One contact's lines; mail and telephone are links.
fn block(desk: &mut Desk<'_>, contact: &PressContact) -> Vec<Line> {
    let mut lines: Vec<Line> = [&contact.name, &contact.title, &contact.organization]
        .into_iter()
        .filter_map(|line| desk.line(line.as_ref()))
        .collect();
    let dialled = |phone: &str| -> String {
        let digits = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+');
        format!("tel:{}", digits.collect::<String>())
    };
    let origin = Origin::File(desk.letter.file);
    let mail = contact.email.as_ref().map(|email| (format!("mailto:{email}"), email));
    let phone = contact.phone.as_ref().map(|phone| (dialled(phone), phone));
    for (to, shown) in mail.into_iter().chain(phone) {
        lines.push(vec![Inline::Link {
            to,
            content: text(shown.as_str()),
            origin,
        }]);
    }
    lines
}

/// Puts "WASHINGTON, D.C. (March 1, 2021) —" before the lead.
fn dateline(desk: &mut Desk<'_>, body: &mut Vec<Block>) {
    let Some(mut line) = desk.line(desk.letter.extra.place.as_ref()) else {
        return;
    };
    if let Some(date) = desk.date {
        append(&mut line, text(format!(" ({})", desk.language.press_date(date))));
    }
    append(&mut line, text(" — "));
    match body.first_mut() {
        Some(Block::Paragraph(lead)) => {
            append(&mut line, std::mem::take(lead));
            *lead = line;
        }
        _ => body.insert(0, Block::Paragraph(line)),
    }
}
