//! The desk: the whole job in a browser, on one's own machine.
//!
//! In: the folder of a workspace. Out: pages that a browser on this machine shows, and
//! acts that go through `engine` and `store`, as the commands' do. Guaranteed: nobody but
//! the holder of the one-time link gets a page; no page asks another host for anything;
//! every page and every act works without script; the files stay the truth, and an edit
//! made elsewhere is shown and never overwritten. Absent: any way of doing something that
//! the library does not have.
//!
//! The way of a request: `server` (connections) → `security` (who asks) → a screen of
//! `screens` (what is asked) → `page` (the frame around the answer). A screen is one file;
//! CONTRIBUTING.md has the steps of adding one.

mod assets;
mod by;
mod counts;
mod download;
mod error;
mod events;
mod file_states;
mod forms;
mod letter_cache;
mod list_cache;
mod lists;
mod live;
mod nav;
mod page;
mod query;
mod screens;
mod security;
mod seen;
mod server;
mod state;
mod status;
mod survey;
mod upload;
mod waiting;

pub use server::{ServeError, ServeOptions, serve};
