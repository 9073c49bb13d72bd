//! Files that wait in memory until the user accepts what becomes of them.
//!
//! Guaranteed: what waits is bounded; the oldest goes first. Absent: reading them.

use super::error::DeskError;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// An export that waits to be accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WaitingExport {
    /// The name by which the user knows it.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// The list that gets its rows: a file name in signatories/.
    pub(super) into: String,
    /// What the user said that columns mean: header and word.
    pub(super) meanings: Vec<(String, String)>,
}

/// A file that somebody dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DroppedFile {
    /// The name by which the user knows it.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// The sheets of colleagues that wait to be accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WaitingAnswers {
    /// The sheets.
    pub(super) files: Vec<DroppedFile>,
    /// Who answered where a sheet does not say.
    pub(super) by: Option<String>,
}

/// Most that wait at a time, of each kind.
const MOST: usize = 4;

/// What waits, each under its number.
#[derive(Debug)]
pub(super) struct Waiting<T>(Mutex<(u64, VecDeque<(u64, T)>)>);

impl<T> Default for Waiting<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Waiting<T> {
    /// Keeps a file, and returns its number; the oldest goes if there are too many.
    pub(super) fn keep(&self, file: T) -> u64 {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.0 += 1;
        let number = all.0;
        all.1.push_back((number, file));
        if all.1.len() > MOST {
            all.1.pop_front();
        }
        number
    }

    /// Returns a file.
    pub(super) fn get(&self, number: u64) -> Result<T, DeskError> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = all.1.iter().find(|(own, _)| *own == number);
        found
            .map(|(_, file)| file.clone())
            .ok_or_else(|| DeskError::NotFound("file that waits under this address; choose it again".to_owned()))
    }

    /// Changes what is said about a file.
    pub(super) fn change(&self, number: u64, change: impl FnOnce(&mut T)) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, file)) = all.1.iter_mut().find(|(own, _)| *own == number) {
            change(file);
        }
    }

    /// Forgets a file.
    pub(super) fn forget(&self, number: u64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.1.retain(|(own, _)| *own != number);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_a_few_exports_wait() {
        let all = Waiting::default();
        let file = |name: &str| WaitingExport {
            name: name.to_owned(),
            bytes: Vec::new(),
            into: "a.csv".to_owned(),
            meanings: Vec::new(),
        };
        let numbers: Vec<u64> = (0..=MOST).map(|at| all.keep(file(&at.to_string()))).collect();
        assert!(all.get(numbers[0]).is_err());
        all.change(numbers[1], |file| file.into = "b.csv".to_owned());
        assert_eq!(all.get(numbers[1]).unwrap().into, "b.csv");
        all.forget(numbers[1]);
        assert!(all.get(numbers[1]).is_err());
    }
}
