//! What every generated client stands on: ordinary code that knows no particular API.
//!
//! A call goes through here in this order: a request value collects typed inputs, [`check`] refuses what the API
//! would refuse, [`call`] takes the request that the raw operation makes through the [`pipeline`], where the [`limiter`]
//! lets it leave and each [`attempt`] is sent and judged, and an [`answer`] is read as a value, a [`Page`] or an [`Error`].

#![allow(dead_code, unused_imports, unused_macros, reason = "not every API needs all of it")]

pub(crate) mod amount;
pub(crate) mod answer;
mod attempt;
mod auth;
mod base_url;
#[cfg(feature = "blocking")]
pub(crate) mod blocking;
pub(crate) mod call;
pub(crate) mod caller;
pub(crate) mod check;
#[cfg(feature = "cli")]
pub(crate) mod cli;
mod client;
mod config;
mod context;
mod deadline;
mod decode;
mod error;
mod failure_body;
mod limiter;
pub(crate) mod middleware;
#[cfg(feature = "mock")]
pub(crate) mod mock;
mod multipart;
pub(crate) mod nullable;
pub(crate) mod open_enum;
pub(crate) mod operation;
pub(crate) mod options;
pub(crate) mod paging;
pub(crate) mod param;
mod pipeline;
mod policy;
mod received;
mod redact;
mod reply;
pub(crate) mod request;
mod retry;
mod retry_after;
mod trace;
mod undocumented;
pub(crate) mod union;
mod verdict;
pub(crate) mod webhook;

pub use caller::Caller;
pub use client::Client;
pub use config::ClientBuilder;
pub use error::{ApiErrorKind, BoxError, Error, Violation};
pub use failure_body::FailureBody;
pub use multipart::Multipart;
pub use nullable::Nullable;
pub use open_enum::UnknownValue;
pub use paging::{Duplicates, List, Page, Pages, Pagination, Position, Rows};
pub use policy::{Auth, FailurePointers, Policy, RateLimit};
pub use reply::Reply;
pub use request::{Pending, Request, WithReply};
pub use undocumented::Undocumented;
