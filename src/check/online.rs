//! Asks whether links answer.
//!
//! In: the links of letters. Out: a finding for each that does not answer.
//! Guaranteed: each address is asked once, at most one at a time of a host, by HEAD
//! and, where that is refused, by GET; nothing of the letter or its author is sent
//! but the address itself and the program's name; a host of a private network is never
//! asked, also not where a page redirects to it, or where a name leads elsewhere the second
//! time: the address that was looked at is the one that is connected to. All links together
//! take at most `ALL_PATIENCE`. Absent: doing this without being
//! told to: it is no part of [`super::check`].

use super::Subject;
use super::prose::Prose;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::Origin;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// How long an answer may take. A government's server under load; a guess.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long all answers together may take.
const ALL_PATIENCE: Duration = Duration::from_secs(120);

/// Most redirects that are followed.
const MAX_REDIRECTS: usize = 5;

/// Asks each link of the letters once; returns findings by letter.
pub fn links(subjects: &[Subject<'_>]) -> Vec<Vec<Diagnostic>> {
    let mut places: BTreeMap<String, Vec<(usize, Origin)>> = BTreeMap::new();
    for (index, subject) in subjects.iter().enumerate() {
        for link in Prose::of_letter(subject.letter).links {
            let address = link.to.split('#').next().unwrap_or_default().trim();
            if ["http://", "https://"]
                .iter()
                .any(|scheme| address.to_lowercase().starts_with(scheme))
            {
                places.entry(address.to_owned()).or_default().push((index, link.origin));
            }
        }
    }
    let mut hosts: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for address in places.keys() {
        let host = address.split('/').nth(2).unwrap_or_default().to_lowercase();
        hosts.entry(host).or_default().push(address);
    }
    let config = Agent::config_builder()
        .user_agent(concat!("undersigned/", env!("CARGO_PKG_VERSION"), " (link check)"))
        .http_status_as_error(false)
        // Each step is held to the same rule as the first.
        .max_redirects(0)
        .build();
    let agent = Agent::with_parts(config, DefaultConnector::default(), PublicResolver::default());
    let hosts: Vec<Vec<&String>> = hosts.into_values().collect();
    let until = Instant::now() + ALL_PATIENCE;
    let mut failed: Vec<(&String, String)> = hosts
        .par_iter()
        .flat_map_iter(|addresses| {
            addresses
                .iter()
                .filter_map(|address| ask(&agent, address, until).map(|why| (*address, why)))
                .collect::<Vec<_>>()
        })
        .collect();
    failed.sort();
    let mut found = vec![Vec::new(); subjects.len()];
    for (address, why) in failed {
        for (index, origin) in &places[address] {
            let severity = match subjects[*index].setting.severities.get(&Code::DeadLink) {
                Some(None) => continue,
                Some(Some(severity)) => *severity,
                None => Severity::Warning,
            };
            found[*index].push(
                Diagnostic::new(severity, Code::DeadLink, format!("`{address}` {why}"))
                    .at(*origin)
                    .hint("open it in a browser; if the page is gone, link to an archived copy"),
            );
        }
    }
    for list in &mut found {
        list.sort_by_key(|diagnostic: &Diagnostic| diagnostic.origin);
    }
    found
}

const TOO_LONG: &str = "was not checked: all links together took too long";

const PRIVATE: &str = "was not checked: it leads to a private network";

/// Looks up a name, and hands on only addresses of the open net.
#[derive(Debug, Default)]
struct PublicResolver(DefaultResolver);

impl Resolver for PublicResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        // A proxy is the user's own, and may well be near.
        if config.proxy().is_none_or(|proxy| proxy.is_no_proxy(uri))
            && found.iter().any(|found| is_private_ip(found.ip()))
        {
            return Err(ureq::Error::Io(io::ErrorKind::PermissionDenied.into()));
        }
        Ok(found)
    }
}

/// Why an address does not answer, if it does not.
fn ask(agent: &Agent, address: &str, until: Instant) -> Option<String> {
    let mut address = address.to_owned();
    for _ in 0..=MAX_REDIRECTS {
        let left = || until.saturating_duration_since(Instant::now());
        if left().is_zero() {
            return Some(TOO_LONG.to_owned());
        }
        if is_private(&address) {
            return Some(PRIVATE.to_owned());
        }
        let answer = |answer: ureq::http::Response<ureq::Body>| {
            let to = answer
                .headers()
                .get("location")
                .and_then(|to| to.to_str().ok().map(str::to_owned));
            (answer.status().as_u16(), to)
        };
        let patience = || Some(left().min(PATIENCE));
        let head = agent.head(&address).config().timeout_global(patience()).build();
        let status = match head.call().map(answer) {
            // Many servers refuse HEAD, or know no better answer to it.
            Ok((400..=599, _)) | Err(_) if left().is_zero() => return Some(TOO_LONG.to_owned()),
            Ok((400..=599, _)) | Err(_) => {
                let get = agent.get(&address).config().timeout_global(patience()).build();
                get.call().map(answer)
            }
            answered => answered,
        };
        match status {
            Ok((301 | 302 | 303 | 307 | 308, Some(to))) => match beside(&address, &to) {
                Some(next) => address = next,
                None => return Some("leads to an address that is not one of the web".to_owned()),
            },
            // Asking for a password or for patience is an answer: the page is there.
            Ok((401 | 403 | 429 | 200..=399, _)) => return None,
            Ok((status, _)) => return Some(format!("answers with status {status}")),
            Err(ureq::Error::Io(error)) if error.kind() == io::ErrorKind::PermissionDenied => {
                return Some(PRIVATE.to_owned());
            }
            Err(_) if left().is_zero() => return Some(TOO_LONG.to_owned()),
            Err(error) => return Some(format!("does not answer: {error}")),
        }
    }
    Some(format!("redirects more than {MAX_REDIRECTS} times"))
}

/// Returns where a redirect leads, from the address that redirects.
fn beside(address: &str, to: &str) -> Option<String> {
    let lower = to.to_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Some(to.to_owned());
    }
    let (scheme, rest) = address.split_once("://")?;
    if let Some(host) = to.strip_prefix("//") {
        return Some(format!("{scheme}://{host}"));
    }
    if lower.split(['/', '?', '#']).next()?.contains(':') {
        return None;
    }
    let end = |marks: &[char]| rest.find(marks).unwrap_or(rest.len());
    let base = match to.strip_prefix('/') {
        Some(_) => &rest[..end(&['/', '?', '#'])],
        None => {
            let path = &rest[..end(&['?', '#'])];
            &path[..path.rfind('/').unwrap_or(path.len())]
        }
    };
    Some(format!("{scheme}://{base}/{}", to.trim_start_matches('/')))
}

/// Returns true for a host that by its name is one that only its own network reaches: an
/// address of such a network, a name without a dot or of such a domain.
fn is_private(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default().to_lowercase();
    let (name, _) = match host.strip_prefix('[') {
        Some(bracketed) => bracketed.split_once(']').unwrap_or((bracketed, "")),
        None => host.split_once(':').unwrap_or((&host, "")),
    };
    let name = name.trim_end_matches('.');
    if let Ok(ip) = name.parse::<IpAddr>() {
        return is_private_ip(ip);
    }
    let inner = [
        ".local",
        ".localhost",
        ".internal",
        ".lan",
        ".home.arpa",
        ".home",
        ".corp",
        ".intranet",
    ];
    !name.contains('.') || inner.iter().any(|inner| name.ends_with(inner))
}

fn is_private_ip(ip: IpAddr) -> bool {
    let is_private_v4 = |ip: Ipv4Addr| {
        let [a, b, ..] = ip.octets();
        ip.is_private()
            || ip.is_loopback()
            || ip.is_link_local()
            || ip.is_broadcast()
            || ip.is_multicast()
            || a == 0
            // Shared with a carrier's customers (RFC 6598), and for tests of networks (RFC 2544).
            || a == 100 && (64..128).contains(&b)
            || a == 198 && (18..20).contains(&b)
    };
    let is_private_v6 = |ip: Ipv6Addr| {
        let first = ip.segments()[0];
        ip.is_loopback()
            || ip.is_unspecified()
            || ip.is_multicast()
            || first & 0xfe00 == 0xfc00
            || first & 0xffc0 == 0xfe80
    };
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        // An address of the old kind within one of the new: mapped, of a translator (RFC 6052),
        // or of a tunnel (RFC 3056).
        IpAddr::V6(ip) => {
            let within = match ip.segments() {
                [0x64, 0xff9b, .., a, b] | [0x2002, a, b, ..] => {
                    let ([a, b], [c, d]) = (a.to_be_bytes(), b.to_be_bytes());
                    Some(Ipv4Addr::new(a, b, c, d))
                }
                _ => ip.to_ipv4(),
            };
            within.is_some_and(is_private_v4) || is_private_v6(ip)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_hosts_are_known() {
        let check = |address: &str, expected: bool| assert_eq!(is_private(address), expected, "{address}");
        for address in [
            "http://localhost/",
            "http://127.0.0.1:8080/x",
            "http://10.1.2.3/",
            "https://192.168.0.1/",
            "http://169.254.169.254/meta",
            "http://[::1]/",
            "http://[fd00::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://router/",
            "http://printer.local/",
            "http://a@127.0.0.1/",
            "http://0.0.0.0/",
            "http://100.64.0.1/",
            "http://intranet.corp/",
            "http://[64:ff9b::a00:1]/",
            "http://[2002:7f00:1::]/",
        ] {
            check(address, true);
        }
        check("https://8.8.8.8/x", false);
        check("https://[2606:4700::1111]/", false);
    }

    #[test]
    fn a_name_that_leads_to_a_private_address_is_not_asked() {
        let config = Agent::config_builder().proxy(None).build();
        let ask = |host: &str| {
            let uri = Uri::builder()
                .scheme("http")
                .authority(host)
                .path_and_query("/")
                .build();
            uri.ok()
                .map(|uri| PublicResolver::default().resolve(&uri, &config, NextTimeout::default()))
        };
        // This name is known everywhere, and needs no server.
        let refused = |answer| matches!(answer, Some(Err(ureq::Error::Io(error))) if error.kind() == io::ErrorKind::PermissionDenied);
        assert!(refused(ask("localhost")));
        assert!(refused(ask("127.0.0.1:8080")));
        assert!(matches!(ask("8.8.8.8"), Some(Ok(_))));
    }

    #[test]
    fn a_server_that_is_silent_cannot_hold_longer_than_all_links_may_take() {
        // A proxy of this computer is asked, so that no name is looked up; it takes the
        // connection and says nothing.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = silent.local_addr().expect("its address").port();
        let proxy = ureq::Proxy::new(&format!("http://127.0.0.1:{port}")).expect("a proxy");
        let config = Agent::config_builder().proxy(Some(proxy)).max_redirects(0).build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), PublicResolver::default());
        let start = Instant::now();
        for wait in [300, 0] {
            let until = Instant::now() + Duration::from_millis(wait);
            let why = ask(&agent, "http://example.org/", until);
            assert_eq!(why.as_deref(), Some(TOO_LONG), "{wait}");
        }
        assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    }

    #[test]
    fn redirects_lead_from_where_they_stand() {
        let check = |to: &str, expected: Option<&str>| {
            assert_eq!(beside("https://a.example/b/c?d", to).as_deref(), expected, "{to}");
        };
        check("https://x.example/", Some("https://x.example/"));
        check("//x.example/y", Some("https://x.example/y"));
        check("/y", Some("https://a.example/y"));
        check("y", Some("https://a.example/b/y"));
        check("file:///etc/passwd", None);
    }
}
