//! Files that a page hands out.
//!
//! In: bytes and a name. Out: an answer that the browser saves and does not show: nothing in it
//! is run or drawn within the desk.

use super::nav::encoded;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// Returns a file that the browser saves and does not show.
pub(super) fn attached(bytes: Vec<u8>, name: &str) -> Response {
    let named = format!("attachment; filename*=UTF-8''{}", encoded(name));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    if let Ok(named) = HeaderValue::try_from(named) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    response
}
