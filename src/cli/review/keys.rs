//! Reads keys: from a terminal, or from a pipe a character each.

use console::{Key, Term};
use std::io::{self, BufRead};

/// The key that takes what is suggested; only at a terminal.
pub(super) const ENTER: char = '\n';

/// The character that a terminal sends to end the input.
const END_OF_INPUT: char = '\u{4}';

/// Where keys come from.
pub(super) enum Keys {
    Terminal(Term),
    Pipe(io::StdinLock<'static>),
}

impl Keys {
    /// Reads from standard input, whatever it is.
    pub(super) fn new() -> Self {
        let terminal = Term::stdout();
        if io::IsTerminal::is_terminal(&io::stdin()) {
            Self::Terminal(terminal)
        } else {
            Self::Pipe(io::stdin().lock())
        }
    }

    /// Returns the next key; `None` at the end of input, or if the person wants to end.
    pub(super) fn next(&mut self) -> io::Result<Option<char>> {
        match self {
            Self::Terminal(terminal) => loop {
                match terminal.read_key() {
                    Ok(Key::Char(END_OF_INPUT) | Key::Escape | Key::CtrlC) => return Ok(None),
                    Ok(Key::Char(key)) => return Ok(Some(key)),
                    Ok(Key::Enter) => return Ok(Some(ENTER)),
                    Ok(_) => {}
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(None),
                    Err(error) => return Err(error),
                }
            },
            Self::Pipe(input) => loop {
                let buffer = input.fill_buf()?;
                let Some(&byte) = buffer.first() else {
                    return Ok(None);
                };
                input.consume(1);
                if !byte.is_ascii_whitespace() {
                    return Ok(Some(char::from(byte)));
                }
            },
        }
    }

    /// Returns the rest of a line; `None` at the end of input.
    pub(super) fn line(&mut self) -> io::Result<Option<String>> {
        match self {
            Self::Terminal(terminal) => terminal.read_line().map(Some),
            Self::Pipe(input) => {
                let mut bytes = Vec::new();
                if input.read_until(b'\n', &mut bytes)? == 0 {
                    return Ok(None);
                }
                Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned()))
            }
        }
    }
}
