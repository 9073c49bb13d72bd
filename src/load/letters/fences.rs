//! Recognizes the fences of literal lines: three backticks or tildes, or more.
//!
//! In: a line. Out: the sign and the length of its fence. Absent: what stands between fences.

/// Longest run of backticks or tildes that is looked for; nobody writes one.
pub(super) const MAX_TICKS: usize = 32;

/// What may stand before a fence: indentation and the marks of quotes and lists.
pub(super) const CONTAINER: &[char] = &[' ', '\t', '>', '-', '*', '+'];

/// Returns the sign and the length of the fence that a line begins with, if it does.
pub(super) fn fence(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start_matches(CONTAINER);
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|&c| c == mark).count();
    let info = &line[length..];
    ((3..=MAX_TICKS).contains(&length) && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}
