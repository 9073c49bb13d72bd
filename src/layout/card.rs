//! Sets the picture that stands for a document in posts and messages.
//!
//! In: a [`CardText`], the look and colors, and the [`Fonts`]. Out: [`Pages`] of one page, a
//! point for each pixel. Guaranteed: all lines stand within the page; what is too long at the
//! smallest size is cut at a word and ends in an ellipsis. Absent: pixels (those are `emit`'s),
//! the words for those who do not see it.

use super::frame::{Artifact, Item, Mark, Metadata, Page, Pages, Rect};
use super::number_fonts::number_fonts;
use super::page::paint::paint_line;
use super::page_metrics::{PageMetrics, QUIET};
use super::paragraph::format::{Align, BreakPolicy, ParagraphFormat};
use super::paragraph::line::SetLine;
use super::paragraph::set_text;
use super::text::font_style::FontStyle;
use super::text::fonts::Fonts;
use super::text::shape::Shaper;
use super::text::styled_text::{StyledText, TextStyle};
use crate::compose::document::{CARD_SIZE, CardText};
use crate::model::letter::PageSetting;
use crate::model::style::{Color, StyleSetting};
use crate::model::units::Pt;

/// Space around the text. Sites cut up to an eighth of the width off, or round the corners.
const MARGIN: f64 = 84.0;

/// Width of the bar in the coalition's color, at the side where reading begins.
const BAR: f64 = 28.0;

/// Sizes of the headline, largest first. A post shows the picture at a third of its width, so
/// that the smallest is read as 13 pixels.
const SIZES: [f64; 7] = [84.0, 74.0, 66.0, 58.0, 52.0, 46.0, 40.0];

/// Size of the sender's name.
const SENDER: f64 = 38.0;

/// Size of the number of signatories.
const COUNT: f64 = 46.0;

/// Most lines of the sender's name.
const SENDER_LINES: usize = 2;

/// Sets the picture.
pub fn card(text: &CardText, style: &StyleSetting, language: &str, fonts: &Fonts) -> Pages {
    let words = fonts.words.of_language(language);
    let shaper = Shaper {
        fonts,
        language,
        words: &words,
    };
    let metrics = PageMetrics::new(&PageSetting::default(), style, shaper.is_rtl());
    let (width, height) = (f64::from(CARD_SIZE.0), f64::from(CARD_SIZE.1));
    let mut page = Page {
        width: Pt(width),
        height: Pt(height),
        ..Page::default()
    };
    let bar = if metrics.rtl { width - BAR } else { 0.0 };
    fill(&mut page, (0.0, 0.0, width, height), Color::WHITE);
    fill(&mut page, (bar, 0.0, BAR, height), metrics.accent());

    let measure = width - 2.0 * MARGIN;
    let mark = Mark::Artifact(Artifact::Layout);
    let lines = |chars: &str, style: TextStyle| -> Vec<SetLine> {
        let format = ParagraphFormat {
            width: measure,
            first: 0.0,
            rest: 0.0,
            hang_breaks: false,
            align: Align::Start,
            break_policy: BreakPolicy::Display,
            hyphenate: false,
            leading: style.size * 1.16,
            rtl: Some(metrics.rtl),
        };
        set_text(&StyledText::plain(chars, style, mark), &format, shaper).lines
    };
    let style = |font_style, size| metrics.style(font_style, size);
    let paint = |page: &mut Page, lines: Vec<SetLine>, mut top: f64| {
        for line in lines {
            let height = line.height;
            paint_line(page, line, MARGIN, top);
            top += height;
        }
    };

    let sender = style(FontStyle::SansBold, SENDER).color(metrics.sender());
    let sender = shortened(&text.sender, |_| true, SENDER_LINES, |chars| lines(chars, sender));
    let count = style(FontStyle::SansBold, COUNT).color(metrics.accent());
    let count = shortened(&text.count, |_| true, 1, |chars| lines(chars, count));
    let (top, foot) = (MARGIN + tall(&sender), height - MARGIN - tall(&count));
    let gap = SENDER * 0.7;
    let room = foot - top - 2.0 * gap;

    let headline = |size| style(FontStyle::SerifBold, size);
    let fits = |lines: &[SetLine]| tall(lines) <= room && lines.iter().all(|line| line.right <= measure + 1.0);
    let whole = SIZES
        .iter()
        .map(|&size| lines(&text.headline, headline(size)))
        .find(|lines| fits(lines));
    let headline = whole.unwrap_or_else(|| {
        let smallest = headline(SIZES[SIZES.len() - 1]);
        shortened(&text.headline, fits, usize::MAX, |chars| lines(chars, smallest))
    });
    paint(&mut page, sender, MARGIN);
    paint(&mut page, headline, top + gap);
    if !count.is_empty() {
        fill(&mut page, (MARGIN, foot - gap * 0.6, measure, 1.5), QUIET);
    }
    paint(&mut page, count, foot);
    let mut pages = vec![page];
    let fonts = number_fonts(&mut pages, fonts);
    Pages {
        metadata: Metadata {
            title: text.headline.clone(),
            author: text.sender.clone(),
            language: language.to_owned(),
            ..Metadata::default()
        },
        pages,
        fonts,
        ..Pages::default()
    }
}

/// Returns the height of lines.
fn tall(lines: &[SetLine]) -> f64 {
    lines.iter().map(|line| line.height).sum()
}

/// Fills a rectangle: left, top, width, height.
fn fill(page: &mut Page, (x, y, width, height): (f64, f64, f64, f64), color: Color) {
    page.items.push(Item::Rule {
        area: Rect {
            x: Pt(x),
            y: Pt(y),
            width: Pt(width),
            height: Pt(height),
        },
        color,
        mark: Mark::Artifact(Artifact::Layout),
    });
}

/// Returns the lines of a text, of which words at the end are left out until it has room.
fn shortened(
    chars: &str,
    fits: impl Fn(&[SetLine]) -> bool,
    most: usize,
    lines: impl Fn(&str) -> Vec<SetLine>,
) -> Vec<SetLine> {
    let has_room = |lines: &[SetLine]| lines.len() <= most && fits(lines);
    let words: Vec<&str> = chars.split_whitespace().take(MOST_WORDS).collect();
    let whole = lines(chars);
    if words.is_empty() || has_room(&whole) {
        return whole;
    }
    // The more words, the more lines: the longest beginning that has room is found by halves.
    let cut = |count: usize| {
        lines(&format!(
            "{}…",
            words[..count].join(" ").trim_end_matches([',', ';', ':', '.'])
        ))
    };
    let (mut least, mut most_words) = (1, words.len());
    while least < most_words {
        let middle = (least + most_words).div_ceil(2);
        match has_room(&cut(middle)) {
            true => least = middle,
            false => most_words = middle - 1,
        }
    }
    let mut kept = cut(least);
    // One word that is longer than the picture loses its end.
    while kept.len() > 1 && !has_room(&kept) {
        kept.pop();
    }
    kept
}

/// Most words that are looked at: far more than have room.
const MOST_WORDS: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::style::Look;

    /// Returns the printed text of a card, a line each, after holding all to the page.
    fn check(headline: &str, sender: &str, count: &str, look: Look, language: &str) -> Vec<String> {
        let text = CardText {
            headline: headline.to_owned(),
            sender: sender.to_owned(),
            count: count.to_owned(),
        };
        let style = StyleSetting {
            look,
            ..StyleSetting::default()
        };
        let pages = card(&text, &style, language, &Fonts::embedded_only());
        assert_eq!(pages.pages.len(), 1);
        let mut found: Vec<(i64, String)> = Vec::new();
        for item in &pages.pages[0].items {
            let Item::Text(run) = item else { continue };
            let advance: f64 = run.glyphs.iter().map(|glyph| f64::from(glyph.advance)).sum();
            let right = run.x.0 + advance * run.size.0 / 1000.0;
            let printed = run.text.trim_end();
            if !printed.is_empty() {
                assert!(run.x.0 >= MARGIN - 5.0 && right <= 1200.0 - BAR, "{printed}: {right}");
                assert!(run.y.0 >= MARGIN && run.y.0 <= 630.0 - MARGIN, "{printed}: {}", run.y.0);
            }
            let baseline = run.y.0.round() as i64;
            match found.last_mut() {
                Some((last, line)) if *last == baseline => line.push_str(&run.text),
                _ => found.push((baseline, run.text.to_string())),
            }
        }
        found.into_iter().map(|(_, line)| line.trim().to_owned()).collect()
    }

    #[test]
    fn every_line_has_room_whatever_is_said() {
        let long = "An extraordinarily long title about the harms of detention ".repeat(20);
        let word = "Straßenbahnhaltestellenüberdachungsverordnung".repeat(6);
        for look in [Look::Classic, Look::Modern, Look::Plain] {
            assert_eq!(
                check("Keep it open", "We Are Home", "102 signatories", look, "en-US"),
                ["We Are Home", "Keep it open", "102 signatories"]
            );
            for headline in [&long, &word, &"字".repeat(300), "", "\u{202e}x\n\n\ty"] {
                check(headline, &long, &long, look, "en-US");
            }
            check("حافظوا على المكتبة مفتوحة", "نحن هنا", "102", look, "ar");
        }
    }

    #[test]
    fn what_is_cut_ends_in_an_ellipsis_and_the_rest_is_whole_words() {
        let long = "one two three four ".repeat(60);
        let lines = check(&long, "", "", Look::Classic, "en-US");
        let all = lines.join(" ");
        assert!(all.ends_with('…') && all.len() > 100, "{all}");
        let words = all.trim_end_matches('…').split_whitespace();
        assert!(
            words.zip(long.split_whitespace()).all(|(cut, word)| cut == word),
            "{all}"
        );
    }
}
