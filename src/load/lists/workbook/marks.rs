//! What a sheet shows of its rows and cells beside their text: hidden rows, struck text,
//! notes on cells, merged cells.
//!
//! In: the bytes of a workbook, and a sheet's name. Out: [`Marks`]. Guaranteed:
//! a part is read as it is unpacked, one tag at a time; a part that is missing or broken
//! marks nothing. Absent: .xls and .xlsb (those are `biff8`'s and `biff12`'s); workbooks of
//! Excel 95, whose marks are not read, which is said; formats that a rule gives a cell, and not
//! a person.
//!
//! Source: ECMA-376, part 1, 18.3, 18.4, 18.7 and 18.8; OpenDocument 1.2, part 1, 9.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Cursor, Read};
use std::sync::Arc;

/// Longest tag with the text before it that is looked at, in bytes.
const LONGEST: usize = 1 << 20;

/// Most cells over which the merged cells of a sheet may spread their value.
const MAX_SPREAD: usize = 100_000;

/// A cell by row and column, from 1.
pub(super) type Place = (u32, u32);

/// What a sheet shows beside the text of its cells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Rows that are hidden, filtered out, or of no height.
    pub(super) hidden: BTreeSet<u32>,
    /// Cells with struck text, and what of it is not struck.
    pub(super) struck: BTreeMap<Place, String>,
    /// Notes on cells.
    pub(super) notes: BTreeMap<Place, String>,
    /// Merged cells: the first, and the last.
    pub(super) merged: Vec<(Place, Place)>,
    /// True if the format keeps marks where they are not read.
    pub(super) is_unread: bool,
}

impl Marks {
    /// Reads the marks of a sheet of an .xlsx or .ods file; those of others are unread.
    pub(super) fn of(bytes: &Arc<[u8]>, sheet: &str) -> Self {
        let Some(mut package) = Package::open(bytes) else {
            return Self::unread();
        };
        if package.0.index_for_name("xl/workbook.bin").is_some() {
            return Self::unread();
        }
        if package.0.index_for_name("content.xml").is_some() {
            open_document(&mut package, sheet)
        } else {
            package.spreadsheet(sheet).unwrap_or_default()
        }
    }

    fn unread() -> Self {
        Self {
            is_unread: true,
            ..Self::default()
        }
    }

    /// Returns the places that a merged cell covers, each with the cell that holds its
    /// value. Only cells that are merged over rows: a heading over columns is no value of
    /// theirs.
    pub(super) fn covered(&self) -> Vec<(Place, Place)> {
        let mut covered = Vec::new();
        for &((top, left), (bottom, right)) in &self.merged {
            if bottom <= top || left != right {
                continue;
            }
            for row in top + 1..=bottom {
                if covered.len() == MAX_SPREAD {
                    return covered;
                }
                covered.push(((row, left), (top, left)));
            }
        }
        covered
    }
}

/// The parts of a file.
pub(super) struct Package(zip::ZipArchive<Cursor<Arc<[u8]>>>);

impl Package {
    /// Opens a zip file.
    pub(super) fn open(bytes: &Arc<[u8]>) -> Option<Self> {
        zip::ZipArchive::new(Cursor::new(Arc::clone(bytes))).ok().map(Self)
    }

    /// Opens a part.
    pub(super) fn part(&mut self, part: &str) -> Option<impl Read> {
        self.0.by_name(part).ok()
    }

    /// Hands each tag of a part to `each`, with the text before it.
    fn tags(&mut self, part: &str, mut each: impl FnMut(&str, &Tag<'_>)) -> Option<()> {
        let mut reader = BufReader::new(self.part(part)?);
        let mut piece = Vec::new();
        loop {
            piece.clear();
            let limit = u64::try_from(LONGEST).unwrap_or(u64::MAX);
            let read = (&mut reader).take(limit).read_until(b'>', &mut piece).ok()?;
            if read == 0 {
                return Some(());
            }
            let Ok(piece) = std::str::from_utf8(&piece) else {
                continue;
            };
            let Some((text, tag)) = piece.strip_suffix('>').and_then(|piece| piece.rsplit_once('<')) else {
                continue;
            };
            each(text, &Tag(tag));
        }
    }

    /// Returns the targets of a part's relationships, by identifier.
    pub(super) fn relations(&mut self, part: &str) -> BTreeMap<String, (String, String)> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let mut found = BTreeMap::new();
        let rels = format!("{folder}/_rels/{file}.rels");
        self.tags(&rels, |_, tag| {
            if let (Some(id), Some(target)) = (tag.get("Id"), tag.get("Target")) {
                let kind = tag.get("Type").unwrap_or_default();
                found.insert(id, (kind, beside(folder, &target)));
            }
        });
        found
    }

    /// Reads the marks of a sheet of an .xlsx file.
    fn spreadsheet(&mut self, sheet: &str) -> Option<Marks> {
        let relations = self.relations("xl/workbook.xml");
        let mut id = None;
        self.tags("xl/workbook.xml", |_, tag| {
            if tag.name() == "sheet" && tag.get("name").as_deref() == Some(sheet) {
                id = tag.get("r:id").or_else(|| tag.ending("id"));
            }
        })?;
        let (_, path) = relations.get(&id?)?.clone();
        let styles = self.struck_styles();
        let strings = self.struck_strings();
        let mut marks = self.sheet(&path, &styles, &strings)?;
        for (kind, target) in self.relations(&path).into_values() {
            if kind.ends_with("/comments") {
                marks.notes = self.comments(&target);
            }
        }
        Some(marks)
    }

    /// Returns the numbers of the cell formats whose font is struck.
    fn struck_styles(&mut self) -> BTreeSet<u32> {
        let (mut fonts, mut struck, mut formats) = (0u32, BTreeSet::new(), BTreeSet::new());
        let (mut in_fonts, mut in_formats, mut format) = (false, false, 0u32);
        self.tags("xl/styles.xml", |_, tag| match tag.name() {
            "fonts" => in_fonts = true,
            "/fonts" => in_fonts = false,
            "font" if in_fonts => fonts += 1,
            "strike" if in_fonts && tag.is_on() => {
                struck.insert(fonts.saturating_sub(1));
            }
            "cellXfs" => in_formats = true,
            "/cellXfs" => in_formats = false,
            "xf" if in_formats => {
                if tag.number("fontId").is_some_and(|font| struck.contains(&font)) {
                    formats.insert(format);
                }
                format += 1;
            }
            _ => {}
        });
        formats
    }

    /// Returns the shared strings that are struck in part, with the rest of each.
    fn struck_strings(&mut self) -> BTreeMap<u32, String> {
        let mut found = BTreeMap::new();
        let (mut at, mut runs) = (0u32, Runs::default());
        self.tags("xl/sharedStrings.xml", |text, tag| match tag.name() {
            "si" => runs = Runs::default(),
            "/si" => {
                if runs.any {
                    found.insert(at, std::mem::take(&mut runs.rest));
                }
                at += 1;
            }
            _ => runs.see(text, tag),
        });
        found
    }

    fn sheet(&mut self, path: &str, styles: &BTreeSet<u32>, strings: &BTreeMap<u32, String>) -> Option<Marks> {
        let mut marks = Marks::default();
        let (mut row, mut column) = (0u32, 0u32);
        let (mut shared, mut runs) = (false, Runs::default());
        self.tags(path, |text, tag| match tag.name() {
            "row" => {
                row = tag.number("r").unwrap_or(row + 1);
                column = 0;
                // A height of one's own that is not written is none.
                let flat = match tag.get("ht") {
                    Some(height) => height.parse::<f64>().ok() == Some(0.0),
                    None => tag.flag("customHeight"),
                };
                if flat || tag.flag("hidden") {
                    marks.hidden.insert(row);
                }
            }
            "c" => {
                column = tag
                    .get("r")
                    .and_then(|place| place_of(&place))
                    .map_or(column + 1, |(_, column)| column);
                shared = tag.get("t").as_deref() == Some("s");
                runs = Runs::default();
                if tag.number("s").is_some_and(|style| styles.contains(&style)) {
                    marks.struck.insert((row, column), String::new());
                }
            }
            "/v" if shared => {
                if let Some(rest) = text.trim().parse().ok().and_then(|at: u32| strings.get(&at)) {
                    marks.struck.entry((row, column)).or_insert_with(|| rest.clone());
                }
            }
            "/is" if runs.any => {
                let rest = std::mem::take(&mut runs.rest);
                marks.struck.entry((row, column)).or_insert(rest);
            }
            "mergeCell" => {
                if let Some(range) = tag.get("ref")
                    && let Some((first, last)) = range.split_once(':')
                    && let (Some(first), Some(last)) = (place_of(first), place_of(last))
                {
                    marks.merged.push((first, last));
                }
            }
            _ => runs.see(text, tag),
        })?;
        Some(marks)
    }

    fn comments(&mut self, path: &str) -> BTreeMap<Place, String> {
        let mut found: BTreeMap<Place, String> = BTreeMap::new();
        let mut place = None;
        self.tags(path, |text, tag| match tag.name() {
            "comment" => place = tag.get("ref").and_then(|place| place_of(&place)),
            "/t" => {
                if let Some(place) = place {
                    found.entry(place).or_default().push_str(&unescaped(text));
                }
            }
            _ => {}
        });
        found
    }
}

/// The runs of a text, as far as they are struck.
#[derive(Default)]
struct Runs {
    /// Whether any run is struck.
    any: bool,
    /// Whether the run at hand is.
    struck: bool,
    /// What is not struck.
    rest: String,
}

impl Runs {
    fn see(&mut self, text: &str, tag: &Tag<'_>) {
        match tag.name() {
            "r" => self.struck = false,
            "strike" if tag.is_on() => (self.any, self.struck) = (true, true),
            "/t" if !self.struck => self.rest.push_str(&unescaped(text)),
            _ => {}
        }
    }
}

/// Reads the marks of a sheet of an .ods file.
fn open_document(package: &mut Package, sheet: &str) -> Marks {
    let mut marks = Marks::default();
    let mut struck: BTreeSet<String> = BTreeSet::new();
    let (mut style, mut inside) = (String::new(), false);
    let (mut row, mut column) = (0u32, 0u32);
    let (mut rows, mut columns) = (1u32, 1u32);
    let mut note: Option<String> = None;
    // The styles of the spans that are open, and what of a cell is not struck.
    let (mut spans, mut rest, mut any): (Vec<bool>, String, bool) = (Vec::new(), String::new(), false);
    package.tags("content.xml", |text, tag| {
        let place = (row + 1, column + 1);
        if inside && let Some(note) = &mut note {
            note.push_str(&unescaped(text));
        } else if inside && !spans.contains(&true) {
            rest.push_str(&unescaped(text));
        }
        match tag.name() {
            "style:style" => style = tag.get("style:name").unwrap_or_default(),
            "style:text-properties" => {
                let line = tag
                    .get("style:text-line-through-style")
                    .or_else(|| tag.get("style:text-line-through-type"));
                if line.is_some_and(|line| line != "none") {
                    struck.insert(style.clone());
                }
            }
            "table:table" => {
                inside = tag.get("table:name").as_deref() == Some(sheet);
                (row, column) = (0, 0);
            }
            "/table:table" => inside = false,
            _ if !inside => {}
            "table:table-row" => {
                column = 0;
                rows = tag.number("table:number-rows-repeated").unwrap_or(1);
                let shown = tag.get("table:visibility").is_none_or(|shown| shown == "visible");
                // A long run of hidden rows is the empty end of a sheet.
                if !shown && rows < 10_000 {
                    marks.hidden.extend(row + 1..=row + rows);
                }
                if tag.closes() {
                    row = row.saturating_add(rows);
                }
            }
            "/table:table-row" => row = row.saturating_add(rows),
            "table:table-cell" | "table:covered-table-cell" => {
                columns = tag.number("table:number-columns-repeated").unwrap_or(1);
                (rest, any) = (String::new(), false);
                let over = tag.number("table:number-rows-spanned").unwrap_or(1);
                let wide = tag.number("table:number-columns-spanned").unwrap_or(1);
                if over > 1 {
                    let last = (place.0.saturating_add(over - 1), place.1.saturating_add(wide - 1));
                    marks.merged.push((place, last));
                }
                if tag.get("table:style-name").is_some_and(|style| struck.contains(&style)) {
                    marks.struck.insert(place, String::new());
                }
                if tag.closes() {
                    column = column.saturating_add(columns);
                }
            }
            "/table:table-cell" | "/table:covered-table-cell" => {
                if any {
                    marks.struck.entry(place).or_insert_with(|| std::mem::take(&mut rest));
                }
                column = column.saturating_add(columns);
            }
            "text:span" if !tag.closes() => {
                let is_struck = tag.get("text:style-name").is_some_and(|style| struck.contains(&style));
                any |= is_struck;
                spans.push(is_struck);
            }
            "/text:span" => {
                spans.pop();
            }
            "office:annotation" => note = Some(String::new()),
            "/office:annotation" => {
                if let Some(note) = note.take() {
                    marks.notes.insert(place, note);
                }
            }
            _ => {}
        }
    });
    marks
}

/// A tag, without its brackets.
struct Tag<'a>(&'a str);

impl Tag<'_> {
    /// Returns the name; of a closing tag, with its stroke.
    fn name(&self) -> &str {
        let end = self.0.find(|c: char| c.is_whitespace()).unwrap_or(self.0.len());
        self.0[..end].trim_end_matches('/')
    }

    fn closes(&self) -> bool {
        self.0.ends_with('/')
    }

    /// Returns an attribute.
    fn get(&self, name: &str) -> Option<String> {
        self.attributes()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| unescaped(value))
    }

    /// Returns the attribute of a name that has any prefix.
    fn ending(&self, name: &str) -> Option<String> {
        let same = |known: &str| known.rsplit_once(':').is_some_and(|(_, known)| known == name);
        self.attributes()
            .find(|(known, _)| same(known))
            .map(|(_, value)| unescaped(value))
    }

    fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let at = rest.find('=')?;
            let name = rest[..at].trim_end().rsplit(char::is_whitespace).next()?;
            let after = rest[at + 1..].trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let end = after[1..].find(quote)?;
            rest = &after[end + 2..];
            Some((name, &after[1..=end]))
        })
    }

    fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.parse().ok()
    }

    fn flag(&self, name: &str) -> bool {
        matches!(self.get(name).as_deref(), Some("1" | "true"))
    }

    /// Returns whether a switch such as `<strike/>` is on.
    fn is_on(&self) -> bool {
        !matches!(self.get("val").as_deref(), Some("0" | "false"))
    }
}

/// Returns the row and the column of a place as sheets name it: `B12`.
fn place_of(name: &str) -> Option<Place> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = name[..letters]
        .bytes()
        .fold(0u32, |sum, byte| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'@'));
    Some((name[letters..].parse().ok()?, column))
}

/// Returns the path of a relationship's target.
fn beside(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Replaces the entities that XML has by itself.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_apart() {
        let tag = Tag("c r=\"AB12\" s='3' t=\"s\"/");
        assert_eq!((tag.name(), tag.closes()), ("c", true));
        assert_eq!(tag.get("r").and_then(|place| place_of(&place)), Some((12, 28)));
        assert_eq!(tag.number("s"), Some(3));
        assert_eq!(tag.get("x"), None);
        assert_eq!(Tag("sheet name=\"A &amp; B\"").get("name").as_deref(), Some("A & B"));
        assert_eq!(beside("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(beside("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
    }

    /// Packs parts into a file.
    fn packed(parts: &[(&str, &str)]) -> Arc<[u8]> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, text) in parts {
            writer.start_file(*name, options).unwrap();
            std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner().into()
    }

    #[test]
    fn a_sheet_shows_more_than_its_text() {
        let bytes = packed(&[
            (
                "xl/workbook.xml",
                "<workbook><sheets><sheet name=\"A &amp; B\" sheetId=\"1\" r:id=\"rId7\"/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<R><Relationship Id=\"rId7\" Type=\"x/worksheet\" Target=\"worksheets/sheet3.xml\"/></R>",
            ),
            (
                "xl/styles.xml",
                "<s><fonts><font/><font><strike/></font><font><strike val=\"0\"/></font></fonts><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/><xf \
                 fontId=\"2\"/></cellXfs></s>",
            ),
            (
                "xl/sharedStrings.xml",
                "<sst><si><t>Plain</t></si><si><r><rPr><strike/></rPr><t>Old</t></r><r><t>New &amp; Co</t></r></si></sst>",
            ),
            (
                "xl/worksheets/sheet3.xml",
                "<w><sheetData><row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"s\"><v>0</v></c></row><row><c r=\"A3\" s=\"1\"><v>1</v></c><c s=\"2\"/></row><row \
                 r=\"4\" ht=\"0\"><c r=\"B4\" t=\"s\"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"A2:A4\"/></mergeCells></w>",
            ),
            (
                "xl/worksheets/_rels/sheet3.xml.rels",
                "<R><Relationship Id=\"a\" Type=\"x/comments\" Target=\"../comments1.xml\"/></R>",
            ),
            (
                "xl/comments1.xml",
                "<c><comment ref=\"A3\"><text><r><t>with</t></r><r><t>drew</t></r></text></comment></c>",
            ),
        ]);
        let marks = Marks::of(&bytes, "A & B");
        assert_eq!(marks.hidden, BTreeSet::from([2, 4]));
        let struck = [((3, 1), String::new()), ((4, 2), "New & Co".to_owned())];
        assert_eq!(marks.struck, BTreeMap::from(struck));
        assert_eq!(marks.notes, BTreeMap::from([((3, 1), "withdrew".to_owned())]));
        assert_eq!(marks.merged, [((2, 1), (4, 1))]);
        assert_eq!(Marks::of(&bytes, "another"), Marks::default());
        assert_eq!(Marks::of(&Arc::from(*b"PK no zip"), "A & B"), Marks::unread());
        let binary = packed(&[("xl/workbook.bin", "")]);
        assert_eq!(Marks::of(&binary, "A & B"), Marks::unread());
    }

    #[test]
    fn an_open_document_shows_more_than_its_text() {
        let bytes = packed(&[(
            "content.xml",
            "<d><style:style style:name=\"s1\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style><table:table \
             table:name=\"S\"><table:table-row table:visibility=\"filter\"><table:table-cell><text:p>A</text:p></table:table-cell></table:table-row>\
             <table:table-row><table:table-cell table:style-name=\"s1\"><text:p>B</text:p></table:table-cell><table:table-cell>\
             <office:annotation><text:p>wait</text:p></office:annotation><text:p><text:span text:style-name=\"s1\">Old</text:span>New</text:p>\
             </table:table-cell></table:table-row></table:table></d>",
        )]);
        let marks = Marks::of(&bytes, "S");
        assert_eq!(marks.hidden, BTreeSet::from([1]));
        assert_eq!(
            marks.struck,
            BTreeMap::from([((2, 1), String::new()), ((2, 2), "New".to_owned())])
        );
        assert_eq!(marks.notes, BTreeMap::from([((2, 2), "wait".to_owned())]));
    }

    #[test]
    fn only_cells_merged_over_rows_hand_their_value_down() {
        let marks = Marks {
            merged: vec![((2, 1), (4, 1)), ((1, 1), (1, 3))],
            ..Marks::default()
        };
        assert_eq!(marks.covered(), [((3, 1), (2, 1)), ((4, 1), (2, 1))]);
    }
}
