//! Defines the command line: commands, options, and their help.
//!
//! In: the arguments as typed. Out: [`Arguments`]. Guaranteed: every command has an
//! example in its help. Absent: the meaning of an argument, which each command decides.

use crate::engine::REDLINE_FORMATS;
use crate::model::letter::DocumentKind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
use std::path::PathBuf;

/// Turn Markdown and a list of signatories into a finished sign-on letter
#[derive(Debug, Parser)]
#[command(name = "undersigned", version, max_term_width = 100, after_help = EXAMPLES, arg_required_else_help = true)]
pub(super) struct Arguments {
    /// The command to run.
    #[command(subcommand)]
    pub command: Command,
    /// The options that every command takes.
    #[command(flatten)]
    pub common: Common,
    /// With --version: also print the features and fonts of this program
    #[arg(long, requires = "version")]
    pub verbose: bool,
}

const EXAMPLES: &str = "\
Examples:
  undersigned new campaign                     create a workspace you can render right away
  undersigned import export.csv --into signatories/budget.csv   add new signatories
  undersigned dedupe signatories/budget.csv    show who signed, and what you need to decide
  undersigned check letters/budget.md          find mistakes before you send
  undersigned render letters/budget.md         write one letter as PDF and HTML
  undersigned render                           write every letter in letters/
  undersigned serve                            do all this in your browser

Exit codes: 0 success; 1 finished, but needs your attention; 2 failed, nothing written.";

/// The options that every command takes.
#[derive(Args, Debug)]
pub(super) struct Common {
    /// When to use color
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = ColorWhen::Auto)]
    pub color: ColorWhen,
    /// Print only results and errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Number of cores to use, at most 256 [default: all]
    #[arg(long, short, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Treat warnings as errors: if there are any, write nothing
    #[arg(long, global = true)]
    pub strict: bool,
}

/// The choices for color in the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    /// Only on a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The formats of diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum DiagnosticFormat {
    /// With the source line
    #[default]
    Human,
    /// One line each: location, severity, code, and message
    Short,
    /// One JSON object per line
    Json,
}

/// The standards that a PDF can claim to meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Standard {
    /// PDF/UA-1 and PDF/A-2a: accessible, and suitable for archives
    #[default]
    Default,
    /// PDF/UA-1 only
    #[value(name = "ua-1")]
    Ua1,
    /// PDF/A-2a only
    #[value(name = "a-2a")]
    A2a,
    /// PDF/UA-1 and PDF/A-3a, with the public list of signatories attached as CSV
    #[value(name = "a-3a")]
    A3a,
    /// Tagged, but claims no standard
    Plain,
}

/// The formats of the results of `dedupe`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DedupeFormat {
    /// Text for people
    Human,
    /// Text for people, with one line per diagnostic
    Short,
    /// One JSON object per line, for scripts
    Json,
    /// One row per input row, for a spreadsheet
    Csv,
}

/// The formats of the results of `explain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExplainFormat {
    /// Text for people
    Human,
    /// Text for people, with one line per diagnostic
    Short,
    /// One JSON object per line, for scripts
    Json,
}

/// The formats of the findings of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// In columns, with the fix of each finding
    Human,
    /// With the source lines
    Full,
    /// One line each: location, severity, code, and message
    Short,
    /// One JSON object per line
    Json,
    /// A SARIF 2.1.0 log on standard output, for code hosts
    Sarif,
}

/// The commands, in the order in which people use them.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a workspace with a sample letter and list
    #[command(after_help = "\
Examples:
  undersigned new campaign
  undersigned new press --kind press-release
  undersigned new library-campaign --example     with the files of the tutorial
  cd campaign && undersigned render

Creates undersigned.toml, a document in letters/ (letters/first-letter.md), and
signatories/first-letter.csv. For a press release, it also creates the letter that the
release quotes, and its boilerplate. --example adds example/library.html, a draft, and
example/responses.csv, the export of a form. If any of these files exists, nothing is written.
docs/TUTORIALS.md has the tutorial.")]
    New(NewArgs),
    /// Show letters, lists, open questions, and the next step
    #[command(after_help = "\
Examples:
  undersigned status
  undersigned status --format json | jq 'select(.type == \"next\")'

Reads the workspace around the current folder and writes nothing. `ask` counts pairs that need
your decision, `waiting` counts rows that are pending or not to be published yet.")]
    Status(StatusArgs),
    /// Turn a Word or Google Docs draft into a letter
    #[command(after_help = "\
Examples:
  undersigned draft \"Budget letter v7.docx\"
  undersigned draft v7.docx --out letters/budget.md --changes accept --bold headings
  undersigned draft v7.docx --dry-run

Finds the date, the addressees, the subject, the salutation, the closing, and the names of those who
signed, and says in which paragraph. The names go into a list in signatories/. Comments go into
NAME.comments.toml beside the letter; `check` shows them until they are done.

A draft with tracked changes is not read until you decide: at a terminal, undersigned asks about
each. Elsewhere, write --changes accept or --changes reject; without it, the exit code is 2.
Exit code 1: the letter is written, and something in it needs your answer. docs/DRAFTS.md has more.")]
    Draft(DraftArgs),
    /// Turn a form export, workbook, web page, or mailbox into a clean list
    #[command(after_help = "\
Examples:
  undersigned import export.csv > signatories/budget.csv
  undersigned import responses.xlsx#Responses --into signatories/budget.csv --letter letters/budget.md
  undersigned import export.csv --into signatories/budget.csv --dry-run
  pbpaste | undersigned import - --into signatories/budget.csv
  undersigned import signatories/budget.csv --without-private --out public.csv

--into adds only new rows and keeps your edits. Withdrawals in the export are recorded; those in
the list are never undone. Exit code 1: a row is held, or a cell may name two signatories.
docs/IMPORT.md has the rules.")]
    Import(ImportArgs),
    /// Show who signed, what was merged, and what you need to decide
    #[command(after_help = "\
Examples:
  undersigned dedupe signatories/budget.csv
  undersigned dedupe signatories/*.csv --format json | jq 'select(.zone == \"review\")'
  undersigned dedupe signatories/budget.csv --format csv > rows.csv
  pbpaste | undersigned dedupe -

Exit code 1: rows or pairs need your decision. Until then, held rows are not printed, and both
names of a pair are.")]
    Dedupe(DedupeArgs),
    /// Decide which rows are signatories, and whether two names are the same
    #[command(after_help = "\
Examples:
  undersigned review signatories/budget.csv --by Rosa
  printf 'sd' | undersigned review signatories/budget.csv     first pair same, second different

Rows that may not be signatories come first, then pairs of names. Decisions are saved at once
in signatories/decisions.toml and apply to every letter in the workspace. Exit code 1: rows or pairs are undecided. docs/DECISIONS.md describes the file.")]
    Review(ReviewArgs),
    /// Send the open questions to colleagues as a file, and read their answers
    #[command(after_help = "\
Examples:
  undersigned questions --out questions.xlsx              all letters; a workbook with drop-down lists
  undersigned questions signatories/budget.csv --out questions.html
  undersigned questions --read questions.xlsx             what a colleague filled in
  undersigned questions --read ana.xlsx --read answers-ben.json --dry-run

The file has no email addresses, telephone numbers, or contacts unless you add --private. An answer
finds its question by what the question is about. Answers that contradict each other or a saved
answer are listed, and none of them is saved. To take back what was saved, run `undersigned undo`.
Exit code 1: an answer is not understood or contradicts another, or questions remain open.
docs/QUESTIONS.md has more.")]
    Questions(QuestionsArgs),
    /// Take back the last change to your files
    #[command(after_help = "\
Examples:
  undersigned undo --dry-run      show what would be undone
  undersigned undo                take back the last import or decision; again: the one before
  undersigned undo --list         every act that can be undone, the last one first

The files from before are kept in .undersigned/history, which git ignores. A file that you edited
since then is never overwritten: nothing is undone, and the message names the file.")]
    Undo(UndoArgs),
    /// Explain why two names count as one signatory or two
    #[command(after_help = "\
Examples:
  undersigned explain \"UndocuBlack\" \"UndocuBlack Network\"
  undersigned explain --pairs pairs.tsv --format json

A pairs file has two names per line, separated by a tab. Further columns are ignored.")]
    Explain(ExplainArgs),
    /// Find mistakes before you send; writes no files
    #[command(after_help = "\
Examples:
  undersigned check                                   every letter in letters/
  undersigned check letters/budget.md --format full   with the source lines
  undersigned check --format short                    one line per finding, for editors
  undersigned check --why count-false                 why a finding matters
  undersigned check --format sarif > check.sarif      for code hosts
  undersigned check --online                          also test whether links answer

Exit code 1: warnings or errors; 2: a file can't be read. To turn a finding off or to change its
severity, use `[check]` in undersigned.toml: count-thin = \"off\". docs/CHECK.md lists every finding.")]
    Check(CheckArgs),
    /// Write letters as PDF, HTML, email, Word, plain text, or Markdown
    #[command(after_help = "\
Examples:
  undersigned render                                 every letter in letters/
  undersigned render letters/budget.md               output/budget/letter.pdf and letter.html
  undersigned render letters/budget.md --to html     only HTML
  undersigned render --to pdf,email,docx,txt,md      PDF, .eml, Word, plain text, and Markdown
  undersigned render --out build --date 2021-03-01   to another folder, with another date
  undersigned render --pdf-standard a-3a             PDF with the public list attached
  undersigned render letters/budget.md --watch       again on each save, until Ctrl-C

With `to = \"recipients.csv\"`, each recipient gets a letter: output/budget/NAME.pdf.
Files are written completely or not at all. The same input gives the same bytes.")]
    Render(RenderArgs),
    /// Save a permanent, verifiable copy of a letter
    #[command(after_help = "\
Examples:
  undersigned release letters/budget.md
  undersigned release letters/budget.md --date 2021-03-01 --dossier
  undersigned release letters/budget.md --despite \"the two chapters answer on Monday\"
  undersigned release --new-key coalition.key              coalition.key and coalition.pub
  undersigned release letters/budget.md --sign coalition.key

Checks the letter strictly, then writes output/NAME/releases/N/: every format, the public list,
and manifest.toml. A release is written completely or not at all, and never overwritten.
Exit code 2: nothing was released. docs/RELEASES.md has the details.")]
    Release(ReleaseArgs),
    /// Show who joined, left, or was renamed, and what text changed
    #[command(after_help = "\
Examples:
  undersigned diff signatories/monday.csv signatories/friday.csv
  undersigned diff letters/budget.md                       its last release and today
  undersigned diff output/budget/releases/1 output/budget/releases/2
  undersigned diff output/budget/releases/1 letters/budget.md --format paragraph
  undersigned diff output/budget/releases/1 letters/budget.md --to docx,pdf
  undersigned diff old.csv new.csv --format json | jq 'select(.type == \"left\")'

Each side is a list, a release (its folder or manifest.toml), or a letter as it is today.
Names match only if certain or already decided; possible matches are listed.
--to writes a redline: tracked changes in Word, struck and underlined words elsewhere.
Exit code 0, with or without differences. docs/RELEASES.md has the details.")]
    Diff(DiffArgs),
    /// Write drafts of emails to signatories; nothing is sent
    #[command(after_help = "\
Examples:
  undersigned tell letters/budget.md --about listing
  undersigned tell letters/budget.md --about changes
  undersigned tell letters/budget.md --about reminder --invited signatories/invited.csv
  undersigned tell letters/budget.md --about thanks --link https://example.org/budget

Writes one .eml file per address into output/NAME/tell/, each with the private data of nobody else.
Open them in your mail program, look at them, and send them. Who is not written to is listed with the
reason. Exit code 1: the match of somebody who was invited is doubtful. docs/TELL.md has more.")]
    Tell(TellArgs),
    /// Put together what a docket, Congress, the press, or a web site gets
    #[command(after_help = "\
Examples:
  undersigned deliver letters/budget.md --to docket --attach data.pdf   regulations.gov: at most 20 files of 10 MB
  undersigned deliver letters/budget.md --to congress                   a PDF and an email text for each letter
  undersigned deliver letters/budget.md --to press --zip                letter, list, press release, and pictures
  undersigned deliver letters/budget.md --to web --out public/budget    page, picture, signatories.json, tables

Works from a release, which is verified first: letters go out as they were saved. Writes
output/NAME/deliver/. Nothing is sent or uploaded. Exit code 1: the letter has changed since its
release, or its press release has none. docs/DELIVERY.md has more.")]
    Deliver(DeliverArgs),
    /// Show whether a file matches a release, and how it differs
    #[command(after_help = "\
Examples:
  undersigned verify ~/Downloads/letter.pdf
  undersigned verify letter.pdf --manifest manifest.toml
  undersigned verify letter.html --manifest manifest.toml --public-key coalition.pub
  undersigned verify output/budget/releases/2              every file of a release

Without --manifest, searches the releases of the file's workspace, or else of the current one.
Exit code 1: a file is altered or unknown.")]
    Verify(VerifyArgs),
    /// Open the workspace in your browser
    #[cfg(feature = "desk")]
    #[command(after_help = "\
Examples:
  undersigned serve                          open the desk in your browser
  undersigned serve --by Rosa                your answers carry your name
  undersigned serve --no-open --port 4400    print the link only; always the same port

Serves this machine only, and asks no other host for anything. The printed link works once, in
one browser. Everything you do there changes the same files as the commands do, and `undersigned
undo` takes it back. Press Ctrl-C to stop. docs/DESK.md has a tour.")]
    Serve(ServeArgs),
    /// Print a shell completion script
    #[command(
        after_help = "Example:\n  undersigned completions bash > ~/.local/share/bash-completion/completions/undersigned"
    )]
    Completions(CompletionsArgs),
    /// Print the manual page
    #[command(after_help = "\
Examples:
  undersigned man | man -l -
  undersigned man --out ~/.local/share/man/man1     one page per command")]
    Man(ManArgs),
}

impl Command {
    /// Returns true for commands that end in an orderly way on a signal, by themselves.
    pub(super) fn ends_on_signals(&self) -> bool {
        match self {
            Self::Render(render) => render.watch,
            #[cfg(feature = "desk")]
            Self::Serve(_) => true,
            _ => false,
        }
    }

    /// Returns whether errors are reported as JSON.
    pub(super) fn speaks_json(&self) -> bool {
        match self {
            Self::Render(render) => render.format == DiagnosticFormat::Json,
            Self::Dedupe(dedupe) => dedupe.format == DedupeFormat::Json,
            Self::Explain(explain) => explain.format == ExplainFormat::Json,
            Self::Status(status) => status.format == ResultFormat::Json,
            Self::Undo(undo) => undo.format == ResultFormat::Json,
            Self::Questions(questions) => questions.format == ResultFormat::Json,
            Self::Deliver(deliver) => deliver.format == DiagnosticFormat::Json,
            _ => false,
        }
    }
}

/// Arguments of `new`.
#[derive(Args, Debug)]
pub(super) struct NewArgs {
    /// Folder to create or fill
    pub dir: PathBuf,
    /// Kind of document to start with
    #[arg(long, value_name = "KIND", value_enum, default_value_t = NewKind::Letter)]
    pub kind: NewKind,
    /// Also write a draft and the export of a form to example/, to follow the tutorial
    #[arg(long)]
    pub example: bool,
}

/// The kinds of documents that `new` offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum NewKind {
    /// A sign-on letter
    Letter,
    /// A press release and the letter it quotes
    PressRelease,
    /// A petition
    Petition,
    /// An action plan
    Plan,
    /// A campaign page
    Page,
}

impl From<NewKind> for DocumentKind {
    fn from(kind: NewKind) -> Self {
        match kind {
            NewKind::Letter => Self::Letter,
            NewKind::PressRelease => Self::PressRelease,
            NewKind::Petition => Self::Petition,
            NewKind::Plan => Self::Plan,
            NewKind::Page => Self::Page,
        }
    }
}

/// Arguments of `render`.
#[derive(Args, Debug)]
pub(super) struct RenderArgs {
    /// Letters to render; - reads one from standard input [default: all in letters/]
    pub letters: Vec<PathBuf>,
    /// Formats, separated by commas: pdf, html, email, docx, txt, md
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', default_value = "pdf,html", value_parser = format_name)]
    pub to: Vec<String>,
    /// Folder to write to, instead of the workspace's output/
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Date to print, instead of the letter's own
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<Date>,
    /// Mark as a draft, with line numbers; goes to the folder draft/ beside the letter's files
    #[arg(long)]
    pub draft: bool,
    /// Render again each time a source file is saved. Press Ctrl-C to stop
    #[arg(long)]
    pub watch: bool,
    /// Delete unedited letters to people no longer on the list
    #[arg(long)]
    pub prune: bool,
    /// Standard that the PDF claims to meet
    #[arg(long, value_name = "STANDARD", value_enum, default_value_t)]
    pub pdf_standard: Standard,
    /// Line width of plain text, in characters
    #[arg(long, value_name = "COLUMNS", default_value_t = WIDTH, value_parser = clap::value_parser!(u16).range(30..=500))]
    pub width: u16,
    /// Format of messages
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: DiagnosticFormat,
}

/// The default line width of plain text, in characters.
const WIDTH: u16 = crate::emit::text::WIDTH as u16;

/// Arguments of `status`.
#[derive(Args, Debug)]
pub(super) struct StatusArgs {
    /// Format of the results
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ResultFormat::Human)]
    pub format: ResultFormat,
}

/// The formats of results that are for people or for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ResultFormat {
    /// For people
    Human,
    /// One JSON object per line
    Json,
}

impl ResultFormat {
    /// Returns the format of diagnostics that goes with it.
    pub(super) fn diagnostics(self) -> DiagnosticFormat {
        match self {
            Self::Human => DiagnosticFormat::Human,
            Self::Json => DiagnosticFormat::Json,
        }
    }
}

/// Arguments of `dedupe`.
#[derive(Args, Debug)]
pub(super) struct DedupeArgs {
    /// Lists to combine; - reads standard input
    #[arg(required = true, value_name = "LIST")]
    pub lists: Vec<PathBuf>,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DedupeFormat::Human)]
    pub format: DedupeFormat,
}

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub(super) struct ExplainArgs {
    /// First name to compare
    #[arg(required_unless_present = "pairs", requires = "b")]
    pub a: Option<String>,
    /// Second name to compare
    #[arg(requires = "a")]
    pub b: Option<String>,
    /// File of pairs: two names per line, separated by a tab; - reads standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["a", "b"])]
    pub pairs: Option<PathBuf>,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ExplainFormat::Human)]
    pub format: ExplainFormat,
}

/// Arguments of `review`.
#[derive(Args, Debug)]
pub(super) struct ReviewArgs {
    /// Lists to review together
    #[arg(required = true, value_name = "LIST")]
    pub lists: Vec<PathBuf>,
    /// Your name, saved with each decision
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Date to save with each decision [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<Date>,
}

/// Arguments of `questions`.
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("way").required(true).args(["out", "read"])))]
pub(super) struct QuestionsArgs {
    /// Lists whose questions are asked, together [default: the lists of each letter in letters/]
    #[arg(value_name = "LIST")]
    pub lists: Vec<PathBuf>,
    /// File to write: .xlsx, .html, or .csv; an existing file is never replaced
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// File that came back: .xlsx, .ods, .csv, or the saved answers of the page; may be repeated
    #[arg(long, value_name = "FILE")]
    pub read: Vec<PathBuf>,
    /// Include email addresses, telephone numbers, and contacts of signatories
    #[arg(long, requires = "out")]
    pub private: bool,
    /// Who answered, where the file does not say
    #[arg(long, value_name = "NAME", requires = "read")]
    pub by: Option<String>,
    /// Date to save with each answer [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "read")]
    pub date: Option<Date>,
    /// Show what would be done; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ResultFormat::Human)]
    pub format: ResultFormat,
}

/// Arguments of `check`.
#[derive(Args, Debug)]
pub(super) struct CheckArgs {
    /// Letters that are checked [default: all in letters/]
    #[arg(value_name = "LETTER")]
    pub letters: Vec<PathBuf>,
    /// Format of the findings
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = CheckFormat::Human)]
    pub format: CheckFormat,
    /// Also request each web link once, to see whether it answers
    #[arg(long)]
    pub online: bool,
    /// Explain a finding, instead of checking
    #[arg(long, value_name = "CODE", conflicts_with_all = ["letters", "online", "format"])]
    pub why: Option<String>,
}

/// Arguments of `import`.
#[derive(Args, Debug)]
pub(super) struct ImportArgs {
    /// Export, workbook, page, or list; - reads standard input; FILE#SHEET selects a sheet
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// List to add new rows to; created if it does not exist
    #[arg(long, value_name = "LIST")]
    pub into: Option<PathBuf>,
    /// Write to a new file, instead of standard output
    #[arg(long, value_name = "FILE", conflicts_with = "into")]
    pub out: Option<PathBuf>,
    /// Letter that was signed: uses its `[columns]` and deadline, and records the version of its text
    #[arg(long, value_name = "LETTER")]
    pub letter: Option<PathBuf>,
    /// Leave out private columns, to share the list
    #[arg(long)]
    pub without_private: bool,
    /// Say what a column means, and save it in `[columns]` of undersigned.toml; can be repeated
    #[arg(long = "column", value_name = "HEADER=MEANING", value_parser = column_meaning)]
    pub columns: Vec<(String, String)>,
    /// Show the columns as understood and what would be added or updated; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Format of messages
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: DiagnosticFormat,
}

/// Reads `HEADER=MEANING`; the header may have equals signs.
fn column_meaning(typed: &str) -> Result<(String, String), String> {
    let (header, word) = typed
        .rsplit_once('=')
        .ok_or("write the header, an equals sign, and its meaning")?;
    let (header, word) = (header.trim(), word.trim());
    let known = crate::load::canonical();
    match known.contains(&word) && !header.is_empty() {
        true => Ok((header.to_owned(), word.to_owned())),
        false => Err(format!(
            "`{word}` is not a meaning; {}",
            crate::diag::suggest(word, &known)
        )),
    }
}

/// The formats of the results of `diff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// Text for people
    Human,
    /// One JSON object per line, for scripts
    Json,
    /// A paragraph ready to paste, in the letter's language
    Paragraph,
}

/// The formats of the results of `verify`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum VerifyFormat {
    /// Text for people
    Human,
    /// One JSON object per line, for scripts
    Json,
}

/// Arguments of `diff`.
#[derive(Args, Debug)]
pub(super) struct DiffArgs {
    /// Old version: list, release, or letter (alone: compared with its last release)
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// New version: list, release, or letter
    #[arg(value_name = "NEW")]
    pub new: Option<PathBuf>,
    /// Write a redline in these formats, separated by commas: docx, pdf, html
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = REDLINE_FORMATS)]
    pub to: Vec<String>,
    /// Folder of the redline [default: output/redline]
    #[arg(long, value_name = "DIR", requires = "to")]
    pub out: Option<PathBuf>,
    /// Date of OLD, instead of its own
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub since: Option<Date>,
    /// Language of the paragraph [default: the language of NEW]
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DiffFormat::Human)]
    pub format: DiffFormat,
}

/// What becomes of tracked changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ChangesArgument {
    /// Accept all of them
    Accept,
    /// Reject all of them
    Reject,
    /// Ask about each, at a terminal
    Ask,
}

/// What becomes of paragraphs that are bold and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum BoldArgument {
    /// Make them headings
    Headings,
    /// Leave them bold
    Text,
}

/// Arguments of `draft`.
#[derive(Args, Debug)]
pub(super) struct DraftArgs {
    /// Draft: a .docx, .html, or .md file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Letter to write [default: letters/NAME.md]
    #[arg(long, value_name = "LETTER")]
    pub out: Option<PathBuf>,
    /// Decide tracked changes [default: ask about each at a terminal]
    #[arg(long, value_name = "DECISION", value_enum)]
    pub changes: Option<ChangesArgument>,
    /// Decide about paragraphs that are all bold [default: leave them bold, and say so]
    #[arg(long, value_name = "AS", value_enum)]
    pub bold: Option<BoldArgument>,
    /// Show what was found; write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `release`.
#[derive(Args, Debug)]
pub(super) struct ReleaseArgs {
    /// Letter to release
    #[arg(required_unless_present = "new_key")]
    pub letter: Option<PathBuf>,
    /// Date to print, instead of the letter's own
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<Date>,
    /// Release despite warnings or errors; the manifest records your reason
    #[arg(long, value_name = "REASON")]
    pub despite: Option<String>,
    /// Also write the private dossier to output/NAME/dossiers/N/
    #[arg(long)]
    pub dossier: bool,
    /// Sign the manifest with this minisign key; asks for its password
    #[arg(long, value_name = "KEY")]
    pub sign: Option<PathBuf>,
    /// Create a minisign key pair: the secret key in FILE, the public key next to it as .pub
    #[arg(long, value_name = "FILE", conflicts_with_all = ["letter", "sign", "despite", "dossier", "date"])]
    pub new_key: Option<PathBuf>,
    /// Format of messages
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: DiagnosticFormat,
}

/// Arguments of `verify`.
#[derive(Args, Debug)]
pub(super) struct VerifyArgs {
    /// Copies to verify, manifests, or release folders
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Manifest to compare with, or its folder [default: all in the workspace]
    #[arg(long, value_name = "PATH")]
    pub manifest: Option<PathBuf>,
    /// Minisign public key that must have signed the manifest: a file, or the key itself
    #[arg(long, value_name = "KEY")]
    pub public_key: Option<String>,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = VerifyFormat::Human)]
    pub format: VerifyFormat,
}

/// Arguments of `undo`.
#[derive(Args, Debug)]
pub(super) struct UndoArgs {
    /// Show what would be undone; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// List the acts that can be undone
    #[arg(long, conflicts_with = "dry_run")]
    pub list: bool,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ResultFormat::Human)]
    pub format: ResultFormat,
}

/// Arguments of `serve`.
#[cfg(feature = "desk")]
#[derive(Args, Debug)]
pub(super) struct ServeArgs {
    /// Port to listen on [default: a free one]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1024..))]
    pub port: Option<u16>,
    /// Print the link and leave the browser alone
    #[arg(long)]
    pub no_open: bool,
    /// Your name, saved with each answer; you can change it in the browser
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Arguments of `tell`.
#[derive(Args, Debug)]
pub(super) struct TellArgs {
    /// Letter whose signatories are written to
    pub letter: PathBuf,
    /// Why they are written to
    #[arg(long, value_name = "OCCASION", value_enum)]
    pub about: AboutArgument,
    /// List of who was invited, for a reminder; can be repeated
    #[arg(long, value_name = "LIST")]
    pub invited: Vec<PathBuf>,
    /// Address of the letter on the web
    #[arg(long, value_name = "URL")]
    pub link: Option<String>,
    /// File to attach to each draft; can be repeated
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
    /// Folder for the drafts
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Date of the drafts, instead of the letter's
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
}

/// The occasions of `tell`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AboutArgument {
    /// Is this how you want to be listed?
    Listing,
    /// The text changed since you signed, with what changed
    Changes,
    /// You were invited and have not signed
    Reminder,
    /// The letter is out
    Thanks,
}

/// Arguments of `deliver`.
#[derive(Args, Debug)]
pub(super) struct DeliverArgs {
    /// Letter that was released
    pub letter: PathBuf,
    /// Whom it goes to
    #[arg(long, value_name = "DESTINATION", value_enum)]
    pub to: ToArgument,
    /// Number of the release, instead of the last one
    #[arg(long, value_name = "NUMBER")]
    pub release: Option<u32>,
    /// File that goes with it; can be repeated
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
    /// Folder for the files
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Also pack the files into one, beside the folder
    #[arg(long)]
    pub zip: bool,
    /// Format of messages on standard error
    #[arg(long, value_enum, default_value_t = DiagnosticFormat::Human)]
    pub format: DiagnosticFormat,
}

/// The destinations of `deliver`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ToArgument {
    /// A docket of regulations.gov
    Docket,
    /// Offices of Congress, or others who get a letter each
    Congress,
    /// The press
    Press,
    /// A web site
    Web,
}

/// Arguments of `completions`.
#[derive(Args, Debug)]
pub(super) struct CompletionsArgs {
    /// Shell to complete for
    pub shell: Shell,
}

/// Arguments of `man`.
#[derive(Args, Debug)]
pub(super) struct ManArgs {
    /// Write one page per command to this folder, instead of printing the main page
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

fn date(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "not a valid date; write year-month-day, such as 2021-03-01".to_owned())
}

fn format_name(text: &str) -> Result<String, String> {
    let known: Vec<&str> = crate::emit::FORMATS.iter().map(|format| format.name).collect();
    if known.contains(&text) {
        Ok(text.to_owned())
    } else {
        Err(crate::diag::suggest(text, &known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_teaches_by_example() {
        for command in Arguments::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Example"), "{} has no example", command.get_name());
        }
    }
}
