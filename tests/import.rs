//! Exports of every tool, broken files, and what `import` makes of them.

#![allow(clippy::unwrap_used)]

#[path = "import/embargo.rs"]
mod embargo;
#[path = "import/exports.rs"]
mod exports;
#[path = "import/malformed.rs"]
mod malformed;
#[path = "import/merging.rs"]
mod merging;
#[path = "import/privacy.rs"]
mod privacy;
#[path = "import/properties.rs"]
mod properties;
#[path = "import/workspace.rs"]
mod workspace;
