//! Links, pictures and marks of notes.
//!
//! In: the text's links and pictures. Out: links that lead nowhere or where only
//! their author can go, pictures without words, marks of notes typed as text.
//! Absent: asking whether a link answers ([`super::online`]).

use super::expression::Regex;
use super::prose::{Link, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use crate::source::{Origin, offset};
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "links",
    description: "Links work, pictures have alt text, and footnote marks have footnotes.",
    findings: &[
        Finding {
            code: Code::BadLink,
            severity: Severity::Error,
            why: "Readers who get a login page or an error do not click again.",
        },
        Finding {
            code: Code::Tracker,
            severity: Severity::Warning,
            why: "A link with tracking data tells who mailed it, and may unsubscribe its sender.",
        },
        Finding {
            code: Code::FragileLink,
            severity: Severity::Note,
            why: "A short or shared link ends when its service, or its owner's account, does.",
        },
        Finding {
            code: Code::DeadLink,
            severity: Severity::Warning,
            why: "A source that nobody can read proves nothing.",
        },
        Finding {
            code: Code::NoAlternative,
            severity: Severity::Warning,
            why: "Without alt text, people who do not see the picture learn only that there is one.",
        },
        Finding {
            code: Code::LooseMark,
            severity: Severity::Warning,
            why: "A footnote mark without a footnote refers to missing evidence.",
        },
    ],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    for link in &case.prose.links {
        if let Some((message, hint)) = fault(link) {
            sink.add(Code::BadLink, link.origin, message, hint);
        } else if let Some(what) = tracker(&link.to) {
            sink.add(
                Code::Tracker,
                link.origin,
                format!("the link contains {what}"),
                "copy the address without it, from the page itself",
            );
        }
    }
    bare_addresses(case, sink);
    fragile(case, sink);
    contacts(case, sink);
    pictures(case, sink);
    marks(case, sink);
}

/// Places where only the author, or those the author let in, can go, each with what its
/// path contains.
static PRIVATE: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| word_list!("private_addresses"));

/// What an address contains only in an editor's own view of a page.
const AUTHORS: &[&str] = &[
    "/wp-admin",
    "web.archive.org/save/",
    "preview=true",
    "preview_id=",
    "/node/add",
    "?draft=true",
];

/// Returns whether a phone number of the US lacks a digit.
fn is_short_number(number: &str) -> bool {
    let digits = number.chars().filter(char::is_ascii_digit).count();
    !number.trim_start().starts_with('+') && matches!(digits, 8 | 9) && number.contains(['-', '.', ' ', ')'])
}

/// What is wrong with a link, and what to do.
fn fault(link: &Link) -> Option<(String, &'static str)> {
    let to = link.to.trim();
    if to.contains("{{") {
        return None;
    }
    let lower = to.to_lowercase();
    if lower.is_empty() || lower == "#" {
        return Some(("the link has no address".to_owned(), "write the address"));
    }
    if let Some(address) = lower.strip_prefix("mailto:") {
        return mail_fault(link, address);
    }
    if let Some(number) = lower.strip_prefix("tel:") {
        return is_short_number(number).then(|| {
            (
                format!("`{to}` has too few digits for a phone number"),
                "complete the number",
            )
        });
    }
    if lower.starts_with('#') {
        return None;
    }
    let Some(rest) = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")) else {
        return Some((
            format!("`{to}` is not a complete web address"),
            "write it in full, with https://",
        ));
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((place, _)) = PRIVATE.iter().find(|(place, path)| {
        let place = place.as_str();
        (rest.starts_with(place) || host.ends_with(place.trim_end_matches('/')) || rest.contains(&format!(".{place}")))
            && rest.contains(path.as_str())
    }) {
        return Some((
            format!(
                "`{to}` is open only to its author ({})",
                place.trim_end_matches(['/', '.'])
            ),
            "link to a public page",
        ));
    }
    let private_host = host.starts_with("192.168.") || host.starts_with("10.") && host.split('.').count() == 4;
    if private_host || AUTHORS.iter().any(|mark| rest.contains(mark)) {
        return Some((format!("`{to}` is open only to its author"), "link to the public page"));
    }
    let sound = host.contains('.')
        && !to.ends_with([']', '>', ',', ';'])
        && !host.starts_with('.')
        && !host.contains("..")
        && !host.ends_with('.')
        && !to.contains(char::is_whitespace)
        // A share link may carry another address in its query.
        && !rest.split(['?', '#']).next().unwrap_or_default().contains("http://")
        && !rest.starts_with("https");
    if !sound && !rest.contains("web.archive.org") {
        return Some((
            format!("`{to}` is not a valid web address"),
            "copy it again from the browser",
        ));
    }
    // "example.org" on the page and "example.com" behind it.
    let shown = link.text.trim().to_lowercase();
    let shown_host = shown
        .strip_prefix("https://")
        .or_else(|| shown.strip_prefix("http://"))
        .or_else(|| Some(&*shown).filter(|shown| is_bare_address(shown)))
        .map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let page = |text: &str| -> String {
        let page = text.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        page.trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_start_matches("www.")
            .to_owned()
    };
    let (shown_page, real_page) = (page(&shown), page(&lower));
    if shown_host.is_some()
        && shown_page.contains('/')
        && !shown_page.ends_with(['…', '.'])
        && !real_page.starts_with(&shown_page)
        && shown_page.split('/').next() == real_page.split('/').next()
    {
        return Some((
            format!("the link text says `{shown_page}`, but it leads to `{real_page}`"),
            "make the text and the address agree",
        ));
    }
    if let Some(shown_host) = shown_host
        && shown_host.trim_start_matches("www.") != host.trim_start_matches("www.")
    {
        return Some((
            format!("the link text says `{shown_host}`, but it leads to `{host}`"),
            "make the text and the address agree",
        ));
    }
    None
}

/// Addresses in the text that no link carries, held to what links are held to.
fn bare_addresses(case: &Case<'_>, sink: &mut Sink<'_>) {
    static ADDRESS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"https?://[^\s<>()“”]+[^\s<>()“”.,;:!?]").ok());
    static BROKEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b(?:https?//|https?:/[^/\s]|https?;//|www,|htt?ps?:\\\\|htps?://|ttps?://)\S*").ok()
    });
    for passage in case.prose.of_roles(|role| !matches!(role, PassageRole::Signatory)) {
        for found in BROKEN.iter().flat_map(|pattern| pattern.find_iter(&passage.text)) {
            sink.add(
                Code::BadLink,
                passage.origin(found.range()),
                format!("`{}` is not a valid web address", found.as_str()),
                "copy it again from the browser",
            );
        }
        for found in ADDRESS.iter().flat_map(|pattern| pattern.find_iter(&passage.text)) {
            let known = |link: &Link| link.to == found.as_str() || link.text.contains(found.as_str());
            if case.prose.links.iter().any(known) {
                continue;
            }
            let origin = passage.origin(found.range());
            let link = Link {
                to: found.as_str().to_owned(),
                text: String::new(),
                origin,
            };
            if let Some((message, hint)) = fault(&link) {
                sink.add(Code::BadLink, origin, message, hint);
            } else if let Some(what) = tracker(&link.to) {
                let hint = "copy the address without it, from the page itself";
                sink.add(Code::Tracker, origin, format!("the address contains {what}"), hint);
            }
        }
    }
}

/// Services whose links end with an account, and those that stand for another address; lower
/// case.
static SHARED: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| word_list!("shared_addresses"));

/// Links that may end: short ones, shared files, and the coalition's own page without
/// encryption.
fn fragile(case: &Case<'_>, sink: &mut Sink<'_>) {
    let own: Vec<String> = case
        .prose
        .passages
        .iter()
        .filter(|passage| matches!(&passage.role, PassageRole::Key(path) if path.starts_with("letterhead.lines")))
        .map(|passage| passage.text.trim().trim_start_matches("www.").to_lowercase())
        .filter(|line| is_bare_address(line))
        .collect();
    for link in &case.prose.links {
        let lower = link.to.trim().to_lowercase();
        let Some(rest) = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")) else {
            continue;
        };
        let host = rest
            .split(['/', '?', '#'])
            .next()
            .unwrap_or_default()
            .trim_start_matches("www.");
        let found = if let Some((_, what)) = SHARED.iter().find(|(known, _)| known.as_str() == host) {
            Some((
                format!("`{host}` is {what}"),
                "link to the page itself, on a site of the coalition",
            ))
        } else if lower.starts_with("http://") && own.iter().any(|own| own.split('/').next() == Some(host)) {
            Some((
                format!("the link to `{host}` is not encrypted, and browsers warn of it"),
                "write https://",
            ))
        } else {
            None
        };
        if let Some((message, hint)) = found.filter(|_| fault(link).is_none()) {
            sink.add(Code::FragileLink, link.origin, message, hint);
        }
    }
}

/// What is wrong with a link to a mailbox.
fn mail_fault(link: &Link, address: &str) -> Option<(String, &'static str)> {
    let to = link.to.trim();
    let address = address.split('?').next().unwrap_or_default();
    let sound = address.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !host.contains(['@', ',', ';', '/'])
            && !name.starts_with('/')
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !address.contains(' ')
    });
    if !sound {
        return Some((
            format!("`{to}` is not a valid email address"),
            "write it as name@example.org",
        ));
    }
    let shown = link.text.trim().to_lowercase();
    let differs = shown.contains('@') && !shown.contains(' ') && shown != address;
    differs.then(|| {
        (
            format!("the link text says `{shown}`, but mail goes to `{address}`"),
            "make the text and the address agree",
        )
    })
}

/// Email addresses and phone numbers of contacts that cannot be ones.
fn contacts(case: &Case<'_>, sink: &mut Sink<'_>) {
    let letter = case.subject.letter;
    let source = case.subject.sources.text(letter.file);
    let phones = letter
        .kind_keys
        .contacts
        .iter()
        .filter_map(|contact| contact.phone.as_deref());
    for phone in phones.filter(|phone| is_short_number(phone)) {
        let origin = source.find(phone).map_or(case.head(), |start| Origin::Span {
            file: letter.file,
            start: offset(start),
            end: offset(start + phone.len()),
        });
        sink.add(
            Code::BadLink,
            origin,
            format!("`{phone}` has too few digits for a phone number"),
            "complete the number",
        );
    }
    for address in letter
        .kind_keys
        .contacts
        .iter()
        .filter_map(|contact| contact.email.as_deref())
    {
        let sound = address.trim().split_once('@').is_some_and(|(name, host)| {
            let host_is_sound = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
            !name.is_empty() && host_is_sound && !address.trim().contains([' ', ',', ';', '/']) && !host.contains('@')
        });
        if sound || address.contains("{{") {
            continue;
        }
        let origin = source.find(address).map_or(case.head(), |start| Origin::Span {
            file: letter.file,
            start: offset(start),
            end: offset(start + address.len()),
        });
        sink.add(
            Code::BadLink,
            origin,
            format!("`{address}` is not a valid email address"),
            "write name@host.org",
        );
    }
}

/// Whether a text is an address without its scheme: "example.org/report".
fn is_bare_address(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let ending = host.rsplit('.').next().unwrap_or_default();
    let known = ["com", "org", "net", "gov", "edu", "us", "info", "example", "mx"];
    !text.contains(char::is_whitespace) && !text.contains('@') && host.contains('.') && known.contains(&ending)
}

/// What a link carries beside its page, if it does.
fn tracker(to: &str) -> Option<&'static str> {
    let lower = to.to_lowercase();
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))?;
    let (host, query) = (
        rest.split(['/', '?', '#']).next()?,
        rest.split_once('?').map_or("", |(_, query)| query),
    );
    let keys = || {
        query
            .split(['&', '#'])
            .map(|pair| pair.split_once('=').map_or(pair, |(key, _)| key))
    };
    let hosts = [
        "safelinks.protection.outlook.com",
        "urldefense.com",
        "urldefense.proofpoint.com",
        "t.umblr.com",
        "list-manage.com",
        "click.",
        "links.",
        "linkprotect.cudasvc.com",
        "mimecast.com",
        "mailchi.mp",
        "l.facebook.com",
        "lm.facebook.com",
        "everyaction.com",
        "emltrk",
        "awstrack.me",
        "sendgrid.net",
    ];
    if hosts.iter().any(|known| {
        host == *known || host.ends_with(&format!(".{known}")) || known.ends_with('.') && host.starts_with(known)
    }) {
        Some("the address of a mail program that counts clicks")
    } else if rest.starts_with("www.google.com/url?") || rest.starts_with("google.com/url?") {
        Some("the address of a search that counts clicks")
    } else if rest.contains("unsubscribe")
        || keys().any(|key| matches!(key, "email" | "e" | "recipient" | "akid") && query.contains("%40"))
    {
        Some("the address of one recipient, who may be unsubscribed by it")
    } else if keys().any(|key| {
        key.starts_with("utm_")
            || matches!(
                key,
                "fbclid" | "gclid" | "mc_eid" | "mc_cid" | "igshid" | "_hsenc" | "mkt_tok"
            )
    }) {
        Some("tracking data (`utm_`, `fbclid`, or the like)")
    } else {
        None
    }
}

fn pictures(case: &Case<'_>, sink: &mut Sink<'_>) {
    for picture in &case.prose.pictures {
        if !picture.alt.trim().is_empty() {
            continue;
        }
        let (name, hint) = match picture.key {
            None => ("picture", "describe in a few words what it shows: ![description](path)"),
            Some("logo") => ("logo", "write logo_alt = \"...\""),
            Some("picture") => ("picture", "write picture_alt = \"...\""),
            // The words of a signature and of a signatory's logo are the name.
            Some(_) => continue,
        };
        sink.add(
            Code::NoAlternative,
            picture.origin,
            format!("the {name} `{}` has no alt text", picture.path),
            hint,
        );
    }
}

/// `word[3]`, `word.¹`: marks of another program.
static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{L}.,;:”’)](\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)").ok());

fn marks(case: &Case<'_>, sink: &mut Sink<'_>) {
    let Some(pattern) = MARKS.as_ref() else { return };
    for passage in case
        .prose
        .passages
        .iter()
        .filter(|passage| passage.role != PassageRole::Cell)
    {
        for found in pattern.captures_iter(&passage.text) {
            let Some(mark) = found.get(1) else { continue };
            // Square metres and formulas are no notes.
            let word: String = passage.text[..mark.start()]
                .chars()
                .rev()
                .take_while(|c| c.is_alphanumeric())
                .collect();
            if !mark.as_str().starts_with('[') && !word.is_empty() && word.chars().count() <= 2 {
                continue;
            }
            sink.add(
                Code::LooseMark,
                passage.origin(mark.range()),
                format!("`{}` looks like a footnote mark, but has no footnote", mark.as_str()),
                "write [^1] here and the footnote as a paragraph: [^1]: ...",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    #[test]
    fn links_are_told_by_their_form() {
        let file = SourceMap::default().add("a.md", "");
        let check = |to: &str, text: &str, expected: bool| {
            let link = Link {
                to: to.to_owned(),
                text: text.to_owned(),
                origin: Origin::File(file),
            };
            assert_eq!(fault(&link).is_some(), expected, "{to}");
        };
        check("https://www.law.cornell.edu/uscode/text/8/1357", "section", false);
        check("mailto:press@example.org", "press", false);
        check("mailto:press@example", "press", true);
        check("tel:+12025550100", "call", false);
        check("", "here", true);
        check("www.example.org", "here", true);
        check("http//example.org", "here", true);
        check("https://https://example.org", "here", true);
        check(
            "https://example.org/share?text=read%20http://a.example/b",
            "here",
            false,
        );
        check("https://docs.google.com/document/d/1/edit", "draft", true);
        check("https://docs.google.com/forms/d/e/1/viewform", "form", false);
        check("http://localhost:8080/x", "x", true);
        check("https://coalition.sharepoint.com/x", "x", true);
        check("https://example.com/a", "https://example.org/a", true);
        check("https://www.example.org/a", "https://example.org/a", false);
        check(
            "https://web.archive.org/web/2021/http://example.org/",
            "archived",
            false,
        );
    }
}
