//! The client: what all calls share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::auth::ApiKey;
use super::limiter::Limiter;
use super::middleware::Middleware;
use super::options::CallOptions;
use super::policy::Policy;
use super::retry::RetryPolicy;

/// A client of the API. Clones are cheap; they share connections and the rate limit.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) policy: &'static Policy,
    pub(crate) user_agent: HeaderValue,
    pub(crate) key: ApiKey,
    pub(crate) base_url: String,
    pub(crate) http: reqwest::Client,
    /// How long the HTTP client lets a request take that does not say.
    pub(crate) http_timeout: Option<Duration>,
    pub(crate) timeout: Duration,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    /// Headers and query of every call.
    pub(crate) options: CallOptions,
    pub(crate) limiter: Option<Limiter>,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) max_response_bytes: usize,
}

impl Client {
    pub(crate) fn assemble(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Where calls go, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url)
            .field("timeout", &self.shared.timeout)
            .finish_non_exhaustive()
    }
}
