//! Web and email addresses that stand in a text as they are.
//!
//! In: a text and a place in it. Out: how far the address there reaches, and what it leads
//! to. Guaranteed: signs that end a sentence, and a parenthesis that closes one opened before
//! the address, are no part of it. Absent: addresses in angle brackets and in code, which
//! Markdown reads itself.
//!
//! Source: GitHub Flavored Markdown, section 6.9, "Autolinks (extension)", with fewer signs
//! allowed: quotation marks, brackets and braces end an address.

use std::ops::Range;

/// Longest part of an email address before the @, in bytes (RFC 5321, section 4.5.3.1.1).
const LOCAL: usize = 64;

/// Longest address that becomes a link, in bytes. Browsers take no more.
const LONGEST: usize = 2048;

/// Returns the range of the web address that begins at a byte.
pub(super) fn web(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '<' | '/' | '@' | '.' | '-' | '_' | ':')) {
        return None;
    }
    let rest = &text[at..];
    let starts = |prefix: &str| {
        let head = rest.get(..prefix.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    let scheme = ["https://", "http://", "www."]
        .into_iter()
        .find(|prefix| starts(prefix))?;
    let mut end = rest.find(ends_address).unwrap_or(rest.len());
    if let Some(kept) = trimmed(&rest[..end.min(floor(rest, LONGEST))]) {
        end = kept;
    }
    let host = &rest[scheme.len()..end.max(scheme.len())];
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
    (end > scheme.len() && is_domain(host, usize::from(scheme != "www."))).then_some(at..at + end)
}

/// Returns the range of the email address around an @. It begins at `floor` or later.
pub(super) fn mail(text: &str, at: usize, floor: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b".+_-'".contains(byte);
    let least = floor.max(at.saturating_sub(LOCAL));
    let local = bytes[least..at].iter().rev().take_while(|byte| is_local(byte)).count();
    let start = at - local;
    let lead = bytes[start..at]
        .iter()
        .take_while(|byte| !byte.is_ascii_alphanumeric())
        .count();
    let start = start + lead;
    let before = text.get(..start)?.chars().next_back();
    if start == at || before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '<' | '/' | ':' | '@')) {
        return None;
    }
    let domain = &text[at + 1..];
    let end = domain.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')));
    let domain = domain[..end.unwrap_or(domain.len())].trim_end_matches(['.', '-', '_']);
    let after = text[at + 1 + domain.len()..].chars().next();
    (is_domain(domain, 1) && after != Some('@')).then(|| start..at + 1 + domain.len())
}

/// Returns what an address leads to.
pub(super) fn target(address: &str) -> String {
    let is_web = |prefix: &str| {
        address
            .get(..prefix.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    if is_web("http://") || is_web("https://") {
        address.to_owned()
    } else if is_web("www.") {
        format!("https://{address}")
    } else {
        format!("mailto:{address}")
    }
}

fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '{' | '}' | '^' | '[' | ']')
        || matches!(c, '“' | '”' | '‘' | '’' | '«' | '»' | '„' | '—')
}

/// Returns the length of an address without the signs that end a sentence.
fn trimmed(address: &str) -> Option<usize> {
    let mut open = address.matches('(').count();
    let mut close = address.matches(')').count();
    let mut end = address.len();
    for c in address.chars().rev() {
        match c {
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' => {}
            ')' if close > open => close -= 1,
            '(' if open > close => open -= 1,
            _ => break,
        }
        end -= c.len_utf8();
    }
    (end > 0).then_some(end)
}

/// Returns true for a host of at least `dots` stops, without empty parts.
fn is_domain(host: &str, dots: usize) -> bool {
    let fine = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let parts: Vec<&str> = host.split('.').collect();
    let last = parts.last().copied().unwrap_or_default();
    parts.len() > dots && parts.iter().all(|part| fine(part)) && last.chars().any(char::is_alphabetic)
}

/// Returns the greatest place up to `at` that lies between characters.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_before_what_ends_the_sentence() {
        let check = |text: &str, expected: Option<&str>| {
            let at = text
                .find("http")
                .or_else(|| text.find("www"))
                .or_else(|| text.find("HTTP"))
                .unwrap();
            let found = web(text, at).map(|range| &text[range]);
            assert_eq!(found, expected, "{text}");
        };
        check("see https://a.example/b_c.", Some("https://a.example/b_c"));
        check(
            "(https://a.example/path_(x)?a=b&c=d#frag)",
            Some("https://a.example/path_(x)?a=b&c=d#frag"),
        );
        check("“https://a.example/x--y”, and", Some("https://a.example/x--y"));
        check("**https://a.example**", Some("https://a.example"));
        check("www.a.example/x, www.b.example", Some("www.a.example/x"));
        check("HTTPS://A.example", Some("HTTPS://A.example"));
        check("https://localhost/x", None);
        check("https://", None);
        check("http://.", None);
        check("xhttps://a.example", None);
        check("<https://a.example>", None);
        check("www.", None);
    }

    #[test]
    fn mail_has_a_name_and_a_domain() {
        let check = |text: &str, expected: Option<&str>| {
            let found = mail(text, text.find('@').unwrap(), 0).map(|range| &text[range]);
            assert_eq!(found, expected, "{text}");
        };
        check("Write to robin.e+x@example.org.", Some("robin.e+x@example.org"));
        check("(a@b.example)", Some("a@b.example"));
        check("@robin", None);
        check("a@b", None);
        check("a @ b.example", None);
        check("<a@b.example>", None);
        check("a@b.1", None);
        check("mailto:a@b.example", None);
        check("_a@b.example_", Some("a@b.example"));
    }

    #[test]
    fn what_an_address_leads_to() {
        assert_eq!(target("www.a.example"), "https://www.a.example");
        assert_eq!(target("a@b.example"), "mailto:a@b.example");
        assert_eq!(target("http://a.example"), "http://a.example");
    }
}
