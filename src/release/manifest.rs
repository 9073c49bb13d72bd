//! The manifest: what a release is, in a file of its own.
//!
//! In: TOML from anywhere. Out: a [`Manifest`] that holds together, or an error that
//! says what is the matter. Guaranteed: whatever was read names only files below its own
//! folder, its text and list give the content hash and the code that it states, and its
//! list gives the hash of the public list. Absent: reading files, signatures.
//!
//! It holds what the documents print, hashes and counts: no private column, no person's
//! name but those of signatories, no absolute path, no clock.

use super::sha256;
use crate::emit::csv::{PublicRow, public_list};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

/// The file's name in a release's folder.
pub const FILE: &str = "manifest.toml";

/// The name of the public list in a release's folder.
pub const LIST: &str = "signatories.csv";

/// The version of the manifest's own form.
pub const FORMAT: u32 = 2;

/// The first form whose documents print an entry's detail on a line of its own.
const TWO_LINES: u32 = 2;

/// Longest manifest that is read, in bytes. Of a letter of 5,000 names in six formats it
/// is about one million.
pub const LARGEST: usize = 64 << 20;

/// What stands at the head of every manifest.
const HEAD: &str = "\
# What this release is: its text and list as printed, hashes of what it was made from and
# of every file it holds. `undersigned verify FILE --manifest THIS` says whether a file
# belongs to it unaltered. Do not edit: it would no longer verify.

";

/// A release.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this form: [`FORMAT`].
    pub format: u32,
    /// The program and its version: `undersigned 0.1.0`.
    pub program: String,
    /// The letter's name: its file's without the ending.
    pub letter: String,
    /// The letter's title.
    pub title: String,
    /// The genre: `letter`.
    pub kind: String,
    /// Who sends it; empty: nobody is named, or a manifest of an earlier version.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// Where its page is on the web; empty: this is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// BCP 47 tag.
    pub language: String,
    /// The release's number, from 1.
    pub release: u32,
    /// The date of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// SHA-256 of text and list; see [`Manifest::content_hash`].
    pub content: String,
    /// The short code of [`Self::content`], as the documents print it.
    pub code: String,
    /// What the document says, a block each, without the names of the roll.
    pub text: Vec<String>,
    /// Where names stand in the text.
    #[serde(default)]
    pub names: Vec<NameRun>,
    /// Counts and their basis.
    pub counts: ReleaseCounts,
    /// That it was released in spite of findings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub despite: Option<Override>,
    /// The release before, and what changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Previous>,
    /// The files it was made from.
    #[serde(default, rename = "input")]
    pub inputs: Vec<Input>,
    /// The fonts of the computer that its pages use, beside the embedded ones.
    #[serde(default, rename = "font", skip_serializing_if = "Vec::is_empty")]
    pub fonts: Vec<SystemFont>,
    /// The files it holds.
    #[serde(default, rename = "output")]
    pub outputs: Vec<Output>,
    /// The remembered answers that touch its signatories.
    #[serde(default, rename = "decision")]
    pub decisions: Vec<Decided>,
    /// The signatories as printed.
    #[serde(default, rename = "signatory")]
    pub signatories: Vec<Listed>,
}

/// A run of names within the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameRun {
    /// The block of the text before which they stand.
    pub before: usize,
    /// How many there are.
    pub count: usize,
}

/// Counts and their basis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseCounts {
    /// What is counted, in words.
    pub basis: String,
    /// Signatories: organisations and individuals.
    pub signatories: usize,
    /// Organisations.
    pub organizations: usize,
    /// Individuals.
    pub individuals: usize,
    /// Rows of the lists.
    pub rows: usize,
    /// Rows that repeat another of the same signatory.
    pub merged: usize,
    /// Rows that are no signatory: withdrawn, pending, declined, invalid.
    pub left_out: usize,
    /// Pairs of printed names that a person has yet to decide about.
    pub undecided: usize,
    /// How many get a letter of their own; 0: it is one letter.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub recipients: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands over a reference
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// That it was released in spite of findings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The reason that was given.
    pub reason: String,
    /// What was found, by code.
    #[serde(default)]
    pub findings: Vec<OverriddenFinding>,
}

/// Findings of a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverriddenFinding {
    /// The code.
    pub code: String,
    /// How many.
    pub count: usize,
}

/// The release before, and what changed since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Previous {
    /// Its number.
    pub release: u32,
    /// SHA-256 of its manifest.
    pub sha256: String,
    /// How many blocks of the text differ.
    pub text_changes: usize,
    /// Names that are new.
    #[serde(default)]
    pub joined: Vec<String>,
    /// Names that are gone; why is nobody's business but the coalition's.
    #[serde(default)]
    pub left: Vec<String>,
    /// Signatories printed under another name.
    #[serde(default)]
    pub renamed: Vec<NameChange>,
}

/// A signatory printed under another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameChange {
    /// As it was printed.
    pub from: String,
    /// As it is.
    pub to: String,
}

/// A file that a release was made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Input {
    /// Its path, relative to the workspace.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// A font of the computer that a release was made on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemFont {
    /// Its name for people.
    pub name: String,
    /// SHA-256 of its file.
    pub sha256: String,
}

/// A file that a release holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Its path, relative to the manifest's folder.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Whom it is to, where each of a list gets a letter of their own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub recipient: String,
    /// Whether its words can be read and compared.
    pub words: bool,
    /// Hashes of what it shows beyond its words, by [`super::looks::pages`]: one a page of a PDF,
    /// one for other formats; empty: words alone, or a manifest of an earlier version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<String>,
    /// How its words differ from [`Manifest::text`] and the names: page furniture,
    /// labels, notes in another place.
    #[serde(default)]
    pub differs: Vec<Splice>,
}

/// A place where an output's blocks differ from those of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Splice {
    /// The block of text and names together.
    pub at: usize,
    /// How many of them the output lacks.
    pub drop: usize,
    /// What it has in their place.
    #[serde(default)]
    pub add: Vec<String>,
}

/// A remembered answer, as far as its names are printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// `same` or `different`.
    pub answer: String,
    /// Its names that belong to printed signatories.
    pub names: Vec<String>,
    /// How many names it has that do not.
    #[serde(default)]
    pub others: usize,
    /// When it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// A signatory as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The printed name.
    pub name: String,
    /// `organization` or `individual`.
    pub kind: String,
    /// The place that is printed after the name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// What is printed below the name: an individual's title and affiliation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// An individual's title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// An individual's affiliation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub affiliation: String,
    /// State or province.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// Electoral districts in their short form: "CA-12".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub district: String,
    /// The heading it stands under.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
}

impl Listed {
    /// Everything after the name, without the mark that points to the roll's note.
    pub fn unmarked(&self) -> Option<String> {
        let detail = self.detail.trim_end_matches('*');
        let pieces: Vec<&str> = [&self.place, detail]
            .into_iter()
            .filter(|piece| !piece.is_empty())
            .collect();
        (!pieces.is_empty()).then(|| pieces.join(", "))
    }
}

/// A block of what a release says, and the signatory it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasedBlock {
    /// The words.
    pub text: String,
    /// Index into the signatories.
    pub signatory: Option<usize>,
}

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ManifestError {
    /// It is longer than [`LARGEST`].
    #[error("it is longer than {LARGEST} bytes")]
    TooLarge,
    /// It is no UTF-8.
    #[error("it is no text in UTF-8")]
    NotText,
    /// It is no TOML, or keys are missing or of another type.
    #[error("{0}")]
    Toml(String),
    /// It was written by a later version.
    #[error("it has the form {0}, and this version reads form {FORMAT}; use a newer undersigned")]
    Format(u32),
    /// A file it names lies outside its folder.
    #[error("it names `{0}`, which is no path below its own folder")]
    Path(String),
    /// A text in it holds characters that steer a terminal.
    #[error("it holds control characters")]
    Control,
    /// A number in it points nowhere.
    #[error("`{0}` points outside its text or list")]
    Range(&'static str),
    /// Text and list do not give the content hash or the code.
    #[error("its text and list do not give its own code `{0}`: the manifest was changed")]
    Content(String),
    /// The list does not give the public list's hash.
    #[error("its list of signatories does not give the hash of `{LIST}`: the manifest was changed")]
    List,
    /// The counts are not those of the list.
    #[error("its counts are not those of its list: the manifest was changed")]
    Counts,
    /// A format has not a file for each recipient.
    #[error("it has not a file of each format for each of its {0} recipients: the manifest was changed")]
    Recipients(usize),
    /// The list cannot be written as CSV.
    #[error("its list cannot be written as CSV")]
    Csv,
}

impl Manifest {
    /// Reads a manifest and holds it against itself.
    pub fn read(bytes: &[u8]) -> Result<Self, ManifestError> {
        if bytes.len() > LARGEST {
            return Err(ManifestError::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| ManifestError::NotText)?;
        let manifest: Self = toml::from_str(text).map_err(|error| {
            let line = error
                .span()
                .map(|span| 1 + text[..span.start.min(text.len())].matches('\n').count());
            let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
            ManifestError::Toml(format!("{place}{}", error.message().replace('\n', ", ")))
        })?;
        manifest.check()?;
        Ok(manifest)
    }

    /// Returns the manifest as a file.
    pub fn write(&self) -> Result<String, toml::ser::Error> {
        Ok(format!("{HEAD}{}", toml::to_string_pretty(self)?))
    }

    /// Holds the manifest against itself.
    fn check(&self) -> Result<(), ManifestError> {
        if !(1..=FORMAT).contains(&self.format) {
            return Err(ManifestError::Format(self.format));
        }
        for output in &self.outputs {
            let path = Path::new(&output.file);
            let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
            if !inside || output.file.is_empty() || output.file.contains(['\\', '\0', ':']) {
                return Err(ManifestError::Path(output.file.clone()));
            }
        }
        if self
            .texts()
            .any(|text| text.contains(|c: char| c.is_control() && c != '\n'))
        {
            return Err(ManifestError::Control);
        }
        let said = self.released_blocks()?;
        for output in &self.outputs {
            spliced(&said, &output.differs)?;
        }
        let hash = self.content_hash();
        if hash != self.content || short_code(&hash) != self.code {
            return Err(ManifestError::Content(self.code.clone()));
        }
        if let Some(list) = self.outputs.iter().find(|output| output.file == LIST)
            && sha256(&self.public_list()?) != list.sha256
        {
            return Err(ManifestError::List);
        }
        let individuals = self
            .signatories
            .iter()
            .filter(|listed| listed.kind == "individual")
            .count();
        let listed = (self.signatories.len() - individuals, individuals);
        let counts = &self.counts;
        if !self.signatories.is_empty() && listed != (counts.organizations, counts.individuals) {
            return Err(ManifestError::Counts);
        }
        if counts.organizations.checked_add(counts.individuals) != Some(counts.signatories) {
            return Err(ManifestError::Counts);
        }
        // Rows that are held are released only in spite of that finding, and are not counted.
        let parts = [counts.signatories, counts.merged, counts.left_out];
        let rows = parts.iter().try_fold(0_usize, |sum, part| sum.checked_add(*part));
        if rows.is_none_or(|rows| rows > counts.rows || rows < counts.rows && self.despite.is_none()) {
            return Err(ManifestError::Counts);
        }
        self.check_recipients()
    }

    /// Each format has a file for each recipient, or for none.
    fn check_recipients(&self) -> Result<(), ManifestError> {
        let mut formats: BTreeMap<&str, usize> = BTreeMap::new();
        for output in self.outputs.iter().filter(|output| !output.recipient.is_empty()) {
            let ending = output.file.rsplit_once('.').map_or("", |(_, ending)| ending);
            *formats.entry(ending).or_default() += 1;
        }
        let recipients = self.counts.recipients;
        let whole = formats.values().all(|count| *count == recipients);
        match whole && formats.is_empty() == (recipients == 0) {
            true => Ok(()),
            false => Err(ManifestError::Recipients(recipients)),
        }
    }

    /// Every text that is shown to people.
    fn texts(&self) -> impl Iterator<Item = &String> {
        let own = [
            &self.letter,
            &self.title,
            &self.author,
            &self.address,
            &self.program,
            &self.code,
            &self.language,
        ];
        let despite = self.despite.iter().map(|despite| &despite.reason);
        let outputs = self.outputs.iter().flat_map(|output| {
            let added = output.differs.iter().flat_map(|splice| &splice.add);
            [&output.file, &output.recipient].into_iter().chain(added)
        });
        let signatories = self.signatories.iter().flat_map(|listed| {
            [
                &listed.name,
                &listed.title,
                &listed.affiliation,
                &listed.district,
                &listed.section,
            ]
        });
        own.into_iter()
            .chain(despite)
            .chain(&self.text)
            .chain(outputs)
            .chain(signatories)
    }

    /// The list as it is published.
    pub fn public_list(&self) -> Result<Vec<u8>, ManifestError> {
        public_list(self.signatories.iter().map(|listed| PublicRow {
            name: &listed.name,
            kind: &listed.kind,
            title: &listed.title,
            affiliation: &listed.affiliation,
            state: &listed.state,
        }))
        .map_err(|_| ManifestError::Csv)
    }

    /// What the release says: its text, with the names in their places.
    pub fn released_blocks(&self) -> Result<Vec<ReleasedBlock>, ManifestError> {
        let mut said = Vec::with_capacity(self.text.len() + self.signatories.len());
        let mut next = 0;
        let mut names = self.names.iter().peekable();
        for at in 0..=self.text.len() {
            while let Some(run) = names.next_if(|run| run.before == at) {
                let end = next + run.count.min(self.signatories.len() + 1);
                let members = self.signatories.get(next..end).ok_or(ManifestError::Range("names"))?;
                said.extend(members.iter().zip(next..).map(|(listed, at)| ReleasedBlock {
                    text: self.printed(listed),
                    signatory: Some(at),
                }));
                next = end;
            }
            said.extend(self.text.get(at).map(|text| ReleasedBlock {
                text: text.clone(),
                signatory: None,
            }));
        }
        match names.next() {
            Some(_) => Err(ManifestError::Range("names")),
            None => Ok(said),
        }
    }

    /// What an output says: the release's words, with what is its own.
    pub fn blocks_in(&self, output: &Output) -> Result<Vec<ReleasedBlock>, ManifestError> {
        let mut said = spliced(&self.released_blocks()?, &output.differs)?;
        if output.differs.is_empty() {
            return Ok(said);
        }
        // A recipient's copy may mark a name or print it elsewhere; it is the signatory's all the same.
        let printed = self.signatories.iter().map(|listed| self.printed(listed));
        let known: BTreeMap<String, usize> = printed.enumerate().map(|(at, text)| (text, at)).collect();
        let mut told: BTreeSet<usize> = said.iter().filter_map(|block| block.signatory).collect();
        for block in said.iter_mut().filter(|block| block.signatory.is_none()) {
            let unmarked = block.text.replace(['†', '‡'], "");
            block.signatory = known.get(&unmarked).copied().filter(|at| told.insert(*at));
        }
        Ok(said)
    }

    /// Returns a whole entry as the documents print it.
    pub fn printed(&self, listed: &Listed) -> String {
        let after = |mark: &str, text: &str| match text {
            "" => String::new(),
            text => format!("{mark}{text}"),
        };
        let detail = after(if self.format < TWO_LINES { ", " } else { "\n" }, &listed.detail);
        super::blocks::fold(&format!("{}{}{detail}", listed.name, after(", ", &listed.place)))
    }

    /// SHA-256 of text and list. Each value is fed with its length before it, as eight
    /// bytes, big end first: the number of blocks and each block, the number of
    /// signatories and of each its name, kind, title, affiliation, state and section, with its districts on another line if there are any.
    pub fn content_hash(&self) -> String {
        let mut fed = Vec::new();
        let mut feed = |text: &str| {
            fed.extend_from_slice(&(text.len() as u64).to_be_bytes());
            fed.extend_from_slice(text.as_bytes());
        };
        feed(&self.text.len().to_string());
        self.text.iter().for_each(|text| feed(text));
        feed(&self.signatories.len().to_string());
        for listed in &self.signatories {
            let Listed {
                name,
                kind,
                place,
                detail,
                title,
                affiliation,
                state,
                district,
                section,
            } = listed;
            // Earlier releases have no districts, and keep their code.
            let section = match district.as_str() {
                "" => section.clone(),
                district => format!("{section}\n{district}"),
            };
            let after: Vec<&str> = [place, detail]
                .into_iter()
                .map(String::as_str)
                .filter(|cell| !cell.is_empty())
                .collect();
            [name, kind, &after.join("\n"), title, affiliation, state, &section]
                .into_iter()
                .for_each(|cell| feed(cell));
        }
        sha256(&fed)
    }
}

/// Puts an output's own blocks in their places.
fn spliced(said: &[ReleasedBlock], differs: &[Splice]) -> Result<Vec<ReleasedBlock>, ManifestError> {
    let mut out = Vec::with_capacity(said.len());
    let mut from = 0;
    for splice in differs {
        let before = said.get(from..splice.at).ok_or(ManifestError::Range("differs"))?;
        out.extend_from_slice(before);
        out.extend(splice.add.iter().map(|text| ReleasedBlock {
            text: text.clone(),
            signatory: None,
        }));
        from = splice
            .at
            .checked_add(splice.drop)
            .ok_or(ManifestError::Range("differs"))?;
    }
    out.extend_from_slice(said.get(from..).ok_or(ManifestError::Range("differs"))?);
    Ok(out)
}

/// Letters and figures of a code: Crockford's base 32, which has no I, L, O and U, so
/// that nothing is misread and no word comes about.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Returns the short code of a hash in hexadecimal: its first 60 bits, as `XXXX-XXXX-XXXX`.
/// To find another text with the same code takes about 2^60 tries.
pub fn short_code(hash: &str) -> String {
    let bits = u64::from_str_radix(hash.get(..15).unwrap_or_default(), 16).unwrap_or_default();
    let mut code = String::with_capacity(14);
    for at in 0..12 {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(ALPHABET[usize::from((bits >> (55 - 5 * at)) as u8 & 31)]));
    }
    code
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A small manifest that holds together.
    fn sample() -> Manifest {
        let mut manifest = Manifest {
            format: FORMAT,
            letter: "a".to_owned(),
            release: 1,
            text: vec!["Dear all:".to_owned(), "cc: none".to_owned()],
            names: vec![NameRun { before: 1, count: 2 }],
            signatories: ["A", "B"]
                .map(|name| Listed {
                    name: name.to_owned(),
                    kind: "organization".to_owned(),
                    ..Listed::default()
                })
                .to_vec(),
            ..Manifest::default()
        };
        manifest.counts.organizations = 2;
        manifest.counts.signatories = 2;
        manifest.counts.rows = 2;
        manifest.content = manifest.content_hash();
        manifest.code = short_code(&manifest.content);
        manifest.outputs.push(Output {
            file: LIST.to_owned(),
            sha256: sha256(&manifest.public_list().unwrap()),
            ..Output::default()
        });
        manifest
    }

    fn check(change: impl FnOnce(&mut Manifest), expected: &str) {
        let mut manifest = sample();
        change(&mut manifest);
        let error = Manifest::read(manifest.write().unwrap().as_bytes()).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    #[test]
    fn it_comes_back_as_it_went() {
        let manifest = sample();
        assert_eq!(
            Manifest::read(manifest.write().unwrap().as_bytes()),
            Ok(manifest.clone())
        );
        let said: Vec<String> = manifest
            .released_blocks()
            .unwrap()
            .into_iter()
            .map(|said| said.text)
            .collect();
        assert_eq!(said, ["Dear all:", "A", "B", "cc: none"]);
    }

    #[test]
    fn a_changed_one_is_found_out() {
        check(|m| m.signatories[0].name = "C".to_owned(), "do not give its own code");
        check(|m| m.text[0].push('!'), "do not give its own code");
        check(|m| m.counts.organizations = 3, "counts");
        check(|m| m.outputs[0].sha256 = "0".repeat(64), "signatories.csv");
    }

    #[test]
    fn hostile_ones_are_refused() {
        for path in ["../x", "/etc/passwd", "a/../../b", "", "C:\\x", "./x"] {
            check(|m| m.outputs[0].file = path.to_owned(), "below its own folder");
        }
        check(|m| m.title = "\u{1b}[2J".to_owned(), "control");
        check(|m| m.format = FORMAT + 1, "newer");
        check(|m| m.names[0].count = usize::MAX >> 1, "points outside");
        check(|m| m.names[0].before = 9, "points outside");
        let splice = Splice {
            at: usize::MAX >> 1,
            drop: usize::MAX >> 1,
            add: Vec::new(),
        };
        check(|m| m.outputs[0].differs.push(splice), "points outside");
        let read = |text: &str| Manifest::read(text.as_bytes()).unwrap_err().to_string();
        assert!(read("format = \"one\"").contains("line 1"));
        assert!(read("[[[").contains("line 1"));
        assert!(read("").contains("missing field"));
        assert_eq!(Manifest::read(&[0xff]), Err(ManifestError::NotText));
        assert_eq!(Manifest::read(&vec![0xff; LARGEST]), Err(ManifestError::NotText));
        assert_eq!(Manifest::read(&vec![0xff; LARGEST + 1]), Err(ManifestError::TooLarge));
        let deep = format!("x = {}", "[".repeat(100_000));
        assert!(!read(&deep).is_empty());
    }

    #[test]
    fn codes_are_of_the_first_sixty_bits() {
        assert_eq!(short_code(&"0".repeat(64)), "0000-0000-0000");
        assert_eq!(short_code(&"f".repeat(64)), "ZZZZ-ZZZZ-ZZZZ");
        assert_eq!(short_code("0842108421084210"), "1111-1111-1111");
    }
}
