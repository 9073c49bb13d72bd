use super::*;
use crate::compose::document::List;
use crate::testing::{self, origin};

fn letter(blocks: Vec<Block>) -> Document {
    testing::document(vec![Part::Body(blocks)], Vec::new())
}

/// A letter with a mark, a look and a link within its sentences.
fn sample() -> Document {
    let paragraph = |text: &str| Block::Paragraph(super::text(text));
    letter(vec![
        paragraph("On behalf of the one hundred and two undersigned, we write. It’s time — “now.”"),
        Block::List(List {
            numbering: Some(crate::model::numbering::Numbering::decimal(1, 1)),
            tight: true,
            items: vec![vec![Block::Paragraph(vec![
                Inline::Strong(super::text("Close the camps.")),
                Inline::Text(" Not one".into()),
                Inline::FootnoteMark(0),
                Inline::Text(" cell is needed; ".into()),
                Inline::Emphasis(super::text("not one.")),
            ])]],
        }),
        paragraph("Every week counts."),
        paragraph("No change at all is no change."),
    ])
}

fn excerpt(passages: &[&str]) -> Excerpt {
    Excerpt {
        letter: String::new(),
        speaker: Line::new(),
        passages: passages.iter().map(ToString::to_string).collect(),
        origin: origin(),
    }
}

/// What the excerpt prints, paragraph by paragraph; looks in Markdown's signs.
fn check(passages: &[&str], expected: &[&str]) {
    fn shown(line: &[Inline]) -> String {
        let shown = line.iter().map(|inline| match inline {
            Inline::Strong(inner) => format!("**{}**", shown(inner)),
            Inline::Emphasis(inner) => format!("*{}*", shown(inner)),
            other => plain(std::slice::from_ref(other)),
        });
        shown.collect()
    }
    let blocks = match quote(&excerpt(passages), &sample()) {
        Ok(blocks) => blocks,
        Err(missing) => panic!("{:?} is missing", missing.words),
    };
    let printed: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(line) => shown(line),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(printed, expected);
}

fn refuse(passages: &[&str], words: &str, nearest: Option<&str>) {
    match quote(&excerpt(passages), &sample()) {
        Ok(blocks) => panic!("taken for the letter's: {blocks:?}"),
        Err(missing) => assert_eq!((missing.words.as_str(), missing.nearest.as_deref()), (words, nearest)),
    }
}

#[test]
fn what_is_printed_is_the_letters() {
    check(&["Every week counts."], &["Every week counts."]);
    // Straight marks and other white space are the same words.
    check(&["It's  time - \"now.\""], &["It’s time — “now.”"]);
    // Looks are the letter's; marks of footnotes stay behind.
    check(
        &["the camps. Not one cell is needed"],
        &["**the camps.** Not one cell is needed"],
    );
    check(&["Every week counts"], &["Every week counts"]);
}

#[test]
fn pieces_follow_each_other() {
    check(&["On behalf […] we write."], &["On behalf […] we write."]);
    check(&["On behalf [...] It’s time"], &["On behalf […] It’s time"]);
    check(
        &["Every week counts.", "No change at all"],
        &["Every week counts.", "No change at all"],
    );
    check(
        &["needed;", "…", "No change"],
        &["needed; *not one.*", "Every week counts.", "No change"],
    );
    check(
        &["On behalf", "...", "we write."],
        &["On behalf of the one hundred and two undersigned, we write."],
    );
    refuse(&["No change at all", "Every week counts."], "Every week counts.", None);
    // One right after the other, in paragraphs as the letter has them.
    check(
        &["week counts. No change at all"],
        &["week counts.", "No change at all"],
    );
    check(
        &["Close", "...", "cell is needed; not one. Every week counts. No change"],
        &[
            "**Close the camps.** Not one cell is needed; *not one.*",
            "Every week counts.",
            "No change",
        ],
    );
    check(
        &["Not one cell is needed; not one. Every week [...] at all"],
        &["Not one cell is needed; *not one.*", "Every week […] at all"],
    );
    // A mark of punctuation at a paragraph's end may not be left out within.
    refuse(
        &["Every week counts No change at all"],
        "Every week counts No change at all",
        Some("No change at all is no change."),
    );
    // What is left out between paragraphs shows, though nobody wrote a sign.
    check(
        &["On behalf of the one hundred", "Every week counts", "No change"],
        &["On behalf of the one hundred", "[…] Every week counts", "No change"],
    );
    check(&["we write.", "“now.”"], &["we write.", "[…] “now.”"]);
    // Something is between them.
    refuse(&["we write. Every week counts."], "we write. Every week counts.", None);
}

#[test]
fn other_words_are_told_with_the_nearest_sentence() {
    refuse(
        &["On behalf of the eighty-five undersigned, we write."],
        "On behalf of the eighty-five undersigned, we write.",
        Some("On behalf of the one hundred and two undersigned, we write."),
    );
    refuse(
        &["every week counts."],
        "every week counts.",
        Some("Every week counts."),
    );
    refuse(
        &["Every week counts. Every day does."],
        "Every day does.",
        Some("Every week counts."),
    );
    refuse(
        &["Every weeks counts"],
        "Every weeks counts",
        Some("Every week counts."),
    );
    refuse(
        &["Every week, counts"],
        "Every week, counts",
        Some("Every week counts."),
    );
}

/// Reads a press release with pictures and excerpts in every place that can hold them.
fn everywhere() -> Letter {
    let quoted = "> [!excerpt] b.md\n> Every week counts.";
    let text = format!(
        "+++\nkind = \"press-release\"\ntitle = \"T\"\nsignatories = []\n+++\n\
         Text[^1] ![](1.png)\n\n{quoted}\n\n<div lang=\"es\">\n\n![](2.png)\n\n{quoted}\n\n</div>\n\n\
         > [!box] A\n> ![](3.png)\n>\n> {}\n\n> ![](4.png)\n>\n> — Ana ![](5.png)\n\n\
         > [!figure] 3\n> ![](6.png)\n\n\
         <i lang=\"es\">![](7.png)</i>\n\n[^1]: ![](8.png)\n\n    {}\n\n+++\n\n![](9.png)\n\n{quoted}\n",
        quoted.replace('\n', "\n> "),
        quoted.replace('\n', "\n    "),
    );
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("a.md");
    std::fs::write(&path, text).expect("a file");
    let project = crate::load::Project::default();
    let mut letter = crate::load::letter(&mut crate::source::SourceMap::default(), "a.md", &path, &project)
        .expect("it loads")
        .value;
    letter.kind_keys.boilerplate = letter.appendices[0].clone();
    letter
}

#[test]
fn excerpts_are_filled_wherever_they_stand() {
    let mut letter = everywhere();
    let count = |letter: &Letter, filled: bool| {
        let mut count = 0;
        for part in letter.parts() {
            visit::blocks(part.blocks().unwrap_or_default(), &mut |block| {
                count += usize::from(match block {
                    Block::Excerpt(_) => !filled,
                    Block::Quotation { content, .. } => filled && content.len() == 1 && says(content),
                    _ => false,
                });
            });
        }
        count
    };
    fn says(blocks: &[Block]) -> bool {
        matches!(blocks, [Block::Paragraph(line)] if plain(line) == "Every week counts.")
    }
    assert_eq!(count(&letter, false), 6);
    let paths: Vec<String> = quoted(&letter).into_iter().map(|path| path.value).collect();
    assert_eq!(paths, ["b.md"]);
    let said = fill(&mut letter, &BTreeMap::from([("b.md".to_owned(), sample())]));
    assert_eq!(said, []);
    assert_eq!((count(&letter, false), count(&letter, true)), (0, 6));
}

#[test]
fn an_excerpt_without_its_letter_is_an_error_and_not_silence() {
    let letter = everywhere();
    let (resolution, _) = crate::resolve::resolve(&[], &Default::default(), &Default::default());
    let (document, said) = crate::compose::compose(&letter, &[], &resolution, &Default::default());
    assert_eq!(said.iter().filter(|said| said.code == Code::Unreadable).count(), 6);
    for part in &document.parts {
        if let Part::Body(blocks) | Part::Appendix(blocks) | Part::Boilerplate(blocks) = part {
            visit::blocks(blocks, &mut |block| assert!(!matches!(block, Block::Excerpt(_))));
        }
    }
}

#[test]
fn pictures_are_found_wherever_they_stand() {
    let letter = everywhere();
    let mut paths: Vec<&str> = letter.images().iter().map(|image| image.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(
        paths,
        [
            "1.png", "2.png", "3.png", "4.png", "5.png", "6.png", "7.png", "8.png", "9.png"
        ]
    );
}
