//! Every operation against Prism, for `cargo xtask contract`, which starts it and says where it is.

use std::error::Error;

use libtest_mimic::{Failed, Trial};
use promotekit::Client;
use tests::calls::{CALLS, Call};
use tests::server::{KEY, wait};

/// Names the URL; without it there is no server, and so no case.
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

/// Prism rejects a request that does not fit the document, and sends an example otherwise, which has to decode.
fn decodes(url: &str, call: Call) -> Result<(), Failed> {
    let client = Client::builder(KEY).base_url(url).build()?;
    wait(call(&client)).map(drop).map_err(|error| causes(&error).into())
}

/// An error and what lies below it.
fn causes(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", causes(cause)),
        None => error.to_string(),
    }
}
