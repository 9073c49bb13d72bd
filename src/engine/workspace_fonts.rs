//! Reads the fonts that a workspace brings: the files of its folder `fonts`.
//!
//! In: the root of a workspace. Out: [`Fonts`]. Guaranteed: the same files give the same
//! fonts on every computer, in the order of their names. Absent: which characters they print
//! (that is `layout`'s).

use super::prepared::Prepared;
use super::workspace::Workspace;
use crate::files::Files;
use crate::layout::Fonts;
use std::path::Path;

/// The folder of a workspace whose fonts print what the embedded ones lack.
pub const FONTS: &str = "fonts";

/// Largest font file, in bytes: a collection of all Han fonts has about 120 million.
const LARGEST: u64 = 192 << 20;

/// Most font files.
const MOST: usize = 64;

/// Returns the embedded fonts and those of the workspace at `root`: the files of its folder
/// [`FONTS`] whose names end in .ttf, .otf, .ttc, or .otc. What cannot be read is passed over.
pub fn workspace_fonts(files: &dyn Files, root: &Path) -> Fonts {
    let mut found = files.entries(&root.join(FONTS)).unwrap_or_default();
    found.retain(|path| {
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        ["ttf", "otf", "ttc", "otc"].iter().any(|known| ending == *known)
            && files
                .about(path)
                .is_ok_and(|about| !about.is_folder && about.length <= LARGEST)
    });
    found.sort();
    found.truncate(MOST);
    Fonts::with_files(found.iter().filter_map(|path| files.read(path, LARGEST).ok()))
}

impl Workspace {
    /// Returns the embedded fonts and those of the folder [`FONTS`].
    pub fn fonts(&self) -> Fonts {
        workspace_fonts(&**self.files(), &self.root)
    }
}

impl Prepared {
    /// Returns the embedded fonts and those of the workspace's folder [`FONTS`].
    pub fn fonts(&self) -> Fonts {
        workspace_fonts(&**self.sources.place_of_files(), &self.root)
    }
}
