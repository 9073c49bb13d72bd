//! Asks whether links answer.
//!
//! In: the links of letters. Out: a finding for each that does not answer.
//! Guaranteed: each address is asked once, at most one at a time of a host, by HEAD
//! and, where that is refused, by GET; nothing of the letter or its author is sent
//! but the address itself and the program's name. Absent: doing this without being
//! told to: it is no part of [`super::check`].

use super::Subject;
use super::prose::Prose;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::Origin;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::time::Duration;
use ureq::Agent;

/// How long an answer may take. A government's server under load; a guess.
const PATIENCE: Duration = Duration::from_secs(15);

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
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .user_agent(concat!("undersigned/", env!("CARGO_PKG_VERSION"), " (link check)"))
        .http_status_as_error(false)
        .build()
        .into();
    let hosts: Vec<Vec<&String>> = hosts.into_values().collect();
    let mut failed: Vec<(&String, String)> = hosts
        .par_iter()
        .flat_map_iter(|addresses| {
            addresses
                .iter()
                .filter_map(|address| ask(&agent, address).map(|why| (*address, why)))
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

/// Why an address does not answer, if it does not.
fn ask(agent: &Agent, address: &str) -> Option<String> {
    let head = agent.head(address).call().map(|answer| answer.status().as_u16());
    let status = match head {
        // Many servers refuse HEAD, or know no better answer to it.
        Ok(400..=599) | Err(_) => agent.get(address).call().map(|answer| answer.status().as_u16()),
        answered => answered,
    };
    match status {
        // Asking for a password or for patience is an answer: the page is there.
        Ok(401 | 403 | 429) | Ok(200..=399) => None,
        Ok(status) => Some(format!("answers with status {status}")),
        Err(error) => Some(format!("does not answer: {error}")),
    }
}
