//! The base URL of a client. Only URLs that keep the API key safe are accepted.

use url::Url;

/// A URL to which paths are appended. It ends with a slash.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// Accepts any URL without query and fragment.
    pub(crate) fn new(mut url: Url) -> Self {
        let directory = format!("{}/", url.path().trim_end_matches('/'));
        url.set_path(&directory);
        Self(url)
    }

    /// Parses a URL, and rejects one that would expose the API key.
    pub(crate) fn parse(url: &str, insecure_http: bool) -> Result<Self, String> {
        let url = safe(url, insecure_http).map_err(|problem| format!("the base URL {problem}"))?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err("the base URL must not contain a query or fragment".to_owned());
        }
        Ok(Self::new(url))
    }

    /// The URL without its trailing slash.
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// The same host with another path, which begins with a slash.
    pub(crate) fn beside(&self, path: &str) -> Option<Self> {
        let mut url = self.0.clone();
        url.set_path("/");
        Some(Self::new(Self(url).join(path)?))
    }

    pub(super) fn is_loopback(&self) -> bool {
        self.0.host().is_some_and(|host| is_loopback(&host))
    }

    /// Appends a path, which begins with a slash, to the base without changing it.
    pub(crate) fn join(&self, path: &str) -> Option<Url> {
        // The leading dot makes the path relative, even if it begins with two slashes or contains a colon.
        Url::options().base_url(Some(&self.0)).parse(&[".", path].concat()).ok()
    }

    /// Appends an unchecked path; returns `None` if the result is outside the base or has a fragment.
    pub(crate) fn join_inside(&self, path: &str) -> Option<Url> {
        let url = path.starts_with('/').then(|| self.join(path))??;
        let inside = url.path().starts_with(self.0.path()) && url.origin() == self.0.origin();
        (inside && url.fragment().is_none()).then_some(url)
    }
}

/// Parses a URL, and rejects one that would expose secrets. The problem is the rest of a sentence about the URL.
pub(super) fn safe(url: &str, insecure_http: bool) -> Result<Url, String> {
    let url = Url::parse(url).map_err(|error| format!("is not a URL ({error})"))?;
    let host = url.host().ok_or("has no host")?;
    match url.scheme() {
        "https" => {}
        "http" if insecure_http || is_loopback(&host) => {}
        "http" => return Err("would send the API key over plain http; use https".to_owned()),
        _ => return Err("must begin with https://".to_owned()),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not contain a user name or password".to_owned());
    }
    Ok(url)
}

/// Whether a host is a loopback address.
pub fn is_loopback(host: &url::Host<&str>) -> bool {
    match host {
        url::Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls() {
        #[track_caller]
        fn check(url: &str, expected: Result<&str, &str>) {
            let found = BaseUrl::parse(url, false);
            assert_eq!(found.as_ref().map(BaseUrl::as_str).map_err(String::as_str), expected, "{url}");
        }
        check("https://api.example.com/v1/", Ok("https://api.example.com/v1"));
        check("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080"));
        check("http://[::1]/x", Ok("http://[::1]/x"));
        check("http://localhost:1", Ok("http://localhost:1"));
        check("http://api.example.com", Err("the base URL would send the API key over plain http; use https"));
        check("http://127.0.0.1.example.com", Err("the base URL would send the API key over plain http; use https"));
        check("ftp://localhost", Err("the base URL must begin with https://"));
        check("mailto:ada@example.com", Err("the base URL has no host"));
        check("https://user:word@example.com", Err("the base URL must not contain a user name or password"));
        check("https://example.com/?key=1", Err("the base URL must not contain a query or fragment"));
        check("", Err("the base URL is not a URL (relative URL without a base)"));
        assert!(BaseUrl::parse("http://api.example.com", true).is_ok());
    }

    /// A path is appended to the base, and no path changes the host.
    #[test]
    fn paths() {
        #[track_caller]
        fn check(base: &str, path: &str, joined: &str, inside: bool) {
            let base = BaseUrl::parse(base, false).unwrap();
            assert_eq!(base.join(path).as_ref().map(Url::as_str), Some(joined), "{path}");
            assert_eq!(base.join_inside(path).is_some(), inside, "{path}");
        }
        const BASE: &str = "https://api.example.com/v1";
        check(BASE, "/things", "https://api.example.com/v1/things", true);
        check(BASE, "/things?a=1", "https://api.example.com/v1/things?a=1", true);
        check(BASE, "/?a=1", "https://api.example.com/v1/?a=1", true);
        check(BASE, "/things:all", "https://api.example.com/v1/things:all", true);
        check(BASE, "/a b", "https://api.example.com/v1/a%20b", true);
        check(BASE, "/", "https://api.example.com/v1/", true);
        check(BASE, "//x/", "https://api.example.com/v1//x/", true);
        check(BASE, r"/\x", "https://api.example.com/v1//x", true);
        check(BASE, "/x/../things", "https://api.example.com/v1/things", true);
        check(BASE, "/../admin", "https://api.example.com/admin", false);
        check(BASE, "/%2e%2e/admin", "https://api.example.com/admin", false);
        check(BASE, "/things#part", "https://api.example.com/v1/things#part", false);
        check(BASE, "/https://evil.example.com/", "https://api.example.com/v1/https://evil.example.com/", true);
        check("https://api.example.com", "//evil.example.com/x", "https://api.example.com//evil.example.com/x", true);
        check("http://[::1]:8/a%20b//", "/x", "http://[::1]:8/a%20b/x", true);
    }

    /// Any path is accepted, but the host never changes.
    #[test]
    fn paths_beside() {
        let base = BaseUrl::parse("https://api.example.com:8/v1", false).unwrap();
        for (path, expected) in [
            ("/", "https://api.example.com:8"),
            ("/bar", "https://api.example.com:8/bar"),
            ("/a/b/", "https://api.example.com:8/a/b"),
            ("//evil.example.com/x", "https://api.example.com:8//evil.example.com/x"),
        ] {
            assert_eq!(base.beside(path).as_ref().map(BaseUrl::as_str), Some(expected), "{path}");
        }
    }

    /// A path must begin with a slash.
    #[test]
    fn no_paths() {
        let base = BaseUrl::parse("https://api.example.com/v1", false).unwrap();
        for path in ["things", "", "@evil.example.com/", ".evil.example.com/", "https://evil.example.com/", "?a=1"] {
            assert_eq!(base.join_inside(path), None, "{path}");
        }
    }
}
