//! The signatories of each state and district: for a recipient who represents one, and as a
//! table.
//!
//! In: who signed, and how the roll is printed. Out: numbers and names of one state or district,
//! the roll as a recipient from there is shown it, or a table of all. Guaranteed: names are those
//! of the roll, in its order; however a recipient is shown the roll, it prints each signatory
//! once; a signatory of several states is of each for a recipient, and once in the table, whose
//! total is the roll's. Absent: how a cell is read (that is `resolve`'s).

use super::count_tables::{CountRow, count_page};
use super::document::{Block, FROM_YOURS, Inline, Roll, RollEntry, RollSection};
use super::language::Language;
use super::roll;
use crate::model::district_kind::DistrictKind;
use crate::model::labels::LabelWords;
use crate::model::letter::{FromYourState, RollSetting, RollStyle};
use crate::model::signatory::Kind;
use crate::resolve::Resolution;
use crate::resolve::districts::{self, District, DistrictNumber};
use crate::resolve::states::{self, StateCell};
use crate::source::Origin;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A signatory as far as its state and its district count.
#[derive(Debug)]
struct Member {
    name: String,
    kind: Kind,
    states: Vec<&'static str>,
    districts: Vec<District>,
}

/// The signatories with their states and districts, in the order of the roll.
#[derive(Debug)]
pub(super) struct PlaceShares {
    members: Vec<Member>,
    /// True if a cell says what its district elects to.
    says_kinds: bool,
}

/// The signatories of one state or district.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Share {
    /// The names, in the order of the roll.
    pub(super) names: Vec<String>,
    /// The number of organizations.
    pub(super) organizations: usize,
    /// The number of individuals.
    pub(super) individuals: usize,
}

/// Where a recipient is from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RecipientPlace {
    /// The state; `None`: no one state is named.
    pub(super) state: Option<&'static str>,
    /// The district; `None`: no one district is named.
    pub(super) district: Option<District>,
}

/// A signatory as it is printed, for counting.
#[derive(Clone, Copy, Debug)]
pub(super) struct PrintedPlace<'a> {
    /// Organization or individual.
    pub(super) kind: Kind,
    /// The cell that names the state.
    pub(super) state: &'a str,
    /// The cell that names the district.
    pub(super) district: &'a str,
}

/// Returns the states that a cell names.
fn states_of(cell: &str) -> Vec<&'static str> {
    match states::read(cell) {
        StateCell::State(state) => vec![state],
        StateCell::Several(states) => states,
        _ => Vec::new(),
    }
}

/// Returns the one state that a cell names.
pub(super) fn one_state(cell: &str) -> Option<&'static str> {
    match states::read(cell) {
        StateCell::State(state) => Some(state),
        _ => None,
    }
}

/// A group of signatories that a roll shows first or marks: its words, and who is in it.
struct Group<'a> {
    words: String,
    holds: Box<dyn Fn(&RollEntry) -> bool + 'a>,
}

impl Group<'_> {
    fn is_in(&self, roll: &Roll) -> bool {
        let mut entries = roll.sections.iter().flat_map(|section| &section.entries);
        entries.any(|entry| (self.holds)(entry))
    }
}

impl PlaceShares {
    /// Reads the states and districts of the signatories.
    pub(super) fn new(resolution: &Resolution, setting: &RollSetting, language: &Language) -> Self {
        let printed = roll::rolls(resolution, setting, language).into_iter();
        let sections = printed.flat_map(|roll| roll.sections);
        let entries = sections.flat_map(|section| section.entries);
        let order = roll::order(resolution, setting, &language.to_string());
        let members = order.into_iter().zip(entries).map(|(at, entry)| {
            let signatory = &resolution.signatories[at];
            Member {
                name: entry.name,
                kind: signatory.kind,
                states: states_of(signatory.state.as_deref().unwrap_or_default()),
                districts: districts::named(signatory.district.as_deref(), signatory.state.as_deref()),
            }
        });
        Self::of(members.collect())
    }

    /// Takes signatories as they are printed.
    pub(super) fn of_printed<'a>(members: impl Iterator<Item = PrintedPlace<'a>>) -> Self {
        let members = members.map(|member| Member {
            name: String::new(),
            kind: member.kind,
            states: states_of(member.state),
            districts: districts::named(Some(member.district), Some(member.state)),
        });
        Self::of(members.collect())
    }

    fn of(members: Vec<Member>) -> Self {
        let mut districts = members.iter().flat_map(|member| &member.districts);
        Self {
            says_kinds: districts.any(|district| district.kind.is_some()),
            members,
        }
    }

    /// Returns whether a signatory is from a district. A number alone is of whatever the list is
    /// about: of another chamber than Congress only if no cell says what it elects to.
    fn is_from(&self, member: &Member, district: &District) -> bool {
        let is_other = district.kind.is_some_and(|kind| kind != DistrictKind::Congressional);
        let counts = |own: &&District| own.kind.is_some() || !(self.says_kinds && is_other);
        let mut own = member.districts.iter().filter(counts);
        own.any(|own| own.is(district))
    }

    /// Returns the share of a state.
    pub(super) fn of_state(&self, state: &str) -> Share {
        self.share(|member| member.states.contains(&state))
    }

    /// Returns the share of a district.
    pub(super) fn of_district(&self, district: &District) -> Share {
        self.share(|member| self.is_from(member, district))
    }

    fn share(&self, is_of: impl Fn(&Member) -> bool) -> Share {
        let members: Vec<&Member> = self.members.iter().filter(|member| is_of(member)).collect();
        let of_kind = |kind: Kind| members.iter().filter(|member| member.kind == kind).count();
        Share {
            organizations: of_kind(Kind::Organization),
            individuals: of_kind(Kind::Individual),
            names: members.iter().map(|member| member.name.clone()).collect(),
        }
    }

    /// Returns rolls as a recipient from somewhere is shown them: those from the same district and
    /// the same state first or marked, as the setting asks for. A roll that has none from there
    /// stays as it is.
    pub(super) fn shown_to<'a>(
        &'a self,
        rolls: &'a [Roll],
        from: &'a RecipientPlace,
        setting: &RollSetting,
        language: &Language,
    ) -> Cow<'a, [Roll]> {
        let own = |at: usize| setting.rolls.get(at).map_or(setting, |roll| &roll.setting);
        let asks = |setting: &RollSetting| {
            let asked = [setting.from_your_state, setting.from_your_district];
            asked.iter().any(|one| *one != FromYourState::Among)
        };
        if !(0..rolls.len()).any(|at| asks(own(at))) {
            return Cow::Borrowed(rolls);
        }
        let shown = rolls.iter().enumerate().map(|(at, roll)| {
            let own = own(at);
            let groups = |word: FromYourState| -> Vec<Group<'_>> {
                let district = (own.from_your_district == word).then(|| self.district_group(from, language));
                let state = (own.from_your_state == word).then(|| self.state_group(from, language));
                let groups = [district.flatten(), state.flatten()].into_iter().flatten();
                groups.filter(|group| group.is_in(roll)).collect()
            };
            let shown = first(
                roll,
                &groups(FromYourState::First),
                &language.words().from_elsewhere,
                language,
            );
            match groups(FromYourState::Marked) {
                groups if groups.is_empty() => shown,
                groups => marked(shown, &groups, language),
            }
        });
        Cow::Owned(shown.collect())
    }

    fn state_group<'a>(&'a self, from: &RecipientPlace, language: &Language) -> Option<Group<'a>> {
        let state = from.state?;
        let name = states::name_of(state, language.subtag());
        Some(Group {
            words: language.words().from_state.replace("{state}", name),
            holds: Box::new(move |entry| {
                let member = self.members.get(entry.rank);
                member.is_some_and(|member| member.states.contains(&state))
            }),
        })
    }

    fn district_group<'a>(&'a self, from: &RecipientPlace, language: &Language) -> Option<Group<'a>> {
        let district = from.district?;
        let name = district.name(language.subtag());
        Some(Group {
            words: language.words().from_district.replace("{district}", &name),
            holds: Box::new(move |entry| {
                let member = self.members.get(entry.rank);
                member.is_some_and(|member| self.is_from(member, &district))
            }),
        })
    }

    /// Returns the rows of the table of all states, by their names; those of several states, of
    /// none, and the total follow.
    pub(super) fn state_counts(&self, language: &Language, words: &LabelWords) -> Vec<CountRow> {
        let of = |member: &Member| match member.states.as_slice() {
            [state] => Some(Some(states::name_of(state, language.subtag()).to_owned())),
            [] => None,
            _ => Some(None),
        };
        self.counts(of, |name| name, [&words.several_states, &words.no_state], words)
    }

    /// Returns the rows of the table of all districts, by state and number; those of several
    /// districts, of none, and the total follow. Without any district there are none.
    pub(super) fn district_counts(&self, language: &Language, words: &LabelWords) -> Vec<CountRow> {
        if self.members.iter().all(|member| member.districts.is_empty()) {
            return Vec::new();
        }
        let key = |district: &District| -> (String, DistrictNumber, String) {
            let state = district
                .state
                .map_or("", |state| states::name_of(state, language.subtag()));
            (state.to_owned(), district.number, district.name(language.subtag()))
        };
        let of = |member: &Member| match member.districts.as_slice() {
            [district] => Some(Some(key(district))),
            [] => None,
            _ => Some(None),
        };
        self.counts(
            of,
            |(.., name)| name,
            [&words.several_districts, &words.no_district],
            words,
        )
    }

    /// Counts the members by a key: `Some(None)` for several, `None` for none.
    fn counts<K: Ord>(
        &self,
        key: impl Fn(&Member) -> Option<Option<K>>,
        label: impl Fn(K) -> String,
        [several_label, none_label]: [&String; 2],
        words: &LabelWords,
    ) -> Vec<CountRow> {
        let mut counts: BTreeMap<K, [u64; 2]> = BTreeMap::new();
        let (mut several, mut none, mut total) = ([0; 2], [0; 2], [0; 2]);
        for member in &self.members {
            let own = match key(member) {
                Some(Some(key)) => counts.entry(key).or_default(),
                Some(None) => &mut several,
                None => &mut none,
            };
            let column = usize::from(member.kind == Kind::Individual);
            own[column] += 1;
            total[column] += 1;
        }
        let rest = [(several_label, several), (none_label, none), (&words.total, total)];
        let rest = rest.into_iter().filter(|(_, count)| *count != [0; 2]);
        let rows = counts.into_iter().map(|(key, count)| (label(key), count));
        let rows = rows.chain(rest.map(|(label, count)| (label.clone(), count)));
        rows.map(CountRow::new).collect()
    }

    /// Returns the heading and the table of all states.
    pub(super) fn state_table(&self, language: &Language, origin: Origin) -> Vec<Block> {
        let words = language.words();
        let rows = self.state_counts(language, words);
        count_page(&words.by_state, &words.state_name, &rows, language, origin)
    }

    /// Returns the heading and the table of all districts; nothing if nobody names one.
    pub(super) fn district_table(&self, language: &Language, origin: Origin) -> Vec<Block> {
        let words = language.words();
        match self.district_counts(language, words) {
            rows if rows.is_empty() => Vec::new(),
            rows => count_page(&words.by_district, &words.district_name, &rows, language, origin),
        }
    }
}

/// Returns a roll with groups first, each under its heading. The others keep their sections; where
/// they had no heading, they get one.
fn first(roll: &Roll, groups: &[Group<'_>], elsewhere: &str, language: &Language) -> Roll {
    if groups.is_empty() {
        return roll.clone();
    }
    let all = joined(roll);
    let section = |heading: Option<String>, entries: Vec<RollEntry>| RollSection {
        heading,
        sentence: match roll.style {
            RollStyle::Sentence => roll::sentence(&entries, &all, language),
            RollStyle::Columns | RollStyle::List | RollStyle::Logos => String::new(),
        },
        entries,
    };
    let group_of = |entry: &RollEntry| groups.iter().position(|group| (group.holds)(entry));
    let of = |entries: &[RollEntry], at: Option<usize>| -> Vec<RollEntry> {
        let own = entries.iter().filter(|entry| group_of(entry) == at);
        own.cloned().collect()
    };
    let mut sections = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let own: Vec<RollEntry> = roll
            .sections
            .iter()
            .flat_map(|section| of(&section.entries, Some(at)))
            .collect();
        // All of a state may be of the district before it.
        if !own.is_empty() {
            sections.push(section(Some(group.words.clone()), own));
        }
    }
    for other in &roll.sections {
        let rest = of(&other.entries, None);
        if !rest.is_empty() {
            let heading = other.heading.clone().unwrap_or_else(|| elsewhere.to_owned());
            sections.push(section(Some(heading), rest));
        }
    }
    Roll {
        sections,
        ..roll.clone()
    }
}

/// Returns a roll with a mark after those of each group, and notes that say what the marks mean. A
/// signatory of two groups has the mark of the first.
fn marked(mut roll: Roll, groups: &[Group<'_>], language: &Language) -> Roll {
    let mut used = [false; FROM_YOURS.len()];
    for entry in roll.sections.iter_mut().flat_map(|section| &mut section.entries) {
        if let Some(at) = groups.iter().position(|group| (group.holds)(entry)) {
            entry.mark = FROM_YOURS[at];
            used[at] = true;
        }
    }
    let all = joined(&roll);
    if roll.style == RollStyle::Sentence {
        for section in &mut roll.sections {
            section.sentence = roll::sentence(&section.entries, &all, language);
        }
    }
    for ((group, mark), _) in groups.iter().zip(FROM_YOURS).zip(used).filter(|(_, used)| *used) {
        let own = Inline::Text(format!("{mark} {}", group.words).into());
        match &mut roll.note {
            Some(note) => note.extend([Inline::Break, own]),
            None => roll.note = Some(vec![own]),
        }
    }
    roll
}

/// Returns all names of a roll as its sentences join them.
fn joined(roll: &Roll) -> Vec<String> {
    let entries = roll.sections.iter().flat_map(|section| &section.entries);
    entries.map(RollEntry::printed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the shares of signatories with their states, and a roll of them in two sections.
    fn shares(style: RollStyle, headings: [Option<&str>; 2]) -> (PlaceShares, Vec<Roll>) {
        let states: [(&str, &[&'static str]); 5] = [
            ("Alder", &["MN"]),
            ("Birch", &["MN", "WI"]),
            ("Cedar", &["NM"]),
            ("Doe", &[]),
            ("Elm", &["MN"]),
        ];
        let members = states.iter().map(|(name, states)| Member {
            name: (*name).to_owned(),
            kind: Kind::Organization,
            states: states.to_vec(),
            districts: Vec::new(),
        });
        let names: Vec<&str> = states.iter().map(|(name, _)| *name).collect();
        let mut roll = crate::testing::roll(&names);
        let mut rank = 0..;
        let entries = roll.sections[0].entries.iter_mut();
        entries.zip(&mut rank).for_each(|(entry, rank)| entry.rank = rank);
        let rest = roll.sections[0].entries.split_off(3);
        roll.sections.push(RollSection {
            entries: rest,
            ..roll.sections[0].clone()
        });
        roll.style = style;
        for (section, heading) in roll.sections.iter_mut().zip(headings) {
            section.heading = heading.map(str::to_owned);
        }
        (PlaceShares::of(members.collect()), vec![roll])
    }

    fn shown(from_your_state: FromYourState, style: RollStyle, headings: [Option<&str>; 2], cell: &str) -> Vec<String> {
        let (shares, rolls) = shares(style, headings);
        let setting = RollSetting {
            from_your_state,
            style,
            ..RollSetting::default()
        };
        let from = RecipientPlace {
            state: one_state(cell),
            district: None,
        };
        let shown = shares.shown_to(&rolls, &from, &setting, &Language::lenient("en-US"));
        let mut ranks: Vec<usize> = Vec::new();
        let mut lines: Vec<String> = Vec::new();
        for section in shown.iter().flat_map(|roll| &roll.sections) {
            lines.extend(section.heading.iter().map(|heading| format!("# {heading}")));
            ranks.extend(section.entries.iter().map(|entry| entry.rank));
            match style {
                RollStyle::Sentence => lines.push(section.sentence.clone()),
                _ => lines.extend(section.entries.iter().map(RollEntry::printed)),
            }
        }
        ranks.sort_unstable();
        assert_eq!(ranks, [0, 1, 2, 3, 4], "each signatory once");
        lines.extend(shown[0].note.iter().map(|note| crate::model::text::plain(note)));
        lines
    }

    #[test]
    fn those_from_the_recipients_state_are_first() {
        let first = |headings, cell| shown(FromYourState::First, RollStyle::Columns, headings, cell);
        let own = ["# From Minnesota", "Alder", "Birch", "Elm"];
        let none = [None, None];
        let rest = ["# From elsewhere", "Cedar", "# From elsewhere", "Doe"];
        assert_eq!(first(none, "Minn."), [&own[..], &rest].concat());
        let headings = [Some("Local"), Some("National")];
        let rest = ["# Local", "Cedar", "# National", "Doe"];
        assert_eq!(first(headings, "MN"), [&own[..], &rest].concat());
        let own = ["# From Wisconsin", "Birch"];
        let rest = ["# Local", "Alder", "Cedar", "# National", "Doe", "Elm"];
        assert_eq!(first(headings, "wi"), [&own[..], &rest].concat());
        // A section that is all the state's own is not printed empty.
        let rest = ["# Local", "Alder", "Birch", "# National", "Doe", "Elm"];
        assert_eq!(
            first(headings, "NM"),
            [&["# From New Mexico", "Cedar"][..], &rest].concat()
        );
    }

    #[test]
    fn a_roll_without_anybody_from_there_stays_as_it_is() {
        let headings = [Some("Local"), Some("National")];
        let all = ["# Local", "Alder", "Birch", "Cedar", "# National", "Doe", "Elm"];
        for cell in ["TX", "", "National", "MN, WI", "Ontario?"] {
            for from in [FromYourState::First, FromYourState::Marked] {
                assert_eq!(shown(from, RollStyle::Columns, headings, cell), all, "{cell}");
            }
        }
        assert_eq!(shown(FromYourState::Among, RollStyle::Columns, headings, "MN"), all);
    }

    #[test]
    fn those_from_the_recipients_state_are_marked_and_the_mark_is_explained() {
        let headings = [Some("Local"), Some("National")];
        let lines = shown(FromYourState::Marked, RollStyle::List, headings, "MN");
        let expected = [
            "# Local",
            "Alder†",
            "Birch†",
            "Cedar",
            "# National",
            "Doe",
            "Elm†",
            "† From Minnesota",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_sentence_is_joined_anew() {
        let none = [None, None];
        let first = shown(FromYourState::First, RollStyle::Sentence, none, "MN");
        assert_eq!(first[..2], ["# From Minnesota", "Alder, Birch and Elm."]);
        let marked = shown(FromYourState::Marked, RollStyle::Sentence, none, "MN");
        assert_eq!(marked[0], "Alder†, Birch† and Cedar.");
    }
}
