//! What was given on the command line → the typed inputs of a call.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::runtime::Multipart;
use crate::runtime::amount::Exact;
use crate::runtime::decode::{self, Misfit};

/// Something about the command line that has to be corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Usage(pub(crate) String);

/// The inputs of a call.
#[derive(Default)]
pub(crate) struct Inputs {
    /// Values of parameters as JSON, by their names in requests.
    pub(crate) parameters: BTreeMap<&'static str, String>,
    pub(crate) body: Given,
}

/// A body as it was given.
#[derive(Default)]
pub(crate) enum Given {
    #[default]
    Nothing,
    Json(String),
    File(Bytes),
    Parts(Multipart),
}

impl Inputs {
    /// A parameter that has to be there.
    pub(crate) fn required<T: DeserializeOwned>(&self, name: &str) -> Result<T, Usage> {
        self.optional(name)?.ok_or_else(|| missing(name))
    }

    pub(crate) fn optional<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Usage> {
        let json = self.parameters.get(name);
        json.map(|json| read(json).map_err(|misfit| misfit.of(name))).transpose()
    }

    /// A parameter with exact decimals in it, which has to be there.
    pub(crate) fn required_exact<T: Exact>(&self, name: &str) -> Result<T, Usage> {
        self.optional_exact(name)?.ok_or_else(|| missing(name))
    }

    pub(crate) fn optional_exact<T: Exact>(&self, name: &str) -> Result<Option<T>, Usage> {
        let json = self.parameters.get(name);
        json.map(|json| read(json).map(T::from_wire).map_err(|misfit| misfit.of(name))).transpose()
    }

    /// The body as a value.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, Usage> {
        match &self.body {
            Given::Json(json) => read(json).map_err(|misfit| misfit.of("the body")),
            _ => Err(missing("the body")),
        }
    }

    /// The body with exact decimals in it.
    pub(crate) fn body_exact<T: Exact>(&self) -> Result<T, Usage> {
        match &self.body {
            Given::Json(json) => read(json).map(T::from_wire).map_err(|misfit| misfit.of("the body")),
            _ => Err(missing("the body")),
        }
    }

    /// The body as it is.
    pub(crate) fn file(&self) -> Result<Bytes, Usage> {
        match &self.body {
            Given::File(bytes) => Ok(bytes.clone()),
            _ => Err(missing("the body")),
        }
    }

    /// The body as text.
    pub(crate) fn text(&self) -> Result<String, Usage> {
        String::from_utf8(self.file()?.into()).map_err(|_| Usage("the body must be UTF-8 text".to_owned()))
    }

    /// The body as parts.
    pub(crate) fn parts(&self) -> Result<Multipart, Usage> {
        match &self.body {
            Given::Parts(parts) => Ok(parts.clone()),
            _ => Err(missing("the body")),
        }
    }
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Misfit> {
    decode::read(PhantomData::<T>, json.as_bytes())
}

fn missing(name: &str) -> Usage {
    Usage(format!("{name} is missing"))
}

impl Misfit {
    fn of(self, name: &str) -> Usage {
        let Self { json_path, reason } = self;
        Usage(if json_path == "." { format!("{name}: {reason}") } else { format!("{name}: `{json_path}`: {reason}") })
    }
}
