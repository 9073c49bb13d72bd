//! Reads a CSV file into owned strings and prints how long that took.
//!
//! In: one path. Out: the seconds, the rows and the cells, on one line. It is
//! the yardstick of `bench/linkage/growth.py`: the least that any program built
//! on the csv crate must spend on a list. Deliberately absent: headers, types,
//! resolving, several cores.

use std::error::Error;
use std::io::{self, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: read_csv FILE")?;
    let start = Instant::now();
    let rows = read(path.as_ref())?;
    let seconds = start.elapsed().as_secs_f64();
    let cells: usize = rows.iter().map(Vec::len).sum();
    writeln!(io::stdout(), "{seconds:.6} seconds, {} rows, {cells} cells", rows.len())?;
    Ok(())
}

/// Returns every cell of the file as a string of its own.
fn read(path: &std::path::Path) -> Result<Vec<Vec<String>>, csv::Error> {
    csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(path)?
        .into_records()
        .map(|record| Ok(record?.iter().map(str::to_owned).collect()))
        .collect()
}
