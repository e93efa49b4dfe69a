//! Serves the site to this machine only.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Result, anyhow};
use tiny_http::{Header, Request, Response};

use crate::Outcome;

pub(super) struct Server {
    server: tiny_http::Server,
    url: String,
}

impl Server {
    /// Starts listening; port 0 is a free one.
    pub(super) fn bind(port: u16) -> Result<Self> {
        let server = tiny_http::Server::http(("127.0.0.1", port)).map_err(|error| {
            match error.downcast_ref().map(io::Error::kind) {
                Some(ErrorKind::AddrInUse) => {
                    anyhow!("port {port} is in use: use another with --serve, or 0 for a free one")
                }
                _ => anyhow!("cannot listen on port {port}: {error}"),
            }
        })?;
        let url = format!("http://{}", server.server_addr());
        Ok(Self { server, url })
    }

    /// Serves a directory until the process ends, and prints its address.
    pub(super) fn serve(self, directory: &Path, open: bool, out: &mut dyn Write) -> Result<Outcome> {
        writeln!(out, "{}\nCtrl-C stops it.", self.url)?;
        if open && let Err(error) = open::that(&self.url) {
            writeln!(out, "no browser could be started ({error}): open the address above in one")?;
        }
        self.response(directory);
        Ok(Outcome::Done)
    }

    /// Serves a directory in the background and returns its address.
    pub(super) fn within(self, directory: &Path) -> String {
        let (url, directory) = (self.url.clone(), directory.to_owned());
        thread::spawn(move || self.response(&directory));
        url
    }

    fn response(&self, directory: &Path) {
        for request in self.server.incoming_requests() {
            // The client may have disconnected.
            let _ = match file(directory, request.url()).and_then(|path| Some((File::open(&path).ok()?, path))) {
                Some((file, path)) => request.respond(Response::from_file(file).with_header(media_type(&path))),
                None => missing(request),
            };
        }
    }
}

fn missing(request: Request) -> io::Result<()> {
    request.respond(Response::from_string("Page not found.\n").with_status_code(404))
}

/// Returns the file for an address; `None` if it leads out of the directory.
fn file(directory: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let mut file = directory.to_owned();
    for step in path.split('/').filter(|step| !step.is_empty()) {
        // File names in the site are plain, without escapes.
        let is_plain = step.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
        if !is_plain || step.starts_with('.') {
            return None;
        }
        file.push(step);
    }
    Some(if file.is_dir() { file.join("index.html") } else { file })
}

fn media_type(path: &Path) -> Header {
    let value = match path.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    Header::from_bytes("Content-Type", value).expect("a media type is plain text")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::file;

    #[test]
    fn no_address_leads_out_of_the_directory() {
        let at = |url: &str| file(Path::new("site"), url);
        assert_eq!(at("/errors.html?a=/../b#c").as_deref(), Some(Path::new("site/errors.html")));
        for url in ["/../secret", "/a/../../secret", "/%2e%2e/secret", "/.git/config", "/..\\secret", "/c:secret"] {
            assert_eq!(at(url), None, "{url}");
        }
    }
}
