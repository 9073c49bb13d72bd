//! Coalition sign-on letters: from Markdown and a list of signatories to a signed
//! letter in PDF and HTML.
//!
//! Data flows one way: load → resolve → compose → layout → emit.

pub mod source;

pub mod diag;

pub mod model;

pub mod load;

pub mod resolve;

pub mod compose;

pub mod layout;

pub mod emit;

pub mod cli;
