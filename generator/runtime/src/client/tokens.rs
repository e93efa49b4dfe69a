//! Fetches tokens with the client credentials grant of OAuth 2.0 (RFC 6749, section 4.4), for all clones of a client.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::{Url, form_urlencoded};

use crate::api::TokenEndpoint;
use crate::client::auth::sensitive;
use crate::error::{BoxError, Error, redact};
use crate::pipeline::received::{ReadError, Received};

/// The maximum size of a response, in bytes.
const LARGEST: usize = 1024 * 1024;
/// Tokens are renewed this long before they expire, or after nine tenths of a shorter life.
const MARGIN: Duration = Duration::from_secs(60);

/// Fetches tokens, and keeps the current one.
pub(crate) struct Tokens {
    url: Url,
    client_id: String,
    client_secret: SecretString,
    /// The fields of the request, beside the grant type.
    parameters: Vec<(String, String)>,
    /// Whether id and secret are fields of the request, too, instead of a header.
    in_body: bool,
    current: RwLock<Option<Arc<Token>>>,
    /// Held while a token is fetched, so that parallel calls fetch one.
    fetching: Mutex<()>,
}

/// A token.
pub(crate) struct Token {
    text: SecretString,
    header: HeaderValue,
    /// When to fetch the next one.
    renewal: Option<Instant>,
}

/// Why there is no token.
struct Failure {
    message: String,
    is_temporary: bool,
    source: Option<BoxError>,
}

/// The body of a success (RFC 6749, section 5.1).
#[derive(Deserialize)]
struct Issued {
    access_token: String,
    token_type: Option<String>,
    expires_in: Option<Seconds>,
}

/// A number of seconds. Some servers send a string.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seconds {
    Number(f64),
    Text(String),
}

/// The body of an error (RFC 6749, section 5.2).
#[derive(Deserialize)]
struct Refused {
    error: String,
    error_description: Option<String>,
}

impl Tokens {
    pub(super) fn new(
        url: Url,
        endpoint: TokenEndpoint,
        (client_id, client_secret): (String, SecretString),
        mut parameters: Vec<(String, String)>,
    ) -> Result<Self, String> {
        for (name, value) in [("client id", client_id.as_str()), ("client secret", client_secret.expose_secret())] {
            if value.trim().is_empty() {
                return Err(format!("the {name} is empty"));
            }
        }
        if !endpoint.scopes.is_empty() && !parameters.iter().any(|(name, _)| name == "scope") {
            parameters.push(("scope".to_owned(), endpoint.scopes.to_owned()));
        }
        let (current, fetching) = Default::default();
        Ok(Self { url, client_id, client_secret, parameters, in_body: endpoint.in_body, current, fetching })
    }

    /// Returns the current token, or fetches one; and whether it was fetched.
    pub(crate) async fn token(
        &self,
        http: &reqwest::Client,
        timeout: Duration,
        operation: &'static str,
    ) -> Result<(Arc<Token>, bool), Error> {
        if let Some(token) = self.current() {
            return Ok((token, false));
        }
        let _guard = self.fetching.lock().await;
        if let Some(token) = self.current() {
            return Ok((token, false));
        }
        let fetched = self.fetch(http, timeout).await;
        let token = fetched.map(Arc::new).map_err(|Failure { message, is_temporary, source }| Error::Token {
            operation,
            message,
            is_temporary,
            source,
        })?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&token));
        Ok((token, true))
    }

    /// Forgets a token that the API rejected, unless another call has already fetched a new one.
    pub(crate) fn reject(&self, token: &Arc<Token>) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if current.as_ref().is_some_and(|current| Arc::ptr_eq(current, token)) {
            *current = None;
        }
    }

    /// Redacts the secret and the current token wherever a string contains one.
    pub(crate) fn scrub(&self, string: &str) -> String {
        let string = redacted(string, &self.client_secret);
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().map(|token| redacted(&string, &token.text)).unwrap_or(string)
    }

    fn current(&self) -> Option<Arc<Token>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner).clone()?;
        current.renewal.is_none_or(|renewal| Instant::now() < renewal).then_some(current)
    }

    async fn fetch(&self, http: &reqwest::Client, timeout: Duration) -> Result<Token, Failure> {
        let asked = Instant::now();
        let unreachable = |error: reqwest::Error| Failure {
            message: "cannot reach the token endpoint".to_owned(),
            is_temporary: true,
            // The URL may contain the name of a tenant.
            source: Some(error.without_url().into()),
        };
        let response = http.execute(self.request(timeout)?).await.map_err(unreachable)?;
        match Received::read(response, LARGEST).await {
            Ok(received) if received.status.is_success() => self.issued(&received, asked),
            Ok(received) => Err(self.refused(&received)),
            Err(ReadError::Transport(error)) => Err(unreachable(error)),
            Err(ReadError::TooLarge(_)) => {
                Err(permanent(format!("the response of the token endpoint is larger than {LARGEST} bytes")))
            }
        }
    }

    fn request(&self, timeout: Duration) -> Result<reqwest::Request, Failure> {
        let mut request = reqwest::Request::new(http::Method::POST, self.url.clone());
        let mut form = form_urlencoded::Serializer::new("grant_type=client_credentials".to_owned());
        form.extend_pairs(&self.parameters);
        let (id, secret) = (self.client_id.as_str(), self.client_secret.expose_secret());
        *request.timeout_mut() = Some(timeout);
        let headers = request.headers_mut();
        if self.in_body {
            form.extend_pairs([("client_id", id), ("client_secret", secret)]);
        } else {
            let authorization = basic(id, secret);
            let authorization = authorization.ok_or_else(|| permanent("the client secret does not fit in a header"))?;
            headers.insert(AUTHORIZATION, authorization);
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        *request.body_mut() = Some(form.finish().into());
        Ok(request)
    }

    fn issued(&self, received: &Received, asked: Instant) -> Result<Token, Failure> {
        // serde's message may quote the token.
        let issued: Issued = serde_json::from_slice(&received.body)
            .map_err(|_| permanent("the response of the token endpoint has no `access_token`"))?;
        if let Some(other) = issued.token_type.filter(|name| !name.eq_ignore_ascii_case("bearer")) {
            let other = redact::excerpt(&self.scrub(&other));
            return Err(permanent(format!("the token endpoint issued a token of the type `{other}`, not `bearer`")));
        }
        let text = Some(&issued.access_token).filter(|text| !text.is_empty());
        let header = text.and_then(|text| sensitive(format!("Bearer {text}")));
        let header =
            header.ok_or_else(|| permanent("the token endpoint issued a token that does not fit in a header"))?;
        let life = issued.expires_in.and_then(Seconds::duration);
        let renewal = life.and_then(|life| asked.checked_add(life.saturating_sub(MARGIN.min(life / 10))));
        Ok(Token { text: issued.access_token.into(), header, renewal })
    }

    fn refused(&self, received: &Received) -> Failure {
        let status = received.status;
        let reason = serde_json::from_slice(&received.body).ok().map(|Refused { error, error_description }| {
            let description = error_description.map(|text| format!(": {text}")).unwrap_or_default();
            redact::excerpt(&self.scrub(&format!("{error}{description}")))
        });
        let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        Failure {
            message: format!("the token endpoint responded {status}{reason}"),
            is_temporary: status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS,
            source: None,
        }
    }
}

impl Token {
    pub(crate) fn authorize(&self, request: &mut reqwest::Request) {
        request.headers_mut().insert(AUTHORIZATION, self.header.clone());
    }
}

impl Seconds {
    /// Returns `None` for a value that is not a time.
    fn duration(self) -> Option<Duration> {
        let seconds = match self {
            Self::Number(seconds) => seconds,
            Self::Text(text) => text.trim().parse().ok()?,
        };
        Duration::try_from_secs_f64(seconds).ok()
    }
}

fn permanent(message: impl Into<String>) -> Failure {
    Failure { message: message.into(), is_temporary: false, source: None }
}

/// Returns the credentials for HTTP Basic authentication; both are form-encoded first (RFC 6749, section 2.3.1).
fn basic(id: &str, secret: &str) -> Option<HeaderValue> {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    sensitive(format!("Basic {}", BASE64_STANDARD.encode(format!("{}:{}", encoded(id), encoded(secret)))))
}

fn redacted(string: &str, secret: &SecretString) -> String {
    match secret.expose_secret() {
        "" => string.to_owned(),
        secret => string.replace(secret, "[redacted]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(endpoint: TokenEndpoint, parameters: &[(&str, &str)]) -> Tokens {
        let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let url = Url::parse("https://example.com/token").expect("a URL");
        Tokens::new(url, endpoint, ("an id".to_owned(), "s&cret".into()), parameters).expect("usable credentials")
    }

    #[test]
    fn requests() {
        let scoped = TokenEndpoint { scopes: "read write", ..TokenEndpoint::default() };
        let in_body = TokenEndpoint { in_body: true, ..TokenEndpoint::default() };
        for (endpoint, parameters, expected) in [
            (TokenEndpoint::default(), &[][..], ""),
            (scoped, &[("audience", "a b")], "&audience=a+b&scope=read+write"),
            (scoped, &[("scope", "read")], "&scope=read"),
            (in_body, &[], "&client_id=an+id&client_secret=s%26cret"),
        ] {
            let Ok(request) = tokens(endpoint, parameters).request(Duration::MAX) else { panic!("no request") };
            let body = request.body().and_then(reqwest::Body::as_bytes).expect("a body");
            assert_eq!(String::from_utf8_lossy(body), format!("grant_type=client_credentials{expected}"));
            let authorization = request.headers().get(AUTHORIZATION);
            assert_eq!(authorization.is_none(), endpoint.in_body);
            assert!(authorization.is_none_or(HeaderValue::is_sensitive));
        }
    }

    #[test]
    fn tokens_are_renewed_before_they_expire() {
        let tokens = tokens(TokenEndpoint::default(), &[]);
        let asked = Instant::now();
        let renewal = |life: &str| {
            let body = format!("{{\"access_token\":\"a\"{life}}}");
            let received = Received { body: body.into(), ..Received::default() };
            let Ok(token) = tokens.issued(&received, asked) else { panic!("no token") };
            token.renewal.map(|renewal| (renewal - asked).as_secs_f64())
        };
        for (life, expected) in [
            ("", None),
            (",\"expires_in\":null", None),
            (",\"expires_in\":3600", Some(3540.0)),
            (",\"expires_in\":\"600\"", Some(540.0)),
            (",\"expires_in\":10.0", Some(9.0)),
            (",\"expires_in\":0", Some(0.0)),
            (",\"expires_in\":-1", None),
            (",\"expires_in\":1e300", None),
            (",\"expires_in\":\"soon\"", None),
        ] {
            assert_eq!(renewal(life), expected, "{life}");
        }
    }
}
