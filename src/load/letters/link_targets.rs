//! Finds addresses that a link of a letter cannot use.
//!
//! In: an address as the author wrote it, fields included. Out: the problem with it.
//! Guaranteed: an address that begins with a field is not judged. Absent: whether it
//! answers (that is `check`'s), and what outputs do with it (that is theirs).

/// Schemes of addresses that lead somewhere and do nothing else.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "ftp"];

/// Returns the problem with a link's address that no output can follow, and its fix. An
/// address that begins with a field is looked at when the field is known.
pub(super) fn dead(to: &str) -> Option<(String, &'static str)> {
    const WHOLE: &str = "write the whole address: https://example.org/page";
    let to = to.trim();
    if to.is_empty() {
        return Some((
            "the link has no address; its text is printed without a link".into(),
            WHOLE,
        ));
    }
    if to.starts_with("{{") || to.starts_with('#') {
        return None;
    }
    let head = to.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((scheme, _)) = head.split_once(':') else {
        let shown: String = to.chars().take(100).collect();
        let message = format!("`{shown}` does not work once the letter is sent; the text is printed without a link");
        return Some((message, WHOLE));
    };
    if SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return None;
    }
    let shown: String = scheme.chars().take(30).collect();
    let message = format!("a link cannot use `{shown}:`; its text is printed without a link");
    Some((message, "use http, https, mailto, tel, or ftp"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_somewhere_or_are_told() {
        let check = |to: &str, is_dead: bool| assert_eq!(dead(to).is_some(), is_dead, "{to}");
        check("https://example.org/a:b", false);
        check("MAILTO:a@example.org", false);
        check("{{ letter.date }}", false);
        check("#note", false);
        check("", true);
        check("page.html", true);
        check("/page?x=a:b", true);
        check("//example.org", true);
        check("javascript:alert(1)", true);
    }
}
