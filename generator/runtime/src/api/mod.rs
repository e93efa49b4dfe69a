//! One static description of an API, which the generator writes: calls, checks, mock server and command read it.
//!
//! What only the mock server or the command needs is described by them, so that a program without them carries none of it.

mod auth;
mod fit;
pub(crate) mod form;
pub(crate) mod operation;
mod rule;
mod types;

use std::time::Duration;

pub use auth::{Auth, Credential};
pub use operation::{Body, Encoding, Location, Media, Operation, Output, Parameter, PropertyEncoding, Safety, Style};
pub use rule::{Bound, Rule};
pub use types::{Condition, Enumeration, Field, Kind, Member, Newtype, Object, Others, Union};

use crate::pipeline::trace::Tracer;

/// An API, and the crate that was generated for it.
#[derive(Clone, Copy, Debug)]
pub struct ApiSpec {
    /// The title of the API.
    pub title: &'static str,
    /// The version of the API.
    pub version: &'static str,
    /// The generated crate.
    pub package: Package,
    /// Where the API is served, without a slash at the end; empty if the document has no server.
    pub base_url: &'static str,
    /// The environment variables that a client is configured by.
    pub environment: Environment,
    /// How the API key is sent.
    pub auth: Auth,
    /// Where an error response describes the error.
    pub errors: ErrorPointers,
    /// How many requests the API accepts in which time.
    pub rate_limit: Option<RateLimit>,
    /// The properties around the data of every success response.
    pub envelope: Option<Envelope>,
    /// How lists are paged.
    pub paging: Option<Paging>,
    /// All operations, in the order of the resources.
    pub operations: &'static [&'static Operation],
    /// The types with fields.
    pub objects: &'static [&'static Object],
    /// The strings and integers with known values.
    pub enumerations: &'static [Enumeration],
    /// The types whose values are one of several types.
    pub unions: &'static [Union],
    /// The other types.
    pub newtypes: &'static [Newtype],
}

/// The generated crate.
#[derive(Clone, Copy, Debug)]
pub struct Package {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The user agent of its requests: name, version and what it was generated from. A legal header value.
    pub user_agent: &'static str,
    /// How calls are traced: under the name of the crate.
    pub tracer: Tracer,
}

/// Environment variables.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    /// The variable that holds the API key.
    pub api_key: &'static str,
    /// The variable that replaces the base URL.
    pub base_url: &'static str,
}

/// JSON pointers into the body of an error response; an empty one points nowhere.
#[derive(Clone, Copy, Debug)]
pub struct ErrorPointers {
    /// The flag that is `false` in an error response.
    pub flag: &'static str,
    /// The message for people.
    pub message: &'static str,
    /// The code for programs.
    pub code: &'static str,
}

/// The object around the data of a success response, by the names of its properties.
#[derive(Clone, Copy, Debug)]
pub struct Envelope {
    /// The flag that is `false` if the call failed.
    pub success: &'static str,
    /// The data.
    pub data: &'static str,
}

/// How lists are paged: the names of the parameters, and of the properties that describe the page.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_field_names, reason = "the names are those of the settings")]
pub struct Paging {
    /// The parameter with the number of the page.
    pub page_parameter: &'static str,
    /// The parameter with the size of the page.
    pub limit_parameter: &'static str,
    /// The property of the envelope that describes the page.
    pub property: &'static str,
    /// In it: the number of the page.
    pub page: Option<&'static str>,
    /// In it: the size of the page.
    pub limit: Option<&'static str>,
    /// In it: the number of rows of the whole list.
    pub total_count: Option<&'static str>,
    /// In it: the number of pages of the whole list.
    pub total_pages: Option<&'static str>,
    /// In it: whether there are rows after this page.
    pub has_more: Option<&'static str>,
}

/// A maximum of requests in any window of a given length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests fit in the window.
    pub requests: u32,
    /// How long the window is.
    pub window: Duration,
}

impl RateLimit {
    /// This many requests in any window of this length.
    pub const fn new(requests: u32, window: Duration) -> Self {
        Self { requests, window }
    }
}

impl ApiSpec {
    /// The object of this name.
    pub fn object(&self, name: &str) -> Option<&'static Object> {
        self.objects.iter().find(|object| object.name == name).copied()
    }

    /// The enumeration of this name.
    pub fn enumeration(&self, name: &str) -> Option<&'static Enumeration> {
        self.enumerations.iter().find(|enumeration| enumeration.name == name)
    }

    /// The union of this name.
    pub fn union(&self, name: &str) -> Option<&'static Union> {
        self.unions.iter().find(|union| union.name == name)
    }

    /// The newtype of this name.
    pub fn newtype(&self, name: &str) -> Option<&'static Newtype> {
        self.newtypes.iter().find(|newtype| newtype.name == name)
    }
}
