//! Holds that docs/COMMANDS.md is what the definition of the command line says.
//!
//! The page is made from the same `clap::Command` that reads the arguments and prints the
//! help, and compared. `UPDATE_COMMANDS=1 cargo test --lib commands_page` writes it.

use super::args::Arguments;
use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, CommandFactory};
use std::fmt::Write as _;
use std::path::Path;

/// Longest line of text, in characters.
const WIDTH: usize = 98;

/// The beginning of the page.
const INTRODUCTION: &str = "\
# Commands

This page lists all commands with their arguments, flags, and defaults. It is made from the
program's own definition, so it says the same as `undersigned help COMMAND`. `undersigned man` prints
it as a manual page, and `undersigned completions` completes it in your shell.

`undersigned` alone prints the help. Started by a double click, it opens [the desk](DESK.md). Results
go to standard output. Messages and progress go to standard error. Where a file can be standard
input, its name is `-`.

## Exit codes

| code | meaning |
|---|---|
| 0 | success |
| 1 | finished, but needs your attention |
| 2 | failed; nothing was written |

[Messages](MESSAGES.md#exit-codes) says for each command when the code is 1. A pipe that is closed
early is not an error.
";

/// Returns a text in lines of at most [`WIDTH`] characters; paragraphs stay.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    for paragraph in text.split("\n\n") {
        let mut width = 0;
        for word in paragraph.split_whitespace() {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > WIDTH {
                lines.push('\n');
                width = 0;
            } else if width > 0 {
                lines.push(' ');
                width += 1;
            }
            lines += word;
            width += length;
        }
        lines += "\n\n";
    }
    lines.trim_end().to_owned()
}

/// Returns a sentence of the help as one of a page: with a period, and with links to pages.
fn sentence(text: &str) -> String {
    let mut text = linked(text.trim());
    if !text.is_empty() && !text.ends_with(['.', '?']) {
        text.push('.');
    }
    text
}

/// Makes links of the names of pages, and code of flags and of the sign for standard input.
fn linked(text: &str) -> String {
    let mut marked = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            marked.push('`');
        }
        if at % 2 == 0 {
            marked += &with_code(part);
        } else {
            marked += part;
        }
    }
    let text = &marked;
    let mut linked = String::new();
    for (at, part) in text.split("docs/").enumerate() {
        match part.split_once(".md").filter(|_| at > 0) {
            Some((page, rest)) => {
                let _ = write!(linked, "[{page}.md]({page}.md){rest}");
            }
            None => linked += part,
        }
    }
    linked
}

/// Puts flags, and a hyphen alone, into backticks: a page would make dashes of them.
fn with_code(text: &str) -> String {
    let mark = |word: &str| {
        let flag = word.trim_end_matches([',', '.', ':', ';']);
        let is_code = flag == "-" || flag.starts_with("--");
        match is_code {
            true => format!("`{flag}`{}", &word[flag.len()..]),
            false => word.to_owned(),
        }
    };
    let words = text.split_inclusive(char::is_whitespace);
    words
        .map(|word| {
            let bare = word.trim_end();
            mark(bare) + &word[bare.len()..]
        })
        .collect()
}

/// Returns the help of an argument without the default that it names at its end, and that default.
fn help_and_default(arg: &Arg) -> (String, String) {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let help = help.replace(" (see more with '--help')", "");
    let (help, named) = match help.split_once(" [default: ") {
        Some((help, named)) => (help.to_owned(), named.trim_end_matches(']').to_owned()),
        None => (help, String::new()),
    };
    let values: Vec<String> = arg
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy().into_owned())
        .collect();
    let is_flag = matches!(
        arg.get_action(),
        ArgAction::SetTrue | ArgAction::Help | ArgAction::Version
    );
    let default = match (named.is_empty(), values.is_empty() || is_flag) {
        (false, _) => named,
        (true, false) => format!("`{}`", values.join(",")),
        (true, true) if arg.is_required_set() => "required".to_owned(),
        (true, true) => String::new(),
    };
    (help, default)
}

/// Returns the values that an argument takes, with what they mean; nothing if its help has them.
fn values(arg: &Arg, help: &str) -> String {
    let shown = |value: &PossibleValue| match value.get_help() {
        Some(help) if lower_first(&help.to_string()) != value.get_name() => {
            format!("`{}` ({})", value.get_name(), lower_first(&help.to_string()))
        }
        _ => format!("`{}`", value.get_name()),
    };
    let values = arg.get_possible_values();
    if values.iter().all(|value| help.contains(value.get_name())) {
        return String::new();
    }
    let values: Vec<String> = values.iter().filter(|value| !value.is_hide_set()).map(shown).collect();
    if values.is_empty() || !arg.get_action().takes_values() {
        return String::new();
    }
    let separator = if values.iter().any(|value| value.contains(", ")) {
        "; "
    } else {
        ", "
    };
    format!(" One of: {}.", values.join(separator))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let is_acronym = text.chars().nth(1).is_some_and(char::is_uppercase);
    match chars.next() {
        Some(first) if !is_acronym => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// Returns an argument as one types it.
fn typed(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default().join(" ");
    let many = arg.get_num_args().is_some_and(|range| range.max_values() > 1);
    let repeated = matches!(arg.get_action(), ArgAction::Append) || many;
    if arg.is_positional() {
        let name = if names.is_empty() {
            arg.get_id().as_str().to_uppercase()
        } else {
            names
        };
        return format!("{name}{}", if repeated { "..." } else { "" });
    }
    let mut typed = Vec::new();
    typed.extend(arg.get_short().map(|short| format!("-{short}")));
    typed.extend(arg.get_long().map(|long| format!("--{long}")));
    let value = if arg.get_action().takes_values() {
        format!(" {names}")
    } else {
        String::new()
    };
    format!("{}{value}", typed.join(", "))
}

/// Writes arguments as a table.
fn table(page: &mut String, heading: &str, args: &[&Arg]) {
    if args.is_empty() {
        return;
    }
    let _ = writeln!(page, "| {heading} | default | meaning |\n|---|---|---|");
    for arg in args {
        let (help, default) = help_and_default(arg);
        let meaning = format!("{}{}", sentence(&help), values(arg, &help)).replace('|', "\\|");
        let default = if default.is_empty() {
            default
        } else {
            format!("{default} ")
        };
        let _ = writeln!(page, "| `{}` | {default}| {meaning} |", typed(arg));
    }
    page.push('\n');
}

/// Writes the examples and the notes below them.
fn after(page: &mut String, text: &str) {
    let (examples, notes) = text.split_once("\n\n").unwrap_or((text, ""));
    let lines: Vec<(&str, &str)> = examples
        .lines()
        .skip(1)
        .map(|line| line.trim().split_once("  ").unwrap_or((line.trim(), "")))
        .collect();
    let width = lines.iter().filter(|(_, note)| !note.is_empty());
    let width = width.map(|(command, _)| command.chars().count()).max().unwrap_or(0);
    *page += "```console\n";
    for (command, note) in lines {
        match note.trim() {
            "" => writeln!(page, "$ {command}"),
            note => writeln!(page, "$ {command:width$}   # {note}"),
        }
        .expect("a string takes it");
    }
    *page += "```\n";
    if !notes.is_empty() {
        let _ = writeln!(page, "\n{}", wrapped(&linked(notes)));
    }
}

fn page() -> String {
    let mut command = Arguments::command();
    command.build();
    let is_shown = |arg: &&Arg| !arg.is_hide_set();
    let (common, alone): (Vec<&Arg>, Vec<&Arg>) = command
        .get_arguments()
        .filter(is_shown)
        .partition(|arg| arg.is_global_set() || arg.get_id() == "help");
    let mut page = INTRODUCTION.to_owned();
    page += "\n## Options of every command\n\n";
    table(&mut page, "option", &common);
    page += "`undersigned` without a command takes these:\n\n";
    table(&mut page, "option", &alone);
    let commands: Vec<_> = command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set() && sub.get_name() != "help")
        .collect();
    page += "## All commands\n\n| command | what it does |\n|---|---|\n";
    for sub in &commands {
        let (name, about) = (
            sub.get_name(),
            sub.get_about().map(ToString::to_string).unwrap_or_default(),
        );
        let _ = writeln!(page, "| [`{name}`](#{name}) | {about} |");
    }
    let _ = writeln!(page, "| `help` | Show help for a command |");
    for sub in commands {
        let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(page, "\n## {}\n\n{}\n", sub.get_name(), wrapped(&sentence(&about)));
        let own = |arg: &&Arg| is_shown(arg) && !arg.is_global_set() && arg.get_id() != "help";
        let (arguments, options): (Vec<&Arg>, Vec<&Arg>) =
            sub.get_arguments().filter(own).partition(|arg| arg.is_positional());
        table(&mut page, "argument", &arguments);
        table(&mut page, "option", &options);
        after(
            &mut page,
            &sub.get_after_help().map(ToString::to_string).unwrap_or_default(),
        );
    }
    page
}

#[test]
fn commands_page_says_what_the_program_takes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/COMMANDS.md");
    let page = page();
    if std::env::var_os("UPDATE_COMMANDS").is_some() {
        std::fs::write(&path, &page).expect("written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = page.lines().zip(kept.lines()).find(|(made, kept)| made != kept);
    assert!(
        page == kept,
        "docs/COMMANDS.md differs from the command line, first in {differs:?}; \
         UPDATE_COMMANDS=1 cargo test --lib commands_page writes it"
    );
}

#[test]
fn commands_page_has_every_command_and_no_hidden_one() {
    let page = page();
    let mut seen = 0;
    for sub in Arguments::command().get_subcommands() {
        let heading = format!("\n## {}\n", sub.get_name());
        assert_eq!(
            page.matches(&heading).count(),
            usize::from(!sub.is_hide_set()),
            "{heading}"
        );
        for arg in sub.get_arguments().filter(|arg| !arg.is_hide_set()) {
            let long = arg.get_long().map(|long| format!("--{long}"));
            assert!(long.is_none_or(|long| page.contains(&long)), "{}", arg.get_id());
        }
        seen += 1;
    }
    assert!(seen > 15, "only {seen} commands");
}
