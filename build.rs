//! The word lists of `data/`, for the program.
//!
//! In: `data/*.toml`, as people write them. Out: the same as JSON in `OUT_DIR`, which
//! is read in a fraction of the time; a process that sets one letter would spend a
//! tenth of its time on TOML. Guaranteed: a list that is no TOML fails the build.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=data");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    for entry in fs::read_dir("data").expect("data/ is a folder") {
        let path = entry.expect("data/ can be listed").path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a list can be read");
        let list: toml::Table = text
            .parse()
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let json = serde_json::to_string(&list).expect("a list is plain values");
        let name = path.with_extension("json");
        let name = name.file_name().expect("a file has a name");
        fs::write(Path::new(&out).join(name), json).expect("the folder for what is built can be written");
    }
}
