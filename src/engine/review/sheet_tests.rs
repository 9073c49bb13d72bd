//! Questions that travel, and their answers, in memory.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::emit::question_sheet::QUESTION_FORMATS;
use crate::engine::Paths;
use crate::files::{Files, MemoryFiles};
use crate::model::question_sheet::{KEY_PREFIX, QuestionSheet, SheetSubject, headers};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

const LETTER: &str =
    "+++\nkind = \"letter\"\ntitle = \"Fund it\"\nsignatories = [\"../signatories/a.csv\"]\n+++\nBody.\n";

const LIST: &str = "\
name,city,email,phone,Contact name
UndocuBlack,Washington,kim@undocublack.example,202-555-0100,Kim Lee
UndocuBlack Network,Washington,lee@undocublack.example,,Ana Ruiz
Harbor Workers Center,Portland,a@gmail.com,,
Harbor Workers Center (Oregon),,b@gmail.com,,
Harwell Village (withdrawn),,,,
Maple Fund; Oak Fund,,,,
";

type Texts = BTreeMap<String, Vec<u8>>;

fn texts(list: &str) -> Texts {
    [("/w/letters/a.md", LETTER), ("/w/signatories/a.csv", list)]
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .collect()
}

fn workspace(texts: &Texts) -> Workspace {
    let files: MemoryFiles = texts
        .iter()
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    let files: Arc<dyn Files> = Arc::new(files);
    Workspace::open(&files, &Paths::new("/w"), Path::new("")).unwrap()
}

fn sheet(workspace: &Workspace, is_private: bool) -> QuestionSheet {
    let reviews = workspace.reviews(&[]).unwrap();
    workspace.question_sheet(&reviews, is_private).unwrap()
}

/// An answer: the key, the words, the name to print, and who gave it.
type Given<'a> = (String, &'a str, &'a str, &'a str);

/// Returns a sheet with answers, as a spreadsheet saves it.
fn filled(given: &[Given<'_>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([headers::KEY, headers::ANSWER, headers::PRINT, headers::BY])
        .unwrap();
    for (key, answer, print, by) in given {
        let key = format!("{KEY_PREFIX}{key}");
        writer.write_record([key.as_str(), answer, print, by]).unwrap();
    }
    writer.into_inner().unwrap()
}

fn read(workspace: &Workspace, sheets: &[Vec<u8>]) -> AnswersPlan {
    let sheets = sheets.iter().enumerate();
    let request = AnswersRequest {
        files: sheets
            .map(|(at, bytes)| AnswerFile::Bytes(format!("{at}.csv"), bytes.clone()))
            .collect(),
        by: None,
        date: Some("2026-03-05".parse().unwrap()),
    };
    let reviews = workspace.reviews(&[]).unwrap();
    workspace.read_answers(&reviews, request).unwrap()
}

/// Makes the changes of a plan.
fn apply(texts: &mut Texts, plan: &AnswersPlan) {
    for change in &plan.set.changes {
        let path = change.path.to_str().unwrap().to_owned();
        assert_eq!(change.old, Expected::of(texts.get(&path).map(Vec::as_slice)));
        texts.insert(path, change.new.clone().unwrap());
    }
}

fn decisions_text(texts: &Texts) -> String {
    let bytes = texts.get("/w/signatories/decisions.toml").cloned();
    String::from_utf8(bytes.unwrap_or_default()).unwrap()
}

fn outcomes(plan: &AnswersPlan) -> Vec<AnswerOutcome> {
    plan.answers.iter().map(|answer| answer.outcome).collect()
}

/// Returns the key of the first question with a name.
fn key_of(sheet: &QuestionSheet, name: &str) -> String {
    let has =
        |question: &&crate::model::question_sheet::SheetQuestion| question.sides.iter().any(|side| side.text() == name);
    sheet.questions.iter().find(has).unwrap().key.clone()
}

#[test]
fn a_sheet_asks_rows_first_and_holds_nothing_private() {
    let workspace = workspace(&texts(LIST));
    let public = sheet(&workspace, false);
    let subjects: Vec<SheetSubject> = public.questions.iter().map(|question| question.subject).collect();
    assert_eq!(
        subjects,
        [
            SheetSubject::Row,
            SheetSubject::Row,
            SheetSubject::Pair,
            SheetSubject::Pair
        ]
    );
    assert_eq!(public.about, "“Fund it”");
    let private = sheet(&workspace, true);
    let secrets = [
        "undocublack.example",
        "gmail.com",
        "202-555-0100",
        "Kim Lee",
        "Ana Ruiz",
    ];
    for format in QUESTION_FORMATS.iter().filter(|format| format.extension != "xlsx") {
        let text = |sheet| String::from_utf8((format.emit)(sheet).unwrap()).unwrap();
        let (without, with) = (text(&public), text(&private));
        for secret in secrets {
            assert!(!without.contains(secret), "{}: {secret}", format.extension);
            assert!(with.contains(secret), "{}: {secret}", format.extension);
        }
    }
    let words = format!("{public:?}");
    assert!(secrets.iter().all(|secret| !words.contains(secret)), "{words}");
}

#[test]
fn answers_are_saved_with_who_and_when() {
    let mut texts = texts(LIST);
    let asked = sheet(&workspace(&texts), false);
    let [undocu, harbor] = ["UndocuBlack", "Harbor Workers Center"].map(|name| key_of(&asked, name));
    let [village, funds] = ["Harwell Village (withdrawn)", "Maple Fund; Oak Fund"].map(|name| key_of(&asked, name));
    let answers = filled(&[
        (undocu, "One and the same", "UndocuBlack", "Rosa"),
        (harbor, "two different signatories", "", ""),
        (village, "it withdrew: leave it out", "", ""),
        (funds, "several signatories: print each", "", ""),
        ("0123456789abcdef".to_owned(), "one and the same", "", ""),
    ]);
    let plan = read(&workspace(&texts), std::slice::from_ref(&answers));
    use AnswerOutcome::{Closed, Repeated, Saved};
    assert_eq!(outcomes(&plan), [Saved, Saved, Saved, Saved, Closed]);
    assert_eq!((plan.open, plan.blank, plan.needs_person()), (0, 0, false));
    apply(&mut texts, &plan);
    let saved = decisions_text(&texts);
    assert_eq!(saved.matches("by = \"Rosa\"").count(), 4, "{saved}");
    assert_eq!(saved.matches("date = 2026-03-05").count(), 4, "{saved}");
    assert!(saved.contains("print = \"UndocuBlack\""), "{saved}");
    assert!(saved.contains("into = [\"Maple Fund\", \"Oak Fund\"]"), "{saved}");
    // Read again, it says what is saved already.
    let again = read(&workspace(&texts), &[answers]);
    assert_eq!(outcomes(&again), [Repeated, Repeated, Repeated, Repeated, Closed]);
    assert!(again.set.changes.is_empty());
}

#[test]
fn colleagues_who_contradict_each_other_are_told() {
    let mut texts = texts(LIST);
    let asked = sheet(&workspace(&texts), false);
    let key = key_of(&asked, "UndocuBlack");
    let ana = filled(&[(key.clone(), "one and the same", "", "Ana")]);
    let ben = filled(&[(key.clone(), "two different signatories", "", "Ben")]);
    let plan = read(&workspace(&texts), &[ana.clone(), ben.clone()]);
    assert_eq!(outcomes(&plan), [AnswerOutcome::Contradiction; 2]);
    assert!(plan.set.changes.is_empty() && plan.needs_person());
    assert!(plan.answers[0].because.contains("Ana and Ben"), "{:?}", plan.answers);
    // One agrees, and names what to print.
    let carl = filled(&[(key, "one and the same", "UndocuBlack Network", "Carl")]);
    let plan = read(&workspace(&texts), &[ana, carl]);
    assert_eq!(outcomes(&plan), [AnswerOutcome::Saved; 2]);
    apply(&mut texts, &plan);
    let saved = decisions_text(&texts);
    assert!(
        saved.contains("by = \"Ana and Carl\"") && saved.matches("[[decision]]").count() == 1,
        "{saved}"
    );
    // Against a saved answer.
    let plan = read(&workspace(&texts), &[ben]);
    assert_eq!(outcomes(&plan), [AnswerOutcome::Contradiction]);
    assert!(plan.answers[0].because.contains("saved already"));
    assert!(plan.set.changes.is_empty());
}

#[test]
fn answers_that_contradict_by_what_follows_are_told_together() {
    let list = "name\nSouthern Border Coalition\nSouthern Border Coalition Network\nSouthern Border Coalition Group\nHarbor Workers Center,\nHarbor Workers Center (Oregon)\n";
    let texts = texts(list);
    let asked = sheet(&workspace(&texts), false);
    let pairs: Vec<_> = asked
        .questions
        .iter()
        .filter(|question| question.sides.len() == 2)
        .collect();
    let of = |a: &str, b: &str| {
        let found = pairs.iter().find(|question| {
            let names = [question.sides[0].text(), question.sides[1].text()];
            names.contains(&a.to_owned()) && names.contains(&b.to_owned())
        });
        found.map(|question| question.key.clone())
    };
    let [short, network, group] = ["", " Network", " Group"].map(|end| format!("Southern Border Coalition{end}"));
    let keys = [of(&short, &network), of(&short, &group), of(&network, &group)];
    let known: Vec<String> = keys.into_iter().flatten().collect();
    assert!(known.len() >= 2, "{asked:#?}");
    let same = |key: &String| (key.clone(), "one and the same", "A", "Ana");
    // The same signatory with two printed names.
    let mut given: Vec<Given<'_>> = known.iter().map(same).collect();
    given[1].2 = "B";
    given.push((key_of(&asked, "Harbor Workers Center"), "one and the same", "", "Ana"));
    let plan = read(&workspace(&texts), &[filled(&given)]);
    let mut expected = vec![AnswerOutcome::Contradiction; known.len()];
    expected.push(AnswerOutcome::Saved);
    assert_eq!(outcomes(&plan), expected, "{:#?}", plan.answers);
}

#[test]
fn what_is_not_understood_is_told_and_not_guessed() {
    let texts = texts(LIST);
    let asked = sheet(&workspace(&texts), false);
    let [undocu, harbor] = ["UndocuBlack", "Harbor Workers Center"].map(|name| key_of(&asked, name));
    let [village, funds] = ["Harwell Village (withdrawn)", "Maple Fund; Oak Fund"].map(|name| key_of(&asked, name));
    for (key, answer, print) in [
        (&undocu, "probably the same", ""),
        (&undocu, "it withdrew: leave it out", ""),
        (&undocu, "", "UndocuBlack"),
        (&undocu, "not sure", "UndocuBlack"),
        (&undocu, "one and the same", "kim@undocublack.example"),
        (&harbor, "two different signatories", "Harbor"),
        (&harbor, "all: signatories of their own", ""),
        (&village, "not a signatory: leave it out", "Harwell Village"),
        (&village, "one and the same", ""),
        (&funds, "several signatories: print each", "Maple Fund"),
        (&funds, "yes", ""),
    ] {
        let plan = read(&workspace(&texts), &[filled(&[(key.clone(), answer, print, "Ana")])]);
        assert_eq!(outcomes(&plan), [AnswerOutcome::Unreadable], "{answer} {print}");
        assert!(plan.set.changes.is_empty() && plan.needs_person());
        assert!(!plan.answers[0].because.is_empty());
    }
    // Nothing said is nothing.
    let plan = read(
        &workspace(&texts),
        &[filled(&[(undocu, "", "", "Ana"), (harbor, "not sure", "", "")])],
    );
    assert_eq!((plan.answers.len(), plan.blank, plan.open), (0, 2, 4));
}

#[test]
fn a_comment_is_the_reason_and_one_name_is_for_all() {
    let mut texts = texts(LIST);
    let asked = sheet(&workspace(&texts), false);
    let [undocu, harbor] = ["UndocuBlack", "Harbor Workers Center"].map(|name| key_of(&asked, name));
    let text = format!(
        "{{\"undersigned\":\"answers\",\"by\":\"Rosa \\u202eDíaz\",\"answers\":[{{\"key\":\"q-{undocu}\",\"answer\":\"one and the same\",\"comment\":\"\\\"=1\\\"\\n[[decision]]\"}},{{\"key\":\"Q-{harbor}\",\"answer\":\"one and the same\"}}]}}"
    );
    let plan = read(&workspace(&texts), &[text.into_bytes()]);
    assert_eq!(outcomes(&plan), [AnswerOutcome::Saved; 2]);
    assert_eq!(plan.answers[0].line, None);
    apply(&mut texts, &plan);
    let known = workspace(&texts).known.clone();
    assert_eq!(known.decisions.len(), 2);
    assert_eq!(known.decisions[0].by.as_deref(), Some("Rosa Díaz"));
    assert_eq!(known.decisions[0].why.as_deref(), Some("\"=1\" [[decision]]"));
    assert_eq!(known.decisions[1].by.as_deref(), Some("Rosa Díaz"));
}

#[test]
fn a_column_and_a_family_are_answered() {
    let mut list = "name,Board vote\nIndivisible,\n".to_owned();
    for place in ["Austin", "Denver", "Portland", "Reno", "Tulsa", "Fargo"] {
        list += &format!("Indivisible {place} Neighbors,\n");
    }
    list += "Maple Fund,maybe\nOak Fund,unclear\n";
    let mut texts = texts(&list);
    let asked = sheet(&workspace(&texts), false);
    let of = |subject| asked.questions.iter().find(|question| question.subject == subject);
    let mut given: Vec<Given<'_>> = Vec::new();
    if let Some(column) = of(SheetSubject::Column) {
        given.push((column.key.clone(), "it does not matter", "", "Ana"));
    }
    if let Some(family) = of(SheetSubject::Family) {
        assert!(family.evidence[0].contains("One answer can settle"), "{family:?}");
        given.push((family.key.clone(), "all: signatories of their own", "", "Ana"));
    }
    assert!(!given.is_empty(), "{asked:#?}");
    let plan = read(&workspace(&texts), &[filled(&given)]);
    assert!(
        plan.answers.iter().all(|answer| answer.outcome == AnswerOutcome::Saved),
        "{:#?}",
        plan.answers
    );
    apply(&mut texts, &plan);
    let again = read(&workspace(&texts), &[filled(&given)]);
    assert!(
        again
            .answers
            .iter()
            .all(|answer| answer.outcome == AnswerOutcome::Repeated),
        "{:#?}",
        again.answers
    );
}

/// Words of names, hostile ones among them.
fn name() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Harbor",
        "Workers",
        "Center",
        "Network",
        "Coalition",
        "(Oregon)",
        "Action",
        "Fund",
        "Inc.",
        "of",
        "the",
        "=1+1",
        "\"Q\"",
        "<b>",
        "Ω",
        "\u{202e}abc",
        "(withdrawn)",
        "`x`",
        "a;b",
    ]);
    prop::collection::vec(word, 1..5).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is answered: each line has one outcome, saved answers agree with each other, and
    /// a second reading saves nothing.
    #[test]
    fn answers_come_back_whole(names in prop::collection::vec(name(), 2..14), picks in prop::collection::vec(0usize..6, 40)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["name", "city"]).unwrap();
        for name in &names {
            writer.write_record([name.as_str(), ""]).unwrap();
        }
        let list = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let mut texts = texts(&list);
        let opened = workspace(&texts);
        let asked = sheet(&opened, false);
        for format in QUESTION_FORMATS {
            let bytes = (format.emit)(&asked).unwrap();
            prop_assert_eq!(&bytes, &(format.emit)(&asked).unwrap(), "the same bytes");
            if format.extension != "html" {
                // As it was sent, every question is found and nothing is answered.
                let plan = read(&opened, &[bytes]);
                prop_assert!(plan.diagnostics.is_empty() || asked.questions.is_empty(), "{:?}", plan.diagnostics);
                prop_assert_eq!((plan.blank, plan.answers.len()), (asked.questions.len(), 0));
            }
        }
        let given: Vec<Given<'_>> = asked.questions.iter().zip(&picks).filter_map(|(question, pick)| {
            let answer = question.choices.get(*pick)?;
            Some((question.key.clone(), *answer, "", "Ana"))
        }).collect();
        let plan = read(&opened, &[filled(&given)]);
        prop_assert_eq!(plan.answers.len(), given.len());
        let saved = plan.count(AnswerOutcome::Saved);
        apply(&mut texts, &plan);
        let after = workspace(&texts);
        let entries = after.known.decisions.len() + after.known.rows.len();
        prop_assert_eq!(entries, saved);
        let (_, said) = resolve::resolve(&[], &after.known, &resolve::ResolveOptions::default());
        let against = said.iter().filter(|said| said.code == crate::diag::Code::ContradictoryDecisions);
        prop_assert_eq!(against.count(), 0, "{:?}", said);
        let again = read(&after, &[filled(&given)]);
        prop_assert!(again.set.changes.is_empty() || again.count(AnswerOutcome::Saved) + saved <= given.len());
        for (first, second) in plan.answers.iter().zip(&again.answers) {
            if first.outcome == AnswerOutcome::Saved {
                prop_assert_eq!(second.outcome, AnswerOutcome::Repeated, "{:?}", second);
            }
        }
    }
}

#[test]
fn an_answer_of_a_place_says_its_line() {
    let texts = texts(LIST);
    let asked = sheet(&workspace(&texts), false);
    let plan = read(
        &workspace(&texts),
        &[filled(&[
            ("x".to_owned(), "", "", ""),
            (key_of(&asked, "UndocuBlack"), "hm", "", ""),
        ])],
    );
    assert_eq!(plan.answers[0].line, Some(3));
    assert_eq!(plan.answers[0].file, "0.csv");
}
