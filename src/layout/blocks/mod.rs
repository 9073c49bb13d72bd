//! Blocks of the flow, set: lines, tables, columns, and boxes of fixed height.

pub(crate) mod callout;
pub(crate) mod columns;
pub(crate) mod line_block;
pub(crate) mod table;
