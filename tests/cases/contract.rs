//! Every operation against Prism. `cargo xtask contract` starts Prism and sets its URL.

use std::error::Error;

use libtest_mimic::{Failed, Trial};
use promotekit::Client;
use tests::calls::{CALLS, Call};
use tests::server::{KEY, wait};

/// The variable with Prism's URL; there are no cases without it.
const VARIABLE: &str = "CONTRACT_PRISM_URL";

pub(crate) fn cases() -> Vec<Trial> {
    let Ok(url) = std::env::var(VARIABLE) else { return Vec::new() };
    CALLS
        .iter()
        .map(|(operation, call)| {
            let url = url.clone();
            Trial::test(format!("contract::prism::{operation}"), move || decodes(&url, *call))
        })
        .collect()
}

/// Prism rejects requests that do not match the document. For all others it sends an example, which must deserialize.
fn decodes(url: &str, call: Call) -> Result<(), Failed> {
    let client = Client::builder(KEY).base_url(url).build()?;
    wait(call(&client)).map(drop).map_err(|error| causes(&error).into())
}

/// Formats an error with all its causes.
fn causes(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", causes(cause)),
        None => error.to_string(),
    }
}
