//! Files that are dropped on the desk, and texts that are pasted into it.
//!
//! In: the body of a form that may carry a file. Out: its fields, and the files, once its
//! token shows that the form is the desk's own. Guaranteed: nothing of it is written to
//! the disk. Absent: keeping it until it is accepted (that is `waiting`'s).

use super::error::DeskError;
use super::state::Shared;
use axum::extract::{FromRequest, Multipart, Request};
use std::collections::BTreeMap;

/// A form with files.
#[derive(Debug, Default)]
pub(super) struct Uploaded {
    /// The fields that are texts.
    pub(super) fields: BTreeMap<String, String>,
    /// The files that are not empty: field, name, bytes.
    pub(super) files: Vec<(String, String, Vec<u8>)>,
}

/// Most fields of a form with files.
const FIELDS: usize = 64;

impl FromRequest<Shared> for Uploaded {
    type Rejection = DeskError;

    async fn from_request(request: Request, desk: &Shared) -> Result<Self, DeskError> {
        let bad = |error: &dyn std::fmt::Display| DeskError::BadForm(format!("the form cannot be read: {error}"));
        let mut form = Multipart::from_request(request, desk)
            .await
            .map_err(|error| bad(&error))?;
        let mut uploaded = Self::default();
        let mut count = 0;
        while let Some(field) = form.next_field().await.map_err(|error| bad(&error))? {
            count += 1;
            if count > FIELDS {
                return Err(DeskError::BadForm("the form has too many fields".to_owned()));
            }
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(base_name);
            let bytes = field.bytes().await.map_err(|error| bad(&error))?;
            match file {
                Some(file) if !bytes.is_empty() => uploaded.files.push((name, file, bytes.to_vec())),
                Some(_) => {}
                None => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    uploaded.fields.insert(name, text);
                }
            }
        }
        let token = uploaded.fields.get("token").map_or("", String::as_str);
        if !desk.guard.is_own_form(token) {
            return Err(DeskError::BadForm(
                "this form is from an earlier run of the desk".to_owned(),
            ));
        }
        Ok(uploaded)
    }
}

/// Returns the name of a file without the folders that some browsers send with it.
fn base_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_name_without_folders() {
        for (sent, expected) in [("a.csv", "a.csv"), ("/tmp/a.csv", "a.csv"), ("C:\\x\\a.csv", "a.csv")] {
            assert_eq!(base_name(sent), expected);
        }
    }
}
