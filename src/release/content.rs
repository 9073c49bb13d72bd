//! What a document says: its words, block by block, and its names apart.
//!
//! In: a composed document and who signed. Out: the [`ReleaseContent`] that a release is known
//! by. Guaranteed: a block for each heading, paragraph, cell, line and name that an HTML
//! page shows, in its reading order, so that the same text has the same code whatever
//! version made it; the names are the printed roll's, and where a document prints no
//! roll, nobody is listed. Absent: files (`file_text` reads those).

use super::blocks::Collector;
use super::html_text;
use super::manifest::{Listed, Manifest, NameRun, short_code};
use crate::compose::document::{Block, Call, Document, Image, Inline, Line, Part, Roll, RollSection, Signature, plain};
use crate::compose::roll;
use crate::emit::html::{HtmlContext, sanitized};
use crate::model::letter::{RollSetting, RollStyle};
use crate::model::picture::PictureFormat;
use crate::model::visit;
use crate::resolve::districts::{self, District};
use crate::resolve::{Resolution, Signatory};

/// What a document says: its text and its names apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReleaseContent {
    /// The blocks of the text, without the names.
    pub text: Vec<String>,
    /// Where the names stand.
    pub names: Vec<NameRun>,
    /// The signatories as printed, in their order.
    pub signatories: Vec<Listed>,
}

impl ReleaseContent {
    /// Returns the short code that the document may print.
    pub fn code(&self) -> String {
        short_code(&self.hash())
    }

    /// Returns [`Manifest::content_hash`] of it.
    pub fn hash(&self) -> String {
        let manifest = Manifest {
            text: self.text.clone(),
            signatories: self.signatories.clone(),
            ..Manifest::default()
        };
        manifest.content_hash()
    }
}

/// Returns what a document says. It must not carry a verification note yet.
pub fn content(document: &Document, resolution: &Resolution, setting: &RollSetting) -> ReleaseContent {
    let signatories = listed(document, resolution, setting);
    let (text, names) = DocumentWalk::of(document);
    ReleaseContent {
        text,
        names,
        signatories,
    }
}

/// Returns the rolls that a document prints.
fn printed_rolls(document: &Document) -> impl Iterator<Item = &Roll> {
    document.parts.iter().filter_map(|part| match part {
        Part::Roll(roll) if !roll.is_empty() => Some(roll),
        _ => None,
    })
}

/// Returns the printed signatories. A document without a roll lists nobody.
fn listed(document: &Document, resolution: &Resolution, setting: &RollSetting) -> Vec<Listed> {
    let printed = printed_rolls(document).flat_map(|roll| &roll.sections);
    let entries = printed.flat_map(|section| {
        section
            .entries
            .iter()
            .map(move |entry| (section.heading.as_deref(), entry))
    });
    let order = roll::order(resolution, setting, &document.language);
    entries
        .filter_map(|(section, entry)| {
            let signatory = resolution.signatories.get(*order.get(entry.rank)?)?;
            let own = |cell: &Option<String>| cell.as_deref().unwrap_or_default().trim().to_owned();
            Some(Listed {
                name: entry.name.clone(),
                place: entry.place.clone().unwrap_or_default(),
                detail: entry.detail.clone().unwrap_or_default(),
                kind: signatory.kind.as_str().to_owned(),
                title: own(&signatory.title),
                affiliation: own(&signatory.affiliation),
                state: own(&signatory.state),
                district: districts(signatory),
                section: section.unwrap_or_default().to_owned(),
            })
        })
        .collect()
}

/// Returns the districts of a signatory in their short form; what is not understood is left out.
fn districts(signatory: &Signatory) -> String {
    let districts = districts::named(signatory.district.as_deref(), signatory.state.as_deref());
    let codes: Vec<String> = districts.iter().map(District::code).collect();
    codes.join(", ")
}

/// The walk over a document.
struct DocumentWalk<'a> {
    document: &'a Document,
    /// The text's blocks, without the names.
    text: Collector,
    names: Vec<NameRun>,
    /// True if the names of the rolls stand apart, each a block of its own.
    apart: bool,
}

impl<'a> DocumentWalk<'a> {
    /// Returns the blocks of a document's text, and where the names of its roll stand
    /// among them. Names in a running sentence are part of the text.
    fn of(document: &'a Document) -> (Vec<String>, Vec<NameRun>) {
        let mut words = Self {
            document,
            text: Collector::default(),
            names: Vec::new(),
            apart: printed_rolls(document).all(stands_apart),
        };
        words.document();
        (words.text.finish(), words.names)
    }

    /// Walks in the reading order of a page: letterhead, text, what stands below it.
    fn document(&mut self) {
        let document = self.document;
        let is_head = |part: &&Part| matches!(part, Part::Letterhead { .. });
        let is_foot = |part: &&Part| matches!(part, Part::Notes { .. });
        let is_last = |part: &&Part| matches!(part, Part::SenderFoot(_));
        let is_title = |part: &Part| matches!(part, Part::Subject { .. } | Part::Headline { .. } | Part::Cover { .. });
        if document.parts.iter().any(|part| is_head(&part)) {
            // The link past the letterhead has always been counted among the words; codes
            // that were published rest on it.
            self.block(&document.labels.skip);
        }
        document.parts.iter().filter(is_head).for_each(|part| self.part(part));
        let others: Vec<&str> = document.translations.iter().map(|other| other.label.as_str()).collect();
        self.block(&others.join(" · "));
        if !document.parts.iter().any(is_title) {
            self.block(&document.title);
        }
        let main = document
            .parts
            .iter()
            .filter(|part| !is_head(part) && !is_foot(part) && !is_last(part));
        main.for_each(|part| self.part(part));
        document.parts.iter().filter(is_foot).for_each(|part| self.part(part));
        if !document.footnotes.is_empty() {
            self.block(&document.labels.footnotes);
        }
        for footnote in &document.footnotes {
            self.blocks(footnote);
            self.text.end();
        }
        document.parts.iter().filter(is_last).for_each(|part| self.part(part));
    }

    fn part(&mut self, part: &'a Part) {
        match part {
            Part::SenderFoot(lines) => self.stack(lines),
            Part::Letterhead {
                name,
                lines,
                logos,
                board,
            } => {
                let shown = logos.iter().filter(|logo| logo.picture.is_some());
                shown.for_each(|logo| self.image(Some(logo)));
                self.line(name);
                self.stack(lines);
                board.iter().for_each(|line| self.line(line));
            }
            Part::Dateline(line)
            | Part::Via(line)
            | Part::Salutation(line)
            | Part::Closing(line)
            | Part::Release { line, .. } => self.line(line),
            Part::Addressees(blocks) => blocks.iter().for_each(|lines| self.stack(lines)),
            Part::Subject { label, content } => {
                self.text.text(label);
                self.text.text(" ");
                self.line(content);
            }
            Part::Body(blocks) | Part::Boilerplate(blocks) | Part::Appendix(blocks) => self.blocks(blocks),
            Part::Signatures(signatures) => signatures.iter().for_each(|signature| self.signature(signature)),
            Part::Contacts { label, contacts } => {
                self.block(label);
                contacts.iter().for_each(|lines| self.stack(lines));
            }
            Part::Headline {
                title,
                subtitle,
                picture,
            } => self.headline(title, subtitle.as_ref(), picture.as_ref()),
            Part::Cover {
                title,
                subtitle,
                picture,
                lines,
            } => {
                self.headline(title, subtitle.as_ref(), picture.as_ref());
                self.stack(lines);
            }
            Part::Contents { heading, entries } => {
                self.block(heading);
                entries.iter().for_each(|entry| self.line(&entry.title));
            }
            Part::Recipients { label, lines } => {
                self.block(label);
                self.stack(lines);
            }
            Part::Call(call) => self.call(call),
            Part::EndMark(mark) => self.block(mark),
            Part::Roll(roll) => self.roll(roll),
            Part::Notes { label, lines } => {
                self.block(label);
                lines.iter().for_each(|line| self.line(line));
            }
        }
        self.text.end();
    }

    /// A signature as a picture, and whose it is, in one block.
    fn signature(&mut self, signature: &Signature) {
        if let Some(image) = signature.image.as_ref().filter(|image| image.picture.is_some()) {
            self.text.text(&image.alt);
            self.text.text(" ");
        }
        self.stack(&signature.lines);
    }

    fn headline(&mut self, title: &Line, subtitle: Option<&Line>, picture: Option<&Image>) {
        self.image(picture);
        self.line(title);
        subtitle.into_iter().for_each(|line| self.line(line));
    }

    fn call(&mut self, call: &Call) {
        let lines = call.heading.iter().chain(&call.text).chain([&call.label]);
        lines.for_each(|line| self.line(line));
        // A code that is drawn says what the link says.
        let is_drawn = |code: &&Image| {
            let picture = code.picture.as_ref();
            picture.is_some_and(|picture| picture.format == PictureFormat::Svg)
        };
        self.image(call.code.as_ref().filter(|code| !is_drawn(code)));
    }

    fn roll(&mut self, roll: &'a Roll) {
        if roll.is_empty() && roll.heading.is_none() {
            return;
        }
        roll.heading.iter().for_each(|heading| self.line(heading));
        for section in &roll.sections {
            section.heading.iter().for_each(|heading| self.block(heading));
            self.section(section, roll);
        }
        roll.note.iter().for_each(|note| self.line(note));
    }

    fn section(&mut self, section: &RollSection, roll: &'a Roll) {
        if self.apart {
            self.names(section.entries.len());
            return;
        }
        match roll.style {
            RollStyle::Sentence => self.block(&section.sentence),
            RollStyle::Columns | RollStyle::List | RollStyle::Logos => {
                for entry in &section.entries {
                    self.text.text(&entry.with_place());
                    if let Some(detail) = &entry.detail {
                        self.text.text("\n");
                        self.text.text(detail);
                    }
                    self.text.end();
                }
            }
        }
    }

    /// Notes that names stand here.
    fn names(&mut self, count: usize) {
        let before = self.text.len();
        match self.names.last_mut() {
            Some(run) if run.before == before => run.count += count,
            _ if count == 0 => {}
            _ => self.names.push(NameRun { before, count }),
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        // What an author wrote as HTML is words as far as it is published; its elements
        // say where blocks end. One fragment may open what the next one closes.
        let raw = |block: &Block| matches!(block, Block::Html(_));
        for run in blocks.chunk_by(|a, b| raw(a) && raw(b)) {
            let mut html = String::new();
            for block in run {
                match block {
                    Block::Html(raw) => html += raw,
                    block => self.own_block(block),
                }
            }
            if !html.is_empty() {
                html_text::read(&sanitized(&html, HtmlContext::Blocks), &mut self.text);
            }
        }
    }

    fn own_block(&mut self, block: &Block) {
        self.text.end();
        match block {
            Block::KeyFigure { figure, caption } => {
                self.inlines(figure);
                self.text.text(" ");
                self.line(caption);
            }
            Block::Quotation { content, speaker } | Block::PullQuote { content, speaker } => {
                self.blocks(content);
                self.text.end();
                if !speaker.is_empty() {
                    self.text.text("— ");
                    self.line(speaker);
                }
            }
            Block::Code(text) => self.block(text),
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::List(_)
            | Block::Quote(_)
            | Block::Box { .. }
            | Block::Excerpt(_)
            | Block::Table(_)
            | Block::Captioned { .. }
            | Block::Passage { .. }
            | Block::Rule
            | Block::PageBreak
            | Block::Html(_) => {
                for part in block.parts() {
                    match part {
                        visit::BlockPart::Line(line) => self.line(line),
                        visit::BlockPart::Blocks(blocks) => self.blocks(blocks),
                    }
                    self.text.end();
                }
            }
        }
        self.text.end();
    }

    /// A line that is a block.
    fn line(&mut self, line: &[Inline]) {
        self.inlines(line);
        self.text.end();
    }

    /// Lines one below the other that are one block.
    fn stack(&mut self, lines: &[Line]) {
        for line in lines {
            self.inlines(line);
            self.text.text(" ");
        }
        self.text.end();
    }

    fn inlines(&mut self, line: &[Inline]) {
        for inline in line {
            let text = &mut self.text;
            match inline {
                Inline::Text(words) => text.text(words),
                Inline::Code(words) => text.text(words),
                Inline::Styled(style, inner) => text.text(&style.plain(&plain(inner))),
                Inline::Image(image) => text.text(&image.alt),
                Inline::FootnoteMark(at) if *at < self.document.footnotes.len() => text.text(&(at + 1).to_string()),
                Inline::Break => text.text(" "),
                Inline::Html(raw) => html_text::read(&sanitized(raw, HtmlContext::Line), text),
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Strikethrough(inner)
                | Inline::Link { content: inner, .. }
                | Inline::Passage { content: inner, .. } => self.inlines(inner),
                // Composing leaves no fields.
                Inline::FootnoteMark(_) | Inline::Field(_) => {}
            }
        }
    }

    /// A text that is a block.
    fn block(&mut self, text: &str) {
        self.text.text(text);
        self.text.end();
    }

    /// The words of a picture that stands alone.
    fn image(&mut self, image: Option<&Image>) {
        image.into_iter().for_each(|image| self.block(&image.alt));
    }
}

/// Returns true if each name of a roll is a block of its own. A sentence of one name is
/// that name.
fn stands_apart(roll: &Roll) -> bool {
    roll.style != RollStyle::Sentence || roll.sections.iter().all(|section| section.entries.len() == 1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::compose::document::{ContentsEntry, Translation};
    use crate::emit::html::html;
    use crate::emit::tests::{everything, image};
    use crate::engine::{LetterInput, Paths, Workspace};
    use crate::files::{DiskFiles, Files};
    use crate::testing::{document, heading, origin, paragraph, roll, text};
    use std::path::Path;
    use std::sync::Arc;

    /// Returns all that a document says, with the names of its roll in their places.
    fn said(document: &Document) -> Vec<String> {
        let (mut blocks, names) = DocumentWalk::of(document);
        let entries = printed_rolls(document).flat_map(|roll| &roll.sections);
        let mut printed = entries
            .flat_map(|section| &section.entries)
            .map(|entry| match &entry.detail {
                Some(detail) => format!("{} {detail}", entry.with_place()),
                None => entry.with_place(),
            });
        let mut added = 0;
        for run in names {
            let run_of: Vec<String> = printed.by_ref().take(run.count).collect();
            let at = run.before + added;
            added += run_of.len();
            blocks.splice(at..at, run_of);
        }
        blocks
    }

    /// Holds what a document says against what its page says.
    fn check(document: &Document) {
        let mut page = Collector::default();
        html_text::read(&html(document), &mut page);
        assert_eq!(said(document), page.finish());
    }

    #[test]
    fn a_page_says_what_its_document_says() {
        check(&everything());
        for kind in [PictureFormat::Svg, PictureFormat::Png] {
            let lines = || {
                vec![
                    text("One"),
                    vec![Inline::Strong(text("Two")), Inline::Break, Inline::FootnoteMark(0)],
                ]
            };
            let picture = || Some(image(kind, "A picture"));
            let mut document = document(
                vec![
                    Part::Contacts {
                        label: "Media contact:".into(),
                        contacts: vec![lines(), lines()],
                    },
                    Part::Release {
                        line: text("FOR IMMEDIATE RELEASE"),
                        embargoed: false,
                    },
                    Part::Headline {
                        title: text("A headline"),
                        subtitle: Some(text("And more")),
                        picture: picture(),
                    },
                    Part::Cover {
                        title: text("A title"),
                        subtitle: None,
                        picture: None,
                        lines: lines(),
                    },
                    Part::Contents {
                        heading: "Contents".into(),
                        entries: vec![ContentsEntry {
                            level: 1,
                            title: text("A part"),
                            heading: Some(origin()),
                        }],
                    },
                    Part::Body(vec![
                        heading(1, "A part"),
                        Block::KeyFigure {
                            figure: text("26,248"),
                            caption: text("people"),
                        },
                        Block::Quotation {
                            content: vec![paragraph("A word."), paragraph("Another.")],
                            speaker: text("Ana Ruiz"),
                        },
                        Block::Box {
                            title: Vec::new(),
                            content: vec![Block::Passage {
                                language: "es".into(),
                                blocks: vec![paragraph("Hogar")],
                            }],
                        },
                    ]),
                    Part::Recipients {
                        label: "To:".into(),
                        lines: lines(),
                    },
                    Part::Call(Call {
                        heading: Some(text("Act")),
                        text: None,
                        to: "https://example.org".into(),
                        label: text("Sign"),
                        origin: origin(),
                        code: picture(),
                    }),
                    Part::Signatures(vec![
                        Signature {
                            image: picture(),
                            lines: lines(),
                        },
                        Signature {
                            image: None,
                            lines: lines(),
                        },
                    ]),
                    Part::Boilerplate(vec![paragraph("About")]),
                    Part::EndMark("###".into()),
                    Part::Appendix(vec![paragraph("Appended")]),
                ],
                vec![vec![
                    paragraph("A note."),
                    Block::Paragraph(vec![Inline::FootnoteMark(0)]),
                ]],
            );
            document.translations = ["es", "fr"]
                .map(|language| Translation {
                    language: language.into(),
                    path: "a.html".into(),
                    label: format!("Read {language}"),
                })
                .to_vec();
            check(&document);
        }
    }

    #[test]
    fn html_of_an_author_is_words_as_far_as_it_is_published() {
        let raw = |html: &str| Block::Html(html.into());
        let body = |blocks| document(vec![Part::Body(blocks)], Vec::new());
        check(&body(vec![
            paragraph("before"),
            raw("<details><summary>More</summary>\n"),
            paragraph("within"),
            raw("</details>\n"),
            raw("<div>one <b>\n"),
            raw("two</b><script>x</script><svg><text>three</text></svg></div>"),
            Block::List(crate::model::text::List {
                numbering: None,
                tight: true,
                items: vec![vec![paragraph("item"), raw("<p>of two")], vec![paragraph("next")]],
            }),
            Block::Paragraph(vec![
                Inline::Html("<u>".into()),
                Inline::Text("line".into()),
                Inline::Html("<br>".into()),
                Inline::Text("two".into()),
                Inline::Html("</u>".into()),
                Inline::Html("<!-- x -->".into()),
            ]),
        ]));
    }

    #[test]
    fn the_names_are_the_rolls_own() {
        let check = |document: &Document, text: &[&str], expected: &[NameRun]| {
            let (blocks, names) = DocumentWalk::of(document);
            assert_eq!(
                (blocks[1..].to_vec(), names),
                (text.iter().map(ToString::to_string).collect(), expected.to_vec())
            );
        };
        let names = |before, count| NameRun { before, count };
        let mut divided = roll(&["Alpha", "Beta"]);
        divided.sections.push(divided.sections[0].clone());
        divided.sections[1].heading = Some("Others".into());
        // A name that stands elsewhere, too, is text there.
        let notes = Part::Notes {
            label: "cc:".into(),
            lines: vec![text("Alpha")],
        };
        let parts = vec![Part::Via(text("Alpha")), Part::Roll(divided), notes.clone()];
        check(
            &document(parts, Vec::new()),
            &["Alpha", "Others", "cc:", "Alpha"],
            &[names(2, 2), names(3, 2)],
        );
        let mut sentence = roll(&["Alpha", "Beta"]);
        sentence.style = RollStyle::Sentence;
        sentence.sections[0].sentence = "Alpha and Beta".into();
        check(
            &document(vec![Part::Roll(sentence.clone())], Vec::new()),
            &["Alpha and Beta"],
            &[],
        );
        sentence.sections[0].entries.truncate(1);
        sentence.sections[0].sentence = "Alpha".into();
        check(
            &document(vec![Part::Roll(sentence), notes], Vec::new()),
            &["cc:", "Alpha"],
            &[names(1, 1)],
        );
    }

    #[test]
    fn the_samples_say_what_their_pages_say() {
        let files: Arc<dyn Files> = Arc::new(DiskFiles);
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut seen = 0;
        for folder in ["letters", "examples/mail-merge/letters"] {
            let folder = root.join(folder);
            let workspace = Workspace::open(&files, &Paths::new(root), &folder).unwrap();
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "md") {
                    let prepared = workspace.prepare(LetterInput::File(path), None, &|_| {}).unwrap();
                    check(prepared.composed.specimen());
                    seen += 1;
                }
            }
        }
        assert!(seen > 5, "only {seen} samples were read");
    }
}
