//! What arrived.

use std::fmt;
use std::time::Instant;

use bytes::Bytes;
use http::HeaderMap;

/// A request as it arrived.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recorded {
    /// The operation as the API's documentation names it; `None` if the request is for none.
    pub operation: Option<&'static str>,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path as it was sent.
    pub path: String,
    /// The query as it was sent, without the question mark.
    pub query: Option<String>,
    /// Every header.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// When it had arrived whole.
    pub at: Instant,
    /// The status of the response; `None` if the connection was closed without one.
    pub status: Option<u16>,
}

impl Recorded {
    /// The query as names and values, decoded, in order.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(self.query.as_deref().unwrap_or_default().as_bytes()).into_owned().collect()
    }

    /// The body as JSON, if it is that.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// `POST /api/v1/things?x=1`
impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        self.query.iter().try_for_each(|query| write!(f, "?{query}"))
    }
}

/// How requests differ from what was expected, line by line; `None` if they do not.
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
