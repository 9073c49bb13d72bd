//! Reads web pages as they are compared.
//!
//! In: a cell. Out: a [`WebPage`]. Guaranteed: on a host that anybody may have a page at,
//! the path is what counts; the host alone is nobody's. Absent: comparing signatories (that
//! is `web_pages`').

use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Hosts {
    domains: BTreeSet<String>,
    pages: BTreeSet<String>,
}

/// The mail domains that anybody may have an address at, and the hosts that anybody may have
/// a page at.
static HOSTS: LazyLock<Hosts> = LazyLock::new(|| word_list!("public_mail"));

/// Returns true if anybody may have a mail address at a domain.
pub fn is_public_mail(domain: &str) -> bool {
    HOSTS.domains.contains(domain)
}

/// A web page, as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WebPage {
    /// The host and the path, in lower case, without "www." and what says how to get there.
    pub(crate) key: String,
    /// Where the host ends.
    host: usize,
    is_shared: bool,
}

impl WebPage {
    /// Reads a cell; `None` if it is no page, or says nothing of whose it is.
    pub(crate) fn read(cell: &str) -> Option<Self> {
        let cell = cell.trim().to_lowercase();
        let cell = cell.rsplit_once("://").map_or(&*cell, |(_, rest)| rest);
        let cell = cell.split('#').next().unwrap_or_default();
        // "profile.php?id=12" says who in the query.
        let cell = match cell.split_once('?') {
            Some((path, _)) if !path.ends_with(".php") => path,
            _ => cell,
        };
        let cell = cell.strip_prefix("www.").unwrap_or(cell).trim_end_matches('/');
        let host = cell.find('/').unwrap_or(cell.len());
        let is_host = |host: &str| host.contains('.') && !host.contains([' ', '@', ',']);
        let name = &cell[..host];
        if !is_host(name) || is_public_mail(name) {
            return None;
        }
        let is_shared = HOSTS.pages.iter().any(|shared| {
            let before = name.strip_suffix(shared.as_str());
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        });
        (!is_shared || host < cell.len()).then(|| Self {
            key: cell.to_owned(),
            host,
            is_shared,
        })
    }

    /// Returns what of the page is its owner's alone: the host, or the path at a shared one.
    pub(crate) fn owner(&self) -> &str {
        match self.is_shared {
            true => &self.key,
            false => &self.key[..self.host],
        }
    }

    /// Returns whether it is more than a host.
    pub(crate) fn has_path(&self) -> bool {
        self.host < self.key.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_owners_whatever_stands_around_it() {
        let same = |a: &str, b: &str| {
            let (a, b) = (WebPage::read(a), WebPage::read(b));
            assert!(a.is_some() && a == b, "{a:?} {b:?}");
        };
        same("https://www.elm.example/", "elm.example");
        same("http://elm.example/about/#top", "https://elm.example/about?utm=1");
        same(
            "https://facebook.com/ElmHouse/",
            "https://www.facebook.com/elmhouse?ref=1",
        );
        let owner = |cell: &str, expected: Option<&str>| {
            let page = WebPage::read(cell);
            assert_eq!(page.as_ref().map(WebPage::owner), expected, "{cell}");
        };
        owner("https://elm.example/about", Some("elm.example"));
        owner("https://m.facebook.com/elm", Some("m.facebook.com/elm"));
        owner("facebook.com/profile.php?id=12", Some("facebook.com/profile.php?id=12"));
        for nothing in [
            "https://facebook.com/",
            "gmail.com",
            "@elm",
            "none",
            "see below",
            "x@gmail.com",
        ] {
            owner(nothing, None);
        }
    }
}
