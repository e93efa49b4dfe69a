//! Calls that end just before they would leave: everything that the client does for a call, and no network.

use std::time::Duration;

use promotekit::middleware::{Attempt, Before, Middleware};
use promotekit::{Client, RateLimit};
use uuid::Uuid;

use crate::peer;

/// The base URL of a server that nobody asks.
pub const NOWHERE: &str = "http://127.0.0.1:9/api/v1";
const KEY: &str = "pk_benchmark_0123456789";
/// Places are free again so soon that about 200 of them are taken.
const LIMIT: RateLimit = RateLimit::new(100_000, Duration::from_micros(700));

/// Stops every request.
struct Stop;

impl Middleware for Stop {
    fn before<'a>(&'a self, _: &'a Attempt, _: &'a mut reqwest::Request) -> Before<'a> {
        Box::pin(std::future::ready(Err("stopped".into())))
    }
}

/// A client that sends nothing and waits for nothing.
///
/// # Panics
/// If it cannot be made.
pub fn client(limited: bool) -> Client {
    let builder = Client::builder(KEY).base_url(NOWHERE).middleware(Stop);
    let builder = if limited { builder.rate_limit(LIMIT) } else { builder.without_rate_limit() };
    builder.build().expect("a client")
}

/// Makes one call.
///
/// # Panics
/// If it does not end as it should.
pub async fn call(client: &Client, id: Uuid) {
    let stopped = client.commissions().get(id).await;
    assert!(matches!(stopped, Err(promotekit::Error::Middleware { .. })), "{stopped:?}");
}

/// The client by hand, whose requests are made and not sent.
pub fn by_hand() -> peer::Client {
    peer::Client::new(NOWHERE, KEY)
}
