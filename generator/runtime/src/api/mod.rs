//! The static description of an API, written by the generator. Calls, checks, mock server and command read it.
//!
//! Descriptions for the mock server or the command alone are separate, so other programs do not contain them.

mod auth;
mod fit;
pub(crate) mod form;
mod listing;
pub(crate) mod operation;
mod rule;
mod types;

use std::time::Duration;

pub use auth::{Auth, Credential, TokenEndpoint};
pub use listing::{Listing, Next, Source};
pub use operation::{Body, Encoding, Location, Media, Operation, Output, Parameter, PropertyEncoding, Safety, Style};
pub use rule::{Bound, Rule};
pub use types::{Condition, Enumeration, Field, Kind, Member, Newtype, Object, Others, Union};

use crate::pipeline::trace::Tracer;

/// An API and its generated crate.
#[derive(Clone, Copy, Debug)]
pub struct ApiSpec {
    /// The title of the API.
    pub title: &'static str,
    /// The version of the API.
    pub version: &'static str,
    /// The generated crate.
    pub package: Package,
    /// The URL of the API's server, without a trailing slash; empty if the document has no server.
    pub base_url: &'static str,
    /// The environment variables that configure a client.
    pub environment: Environment,
    /// Where the API key is sent.
    pub auth: Auth,
    /// Where the client fetches tokens, if the API key is such a token.
    pub token_endpoint: Option<TokenEndpoint>,
    /// Headers of every request, with their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// JSON pointers to message and code in an error response.
    pub errors: ErrorPointers,
    /// The documented rate limit.
    pub rate_limit: Option<RateLimit>,
    /// The object around the data of every success response.
    pub envelope: Option<Envelope>,
    /// The pagination of lists.
    pub paging: Option<Paging>,
    /// All operations, in the order of the resources.
    pub operations: &'static [&'static Operation],
    /// Types with fields.
    pub objects: &'static [&'static Object],
    /// Strings and integers with known values.
    pub enumerations: &'static [Enumeration],
    /// Types whose values have one of several types.
    pub unions: &'static [Union],
    /// All other types.
    pub newtypes: &'static [Newtype],
}

/// The generated crate.
#[derive(Clone, Copy, Debug)]
pub struct Package {
    /// The crate name.
    pub name: &'static str,
    /// The crate version.
    pub version: &'static str,
    /// The user agent of its requests: name, version and source document. It is a valid header value.
    pub user_agent: &'static str,
    /// The trace functions, with the crate name as target.
    pub tracer: Tracer,
}

/// Environment variables.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    /// The variable with the API key.
    pub api_key: &'static str,
    /// The variable that overrides the base URL.
    pub base_url: &'static str,
}

/// JSON pointers into the body of an error response; an empty pointer means that the body has no such property.
#[derive(Clone, Copy, Debug)]
pub struct ErrorPointers {
    /// The flag that is `false` in an error response.
    pub flag: &'static str,
    /// The human-readable message.
    pub message: &'static str,
    /// The machine-readable code.
    pub code: &'static str,
}

/// The property names of the object around the data of a success response.
#[derive(Clone, Copy, Debug)]
pub struct Envelope {
    /// The flag that is `false` if the call failed.
    pub success: &'static str,
    /// The data.
    pub data: &'static str,
}

/// The pagination of lists: names of query parameters and of response properties.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_field_names, reason = "the names are those of the settings")]
pub struct Paging {
    /// The query parameter with the page number.
    pub page_parameter: &'static str,
    /// The query parameter with the page size.
    pub limit_parameter: &'static str,
    /// The envelope's property with the pagination object.
    pub property: &'static str,
    /// The pagination object's property with the page number.
    pub page: Option<&'static str>,
    /// The pagination object's property with the page size.
    pub limit: Option<&'static str>,
    /// The pagination object's property with the number of rows of the whole list.
    pub total_count: Option<&'static str>,
    /// The pagination object's property with the number of pages of the whole list.
    pub total_pages: Option<&'static str>,
    /// The pagination object's property with the flag for more rows after this page.
    pub has_more: Option<&'static str>,
}

/// The maximum number of requests in any window of a fixed length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The maximum number of requests per window.
    pub requests: u32,
    /// The length of the window.
    pub window: Duration,
}

impl RateLimit {
    /// Returns a limit of this many requests per window.
    pub const fn new(requests: u32, window: Duration) -> Self {
        Self { requests, window }
    }
}

impl ApiSpec {
    /// Returns the object with this name.
    pub fn object(&self, name: &str) -> Option<&'static Object> {
        self.objects.iter().find(|object| object.name == name).copied()
    }

    /// Returns the enumeration with this name.
    pub fn enumeration(&self, name: &str) -> Option<&'static Enumeration> {
        self.enumerations.iter().find(|enumeration| enumeration.name == name)
    }

    /// Returns the union with this name.
    pub fn union(&self, name: &str) -> Option<&'static Union> {
        self.unions.iter().find(|union| union.name == name)
    }

    /// Returns the newtype with this name.
    pub fn newtype(&self, name: &str) -> Option<&'static Newtype> {
        self.newtypes.iter().find(|newtype| newtype.name == name)
    }
}
