//! Pages and pastes: all tables, spans, what is struck out or hidden, titles above a header.

use super::workspace::Workspace;

/// Imports a file, and returns the list and what was said.
fn import(name: &str, text: &str) -> (String, String) {
    let workspace = Workspace::new(&[]);
    workspace.write(name, text.as_bytes());
    let ran = workspace.run(&["import", name, "--format", "short"]);
    assert!(ran.code == Some(0) || ran.code == Some(1), "{}", ran.err);
    (ran.out, ran.err)
}

#[test]
fn every_table_of_a_page_is_read() {
    let page = "<h2>National organizations</h2><table><tr><th>Organization<th>City<tr><td>Harwell Village<td>Harwell</table>\
                <h2>Individuals</h2><table><tr><th>Name<th>Affiliation<tr><td>Ana Example<td>Elm University</table>\
                <p>Also signed by:</p><ul><li>Oak Union<li>Fir Union<li>Ash Union</ul>";
    let (list, said) = import("page.html", page);
    assert_eq!(
        list,
        "name,kind,affiliation,city,section\n\
         Harwell Village,organization,,Harwell,National organizations\n\
         Ana Example,individual,Elm University,,Individuals\n\
         Oak Union,organization,,,\nFir Union,organization,,,\nAsh Union,organization,,,\n"
    );
    assert!(said.contains("read a table of 1 row: `Harwell Village`"), "{said}");
    assert!(said.contains("read 3 lines beside the table"), "{said}");
    // A list that nothing announces may be a menu: it is left, and told.
    let menu = "<table><tr><th>Organization<th>City<tr><td>Harwell Village<td>Harwell</table>\
                <ul><li>Oak Union<li>Fir Union<li>Ash Union<li>Elm Union<li>Yew Union</ul>";
    let (list, said) = import("menu.html", menu);
    assert_eq!(list, "name,city\nHarwell Village,Harwell\n");
    assert!(
        said.contains("warning[skipped-lines]: skipped a list of 5 lines"),
        "{said}"
    );
}

#[test]
fn a_cell_over_several_rows_holds_for_each() {
    let page = "<table><tr><th>State<th>Organization<tr><td rowspan=3>NM<td>Harwell Village<tr><td>Maple Tenants<tr><td>Oak Union\
                <tr><td colspan=2>Arizona groups<tr><td>AZ<td>Ash Choir</table>";
    let (list, _) = import("page.html", page);
    assert_eq!(
        list,
        "name,state,section\nHarwell Village,NM,\nMaple Tenants,NM,\nOak Union,NM,\nAsh Choir,AZ,Arizona groups\n"
    );
}

#[test]
fn what_is_struck_out_or_hidden_is_held() {
    let page = "<table><tr><th>State<th>Organization<tr><td>TX<td><del>Oak Union</del><tr hidden><td>TX<td>Fir Band\
                <tr style=\"Display: None\"><td>TX<td>Elm Choir<tr><td>TX<td><s>Old</s> New Choir</table>";
    let (list, said) = import("page.html", page);
    assert_eq!(
        list,
        "name,state,status\nOak Union,TX,held: struck\nFir Band,TX,held: hidden\nElm Choir,TX,held: hidden\nNew Choir,TX,confirmed\n"
    );
    assert!(said.contains("3 held and not printed until you answer"), "{said}");
    let (list, _) = import(
        "page.md",
        "Signatories:\n\n- Harwell Village\n- ~~Maple Tenants~~\n- Oak Union\n",
    );
    assert_eq!(
        list,
        "name,status\nHarwell Village,confirmed\nMaple Tenants,held: struck\nOak Union,confirmed\n"
    );
}

#[test]
fn cards_are_taken_apart_by_their_classes() {
    let card = |name: &str, more: &str| {
        format!("<div class=\"signature card\"><span class=\"sig_name\">{name}</span> {more}</div>")
    };
    let page = [
        "<h2>All signatures</h2>".to_owned(),
        card(
            "Lora Example",
            "<span class=sig_institution>TU Elm &amp; Oak</span> <span class=sig_timestamp>Signed @ 2022-09-29T12:08:37.000Z</span>",
        ),
        card("Dan Probe", "<span class=sig_institution>Elm Books</span>"),
        card(
            "Ana Ejemplo",
            "<span class=sig_timestamp>Signed @ 2022-09-28T21:19:27.000Z</span>",
        ),
    ];
    let (list, said) = import("cards.html", &page.concat());
    assert_eq!(
        list,
        "name,kind,affiliation,signed_at\nLora Example,individual,TU Elm & Oak,2022-09-29 12:08:37\n\
         Dan Probe,individual,Elm Books,\nAna Ejemplo,individual,,2022-09-28 21:19:27\n"
    );
    assert!(said.contains("read 3 cards: `Lora Example` to `Ana Ejemplo`"), "{said}");
}

#[test]
fn a_message_is_read_line_by_line_whatever_its_ending() {
    let message = "Hi Jess,\n\nHere they are:\n\n1. Tidewater Fuel Cooperative\n- Peninsula Interfaith Table\nRoanoke Mutual Aid\n\nThanks!\nPriya\n";
    for name in ["message.txt", "message.md"] {
        let (list, _) = import(name, message);
        for body in [
            "Tidewater Fuel Cooperative",
            "Peninsula Interfaith Table",
            "Roanoke Mutual Aid",
        ] {
            assert!(list.contains(body), "{name}: {list}");
        }
    }
}

#[test]
fn every_end_of_a_line_ends_a_name() {
    let (list, _) = import(
        "list.txt",
        "Harwell Village\u{2028}Maple Tenants\u{2029}Oak Union\u{85}Ash Clinic\u{b}Fir Band\n",
    );
    assert_eq!(
        list,
        "name\nHarwell Village\nMaple Tenants\nOak Union\nAsh Clinic\nFir Band\n"
    );
}

#[test]
fn a_header_may_be_below_a_title() {
    let (list, said) = import(
        "list.csv",
        "Responses (internal),,\n,,\nOrganization,State,Email\nRiver Valley Tenants,OH,a@x.example.org\n",
    );
    assert_eq!(list, "name,state,email\nRiver Valley Tenants,OH,a@x.example.org\n");
    assert!(said.contains("the header is below 1 row that is not read"), "{said}");
}

#[test]
fn entities_are_read_and_told() {
    let (list, said) = import("list.csv", "name,city\nSmith &amp; Daughters,R&iacute;o\n");
    assert_eq!(list, "name,city\nSmith & Daughters,Río\n");
    assert!(said.contains("HTML entities"), "{said}");
}

#[test]
fn a_dry_run_shows_how_each_column_came_to_be_understood() {
    let workspace = Workspace::new(&[]);
    let list = "Organization,Board vote,Email,Color\nHarwell Village,Yes,a@b.example,green\nMaple Tenants,No,c@d.example,505-555-0100\n";
    workspace.write("in.csv", list.as_bytes());
    let ran = workspace.run(&["import", "in.csv", "--dry-run"]);
    assert_eq!(ran.code, Some(1));
    for line in [
        "    a known header; cells: Harwell Village | Maple Tenants",
        "    may decide who is printed; its rows are held; cells: Yes | No",
        "    to answer, in [columns]: \"Board vote\" = \"publish\", \"private\", \"status\", \"name\", or \"unused\"",
        "    not recognized; cells: green",
        "  ?    2  of these held until you answer",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    assert!(
        !ran.out.contains("a@b.example") && !ran.out.contains("505-"),
        "{}",
        ran.out
    );
}

#[test]
fn a_list_of_one_column_gets_commas_with_its_second_column() {
    let workspace = crate::support::Workspace::new(&[
        (
            "a.csv",
            "name\nFoo, Inc.\n\"Bar, LLC\"\nThe \"Old\" Guild\nAlpha Group\n",
        ),
        ("b.csv", "name,city\nBeta Group,\"Dallas, TX\"\n"),
    ]);
    let ran = workspace.run(&["import", "b.csv", "--into", "a.csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(
        workspace.text("a.csv"),
        "name,city\n\"Foo, Inc.\",\n\"Bar, LLC\",\n\"The \"\"Old\"\" Guild\",\nAlpha Group,\nBeta Group,\"Dallas, TX\"\n"
    );
    // A withdrawal needs a column, too.
    workspace.write("c.csv", "name\nFoo, Inc.\nAlpha Group\n");
    workspace.write("d.csv", "name,status\nAlpha Group,withdrawn\n");
    let ran = workspace.run(&["import", "d.csv", "--into", "c.csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(
        workspace.text("c.csv"),
        "name,status\n\"Foo, Inc.\",\nAlpha Group,withdrawn\n"
    );
}
