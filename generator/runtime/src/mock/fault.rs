//! Faults on demand, for chosen calls of one operation.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

/// A fault that the mock server adds to a call.
///
/// With `Status`, `RetryLater`, `Html`, `Redirect` and `CloseBefore`, the server does not process the request. With any
/// other fault it does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// An error response with this status.
    Status(u16),
    /// An error response with this status and a `Retry-After` header.
    RetryLater(u16, RetryAfter),
    /// An HTML page with this status, as a proxy sends it.
    Html(u16),
    /// A redirect (307) to this URL.
    Redirect(String),
    /// The connection is closed before the server processes the request.
    CloseBefore,
    /// The connection is closed after the server has processed the request, without a response.
    CloseAfter,
    /// The connection is closed after half of the response.
    Truncate,
    /// The server waits this long; then it processes the request as usual.
    Delay(Duration),
    /// The response is sent in eight pieces, with this pause before each.
    Slow(Duration),
    /// The response is padded with white space to this many bytes.
    Oversized(usize),
    /// The response is padded to this many bytes and sent with gzip compression, even if the client does not accept it.
    GzipBomb(usize),
    /// Every nullable field is null.
    NullFields,
    /// Every optional field is absent.
    AbsentFields,
    /// Every object has an undocumented field.
    UnknownFields,
    /// Every enumeration has an undocumented value.
    UnknownValues,
    /// A new object is inserted at the start of the list just before the page is read, so rows shift by one.
    ShiftRows,
}

/// The value of the `Retry-After` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryAfter {
    /// A number of seconds.
    Seconds(u64),
    /// The date this many seconds from now.
    DateIn(u64),
}

/// The calls of an operation with a fault, counted from the time it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Calls {
    /// All calls.
    Every,
    /// The first calls, this many.
    First(usize),
    /// Only the call with this number; the first is 1.
    Nth(usize),
}

/// The API has no operation with this id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown operation `{0}`")]
pub struct UnknownOperation(pub(crate) String);

impl RetryAfter {
    pub(crate) fn header(self) -> String {
        match self {
            Self::Seconds(seconds) => seconds.to_string(),
            Self::DateIn(seconds) => {
                let at = Timestamp::now().checked_add(Duration::from_secs(seconds)).unwrap_or(Timestamp::MAX);
                DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
            }
        }
    }
}

impl Calls {
    fn include(self, number: usize) -> bool {
        match self {
            Self::Every => true,
            Self::First(count) => number <= count,
            Self::Nth(one) => number == one,
        }
    }
}

/// All faults that are set.
#[derive(Default)]
pub(crate) struct Faults {
    set: Vec<Planned>,
}

struct Planned {
    operation: &'static str,
    calls: Calls,
    fault: Fault,
    seen: usize,
}

impl Faults {
    pub(crate) fn set(&mut self, operation: &'static str, calls: Calls, fault: Fault) {
        self.set.push(Planned { operation, calls, fault, seen: 0 });
    }

    pub(crate) fn clear(&mut self) {
        self.set.clear();
    }

    /// Returns the fault of an operation's next call: the first one set for it.
    pub(crate) fn next(&mut self, operation: &str) -> Option<Fault> {
        let mut found = None;
        for planned in self.set.iter_mut().filter(|planned| planned.operation == operation) {
            planned.seen += 1;
            if planned.calls.include(planned.seen) {
                found = found.or_else(|| Some(planned.fault.clone()));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_counted_by_operation() {
        let mut faults = Faults::default();
        faults.set("a", Calls::Nth(2), Fault::CloseAfter);
        faults.set("a", Calls::First(3), Fault::Status(500));
        faults.set("b", Calls::Every, Fault::CloseBefore);
        let of_a: Vec<_> = (0..4).map(|_| faults.next("a")).collect();
        assert_eq!(of_a, [Some(Fault::Status(500)), Some(Fault::CloseAfter), Some(Fault::Status(500)), None]);
        assert_eq!(faults.next("b"), Some(Fault::CloseBefore));
        assert_eq!(faults.next("c"), None);
        faults.clear();
        assert_eq!(faults.next("b"), None);
    }

    #[test]
    fn dates_are_those_of_http() {
        assert_eq!(RetryAfter::Seconds(2).header(), "2");
        let date = RetryAfter::DateIn(2).header();
        assert!(date.ends_with(" GMT") && date.len() == 29, "{date}");
    }
}
