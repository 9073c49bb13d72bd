//! The coalition's color, as the desk's accent.
//!
//! In: `[style]` of undersigned.toml. Out: a style sheet that sets the accent; empty where
//! the workspace names no color. Guaranteed: words in the color, and words on it, can be
//! read, in the light and in the dark (WCAG 2.2, 1.4.3).

use crate::desk::error::DeskError;
use crate::desk::state::Shared;
use crate::model::style::{Color, StyleSetting};
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The ground of the rail in the light, on which its words are hardest to read.
const LIGHT: Color = Color([0xe9, 0xe6, 0xdf]);

/// The lightest ground in the dark.
const DARK: Color = Color([0x21, 0x1f, 0x1c]);

/// Returns the route of the style sheet.
pub(in crate::desk) fn routes() -> Router<Shared> {
    Router::new().route(crate::desk::page::ACCENT, get(show))
}

async fn show(State(desk): State<Shared>) -> Result<Response, DeskError> {
    let style = desk.run(|desk| Ok(desk.workspace()?.project.style)).await?;
    Ok(([(header::CONTENT_TYPE, "text/css; charset=utf-8")], sheet(&style)).into_response())
}

/// Returns the style sheet.
fn sheet(style: &StyleSetting) -> String {
    let Some(accent) = style.accent else {
        return String::new();
    };
    // A soft ground lies under words in the accent itself.
    let soft = |color: Color, ground: Color, share: u16| {
        let mixed = |at: usize| {
            let (from, to) = (u16::from(ground.0[at]), u16::from(color.0[at]));
            ((from * (100 - share) + to * share) / 100) as u8
        };
        Color([mixed(0), mixed(1), mixed(2)])
    };
    let light_soft = soft(accent, Color::SHEET, 10);
    let light = accent
        .legible_on(LIGHT, Color::BLACK)
        .legible_on(light_soft, Color::BLACK);
    let dark = style.accent_dark.unwrap_or(accent);
    let dark_soft = soft(dark, DARK, 16);
    let dark = dark.legible_on(DARK, Color::WHITE).legible_on(dark_soft, Color::WHITE);
    let on = |color: Color| match color.contrast(Color::WHITE) >= color.contrast(Color::BLACK) {
        true => Color::WHITE,
        false => Color::BLACK,
    };
    format!(
        ":root {{ --accent: light-dark({light}, {dark}); --on-accent: light-dark({}, {}); \
         --accent-soft: light-dark({light_soft}, {dark_soft}); }}\n",
        on(light),
        on(dark)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::style::LEGIBLE;

    #[test]
    fn every_color_can_be_read() {
        assert_eq!(sheet(&StyleSetting::default()), "");
        for accent in [
            "#ffff00", "#000000", "#ffffff", "#7a2331", "#12c4c4", "#808080", "#ff0000", "#e9e6df",
        ] {
            let style = StyleSetting {
                accent: Color::parse(accent),
                ..StyleSetting::default()
            };
            let sheet = sheet(&style);
            let colors: Vec<Color> = sheet
                .split(['(', ',', ')'])
                .filter_map(|part| Color::parse(part.trim()))
                .collect();
            let [light, dark, on_light, on_dark, light_soft, dark_soft] = colors[..] else {
                panic!("{sheet}")
            };
            for (color, ground) in [
                (light, LIGHT),
                (light, Color::SHEET),
                (light, light_soft),
                (on_light, light),
                (dark, DARK),
                (dark, dark_soft),
                (on_dark, dark),
            ] {
                assert!(color.contrast(ground) >= LEGIBLE, "{accent}: {color} on {ground}");
            }
        }
    }
}
