//! The part of an address behind the question mark: what a page shows.
//!
//! In: the fields of an address. Out: addresses of the same page with one of them changed.
//! Guaranteed: fields keep their order; a field without a value is left out; the number of
//! a message is never carried on.

use super::error::DeskError;
use super::nav::encoded;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// The fields of an address, as a value.
#[derive(Debug)]
pub(super) struct InAddress<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for InAddress<T> {
    type Rejection = DeskError;

    async fn from_request_parts(head: &mut Parts, state: &S) -> Result<Self, DeskError> {
        let read = Query::from_request_parts(head, state).await;
        let Query(fields) = read.map_err(|error| DeskError::BadAddress(error.body_text()))?;
        Ok(Self(fields))
    }
}

/// The parts of an address that name something.
#[derive(Debug)]
pub(super) struct InPath<T>(pub(super) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for InPath<T> {
    type Rejection = DeskError;

    async fn from_request_parts(head: &mut Parts, state: &S) -> Result<Self, DeskError> {
        let read = Path::from_request_parts(head, state).await;
        let Path(parts) = read.map_err(|_| DeskError::NotFound("page at this address".to_owned()))?;
        Ok(Self(parts))
    }
}

/// The fields of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Takes the fields of an address.
    pub(super) fn new(mut fields: BTreeMap<String, String>) -> Self {
        fields.remove("said");
        fields.retain(|_, value| !value.is_empty());
        Self(fields)
    }

    /// Returns a field, if it has a value.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Returns all fields.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Returns the fields with one changed; an empty value takes it away.
    pub(super) fn with(&self, name: &str, value: &str) -> Self {
        let mut fields = self.0.clone();
        fields.insert(name.to_owned(), value.to_owned());
        Self::new(fields)
    }

    /// Returns the address of a page with these fields.
    pub(super) fn address(&self, path: &str) -> String {
        let pairs = self
            .all()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        match pairs.collect::<Vec<_>>().join("&") {
            fields if fields.is_empty() => path.to_owned(),
            fields => format!("{path}?{fields}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_fields_and_drops_empty_ones() {
        let fields = [("said", "3"), ("q", "a&b=c"), ("state", "")];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let fields = Fields::new(fields.into());
        assert_eq!(fields.address("/roll"), "/roll?q=a%26b%3Dc");
        assert_eq!(fields.with("q", "").address("/roll"), "/roll");
        assert_eq!(fields.with("row", "7").get("row"), Some("7"));
    }
}
