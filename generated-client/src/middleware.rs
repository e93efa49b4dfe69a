//! Hooks of your own around every attempt of every call: to add a header, to sign, to record metrics.
//!
//! ```
//! use promotekit::middleware::{Attempt, Before, Middleware, Outcome};
//!
//! struct Stamp;
//!
//! impl Middleware for Stamp {
//!     fn before<'a>(&'a self, attempt: &'a Attempt, request: &'a mut reqwest::Request) -> Before<'a> {
//!         Box::pin(async move {
//!             request.headers_mut().insert("x-attempt", attempt.number.into());
//!             Ok(())
//!         })
//!     }
//!
//!     fn after(&self, attempt: &Attempt, outcome: &Outcome<'_>) {
//!         println!("{} took {:?}: {:?}", attempt.operation, outcome.elapsed, outcome.status);
//!     }
//! }
//!
//! # fn main() -> Result<(), promotekit::Error> {
//! let client = promotekit::Client::builder("pk_1").middleware(Stamp).build()?;
//! # drop(client);
//! # Ok(())
//! # }
//! ```

pub use crate::runtime::middleware::{Attempt, Before, Middleware, Outcome};
