//! Values that know where they were written.
//!
//! In: a value that was read, and its origin. Out: both as one. Absent: text, which
//! has a place for each of its characters (`placed_text`).

use crate::source::Origin;

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub origin: Origin,
}
