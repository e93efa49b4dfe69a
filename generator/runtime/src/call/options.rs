//! Options of a single call. Options that are not set come from the client.

use std::fmt;
use std::time::Duration;

use http::header::{AUTHORIZATION, CONTENT_LENGTH, COOKIE, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::error::Error;
use crate::paging::CursorPosition;
use crate::values::check::Checks;

/// Headers that the pipeline or the transport sets.
const TAKEN: [HeaderName; 4] = [AUTHORIZATION, HOST, CONTENT_LENGTH, TRANSFER_ENCODING];

/// The options that a request value collects before it is sent.
#[derive(Clone, Default)]
pub struct CallOptions {
    /// The maximum time of one attempt.
    #[doc(hidden)]
    pub timeout: Option<Duration>,
    /// The maximum time of the call, with all attempts and waits.
    #[doc(hidden)]
    pub deadline: Option<Duration>,
    /// The maximum number of retries.
    #[doc(hidden)]
    pub max_retries: Option<u32>,
    /// Whether a row with a type mismatch is kept separately; otherwise its page is an error.
    pub(crate) lenient_rows: bool,
    /// Whether the body of a success response is read piece by piece.
    pub(crate) streams: bool,
    /// The value of the `accept` header, if it is not that of the operation.
    pub(crate) accept: Option<&'static str>,
    /// The page to request, in a list without page numbers.
    pub(crate) start: Option<CursorPosition>,
    headers: Vec<(String, String)>,
    query: Vec<(String, String)>,
}

impl CallOptions {
    #[doc(hidden)]
    pub fn header(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.headers.push((name.into(), value.into()));
    }

    /// Adds a header, unless it is set.
    pub(crate) fn default_header(&mut self, name: &str, value: impl FnOnce() -> String) {
        if !self.headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
            self.header(name, value());
        }
    }

    /// Adds a cookie.
    pub(crate) fn cookie(&mut self, name: &str, value: &str) {
        let pair = format!("{name}={value}");
        match self.headers.iter_mut().find(|(name, _)| name == COOKIE.as_str()) {
            Some((_, cookies)) => *cookies = format!("{cookies}; {pair}"),
            None => self.header(COOKIE.as_str(), pair),
        }
    }

    #[doc(hidden)]
    pub fn query(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.query.push((name.into(), value.into()));
    }

    /// The names of the undocumented query parameters.
    pub(crate) fn query_names(&self) -> impl Iterator<Item = &str> {
        self.query.iter().map(|(name, _)| name.as_str())
    }

    /// Returns an error if there are violations or unusable options. It names headers, but never quotes their values.
    pub(crate) fn finish(&self, mut checks: Checks) -> Result<(), Error> {
        for (name, time) in [("timeout", self.timeout), ("deadline", self.deadline)] {
            if time.is_some_and(|time| time.is_zero()) {
                checks.report(name, "must be greater than zero");
            }
        }
        for (name, rule) in self.invalid_headers() {
            checks.report(name, rule);
        }
        checks.finish()
    }

    /// Lists the invalid headers, each with the violated rule.
    pub(crate) fn invalid_headers(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.headers.iter().filter_map(|(name, value)| {
            let Ok(known) = HeaderName::try_from(name) else {
                return Some(("extra_header", "must be a valid header name"));
            };
            if TAKEN.contains(&known) {
                return Some((name, "is set by the client"));
            }
            HeaderValue::try_from(value).is_err().then_some((name, "must contain only printable ASCII characters"))
        })
    }

    /// Adds headers and query parameters to a request.
    pub(crate) fn apply(&self, request: &mut reqwest::Request) {
        if !self.query.is_empty() {
            request.url_mut().query_pairs_mut().extend_pairs(&self.query);
        }
        if !self.headers.is_empty() {
            request.headers_mut().extend(self.headers());
        }
    }

    /// Returns the headers; they have been validated before.
    fn headers(&self) -> HeaderMap {
        let valid = |(name, value): &(String, String)| {
            Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?))
        };
        self.headers.iter().filter_map(valid).collect()
    }
}

/// Prints no header and no query parameter: they may be secret or personal data.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("max_retries", &self.max_retries)
            .finish_non_exhaustive()
    }
}
