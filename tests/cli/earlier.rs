//! What earlier versions wrote and documented, read by this one: tests/cli/earlier.

use crate::support::Workspace;
use std::fs;
use std::path::Path;

#[test]
fn a_workspace_of_earlier_versions_means_what_it_meant() {
    let workspace = Workspace::new(&[]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/earlier");
    for name in [
        "undersigned.toml",
        "letters/open.md",
        "signatories/open.csv",
        "signatories/more.toml",
        "signatories/directory.toml",
        "signatories/decisions.toml",
    ] {
        workspace.write(name, fs::read(folder.join(name)).expect("readable"));
    }
    let ran = workspace.run(&["render", "--to", "txt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    // Every decision and entry is used, and no question is asked again.
    assert_eq!(
        ran.err,
        "letters/open.md: 11 signatories from 14 rows, 1 merged, 2 left out\n"
    );
    let text = workspace.text("output/open/letter.txt");
    let (_, roll) = text.split_once("organizations\n---").expect("a roll");
    let names: Vec<&str> = roll.lines().skip(2).take_while(|line| !line.starts_with('*')).collect();
    assert_eq!(
        names.join("\n").trim(),
        "Bayou Legal Aid\nChurch World Service\nDoctors for Camp Closure\nNational Domestic Workers Alliance\n\
        First Baptist Church, Dallas, TX\nFirst Baptist Church, Macon, GA\nGulf Coast Tenants Union\n\
        Harwell Readers\nMercy Corps\nSisters of Mercy Corps\nAna Pérez\n    \
        Professor of Law, University of New Mexico*"
    );
}
