//! Writes into the comments of a draft that one is done.
//!
//! In: the text of `NAME.comments.toml`, and which comment. Out: the text with `done = true`
//! for it. Guaranteed: every other byte stays. Absent: reading comments (that is `load`'s).

use toml_edit::{DocumentMut, Item, TomlError, value};

/// Returns `text` with a comment marked as done, by its number from 0; `None`: there is no
/// such comment.
///
/// # Errors
/// When `text` is not valid TOML.
pub fn settle(text: &str, at: usize) -> Result<Option<String>, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    let comments = document.get_mut("comment").and_then(Item::as_array_of_tables_mut);
    let Some(comment) = comments.and_then(|comments| comments.get_mut(at)) else {
        return Ok(None);
    };
    match comment.get_mut("done").and_then(Item::as_value_mut) {
        Some(done) => {
            let decor = done.decor().clone();
            *done = true.into();
            *done.decor_mut() = decor;
        }
        None => {
            comment.insert("done", value(true));
        }
    }
    Ok(Some(document.to_string()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn one_comment_is_done_and_every_other_byte_stays() {
        let text = "# ours\n[[comment]]\nauthor = \"Ana\"\ndone = false # yet\n\n[[comment]]\ntext = 'B'\n";
        assert_eq!(settle(text, 0).unwrap().unwrap(), text.replace("false", "true"));
        assert_eq!(settle(text, 1).unwrap().unwrap(), format!("{text}done = true\n"));
        assert_eq!(settle(text, 2).unwrap(), None);
        assert!(settle("[[comment]\n", 0).is_err());
    }
}
