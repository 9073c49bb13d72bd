//! Headers of the tools that coordinators export from.

use super::common::list;
use undersigned::model::signatory::{Column, Kind};

/// Loads an export with one row, and checks its name and cells.
#[track_caller]
fn check(text: &str, said: &[&str], kind: Kind, name: &str, cells: &[(Column, &str)]) {
    let found = list("a.csv", text).says(said);
    assert_eq!(found.value.len(), 1);
    let record = &found.value[0];
    assert_eq!(&*record.name, name);
    assert_eq!(record.kind, kind);
    let got: Vec<(Column, &str)> = record.cells.iter().map(|(c, cell)| (*c, &**cell)).collect();
    assert_eq!(got, cells);
}

#[test]
fn action_network() {
    check(
        "first_name,last_name,email,zip_code,can2_user_city,can2_county,can2_state_abbreviated,can2_user_tags,\
         can2_subscription_date,Organization\nAna,Pérez,a@example.org,88001,Las Cruces,Doña Ana,NM,x,2021-02-03,Río Abajo\n",
        &[],
        Kind::Organization,
        "Río Abajo",
        &[
            (Column::City, "Las Cruces"),
            (Column::State, "NM"),
            (Column::SignedAt, "2021-02-03"),
            (Column::ContactName, "Ana Pérez"),
            (Column::Email, "a@example.org"),
        ],
    );
    check(
        "uuid,first_name,last_name,email,Phone Number,can2_user_address,can2_user_city,can2_user_state,zip_code,County,\
         can2_user_tags,can2_subscription_status,can2_sms_status,Affiliate or Caucus \n\
         1,Ana,Pérez,a@example.org,555,1 Main St,Taos,NM,87571,Taos,,subscribed,,Northern Caucus\n",
        &[],
        Kind::Organization,
        "Northern Caucus",
        &[
            (Column::City, "Taos"),
            (Column::State, "NM"),
            (Column::ContactName, "Ana Pérez"),
            (Column::Email, "a@example.org"),
            (Column::Phone, "555"),
            (Column::Address, "1 Main St"),
        ],
    );
}

#[test]
fn google_forms() {
    check(
        "Timestamp,Email Address,\"Organization Name (as it should appear)\",Your Title,State(s),\
         \"Is your organization national, state or local?\",Column 9\n\
         3/1/2021 9:05:00,a@example.org,Río Abajo,Chair,NM,State,\n",
        &[
            "note[unknown-column] a.csv:1:136 column `Column 9` is not recognized; it is empty",
            "warning[bad-date] a.csv:2:1 `3/1/2021 9:05:00` is ambiguous: no date in this column shows whether month or day comes first",
        ],
        Kind::Organization,
        "Río Abajo",
        &[
            (Column::State, "NM"),
            (Column::SignedAt, "3/1/2021 9:05:00"),
            (Column::ContactTitle, "Chair"),
            (Column::Email, "a@example.org"),
        ],
    );
}

#[test]
fn typeform_and_jotform() {
    check(
        "#,Name of your organization,Start Date (UTC),Submit Date (UTC),Network ID\n\
         abc,Río Abajo,2021-02-01 10:00:00,2021-02-01 10:01:00,deadbeef\n",
        &[],
        Kind::Organization,
        "Río Abajo",
        &[(Column::SignedAt, "2021-02-01 10:01:00"), (Column::Ip, "deadbeef")],
    );
    check(
        "Submission Date,First Name,Last Name,\"\"\"E-mail\"\"\"\n2021-02-01,Ana,Pérez,a@example.org\n",
        &[],
        Kind::Individual,
        "Ana Pérez",
        &[
            (Column::SignedAt, "2021-02-01"),
            (Column::SortName, "Pérez, Ana"),
            (Column::Email, "a@example.org"),
        ],
    );
}

#[test]
fn eff_and_others() {
    check(
        "full_name,email,city,state,country\nAna Pérez,a@example.org,Taos,NM,US\n",
        &[],
        Kind::Individual,
        "Ana Pérez",
        &[
            (Column::City, "Taos"),
            (Column::State, "NM"),
            (Column::Country, "US"),
            (Column::Email, "a@example.org"),
        ],
    );
    check(
        "first_name,last_name,email,zipcode,country_code,created_at\nAna,Pérez,a@example.org,87571,US,2021-02-01\n",
        &[],
        Kind::Individual,
        "Ana Pérez",
        &[
            (Column::Country, "US"),
            (Column::SignedAt, "2021-02-01"),
            (Column::SortName, "Pérez, Ana"),
            (Column::Email, "a@example.org"),
        ],
    );
    check(
        "\u{feff}organisation_name,ror_id\nRío Abajo,https://ror.org/1\n",
        &[],
        Kind::Organization,
        "Río Abajo",
        &[],
    );
    check(
        "signatory,constituency_name\nRío Abajo,North\n",
        &["warning[unknown-column] a.csv:1:11 column `constituency_name` is not recognized; its cells are not used"],
        Kind::Organization,
        "Río Abajo",
        &[],
    );
    check(
        "Marca temporal,Nombre de la organización,Correo electrónico,Ciudad,País\n1/2/2021,Río Abajo,a@example.org,Taos,EE. UU.\n",
        &[
            "warning[bad-date] a.csv:2:1 `1/2/2021` is ambiguous: no date in this column shows whether month or day comes first",
        ],
        Kind::Organization,
        "Río Abajo",
        &[
            (Column::City, "Taos"),
            (Column::Country, "EE. UU."),
            (Column::SignedAt, "1/2/2021"),
            (Column::Email, "a@example.org"),
        ],
    );
}

/// A workbook that LibreOffice saved (.xls), and one that was made by hand after [MS-XLSB] and
/// that LibreOffice shows as intended (.xlsb): hidden, filtered and struck rows, a cell that is
/// struck in part, a note, and cells merged over rows, on the second sheet.
#[test]
fn what_a_binary_workbook_shows_beside_its_text_is_seen() {
    use undersigned::model::held::HeldReason;
    let (xls, xlsb): (&[u8], &[u8]) = (
        include_bytes!("workbooks/marks.xls"),
        include_bytes!("workbooks/marks.xlsb"),
    );
    for (name, bytes) in [("marks.xls", xls), ("marks.xlsb", xlsb)] {
        let found = list(name, bytes);
        assert!(
            !found.said().iter().any(|said| said.contains("marks-not-read")),
            "{name}"
        );
        let rows: Vec<_> = found
            .value
            .iter()
            .map(|row| {
                let state = row.get(Column::State).unwrap_or_default();
                (&*row.name, state, row.hold.as_ref().map(|hold| hold.reason))
            })
            .collect();
        assert_eq!(
            rows,
            [
                ("Harwell Village", "NM", None),
                ("Taos Tenants Union", "NM", None),
                ("Hidden Valley Legal Aid", "TX", Some(HeldReason::Hidden)),
                ("Filter Falls Workers Center", "TX", Some(HeldReason::Hidden)),
                ("Struck Creek Clinic", "TX", Some(HeldReason::Struck)),
                ("New Abajo Coalition", "TX", None),
                ("Noted Pines Alliance", "TX", Some(HeldReason::RestrainingComment)),
            ],
            "{name}"
        );
    }
}

/// A cell of which a part would run where a spreadsheet divides at `;` is written safely, and
/// read as it was.
#[test]
fn cells_that_are_safe_at_every_separator_are_read_as_they_were() {
    for cell in ["A;=1+1", ";=HYPERLINK(1)", "Elm; -House", "=1", "d'Or; x", "Elm House"] {
        let safe = undersigned::model::formula::neutralize(cell);
        let quoted = safe.replace('"', "\"\"");
        let found = list("a.csv", format!("name,city\nElm,\"{quoted}\"\n"));
        assert_eq!(found.value[0].get(Column::City), Some(cell));
    }
}
