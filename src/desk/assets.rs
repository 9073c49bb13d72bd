//! The style, the script and the fonts, within the program.
//!
//! In: the files of `assets/`. Out: addresses that contain a hash of the bytes, so that a
//! browser keeps them for good. Guaranteed: nothing is read from the disk or from another
//! host. Absent: building or minifying; the files are served as they are.

use super::security::ASSETS;
use crate::model::hex::hex;
use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// A file of the desk.
struct Asset {
    name: &'static str,
    media_type: &'static str,
    bytes: Vec<u8>,
    /// Its address.
    path: String,
}

/// The faces of the desk: family, weight, style, file, bytes.
const FACES: &[(&str, u16, &str, &str, &[u8])] = &[
    (
        "Source Sans 3",
        400,
        "normal",
        "sans-400.ttf",
        include_bytes!("../../assets/fonts/SourceSans3-Regular.ttf"),
    ),
    (
        "Source Sans 3",
        600,
        "normal",
        "sans-600.ttf",
        include_bytes!("../../assets/fonts/SourceSans3-SemiBold.ttf"),
    ),
    (
        "Source Serif 4",
        400,
        "normal",
        "serif-400.ttf",
        include_bytes!("../../assets/fonts/SourceSerif4-Regular.ttf"),
    ),
    (
        "Source Serif 4",
        700,
        "normal",
        "serif-700.ttf",
        include_bytes!("../../assets/fonts/SourceSerif4-Bold.ttf"),
    ),
    (
        "Source Code Pro",
        400,
        "normal",
        "code-400.ttf",
        include_bytes!("../../assets/fonts/SourceCodePro-Regular.ttf"),
    ),
];

/// Returns all files; the style knows the addresses of the fonts.
fn all() -> &'static [Asset] {
    static ALL: OnceLock<Vec<Asset>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut assets = Vec::new();
        let mut style = String::new();
        for (family, weight, slope, name, bytes) in FACES {
            let asset = asset(name, "font/ttf", bytes.to_vec());
            style += &format!(
                "@font-face{{font-family:\"{family}\";font-weight:{weight};font-style:{slope};\
                 font-display:swap;src:url(\"{}\")}}\n",
                asset.path
            );
            assets.push(asset);
        }
        style += include_str!("assets/desk.css");
        style += include_str!("assets/lists.css");
        assets.push(asset("desk.css", "text/css; charset=utf-8", style.into_bytes()));
        let script = include_bytes!("assets/desk.js");
        assets.push(asset("desk.js", "text/javascript; charset=utf-8", script.to_vec()));
        let script = include_bytes!("assets/lists.js");
        assets.push(asset("lists.js", "text/javascript; charset=utf-8", script.to_vec()));
        let mark = include_bytes!("assets/mark.svg");
        assets.push(asset("mark.svg", "image/svg+xml", mark.to_vec()));
        assets
    })
}

fn asset(name: &'static str, media_type: &'static str, bytes: Vec<u8>) -> Asset {
    let hash = hex(&Sha256::digest(&bytes)[..8]);
    Asset {
        name,
        media_type,
        bytes,
        path: format!("{ASSETS}{hash}/{name}"),
    }
}

/// Returns the address of a file of the desk.
pub(super) fn path(name: &str) -> &'static str {
    let asset = all().iter().find(|asset| asset.name == name);
    asset.map_or("", |asset| &asset.path)
}

/// Returns the route of the files.
pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{hash}/{name}", get(serve))
}

async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    let path = format!("{ASSETS}{hash}/{name}");
    match all().iter().find(|asset| asset.path == path) {
        None => (StatusCode::NOT_FOUND, "not found\n").into_response(),
        Some(asset) => {
            let headers = [
                (header::CONTENT_TYPE, asset.media_type),
                (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
            ];
            (headers, &*asset.bytes).into_response()
        }
    }
}
