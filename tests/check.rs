//! `check`, through the binary: a corpus of embarrassments and their clean twins,
//! the samples, and clean prose.

#[path = "check/corpus.rs"]
mod corpus;
#[path = "check/outside.rs"]
mod outside;
#[path = "check/prose.rs"]
mod prose;
