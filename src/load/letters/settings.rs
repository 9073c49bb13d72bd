//! Reads the tables that a letter shares with its workspace's project file.
//!
//! In: `[letterhead]`, `[roll]`, `[page]`, `[release]` and `[columns]` of either file.
//! Out: their settings, and [`Project`], the type that carries a workspace's to its
//! letters. Guaranteed: a key that a table leaves out keeps its inherited value.
//! Absent: reading the files.

use crate::diag::{Code, Diagnostic, suggest};
use crate::load::lists::headers;
use crate::load::toml_values::{TomlReader, get, tables};
use crate::model::check::CheckSetting;
use crate::model::labels::{self, LabelWords};
use crate::model::letter::{
    AffiliationNote, Conjunction, FromYourState, Letterhead, PageSetting, Paper, PeopleOrder, Placed, ReleaseSetting,
    RollColumnCount, RollMembers, RollOf, RollOrder, RollSections, RollSetting, RollStyle, SeveralStates, ShownColumn,
};
use crate::model::style::StyleSetting;
use crate::model::text::{Image, Line};
use crate::model::units::Pt;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use toml::de::DeTable;

/// Settings that the letters of a workspace share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// BCP 47 tag of the letters' language.
    pub language: Option<Placed<String>>,
    /// Folders outside the workspace that letters may name files of.
    pub read_from: Vec<PathBuf>,
    /// The coalition's letterhead; its logo's path is relative to the project
    /// file, and it is read with it.
    pub letterhead: Option<Letterhead>,
    /// A list's header = canonical column.
    pub columns: BTreeMap<String, String>,
    /// Words in place of those that documents print by themselves, by key.
    pub labels: BTreeMap<String, String>,
    /// What `check` is to hold the letters to.
    pub check: CheckSetting,
    /// Look and colours.
    pub style: StyleSetting,
    /// What the letters' releases carry.
    pub release: ReleaseSetting,
    pub(in crate::load) roll: RollKeys,
    pub(in crate::load) page: PageKeys,
}

impl Project {
    /// Returns the settings of the roll for letters that have none of their own.
    pub fn roll(&self) -> RollSetting {
        let mut roll = RollSetting::default();
        self.roll.clone().apply(&mut roll);
        roll
    }
}

/// Reads `[columns]`: a list's header = canonical column.
pub(in crate::load) fn columns(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> BTreeMap<String, String> {
    let known = headers::canonical();
    let mut columns = BTreeMap::new();
    for (key, value) in table {
        let Some(column) = value.get_ref().as_str() else {
            reader.wrong(key.get_ref(), value, "the name of a canonical column");
            continue;
        };
        if headers::by_canonical(column).is_some() {
            columns.insert(key.get_ref().to_string(), column.to_owned());
            continue;
        }
        let shown: String = column.chars().take(100).collect();
        let diagnostic = Diagnostic::error(Code::BadValue, format!("`{shown}` is not a canonical column"))
            .at(reader.origin(value.span()))
            .hint(suggest(&shown, &known));
        reader.diagnostics.push(diagnostic);
    }
    columns
}

/// Reads `[labels]`: the key of a label = the author's words. Words without the places of
/// those they replace (`{page}`) are an error.
pub(in crate::load) fn labels(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> BTreeMap<String, String> {
    reader.only(table, "[labels]", LabelWords::KEYS);
    let mut labels = BTreeMap::new();
    for &key in LabelWords::KEYS {
        let Some(word) = reader.string(table, key) else {
            continue;
        };
        let places = labels::places(key);
        if let Some(missing) = places.iter().find(|place| !word.value.contains(place.as_str())) {
            reader.diagnostics.push(
                Diagnostic::error(Code::BadValue, format!("the label `{key}` has no `{missing}`"))
                    .at(word.origin)
                    .hint(format!("put {} where the document fills it in", places.join(" and "))),
            );
        } else {
            labels.insert(key.to_owned(), word.value);
        }
    }
    labels
}

/// Reads `[letterhead]`; what it leaves out stays as `inherited`.
pub(in crate::load) fn letterhead(
    reader: &mut TomlReader<'_>,
    table: &DeTable<'_>,
    inherited: Letterhead,
) -> Letterhead {
    reader.only(
        table,
        "[letterhead]",
        &["name", "lines", "board", "footer", "logo", "logo_alt", "logos"],
    );
    let Letterhead {
        name,
        lines,
        board,
        footer,
        logos: mut inherited_logos,
    } = inherited;
    let image = |path: Placed<String>| Image {
        path: path.value,
        alt: String::new(),
        origin: path.origin,
        picture: None,
    };
    let mut logos = Vec::new();
    for table in tables(reader, table, "logos") {
        reader.only(table, "[[letterhead.logos]]", &["file", "alt"]);
        let alt = reader.string(table, "alt").map(|alt| alt.value).unwrap_or_default();
        let file = reader.string(table, "file");
        logos.extend(file.map(|file| Image { alt, ..image(file) }));
    }
    if let Some(path) = reader.string(table, "logo") {
        logos.insert(0, image(path));
    } else if logos.is_empty() {
        logos.append(&mut inherited_logos);
    }
    if let Some(alt) = reader.string(table, "logo_alt")
        && let Some(logo) = logos.first_mut()
    {
        logo.alt = alt.value;
    }
    Letterhead {
        name: reader.line(table, "name").unwrap_or(name),
        lines: reader.lines(table, "lines").unwrap_or(lines),
        board: reader.lines(table, "board").unwrap_or(board),
        footer: reader.lines(table, "footer").unwrap_or(footer),
        logos,
    }
}

/// The keys of a `[roll]` table; `None` where it has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::load) struct RollKeys {
    heading: Option<Line>,
    style: Option<RollStyle>,
    columns: Option<RollColumnCount>,
    font_size: Option<Pt>,
    order: Option<RollOrder>,
    ignore_articles: Option<bool>,
    people: Option<PeopleOrder>,
    sections: Option<RollSections>,
    state_table: Option<bool>,
    district_table: Option<bool>,
    from_your_state: Option<FromYourState>,
    from_your_district: Option<FromYourState>,
    several_states: Option<SeveralStates>,
    affiliation_note: Option<AffiliationNote>,
    show: Option<Vec<ShownColumn>>,
    names: NameKeys,
}

/// The keys of a `[roll.names]` table; `None` where it has none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct NameKeys {
    conjunction: Option<Conjunction>,
    drop_the: Option<bool>,
    drop_legal_form: Option<bool>,
    drop_acronym: Option<bool>,
}

impl RollKeys {
    /// Sets what the table says.
    pub(super) fn apply(self, setting: &mut RollSetting) {
        if self.heading.is_some() {
            setting.heading = self.heading;
        }
        set(&mut setting.style, self.style);
        set(&mut setting.columns, self.columns);
        setting.font_size = self.font_size.or(setting.font_size);
        set(&mut setting.order, self.order);
        set(&mut setting.ignore_articles, self.ignore_articles);
        set(&mut setting.people, self.people);
        set(&mut setting.sections, self.sections);
        set(&mut setting.state_table, self.state_table);
        set(&mut setting.district_table, self.district_table);
        set(&mut setting.from_your_state, self.from_your_state);
        set(&mut setting.from_your_district, self.from_your_district);
        set(&mut setting.several_states, self.several_states);
        set(&mut setting.affiliation_note, self.affiliation_note);
        if self.show.is_some() {
            setting.show = self.show;
        }
        set(&mut setting.names.conjunction, self.names.conjunction);
        set(&mut setting.names.drop_the, self.names.drop_the);
        set(&mut setting.names.drop_legal_form, self.names.drop_legal_form);
        set(&mut setting.names.drop_acronym, self.names.drop_acronym);
    }
}

fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

const AFFILIATION_NOTES: &[(&str, AffiliationNote)] = &[
    ("auto", AffiliationNote::Auto),
    ("all", AffiliationNote::All),
    ("none", AffiliationNote::None),
];

const SHOWN: &[(&str, ShownColumn)] = &[
    ("representative", ShownColumn::Representative),
    ("title", ShownColumn::Title),
    ("affiliation", ShownColumn::Affiliation),
    ("city", ShownColumn::City),
    ("state", ShownColumn::State),
    ("district", ShownColumn::District),
    ("country", ShownColumn::Country),
];

const STYLES: &[(&str, RollStyle)] = &[
    ("columns", RollStyle::Columns),
    ("list", RollStyle::List),
    ("sentence", RollStyle::Sentence),
    ("logos", RollStyle::Logos),
];

const ORDERS: &[(&str, RollOrder)] = &[("alphabetical", RollOrder::Alphabetical), ("listed", RollOrder::Listed)];

const PEOPLE: &[(&str, PeopleOrder)] = &[
    ("as-listed", PeopleOrder::AsListed),
    ("family-name", PeopleOrder::FamilyName),
    ("printed-name", PeopleOrder::AsPrinted),
];

const FROM_YOUR_STATE: &[(&str, FromYourState)] = &[
    ("among", FromYourState::Among),
    ("first", FromYourState::First),
    ("marked", FromYourState::Marked),
];

const SEVERAL_STATES: &[(&str, SeveralStates)] = &[
    ("together", SeveralStates::Together),
    ("first", SeveralStates::First),
    ("other", SeveralStates::Other),
];

const SECTIONS: &[(&str, RollSections)] = &[
    ("none", RollSections::None),
    ("level", RollSections::Level),
    ("state", RollSections::State),
    ("district", RollSections::District),
    ("section", RollSections::Section),
    ("kind", RollSections::Kind),
];

const CONJUNCTIONS: &[(&str, Conjunction)] = &[
    ("keep", Conjunction::AsSigned),
    ("word", Conjunction::Word),
    ("sign", Conjunction::Sign),
];

const KEEP_OR_DROP: &[(&str, bool)] = &[("keep", false), ("drop", true)];

/// Reads `[roll.names]`.
fn names(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> NameKeys {
    reader.only(table, "[roll.names]", &["and", "the", "legal_form", "acronym"]);
    let mut drop = |key| reader.word(table, key, KEEP_OR_DROP).map(|drop| drop.value);
    NameKeys {
        drop_the: drop("the"),
        drop_legal_form: drop("legal_form"),
        drop_acronym: drop("acronym"),
        conjunction: reader.word(table, "and", CONJUNCTIONS).map(|word| word.value),
    }
}

/// Reads the `[[rolls]]` tables: each has the keys of `[roll]`, and who is on it. What a
/// table leaves out is as `shared` has it.
pub(super) fn rolls(reader: &mut TomlReader<'_>, root: &DeTable<'_>, shared: &RollSetting) -> Vec<RollOf> {
    let all = [
        RollMembers::Organizations,
        RollMembers::Officials,
        RollMembers::Individuals,
    ];
    let words = all.map(|members| (members.as_str(), members));
    let mut rolls: Vec<RollOf> = Vec::new();
    for table in tables(reader, root, "rolls") {
        let place = get(root, "rolls").map_or(0..0, toml::Spanned::span);
        let Some(members) = reader.word(table, "of", &words) else {
            if get(table, "of").is_none() {
                let origin = reader.origin(place);
                reader.missing("of", origin, "of = \"organizations\" in each [[rolls]]");
            }
            continue;
        };
        if rolls.iter().any(|roll| roll.members == members.value) {
            let message = format!("two rolls are of {}", members.value.as_str());
            let diagnostic = Diagnostic::error(Code::BadValue, message).at(members.origin);
            reader.diagnostics.push(diagnostic.hint("remove one of them"));
        }
        let mut setting = RollSetting {
            heading: None,
            ..shared.clone()
        };
        roll_keys(reader, table, "[[rolls]]", &["of"]).apply(&mut setting);
        rolls.push(RollOf {
            members: members.value,
            setting,
            origin: members.origin,
        });
    }
    rolls
}

/// Reads `[roll]`.
pub(in crate::load) fn roll(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> RollKeys {
    roll_keys(reader, table, "[roll]", &[])
}

/// Reads the keys of a roll; `more` keys of its table mean something, too.
fn roll_keys(reader: &mut TomlReader<'_>, table: &DeTable<'_>, shown: &str, more: &[&str]) -> RollKeys {
    let mut keys = vec![
        "heading",
        "style",
        "columns",
        "font_size",
        "order",
        "ignore_articles",
        "people",
        "sections",
        "state_table",
        "district_table",
        "from_your_state",
        "from_your_district",
        "several_states",
        "affiliation_note",
        "show",
        "names",
    ];
    keys.extend(more);
    reader.only(table, shown, &keys);
    let names = match reader.table(table, "names") {
        Some(table) => names(reader, table),
        None => NameKeys::default(),
    };
    RollKeys {
        heading: reader.line(table, "heading"),
        style: reader.word(table, "style", STYLES).map(|style| style.value),
        columns: match reader.is_word(table, "columns", "auto") {
            true => Some(RollColumnCount::Auto),
            false => reader.number(table, "columns", 1..4).map(RollColumnCount::Fixed),
        },
        font_size: reader.parsed(
            table,
            "font_size",
            "a size from 7pt to 24pt, such as \"9pt\"",
            within(FONT_SIZES),
        ),
        order: reader.word(table, "order", ORDERS).map(|order| order.value),
        ignore_articles: reader.boolean(table, "ignore_articles"),
        people: reader.word(table, "people", PEOPLE).map(|people| people.value),
        sections: reader.word(table, "sections", SECTIONS).map(|sections| sections.value),
        state_table: reader.boolean(table, "state_table"),
        district_table: reader.boolean(table, "district_table"),
        from_your_state: reader
            .word(table, "from_your_state", FROM_YOUR_STATE)
            .map(|from| from.value),
        from_your_district: reader
            .word(table, "from_your_district", FROM_YOUR_STATE)
            .map(|from| from.value),
        several_states: reader
            .word(table, "several_states", SEVERAL_STATES)
            .map(|several| several.value),
        affiliation_note: reader
            .word(table, "affiliation_note", AFFILIATION_NOTES)
            .map(|note| note.value),
        show: reader.words(table, "show", SHOWN),
        names,
    }
}

/// Reads `[release]`; what it leaves out stays as it was.
pub(in crate::load) fn release(reader: &mut TomlReader<'_>, table: &DeTable<'_>, setting: &mut ReleaseSetting) {
    reader.only(table, "[release]", &["verification_note", "verify_at", "qr"]);
    set(
        &mut setting.verification_note,
        reader.boolean(table, "verification_note"),
    );
    set(&mut setting.qr, reader.boolean(table, "qr"));
    let address = reader.parsed(
        table,
        "verify_at",
        "a web address, such as \"https://example.org/letters\"",
        |text| {
            let text = text.trim();
            let is_address = text.starts_with("https://") || text.starts_with("http://");
            (is_address && !text.contains(char::is_whitespace)).then(|| text.to_owned())
        },
    );
    if address.is_some() {
        setting.verify_at = address;
    }
}

/// The keys of a `[page]` table; `None` where it has none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::load) struct PageKeys {
    paper: Option<Paper>,
    margin: Option<Pt>,
    font_size: Option<Pt>,
    justify: Option<bool>,
    hyphenate: Option<bool>,
    numbered_paragraphs: Option<bool>,
}

impl PageKeys {
    /// Sets what the table says.
    pub(super) fn apply(self, setting: &mut PageSetting) {
        set(&mut setting.paper, self.paper);
        set(&mut setting.margin, self.margin);
        set(&mut setting.font_size, self.font_size);
        set(&mut setting.justify, self.justify);
        set(&mut setting.hyphenate, self.hyphenate);
        set(&mut setting.numbered_paragraphs, self.numbered_paragraphs);
    }
}

pub(in crate::load) const PAPERS: &[(&str, Paper)] =
    &[("letter", Paper::Letter), ("legal", Paper::Legal), ("a4", Paper::A4)];

const ALIGNS: &[(&str, bool)] = &[("ragged", false), ("justified", true)];

/// Margins, in points: half an inch is the least that office printers print to;
/// from 2.5 inches on, a column of the roll holds no name.
const MARGINS: RangeInclusive<f64> = 36.0..=180.0;

/// Sizes of body text, in points: from a footnote's to large print (APH, 18 pt)
/// and a third more.
const FONT_SIZES: RangeInclusive<f64> = 7.0..=24.0;

/// Returns what reads a length in a range.
fn within(range: RangeInclusive<f64>) -> impl Fn(&str) -> Option<Pt> {
    move |text| Pt::parse(text).filter(|length| range.contains(&length.0))
}

/// Reads `[page]`.
pub(in crate::load) fn page(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> PageKeys {
    let keys = [
        "paper",
        "margin",
        "font_size",
        "align",
        "hyphenate",
        "numbered_paragraphs",
    ];
    reader.only(table, "[page]", &keys);
    PageKeys {
        paper: reader.word(table, "paper", PAPERS).map(|paper| paper.value),
        margin: reader.parsed(
            table,
            "margin",
            "a length from 0.5in to 2.5in, such as \"1in\" or \"25mm\"",
            within(MARGINS),
        ),
        font_size: reader.parsed(
            table,
            "font_size",
            "a size from 7pt to 24pt, such as \"11.5pt\"",
            within(FONT_SIZES),
        ),
        justify: reader.word(table, "align", ALIGNS).map(|align| align.value),
        hyphenate: reader.boolean(table, "hyphenate"),
        numbered_paragraphs: reader.boolean(table, "numbered_paragraphs"),
    }
}
