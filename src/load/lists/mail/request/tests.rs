//! What mails ask for, by their words.

use super::*;
use crate::load::lists::mail::own_text::OwnText;

fn mail(text: &str) -> Mail {
    Mail {
        name: "Ana Ruiz".to_owned(),
        address: "ana@harwell.example".to_owned(),
        date: Some("2026-03-02 10:15:00".to_owned()),
        is_verified: true,
        text: OwnText::of(text),
        ..Mail::default()
    }
}

fn check(text: &str, reason: HeldReason, name: &str) {
    let request = request(&mail(text));
    assert_eq!((request.hold.reason, &*request.name), (reason, name), "{text}");
}

#[test]
fn requests_to_sign_name_their_organization() {
    use HeldReason::MailSign;
    check("Please add Harwell Village to the letter.", MailSign, "Harwell Village");
    check(
        "Please sign us on!\n\nBest,\nAna Ruiz\nHarwell Village Association",
        MailSign,
        "Harwell Village Association",
    );
    check(
        "Sign us on.\n--\nAna Ruiz\nDirector, Oak Tenants Union",
        MailSign,
        "Oak Tenants Union",
    );
    check("Harwell Village would like to sign.", MailSign, "Harwell Village");
    check(
        "I am happy to sign on behalf of the Oak Tenants Union.",
        MailSign,
        "Oak Tenants Union",
    );
    check(
        "Yes, count us in.\nOrganization: Mothers in Action\nState: MN",
        MailSign,
        "Mothers in Action",
    );
    check(
        "St. Mary's Church of Elm signs on. Thanks!",
        MailSign,
        "St. Mary's Church of Elm",
    );
    check(
        "Hi all, the Friends of the River will sign.",
        MailSign,
        "Friends of the River",
    );
    check(
        "Por favor agregue a Vecinos del Río a la carta.",
        MailSign,
        "Vecinos del Río",
    );
    check(
        "Sí, firmamos.\n\nSaludos,\nAna Ruiz\nAlianza del Norte",
        MailSign,
        "Alianza del Norte",
    );
    check(
        "We would like to sign on.\nName of organization: 350 Elm",
        MailSign,
        "350 Elm",
    );
    // The mail of a list that we wrote is quoted below, and asks nothing.
    check(
        "Add Harwell Village.\n\nOn Mar 2, 2026, Us wrote:\n> please remove Oak Union",
        HeldReason::MailUnclear,
        "Harwell Village",
    );
}

#[test]
fn requests_to_be_taken_off_are_told_from_others() {
    use HeldReason::MailRemove;
    check(
        "Please remove Harwell Village from the letter.",
        MailRemove,
        "Harwell Village",
    );
    check(
        "We withdraw our signature.\n\nAna Ruiz\nOak Tenants Union",
        MailRemove,
        "Oak Tenants Union",
    );
    check(
        "Please take our name off.\n\nSincerely,\nAna\nOak Coalition",
        MailRemove,
        "Oak Coalition",
    );
    check(
        "Por favor retiren a Vecinos del Río de la carta.",
        MailRemove,
        "Vecinos del Río",
    );
    // Below the closing, too.
    check(
        "Thank you for your work.\n\nBest,\nAna\nOak Coalition\n\nPS Please remove us.",
        MailRemove,
        "Oak Coalition",
    );
}

#[test]
fn what_is_not_plain_is_unclear() {
    use HeldReason::MailUnclear;
    check("Please sign us on.", MailUnclear, "Ana Ruiz");
    check(
        "We cannot sign on.\n\nBest,\nAna\nOak Coalition",
        MailUnclear,
        "Oak Coalition",
    );
    check(
        "Oak Coalition will sign if the board agrees.",
        MailUnclear,
        "Oak Coalition",
    );
    check("Can the Oak Coalition still sign on?", MailUnclear, "Ana Ruiz");
    check(
        "Please remove Oak Coalition and add Elm Coalition.",
        MailUnclear,
        "Oak Coalition",
    );
    check("Please add Ana Ruiz, as an individual.", MailUnclear, "Ana Ruiz");
    check(
        "No firmamos.\n\nSaludos,\nAna\nAlianza del Norte",
        MailUnclear,
        "Alianza del Norte",
    );
    check("Great letter!", MailUnclear, "Ana Ruiz");
    check("", MailUnclear, "Ana Ruiz");
}

#[test]
fn the_question_quotes_what_was_said_and_nothing_private() {
    let about = |text: &str| request(&mail(text)).hold.about.to_string();
    assert_eq!(
        about("Please add Harwell Village. My number is (555) 010-1234."),
        "“Please add Harwell Village.” (2026-03-02 10:15)"
    );
    assert_eq!(
        about("Please add Harwell Village, ana@harwell.example, 555-010-1234."),
        "“Please add Harwell Village, … …” (2026-03-02 10:15)"
    );
    assert_eq!(
        about("“Add” us; held: total"),
        "“\"Add\" us, held: total” (2026-03-02 10:15; names no organization)"
    );
    let mut unverified = mail("Sign us on.");
    unverified.is_verified = false;
    unverified.name = "ana@harwell.example".to_owned();
    let request = request(&unverified);
    assert_eq!(request.name, "harwell.example");
    assert_eq!(
        &*request.hold.about,
        "“Sign us on.” (2026-03-02 10:15; names no organization; sender not verified)"
    );
    let word = request.hold.status_word();
    assert_eq!(Hold::from_status_word(&word), Some(request.hold));
}

#[test]
fn a_proposed_name_ends_without_the_point_of_its_sentence_but_with_that_of_a_short_word() {
    for (typed, expected) in [
        ("Oak Union.", "Oak Union"),
        ("Oak Union Inc.", "Oak Union Inc."),
        ("Readers of Elm St.", "Readers of Elm St."),
        ("Oak Union,", "Oak Union"),
    ] {
        assert_eq!(named(typed).as_deref(), Some(expected), "{typed}");
    }
}
