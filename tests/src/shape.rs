//! Formats errors as single lines, as the tables of errors expect them.

use promotekit::Error;

use crate::discreet;

/// Returns the operation, the variant and its fields.
pub fn shape(error: &Error) -> String {
    match error {
        Error::Api { operation, status, kind, code, message, .. } => {
            let code = code.as_deref().unwrap_or("-");
            format!("{operation}: Api {} {kind:?} {code}: {message}", status.as_u16())
        }
        Error::RateLimited { operation, retry_after, message, .. } => {
            format!("{operation}: RateLimited {retry_after:?}: {message}")
        }
        Error::Decode { operation, status, json_path, reason, .. } => {
            format!("{operation}: Decode {} {json_path}: {reason}", status.as_u16())
        }
        Error::ResponseTooLarge { operation, status, limit, .. } => {
            format!("{operation}: ResponseTooLarge {} {limit}", status.as_u16())
        }
        Error::OutcomeUnknown { operation, source, .. } => {
            format!("{operation}: OutcomeUnknown from {}", shape(source))
        }
        Error::Connect { operation, .. } => format!("{operation}: Connect"),
        Error::Disconnected { operation, .. } => format!("{operation}: Disconnected"),
        Error::Timeout { operation, after, .. } => format!("{operation}: Timeout {after:?}"),
        other => format!("{other:?}"),
    }
}

/// Returns the path and rule of every violation of a request that was not sent.
#[track_caller]
pub fn violations(error: &Error) -> Vec<(&str, &str)> {
    discreet::check(error);
    assert!(!error.request_sent() && !error.is_retryable(), "{error}");
    let Error::InvalidRequest { violations, .. } = error else { panic!("{error:?}") };
    violations.iter().map(|found| (found.path.as_str(), found.rule.as_str())).collect()
}
