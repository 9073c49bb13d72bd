//! Bytes in figures: hashes as people compare them.

use std::fmt::Write;

/// Returns bytes in lower-case hexadecimal, two figures a byte.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_byte_has_two_figures() {
        assert_eq!(super::hex(&[0, 10, 255]), "000aff");
    }
}
