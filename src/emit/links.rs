//! Checks the addresses of links.
//!
//! In: an address as the author wrote it. Out: the same, if it is harmless: a web
//! page, mail, a telephone, or a place on the page itself.

/// Schemes that a link may have.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Returns the address if a link may lead there.
pub(super) fn address(to: &str) -> Option<&str> {
    let to = to.trim();
    // Browsers drop these from addresses, so a scheme could hide behind them.
    if to.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return None;
    }
    if to.starts_with('#') {
        return Some(to);
    }
    let (scheme, rest) = to.split_once(':')?;
    let known = SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    (known && !rest.is_empty()).then_some(to)
}

/// Returns the address if a link may lead there from an output without anchors.
pub(super) fn outside(to: &str) -> Option<&str> {
    address(to).filter(|to| !to.starts_with('#'))
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
        assert_eq!(outside("#fn-1"), None);
    }
}
