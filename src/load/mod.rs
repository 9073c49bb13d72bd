//! Bytes become the model, with diagnostics.
