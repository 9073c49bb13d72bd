//! Columns that may keep rows from being printed: understood, asked about, or passed over.

use super::workspace::Workspace;

/// Imports a list and resolves what comes of it. Returns the names that are printed and those
/// that are held with their reasons, sorted.
fn after(list: &str) -> (Vec<String>, Vec<String>) {
    let workspace = Workspace::new(&[]);
    workspace.write("in.csv", list.as_bytes());
    let ran = workspace.run(&["import", "in.csv", "--out", "out.csv", "--format", "short"]);
    assert!(ran.code == Some(0) || ran.code == Some(1), "{}", ran.err);
    let told = |file: &str| {
        let ran = workspace.run(&["dedupe", file, "--format", "json"]);
        let lines = ran
            .out
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let (mut printed, mut held) = (Vec::new(), Vec::new());
        for line in lines {
            let name = line["name"].as_str().unwrap_or_default().to_owned();
            match line["type"].as_str().unwrap() {
                "signatory" => printed.push(name),
                "held" => held.push(format!("{name}: {}", line["reason"].as_str().unwrap())),
                _ => {}
            }
        }
        printed.sort();
        held.sort();
        (printed, held)
    };
    let (raw, clean) = (told("in.csv"), told("out.csv"));
    assert_eq!(raw, clean, "the clean list says the same as the export");
    assert_eq!(ran.code == Some(1), !clean.1.is_empty(), "{}", ran.err);
    clean
}

fn check(list: &str, printed: &[&str], held: &[&str]) {
    let (found, asked) = after(list);
    assert_eq!(found, printed, "{list}");
    assert_eq!(asked, held, "{list}");
}

#[test]
fn a_header_that_says_no_turns_its_answers_round() {
    for header in [
        "Please do not publish our name",
        "Opt out of public listing",
        "Prefiero que no se publique el nombre",
        "We would rather not be listed publicly",
        "Keep our name off the website",
        "Withdrawn",
        "Declined?",
        "Not authorized",
    ] {
        check(
            &format!("Organization,{header}\nHarwell Village,Yes\nMaple Tenants,No\nOak Union,\n"),
            &["Maple Tenants", "Oak Union"],
            &[],
        );
    }
}

#[test]
fn cells_that_answer_are_no_date_no_web_page_and_no_name() {
    for header in [
        "Signed on?",
        "Display name on website?",
        "show_name",
        "Publish?",
        "Public",
    ] {
        check(
            &format!("Organization,{header}\nHarwell Village,Yes\nMaple Tenants,No\n"),
            &["Harwell Village"],
            &[],
        );
    }
    // A mark beside dates is asked about.
    check(
        "Organization,Signed on\nHarwell Village,2026-05-03\nMaple Tenants,Declined\nOak Union,2026-05-04\n",
        &["Harwell Village", "Oak Union"],
        &["Maple Tenants: status-unclear"],
    );
}

#[test]
fn a_column_that_may_decide_is_asked_about() {
    for header in ["Board vote", "Approved", "Public or private?", "Decision"] {
        check(
            &format!("Organization,{header}\nHarwell Village,Yes\nMaple Tenants,No\n"),
            &[],
            &["Harwell Village: column-unclear", "Maple Tenants: column-unclear"],
        );
    }
    check(
        "Organization,On hold\nHarwell Village,\nMaple Tenants,x\n",
        &["Harwell Village"],
        &["Maple Tenants: column-unclear"],
    );
    check(
        "Organization,Column 7\nHarwell Village,seen\nMaple Tenants,declined\n",
        &["Harwell Village"],
        &["Maple Tenants: column-unclear"],
    );
    // What speaks of something else decides nothing.
    for header in [
        "Will you attend the briefing?",
        "Do Not Email",
        "Are you a 501(c)(3)?",
        "Share on social media?",
    ] {
        check(
            &format!("Organization,{header}\nHarwell Village,Yes\nMaple Tenants,No\n"),
            &["Harwell Village", "Maple Tenants"],
            &[],
        );
    }
}

#[test]
fn lights_stages_and_who_signs_are_heard() {
    let (oak, elm, ash) = ("Oak Union", "Elm House", "Ash Choir");
    let unclear = |name: &str| format!("{name}: column-unclear");
    for (header, cells) in [
        ("Traffic light", ["green", "yellow", "red"]),
        ("Color", ["G", "Y", "R"]),
        ("OK?", ["✅", "❌", "🟡"]),
        ("Semáforo", ["verde", "amarillo", "rojo"]),
    ] {
        let rows: Vec<String> = [oak, elm, ash]
            .iter()
            .zip(cells)
            .map(|(name, cell)| format!("{name},{cell}\n"))
            .collect();
        check(
            &format!("Organization,{header}\n{}", rows.concat()),
            &[oak],
            &[&unclear(ash), &unclear(elm)],
        );
    }
    check(
        "Organization,Stage\nOak Union,4 - Signed\nElm House,2 - Considering\nAsh Choir,4 - Signed\n",
        &[ash, oak],
        &["Elm House: status-unclear"],
    );
    check(
        "Organization,Signing as individual\nOak Union,No\nElm House,Yes\n",
        &[],
        &[&unclear(elm), &unclear(oak)],
    );
    // These are no lights.
    check(
        "Organization,Team color\nOak Union,green\nElm House,green\n",
        &[elm, oak],
        &[],
    );
}

#[test]
fn columns_in_the_settings_answer_the_question() {
    let workspace = Workspace::new(&[]);
    workspace.write(
        "in.csv",
        b"Organization,Board vote\nHarwell Village,Yes\nMaple Tenants,No\n",
    );
    let ran = workspace.run(&["import", "in.csv", "--format", "short"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.contains("warning[unclear-column]: column `Board vote`"),
        "{}",
        ran.err
    );
    for (word, expected) in [
        (
            "signed",
            "name,status\nHarwell Village,confirmed\nMaple Tenants,declined\n",
        ),
        ("unused", "name\nHarwell Village\nMaple Tenants\n"),
    ] {
        let settings = format!("[columns]\n\"Board vote\" = \"{word}\"\n");
        workspace.write("undersigned.toml", settings.as_bytes());
        let ran = workspace.run(&["import", "in.csv", "--format", "short"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), expected), "{}", ran.err);
    }
}

#[test]
fn a_status_that_is_not_understood_holds_its_row() {
    check(
        "name,status\nHarwell Village,confirmed\nMaple Tenants,ask Rosa\n",
        &["Harwell Village"],
        &["Maple Tenants: status-unclear"],
    );
    check(
        "Organization,May we publish your name?\nHarwell Village,Yes\nMaple Tenants,ask Rosa\n",
        &["Harwell Village"],
        &["Maple Tenants: consent-unclear"],
    );
}

#[test]
fn who_filled_in_a_form_is_no_signatory_because_a_header_is_new() {
    for header in [
        "Agency",
        "Congregation",
        "Chapter",
        "Union local",
        "Tribe",
        "School",
        "Employer",
        "Entity",
        "Signature",
    ] {
        check(
            &format!("Date,{header},First name,Last name\n5/14/2026,River Valley Tenants,Ann,Muster\n"),
            &[],
            &["Ann Muster: column-unclear"],
        );
    }
    // A signature that is the person's own name is none of an organization.
    check(
        "First name,Last name,Signature\nAnn,Muster,Ann Muster\nBo,Chen,Bo Chen\n",
        &["Ann Muster", "Bo Chen"],
        &[],
    );
    // One person, named twice.
    check(
        "Display Name,First Name,Last Name\nMs. Ana Example,Ana,Example\n",
        &["Ana Example"],
        &[],
    );
}

#[test]
fn a_dry_run_says_how_to_answer_for_a_column_that_may_name_who_signed() {
    let form = "Date,Agency,First name,Last name\n5/14/2026,River Valley Tenants,Ann,Muster\n";
    let workspace = Workspace::new(&[("form.csv", form)]);
    let ran = workspace.run(&["import", "form.csv", "--dry-run"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let expected = "  Agency       not used             1/1\n    may name the organizations that signed; its rows are held; \
                    cells: River Valley Tenants\n    to answer, in [columns]: \"Agency\" = \"name\" if they signed, \
                    \"affiliation\" if the people did, or \"unused\"\n";
    assert!(ran.out.contains(expected), "{}", ran.out);
}

#[test]
fn a_comment_that_restrains_is_asked_about() {
    check(
        "Organization,Comments\nHarwell Village,Happy to sign!\nMaple Tenants,\"Please remove us, the board voted no\"\nOak Union,Wait for my OK\nFir Band,signing as myself\n",
        &["Harwell Village"],
        &[
            "Fir Band: person",
            "Maple Tenants: restraining-comment",
            "Oak Union: restraining-comment",
        ],
    );
    // A status does not answer the question; a person does.
    check(
        "name,status,notes\nOak Union,confirmed,Wait for my OK\n",
        &[],
        &["Oak Union: restraining-comment"],
    );
}

#[test]
fn a_contacts_title_is_private() {
    let workspace = Workspace::new(&[]);
    workspace.write(
        "in.csv",
        b"first_name,last_name,Organization,Title\nAnn,Muster,River Valley Tenants,Pastor\n",
    );
    let ran = workspace.run(&["import", "in.csv", "--without-private", "--format", "short"]);
    assert_eq!(ran.out, "name\nRiver Valley Tenants\n");
}

#[test]
fn name_and_affiliation_mean_the_same_in_any_case() {
    for header in ["Name,Affiliation", "name,affiliation", "NAME,AFFILIATION"] {
        let workspace = Workspace::new(&[]);
        let list =
            format!("{header}\nAna Example,Elm University\nBen Muster,\nCleo Probe,Oak College\nOak Union,Elm\n");
        workspace.write("in.csv", list.as_bytes());
        let ran = workspace.run(&["dedupe", "in.csv", "--format", "json"]);
        assert_eq!(ran.out.matches("\"kind\":\"individual\"").count(), 4, "{}", ran.out);
    }
}
