//! The state of a file as a page showed it.
//!
//! In: a file's bytes. Out: a field of a form, and back. Guaranteed: an act on another
//! state of the file than the page showed is found out.

use crate::engine::Expected;
use crate::files::ContentHash;
use crate::model::hex::hex;
use maud::{Markup, html};
use serde::Deserialize;
use std::str::FromStr;

/// The state of a file as a page showed it: the hash of its bytes, or that there was none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen(pub(super) Expected);

impl Seen {
    /// Returns the state of a file that was read.
    pub(super) fn of(bytes: Option<&[u8]>) -> Self {
        Self(Expected::of(bytes))
    }

    /// Returns true if the file is still in this state.
    pub(super) fn is(self, bytes: Option<&[u8]>) -> bool {
        self == Self::of(bytes)
    }

    /// Returns the hidden field `seen` of a form.
    pub(super) fn field(self) -> Markup {
        html! { input type="hidden" name="seen" value=(self); }
    }
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Expected::Anything | Expected::Nothing => f.write_str("none"),
            Expected::Content(hash) => write!(f, "{}-{}", hash.length, hex(&hash.sha256)),
        }
    }
}

impl FromStr for Seen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || "the form does not say which state of the file it was made from".to_owned();
        if text == "none" {
            return Ok(Self(Expected::Nothing));
        }
        let (length, sha256) = text.split_once('-').ok_or_else(bad)?;
        let length = length.parse().map_err(|_| bad())?;
        let mut hash = ContentHash {
            length,
            sha256: [0; 32],
        };
        if sha256.len() != 64 || !sha256.is_ascii() {
            return Err(bad());
        }
        for (at, byte) in hash.sha256.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&sha256[2 * at..2 * at + 2], 16).map_err(|_| bad())?;
        }
        Ok(Self(Expected::Content(hash)))
    }
}

impl<'de> Deserialize<'de> for Seen {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_state_of_a_file_survives_a_form() {
        for seen in [Seen::of(None), Seen::of(Some(b"")), Seen::of(Some("é\n".as_bytes()))] {
            assert_eq!(seen.to_string().parse::<Seen>().unwrap(), seen);
        }
        assert!(Seen::of(Some(b"a")).is(Some(b"a")) && !Seen::of(Some(b"a")).is(None));
        for bad in ["", "none ", "1", "1-", "1-zz", "x-00", &format!("1-{}", "é".repeat(32))] {
            assert!(bad.parse::<Seen>().is_err(), "{bad}");
        }
    }
}
