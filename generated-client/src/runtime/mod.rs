//! What every generated client stands on: ordinary code that knows no particular API.
//!
//! A call goes through here in this order: a request value collects typed inputs, [`check`] refuses what the API
//! would refuse, [`call`] carries it through the raw operation into the [`pipeline`], and the answer comes back as
//! a value, a [`Page`] or an [`Error`].

#![allow(dead_code, reason = "not every API needs all of it")]

pub(crate) mod amount;
mod auth;
mod body;
pub(crate) mod call;
pub(crate) mod check;
mod client;
mod config;
mod context;
mod decode;
mod error;
#[cfg(feature = "mock")]
pub(crate) mod mock;
pub(crate) mod nullable;
pub(crate) mod open_enum;
mod page;
pub(crate) mod param;
mod pipeline;
mod policy;
mod redact;
mod verdict;
pub(crate) mod webhook;

pub use client::Client;
pub use config::ClientBuilder;
pub use error::{ApiErrorKind, BoxError, Error, Violation};
pub use nullable::Nullable;
pub use open_enum::UnknownValue;
pub use page::{Page, Pagination};
pub use policy::{Failure, Policy, RateLimit};
