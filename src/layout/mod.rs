//! A document becomes pages.

pub mod frame;
