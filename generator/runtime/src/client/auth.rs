//! API keys: kept secret, and added to requests.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::api::Auth;

/// One or more valid API keys, and where each is sent.
#[derive(Clone)]
pub(crate) struct ApiKey(Vec<Part>);

#[derive(Clone)]
struct Part {
    key: SecretString,
    auth: Auth,
    credentials: Credentials,
}

/// The query parameter, header or cookie that each request receives.
#[derive(Clone)]
enum Credentials {
    None,
    Query(&'static str),
    Header(HeaderName, HeaderValue),
    /// A cookie, appended to the other cookies of a request.
    Cookie(HeaderValue),
}

impl ApiKey {
    /// Checks a key. The error describes the problem without quoting the key.
    pub(crate) fn new(key: SecretString, auth: Auth) -> Result<Self, String> {
        let Auth::Together(parts) = auth else { return Ok(Self(vec![Part::new(key, auth)?])) };
        let keys: Vec<_> = key.expose_secret().split('\n').collect();
        if keys.len() != parts.len() {
            return Err(format!("expected {} API keys, one per line, found {}", parts.len(), keys.len()));
        }
        let parts = parts.iter().zip(keys).map(|(part, key)| {
            Part::new(key.into(), part.auth).map_err(|problem| format!("{problem} ({})", part.variable))
        });
        Ok(Self(parts.collect::<Result<_, _>>()?))
    }

    /// Adds the keys to a request, marked as sensitive. Returns `None` if a key does not fit beside the request's other
    /// cookies.
    pub(crate) fn authorize(&self, request: &mut reqwest::Request) -> Option<()> {
        self.0.iter().try_for_each(|part| part.authorize(request))
    }

    /// Redacts the keys wherever a string contains one.
    pub(crate) fn scrub(&self, string: &str) -> String {
        self.0.iter().fold(string.to_owned(), |string, part| part.scrub(&string))
    }
}

impl Part {
    fn new(key: SecretString, auth: Auth) -> Result<Self, String> {
        let exposed = key.expose_secret();
        match auth {
            Auth::Basic if !exposed.contains(':') => {
                return Err("the API key must be a user name and a password, separated by a colon".to_owned());
            }
            // User name and password are base64-encoded; only control characters are invalid (RFC 7617, section 2).
            Auth::Basic if exposed.contains(char::is_control) => {
                return Err("the user name or the password contains a control character".to_owned());
            }
            Auth::Cookie(_) if exposed.contains(['"', ',', ';', '\\']) => {
                return Err("the API key contains a character that cookies do not allow".to_owned());
            }
            Auth::None | Auth::Basic => {}
            _ => printable(exposed)?,
        }
        let credentials =
            credentials(exposed, auth).ok_or("the API key contains a character that headers do not allow")?;
        Ok(Self { key, auth, credentials })
    }

    fn authorize(&self, request: &mut reqwest::Request) -> Option<()> {
        match &self.credentials {
            Credentials::None => {}
            Credentials::Query(name) => {
                request.url_mut().query_pairs_mut().append_pair(name, self.key.expose_secret());
            }
            Credentials::Header(name, value) => {
                request.headers_mut().insert(name, value.clone());
            }
            Credentials::Cookie(own) => {
                let cookies = match request.headers().get(COOKIE) {
                    Some(others) => sensitive([others.as_bytes(), b"; ", own.as_bytes()].concat())?,
                    None => own.clone(),
                };
                request.headers_mut().insert(COOKIE, cookies);
            }
        }
        Some(())
    }

    fn scrub(&self, string: &str) -> String {
        let parts: Vec<&str> = match self.auth {
            Auth::Basic => self.key.expose_secret().splitn(2, ':').collect(),
            _ => vec![self.key.expose_secret()],
        };
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.fold(string.to_owned(), |string, part| string.replace(part, "[redacted]"))
    }
}

/// Returns `None` if the key, or the name of its header or cookie, is not a valid header value.
fn credentials(key: &str, auth: Auth) -> Option<Credentials> {
    Some(match auth {
        // `ApiKey::new` has already split `Together` into its parts.
        Auth::None | Auth::Together(_) => Credentials::None,
        Auth::Query(name) => Credentials::Query(name),
        Auth::Bearer => Credentials::Header(AUTHORIZATION, sensitive(format!("Bearer {key}"))?),
        Auth::Basic => Credentials::Header(AUTHORIZATION, sensitive(format!("Basic {}", BASE64_STANDARD.encode(key)))?),
        Auth::Header(name) => Credentials::Header(HeaderName::try_from(name).ok()?, sensitive(key.to_owned())?),
        Auth::Cookie(name) => Credentials::Cookie(sensitive(format!("{name}={key}"))?),
    })
}

/// Returns a header value that `Debug` does not print.
pub(super) fn sensitive(content: impl TryInto<HeaderValue>) -> Option<HeaderValue> {
    let mut value = content.try_into().ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn printable(key: &str) -> Result<(), String> {
    if key.trim().is_empty() {
        return Err("the API key is empty".to_owned());
    }
    if key.trim() != key {
        return Err("the API key begins or ends with white space".to_owned());
    }
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("the API key must contain only printable ASCII characters".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Credential;

    fn sent(auth: Auth, key: &str) -> reqwest::Request {
        let Ok(key) = ApiKey::new(key.into(), auth) else { panic!("rejected") };
        let mut request = reqwest::Request::new(http::Method::GET, "https://api.example.com/x?a=1".parse().unwrap());
        key.authorize(&mut request).unwrap();
        request
    }

    #[test]
    fn unusable_keys_are_rejected_without_being_quoted() {
        for key in ["", "   ", " pk_secret", "pk_secret\n", "pk secret", "pk_sécret", "pk_secret\u{0}"] {
            let Err(problem) = ApiKey::new(key.into(), Auth::Bearer) else { panic!("accepted {key:?}") };
            assert!(!problem.contains("secret"), "{problem}");
        }
        for key in ["ada", "a\nda:x", "ada:\u{7f}", "ada:\0"] {
            assert!(ApiKey::new(key.into(), Auth::Basic).is_err(), "{key:?}");
        }
        for key in ["a; admin=1", "a;b", "a,b", "\"a\"", "a\\b"] {
            assert!(ApiKey::new(key.into(), Auth::Cookie("session")).is_err(), "{key:?}");
        }
        assert!(ApiKey::new("".into(), Auth::None).is_ok());
    }

    #[test]
    fn keys_are_sent_where_the_api_expects_them() {
        for (auth, key, name, expected) in [
            (Auth::Bearer, "pk_1", "authorization", "Bearer pk_1"),
            (Auth::Basic, "ada:open sesame", "authorization", "Basic YWRhOm9wZW4gc2VzYW1l"),
            (Auth::Header("X-Key"), "pk_1", "x-key", "pk_1"),
            (Auth::Cookie("session"), "pk_1", "cookie", "session=pk_1"),
        ] {
            let request = sent(auth, key);
            let header = &request.headers()[name];
            assert_eq!(header, expected);
            assert!(header.is_sensitive());
        }
        assert_eq!(sent(Auth::Query("key"), "p&1").url().query(), Some("a=1&key=p%261"));
        assert!(sent(Auth::None, "").headers().is_empty());
    }

    const TOGETHER: Auth = Auth::Together(&[
        Credential { variable: "K_APP", auth: Auth::Header("x-app") },
        Credential { variable: "K_USER", auth: Auth::Basic },
        Credential { variable: "K_KEY", auth: Auth::Query("key") },
    ]);

    #[test]
    fn several_keys_are_sent_together() {
        let request = sent(TOGETHER, "app\nada:open\nsecret");
        assert_eq!(
            (&request.headers()["x-app"], request.url().query()),
            (&"app".parse().unwrap(), Some("a=1&key=secret"))
        );
        assert_eq!(request.headers()["authorization"], "Basic YWRhOm9wZW4=");
        for (key, expected) in [
            ("app", "expected 3 API keys, one per line, found 1"),
            ("app\nada:open\nsecret\nmore", "expected 3 API keys, one per line, found 4"),
            ("app\nada:open\n", "the API key is empty (K_KEY)"),
            ("app\nada\nsecret", "the API key must be a user name and a password, separated by a colon (K_USER)"),
        ] {
            assert_eq!(ApiKey::new(key.into(), TOGETHER).err().as_deref(), Some(expected));
        }
        assert_eq!(TOGETHER.key("u", "k"), "k\nu:k\nk");
    }

    #[test]
    fn keys_are_scrubbed() {
        let scrub = |auth, key: &str, string: &str| ApiKey::new(key.into(), auth).map(|key| key.scrub(string));
        assert_eq!(scrub(Auth::Bearer, "pk_live_1", "bad key pk_live_1!"), Ok("bad key [redacted]!".to_owned()));
        assert_eq!(
            scrub(Auth::Basic, "ada:sesame", "no sesame for ada"),
            Ok("no [redacted] for [redacted]".to_owned())
        );
        assert_eq!(scrub(Auth::None, "", "as it is"), Ok("as it is".to_owned()));
        let several = scrub(TOGETHER, "app\nada:open\nsecret", "no app, secret or open, ada");
        assert_eq!(several, Ok("no [redacted], [redacted] or [redacted], [redacted]".to_owned()));
    }
}
