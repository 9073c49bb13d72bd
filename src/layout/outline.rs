//! Writes pages as text, for tests and for people who look for a fault.
//!
//! In: pages. Out: one line for each line of text, with its place, font and size, and the
//! structure tree as an indented list. Guaranteed: the same text for the same pages.
//! Absent: glyph numbers, which change with a font's version.

use crate::layout::frame::{Item, Kid, Mark, NodeId, Pages, Role, Structure, TextRun};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Returns what stands on the pages, in painting order.
pub fn pages(pages: &Pages) -> String {
    let mut out = String::new();
    for (number, page) in pages.pages.iter().enumerate() {
        let _ = writeln!(out, "page {} ({} x {})", number + 1, page.width.0, page.height.0);
        for item in &page.items {
            match item {
                Item::Text(run) => {
                    let font = pages.fonts.get(usize::from(run.font.0)).map_or("?", |font| &font.name);
                    let _ = write!(
                        out,
                        "  {:6.1} {:6.1}  {:4.1} {font}  |{}|",
                        run.x.0, run.y.0, run.size.0, run.text
                    );
                    if let Some(actual) = &run.actual_text {
                        let _ = write!(out, " = {actual:?}");
                    }
                    let _ = match run.mark {
                        Mark::Content(id) => writeln!(out, " #{}", id.0),
                        Mark::Artifact(kind) => writeln!(out, " {kind:?}"),
                    };
                }
                Item::Image { area, image, mark } => {
                    let kind = pages
                        .images
                        .get(image.0 as usize)
                        .map_or("?", |image| image.format.media_type());
                    let _ = write!(
                        out,
                        "  {:6.1} {:6.1}  {kind} {:.1} x {:.1}",
                        area.x.0, area.y.0, area.width.0, area.height.0
                    );
                    let _ = match mark {
                        Mark::Content(id) => writeln!(out, " #{}", id.0),
                        Mark::Artifact(kind) => writeln!(out, " {kind:?}"),
                    };
                }
                Item::Rule { area, .. } => {
                    let _ = writeln!(
                        out,
                        "  {:6.1} {:6.1}  rule {:.1} x {:.2}",
                        area.x.0, area.y.0, area.width.0, area.height.0
                    );
                }
            }
        }
    }
    out
}

/// Returns the structure tree with the text of its contents.
pub fn structure(pages: &Pages) -> String {
    let mut texts: BTreeMap<u32, String> = BTreeMap::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Text(run) = item
            && let Mark::Content(id) = run.mark
        {
            texts.entry(id.0).or_default().push_str(spoken(run));
        }
    }
    let mut out = String::new();
    write_node(&pages.structure, Structure::ROOT, 0, &texts, &mut out);
    out
}

/// Returns what a reader hears of a run.
fn spoken(run: &TextRun) -> &str {
    run.actual_text.as_deref().unwrap_or(&run.text)
}

/// Writes an element and its kids, indented by its depth.
fn write_node(structure: &Structure, id: NodeId, depth: usize, texts: &BTreeMap<u32, String>, out: &mut String) {
    let node = structure.node(id);
    let _ = write!(out, "{:indent$}{}", "", name(node.role), indent = depth * 2);
    if let Some(title) = &node.title {
        let _ = write!(out, " ({title})");
    }
    out.push('\n');
    for kid in &node.kids {
        match kid {
            Kid::Node(kid) => write_node(structure, *kid, depth + 1, texts, out),
            Kid::Content(content) => {
                let text = texts.get(&content.0).map_or("", String::as_str);
                let _ = writeln!(out, "{:indent$}“{text}”", "", indent = depth * 2 + 2);
            }
        }
    }
}

/// Returns the name of a role in PDF.
fn name(role: Role) -> String {
    match role {
        Role::Heading(level) => format!("H{level}"),
        Role::Paragraph => "P".to_owned(),
        Role::List { .. } => "L".to_owned(),
        Role::ListItem => "LI".to_owned(),
        Role::Label => "Lbl".to_owned(),
        Role::ListBody => "LBody".to_owned(),
        Role::TableRow => "TR".to_owned(),
        Role::TableHeader => "TH".to_owned(),
        Role::TableCell => "TD".to_owned(),
        Role::Contents => "TOC".to_owned(),
        Role::ContentsItem => "TOCI".to_owned(),
        other => format!("{other:?}"),
    }
}
