//! Plain values that every stage may use.
//!
//! In: nothing. Out: types without behaviour beyond reading them. Absent: any
//! knowledge of files, layout or output.

pub mod alphabetic;
pub mod check;
pub(crate) mod code_pages;
pub mod digit_groups;
pub mod direction;
pub mod district_kind;
pub mod draft;
pub mod formula;
pub mod held;
pub mod hex;
pub(crate) mod kept_together;
pub mod known;
pub mod labels;
pub mod letter;
pub mod link;
pub mod number_words;
pub mod numbering;
pub mod numeric_column;
pub mod picture;
pub mod placed;
pub mod placed_text;
pub mod question_sheet;
pub mod recipient;
pub mod signatory;
pub mod style;
pub mod text;
pub mod units;
pub mod visit;
