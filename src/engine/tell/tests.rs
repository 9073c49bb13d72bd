//! Drafts to signatories, on workspaces in memory.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::engine::Paths;
use crate::files::{Files, MemoryFiles};
use std::sync::Arc;

const LETTER: &str = "+++\nkind = \"letter\"\ntitle = \"Keep the library open\"\ndate = 2026-03-02\n\
    deadline = 2026-03-20\nclosing = \"Respectfully,\"\nsignatories = [\"../signatories/a.csv\"]\n\n\
    [letterhead]\nname = \"Library Friends\"\n\n[email]\nfrom = \"Friends <us@friends.example>\"\n+++\nPlease keep it open.\n";

const LIST: &str = "name,state,status,contact_name,email\nHarbor Readers,MN,,Rosa Diaz,rosa@harbor.example\n\
    HARBOR READERS,MN,,Kim Park,kim@harbor.example\nAlder Clinic,,,,\nQuiet Press,,withdrawn,,quiet@press.example\n\
    Ana <b>Ruiz</b>,,,Ana\u{a0}R.,ana@e.example\n";

fn request(occasion: Occasion) -> TellRequest {
    TellRequest {
        letter: "/w/letters/a.md".into(),
        occasion,
        invited: Vec::new(),
        date: None,
        link: None,
        attached: Vec::new(),
    }
}

fn workspace(files: &[(&str, &str)]) -> Workspace {
    let all = [("/w/letters/a.md", LETTER), ("/w/signatories/a.csv", LIST)];
    let files: MemoryFiles = all.iter().chain(files).copied().collect();
    let files: Arc<dyn Files> = Arc::new(files);
    Workspace::open(&files, &Paths::new("/w"), Path::new("/w")).unwrap()
}

fn drafts(plan: &TellPlan) -> Vec<(String, String)> {
    let changes = plan.set.changes.iter();
    let draft = |change: &super::super::Change| {
        let name = change.path.file_name().unwrap().to_string_lossy().into_owned();
        (name, String::from_utf8(change.new.clone().unwrap()).unwrap())
    };
    changes.map(draft).collect()
}

fn told(plan: &TellPlan) -> Vec<(&str, Untold)> {
    plan.not_told
        .iter()
        .map(|told| (told.name.as_str(), told.why))
        .collect()
}

#[test]
fn each_address_gets_a_draft_with_nobody_elses_data() {
    let workspace = workspace(&[]);
    let plan = workspace.tell(request(Occasion::Listing), None).unwrap();
    assert_eq!(plan.folder, Path::new("/w/output/a/tell/listing"));
    let drafts = drafts(&plan);
    let names: Vec<&str> = drafts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["Ana-b-Ruiz-b.eml", "Harbor-Readers.eml", "Harbor-Readers-2.eml"]
    );
    assert_eq!(told(&plan), [("Alder Clinic", Untold::NoAddress)]);
    let addresses = [
        "rosa@harbor.example",
        "kim@harbor.example",
        "quiet@press.example",
        "ana@e.example",
    ];
    for (draft, own) in drafts.iter().map(|(_, draft)| draft).zip([3, 0, 1]) {
        for (at, address) in addresses.iter().enumerate() {
            assert_eq!(draft.contains(address), at == own, "{address}: {draft}");
        }
        for part in ["us@friends.example", "X-Unsent: 1", "text/plain", "text/html"] {
            assert!(draft.contains(part), "{part}: {draft}");
        }
    }
    assert!(drafts[0].1.contains(">Ana &lt;b&gt;Ruiz&lt;/b&gt;<"), "{}", drafts[0].1);
    let rosa = &drafts[1].1;
    for part in [
        "Subject: How Harbor Readers will be listed",
        "Dear Rosa Diaz,",
        ">Harbor Readers</p>",
        "March 20, 2026",
        "Library Friends",
    ] {
        assert!(rosa.contains(part), "{part}: {rosa}");
    }
    // The same bytes again.
    let again = workspace.tell(request(Occasion::Listing), None).unwrap();
    assert_eq!(again.set, plan.set);
}

#[test]
fn drafts_of_an_earlier_run_are_not_mixed_with_new_ones() {
    let workspace = workspace(&[("/w/output/a/tell/listing/Gone.eml", "")]);
    let error = workspace
        .tell(request(Occasion::Listing), None)
        .unwrap_err()
        .to_string();
    assert!(error.contains("has 1 draft of an earlier run"), "{error}");
    let elsewhere = Some(PathBuf::from("/w/new"));
    assert_eq!(
        workspace
            .tell(request(Occasion::Listing), elsewhere)
            .unwrap()
            .set
            .changes
            .len(),
        3
    );
}

#[test]
fn only_who_has_surely_not_signed_is_reminded() {
    let invited = "name,email,status\nharbor readers,other@e.example,\nQuiet Press,q@e.example,\nAlder Street Clinic,c@e.example,\n\
        Fir League,fir@e.example,\nFir League,fir2@e.example,\nElm Society,,\nNorth Harbor,rosa@harbor.example,\nOak Union,o@e.example,declined\n";
    let workspace = workspace(&[("/w/signatories/invited.csv", invited)]);
    let mut reminder = request(Occasion::Reminder);
    reminder.invited = vec![ListInput::File("/w/signatories/invited.csv".into())];
    let plan = workspace.tell(reminder, None).unwrap();
    let drafts = drafts(&plan);
    assert_eq!(drafts.len(), 1, "{:?}", told(&plan));
    assert!(
        drafts[0].1.contains("To: <fir@e.example>") && drafts[0].0 == "Fir-League.eml",
        "{}",
        drafts[0].1
    );
    assert_eq!(
        told(&plan),
        [
            ("Elm Society", Untold::NoAddress),
            ("Alder Street Clinic", Untold::Doubtful),
            ("North Harbor", Untold::Doubtful),
            ("harbor readers", Untold::Signed),
            ("Quiet Press", Untold::InList),
            ("Oak Union", Untold::InList),
            ("Fir League", Untold::Repeated),
        ]
    );
    assert!(workspace.tell(request(Occasion::Reminder), None).is_err());
}

#[test]
fn there_must_be_something_to_tell() {
    let workspace = workspace(&[]);
    for (occasion, said) in [
        (Occasion::Changes, "no release"),
        (Occasion::Thanks, "has no release yet"),
    ] {
        let error = workspace.tell(request(occasion), None).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn files_go_with_each_draft() {
    let workspace = workspace(&[("/w/x.pdf", "%PDF-attached")]);
    let mut with_file = request(Occasion::Listing);
    with_file.attached = vec!["/w/x.pdf".into()];
    let plan = workspace.tell(with_file, None).unwrap();
    for (_, draft) in drafts(&plan) {
        assert!(
            draft.contains("multipart/mixed") && draft.contains("application/pdf"),
            "{draft}"
        );
        // The content in base64.
        assert!(draft.contains("JVBERi1hdHRhY2hlZA=="), "{draft}");
    }
}
