//! Calls that stop just before they are sent: all the work of the client, without the network.

use std::time::Duration;

use promotekit::middleware::{Attempt, Before, Middleware};
use promotekit::{Client, RateLimit};
use uuid::Uuid;

use crate::peer;

/// The base URL of a server that is never contacted.
pub const NOWHERE: &str = "http://127.0.0.1:9/api/v1";
const KEY: &str = "pk_benchmark_0123456789";
/// Permits return so quickly that only about 200 are in use.
const LIMIT: RateLimit = RateLimit::new(100_000, Duration::from_micros(700));

/// A middleware that stops every request.
struct Stop;

impl Middleware for Stop {
    fn before<'a>(&'a self, _: &'a Attempt, _: &'a mut reqwest::Request) -> Before<'a> {
        Box::pin(std::future::ready(Err("stopped".into())))
    }
}

/// Returns a client that never sends a request and never waits.
///
/// # Panics
/// If the client cannot be built.
pub fn client(limited: bool) -> Client {
    let builder = Client::builder(KEY).base_url(NOWHERE).middleware(Stop);
    let builder = if limited { builder.rate_limit(LIMIT) } else { builder.without_rate_limit() };
    builder.build().expect("a client")
}

/// Makes one call, which the middleware stops.
///
/// # Panics
/// If the call ends in any other way.
pub async fn call(client: &Client, id: Uuid) {
    let stopped = client.commissions().get(id).await;
    assert!(matches!(stopped, Err(promotekit::Error::Middleware { .. })), "{stopped:?}");
}

/// Returns the hand-written client, whose requests are built but not sent.
pub fn by_hand() -> peer::Client {
    peer::Client::new(NOWHERE, KEY)
}
