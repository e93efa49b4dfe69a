//! The runtime of every generated API client: ordinary code that knows no particular API.
//!
//! Applications depend on the crate that `clientsmith` generates for their API. It re-exports the public types of this
//! crate.
//!
//! A call passes through these stages:
//!
//! 1. A request value collects typed inputs.
//! 2. A [`call::Call`] checks them against the API's description ([`api`]) and writes them into a request.
//! 3. The [`pipeline`] sends the request within the rate limit, and retries it where a retry is safe.
//! 4. A [`call::response::Response`] is read as a value, a [`Page`] or an [`Error`].
//!
//! Hidden modules serve generated code and the command. They change with the generator.

// Marks each item with the feature that it needs; docs.rs sets this.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
pub mod api;
#[cfg(feature = "blocking")]
#[doc(hidden)]
pub mod blocking;
#[doc(hidden)]
pub mod call;
#[doc(hidden)]
pub mod client;
#[doc(hidden)]
pub mod error;
#[cfg(test)]
mod example;
#[cfg(feature = "mock")]
pub mod mock;
#[doc(hidden)]
pub mod paging;
#[doc(hidden)]
pub mod pipeline;
mod request_id;
#[doc(hidden)]
pub mod streaming;
#[doc(hidden)]
pub mod values;
#[doc(hidden)]
pub mod webhook;

pub use api::RateLimit;
pub use bytes::Bytes;
pub use call::reply::Reply;
pub use call::request::{Pending, Request, WithReply};
pub use call::undocumented::Undocumented;
pub use client::Client;
pub use client::builder::ClientBuilder;
#[cfg(feature = "blocking")]
pub use client::caller::BlockingCaller;
pub use client::caller::{AsyncCaller, Caller};
pub use error::error_body::ErrorBody;
pub use error::{ApiErrorKind, BoxError, Error, Violation};
pub use http::{HeaderMap, Method, StatusCode};
pub use jiff::Timestamp;
pub use paging::{CursorPosition, Duplicates, Linked, List, Numbered, NumberedList, Page, Pages, Pagination, Position};
pub use paging::{PositionOf, Rows};
pub use pipeline::middleware;
pub use rust_decimal::Decimal;
pub use secrecy::SecretString;
pub use streaming::{Download, Downloading, Event, Events, Lines, Listen, Listening, Saving, Streaming, Upload};
pub use uuid::Uuid;
pub use values::file_part::FilePart;
pub use values::multipart::Multipart;
pub use values::nullable::Nullable;
pub use values::open_enum::UnknownValue;
pub use values::open_integers::UnknownInteger;
pub use webhook::UnknownEvent;
// Their types are part of the public API of generated crates.
pub use {jiff, reqwest};

// Generated code uses these by short names.
#[doc(hidden)]
pub use call::Call;
#[doc(hidden)]
pub use call::options::CallOptions;
#[doc(hidden)]
pub use call::response::Response;
#[doc(hidden)]
pub use error::decode::read_json;
#[doc(hidden)]
pub use pipeline::trace;
#[doc(hidden)]
pub use values::check::{Checked, Checks, violations};
#[doc(hidden)]
pub use values::encode::Encode;
#[doc(hidden)]
pub use values::part::PartValue;
#[doc(hidden)]
pub use values::tree::Tree;
#[doc(hidden)]
pub use values::{exact, nullable};
