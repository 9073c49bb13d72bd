//! A press release.
//!
//! In: what is on the [`Composer`]. Out: the parts in the order in which a newsroom
//! reads them. Guaranteed: the dateline stands in the first paragraph, before the
//! lead; an embargo is printed with its time zone. Absent: excerpts, which are
//! filled in before (`excerpt`).
//!
//! Source: the Associated Press's style for datelines, times, months and numbers.

use super::composer::{Composer, append, text};
use super::document::{Block, Inline, Line, Part, Running};
use crate::diag::{Code, Diagnostic};
use crate::model::letter::{Embargo, MediaKind, PressContact, PressMedia};
use crate::model::text::plain;
use crate::source::Origin;

/// Composes a release's parts, and what its pages repeat.
pub(super) fn parts(composer: &mut Composer<'_>) -> (Vec<Part>, Running) {
    lacks(composer);
    let release = match &composer.letter.kind_keys.embargo {
        Some(embargo) => Part::Release {
            line: text(until(composer, embargo)),
            embargoed: true,
        },
        None => Part::Release {
            line: text(composer.words.immediate.as_str()),
            embargoed: false,
        },
    };
    let mut parts = vec![release];
    parts.extend(contacts(composer));
    parts.push(composer.headline());
    let mut body = composer.fields.blocks(&composer.letter.body);
    dateline(composer, &mut body);
    for media in &composer.letter.kind_keys.media {
        body.push(self::media(composer, media));
    }
    parts.push(Part::Body(body));
    if !composer.letter.kind_keys.boilerplate.is_empty() {
        parts.push(Part::Boilerplate(
            composer.fields.blocks(&composer.letter.kind_keys.boilerplate),
        ));
    }
    parts.extend(composer.rolls());
    parts.push(Part::EndMark(composer.letter.kind_keys.end_mark.as_str().to_owned()));
    let slug = composer
        .line(composer.letter.kind_keys.slug.as_ref())
        .unwrap_or_else(|| composer.title.clone());
    let running = Running {
        slug: plain(&slug),
        more: composer.words.more.clone(),
    };
    (parts, running)
}

/// Warns of what a newsroom looks for and does not find.
fn lacks(composer: &mut Composer<'_>) {
    let kind_keys = &composer.letter.kind_keys;
    let missing = [
        (
            kind_keys.contacts.is_empty(),
            "contact",
            "[[contact]] with name, email, and phone",
        ),
        (kind_keys.place.is_none(), "place", "place = \"WASHINGTON, D.C.\""),
        (composer.date.is_none(), "date", "date = 2021-03-01"),
    ];
    for (is_missing, key, example) in missing {
        if is_missing {
            composer.diagnostics.push(
                Diagnostic::warning(Code::Unattributed, format!("the press release has no `{key}`"))
                    .at(Origin::File(composer.letter.file))
                    .hint(format!("write {example}")),
            );
        }
    }
}

/// "EMBARGOED UNTIL 10 A.M. EST, MONDAY, MARCH 1, 2021".
fn until(composer: &Composer<'_>, embargo: &Embargo) -> String {
    composer
        .words
        .embargo
        .replace("{time}", &composer.language.time(embargo.until.time()))
        .replace("{date}", &composer.language.weekday_and_date(embargo.until.date()))
        .to_uppercase()
        // A zone has its own spelling: "ChST".
        .replace("{ZONE}", &embargo.zone)
}

fn contacts(composer: &mut Composer<'_>) -> Option<Part> {
    let label = match composer.letter.kind_keys.contacts.len() {
        0 => return None,
        1 => &composer.words.contact,
        _ => &composer.words.contacts,
    };
    let contacts = composer.letter.kind_keys.contacts.iter();
    let contacts: Vec<Vec<Line>> = contacts.map(|contact| block(composer, contact)).collect();
    Some(Part::Contacts {
        label: label.clone(),
        contacts,
    })
}

/// Returns the link that dials a number. An extension is dialed after it (RFC 3966, 5.3).
fn dialled(phone: &str) -> String {
    let digits = |text: &str| -> String {
        let signs = text.chars().filter(|c| c.is_ascii_digit() || *c == '+');
        signs.collect()
    };
    let lower = phone.to_ascii_lowercase();
    let found = ["ext", "x", "#"].iter().find_map(|sign| lower.find(sign));
    match found.map(|at| phone.split_at(at)) {
        Some((number, extension)) if !digits(number).is_empty() && !digits(extension).is_empty() => {
            format!("tel:{};ext={}", digits(number), digits(extension))
        }
        _ => format!("tel:{}", digits(phone)),
    }
}

/// One contact's lines; mail and telephone are links.
fn block(composer: &mut Composer<'_>, contact: &PressContact) -> Vec<Line> {
    let mut lines: Vec<Line> = [&contact.name, &contact.title, &contact.organization]
        .into_iter()
        .filter_map(|line| composer.line(line.as_ref()))
        .collect();
    let origin = Origin::File(composer.letter.file);
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

/// "Photo: Families at the vigil. Credit: Ada Example. example.org/photos", below the picture
/// if there is one.
fn media(composer: &mut Composer<'_>, media: &PressMedia) -> Block {
    let label = match media.kind {
        MediaKind::Photo => &composer.words.photo,
        MediaKind::Logo => &composer.words.logo,
        MediaKind::Video => &composer.words.video,
    };
    let mut line = vec![Inline::Strong(text(label.as_str()))];
    let caption = composer.line(media.caption.as_ref());
    let credit = composer.line(media.credit.as_ref()).map(|name| {
        let (before, after) = composer.words.credit.split_once("{name}").unwrap_or(("", ""));
        let mut credit = text(before);
        append(&mut credit, name);
        append(&mut credit, text(after));
        credit
    });
    for mut sentence in caption.into_iter().chain(credit) {
        if !plain(&sentence).trim_end().ends_with(['.', '?', '!', '…', '”', '»']) {
            append(&mut sentence, text("."));
        }
        append(&mut line, text(" "));
        append(&mut line, sentence);
    }
    if let Some(to) = &media.link {
        let shown = to.value.split_once("://").map_or(to.value.as_str(), |(_, rest)| rest);
        append(&mut line, text(" "));
        line.push(Inline::Link {
            to: to.value.clone(),
            content: text(shown.trim_end_matches('/')),
            origin: to.origin,
        });
    }
    match &media.file {
        Some(image) => Block::Captioned {
            content: vec![Block::Paragraph(vec![Inline::Image(image.clone())])],
            caption: line,
        },
        None => Block::Paragraph(line),
    }
}

/// Puts "WASHINGTON, D.C. (March 1, 2021) —" before the lead.
fn dateline(composer: &mut Composer<'_>, body: &mut Vec<Block>) {
    let Some(mut line) = composer.line(composer.letter.kind_keys.place.as_ref()) else {
        return;
    };
    if let Some(date) = composer.date {
        append(&mut line, text(format!(" ({})", composer.language.press_date(date))));
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

#[cfg(test)]
mod tests {
    use super::dialled;

    #[test]
    fn an_extension_is_no_part_of_the_number() {
        let check = |phone: &str, expected: &str| assert_eq!(dialled(phone), expected);
        check("202-555-0142", "tel:2025550142");
        check("+1 (202) 555-0142", "tel:+12025550142");
        check("213-555-0199, ext. 12", "tel:2135550199;ext=12");
        check("213-555-0199 x12", "tel:2135550199;ext=12");
        check("213-555-0199 Ext 7", "tel:2135550199;ext=7");
    }
}
