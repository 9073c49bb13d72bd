//! What a stranger's bytes can reach, a function for each door.
//!
//! In: any bytes. Out: nothing; a function panics if the library does, or if one of its
//! promises does not hold of these bytes. Used by the fuzzers of this folder and, on a fixed
//! corpus, by the ordinary tests. Absent: drawings (SVG), templates, and copies given to
//! `verify` that are larger than a page: the program works on them in a child process with
//! limits, which tests/outside/strangers.py attacks.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use undersigned::engine::{
    self, AnswerFile, AnswerOutcome, AnswersRequest, BoldAlone, DraftOutcome, DraftRequest, ImportRequest,
    ImportTarget, LetterInput, ListInput, MemoryOutputs, NamePairs, Paths, RenderRequest, VerifyRequest, Workspace,
};
use undersigned::files::{Files, MemoryFiles};
use undersigned::resolve::Resolution;
use undersigned::{emit, layout::Fonts};

/// A door: its name, which is that of its corpus, and what it does with bytes.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All doors.
pub(crate) const TARGETS: &[Target] = &[
    ("letter", letter),
    ("body", body),
    ("project", project),
    ("csv", csv),
    ("paste", paste),
    ("web_page", web_page),
    ("mail", mail),
    ("xlsx", xlsx),
    ("ods", ods),
    ("xls", xls),
    ("recipients", recipients),
    ("picture", picture),
    ("decisions", decisions),
    ("answers", answers),
    ("names", names),
    ("manifest", manifest),
    ("copy", copy),
    ("draft_docx", draft_docx),
    ("draft_html", draft_html),
    ("draft_markdown", draft_markdown),
];

/// Returns what a door does, if there is one of that name.
pub(crate) fn door(name: &str) -> Option<fn(&[u8])> {
    let found = TARGETS.iter().find(|(target, _)| *target == name);
    found.map(|(_, door)| *door)
}

/// The settings of a letter that lacks nothing.
const HEAD: &str = "+++\nkind = \"letter\"\ntitle = \"T\"\ndate = 2026-03-02\nlanguage = \"en\"\n\
    salutation = \"Dear Mayor Example:\"\nclosing = \"Sincerely,\"\nsignatories = [\"list.csv\"]\n";

/// A list with a duplicate, a place, and a person.
const LIST: &str = "name,state,status,email\nHarwell Village Association,VT,,a@example.org\n\
    \"Harwell Village Association, Inc.\",VT,,\nKupferberg Immigrant Center,NY,,\nKupfeberg Immigrant Center,,,\n";

static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::embedded_only);

/// Returns files by their names in a workspace.
fn in_memory(files: &[(&str, &[u8])]) -> Arc<dyn Files> {
    let named = files.iter().map(|(name, bytes)| (format!("/w/{name}"), *bytes));
    Arc::new(named.collect::<MemoryFiles>())
}

/// Opens a workspace with these files; `None` if it cannot be opened, which an error tells.
fn workspace(files: &[(&str, &[u8])]) -> Option<Workspace> {
    let files = in_memory(files);
    Workspace::open(&files, &Paths::new("/w"), Path::new("letters")).ok()
}

/// Takes a letter through all stages and writes it in all formats.
///
/// # Panics
/// If a row is lost, or a file holds the address of a signatory.
fn render(files: &[(&str, &[u8])]) {
    let Some(workspace) = workspace(files) else { return };
    let Ok(prepared) = workspace.prepare(LetterInput::File(PathBuf::from("/w/letters/a.md")), None, &|_| {}) else {
        return;
    };
    assert_eq!(
        prepared.records.len(),
        accounted(&prepared.resolution),
        "each row is printed, left out or held"
    );
    let _ = prepared.findings();
    let formats: Vec<_> = emit::FORMATS.iter().collect();
    let request = RenderRequest {
        formats: &formats,
        options: &emit::EmitOptions::default(),
        fonts: &FONTS,
        folder: Path::new("out"),
    };
    let outputs = MemoryOutputs::default();
    if prepared.render(&request, &outputs, &|_| {}).is_err() {
        return;
    }
    for (path, bytes) in outputs.into_files() {
        let has = contains(&bytes, PRIVATE);
        let named = files
            .iter()
            .any(|(name, bytes)| !name.ends_with("list.csv") && contains(bytes, PRIVATE));
        assert!(!has || named, "{} holds a private address", path.display());
    }
}

/// Returns how many rows are printed, left out or held.
fn accounted(resolution: &Resolution) -> usize {
    let printed = resolution.signatories.iter().map(|signatory| signatory.rows.len());
    printed.sum::<usize>() + resolution.excluded.len() + resolution.held.len()
}

/// The private cell of the list.
const PRIVATE: &str = "a@example.org";

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// A whole letter, settings and text.
fn letter(bytes: &[u8]) {
    render(&[("letters/a.md", bytes), ("letters/list.csv", LIST.as_bytes())]);
}

/// The text of a letter whose settings are in order.
fn body(bytes: &[u8]) {
    let text = [HEAD.as_bytes(), b"+++\n", bytes].concat();
    render(&[("letters/a.md", &text), ("letters/list.csv", LIST.as_bytes())]);
}

/// The settings of a workspace.
fn project(bytes: &[u8]) {
    let text = [HEAD.as_bytes(), b"+++\nText. {{ signatories.count }}\n"].concat();
    render(&[
        ("undersigned.toml", bytes),
        ("letters/a.md", &text),
        ("letters/list.csv", LIST.as_bytes()),
    ]);
}

/// A picture in a letter; its first byte says which kind its name claims.
fn picture(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    let name = if first % 2 == 0 { "p.png" } else { "p.jpg" };
    let text = format!("{HEAD}+++\n![A map of the routes]({name})\n");
    render(&[
        ("letters/a.md", text.as_bytes()),
        (&format!("letters/{name}"), bytes),
        ("letters/list.csv", LIST.as_bytes()),
    ]);
}

/// A list to whom a letter goes.
fn recipients(bytes: &[u8]) {
    let text = format!("{HEAD}to = \"to.csv\"\n+++\nDear {{{{ recipient.name }}}}: {{{{ signatories.count }}}}\n");
    render(&[
        ("letters/a.md", text.as_bytes()),
        ("letters/to.csv", bytes),
        ("letters/list.csv", LIST.as_bytes()),
    ]);
}

/// The answers of a coordinator, as a file that somebody edited.
fn decisions(bytes: &[u8]) {
    let text = [HEAD.as_bytes(), b"+++\nText. {{ signatories.count }}\n"].concat();
    render(&[
        ("signatories/decisions.toml", bytes),
        ("letters/a.md", &text),
        ("letters/list.csv", LIST.as_bytes()),
    ]);
}

/// A sheet of questions that came back from a colleague.
///
/// # Panics
/// If what is saved is more or less than what was told, or is not read as it was saved.
fn answers(bytes: &[u8]) {
    let text = [HEAD.as_bytes(), b"+++\nText.\n"].concat();
    let files: [(&str, &[u8]); 2] = [("letters/a.md", &text), ("letters/list.csv", LIST.as_bytes())];
    let Some(workspace) = workspace(&files) else { return };
    let reviews = workspace.reviews(&[]).expect("the lists are readable");
    let request = AnswersRequest {
        files: vec![AnswerFile::Bytes("answers".to_owned(), bytes.to_vec())],
        ..AnswersRequest::default()
    };
    let plan = workspace.read_answers(&reviews, request).expect("answers are read");
    let saved = plan
        .answers
        .iter()
        .filter(|answer| answer.outcome == AnswerOutcome::Saved);
    let keys: std::collections::BTreeSet<&str> = saved.map(|answer| answer.key.as_str()).collect();
    assert_eq!(plan.set.changes.is_empty(), keys.is_empty());
    let decisions = plan.set.changes.first().and_then(|change| change.new.as_deref());
    let decisions = decisions.unwrap_or_default();
    let [letter, list] = files;
    let after = self::workspace(&[letter, list, ("signatories/decisions.toml", decisions)]).expect("a workspace");
    assert_eq!(after.known.decisions.len() + after.known.rows.len(), keys.len());
    assert!(after.diagnostics.is_empty(), "{:?}", after.diagnostics);
}

/// Imports a file of that name, and resolves it.
///
/// # Panics
/// If a row is lost.
fn import(name: &str, bytes: &[u8]) {
    let Some(workspace) = workspace(&[("letters/a.md", b"")]) else {
        return;
    };
    let input = ListInput::Bytes(name.to_owned(), bytes.to_vec());
    if let Ok(deduplication) = workspace.dedupe(vec![input.clone()], None) {
        assert!(
            accounted(&deduplication.resolution) == deduplication.records.len()
                || engine_stopped(&deduplication.diagnostics),
            "each row is printed, left out or held"
        );
    }
    let request = ImportRequest {
        input,
        target: ImportTarget::New(PathBuf::from("/w/signatories/new.csv")),
        letter: None,
        without_private: true,
    };
    let _ = workspace.import(request);
}

fn engine_stopped(said: &[undersigned::diag::Diagnostic]) -> bool {
    said.iter().any(engine::is_unreadable)
        || said
            .iter()
            .any(|said| said.severity == undersigned::diag::Severity::Error)
}

fn csv(bytes: &[u8]) {
    import("export.csv", bytes);
}

/// A mail or a list as somebody pasted it.
fn paste(bytes: &[u8]) {
    import("paste.txt", bytes);
}

fn web_page(bytes: &[u8]) {
    import("page.html", bytes);
}

/// A mailbox, or one mail; its first byte says which.
fn mail(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    import(if first % 2 == 0 { "inbox.mbox" } else { "reply.eml" }, bytes);
}

/// The one sheet of a workbook.
fn xlsx(bytes: &[u8]) {
    let workbook = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Names" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let links = relationships("officeDocument/2006/relationships/worksheet", "worksheets/sheet1.xml");
    let root = relationships("officeDocument/2006/relationships/officeDocument", "xl/workbook.xml");
    let parts: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", bytes),
    ];
    import("sheet.xlsx", &archive(&parts));
}

/// The content of an OpenDocument spreadsheet.
fn ods(bytes: &[u8]) {
    let kind: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    import("sheet.ods", &archive(&[("mimetype", kind), ("content.xml", bytes)]));
}

/// The types of parts; those of a document and of a workbook at once.
const CONTENT_TYPES: &[u8] = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;

/// Returns a part that leads to another.
fn relationships(kind: &str, target: &str) -> String {
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/{kind}" Target="{target}"/></Relationships>"#
    )
}

/// Returns an archive of parts, not compressed.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        archive.start_file(*name, stored).expect("a name");
        archive.write_all(bytes).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

fn xls(bytes: &[u8]) {
    import("sheet.xls", bytes);
}

/// Two names, each a line.
///
/// # Panics
/// If the order of the two changes what is thought of them.
fn names(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some((a, b)) = text.split_once('\n') else { return };
    let Some(workspace) = workspace(&[("letters/a.md", b"")]) else {
        return;
    };
    let zone = |a: &str, b: &str| {
        let pairs = NamePairs::one(a, b).ok()?;
        workspace
            .explain(&pairs)
            .next()
            .map(|explained| explained.judgement.zone)
    };
    assert_eq!(zone(a, b), zone(b, a), "the order of two names says nothing");
}

/// A manifest beside the copy that it is about.
fn manifest(bytes: &[u8]) {
    verify(
        &[("manifest.toml", bytes), ("letter.txt", b"Keep the library open.\n")],
        "letter.txt",
    );
}

/// A copy of a letter; its first byte says what kind its name claims.
fn copy(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    let name = [
        "letter.txt",
        "letter.html",
        "letter.eml",
        "letter.md",
        "letter.docx",
        "letter.pdf",
    ][usize::from(first % 6)];
    verify(&[("manifest.toml", MANIFEST), (name, bytes)], name);
}

/// A manifest of an earlier version, which every later one reads.
const MANIFEST: &[u8] = include_bytes!("../cli/release/earlier/manifest.toml");

fn verify(files: &[(&str, &[u8])], file: &str) {
    let files = in_memory(files);
    let request = VerifyRequest {
        file: PathBuf::from("/w").join(file),
        manifest: Some(PathBuf::from("/w/manifest.toml")),
        public_key: None,
    };
    let _ = engine::verify(&files, &Paths::new("/w"), &request);
}

/// Turns a draft into a letter.
///
/// # Panics
/// If the letter cannot be read again.
fn draft(name: &str, bytes: &[u8]) {
    let files: Arc<dyn Files> = Arc::new(MemoryFiles::default());
    let request = DraftRequest {
        input: ListInput::Bytes(name.to_owned(), bytes.to_vec()),
        out: Some(PathBuf::from("/w/letters/a.md")),
        changes: Some(undersigned::model::draft::ChangeDecision::Accept),
        bold: BoldAlone::Ask,
    };
    let Ok(DraftOutcome::Letter(plan)) = engine::draft(&files, &Paths::new("/w"), request) else {
        return;
    };
    let made: Vec<(PathBuf, Vec<u8>)> = plan
        .set
        .changes
        .into_iter()
        .filter_map(|change| Some((change.path, change.new?)))
        .collect();
    let files: Arc<dyn Files> = Arc::new(made.into_iter().collect::<MemoryFiles>());
    let workspace =
        Workspace::open(&files, &Paths::new("/w"), Path::new("letters")).expect("a draft makes a workspace that opens");
    let prepared = workspace.prepare(LetterInput::File(PathBuf::from("/w/letters/a.md")), None, &|_| {});
    if let Err(error) = prepared {
        panic!("the letter made of a draft cannot be read: {error}");
    }
}

/// The text of a Word file.
fn draft_docx(bytes: &[u8]) {
    let root = relationships("officeDocument/2006/relationships/officeDocument", "word/document.xml");
    let parts: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", bytes),
    ];
    draft("draft.docx", &archive(&parts));
}

fn draft_html(bytes: &[u8]) {
    draft("draft.html", bytes);
}

fn draft_markdown(bytes: &[u8]) {
    draft("draft.md", bytes);
}
