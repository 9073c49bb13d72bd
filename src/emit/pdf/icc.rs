//! The sRGB color space as an ICC profile.
//!
//! In: nothing. Out: the bytes of a display profile (ICC.1:2004-10, version 4.2,
//! which PDF 1.7 reads), made of the numbers that IEC 61966-2-1 publishes: no
//! profile of others is copied. Version 4 has the transfer curve as a formula, so
//! the profile is exact and 500 bytes long. Absent: other color spaces.

/// The red, green and blue primaries of sRGB as X, Y and Z, adapted from D65 to
/// the profile connection space's D50 (Bradford), as ICC profiles hold them.
const PRIMARIES: [(&[u8; 4], [f64; 3]); 3] = [
    (b"rXYZ", [0.436_066, 0.222_488, 0.013_916]),
    (b"gXYZ", [0.385_147, 0.716_873, 0.097_076]),
    (b"bXYZ", [0.143_066, 0.060_608, 0.714_096]),
];

/// D50, the white of the profile connection space (ICC.1, 7.2.16).
const WHITE: [f64; 3] = [0.9642, 1.0, 0.8249];

/// From D65 to D50: the Bradford matrix, row by row.
const ADAPTATION: [f64; 9] = [
    1.047_882, 0.022_919, -0.050_201, 0.029_587, 0.990_479, -0.017_059, -0.009_232, 0.015_076, 0.751_678,
];

/// The transfer curve of IEC 61966-2-1: g, a, b, c and d of ICC.1's type 3.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];

/// Makes the profile.
pub(super) fn srgb() -> Vec<u8> {
    let mut tags: Vec<([u8; 4], Vec<u8>)> = vec![
        (*b"desc", text("sRGB")),
        (*b"cprt", text("No copyright")),
        (*b"wtpt", numbers(b"XYZ ", &WHITE)),
    ];
    tags.push((*b"chad", numbers(b"sf32", &ADAPTATION)));
    tags.extend(PRIMARIES.map(|(tag, primary)| (*tag, numbers(b"XYZ ", &primary))));
    let mut curve = b"para\0\0\0\0\0\x03\0\0".to_vec();
    CURVE.iter().for_each(|number| curve.extend(fixed(*number)));
    tags.extend([*b"rTRC", *b"gTRC", *b"bTRC"].map(|tag| (tag, curve.clone())));

    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    let mut last: Option<(Vec<u8>, usize)> = None;
    for (tag, value) in tags {
        // Tags of equal value share it.
        let offset = match &last {
            Some((known, offset)) if *known == value => *offset,
            _ => start + data.len(),
        };
        table.extend(tag);
        table.extend((offset as u32).to_be_bytes());
        table.extend((value.len() as u32).to_be_bytes());
        if offset == start + data.len() {
            data.extend(&value);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        last = Some((value, offset));
    }
    let mut profile = header(start + data.len());
    profile.extend(table);
    profile.extend(data);
    profile
}

/// The header (ICC.1, 7.2). Its date is the day the standard is of.
fn header(size: usize) -> Vec<u8> {
    let mut header = vec![0; 128];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &(size as u32).to_be_bytes());
    put(8, &[4, 0x20]);
    put(12, b"mntrRGB XYZ ");
    for (at, part) in [(24, 2004_u16), (26, 10), (28, 1)] {
        put(at, &part.to_be_bytes());
    }
    put(36, b"acsp");
    for (at, number) in [(68, WHITE[0]), (72, WHITE[1]), (76, WHITE[2])] {
        put(at, &fixed(number));
    }
    header
}

/// A text in one language.
fn text(text: &str) -> Vec<u8> {
    let mut value = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS".to_vec();
    value.extend((2 * text.len() as u32).to_be_bytes());
    value.extend(28_u32.to_be_bytes());
    value.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    value
}

/// A value of fixed-point numbers.
fn numbers(kind: &[u8; 4], numbers: &[f64]) -> Vec<u8> {
    let mut value = kind.to_vec();
    value.extend([0; 4]);
    numbers.iter().for_each(|number| value.extend(fixed(*number)));
    value
}

/// A signed number with 16 bits after the point.
fn fixed(number: f64) -> [u8; 4] {
    ((number * 65_536.0).round() as i32).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_primaries_add_up_to_white() {
        for axis in 0..3 {
            let sum: f64 = PRIMARIES.iter().map(|(_, primary)| primary[axis]).sum();
            assert!((sum - WHITE[axis]).abs() < 2e-4, "{axis}: {sum}");
        }
    }

    #[test]
    fn the_table_points_into_the_profile() {
        let profile = srgb();
        let word = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().expect("four bytes")) as usize;
        assert_eq!(word(0), profile.len());
        assert_eq!(word(128), 10);
        for tag in 0..10 {
            let (offset, length) = (word(136 + 12 * tag), word(140 + 12 * tag));
            assert!(offset % 4 == 0 && offset >= 252 && offset + length <= profile.len());
        }
        assert!(profile.len() < 600);
    }
}
