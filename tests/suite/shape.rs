//! An error as one line of text, which is what the tables of failures expect.

use promotekit::Error;

/// The operation, the variant and everything that the variant says.
pub(crate) fn shape(error: &Error) -> String {
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
