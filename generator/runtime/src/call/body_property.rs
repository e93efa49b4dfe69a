//! Sets properties of a JSON body that has been written.

use std::collections::BTreeMap;

use http::HeaderValue;
use serde_json::value::{RawValue, to_raw_value};

use super::write::Broken;
use crate::api::Operation;
use crate::pipeline::outgoing::Payload;

/// Requests a stream in place of the response, where a property of the body does so.
pub(super) fn request_stream(operation: &Operation, body: &mut Option<Payload>) -> Result<(), Broken> {
    operation.stream_property.map_or(Ok(()), |property| set_property(body, property, to_raw_value(&true)))
}

/// Sets a property of a JSON body; all others stay unchanged.
pub(super) fn set_property(
    body: &mut Option<Payload>,
    property: &str,
    value: Result<Box<RawValue>, serde_json::Error>,
) -> Result<(), Broken> {
    const NO_OBJECT: Broken = "must be a property of the body, which must be an object";
    let text = body.as_ref().and_then(Payload::bytes).map_or(&b"{}"[..], |bytes| bytes);
    let mut object: BTreeMap<String, Box<RawValue>> = serde_json::from_slice(text).map_err(|_| NO_OBJECT)?;
    object.insert(property.to_owned(), value.map_err(|_| NO_OBJECT)?);
    let bytes = serde_json::to_vec(&object).map_err(|_| NO_OBJECT)?;
    let media_type = body.take().map(|body| body.media_type);
    let media_type = media_type.unwrap_or(HeaderValue::from_static("application/json"));
    *body = Some(Payload::new(media_type, vec![bytes.into()]));
    Ok(())
}
