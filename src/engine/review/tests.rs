//! Reviews in memory.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::engine::{ActTitle, History, Paths};
use crate::files::{About, Files, MemoryFiles};
use crate::model::held::RowAnswer;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

const LIST: &str = "\
name,city,email
UndocuBlack,Washington,kim@undocublack.example
UndocuBlack Network,Washington,lee@undocublack.example
Harbor Workers Center,Portland,a@gmail.com
Harbor Workers Center (Oregon),,b@gmail.com
";

/// Files in memory that change while a workspace is open.
#[derive(Debug, Default)]
struct Disk(Mutex<MemoryFiles>);

impl Files for Disk {
    fn about(&self, path: &Path) -> io::Result<About> {
        self.0.lock().unwrap().about(path)
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        self.0.lock().unwrap().read(path, most)
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.0.lock().unwrap().entries(folder)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        self.0.lock().unwrap().identity(path)
    }
}

impl Disk {
    fn new(list: &str) -> Arc<Self> {
        let disk = Self::default();
        disk.0.lock().unwrap().insert("/w/signatories/a.csv", list);
        Arc::new(disk)
    }

    fn write(&self, path: &str, text: &str) {
        self.0.lock().unwrap().insert(path, text);
    }

    /// Makes the changes of a set, as the store does.
    fn commit(&self, set: ChangeSet) {
        let mut files = self.0.lock().unwrap();
        for change in set.changes {
            assert_eq!(change.old, Expected::of(files.get(&change.path)));
            match change.new {
                Some(bytes) => files.insert(&change.path, bytes),
                None => files.remove(&change.path),
            }
        }
    }

    fn decisions(&self) -> Option<String> {
        let files = self.0.lock().unwrap();
        let bytes = files.get(Path::new(FILE))?;
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }

    fn workspace(self: &Arc<Self>) -> Workspace {
        let files: Arc<dyn Files> = Arc::<Self>::clone(self);
        Workspace::open(&files, &Paths::new("/w"), Path::new("/w")).unwrap()
    }

    fn review(self: &Arc<Self>) -> Review {
        Review::open(&self.workspace(), vec![ListInput::File("/w/signatories/a.csv".into())]).unwrap()
    }
}

const FILE: &str = "/w/signatories/decisions.toml";

fn rosa() -> Attribution {
    Attribution {
        by: Some("Rosa".to_owned()),
        date: Some(jiff::civil::date(2021, 2, 26)),
        why: Some("their page says so".to_owned()),
    }
}

fn give(disk: &Disk, review: &mut Review, answer: &ReviewAnswer) -> ReviewQuestion {
    let question = review.next_question().unwrap();
    let set = review.answer(&question, answer, &rosa()).unwrap();
    disk.commit(set);
    review.committed().unwrap();
    question
}

#[test]
fn a_pair_is_asked_with_what_helps_to_decide_it() {
    let review = Disk::new(LIST).review();
    let asked: Vec<ReviewQuestion> = review.questions().collect();
    assert_eq!(asked.len(), 2);
    let undocu = asked.iter().find(|asked| asked.sides[0].name == "UndocuBlack").unwrap();
    let [a, b] = &undocu.sides;
    assert_eq!(
        (a.before.as_deref(), a.after.as_deref()),
        (Some("Harbor Workers Center (Oregon)"), Some("UndocuBlack Network"))
    );
    assert_eq!(b.after, None);
    assert_eq!(
        b.rows,
        [ReviewRow {
            name: "UndocuBlack Network".to_owned(),
            cells: vec!["Washington".to_owned(), "undocublack.example".to_owned()],
            mail_domain: Some("undocublack.example".to_owned()),
            contact: vec!["lee@undocublack.example".to_owned()],
            file: "signatories/a.csv".to_owned(),
            line: 3
        }]
    );
    assert!(!undocu.evidence.is_empty() && undocu.probability > 0.0);
    assert_eq!(undocu.common_domain.as_deref(), Some("undocublack.example"));
    assert_eq!(undocu.spellings(), ["UndocuBlack", "UndocuBlack Network"]);
    // Anybody has an address at gmail.com.
    let domains = asked.iter().filter(|asked| asked.common_domain.is_some());
    assert_eq!(domains.count(), 1);
}

#[test]
fn answers_settle_pairs_and_are_taken_back_one_by_one() {
    let disk = Disk::new(LIST);
    let mut review = disk.review();
    let question = give(&disk, &mut review, &ReviewAnswer::Same(Some("The Name".to_owned())));
    assert_eq!(review.printed_name(&question), Some("The Name"));
    let first = disk.decisions();
    let text = first.clone().unwrap();
    for line in [
        "answer = \"same\"",
        "print = \"The Name\"",
        "by = \"Rosa\"",
        "date = 2021-02-26",
        "why = \"their page says so\"",
    ] {
        assert!(text.contains(line), "{text}");
    }
    give(&disk, &mut review, &ReviewAnswer::Different);
    let counts = |same, different, skipped, left| ReviewCounts {
        same,
        different,
        skipped,
        left,
        ..ReviewCounts::default()
    };
    assert_eq!(review.counts(), counts(1, 1, 0, 0));
    assert!(review.next_question().is_none());
    let set = review.undo().unwrap().unwrap();
    disk.commit(set);
    review.committed().unwrap();
    assert_eq!(disk.decisions(), first);
    assert_eq!(review.counts(), counts(1, 0, 0, 1));
    let set = review.undo().unwrap().unwrap();
    disk.commit(set);
    review.committed().unwrap();
    // Without a file before, there is none after.
    assert_eq!((disk.decisions(), review.counts()), (None, counts(0, 0, 0, 2)));
    assert!(review.undo().unwrap().is_none());
    let skipped = review.next_question().unwrap();
    review.skip(&skipped);
    assert_eq!(review.counts(), counts(0, 0, 1, 1));
    assert_ne!(review.next_question(), Some(skipped));
}

#[test]
fn an_edit_made_meanwhile_stays_and_stops_an_undo() {
    let disk = Disk::new(LIST);
    let mut review = disk.review();
    disk.write(FILE, "# mine\n");
    give(&disk, &mut review, &ReviewAnswer::Same(None));
    let text = disk.decisions().unwrap();
    assert!(text.starts_with("# mine\n"), "{text}");
    disk.write(FILE, &format!("{text}# more\n"));
    assert_eq!(
        review.undo().unwrap_err().to_string(),
        "`signatories/decisions.toml` changed after your last decision; nothing was undone"
    );
    // A file that cannot take the answer stops it.
    disk.write(FILE, "[[decision");
    let question = review.next_question().unwrap();
    assert!(review.answer(&question, &ReviewAnswer::Different, &rosa()).is_err());
}

#[test]
fn one_spelling_is_separated_from_the_others() {
    let disk = Disk::new("name\nHarbor Workers Center\nHarbor Workers Centers\nHarbor Workers Center (Oregon)\n");
    let mut review = disk.review();
    give(
        &disk,
        &mut review,
        &ReviewAnswer::Separate("Harbor Workers Centers".to_owned()),
    );
    let text = disk.decisions().unwrap();
    assert_eq!(text.matches("answer = \"different\"").count(), 2, "{text}");
    let left: Vec<ReviewQuestion> = review.questions().collect();
    assert!(
        left.iter()
            .all(|asked| !asked.spellings().contains(&"Harbor Workers Centers"))
    );
}

const ROWS: &str = "\
name,contact_name,notes
Harwell Village (withdrawn),,
Bayou Legal Aid / Gulf Coast Tenants Union,,
myself,Tessa Quill,
TOTAL,,
TOTAL: 4,,
Oak Union,,please remove us
";

fn reply(answer: RowAnswer) -> RowReply {
    RowReply::new(answer)
}

#[test]
fn held_rows_are_asked_first_and_stay_decided() {
    let disk = Disk::new(ROWS);
    let mut review = disk.review();
    assert_eq!(review.counts().held, 6);
    let give = |review: &mut Review, name: &str, reply: &RowReply| {
        let question = review.next_row().unwrap();
        assert_eq!(question.row.name, name);
        let set = review.answer_row(&question, reply, &rosa()).unwrap();
        disk.commit(set);
        review.committed().unwrap();
    };
    give(&mut review, "Harwell Village (withdrawn)", &reply(RowAnswer::Withdrawn));
    let several = review.next_row().unwrap();
    assert_eq!(several.names, ["Bayou Legal Aid", "Gulf Coast Tenants Union"]);
    let mut split = reply(RowAnswer::Split);
    assert!(review.answer_row(&several, &split, &rosa()).is_err());
    split.into.clone_from(&several.names);
    give(&mut review, "Bayou Legal Aid / Gulf Coast Tenants Union", &split);
    let mut person = reply(RowAnswer::Person);
    person.print = review.next_row().unwrap().contact;
    give(&mut review, "myself", &person);
    assert_eq!(review.next_row().unwrap().alike, 2);
    let mut all = reply(RowAnswer::Not);
    all.all = true;
    give(&mut review, "TOTAL", &all);
    assert_eq!((review.counts().held, review.counts().rows), (1, 4));
    let set = review.undo().unwrap().unwrap();
    disk.commit(set);
    review.committed().unwrap();
    assert_eq!(review.counts().held, 3);
    give(&mut review, "TOTAL", &all);
    give(&mut review, "Oak Union", &reply(RowAnswer::Signatory));
    assert!(review.next_row().is_none());

    // The next export brings no question twice.
    let again = disk.review();
    assert_eq!(again.counts().held, 0);
    let names: Vec<&str> = again.resolution.signatories.iter().map(|one| &*one.name).collect();
    assert_eq!(
        names,
        [
            "Bayou Legal Aid",
            "Gulf Coast Tenants Union",
            "Tessa Quill",
            "Oak Union"
        ]
    );
}

#[test]
fn a_withdrawal_under_a_near_name_is_a_question_of_its_own() {
    let list = "name,status\nUndocuBlack Network,\nUndocuBlack,withdrawn\n";
    for (answer, printed) in [(RowAnswer::Withdrawn, 0), (RowAnswer::Signatory, 1)] {
        let disk = Disk::new(list);
        let mut review = disk.review();
        let question = review.next_row().unwrap();
        assert_eq!(
            question.question,
            "`UndocuBlack` withdrew; is it `UndocuBlack Network`?"
        );
        let set = review.answer_row(&question, &reply(answer), &rosa()).unwrap();
        disk.commit(set);
        review.committed().unwrap();
        assert_eq!(
            (review.counts().held, review.resolution.signatories.len()),
            (0, printed)
        );
        assert!(disk.decisions().unwrap().contains("[[decision]]"));
    }
}

#[test]
fn one_answer_settles_a_family_and_is_taken_back() {
    let disk = Disk::new("name\nTideline Act\nTideline Act Ohio\nTideline Act Texas\nTideline Act Maine\n");
    let mut review = disk.review();
    assert_eq!(review.counts().left, 1);
    let family = review.next_question().unwrap().family.unwrap();
    assert_eq!((family.name.as_str(), family.longer.len()), ("Tideline Act", 3));
    give(
        &disk,
        &mut review,
        &ReviewAnswer::Family(crate::model::known::Answer::Different),
    );
    let text = disk.decisions().unwrap();
    assert!(
        text.contains("answer = \"different\"\nfamily = \"Tideline Act\""),
        "{text}"
    );
    assert!(review.next_question().is_none());
    let set = review.undo().unwrap().unwrap();
    disk.commit(set);
    review.committed().unwrap();
    assert_eq!((disk.decisions(), review.counts().left), (None, 1));
}

#[test]
fn a_column_that_is_explained_is_kept_in_the_settings_and_holds_no_more() {
    let disk = Disk::new("name,Board vote\nElm House,yes\nOak Union,no\nAsh Choir,tabled\n");
    const SETTINGS: &str = "/w/undersigned.toml";
    disk.write(SETTINGS, "# ours\n[columns]\n\"Group\" = \"name\" # old form\n");
    let mut review = disk.review();
    let question = review.next_column().unwrap();
    assert_eq!((&*question.header, question.rows), ("Board vote", 3));
    let cells = question.cells.iter().map(|cell| cell.shown(str::to_owned));
    assert_eq!(cells.collect::<Vec<_>>(), ["“yes” (1)", "“no” (1)", "“tabled” (1)"]);
    let set = review.answer_column(&question, ColumnAnswer::Publish).unwrap();
    disk.commit(set);
    review.committed().unwrap();
    let settings = || {
        let files = disk.0.lock().unwrap();
        String::from_utf8(files.get(Path::new(SETTINGS)).unwrap().to_vec()).unwrap()
    };
    assert_eq!(
        settings(),
        "# ours\n[columns]\n\"Group\" = \"name\" # old form\n\"Board vote\" = \"publish\"\n"
    );
    // The answer that the column does not make clear is left.
    assert_eq!(review.next_column(), None);
    assert_eq!((review.counts().held, review.counts().columns), (1, 1));
    assert_eq!(review.next_row().unwrap().row.name, "Ash Choir");
    // Another review asks nothing about it.
    assert_eq!(disk.review().next_column(), None);
    let set = review.undo().unwrap().unwrap();
    disk.commit(set);
    review.committed().unwrap();
    assert_eq!(settings(), "# ours\n[columns]\n\"Group\" = \"name\" # old form\n");
    assert_eq!(review.next_column().unwrap().rows, 3);
}

#[test]
fn a_letter_that_says_otherwise_of_a_column_gets_the_answer_too() {
    let disk = Disk::new("name,Board vote\nElm House,yes\nOak Union,no\nAsh Choir,tabled\n");
    let letter = |list: &str, line: &str| {
        format!("+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = [\"../{list}\"]\n[columns]\n{line}\n+++\nText.\n")
    };
    disk.write(
        "/w/letters/a.md",
        &letter("signatories/a.csv", "\"board vote\" = \"unused\" # old"),
    );
    disk.write(
        "/w/letters/b.md",
        &letter("signatories/b.csv", "\"Board vote\" = \"unused\""),
    );
    let text = |path: &str| String::from_utf8(disk.0.lock().unwrap().get(Path::new(path)).unwrap().to_vec()).unwrap();
    let mut review = disk.review();
    let question = review.next_column().unwrap();
    let set = review.answer_column(&question, ColumnAnswer::Publish).unwrap();
    disk.commit(set);
    review.committed().unwrap();
    assert_eq!(
        text("/w/letters/a.md"),
        letter("signatories/a.csv", "\"board vote\" = \"publish\" # old")
    );
    assert_eq!(
        text("/w/letters/b.md"),
        letter("signatories/b.csv", "\"Board vote\" = \"unused\"")
    );
    let set = review.undo().unwrap().unwrap();
    disk.commit(set);
    review.committed().unwrap();
    assert_eq!(
        text("/w/letters/a.md"),
        letter("signatories/a.csv", "\"board vote\" = \"unused\" # old")
    );
}

#[test]
fn the_meaning_of_a_column_is_taken_back_after_other_acts_and_the_letter_has_its_own_again() {
    let disk = Disk::new("name,Board vote\nElm House,yes\nOak Union,no\n");
    let letter = |word: &str| {
        format!(
            "+++\nkind = \"letter\"\ntitle = \"T\"\nsignatories = [\"../signatories/a.csv\"]\n[columns]\n\"Board vote\" = \"{word}\" # ours\n+++\nText.\n"
        )
    };
    disk.write("/w/letters/a.md", &letter("unused"));
    disk.write("/w/letters/b.md", &letter("publish"));
    let text = |path: &str| String::from_utf8(disk.0.lock().unwrap().get(Path::new(path)).unwrap().to_vec()).unwrap();
    let act = |title: &str, set: ChangeSet| {
        let files: Arc<dyn Files> = Arc::<Disk>::clone(&disk);
        let history = History::around(&files, &Paths::new("/w"), Path::new("/w"));
        let title = ActTitle::new(title, jiff::civil::date(2026, 3, 5).at(14, 2, 0, 0));
        let set = history.keep(&title, set).unwrap();
        let mut files = disk.0.lock().unwrap();
        for change in set.changes {
            files.insert(&change.path, change.new.unwrap());
        }
    };
    let mut review = disk.review();
    let question = review.next_column().unwrap();
    act(
        "answer",
        review.answer_column(&question, ColumnAnswer::Publish).unwrap(),
    );
    assert_eq!(text("/w/letters/a.md"), letter("publish"));
    // Another act comes between, on another line of the same letter.
    let edited = letter("publish").replace("Text.", "More text.");
    let was = Expected::of(Some(letter("publish").as_bytes()));
    act(
        "edit",
        ChangeSet::one("/w/letters/a.md".into(), was, Some(edited.clone().into_bytes())),
    );
    let workspace = disk.workspace();
    let was = Expected::of(Some(text("/w/undersigned.toml").as_bytes()));
    act("undo", workspace.forget_column("Board vote", was).unwrap());
    assert_eq!(text("/w/letters/a.md"), edited.replace("publish", "unused"));
    // What a letter said by itself stays.
    assert_eq!(text("/w/letters/b.md"), letter("publish"));
    assert!(!text("/w/undersigned.toml").contains("Board vote"));
}

#[test]
fn after_each_answer_a_review_knows_what_one_that_begins_now_knows() {
    let list = "name,state,email\nUndocuBlack,NY,kim@undocublack.example\nUndocuBlack Network,NY,lee@undocublack.example\n\
        Third Act,,\nThird Act Ohio,OH,\nThird Act Texas,TX,\nThird Act Maine,ME,\nTOTAL: 12,,\n\
        Harwell Village (withdrawn),TX,\nHarwell Village,TX,\nOak Union / Elm House,,\nHarbor Workers Center,,a@gmail.com\n\
        Harbor Workers Center (Oregon),OR,b@gmail.com\nHarbor Worker Center,,c@gmail.com\nHARBOR WORKERS CENTER,,\n";
    for turn in 0..4 {
        let disk = Disk::new(list);
        let mut review = disk.review();
        let mut answers = 0;
        while let Some(key) = review.keys().first().cloned() {
            let asked = review.find(&key).unwrap();
            let reply = match &asked {
                Asked::Column(_) => Reply::Column(ColumnAnswer::Unused),
                Asked::Row(question) => {
                    let mut reply = RowReply::new(question.answers[turn % question.answers.len()]);
                    reply.into.clone_from(&question.names);
                    if reply.answer == RowAnswer::Split && reply.into.len() < 2 {
                        reply.answer = RowAnswer::Signatory;
                    }
                    Reply::Row(reply)
                }
                Asked::Pair(question) => Reply::Pair(match (answers + turn) % 4 {
                    0 => ReviewAnswer::Different,
                    1 if question.family.is_some() => ReviewAnswer::Family(Answer::Different),
                    2 if question.spellings().len() > 2 => ReviewAnswer::Separate(question.spellings()[0].to_owned()),
                    _ => ReviewAnswer::Same(None),
                }),
            };
            let was = review.seen(&asked).unwrap();
            let set = review.reply(&asked, &reply, &rosa(), was).unwrap();
            disk.commit(set);
            review.committed().unwrap();
            let fresh = disk.review();
            assert_eq!(review.resolution, fresh.resolution, "{asked:?} {reply:?}");
            assert_eq!(review.keys(), fresh.keys());
            assert_eq!(review.order, fresh.order);
            answers += 1;
            assert!(answers < 30, "the questions come to an end");
        }
        // So it is where answers are taken back, and the review begins again with its memory.
        while let Some(last) = disk.workspace().answers().first().cloned() {
            let workspace = disk.workspace();
            disk.commit(
                workspace
                    .take_back(last.start, workspace.answers_seen().unwrap())
                    .unwrap(),
            );
            let lists = vec![ListInput::File("/w/signatories/a.csv".into())];
            review = Review::open_again(&disk.workspace(), lists, Some(review)).unwrap();
            let fresh = disk.review();
            assert_eq!(review.resolution, fresh.resolution, "{last:?}");
            assert_eq!(review.keys(), fresh.keys());
        }
        assert!(answers > 3);
    }
}

#[test]
fn a_column_of_the_export_is_explained_after_the_import() {
    let list = "name,kind,status\n\
        Elm House,,held: column-unclear: Board vote: yes\n\
        Oak Union,,held: column-unclear: Board vote: no; held: column-unclear: Ready: yes\n\
        Ann Muster,individual,held: column-unclear: Agency: River Tenants\n";
    let disk = Disk::new(list);
    let mut review = disk.review();
    for (header, answer, held) in [
        ("Board vote", ColumnAnswer::Publish, 1),
        ("Agency", ColumnAnswer::Name, 0),
    ] {
        let question = review.next_column().unwrap();
        assert_eq!(question.header, header);
        let set = review.answer_column(&question, answer).unwrap();
        disk.commit(set);
        review.committed().unwrap();
        assert_eq!(review.counts().held, held, "{header}");
    }
    let names: Vec<&str> = review.resolution.signatories.iter().map(|one| &*one.name).collect();
    assert_eq!(names, ["Elm House", "River Tenants"]);
    assert_eq!(
        review.records[2].get(crate::model::signatory::Column::ContactName),
        Some("Ann Muster")
    );
}

/// Answers the question of a key, as one that was just shown.
fn reply_to(disk: &Disk, review: &mut Review, key: &str, reply: &Reply) {
    let asked = review.find(key).unwrap();
    let was = review.seen(&asked).unwrap();
    let set = review.reply(&asked, reply, &rosa(), was).unwrap();
    disk.commit(set);
    review.committed().unwrap();
}

#[test]
fn each_question_is_found_by_its_key_whatever_was_answered_before() {
    let list = "name,Board vote\nUndocuBlack,yes\nUndocuBlack Network,yes\nTOTAL,\nTOTAL: 4,\nOak Union,tabled\n";
    let disk = Disk::new(list);
    let mut review = disk.review();
    let keys = review.keys();
    let kinds: Vec<&str> = keys
        .iter()
        .map(|key| match review.find(key).unwrap() {
            Asked::Column(_) => "column",
            Asked::Row(_) => "row",
            Asked::Pair(_) => "pair",
        })
        .collect();
    assert_eq!(kinds[0], "column", "{kinds:?}");
    assert!(keys.iter().all(|key| review.find(key).unwrap().key() == *key));
    assert_eq!(review.open_by_kind().iter().sum::<usize>(), keys.len());
    reply_to(&disk, &mut review, &keys[0], &Reply::Column(ColumnAnswer::Unused));
    assert!(review.find(&keys[0]).is_none());
    let keys = review.keys();
    let total = keys
        .iter()
        .find(|key| matches!(review.find(key), Some(Asked::Row(_))))
        .unwrap();
    assert_eq!(review.find(total).unwrap().settles_more(), 1);
    let mut all = reply(RowAnswer::Not);
    all.all = true;
    let before = review.signatories();
    reply_to(&disk, &mut review, total, &Reply::Row(all));
    assert_eq!(review.signatories(), before);
    let pair = review.keys().pop().unwrap();
    // The key means the same in another process.
    let mut again = disk.review();
    reply_to(&disk, &mut again, &pair, &Reply::Pair(ReviewAnswer::Same(None)));
    assert_eq!((again.signatories(), again.keys().len()), (before - 1, 0));
}

#[test]
fn an_answer_to_a_file_that_changed_or_to_another_question_is_refused() {
    let disk = Disk::new(LIST);
    let mut review = disk.review();
    let asked = review.find(&review.keys()[0]).unwrap();
    let was = review.seen(&asked).unwrap();
    disk.write(FILE, "# mine\n");
    let same = Reply::Pair(ReviewAnswer::Same(None));
    let refused = review.reply(&asked, &same, &rosa(), was);
    assert!(matches!(refused, Err(EngineError::Changed { .. })));
    let was = review.seen(&asked).unwrap();
    let other = Reply::Row(reply(RowAnswer::Not));
    assert!(review.reply(&asked, &other, &rosa(), was).is_err());
    assert!(review.find("0123456789abcdef").is_none());
}

#[test]
fn any_saved_answer_is_taken_back_and_the_others_stay() {
    let disk = Disk::new(LIST);
    let mut review = disk.review();
    let keys = review.keys();
    reply_to(&disk, &mut review, &keys[0], &Reply::Pair(ReviewAnswer::Same(None)));
    let first = disk.decisions().unwrap();
    reply_to(&disk, &mut review, &keys[1], &Reply::Pair(ReviewAnswer::Different));
    let workspace = disk.workspace();
    let answers = workspace.answers();
    let lines: Vec<u32> = answers.iter().map(|answer| answer.line).collect();
    assert!(lines.len() == 2 && lines[0] > lines[1], "{lines:?}");
    assert_eq!(answers[0].attribution().by.as_deref(), Some("Rosa"));
    let was = workspace.answers_seen().unwrap();
    // The older of the two.
    disk.commit(workspace.take_back(answers[1].start, was).unwrap());
    assert_eq!(disk.review().keys(), [keys[0].clone()]);
    let workspace = disk.workspace();
    assert!(matches!(
        workspace.take_back(answers[0].start, was),
        Err(EngineError::Changed { .. })
    ));
    let left = workspace.answers();
    disk.commit(
        workspace
            .take_back(left[0].start, workspace.answers_seen().unwrap())
            .unwrap(),
    );
    assert!(
        disk.decisions()
            .unwrap()
            .trim_end()
            .lines()
            .all(|line| line.starts_with('#'))
    );
    assert!(first.starts_with(&disk.decisions().unwrap()));
}

#[test]
fn one_spelling_is_taken_out_of_a_signatory() {
    let disk = Disk::new("name\nHarbor Readers\nHarbour Readers\n");
    let decision = "[[decision]]\nanswer = \"same\"\nnames = [\"Harbor Readers\", \"Harbour Readers\"]\n";
    disk.write(FILE, decision);
    let workspace = disk.workspace();
    let was = workspace.answers_seen().unwrap();
    let others = ["Harbor Readers".to_owned(), "Harbour Readers".to_owned()];
    let alone = workspace
        .separate("Harbor Readers", &others[..1], &rosa(), was)
        .unwrap_err();
    assert!(alone.to_string().contains("edit a row's name first"), "{alone}");
    let set = workspace.separate("Harbour Readers", &others, &rosa(), was).unwrap();
    disk.commit(set);
    // The answer that joined the two is gone.
    let text = disk.decisions().unwrap();
    assert!(
        !text.contains("same") && text.matches("answer = \"different\"").count() == 1,
        "{text}"
    );
    disk.write(FILE, &decision.replace(", \"Harbour", ", \"Third\", \"Harbour"));
    let workspace = disk.workspace();
    let was = workspace.answers_seen().unwrap();
    let refused = workspace
        .separate("Harbour Readers", &others, &rosa(), was)
        .unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("line 1 of `signatories/decisions.toml`"),
        "{refused}"
    );
}
