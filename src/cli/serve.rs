//! `undersigned serve`: the desk, in a browser on this machine.

use super::args::{Common, ServeArgs};
use super::exit::Exit;
use super::session::Session;
use crate::desk::{ServeOptions, serve};
use crate::store;
use anyhow::Context;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

pub(super) fn run(arguments: &ServeArgs, common: &Common) -> anyhow::Result<Exit> {
    let session = Session::new()?;
    let options = ServeOptions {
        folder: session.paths.absolute(".".as_ref()),
        port: arguments.port.unwrap_or(0),
        by: arguments.by.clone(),
    };
    let announce = |link: &str| -> anyhow::Result<()> {
        let mut out = io::stdout().lock();
        match writeln!(out, "{link}").and_then(|()| out.flush()) {
            // Whoever opens the browser for us need not read the link.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe && !arguments.no_open => {}
            told => told.context("cannot write the link to standard output")?,
        }
        let opened = arguments.no_open || open::that_detached(link).is_ok();
        if !common.quiet {
            let how = if opened { "" } else { "open this link in your browser; " };
            anstream::eprintln!("{how}press Ctrl-C to stop");
        }
        Ok(())
    };
    let served = serve(&options, announce);
    // Files that are getting their names at that moment get them first.
    store::clear_up();
    served.map(|()| Exit::Done)
}

/// Opens the desk where the program was started by a double click: no arguments, no
/// terminal, but a desktop.
pub(super) fn or_desk(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let is_terminal = io::stdin().is_terminal() || io::stdout().is_terminal() || io::stderr().is_terminal();
    let has_desktop = cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some());
    if arguments.len() == 1 && !is_terminal && has_desktop {
        arguments.push("serve".into());
    }
    arguments
}
