//! Broken files: each is refused with its name and a reason, or loads with something
//! said; nothing panics, nothing is half-written.

use super::workspace::{Workspace, folder};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use undersigned::diag::Severity;
use undersigned::load;
use undersigned::source::SourceMap;
use zip::write::SimpleFileOptions;

/// How a file must end.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// Refused: code 2, a message, no list.
    Refused,
    /// Read: a list, and something said about it.
    Told,
    /// Read, and nothing need be said.
    Read,
}
use End::{Read, Refused, Told};

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook of one sheet, from the XML of its rows.
fn xlsx(rows: &str) -> Vec<u8> {
    xlsx_with(
        rows,
        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"></sst>",
    )
}

fn xlsx_with(rows: &str, strings: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"r1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"r2\" Type=\"{RELATIONS}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
    );
    let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
    let package = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"r1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    zipped(&[
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

fn cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn row(number: u32, cells: &str) -> String {
    format!("<row r=\"{number}\">{cells}</row>")
}

fn ods(content: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"S\">{content}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

/// Every file: its name, its bytes, how it must end.
fn corpus() -> Vec<(String, Vec<u8>, End)> {
    let mut files: Vec<(String, Vec<u8>, End)> = Vec::new();
    let mut add = |name: &str, bytes: &[u8], end| files.push((name.to_owned(), bytes.to_vec(), end));
    let good = "name,state\nRío Abajo,NM\nHarwell,TN\n";
    let fixture = |name: &str| fs::read(folder("fixtures").join(name)).unwrap();

    // Empty, blank, binary.
    for ending in ["csv", "tsv", "toml", "txt", "xlsx", "ods"] {
        add(&format!("empty.{ending}"), b"", Told);
    }
    add("empty.html", b"", Refused);
    add("empty.md", b"", Refused);
    add("blank.csv", b"\n\n  \n,,,\n", Refused);
    add("bom-only.csv", b"\xef\xbb\xbf", Told);
    add("nul.csv", &[0; 4096], Refused);
    add(
        "noise.csv",
        &(0..4096u32).map(|at| (at * 7919 % 251) as u8).collect::<Vec<u8>>(),
        Refused,
    );
    add("nul-in-name.csv", b"name\nR\0o Abajo\n", Told);
    add("escape.csv", b"name\n\x1b[2JHarwell\n", Told);
    add("elf.csv", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", Refused);
    add("png.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Refused);
    add("pdf.csv", b"%PDF-1.7\n", Refused);
    add("gzip.csv", b"\x1f\x8b\x08\0\0\0\0\0", Refused);
    add("list.pages", good.as_bytes(), Refused);
    add("list.pdf", good.as_bytes(), Refused);
    add("list.docx", good.as_bytes(), Refused);

    // Cells.
    add(
        "truncated-quote.csv",
        b"name,state\n\"R\xc3\xado Abajo,NM\nHarwell,TN\n",
        Refused,
    );
    add("lone-quote.csv", b"name\nThe \"A Team\n", Read);
    add("quote-in-middle.csv", b"name,state\n\"A\" Team,NM\n", Told);
    add("quotes-only.csv", b"name\n\"\"\"\"\n", Read);
    add("ragged.csv", b"name,state\nA\nB,NM,x,y\nC,NM\n", Told);
    add("no-name.csv", b"state,city\nNM,Taos\n", Refused);
    add("header-only.csv", b"name,state\n", Told);
    add("two-headers.csv", b"name,state\nname,state\nA,NM\n", Read);
    add("same-header-twice.csv", b"name,name,state\nA,,NM\n,B,NM\n", Read);
    add("unknown-status.csv", b"name,status\nA,mayhap\n", Told);
    add(
        "million-columns.csv",
        format!("name{}\nA\n", ",x".repeat(1_000_000)).as_bytes(),
        Refused,
    );
    add(
        "million-cells.csv",
        format!("name,state\nA,{}\n", "x,".repeat(1_000_000)).as_bytes(),
        Told,
    );
    add(
        "giant-cell.csv",
        format!("name\n{}\n", "x".repeat(10_000_000)).as_bytes(),
        Refused,
    );
    add(
        "giant-quoted.csv",
        format!("name\n\"{}\"\n", "x\n".repeat(1_000_000)).as_bytes(),
        Refused,
    );
    add("giant-line.txt", "x".repeat(1_000_000).as_bytes(), Refused);
    add(
        "many-blank.csv",
        format!("name\n{}A\n", "\n".repeat(1_000_000)).as_bytes(),
        Read,
    );
    add("only-delimiters.csv", ",".repeat(100_000).as_bytes(), Refused);
    add("cr-only.csv", good.replace('\n', "\r").as_bytes(), Read);
    add("mixed-ends.csv", b"name\r\nA\rB\nC\r\n", Read);
    add("sep.csv", b"sep=;\nname;state\nA;NM\n", Read);
    add("bidi.csv", "name\n\u{202e}lleraW\u{200b}\n".as_bytes(), Told);
    add(
        "long-header.csv",
        format!("{},name\nx,A\n", "Why? ".repeat(5_000)).as_bytes(),
        Told,
    );

    // Encodings.
    add("half-utf8.csv", b"name\nCoraz\xc3", Told);
    add("mixed.csv", b"name\nCoraz\xc3\xb3n\nDo\xf1a\n", Refused);
    add("utf16-odd.csv", b"\xff\xfen\0a\0m\0e\0\n\0A\0\n", Refused);
    add("utf16-lone.csv", b"\xff\xfen\0a\0m\0e\0\n\0\0\xd8A\0\n\0", Refused);
    add(
        "utf32.csv",
        b"\xff\xfe\0\0n\0\0\0a\0\0\0m\0\0\0e\0\0\0\n\0\0\0A\0\0\0",
        Told,
    );

    // TOML.
    add("broken.toml", b"[[signatory]\nname = \"A\"\n", Refused);
    add("wrong-type.toml", b"signatories = 3\n", Refused);
    add("number-name.toml", b"[[signatory]]\nname = [1]\n", Refused);
    add("deep.toml", format!("a = {}", "[".repeat(100_000)).as_bytes(), Refused);

    // Wrong names.
    add("really-a-workbook.csv", &fixture("responses.xlsx"), Told);
    add("really-a-workbook.txt", &fixture("responses.xls"), Told);
    add("really-ods.xlsx", &fixture("responses.ods"), Told);
    add("really-text.xlsx", good.as_bytes(), Told);
    add(
        "really-html.xls",
        b"<html><table><tr><th>Organization</th></tr><tr><td>A</td></tr></table></html>",
        Told,
    );

    // Workbooks.
    let whole = fixture("responses.xlsx");
    for part in 1..8 {
        let end = if part == 7 {
            whole.len() - 10
        } else {
            whole.len() * part / 8
        };
        add(&format!("truncated-{part}.xlsx"), &whole[..end], Refused);
    }
    let old = fixture("responses.xls");
    for part in 1..4 {
        add(&format!("truncated-{part}.xls"), &old[..old.len() * part / 4], Refused);
    }
    let ods_file = fixture("responses.ods");
    add("truncated.ods", &ods_file[..ods_file.len() / 2], Refused);
    add("zip.xlsx", &zipped(&[("hello.txt", b"hello")]), Refused);
    add("docx.xlsx", &zipped(&[("word/document.xml", b"<w/>")]), Refused);
    add("empty-sheet.xlsx", &xlsx(""), Told);
    add(
        "corners.xlsx",
        &xlsx(&(row(1, &cell("A1", "name")) + &row(1_048_576, &cell("XFD1048576", "x")))),
        Told,
    );
    add(
        "outside.xlsx",
        &xlsx(&(row(1, &cell("A1", "name")) + &row(2, &cell("ZZZZZ99999999", "x")))),
        Refused,
    );
    add(
        "no-strings.xlsx",
        &xlsx("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>"),
        Refused,
    );
    add(
        "unclosed.xlsx",
        &xlsx("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>name"),
        Refused,
    );
    let backwards = row(3, &cell("A3", "B")) + &row(1, &cell("A1", "name")) + &row(2, &cell("A2", "A"));
    add("backwards.xlsx", &xlsx(&backwards), Read);
    add(
        "giant-cell.xlsx",
        &xlsx(&(row(1, &cell("A1", "name")) + &row(2, &cell("A2", &"x".repeat(1 << 20))))),
        Refused,
    );
    // One long string used over and over: a copy each would fill the memory.
    let strings = format!(
        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>{}</t></si></sst>",
        "x".repeat(1 << 20)
    );
    let mut rows = row(1, &cell("A1", "name"));
    for number in 2..2_000 {
        let _ = write!(
            rows,
            "<row r=\"{number}\"><c r=\"A{number}\" t=\"s\"><v>0</v></c></row>"
        );
    }
    add("repeated-string.xlsx", &xlsx_with(&rows, &strings), Refused);
    // A bomb: 1.2 GB of spaces in a part of a megabyte.
    let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("xl/workbook.xml", SimpleFileOptions::default())
        .unwrap();
    let spaces = vec![b' '; 4 << 20];
    for _ in 0..300 {
        bomb.write_all(&spaces).unwrap();
    }
    add("bomb.xlsx", &bomb.finish().unwrap().into_inner(), Refused);
    let repeated = "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell></table:table-row>";
    add("repeated.ods", &ods(&repeated.repeat(2_000)), Refused);
    let tall = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"1000\"><text:p>x</text:p></table:table-cell></table:table-row>";
    add("tall.ods", &ods(tall), Refused);

    // Pages.
    add(
        "deep.html",
        format!("{}A{}", "<div>".repeat(50_000), "</div>".repeat(50_000)).as_bytes(),
        Refused,
    );
    add("deep-hidden.html", "<div></x>".repeat(50_000).as_bytes(), Refused);
    add(
        "no-list.html",
        b"<html><body><p>We ask for a library.</p></body></html>",
        Refused,
    );
    add(
        "script-only.html",
        b"<html><script>var names = ['A', 'B'];</script></html>",
        Refused,
    );
    add(
        "unclosed.html",
        b"<ul><li>Harwell Group<li>Taos Group<li>Norte Group<li>Sur Group<li>Este Group",
        Told,
    );
    add("no-list.md", b"# Hello\n\nWe ask for a library.\n", Refused);
    files
}

#[test]
fn every_broken_file_is_refused_or_told() {
    let corpus = corpus();
    assert!(corpus.len() >= 80, "{}", corpus.len());
    let workspace = Workspace::new(&[]);
    let mut wrong = Vec::new();
    for (name, bytes, end) in &corpus {
        workspace.write(name, bytes);
        let ran = workspace.run(&["import", name, "--out", "out.csv", "--format", "short"]);
        let written = workspace.path("out.csv").exists();
        let named = ran.err.contains(name.as_str());
        let sound = match end {
            Refused => ran.code == Some(2) && named && !written,
            Told => matches!(ran.code, Some(0 | 1)) && named && written,
            Read => matches!(ran.code, Some(0 | 1)) && written,
        };
        if !sound || ran.err.contains("panicked") {
            let said: String = ran.err.chars().take(300).collect();
            wrong.push(format!(
                "{name}: expected {end:?}, exit {:?}, written {written}: {said}",
                ran.code
            ));
        }
        let _ = fs::remove_file(workspace.path("out.csv"));
        fs::remove_file(workspace.path(name)).unwrap();
        // Nothing else was left behind.
        assert_eq!(workspace.files(), Vec::<String>::new(), "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_file_is_refused() {
    let workspace = Workspace::new(&[("list.csv", "name\nA\n")]);
    fs::create_dir(workspace.path("folder.csv")).unwrap();
    let check = |arguments: &[&str], message: &str| {
        let ran = workspace.run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.err.contains(message), "{arguments:?}: {}", ran.err);
    };
    check(&["import", "folder.csv"], "cannot read `folder.csv`: it is a folder");
    check(&["import", "none.csv"], "cannot read `none.csv`");
    check(&["import", "none.xlsx#Sheet 1"], "cannot read `none.xlsx#Sheet 1`");
    check(&["import", "list.csv", "--into", "folder.csv"], "it is a folder");
    check(
        &["import", "list.csv", "--into", "new.xlsx"],
        "lists are written as .csv, .tsv, .toml or .txt",
    );
    check(&["import", "list.csv", "--out", "list.csv"], "is there already");
    check(&["import"], "<FILE>");
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        symlink("round.csv", workspace.path("round.csv")).unwrap();
        symlink("b.csv", workspace.path("a.csv")).unwrap();
        symlink("a.csv", workspace.path("b.csv")).unwrap();
        symlink("gone.csv", workspace.path("dangling.csv")).unwrap();
        check(&["import", "round.csv"], "cannot read `round.csv`");
        check(&["import", "a.csv"], "cannot read `a.csv`");
        check(&["import", "dangling.csv"], "cannot read `dangling.csv`");
        workspace.write("closed.csv", b"name\nA\n");
        fs::set_permissions(workspace.path("closed.csv"), fs::Permissions::from_mode(0o000)).unwrap();
        // Whoever runs the tests as root may read it all the same.
        if fs::read(workspace.path("closed.csv")).is_err() {
            check(&["import", "closed.csv"], "cannot read `closed.csv`");
        }
        fs::set_permissions(workspace.path("closed.csv"), fs::Permissions::from_mode(0o600)).unwrap();
    }
    assert_eq!(workspace.read("list.csv"), "name\nA\n");
}

/// The next of a row of numbers without an order (Knuth, MMIX).
fn next(state: &mut u64) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap()
}

/// Changes some bytes here and there: a bit, a byte, or one for another's sake.
fn damage(bytes: &mut [u8], state: &mut u64) {
    for _ in 0..=next(state) % 6 {
        let at = next(state) % bytes.len();
        bytes[at] = match next(state) % 4 {
            0 => bytes[at] ^ (1 << (next(state) % 8)),
            1 => 0xff,
            2 => b"0123456789<>/\"="[next(state) % 15],
            _ => u8::try_from(next(state) % 256).unwrap(),
        };
    }
}

/// The parts of a zip file.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).unwrap();
        parts.push((part.name().unwrap().into_owned(), content));
    }
    parts
}

/// Workbooks with bytes changed here and there: outside, and, of those that are zip
/// files, within their parts, where no checksum stops it. Each is read or refused; a
/// panic of calamine's is no panic of ours.
#[test]
fn damaged_workbooks_do_not_panic() {
    let mut state = 5;
    let mut refused = 0;
    for (name, rounds) in [
        ("responses.xlsx", 250),
        ("responses.xls", 400),
        ("responses.ods", 150),
        ("marks.xls", 200),
        ("marks.xlsb", 250),
    ] {
        let from = match name.starts_with("marks") {
            true => folder("../../rules/load/workbooks"),
            false => folder("fixtures"),
        };
        let whole = fs::read(from.join(name)).unwrap();
        for round in 0..rounds {
            let mut bytes = whole.clone();
            if name.ends_with(".xls") || round % 4 == 0 {
                damage(&mut bytes, &mut state);
            } else {
                let mut parts = parts(&whole);
                let at = next(&mut state) % parts.len();
                if !parts[at].1.is_empty() {
                    damage(&mut parts[at].1, &mut state);
                }
                let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, part)| (&**name, &**part)).collect();
                bytes = zipped(&parts);
            }
            let mut sources = SourceMap::default();
            let loaded = load::list_from_bytes(
                &mut sources,
                name,
                name.split_once('.').map(|(_, ending)| ending),
                bytes,
                &BTreeMap::new(),
            );
            let said = loaded.unwrap().diagnostics;
            let errors: Vec<_> = said.iter().filter(|said| said.severity == Severity::Error).collect();
            refused += usize::from(!errors.is_empty());
            assert!(
                errors.iter().all(|said| said.origin.is_some()),
                "{name} {round}: {errors:?}"
            );
        }
    }
    assert!(refused > 100, "{refused}");
}
