//! `undersigned review`: a person decides, one key each, and the decisions are kept.
//!
//! In: keys, from a terminal, or from a pipe a character each. Out: the pairs, one after
//! the other, as lines of text; not a screen, so that it scrolls and can be read aloud.
//! Guaranteed: each decision is saved, whole, before the next pair is shown. Absent: which
//! pairs there are and what a decision changes (that is the engine's).

mod columns;
mod draw;
mod keys;
mod rows;

use super::args::{Common, DiagnosticFormat, ReviewArgs};
use super::dedupe;
use super::exit::Exit;
use super::report::{Reporter, printable};
use super::session::{Session, act, list_inputs};
use super::style::{BOLD, DIM, GREEN, RESET, results};
use crate::diag::counted;
use crate::engine::{Attribution, ChangeSet, DECISIONS, PROJECT, Review, ReviewAnswer, ReviewCounts, ReviewQuestion};
use crate::model::known::Answer;
use crate::store::{self, Lock};
use anyhow::bail;
use jiff::civil::Date;
use keys::{ENTER, Keys};
use std::io::Write;
use std::path::{Path, PathBuf};

/// How many longer names of a family are shown before it is decided.
const SHOWN: usize = 20;

pub(super) fn run(arguments: &ReviewArgs, common: &Common) -> anyhow::Result<Exit> {
    let mut reporter = Reporter::new(DiagnosticFormat::Human, common);
    let session = Session::new()?;
    let workspace = dedupe::of_lists(&session, &arguments.lists)?;
    if arguments.lists.iter().any(|list| list == Path::new("-")) {
        reporter.report(&workspace.sources, &workspace.diagnostics)?;
        bail!("`review` reads its keys from standard input, so lists must be files");
    }
    let review = Review::open(&workspace, list_inputs(&arguments.lists)?)?;
    reporter.report(review.sources(), review.diagnostics())?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let mut interview = Interview {
        review,
        several_lists: arguments.lists.len() > 1,
        by: arguments.by.clone(),
        date: arguments.date.unwrap_or_else(|| jiff::Zoned::now().date()),
        why: None,
        keys: Keys::new(),
        session,
        root: workspace.root.clone(),
    };
    let mut out = results(common);
    interview.ask(&mut out)?;
    let counts = interview.review.counts();
    let shown = |file| interview.session.paths.shown(&workspace.root.join(file));
    let saved = match (counts.columns, counts.same + counts.different + counts.rows) {
        (0, _) => shown(DECISIONS),
        (_, 0) => shown(PROJECT),
        _ => format!("{} and {}", shown(DECISIONS), shown(PROJECT)),
    };
    summary(&mut out, &counts, &saved, arguments)?;
    out.flush()?;
    Ok(match counts.skipped + counts.left + counts.held {
        0 => Exit::Done,
        _ => Exit::PersonNeeded,
    })
}

/// Says at the end what was decided, where it is saved, and what comes next.
fn summary(out: &mut impl Write, counts: &ReviewCounts, saved: &str, arguments: &ReviewArgs) -> anyhow::Result<()> {
    let decisions = counts.same + counts.different + counts.rows + counts.columns;
    writeln!(
        out,
        "\n {BOLD}{}: {} same, {} different{}; {} skipped, {} left{RESET}",
        counted(decisions, "decision", "decisions"),
        counts.same,
        counts.different,
        [(counts.rows, "rows"), (counts.columns, "columns")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!(", {count} about {what}"))
            .collect::<String>(),
        counts.skipped,
        counts.left + counts.held
    )?;
    if decisions > 0 {
        writeln!(out, " saved in {saved}")?;
    }
    let lists = arguments.lists.iter().map(|list| match list.display().to_string() {
        list if list.contains(' ') => format!("\"{list}\""),
        list => list,
    });
    let lists: Vec<String> = lists.collect();
    let command = if counts.skipped + counts.left + counts.held > 0 {
        "review"
    } else {
        "dedupe"
    };
    writeln!(out, "next: undersigned {command} {}", printable(&lists.join(" ")))?;
    Ok(())
}

/// Says what happens after a key.
enum AfterKey {
    /// The next pair is shown.
    Next,
    /// Another key is read for the same pair.
    Again,
    /// The interview ends.
    End,
}

/// Returns the title of an answer, for `undo`.
fn title(question: &ReviewQuestion, answer: &ReviewAnswer) -> String {
    let [a, b] = question.sides.each_ref().map(|side| &*side.name);
    match answer {
        ReviewAnswer::Same(_) => format!("review: “{a}” and “{b}” are one signatory"),
        ReviewAnswer::Different => format!("review: “{a}” and “{b}” are two signatories"),
        ReviewAnswer::Separate(name) => format!("review: “{name}” is a signatory of its own"),
        ReviewAnswer::Family(answer) => {
            let name = question.family.as_ref().map_or(a, |family| &*family.name);
            format!("review: all names that contain “{name}” are {}", answer.as_str())
        }
    }
}

struct Interview {
    review: Review,
    /// True if rows are named with their files.
    several_lists: bool,
    by: Option<String>,
    date: Date,
    why: Option<String>,
    keys: Keys,
    session: Session,
    root: PathBuf,
}

impl Interview {
    /// Asks until nothing is left, or the person has enough.
    fn ask(&mut self, out: &mut impl Write) -> anyhow::Result<()> {
        while self.ask_rows(out)?
            && let Some(question) = self.review.next_question()
        {
            draw::progress(out, &self.review.counts())?;
            draw::question(out, &question, self.several_lists)?;
            loop {
                match self.step(out, &question)? {
                    AfterKey::Next => break,
                    AfterKey::Again => {}
                    AfterKey::End => return Ok(()),
                }
            }
        }
        Ok(())
    }

    /// Reads one key and does what it says.
    fn step(&mut self, out: &mut impl Write, question: &ReviewQuestion) -> anyhow::Result<AfterKey> {
        write!(out, "{}", draw::KEYS)?;
        out.flush()?;
        let Some(key) = self.keys.next()? else {
            writeln!(out)?;
            return Ok(AfterKey::End);
        };
        let key = match key {
            ENTER if question.common_domain.is_some() => 's',
            other => other.to_ascii_lowercase(),
        };
        writeln!(out, "{}", if key.is_control() { ' ' } else { key })?;
        match key {
            's' => self.same(out, question, None)?,
            'd' => {
                self.answer(question, &ReviewAnswer::Different)?;
                writeln!(out, " two signatories\n")?;
            }
            'k' => {
                self.review.skip(question);
                writeln!(out, " skipped\n")?;
            }
            'n' => {
                let Some(name) = self.choose_name(out, question)? else {
                    return Ok(AfterKey::Again);
                };
                self.same(out, question, Some(name))?;
            }
            'o' => {
                let prompt = "Separate which spelling?";
                let Some(name) = self.choose(out, prompt, &question.spellings(), false)? else {
                    return Ok(AfterKey::Again);
                };
                writeln!(out, " “{}” is separate from the others\n", printable(&name))?;
                self.answer(question, &ReviewAnswer::Separate(name))?;
            }
            'f' => {
                let Some(answer) = self.family(out, question)? else {
                    return Ok(AfterKey::Again);
                };
                self.answer(question, &ReviewAnswer::Family(answer))?;
            }
            'w' => {
                self.why = draw::reason(out, &mut self.keys)?;
                return Ok(AfterKey::Again);
            }
            'p' => {
                draw::everything(out, question)?;
                return Ok(AfterKey::Again);
            }
            other => return self.common_key(out, other, draw::ALL_KEYS),
        }
        Ok(AfterKey::Next)
    }

    /// Asks what all names of a family are; says how many are decided.
    fn family(&mut self, out: &mut impl Write, question: &ReviewQuestion) -> anyhow::Result<Option<Answer>> {
        let Some(family) = &question.family else {
            writeln!(out, " these two names are no family; decide them alone")?;
            return Ok(None);
        };
        let (name, count) = (printable(&family.name), family.longer.len());
        for longer in family.longer.iter().take(SHOWN) {
            writeln!(out, "     {}", printable(longer))?;
        }
        if count > SHOWN {
            writeln!(out, "     and {} more", count - SHOWN)?;
        }
        write!(
            out,
            " All {count} names: d different from “{name}”  s “{name}” in another place. Other keys go back: "
        )?;
        out.flush()?;
        let key = self.keys.next()?.map(|key| key.to_ascii_lowercase());
        let answer = match key {
            Some('d') => Answer::Different,
            Some('s') => Answer::Same,
            _ => {
                writeln!(out, "\n nothing decided")?;
                return Ok(None);
            }
        };
        let what = if answer == Answer::Same {
            "the same"
        } else {
            "different"
        };
        writeln!(out, "{}\n {count} names decided: {what}\n", key.unwrap_or_default())?;
        Ok(Some(answer))
    }

    /// Decides that both are one signatory, and says under which name it is printed.
    fn same(&mut self, out: &mut impl Write, question: &ReviewQuestion, name: Option<String>) -> anyhow::Result<()> {
        self.answer(question, &ReviewAnswer::Same(name))?;
        let name = self.review.printed_name(question).unwrap_or_default();
        let name = printable(name);
        writeln!(out, " {GREEN}one signatory, printed as “{name}”{RESET}\n")?;
        Ok(())
    }

    /// Lets the person choose or type the name to print; one that no row has is asked about.
    fn choose_name(&mut self, out: &mut impl Write, question: &ReviewQuestion) -> anyhow::Result<Option<String>> {
        let spellings = question.spellings();
        let Some(name) = self.choose(out, "Print which name?", &spellings, true)? else {
            return Ok(None);
        };
        if spellings.contains(&name.as_str()) {
            return Ok(Some(name));
        }
        write!(out, " No row has “{}”. Print it anyway? [y/N] ", printable(&name))?;
        out.flush()?;
        let yes = self.keys.next()?.is_some_and(|key| key.eq_ignore_ascii_case(&'y'));
        writeln!(out, "{}", if yes { "y" } else { "n" })?;
        Ok(yes.then_some(name))
    }

    /// Lets the person choose a spelling by its number, or, if `free`, type another.
    fn choose(
        &mut self,
        out: &mut impl Write,
        prompt: &str,
        spellings: &[&str],
        free: bool,
    ) -> anyhow::Result<Option<String>> {
        for (at, name) in spellings.iter().enumerate() {
            writeln!(out, "  {}  {}", at + 1, printable(name))?;
        }
        let or = if free { " or a name" } else { "" };
        write!(out, " {prompt} Type 1–{}{or}. Enter goes back: ", spellings.len())?;
        out.flush()?;
        let typed = self.keys.line()?.unwrap_or_default();
        let typed = typed.trim();
        let chosen = match typed.parse::<usize>() {
            Ok(number) => number.checked_sub(1).and_then(|at| spellings.get(at).copied()),
            Err(_) if free && !typed.is_empty() => Some(typed),
            Err(_) => None,
        };
        if chosen.is_none() {
            writeln!(out, " nothing chosen")?;
        }
        Ok(chosen.map(str::to_owned))
    }

    /// Returns who decides, when, and the reason that was given.
    fn attribution(&mut self) -> Attribution {
        Attribution {
            by: self.by.clone(),
            date: Some(self.date),
            why: self.why.take(),
        }
    }

    /// Saves an answer.
    fn answer(&mut self, question: &ReviewQuestion, answer: &ReviewAnswer) -> anyhow::Result<()> {
        let attribution = self.attribution();
        // Held while decisions.toml is read and written: others may answer meanwhile.
        let lock = self.session.hold(&self.root, false)?;
        let set = self.review.answer(question, answer, &attribution)?;
        self.commit(&lock, &title(question, answer), set)
    }

    /// Does what a key says that means the same in every question: takes the last answer back,
    /// ends, or shows `all` keys.
    fn common_key(&mut self, out: &mut impl Write, typed: char, all: &str) -> anyhow::Result<AfterKey> {
        match typed {
            'u' if self.undo()? => {
                writeln!(out, " undone\n")?;
                return Ok(AfterKey::Next);
            }
            'u' => writeln!(out, " there is nothing to undo")?,
            'q' => return Ok(AfterKey::End),
            '?' => writeln!(out, "{DIM}{all}{RESET}")?,
            other => {
                let key = match other {
                    ENTER => "Enter".to_owned(),
                    other => format!("`{}`", printable(&other.to_string()).trim()),
                };
                writeln!(out, " {key} is not a key here; ? shows all keys")?;
            }
        }
        Ok(AfterKey::Again)
    }

    /// Takes the last answer back; false if there is none.
    fn undo(&mut self) -> anyhow::Result<bool> {
        let lock = self.session.hold(&self.root, false)?;
        let Some(set) = self.review.undo()? else {
            return Ok(false);
        };
        self.commit(&lock, "review: undo", set)?;
        Ok(true)
    }

    /// Saves a change that was made under the lock.
    fn commit(&mut self, lock: &Lock, title: &str, set: ChangeSet) -> anyhow::Result<()> {
        let history = self.session.history(&self.root);
        let set = history.keep(&act(title.to_owned()), set)?;
        store::commit(&self.session.paths, lock, set)?;
        self.review.committed()?;
        Ok(())
    }
}
