//! Letters: front matter, Markdown, fields.

use super::common::{Outcome, body, header, letter};
use jiff::civil::date;
use undersigned::model::letter::{DocumentKind, Letter, RollSections, ShownColumn};
use undersigned::model::numbering::Numbering;
use undersigned::model::text::{Alignment, Block, Inline, plain};
use undersigned::source::{Origin, SourceMap};

/// A line in a notation of its own: `*emphasis*`, `!strong!`, `~struck~`,
/// `` `code` ``, `<to|text>`, `{field}`, `^0`, `/` for a break, `[html]`.
fn line(line: &[Inline]) -> String {
    let inner = |content: &[Inline], mark: &str| format!("{mark}{}{mark}", self::line(content));
    line.iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.to_string(),
            Inline::Field(field) => format!("{{{}}}", field.expression),
            Inline::Emphasis(content) => inner(content, "*"),
            Inline::Strong(content) => inner(content, "!"),
            Inline::Strikethrough(content) => inner(content, "~"),
            Inline::Styled(style, content) => format!("{style:?}({})", self::line(content)),
            Inline::Code(code) => format!("`{code}`"),
            Inline::Link { to, content, .. } => format!("<{to}|{}>", self::line(content)),
            Inline::Image(image) => format!("<img {}|{}>", image.path, image.alt),
            Inline::FootnoteMark(index) => format!("^{index}"),
            Inline::Break => "/".to_owned(),
            Inline::Passage { language, content } => format!("{{{language}: {}}}", self::line(content)),
            Inline::Html(html) => format!("[{html}]"),
        })
        .collect()
}

/// One line a block; what a block holds is in parentheses.
fn show(blocks: &[Block]) -> String {
    let shown: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Heading { level, content, .. } => format!("h{level} {}", line(content)),
            Block::Paragraph(content) => line(content),
            Block::List(list) => {
                let items: Vec<String> = list.items.iter().map(|item| format!("({})", show(item))).collect();
                let labels = |numbering: &Numbering| {
                    let labels: Vec<String> = (0..list.items.len()).map(|item| numbering.label(item)).collect();
                    match numbering.follows(1) || labels.len() < 2 {
                        true if labels[0].ends_with('.') => format!("ol{}", labels[0].trim_end_matches('.')),
                        _ => format!("ol {}", labels.join(" ")),
                    }
                };
                let start = list.numbering.as_ref().map_or_else(|| "ul".to_owned(), labels);
                format!("{start}{} {}", if list.tight { "" } else { " loose" }, items.join(" "))
            }
            Block::Quote(inner) => format!("quote ({})", show(inner)),
            Block::Passage { language, blocks } => format!("{language} ({})", show(blocks)),
            Block::Quotation { content, speaker } => format!("quotation ({}) by {}", show(content), line(speaker)),
            Block::PullQuote { content, speaker } => format!("pull ({}) by {}", show(content), line(speaker)),
            Block::Captioned { content, caption } => format!("captioned ({}) {}", show(content), line(caption)),
            Block::Box { title, content } => format!("box {} ({})", line(title), show(content)),
            Block::KeyFigure { figure, caption } => format!("fact {} ({})", line(figure), line(caption)),
            Block::Excerpt(excerpt) => format!("excerpt {:?} of {:?}", excerpt.passages, excerpt.letter),
            Block::Table(table) => {
                let row = |row: &Vec<Vec<Inline>>| row.iter().map(|cell| line(cell)).collect::<Vec<_>>().join("|");
                let rows: Vec<String> = std::iter::once(&table.head).chain(&table.rows).map(row).collect();
                format!("table {}", rows.join("; "))
            }
            Block::Code(code) => format!("code {code:?}"),
            Block::PageBreak => "page break".to_owned(),
            Block::Rule => "rule".to_owned(),
            Block::Html(html) => format!("html {html:?}"),
        })
        .collect();
    shown.join(" ¶ ")
}

#[test]
fn captions_stand_beside_what_they_are_of() {
    let table = "| a | b |\n|---|---|\n| c | d |\n";
    let shown = "table a|b; c|d";
    let check = |text: &str, expected: &str| {
        let found = body(text);
        assert_eq!(show(&found.value.body), expected, "{text}");
    };
    check(
        &format!("Table: Costs\n\n{table}"),
        &format!("captioned ({shown}) Table 1. Costs"),
    );
    check(
        &format!("*Table 4. Costs*\n\n{table}"),
        &format!("captioned ({shown}) Table 4. Costs"),
    );
    check(
        &format!("{table}\nTabla: Costos"),
        &format!("captioned ({shown}) Tabla 1. Costos"),
    );
    check(
        &format!("{table}\nTable: Costs\n\n{table}"),
        &format!("{shown} ¶ captioned ({shown}) Table 1. Costs"),
    );
    check(
        &format!("Table: A\n\n{table}\nTable: B\n\n{table}"),
        &format!("captioned ({shown}) Table 1. A ¶ captioned ({shown}) Table 2. B"),
    );
    check(
        &format!("Table 1 shows the costs:\n\n{table}"),
        &format!("Table 1 shows the costs: ¶ {shown}"),
    );
}

#[track_caller]
fn check(text: &str, expected: &str) -> Letter {
    let found = body(text).says(&[]);
    assert_eq!(show(&found.value.body), expected);
    found.value
}

/// The text at an origin.
fn at(sources: &SourceMap, origin: Origin) -> &str {
    match origin {
        Origin::Span { file, start, end } => &sources.text(file)[start as usize..end as usize],
        _ => "",
    }
}

/// Every field of a line, with the text at its origin.
fn fields<'a>(content: &[Inline], sources: &'a SourceMap) -> Vec<(String, &'a str)> {
    let mut found = Vec::new();
    for inline in content {
        match inline {
            Inline::Field(field) => found.push((field.expression.clone(), at(sources, field.origin))),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { content: inner, .. } => {
                found.extend(fields(inner, sources));
            }
            _ => {}
        }
    }
    found
}

#[test]
fn a_whole_letter_loads() {
    let found = letter(
        "+++\nkind = \"letter\"\ntitle = \"Reduce the harms\"\ndate = 2021-03-01\nlanguage = \"en-US\"\n\
         subject = \"*Seven* changes\"\nvia = \"Via electronic mail\"\nsalutation = \"Dear Secretary:\"\n\
         closing = \"Respectfully,\"\ndeadline = \"2021-02-26\"\nsignatories = [\"../signatories/a.csv\"]\n\
         cc = [\"A\", \"B\"]\nenclosures = [\"C\"]\n\n[letterhead]\nname = \"We Are Home\"\nlines = [\"x\"]\n\n\
         [[to]]\nname = \"The Honorable A\"\ntitle = \"Secretary\"\norganization = \"DHS\"\n\
         address = [\"Washington, DC 20528\"]\n[[to]]\nname = \"B\"\n\n\
         [roll]\nheading = \"The {{ signatories.count }}\"\ncolumns = 3\nignore_articles = true\nsections = \"level\"\n\
         [page]\nalign = \"justified\"\nhyphenate = false\n[columns]\n\"Q\" = \"name\"\n+++\nBody.\n",
    )
    .says(&[]);
    let letter = found.value;
    assert_eq!(letter.kind, DocumentKind::Letter);
    assert_eq!(plain(&letter.title), "Reduce the harms");
    assert_eq!(letter.date, Some(date(2021, 3, 1)));
    assert_eq!(letter.deadline, Some(date(2021, 2, 26)));
    assert_eq!(line(&letter.subject.unwrap()), "*Seven* changes");
    assert_eq!(line(&letter.via.unwrap()), "Via electronic mail");
    assert_eq!(line(&letter.salutation.unwrap()), "Dear Secretary:");
    assert_eq!(line(&letter.closing.unwrap()), "Respectfully,");
    assert_eq!(letter.signatories[0].value, "../signatories/a.csv");
    assert_eq!(
        found.sources.place(letter.signatories[0].origin).to_string(),
        "a.md:11:16"
    );
    assert_eq!(letter.cc.len(), 2);
    assert_eq!(letter.enclosures.len(), 1);
    assert_eq!(letter.to.len(), 2);
    assert_eq!(line(&letter.to[0].address[0]), "Washington, DC 20528");
    let heading = letter.roll.heading.unwrap();
    assert_eq!(
        fields(&heading, &found.sources),
        [("signatories.count".to_owned(), "{{ signatories.count }}")]
    );
    assert_eq!(
        letter.roll.columns,
        undersigned::model::letter::RollColumnCount::Fixed(3)
    );
    assert_eq!(letter.roll.sections, RollSections::Level);
    assert!(letter.roll.ignore_articles);
    assert!(letter.page.justify && !letter.page.hyphenate);
    assert_eq!(letter.columns["Q"], "name");
    assert_eq!(show(&letter.body), "Body.");
}

#[test]
fn front_matter_must_be_there() {
    letter("Dear you,\n").says(&["error[no-front-matter] a.md:1:1 the letter does not begin with front matter"]);
    letter("\n---\ntitle: x\n---\n").says(&["error[no-front-matter] a.md:2:1 the front matter is not TOML"]);
    letter("\u{feff}+++\ntitle = 1\n").says(&["error[no-front-matter] a.md:1:1 the front matter is not closed"]);
    letter("").says(&["error[no-front-matter] a.md the letter is empty"]);
    letter("+++\n+++\n").says(&[
        "error[missing-key] a.md:2:1 `kind` is missing",
        "error[missing-key] a.md:2:1 `title` is missing",
        "error[missing-key] a.md:2:1 `signatories` is missing",
    ]);
}

#[test]
fn keys_and_values_are_held_to_the_contract() {
    let found = header(
        "titel = 1\nvia = 2\ncc = \"A\"\nenclosures = [\"B\", 3]\n[roll]\nstyle = \"colums\"\ncolumns = 4\nordr = 1",
    )
    .says(&[
        "warning[unknown-key] a.md:5:1 key `titel` is not recognized in the front matter",
        "error[bad-value] a.md:6:7 `via` is the number 2; expected a string",
        "error[bad-value] a.md:7:6 `cc` is `A`; expected an array of strings",
        "error[bad-value] a.md:8:20 `enclosures` is the number 3; expected an array of strings",
        "error[bad-value] a.md:10:9 `style` is `colums`; expected one of columns, list, sentence, logos",
        "error[bad-value] a.md:11:11 `columns` is the number 4; expected a whole number from 1 to 3",
        "warning[unknown-key] a.md:12:1 key `ordr` is not recognized in [roll]",
    ]);
    assert_eq!(
        found.hints(),
        [
            "did you mean `title`?",
            "did you mean `columns`?",
            "did you mean `order`?"
        ]
    );
    header("[page]\nmargin = \"9in\"\nfont_size = 12\npaper = \"A4\"\n[letterhead]\nlines = [1]\nlogos = \"x\"").says(&[
        "error[bad-value] a.md:6:10 `margin` is `9in`; expected a length from 0.5in to 2.5in, such as \"1in\" or \"25mm\"",
        "error[bad-value] a.md:7:13 `font_size` is the number 12; expected a size from 7pt to 24pt, such as \"11.5pt\"",
        "error[bad-value] a.md:8:9 `paper` is `A4`; expected one of letter, legal, a4",
        "error[bad-value] a.md:10:10 `lines` is the number 1; expected an array of strings",
        "error[bad-value] a.md:11:9 `logos` is `x`; expected one or more tables: [[logos]]",
    ]);
    header("roll = 1\n[[to]]\norganisation = \"x\"").says(&[
        "error[bad-value] a.md:5:8 `roll` is the number 1; expected a table: [roll]",
        "warning[unknown-key] a.md:7:1 key `organisation` is not recognized in [[to]]",
    ]);
}

#[test]
fn dates_are_days_of_the_calendar() {
    header("date = 2021-02-30\ndeadline = \"3/1/2021\"").says(&[
        "error[bad-date] a.md:5:8 `2021-02-30` is not a valid date",
        "error[bad-date] a.md:6:12 `3/1/2021` is not a valid date",
    ]);
    header("date = 2021-03-01T10:00:00Z\ndeadline = 2021").says(&[
        "error[bad-date] a.md:5:8 `2021-03-01T10:00:00Z` is not a valid date",
        "error[bad-value] a.md:6:12 `deadline` is the number 2021; expected a date",
    ]);
    let found = header("date = 2021-3-1 # soon").says(&["error[bad-date] a.md:5:8 `2021-3-1` is not a valid date"]);
    assert_eq!(found.hints(), ["write the date as year-month-day, such as 2021-03-01"]);
}

#[test]
fn a_kind_is_one_of_the_contract() {
    let found = letter("+++\nkind = \"leter\"\ntitle = \"T\"\nsignatories = []\n+++\n").says(&[
        "error[bad-value] a.md:2:8 `kind` is `leter`; expected one of letter, press-release, petition, plan, page",
    ]);
    assert_eq!(found.hints(), ["did you mean `letter`?"]);
}

#[test]
fn broken_toml_is_told_with_its_place() {
    let found = letter("+++\nkind = \"letter\"\ntitle = \"T\nsignatories = []\n+++\nBody\n");
    assert_eq!(found.diagnostics.len(), 1);
    assert!(
        found.said()[0].starts_with("error[bad-toml] a.md:3:"),
        "{:?}",
        found.said()
    );
    assert_eq!(show(&found.value.body), "Body");
    let found = header("via = \"a\"\nvia = \"b\"");
    assert!(
        found.said()[0].starts_with("error[bad-toml] a.md:6:1 "),
        "{:?}",
        found.said()
    );
}

#[test]
fn front_matter_is_text_whatever_it_begins_with() {
    let check = |text: &str, expected: &str| {
        let found = header(&format!("subject = '{text}'")).says(&[]);
        assert_eq!(line(&found.value.subject.unwrap()), expected);
    };
    check("1. Foo", "1. Foo");
    check("# Foo", "# Foo");
    check("- Foo", "- Foo");
    check("> Foo", "> Foo");
    check("    Foo", "Foo");
    check("***", "***");
    check("| a | b |", "| a | b |");
    check("[^1]: Foo", "[^1]: Foo");
    check("[a]: http://b", "[a]: http://b");
    check("_Foo_ bar", "*Foo* bar");
    check("**\"Foo\"** bar", "!“Foo”! bar");
    check("\"Foo\" it is -- really...", "“Foo” it is – really…");
    check("[{{ a }}](tel:1)", "<tel:1|{a}>");
    check("{{ a }}", "{a}");
    check("", "");
    check("a<br>b", "a/b");
    check("snake_case AT&T 2*3*4 \\*x\\*", "snake_case AT&T 2*3*4 *x*");
}

#[test]
fn multi_line_front_matter_is_one_line() {
    let found = header("subject = \"\"\"\na\n\n# b {{ c }}\"\"\"").says(&[]);
    let subject = found.value.subject.unwrap();
    assert_eq!(line(&subject), "a  # b {c}");
    assert_eq!(fields(&subject, &found.sources), [("c".to_owned(), "{{ c }}")]);
}

#[test]
fn fields_in_front_matter_have_their_place_or_their_strings() {
    let place = |keys: &str| {
        let found = header(keys).says(&[]);
        let subject = found.value.subject.clone().unwrap();
        let found_fields = fields(&subject, &found.sources);
        assert_eq!(found_fields.len(), 1);
        found_fields[0].1.to_owned()
    };
    assert_eq!(place("subject = \"í x {{ a }}\""), "{{ a }}");
    assert_eq!(place("subject = '  x {{ a|f(\"b\") }}'"), "{{ a|f(\"b\") }}");
    assert_eq!(place("subject = \"\\u00ed {{ a }}\""), "\"\\u00ed {{ a }}\"");
    header("subject = \"x {{ a\"")
        .says(&["error[unclosed-field] a.md:5:14 `{{` is not closed by `}}` in the same paragraph"]);
}

#[test]
fn blocks_become_blocks() {
    check(
        "# One\n\nTwo\nlines  \nof *it*.\n\nTwo\n---\n",
        "h1 One ¶ Two lines/of *it*. ¶ h2 Two",
    );
    check("- a\n- b\n", "ul (a) (b)");
    check("3. a\n\n4. b\n\n   c\n", "ol3 loose (a) (b ¶ c)");
    check("- a\n  - b\n  - c\n- d\n", "ul (a ¶ ul (b) (c)) (d)");
    check(
        "- a\n  > b\n\n  ```\n  c\n  ```\n",
        "ul loose (a ¶ quote (b) ¶ code \"c\")",
    );
    check("> a\n>\n> - b\n\n---\n", "quote (a ¶ ul (b)) ¶ rule");
    check("    x\n    y\n\n\tz\n", "x y ¶ z");
    check(
        "- a\n\n      b\n\n> c\n>\n>     d\n>     e\n",
        "ul loose (a ¶ b) ¶ quote (c ¶ d ¶ e)",
    );
    check(
        "~~a~~ **b _c_** `d  e` <https://f> <g@h.org> [i](tel:1)\n",
        "~a~ !b *c*! `d  e` <https://f|https://f> <mailto:g@h.org|g@h.org> <tel:1|i>",
    );
    check("It's \"so\" -- or---not... 'x'\n", "It’s “so” – or—not… ‘x’");
    check("a&amp;b &#x41; \\*\n", "a&b A *");
    let letter = check(
        "| A | B |\n|---|--:|\n| 1 | `x\\|y` |\n| 2 |\n",
        "table A|B; 1|`x|y`; 2|",
    );
    let Block::Table(table) = &letter.body[0] else {
        unreachable!()
    };
    assert_eq!(table.alignments, [Alignment::Number, Alignment::End]);
}

#[test]
fn headings_and_links_know_their_place() {
    let found = body("A\n\n## B [c](tel:1) ##\n").says(&[]);
    let Block::Heading { content, origin, .. } = &found.value.body[1] else {
        unreachable!()
    };
    assert_eq!(found.sources.place(*origin).to_string(), "a.md:8:1");
    assert_eq!(at(&found.sources, *origin), "## B [c](tel:1) ##");
    let Inline::Link { origin, .. } = &content[1] else {
        unreachable!()
    };
    assert_eq!(at(&found.sources, *origin), "[c](tel:1)");
}

#[test]
fn fields_survive_markdown_everywhere() {
    let text = "We, the {{ signatories.count | words }}, ask _{{ a_b_c }}_ \"{{ 'x' }}\".\n\n\
                # {{ letter.title|f(\"--\") }}\n\n\
                - {{ a * b * c }}\n\n\
                > q {{ d }}\n> {{ e\n> | words }}\n\n\
                | {{ f | g }} | B |\n|---|---|\n| [{{ h | i(\"]\") }}](tel:1) | **{{ k }}** |\n\n\
                x[^1] {{ l }}xx{{m}}\n\n[^1]: n {{ o }}\n";
    let found = body(text).says(&[]);
    assert_eq!(
        show(&found.value.body),
        "We, the {signatories.count | words}, ask *{a_b_c}* “{'x'}”. ¶ h1 {letter.title|f(\"--\")} ¶ ul ({a * b * c}) \
         ¶ quote (q {d} {e | words}) ¶ table {f | g}|B; <tel:1|{h | i(\"]\")}>|!{k}! ¶ x^0 {l}xx{m}"
    );
    assert_eq!(show(&found.value.footnotes[0]), "n {o}");
    let check = |content: &[Inline]| {
        for (expression, text) in fields(content, &found.sources) {
            assert!(text.starts_with("{{") && text.ends_with("}}"), "{text}");
            assert_eq!(text[2..text.len() - 2].trim(), expression);
        }
    };
    let Block::Paragraph(first) = &found.value.body[0] else {
        unreachable!()
    };
    check(first);
    let Block::Table(table) = &found.value.body[4] else {
        unreachable!()
    };
    table
        .head
        .iter()
        .chain(table.rows.iter().flatten())
        .for_each(|cell| check(cell));
    let Block::Paragraph(last) = &found.value.body[5] else {
        unreachable!()
    };
    check(last);
}

#[test]
fn braces_can_be_meant_literally() {
    check("\\{{ a }} `{{ b }}` \\\\{{ c }}\n", "{{ a }} `{{ b }}` \\{c}");
    check("```\n{{ a }} {{\n```\n", "code \"{{ a }} {{\"");
    check("    {{ a }}\n", "{a}");
    check("\u{f0000}x {{ a }}\n", "\u{f0000}x {a}");
}

#[test]
fn fields_that_cannot_be_are_told() {
    body("ok\n\nx {{ a\n\n}} b {{\n").says(&[
        "error[unclosed-field] a.md:8:3 `{{` is not closed by `}}` in the same paragraph",
        "error[unclosed-field] a.md:10:6 `{{` is not closed by `}}` in the same paragraph",
    ]);
    // In a link's address it stays as written; compose fills it in.
    let found = body("[a](http://b/{{ c }})\n").says(&[]);
    assert_eq!(show(&found.value.body), "<http://b/{{ c }}|a>");
}

#[test]
fn footnotes_are_numbered_by_their_first_marks() {
    let found = body("[^b]: B[^c]\n\na[^a] b[^b] a[^a]\n\n[^a]: A\n\n    more\n\n[^c]: C[^b]\n").says(&[]);
    assert_eq!(show(&found.value.body), "a^0 b^1 a^0");
    let notes: Vec<String> = found.value.footnotes.iter().map(|note| show(note)).collect();
    assert_eq!(notes, ["A ¶ more", "B^2", "C^1"]);
}

#[test]
fn footnotes_that_do_not_match_are_told() {
    let found = body("a[^noet] b[^x]\n\n[^note]: A\n\n[^note]: B\n").says(&[
        "error[unknown-footnote] a.md:6:2 footnote `noet` is not defined",
        "error[unknown-footnote] a.md:6:11 footnote `x` is not defined",
        "warning[unused-footnote] a.md:8:1 the footnote `note` is never referred to",
        "warning[unused-footnote] a.md:10:1 the footnote `note` is defined twice; this one is not used",
    ]);
    assert_eq!(found.hints()[0], "did you mean `[^note]`?");
    assert_eq!(show(&found.value.body), "a[^noet] b[^x]");
}

#[test]
fn links_that_lead_nowhere_are_told() {
    body("[a](page.html) [b]() [c](javascript:x) [d](HTTPS://example.org) [e](mailto:a@example.org) [f]({{ letter.date }})").says(&[
        "warning[bad-link] a.md:6:1 `page.html` does not work once the letter is sent; the text is printed without a link",
        "warning[bad-link] a.md:6:16 the link has no address; its text is printed without a link",
        "warning[bad-link] a.md:6:22 a link cannot use `javascript:`; its text is printed without a link",
    ]);
}

#[test]
fn a_scripts_words_are_no_text() {
    let found = body("a <script>alert(1)</script> b\n\n- c <style>d\n- e</style>\n").says(&[
        "warning[raw-html] a.md:6:3 raw HTML appears only in the HTML output",
        "warning[raw-html] a.md:6:19 raw HTML appears only in the HTML output",
        "warning[raw-html] a.md:8:5 raw HTML appears only in the HTML output",
        "warning[raw-html] a.md:9:4 raw HTML appears only in the HTML output",
    ]);
    assert_eq!(
        show(&found.value.body),
        "a [<script>][</script>] b ¶ ul (c [<style>]) (e[</style>])"
    );
}

#[test]
fn words_are_set_as_html_says() {
    check(
        "10<sup>6</sup> tons of CO<sub>2</sub>",
        "10Superscript(6) tons of COSubscript(2)",
    );
    check(
        "<b>a</b> <i>b <b>c</b></i> <s>d</s> <u>e</u>",
        "!a! *b !c!* ~d~ Underline(e)",
    );
    check(
        "<span class=\"smallcaps\">nasa</span> <sup lang=fr>e</sup>",
        "SmallCapitals(nasa) {fr: Superscript(e)}",
    );
    check("x<sup>**2**</sup>", "xSuperscript(!2!)");
    let found = body("x<sup>2\n\ny</sup>").says(&[
        "warning[raw-html] a.md:6:2 `<sup>` is not closed; it ends here",
        "warning[raw-html] a.md:8:2 raw HTML appears only in the HTML output",
    ]);
    assert_eq!(show(&found.value.body), "xSuperscript(2) ¶ y[</sup>]");
}

#[test]
fn items_keep_their_numbers_and_letters() {
    check("1) a\n3) b\n7) c\n", "ol 1) 3) 7) (a) (b) (c)");
    check("1. a\n1. b\n1. c\n", "ol1 (a) (b) (c)");
    check(
        "1. März\n\n3. Mai\n\n12. Juni\n",
        "ol 1. 3. 12. loose (März) (Mai) (Juni)",
    );
    check(
        "We ask to\n(a) go; and\n(b) stay.\n",
        "We ask to ¶ ol (a) (b) (go; and) (stay.)",
    );
    check("a. one\nb. two\n\n1. three\n", "ola (one) (two) ¶ ol1 (three)");
    check(
        "2. by\n   (i) x, and\n   (ii) y.\n3. z\n",
        "ol2 (by ¶ ol (i) (ii) (x, and) (y.)) (z)",
    );
    check(
        "(a) x\n(b) y\n\n1) one\n\n2) two\n",
        "ol (a) (b) (x) (y) ¶ ol 1) 2) loose (one) (two)",
    );
    check("(a) alone\n\n`(a) x`\n(b) y\n", "(a) alone ¶ `(a) x` (b) y");
    check("```\n(a) x\n(b) y\n```\n", "code \"(a) x\\n(b) y\"");
    check("Words\n(c) go on\n(d) here\n", "Words (c) go on (d) here");
}

#[test]
fn bare_addresses_are_links() {
    check(
        "See https://a.example/b_c_d--e, or www.b.example (a@c.example).",
        "See <https://a.example/b_c_d--e|https://a.example/b_c_d--e>, or <https://www.b.example|www.b.example> \
         (<mailto:a@c.example|a@c.example>).",
    );
    check(
        "[https://a.example](https://b.example/x)",
        "<https://b.example/x|https://a.example>",
    );
    check(
        "<a@b.example> `https://a.example`",
        "<mailto:a@b.example|a@b.example> `https://a.example`",
    );
    check(
        "**https://a.example** \"www.a.example\"",
        "!<https://a.example|https://a.example>! “<https://www.a.example|www.a.example>”",
    );
    check("[a][1]\n\n[1]: https://a.example/x\n", "<https://a.example/x|a>");
    check("@handle and a@b", "@handle and a@b");
}

#[test]
fn lines_of_scripts_without_spaces_are_joined() {
    check("我们请求\n图书馆\nopen", "我们请求图书馆 open");
    check("「図書館」は\n開館", "「図書館」は開館");
    check("도서관을\n열어", "도서관을 열어");
}

#[test]
fn text_that_would_be_lost_is_an_error() {
    let check = |text: &str, expected: &str| {
        let found = body(text);
        let said = found.said();
        assert!(said.iter().any(|said| said.starts_with(expected)), "{said:?}");
    };
    check(
        "One.\n\n<!-- note\n\nTwo, long.\n\nThree.",
        "error[lost-text] a.md:8:1 this comment is not closed; what follows it would not be printed, from “Two, long.” on",
    );
    check("<script>\nTwo.\n", "error[lost-text] a.md:6:1 `<script>` is not closed");
    check(
        "<?xml version\n\nTwo.\n",
        "error[lost-text] a.md:6:1 `<?` is not closed",
    );
    check(
        "|a|b|\n|-|-|\n|1|2|3|\n",
        "error[lost-text] a.md:8:1 this row has 3 cells, its table 2 columns; “3” would not be printed",
    );
    for text in [
        "<!-- a\n\nb -->\n\nc",
        "|a|b|\n|-|-|\n|1|\n|2|x \\| y|\n|3|4|  |\n",
        "<script>x</script>\n\ny",
    ] {
        assert!(
            !body(text).said().iter().any(|said| said.starts_with("error")),
            "{text}"
        );
    }
}

#[test]
fn lines_between_boxes_are_text() {
    let found = body("One.\n\n<div>\nTwo *in* a box.\n</div>\nThree.\n\nFour.")
        .says(&["warning[raw-html] a.md:8:1 these tags appear in no output; the lines between them are printed"]);
    assert_eq!(show(&found.value.body), "One. ¶ Two *in* a box. ¶ Three. ¶ Four.");
}

#[test]
fn raw_html_is_told() {
    let found = body("a <q>c</q> <!-- d --> e<br/>f\n\n<dl>\ng\n</dl>\n\n<!-- h -->\n").says(&[
        "warning[raw-html] a.md:6:3 raw HTML appears only in the HTML output",
        "warning[raw-html] a.md:6:7 raw HTML appears only in the HTML output",
        "note[raw-html] a.md:6:12 this comment does not appear in any output",
        "warning[raw-html] a.md:8:1 raw HTML appears only in the HTML output",
        "note[raw-html] a.md:12:1 this comment does not appear in any output",
    ]);
    assert_eq!(
        show(&found.value.body),
        "a [<q>]c[</q>]  e/f ¶ html \"<dl>\\ng\\n</dl>\""
    );
}

#[test]
fn invisible_characters_are_removed_and_told() {
    let found = letter(
        "+++\nkind = \"letter\"\ntitle = \"a\u{202e}b\"\nsignatories = [\"c\\u200bd\"]\n+++\ne\u{200b}f &#x202e;g `h\u{7}i`\n",
    )
    .says(&[
        "warning[invisible-character] a.md:3:11 U+202E was removed from the text",
        "warning[invisible-character] a.md:4:16 U+200B was removed from the text",
        "warning[invisible-character] a.md:6:2 U+200B was removed from the text",
        "warning[invisible-character] a.md:6:5 U+202E was removed from the text",
        "warning[invisible-character] a.md:6:15 U+0007 was removed from the text",
    ]);
    assert_eq!(plain(&found.value.title), "ab");
    assert_eq!(found.value.signatories[0].value, "cd");
    assert_eq!(show(&found.value.body), "ef g `hi`");
}

/// Offsets count from the file, byte order mark and carriage returns included.
#[test]
fn offsets_count_from_the_file() {
    let text = "\u{feff}+++\r\nkind = \"letter\"\r\ntitle = \"í {{ a }}\"\r\nsignatories = []\r\nx = 1\r\n+++\r\nb {{ c }}\r\n";
    let found: Outcome<Letter> =
        letter(text).says(&["warning[unknown-key] a.md:5:1 key `x` is not recognized in the front matter"]);
    let Some(Inline::Field(field)) = found.value.title.last() else {
        unreachable!()
    };
    let Origin::Span { start, end, .. } = field.origin else {
        unreachable!()
    };
    assert_eq!(&text.as_bytes()[start as usize..end as usize], b"{{ a }}");
    assert_eq!(found.sources.place(field.origin).to_string(), "a.md:3:12");
    assert_eq!(show(&found.value.body), "b {c}");
}

#[test]
fn passages_in_another_language_are_marked_as_in_html() {
    check(
        "They say <span lang=\"ES-us\">no *más*</span>.",
        "They say {es-US: no *más*}.",
    );
    check(
        "<i lang='fr'>sans</i> <br> <b lang=de>x</b>",
        "{fr: *sans*} / {de: !x!}",
    );
    check("- <em lang=es>uno</em>\n- two", "ul ({es: *uno*}) (two)");
    check(
        "<div lang=\"es\">\n\nUno.\n\n> Dos.\n\n</div>\n\nThree.",
        "es (Uno. ¶ quote (Dos.)) ¶ Three.",
    );
    check(
        "<div lang=es>\n<div lang=fr>\n\nUn.\n\n</div>\n</div>\n",
        "es (fr (Un.))",
    );
}

#[test]
fn passages_end_with_what_they_stand_in() {
    let found = body("*a <span lang=\"es\">b* c</span> d\n\n- <div lang=\"es\">\n\n  e\n\nf\n").says(&[
        "warning[raw-html] a.md:6:4 `<span lang>` is not closed; it ends here",
        "warning[raw-html] a.md:6:24 raw HTML appears only in the HTML output",
        "warning[raw-html] a.md:8:3 `<div lang>` is not closed; it ends here",
    ]);
    assert_eq!(
        show(&found.value.body),
        "*a {es: b}* c[</span>] d ¶ ul loose (es (e)) ¶ f"
    );
    let found = body("<span lang=es>a <span>b</span> c</span> d").says(&[
        "warning[raw-html] a.md:6:17 raw HTML appears only in the HTML output",
        "warning[raw-html] a.md:6:24 raw HTML appears only in the HTML output",
    ]);
    assert_eq!(show(&found.value.body), "{es: a [<span>]b[</span>] c} d");
    let found = body("<span lang=\"no language\">b</span>").says(&[
        "warning[unknown-language] a.md:6:1 `no language` is not a language tag",
        "warning[raw-html] a.md:6:1 raw HTML appears only in the HTML output",
        "warning[raw-html] a.md:6:27 raw HTML appears only in the HTML output",
    ]);
    assert_eq!(show(&found.value.body), "[<span lang=\"no language\">]b[</span>]");
}

#[test]
fn appendices_begin_at_a_line_of_plus_signs() {
    let found = body("Body.[^b]\n\n+++\n\n# A\n\nOne.[^a]\n\n+++\n\n+++\n\nTwo\n+++\n\n[^a]: x\n[^b]: y\n").says(&[]);
    assert_eq!(show(&found.value.body), "Body.^0");
    let appendices: Vec<String> = found.value.appendices.iter().map(|blocks| show(blocks)).collect();
    assert_eq!(appendices, ["h1 A ¶ One.^1", "Two +++"]);
    let footnotes: Vec<String> = found.value.footnotes.iter().map(|blocks| show(blocks)).collect();
    assert_eq!(footnotes, ["y", "x"]);
}

#[test]
fn those_who_sign_by_hand_have_a_table_each() {
    let found = header(
        "[[signature]]\nname = \"Ada *Q*\"\ntitle = \"Chair\"\n\n[[signature]]\norganization = \"B\"\nrole = 1\n",
    );
    assert_eq!(
        found.said(),
        ["warning[unknown-key] a.md:11:1 key `role` is not recognized in [[signature]]"]
    );
    let shown: Vec<[Option<String>; 3]> = found
        .value
        .signatures
        .iter()
        .map(|signature| {
            [&signature.name, &signature.title, &signature.organization].map(|text| text.as_deref().map(plain))
        })
        .collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(shown, [[text("Ada Q"), text("Chair"), None], [None, None, text("B")]]);
    header("signature = \"Ada\"").says(&[
        "error[bad-value] a.md:5:13 `signature` is `Ada`; expected one [[signature]] table for each person who signs by hand",
    ]);
}

#[test]
fn a_page_ends_where_it_is_said() {
    check("One.\n\n\\newpage\n\nTwo.\n", "One. ¶ page break ¶ Two.");
    check("One \\newpage two.\n", "One \\newpage two.");
    check("> \\newpage\n", "quote (\\newpage)");
}

#[test]
fn labels_are_any_words_with_their_places() {
    let read = |keys: &str, said: &[&str]| header(keys).says(said).value.labels;
    let labels = read("[labels]\nsubject = \"Betreff:\"\ncc = \"Kopie:\"\n", &[]);
    assert_eq!(labels["subject"], "Betreff:");
    assert_eq!(labels.len(), 2);
    let labels = read(
        "[labels]\npage_of = \"Seite {page}\"\n",
        &["error[bad-value] a.md:6:11 the label `page_of` has no `{pages}`"],
    );
    assert!(labels.is_empty());
    read(
        "[labels]\nsubjekt = \"x\"\n",
        &["warning[unknown-key] a.md:6:1 key `subjekt` is not recognized in [labels]"],
    );
}

#[test]
fn a_roll_shows_columns_that_can_be_shown() {
    let roll = header("[roll]\nshow = [\"city\", \"representative\"]\n")
        .says(&[])
        .value
        .roll;
    assert!(roll.shows(ShownColumn::City) && !roll.shows(ShownColumn::Title));
    assert!(header("").says(&[]).value.roll.shows(ShownColumn::Title));
    header("[roll]\nshow = [\"email\"]\n").says(&[
        "error[bad-value] a.md:6:9 `show` is `email`; expected one of representative, title, affiliation, city, state, district, country",
    ]);
}

#[test]
fn a_letterhead_may_have_several_logos() {
    let keys = "[letterhead]\nname = \"We\"\nlogo = \"a.svg\"\n[[letterhead.logos]]\nfile = \"b.svg\"\nalt = \"B\"\n";
    let found = header(keys);
    assert_eq!(found.said().len(), 2, "there are no such files");
    let logos = found.value.letterhead.unwrap().logos;
    let read: Vec<_> = logos
        .iter()
        .map(|logo| (logo.path.as_str(), logo.alt.as_str()))
        .collect();
    assert_eq!(read, [("a.svg", ""), ("b.svg", "B")]);
}
