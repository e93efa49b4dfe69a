//! Parses the `Retry-After` header: a number of seconds, or a date.

use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, HeaderName, RETRY_AFTER};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// Returns the wait that the response requests.
///
/// A date is compared with the server's clock if the response has a `Date` header, otherwise with the local clock.
pub(crate) fn read(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().map(Duration::from_secs);
    }
    let until = moment(headers, RETRY_AFTER)?;
    let now = moment(headers, DATE).unwrap_or_else(Timestamp::now);
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

fn moment(headers: &HeaderMap, name: HeaderName) -> Option<Timestamp> {
    static PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    PARSER.parse_timestamp(headers.get(name)?.to_str().ok()?.trim()).ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<u64>) {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(text).unwrap());
        headers.insert(DATE, HeaderValue::from_static("Sat, 21 Nov 2026 10:00:00 GMT"));
        assert_eq!(read(&headers), expected.map(Duration::from_secs), "{text}");
    }

    #[test]
    fn seconds_and_dates() {
        check("7", Some(7));
        check(" 0 ", Some(0));
        check("Sat, 21 Nov 2026 10:01:30 GMT", Some(90));
        check("Sat, 21 Nov 2026 09:00:00 GMT", Some(0));
        check("soon", None);
        check("-3", None);
        check("1.5", None);
        check("", None);
        check("99999999999999999999999", None);
        check("Sat, 99 Nov 2026 10:01:30 GMT", None);
        assert_eq!(read(&HeaderMap::new()), None);
    }

    #[test]
    fn without_a_date_header_the_local_clock_is_used() {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static("Tue, 31 Dec 2999 23:59:59 GMT"));
        assert!(read(&headers).is_some_and(|wait| wait > Duration::from_secs(3600)));
    }
}
