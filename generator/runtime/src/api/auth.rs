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
    /// Not at all.
    None,
}
