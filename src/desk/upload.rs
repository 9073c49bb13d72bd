//! Files that are dropped on the desk, and texts that are pasted into it.
//!
//! In: the body of a form that may carry a file. Out: its fields, and the files, once its
//! token shows that the form is the desk's own. Guaranteed: nothing of it is written to
//! the disk. Absent: keeping it until it is accepted (that is `waiting`'s).

use super::error::DeskError;
use super::state::{Desk, Shared};
use super::waiting::DroppedFile;
use crate::engine::Workspace;
use crate::files::{Files, OverlayFiles};
use axum::extract::{FromRequest, Multipart, Request};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A form with files.
#[derive(Debug, Default)]
pub(super) struct Uploaded {
    /// The fields that are texts.
    pub(super) fields: BTreeMap<String, String>,
    /// The files that are not empty, each with its field.
    pub(super) files: Vec<(String, DroppedFile)>,
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
                Some(file) if !bytes.is_empty() => uploaded.files.push((
                    name,
                    DroppedFile {
                        name: file,
                        bytes: bytes.to_vec(),
                    },
                )),
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

impl Uploaded {
    /// Returns a field that is a text, without the spaces around it; `None`: it is empty.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        let text = self.fields.get(field).map(|text| text.trim());
        text.filter(|text| !text.is_empty())
    }

    /// Returns the first file; an error says that there is none.
    pub(super) fn first_file(self, missing: &str) -> Result<DroppedFile, DeskError> {
        let first = self.files.into_iter().next().map(|(_, file)| file);
        first.ok_or_else(|| DeskError::Refused(missing.to_owned()))
    }
}

/// Where dropped files lie among the workspace's while they wait, in memory only.
const WAITING: &str = ".undersigned/waiting";

/// Opens the workspace with dropped files among its files, and returns their paths: the ending
/// of a name says a format.
pub(super) fn with_dropped(desk: &Desk, dropped: &[(&str, &[u8])]) -> Result<(Workspace, Vec<PathBuf>), DeskError> {
    let folder = desk.root.join(WAITING);
    // Two files may have one name.
    let place = |(at, (name, _)): (usize, &(&str, &[u8]))| folder.join(at.to_string()).join(name);
    let paths: Vec<PathBuf> = dropped.iter().enumerate().map(place).collect();
    let files: Arc<dyn Files> = Arc::new(OverlayFiles {
        unsaved: paths.iter().zip(dropped.iter().map(|(_, bytes)| bytes)).collect(),
        saved: Arc::clone(&desk.files),
    });
    Ok((Workspace::open(&files, &desk.paths, Path::new(""))?, paths))
}

/// Returns the name of a file without the folders that some browsers send with it.
fn base_name(name: &str) -> String {
    match name.rsplit(['/', '\\']).next().unwrap_or_default() {
        "" | "." | ".." => "file".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_name_without_folders() {
        for (sent, expected) in [
            ("a.csv", "a.csv"),
            ("/tmp/a.csv", "a.csv"),
            ("C:\\x\\a.csv", "a.csv"),
            ("/..", "file"),
            ("", "file"),
        ] {
            assert_eq!(base_name(sent), expected);
        }
    }
}
