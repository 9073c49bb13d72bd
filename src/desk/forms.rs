//! What forms carry, and how it is read.
//!
//! In: the body of a POST. Out: its fields as a value, once its token shows that the form
//! is the desk's own. Absent: the state of the file that the form was made from (that is
//! `seen`'s).

use super::error::DeskError;
use super::state::Shared;
use axum::body::{Body, to_bytes};
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest, Request};
use maud::{Markup, html};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The fields of one of the desk's own forms.
#[derive(Debug)]
pub(super) struct Posted<T>(pub(super) T);

/// What every form carries beside its fields.
#[derive(Deserialize)]
struct Carried {
    #[serde(default)]
    token: String,
}

impl<T: DeserializeOwned> FromRequest<Shared> for Posted<T> {
    type Rejection = DeskError;

    async fn from_request(request: Request, desk: &Shared) -> Result<Self, DeskError> {
        let bad = |error: FormRejection| DeskError::BadForm(error.body_text());
        let (head, body) = request.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let again = Request::from_parts(head.clone(), Body::from(bytes.clone()));
        let Form(Carried { token }) = Form::from_request(again, desk).await.map_err(bad)?;
        if !desk.guard.is_own_form(&token) {
            return Err(DeskError::BadForm(
                "this form is from an earlier run of the desk".to_owned(),
            ));
        }
        let Form(fields) = Form::from_request(Request::from_parts(head, Body::from(bytes)), desk)
            .await
            .map_err(bad)?;
        Ok(Self(fields))
    }
}

/// Returns the hidden field that every form has.
pub(super) fn token(desk: &Shared) -> Markup {
    html! { input type="hidden" name="token" value=(desk.guard.form_token()); }
}
