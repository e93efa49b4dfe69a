//! Posts an event in the API's form.

use std::io::Write;
use std::time::{Duration, Instant};

use clientsmith_runtime::mock::spec::MockSpec;
use http::HeaderValue;
use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use super::endpoint::Endpoint;
use super::error::WebhookError;
use crate::json::RawObject;
use crate::program::Webhooks;
use crate::shell::quoted;

pub(crate) struct SendOptions<'a> {
    pub(crate) webhooks: &'a Webhooks,
    pub(crate) spec: &'static MockSpec,
    pub(crate) event: &'a str,
    pub(crate) to: &'a Url,
    /// The event's data, or a whole body; `None` sends the sample.
    pub(crate) data: Option<&'a str>,
    pub(crate) timeout: Duration,
    /// Prints the request instead of sending it.
    pub(crate) dry_run: bool,
}

/// Posts the event, and prints status and time of the response.
pub(crate) async fn send(options: &SendOptions<'_>, out: &mut dyn Write) -> Result<(), WebhookError> {
    let endpoint = Endpoint::new(options.to, options.timeout)?;
    let body = options.body()?;
    if options.dry_run {
        writeln!(out, "{}", curl(options.to, &body))?;
        return Ok(());
    }
    let started = Instant::now();
    let response = endpoint.post(body.into(), Some(&HeaderValue::from_static("application/json"))).await;
    let status = response.map_err(WebhookError::Unreachable)?;
    writeln!(out, "{}: {status} after {} ms", options.event, started.elapsed().as_millis())?;
    out.flush()?;
    if status.is_success() { Ok(()) } else { Err(WebhookError::Rejected(status)) }
}

/// Formats the request as a curl command.
fn curl(url: &Url, body: &str) -> String {
    let [url, body] = [url.as_str(), body].map(quoted);
    format!("curl {url} \\\n  --header 'content-type: application/json' \\\n  --data-raw {body}")
}

impl SendOptions<'_> {
    /// Returns the event's body, after validating it.
    fn body(&self) -> Result<String, WebhookError> {
        let Self { webhooks, event, .. } = self;
        if !webhooks.payloads.iter().any(|(known, _)| known == event) {
            let known: Vec<_> = webhooks.payloads.iter().map(|(known, _)| *known).collect();
            return Err(WebhookError::usage(format!("unknown event `{event}`; the events are {}", known.join(", "))));
        }
        let body = match self.data {
            Some(data) => self.around(data)?,
            None => self.sample()?.to_owned(),
        };
        match (webhooks.read)(body.as_bytes()) {
            Ok(found) if found == *event => Ok(body),
            Ok(_) => Err(WebhookError::usage(format!("the data is the body of another event, not of `{event}`"))),
            Err(error) => Err(WebhookError::usage(error.to_string())),
        }
    }

    fn sample(&self) -> Result<&'static str, WebhookError> {
        let sample = self.spec.events.iter().find(|(known, _)| *known == self.event).map(|(_, body)| *body);
        sample.ok_or_else(|| WebhookError::usage(format!("there is no sample of `{}`: use --data", self.event)))
    }

    /// Returns a body with this data; a whole body is kept unchanged.
    fn around(&self, data: &str) -> Result<String, WebhookError> {
        let Webhooks { name, data: property, .. } = self.webhooks;
        if let Err(error) = serde_json::from_str::<&RawValue>(data) {
            return Err(WebhookError::usage(format!("the data is not JSON: {error}")));
        }
        let is_whole =
            RawObject::parse(data).is_some_and(|body| body.get(name).is_some() && body.get(property).is_some());
        if is_whole {
            return Ok(data.to_owned());
        }
        let [name, event, property] = [*name, self.event, *property].map(Value::from);
        Ok(format!("{{{name}:{event},{property}:{}}}", data.trim()))
    }
}
