//! Turns inlines into styled characters and nodes of the structure tree.
//!
//! In: a line of inlines and the structure node it belongs to. Out: a [`StyledText`], and
//! the nodes and contents its spans are marked with. Guaranteed: links and footnote marks
//! have structure nodes and contents of their own. Absent: glyphs.

use crate::compose::document::{Inline, InlineStyle};
use crate::layout::flow::pictures::{PictureList, figure_mark, inline_picture};
use crate::layout::frame::{Color, ContentId, Mark, Node, NodeId, Role, Structure, Target};
use crate::layout::text::font_style::{FontFeature, FontStyle};
use crate::layout::text::styled_text::{StyledText, TextStyle};
use std::sync::Arc;

/// Color of links: a blue so dark that it has a contrast of 9:1 on white and
/// prints well in black (WCAG 2.2 asks for 4.5:1).
pub(crate) const LINK: Color = Color::LINK;

/// Builds texts and the structure tree they belong to.
#[derive(Debug, Default)]
pub(crate) struct TagBuilder {
    /// The tree.
    pub(crate) structure: Structure,
    /// Reference nodes by footnote, to be pointed at their notes.
    pub(crate) references: Vec<(NodeId, usize)>,
    /// The language of the passage at hand, where that is not the document's.
    pub(crate) language: Option<Arc<str>>,
    /// The pictures met so far.
    pub(crate) pictures: PictureList,
    /// Says whether links are underlined, and not colored.
    pub(crate) underlined: bool,
}

impl TagBuilder {
    /// Adds a node.
    pub(crate) fn node(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.structure.add(parent, Node::new(role))
    }

    /// Returns a text of one style under a new content of `parent`.
    pub(crate) fn plain(&mut self, chars: &str, style: TextStyle, parent: NodeId) -> StyledText {
        let content = self.structure.content(parent);
        StyledText::plain(chars, style, Mark::Content(content))
    }

    /// Returns the text of a line of inlines, as kids of `parent`.
    pub(crate) fn inlines(&mut self, line: &[Inline], style: TextStyle, parent: NodeId) -> StyledText {
        let mut text = StyledText::default();
        self.append(&mut text, line, style, parent);
        text.trim();
        text
    }

    /// Appends a line of inlines to a text, as kids of `parent`.
    pub(crate) fn append(&mut self, text: &mut StyledText, line: &[Inline], style: TextStyle, parent: NodeId) {
        let mut insertion = Insertion {
            parent,
            link: None,
            content: None,
        };
        self.walk(text, line, style, &mut insertion);
    }

    /// Appends inlines to a text, each in the style of what it is within.
    fn walk(&mut self, text: &mut StyledText, line: &[Inline], style: TextStyle, insertion: &mut Insertion) {
        for inline in line {
            match inline {
                Inline::Text(chars) => {
                    let node = self.structure.node_mut(insertion.parent);
                    chars
                        .runs()
                        .filter_map(|(_, origin, _)| origin)
                        .for_each(|origin| node.written_at(origin));
                    self.push(text, chars, style, insertion);
                }
                Inline::Code(chars) => {
                    let font_style = FontStyle::Mono;
                    let size = style.size * CODE;
                    self.push(
                        text,
                        chars,
                        TextStyle {
                            font_style,
                            size,
                            ..style
                        },
                        insertion,
                    );
                }
                Inline::Emphasis(inner) => {
                    let font_style = style.font_style.emphasized();
                    self.walk(text, inner, TextStyle { font_style, ..style }, insertion);
                }
                Inline::Strong(inner) => {
                    let font_style = style.font_style.strong();
                    self.walk(text, inner, TextStyle { font_style, ..style }, insertion);
                }
                Inline::Strikethrough(inner) => {
                    self.walk(text, inner, TextStyle { strike: true, ..style }, insertion);
                }
                Inline::Styled(kind @ (InlineStyle::Inserted | InlineStyle::Deleted), inner) => {
                    self.changed(text, *kind, inner, style, insertion);
                }
                Inline::Styled(kind, inner) => self.walk(text, inner, styled(style, *kind), insertion),
                Inline::Link { to, content, .. } => self.link(text, to, content, style, insertion),
                Inline::Passage { language, content } => self.passage(text, language, content, style, insertion),
                Inline::FootnoteMark(index) => self.footnote_mark(text, *index, style, insertion),
                Inline::Image(image) if image.picture.is_some() => {
                    let mark = figure_mark(image, insertion.parent, &mut self.structure);
                    if let Some(picture) = &image.picture {
                        text.picture(
                            inline_picture(picture, style.size, &mut self.pictures),
                            style,
                            mark,
                            insertion.link,
                        );
                    }
                    insertion.content = None;
                }
                Inline::Image(image) => {
                    let mut node = Node::new(Role::Figure);
                    node.alt = Some(image.alt.as_str().into());
                    if !image.alt.is_empty() {
                        let node = self.structure.add(insertion.parent, node);
                        let mark = Mark::Content(self.structure.content(node));
                        let font_style = style.font_style.emphasized();
                        text.push(
                            &image.alt,
                            TextStyle { font_style, ..style },
                            mark,
                            insertion.link,
                            None,
                        );
                        insertion.content = None;
                    }
                }
                Inline::Break => {
                    if !text.is_empty() && !text.chars.ends_with([' ', '\n']) {
                        self.push(text, " ", style, insertion);
                    }
                    self.push(text, "\n", style, insertion);
                }
                // Composing leaves no fields, and raw HTML is for HTML only.
                Inline::Field(_) | Inline::Html(_) => {}
            }
        }
    }

    /// Appends a link, as a node of its own.
    fn link(
        &mut self,
        text: &mut StyledText,
        to: &str,
        content: &[Inline],
        style: TextStyle,
        insertion: &mut Insertion,
    ) {
        let mut node = Node::new(Role::Link);
        node.target = Some(Target::Uri(to.into()));
        let node = self.structure.add(insertion.parent, node);
        let mut inner = Insertion {
            parent: node,
            link: Some(node),
            content: None,
        };
        let style = if self.underlined {
            TextStyle {
                underline: true,
                ..style
            }
        } else {
            style.color(LINK)
        };
        self.walk(text, content, style, &mut inner);
        insertion.content = None;
    }

    /// Appends a passage in a language of its own, as a node of its own.
    fn passage(
        &mut self,
        text: &mut StyledText,
        language: &str,
        content: &[Inline],
        style: TextStyle,
        insertion: &mut Insertion,
    ) {
        let mut node = Node::new(Role::Span);
        node.language = Some(language.into());
        let node = self.structure.add(insertion.parent, node);
        let mut inner = Insertion {
            parent: node,
            link: insertion.link,
            content: None,
        };
        let outer = self.language.replace(language.into());
        self.walk(text, content, style, &mut inner);
        self.language = outer;
        insertion.content = None;
    }

    /// Appends words that were added or taken away, in an element that says so.
    fn changed(
        &mut self,
        text: &mut StyledText,
        kind: InlineStyle,
        content: &[Inline],
        style: TextStyle,
        insertion: &mut Insertion,
    ) {
        let mut node = Node::new(Role::Span);
        node.title = Some(
            if kind == InlineStyle::Deleted {
                "deleted"
            } else {
                "inserted"
            }
            .into(),
        );
        let node = self.structure.add(insertion.parent, node);
        let mut inner = Insertion {
            parent: node,
            link: insertion.link,
            content: None,
        };
        self.walk(text, content, styled(style, kind), &mut inner);
        insertion.content = None;
    }

    /// Appends the mark of a footnote, raised, and remembers that it leads to the note.
    fn footnote_mark(&mut self, text: &mut StyledText, index: usize, style: TextStyle, insertion: &mut Insertion) {
        let raised = TextStyle {
            feature: FontFeature::Superior,
            ..style
        };
        // Two numbers side by side would be read as one.
        if text.spans.last().is_some_and(|span| span.note.is_some()) {
            self.push(text, ",", raised, insertion);
        }
        let node = self.node(insertion.parent, Role::Reference);
        self.references.push((node, index));
        let mark = Mark::Content(self.structure.content(node));
        text.push(&(index + 1).to_string(), raised, mark, Some(node), Some(index));
        insertion.content = None;
    }

    /// Appends characters to the content at hand; spaces after a space are left out.
    fn push(&mut self, text: &mut StyledText, chars: &str, style: TextStyle, insertion: &mut Insertion) {
        let blank = chars.trim_start_matches(' ').is_empty() && (text.is_empty() || text.chars.ends_with([' ', '\n']));
        if blank {
            return;
        }
        let content = match insertion.content {
            Some(content) => content,
            None => *insertion.content.insert(self.structure.content(insertion.parent)),
        };
        let mark = Mark::Content(content);
        text.push(chars, style, mark, insertion.link, None);
        if let Some(language) = &self.language
            && let Some(last) = text.spans.last_mut().filter(|last| last.mark == mark)
        {
            last.language = Some(Arc::clone(language));
        }
    }
}

/// Size of literal text beside the text around it. Source Code Pro is wide: at
/// this size its x-height is a little below that of Source Serif (437 of 475
/// thousandths), and a word stands out by its look alone.
pub(crate) const CODE: f64 = 0.9;

/// Size of what is raised or lowered, beside the text around it: small figures of most
/// faces are between .6 and .7 of the large ones.
const SMALL: f64 = 0.66;

/// Height of a superscript's baseline, in em of the text around it: its top then stands a
/// little above capitals.
const RAISED: f64 = 0.33;

/// Depth of a subscript's baseline, in em of the text around it.
const LOWERED: f64 = 0.14;

/// Returns a style for words that are set in a way of their own.
fn styled(style: TextStyle, kind: InlineStyle) -> TextStyle {
    let size = style.size * SMALL;
    match kind {
        InlineStyle::Superscript => TextStyle {
            size,
            rise: style.rise + style.size * RAISED,
            ..style
        },
        InlineStyle::Subscript => TextStyle {
            size,
            rise: style.rise - style.size * LOWERED,
            ..style
        },
        InlineStyle::SmallCapitals => TextStyle {
            feature: FontFeature::SmallCapitals,
            ..style
        },
        InlineStyle::Underline | InlineStyle::Inserted => TextStyle {
            underline: true,
            ..style
        },
        InlineStyle::Deleted => TextStyle { strike: true, ..style },
    }
}

/// Says where in the tree characters go.
struct Insertion {
    parent: NodeId,
    link: Option<NodeId>,
    /// The content that characters join until a node comes between.
    content: Option<ContentId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(chars: &str) -> Inline {
        Inline::Text(chars.into())
    }

    #[test]
    fn meanings_change_where_nodes_do() {
        let mut tags = TagBuilder::default();
        let paragraph = tags.node(Structure::ROOT, Role::Paragraph);
        let line = [
            text("We  ask "),
            Inline::Emphasis(vec![text("all")]),
            Inline::FootnoteMark(0),
            text(" of\u{7} you "),
        ];
        let style = TextStyle::new(FontStyle::Serif, 11.5);
        let set = tags.inlines(&line, style, paragraph);
        assert_eq!(set.chars, "We ask all1 of you");
        let marks: Vec<_> = set
            .spans
            .iter()
            .map(|span| (span.end, span.mark, span.style.font_style))
            .collect();
        let content = |id| Mark::Content(ContentId(id));
        assert_eq!(
            marks,
            vec![
                (7, content(0), FontStyle::Serif),
                (10, content(0), FontStyle::SerifItalic),
                (11, content(1), FontStyle::Serif),
                (18, content(2), FontStyle::Serif),
            ]
        );
        assert_eq!(tags.structure.node(paragraph).kids.len(), 3);
        assert_eq!(set.notes().collect::<Vec<_>>(), vec![0]);
    }

    #[test]
    fn trimming_removes_spans_that_were_only_space() {
        let mut set = StyledText::default();
        let style = TextStyle::new(FontStyle::Serif, 11.5);
        set.push("a", style, Mark::Content(ContentId(0)), None, None);
        set.push(" ", style, Mark::Content(ContentId(1)), None, None);
        set.trim();
        assert_eq!((set.chars.as_str(), set.spans.len()), ("a", 1));
    }
}
