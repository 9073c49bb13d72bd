//! Reads the parts of an Office file within limits.
//!
//! In: the bytes of a zip file that a stranger may have made. Out: its parts as text or
//! bytes, and what they refer to. Guaranteed: all parts together unpack to no more than was
//! asked for; no panic. Absent: what the parts mean.
//!
//! Source: ECMA-376, part 2, 9 (relationships).

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};

/// A reason for which a part cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// The file is no zip file, or its list of parts is damaged.
    #[error("it is damaged, or not a Word file")]
    NotAPackage,
    /// A part that must be there is missing.
    #[error("its part `{0}` is missing")]
    Missing(String),
    /// A part cannot be unpacked, or its text is not UTF-8.
    #[error("its part `{0}` is damaged")]
    Damaged(String),
    /// A part is not well-formed XML.
    #[error("its part `{part}` is not valid XML, at byte {at}")]
    BadXml {
        /// The part.
        part: String,
        /// The byte at which reading stopped.
        at: u64,
    },
    /// A part has definitions of its own, as no Office program writes.
    #[error("its part `{0}` defines entities, which no Word file may")]
    Definitions(String),
    /// The parts unpack to more than may be.
    #[error("its part `{0}` unpacks to more than is allowed")]
    TooLarge(String),
    /// Elements of a part nest too deeply.
    #[error("its part `{0}` is nested too deeply")]
    TooDeep(String),
}

/// A part's reference to another part or to a place outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The name by which the part calls it.
    pub id: String,
    /// The last word of its kind: `hyperlink`.
    pub kind: String,
    /// The part, or the address outside.
    pub target: String,
    /// True if it lies outside of the file.
    pub is_outside: bool,
}

/// An Office file, and how many bytes may still be unpacked.
#[derive(Debug)]
pub struct Package<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a file of which at most `most` bytes are unpacked.
    ///
    /// # Errors
    /// When it is no zip file.
    pub fn open(bytes: &'a [u8], most: u64) -> Result<Self, PackageError> {
        Ok(Self {
            archive: zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| PackageError::NotAPackage)?,
            left: most,
        })
    }

    /// Returns the names of all parts, in order.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .archive
            .file_names()
            .flatten()
            .map(std::borrow::Cow::into_owned)
            .collect();
        names.sort();
        names
    }

    /// Returns the bytes of a part.
    ///
    /// # Errors
    /// When it is missing, damaged or too large.
    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>, PackageError> {
        let mut bytes = Vec::new();
        let part = self.archive.by_name(name).map_err(|error| match error {
            zip::result::ZipError::FileNotFound => PackageError::Missing(name.to_owned()),
            _ => PackageError::Damaged(name.to_owned()),
        })?;
        let read = part.take(self.left.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|_| PackageError::Damaged(name.to_owned()))?;
        let left = self.left.checked_sub(bytes.len() as u64);
        self.left = left.ok_or_else(|| PackageError::TooLarge(name.to_owned()))?;
        Ok(bytes)
    }

    /// Returns the text of a part.
    ///
    /// # Errors
    /// When it is missing, damaged, too large or not UTF-8.
    pub fn part(&mut self, name: &str) -> Result<String, PackageError> {
        let text = String::from_utf8(self.bytes(name)?).map_err(|_| PackageError::Damaged(name.to_owned()))?;
        Ok(match text.strip_prefix('\u{feff}') {
            Some(text) => text.to_owned(),
            None => text,
        })
    }

    /// Returns the file's main part: its text.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn main(&mut self) -> Result<String, PackageError> {
        let mut mains = self.related("")?.into_iter();
        let mut mains = mains.by_ref().filter(|relation| relation.kind == "officeDocument");
        match (mains.next(), mains.next()) {
            (Some(main), None) => Ok(main.target),
            _ => Err(PackageError::NotAPackage),
        }
    }

    /// Returns what a part refers to.
    ///
    /// # Errors
    /// When its list of references cannot be read.
    pub fn related(&mut self, part: &str) -> Result<Vec<Relation>, PackageError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let folder = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let name = format!("{folder}_rels/{file}.rels");
        if self.archive.index_for_name(&name).is_none() {
            return Ok(Vec::new());
        }
        let text = self.part(&name)?;
        let mut reader = Reader::from_str(&text);
        let mut found = Vec::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().into_inner() == "Relationship" => {
                    let value = |name: &str| attribute(&tag, name).unwrap_or_default();
                    let (kind, target) = (value("Type"), value("Target"));
                    let is_outside = value("TargetMode") == "External";
                    found.push(Relation {
                        id: value("Id"),
                        kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                        target: match target.strip_prefix('/') {
                            _ if is_outside => target,
                            Some(whole) => whole.to_owned(),
                            None => resolved(&folder, &target),
                        },
                        is_outside,
                    });
                }
                Ok(Event::Eof) => return Ok(found),
                Ok(_) => {}
                Err(_) => {
                    return Err(PackageError::BadXml {
                        part: name,
                        at: reader.error_position(),
                    });
                }
            }
        }
    }
}

/// Returns a part's path from the root; `folder` ends with a slash, if it is not the root.
fn resolved(folder: &str, target: &str) -> String {
    let mut folder = folder.trim_end_matches('/');
    let mut target = target;
    while let Some(rest) = target.strip_prefix("../") {
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        target = rest;
    }
    match folder {
        "" => target.to_owned(),
        folder => format!("{folder}/{target}"),
    }
}

/// Returns an attribute's value, by its name without a prefix.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten();
    let mut found = found.filter(|attribute| attribute.key.local_name().into_inner() == name);
    let value = found.next()?.value;
    Some(unescape(&value).ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn parts_are_found_from_the_folder_of_the_part_that_names_them() {
        let check = |folder: &str, target: &str, expected: &str| assert_eq!(resolved(folder, target), expected);
        check("", "word/document.xml", "word/document.xml");
        check("word/", "media/a.png", "word/media/a.png");
        check("word/", "../media/a.png", "media/a.png");
        check("word/", "../../../media/a.png", "media/a.png");
        check("a/b/", "../c.xml", "a/c.xml");
    }
}
