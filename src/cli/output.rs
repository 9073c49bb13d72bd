//! Writing files: all of them whole, or none.
//!
//! Every file is first written beside its place under another name. Only when all
//! are there are they renamed, one after the other; a run that fails before leaves
//! everything as it was.

use anyhow::Context;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// A file to write.
pub(super) struct File {
    /// Where; missing folders are made.
    pub path: PathBuf,
    /// What.
    pub bytes: Vec<u8>,
}

/// Writes all files, or none.
pub(super) fn write_all(files: &[File]) -> anyhow::Result<()> {
    let mut made = MadeFolders::default();
    let mut staged = Vec::with_capacity(files.len());
    for file in files {
        staged.push((stage(file, &mut made)?, &file.path));
    }
    for (temporary, path) in staged {
        temporary
            .persist(path)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    made.keep();
    Ok(())
}

fn stage(file: &File, made: &mut MadeFolders) -> anyhow::Result<NamedTempFile> {
    let failed = || format!("cannot write `{}`", file.path.display());
    let dir = match file.path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    if file.path.is_dir() {
        anyhow::bail!("cannot write `{}`: it is a folder", file.path.display());
    }
    made.create(dir).with_context(failed)?;
    let mut builder = Builder::new();
    builder.prefix(".undersigned-");
    // Temporary files are private by default; these become ordinary files, for
    // which the umask decides.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut temporary = builder.tempfile_in(dir).with_context(failed)?;
    temporary.write_all(&file.bytes).with_context(failed)?;
    temporary.as_file().sync_data().with_context(failed)?;
    Ok(temporary)
}

/// Folders made in this run; removed again unless kept.
#[derive(Default)]
struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    fn create(&mut self, dir: &Path) -> std::io::Result<()> {
        let missing: Vec<&Path> = dir
            .ancestors()
            .take_while(|dir| !dir.as_os_str().is_empty() && !dir.exists())
            .collect();
        for dir in missing.into_iter().rev() {
            fs::create_dir(dir)?;
            self.0.push(dir.to_owned());
        }
        Ok(())
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for dir in self.0.iter().rev() {
            // A folder that somebody else has put something in stays.
            let _ = fs::remove_dir(dir);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn one_that_cannot_be_written_stops_all() {
        let dir = tempfile::tempdir().unwrap();
        let blocked = dir.path().join("new/blocked");
        fs::create_dir_all(dir.path().join("there")).unwrap();
        fs::write(dir.path().join("there/file"), "old").unwrap();
        let files = [
            File {
                path: dir.path().join("there/file"),
                bytes: b"new".to_vec(),
            },
            File {
                path: dir.path().join("fresh/deep/file"),
                bytes: b"new".to_vec(),
            },
            File {
                path: dir.path().join("there/file/below"),
                bytes: b"new".to_vec(),
            },
        ];
        assert!(write_all(&files).is_err());
        assert_eq!(fs::read(dir.path().join("there/file")).unwrap(), b"old");
        assert!(!dir.path().join("fresh").exists());
        assert_eq!(fs::read_dir(dir.path().join("there")).unwrap().count(), 1);
        assert!(!blocked.exists());
        write_all(&files[..2]).unwrap();
        assert_eq!(fs::read(dir.path().join("fresh/deep/file")).unwrap(), b"new");
    }
}
