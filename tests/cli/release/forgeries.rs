//! Copies whose words are those of the release and which show a reader something else, and
//! copies that were only stored in another way.

use super::common::{LETTER, LIST, Workspace};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use std::io::{Cursor, Read, Write};

const FOLDER: &str = "output/a/releases/1";

/// What `verify` says of a copy, with the original at hand and with the manifest alone.
fn verdicts(workspace: &Workspace, name: &str, bytes: &[u8]) -> [String; 2] {
    let alone = "elsewhere/manifest.toml";
    workspace.write(alone, workspace.read(&format!("{FOLDER}/manifest.toml")));
    let copy = format!("copies/{name}");
    workspace.write(&copy, bytes);
    [
        workspace.run(&["verify", &copy]).out,
        workspace.run(&["verify", &copy, "--manifest", alone]).out,
    ]
}

fn is_the_same(verdict: &str) -> bool {
    verdict.contains("unaltered") || verdict.contains("so is all else that it shows")
}

fn forged(workspace: &Workspace, what: &str, name: &str, bytes: &[u8]) {
    for out in verdicts(workspace, name, bytes) {
        assert!(!is_the_same(&out), "{what}: {out}");
        assert!(out.contains("  ! ") || out.contains("altered: not"), "{what}: {out}");
    }
}

fn innocent(workspace: &Workspace, what: &str, name: &str, bytes: &[u8]) {
    for out in verdicts(workspace, name, bytes) {
        assert!(is_the_same(&out), "{what}: {out}");
    }
}

fn released() -> Workspace {
    // A link, and enough text for a second page.
    let more = (0..24)
        .map(|n| format!("\nChildren read there in the afternoon, says neighbor {n}, and those who have no desk at home do their lessons at its tables.\n"))
        .collect::<String>();
    let letter = format!("{LETTER}\nSee [the plan](https://plan.example/a).\n{more}");
    let workspace = Workspace::new(&[("letters/a.md", &letter), ("signatories/a.csv", LIST)]);
    let ran = workspace.run(&["release", "letters/a.md", "--despite", "a test"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    workspace
}

/// A PDF that is being changed.
struct Pages {
    document: Document,
    ids: Vec<ObjectId>,
}

impl Pages {
    fn of(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).expect("a PDF");
        let ids = document.page_iter().collect();
        Self { document, ids }
    }

    fn saved(mut self) -> Vec<u8> {
        let mut out = Vec::new();
        self.document.save_to(&mut out).expect("saved");
        out
    }

    fn page(&mut self, at: usize) -> &mut Dictionary {
        self.document.get_dictionary_mut(self.ids[at]).expect("a page")
    }

    /// Paints before and after what the page paints.
    fn paint(mut self, at: usize, before: &str, after: &str) -> Self {
        let content = self.document.get_page_content(self.ids[at]);
        let content = [before.as_bytes(), &content, after.as_bytes()].join(&b'\n');
        let stream = self.document.add_object(Stream::new(dictionary! {}, content));
        self.page(at).set("Contents", stream);
        self
    }

    /// Gives a page's resources one more.
    fn resource(mut self, at: usize, kind: &str, name: &str, value: impl Into<Object>) -> Self {
        let value = self.document.add_object(value.into());
        let resources = self.page(at).get(b"Resources").expect("resources").clone();
        let (_, resources) = self.document.dereference(&resources).expect("there");
        let mut resources = resources.as_dict().expect("a dictionary").clone();
        let group = resources
            .get(kind.as_bytes())
            .cloned()
            .unwrap_or(Object::Dictionary(dictionary! {}));
        let (_, group) = self.document.dereference(&group).expect("there");
        let mut group = group.as_dict().expect("a dictionary").clone();
        group.set(name, value);
        resources.set(kind, group);
        self.page(at).set("Resources", resources);
        self
    }

    fn annotation(mut self, at: usize, annotation: Dictionary) -> Self {
        let id = self.document.add_object(annotation);
        let old = self.page(at).get(b"Annots").cloned();
        let old = old
            .ok()
            .and_then(|old| self.document.dereference(&old).ok().map(|(_, old)| old.clone()));
        let mut all = old.and_then(|old| old.as_array().cloned().ok()).unwrap_or_default();
        all.push(id.into());
        self.page(at).set("Annots", all);
        self
    }

    fn font(self, at: usize) -> Self {
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        self.resource(at, "Font", "Evil", font)
    }
}

const BOX: &str = "q 1 1 1 rg 50 300 400 200 re f Q";
const NAME: &str = "q BT /Evil 12 Tf 60 400 Td (Evil Corporation) Tj ET Q";

/// Forgeries of a PDF whose tagged words stay as they are.
fn forged_pdfs(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let of = || Pages::of(bytes);
    let text = |text: &str| Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    let picture = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 },
        vec![255],
    );
    let form = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 400.into(), 200.into()] },
        BOX.as_bytes().to_vec(),
    );
    let mut layers = of();
    let layer = layers
        .document
        .add_object(dictionary! { "Type" => "OCG", "Name" => text("x") });
    let mut layers = layers
        .resource(0, "Properties", "Mx", Object::Reference(layer))
        .paint(0, "/OC /Mx BDC", "EMC");
    layers.document.catalog_mut().expect("a catalog").set(
        "OCProperties",
        dictionary! { "OCGs" => vec![layer.into()], "D" => dictionary! { "OFF" => vec![layer.into()] } },
    );
    let mut area = of();
    area.page(0)
        .set("MediaBox", vec![0.into(), 400.into(), 612.into(), 792.into()]);
    let mut cut = of();
    cut.page(1)
        .set("CropBox", vec![0.into(), 400.into(), 612.into(), 792.into()]);
    let note = dictionary! { "Type" => "Annot", "Subtype" => "FreeText", "Rect" => vec![60.into(), 300.into(), 400.into(), 420.into()], "Contents" => text("Evil Corporation") };
    let square = dictionary! { "Type" => "Annot", "Subtype" => "Square", "Rect" => vec![60.into(), 300.into(), 400.into(), 420.into()], "IC" => vec![1.into(), 1.into(), 1.into()] };
    let mut links = of();
    for object in links.document.objects.values_mut() {
        if let Ok(action) = object
            .as_dict_mut()
            .and_then(|found| found.get_mut(b"A"))
            .and_then(Object::as_dict_mut)
        {
            action.set("URI", text("https://evil.example"));
        }
    }
    let mut fonts = of();
    for object in fonts.document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.has(b"Length1")
        {
            let mut program = stream.decompressed_content().expect("a font");
            let middle = program.len() / 2;
            program[middle] ^= 0xff;
            stream.dict.remove(b"Filter");
            stream.set_content(program);
        }
    }
    let clear = dictionary! { "ca" => 0 };
    vec![
        ("a white area", of().paint(0, "", BOX)),
        (
            "an area that is nearly white",
            of().paint(0, "", "q .99 .99 .99 rg 50 300 400 200 re f Q"),
        ),
        (
            "a thick white line",
            of().paint(0, "", "q 1 1 1 RG 200 w 50 300 m 400 300 l S Q"),
        ),
        ("an area on the second page", of().paint(1, "", BOX)),
        ("a name over it", of().font(0).paint(0, "", &format!("{BOX} {NAME}"))),
        (
            "a name as decoration",
            of().font(0).paint(0, "", &format!("/Artifact BMC {NAME} EMC")),
        ),
        (
            "a name that says nothing",
            of().font(0)
                .paint(0, "", &format!("/Span <</ActualText ()>> BDC {NAME} EMC")),
        ),
        (
            "a name behind what is no operator",
            of().font(0).paint(0, "", &format!("12x!! \u{1} {NAME}")),
        ),
        (
            "a picture",
            of().resource(0, "XObject", "Im9", picture)
                .paint(0, "", "q 400 0 0 200 50 300 cm /Im9 Do Q"),
        ),
        (
            "a picture among operators",
            of().paint(
                0,
                "",
                "q 400 0 0 200 50 300 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{7f} EI Q",
            ),
        ),
        (
            "a form",
            of().resource(0, "XObject", "Fm9", form).paint(0, "", "/Fm9 Do"),
        ),
        ("a clip path", of().paint(0, "q 0 500 700 300 re W n", "Q")),
        ("no size", of().paint(0, "q .001 0 0 .001 0 0 cm", "Q")),
        ("off the page", of().paint(0, "q 1 0 0 1 3000 0 cm", "Q")),
        ("no ink", of().paint(0, "q 3 Tr", "Q")),
        (
            "no color",
            of().resource(0, "ExtGState", "G9", clear).paint(0, "q /G9 gs", "Q"),
        ),
        ("a hidden layer", layers),
        ("a smaller page", area),
        ("a cropped page", cut),
        ("a note", of().annotation(0, note)),
        ("a square", of().annotation(0, square)),
        ("other links", links),
        ("other glyphs", fonts),
    ]
    .into_iter()
    .map(|(what, pages)| (what, pages.saved()))
    .collect()
}

#[test]
fn a_pdf_that_shows_something_else_is_never_the_same() {
    let workspace = released();
    let bytes = workspace.read(&format!("{FOLDER}/letter.pdf"));
    for (what, forgery) in forged_pdfs(&bytes) {
        forged(&workspace, what, "copy.pdf", &forgery);
    }
    let [told, _] = verdicts(&workspace, "copy.pdf", &Pages::of(&bytes).paint(1, "", BOX).saved());
    assert!(
        told.contains("page 2 is not painted as in the original (1 more area or line)"),
        "{told}"
    );
    // A name of the roll is named when a picture, an area, or a comment lies over the page.
    let over = |after: &str| Pages::of(&bytes).paint(1, "", after);
    let stamp = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Stamp",
        "Rect" => vec![0.into(), 0.into(), 700.into(), 800.into()],
    };
    for (what, copy) in [
        ("an area", over("q .2 .4 .6 rg 0 0 700 800 re f Q")),
        ("a stamp", over("").annotation(1, stamp)),
    ] {
        let copy = copy.saved();
        for told in verdicts(&workspace, "copy.pdf", &copy) {
            assert!(
                told.contains("something that may hide words is painted over “"),
                "{what}: {told}"
            );
        }
    }
}

#[test]
fn a_pdf_that_was_only_saved_again_is_the_same() {
    let workspace = released();
    let bytes = workspace.read(&format!("{FOLDER}/letter.pdf"));
    let saved = |change: fn(&mut Document)| {
        let mut pages = Pages::of(&bytes);
        change(&mut pages.document);
        pages.saved()
    };
    let mut modern = Vec::new();
    Document::load_mem(&bytes)
        .expect("a PDF")
        .save_modern(&mut modern)
        .expect("saved");
    // The operators in another spelling.
    let pages = Pages::of(&bytes);
    let content = pages.document.get_page_content(pages.ids[0]);
    let content = lopdf::content::Content::decode(&content)
        .expect("operators")
        .encode()
        .expect("operators");
    let mut spelled = pages;
    let stream = spelled.document.add_object(Stream::new(
        dictionary! {},
        [b"% spelled anew\r\n".as_slice(), &content].concat(),
    ));
    spelled.page(0).set("Contents", vec![stream.into()]);
    for (what, copy) in [
        ("saved", saved(|_| {})),
        ("unpacked", saved(Document::decompress)),
        ("packed", saved(Document::compress)),
        ("numbered anew", saved(Document::renumber_objects)),
        (
            "other metadata",
            saved(|document| {
                document.trailer.remove(b"Info");
                document.trailer.remove(b"ID");
            }),
        ),
        ("streams of objects", modern),
        ("spelled otherwise", spelled.saved()),
        ("longer", [bytes.as_slice(), b"\n% sent by mail\n"].concat()),
    ] {
        innocent(&workspace, what, "copy.pdf", &copy);
    }
}

#[test]
fn a_page_that_shows_something_else_is_never_the_same() {
    let workspace = released();
    let page = workspace.text(&format!("{FOLDER}/letter.html"));
    let last = "</body>";
    for (from, to) in [
        ("<li", "<li hidden"),
        ("<li", "<li style=\"display:none\""),
        ("<li", "<li class=\"visually-hidden\""),
        ("<li", "<li dir=rtl style=\"unicode-bidi:bidi-override\""),
        ("</style>", "li:nth-child(2){clip-path:inset(100%)}</style>"),
        (
            "</style>",
            "li:first-child::before{content:\"Evil Corporation\"}</style>",
        ),
        ("</style>", "li:first-child::before{content:\"\\45 vil\"}</style>"),
        ("</style>", "li::after{content:attr(title)}</style>"),
        (
            "</style>",
            "@font-face{font-family:x;src:url(https://evil.example/f)}body{font-family:x}</style>",
        ),
        ("<style>", "<style>@import \"https://evil.example/a.css\";"),
        (
            "</head>",
            "<link rel=stylesheet href=https://evil.example/x.css></head>",
        ),
        (
            last,
            "<div style=\"position:fixed;inset:0;background:#fff\"></div></body>",
        ),
        (
            last,
            "<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" alt=\"\"></body>",
        ),
        (last, "<svg><path d=\"M0 0h100v100z\" fill=\"#fff\"/></svg></body>"),
        (last, "<script>1</script></body>"),
        (last, "<noscript>Evil Corporation</noscript></body>"),
        ("https://plan.example/a", "https://evil.example/a"),
    ] {
        assert!(page.contains(from), "{from}");
        forged(&workspace, to, "copy.html", page.replacen(from, to, 1).as_bytes());
    }
    for copy in [
        page.replace('\n', "\r\n"),
        format!("\u{feff}{page}"),
        page.replacen("<body", "<!-- saved from a page -->\n<body", 1),
        format!("{page}\n\n"),
    ] {
        innocent(&workspace, "stored otherwise", "copy.html", copy.as_bytes());
    }
}

/// Packs a Word file anew, with one part changed.
fn packed(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in (0..archive.len()).rev() {
        let mut file = archive.by_index(at).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("read");
        if name == part {
            let text = String::from_utf8(content).expect("text");
            assert!(text.contains(from), "{part}: {from}");
            content = text.replacen(from, to, 1).into_bytes();
        }
        out.start_file(&*name, zip::write::SimpleFileOptions::default())
            .expect("begun");
        out.write_all(&content).expect("written");
    }
    out.finish().expect("whole").into_inner()
}

#[test]
fn a_word_file_that_shows_something_else_is_never_the_same() {
    let workspace = released();
    let bytes = workspace.read(&format!("{FOLDER}/letter.docx"));
    let text = "word/document.xml";
    let run = "<w:t xml:space=\"preserve\">Harbor Readers</w:t>";
    let hidden = |properties: &str| format!("</w:r><w:r><w:rPr>{properties}</w:rPr>{run}");
    for (what, part, from, to) in [
        ("hidden", text, run, hidden("<w:vanish/>")),
        ("white", text, run, hidden("<w:color w:val=\"FFFFFF\"/>")),
        ("tiny", text, run, hidden("<w:sz w:val=\"2\"/>")),
        (
            "other letters",
            text,
            run,
            hidden("<w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/>"),
        ),
        (
            "words drawn",
            text,
            "</w:body>",
            "<w:p><w:r><w:pict><v:shape><v:textpath string=\"Evil\"/></v:shape></w:pict></w:r></w:p></w:body>"
                .to_owned(),
        ),
        (
            "a shape over it",
            text,
            "</w:body>",
            "<w:p><w:r><w:pict><v:rect fillcolor=\"white\"/></w:pict></w:r></w:p></w:body>".to_owned(),
        ),
        (
            "no height",
            text,
            "</w:pPr>",
            "<w:spacing w:line=\"1\" w:lineRule=\"exact\"/></w:pPr>".to_owned(),
        ),
        (
            "a hiding style",
            "word/styles.xml",
            "</w:rPr>",
            "<w:vanish/></w:rPr>".to_owned(),
        ),
    ] {
        forged(&workspace, what, "copy.docx", &packed(&bytes, part, from, &to));
    }
    innocent(&workspace, "packed anew", "copy.docx", &packed(&bytes, text, "", ""));
    let told = &verdicts(
        &workspace,
        "copy.docx",
        &packed(&bytes, text, run, &hidden("<w:vanish/>")),
    )[1];
    assert!(told.contains("words marked as hidden"), "{told}");
}
