//! Parses arguments, runs, exits.

use std::process::ExitCode;

fn main() -> ExitCode {
    undersigned::cli::run(std::env::args_os())
}
