//! A stand-in for the API that runs in your tests.
//!
//! ```
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use promotekit::mock;
//! use promotekit::{Affiliate, CreateReferral};
//! use serde_json::json;
//!
//! let server = mock::start()?;
//! let ada: Affiliate = server.seed(json!({"email": "ada@example.com"}))?;
//! let client = server.client()?;
//! let made = client.referrals().create(CreateReferral::new(ada.id, "grace@example.com")).await?;
//! assert_eq!(client.referrals().list().affiliate_id(ada.id).await?.items, [made]);
//! assert_eq!(server.requests_for("create_referral").len(), 1);
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run()).unwrap();
//! ```

use crate::generated::mock::TABLE;
pub use crate::runtime::mock::{
    Answer, Calls, Fault, Recorded, RetryAfter, Seed, SeedError, Server, ServerBuilder, UnknownOperation,
};

/// Starts a server on a free port of this machine, with the API's own rate limit.
pub fn start() -> std::io::Result<Server> {
    builder().start()
}

/// Begins a server.
pub fn builder() -> ServerBuilder {
    ServerBuilder::new(&TABLE)
}

/// A body as the API sends it to webhooks, for each event by its name; for tests of your endpoint.
pub const SAMPLE_EVENTS: &[(&str, &str)] = TABLE.events;

/// The body of one event.
pub fn sample_event(name: &str) -> Option<&'static str> {
    SAMPLE_EVENTS.iter().find(|(event, _)| *event == name).map(|(_, body)| *body)
}
