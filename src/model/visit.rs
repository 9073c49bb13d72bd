//! Walks through blocks, lines and letters.
//!
//! In: blocks, lines, a letter. Out: every block, every inline, every text and every
//! picture in them, in reading order. Guaranteed: nothing is passed over; a new
//! variant or field does not compile until it has its place here. Absent: what is
//! done with them.

use super::letter::{Addressee, CallSetting, KindKeys, Letter, Letterhead, PressContact, PressMedia, SignatureSetting};
use super::placed_text::PlacedText;
use super::text::{Block, Image, Inline, Line, Table};

/// A part of a block.
#[derive(Clone, Copy, Debug)]
pub enum BlockPart<'a> {
    /// A line of text.
    Line(&'a Line),
    /// Blocks within it.
    Blocks(&'a [Block]),
}

/// A part of a block, to be changed.
#[derive(Debug)]
pub enum BlockPartMut<'a> {
    /// A line of text.
    Line(&'a mut Line),
    /// Blocks within it.
    Blocks(&'a mut Vec<Block>),
}

impl Block {
    /// Returns the lines and blocks that a block is made of, in reading order.
    pub fn parts(&self) -> Vec<BlockPart<'_>> {
        match self {
            Self::Heading { content, .. } | Self::Paragraph(content) => vec![BlockPart::Line(content)],
            Self::List(list) => list.items.iter().map(|item| BlockPart::Blocks(item)).collect(),
            Self::Quote(blocks) | Self::Passage { blocks, .. } => vec![BlockPart::Blocks(blocks)],
            Self::Quotation { content, speaker } | Self::PullQuote { content, speaker } => {
                vec![BlockPart::Blocks(content), BlockPart::Line(speaker)]
            }
            Self::Captioned { content, caption } if is_table(content) => {
                vec![BlockPart::Line(caption), BlockPart::Blocks(content)]
            }
            Self::Captioned { content, caption } => vec![BlockPart::Blocks(content), BlockPart::Line(caption)],
            Self::Box { title, content } => vec![BlockPart::Line(title), BlockPart::Blocks(content)],
            Self::KeyFigure { figure, caption } => vec![BlockPart::Line(figure), BlockPart::Line(caption)],
            Self::Excerpt(excerpt) => vec![BlockPart::Line(&excerpt.speaker)],
            Self::Table(Table { head, rows, .. }) => {
                head.iter().chain(rows.iter().flatten()).map(BlockPart::Line).collect()
            }
            Self::Code(_) | Self::Rule | Self::PageBreak | Self::Html(_) => Vec::new(),
        }
    }

    /// Returns the lines and blocks that a block is made of, to be changed.
    pub fn parts_mut(&mut self) -> Vec<BlockPartMut<'_>> {
        match self {
            Self::Heading { content, .. } | Self::Paragraph(content) => vec![BlockPartMut::Line(content)],
            Self::List(list) => list.items.iter_mut().map(BlockPartMut::Blocks).collect(),
            Self::Quote(blocks) | Self::Passage { blocks, .. } => vec![BlockPartMut::Blocks(blocks)],
            Self::Quotation { content, speaker } | Self::PullQuote { content, speaker } => {
                vec![BlockPartMut::Blocks(content), BlockPartMut::Line(speaker)]
            }
            Self::Captioned { content, caption } => {
                let is_table = is_table(content);
                let (content, caption) = (BlockPartMut::Blocks(content), BlockPartMut::Line(caption));
                if is_table {
                    vec![caption, content]
                } else {
                    vec![content, caption]
                }
            }
            Self::Box { title, content } => vec![BlockPartMut::Line(title), BlockPartMut::Blocks(content)],
            Self::KeyFigure { figure, caption } => vec![BlockPartMut::Line(figure), BlockPartMut::Line(caption)],
            Self::Excerpt(excerpt) => vec![BlockPartMut::Line(&mut excerpt.speaker)],
            Self::Table(Table { head, rows, .. }) => head
                .iter_mut()
                .chain(rows.iter_mut().flatten())
                .map(BlockPartMut::Line)
                .collect(),
            Self::Code(_) | Self::Rule | Self::PageBreak | Self::Html(_) => Vec::new(),
        }
    }
}

/// Returns whether a caption stands above what it is of.
fn is_table(content: &[Block]) -> bool {
    matches!(content, [Block::Table(_)])
}

impl Inline {
    /// Returns the line within an inline, if it has one.
    pub fn content(&self) -> Option<&Line> {
        match self {
            Self::Emphasis(content)
            | Self::Strong(content)
            | Self::Strikethrough(content)
            | Self::Styled(_, content)
            | Self::Link { content, .. }
            | Self::Passage { content, .. } => Some(content),
            Self::Text(_)
            | Self::Field(_)
            | Self::Code(_)
            | Self::Image(_)
            | Self::FootnoteMark(_)
            | Self::Break
            | Self::Html(_) => None,
        }
    }

    /// Returns the line within an inline, to be changed.
    pub fn content_mut(&mut self) -> Option<&mut Line> {
        match self {
            Self::Emphasis(content)
            | Self::Strong(content)
            | Self::Strikethrough(content)
            | Self::Styled(_, content)
            | Self::Link { content, .. }
            | Self::Passage { content, .. } => Some(content),
            Self::Text(_)
            | Self::Field(_)
            | Self::Code(_)
            | Self::Image(_)
            | Self::FootnoteMark(_)
            | Self::Break
            | Self::Html(_) => None,
        }
    }
}

/// Visits each inline of a line, those within others after them.
pub fn inlines_of_line<'a>(line: &'a [Inline], see: &mut dyn FnMut(&'a Inline)) {
    for inline in line {
        see(inline);
        if let Some(content) = inline.content() {
            inlines_of_line(content, see);
        }
    }
}

/// Visits each inline of blocks.
pub fn inlines<'a>(blocks: &'a [Block], see: &mut dyn FnMut(&'a Inline)) {
    for part in blocks.iter().flat_map(Block::parts) {
        match part {
            BlockPart::Line(line) => inlines_of_line(line, see),
            BlockPart::Blocks(blocks) => inlines(blocks, see),
        }
    }
}

/// Visits each inline of a line, to change it; those within others after them.
pub fn inlines_of_line_mut(line: &mut [Inline], see: &mut dyn FnMut(&mut Inline)) {
    for inline in line {
        see(inline);
        if let Some(content) = inline.content_mut() {
            inlines_of_line_mut(content, see);
        }
    }
}

/// Visits each inline of blocks, to change it.
pub fn inlines_mut(blocks: &mut [Block], see: &mut dyn FnMut(&mut Inline)) {
    for part in blocks.iter_mut().flat_map(Block::parts_mut) {
        match part {
            BlockPartMut::Line(line) => inlines_of_line_mut(line, see),
            BlockPartMut::Blocks(blocks) => inlines_mut(blocks, see),
        }
    }
}

/// Visits each block, those within others after them.
pub fn blocks<'a>(within: &'a [Block], see: &mut dyn FnMut(&'a Block)) {
    for block in within {
        see(block);
        for part in block.parts() {
            if let BlockPart::Blocks(inner) = part {
                blocks(inner, see);
            }
        }
    }
}

/// Visits each block, to change it; those within others before them.
pub fn blocks_mut(within: &mut [Block], see: &mut dyn FnMut(&mut Block)) {
    for block in within {
        for part in block.parts_mut() {
            if let BlockPartMut::Blocks(inner) = part {
                blocks_mut(inner, see);
            }
        }
        see(block);
    }
}

/// Visits each line of text in blocks.
pub fn lines<'a>(within: &'a [Block], see: &mut dyn FnMut(&'a Line)) {
    for part in within.iter().flat_map(Block::parts) {
        match part {
            BlockPart::Line(line) => see(line),
            BlockPart::Blocks(inner) => lines(inner, see),
        }
    }
}

/// Visits each line of text in blocks, to change it.
pub fn lines_mut(within: &mut [Block], see: &mut dyn FnMut(&mut Line)) {
    for part in within.iter_mut().flat_map(Block::parts_mut) {
        match part {
            BlockPartMut::Line(line) => see(line),
            BlockPartMut::Blocks(inner) => lines_mut(inner, see),
        }
    }
}

/// A text of a letter, or a picture beside its texts.
#[derive(Clone, Debug)]
pub enum LetterPart<'a> {
    /// A value of the front matter, or of undersigned.toml, with the path of its key:
    /// `title`, `to.0.name`.
    Key(String, &'a Line),
    /// A value that is no Markdown, with the path of its key.
    Plain(String, &'a PlacedText),
    /// A picture that a key names.
    Picture(&'static str, &'a Image),
    /// The text.
    Body(&'a [Block]),
    /// What is appended.
    Appendix(&'a [Block]),
    /// A footnote.
    Footnote(&'a [Block]),
    /// What shared files say about the sender.
    Boilerplate(&'a [Block]),
}

impl<'a> LetterPart<'a> {
    /// Visits each inline of a part.
    fn inlines(&self, see: &mut dyn FnMut(&'a Inline)) {
        match *self {
            Self::Key(_, line) => inlines_of_line(line, see),
            Self::Plain(..) | Self::Picture(..) => {}
            Self::Body(within) | Self::Appendix(within) | Self::Footnote(within) | Self::Boilerplate(within) => {
                inlines(within, see);
            }
        }
    }

    /// Returns the blocks of a part, if it is made of blocks.
    pub fn blocks(&self) -> Option<&'a [Block]> {
        match *self {
            Self::Key(..) | Self::Plain(..) | Self::Picture(..) => None,
            Self::Body(within) | Self::Appendix(within) | Self::Footnote(within) | Self::Boilerplate(within) => {
                Some(within)
            }
        }
    }
}

impl Letter {
    /// Returns every text and picture of a letter, whatever its kind prints of them.
    pub fn parts(&self) -> Vec<LetterPart<'_>> {
        let Self {
            title,
            subject,
            via,
            salutation,
            closing,
            signatures,
            cc,
            enclosures,
            letterhead,
            to,
            roll,
            kind_keys,
            envelope,
            body,
            appendices,
            footnotes,
            file: _,
            kind: _,
            date: _,
            language: _,
            deadline: _,
            signatories: _,
            merge: _,
            page: _,
            style: _,
            release: _,
            columns: _,
            labels: _,
            draft_comments: _,
            markup: _,
        } = self;
        let mut parts = vec![LetterPart::Key("title".to_owned(), title)];
        keys(
            &mut parts,
            "",
            [
                ("subject", subject),
                ("via", via),
                ("salutation", salutation),
                ("closing", closing),
            ],
        );
        if let Some(subject) = &envelope.subject {
            parts.push(LetterPart::Plain("email.subject".to_owned(), subject));
        }
        parts_of_letterhead(&mut parts, letterhead.as_ref());
        for (at, addressee) in to.iter().enumerate() {
            let Addressee {
                name,
                title,
                organization,
                address,
            } = addressee;
            keys(
                &mut parts,
                &format!("to.{at}."),
                [("name", name), ("title", title), ("organization", organization)],
            );
            numbered(&mut parts, &format!("to.{at}.address"), address);
        }
        parts_of_kinds(&mut parts, kind_keys);
        parts.push(LetterPart::Body(body));
        for (at, signature) in signatures.iter().enumerate() {
            let SignatureSetting {
                name,
                title,
                organization,
                image,
            } = signature;
            keys(
                &mut parts,
                &format!("signatures.{at}."),
                [("name", name), ("title", title), ("organization", organization)],
            );
            parts.extend(image.iter().map(|image| LetterPart::Picture("signature", image)));
        }
        keys(&mut parts, "roll.", [("heading", &roll.heading)]);
        for (at, one) in roll.rolls.iter().enumerate() {
            keys(&mut parts, &format!("rolls.{at}."), [("heading", &one.setting.heading)]);
        }
        numbered(&mut parts, "cc", cc);
        numbered(&mut parts, "enclosures", enclosures);
        parts.extend(appendices.iter().map(|blocks| LetterPart::Appendix(blocks)));
        parts.extend(footnotes.iter().map(|blocks| LetterPart::Footnote(blocks)));
        parts
    }

    /// Returns every picture that a letter shows, wherever it is named.
    pub fn images<'a>(&'a self) -> Vec<&'a Image> {
        let mut images: Vec<&'a Image> = Vec::new();
        for part in self.parts() {
            if let LetterPart::Picture(_, image) = part {
                images.push(image);
            }
            part.inlines(&mut |inline: &'a Inline| {
                if let Inline::Image(image) = inline {
                    images.push(image);
                }
            });
        }
        images
    }

    /// Returns every run of blocks of a letter, to be changed: body, appendices,
    /// footnotes, boilerplate.
    pub fn blocks_mut(&mut self) -> Vec<&mut Vec<Block>> {
        let mut all = vec![&mut self.body];
        all.extend(&mut self.appendices);
        all.extend(&mut self.footnotes);
        all.push(&mut self.kind_keys.boilerplate);
        all
    }
}

fn parts_of_letterhead<'a>(parts: &mut Vec<LetterPart<'a>>, letterhead: Option<&'a Letterhead>) {
    let Some(Letterhead {
        name,
        lines,
        board,
        footer,
        logos,
    }) = letterhead
    else {
        return;
    };
    parts.push(LetterPart::Key("letterhead.name".to_owned(), name));
    numbered(parts, "letterhead.lines", lines);
    numbered(parts, "letterhead.board", board);
    numbered(parts, "letterhead.footer", footer);
    parts.extend(logos.iter().map(|logo| LetterPart::Picture("logo", logo)));
}

fn parts_of_kinds<'a>(parts: &mut Vec<LetterPart<'a>>, kind_keys: &'a KindKeys) {
    let KindKeys {
        subtitle,
        picture,
        place,
        contacts,
        media,
        boilerplate,
        slug,
        call,
        logos,
        embargo: _,
        letter: _,
        end_mark: _,
        translations: _,
        address: _,
        quotations: _,
    } = kind_keys;
    keys(parts, "", [("subtitle", subtitle), ("place", place), ("slug", slug)]);
    parts.extend(picture.iter().map(|picture| LetterPart::Picture("picture", picture)));
    for (at, contact) in contacts.iter().enumerate() {
        let PressContact {
            name,
            title,
            organization,
            email: _,
            phone: _,
        } = contact;
        keys(
            parts,
            &format!("contact.{at}."),
            [("name", name), ("title", title), ("organization", organization)],
        );
    }
    for (at, one) in media.iter().enumerate() {
        let PressMedia {
            file,
            caption,
            credit,
            kind: _,
            link: _,
        } = one;
        parts.extend(file.iter().map(|image| LetterPart::Picture("media", image)));
        keys(
            parts,
            &format!("media.{at}."),
            [("caption", caption), ("credit", credit)],
        );
    }
    if let Some(CallSetting {
        heading,
        text,
        label,
        link: _,
        code: _,
    }) = call
    {
        keys(parts, "call.", [("heading", heading), ("text", text), ("label", label)]);
    }
    parts.extend(logos.iter().map(|logo| LetterPart::Picture("logos", &logo.image)));
    parts.push(LetterPart::Boilerplate(boilerplate));
}

fn keys<'a, const N: usize>(parts: &mut Vec<LetterPart<'a>>, before: &str, lines: [(&str, &'a Option<Line>); N]) {
    for (key, line) in lines {
        if let Some(line) = line {
            parts.push(LetterPart::Key(format!("{before}{key}"), line));
        }
    }
}

fn numbered<'a>(parts: &mut Vec<LetterPart<'a>>, key: &str, lines: &'a [Line]) {
    for (at, line) in lines.iter().enumerate() {
        parts.push(LetterPart::Key(format!("{key}.{at}"), line));
    }
}
