//! The project file, and what letters inherit from it.

use super::common::{HEAD, letter_of, project};
use undersigned::model::letter::{Paper, RollOrder, RollStyle};
use undersigned::model::text::{Inline, plain};
use undersigned::model::units::Pt;

const PROJECT: &str = "language = \"es-US\"\n\n[letterhead]\nname = \"We Are **Home**\"\nlines = [\"1 Main St\"]\n\
     logo = \"logo.svg\"\nlogo_alt = \"A house\"\n\n[roll]\nstyle = \"list\"\norder = \"listed\"\n\n\
     [page]\npaper = \"a4\"\nmargin = \"25mm\"\n\n[columns]\n\"Group's name\" = \"name\"\nOther = \"notes\"\n";

#[test]
fn letters_inherit_key_by_key() {
    let found = project(PROJECT);
    assert_eq!(found.said().len(), 1, "there is no logo.svg");
    let letter = letter_of(&found.value, format!("{HEAD}+++\n")).says(&[]).value;
    assert_eq!(letter.language.value, "es-US");
    let head = letter.letterhead.unwrap();
    assert!(matches!(head.name[1], Inline::Strong(_)));
    assert_eq!(plain(&head.name), "We Are Home");
    let logo = head.logos[0].clone();
    assert_eq!((logo.path.as_str(), logo.alt.as_str()), ("logo.svg", "A house"));
    assert_eq!(found.sources.name(logo.origin.file()), "undersigned.toml");
    assert_eq!(letter.page.paper, Paper::A4);

    let own = "language = \"en-US\"\n[letterhead]\nlines = []\n[roll]\nstyle = \"sentence\"\n\
               [page]\nfont_size = \"12pt\"\n[columns]\nOther = \"city\"\n";
    let letter = letter_of(&found.value, format!("{HEAD}{own}+++\n")).says(&[]).value;
    assert_eq!(letter.language.value, "en-US");
    let head = letter.letterhead.unwrap();
    assert_eq!(plain(&head.name), "We Are Home");
    assert!(head.lines.is_empty());
    assert_eq!(letter.roll.style, RollStyle::Sentence);
    assert_eq!(letter.roll.order, RollOrder::Listed);
    assert_eq!(letter.roll.columns, undersigned::model::letter::RollColumnCount::Auto);
    assert_eq!(letter.page.paper, Paper::A4);
    assert_eq!(letter.page.margin, Pt::mm(25.0));
    assert_eq!(letter.page.font_size, Pt(12.0));
    let columns: Vec<_> = letter.columns.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(columns, [("Group's name", "name"), ("Other", "city")]);
}

#[test]
fn keys_that_mean_nothing_are_told() {
    let found =
        project("langauge = \"en\"\ntitle = \"T\"\n[rol]\n[page]\nmargn = 1\n[columns]\nA = \"nmae\"\n").says(&[
            "warning[unknown-key] undersigned.toml:1:1 key `langauge` is not recognized in the project file",
            "warning[unknown-key] undersigned.toml:2:1 key `title` is not recognized in the project file",
            "warning[unknown-key] undersigned.toml:3:2 key `rol` is not recognized in the project file",
            "warning[unknown-key] undersigned.toml:5:1 key `margn` is not recognized in [page]",
            "error[bad-value] undersigned.toml:7:5 `nmae` is not a canonical column",
        ]);
    assert_eq!(found.hints()[0], "did you mean `language`?");
    assert_eq!(found.hints()[2], "did you mean `roll`?");
    assert_eq!(found.hints()[4], "did you mean `name`?");
}
