//! Exports of every tool, broken files, and what `import` makes of them.

#![allow(clippy::unwrap_used)]

mod answers;
mod columns;
mod embargo;
mod exports;
mod held;
mod malformed;
mod merging;
mod pages;
mod privacy;
mod properties;
mod workspace;
