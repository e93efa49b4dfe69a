//! Finds the header that identifies a request, so that the API processes it only once.

use crate::config::Config;

/// The header of the IETF draft, and its older name.
const KNOWN: [&str; 2] = ["Idempotency-Key", "X-Idempotency-Key"];

/// Whether this header holds the key of a request.
pub(crate) fn is_key(config: &Config, header: &str) -> bool {
    let own = config.idempotency.as_ref().map(|idempotency| idempotency.header.get_ref().as_str());
    own.into_iter().chain(KNOWN).any(|known| known.eq_ignore_ascii_case(header))
}

/// Returns the header that the settings add to an operation.
pub(crate) fn added<'c>(config: &'c Config, method: &str, id: &str) -> Option<&'c str> {
    let idempotency = config.idempotency.as_ref()?;
    let applies = match &idempotency.operations {
        Some(operations) => operations.iter().any(|operation| operation.get_ref() == id),
        None => method == "post",
    };
    applies.then_some(idempotency.header.get_ref())
}
