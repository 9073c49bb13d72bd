//! Reports signatures that came after a letter's deadline.
//!
//! In: records, and the deadline. Out: one warning that counts them. Guaranteed: of a
//! date with two readings, the earlier counts. Absent: leaving a late signature out,
//! which a person decides.

use super::dates::{self, SignedAt};
use crate::diag::{Code, Diagnostic};
use crate::model::signatory::{Column, Record, Status};
use crate::source::Origin;
use jiff::civil::Date;

/// Reports confirmed rows that were signed after the deadline. They are
/// counted and printed all the same: who may still sign, a person decides.
pub fn late(records: &[Record], deadline: Option<Date>) -> Vec<Diagnostic> {
    let mut late = Late::default();
    for record in records {
        let moment = record.get(Column::SignedAt).and_then(dates::moment);
        late.see(record, moment, deadline);
    }
    late.tell(deadline)
}

/// Confirmed rows that were signed after the last day to sign.
#[derive(Clone, Debug, Default)]
pub struct Late {
    count: usize,
    first: Option<(Box<str>, Origin)>,
}

impl Late {
    /// Counts a row if it is late; `moment` is when it was signed. Of a date that may be read in
    /// two ways, the earlier counts.
    pub fn see(&mut self, record: &Record, moment: Option<SignedAt>, deadline: Option<Date>) {
        let is_late = deadline.is_some_and(|deadline| moment.is_some_and(|moment| moment.earliest() > deadline));
        if is_late && record.status == Status::Confirmed {
            self.count += 1;
            self.first.get_or_insert_with(|| (record.name.clone(), record.origin));
        }
    }

    /// Reports the late rows that were counted.
    pub fn tell(self, deadline: Option<Date>) -> Vec<Diagnostic> {
        let (Some((first, origin)), Some(deadline)) = (self.first, deadline) else {
            return Vec::new();
        };
        let message = match self.count {
            1 => format!("`{first}` signed after the deadline, {deadline}; the signature is printed"),
            count => {
                format!(
                    "{count} signatories signed after the deadline, {deadline}; they are printed; the first is `{first}`"
                )
            }
        };
        vec![
            Diagnostic::warning(Code::LateSignature, message)
                .at(origin)
                .hint("to leave them out, write `pending` in a column `status`; to accept them, move the deadline"),
        ]
    }
}
