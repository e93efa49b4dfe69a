//! The API key: held as a secret, shown to nobody but the server.

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// An API key that can be sent as a bearer token.
#[derive(Clone)]
pub(crate) struct ApiKey(SecretString);

impl ApiKey {
    /// Accepts a key that a header can carry, or says what is wrong with it without repeating it.
    pub(crate) fn new(key: SecretString) -> Result<Self, String> {
        let text = key.expose_secret();
        if text.trim().is_empty() {
            return Err("the API key is empty".to_owned());
        }
        if text.trim() != text {
            return Err("the API key has white space around it".to_owned());
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("the API key holds characters other than printable ASCII".to_owned());
        }
        Ok(Self(key))
    }

    /// The value of the `authorization` header, marked sensitive so that nothing prints it.
    pub(crate) fn bearer(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(&format!("Bearer {}", self.0.expose_secret())).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// The key in a text, if it is there, replaced.
    pub(crate) fn scrub(&self, text: &str) -> String {
        text.replace(self.0.expose_secret(), "[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unusable_keys_are_refused_without_being_shown() {
        for key in ["", "   ", " pk_secret", "pk_secret\n", "pk secret", "pk_sécret", "pk_secret\u{0}"] {
            let Err(problem) = ApiKey::new(key.into()) else { panic!("accepted {key:?}") };
            assert!(!problem.contains("secret"), "{problem}");
        }
    }

    #[test]
    fn the_header_is_sensitive() {
        let Ok(key) = ApiKey::new("pk_live_1".into()) else { panic!("refused") };
        let header = key.bearer().unwrap();
        assert_eq!(header, "Bearer pk_live_1");
        assert!(header.is_sensitive());
        assert_eq!(key.scrub("bad key pk_live_1!"), "bad key [redacted]!");
    }
}
