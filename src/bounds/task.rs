//! Tasks: work on bytes, by name, here or in a child process.
//!
//! In: a task and its input. Out: its output, the same for the same input. Guaranteed:
//! each input is worked on once in a process (recent answers are kept), and once a task ran
//! out of time the next ones get less, so that a folder of hostile files does not add up.

use super::catch_panic::catch_panic;
use super::child::{self, Refused};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

/// Work that is a function of bytes.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// The name, for the child process.
    pub name: &'static str,
    /// Does the work; an error is a reason for the user.
    pub run: fn(&[u8]) -> Result<Vec<u8>, String>,
}

/// The program that serves tasks.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Elapsed time that a task may take; on a busy machine its processor time is spread.
const PATIENCE: Duration = Duration::from_millis(4000);

/// Elapsed time that a task may take after another took too long.
const LESS_PATIENCE: Duration = Duration::from_millis(500);

/// Whether some task took too long.
static WAS_SLOW: AtomicBool = AtomicBool::new(false);

/// Most bytes of answers that are kept.
const MAX_KEPT: usize = 64 << 20;

type Answer = Result<Arc<[u8]>, Refused>;

/// Answers by task and input, and how many bytes they take.
static KEPT: Mutex<(BTreeMap<[u8; 32], Answer>, usize)> = Mutex::new((BTreeMap::new(), 0));

/// Names the program that serves tasks in a child process. It answers [`ARGUMENT`](super::ARGUMENT) with
/// [`serve`], as `undersigned` itself does. Without it, tasks run in this process: panics are
/// caught, but neither time nor memory is limited. A program that reads files of strangers calls
/// this first.
pub fn use_program(program: PathBuf) {
    // Once named, it stays.
    let _ = PROGRAM.set(program);
}

/// Runs a task within its limits.
///
/// # Errors
/// When the task refuses its input, or takes more than it may.
pub fn run(task: &Task, input: &[u8]) -> Result<Arc<[u8]>, Refused> {
    let mut hash = Sha256::new();
    hash.update(task.name.as_bytes());
    hash.update([0]);
    hash.update(input);
    let key: [u8; 32] = hash.finalize().into();
    if let Some(answer) = kept().0.get(&key) {
        return answer.clone();
    }
    let answer: Answer = done(task, input).map(Arc::from);
    let length = answer.as_ref().map_or(0, |bytes| bytes.len());
    let mut kept = kept();
    if kept.1 + length > MAX_KEPT {
        *kept = (BTreeMap::new(), 0);
    }
    if length <= MAX_KEPT {
        kept.0.insert(key, answer.clone());
        kept.1 += length;
    }
    answer
}

fn kept() -> std::sync::MutexGuard<'static, (BTreeMap<[u8; 32], Answer>, usize)> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

fn done(task: &Task, input: &[u8]) -> Result<Vec<u8>, Refused> {
    let Some(program) = PROGRAM.get() else {
        return here(task, input);
    };
    let slow = WAS_SLOW.load(Ordering::Relaxed);
    let patience = if slow { LESS_PATIENCE } else { PATIENCE };
    let answer = child::run(program, task.name, input, patience);
    // A program that is gone, as after an update, leaves the work undone.
    let answer = answer.unwrap_or(Err(Refused::Reason(
        "the program cannot be started again to read it".to_owned(),
    )));
    if answer == Err(Refused::Time) {
        WAS_SLOW.store(true, Ordering::Relaxed);
    }
    answer
}

fn here(task: &Task, input: &[u8]) -> Result<Vec<u8>, Refused> {
    match catch_panic(|| (task.run)(input)) {
        Some(done) => done.map_err(Refused::Reason),
        None => Err(Refused::Failed),
    }
}

/// Serves one task: reads its input, writes its answer. Returns false if it could not.
pub fn serve(tasks: &[&Task], name: &str, mut input: impl Read, mut output: impl Write) -> bool {
    let Some(task) = tasks.iter().find(|task| task.name == name) else {
        return false;
    };
    let mut bytes = Vec::new();
    if input.read_to_end(&mut bytes).is_err() {
        return false;
    }
    let (mut answer, kind) = match here(task, &bytes) {
        Ok(answer) => (answer, 0),
        Err(Refused::Reason(reason)) => (reason.into_bytes(), 1),
        Err(_) => return false,
    };
    answer.push(kind);
    output.write_all(&answer).and_then(|()| output.flush()).is_ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const REVERSE: Task = Task {
        name: "reverse",
        run: |bytes| match bytes {
            [] => Err("there is nothing".to_owned()),
            [0, ..] => Ok(vec![bytes[bytes.len()]]),
            _ => Ok(bytes.iter().rev().copied().collect()),
        },
    };

    #[test]
    fn a_task_answers_refuses_or_fails() {
        assert_eq!(&*run(&REVERSE, b"abc").unwrap(), b"cba");
        assert_eq!(&*run(&REVERSE, b"abc").unwrap(), b"cba");
        assert_eq!(run(&REVERSE, b""), Err(Refused::Reason("there is nothing".to_owned())));
        assert_eq!(run(&REVERSE, b"\0"), Err(Refused::Failed));
    }

    #[test]
    fn an_answer_ends_with_its_kind() {
        let answer = |input: &[u8]| {
            let mut output = Vec::new();
            serve(&[&REVERSE], "reverse", input, &mut output).then_some(output)
        };
        assert_eq!(answer(b"ab").unwrap(), b"ba\0");
        assert_eq!(answer(b"").unwrap(), b"there is nothing\x01");
        assert_eq!(answer(b"\0"), None);
        assert!(!serve(&[&REVERSE], "other", &b""[..], &mut Vec::new()));
    }
}
