//! A paragraph of a Word file.
//!
//! In: a `w:p` element. Out: its words with their looks, and what its properties say.
//! Guaranteed: words of tracked changes are there or not as was decided; words of comments
//! never are. Absent: lists and other blocks of several paragraphs.

use super::super::spans::{Atom, Looks, Span, words};
use super::super::xml::Element;
use super::state::{CommentPlace, NoteKind, NoteMark, OpenField, State, words_of};
use super::styles::{self, ParagraphKind};
use crate::model::draft::{ChangeKind, DraftRole};
use crate::model::text::Image;
use crate::source::Origin;

/// A paragraph with what its properties say.
#[derive(Default)]
pub(super) struct Paragraph<'a> {
    pub(super) spans: Vec<Span>,
    pub(super) kind: ParagraphKind,
    pub(super) role: Option<DraftRole>,
    /// The numbering and its level.
    pub(super) number: Option<(String, usize)>,
    /// The indents, in twentieths of a point.
    pub(super) left: i64,
    pub(super) right: i64,
    pub(super) align: Option<String>,
    pub(super) new_page: bool,
    /// True if a line is drawn below it.
    pub(super) is_ruled: bool,
    /// True if it goes on in the next one: its end was taken away.
    pub(super) goes_on: bool,
    /// The text boxes that hang on it.
    pub(super) boxes: Vec<&'a Element>,
}

/// What is the same for all runs of a paragraph.
struct Runs<'a, 'b> {
    paragraph: &'b mut Paragraph<'a>,
    /// The properties of words of the paragraph's style.
    of_style: Vec<&'b Element>,
}

/// The tag of a content control that holds the value of a field.
const FIELD_TAG: &str = "undersigned:";

/// Reads a paragraph.
pub(super) fn read<'a>(element: &'a Element, state: &mut State<'_>) -> Paragraph<'a> {
    if !words_of(element).trim().is_empty() || element.find("drawing").is_some() {
        state.paragraph += 1;
    }
    let mut paragraph = Paragraph::default();
    let of_style = properties(element.child("pPr"), &mut paragraph, state);
    let mut runs = Runs {
        paragraph: &mut paragraph,
        of_style,
    };
    runs.children(element, state, None);
    paragraph
}

/// Reads the properties of a paragraph, and returns those of the words of its style.
fn properties<'s>(own: Option<&Element>, paragraph: &mut Paragraph<'_>, state: &mut State<'s>) -> Vec<&'s Element> {
    let before = own.and_then(|own| own.child("pPrChange"));
    let own = match (own, before) {
        (Some(own), Some(change)) => match state.change(change, ChangeKind::Formatted, "the look of the paragraph") {
            true => Some(own),
            false => change.child("pPr"),
        },
        (own, _) => own,
    };
    if let Some(mark) = own.and_then(|own| own.child("rPr")) {
        if let Some(change) = mark.child("ins") {
            paragraph.goes_on |= !state.change(change, ChangeKind::Inserted, "¶");
        }
        if let Some(change) = mark.child("del") {
            paragraph.goes_on |= state.change(change, ChangeKind::Deleted, "¶");
        }
    }
    let styles = state.styles;
    let style = styles.get(own.and_then(|own| own.value("pStyle")));
    let mut of_style = Vec::new();
    if let Some(style) = style {
        paragraph.kind = style.kind;
        paragraph.role = style.role;
        paragraph.number = style.number.clone();
        paragraph.left = style.left.unwrap_or(0);
        paragraph.right = style.right.unwrap_or(0);
        // The looks of a heading say that it is one.
        if style.kind == ParagraphKind::Plain && style.role.is_none() {
            of_style = styles.properties(style).collect();
        }
    }
    let Some(own) = own else { return of_style };
    if let Some(level) = styles::outline_level(own) {
        paragraph.kind = ParagraphKind::Heading(level.min(6));
    }
    paragraph.number = styles::number(own).or_else(|| paragraph.number.take());
    paragraph.number.take_if(|(id, _)| id == "0");
    let (left, right) = styles::indents(own);
    paragraph.left = left.unwrap_or(paragraph.left);
    paragraph.right = right.unwrap_or(paragraph.right);
    paragraph.align = own.value("jc").map(str::to_owned);
    paragraph.new_page = own.switch("pageBreakBefore") == Some(true);
    paragraph.is_ruled = own.at(&["pBdr", "bottom"]).is_some();
    of_style
}

impl<'a> Runs<'a, '_> {
    fn children(&mut self, element: &'a Element, state: &mut State<'_>, link: Option<&str>) {
        for child in element.elements() {
            self.child(child, state, link);
        }
    }

    fn child(&mut self, element: &'a Element, state: &mut State<'_>, link: Option<&str>) {
        match element.name.as_str() {
            "r" => self.run(element, state, link),
            "ins" | "moveTo" => self.changed(element, ChangeKind::Inserted, state, link),
            "del" | "moveFrom" => self.changed(element, ChangeKind::Deleted, state, link),
            "hyperlink" => {
                let id = element.attribute("id");
                let relation = id.and_then(|id| state.relations.get(id)).filter(|link| link.is_outside);
                let to = relation.map(|relation| match element.attribute("anchor") {
                    Some(anchor) => format!("{}#{anchor}", relation.target),
                    None => relation.target.clone(),
                });
                self.children(element, state, to.as_deref().or(link));
            }
            "sdt" => self.control(element, state, link),
            "smartTag" | "customXml" | "dir" | "bdo" | "fldSimple" | "ruby" | "rubyBase" => {
                let instruction = element.attribute("instr").unwrap_or_default();
                let to = field_link(instruction);
                if element.name == "fldSimple" {
                    tell_field(instruction, state);
                }
                self.children(element, state, to.as_deref().or(link));
            }
            "oMath" | "oMathPara" => {
                state.remark("a formula is kept as its characters");
                self.push(Atom::Text(words_of(element)), Looks::default(), state);
            }
            "commentRangeStart" | "commentRangeEnd" => comment_range(element, state),
            "AlternateContent" => {
                let choice = element.child("Choice").or_else(|| element.child("Fallback"));
                if let Some(choice) = choice {
                    self.children(choice, state, link);
                }
            }
            _ => {}
        }
    }

    /// Reads words that were added or taken away.
    fn changed(&mut self, element: &'a Element, kind: ChangeKind, state: &mut State<'_>, link: Option<&str>) {
        let accepted = state.change(element, kind, &words_of(element));
        let is_left_out = accepted != (kind == ChangeKind::Inserted);
        state.hidden += usize::from(is_left_out);
        self.children(element, state, link);
        state.hidden -= usize::from(is_left_out);
    }

    /// Reads a content control: one of ours is a field, another the words within.
    fn control(&mut self, element: &'a Element, state: &mut State<'_>, link: Option<&str>) {
        let Some(content) = element.child("sdtContent") else {
            return;
        };
        let tag = element.child("sdtPr").and_then(|properties| properties.value("tag"));
        let Some(expression) = tag.and_then(|tag| tag.strip_prefix(FIELD_TAG)) else {
            return self.children(content, state, link);
        };
        let before = self.paragraph.spans.len();
        self.children(content, state, link);
        let value = self.paragraph.spans.split_off(before);
        if let Some(first) = value.iter().find(|span| !span.is_blank()) {
            self.paragraph.spans.push(Span {
                atom: Atom::Field(expression.to_owned()),
                looks: first.looks.clone(),
            });
            let value = words(&value);
            state.remark(format!("“{}” is the field `{expression}`", value.trim()));
        }
    }

    fn run(&mut self, run: &'a Element, state: &mut State<'_>, link: Option<&str>) {
        let mut own = run.child("rPr");
        if let Some(change) = own.and_then(|own| own.child("rPrChange"))
            && !state.change(change, ChangeKind::Formatted, &words_of(run))
        {
            own = change.child("rPr");
        }
        if own.and_then(|own| own.switch("vanish")) == Some(true) {
            let hidden = words_of(run);
            if !hidden.trim().is_empty() {
                state.remark(format!("hidden words are left out: “{}”", hidden.trim()));
            }
            return;
        }
        let mut looks = state.looks(own, &self.of_style);
        let of_field = state.fields.iter().rev().find_map(|field| field.link.clone());
        looks.link = of_field.or_else(|| link.map(str::to_owned));
        if state.styles.is_own && own.and_then(|own| own.value("rStyle")) == Some("FootnoteReference") {
            return self.later_mark(run, &looks, state);
        }
        self.pieces(run, &looks, state);
    }

    /// Reads a mark of a footnote in a file of ours: the note itself, the number of one that
    /// has its mark elsewhere, or a comma between two.
    fn later_mark(&mut self, run: &'a Element, looks: &Looks, state: &mut State<'_>) {
        let number = run.child("t").map(Element::text).unwrap_or_default();
        match number.parse::<usize>() {
            Ok(_) => self.note(&number, NoteKind::Footnote, looks, state),
            Err(_) if number == "," => {}
            Err(_) => self.pieces(run, looks, state),
        }
    }

    fn pieces(&mut self, run: &'a Element, looks: &Looks, state: &mut State<'_>) {
        for piece in run.elements() {
            match piece.name.as_str() {
                "t" | "delText" => {
                    let text = match state.styles.is_own {
                        true => without_marks(&piece.text()),
                        false => piece.text(),
                    };
                    self.push(Atom::Text(text), looks.clone(), state);
                }
                "tab" | "ptab" => self.push(Atom::Text("\t".to_owned()), looks.clone(), state),
                "noBreakHyphen" => self.push(Atom::Text("\u{2011}".to_owned()), looks.clone(), state),
                "br" if piece.attribute("type") == Some("page") => {
                    // Before the words, it begins a page; after them, the next paragraph does.
                    self.paragraph.new_page |= self.paragraph.spans.iter().all(Span::is_blank);
                }
                "br" if piece.attribute("type") == Some("column") => {}
                "br" | "cr" => self.push(Atom::Break, looks.clone(), state),
                "sym" => self.symbol(piece, looks, state),
                "footnoteReference" => self.note(note_id(piece), NoteKind::Footnote, looks, state),
                "endnoteReference" => self.note(note_id(piece), NoteKind::Endnote, looks, state),
                "commentReference" => comment_mark(piece, state),
                "fldChar" => field_mark(piece, state),
                "instrText" => {
                    if let Some(field) = state.fields.last_mut().filter(|field| !field.in_result) {
                        field.instruction.push_str(&piece.text());
                    }
                }
                "drawing" | "pict" | "object" => self.drawing(piece, state),
                "AlternateContent" => {
                    let choice = piece.child("Choice").or_else(|| piece.child("Fallback"));
                    if let Some(choice) = choice {
                        self.pieces(choice, looks, state);
                    }
                }
                "ruby" => {
                    let base = piece.child("rubyBase").map(words_of).unwrap_or_default();
                    self.push(Atom::Text(base), looks.clone(), state);
                }
                _ => {}
            }
        }
    }

    fn push(&mut self, atom: Atom, looks: Looks, state: &mut State<'_>) {
        if state.is_hidden() {
            return;
        }
        match &atom {
            Atom::Text(text) if text.is_empty() => return,
            Atom::Text(text) => state.commented(text),
            Atom::Break => state.commented(" "),
            _ => {}
        }
        self.paragraph.spans.push(Span { atom, looks });
    }

    fn symbol(&mut self, piece: &Element, looks: &Looks, state: &mut State<'_>) {
        let code = piece
            .attribute("char")
            .and_then(|code| u32::from_str_radix(code, 16).ok());
        let c = code
            .and_then(char::from_u32)
            .filter(|c| !matches!(c, '\u{e000}'..='\u{f8ff}'));
        if c.is_none() {
            let font = piece.attribute("font").unwrap_or("a font of symbols");
            state.remark(format!("a sign of {font} has no character; ▪ stands for it"));
        }
        self.push(Atom::Text(c.unwrap_or('▪').to_string()), looks.clone(), state);
    }

    fn note(&mut self, id: &str, kind: NoteKind, looks: &Looks, state: &mut State<'_>) {
        if state.is_hidden() {
            return;
        }
        let same = |mark: &NoteMark| mark.kind == kind && mark.id == id;
        let number = state.notes.iter().position(same).unwrap_or_else(|| {
            state.notes.push(NoteMark {
                kind,
                id: id.to_owned(),
                paragraph: state.paragraph,
            });
            state.notes.len() - 1
        });
        let looks = Looks {
            link: looks.link.clone(),
            ..Looks::default()
        };
        self.push(Atom::FootnoteMark(number), looks, state);
    }

    /// Reads a drawing: a picture, a text box, or both.
    fn drawing(&mut self, element: &'a Element, state: &mut State<'_>) {
        if let Some(text) = element.find("txbxContent") {
            if !state.is_hidden() {
                self.paragraph.boxes.push(text);
            }
            return;
        }
        let named = element.find("docPr").or_else(|| element.find("shape"));
        let alt = named.and_then(|named| ["descr", "alt", "title"].iter().find_map(|name| named.attribute(name)));
        let alt = alt.unwrap_or_default().trim().to_owned();
        let picture = element
            .find("blip")
            .map(|blip| (blip.attribute("embed"), blip.attribute("link")));
        let picture = picture.or_else(|| element.find("imagedata").map(|data| (data.attribute("id"), None)));
        let relation = picture.and_then(|(embedded, linked)| state.relations.get(embedded.or(linked)?));
        let Some(relation) = relation.cloned() else {
            if !state.is_hidden() {
                state.remark(match alt.as_str() {
                    "" => "a drawing is left out".to_owned(),
                    alt => format!("a drawing is left out: “{alt}”"),
                });
            }
            return;
        };
        if relation.is_outside {
            return state.remark(format!(
                "a picture lies outside of the file, and is left out: {}",
                relation.target
            ));
        }
        if state.is_hidden() {
            return;
        }
        if alt.is_empty() {
            state.remark("a picture has no alternative text; write one between the brackets of its `![]`");
        }
        let known = state.pictures.iter().position(|part| *part == relation.target);
        let number = known.unwrap_or_else(|| {
            state.pictures.push(relation.target.clone());
            state.pictures.len() - 1
        });
        let image = Image {
            path: picture_name(number, &relation.target),
            alt,
            origin: Origin::File(state.file),
            picture: None,
        };
        self.push(Atom::Image(image), Looks::default(), state);
    }
}

/// Returns words without what is put between them only for Word.
fn without_marks(text: &str) -> String {
    text.replace('\u{a0}', " ").replace('\u{200e}', "")
}

fn note_id(mark: &Element) -> &str {
    mark.attribute("id").unwrap_or_default()
}

/// Returns the name of a picture of the draft, by its number from 0 and its part.
pub(super) fn picture_name(number: usize, part: &str) -> String {
    let ending = part.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let ending = match ending.as_str() {
        "jpeg" => "jpg",
        ending if ending.len() <= 4 && ending.chars().all(|c| c.is_ascii_alphanumeric()) => ending,
        _ => "bin",
    };
    format!("picture{}.{ending}", number + 1)
}

fn comment_range(element: &Element, state: &mut State<'_>) {
    let id = element.attribute("id").unwrap_or_default();
    if element.name == "commentRangeStart" {
        let paragraph = state.paragraph.max(1);
        state.comments.push(CommentPlace {
            id: id.to_owned(),
            paragraph,
            about: String::new(),
            is_open: true,
        });
    } else if let Some(place) = state.comments.iter_mut().find(|place| place.id == id) {
        place.is_open = false;
    }
}

fn comment_mark(element: &Element, state: &mut State<'_>) {
    let id = element.attribute("id").unwrap_or_default();
    if !state.comments.iter().any(|place| place.id == id) {
        state.comments.push(CommentPlace {
            id: id.to_owned(),
            paragraph: state.paragraph.max(1),
            ..CommentPlace::default()
        });
    }
}

fn field_mark(piece: &Element, state: &mut State<'_>) {
    match piece.attribute("fldCharType") {
        Some("begin") => state.fields.push(OpenField::default()),
        Some("separate") => {
            let Some(mut field) = state.fields.pop() else { return };
            field.in_result = true;
            field.link = field_link(&field.instruction);
            field.is_dropped = field.instruction.trim_start().starts_with("TOC");
            tell_field(&field.instruction, state);
            state.fields.push(field);
        }
        Some("end") => {
            state.fields.pop();
        }
        _ => {}
    }
}

/// Returns where a field leads: `HYPERLINK "https://example.org"`.
fn field_link(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim_start();
    let to = rest.strip_prefix('"')?.split('"').next()?;
    (!to.is_empty()).then(|| to.to_owned())
}

/// Fields whose results are words like any other.
const PLAIN_FIELDS: &[&str] = &[
    "HYPERLINK",
    "REF",
    "PAGEREF",
    "NOTEREF",
    "PAGE",
    "NUMPAGES",
    "SEQ",
    "SYMBOL",
    "QUOTE",
    "ADDIN",
    "CITATION",
];

fn tell_field(instruction: &str, state: &mut State<'_>) {
    let name = instruction.split_whitespace().next().unwrap_or_default();
    if name == "TOC" {
        state.remark("the table of contents is left out; undersigned makes its own");
    } else if !name.is_empty() && !PLAIN_FIELDS.contains(&name) {
        let shown: String = instruction.trim().chars().take(60).collect();
        state.remark(format!("Word's field `{shown}` is kept as the words it shows"));
    }
}
