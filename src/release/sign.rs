//! Signatures of a manifest, in minisign's format.
//!
//! In: bytes, keys as text. Out: a signature as text, or whether one holds. Guaranteed:
//! what is signed here the `minisign` tool verifies, and the other way round; the trusted
//! comment bears no clock. Absent: asking for passwords and reading files.

use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKeyBox, SignatureBox};
use std::io::Cursor;

/// A pair of keys, as the texts of their files.
#[derive(Clone, Debug)]
pub struct NewKeys {
    /// To be published.
    pub public: String,
    /// To be kept.
    pub secret: String,
}

/// Why signing or verifying failed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The text is no key, or the password is wrong.
    #[error("it is no usable minisign key: {0}")]
    Key(String),
    /// The text is no signature.
    #[error("it is no minisign signature: {0}")]
    Signature(String),
    /// The signature is of other bytes or by another key.
    #[error("the signature does not hold: {0}")]
    Holds(String),
    /// Signing failed.
    #[error("cannot sign: {0}")]
    Sign(String),
}

/// Makes a pair of keys. An empty password leaves the secret key unprotected.
pub fn new_keys(password: &str) -> Result<NewKeys, SignError> {
    let failed = |error: minisign::PError| SignError::Sign(error.to_string());
    let pair = match password {
        "" => KeyPair::generate_unencrypted_keypair(),
        password => KeyPair::generate_encrypted_keypair(Some(password.to_owned())),
    };
    let pair = pair.map_err(failed)?;
    Ok(NewKeys {
        public: pair.pk.to_box().map_err(failed)?.into_string(),
        secret: pair.sk.to_box(None).map_err(failed)?.into_string(),
    })
}

/// Whether a secret key needs a password.
pub fn needs_password(secret: &str) -> bool {
    SecretKeyBox::from_string(secret)
        .and_then(SecretKeyBox::into_unencrypted_secret_key)
        .is_err()
}

/// Signs bytes. `comment` is signed with them.
pub fn sign(bytes: &[u8], secret: &str, password: Option<&str>, comment: &str) -> Result<String, SignError> {
    let bad = |error: minisign::PError| SignError::Key(error.to_string());
    let key = SecretKeyBox::from_string(secret).map_err(bad)?;
    let key = match password {
        // The library would ask at the terminal by itself where there is no password.
        Some(password) => key.into_secret_key(Some(password.to_owned())),
        None => key.into_unencrypted_secret_key(),
    };
    let key = key.map_err(bad)?;
    let untrusted = Some("signature of a release by undersigned");
    minisign::sign(None, &key, Cursor::new(bytes), Some(comment), untrusted)
        .map(SignatureBox::into_string)
        .map_err(|error| SignError::Sign(error.to_string()))
}

/// Verifies a signature; returns its trusted comment. `public` is the text of a key's
/// file, or the key itself in base 64.
pub fn verify(bytes: &[u8], signature: &str, public: &str) -> Result<String, SignError> {
    let bad = |error: minisign::PError| SignError::Key(error.to_string());
    let public = public.trim();
    let key = match public.contains('\n') {
        true => PublicKeyBox::from_string(public).and_then(PublicKey::from_box),
        false => PublicKey::from_base64(public),
    };
    let key = key.map_err(bad)?;
    let unsound = |error: minisign::PError| SignError::Signature(error.to_string());
    let signature = SignatureBox::from_string(signature).map_err(unsound)?;
    minisign::verify(&key, &signature, Cursor::new(bytes), true, false, false)
        .map_err(|error| SignError::Holds(error.to_string()))?;
    signature.trusted_comment().map_err(unsound)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn signatures_hold_for_their_bytes_and_key_only() {
        let (keys, other) = (new_keys("").unwrap(), new_keys("").unwrap());
        assert!(!needs_password(&keys.secret));
        let signature = sign(b"manifest", &keys.secret, None, "a 1").unwrap();
        assert_eq!(verify(b"manifest", &signature, &keys.public).unwrap(), "a 1");
        let bare = keys.public.lines().nth(1).unwrap();
        assert_eq!(verify(b"manifest", &signature, bare).unwrap(), "a 1");
        assert!(matches!(
            verify(b"Manifest", &signature, &keys.public),
            Err(SignError::Holds(_))
        ));
        assert!(matches!(
            verify(b"manifest", &signature, &other.public),
            Err(SignError::Holds(_))
        ));
        let forged = signature.replace("a 1", "a 2");
        assert!(verify(b"manifest", &forged, &keys.public).is_err());
        assert!(matches!(
            verify(b"manifest", "x", &keys.public),
            Err(SignError::Signature(_))
        ));
        assert!(matches!(verify(b"manifest", &signature, "x"), Err(SignError::Key(_))));
        assert!(needs_password("x"));
        assert!(matches!(sign(b"x", "x", None, ""), Err(SignError::Key(_))));
    }
}
