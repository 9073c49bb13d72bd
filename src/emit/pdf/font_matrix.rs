//! The matrix of a cut-down CFF font (workaround 11 of `upstream`).
//!
//! In: a font as `subsetter` cuts it down. Out: the same with its matrix written so
//! that all readers take it for what it is.

/// Writes the font matrix of a cut-down CFF font so that all readers take it for
/// what it is (workaround 11). The matrix is in the first dictionary of the table;
/// nothing before it can look like it.
pub(super) fn mend_font_matrix(program: &mut [u8]) {
    if !program.starts_with(b"OTTO") {
        return;
    }
    if let Some(at) = program.windows(MATRIX.len()).position(|window| window == MATRIX) {
        for number in [at, at + 6] {
            program[number..number + 4].copy_from_slice(&PLAIN_THOUSANDTH);
        }
    }
}

/// "0.001 0 0 0.001 0 0 FontMatrix" as `subsetter` writes it (Adobe technical note
/// 5176, section 4).
pub(super) const MATRIX: [u8; 14] = [
    0x1E, 0x0A, 0x00, 0x1F, 0x8B, 0x8B, 0x1E, 0x0A, 0x00, 0x1F, 0x8B, 0x8B, 0x0C, 0x07,
];

/// ".001".
const PLAIN_THOUSANDTH: [u8; 4] = [0x1E, 0xA0, 0x01, 0xFF];
