//! Adds page furniture: running heads and page numbers.
//!
//! In: finished pages. Out: the same, from the second on with the coalition, the addressee,
//! the subject, and the letter's date above the text and "Page 2 of 3" below it, all as
//! artifacts; in a press release "-more-" below all but the last, slug and number above all
//! but the first. Guaranteed: they stand within the margins and on one line; what is too long
//! is cut at a word; no head reads like a line of the text that was left untagged.

use crate::compose::document::{Document, Part, Running, plain};
use crate::layout::frame::{Artifact, Item, Mark, Page};
use crate::layout::page::paint::paint_line;
use crate::layout::page_metrics::{PageMetrics, QUIET};
use crate::layout::paragraph::format::{Align, BreakPolicy, ParagraphFormat};
use crate::layout::paragraph::line::SetLine;
use crate::layout::paragraph::set_text;
use crate::layout::text::atom::measure;
use crate::layout::text::font_style::FontStyle;
use crate::layout::text::shape::Shaper;
use crate::layout::text::styled_text::{StyledText, TextStyle};

/// Size of furniture beside the text.
const SIZE: f64 = 0.74;

/// Margins narrower than this, in points, have no room for a running head.
const NARROW: f64 = 36.0;

/// Adds furniture to all pages but the first.
pub(crate) fn furnish(pages: &mut [Page], document: &Document, metrics: &PageMetrics, shaper: Shaper<'_>) {
    let count = pages.len();
    if count < 2 && document.draft.is_none() {
        return;
    }
    let style = metrics.style(FontStyle::Sans, metrics.size * SIZE).color(QUIET);
    let leading = style.size * 1.3;
    let mark_style = metrics.style(FontStyle::SansBold, style.size).color(metrics.accent());
    let draft = document.draft.as_deref();
    let draft = draft.map(|draft| StyledText::plain(draft, mark_style, Mark::Artifact(Artifact::Header)));
    // The mark of a draft stands before the running head, which has less room then.
    let taken = draft
        .as_ref()
        .map_or(0.0, |draft| measure(draft, shaper).0 + BETWEEN * style.size);
    let room = metrics.measure - taken;
    let format = |align| ParagraphFormat {
        width: if align == Align::Start { room } else { metrics.measure },
        first: 0.0,
        rest: 0.0,
        hang_breaks: false,
        align,
        break_policy: BreakPolicy::Display,
        hyphenate: false,
        leading,
        rtl: Some(metrics.rtl),
    };
    let one_line = |text: &StyledText, align| -> Option<SetLine> {
        set_text(text, &format(align), shaper).lines.into_iter().next()
    };
    // Where what stands at the start of the running head begins.
    let start = if metrics.rtl {
        metrics.left
    } else {
        metrics.left + taken
    };
    if let Some(draft) = &draft {
        number_lines(pages, document, metrics, style, shaper);
        let margin = metrics.top.max(leading * 1.5);
        let whole = ParagraphFormat {
            width: metrics.measure,
            ..format(Align::Start)
        };
        for page in pages.iter_mut().skip(1) {
            if let Some(line) = set_text(draft, &whole, shaper).lines.into_iter().next() {
                paint_line(page, line, metrics.left, margin * 0.55 - leading / 2.0);
            }
        }
    }
    if let Some(running) = &document.running {
        let page_of = &document.labels.page_of;
        return press_release_heads(pages, running, page_of, (metrics, start), style, &one_line);
    }
    let (name, date) = head(document, style, room, shaper);
    let head: Vec<(f64, SetLine)> = [(name, start, Align::Start), (date, metrics.left, Align::End)]
        .iter()
        .filter_map(|(text, left, align)| Some((*left, one_line(text.as_ref()?, *align)?)))
        .collect();
    for (index, page) in pages.iter_mut().enumerate().skip(1) {
        if metrics.top >= NARROW {
            for (left, line) in &head {
                paint_line(page, line.clone(), *left, metrics.top * 0.55 - leading / 2.0);
            }
        }
        let number = document
            .labels
            .page_of
            .replace("{page}", &(index + 1).to_string())
            .replace("{pages}", &count.to_string());
        let text = StyledText::plain(&number, style, Mark::Artifact(Artifact::Footer));
        let margin = metrics.top.max(leading * 1.5);
        let top = metrics.paper_height - margin * 0.5 - leading / 2.0;
        if let Some(line) = one_line(&text, Align::Center) {
            paint_line(page, line, metrics.left, top);
        }
    }
}

/// Numbers the lines of each page in its margin, as many as are set in the text's size, so
/// that those who read a draft can name them. Nobody names the letterhead: the first line below
/// it is the first.
fn number_lines(pages: &mut [Page], document: &Document, metrics: &PageMetrics, style: TextStyle, shaper: Shaper<'_>) {
    let has_head = matches!(document.parts.first(), Some(Part::Letterhead { .. }));
    let width = (metrics.left - style.size).max(style.size);
    let format = ParagraphFormat {
        width,
        first: 0.0,
        rest: 0.0,
        hang_breaks: false,
        align: Align::End,
        break_policy: BreakPolicy::Display,
        hyphenate: false,
        leading: style.size * 1.3,
        rtl: Some(metrics.rtl),
    };
    // The margin in which lines begin, a little off the text.
    let left = match metrics.rtl {
        true => metrics.left + metrics.measure + style.size,
        false => 0.0,
    };
    for (index, page) in pages.iter_mut().enumerate() {
        // Where the letterhead ends: at the first rule across the page.
        let rules = page.items.iter().filter_map(|item| match item {
            Item::Rule { area, .. } if has_head && index == 0 && area.width.0 > metrics.measure - 1.0 => Some(area.y.0),
            _ => None,
        });
        let head = rules.fold(f64::INFINITY, f64::min);
        let head = if head.is_finite() { head } else { 0.0 };
        let mut lines: Vec<f64> = Vec::new();
        for item in &page.items {
            if let Item::Text(run) = item
                && matches!(run.mark, Mark::Content(_))
                && run.size.0 > metrics.size * TEXT
                && run.y.0 > head
                && !lines.iter().any(|line| (line - run.y.0).abs() < style.size / 2.0)
            {
                lines.push(run.y.0);
            }
        }
        lines.sort_by(f64::total_cmp);
        for (number, baseline) in (1..).zip(lines) {
            let number: u32 = number;
            let text = StyledText::plain(&number.to_string(), style, Mark::Artifact(Artifact::Layout));
            if let Some(line) = set_text(&text, &format, shaper).lines.into_iter().next() {
                let top = baseline - line.baseline;
                paint_line(page, line, left, top);
            }
        }
    }
}

/// Smallest size of lines that are numbered, as a part of the text's: the names of the roll and
/// footnotes are smaller.
const TEXT: f64 = 0.95;

/// Adds "-more-" below all pages of a press release but the last, and the slug and the
/// page's number above all but the first.
fn press_release_heads(
    pages: &mut [Page],
    running: &Running,
    page_of: &str,
    (metrics, start): (&PageMetrics, f64),
    style: TextStyle,
    one_line: &dyn Fn(&StyledText, Align) -> Option<SetLine>,
) {
    let count = pages.len();
    let leading = style.size * 1.3;
    let margin = metrics.top.max(leading * 1.5);
    for (index, page) in pages.iter_mut().enumerate() {
        if index > 0 {
            let number = page_of
                .replace("{page}", &(index + 1).to_string())
                .replace("{pages}", &count.to_string());
            let pieces = [
                (running.slug.as_str(), start, Align::Start),
                (&number, metrics.left, Align::End),
            ];
            for (chars, left, align) in pieces {
                let text = StyledText::plain(&self::one_line(chars), style, Mark::Artifact(Artifact::Header));
                if let Some(line) = one_line(&text, align) {
                    paint_line(page, line, left, margin * 0.55 - leading / 2.0);
                }
            }
        }
        if index + 1 < count {
            // It tells an editor to turn the page: it is part of what is read.
            let body = metrics.style(FontStyle::Sans, metrics.size * 0.9);
            let text = StyledText::plain(&running.more, body, Mark::Artifact(Artifact::Footer));
            if let Some(line) = one_line(&text, Align::Center) {
                let top = metrics.paper_height - margin * 0.5 - leading / 2.0;
                paint_line(page, line, metrics.left, top);
            }
        }
    }
}

/// Between name and date at least, in em.
const BETWEEN: f64 = 2.0;

/// Heads of so many words, so many of them without a capital, are prose to
/// checkers of tagged PDF (outloud's rule TAG-002), which then miss them in the
/// text.
const PROSE: (usize, usize) = (8, 4);

/// Returns the running head: who writes to whom of what, and the date. Of what is said at the
/// start, as much stands as has room and is no prose to a checker: first the addressee goes,
/// then words of the subject, then the subject. The date goes if it would cost a part of the
/// name, or leave the name less than half of the line.
fn head(
    document: &Document,
    style: TextStyle,
    width: f64,
    shaper: Shaper<'_>,
) -> (Option<StyledText>, Option<StyledText>) {
    let text = |chars: &str| {
        let text = StyledText::plain(chars, style, Mark::Artifact(Artifact::Header));
        (!text.is_empty()).then_some(text)
    };
    let wide = |chars: &str| text(chars).map_or(0.0, |text| measure(&text, shaper).0);
    let name = one_line(&document.author);
    let mut date = one_line(&document.dateline().unwrap_or_default());
    let aside = wide(&date) + BETWEEN * style.size;
    // A name that has room alone is worth more than the date.
    let crowds = aside > width / 2.0 || (wide(&name) > width - aside && wide(&name) <= width);
    if !name.is_empty() && is_prose(&format!("{name} {date}")) {
        // In digits it is one word: "Coalición por la Vivienda 2024-06-03".
        date = document.date.map(|date| date.to_string()).unwrap_or_default();
    }
    if !name.is_empty() && (crowds || is_prose(&format!("{name} {date}"))) {
        date.clear();
    }
    let room = if date.is_empty() { width } else { width - aside };
    let fits = |chars: &str| wide(chars) <= room && !is_prose(&format!("{chars} {date}"));
    let subject = one_line(document.running_subject());
    let said = titles(&name, &addressee(document), &subject)
        .into_iter()
        .find(|title| fits(title))
        .unwrap_or_else(|| {
            let title = |words: &str| [name.as_str(), words].join(DOT);
            match cut(&subject, |words| fits(&title(words))) {
                words if words.split(' ').count() <= LEAST && fits(&name) => name.clone(),
                words if words.split(' ').count() <= LEAST => cut(&name, fits),
                words if name.is_empty() => words,
                words => title(&words),
            }
        });
    (text(&said), text(&date).filter(|date| measure(date, shaper).0 <= width))
}

/// Between what is said at the start of a running head.
const DOT: &str = " · ";

/// Pieces of a cut subject, the dots counted, that say too little.
const LEAST: usize = 2;

/// Returns what may be said at the start of a running head, the fullest first.
fn titles(name: &str, addressee: &str, subject: &str) -> Vec<String> {
    let join = |pieces: &[&str]| {
        let pieces: Vec<&str> = pieces.iter().copied().filter(|piece| !piece.is_empty()).collect();
        pieces.join(DOT)
    };
    let mut titles = Vec::new();
    if !subject.is_empty() {
        titles.push(join(&[name, addressee, subject]));
        titles.push(join(&[name, subject]));
    }
    titles
}

/// Returns the name of the only addressee.
fn addressee(document: &Document) -> String {
    let blocks = document.parts.iter().find_map(|part| match part {
        Part::Addressees(blocks) => Some(blocks),
        _ => None,
    });
    match blocks.map(Vec::as_slice) {
        Some([lines]) => lines.first().map(|line| one_line(&plain(line))).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Returns a text on one line, however it was typed.
fn one_line(chars: &str) -> String {
    chars.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether a word says little by itself: one of few letters, none of them a capital.
fn is_small(word: &str) -> bool {
    /// Most letters of articles and prepositions, such as "within".
    const LETTERS: usize = 6;
    word.chars().all(char::is_lowercase) && word.chars().count() <= LETTERS
}

/// Returns whether a checker of tagged PDF would take a line for prose.
fn is_prose(chars: &str) -> bool {
    let words = chars.split_whitespace();
    let small = words.clone().filter(|word| word.starts_with(char::is_lowercase));
    words.count() >= PROSE.0 && small.count() >= PROSE.1
}

/// Returns as many of the first words as fit, and dots; nothing if not one does. Small words are
/// not left at the end, where they lead nowhere: "Seven changes ...", not "Seven changes within
/// the ...".
fn cut(chars: &str, fits: impl Fn(&str) -> bool) -> String {
    let mut longest = String::new();
    let mut words = String::new();
    for word in chars.split(' ') {
        words.push_str(word);
        let dotted = format!("{} …", words.trim_end_matches([',', ';', ':', '–', '—', ' ']));
        if !fits(&dotted) {
            break;
        }
        if longest.is_empty() || !is_small(word) {
            longest = dotted;
        }
        words.push(' ');
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_at_a_word() {
        let check = |name: &str, most: usize, expected: &str| {
            assert_eq!(cut(name, |chars: &str| chars.chars().count() <= most), expected);
        };
        check("We Are Home", 10, "We Are …");
        check("We Are Home", 7, "We …");
        check("Unbreakable", 5, "");
        check("Seven changes within the first 100 days", 27, "Seven changes …");
        check("Letter of the Riders", 15, "Letter …");
        check("of the Riders", 9, "of …");
        check("Homes for all: a plan", 17, "Homes for all …");
    }

    #[test]
    fn a_date_that_would_read_as_prose_stands_in_digits() {
        let mut letter = crate::testing::document(Vec::new(), Vec::new());
        "Coalición por la Vivienda".clone_into(&mut letter.author);
        letter.date = "2024-06-03".parse().ok();
        letter.parts = vec![Part::Dateline(crate::testing::text("3 de junio de 2024"))];
        let fonts = crate::layout::Fonts::embedded_only();
        let words = fonts.words.of_language("es");
        let shaper = Shaper {
            fonts: &fonts,
            language: "es",
            words: &words,
        };
        let (_, date) = head(&letter, TextStyle::new(FontStyle::Sans, 8.5), 468.0, shaper);
        assert_eq!(date.map(|date| date.chars).as_deref(), Some("2024-06-03"));
    }

    #[test]
    fn the_fullest_title_comes_first() {
        let found = titles("We Are Home", "Kit Alder", "Seven changes");
        assert_eq!(
            found,
            ["We Are Home · Kit Alder · Seven changes", "We Are Home · Seven changes"]
        );
        assert_eq!(titles("", "", "Seven changes")[0], "Seven changes");
        assert!(titles("We Are Home", "Kit Alder", "").is_empty());
    }

    #[test]
    fn prose_is_many_words_and_small_ones() {
        assert!(is_prose("A letter on the buses that do not run"));
        assert!(!is_prose("Harbor Street Tenants Union March 1, 2026"));
        assert!(!is_prose("a b c d e f g"));
    }
}
