//! Districts: from a form to the roll of each recipient and the tables.

use crate::support::Workspace;

/// A list with a district in every form that is understood, and in some that are not.
const LIST: &str = "name,kind,city,state,district\n\
    Alder Clinic,organization,Oakland,CA,12\n\
    Birch Union,organization,,California,CA-13\n\
    Cedar Council,organization,,CA,\"CA-12, CA-13\"\n\
    Doe Group,organization,,AK,at large\n\
    Elm Fund,organization,,National,\n\
    Fir Works,organization,,CA,AD 12\n\
    Gale Ray,individual,,,12th District of California\n";

/// Recipients: a member of the House, one at large, a senator, and one of the assembly.
const TO: &str = "name,salutation,chamber,state,district\n\
    Ann,Dear Ann:,House,CA,12\nBo,Dear Bo:,House,AK,AK-AL\nCy,Dear Cy:,Senate,CA,\nDi,Dear Di:,Assembly,CA,12\n";

fn workspace(roll: &str, to: &str, body: &str, list: &str) -> Workspace {
    let letter = format!(
        "+++\nkind = \"letter\"\ntitle = \"Keep it open\"\ndate = 2026-03-02\nlanguage = \"en-US\"\nclosing = \"Sincerely,\"\n\
        signatories = [\"../signatories/a.csv\"]\n{to}[roll]\n{roll}\n+++\n{body}\n"
    );
    Workspace::new(&[
        ("letters/open.md", &letter),
        ("letters/list.csv", TO),
        ("signatories/a.csv", list),
    ])
}

/// Returns the first letters of the names of a text in the order of printing, each with its mark,
/// after checking that each is printed once.
fn order(text: &str) -> String {
    let roll = text.rsplit("Sincerely,").next().unwrap_or_default();
    let names = [
        "Alder Clinic",
        "Birch Union",
        "Cedar Council",
        "Doe Group",
        "Elm Fund",
        "Fir Works",
        "Gale Ray",
    ];
    let mut found: Vec<(usize, String)> = Vec::new();
    for name in names {
        assert_eq!(roll.matches(name).count(), 1, "{name}: {text}");
        let at = roll.find(name).unwrap_or_default();
        let mark = roll[at + name.len()..].chars().next().filter(|c| "†‡".contains(*c));
        found.push((at, name[..1].to_owned() + &mark.map(String::from).unwrap_or_default()));
    }
    found.sort();
    found.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn each_recipient_reads_those_from_their_district_first_or_marked() {
    let check = |roll: &str, expected: [&str; 4]| {
        let workspace = workspace(roll, "to = \"list.csv\"\n", "Keep it open.", LIST);
        let ran = workspace.run(&["render", "letters/open.md", "--to", "txt,docx,pdf,html,email"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        for (name, expected) in ["Ann", "Bo", "Cy", "Di"].into_iter().zip(expected) {
            let text = workspace.text(&format!("output/open/{name}.txt"));
            assert_eq!(order(&text), expected, "{roll}, {name}: {text}");
        }
        workspace
    };
    let first = check(
        "from_your_district = \"first\"",
        ["ACGBDEF", "DABCEFG", "ABCDEFG", "FABCDEG"],
    );
    let ann = first.text("output/open/Ann.txt");
    assert!(
        ann.contains("From California, District 12") && ann.contains("From elsewhere"),
        "{ann}"
    );
    let bo = first.text("output/open/Bo.txt");
    assert!(bo.contains("From Alaska, at large"), "{bo}");
    let di = first.text("output/open/Di.txt");
    assert!(di.contains("From California, Assembly District 12"), "{di}");
    let cy = first.text("output/open/Cy.txt");
    assert!(!cy.contains("From ") && !cy.to_lowercase().contains("district"), "{cy}");
    let marked = check(
        "from_your_district = \"marked\"\nfrom_your_state = \"marked\"",
        ["A†B‡C†DEF‡G†", "ABCD†EFG", "A†B†C†DEF†G", "A‡B‡C‡DEF†G"],
    );
    let ann = marked.text("output/open/Ann.txt");
    assert!(
        ann.contains("† From California, District 12") && ann.contains("‡ From California"),
        "{ann}"
    );
    let both = check(
        "from_your_district = \"first\"\nfrom_your_state = \"first\"",
        ["ACGBFDE", "DABCEFG", "ABCFDEG", "FABCDEG"],
    );
    let ann = both.text("output/open/Ann.txt");
    let headings = ["From California, District 12", "From California\n", "From elsewhere"];
    let places: Vec<usize> = headings.iter().filter_map(|heading| ann.find(heading)).collect();
    assert!(places.len() == 3 && places.is_sorted(), "{ann}");
}

#[test]
fn fields_say_who_signed_from_the_district() {
    let body = "{% if recipient.district_signatories.count %}{{ recipient.district_signatories.count|words|capitalize }} from \
        {{ recipient.district_name }}: {{ recipient.district_signatories.names }}; {{ recipient.district_signatories.organizations }} \
        and {{ recipient.district_signatories.individuals }}.{% endif %}\n\nKeep it open.";
    let keys = "to = \"list.csv\"\n";
    let workspace = workspace("style = \"list\"", keys, body, LIST);
    let ran = workspace.run(&["render", "letters/open.md", "--to", "txt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let said = |name: &str| {
        let text = workspace.text(&format!("output/open/{name}.txt"));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(
        said("Ann").contains("Three from California, District 12: Alder Clinic, Cedar Council and Gale Ray; 2 and 1."),
        "{}",
        said("Ann")
    );
    assert!(said("Bo").contains("One from Alaska, at large: Doe Group; 1 and 0."));
    assert!(
        !said("Cy").contains("District")
            && said("Di").contains("One from California, Assembly District 12: Fir Works;")
    );
    // Without a condition, a senator's letter says what is missing.
    workspace.write(
        "letters/open.md",
        workspace
            .text("letters/open.md")
            .replace("{% if recipient.district_signatories.count %}", "")
            .replace("{% endif %}", ""),
    );
    let ran = workspace.run(&["render", "letters/open.md", "--to", "txt"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("`recipient.district_name` is empty for `Cy`"),
        "{:?} {}",
        ran.code,
        ran.err
    );
}

#[test]
fn a_recipient_whose_district_is_not_understood_is_named() {
    let workspace = workspace(
        "from_your_district = \"first\"",
        "to = \"list.csv\"\n",
        "Keep it open.",
        LIST,
    );
    workspace.write(
        "letters/list.csv",
        "name,salutation,state,district\nAnn,Dear Ann:,CA,12-14\n",
    );
    let ran = workspace.run(&["render", "letters/open.md", "--to", "txt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.err.contains("letters/list.csv:2:18") && ran.err.contains("`12-14` is not understood as one district"),
        "{}",
        ran.err
    );
    assert_eq!(order(&workspace.text("output/open/Ann.txt")), "ABCDEFG");
}

#[test]
fn the_roll_is_divided_by_district_and_counted() {
    let roll = "style = \"list\"\nsections = \"district\"\ndistrict_table = true";
    let workspace = workspace(roll, "", "Keep it open.", LIST);
    let ran = workspace.run(&["render", "letters/open.md", "--to", "txt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let text = workspace.text("output/open/letter.txt");
    let headings = [
        "Alaska, at large",
        "California, District 12",
        "California, Assembly District 12",
        "California, District 13",
        "Several districts",
        "Other organizations",
        "Individuals",
        "Signatories by district",
    ];
    let places: Vec<Option<usize>> = headings.iter().map(|heading| text.find(heading)).collect();
    assert!(places.iter().all(Option::is_some), "{places:?} {text}");
    let table = text.rsplit("Signatories by district").next().unwrap_or_default();
    let squeezed = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let rows: Vec<String> = table.lines().map(squeezed).collect();
    for row in [
        "Alaska, at large",
        "California, District 12",
        "California, District 13",
        "California, Assembly District",
        "Several districts",
        "No district named",
        "Total",
    ] {
        assert!(rows.iter().any(|line| line.starts_with(row)), "{row}: {table}");
    }
    assert!(rows.iter().any(|line| line == "Total 6 1 7"), "{table}");
    assert!(
        rows.iter().any(|line| line == "California, District 12 1 1 2"),
        "{table}"
    );
}

#[test]
fn show_prints_the_district_after_the_name() {
    let roll = "style = \"list\"\nshow = [\"city\", \"state\", \"district\"]";
    let workspace = workspace(roll, "", "Keep it open.", LIST);
    let ran = workspace.run(&["render", "letters/open.md", "--to", "txt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let text = workspace.text("output/open/letter.txt");
    for line in [
        "Alder Clinic, Oakland, CA-12",
        "Birch Union, California, CA-13",
        "Cedar Council, CA-12, CA-13",
        "Doe Group, AK-AL",
        "Fir Works, CA AD-12",
        "Gale Ray, CA-12",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn a_form_says_which_district_it_asks_for() {
    let form = "Organization,State,Congressional District,Assembly District,Email\n\
        Alder Clinic,CA,12,17,a@x.example\nBirch Union,CA,CA-13,,b@x.example\nCedar Council,CA,,AD 9,c@x.example\n\
        Doe Group,CA,n/a,,d@x.example\n";
    let workspace = Workspace::new(&[("form.csv", form)]);
    let ran = workspace.run(&["import", "form.csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let cells: Vec<Vec<&str>> = ran.out.lines().map(|line| line.split(',').collect()).collect();
    let at = cells[0]
        .iter()
        .position(|header| *header == "district")
        .expect("a column");
    let districts: Vec<&str> = cells[1..].iter().map(|row| row[at]).collect();
    assert_eq!(districts, ["\"CD 12; AD 17\"", "CA-13", "AD 9", "n/a"]);
    // What was written is read back as the same.
    workspace.write("clean.csv", &ran.out);
    let again = workspace.run(&["import", "clean.csv"]);
    assert_eq!(again.out, ran.out, "{}", again.err);
}

#[test]
fn check_names_a_cell_that_is_no_district_where_districts_count() {
    let list = "name,state,district\nAlder Clinic,CA,Fresno Unified\nBirch Union,CA,12\n";
    for (roll, says) in [("district_table = true", true), ("sections = \"none\"", false)] {
        let workspace = workspace(roll, "", "Keep it open.", list);
        let ran = workspace.run(&["check", "letters/open.md"]);
        let told = format!("{}{}", ran.out, ran.err);
        assert_eq!(
            told.contains("`Fresno Unified` is not understood as a district"),
            says,
            "{roll}: {told}"
        );
    }
}

#[test]
fn nothing_speaks_of_districts_where_none_was_given() {
    let list = "name,state\nAlder Clinic,CA\nBirch Union,NM\n";
    let roll = "state_table = true\ndistrict_table = true\nfrom_your_district = \"first\"";
    let workspace = workspace(roll, "", "Keep it open.", list);
    let ran = workspace.run(&["release", "letters/open.md", "--despite", "a test"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    let folder = "output/open/releases/1";
    for name in workspace.names(folder) {
        if ["txt", "md", "html", "toml", "csv"]
            .iter()
            .any(|ending| name.ends_with(ending))
        {
            let text = workspace.text(&format!("{folder}/{name}")).to_lowercase();
            assert!(!text.contains("district"), "{name}: {text}");
        }
    }
    let ran = workspace.run(&["deliver", "letters/open.md", "--to", "web", "--out", "public"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(!workspace.names("public").iter().any(|name| name == "districts.csv"));
    assert!(!workspace.text("public/tables.html").to_lowercase().contains("district"));
}

#[test]
fn a_release_tells_districts_and_delivers_their_table() {
    let workspace = workspace("style = \"list\"\nshow = [\"district\"]", "", "Keep it open.", LIST);
    let ran = workspace.run(&["release", "letters/open.md", "--despite", "a test"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    let ran = workspace.run(&["verify", "output/open/releases/1/letter.pdf"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    let ran = workspace.run(&["deliver", "letters/open.md", "--to", "web", "--out", "public"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(
        workspace.text("public/districts.csv"),
        "district,organizations,individuals,signatories\n\"Alaska, at large\",1,0,1\n\
        \"California, Assembly District 12\",1,0,1\n\"California, District 12\",1,1,2\n\"California, District 13\",1,0,1\n\
        Several districts,1,0,1\nNo district named,1,0,1\nTotal,6,1,7\n"
    );
    let json = workspace.text("public/signatories.json");
    assert!(
        json.contains("\"district\": \"CA-12\"") && json.contains("\"district\": \"CA-12, CA-13\""),
        "{json}"
    );
}

#[test]
fn the_table_of_all_states_and_territories_fits_on_one_page() {
    let states: Vec<&str> = include_str!("../../data/states.toml")
        .lines()
        .filter(|line| line.contains(" = {") && !line.starts_with('#'))
        .filter_map(|line| line.split(' ').next())
        .take(56)
        .collect();
    assert_eq!(states.len(), 56);
    for kinds in [["organization"; 2], ["organization", "individual"]] {
        let mut list = "name,kind,state\nElm Fund,organization,National\nOak Fund,organization,\"CA, NV\"\n".to_owned();
        for (at, state) in states.iter().enumerate() {
            list += &format!("{},{},{state}\n", name(at), kinds[at % 2]);
        }
        let pages = |roll: &str| {
            let workspace = workspace(roll, "", "Keep it open.", &list);
            let ran = workspace.run(&["render", "letters/open.md", "--to", "pdf"]);
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            let pdf = workspace.read("output/open/letter.pdf");
            lopdf::Document::load_mem(&pdf).expect("a PDF").get_pages().len()
        };
        assert_eq!(pages("state_table = true"), pages("") + 1, "{kinds:?}");
    }
}

/// Returns a made-up name: of an organization, or at odd places of a person.
fn name(at: usize) -> String {
    let first = ["Ada", "Bea", "Cleo", "Dora", "Edith", "Flora", "Greta", "Hanna"][at % 8];
    let last = [
        "Abbott", "Barlow", "Carver", "Dalton", "Emmons", "Farrow", "Garner", "Hobson",
    ][at / 8];
    match at % 2 {
        0 => format!("{first} {last} Foundation"),
        _ => format!("{first} {last}"),
    }
}
