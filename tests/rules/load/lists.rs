//! Lists: formats, columns, values, ragged rows.

use super::common::{Outcome, list, list_with, piped};
use undersigned::model::signatory::{Column, Kind, Level, Record, Status};
use undersigned::source::Origin;

/// `name (kind level status) column=cell`, with what is usual left out.
fn show(record: &Record) -> String {
    let mut out = format!("[{}]", record.name);
    if record.kind == Kind::Individual {
        out.push_str(" individual");
    }
    if let Some(level) = record.level {
        out.push_str(&format!(" {}", level.as_str()));
    }
    if record.status != Status::Confirmed {
        out.push_str(&format!(" {}", record.status.as_str()));
    }
    if let Some(hold) = &record.hold {
        out.push_str(&format!(" {}", hold.status_word()));
    }
    for (column, cell) in &record.cells {
        out.push_str(&format!(" {}={cell}", column.as_str()));
    }
    out
}

#[track_caller]
fn check(outcome: &Outcome<Vec<Record>>, expected: &[&str]) {
    let shown: Vec<String> = outcome.value.iter().map(show).collect();
    assert_eq!(shown, expected);
}

/// The text that each record's origin covers.
fn covered(outcome: &Outcome<Vec<Record>>) -> Vec<&str> {
    let text = |record: &Record| match record.origin {
        Origin::Span { file, start, end } => &outcome.sources.text(file)[start as usize..end as usize],
        _ => "",
    };
    outcome.value.iter().map(text).collect()
}

fn lines(outcome: &Outcome<Vec<Record>>) -> Vec<u32> {
    let line = |record: &Record| outcome.sources.line(record.origin);
    outcome.value.iter().map(line).collect()
}

#[test]
fn a_tidy_list_loads() {
    let found = list(
        "a.csv",
        "name,kind,level,status,state\n\
         Doctors for Camp Closure,organization,national,,\n\
         Ana Pérez,individual,,pending,NM\n\
         \"Foo, Inc.\",,lead,withdrawn,\n",
    )
    .says(&[]);
    check(
        &found,
        &[
            "[Doctors for Camp Closure] national",
            "[Ana Pérez] individual pending state=NM",
            "[Foo, Inc.] lead withdrawn",
        ],
    );
    assert_eq!(found.value[0].level, Some(Level::National));
    assert_eq!(found.value[1].get(Column::State), Some("NM"));
    assert_eq!(lines(&found), [2, 3, 4]);
}

#[test]
fn records_cover_their_bytes() {
    let text = "\u{feff}name,notes\r\n\r\nA,\"two\r\nlines\"\r\nPoder Latín,x\r\n\r\n,\r\nC,\"\"\"q\"\"\"";
    let found = list("a.csv", text).says(&[]);
    check(
        &found,
        &["[A] notes=two lines", "[Poder Latín] notes=x", "[C] notes=\"q\""],
    );
    assert_eq!(
        covered(&found),
        ["A,\"two\r\nlines\"", "Poder Latín,x", "C,\"\"\"q\"\"\""]
    );
    assert_eq!(lines(&found), [3, 5, 8]);
    let Origin::Span { start, end, .. } = found.value[1].origin else {
        unreachable!()
    };
    let bytes = text.as_bytes();
    assert_eq!(&bytes[start as usize..end as usize], "Poder Latín,x".as_bytes());
}

#[test]
fn delimiters_are_sniffed() {
    check(
        &list("a.csv", "name;kind\nA, B;individual\n").says(&[]),
        &["[A, B] individual"],
    );
    check(&list("a.tsv", "name\tcity\nA, B\tX\n").says(&[]), &["[A, B] city=X"]);
    check(&list("a.tsv", "name,city\nA,X\n").says(&[]), &["[A] city=X"]);
    check(&list("a.csv", "sep=;\nname;city\nA;X\n").says(&[]), &["[A] city=X"]);
    check(
        &list("a.csv", "name\nFoo, Inc.\n\"Bar, Inc.\"\n").says(&[]),
        &["[Foo, Inc.]", "[Bar, Inc.]"],
    );
    let found = list("a.csv", "sep=;\r\nname;level\r\nA;sate\r\n")
        .says(&["warning[bad-value] a.csv:3:3 `sate` is not recognized; it is not used"]);
    assert_eq!(found.hints(), ["did you mean `state`?"]);
}

#[test]
fn names_a_line_load() {
    let found = list("a.txt", "\u{feff}# The first\nA, Inc.\r\n\n  B\u{a0}C \n  # no\n").says(&[]);
    check(&found, &["[A, Inc.]", "[B C]"]);
    assert_eq!(covered(&found), ["A, Inc.", "  B\u{a0}C "]);
    assert_eq!(lines(&found), [2, 4]);
    check(&list("a.txt", "Name\tState\nA\tNM\n").says(&[]), &["[A] state=NM"]);
    list("a.txt", "\n# none\n").says(&["warning[empty-list] a.txt the list contains no signatories"]);
}

#[test]
fn toml_lists_load() {
    let found = list(
        "a.toml",
        "signatories = [\"A\", \"B\"]\n\n[[signatory]]\nname = \"C\"\nlevel = \"state\"\nsigned_at = 2021-03-01\n\n\
         [[signatory]]\nname = \"D\"\nkind = \"individual\"\nTitle = \"Dr.\"\n",
    )
    .says(&[]);
    check(
        &found,
        &[
            "[A]",
            "[B]",
            "[C] state signed_at=2021-03-01",
            "[D] individual title=Dr.",
        ],
    );
    assert_eq!(lines(&found), [1, 1, 3, 8]);
    let found = list(
        "b.toml",
        "[[signatory]]\nname = \"C\"\nlevle = \"state\"\n[[signatory]]\nstate = 1.5\n[other]\nx = 1\n",
    )
    .says(&[
        "warning[unknown-key] b.toml:3:1 key `levle` is not recognized in [[signatory]]",
        "warning[empty-name] b.toml:4:1 the signatory has no name and is not counted",
        "error[bad-value] b.toml:5:9 `state` is the number 1.5; expected a string",
        "warning[unknown-key] b.toml:6:2 key `other` is not recognized in a list",
    ]);
    check(&found, &["[C]", "[]"]);
    assert_eq!(found.hints()[0], "did you mean `level`?");
    list("c.toml", "signatories = \"A\"\n").says(&[
        "error[bad-value] c.toml:1:15 `signatories` is `A`; expected an array of names or of tables: [[signatory]]",
        "warning[empty-list] c.toml the list contains no signatories",
    ]);
}

#[test]
fn columns_that_mean_nothing_are_named() {
    let found = list("a.csv", "name,country,levle,zzz qqq\nA,,local,1\n").says(&[
        "warning[unknown-column] a.csv:1:14 column `levle` is not recognized; its cells are not used",
        "warning[unknown-column] a.csv:1:20 column `zzz qqq` is not recognized; its cells are not used",
    ]);
    check(&found, &["[A]"]);
    assert_eq!(
        found.hints(),
        [
            "did you mean `level`? rename it, or write in [columns]: \"levle\" = \"level\"",
            "to use them, write in [columns]: \"zzz qqq\" = \"notes\", or another canonical column; to stop this warning, write \"unused\"",
        ]
    );
    let found = list_with(
        "a.csv",
        "name,levle,ZZZ qqq \nA,local,1\n",
        &[("levle", "level"), ("zzz QQQ", "Notes")],
    )
    .says(&[]);
    check(&found, &["[A] local notes=1"]);
}

#[test]
fn the_users_columns_go_first() {
    let columns = [("Name", "name"), ("Organization", "affiliation"), ("level", "unused")];
    let found = list_with("a.csv", "Name,Organization,level\nA,B,x\n", &columns).says(&[]);
    check(&found, &["[A] affiliation=B"]);
}

#[test]
fn a_list_needs_a_name() {
    let found = list("a.csv", "state,Group's nmae\nNM,A\n")
        .says(&["error[no-name-column] a.csv:1:1 no column holds the signatories' names"]);
    assert!(found.value.is_empty());
    assert_eq!(
        found.hints()[0],
        "call a column `name` in the first line, or write in [columns]: \"Group's nmae\" = \"name\""
    );
}

#[test]
fn values_that_are_not_understood_are_told() {
    let found = list(
        "a.csv",
        "name,kind,level,status\nA,Organisation,National,Confirmed\nB,indivdual,nationl,confrmed\nC,persona,estatal,retirado\n",
    )
    .says(&[
        "warning[bad-value] a.csv:3:3 `indivdual` is not recognized; it is read as `organization`",
        "warning[bad-value] a.csv:3:13 `nationl` is not recognized; it is not used",
        "warning[bad-value] a.csv:3:21 `confrmed` is not recognized; the row is held until you say what it means",
    ]);
    check(
        &found,
        &[
            "[A] national",
            "[B] held: status-unclear: confrmed",
            "[C] individual state withdrawn",
        ],
    );
    assert_eq!(
        found.hints(),
        [
            "did you mean `individual`?",
            "did you mean `national`?",
            "did you mean `confirmed`?"
        ]
    );
}

#[test]
fn ragged_rows_are_told_and_kept() {
    let found = list("a.csv", "name,city\nA\nB,X,\nFoo, Inc.,Y\n\"C\",X,,\"z\"\n").says(&[
        "note[ragged-row] a.csv:2:1 the row has 1 cell, but the header has 2",
        "warning[ragged-row] a.csv:4:11 the row has 3 cells, but the header has 2",
        "warning[ragged-row] a.csv:5:8 the row has 4 cells, but the header has 2",
    ]);
    check(&found, &["[A]", "[B] city=X", "[Foo] city=Inc.", "[C] city=X"]);
}

#[test]
fn rows_without_a_name_stay_and_blank_ones_go() {
    let found = list("a.csv", "name,city\n,X\n,\n  , \nA,\n")
        .says(&["warning[empty-name] a.csv:2:1 the row has no name and is not counted"]);
    check(&found, &["[] city=X", "[A]"]);
    list("a.csv", "name,city\n").says(&["warning[empty-list] a.csv the list contains no signatories"]);
    list("a.csv", "").says(&["warning[empty-list] a.csv the list contains no signatories"]);
}

#[test]
fn people_beside_an_organisation_are_private() {
    let found = list("a.csv", "Name,Your Title,Organization,kind\nAna,Chair,A,\nBo,Nurse,B,individual\nCy,,,\n").says(&[
        "note[guessed-column] a.csv:1:1 `Name` is read as the contact's name, because another column names the organization",
        "warning[empty-name] a.csv:4:5 the row has no name and is not counted",
    ]);
    check(
        &found,
        &[
            "[A] contact_name=Ana contact_title=Chair",
            "[Bo] individual title=Nurse affiliation=B",
            "[] contact_name=Cy",
        ],
    );
}

#[test]
fn people_alone_are_individuals() {
    let found = list("a.csv", "first_name,last_name,title\nAna,Pérez,Dr.\nBo,,\n").says(&[]);
    check(
        &found,
        &[
            "[Ana Pérez] individual title=Dr. sort_name=Pérez, Ana",
            "[Bo] individual",
        ],
    );
    let found = list("a.csv", "full_name,institution\nAna Pérez,UNM\n").says(&[]);
    check(&found, &["[Ana Pérez] individual affiliation=UNM"]);
}

#[test]
fn repeated_columns_fill_each_other() {
    let found = list("a.csv", "name,State,state\nA,NM,\nB,,TX\nC,AZ,CA\n").says(&[]);
    check(&found, &["[A] state=NM", "[B] state=TX", "[C] state=AZ"]);
}

#[test]
fn invisible_characters_are_removed_and_told() {
    let found = list("a.csv", "name,city\n\"A\u{202e}B\",x\nC\u{200b},\0\n").says(&[
        "warning[invisible-character] a.csv:2:1 U+202E was removed from a cell",
        "warning[invisible-character] a.csv:3:1 U+200B was removed from a cell",
        "warning[invisible-character] a.csv:3:4 U+0000 was removed from a cell",
    ]);
    check(&found, &["[AB] city=x", "[C]"]);
    list("a.txt", "A\nB\u{202e}C\n").says(&["warning[invisible-character] a.txt:2:2 U+202E was removed from the name"]);
}

#[test]
fn many_like_diagnostics_are_summed_up() {
    let mut text = "name,city\n".to_owned();
    for row in 0..500 {
        text.push_str(&format!("A{row},X,extra\n"));
    }
    let found = list("a.csv", &text);
    assert_eq!(found.value.len(), 500);
    let said = found.said();
    assert_eq!(said.len(), 21);
    assert_eq!(
        said[0],
        "warning[ragged-row] a.csv:2:6 the row has 3 cells, but the header has 2"
    );
    assert_eq!(said[20], "warning[ragged-row] a.csv and 480 more rows");
}

#[test]
fn quotes_left_open_are_told() {
    let found = list("a.csv", "name,city\nA,\"X\nB,Y\nC,Z\n").says(&[
        "error[unclosed-quote] a.csv:2:3 this quotation mark is not closed; everything after it was read as one cell",
    ]);
    assert_eq!(found.value.len(), 1);
    check(
        &list("a.csv", "name,city\nThe \"A\" Team,X\n").says(&[]),
        &["[The \"A\" Team] city=X"],
    );
}

#[test]
fn quotes_out_of_place_are_told() {
    let found = list("a.csv", "name,city\n\"The A\" Team,X\nB,\"Y\nC,\"Z\n").says(&[
        "warning[bad-value] a.csv:2:1 text follows a closing quotation mark; the cell was read without the marks",
        "warning[bad-value] a.csv:3:3 text follows a closing quotation mark; the cell was read without the marks",
    ]);
    check(&found, &["[The A Team] city=X", "[B] city=Y C,Z"]);
    let found = list("a.csv", "name,city\nX,Y\n\"A\r\nB\nC\",X\n")
        .says(&["warning[bad-value] a.csv:3:1 the name has 3 lines; it was read as one name"]);
    check(&found, &["[X] city=Y", "[A B C] city=X"]);
}

#[test]
fn formats_are_told_by_the_ending() {
    let found = list("a.pdf", "x").says(&["error[unknown-format] a.pdf .pdf files are not supported"]);
    assert_eq!(found.hints(), ["copy its list into a .txt file, one name per line"]);
    let found = list("a.xyz", "x").says(&["error[unknown-format] a.xyz .xyz files are not supported"]);
    assert_eq!(
        found.hints(),
        [
            "use one of .csv, .tsv, .tab, .toml, .txt, .html, .htm, .md, .markdown, .xlsx, .xlsm, .xlsb, .xls, .ods, .mbox, .eml"
        ]
    );
    check(&list("a", "name,city\nA,X\n").says(&[]), &["[A] city=X"]); // without an ending it is looked at
    check(
        &list("a.xlsx", "name,city\nA,X\n")
            .says(&["note[unknown-format] a.xlsx:1:1 the file is not a workbook; it is read as text"]),
        &["[A] city=X"],
    );
    check(&list("A.CSV", "name\nA\n").says(&[]), &["[A]"]);
}

#[test]
fn standard_input_is_sniffed_or_told() {
    check(&piped("name,kind\nA,individual\n", None).says(&[]), &["[A] individual"]);
    check(&piped("A, Inc.\nB\n", None).says(&[]), &["[A, Inc.]", "[B]"]);
    check(&piped("signatories = [\"A\"]\n", None).says(&[]), &["[A]"]);
    check(&piped("A,organization\n", Some("txt")).says(&[]), &["[A,organization]"]);
    check(&piped("name\tcity\nA\tX\n", Some(".TSV")).says(&[]), &["[A] city=X"]);
    piped("A\n", Some("odt")).says(&["error[unknown-format] - .odt files are not supported"]);
}

#[test]
fn encodings_are_read_and_told() {
    let mut utf_16 = vec![0xff, 0xfe];
    utf_16.extend("name,city\nCorazón,X\n".encode_utf16().flat_map(u16::to_le_bytes));
    let found = list("a.csv", utf_16).says(&["note[not-utf-8] a.csv the file was read as UTF-16LE"]);
    check(&found, &["[Corazón] city=X"]);
    let found = list("a.csv", b"name,city\nA,X\nCoraz\xf3n,X\n").says(&[
        "warning[not-utf-8] a.csv:3:6 byte 0xF3 (byte 20 of the file) is not valid UTF-8; the file was read as Windows-1252",
    ]);
    check(&found, &["[A] city=X", "[Corazón] city=X"]);
    let found = list("a.csv", b"name,city\n\xc3\x91,X\nCoraz\xf3n,X\n")
        .says(&["error[not-utf-8] a.csv:3:6 byte 0xF3 (byte 21 of the file) is not valid UTF-8"]);
    assert_eq!(found.hints(), ["save the file as UTF-8"]);
    assert!(found.value.is_empty());
}

/// Which rows of a list would be printed: confirmed, and not held.
fn printed(text: &str) -> Vec<String> {
    let read = list("l.csv", text).value;
    let counts = |record: &&Record| record.status == Status::Confirmed && record.hold.is_none();
    read.iter()
        .filter(counts)
        .map(|record| record.name.to_string())
        .collect()
}

#[test]
fn questions_of_forms_are_heard_in_three_languages() {
    let check = |header: &str, yes: &[&str], no: &[&str]| {
        let rows = yes
            .iter()
            .enumerate()
            .map(|(at, cell)| format!("Oak Club {at},\"{cell}\"\n"));
        let others = no
            .iter()
            .enumerate()
            .map(|(at, cell)| format!("Elm Club {at},\"{cell}\"\n"));
        let text = format!("Organization,{header}\n{}", rows.chain(others).collect::<String>());
        let expected: Vec<String> = (0..yes.len()).map(|at| format!("Oak Club {at}")).collect();
        assert_eq!(printed(&text), expected, "{header}");
    };
    check(
        "May we publish your name?",
        &["Yes please", "Absolutely", "of course"],
        &["No, thank you", "Only if anonymous", "Not at this time"],
    );
    check(
        "Did they say yes?",
        &["yes!", "yes", "y"],
        &["no", "Probably", "leaning no"],
    );
    check("Opt in to public list", &["x", "x"], &[""]);
    check("Website display", &["On", "On"], &["Off"]);
    check("Hide from website", &["", "no"], &["x"]);
    check("¿Firma?", &["Sí", "Claro que sí"], &["No todavía", "Tal vez"]);
    check(
        "¿Autoriza publicar el nombre de su organización?",
        &["Sí autorizo", "Si"],
        &["No por ahora", "Prefiero que no", "pendiente de aprobación"],
    );
    check(
        "estado de la firma",
        &["Confirmada"],
        &["Retirada", "Por confirmar", "Declinó"],
    );
    check(
        "Acceptez-vous que le nom de votre organisme soit publié?",
        &["Oui", "Oui, avec plaisir"],
        &["Non", "Pas pour le moment", "À confirmer"],
    );
    check("Affichage public", &["oui", "oui"], &["non", "peut-être"]);
    check("statut", &["confirmé", "signé"], &["retiré", "refusé", "en attente"]);
    // A question about something else holds nobody.
    check(
        "Souhaitez-vous recevoir notre infolettre par courriel?",
        &["oui", "non", "oui"],
        &[],
    );
    check("Are you a nonprofit?", &["Non-profit", "Nonprofit", "For-profit"], &[]);
    // Whether a sign-off is what the letter needs, one answer about the column tells.
    check(
        "Sign-off received?",
        &[],
        &["Y", "N", "verbal only", "waiting on ED", "Y"],
    );
}

#[test]
fn comments_that_take_a_signature_back_hold_the_row() {
    for comment in [
        "Actually please scratch our name",
        "Our exec director says hold for now",
        "never mind -- we can't do this after all",
        "they asked to be taken off",
        "kindly strike the organization",
        "we will not be able to join",
        "board voted against signing; cannot be listed",
        "Quítennos por favor",
        "mejor no",
        "Prière de retirer notre nom",
        "hold off, legal hasn't cleared it",
        "leave us off the website",
        // How a name appears is a person's to say.
        "please use this spelling exactly",
        "Use the short name",
    ] {
        assert_eq!(
            printed(&format!("name,notes\nElm House,\"{comment}\"\n")),
            Vec::<String>::new(),
            "{comment}"
        );
    }
    for comment in [
        "met at the June conference",
        "Love this!",
        "happy to host a rally",
        "logo attached",
        "We hold clinics on Mondays",
        "Board approved 2/14",
        "removed typos in the draft last night",
        "we skip August meetings",
        "drop by any time",
    ] {
        assert_eq!(
            printed(&format!("name,notes\nElm House,\"{comment}\"\n")),
            ["Elm House"],
            "{comment}"
        );
    }
}

#[test]
fn a_box_that_nobody_ticked_is_no_bullet_beside_one_that_somebody_did() {
    let names = |text: &str| -> Vec<String> {
        let read = list("l.txt", text).value;
        read.iter().map(|record| record.name.to_string()).collect()
    };
    assert_eq!(names("☑ Elm House\n☐ Oak Union\n"), ["Elm House", "☐ Oak Union"]);
    assert_eq!(names("☐ Elm House\n☐ Oak Union\n"), ["Elm House", "Oak Union"]);
    let csv = list("l.csv", "name,city\n[x] Elm House,Taos\n[ ] Oak Union,Taos\n").value;
    assert_eq!(&*csv[1].name, "[ ] Oak Union");
}

/// How many of six rows would be printed with these cells below a header.
fn printed_with(header: &str, cells: &str) -> usize {
    let names = [
        "Oak Union",
        "Elm House",
        "Ash Choir",
        "Fir Band",
        "Yew Club",
        "Ivy Club",
    ];
    let cells: Vec<&str> = cells.split('|').collect();
    assert_eq!(cells.len(), names.len(), "{header}");
    let rows = names
        .iter()
        .zip(cells)
        .map(|(name, cell)| format!("{name},\"{cell}\"\n"));
    printed(&format!("Organization,{header}\n{}", rows.collect::<String>())).len()
}

#[test]
fn a_column_that_is_not_understood_is_asked_about() {
    for (header, cells) in [
        ("Our take", "landed|landed|cold|landed|warm|cold"),
        ("Review step", "Granted|Granted|Outstanding|Granted|Sent on|Granted"),
        ("Mark", "x|o|x||x|o"),
        ("Refunded", "|Yes||||"),
        (
            "How would you like to appear?",
            "Full|Full|As a friend|Full|Initials|Not",
        ),
        (
            "How did the call go?",
            "they are in, yes|left a note|they are in, yes|line was dead|no idea yet|they are in, yes",
        ),
    ] {
        assert_eq!(printed_with(header, cells), 0, "{header}");
    }
    // An empty status is open where others say that they signed; in a list of ours, it is not.
    assert_eq!(printed_with("Status", "Done|Done||Working on it|Done|Done"), 4);
    assert_eq!(
        printed_with("status", "confirmed|confirmed||pending|confirmed|confirmed"),
        5
    );
}

#[test]
fn a_column_that_is_clearly_something_else_is_not() {
    for (header, cells) in [
        ("Region", "North|South|North|South|North|North"),
        ("Membership level", "Gold|Silver|Gold|Gold|Bronze|Gold"),
        ("Assigned to", "Priya|Sam|Priya|Sam|Priya|Sam"),
        ("Who", "JB|JB|RL|JB|RL|JB"),
        (
            "How did you hear about us?",
            "A friend|Newsletter|A friend|A friend|Radio|A friend",
        ),
        ("Organization size", "Small|Large|Small|Small|Large|Small"),
        ("Would you like our newsletter?", "Yes|No|Yes|Yes|No|Yes"),
        ("T-shirt size", "M|L|S|M|M|S"),
        ("Column 9", "NM|TX|NM|ON|TX|NM"),
        (
            "Column 8",
            "2024-01-01|2024-01-01|2024-01-02|2024-01-01|2024-01-02|2024-01-01",
        ),
        ("Column 7", "12|12|15|12|12|9"),
        (
            "Why I'm signing",
            "No child should wait|If not now, when?||My family|I can't be silent|",
        ),
        ("Signed on behalf of", "|||||"),
    ] {
        assert_eq!(printed_with(header, cells), 6, "{header}");
    }
}

#[test]
fn the_question_about_a_column_shows_its_values() {
    let text = "Organization,Our take\nOak Union,Landed\nElm House,Cold\nAsh Choir,Landed\nFir Band,\n";
    let said = list("l.csv", text).diagnostics;
    let told = said
        .iter()
        .any(|said| said.message.contains("`Landed` (2), `Cold` (1), empty (1)"));
    assert!(told, "{said:?}");
}

#[test]
fn columns_of_names_are_no_levels() {
    let text =
        "Local,International,Date\nCoopers Local 11,Coopers,2/1/2024\nWeavers Local 46,Weavers United,2/2/2024\n";
    assert_eq!(printed(text), ["Coopers Local 11", "Weavers Local 46"]);
}

/// The names of a text's rows.
fn names(name: &str, text: &str) -> Vec<String> {
    let rows = list(name, text).value;
    rows.into_iter().map(|row| row.name.into()).collect()
}

#[test]
fn a_table_is_read_as_one_whatever_its_file_is_called() {
    let header = [
        ["Account Name", "Stage", "Close"],
        ["Harwell Church", "Closed Won", "3/1"],
    ];
    let rows = [
        ["Oleander Clinic", "Closed Won", "3/2"],
        ["Weavers Union", "Closed Won", "3/3"],
    ];
    for sign in ["\t", ",", ";", "|"] {
        let lines: Vec<String> = header.iter().chain(&rows).map(|row| row.join(sign)).collect();
        for title in ["", "SIGN ON LIST\n\n"] {
            let text = format!(
                "{title}{}\n",
                lines
                    .join("\n")
                    .replace("Account Name", "Organization")
                    .replace("Stage", "Status")
            );
            assert_eq!(
                names("a.txt", &text),
                ["Harwell Church", "Oleander Clinic", "Weavers Union"],
                "{text}"
            );
            assert_eq!(
                names("a.csv", &text),
                ["Harwell Church", "Oleander Clinic", "Weavers Union"],
                "{text}"
            );
        }
        let text = lines.join("\n");
        assert_eq!(
            names("a.txt", &text),
            ["Harwell Church", "Oleander Clinic", "Weavers Union"],
            "{text}"
        );
        let found = piped(&text, None).value;
        assert_eq!(found.len(), 3, "{text}");
    }
}

/// Rows with "; " between their cells are asked about: one signatory, or several?
#[test]
fn cells_without_a_header_are_no_one_name() {
    let check = |text: &str, expected: &[&str]| assert_eq!(names("a.txt", text), expected, "{text}");
    check(
        "Acme Clinic\tBeta Union\nGamma Fund\tDelta League\n",
        &["Acme Clinic; Beta Union", "Gamma Fund; Delta League"],
    );
    check("Acme Clinic\tTX\nBeta Union\tCA\n", &["Acme Clinic", "Beta Union"]);
    check(
        "Acme Clinic,TX,yes\nBeta Union,CA,no\nGamma Fund,NV,yes\n",
        &["Acme Clinic; TX; yes", "Beta Union; CA; no", "Gamma Fund; NV; yes"],
    );
    check(
        "Acme Clinic|Dallas|yes\nBeta Union|Reno|no\nGamma Fund|Elko|yes\n",
        &[
            "Acme Clinic; Dallas; yes",
            "Beta Union; Reno; no",
            "Gamma Fund; Elko; yes",
        ],
    );
    // What is written in names, or before them.
    check(
        "Foo, Inc.\nBar, LLC\nBaz, Inc.\n",
        &["Foo, Inc.", "Bar, LLC", "Baz, Inc."],
    );
    check(
        "A Org, Dallas, TX\nB Org, Austin, TX\nC Org, Reno, NV\n",
        &["A Org, Dallas, TX", "B Org, Austin, TX", "C Org, Reno, NV"],
    );
    check("1.\tAcme Clinic\n2.\tBeta Union\n", &["Acme Clinic", "Beta Union"]);
    check("•\tAcme Clinic\n•\tBeta Union\n", &["Acme Clinic", "Beta Union"]);
    check("\tAcme Clinic\n\tBeta Union\t\n", &["Acme Clinic", "Beta Union"]);
    check("AFL|CIO\nActors'|Equity\n", &["AFL|CIO", "Actors'|Equity"]);
    // Columns of a page, as they are copied.
    check(
        "Acme Clinic          Beta Union\nDelta Fund   Epsilon League\n",
        &["Acme Clinic; Beta Union", "Delta Fund; Epsilon League"],
    );
    check(
        " 1.   Acme Clinic          TX\n10.   Beta Union\n",
        &["Acme Clinic", "Beta Union"],
    );
    check(
        "We write about housing.\n\nThe undersigned organizations:\n\nAcme Clinic\tBeta Union\nGamma Fund\tDelta League\n",
        &["Acme Clinic; Beta Union", "Gamma Fund; Delta League"],
    );
}

#[test]
fn a_row_is_not_taken_for_the_header() {
    let refused = |text: &str| {
        let found = list("a.csv", text);
        assert_eq!(found.value.len(), 0, "{text}");
        assert!(
            found.said()[0].contains("the first line is a row like those below it"),
            "{text}"
        );
    };
    refused("Acme Clinic,TX,yes\nBeta Union,CA,no\nGamma Fund,NV,yes\n");
    refused("Harbor Light,2026-03-01\nBeta Union,2026-03-02\n");
    refused("Acme Clinic,ana@acme.example\nBeta Union,bo@beta.example\n");
    let read = |text: &str, expected: &[&str]| assert_eq!(names("a.csv", text), expected, "{text}");
    read(
        "Clinic,Region\nAcme Clinic,Region 1\nBeta Clinic,Region 2\n",
        &["Acme Clinic", "Beta Clinic"],
    );
    read(
        "Union Local,Yes/No\nBeta Union,Yes\nOak Union,Yes\n",
        &["Beta Union", "Oak Union"],
    );
}
