//! The parts of a document, each as the element that means it.
//!
//! In: one [`Part`]. Out: its markup. The subject is the page's heading; the
//! roll is a list in a section that its heading names.

use super::text::{HtmlWriter, picture};
use crate::compose::document::{Image, Line, Part, Roll, RollEntry, RollSection, Signature, abreast};
use crate::emit::html_marks::isolated;
use crate::model::letter::RollStyle;
use maud::{Markup, PreEscaped, Render, html};

impl HtmlWriter<'_> {
    pub(super) fn part(&self, part: &Part) -> Markup {
        match part {
            Part::Letterhead {
                name,
                lines,
                logos,
                board,
            } => html! {
                @let logos: Vec<&Image> = logos.iter().filter(|logo| logo.picture.is_some()).collect();
                @let said = html! {
                    p.sender { (self.line(name)) }
                    @if !lines.is_empty() { p { (self.stack(lines)) } }
                };
                @match logos.as_slice() {
                    // One logo stands beside the name, as on paper.
                    [logo] => header.with-logo { div.logo { p { (picture(logo)) } } div { (said) } },
                    [] => header { (said) },
                    logos => header { div.logo { @for logo in logos { p { (picture(logo)) } } } (said) },
                }
                @if !board.is_empty() {
                    "\n" aside.board { ul { @for line in board { li { (self.line(line)) } "\n" } } }
                }
            },
            Part::SenderFoot(lines) => html! { p.sender-foot { (self.stack(lines)) } },
            Part::Dateline(line) => html! {
                p.date {
                    @match self.document.date {
                        Some(date) => time datetime=(date) { (self.line(line)) },
                        None => (self.line(line)),
                    }
                }
            },
            Part::Via(line) => html! { p.via { (self.line(line)) } },
            Part::Addressees(blocks) => html! {
                div class=(if abreast(blocks) { "addressees" } else { "addressees stacked" }) {
                    @for lines in blocks { p.addressee { (self.stack(lines)) } "\n" }
                }
            },
            Part::Subject { label, content } => html! {
                h1 { span.label { (label) } " " (self.line(content)) }
            },
            Part::Salutation(line) => html! { p.salutation { (self.line(line)) } },
            Part::Body(blocks) => html! { div.body { (self.blocks(blocks, 1)) } },
            Part::Release { line, embargoed } => {
                let class = if *embargoed { "release embargoed" } else { "release" };
                html! { p class=(class) { (self.line(line)) } }
            }
            Part::Contacts { label, contacts } => self.contacts(label, contacts),
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
            } => html! {
                (self.headline(title, subtitle.as_ref(), picture.as_ref()))
                @if !lines.is_empty() { p.published { (self.stack(lines)) } }
            },
            Part::Contents { heading, entries } => self.contents(heading, entries),
            Part::Recipients { label, lines } => html! {
                div.recipients {
                    p.label { (label) }
                    p { (self.stack(lines)) }
                }
            },
            Part::Call(call) => self.call(call),
            Part::Boilerplate(blocks) => html! { div.body.boilerplate { (self.blocks(blocks, 1)) } },
            Part::EndMark(mark) => html! { p.end-mark { (mark) } },
            Part::Closing(line) => html! { p.closing { (self.line(line)) } },
            Part::Signatures(signatures) => html! {
                div.signatures { @for signature in signatures { (self.signature(signature)) "\n" } }
            },
            Part::Appendix(blocks) => html! { section.appendix { (self.blocks(blocks, 1)) } },
            Part::Roll(roll) => self.roll(roll),
            Part::Notes { label, lines } => html! {
                div.notes {
                    p.label { (label) }
                    ul role="list" { @for line in lines { li { (isolated(line, self.line(line), self.direction)) } } }
                }
            },
        }
    }

    /// Lines one below the other.
    pub(super) fn stack(&self, lines: &[Line]) -> Markup {
        html! {
            @for (at, line) in lines.iter().enumerate() {
                @if at > 0 { br; }
                (isolated(line, self.line(line), self.direction))
            }
        }
    }

    /// The signature or a line to sign on, and whose it is.
    fn signature(&self, signature: &Signature) -> Markup {
        html! {
            p.signature {
                @match signature.image.as_ref().filter(|image| image.picture.is_some()) {
                    Some(image) => { (picture(image)) br; }
                    None => { span.line {} br; }
                }
                (self.stack(&signature.lines))
            }
        }
    }

    fn roll(&self, roll: &Roll) -> Markup {
        if roll.is_empty() && roll.heading.is_none() {
            return html! {};
        }
        let class = match roll.style {
            RollStyle::Columns => format!("roll columns-{}", roll.columns),
            RollStyle::List => "roll".to_owned(),
            RollStyle::Sentence => "roll sentence".to_owned(),
            RollStyle::Logos => "roll logos".to_owned(),
        };
        let text = self.document.page.font_size;
        let size = roll.name_size(text).0 / text.0;
        let size = (size != Roll::usual_size(text).0 / text.0).then(|| format!("--names:{size:.3}em"));
        let inside = html! {
            "\n"
            @for section in &roll.sections { (self.roll_section(section, roll)) }
            @if let Some(note) = &roll.note { p.note { (self.line(note)) } "\n" }
        };
        match &roll.heading {
            Some(heading) => html! {
                @let id = self.roll_id();
                section class=(class) style=[size] aria-labelledby=(id) {
                    h2 id=(id) { (self.line(heading)) }
                    (inside)
                }
            },
            None => html! {
                section class=(class) style=[size] aria-label=(self.document.labels.signatories) { (inside) }
            },
        }
    }

    /// The id of the next roll's heading: `roll`, `roll.2`.
    fn roll_id(&self) -> String {
        let mut rolls = self.rolls.borrow_mut();
        *rolls += 1;
        match *rolls {
            1 => "roll".to_owned(),
            number => format!("roll.{number}"),
        }
    }

    /// A section is a named list, no landmark: a roll by state would have fifty.
    fn roll_section(&self, section: &RollSection, roll: &Roll) -> Markup {
        let Some(heading) = &section.heading else {
            return entries(section, roll.style, None);
        };
        let id = {
            let mut sections = self.sections.borrow_mut();
            *sections += 1;
            format!("roll-{}", *sections)
        };
        html! {
            @match roll.heading {
                Some(_) => h3.section id=(id) { bdi { (heading) } },
                None => h2.section id=(id) { bdi { (heading) } },
            }
            "\n"
            (entries(section, roll.style, Some(&id)))
        }
    }
}

/// The signatories of a section, named by the heading with the given id.
fn entries(section: &RollSection, style: RollStyle, heading: Option<&str>) -> Markup {
    match style {
        RollStyle::Sentence => html! { p { (sentence(section)) } "\n" },
        // Some screen readers hear a list without bullets only by its role.
        RollStyle::Columns | RollStyle::List | RollStyle::Logos => html! {
            ul role="list" aria-labelledby=[heading] {
                "\n"
                @for entry in &section.entries { li { @if style == RollStyle::Logos { div { (self::entry(entry)) } } @else { (self::entry(entry)) } } "\n" }
            }
            "\n"
        },
    }
}

/// A name is isolated, so that one in another direction, or with direction
/// marks of its own, moves nothing around it.
fn entry(entry: &RollEntry) -> Markup {
    html! {
        @match entry.logo.as_ref().filter(|logo| logo.picture.is_some()) {
            Some(logo) => (picture(logo)),
            None => {
                bdi { (entry.name) }
                @if let Some(place) = &entry.place { span.place { ", " bdi { (place) } } }
                (entry.mark)
                @if let Some(detail) = &entry.detail { " " span.detail { bdi { (detail) } } }
            },
        }
    }
}

/// The section's sentence, each name in it isolated.
fn sentence(section: &RollSection) -> Markup {
    let mut out = String::new();
    let mut rest = section.sentence.as_str();
    for entry in &section.entries {
        if let Some((before, after)) = rest.split_once(entry.name.as_str()) {
            out.push_str(&before.render().into_string());
            out.push_str(&html! { bdi { (entry.name) } }.into_string());
            rest = after;
        }
    }
    out.push_str(&rest.render().into_string());
    PreEscaped(out)
}
