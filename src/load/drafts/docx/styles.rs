//! The styles of a Word file: what the name of a paragraph's style says of it.
//!
//! In: the part of styles. Out: for each style, the block it stands for, the part of a letter
//! it names, its numbering, its indents and the looks of its words, those of the styles it is
//! based on included. Absent: fonts and sizes.
//!
//! Source: ECMA-376, part 1, 17.7.

use super::super::xml::Element;
use crate::model::draft::DraftRole;
use std::collections::BTreeMap;

/// The block that a paragraph stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ParagraphKind {
    #[default]
    Plain,
    /// With its level, from 1.
    Heading(u8),
    Quote,
    Speaker,
    Box,
    BoxTitle,
    Figure,
    FigureCaption,
    Code,
    Rule,
    /// An entry of the contents.
    Contents,
}

/// The names of styles, in small letters without spaces, with what they stand for.
const KINDS: &[(&str, ParagraphKind)] = &[
    ("quote", ParagraphKind::Quote),
    ("intensequote", ParagraphKind::Quote),
    ("quotations", ParagraphKind::Quote),
    ("blocktext", ParagraphKind::Quote),
    ("blockquote", ParagraphKind::Quote),
    ("blockquotation", ParagraphKind::Quote),
    ("speaker", ParagraphKind::Speaker),
    ("box", ParagraphKind::Box),
    ("boxtitle", ParagraphKind::BoxTitle),
    ("figure", ParagraphKind::Figure),
    ("figurecaption", ParagraphKind::FigureCaption),
    ("code", ParagraphKind::Code),
    ("htmlpreformatted", ParagraphKind::Code),
    ("preformattedtext", ParagraphKind::Code),
    ("sourcecode", ParagraphKind::Code),
    ("endmark", ParagraphKind::Rule),
    ("horizontalline", ParagraphKind::Rule),
];

/// What a style says.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) kind: ParagraphKind,
    pub(super) role: Option<DraftRole>,
    /// The numbering and its level.
    pub(super) number: Option<(String, usize)>,
    /// The indent at the beginning of lines, in twentieths of a point.
    pub(super) left: Option<i64>,
    /// The indent at their end.
    pub(super) right: Option<i64>,
    /// The properties of its words, the nearest style's first.
    looks: Vec<usize>,
    /// True for a style of links, whose looks say nothing.
    pub(super) is_link: bool,
    /// True for a style of code.
    pub(super) is_code: bool,
    based_on: Option<String>,
}

/// The styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles<'a> {
    by_id: BTreeMap<String, Style>,
    /// The properties of words of all styles.
    properties: Vec<&'a Element>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    /// The language of words that name none, and that of words from right to left.
    pub(super) language: Option<String>,
    pub(super) bidi_language: Option<String>,
    /// True for a file that `emit` wrote.
    pub(super) is_own: bool,
}

/// A style that only files of ours have.
const OWN: &str = "RollPerson";

/// Most styles that are based on one another.
const MOST_BASES: usize = 20;

impl<'a> Styles<'a> {
    /// Reads the part of styles.
    pub(super) fn read(root: &'a Element) -> Self {
        let mut styles = Self::default();
        let defaults = root.at(&["docDefaults", "rPrDefault", "rPr", "lang"]);
        styles.language = defaults.and_then(|lang| lang.attribute("val")).map(str::to_owned);
        styles.bidi_language = defaults.and_then(|lang| lang.attribute("bidi")).map(str::to_owned);
        for element in root.elements().filter(|element| element.name == "style") {
            let Some(id) = element.attribute("styleId") else {
                continue;
            };
            styles.is_own |= id == OWN;
            let is_paragraph = element.attribute("type") == Some("paragraph");
            if is_paragraph && matches!(element.attribute("default"), Some("1" | "true" | "on")) {
                styles.default = Some(id.to_owned());
            }
            let own = styles.style(id, element, is_paragraph);
            styles.by_id.insert(id.to_owned(), own);
        }
        styles.inherit();
        styles
    }

    fn style(&mut self, id: &str, element: &'a Element, is_paragraph: bool) -> Style {
        let name = element.value("name").unwrap_or(id).to_lowercase();
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        let known = |name: &str| KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        let heading = name.strip_prefix("heading").and_then(|level| level.parse::<u8>().ok());
        let properties = element.child("pPr");
        let outline = properties.and_then(outline_level);
        let kind = match heading.filter(|level| (1..=9).contains(level)).or(outline) {
            _ if !is_paragraph => ParagraphKind::Plain,
            Some(level) => ParagraphKind::Heading(level.min(6)),
            None if name.starts_with("toc") && name != "tocheading" => ParagraphKind::Contents,
            None => known(&name).unwrap_or_default(),
        };
        let role = DraftRole::STYLES.iter().find(|(style, _)| style.to_lowercase() == name);
        let mut looks = Vec::new();
        if let Some(words) = element.child("rPr") {
            looks.push(self.properties.len());
            self.properties.push(words);
        }
        let (left, right) = properties.map_or((None, None), indents);
        Style {
            kind,
            role: role.filter(|_| is_paragraph).map(|(_, role)| *role),
            number: properties.and_then(number),
            left,
            right,
            looks,
            is_link: name == "hyperlink" || name == "followedhyperlink" || name == "internetlink",
            is_code: !is_paragraph && (name == "codetext" || name == "htmlcode" || name == "sourcetext"),
            based_on: element.value("basedOn").map(str::to_owned),
        }
    }

    /// Gives each style what those it is based on say, and it does not.
    fn inherit(&mut self) {
        let own = self.by_id.clone();
        for style in self.by_id.values_mut() {
            let mut above = style.based_on.as_ref();
            for _ in 0..MOST_BASES {
                let Some(base) = above.and_then(|id| own.get(id)) else {
                    break;
                };
                if style.kind == ParagraphKind::Plain {
                    style.kind = base.kind;
                }
                style.role = style.role.or(base.role);
                style.number = style.number.take().or_else(|| base.number.clone());
                style.left = style.left.or(base.left);
                style.right = style.right.or(base.right);
                style.looks.extend(&base.looks);
                above = base.based_on.as_ref();
            }
        }
    }

    /// Returns a paragraph's style; the default one if it names none.
    pub(super) fn get(&self, id: Option<&str>) -> Option<&Style> {
        self.by_id.get(id.or(self.default.as_deref())?)
    }

    /// Returns the properties of words of a style, the nearest first.
    pub(super) fn properties(&self, style: &Style) -> impl Iterator<Item = &'a Element> {
        let properties = &self.properties;
        style
            .looks
            .iter()
            .filter_map(|&at| properties.get(at).copied())
            .collect::<Vec<_>>()
            .into_iter()
    }
}

/// Returns the level of a heading, from 1, as the outline has it.
pub(super) fn outline_level(properties: &Element) -> Option<u8> {
    let level: u8 = properties.value("outlineLvl")?.parse().ok()?;
    (level < 9).then_some(level + 1)
}

/// Returns the numbering and the level that properties name.
pub(super) fn number(properties: &Element) -> Option<(String, usize)> {
    let number = properties.child("numPr")?;
    let level = number.value("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
    Some((number.value("numId")?.to_owned(), level))
}

/// Returns the indents that properties name.
pub(super) fn indents(properties: &Element) -> (Option<i64>, Option<i64>) {
    let side = |names: [&str; 2]| {
        let indent = properties.child("ind")?;
        names.iter().find_map(|name| indent.attribute(name)?.parse().ok())
    };
    (side(["left", "start"]), side(["right", "end"]))
}
