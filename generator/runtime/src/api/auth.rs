//! How an API key is sent.

/// How an API key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// As a bearer token in the `authorization` header.
    Bearer,
    /// As a user name and a password in the `authorization` header; the key is both with a colon in between.
    Basic,
    /// As the header of this name.
    Header(&'static str),
    /// As the query parameter of this name.
    Query(&'static str),
    /// As the cookie of this name.
    Cookie(&'static str),
    /// As several keys, each in its way; the key is all of them in this order, with line ends in between.
    Together(&'static [Credential]),
    /// Not at all.
    None,
}

/// One of several API keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The environment variable that holds it.
    pub variable: &'static str,
    /// How it is sent.
    pub auth: Auth,
}

impl Auth {
    /// What a key looks like: a user name before it, and several keys, where the API wants that.
    pub fn key(self, user: &str, key: &str) -> String {
        match self {
            Self::Basic => format!("{user}:{key}"),
            Self::Together(parts) => parts.iter().map(|part| part.auth.key(user, key)).collect::<Vec<_>>().join("\n"),
            _ => key.to_owned(),
        }
    }
}
