//! The client: settings and state that all calls share.

pub(crate) mod auth;
pub mod base_url;
pub mod builder;
pub mod caller;
pub(crate) mod tokens;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::api::ApiSpec;
use crate::call::options::CallOptions;
use crate::pipeline::limiter::Limiter;
use crate::pipeline::middleware::Middleware;
use crate::pipeline::retry::RetryPolicy;
use auth::ApiKey;
use base_url::BaseUrl;
use tokens::Tokens;

/// A client of any API. The client of a generated crate wraps it and adds a method for each resource.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) api: &'static ApiSpec,
    pub(crate) user_agent: HeaderValue,
    pub(crate) authorization: Authorization,
    pub(crate) base_url: BaseUrl,
    /// Whether plain `http` to other machines is allowed.
    pub(crate) insecure_http: bool,
    pub(crate) http: reqwest::Client,
    /// The timeout that the HTTP client already applies.
    pub(crate) http_timeout: Option<Duration>,
    pub(crate) timeout: Duration,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    /// Extra headers and query parameters of every call.
    pub(crate) options: CallOptions,
    pub(crate) limiter: Option<Limiter>,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) max_response_bytes: usize,
}

/// How requests are authenticated.
pub(crate) enum Authorization {
    /// With keys of the user.
    Key(ApiKey),
    /// With tokens that the client fetches.
    Tokens(Tokens),
}

impl Authorization {
    /// Redacts keys and tokens wherever a string contains one.
    pub(crate) fn scrub(&self, string: &str) -> String {
        match self {
            Self::Key(key) => key.scrub(string),
            Self::Tokens(tokens) => tokens.scrub(string),
        }
    }
}

impl Client {
    pub(crate) fn assemble(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// The description of the API.
    pub fn api(&self) -> &'static ApiSpec {
        self.shared.api
    }

    /// The base URL of calls, without a trailing slash.
    pub fn base_url(&self) -> &str {
        self.shared.base_url.as_str()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("timeout", &self.shared.timeout)
            .finish_non_exhaustive()
    }
}
