//! `check`, through the binary: a corpus of embarrassments and their clean twins,
//! the samples, and clean prose.

mod corpus;
mod outside;
mod prose;
