//! What a particular API asks of its client, as data.

use std::time::Duration;

const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// The facts about an API that the runtime works from; the generator emits one.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Policy {
    /// Where the API answers, without a slash at the end.
    pub base_url: &'static str,
    /// The environment variable that holds the API key.
    pub api_key_variable: &'static str,
    /// The environment variable that may replace the base URL.
    pub base_url_variable: &'static str,
    /// How the API key is sent.
    pub auth: Auth,
    /// Where a failure body says what went wrong.
    pub failure: FailurePointers,
    /// How many requests the API takes in which time.
    pub rate_limit: Option<RateLimit>,
    /// Who asks: this crate, and what it was made from.
    pub user_agent: &'static str,
}

/// How an API key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
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

/// JSON pointers into a failure body.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FailurePointers {
    /// Points at the flag that is `false` in a failure body; empty where the status alone tells.
    pub flag: &'static str,
    /// Points at the text for people.
    pub message: &'static str,
    /// Points at the text for programs.
    pub code: &'static str,
}

/// An allowance of requests in any window of a given length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests fit in the window.
    pub requests: u32,
    /// How long the window is.
    pub window: Duration,
}

impl Policy {
    /// A policy with a bearer token and no rate limit, under the crate's own name.
    pub(crate) const fn new(
        base_url: &'static str,
        api_key_variable: &'static str,
        base_url_variable: &'static str,
        failure: FailurePointers,
    ) -> Self {
        Self {
            base_url,
            api_key_variable,
            base_url_variable,
            auth: Auth::Bearer,
            failure,
            rate_limit: None,
            user_agent: AGENT,
        }
    }

    /// The same policy with another way to send the API key.
    pub(crate) const fn with_auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// The same policy with another user agent, which has to be a legal header.
    pub(crate) const fn with_user_agent(mut self, user_agent: &'static str) -> Self {
        self.user_agent = user_agent;
        self
    }

    /// The same policy with a rate limit.
    pub(crate) const fn with_rate_limit(mut self, requests: u32, window: Duration) -> Self {
        self.rate_limit = Some(RateLimit::new(requests, window));
        self
    }
}

impl RateLimit {
    /// This many requests in any window of this length.
    pub const fn new(requests: u32, window: Duration) -> Self {
        Self { requests, window }
    }
}

impl FailurePointers {
    /// Pointers to the flag, the message and the code.
    pub(crate) const fn at(flag: &'static str, message: &'static str, code: &'static str) -> Self {
        Self { flag, message, code }
    }
}
