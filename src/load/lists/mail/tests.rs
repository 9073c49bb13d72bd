//! Mails become rows, and hostile ones errors.

use crate::diag::{Code, Severity};
use crate::files::MemoryFiles;
use crate::load::loaded::Loaded;
use crate::load::{list, list_from_bytes};
use crate::model::held::HeldReason;
use crate::model::signatory::{Column, Record};
use crate::source::SourceMap;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::testing::chance::cases;
use proptest::prelude::*;

const START: &str = "From ana@harwell.example Mon Mar  2 10:15:00 2026\n";

const SIGN: &str = "Received: from out.harwell.example by mx.coalition.example; Mon, 2 Mar 2026 10:15:02 -0600\n\
    Authentication-Results: mx.coalition.example;\n dkim=pass header.d=harwell.example;\n dmarc=pass header.from=harwell.example\n\
    Authentication-Results: mx.forged.example; dmarc=fail\n\
    From: =?utf-8?q?Ana_Ru=C3=ADz?= <ana@harwell.example>\nDate: Mon, 2 Mar 2026 10:15:00 -0600\n\
    Message-ID: <a1@harwell.example>\nSubject: Re: sign\nContent-Type: text/plain; charset=utf-8\n\n";

fn bytes(mails: &[&str]) -> Vec<u8> {
    mails
        .iter()
        .map(|mail| format!("{START}{mail}\n"))
        .collect::<String>()
        .into_bytes()
}

fn read(hint: &str, bytes: Vec<u8>) -> (Vec<Record>, Vec<String>) {
    let mut sources = SourceMap::default();
    let Loaded { value, diagnostics } =
        list_from_bytes(&mut sources, "inbox", Some(hint), bytes, &BTreeMap::new()).unwrap_or_default();
    let said = diagnostics.into_iter().map(|said| {
        let place = said
            .origin
            .map(|origin| sources.place(origin).to_string())
            .unwrap_or_default();
        format!("{} {place}: {}", said.severity, said.message)
    });
    (value, said.collect())
}

fn errors(hint: &str, bytes: Vec<u8>) -> Vec<String> {
    let (_, said) = read(hint, bytes);
    said.into_iter().filter(|said| said.starts_with("error")).collect()
}

#[test]
fn a_reply_is_a_row_with_where_it_came_from() {
    let mail = format!("{SIGN}Please add Harwell Village to the letter.\n");
    for (hint, bytes) in [("mbox", bytes(&[&mail])), ("eml", mail.clone().into_bytes())] {
        let (rows, said) = read(hint, bytes);
        assert_eq!((rows.len(), said), (1, Vec::new()), "{hint}");
        let row = &rows[0];
        assert_eq!(&*row.name, "Harwell Village");
        assert_eq!(row.hold.as_ref().map(|hold| hold.reason), Some(HeldReason::MailSign));
        let cells = [
            (Column::SignedAt, "2026-03-02 10:15:00"),
            (Column::ContactName, "Ana Ruíz"),
            (Column::Email, "ana@harwell.example"),
            (Column::MessageId, "a1@harwell.example"),
            (Column::MailVerdict, "mx.coalition.example: dkim=pass dmarc=pass"),
        ];
        for (column, cell) in cells {
            assert_eq!(row.get(column), Some(cell), "{hint}");
        }
        assert!(cells[1..].iter().all(|(column, _)| column.is_private()));
    }
}

#[test]
fn verdicts_are_those_of_the_receiving_server() {
    let verdict = |results: &str| {
        let head = "From: Ana <ana@harwell.example>\nMessage-ID: <1@x>\n";
        let (rows, _) = read("eml", format!("{results}{head}\nSign us on\n").into_bytes());
        let about = rows[0]
            .hold
            .as_ref()
            .map(|hold| hold.about.to_string())
            .unwrap_or_default();
        (
            rows[0].get(Column::MailVerdict).unwrap_or_default().to_owned(),
            !about.contains("not verified"),
        )
    };
    let check = |results: &str, said: &str, verified: bool| assert_eq!(verdict(results), (said.to_owned(), verified));
    check("", "none", false);
    check("Authentication-Results: mx.e; none\n", "mx.e: none", false);
    check(
        "Authentication-Results: mx.e; spf=pass smtp.mailfrom=x\n",
        "mx.e: spf=pass",
        false,
    );
    check(
        "Authentication-Results: mx.e; dkim=pass header.d=harwell.example\n",
        "mx.e: dkim=pass",
        true,
    );
    check(
        "Authentication-Results: mx.e; dkim=pass header.i=@bulk.example\n",
        "mx.e: dkim=pass",
        false,
    );
    check(
        "Authentication-Results: mx.e; dkim=pass header.d=harwell.example; dmarc=fail\n",
        "mx.e: dkim=pass dmarc=fail",
        false,
    );
    check(
        "Authentication-Results: spf=pass (ip) smtp.mailfrom=x;\n dmarc=pass action=none;compauth=pass\n",
        "spf=pass dmarc=pass",
        true,
    );
}

#[test]
fn a_mail_that_occurs_twice_is_one_row() {
    let mail = format!("{SIGN}Please add Harwell Village.\n");
    let other = format!("{SIGN}Please remove Harwell Village.\n");
    let (rows, said) = read("mbox", bytes(&[&mail, &mail, &other, &other]));
    assert_eq!(rows.len(), 2);
    assert_ne!(rows[0].get(Column::MessageId), rows[1].get(Column::MessageId));
    assert!(
        said.iter()
            .any(|said| said.starts_with("note inbox: ") && said.contains("occur")),
        "{said:?}"
    );
    assert!(
        said.iter()
            .any(|said| said.contains("has the Message-ID of another mail")),
        "{said:?}"
    );
}

#[test]
fn machines_are_set_aside_and_forms_are_not() {
    let mail = |head: &str| {
        format!(
            "{head}\nFrom: a@e.example\nMessage-ID: <{}>\n\nPlease add Oak Union.\n",
            head.len()
        )
    };
    let away = mail("Auto-Submitted: auto-replied");
    let bounce = mail("Content-Type: multipart/report; boundary=b");
    let form = mail("Auto-Submitted: auto-generated");
    let (rows, said) = read("mbox", bytes(&[&away, &bounce, &form]));
    assert_eq!(rows.len(), 1);
    assert_eq!(said, ["note inbox: 2 automatic replies set aside: messages 1, 2"]);
}

#[test]
fn pages_and_old_character_sets_are_read() {
    let html = "From: a@e.example\nMessage-ID: <1>\nContent-Type: text/html; charset=iso-8859-1\n\
        Content-Transfer-Encoding: quoted-printable\n\n<html><head><style>p{}</style></head><body><p>Por favor \
        agregue a Vecinos del R=EDo a la carta.</p><blockquote>Please remove us</blockquote></body></html>\n";
    let (rows, said) = read("eml", html.as_bytes().to_vec());
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(&*rows[0].name, "Vecinos del Río");
    assert_eq!(
        rows[0].hold.as_ref().map(|hold| hold.reason),
        Some(HeldReason::MailSign)
    );
}

#[test]
fn hostile_mails_are_errors_that_name_the_file_and_the_mail() {
    let good = format!("{SIGN}Sign us on.\n");
    let hostile = |bad: &str| errors("mbox", bytes(&[&good, bad]));
    let head = "From: a@e.example\nMessage-ID: <1>\n";
    let long = format!("{head}\n{}\n", "x".repeat(5 << 20));
    assert_eq!(
        hostile(&long),
        ["error inbox:2:1: message 2 has a line of more than 4 MB"]
    );
    let headers = format!("{head}{}\nx\n", "X-Filler: y\n".repeat(40_000));
    assert_eq!(
        hostile(&headers),
        ["error inbox:2:1: message 2 has headers of more than 256 KB"]
    );
    let mut nested = head.to_owned();
    for level in 0..2_000 {
        nested += &format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
    }
    assert_eq!(hostile(&nested), ["error inbox:2:1: message 2 has more than 400 parts"]);
    let mails = format!(
        "{head}{}",
        "Content-Type: message/rfc822\n\nFrom: a@e.example\n".repeat(2_000)
    );
    assert_eq!(hostile(&mails), ["error inbox:2:1: message 2 has more than 400 parts"]);
    let charset = format!("{head}Content-Type: text/plain; charset=klingon\n\nS\u{ed}\n");
    assert_eq!(
        hostile(&charset),
        ["error inbox:2:1: message 2 has text in an unknown character set, `klingon`"]
    );
    let deep = format!("{head}Content-Type: text/html\n\n{}x\n", "<b><i>".repeat(20_000));
    assert_eq!(
        hostile(&deep),
        ["error inbox:2:1: message 2 has a page that is nested too deeply"]
    );
    assert_eq!(
        hostile("no header here\n"),
        ["error inbox:2:1: message 2 is not an email message"]
    );
    assert_eq!(
        errors("mbox", b"name,email\nA,b\n".to_vec()),
        ["error inbox:1:1: message 1 is not an mbox file: it does not begin with a line \"From \""]
    );
    // Of a harmless one, only the text counts.
    let unknown = format!("{head}Content-Type: text/plain; charset=klingon\n\nPlease add Oak Union.\n");
    assert_eq!(hostile(&unknown), Vec::<String>::new());
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..20),
        from in any::<proptest::sample::Index>(),
    ) {
        let mail = format!("{SIGN}Please add Harwell Village.\n\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\n");
        let mut bytes = mail.into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let copy = bytes[from.index(bytes.len())..].to_vec();
        bytes.extend(copy);
        for (row, _) in [read("mbox", [START.as_bytes(), &bytes].concat()), read("eml", bytes)].iter().flat_map(|(rows, said)| rows.iter().zip(std::iter::repeat(said))) {
            prop_assert!(row.hold.is_some() && !row.name.is_empty());
        }
    }
}

#[test]
fn a_folder_of_mails_is_read_in_the_order_of_names() {
    let mail = |id: u8, name: &str| format!("From: a@e.example\nMessage-ID: <{id}>\n\nPlease add {name}.\n");
    let files = MemoryFiles::from_iter([
        ("/w/in/b.eml", mail(2, "Oak Union")),
        ("/w/in/a.eml", mail(1, "Elm Union")),
        ("/w/in/readme.txt", String::new()),
        ("/w/maildir/cur/1.a:2,S", mail(3, "Ash Union")),
        ("/w/maildir/new/2.b", "x".to_owned()),
    ]);
    let mut sources = SourceMap::new(Arc::new(files));
    let mut read = |path: &str| list(&mut sources, path, Path::new(path), &BTreeMap::new());
    let rows = read("/w/in").map(|loaded| loaded.value).unwrap_or_default();
    let names: Vec<&str> = rows.iter().map(|row| &*row.name).collect();
    assert_eq!(names, ["Elm Union", "Oak Union"]);
    let maildir = read("/w/maildir").unwrap_or_default();
    assert_eq!(maildir.value.len(), 1);
    let said = &maildir.diagnostics[0];
    assert_eq!((said.severity, said.code), (Severity::Error, Code::BadMail));
    assert!(
        said.message.starts_with("`2.b` is not an email message"),
        "{}",
        said.message
    );
    assert!(read("/w").is_err());
}

/// Checks what becomes of a mail: the name and the reason of its row, or "set aside".
fn becomes(head: &str, body: &str, expected: &str) {
    let dated = format!("From: Ana Ruiz <ana@elm.example>\nMessage-ID: <1@e>\n{head}\n\n{body}\n");
    // Of two senders, the one that the case gives counts.
    let mail = match head.contains("From:") {
        true => dated.replacen("From: Ana Ruiz <ana@elm.example>\n", "", 1),
        false => dated,
    };
    let (rows, said) = read("eml", mail.clone().into_bytes());
    let found = match rows.as_slice() {
        [row] => {
            let reason = row.hold.as_ref().map_or("", |hold| hold.reason.as_str());
            format!("{}: {reason}", row.name)
        }
        [] => match said.as_slice() {
            [note] if note.contains("set aside") => "set aside".to_owned(),
            other => other.join("; "),
        },
        _ => format!("{} rows", rows.len()),
    };
    assert_eq!(found, expected, "{mail}");
}

#[test]
fn machines_without_the_headers_of_machines_are_known_by_their_words() {
    for subject in [
        "Automatic reply: Will you sign?",
        "Out of Office: Re: Sign-on letter",
        "Out of the office",
        "Respuesta automática: Carta",
        "Auto-Reply: letter",
        "Fuera de la oficina Re: Carta",
        "Undeliverable: Will you sign?",
        "Undelivered Mail Returned to Sender",
        "Mail delivery failed: returning message to sender",
        "Delivery Status Notification (Failure)",
        "Returned mail: see transcript for details",
        "=?utf-8?q?R=C3=A9ponse_automatique_:_lettre?=",
        "[Request received] Sign-on letter",
    ] {
        becomes(
            &format!("Subject: {subject}"),
            "I am away until March 9. Elm House will answer then.",
            "set aside",
        );
    }
    let daemon = "From: Mail Delivery System <MAILER-DAEMON@mx.example>\nSubject: Will you sign?";
    becomes(daemon, "550 5.1.1 User unknown", "set aside");
    let calendar = "Subject: Accepted: Coalition call\nContent-Type: text/calendar; method=REPLY";
    becomes(calendar, "BEGIN:VCALENDAR\nEND:VCALENDAR", "set aside");
    // A machine may pass on what a person wrote, and a subject may only look like a machine's.
    becomes(
        "Subject: Out of office, but yes",
        "Please add Oak Union.",
        "Oak Union: mail-unclear",
    );
    becomes(
        "Subject: Auto Workers Local 9 signs",
        "Please add Oak Union.",
        "Oak Union: mail-sign",
    );
    becomes(
        "Subject: Re: Automatic reply",
        "Please add Oak Union.",
        "Oak Union: mail-sign",
    );
    becomes(
        "Subject: Accepted: we sign",
        "Please add Oak Union.",
        "Oak Union: mail-sign",
    );
    // Somebody left, and nobody withdraws.
    becomes(
        "Subject: Re: Sign-on",
        "Please note that Jon Kay is no longer with Oak Union.",
        "Ana Ruiz: mail-unclear",
    );
    becomes(
        "Subject: Re: Sign-on",
        "Oak Union no longer supports the letter. Remove Oak Union.",
        "Oak Union: mail-remove",
    );
}

#[test]
fn a_mailing_list_does_not_speak_for_the_sender() {
    for footer in [
        "-- \nYou received this message because you are subscribed to the group.\nTo unsubscribe from this group, send an email to x@lists.example.",
        "To unsubscribe from this list, click here.",
        "_______________________________________________\nCoalition mailing list\nTo unsubscribe send an email to x@lists.example",
        "CONFIDENTIALITY NOTICE: remove this email if you are not the intended recipient.",
        "Para darse de baja, retire su nombre aquí.",
    ] {
        becomes(
            "Subject: Re: letter\nPrecedence: list",
            &format!("Please add Oak Union.\n\nAna\n\n{footer}"),
            "Oak Union: mail-sign",
        );
    }
    becomes(
        "Subject: Coalition Digest, Vol 12, Issue 3",
        "Message: 1\nPlease add Oak Union.\n\nMessage: 2\nPlease add Elm Union.",
        "Oak Union: mail-unclear",
    );
    becomes(
        "Subject: Coalition",
        "Today's Topics:\n\n 1. Sign-on\n\nPlease add Oak Union.",
        "Oak Union: mail-unclear",
    );
    becomes("Subject: unsubscribe", "unsubscribe", "Ana Ruiz: mail-unclear");
    becomes(
        "Subject: Re: letter",
        "Please unsubscribe me.\n\nSent from my iPhone",
        "Ana Ruiz: mail-unclear",
    );
}

#[test]
fn letters_that_are_not_ascii_are_read_in_every_usual_encoding() {
    let base64 = "UG9yIGZhdm9yIGFncmVndWVuIGEgUsOtbyBBYmFqbyBhIGxhIGNhcnRhLgo=";
    let quoted = "Por favor agreguen a R=C3=ADo Abajo a la carta.";
    let plain = "Por favor agreguen a Río Abajo a la carta.";
    for charset in ["utf-8", "UTF-8", "\"utf-8\"", "utf8", "us-ascii"] {
        let head = format!("Subject: Re: carta\nContent-Type: text/plain; charset={charset}");
        let with = |encoding: &str| format!("{head}\nContent-Transfer-Encoding: {encoding}");
        if charset != "us-ascii" {
            becomes(&with("8bit"), plain, "Río Abajo: mail-sign");
            becomes(&with("quoted-printable"), quoted, "Río Abajo: mail-sign");
            becomes(&with("base64"), base64, "Río Abajo: mail-sign");
        } else {
            becomes(&head, "Please add Oak Union – thanks.", "Oak Union: mail-sign");
        }
    }
    becomes(
        "Content-Type: text/html; charset=utf-8",
        "<p>Please add <b>Río&nbsp;Abajo</b> to the letter – we’re in!</p>",
        "Río Abajo: mail-sign",
    );
    becomes("Content-Type: text/plain; charset=utf-8", "", "Ana Ruiz: mail-unclear");
}

#[test]
fn at_most_1_000_000_mails_are_read() {
    let mails = bytes(&[
        &format!("{SIGN}Please add Harwell Village to the letter.\n"),
        &format!(
            "{}Please add Weavers Guild to the letter.\n",
            SIGN.replace("a1@", "a2@")
        ),
    ]);
    let read = |seen: usize| {
        let mut sources = SourceMap::default();
        let mut reader = super::MailReader::new(sources.add("inbox", ""));
        reader.seen = seen;
        reader
            .mails(&mut &mails[..], super::MBOX, None)
            .expect("bytes are read");
        let Loaded { value, diagnostics } = reader.finish();
        let said: Vec<String> = diagnostics.into_iter().map(|said| said.message.to_string()).collect();
        (value.len(), said)
    };
    assert_eq!(read(999_998), (2, Vec::new()));
    assert_eq!(
        read(999_999),
        (1, vec!["there are more than 1,000,000 mails".to_owned()])
    );
}
