//! Files in one: a .zip.
//!
//! In: names and bytes. Out: the archive. Guaranteed: the same files give the same bytes: times
//! are those of the format's beginning. Absent: reading archives.

use super::EmitError;
use std::io::{Cursor, Write};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Returns files as one archive, in their order.
///
/// # Errors
/// When they are more than the format can hold.
pub fn archive(files: &[(String, &[u8])]) -> Result<Vec<u8>, EmitError> {
    packed(files).map_err(|error| EmitError::Archive(error.to_string()))
}

/// Packs files in their order.
pub(super) fn packed(files: &[(String, impl AsRef<[u8]>)]) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes.as_ref())?;
    }
    Ok(zip.finish()?.into_inner())
}
