//! Who may talk to the desk.
//!
//! In: the head of a request. Out: leave to go on, or the reason why not. Guaranteed: the
//! head is judged before anything else is read; Host and Origin are each held against a
//! fixed list and never against each other, because a page of another host that has this
//! machine's address (DNS rebinding) controls both; the link is good for one browser, once;
//! secrets are compared in constant time and appear in no body. Absent: passwords and
//! other users: the desk is for whoever sits at this machine.

use crate::model::hex::hex;
use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use sha2::{Digest, Sha256};
use std::sync::{Mutex, PoisonError};

/// The path of the one-time link.
pub(super) const ENTRY: &str = "/enter";

/// The folder of styles, fonts and the script.
pub(super) const ASSETS: &str = "/assets/";

/// The header in which browsers say from where a request was started.
const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// The names by which this machine calls itself.
const HOSTS: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// What every answer forbids the browser: styles, scripts and pictures of others, inline
/// scripts and styles, being framed.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; \
    base-uri 'none'";

/// Decides who may talk to the desk.
#[derive(Debug)]
pub(super) struct Guard {
    hosts: Vec<String>,
    origins: Vec<String>,
    cookie: String,
    session: String,
    link: Mutex<Option<String>>,
}

/// What a request may do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Admission {
    /// Go on.
    Welcome,
    /// It came by the link: it gets the cookie and a clean address.
    Enter,
    /// It came by the link again, with the cookie: it gets a clean address.
    Inside,
}

/// Says why a request may not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Host is not this machine.
    Host,
    /// Origin is not the desk.
    Origin,
    /// Another site started the request.
    Site,
    /// The link was used already, or was never one.
    Link,
    /// There is no cookie, or an old one.
    Cookie,
}

impl Guard {
    /// Makes the secrets of a run of the desk.
    pub(super) fn new(port: u16) -> Result<Self, getrandom::Error> {
        let hosts: Vec<String> = HOSTS.iter().map(|host| format!("{host}:{port}")).collect();
        Ok(Self {
            origins: hosts.iter().map(|host| format!("http://{host}")).collect(),
            hosts,
            cookie: format!("undersigned-{port}"),
            session: secret()?,
            link: Mutex::new(Some(secret()?)),
        })
    }

    /// Returns the path and the query of the one-time link, while it was not used.
    pub(super) fn link(&self) -> Option<String> {
        let link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        link.as_ref().map(|key| format!("{ENTRY}?key={key}"))
    }

    /// Returns what every form carries, so that no page but the desk's own can make one.
    pub(super) fn form_token(&self) -> String {
        hex(&Sha256::digest(format!("form {}", self.session)))
    }

    /// Returns true if a form is the desk's own.
    pub(super) fn is_own_form(&self, token: &str) -> bool {
        same(token, &self.form_token())
    }

    /// Judges the head of a request.
    pub(super) fn admit(&self, head: &Parts) -> Result<Admission, Refusal> {
        if !only(&head.headers, &HOST, &self.hosts) {
            return Err(Refusal::Host);
        }
        let acts = !matches!(head.method, Method::GET | Method::HEAD);
        if (acts || head.headers.contains_key(ORIGIN)) && !only(&head.headers, &ORIGIN, &self.origins) {
            return Err(Refusal::Origin);
        }
        let site = HeaderName::from_static(SEC_FETCH_SITE);
        let own = ["same-origin".to_owned(), "none".to_owned()];
        if head.headers.contains_key(&site) && !only(&head.headers, &site, &own) {
            return Err(Refusal::Site);
        }
        let inside = self.has_cookie(&head.headers);
        if head.uri.path() == ENTRY && head.method == Method::GET {
            return match inside {
                true => Ok(Admission::Inside),
                false => self.enter(head.uri.query().unwrap_or_default()),
            };
        }
        // The style of the page that says what is wrong is no secret.
        let is_asset = head.method == Method::GET && head.uri.path().starts_with(ASSETS);
        if inside || is_asset {
            Ok(Admission::Welcome)
        } else {
            Err(Refusal::Cookie)
        }
    }

    /// Takes the link's key, which is good once.
    fn enter(&self, query: &str) -> Result<Admission, Refusal> {
        let key = query.strip_prefix("key=").unwrap_or_default();
        let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        match link.as_ref().is_some_and(|link| same(key, link)) {
            true => {
                *link = None;
                Ok(Admission::Enter)
            }
            false => Err(Refusal::Link),
        }
    }

    /// Returns the cookie that the holder of the link gets.
    pub(super) fn set_cookie(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie, self.session)
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut pairs = lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == self.cookie && same(value, &self.session))
    }
}

/// Returns true if a header is there once, with one of these values.
fn only(headers: &HeaderMap, name: &HeaderName, allowed: &[String]) -> bool {
    let mut values = headers.get_all(name).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return false;
    };
    let value = value.as_bytes();
    allowed
        .iter()
        .any(|allowed| allowed.as_bytes().eq_ignore_ascii_case(value))
}

/// Compares two secrets; the time does not depend on where they differ.
fn same(a: &str, b: &str) -> bool {
    let differ = |all, (x, y): (u8, u8)| all | (x ^ y);
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, differ) == 0
}

/// Makes a secret of 256 random bits.
fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// Adds to an answer what protects it in the browser. The policy of same-origin referrers
/// leaks nothing to other hosts; with none at all, browsers would send forms with the
/// origin `null`.
pub(super) fn protect(headers: &mut HeaderMap) {
    let fixed = [
        ("content-security-policy", POLICY),
        ("referrer-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
    ];
    for (name, value) in fixed {
        // A hashed asset is kept for good; a letter's own page has a stricter policy.
        let entry = headers.entry(HeaderName::from_static(name));
        entry.or_insert(HeaderValue::from_static(value));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::http::Request;

    /// Judges a request of the given method, path, and headers.
    fn admit(guard: &Guard, method: &str, path: &str, headers: &[(&str, &str)]) -> Result<Admission, Refusal> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        guard.admit(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn host_and_origin_are_held_against_the_list() {
        let guard = Guard::new(4000).unwrap();
        let cookie = guard.set_cookie();
        let cookie = ("cookie", cookie.split(';').next().unwrap());
        let check = |method: &str, headers: &[(&str, &str)], expected: Result<Admission, Refusal>| {
            let headers = [&[cookie], headers].concat();
            assert_eq!(admit(&guard, method, "/", &headers), expected, "{headers:?}");
        };
        let (host, own) = (("host", "127.0.0.1:4000"), "http://127.0.0.1:4000");
        check("GET", &[host], Ok(Admission::Welcome));
        check("GET", &[("host", "LOCALHOST:4000")], Ok(Admission::Welcome));
        check("GET", &[("host", "[::1]:4000")], Ok(Admission::Welcome));
        for foreign in [
            "127.0.0.1",
            "127.0.0.1:4001",
            "evil.example:4000",
            "127.0.0.1.evil:4000",
            "",
            "0.0.0.0:4000",
        ] {
            check("GET", &[("host", foreign)], Err(Refusal::Host));
            let origin = format!("http://{foreign}");
            check("POST", &[("host", foreign), ("origin", &origin)], Err(Refusal::Host));
            check("POST", &[host, ("origin", &origin)], Err(Refusal::Origin));
        }
        check("GET", &[], Err(Refusal::Host));
        check("GET", &[host, ("host", "evil.example")], Err(Refusal::Host));
        check("POST", &[host], Err(Refusal::Origin));
        check("POST", &[host, ("origin", "null")], Err(Refusal::Origin));
        check(
            "POST",
            &[host, ("origin", "https://127.0.0.1:4000")],
            Err(Refusal::Origin),
        );
        check("POST", &[host, ("origin", own)], Ok(Admission::Welcome));
        check(
            "POST",
            &[host, ("origin", own), ("origin", "http://evil")],
            Err(Refusal::Origin),
        );
        check(
            "GET",
            &[host, ("sec-fetch-site", "same-origin")],
            Ok(Admission::Welcome),
        );
        check("GET", &[host, ("sec-fetch-site", "none")], Ok(Admission::Welcome));
        // Another port of this machine is the same site.
        check("GET", &[host, ("sec-fetch-site", "same-site")], Err(Refusal::Site));
        check(
            "POST",
            &[host, ("origin", own), ("sec-fetch-site", "cross-site")],
            Err(Refusal::Site),
        );
    }

    #[test]
    fn the_link_is_good_once() {
        let guard = Guard::new(4000).unwrap();
        let host = ("host", "localhost:4000");
        let enter = |guard: &Guard, path: &str| admit(guard, "GET", path, &[host]);
        let link = guard.link().unwrap();
        assert_eq!(enter(&guard, "/"), Err(Refusal::Cookie));
        assert_eq!(enter(&guard, "/enter"), Err(Refusal::Link));
        assert_eq!(enter(&guard, "/enter?key="), Err(Refusal::Link));
        assert_eq!(enter(&guard, &link[..link.len() - 1]), Err(Refusal::Link));
        assert_eq!(
            admit(&guard, "GET", &link, &[("host", "evil:4000")]),
            Err(Refusal::Host)
        );
        assert_eq!(enter(&guard, &link), Ok(Admission::Enter));
        assert_eq!((enter(&guard, &link), guard.link()), (Err(Refusal::Link), None));
        // The cookie of another run is none.
        let old = Guard::new(4000).unwrap().set_cookie();
        let old = ("cookie", old.split(';').next().unwrap());
        assert_eq!(admit(&guard, "GET", "/", &[host, old]), Err(Refusal::Cookie));
        let own = guard.set_cookie();
        let own = ("cookie", own.split(';').next().unwrap());
        let others = ("cookie", "undersigned-4001=1; a=b");
        assert_eq!(admit(&guard, "GET", "/", &[host, others, own]), Ok(Admission::Welcome));
        assert_eq!(admit(&guard, "GET", &link, &[host, own]), Ok(Admission::Inside));
    }

    #[test]
    fn only_own_forms_count() {
        let guard = Guard::new(4000).unwrap();
        assert!(guard.is_own_form(&guard.form_token()) && !guard.is_own_form(""));
        assert_ne!(guard.form_token(), guard.session);
    }
}
