//! The same calls for programs without an async runtime: a request value is sent with `send`, and waits.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = promotekit::mock::start()?;
//! # server.seed::<promotekit::Affiliate>(serde_json::json!({}))?;
//! # let client = promotekit::blocking::Client::builder(server.api_key()).base_url(server.url()).build()?;
//! # stringify! {
//! let client = promotekit::blocking::Client::from_env()?;
//! # };
//! let page = client.affiliates().list().limit(100).send()?;
//! for affiliate in client.affiliates().list().rows() {
//!     println!("{}", affiliate?.id);
//! }
//! # assert_eq!(page.len(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! Settings, setters, values and errors are those of the async client.

pub use crate::runtime::blocking::Client;
