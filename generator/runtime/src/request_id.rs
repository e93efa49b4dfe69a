//! Finds the request id assigned by the server in response headers.

use http::HeaderMap;

/// Headers with a request id, the most specific first.
const NAMES: [&str; 8] = [
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-trace-id",
    "cf-ray",
];

/// Returns the first readable id.
pub(crate) fn find(headers: &HeaderMap) -> Option<&str> {
    let mut found = NAMES.iter().filter_map(|name| headers.get(*name)?.to_str().ok());
    found.find(|id| !id.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_can_be_read() {
        for (headers, expected) in [
            (&[("x-request-id", "a"), ("cf-ray", "b")][..], Some("a")),
            (&[("cf-ray", "b"), ("x-amzn-requestid", "c")], Some("c")),
            (&[("X-Request-Id", " "), ("request-id", "d")], Some("d")),
            (&[("x-request-id", "\u{e9}"), ("x-trace-id", "e")], Some("e")),
            (&[("x-request", "f")], None),
            (&[], None),
        ] {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.insert(http::HeaderName::try_from(*name).unwrap(), http::HeaderValue::try_from(*value).unwrap());
            }
            assert_eq!(find(&map), expected, "{headers:?}");
        }
    }
}
