//! Parts of the letter that its text points to, and bills by their numbers.
//!
//! In: the letter's text, its enclosures and appendices. Out: enclosures, appendices,
//! sections and tables that are not there; bills whose numbers are almost another's.
//! Guaranteed: "Section 4 of the Act" and "Appendix B of the report" are another text's.
//! Absent: footnotes (`links`), lists (`items`).

use super::expression::Regex;
use super::prose::{Passage, PassageRole};
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "references",
    description: "What the text points to exists, and a bill has one number.",
    findings: &[
        Finding {
            code: Code::MissingPart,
            severity: Severity::Warning,
            why: "Staff look for the attachment that was never attached.",
        },
        Finding {
            code: Code::BillNumber,
            severity: Severity::Warning,
            why: "Two numbers for one bill send every reader to a wrong one.",
        },
    ],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let passages = case.prose.of_roles(|role| {
        matches!(
            role,
            PassageRole::Paragraph | PassageRole::Item | PassageRole::Note | PassageRole::Caption
        )
    });
    let headings: Vec<String> = case
        .prose
        .of_roles(|role| matches!(role, PassageRole::Heading(_) | PassageRole::Caption))
        .map(|passage| passage.text.trim().to_lowercase())
        .collect();
    let numbers: BTreeSet<u32> = headings.iter().filter_map(|heading| section_number(heading)).collect();
    // The headings of parts that a text may point to.
    let parts = headings
        .into_iter()
        .filter(|heading| APPENDIX_WORDS.iter().any(|word| heading.starts_with(word)));
    let parts: BTreeSet<String> = parts.collect();
    let longest = super::items::sizes(case).last().copied().unwrap_or(0);
    for passage in passages {
        attachments(case, passage, sink);
        appendices(passage, &parts, sink);
        sections(passage, &numbers, sink);
        shown(case, passage, sink);
        items(longest, passage, sink);
    }
    if matches!(case.language(), "en" | "es") {
        bills(case, sink);
        acts(case, sink);
        near_acts(case, sink);
        chambers(case, sink);
    }
}

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

fn attachments(case: &Case<'_>, passage: &Passage, sink: &mut Sink<'_>) {
    static ATTACHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:the|an?|our|please find|find|see) (?:attached|enclosed)\b(?: [\p{L}-]+)?|\b(?:attached|enclosed) (?:to|with) this letter\b|\b(?:copy|copies|chart|list|report|brief|summary|table|memo|map|comments|recommendations|analysis|testimony|statement|signatories) (?:is|are) (?:attached|enclosed)\b|\bwe (?:attach|enclose|have (?:attached|enclosed))\b|\b(?:enclosed|attached) (?:please find|you will find|is an?|are)\b|\bin the (?:attachment|enclosure)\b|\b(?:adjunto|adjunta|adjuntamos)\b",
        )
    });
    let letter = case.subject.letter;
    let is_there = !letter.enclosures.is_empty()
        || letter
            .parts()
            .iter()
            .any(|part| matches!(part, crate::model::visit::LetterPart::Appendix(_)));
    if is_there {
        return;
    }
    let found = ATTACHED.as_ref().and_then(|pattern| pattern.find(&passage.text));
    if let Some(found) = found {
        sink.add(
            Code::MissingPart,
            passage.origin(found.range()),
            format!(
                "`{}` speaks of an attachment, and the letter lists no enclosures",
                found.as_str()
            ),
            "name it in `enclosures`, or add it as an appendix",
        );
    }
}

/// Whether a reference goes on with the name of another text: "Appendix B of the report".
fn is_of_other(after: &str) -> bool {
    let after = after.trim_start();
    let joined = [
        "of ", "to the ", "in the ", "de ", "del ", "(", "U.S.C", "U. S. C", "C.F.R",
    ];
    joined.iter().any(|word| after.starts_with(word))
}

/// With what a heading begins that [`appendices`] looks for.
const APPENDIX_WORDS: [&str; 6] = ["appendix", "annex", "exhibit", "attachment", "apéndice", "anexo"];

fn appendices(passage: &Passage, headings: &BTreeSet<String>, sink: &mut Sink<'_>) {
    static APPENDIX: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"\b(?:Appendix|Annex|Exhibit|Attachment|[Aa]péndice|[Aa]nexo) (?:[A-H]|\d{1,2})\b|\b(?:[Ii]n|[Ss]ee) (?:the|our) appendix\b",
        )
    });
    for found in APPENDIX.iter().flat_map(|pattern| pattern.find_iter(&passage.text)) {
        let lower = found.as_str().to_lowercase();
        let sought = if lower.ends_with(" appendix") {
            "appendix"
        } else {
            &lower
        };
        let first = headings.range(sought.to_owned()..).next();
        if first.is_some_and(|heading| heading.starts_with(sought)) || is_of_other(&passage.text[found.end()..]) {
            continue;
        }
        sink.add(
            Code::MissingPart,
            passage.origin(found.range()),
            format!("the text points to `{}`, and there is no such part", found.as_str()),
            "add it with a heading of that name, or correct the reference",
        );
    }
}

/// Returns the number of a heading, in lower case: "section 4", "4. how we got here".
fn section_number(heading: &str) -> Option<u32> {
    let heading = heading.trim_start_matches(['s', 'e', 'c', 't', 'i', 'o', 'n', ' ']);
    let digits: String = heading.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// "Section 4 below", in a letter whose headings are numbered; "the table below".
fn sections(passage: &Passage, numbers: &BTreeSet<u32>, sink: &mut Sink<'_>) {
    static SECTION: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern(r"\b(?:Section|Part|Sección|Parte) (\d{1,2})\b"));
    if numbers.len() < 2 {
        own_sections(passage, sink);
        return;
    }
    for found in SECTION.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let (Some(whole), Some(number)) = (found.get(0), found.get(1)) else {
            continue;
        };
        let after = &passage.text[whole.end()..];
        let known = number.as_str().parse().is_ok_and(|number| numbers.contains(&number));
        if known || is_of_other(after) || after.starts_with(['.', '(']) && after[1..].starts_with(char::is_alphanumeric)
        {
            continue;
        }
        sink.add(
            Code::MissingPart,
            passage.origin(whole.range()),
            format!(
                "the text points to `{}`, and no heading has that number",
                whole.as_str()
            ),
            "correct the number",
        );
    }
}

/// "Section 4 below", in a letter whose headings have no numbers.
fn own_sections(passage: &Passage, sink: &mut Sink<'_>) {
    static OWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"\b(?:Section|Part|[Ss]ección|[Pp]arte) (?:\d{1,2}|[IVX]{1,4})(?:,? (?:above|below|of this letter|supra|infra|más abajo|más arriba|de esta carta)\b)|^See (?:Section|Part) \d{1,2}(?: for (?:more|details|our)\b|\.)|^(?:Section|Part) (?:\d{1,2}|[IVX]{2,4}) (?:says|shows|explains|describes|lists|sets out|gives|discusses) (?:more|how|why|what|our|these|this|the)\b|\b[Aa]s (?:we )?(?:explain|explained|discuss|discussed|describe|described|note|noted|show|shown)(?: above| below)? in (?:Section|Part) (?:\d{1,2}|[IVX]{1,4})(?:[,.]|$)",
        )
    });
    if let Some(found) = OWN.as_ref().and_then(|pattern| pattern.find(&passage.text)) {
        sink.add(
            Code::MissingPart,
            passage.origin(found.range()),
            format!(
                "the text points to `{}`, and its headings have no numbers",
                found.as_str()
            ),
            "name the heading, or correct the reference",
        );
    }
}

/// "The table below", "Figure 2", "footnote 7" and "page 14 of this letter".
fn shown(case: &Case<'_>, passage: &Passage, sink: &mut Sink<'_>) {
    static SHOWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:the|our|la|el) following (?:table|chart|graph|figure|map|infographic)s?\b|\b(?:the|our|la|el) (?:\p{L}+ )?(table|chart|graph|figure|map|infographic|box|photo|photograph|tabla|gráfica|gráfico|cuadro|figura|mapa|foto)s? (?:(?:shown )?(?:above|below)|on the (?:next|previous|following) page|(?:in the box )?(?:at|on the|to the) (?:right|left)|siguiente|anterior|de (?:abajo|arriba))|\bthe box (?:at|on the) (?:right|left)|\b(?-i:[Ss]ee|[Vv]éase la|[Vv]er) (?-i:Figure|Table|Chart|[Tt]abla|[Ff]igura) \d{1,2}\b|(?-i:^(?:Figure|Table|Chart|Tabla|Figura) \d{1,2} (?:shows|lists|gives|sets|muestra|below|above)\b)",
        )
    });
    static NOTE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(r"(?i)(?:\b(?:see|in|as|véase la|ver) (?:foot|end)?(?:note|nota)|^(?:foot|end)note) (\d{1,3})\b")
    });
    static PAGE: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"(?i)\bpage (\d{1,3}) of this letter\b"));
    if passage.role == PassageRole::Note {
        return;
    }
    let mut tell = |range: std::ops::Range<usize>, what: &str| {
        sink.add(
            Code::MissingPart,
            passage.origin(range.clone()),
            format!("the text points to `{}`, and {what}", &passage.text[range]),
            "add it, or correct the reference",
        );
    };
    let shows = !case.prose.pictures.iter().all(|picture| picture.key.is_some())
        || case.prose.elements.contains(&super::prose::Element::Other);
    if let Some(found) = SHOWN.as_ref().and_then(|pattern| pattern.find(&passage.text))
        && !shows
        && !is_of_other(&passage.text[found.end()..])
    {
        tell(found.range(), "the letter has no table, picture, or box");
    }
    let numbered = |pattern: &LazyLock<Option<Regex>>| {
        let found = pattern.as_ref()?.captures(&passage.text)?;
        Some((found.get(0)?.range(), found.get(1)?.as_str().parse::<usize>().ok()?))
    };
    let footnotes = case.subject.letter.footnotes.len();
    if let Some((range, number)) = numbered(&NOTE)
        && number > footnotes
        && !is_of_other(&passage.text[range.end..])
    {
        tell(range, &format!("the letter has {footnotes} footnotes"));
    }
    if let Some((range, number)) = numbered(&PAGE)
        && case.subject.pages.map_or(number > 12, |pages| number > pages)
    {
        tell(range, "the letter has fewer pages");
    }
}

/// "The fourth item", "Item 7 above", in a text whose longest list has three.
fn items(longest: u64, passage: &Passage, sink: &mut Sink<'_>) {
    static ITEM: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"\b(?:Item|Point|Recommendation|Demand|item|point|recommendation|demand|Punto|punto) (\d{1,2})(?: (above|below|of this letter|más abajo|más arriba|de esta carta)\b|,| (?:is|es)\b)|\b[Tt]he (third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:item|recommendation|demand|change|request|ask)\b",
        )
    });
    const ORDINALS: [&str; 8] = [
        "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ];
    for found in ITEM.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
        let Some(whole) = found.get(0) else { continue };
        // Without a list, only a word that points says that one was meant.
        if longest < 2 && found.get(2).is_none() {
            continue;
        }
        let figure = found.get(1).and_then(|number| number.as_str().parse::<u64>().ok());
        let word = found
            .get(3)
            .and_then(|word| ORDINALS.iter().position(|known| *known == word.as_str()));
        let number = figure.or(word.map(|at| at as u64 + 3)).unwrap_or(0);
        if number > longest {
            sink.add(
                Code::MissingPart,
                passage.origin(whole.range()),
                format!(
                    "the text points to `{}`, and its longest list has {longest}",
                    whole.as_str()
                ),
                "correct the number or the list",
            );
        }
    }
}

/// An act in the text, with the number beside it: "the Homes Act (H.R. 2468)".
fn acts(case: &Case<'_>, sink: &mut Sink<'_>) {
    static ACT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"((?:\p{Lu}[\p{L}’'-]+ )(?:(?:\p{Lu}[\p{L}’'-]+|of|and|for|the|to|in|on) ){0,7}Act|Ley (?:(?:\p{Lu}[\p{L}’'-]+|de|del|la|las|los|el|y|e|para|por|en) ){0,8}\p{Lu}[\p{L}’'-]+)(?: (?:of|de) \d{4})?,? \(?((?:H\. ?R\.|S\.) ?\d{1,5})\b",
        )
    });
    static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(r"\b((?:\p{Lu}[\p{L}’'-]+ )(?:(?:\p{Lu}[\p{L}’'-]+|of|and|for|the|to|in|on) ){0,7}Act) of (\d{4})\b")
    });
    // "Pass the Homes Act": the name begins after the article.
    let bare = |name: &str| {
        let lower = name.to_lowercase();
        let name = lower.rsplit(" the ").next().unwrap_or(&lower);
        name.trim_start_matches("the ").replace([' ', '.'], "")
    };
    for (pattern, what) in [(&ACT, true), (&YEAR, false)] {
        let mut seen: Vec<(String, String)> = Vec::new();
        // Places of `seen` by act and by bill: others say nothing of one another.
        let mut by_act: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut by_bill: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for passage in &case.prose.passages {
            for found in pattern.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
                let (Some(name), Some(number)) = (found.get(1), found.get(2)) else {
                    continue;
                };
                let house = |number: &str| number.starts_with('H');
                let (act, bill) = (bare(name.as_str()), bare(number.as_str()));
                // One act has a bill in each chamber.
                let of_act = by_act.get(&act).map(Vec::as_slice).unwrap_or_default();
                let of_bill = by_bill.get(&bill).map(Vec::as_slice).unwrap_or_default();
                let is_known = of_act.iter().any(|&at| seen[at].1 == bill);
                let differs = |at: &&usize| {
                    let (other, of) = &seen[**at];
                    let same_act = *other == act;
                    let same_bill = *of == bill;
                    what && same_act != same_bill && (same_bill || house(&of.to_uppercase()) == house(number.as_str()))
                        || !what && same_act && !same_bill && is_slip_of_year(of, &bill)
                };
                let first = of_act.iter().find(differs).into_iter();
                let first = first.chain(of_bill.iter().find(differs)).min();
                if let Some((other, of)) = first.map(|&at| &seen[at]) {
                    let message = if *other == act {
                        format!(
                            "`{}` has another number elsewhere in the text, `{}`",
                            name.as_str(),
                            of.to_uppercase()
                        )
                    } else {
                        format!(
                            "`{}` is the number of another act elsewhere in the text",
                            number.as_str()
                        )
                    };
                    sink.add(
                        Code::BillNumber,
                        passage.origin(number.range()),
                        message,
                        "look up the number",
                    );
                }
                if !is_known {
                    by_act.entry(act.clone()).or_default().push(seen.len());
                    by_bill.entry(bill.clone()).or_default().push(seen.len());
                    seen.push((act, bill));
                }
            }
        }
    }
}

/// Acts whose names differ in a letter: "Fair Homes Act", "Fare Homes Act".
fn near_acts(case: &Case<'_>, sink: &mut Sink<'_>) {
    static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(r"\b[Tt]he ((?:\p{Lu}[\p{L}’'-]+ )(?:(?:\p{Lu}[\p{L}’'-]+|of|and|for|the|to|in|on) ){1,7}Act)\b")
    });
    let mut seen: Vec<String> = Vec::new();
    for passage in &case.prose.passages {
        for found in NAME.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
            let Some(name) = found.get(1) else { continue };
            let near = seen.iter().find(|other| {
                let slips = strsim::osa_distance(other, name.as_str());
                let length = other.chars().count();
                slips == 1 || slips == 2 && length >= 14 && other.split(' ').count() == name.as_str().split(' ').count()
            });
            let known = seen.iter().any(|other| other == name.as_str());
            if let Some(other) = near.filter(|_| !known) {
                sink.add(
                    Code::BillNumber,
                    passage.origin(name.range()),
                    format!("`{}` is almost `{other}`, which the text names, too", name.as_str()),
                    "look up the name of the act",
                );
            }
            if !known {
                seen.push(name.as_str().to_owned());
            }
        }
    }
}

/// Returns whether two years have the same digits, turned round: 1968 and 1986.
fn is_slip_of_year(a: &str, b: &str) -> bool {
    strsim::osa_distance(a, b) == 1 && strsim::hamming(a, b).is_ok_and(|slips| slips == 2)
}

/// "The Senate should pass H.R. 2468, introduced by Senator Ruiz": a bill of the other chamber.
fn chambers(case: &Case<'_>, sink: &mut Sink<'_>) {
    static WRONG: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"\b(?:(?:Rep\.|Representative|Congressman|Congresswoman) (?:\p{Lu}[\p{L}’'-]+ ){1,3}(?:introduced|has introduced|sponsored) (S\. ?\d{1,4})\b|(?:Sen\.|Senator) (?:\p{Lu}[\p{L}’'-]+ ){1,3}(?:introduced|has introduced|sponsored) (H\. ?R\. ?\d{1,5})\b|(H\. ?R\. ?\d{1,5})[^.;]{0,30}, (?:introduced|sponsored) by (?:Sen\.|Senator)|(S\. ?\d{1,4})[^.;]{0,30}, (?:introduced|sponsored) by (?:Rep\.|Representative)|[Hh]ouse [Bb]ill (S\. ?\d{1,4})|\b[Ss]enate (?:passed|adopted|approved) (H\. ?(?:R|J\. ?Res|Con\. ?Res|Res)\. ?\d{1,5}) last\b|\b[Hh]ouse (?:passed|adopted|approved) (S\. ?(?:J\. ?Res\. ?|Con\. ?Res\. ?|Res\. ?)?\d{1,4}) last\b|[Ss]enate [Bb]ill (H\. ?R\. ?\d{1,5})|(?:Rep\.|Representative|Congressman|Congresswoman) (?:\p{Lu}[\p{L}’'-]+ ){0,2}\p{Lu}[\p{L}-]+[’']s (?:bill|legislation|act),? \(?(S\. ?\d{1,4})\b|(?:Sen\.|Senator) (?:\p{Lu}[\p{L}’'-]+ ){0,2}\p{Lu}[\p{L}-]+[’']s (?:bill|legislation|act),? \(?(H\. ?R\. ?\d{1,5})\b)",
        )
    });
    static LONG: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\bH\. ?R\. ?(?:[2-9]\d{4}|\d{6,})\b"));
    for passage in &case.prose.passages {
        for found in WRONG.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
            let Some(bill) = (1..=10).find_map(|at| found.get(at)) else {
                continue;
            };
            sink.add(
                Code::BillNumber,
                passage.origin(bill.range()),
                format!("`{}` is a bill of the other chamber", bill.as_str()),
                "look up the number",
            );
        }
        for found in LONG.iter().flat_map(|pattern| pattern.find_iter(&passage.text)) {
            sink.add(
                Code::BillNumber,
                passage.origin(found.range()),
                format!("no bill has a number as high as `{}`", found.as_str()),
                "look up the number",
            );
        }
    }
}

/// Numbers of bills that are one digit, or two digits turned round, from another's.
fn bills(case: &Case<'_>, sink: &mut Sink<'_>) {
    static BILL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"\b(H\. ?R\.|HR|H\.R|S\.|HB|SB|AB|H\.B\.|S\.B\.|A\.B\.|H\. ?Res\.|S\. ?Res\.|H\.J\. ?Res\.|P\.L\.|Pub\. ?L\.(?: No\.)?|Public Law(?: No\.)?|E\.O\.|Executive Order(?: No\.)?|[A-Z]{2,6}-\d{4}-)\s?(?:\d{2,3}-)?(\d{2,5})\b|\b((?:[Hh]ouse|[Ss]enate|[Aa]ssembly) [Bb]ill) (\d{2,5})\b",
        )
    });
    let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
    for passage in &case.prose.passages {
        for found in BILL.iter().flat_map(|pattern| pattern.captures_iter(&passage.text)) {
            let Some(whole) = found.get(0) else { continue };
            let number = found.get(2).or(found.get(4)).map_or("", |number| number.as_str());
            let series = series(found.get(1).or(found.get(3)).map_or("", |series| series.as_str()));
            let key = (series.clone(), number.to_owned());
            let near = seen
                .iter()
                .find(|((of, other), _)| *of == series && is_slip(other, number));
            if let Some((_, other)) = near.filter(|_| !seen.contains_key(&key)) {
                sink.add(
                    Code::BillNumber,
                    passage.origin(whole.range()),
                    format!("`{}` is almost `{other}`, which the text names, too", whole.as_str()),
                    "look up which number is right",
                );
            }
            seen.entry(key).or_insert_with(|| whole.as_str().to_owned());
        }
    }
}

/// Returns the series that a number is counted in: bills of a chamber, whatever their form,
/// resolutions, laws, orders, and the docket of an agency and a year.
fn series(written: &str) -> String {
    let bare: String = written.chars().filter(|c| c.is_alphanumeric()).collect();
    let bare = bare.to_lowercase();
    let bare = bare.trim_end_matches("no");
    match bare {
        "hr" | "hb" | "housebill" => "house",
        "s" | "sb" | "senatebill" => "senate",
        "ab" | "assemblybill" => "assembly",
        "pl" | "publ" | "publiclaw" => "law",
        "eo" | "executiveorder" => "order",
        other => other,
    }
    .to_owned()
}

/// Whether two numbers of three digits or more differ in one digit, or in the order of two.
fn is_slip(a: &str, b: &str) -> bool {
    if a.len() != b.len() || a.len() < 3 {
        return false;
    }
    let differing: Vec<usize> = (0..a.len())
        .filter(|&at| a.as_bytes()[at] != b.as_bytes()[at])
        .collect();
    match differing.as_slice() {
        [first, second] => {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            second - first == 1 && a[*first] == b[*second] && a[*second] == b[*first]
        }
        // Of two bills in a row, the last digit says which; a longer number is a slip.
        [at] => a.len() > 3 && *at + 1 < a.len(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_be_slips_of_each_other() {
        assert!(is_slip("1234", "1243") && is_slip("1234", "1334"));
        assert!(!is_slip("1234", "1235") && !is_slip("12", "21") && !is_slip("1234", "4321"));
    }
}
