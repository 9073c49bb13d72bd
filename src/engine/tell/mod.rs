//! Drafts of emails to those who signed, or were invited to.
//!
//! In: a letter, an occasion, and for a reminder the lists of who was invited. Out:
//! [`TellDrafts`]: a draft for each address, and those who get none, with the reason; or a
//! [`TellPlan`]: the same as files of a folder.
//! Guaranteed: nothing is sent; a draft has one address and the private values of nobody
//! else; the same input gives the same bytes. Absent: writing the files (that is `store`'s).

mod invited;
#[cfg(test)]
mod tests;
mod untold;
mod words;

use super::changes::ChangeSet;
use super::diff::diff;
use super::error::{EngineError, Result};
use super::lists::{ListInput, read_lists};
use super::prepared::{LetterInput, Prepared, has_errors};
use super::releases::release_numbers;
use super::wording::Wording;
use super::workspace::Workspace;
use crate::compose::document::{Block, Document, Inline, Part};
use crate::compose::mail_merge::slug;
use crate::compose::wording::date as wording_date;
use crate::compose::{plain_document, roll, text_version};
use crate::diag::{Diagnostic, counted};
use crate::emit::EmitOptions;
use crate::emit::archive;
use crate::emit::email::{Attachment, email_with};
use crate::model::letter::Mailbox;
use crate::model::signatory::{Column, Record, Status};
use crate::release::redline::redline_text;
use crate::resolve::rows::judge_rows;
use crate::source::SourceMap;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
pub use untold::{NotTold, Untold};
use words::WORDS;

/// Why signatories are written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Is this how they want to be listed?
    Listing,
    /// The text changed since they signed.
    Changes,
    /// They were invited, and have not signed.
    Reminder,
    /// The letter is out.
    Thanks,
}

impl Occasion {
    /// The word on the command line and in the name of a template.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Listing => "listing",
            Self::Changes => "changes",
            Self::Reminder => "reminder",
            Self::Thanks => "thanks",
        }
    }
}

/// Says who is written to, and why.
#[derive(Clone, Debug)]
pub struct TellRequest {
    /// The letter.
    pub letter: PathBuf,
    /// Why.
    pub occasion: Occasion,
    /// The lists of who was invited; only for a reminder.
    pub invited: Vec<ListInput>,
    /// The date of the drafts; `None`: the letter's.
    pub date: Option<Date>,
    /// Where the letter is on the web.
    pub link: Option<String>,
    /// Files that go with each draft.
    pub attached: Vec<PathBuf>,
}

/// A draft of an email to one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TellDraft {
    /// Who is written to, as the roll or the list of the invited names them.
    pub name: String,
    /// The address; private.
    pub address: String,
    /// The subject.
    pub subject: String,
    /// The words, without the redline that goes with them.
    pub paragraphs: Vec<String>,
    /// The name of its file, which no other draft has.
    pub file: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The drafts, and who gets none.
#[derive(Debug)]
pub struct TellDrafts {
    /// The files that were read.
    pub sources: SourceMap,
    /// What there is to say about the files. With an error among them, there are no drafts.
    pub diagnostics: Vec<Diagnostic>,
    /// The drafts, in the order of the roll or of the list.
    pub drafts: Vec<TellDraft>,
    /// Who gets none, in the order of the reasons.
    pub not_told: Vec<NotTold>,
}

impl TellDrafts {
    /// Returns the drafts in one archive.
    ///
    /// # Errors
    /// When they are more than an archive can hold.
    pub fn archive(&self) -> Result<Vec<u8>> {
        let drafts = self.drafts.iter();
        let files: Vec<(String, &[u8])> = drafts.map(|draft| (draft.file.clone(), &*draft.bytes)).collect();
        archive(&files).map_err(|error| EngineError::emit("the archive", error))
    }
}

/// The drafts as files, and who gets none.
#[derive(Debug)]
pub struct TellPlan {
    /// The files that were read.
    pub sources: SourceMap,
    /// What there is to say about the files. With an error among them, there are no drafts.
    pub diagnostics: Vec<Diagnostic>,
    /// The folder of the drafts.
    pub folder: PathBuf,
    /// The drafts; each must not exist yet.
    pub set: ChangeSet,
    /// Who gets none, in the order of the reasons.
    pub not_told: Vec<NotTold>,
}

/// Somebody to write to.
struct Addressee {
    name: String,
    /// The line of the roll; empty for who has not signed.
    listed: String,
    /// The addresses, each with the name of whose it is.
    mailboxes: Vec<Mailbox>,
}

/// Largest attachment, in bytes: mail servers refuse more.
const MAX_ATTACHED: u64 = 20 << 20;

impl Workspace {
    /// Plans drafts to those who signed a letter, or were invited to, as files of a folder;
    /// `None`: below the letter's output.
    ///
    /// # Errors
    /// When a file cannot be read, there is nothing to tell, or the folder has drafts.
    pub fn tell(&self, request: TellRequest, folder: Option<PathBuf>) -> Result<TellPlan> {
        let stem = request.letter.file_stem().unwrap_or_default();
        let output = self.root.join("output").join(stem).join("tell");
        let folder = folder.unwrap_or_else(|| output.join(request.occasion.as_str()));
        let told = self.tell_drafts(request)?;
        let mut set = ChangeSet::default();
        if !has_errors(&told.diagnostics) {
            self.refuse_old_drafts(&folder)?;
        }
        for draft in told.drafts {
            set.create(folder.join(draft.file), draft.bytes);
        }
        Ok(TellPlan {
            sources: told.sources,
            diagnostics: told.diagnostics,
            folder,
            set,
            not_told: told.not_told,
        })
    }

    /// Returns drafts to those who signed a letter, or were invited to.
    ///
    /// # Errors
    /// When a file cannot be read, or there is nothing to tell.
    pub fn tell_drafts(&self, request: TellRequest) -> Result<TellDrafts> {
        let refused = |message: &str| Err(EngineError::Refused(message.to_owned()));
        if (request.occasion == Occasion::Reminder) == request.invited.is_empty() {
            return refused(
                "--invited names the list of who was invited; a reminder needs it, and nothing else takes it",
            );
        }
        let prepared = self.prepare(LetterInput::File(request.letter.clone()), request.date, &|_| {})?;
        let occasion = request.occasion.as_str();
        let mut plan = TellDrafts {
            sources: prepared.sources.clone(),
            diagnostics: prepared.diagnostics.clone(),
            drafts: Vec::new(),
            not_told: Vec::new(),
        };
        if has_errors(&plan.diagnostics) {
            return Ok(plan);
        }
        let specimen = prepared.composed.specimen();
        let wording = Wording::find(&WORDS, &**self.files(), &self.root, occasion, &specimen.language)?;
        let attached = self.attachments(&request.attached)?;
        let redline = match request.occasion {
            Occasion::Changes => self.redline_of(&request.letter)?,
            _ => Vec::new(),
        };
        let release = self.last_number(&prepared)?;
        if request.occasion == Occasion::Thanks && release.is_none() {
            return refused("the letter has no release yet; run `undersigned release` first");
        }
        let addressees = match request.occasion {
            Occasion::Reminder => self.invited(&prepared, request.invited, &mut plan)?,
            occasion => signatories(&prepared, occasion, &mut plan.not_told),
        };
        let mut values: BTreeMap<&str, String> = BTreeMap::from([
            ("letter.title", specimen.title.clone()),
            ("letter.from", specimen.author.clone()),
            ("signatories.count", prepared.resolution.signatories.len().to_string()),
            ("link", request.link.clone().unwrap_or_default()),
            (
                "release.number",
                release.map(|number| number.to_string()).unwrap_or_default(),
            ),
        ]);
        if let Some(deadline) = prepared.letter.deadline {
            values.insert("letter.deadline", wording_date(&specimen.language, deadline, true));
        }
        let mut names = BTreeSet::new();
        for addressee in addressees {
            values.insert("signatory.name", addressee.name.clone());
            values.insert("signatory.listed", addressee.listed.clone());
            for mailbox in addressee.mailboxes {
                let greeting = match mailbox.name.is_empty() {
                    true => addressee.name.clone(),
                    false => mailbox.name.clone(),
                };
                values.insert("greeting", greeting);
                let (subject, paragraphs) = wording.fill(&values);
                let address = mailbox.address.clone();
                let document = document(specimen, subject.clone(), paragraphs.clone(), &redline, mailbox);
                let options = EmitOptions::default();
                let written = email_with(&document, &options, &attached);
                let written =
                    written.map_err(|error| EngineError::emit(format!("the draft to `{}`", addressee.name), error))?;
                plan.drafts.push(TellDraft {
                    file: file_name(&addressee.name, &mut names),
                    name: addressee.name.clone(),
                    address,
                    subject,
                    paragraphs,
                    bytes: written.bytes,
                });
            }
        }
        plan.not_told.sort_by_key(|not_told| not_told.why);
        Ok(plan)
    }

    /// Refuses a folder that has drafts: somebody who left since could be written to.
    fn refuse_old_drafts(&self, folder: &Path) -> Result<()> {
        let entries = self.files().entries(folder).unwrap_or_default();
        let is_draft = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "eml");
        match entries.iter().filter(is_draft).count() {
            0 => Ok(()),
            count => Err(EngineError::Refused(format!(
                "`{}` has {} of an earlier run; send or delete them first, or name another folder with --out",
                self.paths.shown(folder),
                counted(count, "draft", "drafts")
            ))),
        }
    }

    fn attachments(&self, paths: &[PathBuf]) -> Result<Vec<Attachment>> {
        let read = |path: &PathBuf| {
            let bytes = self.attached_file(path, MAX_ATTACHED)?;
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            Ok(Attachment {
                name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                media_type: match &*ending {
                    "pdf" => "application/pdf",
                    "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "html" => "text/html",
                    "png" => "image/png",
                    _ => "application/octet-stream",
                },
                bytes,
            })
        };
        paths.iter().map(read).collect()
    }

    /// Returns what changed in the text since the last release.
    fn redline_of(&self, letter: &Path) -> Result<Vec<Block>> {
        let outcome = diff(self.files(), &self.paths, ListInput::File(letter.to_owned()), None)?;
        let Some(diff) = outcome.diff else {
            return Err(EngineError::Refused(
                "the letter cannot be compared with its last release".to_owned(),
            ));
        };
        if diff.changes.text.is_empty() {
            return Err(EngineError::Refused(format!(
                "the text has not changed since {}",
                diff.names[0]
            )));
        }
        Ok(redline_text(&diff.after, &diff.changes))
    }

    /// Returns the number of the letter's last release.
    fn last_number(&self, prepared: &Prepared) -> Result<Option<u32>> {
        let folder = self.root.join("output").join(&prepared.stem).join("releases");
        let numbers = release_numbers(&**self.files(), &folder).map_err(|source| EngineError::Unreadable {
            name: self.paths.shown(&folder),
            source,
        })?;
        Ok(numbers.last().copied())
    }

    /// Returns who was invited and has not signed.
    fn invited(&self, prepared: &Prepared, lists: Vec<ListInput>, plan: &mut TellDrafts) -> Result<Vec<Addressee>> {
        let (records, said) = read_lists(self, lists, &mut plan.sources)?;
        plan.diagnostics.extend(said);
        if has_errors(&plan.diagnostics) {
            return Ok(Vec::new());
        }
        let (records, _) = judge_rows(records, &self.known);
        let records: Vec<Record> = records.into_iter().filter(|record| !record.name.is_empty()).collect();
        let (unsigned, others) = invited::unsigned(&prepared.records, &prepared.resolution, &records, &self.known);
        plan.not_told.extend(others.into_iter().map(|(at, why)| NotTold {
            name: records[at].name.to_string(),
            why,
        }));
        let mut addressees = Vec::new();
        for record in unsigned.into_iter().map(|at| &records[at]) {
            let mailboxes = mailboxes([record]);
            let name = record.name.to_string();
            match mailboxes.is_empty() {
                true => plan.not_told.push(NotTold {
                    name,
                    why: Untold::NoAddress,
                }),
                false => addressees.push(Addressee {
                    name,
                    listed: String::new(),
                    mailboxes,
                }),
            }
        }
        Ok(addressees)
    }
}

/// Returns the signatories of a letter, in the order of the roll.
fn signatories(prepared: &Prepared, occasion: Occasion, not_told: &mut Vec<NotTold>) -> Vec<Addressee> {
    let resolution = &prepared.resolution;
    let content = prepared.content();
    let language = &prepared.composed.specimen().language;
    let order = roll::order(resolution, &prepared.letter.roll, language);
    let version = text_version(&prepared.letter);
    let mut addressees = Vec::new();
    for (at, listed) in order.into_iter().zip(&content.signatories) {
        let signatory = &resolution.signatories[at];
        let rows = signatory.rows.iter().map(|&row| &prepared.records[row]);
        let agreed = rows.clone().all(|row| row.get(Column::SignedText) == Some(&*version));
        let mailboxes = mailboxes(rows);
        let why = if occasion == Occasion::Changes && agreed {
            Some(Untold::Agreed)
        } else {
            mailboxes.is_empty().then_some(Untold::NoAddress)
        };
        if let Some(why) = why {
            let name = signatory.name.clone();
            not_told.push(NotTold { name, why });
            continue;
        }
        let detail = listed
            .unmarked()
            .map(|detail| format!(", {detail}"))
            .unwrap_or_default();
        addressees.push(Addressee {
            name: signatory.name.clone(),
            listed: format!("{}{detail}", listed.name),
            mailboxes,
        });
    }
    addressees
}

/// Returns the addresses of rows, each once, with the name of whose each is.
fn mailboxes<'a>(rows: impl IntoIterator<Item = &'a Record>) -> Vec<Mailbox> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for row in rows.into_iter().filter(|row| row.status == Status::Confirmed) {
        let cell = row.get(Column::Email).unwrap_or_default();
        let several = cell.contains([',', ';']);
        for address in cell.split([',', ';', ' ']).filter(|address| address.contains('@')) {
            let Some(mut mailbox) = Mailbox::parse(address.trim_matches(['<', '>'])) else {
                continue;
            };
            let contact = row.get(Column::ContactName).filter(|_| !several).unwrap_or_default();
            let is_plain = !contact.contains(|c: char| c.is_control() || matches!(c, '<' | '>' | '@'));
            if is_plain {
                mailbox.name = contact.to_owned();
            }
            if seen.insert(mailbox.address.to_lowercase()) {
                found.push(mailbox);
            }
        }
    }
    found
}

/// Returns a draft as a document.
fn document(specimen: &Document, subject: String, paragraphs: Vec<String>, redline: &[Block], to: Mailbox) -> Document {
    let mut blocks: Vec<Block> = paragraphs
        .into_iter()
        .map(|text| Block::Paragraph(vec![Inline::Text(text.into())]))
        .collect();
    if !redline.is_empty() {
        blocks.push(Block::Rule);
        blocks.extend_from_slice(redline);
    }
    let title = vec![Inline::Text(subject.clone().into())];
    let mut document = plain_document(title, &specimen.language, specimen.date, blocks);
    document.parts.retain(|part| matches!(part, Part::Body(_)));
    document.subject = subject;
    document.envelope.from = specimen.envelope.from.clone();
    document.envelope.reply_to = specimen.envelope.reply_to.clone();
    document.envelope.to = vec![to];
    document
}

/// Returns the name of a draft's file, which no other has.
fn file_name(name: &str, names: &mut BTreeSet<String>) -> String {
    let stem = match slug(name) {
        slug if slug.is_empty() => "signatory".to_owned(),
        slug => slug,
    };
    let mut file = stem.clone();
    let mut number = 2;
    while !names.insert(file.to_lowercase()) {
        file = format!("{stem}-{number}");
        number += 1;
    }
    format!("{file}.eml")
}
