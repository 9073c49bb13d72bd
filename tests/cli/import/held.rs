//! Rows that a person must answer about, from the export to the roll.

use super::workspace::Workspace;

#[test]
fn a_mail_that_was_pasted_is_read_and_its_lines_are_asked_about() {
    let mail = "Hi Jess,\n\nHere are the groups from our table that said yes on Thursday's call:\n\n\
        1. Tidewater Fuel Cooperative\n2. Ohio Poverty Law Collaborative\n- Peninsula Interfaith Table\n\
        National Alliance for Lineworker Safety (national)\nRoanoke Mutual Aid (local, VA)\n\
        Appalachian Hearth Alliance - already signed I think?\n\nThanks so much!\nPriya\n\nPriya Natarajan\n\
        Field Director, Virginia Interfaith Energy Table\n(804) 555-0142 | priya@viet.example.org\n";
    let workspace = Workspace::new(&[("mail.txt", mail)]);
    let ran = workspace.run(&["import", "mail.txt", "--out", "list.csv"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let ran = workspace.run(&["dedupe", "list.csv", "--format", "json"]);
    let printed: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.contains(r#""type":"signatory""#))
        .collect();
    let names = [
        "National Alliance for Lineworker Safety",
        "Ohio Poverty Law Collaborative",
        "Peninsula Interfaith Table",
        "Roanoke Mutual Aid",
        "Tidewater Fuel Cooperative",
    ];
    assert_eq!(printed.len(), names.len(), "{}", ran.out);
    for (line, name) in printed.iter().zip(names) {
        assert!(line.contains(&format!(r#""name":"{name}""#)), "{line}");
    }
    assert!(
        ran.out
            .contains(r#""rows":13,"signatories":5,"merged":0,"review":0,"excluded":0,"held":8}"#),
        "{}",
        ran.out
    );
}

#[test]
fn a_cell_that_was_split_and_a_row_that_was_renamed_do_not_come_back() {
    let workspace = Workspace::new(&[
        (
            "list.csv",
            "name,signed_at,email\nBayou Legal Aid,2026-05-04 10:19:20,luis@bayou.example.org\nGulf Coast Tenants Union,2026-05-04 10:19:20,luis@bayou.example.org\nRiver Valley Tenants,2026-05-05 11:00:00,ann@rvt.example.org\n",
        ),
        (
            "export.csv",
            "Timestamp,Email Address,Organization\n2026/05/04 10:19:20 AM EST,luis@bayou.example.org,Bayou Legal Aid / Gulf Coast Tenants Union\n2026/05/05 11:00:00 AM EST,ann@rvt.example.org,River Valley Tenants\n",
        ),
        (
            "people.csv",
            "name,kind,affiliation,city,state\nProf. Lena Hofstadter,individual,University of Northfield,,IL\nFirst Baptist Church (Macon),,,Macon,GA\n",
        ),
        (
            "again.csv",
            "Organization,City,State\n\"Prof. Lena Hofstadter, University of Northfield\",,IL\nFirst Baptist Church,Macon,GA\n",
        ),
    ]);
    for (export, list) in [("export.csv", "list.csv"), ("again.csv", "people.csv")] {
        let ran = workspace.run(&["import", export, "--into", list]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(ran.out.contains("0 added, 0 updated, 2 there already"), "{}", ran.out);
    }
}

#[test]
fn a_dry_run_says_what_is_held() {
    let workspace = Workspace::new(&[(
        "export.csv",
        "Organization,State\nHarwell Village,NM\nOak Union (withdrawn),NM\nTOTAL,2\n",
    )]);
    let ran = workspace.run(&["import", "export.csv", "--dry-run"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    for said in [
        "Held until you answer (2)",
        "what does `(withdrawn)` mean for `Oak Union`?",
        "would add 3, update 0; 2 held until you answer",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
}

#[test]
fn a_signatory_that_also_declined_is_held_until_answered() {
    let rows = "name,status\nOak Guild,confirmed\nOAK GUILD,declined\nNorth Fork Keepers Inc.,\n\
        North Fork Keepers,declined\nElm Trust,declined\nElm Trust of Ohio,confirmed\nAsh Union,\nAsh Union,pending\n";
    let workspace = Workspace::new(&[("a.csv", rows)]);
    let ran = workspace.run(&["dedupe", "a.csv", "--format", "json"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let held = |name: &str, about: &str| {
        let mut lines = ran.out.lines().filter(|line| line.contains("other-answer"));
        lines.any(|line| line.contains(&format!("\"name\":\"{name}\"")) && line.contains(about))
    };
    assert!(held("Oak Guild", "declined: OAK GUILD"), "{}", ran.out);
    assert!(
        held("North Fork Keepers Inc.", "declined: North Fork Keepers"),
        "{}",
        ran.out
    );
    assert!(held("Ash Union", "pending: Ash Union"), "{}", ran.out);
    let decisions = "[[row]]\nname = \"Oak Guild\"\nreason = \"other-answer\"\nabout = \"declined: OAK GUILD\"\n\
        answer = \"signatory\"\n";
    let workspace = Workspace::new(&[
        ("a.csv", rows),
        ("signatories/decisions.toml", decisions),
        ("undersigned.toml", ""),
    ]);
    let ran = workspace.run(&["dedupe", "a.csv", "--format", "json"]);
    let printed = ran
        .out
        .lines()
        .any(|line| line.contains("\"signatory\"") && line.contains("Oak Guild"));
    assert!(printed, "{}{}", ran.out, ran.err);
}

#[test]
fn a_withdrawal_that_hits_nobody_names_the_nearest() {
    let workspace = Workspace::new(&[
        (
            "list.csv",
            "name\nCenter for Household Energy Justice\nClean Air Ohio\n",
        ),
        (
            "withdrawals.csv",
            "Organization,Status\nCHEJ,withdrawn\nHarbor Readers,withdrawn\n",
        ),
    ]);
    workspace.run(&["import", "withdrawals.csv", "--into", "list.csv"]);
    let ran = workspace.run(&["dedupe", "list.csv"]);
    let told = ran
        .err
        .contains("`CHEJ` withdrew, but no row with this name is printed")
        && ran.err.contains("Center for Household Energy Justice");
    let asked = ran
        .out
        .contains("`CHEJ` withdrew; is it `Center for Household Energy Justice`?");
    assert!(told || asked, "{}{}", ran.out, ran.err);
    assert!(!ran.err.contains("`Harbor Readers` withdrew"), "{}", ran.err);
}

/// Runs `dedupe` on a list; returns the names that are printed.
fn printed(list: &str) -> Vec<String> {
    let workspace = Workspace::new(&[("list.csv", list)]);
    let ran = workspace.run(&["dedupe", "list.csv", "--format", "csv"]);
    let rows = ran.out.lines().skip(1);
    let names = rows.filter_map(|row| row.split(',').nth(1).map(str::to_owned));
    names.filter(|name| !name.is_empty()).collect()
}

#[test]
fn answers_of_all_sorts_print_only_what_agrees() {
    let check = |header: &str, rows: &[(&str, &str)], expected: &[&str]| {
        let mut list = format!("Organization,\"{header}\"\n");
        for (name, cell) in rows {
            list += &format!("{name},\"{cell}\"\n");
        }
        assert_eq!(printed(&list), expected, "{list}");
    };
    check(
        "Will you sign?",
        &[
            ("Alder Unidos", "Yes"),
            ("Beech Alliance", "Yes, if section 3 is removed"),
            ("Cedar League", "Probably"),
            ("Dogwood Network", "Not at this time"),
            ("Elder Union", "We can't take positions on legislation"),
        ],
        &["Alder Unidos"],
    );
    check(
        "OK?",
        &[
            ("Alder Unidos", "✅"),
            ("Beech Alliance", "❌"),
            ("Cedar League", "⏳"),
            ("Dogwood Network", "👍"),
        ],
        &["Alder Unidos", "Dogwood Network"],
    );
    check(
        "Listing preference",
        &[
            ("Alder Unidos", "List us by name"),
            ("Beech Alliance", "List us anonymously"),
            ("Cedar League", "Do not list"),
        ],
        &["Alder Unidos"],
    );
    check(
        "Where are they?",
        &[
            ("Alder Unidos", "In"),
            ("Beech Alliance", "Out"),
            ("Cedar League", "Still deciding"),
        ],
        &["Alder Unidos"],
    );
    check(
        "Souhaitez-vous que votre nom soit publié?",
        &[
            ("Logis pour Tous", "Oui"),
            ("Chaleur Solidaire", "Non"),
            ("Maison du Nord", "Pas encore"),
        ],
        &["Logis pour Tous"],
    );
    check(
        "Notes",
        &[
            ("Alder Unidos", "great partner"),
            ("Beech Alliance", "ED says take them down"),
            ("Cedar League", "signed by junior staffer w/o approval"),
            ("Dogwood Network", "Duplicate - see row 3"),
        ],
        &["Alder Unidos"],
    );
    // A withdrawal with a reason withdraws the other rows of the name, and asks nothing.
    let list = "name,status,notes\nElm House,withdrawn,please remove us\nElm House,,\nOak Union,,\n";
    assert_eq!(printed(list), ["Oak Union"]);
    // A status that somebody wrote does not answer a comment.
    assert_eq!(
        printed("name,status,notes\nElm House,confirmed,please remove us\nOak Union,confirmed,thanks\n"),
        ["Oak Union"]
    );
}

#[test]
fn an_import_holds_what_dedupe_holds() {
    let list = "name,status\n\
        Disability Rights and Energy Access,withdrawn\n\
        Disability Rights & Energy Access Network,\n\
        Oak Union of Taos,\n\
        Elm League of Taos,\n\
        Oak Union of Taos and Elm League of Taos,\n\
        \"Best, Priya\",\n\
        Field Director of Taos,\n";
    let workspace = Workspace::new(&[("export.csv", list)]);
    let ran = workspace.run(&["import", "export.csv", "--out", "list.csv"]);
    let held = |text: &str| text.matches("\"type\":\"held\"").count();
    let dedupe = workspace.run(&["dedupe", "list.csv", "--format", "json"]);
    assert_eq!(held(&dedupe.out), 4, "{}", dedupe.out);
    assert!(ran.out.contains("4 held and not printed"), "{}", ran.out);
    // Beside the rows of a list, too.
    let one = "name\nDisability Rights & Energy Access Network\n";
    let withdrawn = "name,status\nDisability Rights and Energy Access,withdrawn\n";
    let workspace = Workspace::new(&[("list.csv", withdrawn), ("one.csv", one)]);
    let ran = workspace.run(&["import", "one.csv", "--into", "list.csv"]);
    assert!(ran.out.contains("1 held and not printed"), "{}", ran.out);
}
