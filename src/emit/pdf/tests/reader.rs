//! Reads a file back, as a program would that knows nothing of how it was made.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// A file read back.
pub(crate) struct Reader {
    pub(crate) document: Document,
    pub(crate) pages: Vec<ObjectId>,
    /// By page: text by marked-content number; artifacts under `None`.
    pub(crate) texts: Vec<BTreeMap<Option<i64>, String>>,
}

impl Reader {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).unwrap();
        let pages: Vec<ObjectId> = document.page_iter().collect();
        let texts = pages.iter().map(|page| page_texts(&document, *page)).collect();
        Self { document, pages, texts }
    }

    pub(crate) fn catalog(&self) -> &Dictionary {
        self.document.catalog().unwrap()
    }

    /// Follows keys from a dictionary.
    pub(crate) fn get<'a>(&'a self, from: &'a Dictionary, key: &str) -> &'a Object {
        from.get_deref(key.as_bytes(), &self.document).unwrap()
    }

    pub(crate) fn dictionary(&self, id: ObjectId) -> &Dictionary {
        self.document.get_dictionary(id).unwrap()
    }

    /// The structure tree as an outline, two spaces a level.
    pub(crate) fn outline(&self) -> String {
        let root = self.get(self.catalog(), "StructTreeRoot").as_dict().unwrap();
        let mut out = String::new();
        self.element(root.get(b"K").unwrap().as_reference().unwrap(), 0, &mut out);
        out
    }

    fn element(&self, id: ObjectId, depth: usize, out: &mut String) {
        let element = self.dictionary(id);
        let indent = "  ".repeat(depth);
        out.push_str(&format!("{indent}{}", name(element.get(b"S").unwrap())));
        for key in ["Lang", "Alt", "ID"] {
            if let Ok(value) = element.get(key.as_bytes()) {
                out.push_str(&format!(" {key}={}", lopdf::decode_text_string(value).unwrap()));
            }
        }
        if let Ok(Object::Dictionary(attributes)) = element.get(b"A") {
            for (key, value) in attributes.iter().filter(|(_, value)| value.as_name().is_ok()).skip(1) {
                out.push_str(&format!(" {}={}", String::from_utf8_lossy(key), name(value)));
            }
        }
        out.push('\n');
        let home = element.get(b"Pg").ok().map(|page| page.as_reference().unwrap());
        for kid in element.get(b"K").unwrap().as_array().unwrap() {
            match kid {
                Object::Reference(kid) => {
                    assert_eq!(self.dictionary(*kid).get(b"P").unwrap().as_reference().unwrap(), id);
                    self.element(*kid, depth + 1, out);
                }
                Object::Integer(number) => self.piece(home.unwrap(), *number, depth + 1, out),
                Object::Dictionary(kid) if kid.has_type(b"MCR") => {
                    let page = kid.get(b"Pg").unwrap().as_reference().unwrap();
                    self.piece(page, kid.get(b"MCID").unwrap().as_i64().unwrap(), depth + 1, out);
                }
                Object::Dictionary(kid) if kid.has_type(b"OBJR") => {
                    let annotation = self.dictionary(kid.get(b"Obj").unwrap().as_reference().unwrap());
                    let contents = lopdf::decode_text_string(annotation.get(b"Contents").unwrap()).unwrap();
                    out.push_str(&format!("{indent}  -> {contents}\n"));
                }
                other => panic!("no kid: {other:?}"),
            }
        }
    }

    fn piece(&self, page: ObjectId, number: i64, depth: usize, out: &mut String) {
        let at = self.pages.iter().position(|known| *known == page).unwrap();
        let text = self.texts[at].get(&Some(number)).unwrap();
        out.push_str(&format!("{}{text:?} p{}\n", "  ".repeat(depth), at + 1));
    }

    /// The parent tree's entries.
    pub(crate) fn parents(&self) -> BTreeMap<i64, Object> {
        let root = self.get(self.catalog(), "StructTreeRoot").as_dict().unwrap();
        let tree = self.get(root, "ParentTree").as_dict().unwrap();
        let mut entries = BTreeMap::new();
        for leaf in tree.get(b"Kids").unwrap().as_array().unwrap() {
            let leaf = self.dictionary(leaf.as_reference().unwrap());
            let limits: Vec<i64> = leaf
                .get(b"Limits")
                .unwrap()
                .as_array()
                .unwrap()
                .iter()
                .flat_map(Object::as_i64)
                .collect();
            for pair in leaf.get(b"Nums").unwrap().as_array().unwrap().chunks(2) {
                let key = pair[0].as_i64().unwrap();
                assert!((limits[0]..=limits[1]).contains(&key));
                assert!(entries.insert(key, pair[1].clone()).is_none());
            }
        }
        entries
    }
}

pub(crate) fn name(object: &Object) -> String {
    String::from_utf8_lossy(object.as_name().unwrap()).into_owned()
}

/// The operations of a page.
pub(crate) fn operations(document: &Document, page: ObjectId) -> Vec<Operation> {
    Content::decode(&document.get_page_content(page)).unwrap().operations
}

/// What each marked-content sequence of a page says: its `ActualText`, or its
/// glyphs by their fonts' Unicode maps.
fn page_texts(document: &Document, page: ObjectId) -> BTreeMap<Option<i64>, String> {
    let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = document
        .get_page_fonts(page)
        .unwrap()
        .into_iter()
        .map(|(name, font)| (name, unicode_map(document, font)))
        .collect();
    let mut texts: BTreeMap<Option<i64>, String> = BTreeMap::new();
    let mut open: Option<(Option<i64>, bool)> = None;
    let mut font = &BTreeMap::new();
    for operation in operations(document, page) {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BDC" => {
                assert!(open.is_none(), "marked content is nested");
                let properties = operands[1].as_dict().unwrap();
                let number = properties.get(b"MCID").ok().map(|number| number.as_i64().unwrap());
                assert!(number.is_none() || !texts.contains_key(&number), "a number twice");
                let text = texts.entry(number).or_default();
                let actual = properties.get(b"ActualText").ok();
                if let Some(actual) = actual {
                    text.push_str(&lopdf::decode_text_string(actual).unwrap());
                }
                open = Some((number, actual.is_some()));
            }
            "EMC" => assert!(open.take().is_some(), "nothing to close"),
            "Tf" => font = &fonts[operands[0].as_name().unwrap()],
            "TJ" => {
                let (number, is_spoken) = open.expect("text is marked");
                let strings = operands[0]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter_map(|item| item.as_str().ok());
                for code in strings.flat_map(|string| string.chunks(2)) {
                    let text = &font[&u16::from_be_bytes([code[0], code[1]])];
                    if !is_spoken {
                        texts.entry(number).or_default().push_str(text);
                    }
                }
            }
            "re" | "f" => assert!(open.is_some(), "a rule is marked"),
            _ => {}
        }
    }
    assert!(open.is_none());
    texts
}

/// A font's `ToUnicode` map.
fn unicode_map(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream = font.get_deref(b"ToUnicode", document).unwrap().as_stream().unwrap();
    let text = String::from_utf8(stream.decompressed_content().unwrap()).unwrap();
    let mut map = BTreeMap::new();
    for line in text.lines() {
        let parts: Vec<&str> = line.split(['<', '>', ' ']).filter(|part| !part.is_empty()).collect();
        if let (true, [code, target]) = (line.starts_with('<'), parts.as_slice()) {
            let units: Vec<u16> = (0..target.len())
                .step_by(4)
                .map(|at| u16::from_str_radix(&target[at..at + 4], 16).unwrap())
                .collect();
            map.insert(
                u16::from_str_radix(code, 16).unwrap(),
                String::from_utf16(&units).unwrap(),
            );
        }
    }
    map.remove(&0xFFFF);
    map
}
