//! A server for the programs of reported cases: it records the bytes of every request and sends given responses.

use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// A success without a body.
pub const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\n\r\n";

/// A success with a JSON body.
pub fn json(body: &str) -> String {
    body_of("application/json", body)
}

/// A success with a body of this media type.
pub fn body_of(media_type: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// A received request.
pub struct Request {
    /// The request line and the headers, without the empty line after them.
    pub head: String,
    pub body: String,
}

impl Request {
    /// Returns the method and target.
    pub fn line(&self) -> &str {
        self.head.lines().next().and_then(|line| line.strip_suffix(" HTTP/1.1")).unwrap_or_default()
    }

    /// Returns the value of a header, by its lowercase name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// The server. It runs until the program ends.
pub struct Socket {
    url: String,
    requests: Receiver<Request>,
}

impl Socket {
    /// Starts a server that sends these responses in turn, then the last one for every further request.
    pub fn replying<T: Into<String>>(replies: impl IntoIterator<Item = T>) -> Self {
        let mut replies = replies.into_iter().map(Into::into).collect::<Vec<String>>();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (sender, requests) = channel();
        thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                // Each connection carries one response, so that requests keep their order.
                let reply = if replies.len() > 1 { replies.remove(0) } else { replies[0].clone() };
                // The client detects a broken connection itself.
                let _ = serve(&connection, &reply, &sender);
            }
        });
        Self { url, requests }
    }

    /// Returns the server's URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Waits for the next request and returns it.
    pub fn request(&self) -> Request {
        self.requests.recv_timeout(Duration::from_secs(20)).expect("a request")
    }

    /// Whether all requests so far have been returned.
    pub fn is_idle(&self) -> bool {
        self.requests.try_recv().is_err()
    }

    /// Returns the method and target of the next request.
    pub fn line(&self) -> String {
        self.request().line().to_owned()
    }
}

fn serve(mut connection: &TcpStream, reply: &str, requests: &Sender<Request>) -> Result<()> {
    let mut reader = BufReader::new(connection);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let request = Request { head: head.trim_end().replace("\r\n", "\n"), body: String::new() };
    let body = match request.header("transfer-encoding") {
        Some(_) => chunks(&mut reader)?,
        None => exactly(&mut reader, request.header("content-length").and_then(|length| length.parse().ok()))?,
    };
    // The program may have dropped the receiver.
    let _ = requests.send(Request { body: String::from_utf8_lossy(&body).into_owned(), ..request });
    let (status, rest) = reply.split_once("\r\n").unwrap_or((reply, ""));
    write!(connection, "{status}\r\nconnection: close\r\n{rest}")
}

/// Reads this many bytes; none without a length.
fn exactly(reader: &mut impl Read, length: Option<usize>) -> Result<Vec<u8>> {
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    Ok(body)
}

/// Reads a chunked body.
fn chunks(reader: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        reader.read_line(&mut size)?;
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        body.extend(exactly(reader, Some(size))?);
        exactly(reader, Some(2))?;
        if size == 0 {
            return Ok(body);
        }
    }
}
