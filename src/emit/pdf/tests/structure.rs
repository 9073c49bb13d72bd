//! The structure tree of a letter with each kind of part, held by rules of our own.
//!
//! Validators notice neither a header cell that lost its role nor a roll that is no list. Here
//! the tree is read back from the file and compared with what the letter is made of; and each
//! rule is held by a damage that it must find.

use super::reader::{Reader, name};
use crate::compose::document::{Alignment, Block, Document, Inline, List, Part, Roll, RollSection, Signature, Table};
use crate::emit::pdf::{PdfOptions, pdf};
use crate::emit::tests::{heading, image, link, paragraph, roll, text};
use crate::layout::{Fonts, paginate};
use crate::model::numbering::Numbering;
use crate::model::picture::PictureFormat;
use lopdf::{Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// An element of the tree, read back.
#[derive(Debug, Default)]
struct Element {
    id: ObjectId,
    role: String,
    /// `Alt`, `Lang`, `Scope`, `ListNumbering`, ...
    keys: BTreeMap<String, String>,
    /// Elements, text, and the objects of links, in reading order.
    kids: Vec<Kid>,
}

#[derive(Debug)]
enum Kid {
    Element(Element),
    Text(String),
    Annotation,
}

impl Element {
    fn read(reader: &Reader, id: ObjectId) -> Self {
        let dictionary = reader.dictionary(id);
        let mut keys = BTreeMap::new();
        for key in ["Alt", "Lang", "ID"] {
            if let Ok(value) = dictionary.get(key.as_bytes()) {
                keys.insert(key.to_owned(), lopdf::decode_text_string(value).unwrap());
            }
        }
        if let Ok(Object::Dictionary(attributes)) = dictionary.get(b"A") {
            for (key, value) in attributes.iter() {
                let value = value.as_name().map_or_else(|_| "set".into(), String::from_utf8_lossy);
                keys.insert(String::from_utf8_lossy(key).into_owned(), value.into_owned());
            }
        }
        let home = dictionary.get(b"Pg").ok().map(|page| page.as_reference().unwrap());
        let piece = |page: ObjectId, number: i64| {
            let at = reader.pages.iter().position(|known| *known == page).unwrap();
            Kid::Text(reader.texts[at][&Some(number)].clone())
        };
        let kids = dictionary.get(b"K").unwrap().as_array().unwrap();
        let kids = kids.iter().map(|kid| match kid {
            Object::Reference(kid) => Kid::Element(Self::read(reader, *kid)),
            Object::Integer(number) => piece(home.unwrap(), *number),
            Object::Dictionary(kid) if kid.has_type(b"MCR") => {
                let page = kid.get(b"Pg").unwrap().as_reference().unwrap();
                piece(page, kid.get(b"MCID").unwrap().as_i64().unwrap())
            }
            _ => Kid::Annotation,
        });
        Self {
            id,
            role: name(dictionary.get(b"S").unwrap()),
            keys,
            kids: kids.collect(),
        }
    }

    fn elements(&self) -> Vec<&Element> {
        let mut found = Vec::new();
        for kid in &self.kids {
            match kid {
                Kid::Element(element) => found.push(element),
                Kid::Text(_) | Kid::Annotation => {}
            }
        }
        found
    }

    /// It and all below it, in reading order.
    fn all(&self) -> Vec<&Element> {
        let mut out = vec![self];
        for element in self.elements() {
            out.extend(element.all());
        }
        out
    }

    fn of_role(&self, role: &str) -> Vec<&Element> {
        self.all().into_iter().filter(|element| element.role == role).collect()
    }

    /// The words, in reading order. A soft hyphen is none.
    fn words(&self) -> String {
        let words: Vec<String> = self
            .kids
            .iter()
            .map(|kid| match kid {
                Kid::Element(element) => element.words(),
                Kid::Text(text) => text.clone(),
                Kid::Annotation => String::new(),
            })
            .collect();
        words.concat().replace('\u{ad}', "")
    }

    fn key(&self, key: &str) -> Option<&str> {
        self.keys.get(key).map(String::as_str)
    }
}

/// What a letter is made of, in reading order, as a reader hears it.
#[derive(Debug, Default, PartialEq)]
struct Inventory {
    /// Level and words.
    headings: Vec<(u8, String)>,
    /// Words of the header cells of columns and of rows, and of all other cells.
    tables: Vec<[Vec<String>; 3]>,
    /// Label and words of each item.
    lists: Vec<Vec<(String, String)>>,
    /// Words for those who do not see them.
    figures: Vec<String>,
    captions: Vec<String>,
    quotations: usize,
    /// Footnotes, each with its number.
    notes: Vec<String>,
    references: usize,
    links: Vec<String>,
    languages: Vec<String>,
}

fn trimmed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Inventory {
    fn of(root: &Element) -> Self {
        let mut found = Self::default();
        for element in root.all() {
            let words = || trimmed(&element.words());
            match element.role.as_str() {
                "H1" | "H2" | "H3" | "H4" | "H5" | "H6" => {
                    found.headings.push((element.role.as_bytes()[1] - b'0', words()));
                }
                "Table" => {
                    let mut table: [Vec<String>; 3] = Default::default();
                    for cell in element.all() {
                        let place = match (cell.role.as_str(), cell.key("Scope")) {
                            ("TH", Some("Column")) => 0,
                            ("TH", Some("Row")) => 1,
                            ("TH" | "TD", _) => 2,
                            _ => continue,
                        };
                        table[place].push(trimmed(&cell.words()));
                    }
                    found.tables.push(table);
                }
                "L" => {
                    let item = |item: &&Element| {
                        let of = |role: &str| {
                            let parts = item.elements().into_iter().filter(|part| part.role == role);
                            trimmed(&parts.map(Element::words).collect::<String>())
                        };
                        (of("Lbl"), of("LBody"))
                    };
                    found.lists.push(element.elements().iter().map(item).collect());
                }
                "Figure" => found.figures.push(element.key("Alt").unwrap_or_default().to_owned()),
                "Caption" => found.captions.push(words()),
                "BlockQuote" => found.quotations += 1,
                "Note" => {
                    let parts = element.elements();
                    let parts: Vec<String> = parts.iter().map(|part| part.words()).collect();
                    found.notes.push(trimmed(&parts.join(" ")));
                }
                "Reference" => found.references += 1,
                "Link" if element.kids.iter().any(|kid| matches!(kid, Kid::Annotation)) => found.links.push(words()),
                _ => {}
            }
            found.languages.extend(element.key("Lang").map(str::to_owned));
        }
        found
    }
}

/// What is wrong with a tree, whatever the letter says.
fn faults(root: &Element) -> BTreeSet<String> {
    let mut faults = BTreeSet::new();
    let mut fault = |is_fault: bool, what: &str| {
        if is_fault {
            faults.insert(what.to_owned());
        }
    };
    let is = |element: &&Element, roles: &[&str]| roles.contains(&element.role.as_str());
    let mut level = 0;
    let mut ids = BTreeSet::new();
    for element in root.all() {
        let kids = element.elements();
        match element.role.as_str() {
            role @ ("H1" | "H2" | "H3" | "H4" | "H5" | "H6") => {
                let own = role.as_bytes()[1] - b'0';
                fault(own > level + 1, "a heading skips a level");
                level = own;
            }
            "Table" => {
                let rows: Vec<&&Element> = kids.iter().filter(|kid| kid.role == "TR").collect();
                fault(
                    !kids.iter().all(|kid| is(kid, &["TR", "Caption"])),
                    "a table holds more than rows",
                );
                let widths: BTreeSet<usize> = rows.iter().map(|row| row.kids.len()).collect();
                fault(widths.len() != 1, "rows of a table are of unlike length");
                for (at, row) in rows.iter().enumerate() {
                    for (column, cell) in row.elements().iter().enumerate() {
                        let expected = match (at, column, cell.role.as_str()) {
                            (0, _, _) => Some("Column"),
                            (_, 0, "TH") => Some("Row"),
                            (_, _, "TD") => None,
                            _ => {
                                fault(true, "a cell of a table is in no place for it");
                                continue;
                            }
                        };
                        fault(at == 0 && cell.role != "TH", "a cell of a head is no header");
                        fault(cell.key("Scope") != expected, "a header says not what it is of");
                    }
                }
            }
            "L" => {
                fault(!kids.iter().all(|kid| is(kid, &["LI"])), "a list holds more than items");
                let labels = kids
                    .iter()
                    .filter(|item| item.elements().iter().any(|part| part.role == "Lbl"));
                let labels = labels.count();
                fault(labels != 0 && labels != kids.len(), "an item has lost its label");
                fault(
                    (labels != 0) != element.key("ListNumbering").is_some(),
                    "a list says not how it is numbered",
                );
            }
            "LI" => {
                let roles: Vec<&str> = kids.iter().map(|kid| kid.role.as_str()).collect();
                fault(
                    !matches!(roles.as_slice(), ["Lbl", "LBody"] | ["LBody"]),
                    "an item has no body",
                );
            }
            "Figure" => fault(
                element.key("Alt").is_none_or(str::is_empty) || element.key("BBox").is_none(),
                "a figure has no words or no place",
            ),
            "Note" => {
                fault(
                    kids.first().is_none_or(|first| first.role != "Lbl"),
                    "a footnote has no number",
                );
                let id = element.key("ID").map(str::to_owned);
                fault(id.is_none_or(|id| !ids.insert(id)), "a footnote has no name of its own");
            }
            "Reference" => fault(element.of_role("Link").is_empty(), "a footnote's mark leads nowhere"),
            _ => {}
        }
        for kid in kids {
            let home: &[&str] = match kid.role.as_str() {
                "LI" => &["L"],
                "LBody" => &["LI"],
                "TR" => &["Table"],
                "TH" | "TD" => &["TR"],
                "Lbl" => &["LI", "Note"],
                _ => continue,
            };
            fault(
                !home.contains(&element.role.as_str()),
                "a part is outside of what it is a part of",
            );
        }
    }
    faults
}

fn cells(cells: &[&str]) -> Vec<Vec<Inline>> {
    cells.iter().map(|cell| text(cell)).collect()
}

/// A letter with each kind of part that has a structure of its own.
fn letter() -> Document {
    let mark = vec![
        Inline::Text("The county counted riders.".into()),
        Inline::FootnoteMark(0),
        Inline::Text(" It published ".into()),
        link("https://example.org/report", "the report"),
        Inline::Text(".".into()),
    ];
    let numbered = Block::List(List {
        numbering: Some(Numbering::decimal(9, 2)),
        tight: true,
        items: vec![
            vec![paragraph("Open the stations.")],
            vec![paragraph("Publish a date.")],
        ],
    });
    let bullets = Block::List(List {
        numbering: None,
        tight: true,
        items: vec![vec![paragraph("by bus;")], vec![paragraph("on foot.")]],
    });
    let table = Block::Table(Table {
        alignments: vec![Alignment::Start, Alignment::Number, Alignment::Number],
        head: cells(&["Ward", "2019", "2020"]),
        rows: vec![
            cells(&["Northbridge", "1,204", "998"]),
            cells(&["Old Harbor", "88", "91"]),
            cells(&["Hill", "7", "12"]),
        ],
    });
    let plain_table = Block::Table(Table {
        alignments: vec![Alignment::Start, Alignment::Number],
        head: cells(&["Year", "Riders"]),
        rows: vec![cells(&["2019", "1,292"]), cells(&["2019", "1,089"])],
    });
    let body = vec![
        Block::Paragraph(mark),
        heading(2, "What we ask"),
        numbered,
        bullets,
        heading(3, "Riders by ward"),
        Block::Captioned {
            content: vec![table],
            caption: text("Table 1. Riders"),
        },
        plain_table,
        Block::Quote(vec![paragraph("We walk along the road.")]),
        Block::Captioned {
            content: vec![Block::Paragraph(vec![Inline::Image(image(
                PictureFormat::Svg,
                "A map",
            ))])],
            caption: text("Figure 1. The line"),
        },
        Block::Passage {
            language: "es-US".to_owned(),
            blocks: vec![paragraph("Nadie camina de noche.")],
        },
    ];
    let section = |heading: &str, names: [&str; 2]| RollSection {
        heading: Some(heading.to_owned()),
        ..roll(&names).sections.remove(0)
    };
    let mut people = section("Individuals", ["Ada Quintero", "Ben Bell"]);
    people.entries[0].detail = Some("Driver".to_owned());
    let roll = Roll {
        heading: Some(text("The 4 undersigned")),
        columns: 2,
        sections: vec![section("Minnesota", ["Harbor Line", "Maple Food Bank"]), people],
        ..roll(&[])
    };
    let parts = vec![
        Part::Letterhead {
            name: text("Harbor Line Coalition"),
            lines: vec![text("example.org")],
            logos: vec![image(PictureFormat::Svg, "A wheel")],
            board: vec![text("Ann Alpha"), text("Ben Beta")],
        },
        Part::Dateline(text("March 1, 2021")),
        Part::Addressees(vec![vec![text("The Transit Board"), text("100 State Street")]]),
        Part::Subject {
            label: "RE:".into(),
            content: text("The number 12 bus"),
        },
        Part::Salutation(text("Dear members:")),
        Part::Body(body),
        Part::Closing(text("Sincerely,")),
        Part::Signatures(vec![Signature {
            image: Some(image(PictureFormat::Png, "Signature of Ann Alpha")),
            lines: vec![text("Ann Alpha")],
        }]),
        Part::Roll(roll),
        Part::Notes {
            label: "cc:".into(),
            lines: vec![text("The Mayor"), text("The Clerk")],
        },
    ];
    let note = vec![paragraph("At nine stops.")];
    crate::emit::tests::document(parts, vec![note])
}

fn expected() -> Inventory {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let items = |items: &[(&str, &str)]| {
        let item = |&(label, body): &(&str, &str)| (label.to_owned(), body.to_owned());
        items.iter().map(item).collect::<Vec<_>>()
    };
    Inventory {
        headings: vec![
            (1, "RE: The number 12 bus".to_owned()),
            (2, "What we ask".to_owned()),
            (3, "Riders by ward".to_owned()),
            (2, "The 4 undersigned".to_owned()),
            (3, "Minnesota".to_owned()),
            (3, "Individuals".to_owned()),
        ],
        tables: vec![
            [
                words(&["Ward", "2019", "2020"]),
                words(&["Northbridge", "Old Harbor", "Hill"]),
                words(&["1,204", "998", "88", "91", "7", "12"]),
            ],
            [
                words(&["Year", "Riders"]),
                Vec::new(),
                words(&["2019", "1,292", "2019", "1,089"]),
            ],
        ],
        lists: vec![
            items(&[("", "Ann Alpha"), ("", "Ben Beta")]),
            items(&[("9.", "Open the stations."), ("10.", "Publish a date.")]),
            items(&[("•", "by bus;"), ("•", "on foot.")]),
            items(&[("", "Harbor Line"), ("", "Maple Food Bank")]),
            items(&[("", "Ada Quintero Driver"), ("", "Ben Bell")]),
            items(&[("", "The Mayor"), ("", "The Clerk")]),
        ],
        figures: words(&["A wheel", "A map", "Signature of Ann Alpha"]),
        captions: words(&["Table 1. Riders", "Figure 1. The line"]),
        quotations: 1,
        notes: words(&["1 At nine stops."]),
        references: 1,
        links: words(&["1", "the report"]),
        languages: words(&["es-US"]),
    }
}

/// The words of the letter in the order in which they are read: those before must come before.
const ORDER: &[&str] = &[
    "Harbor Line Coalition",
    "Ann Alpha",
    "March 1, 2021",
    "The Transit Board",
    "RE:",
    "Dear members:",
    "The county counted riders.",
    "the report",
    "What we ask",
    "Open the stations.",
    "by bus;",
    "Riders by ward",
    "Table 1.",
    "Ward",
    "Northbridge",
    "Old Harbor",
    "Year",
    "We walk along",
    "Figure 1.",
    "Nadie camina",
    "Sincerely,",
    "Ann Alpha",
    "The 4 undersigned",
    "Minnesota",
    "Maple Food Bank",
    "Individuals",
    "Ada Quintero",
    "Ben Bell",
    "cc:",
    "The Clerk",
];

/// Everything that is wrong with a file of the letter.
fn verdict(reader: &Reader) -> BTreeSet<String> {
    let root = reader.get(reader.catalog(), "StructTreeRoot").as_dict().unwrap();
    let root = Element::read(reader, root.get(b"K").unwrap().as_reference().unwrap());
    let mut found = faults(&root);
    let (inventory, expected) = (Inventory::of(&root), expected());
    if inventory != expected {
        found.insert("the parts are not those of the letter".to_owned());
    }
    let words = trimmed(&root.words());
    let mut from = 0;
    for piece in ORDER {
        match words[from..].find(piece) {
            Some(at) => from += at + piece.len(),
            None => {
                found.insert("the words are not in the order of the letter".to_owned());
            }
        }
    }
    found
}

fn written() -> Vec<u8> {
    static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::embedded_only);
    let (pages, _) = paginate(&letter(), &FONTS);
    pdf(&pages, &PdfOptions::default()).unwrap()
}

#[test]
fn the_tree_of_a_letter_is_made_of_its_parts() {
    let reader = Reader::new(&written());
    let root = reader.get(reader.catalog(), "StructTreeRoot").as_dict().unwrap();
    let root = Element::read(&reader, root.get(b"K").unwrap().as_reference().unwrap());
    assert_eq!(Inventory::of(&root), expected());
    assert_eq!(verdict(&reader), BTreeSet::new(), "{}", reader.outline());
}

#[test]
fn no_damage_to_the_tree_goes_unnoticed() {
    let bytes = written();
    /// Changes the first element of a role, or the one with the words.
    fn check(bytes: &[u8], role: &str, words: &str, damage: impl Fn(&mut lopdf::Dictionary)) {
        let mut reader = Reader::new(bytes);
        let root = reader.get(reader.catalog(), "StructTreeRoot").as_dict().unwrap();
        let root = Element::read(&reader, root.get(b"K").unwrap().as_reference().unwrap());
        let all = root.of_role(role);
        let victim = all.into_iter().find(|element| element.words().contains(words));
        let id = victim.unwrap_or_else(|| panic!("no {role} with {words:?}")).id;
        let dictionary = reader.document.get_object_mut(id).unwrap().as_dict_mut().unwrap();
        damage(dictionary);
        assert_ne!(verdict(&reader), BTreeSet::new(), "{role} {words:?}");
    }
    let check = |role: &str, words: &str, damage: &dyn Fn(&mut lopdf::Dictionary)| check(&bytes, role, words, damage);
    // Each role, lost to a paragraph and to a division, which say nothing.
    for (role, words) in [
        ("TH", "Ward"),
        ("TH", "2020"),
        ("TH", "Old Harbor"),
        ("TH", "Year"),
        ("TD", "998"),
        ("TR", "Ward"),
        ("TR", "Old Harbor"),
        ("Table", "Ward"),
        ("Table", "Year"),
        ("Caption", "Table 1."),
        ("Caption", "Figure 1."),
        ("L", "Open the stations."),
        ("L", "by bus;"),
        ("L", "Maple Food Bank"),
        ("L", "Ada Quintero"),
        ("L", "The Clerk"),
        ("LI", "Publish a date."),
        ("LI", "Maple Food Bank"),
        ("Lbl", "9."),
        ("Lbl", "•"),
        ("LBody", "on foot."),
        ("LBody", "Ben Bell"),
        ("H1", "The number 12 bus"),
        ("H2", "What we ask"),
        ("H2", "The 4 undersigned"),
        ("H3", "Riders by ward"),
        ("H3", "Individuals"),
        ("BlockQuote", "We walk"),
        ("Note", "At nine stops."),
        ("Reference", "1"),
        ("Figure", ""),
        ("Link", "the report"),
    ] {
        for other in ["P", "Div"] {
            check(role, words, &|element| element.set("S", Object::Name(other.into())));
        }
    }
    // Roles for one another.
    for (role, words, other) in [
        ("TH", "2019", "TD"),
        ("TD", "1,204", "TH"),
        ("H2", "What we ask", "H3"),
        ("H3", "Minnesota", "H4"),
        ("H1", "RE:", "H2"),
        ("LBody", "The Mayor", "Lbl"),
        ("Note", "At nine stops.", "BlockQuote"),
    ] {
        check(role, words, &|element| element.set("S", Object::Name(other.into())));
    }
    // What says more than the role.
    let without = |key: &'static str| {
        move |element: &mut lopdf::Dictionary| {
            element.remove(key.as_bytes());
        }
    };
    check("TH", "Ward", &without("A"));
    check("TH", "Northbridge", &without("A"));
    check("L", "Open the stations.", &without("A"));
    check("Figure", "", &without("Alt"));
    check("Figure", "", &without("A"));
    check("Note", "At nine stops.", &without("ID"));
    check("Div", "Nadie camina", &without("Lang"));
    let scope = |scope: &'static str| {
        move |element: &mut lopdf::Dictionary| {
            let attributes = element.get_mut(b"A").unwrap().as_dict_mut().unwrap();
            attributes.set("Scope", Object::Name(scope.into()));
        }
    };
    check("TH", "2019", &scope("Row"));
    check("TH", "Old Harbor", &scope("Column"));
    // The order of reading, and what is left out of it.
    for (role, words) in [
        ("Table", "Ward"),
        ("TR", "Northbridge"),
        ("L", "Maple Food Bank"),
        ("LI", "Publish a date."),
        ("Sect", "What we ask"),
    ] {
        let kids = |element: &mut lopdf::Dictionary, change: &dyn Fn(&mut Vec<Object>)| {
            change(element.get_mut(b"K").unwrap().as_array_mut().unwrap());
        };
        check(role, words, &|element| kids(element, &|kids| kids.reverse()));
        check(role, words, &|element| {
            kids(element, &|kids| kids.truncate(kids.len() - 1));
        });
    }
}
