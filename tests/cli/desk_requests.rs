//! Requests to the desk that no page of it makes: its own pages and forms, damaged by
//! accidents that are drawn from a fixed seed. `UNDERSIGNED_EXPLORE=N` sends N times as many,
//! drawn from another.

use crate::desk::Desk;
use crate::support::chance::Chance;
use crate::support::{LETTER, Workspace};
use std::collections::BTreeSet;

/// Requests that are damaged and sent.
const REQUESTS: usize = 240;

/// Requests after which the pages are read anew.
const FRESH: usize = 80;

/// Values that mean something to one reader or another.
const HOSTILE: &[&[u8]] = &[
    b"",
    b"-1",
    b"18446744073709551616",
    b"NaN",
    b"../../../etc/passwd",
    b"/etc/passwd",
    b"signatories/a.csv\0.md",
    b"..\\..\\x",
    b"\xff\xfe\x80",
    b"\xf0\x9f\x87\xba\xe2\x80\xae",
    b"<script>alert(1)</script>",
    b"\"><svg onload=alert(1)>",
    b"+++\nkind = [[[[\n",
    b"+++\n+++\n{{ signatories.names }}{% if",
    b"=cmd|' /C calc'!A0",
    b"name\n\"Alder\nBirch,,,\n",
    b"[decisions]\n= 1",
    b"\r\n\r\nHTTP/1.1 200 OK\r\n",
    b"%",
    b"%zz%00&&==&",
];

/// A form of the desk: where it goes, its fields, and whether it carries files.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Form {
    action: String,
    fields: Vec<(String, String)>,
    has_files: bool,
}

/// Returns the value of an attribute in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// Returns the pages and forms that a page leads to.
fn leads(page: &str) -> (Vec<String>, Vec<Form>) {
    let links = page.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let links = links
        .filter(|link| link.starts_with('/'))
        .map(|link| link.replace("&amp;", "&"));
    let forms = page.split("<form ").skip(1).filter_map(|rest| {
        let whole = rest.split("</form>").next()?;
        let tag = format!(" {}", whole.split('>').next()?);
        attribute(&tag, "method").filter(|method| *method == "post")?;
        let inner = whole.split('<').filter_map(|tag| {
            Some((
                attribute(tag, "name")?.to_owned(),
                attribute(tag, "value").unwrap_or_default().to_owned(),
            ))
        });
        Some(Form {
            action: attribute(&tag, "action")?.to_owned(),
            fields: inner.collect(),
            has_files: tag.contains("multipart"),
        })
    });
    (links.collect(), forms.collect())
}

/// Reads all pages that lead on from the first, with their forms.
fn crawl(desk: &Desk) -> (Vec<String>, Vec<Form>) {
    let (mut seen, mut forms) = (BTreeSet::new(), BTreeSet::new());
    let mut waiting = vec!["/".to_owned()];
    while let Some(path) = waiting.pop() {
        if seen.len() < 30 && seen.insert(path.clone()) && !path.ends_with("/stream") && path != "/events" {
            let (links, found) = leads(&desk.get(&path).text);
            waiting.extend(
                links
                    .into_iter()
                    .map(|link| link.split('#').next().unwrap_or_default().to_owned()),
            );
            forms.extend(found);
        }
    }
    (seen.into_iter().collect(), forms.into_iter().collect())
}

/// Writes bytes as a form does.
fn encoded(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("%{byte:02X}")).collect()
}

/// Returns a form's body in which some fields were left out, doubled, or filled with
/// nonsense, and its type.
fn damaged(form: &Form, chance: &mut Chance) -> (String, Vec<u8>) {
    let mut fields: Vec<(String, Vec<u8>)> = form
        .fields
        .iter()
        .map(|(name, value)| (name.clone(), value.clone().into_bytes()))
        .collect();
    for _ in 0..=chance.below(2) {
        let at = chance.below(fields.len().max(1));
        // The token stays whole mostly: what lies behind it is to be reached.
        let is_token = fields.get(at).is_some_and(|(name, _)| name == "token") && chance.below(8) > 0;
        match chance.below(6) {
            _ if is_token || fields.is_empty() => {}
            0 => drop(fields.remove(at)),
            1 => fields.push(fields[at].clone()),
            _ => fields[at].1 = HOSTILE[chance.below(HOSTILE.len())].to_vec(),
        }
    }
    if !form.has_files {
        let pairs = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name.as_bytes()), encoded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        return ("application/x-www-form-urlencoded".to_owned(), body.into_bytes());
    }
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"").bytes());
        if ["file", "attach"].contains(&&*name) {
            let file = ["a.csv", "a.xlsx", "a.docx", "a.mbox", "a.pdf", "../a.md"][chance.below(6)];
            body.extend(format!("; filename=\"{file}\"").bytes());
        }
        body.extend(b"\r\n\r\n");
        body.extend(value);
        body.extend(b"\r\n");
    }
    if chance.below(8) > 0 {
        body.extend(b"--edge--\r\n");
    }
    ("multipart/form-data; boundary=edge".to_owned(), body)
}

#[test]
fn no_damaged_request_breaks_the_desk() {
    let list = "name,status\nAlder Street Clinic,\n\"Alder Street Clinic, Inc.\",\nTOTAL,\nBirch Housing Trust,maybe\n";
    let workspace = Workspace::new(&[("letters/open.md", LETTER), ("signatories/a.csv", list)]);
    let desk = Desk::open(&workspace);
    let (mut pages, mut forms) = crawl(&desk);
    assert!(pages.len() > 8 && forms.len() > 8, "{pages:?} {forms:?}");
    let times: usize = std::env::var("UNDERSIGNED_EXPLORE").map_or(1, |times| times.parse().expect("a number"));
    let mut chance = Chance(20_210_300 + u64::try_from(times).expect("a number"));
    let mut taken = 0;
    for number in 0..REQUESTS * times {
        if number % FRESH == FRESH - 1 {
            // A form that was taken once is told to be old from then on.
            (pages, forms) = crawl(&desk);
        }
        let (shown, answer) = if chance.below(3) == 0 {
            let page = &pages[chance.below(pages.len())];
            let hostile = encoded(HOSTILE[chance.below(HOSTILE.len())]);
            let path = match (page.split_once('='), chance.below(2)) {
                (Some((before, _)), 0) => format!("{before}={hostile}"),
                (None, 0) => format!("{}/{hostile}", page.trim_end_matches('/')),
                _ => format!("{page}?list={hostile}&q={hostile}&page={hostile}"),
            };
            (path.clone(), desk.get(&path))
        } else {
            let form = &forms[chance.below(forms.len())];
            let (kind, body) = damaged(form, &mut chance);
            let shown = format!("{} {}", form.action, String::from_utf8_lossy(&body));
            (shown, desk.post_bytes(&form.action, &kind, &body))
        };
        assert!(
            (200..500).contains(&answer.status),
            "{}: {shown}\n{}",
            answer.status,
            answer.text
        );
        taken += usize::from(answer.status < 400);
        assert!(
            !answer.text.contains("<script>alert(1)"),
            "a script came back: {shown}\n{}",
            answer.text
        );
    }
    assert!(
        taken > REQUESTS / 8,
        "{taken} requests were taken: the rest reaches nothing"
    );
    assert_eq!(desk.get("/").status, 200);
    assert!(!workspace.path("../a.md").exists());
    // Whatever was added, renamed or answered, the list is one that can be read.
    assert_ne!(workspace.run(&["dedupe", "signatories/a.csv"]).code, Some(2));
}
