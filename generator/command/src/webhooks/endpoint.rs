//! The target URL of webhook requests.

use std::time::Duration;

use bytes::Bytes;
use clientsmith_runtime::client::base_url::is_loopback;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use url::Url;

use super::error::WebhookError;

pub(super) struct Endpoint {
    http: reqwest::Client,
    url: Url,
    timeout: Duration,
}

impl Endpoint {
    pub(super) fn new(url: &Url, timeout: Duration) -> Result<Self, WebhookError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(WebhookError::usage(format!(
                "only http:// and https:// endpoints are supported, not {}:",
                url.scheme()
            )));
        }
        // Like real webhooks, it follows no redirects. Requests to this machine bypass proxies.
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(timeout);
        let is_local = url.host().is_some_and(|host| is_loopback(&host));
        let builder = if is_local { builder.no_proxy() } else { builder };
        let http =
            builder.build().map_err(|error| WebhookError::usage(format!("cannot create the HTTP client: {error}")))?;
        Ok(Self { http, url: url.clone(), timeout })
    }

    /// Posts a body. Errors omit the URL, because its path may be a secret.
    pub(super) async fn post(&self, body: Bytes, content_type: Option<&HeaderValue>) -> Result<StatusCode, String> {
        let mut request = self.http.post(self.url.clone()).body(body);
        if let Some(content_type) = content_type {
            request = request.header(CONTENT_TYPE, content_type);
        }
        match request.send().await {
            Ok(response) => Ok(response.status()),
            Err(error) if error.is_timeout() => Err(format!("no response within {:?}", self.timeout)),
            Err(error) if error.is_connect() => Err(format!("cannot connect: {}", root(error))),
            Err(error) => Err(format!("the connection broke: {}", root(error))),
        }
    }
}

/// Returns the root cause of an error.
fn root(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut root: &dyn std::error::Error = &error;
    while let Some(cause) = root.source() {
        root = cause;
    }
    root.to_string()
}
