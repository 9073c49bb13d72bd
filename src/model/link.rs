//! Where a link may lead, in every format.
//!
//! In: an address as the author wrote it. Out: the same, if it is harmless: a web
//! page, mail, a telephone, or a place on the page itself; or what is wrong with it.
//! Guaranteed: an address that some program would read as a path, a share of the network,
//! a script, or a file to run is none of these.
//!
//! Source: WHATWG URL, 4.4, for what browsers make of backslashes and of white space.

/// Schemes that a link may have. Browsers no longer open ftp.
pub const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Writes a text as a part of an address: bytes other than letters, figures, `-._~`, and those
/// of `kept` are percent-encoded.
///
/// Source: RFC 3986, 2.3, for what is not reserved.
pub fn encoded(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

/// Returns the address if a link may lead there.
pub fn address(to: &str) -> Option<&str> {
    let to = to.trim();
    // Browsers drop these from addresses, so a scheme could hide behind them; a backslash
    // is a slash to them, and to Windows the beginning of a share.
    if to.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\') {
        return None;
    }
    if to.starts_with('#') {
        return Some(to);
    }
    let (scheme, rest) = to.split_once(':')?;
    let known = SCHEMES.iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    let leads = match *known {
        "http" | "https" => {
            let host = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
            !host.is_empty()
        }
        _ => !rest.is_empty(),
    };
    leads.then_some(to)
}

/// Returns the address if it is that of a web page.
pub fn web(to: &str) -> Option<&str> {
    let to = outside(to)?;
    let (scheme, _) = to.split_once(':')?;
    ["http", "https"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        .then_some(to)
}

/// Returns the address of a file that lies beside a web page.
pub fn beside(page: &str, name: &str) -> String {
    let path = page.split(['?', '#']).next().unwrap_or_default();
    let host = path.find("://").map_or(0, |at| at + 3);
    let folder = match path[host..].rfind('/') {
        Some(slash) => &path[..=host + slash],
        None => return format!("{path}/{}", encoded(name, b"")),
    };
    format!("{folder}{}", encoded(name, b""))
}

/// Returns the address if a link may lead there from an output without anchors.
pub fn outside(to: &str) -> Option<&str> {
    address(to).filter(|to| !to.starts_with('#'))
}

/// Returns the problem with a link's address that no output can follow, and its fix. An
/// address that begins with a field is looked at when the field is known.
pub fn dead(to: &str) -> Option<(String, &'static str)> {
    const WHOLE: &str = "write the whole address: https://example.org/page";
    let to = to.trim();
    if to.is_empty() {
        return Some((
            "the link has no address; its text is printed without a link".into(),
            WHOLE,
        ));
    }
    // A field holds spaces while it is not filled in.
    if to.starts_with("{{") || address(&without_fields(to)).is_some() {
        return None;
    }
    let shown: String = to.chars().take(100).collect();
    let head = to.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let scheme = head.split_once(':').map(|(scheme, _)| scheme);
    let is_known = |scheme: &str| SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme));
    Some(match scheme {
        None => (
            format!("`{shown}` does not work once the letter is sent; the text is printed without a link"),
            WHOLE,
        ),
        Some(scheme) if !is_known(scheme) => {
            let shown: String = scheme.chars().take(30).collect();
            (
                format!("a link cannot use `{shown}:`; its text is printed without a link"),
                "use http, https, mailto, or tel",
            )
        }
        Some(_) if to.contains(char::is_whitespace) => (
            format!("`{shown}` contains a space; the text is printed without a link"),
            "write %20 for each space in the address",
        ),
        Some(_) => (
            format!("`{shown}` is not a valid address; the text is printed without a link"),
            WHOLE,
        ),
    })
}

/// Returns an address with a letter for each field.
fn without_fields(to: &str) -> String {
    let mut out = String::with_capacity(to.len());
    let mut rest = to;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((_, next)) = after.split_once("}}") else { break };
        out.push_str(before);
        out.push('x');
        rest = next;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_known_places() {
        let check = |to, expected: bool| assert_eq!(address(to).is_some(), expected, "{to:?}");
        check("https://example.org/?a=1&b=2", true);
        check("HTTP://example.org", true);
        check("mailto:press@example.org", true);
        check("tel:+12025550100", true);
        check("#fn-1", true);
        check("javascript:alert(1)", false);
        check("JavaScript:alert(1)", false);
        check("java\nscript:alert(1)", false);
        check("\u{1}javascript:alert(1)", false);
        check("data:text/html,x", false);
        check("vbscript:x", false);
        check("file:///etc/passwd", false);
        check("//example.org", false);
        check("/local", false);
        check("letter.html", false);
        check("mailto:", false);
        check("", false);
        check("ftp://example.org/a", false);
        check("\\\\host\\share", false);
        check("https:\\\\host", false);
        check("https:example.org", false);
        check("https:///page", false);
        check("setup.exe", false);
        check("https://example.org/a b", false);
        assert_eq!(outside("#fn-1"), None);
    }

    #[test]
    fn addresses_lead_somewhere_or_are_told() {
        let check = |to: &str, expected: Option<&str>| {
            let problem = dead(to).map(|(message, _)| message);
            assert_eq!(problem.is_some(), expected.is_some(), "{to}: {problem:?}");
            let expected = expected.unwrap_or_default();
            assert!(problem.unwrap_or_default().contains(expected), "{to}");
        };
        check("https://example.org/a:b", None);
        check("MAILTO:a@example.org", None);
        check("{{ letter.date }}", None);
        check("https://example.org/?u={{ call.link }}&v=1", None);
        check("#note", None);
        check("", Some("no address"));
        check("page.html", Some("does not work"));
        check("/page?x=a:b", Some("does not work"));
        check("//example.org", Some("does not work"));
        check("\\\\host\\share", Some("does not work"));
        check("setup.exe", Some("does not work"));
        check("https:\\\\host", Some("not a valid address"));
        check("https://example.org/a b", Some("contains a space"));
        check("javascript:alert(1)", Some("cannot use `javascript:`"));
        check("ftp://example.org/a", Some("cannot use `ftp:`"));
    }
}
