//! Converts the inputs of a call from the command line to the typed inputs of generated code.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use bytes::Bytes;
use clientsmith_runtime::Multipart;
use clientsmith_runtime::error::decode::{self, Mismatch};
use clientsmith_runtime::values::exact::Exact;
use serde::de::DeserializeOwned;

/// An error in the command line, which the user must correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage(pub(crate) String);

/// The inputs of a call.
#[derive(Default)]
pub struct Inputs {
    /// The values of parameters as JSON, by their names in requests.
    pub(crate) parameters: BTreeMap<&'static str, String>,
    pub(crate) body: RequestBody,
}

/// A request body as read from the command line.
#[derive(Default)]
pub(crate) enum RequestBody {
    #[default]
    Empty,
    Json(String),
    File(Bytes),
    Parts(Multipart),
}

impl Inputs {
    /// Returns a required parameter.
    pub fn required<T: DeserializeOwned>(&self, name: &str) -> Result<T, Usage> {
        self.optional(name)?.ok_or_else(|| missing(name))
    }

    /// Returns an optional parameter.
    pub fn optional<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Usage> {
        let json = self.parameters.get(name);
        json.map(|json| read(json).map_err(|found| mismatch(name, &found))).transpose()
    }

    /// Returns a required parameter that contains exact decimals.
    pub fn required_exact<T: Exact>(&self, name: &str) -> Result<T, Usage> {
        self.optional_exact(name)?.ok_or_else(|| missing(name))
    }

    /// Returns an optional parameter that contains exact decimals.
    pub fn optional_exact<T: Exact>(&self, name: &str) -> Result<Option<T>, Usage> {
        let json = self.parameters.get(name);
        json.map(|json| read(json).map(T::from_wire).map_err(|found| mismatch(name, &found))).transpose()
    }

    /// Whether there is a body.
    pub fn has_body(&self) -> bool {
        !matches!(self.body, RequestBody::Empty)
    }

    /// Returns the body as a typed value.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Usage> {
        match &self.body {
            RequestBody::Json(json) => read(json).map_err(|found| mismatch("the body", &found)),
            _ => Err(missing("the body")),
        }
    }

    /// Returns the body as a typed value that contains exact decimals.
    pub fn body_exact<T: Exact>(&self) -> Result<T, Usage> {
        match &self.body {
            RequestBody::Json(json) => read(json).map(T::from_wire).map_err(|found| mismatch("the body", &found)),
            _ => Err(missing("the body")),
        }
    }

    /// Returns the body as bytes.
    pub fn file(&self) -> Result<Bytes, Usage> {
        match &self.body {
            RequestBody::File(bytes) => Ok(bytes.clone()),
            _ => Err(missing("the body")),
        }
    }

    /// Returns the body as a string.
    pub fn text(&self) -> Result<String, Usage> {
        String::from_utf8(self.file()?.into()).map_err(|_| Usage("the body must be UTF-8 text".to_owned()))
    }

    /// Returns the body as a multipart form.
    pub fn parts(&self) -> Result<Multipart, Usage> {
        match &self.body {
            RequestBody::Parts(parts) => Ok(parts.clone()),
            _ => Err(missing("the body")),
        }
    }
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Mismatch> {
    decode::read(PhantomData::<T>, json.as_bytes())
}

fn missing(name: &str) -> Usage {
    Usage(format!("{name} is missing"))
}

/// Returns the error for an input whose JSON does not have its type.
fn mismatch(name: &str, Mismatch { json_path, reason, .. }: &Mismatch) -> Usage {
    Usage(if json_path == "." { format!("{name}: {reason}") } else { format!("{name}: `{json_path}`: {reason}") })
}
