//! Reads the keys of the front matter that only some kinds of document have.
//!
//! In: the front matter. Out: [`KindKeys`], and the paths of boilerplate, which
//! `front_matter` reads. Guaranteed: a key that does not apply to the document's
//! kind is reported, and so is an embargo without a time zone.

use crate::diag::{Code, Diagnostic};
use crate::load::toml_values::{TomlReader, get, tables};
use crate::model::letter::{
    Attribution, CallSetting, DocumentKind, Embargo, EndMark, KindKeys, Logo, MediaKind, Placed, PressContact,
    PressMedia,
};
use crate::model::link;
use crate::model::text::Image;
use jiff::civil::{Date, DateTime, Weekday};
use serde::Deserialize;
use std::sync::LazyLock;
use toml::de::DeTable;

use DocumentKind::{Letter, Page, Petition, Plan, PressRelease};

/// Keys and the kinds in which they mean something. Keys that are not here mean
/// the same in all.
const KINDS: &[(&str, &[DocumentKind])] = &[
    ("subtitle", &[PressRelease, Petition, Plan, Page]),
    ("picture", &[Petition, Plan, Page]),
    ("picture_alt", &[Petition, Plan, Page]),
    ("call", &[Petition, Plan, Page]),
    ("embargo", &[PressRelease]),
    ("place", &[PressRelease]),
    ("contact", &[PressRelease]),
    ("media", &[PressRelease]),
    ("boilerplate", &[PressRelease]),
    ("slug", &[PressRelease]),
    ("quotations", &[PressRelease]),
    ("end_mark", &[PressRelease]),
    ("via", &[Letter]),
    ("salutation", &[Letter]),
    ("closing", &[Letter]),
    ("cc", &[Letter]),
    ("enclosures", &[Letter]),
    ("to", &[Letter, Petition]),
];

/// The keys of [`KindKeys`].
pub(super) const KEYS: &[&str] = &[
    "subtitle",
    "picture",
    "picture_alt",
    "call",
    "embargo",
    "place",
    "contact",
    "media",
    "letter",
    "boilerplate",
    "slug",
    "quotations",
    "end_mark",
    "logos",
    "twins",
    "url",
];

const ATTRIBUTIONS: &[(&str, Attribution)] = &[("line", Attribution::Line), ("said", Attribution::Said)];

const MEDIA_KINDS: &[(&str, MediaKind)] = &[
    ("photo", MediaKind::Photo),
    ("logo", MediaKind::Logo),
    ("video", MediaKind::Video),
];

const END_MARKS: &[(&str, EndMark)] = &[("###", EndMark::Hashes), ("-30-", EndMark::Thirty)];

/// Reads the keys; the second value are the paths of boilerplate.
pub(super) fn kind_keys(
    reader: &mut TomlReader<'_>,
    root: &DeTable<'_>,
    kind: DocumentKind,
) -> (KindKeys, Vec<Placed<String>>) {
    misplaced(reader, root, kind);
    let mut kind_keys = KindKeys {
        subtitle: reader.line(root, "subtitle"),
        picture: picture(reader, root),
        place: reader.line(root, "place"),
        letter: reader.string(root, "letter"),
        slug: reader.line(root, "slug"),
        translations: reader.strings(root, "twins").unwrap_or_default(),
        address: reader.parsed(
            root,
            "url",
            "the address that the page will have, such as \"https://example.org/letters/budget/\"",
            |text| link::web(text).map(str::to_owned),
        ),
        ..KindKeys::default()
    };
    if kind == PressRelease {
        kind_keys.embargo = embargo(reader, root);
    }
    if let Some(attribution) = reader.word(root, "quotations", ATTRIBUTIONS) {
        kind_keys.quotations = attribution.value;
    }
    if let Some(mark) = reader.word(root, "end_mark", END_MARKS) {
        kind_keys.end_mark = mark.value;
    }
    for table in tables(reader, root, "contact") {
        reader.only(
            table,
            "[[contact]]",
            &["name", "title", "organization", "email", "phone"],
        );
        kind_keys.contacts.push(PressContact {
            name: reader.line(table, "name"),
            title: reader.line(table, "title"),
            organization: reader.line(table, "organization"),
            email: reader.string(table, "email").map(|email| email.value),
            phone: reader.string(table, "phone").map(|phone| phone.value),
        });
    }
    for table in tables(reader, root, "media") {
        kind_keys.media.extend(media(reader, root, table));
    }
    for table in tables(reader, root, "logos") {
        reader.only(table, "[[logos]]", &["name", "file"]);
        let (name, file) = (reader.string(table, "name"), reader.string(table, "file"));
        if let (Some(name), Some(file)) = (name, file) {
            let image = Image {
                path: file.value,
                alt: name.value.clone(),
                origin: file.origin,
                picture: None,
            };
            kind_keys.logos.push(Logo { name, image });
        } else if let Some(value) = get(root, "logos") {
            let origin = reader.origin(value.span());
            reader.missing(
                "name and file",
                origin,
                "name = \"...\" and file = \"logo.svg\" in each [[logos]]",
            );
        }
    }
    if let Some(table) = reader.table(root, "call") {
        kind_keys.call = call(reader, root, table);
    }
    let boilerplate = reader.strings(root, "boilerplate").unwrap_or_default();
    (kind_keys, boilerplate)
}

/// Reads what the press may use. A picture needs words for those who do not see it; without
/// a picture, there must be a link to one.
fn media(reader: &mut TomlReader<'_>, root: &DeTable<'_>, table: &DeTable<'_>) -> Option<PressMedia> {
    reader.only(
        table,
        "[[media]]",
        &["kind", "file", "alt", "link", "caption", "credit"],
    );
    let kind = reader.word(table, "kind", MEDIA_KINDS).map(|kind| kind.value);
    let (file, link) = (reader.string(table, "file"), reader.string(table, "link"));
    let alt = reader.string(table, "alt").map(|alt| alt.value);
    let alt = alt.filter(|alt| !alt.trim().is_empty());
    if let Some(link) = &link
        && !link.value.starts_with("https://")
        && !link.value.starts_with("http://")
    {
        reader.diagnostics.push(
            Diagnostic::error(Code::BadValue, format!("`{}` is not a web address", link.value))
                .at(link.origin)
                .hint("write the whole address, with https://"),
        );
        return None;
    }
    let file = match (file, alt) {
        (None, _) if link.is_none() => {
            let origin = reader.origin(get(root, "media")?.span());
            reader.missing(
                "file",
                origin,
                "file = \"photo.jpg\" in each [[media]], or link = \"https://...\"",
            );
            return None;
        }
        (None, _) => None,
        (Some(file), None) => {
            reader.missing(
                "alt",
                file.origin,
                "alt = \"...\", what the picture shows, for those who do not see it",
            );
            return None;
        }
        (Some(file), Some(alt)) => Some(Image {
            path: file.value,
            alt,
            origin: file.origin,
            picture: None,
        }),
    };
    Some(PressMedia {
        kind: kind.unwrap_or_default(),
        file,
        link,
        caption: reader.line(table, "caption"),
        credit: reader.line(table, "credit"),
    })
}

/// Reports keys that mean something, but not in this kind.
fn misplaced(reader: &mut TomlReader<'_>, root: &DeTable<'_>, kind: DocumentKind) {
    for (key, kinds) in KINDS {
        let Some((written, _)) = root.get_key_value(*key).filter(|_| !kinds.contains(&kind)) else {
            continue;
        };
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
        let message = format!("`{key}` does not apply to a {}", kind.as_str());
        let origin = reader.origin(written.span());
        reader.diagnostics.push(
            Diagnostic::warning(Code::UnknownKey, message)
                .at(origin)
                .hint(format!("use it only in: {}", kinds.join(", "))),
        );
    }
}

fn picture(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Option<Image> {
    let alt = reader.string(root, "picture_alt");
    let path = reader.string(root, "picture")?;
    Some(Image {
        path: path.value,
        alt: alt.map(|alt| alt.value).unwrap_or_default(),
        origin: path.origin,
        picture: None,
    })
}

fn call(reader: &mut TomlReader<'_>, root: &DeTable<'_>, table: &DeTable<'_>) -> Option<CallSetting> {
    reader.only(table, "[call]", &["heading", "text", "link", "label", "code"]);
    let link = reader.string(table, "link");
    let Some(link) = link else {
        if let Some(value) = get(root, "call") {
            let origin = reader.origin(value.span());
            reader.missing(
                "link",
                origin,
                "link = \"https://...\" in [call], the page where people sign",
            );
        }
        return None;
    };
    if !link.value.starts_with("https://") && !link.value.starts_with("http://") {
        reader.diagnostics.push(
            Diagnostic::error(Code::BadValue, format!("`{}` is not a web address", link.value))
                .at(link.origin)
                .hint("write the whole address, with https://"),
        );
    }
    Some(CallSetting {
        heading: reader.line(table, "heading"),
        text: reader.line(table, "text"),
        link,
        label: reader.line(table, "label"),
        code: reader.boolean(table, "code").unwrap_or(true),
    })
}

/// The time zones of data/time_zones.toml, by the season in which a name is in force.
#[derive(Debug, Deserialize)]
struct TimeZones {
    any: Vec<String>,
    standard: Vec<String>,
    daylight: Vec<String>,
}

static TIME_ZONES: LazyLock<TimeZones> = LazyLock::new(|| word_list!("time_zones"));

impl TimeZones {
    /// Returns every name of a zone, and the season in which it is in force.
    fn all(&self) -> impl Iterator<Item = (&str, Season)> {
        let any = self.any.iter().map(|name| (name, Season::Any));
        let standard = self.standard.iter().map(|name| (name, Season::Standard));
        let daylight = self.daylight.iter().map(|name| (name, Season::Daylight));
        let all = any.chain(standard).chain(daylight);
        all.map(|(name, season)| (name.as_str(), season))
    }
}

/// The part of the year in which a zone's name is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Season {
    Any,
    Standard,
    Daylight,
}

fn embargo(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Option<Embargo> {
    const EXPECTED: &str = "a date, a time, and a time zone: \"2021-03-01 10:00 EST\"";
    let value = get(root, "embargo")?;
    let origin = reader.origin(value.span());
    let Some(text) = value.get_ref().as_str() else {
        reader.wrong("embargo", value, EXPECTED);
        return None;
    };
    let Some((until, zone)) = read_embargo(text) else {
        reader.wrong("embargo", value, EXPECTED);
        return None;
    };
    let Some((zone, season)) = TIME_ZONES.all().find(|(known, _)| known.eq_ignore_ascii_case(zone)) else {
        let known: Vec<&str> = TIME_ZONES.all().map(|(zone, _)| zone).collect();
        reader.diagnostics.push(
            Diagnostic::error(Code::BadDate, format!("time zone `{zone}` is not recognized"))
                .at(origin)
                .hint(format!("use one of {}", known.join(", "))),
        );
        return None;
    };
    let daylight = is_daylight(until.date());
    if matches!((season, daylight), (Season::Standard, true) | (Season::Daylight, false)) {
        let time = if daylight { "daylight time" } else { "standard time" };
        let general = zone.replace(['S', 'D'], "");
        let message = format!("{} falls in {time}, so {zone} does not apply", until.date());
        reader.diagnostics.push(
            Diagnostic::warning(Code::BadDate, message)
                .at(origin)
                .hint(format!("write {general}, which is correct all year")),
        );
    }
    Some(Embargo {
        until,
        zone: zone.to_owned(),
        origin,
    })
}

/// Reads "2021-03-01 10:00 EST".
fn read_embargo(text: &str) -> Option<(DateTime, &str)> {
    let (moment, zone) = text.trim().rsplit_once(' ')?;
    let (day, time) = moment.trim().split_once([' ', 'T'])?;
    let (hour, minute) = time.trim().split_once(':')?;
    let date: Date = day.parse().ok()?;
    let number = |digits: &str| digits.parse::<i8>().ok().filter(|_| digits.len() <= 2);
    let time = jiff::civil::Time::new(number(hour)?, number(minute)?, 0, 0).ok()?;
    Some((DateTime::from_parts(date, time), zone))
}

/// Returns whether daylight time is in force in the United States on a day: from the
/// second Sunday in March to the first in November (15 U.S.C. 260a).
fn is_daylight(day: Date) -> bool {
    let begins = Date::new(day.year(), 3, 1).and_then(|first| first.nth_weekday_of_month(2, Weekday::Sunday));
    let ends = Date::new(day.year(), 11, 1).and_then(|first| first.nth_weekday_of_month(1, Weekday::Sunday));
    matches!((begins, ends), (Ok(begins), Ok(ends)) if begins <= day && day < ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embargo_is_a_day_a_time_and_a_zone() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let found = read_embargo(text).map(|(until, zone)| (until.to_string(), zone.to_owned()));
            let expected = expected.map(|(until, zone)| (until.to_owned(), zone.to_owned()));
            assert_eq!(found, expected, "{text}");
        };
        check("2021-03-01 10:00 EST", Some(("2021-03-01T10:00:00", "EST")));
        check("2021-03-01T9:05  et", Some(("2021-03-01T09:05:00", "et")));
        check("2021-03-01 10:00", None);
        check("2021-03-01 25:00 EST", None);
        check("2021-02-30 10:00 EST", None);
        check("EST", None);
    }

    #[test]
    fn daylight_time_is_from_march_to_november() {
        let check = |month, day, expected| assert_eq!(is_daylight(Date::constant(2021, month, day)), expected);
        check(3, 13, false);
        check(3, 14, true);
        check(11, 6, true);
        check(11, 7, false);
        check(1, 1, false);
    }
}
