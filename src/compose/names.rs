//! House style of printed names.
//!
//! In: a name as it was resolved, and `[roll.names]`. Out: the name as printed.
//! Guaranteed: only the looks change; whoever the normalised name stood for, the
//! printed one stands for; the list keeps what was typed. Absent: choosing among
//! spellings (that is `resolve::canonical`'s).

use crate::model::letter::{Conjunction, NameSetting};
use crate::resolve::normalize::Name;
use std::borrow::Cow;

/// Returns the name in house style.
pub(super) fn styled<'a>(name: &'a str, style: &NameSetting) -> Cow<'a, str> {
    let mut name = Cow::Borrowed(name);
    if style.drop_acronym {
        set(&mut name, without_acronym);
    }
    if style.drop_legal_form {
        set(&mut name, without_legal_form);
    }
    if style.drop_the {
        set(&mut name, without_the);
        set_owned(&mut name, without_the_at_end);
    }
    match style.conjunction {
        Conjunction::AsSigned => {}
        Conjunction::Word => replace(&mut name, " & ", " and "),
        Conjunction::Sign => replace(&mut name, " and ", " & "),
    }
    name
}

fn set(name: &mut Cow<'_, str>, shorten: fn(&str) -> Option<&str>) {
    if let Some(short) = shorten(name) {
        *name = Cow::Owned(short.to_owned());
    }
}

fn set_owned(name: &mut Cow<'_, str>, shorten: fn(&str) -> Option<String>) {
    if let Some(short) = shorten(name) {
        *name = Cow::Owned(short);
    }
}

fn replace(name: &mut Cow<'_, str>, from: &str, to: &str) {
    if name.contains(from) {
        *name = Cow::Owned(name.replace(from, to));
    }
}

/// Words of the longest legal form: "a public benefit corporation".
const LONGEST_FORM: usize = 4;

/// The name without the legal form at its end, if it has one: what is cut off must
/// be a legal form and nothing else by the same reading that tells names apart.
fn without_legal_form(name: &str) -> Option<&str> {
    let full = Name::new(name);
    let mut short = name.trim_end();
    for _ in 0..LONGEST_FORM {
        short = short[..short.rfind(char::is_whitespace)?].trim_end();
        let rest = short.trim_end_matches(',').trim_end();
        let cut = Name::new(rest);
        if cut.is_empty() || cut.key() != full.key() {
            continue;
        }
        if cut.legal != full.legal && cut.acronyms == full.acronyms {
            return Some(rest);
        }
    }
    None
}

/// The name without the acronym in brackets at its end, if the words before it are
/// what it abbreviates.
fn without_acronym(name: &str) -> Option<&str> {
    let inner = name.trim_end().strip_suffix(')')?;
    let (rest, acronym) = inner.rsplit_once('(')?;
    let rest = rest.trim_end();
    let (full, cut) = (Name::new(name), Name::new(rest));
    let is_acronym = acronym.chars().filter(|c| c.is_uppercase()).count() >= 2;
    (is_acronym && !cut.is_empty() && cut.key() == full.key() && cut.acronyms != full.acronyms).then_some(rest)
}

/// The name without "The" at its beginning, if more than a word is left.
fn without_the(name: &str) -> Option<&str> {
    let rest = name
        .strip_prefix("The ")
        .or_else(|| name.strip_prefix("THE "))?
        .trim_start();
    rest.contains(char::is_whitespace).then_some(rest)
}

/// The name without ", The" at its end; if a single word is left, with "The" before it.
fn without_the_at_end(name: &str) -> Option<String> {
    let rest = name
        .trim_end()
        .strip_suffix(", The")
        .or(name.strip_suffix(", THE"))?
        .trim_end();
    match rest.contains(char::is_whitespace) {
        true => Some(rest.to_owned()),
        false if rest.is_empty() => None,
        false => Some(format!("The {rest}")),
    }
}

/// Returns a text of a list with the apostrophes, quotation marks and dashes of print.
/// What was typed may mean something else after a digit (feet, inches), and is left.
pub fn typeset(text: &str) -> Cow<'_, str> {
    if !text.contains(['\'', '`', '´', '"', '-']) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or(' ');
    let pairs = chars.iter().filter(|c| **c == '"').count() % 2 == 0;
    let mut out = String::with_capacity(text.len() + 8);
    let mut index = 0;
    while let Some(&c) = chars.get(index) {
        let (before, after) = (if index == 0 { ' ' } else { at(index - 1) }, at(index + 1));
        let opens = before.is_whitespace() || matches!(before, '(' | '[' | '/' | '-' | '“');
        let mut width = 1;
        match c {
            '\'' | '`' | '´' if before.is_alphanumeric() && after.is_alphabetic() => out.push('’'),
            '\'' if before.is_alphabetic() || matches!(before, '.' | '!' | '?') => out.push('’'),
            '\'' if opens && is_quotation(&chars[index + 1..]) => out.push('‘'),
            '\'' if opens && after.is_alphanumeric() => out.push('’'),
            '"' if pairs && opens => out.push('“'),
            '"' if pairs => out.push('”'),
            '-' if before.is_whitespace() && index > 0 => {
                width = chars[index..].iter().take_while(|c| **c == '-').count();
                let is_dash = width < 4 && at(index + width).is_whitespace() && index + width < chars.len();
                match is_dash {
                    true => out.push('–'),
                    false => out.extend(std::iter::repeat_n('-', width)),
                }
            }
            c => out.push(c),
        }
        index += width;
    }
    Cow::Owned(out)
}

/// Returns whether a single mark before these characters opens a quotation: another one
/// closes it, which is not the apostrophe of "Workers'".
fn is_quotation(rest: &[char]) -> bool {
    let mut ends = rest
        .iter()
        .enumerate()
        .filter(|(at, c)| **c == '\'' && *at > 0 && !rest.get(at + 1).is_some_and(|after| after.is_alphanumeric()));
    ends.next()
        .is_some_and(|(at, _)| !matches!(rest[at - 1], 's' | 'S' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: NameSetting = NameSetting {
        conjunction: Conjunction::Word,
        drop_the: true,
        drop_legal_form: true,
        drop_acronym: true,
    };

    #[test]
    fn house_style_changes_looks() {
        let check = |name: &str, expected: &str| assert_eq!(styled(name, &PLAIN), expected);
        check("The Advocates for Human Rights", "Advocates for Human Rights");
        check(
            "Center for Gender & Refugee Studies, Inc.",
            "Center for Gender and Refugee Studies",
        );
        check("Latin America Working Group (LAWG)", "Latin America Working Group");
        check("Harbor Workers Center LLC", "Harbor Workers Center");
        check("POWER Live Free Immigration Group", "POWER Live Free Immigration Group");
        // Not legal forms, not acronyms of what stands before them.
        check("Mercy Action Fund", "Mercy Action Fund");
        check("Legal Aid Society (Ohio)", "Legal Aid Society (Ohio)");
        check("The Nation", "The Nation");
        check("Center for Shelter Law, The", "Center for Shelter Law");
        check("Nation, The", "The Nation");
        check("Inc.", "Inc.");
        check("", "");
    }

    #[test]
    fn the_default_is_as_signed() {
        for name in ["The A & B Group, Inc. (ABG)", "x and y"] {
            assert!(matches!(styled(name, &NameSetting::default()), Cow::Borrowed(same) if same == name));
        }
        let sign = NameSetting {
            conjunction: Conjunction::Sign,
            ..NameSetting::default()
        };
        assert_eq!(styled("Service and Education", &sign), "Service & Education");
    }

    #[test]
    fn apostrophes_quotation_marks_and_dashes_are_those_of_print() {
        let check = |name: &str, expected: &str| {
            assert_eq!(typeset(name), expected);
            assert_eq!(typeset(expected), expected, "it changes nothing twice");
            assert_eq!(Name::new(expected).key(), Name::new(name).key(), "{name}");
        };
        check("Women's Aid", "Women’s Aid");
        check("Workers' Center of Ohio", "Workers’ Center of Ohio");
        check("The Workers'", "The Workers’");
        check("Margaret O'Donnell", "Margaret O’Donnell");
        check("'Ohana Workers' Center", "’Ohana Workers’ Center");
        check("Friends of 'Hope House'", "Friends of ‘Hope House’");
        check("The \"Lantern\" House", "The “Lantern” House");
        check("Aldea - The People's Center", "Aldea – The People’s Center");
        check("Aldea -- The Center", "Aldea – The Center");
        check("Pro-Choice Ohio", "Pro-Choice Ohio");
        check("Class of '68", "Class of ’68");
        check("The 5' Club", "The 5' Club");
        check("6\" Pipe Fitters", "6\" Pipe Fitters");
        check("Already “set” – and here’s", "Already “set” – and here’s");
        check("Plain name", "Plain name");
        assert_eq!(typeset("Women`s Aid"), "Women’s Aid");
    }

    #[test]
    fn the_printed_name_stands_for_the_same_body() {
        for name in [
            "The A & B Group, Inc. (ABG)",
            "Corazón Latino, A.C.",
            "Sisters of Mercy of the Americas - Justice Team",
        ] {
            let printed = styled(name, &PLAIN);
            assert_eq!(
                Name::new(&printed).key(),
                Name::new(name).key(),
                "{name} is printed as {printed}"
            );
        }
    }
}
