//! What the written file holds, read back.

#![allow(clippy::unwrap_used)]

pub(crate) mod sample;

use super::*;
use sample::letter;

#[test]
fn a_letter_is_written() {
    let bytes = pdf(&letter().pages, &PdfOptions::default()).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
}

#[test]
fn experiment() {
    use crate::layout::frame::{Mark, Role, Structure};
    let mut sample = sample::Sample::new();
    let noto = "/usr/share/fonts/truetype/noto/";
    let lines = [
        (format!("{noto}NotoSerifHebrew-Regular.ttf"), 0, "ארגון זכויות שָׁלוֹם"),
        (
            format!("{noto}NotoNaskhArabic-Regular.ttf"),
            0,
            "الاتحاد من أجل السَّلام والحرية لا",
        ),
        (
            format!("{noto}NotoSansDevanagari-Regular.ttf"),
            0,
            "हिन्दी क्षत्रिय संगठन किताब",
        ),
        (
            "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc".into(),
            3,
            "移民権利联盟 한국 にほん",
        ),
        (format!("{noto}NotoSansThai-Regular.ttf"), 0, "องค์กรเพื่อสิทธิ น้ำ"),
        (format!("{noto}NotoSerifTamil-Regular.ttf"), 0, "கொண்டு தமிழ்"),
    ];
    let root = Structure::ROOT;
    for (at, (path, index, text)) in (0..).zip(&lines) {
        let font = sample.font(path, *index);
        let node = sample.node(root, Role::Paragraph);
        let content = sample.pages.structure.content(node);
        sample.line(font, 72.0, 100.0 + 40.0 * f64::from(at), text, Mark::Content(content));
    }
    let serif = sample.own_font("SourceSerif4-Regular.ttf");
    sample.text(
        root,
        Role::Paragraph,
        serif,
        72.0,
        400.0,
        "office ﬃ a\u{0301}b q\u{0302}x no\u{00A0}break non\u{2011}break soft\u{ad}hyphen",
    );
    let bytes = pdf(&sample.pages, &PdfOptions::default()).unwrap();
    std::fs::write(std::env::temp_dir().join("undersigned-scripts.pdf"), bytes).unwrap();
}
