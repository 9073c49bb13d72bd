//! A document or its pages become bytes.

pub mod pdf;
