//! A letter and its resolved signatories become a [`document::Document`].

pub mod document;
