//! The base URL of a client: only URLs to which the API key can be sent safely.

use url::Url;

/// A valid base URL.
#[derive(Debug)]
pub(super) struct BaseUrl {
    /// Without a trailing slash.
    pub(super) url: String,
    pub(super) is_loopback: bool,
}

impl BaseUrl {
    /// Parses a URL, and rejects one that would expose the API key.
    pub(super) fn parse(url: &str, insecure_http: bool) -> Result<Self, String> {
        let url = Url::parse(url).map_err(|error| format!("the base URL is not a URL ({error})"))?;
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
        Ok(Self { url: url.as_str().trim_end_matches('/').to_owned(), is_loopback })
    }
}

/// Whether a host is this machine.
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
            assert_eq!(found.as_ref().map(|base| base.url.as_str()).map_err(String::as_str), expected, "{url}");
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
        assert!(BaseUrl::parse("http://api.example.com", true).is_ok());
    }
}
