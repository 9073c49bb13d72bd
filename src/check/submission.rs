//! What a committee or docket asks of a document.
//!
//! In: the page setting, the number of pages, and the workspace's profile. Out:
//! what is not as asked. Guaranteed: without a profile, nothing. Absent: other
//! kinds than letters.

use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use crate::model::letter::{DocumentKind, Paper};

pub(super) const CHECK: Check = Check {
    name: "submission",
    description: "A letter meets its submission profile: paper, margins, font size, pages, and bytes.",
    findings: &[Finding {
        code: Code::Submission,
        severity: Severity::Error,
        why: "Committees and dockets reject a letter that is a page too long, without notice.",
    }],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    let subject = &case.subject;
    let Some(profile) = &subject.setting.submission else {
        return;
    };
    if subject.letter.kind != DocumentKind::Letter {
        return;
    }
    let page = &subject.document.page;
    let origin = case.head();
    let name = &profile.name;
    let mut say = |message: String, hint: String| sink.add(Code::Submission, origin, message, hint);
    if let Some(paper) = profile.paper.filter(|paper| *paper != page.paper) {
        let paper = match paper {
            Paper::Letter => "letter",
            Paper::Legal => "legal",
            Paper::A4 => "a4",
        };
        say(
            format!("`{name}` requires another paper size"),
            format!("write paper = \"{paper}\" under [page]"),
        );
    }
    // A hundredth of a point is no difference.
    const SLACK: f64 = 0.01;
    if let Some(margin) = profile.margin.filter(|margin| page.margin.0 + SLACK < margin.0) {
        let inches = margin.0 / 72.0;
        say(
            format!(
                "the margin is {:.2} in; `{name}` requires {inches:.2} in",
                page.margin.0 / 72.0
            ),
            format!("write margin = \"{inches}in\" under [page]"),
        );
    }
    if let Some(size) = profile.font_size.filter(|size| page.font_size.0 + SLACK < size.0) {
        say(
            format!(
                "the text is set in {} pt; `{name}` requires {} pt",
                page.font_size.0, size.0
            ),
            format!("write font_size = \"{}pt\" under [page]", size.0),
        );
    }
    if let (Some(most), Some(pages)) = (profile.pages, subject.pages)
        && pages > most as usize
    {
        say(
            format!("the letter has {pages} pages; `{name}` allows {most}"),
            "shorten the text, or print the roll in columns".to_owned(),
        );
    }
    if let (Some(most), Some(bytes)) = (profile.megabytes, subject.bytes)
        && bytes > u64::from(most) * 1_000_000
    {
        say(
            format!("the PDF has {:.1} MB; `{name}` allows {most}", bytes as f64 / 1e6),
            "use smaller pictures".to_owned(),
        );
    }
}
