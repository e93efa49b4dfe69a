//! Builds a client from settings, or reports all problems with them.

use std::env::VarError;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::api::{ApiSpec, Auth, RateLimit, TokenEndpoint};
use crate::call::options::CallOptions;
use crate::client::auth::ApiKey;
use crate::client::base_url::{BaseUrl, safe};
use crate::client::caller::Caller;
use crate::client::tokens::Tokens;
use crate::client::{Authorization, Client, Shared};
use crate::error::Error;
use crate::pipeline::limiter::Limiter;
use crate::pipeline::middleware::Middleware;
use crate::pipeline::retry::RetryPolicy;

const TIMEOUT: Duration = Duration::from_secs(30);
const IDLE: Duration = Duration::from_secs(20);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const LONGEST_WINDOW: Duration = Duration::from_secs(24 * 60 * 60);
const MAX_RESPONSE_BYTES: usize = 32 * 1024 * 1024;

/// Builds a client. [`build`](Self::build) reports all problems with the settings in one error.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C> {
    api: &'static ApiSpec,
    /// `None` if the client fetches tokens, or if `problems` already contains the reason.
    api_key: Option<SecretString>,
    /// The id and the secret with which the client fetches tokens, instead of a key.
    client_credentials: Option<(String, SecretString)>,
    token_url: Option<String>,
    token_parameters: Vec<(String, String)>,
    base_url: String,
    timeout: Duration,
    connect_timeout: Option<Duration>,
    deadline: Option<Duration>,
    retry: RetryPolicy,
    options: CallOptions,
    rate_limit: Option<RateLimit>,
    middleware: Vec<Arc<dyn Middleware>>,
    max_response_bytes: usize,
    insecure_http: bool,
    http_client: Option<reqwest::Client>,
    problems: Vec<String>,
    client: PhantomData<fn() -> C>,
}

impl<C: Caller> ClientBuilder<C> {
    /// Returns a builder with the API key and base URL from the environment.
    #[doc(hidden)]
    pub fn from_env(api: &'static ApiSpec) -> Self {
        Self::from_variables(api, |name| std::env::var(name))
    }

    /// Returns a builder with this API key and default settings.
    #[doc(hidden)]
    pub fn new(api: &'static ApiSpec, api_key: SecretString) -> Self {
        Self {
            api,
            api_key: Some(api_key),
            client_credentials: None,
            token_url: None,
            token_parameters: Vec::new(),
            base_url: api.base_url.to_owned(),
            timeout: TIMEOUT,
            connect_timeout: None,
            deadline: None,
            retry: RetryPolicy::DEFAULT,
            options: CallOptions::default(),
            rate_limit: api.rate_limit,
            middleware: Vec::new(),
            max_response_bytes: MAX_RESPONSE_BYTES,
            insecure_http: false,
            http_client: None,
            problems: Vec::new(),
            client: PhantomData,
        }
    }

    /// Returns a builder with this user name and password, for HTTP Basic authentication.
    #[doc(hidden)]
    pub fn with_password(api: &'static ApiSpec, user: impl Into<String>, password: impl Into<String>) -> Self {
        let (user, password) = (user.into(), password.into());
        let mut builder = Self::new(api, format!("{user}:{password}").into());
        // The first colon ends the user name (RFC 7617, section 2), so the server would read another user name.
        if user.contains(':') {
            builder.api_key = None;
            builder
                .problems
                .push("the user name must not contain a colon, which separates it from the password".to_owned());
        }
        builder
    }

    /// Returns a builder with several keys, in the order of the API's description.
    #[doc(hidden)]
    pub fn with_keys(api: &'static ApiSpec, keys: impl IntoIterator<Item = SecretString>) -> Self {
        let keys: Vec<_> = keys.into_iter().collect();
        Self::new(api, keys.iter().map(ExposeSecret::expose_secret).collect::<Vec<_>>().join("\n").into())
    }

    /// Returns a builder of a client that fetches its tokens with this client id and secret.
    #[doc(hidden)]
    pub fn with_client_credentials(api: &'static ApiSpec, client_id: String, client_secret: SecretString) -> Self {
        Self::new(api, SecretString::default()).credentials(client_id, client_secret)
    }

    fn credentials(self, client_id: String, client_secret: SecretString) -> Self {
        Self { client_credentials: Some((client_id, client_secret)), api_key: None, ..self }
    }

    fn from_variables(api: &'static ApiSpec, variable: impl Fn(&str) -> Result<String, VarError>) -> Self {
        let mut builder = Self::new(api, SecretString::default());
        let fetches = |endpoint: &TokenEndpoint| {
            is_set(&variable, endpoint.client_id) || !is_set(&variable, api.environment.api_key)
        };
        let token_endpoint = api.token_endpoint.filter(fetches);
        let names = match (token_endpoint, api.auth) {
            (Some(endpoint), _) => vec![endpoint.client_id, endpoint.client_secret],
            (None, Auth::None) => Vec::new(),
            (None, Auth::Together(parts)) => parts.iter().map(|part| part.variable).collect(),
            (None, _) => vec![api.environment.api_key],
        };
        let keys = names.into_iter().map(|name| variable(name).map_err(|error| variable_problem(name, &error)));
        let (keys, problems): (Vec<_>, Vec<_>) = keys.partition(Result::is_ok);
        builder.problems.extend(problems.into_iter().filter_map(Result::err));
        let keys: Vec<String> = keys.into_iter().flatten().collect();
        match (token_endpoint, &keys[..]) {
            (Some(_), [id, secret]) => builder = builder.credentials(id.clone(), secret.clone().into()),
            _ => builder.api_key = builder.problems.is_empty().then(|| keys.join("\n").into()),
        }
        match variable(api.environment.base_url) {
            Ok(url) => builder = builder.base_url(url),
            Err(VarError::NotPresent) => {}
            Err(error) => builder.problems.push(variable_problem(api.environment.base_url, &error)),
        }
        builder
    }

    /// Sets the base URL, for example that of a mock server. Default: the API's own server.
    ///
    /// Plain `http` is accepted for loopback addresses only, unless [`insecure_http`](Self::insecure_http) is set.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Sets the URL from which the client fetches its tokens, for example that of a test server. Default: the documented
    /// one.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Adds a field to the requests for tokens, such as `audience`. `scope` replaces the scopes of the settings.
    pub fn token_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.token_parameters.push((name.into(), value.into()));
        self
    }

    /// Sets the timeout of one attempt, from the first byte sent to the last byte read. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the timeout for making a connection. Default: 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets the deadline of a whole call, including retries, waits between them and the wait for the rate limit.
    /// Default: none.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Sets the maximum number of retries per call. Default: 3; 0 disables retries.
    ///
    /// - Every call is retried if no connection was made, and on status 429.
    /// - Idempotent calls are also retried on timeouts, lost connections, and the statuses 408, 500, 502, 503 and 504.
    ///   Calls that create something are not: the server may have processed them.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.retry.max_retries = retries;
        self
    }

    /// Sets the maximum wait before the first retry, and before any retry. Default: 0.5 and 8 seconds.
    ///
    /// The maximum doubles with each retry; the actual wait is random between zero and the maximum. If the API sends
    /// `Retry-After`, the client waits that long instead.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        (self.retry.first_wait, self.retry.longest_wait) = (first, longest);
        self
    }

    /// Sets the longest `Retry-After` that the client waits for. Default: one minute.
    ///
    /// If the API requests a longer wait, the call returns the error; [`Error::retry_after`] returns the wait.
    pub fn max_retry_after(mut self, longest: Duration) -> Self {
        self.retry.longest_retry_after = longest;
        self
    }

    /// Sets the maximum number of requests per window, retries included. Default: the documented limit of the API.
    ///
    /// The client and its clones share the limit. Set a lower one if other programs use the same API key.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// Disables the rate limit of the client. The API itself still rejects requests above its limit.
    pub fn without_rate_limit(mut self) -> Self {
        self.rate_limit = None;
        self
    }

    /// Adds a header to every call. It replaces the client's own value of a header that the API needs in every request.
    pub fn extra_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.header(name, value);
        self
    }

    /// Adds an undocumented query parameter to every call.
    pub fn extra_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.query(name, value);
        self
    }

    /// Adds hooks around every attempt. Several middlewares run in the order in which they were added.
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// Sets the maximum size of a response body, in bytes after decompression. Default: 32 MiB.
    ///
    /// A call with a larger response fails with [`Error::ResponseTooLarge`].
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// Allows plain `http` to other machines. It exposes the API key to everyone on the network path.
    pub fn insecure_http(mut self, allowed: bool) -> Self {
        self.insecure_http = allowed;
        self
    }

    /// Sets the HTTP client, with its own proxies, certificates and connection pool.
    ///
    /// Its redirect policy applies, too: a client that follows redirects may send a request twice, and may send query
    /// parameters to another host. The default client follows no redirects.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Builds the client, or returns all problems with the settings in [`Error::Config`].
    pub fn build(self) -> Result<C, Error> {
        let mut problems = self.problems;
        let key = self.api_key.and_then(|key| keep(ApiKey::new(key, self.api.auth), &mut problems));
        let base_url = if self.base_url.is_empty() {
            Err("no base URL is set, and the API documents none".to_owned())
        } else {
            BaseUrl::parse(&self.base_url, self.insecure_http)
        };
        let base_url = keep(base_url, &mut problems);
        let authorization = match (self.client_credentials, &base_url) {
            (Some(credentials), Some(base_url)) => {
                let endpoint = self.api.token_endpoint.unwrap_or_default();
                let url = token_url(self.token_url.as_deref().unwrap_or(endpoint.url), base_url, self.insecure_http);
                keep(url, &mut problems)
                    .and_then(|url| keep(Tokens::new(url, endpoint, credentials, self.token_parameters), &mut problems))
                    .map(Authorization::Tokens)
            }
            (Some(_), None) => None,
            (None, _) => key.map(Authorization::Key),
        };
        for (time, problem) in [
            (Some(self.timeout), "the timeout must be greater than zero"),
            (self.connect_timeout, "the connect timeout must be greater than zero"),
            (self.deadline, "the deadline must be greater than zero"),
        ] {
            if time.is_some_and(|time| time.is_zero()) {
                problems.push(problem.to_owned());
            }
        }
        if let Some(limit) = self.rate_limit {
            problems.extend(rate_limit_problem(limit).map(str::to_owned));
        }
        let mut options = self.options;
        for (name, value) in self.api.headers {
            options.default_header(name, || (*value).to_owned());
        }
        problems.extend(options.invalid_headers().map(|(name, rule)| format!("the header `{name}` {rule}")));
        if self.max_response_bytes == 0 {
            problems.push("the response limit must be greater than zero".to_owned());
        }
        if self.http_client.is_some() && self.connect_timeout.is_some() {
            problems.push("set the connect timeout on your own HTTP client".to_owned());
        }
        let is_local = base_url.as_ref().is_some_and(BaseUrl::is_loopback);
        let connect_timeout = self.connect_timeout.unwrap_or(CONNECT_TIMEOUT);
        // The default HTTP client already has this timeout, so requests need not set it.
        let http_timeout = self.http_client.is_none().then_some(self.timeout);
        let http =
            self.http_client.or_else(|| keep(http_client(self.timeout, connect_timeout, is_local), &mut problems));
        match (authorization, base_url, http) {
            (Some(authorization), Some(base_url), Some(http)) if problems.is_empty() => {
                C::around(Client::assemble(Shared {
                    api: self.api,
                    user_agent: HeaderValue::from_static(self.api.package.user_agent),
                    authorization,
                    base_url,
                    insecure_http: self.insecure_http,
                    http,
                    http_timeout,
                    timeout: self.timeout,
                    deadline: self.deadline,
                    retry: self.retry,
                    options,
                    limiter: self.rate_limit.map(Limiter::new),
                    middleware: self.middleware,
                    max_response_bytes: self.max_response_bytes,
                }))
            }
            _ => Err(Error::Config { problems }),
        }
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

fn keep<T>(result: Result<T, String>, problems: &mut Vec<String>) -> Option<T> {
    result.map_err(|problem| problems.push(problem)).ok()
}

fn variable_problem(name: &str, error: &VarError) -> String {
    match error {
        VarError::NotPresent => format!("the environment variable {name} is not set"),
        VarError::NotUnicode(_) => format!("the environment variable {name} is not valid UTF-8"),
    }
}

fn is_set(variable: &impl Fn(&str) -> Result<String, VarError>, name: &str) -> bool {
    !matches!(variable(name), Err(VarError::NotPresent))
}

/// Returns the URL of the token endpoint; one that is only a path is on the API's server.
fn token_url(url: &str, base_url: &BaseUrl, insecure_http: bool) -> Result<Url, String> {
    let beside = url.starts_with('/').then(|| base_url.beside(url)).flatten();
    let url = beside.as_ref().map_or(url, BaseUrl::as_str);
    safe(url, insecure_http).map_err(|problem| format!("the token URL {problem}"))
}

fn rate_limit_problem(limit: RateLimit) -> Option<&'static str> {
    if limit.requests == 0 || limit.window.is_zero() {
        Some("the rate limit must be greater than zero")
    } else if limit.window > LONGEST_WINDOW {
        Some("the window of a rate limit must be at most a day")
    } else {
        None
    }
}

/// Returns the default HTTP client.
///
/// - It follows no redirects: the API key stays with its host, and no request is sent twice.
/// - It does not retry: the pipeline does, and counts and traces every request.
/// - It uses no proxy for loopback addresses: the proxy would see the API key.
/// - It closes idle connections early: if the server closes one while a request is sent, the outcome is unknown.
fn http_client(timeout: Duration, connect_timeout: Duration, is_local: bool) -> Result<reqwest::Client, String> {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never().max_retries_per_request(0))
        .timeout(timeout)
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(IDLE);
    let builder = if is_local { builder.no_proxy() } else { builder };
    builder.build().map_err(|error| format!("cannot create the HTTP client: {error}"))
}

#[cfg(test)]
mod tests;
