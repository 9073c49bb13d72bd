//! `undersigned review`: a person decides, one key each, and the answers are kept.
//!
//! The interview is lines of text, not a screen: it scrolls, it can be read aloud,
//! and through a pipe it works the same, a character a key. Each answer is written
//! to signatories/decisions.toml, whole, before the next question is asked; then
//! everything is resolved anew, so that an answer settles what follows from it.

use super::args::{Common, DiagnosticFormat, Review};
use super::dedupe;
use super::exit::Exit;
use super::report::{Reporter, printable};
use super::session::{Session, list_inputs, shown};
use super::style::{BOLD, DIM, GREEN, RED, RESET, YELLOW, results};
use crate::compose::roll;
use crate::emit::decisions;
use crate::engine::{self, ChangeSet, DECISIONS, Expected, Paths};
use crate::load::{self, Project};
use crate::model::known::{Answer, Decision, Known};
use crate::model::signatory::{Column, Record};
use crate::resolve::questions::{Question, questions};
use crate::resolve::{self, Resolution};
use crate::source::{Origin, SourceMap};
use crate::store;
use anyhow::{Context, bail};
use console::{Key, Term};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

const KEYS: &str = "\
  s  the same: one signatory             n  the same, and choose the name to print
  d  different: two signatories          o  take one spelling out of its group
  k  skip, ask another time              w  write down why, for the next answer
  u  undo the last answer                q  quit; every answer is saved already";

/// The key that takes what is suggested; only at a terminal.
const ENTER: char = '\n';

/// Mail domains that anybody may have an address at: the largest by number of
/// mailboxes in the United States, from memory.
const PUBLIC_MAIL: [&str; 14] = [
    "aol.com",
    "comcast.net",
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "me.com",
    "msn.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "verizon.net",
    "yahoo.com",
];

/// The domain a row was sent from.
fn domain(record: &Record) -> Option<String> {
    let (_, domain) = record.get(Column::Email)?.rsplit_once('@')?;
    Some(domain.trim().to_lowercase())
}

pub(super) fn run(arguments: &Review, common: &Common) -> anyhow::Result<Exit> {
    let mut reporter = Reporter::new(DiagnosticFormat::Human, common);
    let session = Session::new()?;
    let workspace = dedupe::of_lists(&session, &arguments.lists)?;
    reporter.report(&workspace.sources, &workspace.diagnostics)?;
    if arguments.lists.iter().any(|list| list == Path::new("-")) {
        bail!("`review` reads its keys from standard input, so lists must be files");
    }
    let mut sources = workspace.sources.clone();
    let (records, said) = engine::read_lists(&workspace, list_inputs(&arguments.lists)?, &mut sources)?;
    reporter.report(&sources, &said)?;
    if reporter.failed() {
        return Ok(Exit::Failed);
    }
    let path = workspace.root.join(DECISIONS);
    let (project, known) = (workspace.project, workspace.known);
    let mut interview = Interview {
        sources,
        project,
        records,
        known,
        path,
        paths: session.paths,
        by: arguments.by.clone(),
        date: arguments.date.unwrap_or_else(|| jiff::Zoned::now().date()),
        why: None,
        skipped: BTreeSet::new(),
        undo: Vec::new(),
        keys: Keys::new(),
    };
    let mut out = results(common);
    let left = interview.hold(&mut out)?;
    out.flush()?;
    Ok(if left == 0 { Exit::Done } else { Exit::PersonNeeded })
}

/// Where keys come from: a terminal, or a pipe with a character a key.
enum Keys {
    Terminal(Term),
    Pipe(io::StdinLock<'static>),
}

impl Keys {
    fn new() -> Self {
        let terminal = Term::stdout();
        if io::IsTerminal::is_terminal(&io::stdin()) {
            Self::Terminal(terminal)
        } else {
            Self::Pipe(io::stdin().lock())
        }
    }

    /// The next key; `None` at the end of input.
    fn next(&mut self) -> io::Result<Option<char>> {
        match self {
            Self::Terminal(terminal) => loop {
                match terminal.read_key() {
                    Ok(Key::Char(key)) => return Ok(Some(key)),
                    Ok(Key::Enter) => return Ok(Some(ENTER)),
                    Ok(Key::Escape) => return Ok(None),
                    Ok(_) => {}
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(None),
                    Err(error) => return Err(error),
                }
            },
            Self::Pipe(input) => loop {
                let buffer = input.fill_buf()?;
                let Some(&byte) = buffer.first() else {
                    return Ok(None);
                };
                input.consume(1);
                if !byte.is_ascii_whitespace() {
                    return Ok(Some(char::from(byte)));
                }
            },
        }
    }

    /// The rest of a line; `None` at the end of input.
    fn line(&mut self) -> io::Result<Option<String>> {
        match self {
            Self::Terminal(terminal) => terminal.read_line().map(Some),
            Self::Pipe(input) => {
                let mut bytes = Vec::new();
                if input.read_until(b'\n', &mut bytes)? == 0 {
                    return Ok(None);
                }
                Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned()))
            }
        }
    }
}

/// What a key asks for.
enum Step {
    /// Ask the next question.
    Next,
    /// Ask the same question again.
    Again,
    /// End the interview.
    End,
}

struct Interview {
    sources: SourceMap,
    project: Project,
    records: Vec<Record>,
    known: Known,
    path: PathBuf,
    paths: Paths,
    by: Option<String>,
    date: Date,
    why: Option<String>,
    /// Pairs of names that were skipped in this run.
    skipped: BTreeSet<(String, String)>,
    /// What decisions.toml held before each answer, and after.
    undo: Vec<(Option<String>, String)>,
    keys: Keys,
}

impl Interview {
    /// Asks until nothing is left, or the person has enough. Returns how many
    /// questions stay open.
    fn hold(&mut self, out: &mut impl Write) -> anyhow::Result<usize> {
        let mut said_keys = false;
        loop {
            let (resolution, _) = resolve::resolve(&self.records, &self.known, &resolve::Options::default());
            let open = questions(&resolution);
            let next = open
                .iter()
                .position(|question| !self.skipped.contains(&self.names(&resolution, question)));
            let Some(at) = next else {
                let (answered, skipped) = (self.undo.len(), open.len());
                writeln!(out, "{BOLD}{answered} answered, {skipped} left{RESET}")?;
                return Ok(skipped);
            };
            if !said_keys {
                writeln!(out, "{DIM}{KEYS}{RESET}\n")?;
                said_keys = true;
            }
            writeln!(out, "{BOLD}{YELLOW}{} to decide{RESET}\n", open.len())?;
            self.show(out, &resolution, &open[at])?;
            loop {
                match self.step(out, &resolution, &open[at])? {
                    Step::Next => break,
                    Step::Again => {}
                    Step::End => {
                        writeln!(out, "\n{BOLD}{} answered, {} left{RESET}", self.undo.len(), open.len())?;
                        return Ok(open.len());
                    }
                }
            }
        }
    }

    /// The two names a question is about, by which a skip is remembered.
    fn names(&self, resolution: &Resolution, question: &Question) -> (String, String) {
        let pair = &resolution.pairs[question.pair];
        (
            resolve::answer_name(&self.records[pair.a]),
            resolve::answer_name(&self.records[pair.b]),
        )
    }

    fn show(&self, out: &mut impl Write, resolution: &Resolution, question: &Question) -> io::Result<()> {
        let language = self.project.language.as_ref().map_or("en-US", |tag| &tag.value);
        let order = roll::order(resolution, &self.project.roll(), language);
        for signatory in <[usize; 2]>::from(question.signatories) {
            writeln!(
                out,
                "  {BOLD}{}{RESET}",
                printable(&resolution.signatories[signatory].name)
            )?;
            for &row in &resolution.signatories[signatory].rows {
                writeln!(out, "    {}", self.row(row))?;
            }
            let place = order.iter().position(|&at| at == signatory).unwrap_or_default();
            let beside = |at: Option<usize>, none: &str| {
                at.and_then(|at| order.get(at)).map_or(none.to_owned(), |&at| {
                    format!("“{}”", printable(&resolution.signatories[at].name))
                })
            };
            let before = beside(place.checked_sub(1), "the beginning");
            let after = beside(Some(place + 1), "the end of the roll");
            writeln!(out, "    {DIM}stands between {before} and {after}{RESET}")?;
        }
        writeln!(out)?;
        let judgement = &resolution.pairs[question.pair].judgement;
        for evidence in &judgement.evidence {
            writeln!(out, "  {:+6.1}  {}", evidence.weight.0, printable(&evidence.because))?;
        }
        writeln!(
            out,
            "  {DIM}the probability that they are one is {:.2}{RESET}\n",
            judgement.probability
        )?;
        if let Some(domain) = self.common_domain(resolution, question) {
            let domain = printable(&domain);
            writeln!(
                out,
                "  {GREEN}both write from {domain}{RESET}; Enter takes them for one\n"
            )?;
        }
        Ok(())
    }

    /// The mail domain of both signatories, if it is an organisation's own. It
    /// prefills an answer and never gives one: a charity and its action fund share
    /// theirs.
    fn common_domain(&self, resolution: &Resolution, question: &Question) -> Option<String> {
        let domains = |signatory: usize| -> BTreeSet<String> {
            let rows = &resolution.signatories[signatory].rows;
            rows.iter().filter_map(|&row| domain(&self.records[row])).collect()
        };
        let (a, b) = question.signatories;
        let common = domains(a).intersection(&domains(b)).next().cloned()?;
        (!PUBLIC_MAIL.contains(&common.as_str())).then_some(common)
    }

    /// A row as the person knows it: its spelling, what tells it apart, its place.
    fn row(&self, row: usize) -> String {
        let record = &self.records[row];
        let mut text = printable(&record.name);
        let domain = domain(record);
        let cells = [Column::City, Column::State, Column::Affiliation, Column::Url].map(|column| record.get(column));
        for cell in cells.into_iter().chain([domain.as_deref()]).flatten() {
            text += &format!(", {}", printable(cell));
        }
        format!(
            "{text}  {DIM}{}:{}{RESET}",
            self.sources.name(record.origin.file()),
            self.sources.line(record.origin)
        )
    }

    /// Reads one key and does what it says.
    fn step(&mut self, out: &mut impl Write, resolution: &Resolution, question: &Question) -> anyhow::Result<Step> {
        write!(
            out,
            "same, different, skip, name, out, why, undo, quit, help? [sdknowuq?] "
        )?;
        out.flush()?;
        let Some(key) = self.keys.next()? else {
            return Ok(Step::End);
        };
        let key = match key {
            ENTER if self.common_domain(resolution, question).is_some() => 's',
            other => other.to_ascii_lowercase(),
        };
        writeln!(out, "{}", if key == ENTER { ' ' } else { key })?;
        let (a, b) = self.names(resolution, question);
        match key {
            's' => {
                self.answer(Answer::Same, vec![a, b], None)?;
                writeln!(out, "{GREEN}one signatory{RESET}\n")?;
            }
            'd' => {
                self.answer(Answer::Different, vec![a, b], None)?;
                writeln!(out, "{RED}two signatories{RESET}\n")?;
            }
            'k' => {
                self.skipped.insert((a, b));
                writeln!(out, "skipped\n")?;
            }
            'n' => {
                let spellings = self.spellings(resolution, question);
                let Some(name) = self.choose(out, "print", &spellings, true)? else {
                    return Ok(Step::Again);
                };
                writeln!(out, "{GREEN}one signatory, printed as “{}”{RESET}\n", printable(&name))?;
                self.answer(Answer::Same, vec![a, b], Some(&name))?;
            }
            'o' => {
                let spellings = self.spellings(resolution, question);
                let Some(name) = self.choose(out, "take out", &spellings, false)? else {
                    return Ok(Step::Again);
                };
                let others: Vec<&String> = spellings.iter().filter(|other| **other != name).collect();
                let batch = others
                    .into_iter()
                    .map(|other| vec![name.clone(), other.clone()])
                    .collect();
                self.answer_all(Answer::Different, batch, None)?;
                writeln!(out, "{RED}“{}” stands alone{RESET}\n", printable(&name))?;
            }
            'w' => {
                write!(out, "why: ")?;
                out.flush()?;
                self.why = self.keys.line()?.filter(|why| !why.is_empty());
                return Ok(Step::Again);
            }
            'u' => {
                let said = if self.take_back()? {
                    "taken back\n"
                } else {
                    "there is nothing to undo"
                };
                writeln!(out, "{said}")?;
            }
            'q' => return Ok(Step::End),
            _ => {
                writeln!(out, "{DIM}{KEYS}{RESET}")?;
                return Ok(Step::Again);
            }
        }
        Ok(Step::Next)
    }

    /// The spellings of both signatories, each once, in the order of their rows.
    fn spellings(&self, resolution: &Resolution, question: &Question) -> Vec<String> {
        let mut spellings = Vec::new();
        for at in <[usize; 2]>::from(question.signatories) {
            for &row in &resolution.signatories[at].rows {
                let name = self.records[row].name.to_string();
                if !spellings.contains(&name) {
                    spellings.push(name);
                }
            }
        }
        spellings
    }

    /// Lets the person choose a spelling by its number, or, if `free`, type another.
    fn choose(
        &mut self,
        out: &mut impl Write,
        what: &str,
        spellings: &[String],
        free: bool,
    ) -> anyhow::Result<Option<String>> {
        for (at, name) in spellings.iter().enumerate() {
            writeln!(out, "  {}  {}", at + 1, printable(name))?;
        }
        let or = if free { ", or a name" } else { "" };
        write!(out, "{what} which? [1-{}{or}; nothing: back] ", spellings.len())?;
        out.flush()?;
        let typed = self.keys.line()?.unwrap_or_default();
        let typed = typed.trim();
        let chosen = match typed.parse::<usize>() {
            Ok(number) => number.checked_sub(1).and_then(|at| spellings.get(at)).cloned(),
            Err(_) if free && !typed.is_empty() => Some(typed.to_owned()),
            Err(_) => None,
        };
        if chosen.is_none() {
            writeln!(out, "nothing chosen")?;
        }
        Ok(chosen)
    }

    fn answer(&mut self, answer: Answer, names: Vec<String>, print: Option<&str>) -> anyhow::Result<()> {
        self.answer_all(answer, vec![names], print)
    }

    /// Writes answers into decisions.toml, all at once, and obeys them.
    fn answer_all(&mut self, answer: Answer, batch: Vec<Vec<String>>, print: Option<&str>) -> anyhow::Result<()> {
        let before = self.text()?;
        let mut after = before.clone().unwrap_or_default();
        let why = self.why.take();
        for names in batch {
            let decision = Decision {
                answer,
                names,
                print: print.map(str::to_owned),
                date: Some(self.date),
                by: self.by.clone(),
                why: why.clone(),
                origin: Origin::File(self.sources.add("", "")),
            };
            after = decisions::append(&after, &decision)
                .with_context(|| format!("`{}` cannot take the answer; mend it first", shown(&self.path)))?;
        }
        self.save(before.as_deref(), Some(&after))?;
        self.undo.push((before, after));
        Ok(())
    }

    /// Takes the last answer back, unless the file was changed since by other hands.
    fn take_back(&mut self) -> anyhow::Result<bool> {
        let Some((before, after)) = self.undo.pop() else {
            return Ok(false);
        };
        if self.text()?.as_deref() != Some(&*after) {
            bail!("`{}` was changed by other hands; nothing was undone", shown(&self.path));
        }
        self.save(Some(&after), before.as_deref())?;
        Ok(true)
    }

    fn text(&self) -> anyhow::Result<Option<String>> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read `{}`", shown(&self.path))),
        }
    }

    /// Writes decisions.toml, whole or not at all, and reads the decisions from it.
    fn save(&mut self, before: Option<&str>, text: Option<&str>) -> anyhow::Result<()> {
        let (old, new) = (
            Expected::of(before.map(str::as_bytes)),
            text.map(|text| text.as_bytes().to_vec()),
        );
        store::commit(&self.paths, ChangeSet::one(self.path.clone(), old, new))?;
        let (decisions, _) = load::known::decisions(&mut self.sources, &shown(&self.path), text.unwrap_or_default());
        self.known.decisions = decisions;
        Ok(())
    }
}
