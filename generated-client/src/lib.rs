//! A typed, async client for the PromoteKit API.
//!
//! PromoteKit runs affiliate programs on top of Stripe: affiliates, campaigns, referrals, commissions and payouts.
//! This crate is generated from an OpenAPI document and is not affiliated with PromoteKit. The [`guide`] has recipes and
//! a page per topic.
//!
//! # Install
//! ```sh
//! cargo add promotekit
//! cargo add tokio --features macros,rt-multi-thread
//! ```
//! Create an API key in PromoteKit's dashboard, under Settings, API Keys. [`Client::from_env`] reads the key from
//! `PROMOTEKIT_API_KEY` and an optional server from `PROMOTEKIT_BASE_URL`. [`Client::builder`] takes the key and all settings.
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
//! Every operation is a method of a resource, for example [`Client::affiliates`]. It returns a request: setters add
//! optional inputs, `.await` sends it. Before `.await`, set options of this call: `timeout`, `deadline`, `max_retries`,
//! `extra_header`, `extra_query`. `with_response` returns a [`Reply`] with status, headers and attempts.
//! [`Client::request`] calls undocumented endpoints.
//!
//! ```no_run
//! # async fn run(client: promotekit::Client, referral: uuid::Uuid) -> Result<(), promotekit::Error> {
//! use std::time::Duration;
//! use promotekit::{CreateCommission, Decimal};
//!
//! // 49.00 in revenue, of which the affiliate earns 9.80.
//! let sale = CreateCommission::new(referral, 49, Decimal::new(980, 2)).stripe_payment_id("pi_1");
//! let created = client.commissions().create(sale).timeout(Duration::from_secs(5)).await?;
//! # drop(created);
//! # Ok(())
//! # }
//! ```
//! Create one client and clone it: clones share connections and the rate limit. Dropping a call cancels it; the API may
//! still process a request that was already sent.
//!
//! # Lists
//! Awaiting a list returns one [`Page`]. `stream` returns all rows ([`Rows`]), `pages` all pages ([`Pages`]).
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
//! Each row is yielded exactly once, even if rows shift between pages. After an error [`Rows::resume`] continues, and
//! [`Rows::position`] is a bookmark for another process. Both types implement `futures::Stream`.
//!
//! # Limits and retries
//! A client and its clones send at most 200 requests in any 60 seconds, as the API allows. Further calls wait, in order.
//!
//! Reads and updates are retried up to 3 times after a timeout, a broken connection, and some statuses. The wait is
//! random and grows, or follows `Retry-After`. Creates are retried only when the server cannot have processed them.
//! [`ClientBuilder`] changes these settings; [`guide::limits`] has the details.
//!
//! # Values
//! - Money is an exact [`Decimal`] in major currency units: `49.00` is 49 dollars.
//! - Times are [`Timestamp`], ids are [`Uuid`].
//! - Enums are open: unknown values are kept and written back unchanged.
//! - Response fields are `Option` unless they are essential, because the API may omit them or send null. Undocumented
//!   fields are in `extra`.
//! - Requests are checked against the documented rules before they are sent. [`Error::InvalidRequest`] lists all
//!   violations.
//!
//! # Webhooks
//! [`webhooks::Event::parse`] reads the body of a webhook. Unknown events are kept, too.
//!
//! ```
//! use promotekit::webhooks::Event;
//!
//! # async fn handle(client: &promotekit::Client, body: &[u8]) -> Result<(), promotekit::Error> {
//! match Event::parse(body)? {
//!     Event::CommissionCreated(event) => {
//!         let commission = client.commissions().get(event.id).await?;
//!         println!("{} earned", commission.commission_amount);
//!     }
//!     other => println!("ignored {:?}", other.name()),
//! }
//! # Ok(())
//! # }
//! ```
//! PromoteKit documents no signature. Use a path that is hard to guess, and fetch the object by its id before you act on
//! an event.
//!
//! # Errors
//! Every call returns [`Error`]. Its messages contain no API key, no body and no e-mail address. A create whose response
//! is lost ends in [`Error::OutcomeUnknown`].
//!
//! Each operation documents its error responses. [`Error::body`] reads them:
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
//! | error | what to do |
//! |---|---|
//! | [`Config`](Error::Config), [`InvalidRequest`](Error::InvalidRequest) | nothing was sent: fix the listed problems |
//! | [`Connect`](Error::Connect), [`RateLimited`](Error::RateLimited) | the API has not processed the call: retry later, see [`Error::retry_after`] |
//! | [`Timeout`](Error::Timeout), [`Disconnected`](Error::Disconnected) | retry; a create fails like this only if its request was not sent |
//! | [`OutcomeUnknown`](Error::OutcomeUnknown) | look for the object, and call again only if it is missing |
//! | [`Api`](Error::Api) | see its [`kind`](ApiErrorKind): a wrong key, a missing object, a server error |
//! | [`Decode`](Error::Decode), [`ResponseTooLarge`](Error::ResponseTooLarge) | the API has processed the call; its response is not as documented |
//! | [`IncompleteList`](Error::IncompleteList) | a list ended before all promised rows arrived: resume the stream |
//!
//! # Testing
//! With the feature `mock`, `mock::start()` starts a mock server inside your test. It stores objects, checks requests as
//! strictly as the documentation, and injects faults.
//!
//! # Features
//! - `rustls` (default) or `native-tls`: the TLS library.
//! - `gzip` (default): gzip-compressed responses.
//! - `tracing` (default): a span for each call, without personal data.
//! - `blocking`: the module `blocking`, a client for programs without an async runtime.
//! - `mock`: the module `mock`, a mock server for tests.
//! - `cli`: the program `promotekit`; it adds nothing to the library. See [`guide::command_line`].

// Displays the required feature beside each item; docs.rs sets this.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[rustfmt::skip]
mod generated;
#[cfg(any(doc, doctest))]
pub mod guide;

pub use generated::*;

/// Compiles the examples of the README.
#[cfg(all(doctest, feature = "mock"))]
#[doc = include_str!("../README.md")]
struct Readme;
