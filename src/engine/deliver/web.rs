//! What stands on a web site: the page, and what programs and posts read beside it.
//!
//! In: a release. Out: the page as it was released, its picture, the list as JSON and CSV, and
//! tables by state, district, and section. Guaranteed: the page is the released one, byte for byte; nothing
//! is told that the release does not say. Absent: putting files on a server.

use super::bundle::Bundle;
use super::making::Making;
use crate::compose::document::{CARD, Inline};
use crate::compose::{CountRow, PrintedCounts, PrintedMember, plain_document};
use crate::diag::{Code, Diagnostic};
use crate::emit::csv::{CountLine, count_csv};
use crate::emit::html;
use crate::engine::error::{EngineError, Result};
use crate::model::signatory::Kind;
use crate::release::manifest::LIST;
use crate::release::signatories_json::{JSON, signatories_json};
use crate::source::{Origin, SourceMap};

/// Makes the files.
pub(super) fn web(making: &Making<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Bundle> {
    let mut bundle = Bundle::default();
    let (frozen, words) = (making.frozen, making.words);
    let manifest = making.manifest();
    if frozen.is_merge() {
        return Err(EngineError::Refused(
            "a mail merge has a letter for each recipient, and no page for all; release a letter without `to`"
                .to_owned(),
        ));
    }
    let Some(page) = frozen.whole("html") else {
        return Err(EngineError::Refused(format!("{} has no web page", frozen.title())));
    };
    // Translations link to the page by its name.
    let stem = page.file.rsplit_once('.').map_or("", |(stem, _)| stem);
    making.copy(frozen, page, &mut bundle, ("", stem), words.page.clone())?;
    let card = CARD.trim_end_matches(".png");
    bundle.add("", (card, "png"), words.card.clone(), 0, making.card()?);
    if manifest.address.is_empty() {
        let message = "the page names no address, so posts that link to it show no picture";
        let hint = "set `url` in the letter to the address that the page will have, and release it again";
        diagnostics.push(Diagnostic::note(Code::NoAddress, message).hint(hint));
    }
    let json = signatories_json(manifest).map_err(|error| EngineError::emit(format!("`{JSON}`"), error))?;
    bundle.add("", ("signatories", "json"), words.json.clone(), 0, json);
    if let Some(list) = manifest.outputs.iter().find(|output| output.file == LIST) {
        making.copy(frozen, list, &mut bundle, ("", "signatories"), words.list.clone())?;
    }
    tables(making, &mut bundle)?;
    Ok(bundle)
}

/// Adds the tables by state, district, and section.
fn tables(making: &Making<'_>, bundle: &mut Bundle) -> Result<()> {
    let (manifest, words) = (making.manifest(), making.words);
    let members: Vec<PrintedMember<'_>> = manifest
        .signatories
        .iter()
        .map(|listed| PrintedMember {
            kind: match listed.kind.as_str() {
                "individual" => Kind::Individual,
                _ => Kind::Organization,
            },
            state: &listed.state,
            district: &listed.district,
            section: &listed.section,
        })
        .collect();
    let counts = PrintedCounts::new(&members, &manifest.language);
    let tables = [
        ("states", "state", &counts.states),
        ("districts", "district", &counts.districts),
        ("sections", "section", &counts.sections),
    ];
    let tables: Vec<_> = tables.into_iter().filter(|(_, _, rows)| !rows.is_empty()).collect();
    if tables.is_empty() {
        return Ok(());
    }
    let origin = Origin::File(SourceMap::default().add("", ""));
    let blocks = counts.blocks(&manifest.language, origin);
    let title = vec![Inline::Text(manifest.title.as_str().into())];
    let mut document = plain_document(title, &manifest.language, manifest.date, blocks);
    document.author.clone_from(&manifest.author);
    document.style = making.looks.style.clone();
    document.page = making.looks.page.clone();
    bundle.add(
        "",
        ("tables", "html"),
        words.tables.clone(),
        0,
        html::html(&document).into_bytes(),
    );
    for (stem, head, rows) in tables {
        let csv = count_csv(head, rows.iter().map(count_line));
        let csv = csv.map_err(|error| EngineError::emit(format!("`{stem}.csv`"), error))?;
        bundle.add("", (stem, "csv"), words.tables.clone(), 0, csv);
    }
    Ok(())
}

fn count_line(row: &CountRow) -> CountLine<'_> {
    CountLine {
        label: &row.label,
        counts: [row.organizations, row.individuals, row.signatories()],
    }
}
