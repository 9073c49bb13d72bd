//! Searches a door of targets.rs for bytes that it does not hold against; `UNDERSIGNED_DOOR`
//! says which.
#![no_main]

mod targets;

use std::sync::LazyLock;

/// What the door does that was asked for; ends the program if there is none of that name.
static DOOR: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let asked = std::env::var("UNDERSIGNED_DOOR").unwrap_or_default();
    if let Some(door) = targets::door(&asked) {
        return door;
    }
    let doors: Vec<&str> = targets::TARGETS.iter().map(|(name, _)| *name).collect();
    eprintln!(
        "UNDERSIGNED_DOOR is `{asked}`, which is no door; the doors are {}",
        doors.join(", ")
    );
    std::process::exit(2)
});

libfuzzer_sys::fuzz_target!(init: LazyLock::force(&DOOR), |bytes: &[u8]| (*DOOR)(bytes));
