//! Bytes become the model, with diagnostics.

pub mod known;
