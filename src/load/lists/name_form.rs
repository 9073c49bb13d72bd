//! Mends what is only form in a name: numbering, bullets, boxes, quotation marks, commas at
//! the end, marks of Markdown, tabs, and "(national)".
//!
//! In: a cell of names as typed, and cleaned. Out: the name, with the level, state and web
//! page that stood beside it. Guaranteed: a number, a sign or a bracket is taken away only
//! where it cannot be part of a name ("350.org", "24/7 Care", "5 Gyres" stay); what is
//! mended is told. Absent: remarks, which a person must answer about.

use super::headers;
use crate::diag::{Code, Diagnostic, Severity};
use crate::load::diagnostics::Diagnostics;
use crate::model::signatory::{Column, Level, Record};
use crate::source::Origin;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Signs that begin a line of a list. The hyphen and the dashes also without a space.
const BULLETS: &[char] = &[
    '•', '·', '▪', '▫', '◦', '‣', '∙', '●', '○', '■', '◆', '◇', '►', '▶', '➢', '➤', '✓', '✔', '☑', '✅', '🟢', '👍',
    '§', '*', '+', '-', '–', '—', '>', '\u{f0b7}', '\u{f0a7}',
];

/// Signs behind a name that say yes, and nothing of it.
const TICKS: &[char] = &['✓', '✔', '☑', '✅', '🟢', '👍', '\u{fe0f}'];

/// Boxes that nobody ticked.
const EMPTY: [&str; 3] = ["☐", "□", "[ ]"];

/// A box with a cross, which word processors draw for a tick.
const CROSSED: &str = "☒";

/// Boxes that somebody ticked.
const TICKED: [&str; 7] = ["☑", "✓", "✔", "✅", "[x]", "[X]", "🟢"];

/// How many names begin with a box of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Boxes {
    names: usize,
    empty: usize,
    ticked: usize,
}

impl Boxes {
    /// Looks at a name as typed.
    pub(super) fn see(&mut self, raw: &str) {
        let raw = raw.trim_start();
        self.names += usize::from(!raw.is_empty());
        // Nearly no name begins with one.
        if raw.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return;
        }
        let begins = |signs: &[&str]| signs.iter().any(|sign| raw.starts_with(sign));
        self.empty += usize::from(begins(&EMPTY));
        self.ticked += usize::from(begins(&TICKED));
    }

    /// Returns whether an empty box is a bullet: every name has one. Beside names without, it
    /// is an answer that nobody gave.
    fn are_bullets(self) -> bool {
        self.empty == self.names
    }

    /// Returns whether a box with a cross is a tick: no name has another.
    fn cross_ticks(self) -> bool {
        self.ticked == 0
    }
}

/// Words after a number that make it part of the name: "1. FC Taos".
const CLUBS: [&str; 6] = ["FC ", "SC ", "VC ", "HC ", "SV ", "TSV "];

/// Names and abbreviations of states.
static STATES: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let states: BTreeMap<String, BTreeMap<String, String>> = word_list!("states");
    let names = states
        .iter()
        .flat_map(|(code, names)| std::iter::once(code).chain(names.values()));
    names.cloned().collect()
});

/// A name without what is only form.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Mended<'a> {
    name: Cow<'a, str>,
    level: Option<Level>,
    state: Option<String>,
    url: Option<String>,
}

/// Mends the name of a record, given the cell as typed, and says so.
pub(super) fn mend_record(
    record: &mut Record,
    raw: &str,
    boxes: Boxes,
    place: impl FnOnce() -> Origin,
    diagnostics: &mut Diagnostics,
) {
    if is_plain(raw) {
        return;
    }
    let name = record.name.clone();
    let mended = mend(raw, &name, boxes);
    if *mended.name == *name || mended.name.is_empty() {
        return;
    }
    diagnostics.say(Severity::Note, Code::NameForm, || {
        let message = format!("`{name}` is read as `{}`", mended.name);
        Diagnostic::note(Code::NameForm, message).at(place())
    });
    record.level = record.level.or(mended.level);
    for (column, value) in [(Column::State, &mended.state), (Column::Url, &mended.url)] {
        if let Some(value) = value
            && record.get(column).is_none()
        {
            record.set(column, value);
        }
    }
    record.ends_in_comma = name.trim_end().ends_with(',');
    record.name = mended.name.into();
    record.typed = Some(name);
}

/// Returns whether nothing in a cell could be form: nearly all names.
fn is_plain(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic() && *byte != b'o');
    let end = bytes
        .last()
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.');
    letter(bytes.first()) && end && memchr::memchr(b'\t', bytes).is_none()
}

/// Returns whether a line with tabs, also given with spaces for them, is mended into a name.
pub(super) fn is_mended_into(tabbed: &str, spaced: &str, name: &str, boxes: Boxes) -> bool {
    mend(tabbed, spaced, boxes).name == name
}

fn mend<'a>(raw: &str, cleaned: &'a str, boxes: Boxes) -> Mended<'a> {
    let mut mended = Mended {
        name: Cow::Borrowed(cleaned),
        ..Mended::default()
    };
    if raw.trim().contains('\t') {
        parted(raw, &mut mended);
    }
    // "1. • **Name**," has several. Each round makes the name shorter, or is the last.
    loop {
        let before = mended.name.clone();
        let name = without_end(without_bullet(without_box(without_number(&before), boxes)));
        let name = unwrapped(name);
        let (name, url) = unlinked(name);
        let (name, level, state) = unlevelled(name);
        let same = name == before;
        mended.name = Cow::Owned(name.to_owned());
        mended.url = mended.url.or(url);
        mended.level = mended.level.or(level);
        mended.state = mended.state.or(state);
        if same {
            break;
        }
    }
    mended
}

/// Takes a cell apart at its tabs: a bullet, the name, a state.
fn parted(raw: &str, mended: &mut Mended<'_>) {
    let parts = raw.split('\t').map(str::trim).filter(|part| !part.is_empty());
    let mut parts: Vec<&str> = parts.collect();
    let is_sign = |part: &str| {
        part.chars()
            .all(|c| BULLETS.contains(&c) || c.is_ascii_digit() || matches!(c, '.' | ')' | '('))
            || part == "o"
    };
    while parts.len() > 1 && is_sign(parts[0]) {
        parts.remove(0);
    }
    if parts.len() > 1
        && let Some(state) = parts.pop_if(|last| STATES.contains(*last))
    {
        mended.state = Some(state.to_owned());
    }
    let words: Vec<&str> = parts.iter().flat_map(|part| part.split_whitespace()).collect();
    mended.name = Cow::Owned(words.join(" "));
}

/// "1. Name", "12) Name", "(3) Name", "#4 Name".
fn without_number(name: &str) -> &str {
    let open = name.strip_prefix(['(', '#']);
    let rest = open.unwrap_or(name);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 {
        return name;
    }
    let after = &rest[digits..];
    let after = match (after.strip_prefix(['.', ')']), name.starts_with('#')) {
        (Some(after), false) => after,
        (None, true) => after,
        _ => return name,
    };
    let kept = after.trim_start();
    let apart = kept.len() < after.len();
    let names = kept.starts_with(|c: char| c.is_alphabetic() || "\"“*_[".contains(c));
    if apart && names && !CLUBS.iter().any(|club| kept.starts_with(club)) {
        kept
    } else {
        name
    }
}

/// "☐ Name", where it is a bullet, and "☒ Name", where it is a tick.
fn without_box(name: &str, boxes: Boxes) -> &str {
    let bullets = EMPTY.iter().filter(|_| boxes.are_bullets());
    let ticks = std::iter::once(&CROSSED).filter(|_| boxes.cross_ticks());
    let rest = bullets.chain(ticks).find_map(|sign| name.strip_prefix(sign));
    rest.map_or(name, |rest| rest.trim_start_matches(['\u{fe0f}', '\u{a0}', ' ']))
}

/// "• Name", "- Name", "o Name", `[x] Name`.
fn without_bullet(name: &str) -> &str {
    for tick in ["[x] ", "[X] ", "o "] {
        if let Some(rest) = name.strip_prefix(tick)
            && rest.starts_with(char::is_uppercase)
        {
            return rest;
        }
    }
    let mut chars = name.chars();
    let Some(first) = chars.next().filter(|first| BULLETS.contains(first)) else {
        return name;
    };
    let rest = chars.as_str().trim_start_matches('\u{fe0f}');
    let close = !matches!(first, '*' | '+' | '>' | '§') && rest.starts_with(char::is_alphabetic);
    if rest.starts_with([' ', '\u{a0}', '\t']) || close {
        rest.trim_start()
    } else {
        name
    }
}

/// "Name,", "Name;".
fn without_end(name: &str) -> &str {
    let name = name.trim();
    let last = name.rsplit(' ').next().unwrap_or_default();
    // The semicolon of "R&amp;" is an entity's.
    let entity = last.contains('&') && last.ends_with(';');
    if entity {
        name
    } else {
        name.trim_end_matches([',', ';', ' '])
            .trim_end_matches(TICKS)
            .trim_end()
            .trim_start_matches([',', ';', ' '])
    }
}

/// "“Name”", "**Name**", "_Name_".
fn unwrapped(name: &str) -> &str {
    for (open, close) in [
        ("\"", "\""),
        ("“", "”"),
        ("„", "“"),
        ("«", "»"),
        ("'", "'"),
        ("‘", "’"),
        ("`", "`"),
        ("**", "**"),
        ("__", "__"),
        ("*", "*"),
        ("_", "_"),
    ] {
        if let Some(inner) = name.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
            && !inner.is_empty()
            && !inner.contains(open)
            && !inner.contains(close)
        {
            return inner.trim();
        }
    }
    name
}

/// "[Name](https://...)".
fn unlinked(name: &str) -> (&str, Option<String>) {
    let link = || {
        let (text, url) = name.strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
        (url.starts_with("http") && !url.contains(' ') && !text.trim().is_empty())
            .then(|| (text.trim(), Some(url.to_owned())))
    };
    link().unwrap_or((name, None))
}

/// "Name (national)", "Name (local, VA)".
fn unlevelled(name: &str) -> (&str, Option<Level>, Option<String>) {
    let level = || {
        let (before, inner) = name.strip_suffix(')')?.rsplit_once('(')?;
        let (word, state) = match inner.split_once(',') {
            Some((word, state)) => (word, Some(state.trim()).filter(|state| STATES.contains(*state))?),
            None => (inner, ""),
        };
        // "(National)" may be part of a name.
        let lower = word.chars().all(char::is_lowercase);
        let level = headers::level(word).filter(|_| lower && !before.trim().is_empty())?;
        let state = (!state.is_empty()).then(|| state.to_owned());
        Some((before.trim_end(), Some(level), state))
    };
    level().unwrap_or((name, None, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &str) {
        let cleaned = crate::load::clean::cell(raw).text.into_owned();
        let name = if is_plain(raw) {
            cleaned.clone()
        } else {
            mend(raw, &cleaned, Boxes::default()).name.into_owned()
        };
        assert_eq!(name, expected, "{raw}");
    }

    #[test]
    fn form_is_taken_away() {
        for raw in [
            "1. Harwell Village",
            "12) Harwell Village",
            "(3) Harwell Village",
            "1.\tHarwell Village",
            "1\tHarwell Village",
            "#4 Harwell Village",
            "• Harwell Village",
            "- Harwell Village",
            "-Harwell Village",
            "– Harwell Village",
            "* Harwell Village",
            "o Harwell Village",
            "o\tHarwell Village",
            "•\tHarwell Village\tNebraska",
            "Harwell Village\tOH",
            "[x] Harwell Village",
            "\"Harwell Village\"",
            "“Harwell Village”",
            "Harwell Village,",
            "Harwell Village;",
            "**Harwell Village**",
            "_Harwell Village_",
            "[Harwell Village](https://harwell.example)",
            "1. **Harwell Village**,",
            "Harwell Village (national)",
            "Harwell Village (local, VA)",
            "§ Harwell Village",
        ] {
            check(raw, "Harwell Village");
        }
    }

    #[test]
    fn names_stay() {
        for name in [
            "350.org",
            "24/7 Care Alliance",
            "5 Gyres",
            "9to5",
            "100 Black Men",
            "1199SEIU",
            "1. FC Taos",
            "Harwell Village (Ohio)",
            "Harwell, Inc.",
            "\"We\" and \"They\"",
            "\"Alpha Renters, Inc.\",Beta Homes",
            "ollas Comunes",
            "o2 Alliance",
            "Harwell Village (NAACP)",
            "Harwell Village (National)",
            "R&amp;",
            "#CloseTheCamp",
            "~~Harwell~~",
            "[DO NOT LIST] Elm House",
            "*",
            "--",
        ] {
            check(name, name);
        }
    }

    #[test]
    fn what_stood_beside_the_name_is_kept() {
        let raw = "•\tHarwell Village (local, VA)";
        let cleaned = crate::load::clean::cell(raw).text.into_owned();
        let mended = mend(raw, &cleaned, Boxes::default());
        assert_eq!(
            (mended.level, mended.state.as_deref()),
            (Some(Level::Local), Some("VA"))
        );
        assert_eq!(
            mend("A\tOhio", "A Ohio", Boxes::default()).state.as_deref(),
            Some("Ohio")
        );
        assert_eq!(
            mend("[A B](https://a.example)", "[A B](https://a.example)", Boxes::default())
                .url
                .as_deref(),
            Some("https://a.example")
        );
    }

    #[test]
    fn an_empty_box_is_a_bullet_only_where_every_name_has_one() {
        let read = |names: &[&str]| -> Vec<String> {
            let mut boxes = Boxes::default();
            names.iter().for_each(|name| boxes.see(name));
            let read = names.iter().map(|name| mend(name, name, boxes).name.into_owned());
            read.collect()
        };
        assert_eq!(read(&["☐ Elm House", "☐ Oak Union"]), ["Elm House", "Oak Union"]);
        assert_eq!(read(&["☐ Elm House", "☑ Oak Union"]), ["☐ Elm House", "Oak Union"]);
        assert_eq!(
            read(&["[ ] Elm House", "[x] Oak Union"]),
            ["[ ] Elm House", "Oak Union"]
        );
        assert_eq!(read(&["□ Elm House", "Oak Union"]), ["□ Elm House", "Oak Union"]);
        // Word draws a tick as a cross.
        assert_eq!(read(&["☐ Elm House", "☒ Oak Union"]), ["☐ Elm House", "Oak Union"]);
        assert_eq!(read(&["☒ Elm House", "☑ Oak Union"]), ["☒ Elm House", "Oak Union"]);
    }
}
