//! The program, as users meet it: files in a folder, the binary run there, and what it
//! prints and writes.

#[path = "../support/mod.rs"]
mod support;

mod basics;
mod check;
#[cfg(feature = "desk")]
mod deliver;
mod desk;
#[cfg(feature = "desk")]
mod desk_requests;
mod districts;
mod drafts;
mod earlier;
mod formats;
mod import;
mod kinds;
mod mail;
mod mail_merge;
mod redline;
mod release;
mod review;
#[cfg(unix)]
mod sessions;
mod strangers;
mod tell;
#[cfg(unix)]
mod watch;
#[cfg(unix)]
mod writers;
