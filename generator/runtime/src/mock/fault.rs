//! What can go wrong, on demand: for one operation, at chosen calls.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

/// Something that goes wrong with a call.
///
/// The server has not acted when a status, a page or a redirect stands in for its response, or when it closes before acting; otherwise
/// it has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// A failure body with this status, in place of acting.
    Status(u16),
    /// A failure body with this status and a `Retry-After` header, in place of acting.
    RetryLater(u16, RetryAfter),
    /// A page for people with this status, as a proxy makes it, in place of acting.
    Html(u16),
    /// A redirect (307) to this URL, in place of acting.
    Redirect(String),
    /// The connection is closed before the server acts.
    CloseBefore,
    /// The connection is closed after the server has acted, without a response.
    CloseAfter,
    /// Half of the response, then the connection is closed.
    Truncate,
    /// Nothing happens for this long; then the call goes on as usual.
    Delay(Duration),
    /// The response comes in eight pieces, with this pause before each.
    Slow(Duration),
    /// The response is padded with white space to this many bytes.
    Oversized(usize),
    /// The response is padded to this many bytes and sent compressed with gzip, whether the client takes that or not.
    GzipBomb(usize),
    /// Every field that may be null is.
    NullFields,
    /// Every field that may be absent is.
    AbsentFields,
    /// Every object has a field that nobody documents.
    UnknownFields,
    /// Every enumeration has a value that nobody documents.
    UnknownValues,
    /// A new object comes before all others just before the list is cut into pages, so that rows shift by one.
    ShiftRows,
}

/// How long to wait, as the header `Retry-After` says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryAfter {
    /// In seconds.
    Seconds(u64),
    /// As the date and time that many seconds from now.
    DateIn(u64),
}

/// Which calls of an operation a fault is for, counted from when it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Calls {
    /// All of them.
    Every,
    /// The first ones, this many.
    First(usize),
    /// This one alone; the first is 1.
    Nth(usize),
}

/// There is no operation of this name to go wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the API has no operation `{0}`")]
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

/// The faults that are set.
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

    /// What goes wrong with the next call of an operation: the first fault that is for it.
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
