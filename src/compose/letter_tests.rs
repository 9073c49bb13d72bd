//! What a composed letter must be.

#![allow(clippy::unwrap_used)]

use super::super::document::RollEntry;
use super::*;
use crate::diag::Code;
use crate::diag::Severity;
use crate::model;
use crate::model::letter::Addressee;
use crate::model::letter::Letterhead;
use crate::model::picture::{Picture, PictureFormat};
use crate::model::text::{Block, Field, Image};
use crate::resolve::Signatory;
use crate::testing::{letter, origin, signatory, text};
use std::sync::Arc;

fn field(expression: &str) -> Line {
    vec![Inline::Field(Field {
        expression: expression.into(),
        origin: origin(),
    })]
}

fn signed(names: &[(&str, Kind)]) -> (Vec<Record>, Resolution) {
    let records = names.iter().map(|(name, _)| Record::new(*name, origin())).collect();
    let signatories = names
        .iter()
        .enumerate()
        .map(|(row, (name, kind))| Signatory {
            kind: *kind,
            ..signatory(name, row)
        })
        .collect();
    let resolution = Resolution {
        signatories,
        ..Resolution::default()
    };
    (records, resolution)
}

fn composed(letter: &Letter, names: &[(&str, Kind)], options: &ComposeOptions) -> (Document, Vec<Diagnostic>) {
    let (records, resolution) = signed(names);
    compose(letter, &records, &resolution, options)
}

/// The body's first paragraph, once the fields are text.
fn check(letter: &Letter, expected: &str) {
    let names = [
        ("Zeta", Kind::Organization),
        ("Ana", Kind::Individual),
        ("Alpha", Kind::Organization),
    ];
    let (document, diagnostics) = composed(letter, &names, &ComposeOptions::default());
    assert_eq!(diagnostics, []);
    let body = document.parts.iter().find_map(|part| match part {
        Part::Body(blocks) => Some(blocks),
        _ => None,
    });
    let Some([Block::Paragraph(line)]) = body.map(Vec::as_slice) else {
        panic!("no paragraph");
    };
    assert_eq!(plain(line), expected);
}

#[test]
fn fields_know_the_letter() {
    check(&letter(field("signatories.count|words")), "three");
    check(&letter(field("signatories.organizations")), "2");
    check(&letter(field("signatories.individuals")), "1");
    check(&letter(field("letter.title ~ '!'")), "Title!");
    let mut dated = letter(field("letter.date ~ ' / ' ~ letter.deadline ~ ' / ' ~ letter.subject"));
    dated.date = Some(Date::constant(2021, 3, 1));
    dated.deadline = Some(Date::constant(2021, 2, 26));
    dated.subject = Some(field("signatories.count"));
    check(&dated, "March 1, 2021 / February 26, 2021 / 3");
    dated.language.value = "es-US".into();
    check(&dated, "1 de marzo de 2021 / 26 de febrero de 2021 / 3");
}

#[test]
fn parts_stand_in_the_order_of_a_letter() {
    let mut letter = letter(text("Body."));
    letter.date = Some(Date::constant(2021, 3, 1));
    letter.subject = Some(text("Subject"));
    letter.via = Some(text("Via"));
    letter.salutation = Some(text("Dear:"));
    letter.closing = Some(text("Yours,"));
    letter.signatures = vec![
        model::letter::SignatureSetting {
            title: Some(text(" ")),
            organization: Some(field("signatories.count")),
            ..model::letter::SignatureSetting::default()
        },
        model::letter::SignatureSetting::default(),
    ];
    letter.appendices = vec![vec![Block::Rule]];
    letter.cc = vec![text("Copy")];
    letter.enclosures = vec![text("One"), text("Two")];
    letter.letterhead = Some(Letterhead {
        name: text("We"),
        lines: Vec::new(),
        logos: Vec::new(),
        ..Letterhead::default()
    });
    letter.to = vec![
        Addressee {
            name: Some(text("Name")),
            title: None,
            organization: Some(text("Office")),
            address: vec![text("Town")],
        },
        Addressee::default(),
    ];
    letter.roll.heading = Some(field("signatories.count"));
    let options = ComposeOptions {
        date: Some(Date::constant(2022, 12, 31)),
        draft: false,
    };
    let (document, diagnostics) = composed(&letter, &[("Alpha", Kind::Organization)], &options);
    assert_eq!(diagnostics, []);
    let names: Vec<String> = document
        .parts
        .iter()
        .map(|part| match part {
            Part::Letterhead { name, .. } => format!("letterhead {}", plain(name)),
            Part::Dateline(line) => format!("date {}", plain(line)),
            Part::Via(line) => format!("via {}", plain(line)),
            Part::Addressees(blocks) => {
                let block = |lines: &Vec<Line>| lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join("/");
                format!("to {}", blocks.iter().map(block).collect::<Vec<_>>().join(" and "))
            }
            Part::Subject { label, content } => format!("{label} {}", plain(content)),
            Part::Salutation(line) => format!("salutation {}", plain(line)),
            Part::Body(_) => "body".into(),
            Part::Closing(line) => format!("closing {}", plain(line)),
            Part::Signatures(signatures) => format!("by hand {}", plain(&signatures[0].lines[0])),
            Part::Appendix(blocks) => format!("appendix {}", blocks.len()),
            Part::Roll(roll) => format!("roll {}", plain(roll.heading.as_deref().unwrap())),
            Part::Notes { label, lines } => format!("{label} {}", lines.len()),
            other => panic!("no part of a letter: {other:?}"),
        })
        .collect();
    let expected = [
        "letterhead We",
        "date December 31, 2022",
        "via Via",
        "to Name/Office/Town",
        "RE: Subject",
        "salutation Dear:",
        "body",
        "closing Yours,",
        "by hand 1",
        "roll 1",
        "cc: 1",
        "Enclosures: 2",
        "appendix 1",
    ];
    assert_eq!(names, expected);
    assert_eq!(document.author, "We");
    assert_eq!(document.subject, "Subject");
    assert_eq!(document.date, options.date);
}

#[test]
fn without_a_letterhead_the_leads_are_the_author() {
    let (records, mut resolution) = signed(&[
        ("Alpha", Kind::Organization),
        ("Beta", Kind::Organization),
        ("Gamma", Kind::Organization),
    ]);
    let author = |resolution: &Resolution| {
        let (document, _) = compose(&letter(text("")), &records, resolution, &ComposeOptions::default());
        document.author
    };
    assert_eq!(author(&resolution), "");
    resolution.signatories[0].level = Some(Level::Lead);
    resolution.signatories[2].level = Some(Level::Lead);
    assert_eq!(author(&resolution), "Alpha and Gamma");
}

#[test]
fn errors_are_found_wherever_a_line_stands() {
    let mut letter = letter(vec![Inline::Link {
        to: "https://example.org/{{ nowhere }}".into(),
        content: vec![Inline::Emphasis(field("link.text"))],
        origin: origin(),
    }]);
    let bad = || field("nobody");
    letter.title = field("letter.title");
    letter.subject = Some(field("letter.subject"));
    letter.roll.heading = Some(bad());
    letter.cc = vec![bad()];
    letter.to = vec![Addressee {
        name: Some(bad()),
        ..Addressee::default()
    }];
    letter.footnotes = vec![vec![Block::Quote(vec![Block::Heading {
        level: 1,
        content: bad(),
        origin: origin(),
    }])]];
    let (_, diagnostics) = composed(&letter, &[], &ComposeOptions::default());
    assert_eq!(diagnostics.len(), 8, "{diagnostics:?}");
    for diagnostic in diagnostics {
        assert_eq!(diagnostic.severity, Severity::Error);
        assert_eq!(diagnostic.origin, Some(origin()));
    }
}

#[test]
fn an_unknown_language_is_said() {
    let mut letter = letter(text("Body."));
    letter.cc = vec![text("Copy")];
    letter.language.value = "de-CH".into();
    let (document, diagnostics) = composed(&letter, &[], &ComposeOptions::default());
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].severity, Severity::Warning);
    assert_eq!(diagnostics[0].code, Code::UnknownLanguage);
    assert_eq!(document.language, "de-CH");
    assert_eq!(document.labels.footnotes, "Footnotes");
    letter.language.value = "en_US!".into();
    let (_, diagnostics) = composed(&letter, &[], &ComposeOptions::default());
    assert_eq!(diagnostics[0].severity, Severity::Error);
}

#[test]
fn pictures_are_passed_on() {
    let picture = Picture {
        format: PictureFormat::Png,
        width: 2.0,
        height: 1.0,
        data: vec![1, 2, 3],
        name: String::new(),
    };
    let image = Image {
        path: "map.png".into(),
        alt: "A map".into(),
        origin: origin(),
        picture: Some(Arc::new(picture)),
    };
    let line = vec![Inline::Strong(vec![Inline::Image(image.clone())])];
    let mut letter = letter(line.clone());
    letter.letterhead = Some(Letterhead {
        logos: vec![image.clone()],
        ..Letterhead::default()
    });
    let (document, diagnostics) = composed(&letter, &[], &ComposeOptions::default());
    assert_eq!(diagnostics, []);
    let logo = |part: &Part| matches!(part, Part::Letterhead { logos, .. } if *logos == [image.clone()]);
    assert!(document.parts.iter().any(logo));
    assert!(document.parts.contains(&Part::Body(vec![Block::Paragraph(line)])));
}

#[test]
fn an_empty_roll_is_still_a_part() {
    let (document, _) = composed(&letter(text("Body.")), &[], &ComposeOptions::default());
    let Some(Part::Roll(roll)) = document.parts.last() else {
        panic!("no roll");
    };
    assert!(roll.is_empty());
    assert_eq!(roll.note, None);
}

#[test]
fn names_are_not_read_as_fields_or_markdown() {
    let name = "{{ signatories.count }} *bold* <b>";
    let (document, diagnostics) = composed(
        &letter(text("Body.")),
        &[(name, Kind::Organization)],
        &ComposeOptions::default(),
    );
    assert_eq!(diagnostics, []);
    let Some(Part::Roll(roll)) = document.parts.last() else {
        panic!("no roll");
    };
    let expected = RollEntry {
        rank: 0,
        mark: "",
        kind: Default::default(),
        name: name.into(),
        place: None,
        detail: None,
        logo: None,
    };
    assert_eq!(roll.sections[0].entries, [expected]);
}

#[test]
fn addressees_of_one_agency_share_its_address() {
    let one = |name: &str, title: &str, organization: &str, address: &[&str]| Addressee {
        name: Some(text(name)).filter(|_| !name.is_empty()),
        title: Some(text(title)).filter(|_| !title.is_empty()),
        organization: Some(text(organization)).filter(|_| !organization.is_empty()),
        address: address.iter().map(|line| text(line)).collect(),
    };
    let check = |addressees: &[Addressee], expected: &[&str]| {
        let blocks = by_address(addressees);
        let block = |lines: &Vec<Line>| lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join(" / ");
        assert_eq!(blocks.iter().map(block).collect::<Vec<_>>(), expected);
    };
    let hud = |name, title| one(name, title, "HUD", &["451 7th Street SW", "Washington"]);
    check(&[], &[]);
    check(
        &[hud("Alder", "Secretary")],
        &["Alder / Secretary / HUD / 451 7th Street SW / Washington"],
    );
    check(
        &[
            hud("Alder", "Secretary"),
            one("Bright", "Director", "CFPB", &["1700 G Street"]),
            hud("Dorn", "Deputy Secretary"),
        ],
        &[
            "Alder, Secretary / Dorn, Deputy Secretary / HUD / 451 7th Street SW / Washington",
            "Bright / Director / CFPB / 1700 G Street",
        ],
    );
    // Another address, or no organization: each has a block.
    check(
        &[hud("Alder", ""), one("Dorn", "", "HUD", &["Denver"])],
        &["Alder / HUD / 451 7th Street SW / Washington", "Dorn / HUD / Denver"],
    );
    check(
        &[one("A", "", "", &["X"]), one("B", "", "", &["X"])],
        &["A / X", "B / X"],
    );
    check(
        &[hud("", "Secretary"), hud("Dorn", "")],
        &["Secretary / Dorn / HUD / 451 7th Street SW / Washington"],
    );
}

#[test]
fn labels_are_those_of_the_author() {
    let mut letter = letter(text("Body."));
    letter.language.value = "de-CH".into();
    letter.cc = vec![text("Copy")];
    letter.subject = Some(text("Subject"));
    letter.labels = [("subject", "Betreff:"), ("cc", "Kopie:"), ("draft", "ENTWURF")]
        .map(|(key, word)| (key.to_owned(), word.to_owned()))
        .into();
    let options = ComposeOptions {
        draft: true,
        ..ComposeOptions::default()
    };
    let (document, diagnostics) = composed(&letter, &[], &options);
    assert_eq!(diagnostics, []);
    assert_eq!(document.draft.as_deref(), Some("ENTWURF"));
    let labels = document.parts.iter().filter_map(|part| match part {
        Part::Subject { label, .. } | Part::Notes { label, .. } => Some(label.as_str()),
        _ => None,
    });
    assert_eq!(labels.collect::<Vec<_>>(), ["Betreff:", "Kopie:"]);
}

#[test]
fn each_of_several_rolls_has_its_members_and_its_count() {
    use crate::model::letter::{RollMembers, RollOf, RollSetting};
    let one = |members| RollOf {
        members,
        setting: RollSetting {
            heading: Some(vec![field("roll.count").remove(0), Inline::Text(" of them".into())]),
            ..RollSetting::default()
        },
        origin: origin(),
    };
    let individual = |name: &str, title: &str, row| Signatory {
        kind: Kind::Individual,
        title: Some(title.into()),
        ..crate::testing::signatory(name, row)
    };
    let resolution = Resolution {
        signatories: vec![
            individual("Ana Abbot", "Mayor", 0),
            crate::testing::signatory("Beta", 1),
            individual("Cleo Cruz", "Nurse", 2),
            crate::testing::signatory("Alpha", 3),
        ],
        ..Resolution::default()
    };
    let check = |rolls: &[RollMembers], expected: &[&str], errors: usize| {
        let mut letter = letter(text("Body."));
        letter.roll.rolls = rolls.iter().copied().map(one).collect();
        let records = vec![crate::model::signatory::Record::new("", origin()); 4];
        let (document, diagnostics) = compose(&letter, &records, &resolution, &ComposeOptions::default());
        assert_eq!(diagnostics.len(), errors, "{diagnostics:?}");
        let printed = document.parts.iter().filter_map(|part| match part {
            Part::Roll(roll) => {
                let entries = roll.sections.iter().flat_map(|section| &section.entries);
                let names: Vec<&str> = entries.map(|entry| entry.name.as_str()).collect();
                Some(format!(
                    "{}: {}",
                    plain(roll.heading.as_ref().unwrap()),
                    names.join(", ")
                ))
            }
            _ => None,
        });
        let printed: Vec<String> = printed.collect();
        if errors == 0 {
            assert_eq!(printed, expected);
        }
        // The order of names elsewhere is that of the rolls.
        let order = crate::compose::roll::order(&resolution, &letter.roll, "en-US");
        let names: Vec<&str> = order
            .iter()
            .map(|&at| resolution.signatories[at].name.as_str())
            .collect();
        let listed: Vec<&str> = printed
            .iter()
            .flat_map(|line| line.split(": ").nth(1).unwrap().split(", "))
            .collect();
        assert_eq!(names, listed);
    };
    use RollMembers::{Individuals, Officials, Organizations};
    check(
        &[Individuals, Organizations, Officials],
        &["1 of them: Cleo Cruz", "2 of them: Alpha, Beta", "1 of them: Ana Abbot"],
        0,
    );
    check(
        &[Organizations, Individuals],
        &["2 of them: Alpha, Beta", "2 of them: Ana Abbot, Cleo Cruz"],
        0,
    );
    check(&[Organizations], &[], 1);
    check(&[Officials], &[], 2);
}
