//! How a client is put together, from arguments or from the environment.

use std::env::VarError;
use std::fmt;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::auth::ApiKey;
use super::client::{Client, Shared};
use super::error::Error;
use super::policy::Policy;

const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_RESPONSE_BYTES: usize = 32 * 1024 * 1024;

/// Settings of a client. [`build`](Self::build) reports everything that is wrong with them at once.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    policy: &'static Policy,
    api_key: SecretString,
    base_url: String,
    timeout: Duration,
    connect_timeout: Option<Duration>,
    max_response_bytes: usize,
    insecure_http: bool,
    http_client: Option<reqwest::Client>,
    problems: Vec<String>,
}

impl Client {
    pub(crate) fn with_policy(policy: &'static Policy, api_key: impl Into<SecretString>) -> ClientBuilder {
        ClientBuilder::new(policy, api_key.into())
    }

    pub(crate) fn from_policy_env(policy: &'static Policy) -> Result<Self, Error> {
        ClientBuilder::from_variables(policy, |name| std::env::var(name)).build()
    }
}

impl ClientBuilder {
    fn new(policy: &'static Policy, api_key: SecretString) -> Self {
        Self {
            policy,
            api_key,
            base_url: policy.base_url.to_owned(),
            timeout: TIMEOUT,
            connect_timeout: None,
            max_response_bytes: MAX_RESPONSE_BYTES,
            insecure_http: false,
            http_client: None,
            problems: Vec::new(),
        }
    }

    fn from_variables(policy: &'static Policy, variable: impl Fn(&str) -> Result<String, VarError>) -> Self {
        let mut builder = Self::new(policy, SecretString::default());
        match variable(policy.api_key_variable) {
            Ok(key) => builder.api_key = key.into(),
            Err(error) => builder.problems.push(variable_problem(policy.api_key_variable, &error)),
        }
        match variable(policy.base_url_variable) {
            Ok(url) => builder = builder.base_url(url),
            Err(VarError::NotPresent) => {}
            Err(error) => builder.problems.push(variable_problem(policy.base_url_variable, &error)),
        }
        builder
    }

    /// Calls another server than the API's own, such as a stand-in for tests.
    ///
    /// Plain `http` is taken for loopback addresses only, unless [`insecure_http`](Self::insecure_http) allows it.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// How long one attempt may take, from the first byte sent to the last byte read. 30 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long making a connection may take. 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// The largest answer to read, in bytes after decompression. 32 MiB unless set.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// Allows plain `http` to other machines, which shows the API key to everyone on the way.
    pub fn insecure_http(mut self, allowed: bool) -> Self {
        self.insecure_http = allowed;
        self
    }

    /// Sends through this HTTP client, with its proxies, certificates and connection pool.
    ///
    /// Its redirect policy applies too: a client that follows redirects may repeat a request. The client made here
    /// follows none.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Makes the client, or says everything that is wrong with the settings.
    pub fn build(self) -> Result<Client, Error> {
        let mut problems = self.problems;
        let key = if problems.is_empty() { keep(ApiKey::new(self.api_key), &mut problems) } else { None };
        let base_url = keep(base_url(&self.base_url, self.insecure_http), &mut problems);
        if self.timeout.is_zero() || self.connect_timeout.is_some_and(|timeout| timeout.is_zero()) {
            problems.push("a timeout of zero leaves no time for an answer".to_owned());
        }
        if self.max_response_bytes == 0 {
            problems.push("a response limit of zero bytes leaves no room for an answer".to_owned());
        }
        if self.http_client.is_some() && self.connect_timeout.is_some() {
            problems.push("set the connect timeout on the HTTP client that you pass in".to_owned());
        }
        let is_local = base_url.as_ref().is_some_and(|base_url| base_url.is_loopback);
        let connect_timeout = self.connect_timeout.unwrap_or(CONNECT_TIMEOUT);
        let http = self.http_client.or_else(|| keep(http_client(connect_timeout, is_local), &mut problems));
        match (key, base_url, http) {
            (Some(key), Some(base_url), Some(http)) if problems.is_empty() => Ok(Client::assemble(Shared {
                policy: self.policy,
                key,
                base_url: base_url.text,
                http,
                timeout: self.timeout,
                max_response_bytes: self.max_response_bytes,
            })),
            _ => Err(Error::Config { problems }),
        }
    }
}

impl fmt::Debug for ClientBuilder {
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

/// The client made when none is passed in. It follows no redirect: the key stays with its host, and a request that
/// changes something is never repeated by a redirect. No proxy stands on the way to this machine itself: it would be
/// shown the key.
fn http_client(connect_timeout: Duration, is_local: bool) -> Result<reqwest::Client, String> {
    let builder =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(connect_timeout);
    let builder = if is_local { builder.no_proxy() } else { builder };
    builder.build().map_err(|error| format!("the HTTP client cannot be made: {error}"))
}

/// Where calls go.
#[derive(Debug)]
struct BaseUrl {
    /// Without a slash at the end.
    text: String,
    is_loopback: bool,
}

fn base_url(text: &str, insecure_http: bool) -> Result<BaseUrl, String> {
    let url = Url::parse(text).map_err(|error| format!("the base URL is not a URL ({error})"))?;
    let host = url.host().ok_or("the base URL has no host")?;
    let is_loopback = is_loopback(&host);
    match url.scheme() {
        "https" => {}
        "http" if insecure_http || is_loopback => {}
        "http" => return Err("the base URL would send the API key over plain http; use https".to_owned()),
        _ => return Err("the base URL must begin with https://".to_owned()),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the base URL must not hold a user name or password".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("the base URL must not hold a query or fragment".to_owned());
    }
    Ok(BaseUrl { text: url.as_str().trim_end_matches('/').to_owned(), is_loopback })
}

fn is_loopback(host: &url::Host<&str>) -> bool {
    match host {
        url::Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::policy::Failure;

    const POLICY: Policy =
        Policy::new("https://api.example.com/v1", "EXAMPLE_KEY", "EXAMPLE_URL", Failure::at("", "/message", "/code"));

    fn builder() -> ClientBuilder {
        ClientBuilder::new(&POLICY, "key_1".into())
    }

    #[track_caller]
    fn refused(builder: ClientBuilder, expected: &[&str]) {
        match builder.build() {
            Err(Error::Config { problems }) => assert_eq!(problems, expected),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn base_urls() {
        #[track_caller]
        fn check(url: &str, expected: Result<&str, &str>) {
            let found = base_url(url, false);
            assert_eq!(found.as_ref().map(|url| url.text.as_str()).map_err(String::as_str), expected, "{url}");
        }
        check("https://api.example.com/v1/", Ok("https://api.example.com/v1"));
        check("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080"));
        check("http://[::1]/x", Ok("http://[::1]/x"));
        check("http://localhost:1", Ok("http://localhost:1"));
        check("http://api.example.com", Err("the base URL would send the API key over plain http; use https"));
        check("http://127.0.0.1.example.com", Err("the base URL would send the API key over plain http; use https"));
        check("ftp://localhost", Err("the base URL must begin with https://"));
        check("mailto:ada@example.com", Err("the base URL has no host"));
        check("https://user:word@example.com", Err("the base URL must not hold a user name or password"));
        check("https://example.com/?key=1", Err("the base URL must not hold a query or fragment"));
        check("", Err("the base URL is not a URL (relative URL without a base)"));
        assert!(base_url("http://api.example.com", true).is_ok());
    }

    #[test]
    fn every_problem_is_reported_at_once() {
        refused(
            ClientBuilder::new(&POLICY, "".into()).base_url("x").timeout(Duration::ZERO).max_response_bytes(0),
            &[
                "the API key is empty",
                "the base URL is not a URL (relative URL without a base)",
                "a timeout of zero leaves no time for an answer",
                "a response limit of zero bytes leaves no room for an answer",
            ],
        );
        refused(
            builder().http_client(reqwest::Client::new()).connect_timeout(Duration::from_secs(1)),
            &["set the connect timeout on the HTTP client that you pass in"],
        );
    }

    #[test]
    fn the_environment() {
        let set = |name: &str| match name {
            "EXAMPLE_KEY" => Ok("key_1".to_owned()),
            "EXAMPLE_URL" => Ok("http://localhost:9/v2/".to_owned()),
            _ => Err(VarError::NotPresent),
        };
        let client = ClientBuilder::from_variables(&POLICY, set).build().unwrap();
        assert_eq!(client.base_url(), "http://localhost:9/v2");
        refused(
            ClientBuilder::from_variables(&POLICY, |_| Err(VarError::NotPresent)),
            &["the environment variable EXAMPLE_KEY is not set"],
        );
        refused(
            ClientBuilder::from_variables(&POLICY, |_| Err(VarError::NotUnicode("x".into()))),
            &[
                "the environment variable EXAMPLE_KEY is not valid UTF-8",
                "the environment variable EXAMPLE_URL is not valid UTF-8",
            ],
        );
    }

    #[test]
    fn nothing_shows_the_key() {
        let client = builder().build().unwrap();
        for shown in [format!("{:?}", builder()), format!("{client:?}"), format!("{client:#?}")] {
            assert!(!shown.contains("key_1"), "{shown}");
        }
    }
}
