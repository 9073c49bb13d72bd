//! Counts the signatories of a printed roll by state, by district, and by section.
//!
//! In: the roll as a release states it. Out: [`PrintedCounts`]. Guaranteed: each signatory is in
//! one row of each table. Absent: rows of lists, which a release does not know.

use super::count_tables::{CountRow, count_table};
use super::document::Block;
use super::language::Language;
use super::place_shares::{PlaceShares, PrintedPlace};
use crate::model::signatory::Kind;
use crate::source::Origin;

/// A signatory as the roll prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedMember<'a> {
    /// Organization or individual.
    pub kind: Kind,
    /// The cell that names the state.
    pub state: &'a str,
    /// The cell that names the district.
    pub district: &'a str,
    /// The heading it stands under; empty: none.
    pub section: &'a str,
}

/// How many signed, by state, by district, and by section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintedCounts {
    /// A row for each state, and the total; empty: nobody names a state.
    pub states: Vec<CountRow>,
    /// A row for each district, and the total; empty: nobody names a district.
    pub districts: Vec<CountRow>,
    /// A row for each section in the order of the roll, and the total; empty: the roll has none,
    /// or they are the states or districts.
    pub sections: Vec<CountRow>,
}

impl PrintedCounts {
    /// Counts the members of a roll.
    pub fn new(members: &[PrintedMember<'_>], language: &str) -> Self {
        let language = Language::lenient(language);
        let words = language.words();
        let shares = PlaceShares::of_printed(members.iter().map(|member| PrintedPlace {
            kind: member.kind,
            state: member.state,
            district: member.district,
        }));
        let districts = shares.district_counts(&language, words);
        let mut states = shares.state_counts(&language, words);
        if states
            .iter()
            .all(|row| row.label == words.no_state || row.label == words.total)
        {
            states.clear();
        }
        let mut sections: Vec<(String, [u64; 2])> = Vec::new();
        let mut total = [0; 2];
        for member in members {
            let at = sections.iter().position(|(label, _)| label == member.section);
            let at = at.unwrap_or_else(|| {
                sections.push((member.section.to_owned(), [0; 2]));
                sections.len() - 1
            });
            let column = usize::from(member.kind == Kind::Individual);
            sections[at].1[column] += 1;
            total[column] += 1;
        }
        let is_divided = sections.iter().any(|(label, _)| !label.is_empty());
        let mut sections: Vec<CountRow> = sections.into_iter().map(CountRow::new).collect();
        for row in &mut sections {
            if row.label.is_empty() {
                row.label.clone_from(&words.other);
            }
        }
        let named = || {
            let rows = sections.iter();
            rows.filter(|row| row.label != words.other && row.label != words.individuals)
        };
        let are_told = [&states, &districts]
            .iter()
            .any(|told| named().all(|row| told.contains(row)));
        if is_divided && !are_told {
            sections.push(CountRow::new((words.total.clone(), total)));
        } else {
            sections.clear();
        }
        Self {
            states,
            districts,
            sections,
        }
    }

    /// Returns the tables with their headings.
    pub fn blocks(&self, language: &str, origin: Origin) -> Vec<Block> {
        let language = Language::lenient(language);
        let words = language.words();
        let tables = [
            (&words.by_state, &words.state_name, &self.states),
            (&words.by_district, &words.district_name, &self.districts),
            (&words.by_section, &words.section_name, &self.sections),
        ];
        let tables = tables.into_iter().filter(|(_, _, rows)| !rows.is_empty());
        tables
            .flat_map(|(heading, head, rows)| count_table(heading, head, rows, &language, origin))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(members: &[(Kind, &str, &str)], states: &[(&str, u64, u64)], sections: &[(&str, u64, u64)]) {
        let members: Vec<PrintedMember<'_>> = members
            .iter()
            .map(|&(kind, state, section)| PrintedMember {
                kind,
                state,
                district: "",
                section,
            })
            .collect();
        let counts = PrintedCounts::new(&members, "en-US");
        let shown = |rows: &[CountRow]| -> Vec<(String, u64, u64)> {
            rows.iter()
                .map(|row| (row.label.clone(), row.organizations, row.individuals))
                .collect()
        };
        let expected = |rows: &[(&str, u64, u64)]| -> Vec<(String, u64, u64)> {
            rows.iter()
                .map(|&(label, organizations, individuals)| (label.to_owned(), organizations, individuals))
                .collect()
        };
        assert_eq!(shown(&counts.states), expected(states));
        assert_eq!(shown(&counts.sections), expected(sections));
    }

    #[test]
    fn everybody_is_counted_once() {
        use Kind::{Individual, Organization};
        check(&[], &[], &[]);
        check(&[(Organization, "", "")], &[], &[]);
        check(
            &[
                (Organization, "NM", "Health"),
                (Individual, "New Mexico", "Health"),
                (Organization, "TX, CA", "Labor"),
                (Organization, "", ""),
            ],
            &[
                ("New Mexico", 1, 1),
                ("Several states", 1, 0),
                ("No state named", 1, 0),
                ("Total", 3, 1),
            ],
            &[
                ("Health", 1, 1),
                ("Labor", 1, 0),
                ("Other organizations", 1, 0),
                ("Total", 3, 1),
            ],
        );
        // A roll that is divided by state says nothing more by section.
        check(
            &[(Organization, "NM", "New Mexico"), (Organization, "TX", "Texas")],
            &[("New Mexico", 1, 0), ("Texas", 1, 0), ("Total", 2, 0)],
            &[],
        );
    }
}
