//! Runs the program once more as a child process with limits.
//!
//! In: the program, the task's name, and its input. Out: what the child wrote, or what
//! ended it. Guaranteed: the child is gone when this returns. The limits on memory and
//! processor time are the shell's `ulimit`, since this crate forbids unsafe code; a
//! system without a shell has the limit on elapsed time alone.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The program's argument that makes it serve one task; another argument names the task.
pub const ARGUMENT: &str = "--bounded-task";

/// The reason why work was given up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The task itself says why.
    #[error("{0}")]
    Reason(String),
    /// It took longer than it may.
    #[error("it takes more than {} seconds", SECONDS)]
    Time,
    /// It took more memory than it may.
    #[error("it takes more than {} MB of memory", MEGABYTES)]
    Memory,
    /// It is nested too deeply for the program that reads it.
    #[error("it is nested too deeply")]
    Depth,
    /// The work failed in a way that it does not explain.
    #[error("it is damaged or malicious")]
    Failed,
}

/// Seconds of processor time for one task. What people draw takes a tenth of it.
const SECONDS: u64 = 2;

/// Megabytes of memory for one task.
const MEGABYTES: u64 = 448;

/// Megabytes of address space: the program's own code counts there too.
const ADDRESS_SPACE: u64 = 704;

/// Most bytes that a task may hand back.
const MAX_OUTPUT: u64 = 256 << 20;

/// Most bytes of a child's last words that are looked at.
const MAX_WORDS: u64 = 4096;

/// Runs a task in a child process. `Err` of the outer result: no child could be started.
pub(super) fn run(
    program: &Path,
    task: &str,
    input: &[u8],
    patience: Duration,
) -> io::Result<Result<Vec<u8>, Refused>> {
    let mut child = start(program, task)?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut stdin), Some(mut stdout), Some(stderr)) = (stdin, stdout, stderr) else {
        end(&mut child);
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    Ok(thread::scope(|scope| {
        // A child that ends early closes its end; how it ended says why.
        scope.spawn(move || drop(stdin.write_all(input)));
        let words = scope.spawn(move || {
            let mut words = String::new();
            let mut stderr = stderr.take(MAX_WORDS);
            drop(stderr.read_to_string(&mut words));
            drop(io::copy(&mut stderr.into_inner(), &mut io::sink()));
            words
        });
        let (sender, receiver) = mpsc::channel();
        scope.spawn(move || {
            let mut output = Vec::new();
            let read = Read::by_ref(&mut stdout).take(MAX_OUTPUT).read_to_end(&mut output);
            drop(sender.send(read.map(|_| output)));
        });
        let output = receiver.recv_timeout(patience);
        let in_time = output.is_ok();
        if !in_time {
            drop(child.kill());
        }
        let status = child.wait();
        let words = words.join().unwrap_or_default();
        match (status, output) {
            (Ok(status), Ok(Ok(output))) if status.success() => answer(output),
            (Ok(status), _) if in_time => Err(ended(status, &words)),
            _ => Err(Refused::Time),
        }
    }))
}

fn start(program: &Path, task: &str) -> io::Result<Child> {
    let piped = |command: &mut Command| {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env_remove("RUST_BACKTRACE")
            .spawn()
    };
    if cfg!(unix) {
        let limits = format!(
            "ulimit -c 0; ulimit -t {SECONDS}; ulimit -d {}; ulimit -v {}; exec \"$0\" \"$@\"",
            MEGABYTES * 1024,
            ADDRESS_SPACE * 1024
        );
        let mut shell = Command::new("/bin/sh");
        shell.arg("-c").arg(limits).arg(program).args([ARGUMENT, task]);
        if let Ok(child) = piped(&mut shell) {
            return Ok(child);
        }
    }
    piped(Command::new(program).args([ARGUMENT, task]))
}

fn end(child: &mut Child) {
    drop(child.kill());
    drop(child.wait());
}

/// Reads what a child hands back: one byte that says whether it is a result or a reason.
fn answer(mut output: Vec<u8>) -> Result<Vec<u8>, Refused> {
    match output.pop() {
        Some(0) => Ok(output),
        Some(1) => Err(Refused::Reason(String::from_utf8_lossy(&output).into_owned())),
        _ => Err(Refused::Failed),
    }
}

/// Tells why a child ended without an answer.
fn ended(status: ExitStatus, words: &str) -> Refused {
    let memory = ["memory allocation", "out of memory", "Cannot allocate"];
    if memory.iter().any(|said| words.contains(said)) {
        Refused::Memory
    } else if words.contains("overflowed its stack") {
        Refused::Depth
    } else if was_out_of_time(status) {
        Refused::Time
    } else {
        Refused::Failed
    }
}

/// Returns true for a child that the limit on processor time ended.
#[cfg(unix)]
fn was_out_of_time(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    // SIGXCPU, and SIGKILL where the hard limit is met at the same moment.
    matches!(status.signal(), Some(24 | 9))
}

#[cfg(not(unix))]
fn was_out_of_time(_: ExitStatus) -> bool {
    false
}
