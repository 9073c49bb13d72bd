//! Claims of how many signed, held against the roll.
//!
//! In: every text of a letter, and who signed. Out: claims that are false, true
//! only of the rows before repeats were merged, true only on another basis, or
//! such that one withdrawal would break them. Guaranteed: "26,248 people" and "100 days"
//! are no claims (`claims` finds those). Absent: the items of lists (`items`).

mod claims;
mod vocabulary;

use super::numbers::{self, Exactness, Number, Word};
use super::pattern::{Pattern, begins_any_case, has_any, has_any_case, has_figure};
use super::prose::{FIELD, Passage};
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Rows, Sink};
use crate::diag::{Code, Severity};
use crate::model::signatory::{Kind, Level, Status};
use crate::source::Origin;
use claims::{Bound, Claim, Counted, Narrowed, claims, counted};

pub(super) const CHECK: Check = Check {
    name: "counts",
    description: "Every claim about the number of signatories matches the roll.",
    findings: &[
        Finding {
            code: Code::CountFalse,
            severity: Severity::Error,
            why: "Anyone can count the names, and a wrong number makes the letter less credible.",
        },
        Finding {
            code: Code::CountRaw,
            severity: Severity::Error,
            why: "If a claim is true only with duplicates, a reporter will notice.",
        },
        Finding {
            code: Code::CountBasis,
            severity: Severity::Warning,
            why: "“85 undersigned” is 85 or 87, depending on lead organizations; readers will count.",
        },
        Finding {
            code: Code::CountThin,
            severity: Severity::Warning,
            why: "Signatories withdraw after a letter is sent; the claim should still be true without one of them.",
        },
    ],
    run: CheckRun::Letter(run),
};

/// What signed, on each basis.
#[derive(Clone, Copy, Debug)]
pub(super) struct RollTally {
    organizations: u64,
    individuals: u64,
    leads: u64,
    /// Confirmed rows with a name, repeats included.
    rows: u64,
    /// Of these, organisations'.
    organization_rows: u64,
    /// Organisations of each level, in the order of [`Level::ALL`].
    levels: [u64; Level::ALL.len()],
}

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let tally = case.roll.tally;
    if tally.rows == 0 {
        return; // Nobody signed yet: an empty list is told elsewhere.
    }
    let date = case.subject.document.date;
    let letter = (case.subject.letter.kind, date);
    for passage in case.prose.passages.iter().chain(&super::tables::sentences(case)) {
        if passage.is_aside() {
            continue;
        }
        let words = numbers::words(&passage.text);
        for claim in claims(passage, &words, case.language(), letter) {
            if !is_of_other_body(&case.subject.document.author, &passage.text[..claim.range.start]) {
                judge(passage, &claim, tally, sink);
            }
        }
        fields(passage, &words, tally, sink);
        of_us(passage, tally, sink);
    }
}

/// Returns whether a number says how many another body has: "the Oak Network, an alliance of"
/// before it, in a letter of another coalition. `own` is the name of whose letter it is, if known.
fn is_of_other_body(own: &str, before: &str) -> bool {
    static BANDS: WordList = WordList::new("bands");
    /// Longest name and band that are read, in bytes.
    const NAMED: usize = 300;
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(NAMED))..];
    let Some((name, band)) = before.rsplit_once(',') else {
        return false;
    };
    let band: Vec<String> = band.split_whitespace().map(str::to_lowercase).collect();
    let has_band = band.len() <= 6 && band.iter().any(|word| BANDS.contains(word.as_str()));
    if !has_band || !matches!(band.first().map(String::as_str), Some("a" | "an" | "una" | "un")) {
        return false;
    }
    // "the Oak Network (ON)".
    let name = match name.trim_end().strip_suffix(')').and_then(|name| name.rsplit_once('(')) {
        Some((name, _)) => name,
        None => name,
    };
    let words = name.split_whitespace().rev();
    let run: Vec<&str> = words.take_while(|word| word.starts_with(char::is_uppercase)).collect();
    let own = own.to_lowercase();
    !own.is_empty()
        && run.len() >= 2
        && !run
            .iter()
            .all(|word| own.contains(&word.to_lowercase()) || *word == "The")
}

/// Counts a roll.
pub(super) fn tally(all: &Rows<'_>) -> RollTally {
    let signatories = &all.resolution.signatories;
    let count = |keep: &dyn Fn(&crate::resolve::Signatory) -> bool| {
        signatories.iter().filter(|signatory| keep(signatory)).count() as u64
    };
    let rows = |organizations: bool| {
        let records = all.records.iter().filter(|record| {
            record.status == Status::Confirmed
                && !record.name.is_empty()
                && (!organizations || record.kind == Kind::Organization)
        });
        records.count() as u64
    };
    RollTally {
        organizations: count(&|signatory| signatory.kind == Kind::Organization),
        individuals: count(&|signatory| signatory.kind == Kind::Individual),
        leads: count(&|signatory| signatory.level == Some(Level::Lead)),
        levels: std::array::from_fn(|at| {
            count(&|signatory| signatory.kind == Kind::Organization && signatory.level == Some(Level::ALL[at]))
        }),
        rows: rows(false),
        organization_rows: rows(true),
    }
}

/// "All 39 of us", "joined by 52 other organizations": claims without a word of signing.
fn of_us(passage: &Passage, tally: RollTally, sink: &mut Sink<'_>) {
    static OF_US: Pattern = Pattern::new(
        r"(?i)\ball (\d{2,5}) of us\b|\b(?:signatories|signers), (\d{2,5}) in all\b",
        |text| has_figure(text) && has_any_case(text, &["of us", "in all"]),
    );
    // Claims of those below, and of those who speak.
    static BELOW: Pattern = Pattern::new(
        r"(?i)\b(?:the )?(\d{2,5}) (?:groups|organizations|signatories) (?:listed |named )?below\b|\b(?:groups|organizations|signatories) (?:listed |named )?below \((\d{2,5})\)|^(?:signatories|signers|firmantes|organizations|organizaciones) \((\d{2,5})\)|\bnumber of (?:groups|organizations|signatories) (?:that|who) (?:have )?sign(?:ed)? this letter (?:is|now) (\d{2,5})\b|^(?:signed|endorsed|firmado|signed by): (\d{2,5}) (?:groups|organizations|organizaciones)\b|^as (\d{2,5}) (?:groups|organizations)\b[^.]{0,80}, we\b",
        |text| {
            const WORDS: &[&str] = &[
                "below",
                "signatories (",
                "signers (",
                "firmantes (",
                "organizations (",
                "organizaciones (",
                "number of",
            ];
            has_figure(text)
                && (has_any_case(text, WORDS) || begins_any_case(text, &["signed", "endorsed", "firmado", "as "]))
        },
    );
    static JOINED: Pattern = Pattern::new(
        r"(?i)\bjoined by (\d{2,5}) (?:other|more|fellow|additional) (?:organizations|groups|signatories)\b|\b(?:and|along with|together with) (\d{2,5}) (?:other|fellow|additional) (?:organizations|groups|signatories)\b[^.]{0,60}\b(?:this letter|sign|undersigned)|\bjunto con (?:otras|otros) (\d{2,5}) (?:organizaciones|grupos)\b[^.]{0,60}\b(?:carta|firm)",
        |text| {
            const WORDS: &[&str] = &[
                "joined by",
                " other ",
                " fellow ",
                " additional ",
                " more ",
                "junto con",
            ];
            has_figure(text) && has_any_case(text, WORDS)
        },
    );
    static MANY: Pattern = Pattern::new(
        r"^(Hundreds|Thousands|Dozens|Cientos|Miles|Decenas) (?:have |han )?(?:signed|added their names|joined|endorsed|firmado|firmaron|firman)\b[^.]{0,20}\b(?:this|our|esta) (?:letter|carta)\b",
        |text| {
            has_any(
                text,
                &["Hundreds", "Thousands", "Dozens", "Cientos", "Miles", "Decenas"],
            )
        },
    );
    let all = tally.organizations + tally.individuals;
    if let Some(found) = MANY
        .for_text(&passage.text)
        .and_then(|pattern| pattern.captures(&passage.text))
        && let (Some(whole), Some(word)) = (found.get(0), found.get(1))
    {
        let least = match word.as_str() {
            "Hundreds" | "Cientos" => 200,
            "Thousands" | "Miles" => 2_000,
            _ => 20,
        };
        if all < least {
            sink.add(
                Code::CountFalse,
                passage.origin(whole.range()),
                format!("`{}` is false: the roll has {all} signatories", whole.as_str()),
                "write {{ signatories.count }}, which counts the roll",
            );
        }
    }
    let checks = [
        (&OF_US, vec![all, tally.organizations]),
        (&BELOW, vec![all, tally.organizations]),
        (
            &JOINED,
            vec![
                tally.organizations,
                tally.organizations.saturating_sub(1),
                tally.organizations.saturating_sub(tally.leads),
            ],
        ),
    ];
    for (pattern, true_counts) in checks {
        let pattern = pattern.for_text(&passage.text).into_iter();
        for found in pattern.flat_map(|pattern| pattern.captures_iter(&passage.text)) {
            let number = (1..found.len()).find_map(|at| found.get(at));
            let (Some(whole), Some(number)) = (found.get(0), number) else {
                continue;
            };
            let claimed = number.as_str().parse::<u64>();
            if claimed.is_ok_and(|claimed| true_counts.contains(&claimed)) {
                continue;
            }
            sink.add(
                Code::CountFalse,
                passage.origin(whole.range()),
                format!("`{}` is false: the roll has {all} signatories", whole.as_str()),
                "write {{ signatories.count }}, which counts the roll",
            );
        }
    }
}

/// Holds a claim against the roll.
fn judge(passage: &Passage, claim: &Claim, tally: RollTally, sink: &mut Sink<'_>) {
    let all = tally.organizations + tally.individuals;
    let (count, basis, rows) = match claim.counted {
        Counted::Organizations => (tally.organizations, "organizations", tally.organization_rows),
        Counted::Individuals => (tally.individuals, "individuals", tally.rows - tally.organization_rows),
        Counted::Signatories => (all, "signatories", tally.rows),
    };
    let text = &passage.text[claim.range.clone()];
    let origin = passage.origin(claim.range.clone());
    let bound = claim.bound;
    match claim.narrowed {
        Narrowed::No => {}
        Narrowed::Level(level) => {
            let at = Level::ALL.iter().position(|other| *other == level);
            let count = at.map_or(0, |at| tally.levels[at]);
            // Where no list says levels, nobody can tell.
            if tally.levels.iter().sum::<u64>() > 0 && !bound.holds(count) {
                sink.add(
                    Code::CountFalse,
                    origin,
                    format!("`{text}` is false: the lists have {count} of level {}", level.as_str()),
                    "correct the number, or fill in the column `level`",
                );
            }
            return;
        }
        // A part may be any number up to the whole.
        Narrowed::Perhaps if (0..count).any(|part| bound.holds(part)) => return,
        Narrowed::Perhaps => {}
    }
    if bound.holds(count) {
        // A field would follow the roll; a typed claim has to be thought of.
        if bound.is_floor() && !bound.holds(count - 1) {
            sink.add(
                Code::CountThin,
                origin,
                format!("`{text}` is true by only one: the roll has {count} {basis}"),
                format!("one withdrawal would make it false; {}", advice(claim, text)),
            );
        }
        return;
    }
    if claim.after_names && claim.counted != Counted::Individuals && bound.holds(count.saturating_sub(tally.leads)) {
        return;
    }
    // Other ways to count that would make it true.
    let without_leads = (tally.leads > 0).then(|| (count.saturating_sub(tally.leads), "without the leads"));
    let with_all =
        (claim.counted == Counted::Organizations && tally.individuals > 0).then_some((all, "with the individuals"));
    let organizations = (claim.counted == Counted::Signatories && tally.individuals > 0)
        .then_some((tally.organizations, "without the individuals"));
    if let Some((other, how)) = [without_leads, with_all, organizations]
        .into_iter()
        .flatten()
        .find(|(other, _)| bound.holds(*other))
    {
        sink.add(
            Code::CountBasis,
            origin,
            format!("`{text}` is true only {how} ({other}); the roll has {count} {basis}"),
            "say in the text what is counted, or count what the roll prints",
        );
    } else if rows > count && bound.holds(rows) {
        sink.add(
            Code::CountRaw,
            origin,
            format!("`{text}` counts all {rows} rows; without duplicates, the roll has {count} {basis}"),
            advice(claim, text),
        );
    } else {
        let mut message = format!("`{text}` is false: the roll has {count} {basis}");
        if tally.individuals > 0 && claim.counted != Counted::Individuals {
            message += &format!(
                " ({} organizations, {} individuals)",
                tally.organizations, tally.individuals
            );
        }
        sink.add(Code::CountFalse, origin, message, advice(claim, text));
    }
}

/// What to write in the number's place.
fn advice(claim: &Claim, text: &str) -> String {
    let field = match claim.counted {
        Counted::Organizations => "signatories.organizations",
        Counted::Individuals => "signatories.individuals",
        Counted::Signatories => "signatories.count",
    };
    // A number in words stays in words: "Forty-five organizations".
    let filters = match (
        text.contains(|c: char| c.is_ascii_digit()),
        text.starts_with(char::is_uppercase),
    ) {
        (true, _) => "",
        (false, true) => "|words|capitalize",
        (false, false) => "|words",
    };
    match claim.bound {
        Bound::Exactly(_) => format!("write {{{{ {field}{filters} }}}}, which always matches the roll"),
        _ => format!("write {{{{ {field}|more_than }}}}, which always matches the roll"),
    }
}

/// Fields that count something else than the word after them says.
fn fields(passage: &Passage, words: &[Word<'_>], tally: RollTally, sink: &mut Sink<'_>) {
    for (at, expression) in &passage.fields {
        let end = at + FIELD.len_utf8();
        let first = words.partition_point(|word| word.range.start < end);
        if first == words.len() {
            continue;
        }
        let number = Number {
            value: 0,
            exactness: Exactness::Exact,
            words: first..first,
        };
        if !passage.text[end..words[first].range.start].trim().is_empty() {
            continue;
        }
        let Some((counted, noun)) = counted(words, &number) else {
            continue;
        };
        let name = expression.split('|').next().unwrap_or_default().trim();
        let wrong = match (name, counted) {
            ("signatories.count", Counted::Organizations) => tally.individuals > 0,
            ("signatories.organizations", Counted::Individuals)
            | ("signatories.individuals", Counted::Organizations) => true,
            _ => false,
        };
        if wrong {
            let origin: Origin = passage.origin(*at..words[noun].range.end);
            sink.add(
                Code::CountFalse,
                origin,
                format!(
                    "`{name}` does not count {}: the roll has {} organizations and {} individuals",
                    if counted == Counted::Individuals {
                        "individuals"
                    } else {
                        "organizations"
                    },
                    tally.organizations,
                    tally.individuals
                ),
                "write signatories.organizations, signatories.individuals, or say “organizations and individuals”",
            );
        }
    }
}
