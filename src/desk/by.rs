//! Who answers at this browser.
//!
//! In: a name that somebody gave once, in the browser or to `serve --by`. Out: a cookie that
//! keeps it, and the name again.
//! Guaranteed: it is a name and nothing else: one line, not long. Absent: proof of it: the
//! desk is for whoever sits at this machine.

use super::nav::encoded;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use std::collections::BTreeMap;

/// The name of the cookie. Cookies are for all ports of a machine, so that the name is there
/// in the next run too.
const NAME: &str = "undersigned-by";

/// Longest name, in characters.
const LONGEST: usize = 80;

/// Returns the cookie that keeps a name for a year.
pub(super) fn cookie(by: &str) -> String {
    let by = encoded(&clean(by));
    format!("{NAME}={by}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000")
}

/// Returns the cookie of a browser that opens the desk under a name, which takes the place of one
/// that it kept; `None`: there is no name in the text.
pub(super) fn entrance(by: &str) -> Option<String> {
    (!clean(by).is_empty()).then(|| cookie(by))
}

/// Returns the name that a browser sent.
pub(super) fn by(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(name, _)| *name == NAME)?;
    let address = format!("/?by={value}").parse().ok()?;
    let fields = Query::<BTreeMap<String, String>>::try_from_uri(&address).ok()?;
    let by = clean(fields.get("by")?);
    (!by.is_empty()).then_some(by)
}

/// Returns a name on one line.
fn clean(by: &str) -> String {
    let words: Vec<&str> = by
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").chars().take(LONGEST).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_back_on_one_line() {
        let check = |given: &str, expected: Option<&str>| {
            let cookie = cookie(given);
            assert!(cookie.is_ascii() && cookie.matches(';').count() == 4, "{cookie}");
            let mut headers = HeaderMap::new();
            let sent = format!("a=b; {}", cookie.split(';').next().unwrap());
            headers.insert(COOKIE, sent.parse().unwrap());
            assert_eq!(by(&headers).as_deref(), expected);
        };
        check("Rosa Díaz", Some("Rosa Díaz"));
        check(" Rosa;\r\nSet-Cookie: a=b ", Some("Rosa; Set-Cookie: a=b"));
        check(" \n", None);
        check(&"x".repeat(500), Some(&"x".repeat(80)));
        assert_eq!(by(&HeaderMap::new()), None);
    }
}
