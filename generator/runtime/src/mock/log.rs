//! The log of received requests.

use std::fmt;
use std::time::Instant;

use bytes::Bytes;
use http::HeaderMap;

/// A received request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recorded {
    /// The operation id, as in the API's documentation; `None` if no operation matches.
    pub operation: Option<&'static str>,
    /// The HTTP method, such as `GET` or `POST`.
    pub method: String,
    /// The path as received, still percent-encoded.
    pub path: String,
    /// The query as received, still percent-encoded, without the question mark.
    pub query: Option<String>,
    /// All headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The time at which the request was complete.
    pub at: Instant,
    /// The status of the response; `None` if the connection was closed without a response.
    pub status: Option<u16>,
}

impl Recorded {
    /// The decoded names and values of the query, in order.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(self.query.as_deref().unwrap_or_default().as_bytes()).into_owned().collect()
    }

    /// The body as JSON; `None` if it is not JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// Formats the request as `POST /api/v1/things?x=1`.
impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        self.query.iter().try_for_each(|query| write!(f, "?{query}"))
    }
}

/// Returns the difference between expected and actual requests, line by line; `None` if there is none.
pub(crate) fn difference(expected: &[&str], requests: &[Recorded]) -> Option<String> {
    let actual: Vec<_> = requests.iter().map(ToString::to_string).collect();
    if actual == expected {
        return None;
    }
    let lines = (0..expected.len().max(actual.len())).map(|index| match (expected.get(index), actual.get(index)) {
        (Some(expected), Some(actual)) if expected == actual => format!("  {actual}"),
        (expected, actual) => {
            let missing = expected.map(|line| format!("- {line}"));
            let extra = actual.map(|line| format!("+ {line}"));
            [missing, extra].into_iter().flatten().collect::<Vec<_>>().join("\n")
        }
    });
    Some(format!("the requests differ (- expected, + arrived):\n{}", lines.collect::<Vec<_>>().join("\n")))
}
