//! A typed, async client for the PromoteKit API.
//!
//! PromoteKit runs affiliate programs on top of Stripe: affiliates, campaigns, referrals, commissions and payouts.
//! This crate is generated from a hand-kept OpenAPI document and is not made by PromoteKit.
//!
//! ```no_run
//! # async fn run() -> Result<(), promotekit::Error> {
//! use promotekit::{Client, SubscriptionStatus};
//!
//! let client = Client::from_env()?; // PROMOTEKIT_API_KEY
//! let page = client.referrals().list().subscription_status([SubscriptionStatus::Active]).limit(100).await?;
//! for referral in &page {
//!     println!("{} signed up {:?}", referral.id, referral.signup_date);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Calls
//! Every operation is a method of a resource ([`Client::affiliates`], [`Client::campaigns`], …). It returns a request
//! value: setters add what is optional, and awaiting it sends it. Before that it takes options for this call alone
//! (`timeout`, `deadline`, `max_retries`, `extra_header`, `extra_query`), and `with_response` asks for the [`Reply`] around
//! the value. [`Client::request`] calls endpoints that the documentation does not know.
//!
//! # Lists
//! Awaiting a list gives a [`Page`]; `pages` and `stream` read all of it, as [`Pages`] and [`Rows`].
//!
//! ```no_run
//! # async fn run(client: promotekit::Client) -> Result<(), promotekit::Error> {
//! let mut rows = client.commissions().list().stream();
//! while let Some(commission) = rows.next().await {
//!     println!("{}", commission?.commission_amount);
//! }
//! # Ok(())
//! # }
//! ```
//! Rows that move from one page to another while the list is read are neither lost nor given twice. [`Rows`] and [`Pages`] are
//! streams of `futures`, too.
//!
//! # Limits and retries
//! A client and its clones let no more requests leave than the API takes: 200 in any 60 seconds. Calls wait for their turn
//! in the order of asking; a job of up to 200 requests is not slowed.
//!
//! Reads and updates are repeated when that may help: after a timeout, a broken connection, and the statuses 408, 429, 500,
//! 502, 503 and 504; up to 3 times, after waits that grow at random or as long as the API asks. A call that creates something
//! is repeated only if no connection was made or it was refused as one too many. [`ClientBuilder`] changes all of this.
//!
//! # Values
//! - Money is an exact [`Decimal`] in major currency units: `49.00` is forty-nine dollars.
//! - Times are [`Timestamp`]s; ids are [`Uuid`]s.
//! - Enumerations are open: a value that this version does not know is kept and written back unchanged.
//! - In responses everything but the essential is an `Option`, because the API may leave it out or send null; fields
//!   that nobody documents are in `extra`.
//! - Requests are checked against the documented rules before anything is sent; all violations come back in one
//!   [`Error::InvalidRequest`].
//!
//! # Webhooks
//! [`webhooks::Event`] is what the body of a webhook says; events that this version does not know are kept too.
//!
//! ```
//! use promotekit::webhooks::Event;
//!
//! # async fn handle(client: &promotekit::Client, body: &[u8]) -> Result<(), promotekit::Error> {
//! match Event::parse(body)? {
//!     Event::CommissionCreated(told) => {
//!         let commission = client.commissions().get(told.id).await?;
//!         println!("{} earned", commission.commission_amount);
//!     }
//!     event => println!("nothing to do on {:?}", event.name()),
//! }
//! # Ok(())
//! # }
//! ```
//! No signature is documented, so a body proves nothing about its sender: let the endpoint have a path that is hard to
//! guess, and ask the API for the object again by its id, as above, before acting on it.
//!
//! # Errors
//! Everything fails with [`Error`]. The API key, bodies and e-mail addresses appear in none of its texts. A call that
//! creates something and whose answer is lost ends in [`Error::OutcomeUnknown`]: it is never sent twice.
//!
//! The documentation of each operation says which failures are documented. [`Error::body`] reads what the API says of one.
//!
//! ```no_run
//! # async fn run(client: promotekit::Client, id: uuid::Uuid) {
//! use promotekit::Failure;
//!
//! if let Err(error) = client.commissions().get(id).await
//!     && let Some(Ok(Failure { error: detail, .. })) = error.body()
//! {
//!     println!("{}: {}", detail.type_, detail.message);
//! }
//! # }
//! ```
//!
//! # Features
//! - `rustls` (default) or `native-tls`: the TLS library.
//! - `gzip` (default): answers travel compressed.
//! - `tracing` (default): a span for each call, with nothing personal in it.
//! - `blocking`: the module `blocking`, a client for programs without an async runtime.
//! - `mock`: the module `mock`, a stand-in for the API in tests.

#[rustfmt::skip]
mod generated;
mod runtime;

pub use generated::types::*;
pub use generated::{meta, resources, types, webhooks};
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(any(doc, doctest))]
pub mod guide;
pub mod middleware;
#[cfg(feature = "mock")]
pub mod mock;

pub use bytes::Bytes;
pub use http::{HeaderMap, Method, StatusCode};
pub use jiff::Timestamp;
pub use runtime::{
    ApiErrorKind, Auth, BoxError, Caller, Client, ClientBuilder, Duplicates, Error, FailureBody, FailurePointers, List,
    Multipart, Nullable, Page, Pages, Pagination, Pending, Policy, Position, RateLimit, Reply, Request, Rows,
    Undocumented, UnknownValue, Violation, WithReply,
};
pub use rust_decimal::Decimal;
pub use uuid::Uuid;

/// The README's example is compiled with the documentation's.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
