//! Objects as PDF syntax (ISO 32000-1, 7.3).
//!
//! In: numbers, names, texts, lopdf's objects. Out: bytes at the end of a
//! buffer. Guaranteed: a following token never runs into the last one. Absent:
//! streams' data, which `write` puts into the file itself.

use lopdf::{Dictionary, Object, StringFormat};

/// Appends an integer.
pub(super) fn integer(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// Appends a number given as an integer and how many of its digits stand after
/// the point, without zeros at the end.
pub(super) fn decimal(out: &mut Vec<u8>, value: i64, exponent: u32) {
    let unit = 10_u64.pow(exponent);
    let (whole, mut part) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    if value < 0 {
        out.push(b'-');
    }
    if whole > 0 || part == 0 {
        integer(out, i64::try_from(whole).unwrap_or(i64::MAX));
    }
    if part > 0 {
        out.push(b'.');
        let mut place = unit;
        while part > 0 {
            place /= 10;
            out.push(b'0' + (part / place) as u8);
            part %= place;
        }
    }
}

/// Appends a byte of a literal string in a content stream, where every byte may
/// stand as it is but those that mean something there (ISO 32000-1, 7.3.4.2).
pub(super) fn byte_of_string(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        // A bare line end would be read as a line feed.
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}

/// Appends a reference to an object of generation 0.
pub(super) fn reference(out: &mut Vec<u8>, number: u32) {
    integer(out, i64::from(number));
    out.extend_from_slice(b" 0 R");
}

/// Appends a text string: plain ASCII as it is, all else as UTF-16 with its mark
/// (ISO 32000-1, 7.9.2.2).
pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    bytes(out, &text_bytes(text));
}

/// A text string as lopdf's object.
pub(super) fn text_object(text: &str) -> Object {
    Object::String(text_bytes(text), StringFormat::Literal)
}

/// A text string's bytes.
fn text_bytes(text: &str) -> Vec<u8> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.as_bytes().to_vec();
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// Appends a string: readable where it is ASCII, otherwise hexadecimal, so that
/// no object but a stream holds a byte that an editor would spoil.
pub(super) fn bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    if bytes.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        out.push(b'(');
        for &byte in bytes {
            if matches!(byte, b'(' | b')' | b'\\') {
                out.push(b'\\');
            }
            out.push(byte);
        }
        out.push(b')');
    } else {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        out.push(b'<');
        for byte in bytes {
            out.push(DIGITS[usize::from(byte >> 4)]);
            out.push(DIGITS[usize::from(byte & 15)]);
        }
        out.push(b'>');
    }
}

/// Appends a name.
pub(super) fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

/// Appends an object; of a stream its dictionary.
pub(super) fn object(out: &mut Vec<u8>, value: &Object) {
    match value {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(true) => out.extend_from_slice(b"true"),
        Object::Boolean(false) => out.extend_from_slice(b"false"),
        Object::Integer(value) => integer(out, *value),
        // `Display` of a float never writes an exponent, which PDF lacks.
        Object::Real(value) => out.extend_from_slice(format!("{value}").as_bytes()),
        Object::Name(value) => name(out, value),
        Object::String(value, _) => bytes(out, value),
        Object::Array(values) => {
            out.push(b'[');
            for value in values {
                separated(out, value);
            }
            out.push(b']');
        }
        Object::Dictionary(value) => dictionary(out, value),
        Object::Stream(value) => dictionary(out, &value.dict),
        Object::Reference((number, _)) => reference(out, *number),
    }
}

/// Appends a dictionary.
pub(super) fn dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        name(out, key);
        separated(out, value);
    }
    out.extend_from_slice(b">>");
}

/// Appends an object, after a space where the last token would run into it.
fn separated(out: &mut Vec<u8>, value: &Object) {
    let delimited = matches!(
        value,
        Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_) | Object::Stream(_)
    );
    if !delimited && out.last() != Some(&b'[') {
        out.push(b' ');
    }
    object(out, value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    fn check(value: &Object, expected: &str) {
        let mut out = Vec::new();
        object(&mut out, value);
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }

    #[test]
    fn decimals_are_short() {
        let check = |value, exponent, expected: &str| {
            let mut out = Vec::new();
            decimal(&mut out, value, exponent);
            assert_eq!(String::from_utf8_lossy(&out), expected);
        };
        check(0, 2, "0");
        check(1150, 2, "11.5");
        check(1105, 2, "11.05");
        check(-5, 2, "-.05");
        check(-1200, 2, "-12");
        check(7, 0, "7");
        check(251, 3, ".251");
    }

    #[test]
    fn objects_read_as_the_standard_writes_them() {
        check(&Object::Integer(i64::MIN), "-9223372036854775808");
        check(&Object::Integer(0), "0");
        check(&Object::Real(-0.5), "-0.5");
        check(&Object::Real(1e-9), "0.000000001");
        check(&Object::Name(b"A B#/\xFF".to_vec()), "/A#20B#23#2F#FF");
        check(&text_object("a (b) \\"), "(a \\(b\\) \\\\)");
        check(&text_object("’"), "<FEFF2019>");
        check(&text_object("tab\t"), "<FEFF0074006100620009>");
        check(&text_object("😀"), "<FEFFD83DDE00>");
        check(
            &Object::Array(vec![1.into(), 2.into(), "N".into(), true.into()]),
            "[1 2/N true]",
        );
        check(
            &dictionary! { "A" => 1, "B" => Object::Reference((7, 0)), "C" => "N" }.into(),
            "<</A 1/B 7 0 R/C/N>>",
        );
    }
}
