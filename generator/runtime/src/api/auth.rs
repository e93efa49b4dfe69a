//! Where an API key is sent: header, query parameter or cookie.

/// Where an API key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// As a bearer token in the `authorization` header.
    Bearer,
    /// As user name and password in the `authorization` header; the key is both, separated by a colon.
    Basic,
    /// In the header with this name.
    Header(&'static str),
    /// In the query parameter with this name.
    Query(&'static str),
    /// In the cookie with this name.
    Cookie(&'static str),
    /// Several keys, each sent in its own way; the key contains all of them in this order, separated by line breaks.
    Together(&'static [Credential]),
    /// No key is sent.
    None,
}

/// One of several API keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The environment variable with this key.
    pub variable: &'static str,
    /// Where this key is sent.
    pub auth: Auth,
}

/// Where a client fetches its tokens with the client credentials grant of OAuth 2.0 (RFC 6749, section 4.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TokenEndpoint {
    /// A URL, or a path of the API's server.
    pub url: &'static str,
    /// The scopes to request, separated by spaces; empty for those that the server chooses.
    pub scopes: &'static str,
    /// Whether requests carry id and secret in the body, not in a header.
    pub in_body: bool,
    /// The environment variable with the client id.
    pub client_id: &'static str,
    /// The environment variable with the client secret.
    pub client_secret: &'static str,
}

impl Auth {
    /// Combines a user name and a key as the API expects: user name and password, or several keys.
    pub fn key(self, user: &str, key: &str) -> String {
        match self {
            Self::Basic => format!("{user}:{key}"),
            Self::Together(parts) => parts.iter().map(|part| part.auth.key(user, key)).collect::<Vec<_>>().join("\n"),
            _ => key.to_owned(),
        }
    }
}
