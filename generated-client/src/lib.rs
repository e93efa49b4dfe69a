//! A typed, async client for the PromoteKit API.
//!
//! PromoteKit runs affiliate programs on top of Stripe: affiliates, campaigns, referrals, commissions and payouts.
//! This crate is generated from a hand-kept OpenAPI document and is not made by PromoteKit.
//!
//! # Install
//! ```sh
//! cargo add promotekit
//! cargo add tokio --features macros,rt-multi-thread
//! ```
//! API keys are made in PromoteKit's dashboard, under Settings, API Keys. [`Client::from_env`] reads `PROMOTEKIT_API_KEY` and,
//! if it is set, `PROMOTEKIT_BASE_URL`; [`Client::builder`] takes the key and all settings.
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
//! ```no_run
//! # async fn run(client: promotekit::Client, referral: uuid::Uuid) -> Result<(), promotekit::Error> {
//! use std::time::Duration;
//! use promotekit::{CreateCommission, Decimal};
//!
//! // 49.00 in revenue, of which the affiliate earns 9.80.
//! let sale = CreateCommission::new(referral, 49, Decimal::new(980, 2)).stripe_payment_id("pi_1");
//! let made = client.commissions().create(sale).timeout(Duration::from_secs(5)).await?;
//! # drop(made);
//! # Ok(())
//! # }
//! ```
//! A client is made once and cloned: clones share connections and the rate limit. Dropping a call gives it up; whether a request
//! that was under way is acted on is then unknown.
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
//! Rows that move from one page to another while the list is read are neither lost nor given twice. After an error
//! [`Rows::resume`] continues, and [`Rows::position`] is where another process can resume. [`Rows`] and [`Pages`] are streams of
//! `futures`, too.
//!
//! # Limits and retries
//! A client and its clones let no more requests leave than the API takes: 200 in any 60 seconds. Calls wait for their turn
//! in the order of asking; a job of up to 200 requests is not slowed.
//!
//! Reads and updates are repeated when that may help: after a timeout, a broken connection, and the statuses 408, 429, 500,
//! 502, 503 and 504; up to 3 times, after waits that grow at random or as long as the API asks. A call that creates something
//! is repeated only if no connection was made or it got status 429. [`ClientBuilder`] changes all of this.
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
//! creates something and whose response is lost ends in [`Error::OutcomeUnknown`]: it is never sent twice.
//!
//! The documentation of each operation says which failures are documented. [`Error::body`] reads what the API says of one.
//!
//! ```no_run
//! # async fn run(client: promotekit::Client, id: uuid::Uuid) {
//! use promotekit::ErrorResponse;
//!
//! if let Err(error) = client.commissions().get(id).await
//!     && let Some(Ok(ErrorResponse { error: detail, .. })) = error.body()
//! {
//!     println!("{}: {}", detail.type_, detail.message);
//! }
//! # }
//! ```
//!
//! | what happened | what to do |
//! |---|---|
//! | [`Config`](Error::Config), [`InvalidRequest`](Error::InvalidRequest) | nothing was sent: correct what it names |
//! | [`Connect`](Error::Connect), [`RateLimited`](Error::RateLimited) | the API has not acted: try later, [`Error::retry_after`] may say when |
//! | [`Timeout`](Error::Timeout), [`Disconnected`](Error::Disconnected) | try again: a call that creates something ends like this only if its request had not left |
//! | [`OutcomeUnknown`](Error::OutcomeUnknown) | look for what the call would have made, and call again only if it is not there |
//! | [`Api`](Error::Api) | its [`kind`](ApiErrorKind) says what: a wrong key, no such object, a failure of the API |
//! | [`Decode`](Error::Decode), [`ResponseTooLarge`](Error::ResponseTooLarge) | the API has acted; its response is not as documented |
//! | [`IncompleteList`](Error::IncompleteList) | a list ended before all rows came that the API had promised: resume the stream |
//!
//! # Tests
//! With the feature `mock`, `mock::start()` gives a mock server inside your test. It keeps what is created, checks
//! requests as strictly as the documentation says, and lets calls go wrong on demand.
//!
//! # Features
//! - `rustls` (default) or `native-tls`: the TLS library.
//! - `gzip` (default): gzip-compressed responses.
//! - `tracing` (default): a span for each call, with nothing personal in it.
//! - `blocking`: the module `blocking`, a client for programs without an async runtime.
//! - `mock`: the module `mock`, a mock server in tests.
//! - `cli`: the command `promotekit`; it adds nothing to the library. [`guide::command_line`] tells of it.

// States beside an item which feature it needs; docs.rs sets this.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[rustfmt::skip]
mod generated;
#[cfg(any(doc, doctest))]
pub mod guide;

pub use generated::*;

/// The README's examples are compiled with the documentation's.
#[cfg(all(doctest, feature = "mock"))]
#[doc = include_str!("../README.md")]
struct Readme;
