//! A part of a Word file as a tree of elements.
//!
//! In: XML. Out: its root, names without prefixes. Guaranteed: depth and number of elements
//! are bounded, so that readers may recurse; a file with definitions of its own is refused.
//! Absent: namespaces: Word's own names are told apart by what they stand in.

use crate::bounds::package::PackageError;
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

/// Most elements within each other. Word itself stops at a few dozen tables within tables,
/// six elements each.
const MAX_DEPTH: usize = 200;

/// Most elements of a part; a book has half of it.
const MAX_ELEMENTS: usize = 1_500_000;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// The name, without its prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// What is in it, in order.
    pub(super) children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Returns an attribute, by its name without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        all.find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the elements within, in order.
    pub(super) fn elements(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Returns the first element of a name within.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// Returns the element at the end of a path of names.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Returns the value (`w:val`) of an element within.
    pub(super) fn value(&self, child: &str) -> Option<&str> {
        self.child(child)?.attribute("val")
    }

    /// Returns a property that is on or off (CT_OnOff); `None` if it is not said.
    pub(super) fn switch(&self, child: &str) -> Option<bool> {
        let element = self.child(child)?;
        Some(!matches!(
            element.attribute("val"),
            Some("0" | "false" | "off" | "none")
        ))
    }

    /// Returns the first element of a name at any depth.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| match element.name == name {
            true => Some(element),
            false => element.find(name),
        })
    }

    /// Returns the characters directly within.
    pub(super) fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }
}

/// Reads a part.
pub(super) fn parse(part: &str, xml: &str) -> Result<Element, PackageError> {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    let mut count = 0_usize;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(_) => return Err(bad(part, &reader)),
        };
        match event {
            Event::Start(tag) => {
                count += 1;
                if open.len() > MAX_DEPTH {
                    return Err(PackageError::TooDeep(part.to_owned()));
                }
                if count > MAX_ELEMENTS {
                    return Err(PackageError::TooLarge(part.to_owned()));
                }
                open.push(element(&tag));
            }
            Event::Empty(tag) => {
                count += 1;
                if count > MAX_ELEMENTS {
                    return Err(PackageError::TooLarge(part.to_owned()));
                }
                push(&mut open, Node::Element(element(&tag)));
            }
            Event::End(_) => match open.pop() {
                Some(element) if !open.is_empty() => push(&mut open, Node::Element(element)),
                _ => return Err(bad(part, &reader)),
            },
            Event::Text(text) => push_text(&mut open, &text),
            Event::CData(text) => push_text(&mut open, &text),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(c)) => push_text(&mut open, c.encode_utf8(&mut [0; 4])),
                Ok(None) => match resolve_predefined_entity(&name) {
                    Some(text) => push_text(&mut open, text),
                    None => return Err(bad(part, &reader)),
                },
                Err(_) => return Err(bad(part, &reader)),
            },
            Event::DocType(_) => return Err(PackageError::Definitions(part.to_owned())),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let mut root = match (open.pop(), open.is_empty()) {
        (Some(root), true) => root,
        _ => return Err(bad(part, &reader)),
    };
    let mut elements = root.children.drain(..).filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    elements.next().ok_or_else(|| PackageError::BadXml {
        part: part.to_owned(),
        at: 0,
    })
}

fn bad(part: &str, reader: &Reader<&[u8]>) -> PackageError {
    PackageError::BadXml {
        part: part.to_owned(),
        at: reader.buffer_position(),
    }
}

fn element(tag: &BytesStart<'_>) -> Element {
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false).flatten().filter_map(|attribute| {
        let value = unescape(&attribute.value).ok()?.into_owned();
        Some((attribute.key.local_name().into_inner().to_owned(), value))
    });
    Element {
        name: tag.local_name().into_inner().to_owned(),
        attributes: attributes.collect(),
        children: Vec::new(),
    }
}

fn push(open: &mut [Element], node: Node) {
    if let Some(element) = open.last_mut() {
        element.children.push(node);
    }
}

fn push_text(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        match element.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => element.children.push(Node::Text(text.to_owned())),
        }
    }
}
