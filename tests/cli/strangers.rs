//! Files that a stranger made to do harm: each ends with an error that names the file and the
//! cause, and nothing is written.

use super::support::Workspace;

const LIST: (&str, &str) = ("signatories/l.csv", "name\nHarbor Light\n");

/// Renders a letter with some lines of front matter and a body; returns what is said.
fn refused(files: &[(&str, &str)], front: &str, body: &str, formats: &str) -> String {
    let letter = format!(
        "+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = [\"../signatories/l.csv\"]\n{front}+++\n{body}\n"
    );
    let workspace = Workspace::new(&[LIST, ("letters/a.md", &letter)]);
    for (name, text) in files {
        workspace.write(name, text);
    }
    let ran = workspace.run(&["render", "--to", formats, "--format", "short"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(!workspace.path("output").exists());
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    ran.err
}

#[test]
fn a_picture_that_would_end_the_program_is_refused_with_its_name() {
    let check = |content: &str, cause: &str| {
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' width='90' height='60'>{content}</svg>");
        let said = refused(&[("letters/p.svg", &svg)], "", "![A map](p.svg)", "txt");
        assert!(
            said.contains("the picture `p.svg` cannot be used") && said.contains(cause),
            "{said}"
        );
    };
    // Panics while another panic ends, which nothing catches within a process.
    check(
        "<clipPath id='c'><circle cx='20' cy='0.00001' r='9'/></clipPath><g transform='rotate(4)'>\
         <rect x='1' y='2' width='50' height='30' clip-path='url(#c)'/>\
         <path d='M1 2 C 3 4 5 6 7 8 A 3 3 0 0 1 999999999 9 Z' stroke='#123' stroke-dasharray='2 1'/></g>",
        "damaged or malicious",
    );
    check(
        "<filter id='f'><feTurbulence numOctaves='100000000'/></filter>",
        "numOctaves",
    );
    let doubled = (0..30).map(|n| format!("<g id='u{n}'><use href='#u{0}'/><use href='#u{0}'/></g>", n + 1));
    check(&doubled.collect::<String>(), "refer to each other");
}

#[test]
fn a_template_that_would_take_all_memory_is_refused_with_its_name() {
    let check = |text: &str, cause: &str| {
        let files = [
            ("undersigned.toml", "[style]\nhtml_template = \"page.html\"\n"),
            ("page.html", text),
        ];
        let said = refused(&files, "", "Hello.", "html");
        assert!(
            said.contains("the template `page.html`") && said.contains(cause),
            "{said}"
        );
    };
    check("{{ 'a\nb'|indent(99999999999) }}{{ main }}", "memory");
    check("{{ '%999999999d'|format(1) }}{{ main }}", "memory");
    check(
        &format!("{{{{ {} 1 }}}}{{{{ main }}}}", "not ".repeat(2000)),
        "longer than 4000 bytes",
    );
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_not_waited_for() {
    let workspace = Workspace::new(&[LIST]);
    std::os::unix::fs::symlink("/dev/zero", workspace.path("signatories/decisions.toml")).expect("a link");
    let ran = workspace.run(&["dedupe", "signatories/l.csv"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err
            .contains("decisions.toml`: it is a pipe or a device, not a file"),
        "{}",
        ran.err
    );
}

#[test]
fn decisions_about_very_many_names_are_refused() {
    let names: Vec<String> = (0..3000).map(|n| format!("\"Org {n}\"")).collect();
    let decisions = format!("[[decision]]\nanswer = \"different\"\nnames = [{}]\n", names.join(", "));
    let workspace = Workspace::new(&[LIST, ("signatories/decisions.toml", &decisions)]);
    let ran = workspace.run(&["dedupe", "signatories/l.csv", "--format", "short"]);
    assert!(
        ran.err.contains("signatories/decisions.toml:3:9: error[too-large]"),
        "{}",
        ran.err
    );
}

#[test]
fn a_letter_reads_no_file_outside_its_workspace_unless_it_is_allowed() {
    let workspace = Workspace::new(&[
        ("shared/l.csv", "name\nHarbor Light\n"),
        ("w/undersigned.toml", ""),
        (
            "w/letters/a.md",
            "+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = [\"../../shared/l.csv\"]\n+++\nHello.\n",
        ),
    ]);
    let render = ["render", "w/letters/a.md", "--to", "txt", "--format", "short"];
    let ran = workspace.run(&render);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("l.csv`: it is outside the workspace"), "{}", ran.err);
    assert!(!workspace.path("w/output").exists());
    // What the user names is the user's own will.
    assert_eq!(workspace.run(&["dedupe", "shared/l.csv"]).code, Some(0));
    workspace.write("w/undersigned.toml", "read_from = [\"../shared\"]\n");
    let ran = workspace.run(&render);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(workspace.text("w/output/a/letter.txt").contains("Harbor Light"));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_workspace_is_where_it_leads_to() {
    let workspace = Workspace::new(&[
        ("secret.csv", "name\nHarbor Light\n"),
        (
            "w/letters/a.md",
            "+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = [\"../signatories/l.csv\"]\n+++\nHello.\n",
        ),
        ("w/signatories/other.csv", "name\nWeavers\n"),
    ]);
    std::os::unix::fs::symlink("../../secret.csv", workspace.path("w/signatories/l.csv")).expect("a link");
    let ran = workspace.run(&["render", "w/letters/a.md", "--to", "txt"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("outside the workspace"), "{}", ran.err);
}

#[test]
fn a_link_leads_to_the_same_places_in_every_format() {
    let body = "See [one](\\\\\\\\evil.example\\\\s), [two](//evil.example/x), [three](setup.exe), [four](ftp://ftp.example/a), \
                [five](https://example.org/page), [six](<javascript:alert(1)>).\n";
    let letter =
        format!("+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = [\"../signatories/l.csv\"]\n+++\n{body}");
    let workspace = Workspace::new(&[LIST, ("letters/a.md", &letter)]);
    let ran = workspace.run(&["render", "--to", "html,email,txt,md,pdf", "--format", "short"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(ran.err.matches("printed without a link").count(), 5, "{}", ran.err);
    for name in ["letter.html", "letter.eml", "letter.txt", "letter.md", "letter.pdf"] {
        let text = String::from_utf8_lossy(&workspace.read(&format!("output/a/{name}"))).into_owned();
        for no in ["evil.example", "setup.exe", "ftp://", "javascript:"] {
            assert!(!text.contains(no), "{name} has {no}");
        }
    }
    assert!(
        workspace
            .text("output/a/letter.html")
            .contains("href=\"https://example.org/page\"")
    );
}

#[cfg(unix)]
#[test]
fn names_of_files_steer_no_terminal() {
    let workspace = Workspace::new(&[
        LIST,
        (
            "letters/a\u{1b}]0;pwn\u{7}.md",
            "+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = [\"../signatories/l.csv\"]\n+++\nTODO [a](b)\n",
        ),
    ]);
    for arguments in [
        &["check"][..],
        &["render", "--to", "txt"],
        &["check", "--format", "short"],
    ] {
        let ran = workspace.run(arguments);
        let said = ran.out.clone() + &ran.err;
        let steers = |c: char| c == '\u{1b}' || c == '\u{7}';
        assert!(
            said.contains("/a\u{fffd}") && !said.contains(steers),
            "{arguments:?}: {said}"
        );
    }
}

#[test]
fn a_page_that_never_ends_is_not_waited_for_and_a_forged_manifest_is_told() {
    let letter = "+++\nkind = \"letter\"\ntitle = \"T\"\ndate = 2021-03-01\nsignatories = [\"../signatories/l.csv\"]\n+++\nHello.\n";
    let workspace = Workspace::new(&[LIST, ("letters/a.md", letter)]);
    assert_eq!(workspace.run(&["release", "letters/a.md"]).code, Some(0));
    workspace.write("deep.html", "<html>".to_owned() + &"<div>".repeat(200_000));
    let ran = workspace.run(&["verify", "deep.html"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);

    let manifest = workspace.text("output/a/releases/1/manifest.toml");
    let forge = |from: &str, to: &str| {
        assert!(manifest.contains(from), "{from}");
        workspace.write("output/a/releases/1/manifest.toml", manifest.replacen(from, to, 1));
        let ran = workspace.run(&["verify", "output/a/releases/1"]);
        assert_ne!(ran.code, Some(0), "{from} became {to}: {}", ran.out);
    };
    forge("\nsignatories = 1\n", "\nsignatories = 2100\n");
    forge("\nrows = 1\n", "\nrows = 7\n");
    forge("\nmerged = 0\n", "\nmerged = 3\n");
    forge("\nleft_out = 0\n", "\nleft_out = 1\n");
}
