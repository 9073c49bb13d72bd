//! What can be typed. What it means is decided by the subcommands.

use crate::model::letter::DocumentKind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
use std::path::PathBuf;

/// Coalition sign-on letters: from Markdown and a list of signatories to a signed
/// letter in PDF and HTML.
#[derive(Debug, Parser)]
#[command(name = "undersigned", version, max_term_width = 100, after_help = EXAMPLES, arg_required_else_help = true)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Flags that every command takes.
    #[command(flatten)]
    pub common: Common,
}

const EXAMPLES: &str = "\
Examples:
  undersigned new campaign                     lay out a workspace that renders at once
  undersigned render                           set every letter in letters/
  undersigned render letters/budget.md         set one, as PDF and HTML
  undersigned import export.csv --into signatories/budget.csv   add who is new
  undersigned dedupe signatories/budget.csv    who signed, what was merged, what to decide
  undersigned explain \"Make the Road NY\" \"Make the Road New York\"

Exit codes: 0 done; 1 done, and a person is needed; 2 could not run, and nothing was written.";

/// Flags that every command takes.
#[derive(Args, Debug)]
pub(super) struct Common {
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = ColorWhen::Auto)]
    pub color: ColorWhen,
    /// Print nothing but results and errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// How many cores to use [default: all]
    #[arg(long, short, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Let warnings fail: nothing is written while there is one
    #[arg(long, global = true)]
    pub strict: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum DiagnosticFormat {
    /// With the line they speak of
    #[default]
    Human,
    /// A line each: place, severity, code and message
    Short,
    /// A JSON object each
    Json,
}

/// What a PDF promises to those who keep and read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Standard {
    /// PDF/UA-1 and PDF/A-2a: accessible, and fit for an archive
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
    /// No promise; tagged all the same
    Plain,
}

/// How `dedupe` prints its results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DedupeFormat {
    /// For reading
    Human,
    /// For reading, with diagnostics on one line each
    Short,
    /// JSON Lines, for scripts
    Json,
    /// One row an input row, for a spreadsheet
    Csv,
}

/// How `explain` prints its results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExplainFormat {
    /// For reading
    Human,
    /// For reading, with diagnostics on one line each
    Short,
    /// JSON Lines, for scripts
    Json,
}

/// How `check` prints its findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// With the line they speak of
    Human,
    /// A line each: place, severity, code and message
    Short,
    /// A JSON object each
    Json,
    /// One SARIF 2.1.0 log on standard output, for code hosts
    Sarif,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lay out a workspace with a letter and a list that render at once
    #[command(after_help = "\
Examples:
  undersigned new campaign
  undersigned new campaign --kind press-release
  cd campaign && undersigned render

Writes undersigned.toml, a document of the kind in letters/ (letters/first-letter.md)
and signatories/first-letter.csv; for a release its letter and its boilerplate, too.
A folder that already holds any of these is left as it is, with an error.")]
    New(New),
    /// Write letters as PDF, HTML, e-mail, Word, plain text or Markdown
    #[command(after_help = "\
Examples:
  undersigned render                                 every letter in letters/
  undersigned render letters/budget.md               output/budget/letter.pdf and letter.html
  undersigned render letters/budget.md --to html     only HTML
  undersigned render --to pdf,email,docx,txt,md      PDF, .eml, Word, plain text and Markdown
  undersigned render --out build --date 2021-03-01   elsewhere, with another date
  undersigned render --pdf-standard a-3a             PDF with the public list attached
  undersigned render letters/budget.md --watch       again on every save, until Ctrl-C

A letter with `to = \"recipients.csv\"` becomes a letter to each of the list: output/budget/NAME.pdf.
Files are written whole or not at all, and the same input gives the same bytes.")]
    Render(Render),
    /// Resolve lists to signatories: what was merged, why, and what to decide
    #[command(after_help = "\
Examples:
  undersigned dedupe signatories/budget.csv
  undersigned dedupe signatories/*.csv --format json | jq 'select(.zone == \"review\")'
  undersigned dedupe signatories/budget.csv --format csv > rows.csv
  pbpaste | undersigned dedupe -

Exit code 1 says that there are pairs for a person to decide; until then both names are printed.")]
    Dedupe(Dedupe),
    /// Say why two names are one signatory or two
    #[command(after_help = "\
Examples:
  undersigned explain \"UndocuBlack\" \"UndocuBlack Network\"
  undersigned explain --pairs pairs.tsv --format json

A pairs file has two names a line, separated by a tab; further columns are ignored.")]
    Explain(Explain),
    /// Decide about the undecided pairs, one key each; the answers are remembered
    #[command(after_help = "\
Examples:
  undersigned review signatories/budget.csv --by Rosa
  printf 'sd' | undersigned review signatories/budget.csv     first pair the same, second different

Answers are kept in signatories/decisions.toml, at once, and hold for every letter of the
workspace. Exit code 1 says that questions are left.")]
    Review(Review),
    /// Turn an export, a sheet or a pasted page into a clean list
    #[command(after_help = "\
Examples:
  undersigned import export.csv > signatories/budget.csv
  undersigned import responses.xlsx#Responses --into signatories/budget.csv --letter letters/budget.md
  pbpaste | undersigned import - --into signatories/budget.csv
  undersigned import signatories/budget.csv --without-private --out public.csv

Into a list that stands, only new rows are added; what a person wrote there stays, and importing
the same export again adds nothing. A withdrawal in the export is written into the list; one in the
list stays whatever the export says. Exit code 1 says that a cell may name two signatories.")]
    Import(Import),
    /// Find what would embarrass the coalition; nothing is written
    #[command(after_help = "\
Examples:
  undersigned check                                   every letter in letters/
  undersigned check letters/budget.md --format short  a line a finding, for editors
  undersigned check --format sarif > check.sarif      for code hosts
  undersigned check --online                          also asks whether links answer

Exit code 1 says that something was found. [check] in undersigned.toml turns findings off or
makes them notes, warnings or errors: count-thin = \"off\". docs/CHECK.md says why each matters.")]
    Check(Check),
    /// Say who joined, left or was renamed, and which words changed
    #[command(after_help = "\
Examples:
  undersigned diff signatories/monday.csv signatories/friday.csv
  undersigned diff letters/budget.md                       its last release and today
  undersigned diff output/budget/releases/1 output/budget/releases/2
  undersigned diff output/budget/releases/1 letters/budget.md --format paragraph
  undersigned diff old.csv new.csv --format json | jq 'select(.type == \"left\")'

Each side is a list, a release (its folder or its manifest.toml) or a letter as it stands
today. Two names are one only where that is certain or decided; what may be one is asked.
Exit code 0 also where they differ. docs/RELEASES.md says more.")]
    Diff(Diff),
    /// Freeze a letter as a release that can be proved
    #[command(after_help = "\
Examples:
  undersigned release letters/budget.md
  undersigned release letters/budget.md --date 2021-03-01 --dossier
  undersigned release letters/budget.md --despite \"the two chapters answer on Monday\"
  undersigned release --new-key coalition.key              coalition.key and coalition.pub
  undersigned release letters/budget.md --sign coalition.key

Checks the letter strictly, then writes output/NAME/releases/N/: every format, the public
list and manifest.toml. A release is there whole or not at all and is never overwritten.
Exit code 2 says that nothing was released. docs/RELEASES.md says more.")]
    Release(Release),
    /// Say which release a file is, whether it is unaltered, and how it differs
    #[command(after_help = "\
Examples:
  undersigned verify ~/Downloads/letter.pdf
  undersigned verify letter.pdf --manifest manifest.toml
  undersigned verify letter.html --manifest manifest.toml --public-key coalition.pub
  undersigned verify output/budget/releases/2              every file of a release

Without --manifest, the releases of the workspace are looked through: that of the file's
folder, or of the current one. Exit code 1 says that a file is altered or unknown.")]
    Verify(Verify),
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  undersigned completions bash > ~/.local/share/bash-completion/completions/undersigned"
    )]
    Completions(Completions),
    /// Print the manual page
    #[command(after_help = "\
Examples:
  undersigned man | man -l -
  undersigned man --out ~/.local/share/man/man1     a page for each command")]
    Man(Man),
}

impl Command {
    /// Whether what goes wrong is said to programs, as JSON.
    pub(super) fn speaks_json(&self) -> bool {
        match self {
            Self::Render(render) => render.format == DiagnosticFormat::Json,
            Self::Dedupe(dedupe) => dedupe.format == DedupeFormat::Json,
            Self::Explain(explain) => explain.format == ExplainFormat::Json,
            _ => false,
        }
    }
}

/// Arguments of `new`.
#[derive(Args, Debug)]
pub(super) struct New {
    /// The folder to lay out; it is made if it is not there
    pub dir: PathBuf,
    /// What the first document is
    #[arg(long, value_name = "KIND", value_enum, default_value_t = Kind::Letter)]
    pub kind: Kind,
}

/// The kinds of documents, as `new` offers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// A sign-on letter
    Letter,
    /// A press release, with the letter it quotes
    PressRelease,
    /// A petition
    Petition,
    /// A plan of action
    Plan,
    /// A campaign's page
    Page,
}

impl From<Kind> for DocumentKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Letter => Self::Letter,
            Kind::PressRelease => Self::PressRelease,
            Kind::Petition => Self::Petition,
            Kind::Plan => Self::Plan,
            Kind::Page => Self::Page,
        }
    }
}

/// Arguments of `render`.
#[derive(Args, Debug)]
pub(super) struct Render {
    /// Letters to write; - reads one from standard input [default: all in letters/]
    pub letters: Vec<PathBuf>,
    /// Formats, separated by commas: pdf, html, email, docx, txt, md
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', default_value = "pdf,html", value_parser = format_name)]
    pub to: Vec<String>,
    /// Folder to write to, in place of the workspace's output/
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The date to print, in place of the letter's own
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<Date>,
    /// Render again whenever a file that the letters are made of is saved; ends with Ctrl-C
    #[arg(long)]
    pub watch: bool,
    /// Remove what earlier runs of a mail merge wrote to those who are on its list no more
    #[arg(long)]
    pub prune: bool,
    /// What the PDF promises
    #[arg(long, value_name = "STANDARD", value_enum, default_value_t)]
    pub pdf_standard: Standard,
    /// Columns of a line of plain text
    #[arg(long, value_name = "COLUMNS", default_value_t = WIDTH, value_parser = clap::value_parser!(u16).range(30..=500))]
    pub width: u16,
    /// How diagnostics are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: DiagnosticFormat,
}

/// Columns of plain text by default.
const WIDTH: u16 = crate::emit::text::WIDTH as u16;

/// Arguments of `dedupe`.
#[derive(Args, Debug)]
pub(super) struct Dedupe {
    /// Lists to resolve together; - reads standard input
    #[arg(required = true, value_name = "LIST")]
    pub lists: Vec<PathBuf>,
    /// How results are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DedupeFormat::Human)]
    pub format: DedupeFormat,
}

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub(super) struct Explain {
    /// One name
    #[arg(required_unless_present = "pairs", requires = "b")]
    pub a: Option<String>,
    /// The other name
    #[arg(requires = "a")]
    pub b: Option<String>,
    /// Judge the pairs of a file: two names a line, separated by a tab; - reads standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["a", "b"])]
    pub pairs: Option<PathBuf>,
    /// How results are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ExplainFormat::Human)]
    pub format: ExplainFormat,
}

/// Arguments of `review`.
#[derive(Args, Debug)]
pub(super) struct Review {
    /// Lists to review together
    #[arg(required = true, value_name = "LIST")]
    pub lists: Vec<PathBuf>,
    /// Who answers, to be kept with each answer
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// The date to keep with each answer [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<Date>,
}

/// Arguments of `check`.
#[derive(Args, Debug)]
pub(super) struct Check {
    /// Letters to check [default: all in letters/]
    #[arg(value_name = "LETTER")]
    pub letters: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = CheckFormat::Human)]
    pub format: CheckFormat,
    /// Also ask each web link once whether it answers
    #[arg(long)]
    pub online: bool,
}

/// Arguments of `import`.
#[derive(Args, Debug)]
pub(super) struct Import {
    /// The export, workbook, page or list; - reads standard input; a sheet is named after a #
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The list to add to; it is made if it is not there
    #[arg(long, value_name = "LIST")]
    pub into: Option<PathBuf>,
    /// Write the list to a new file, in place of standard output
    #[arg(long, value_name = "FILE", conflicts_with = "into")]
    pub out: Option<PathBuf>,
    /// The letter that was signed: its table of columns, its deadline, and the version of its text
    #[arg(long, value_name = "LETTER")]
    pub letter: Option<PathBuf>,
    /// Leave out the private columns, for sharing
    #[arg(long)]
    pub without_private: bool,
    /// How diagnostics are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: DiagnosticFormat,
}

/// How `diff` prints its results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// For reading
    Human,
    /// JSON Lines, for scripts
    Json,
    /// A paragraph ready to paste, in the letter's language
    Paragraph,
}

/// How `verify` prints its results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum VerifyFormat {
    /// For reading
    Human,
    /// JSON Lines, for scripts
    Json,
}

/// Arguments of `diff`.
#[derive(Args, Debug)]
pub(super) struct Diff {
    /// The state before: a list, a release, or a letter (alone: its last release)
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The state now: a list, a release, or a letter
    #[arg(value_name = "NEW")]
    pub new: Option<PathBuf>,
    /// The date of OLD, in place of its own
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub since: Option<Date>,
    /// The language of the paragraph [default: that of NEW]
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// How results are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DiffFormat::Human)]
    pub format: DiffFormat,
}

/// Arguments of `release`.
#[derive(Args, Debug)]
pub(super) struct Release {
    /// The letter
    #[arg(required_unless_present = "new_key")]
    pub letter: Option<PathBuf>,
    /// The date to print, in place of the letter's own
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<Date>,
    /// Release in spite of what `check` finds; the reason goes into the manifest
    #[arg(long, value_name = "REASON")]
    pub despite: Option<String>,
    /// Also write the private dossier to output/NAME/dossiers/N/
    #[arg(long)]
    pub dossier: bool,
    /// Sign the manifest with this minisign key; its password is asked for
    #[arg(long, value_name = "KEY")]
    pub sign: Option<PathBuf>,
    /// Make a minisign key: the secret one in FILE, the public one beside it as .pub
    #[arg(long, value_name = "FILE", conflicts_with_all = ["letter", "sign", "despite", "dossier", "date"])]
    pub new_key: Option<PathBuf>,
    /// How diagnostics are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: DiagnosticFormat,
}

/// Arguments of `verify`.
#[derive(Args, Debug)]
pub(super) struct Verify {
    /// Files from out in the world, manifests, or folders of releases
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The manifest to hold the files against, or its folder [default: all of the workspace]
    #[arg(long, value_name = "PATH")]
    pub manifest: Option<PathBuf>,
    /// The minisign public key that must have signed the manifest: a file, or the key itself
    #[arg(long, value_name = "KEY")]
    pub public_key: Option<String>,
    /// How results are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = VerifyFormat::Human)]
    pub format: VerifyFormat,
}

/// Arguments of `completions`.
#[derive(Args, Debug)]
pub(super) struct Completions {
    /// The shell
    pub shell: Shell,
}

/// Arguments of `man`.
#[derive(Args, Debug)]
pub(super) struct Man {
    /// Write a page for each command into this folder, in place of printing the first
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

fn date(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "not a calendar date written as year-month-day, such as 2021-03-01".to_owned())
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
