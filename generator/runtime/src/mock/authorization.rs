//! Checks whether a request carries the API key in the documented place.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};
use url::form_urlencoded;

use crate::api::Auth;

pub(crate) fn is_given(auth: Auth, key: &str, headers: &HeaderMap, query: Option<&str>) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = |expected: &str| {
        let (scheme, rest) = header(AUTHORIZATION.as_str())?.split_once(' ')?;
        scheme.eq_ignore_ascii_case(expected).then_some(rest)
    };
    match auth {
        Auth::None => true,
        Auth::Together(parts) => {
            let keys: Vec<_> = key.split('\n').collect();
            keys.len() == parts.len()
                && parts.iter().zip(keys).all(|(part, key)| is_given(part.auth, key, headers, query))
        }
        Auth::Bearer => scheme("bearer") == Some(key),
        Auth::Basic => scheme("basic").is_some_and(|key_given| key_given == BASE64_STANDARD.encode(key)),
        Auth::Header(name) => header(name) == Some(key),
        Auth::Query(name) => {
            form_urlencoded::parse(query.unwrap_or_default().as_bytes()).any(|pair| pair == (name.into(), key.into()))
        }
        Auth::Cookie(name) => header(COOKIE.as_str())
            .is_some_and(|all| all.split(';').any(|pair| pair.trim().split_once('=') == Some((name, key)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Credential;

    #[test]
    fn the_key_is_found_where_it_belongs() {
        const BOTH: Auth = Auth::Together(&[
            Credential { variable: "A", auth: Auth::Header("x-key") },
            Credential { variable: "B", auth: Auth::Query("b") },
        ]);
        let headers = |name: &'static str, value: &'static str| {
            HeaderMap::from_iter([(name.parse().unwrap(), value.parse().unwrap())])
        };
        let carries = |auth, key, headers: &HeaderMap, query| is_given(auth, key, headers, query);
        assert!(carries(Auth::Bearer, "k", &headers("authorization", "bearer k"), None));
        assert!(!carries(Auth::Bearer, "k", &headers("authorization", "Basic k"), None));
        assert!(carries(Auth::Basic, "a:b", &headers("authorization", "Basic YTpi"), None));
        assert!(carries(Auth::Header("X-Key"), "k", &headers("x-key", "k"), None));
        assert!(!carries(Auth::Header("X-Key"), "k", &HeaderMap::new(), None));
        assert!(carries(Auth::Query("key"), "k&", &HeaderMap::new(), Some("a=1&key=k%26")));
        assert!(carries(Auth::Cookie("s"), "k", &headers("cookie", "a=1; s=k"), None));
        assert!(carries(Auth::None, "", &HeaderMap::new(), None));
        assert!(carries(BOTH, "k\nl", &headers("x-key", "k"), Some("b=l")));
        assert!(!carries(BOTH, "k\nl", &headers("x-key", "k"), None));
        assert!(!carries(BOTH, "k", &headers("x-key", "k"), Some("b=l")));
    }
}
