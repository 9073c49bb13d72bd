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
