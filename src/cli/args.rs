//! What can be typed. What it means is decided by the subcommands.

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
  cd campaign && undersigned render

Writes undersigned.toml, letters/first-letter.md and signatories/first-letter.csv.
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
    /// Find what would embarrass the coalition; nothing is written
    #[command(after_help = "\
Examples:
  undersigned check                                   every letter in letters/
  undersigned check letters/budget.md --format short  a line a finding, for editors
  undersigned check --format sarif > check.sarif      for code hosts

Exit code 1 says that something was found. [check] in undersigned.toml turns findings off or
makes them notes, warnings or errors: count-thin = \"off\". docs/CHECK.md says why each matters.")]
    Check(Check),
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

/// Arguments of `new`.
#[derive(Args, Debug)]
pub(super) struct New {
    /// The folder to lay out; it is made if it is not there
    pub dir: PathBuf,
}

/// Arguments of `render`.
#[derive(Args, Debug)]
pub(super) struct Render {
    /// Letters to write [default: all in letters/]
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
