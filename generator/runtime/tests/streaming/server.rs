//! A server whose responses are scripts of bytes, pauses and a broken connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// A step of a response.
#[derive(Clone)]
pub(super) enum Step {
    Send(Vec<u8>),
    Pause(Duration),
    /// Sends this many bytes.
    Fill(u64),
}

pub(super) fn send(text: impl Into<String>) -> Step {
    Step::Send(text.into().into_bytes())
}

/// A request: its head, and its body or the length of a long one.
pub(super) struct Request {
    pub(super) head: String,
    pub(super) body: Vec<u8>,
    pub(super) length: u64,
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut pairs = self.head.lines().filter_map(|line| line.split_once(": "));
        pairs.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

pub(super) struct Server {
    pub(super) url: String,
    pub(super) requests: Receiver<Request>,
}

impl Server {
    /// Responds to each request in order; after the last script it accepts no connection.
    pub(super) fn new(scripts: impl IntoIterator<Item = Vec<Step>, IntoIter: Send> + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (log, requests) = channel();
        let scripts = scripts.into_iter();
        thread::spawn(move || {
            for script in scripts {
                let Ok((connection, _)) = listener.accept() else { return };
                let Some(request) = read(&connection) else { continue };
                // The test may have ended.
                let _ = log.send(request);
                // The next request does not wait for the pauses of this response.
                thread::spawn(move || {
                    run(&connection, script);
                    let _ = connection.shutdown(Shutdown::Both);
                });
            }
        });
        Self { url, requests }
    }

    pub(super) fn request(&self) -> Request {
        self.requests.recv_timeout(Duration::from_secs(5)).expect("a request")
    }

    pub(super) fn all_requests(&self) -> Vec<Request> {
        self.requests.try_iter().collect()
    }
}

/// Reads a request; the connection may end inside its body.
fn read(connection: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(connection);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        (reader.read_line(&mut head).ok()? > 0).then_some(())?;
    }
    let mut request = Request { head, body: Vec::new(), length: 0 };
    if request.header("transfer-encoding").is_some() {
        loop {
            let mut line = String::new();
            let Ok(1..) = reader.read_line(&mut line) else { break };
            let size = u64::from_str_radix(line.trim(), 16).expect("a size");
            request.length += size;
            let is_complete = take(&mut reader, size + 2, &mut request.body);
            request.body.truncate(request.body.len().saturating_sub(2));
            if !is_complete || size == 0 {
                break;
            }
        }
    } else if let Some(length) = request.header("content-length") {
        let length = length.parse().expect("a length");
        request.length = length;
        take(&mut reader, length, &mut request.body);
    }
    Some(request)
}

/// Reads this many bytes, and keeps those of a body that is not long.
fn take(reader: &mut impl Read, size: u64, body: &mut Vec<u8>) -> bool {
    let mut piece = reader.take(size);
    if size < 100_000 && body.len() < 1_000_000 {
        return piece.read_to_end(body).is_ok_and(|read| read as u64 == size);
    }
    std::io::copy(&mut piece, &mut std::io::sink()).is_ok_and(|read| read == size)
}

fn run(mut connection: &TcpStream, script: Vec<Step>) {
    for step in script {
        // The client may have closed the connection.
        let is_open = match step {
            Step::Send(bytes) => connection.write_all(&bytes).is_ok(),
            Step::Pause(time) => {
                thread::sleep(time);
                true
            }
            Step::Fill(size) => std::io::copy(&mut std::io::repeat(b'x').take(size), &mut connection).is_ok(),
        };
        if !is_open {
            return;
        }
    }
}

/// The head of a response with this body, of which only the beginning may follow.
pub(super) fn head(media_type: &str, length: u64) -> Step {
    send(format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\n\r\n"
    ))
}

/// A complete response.
pub(super) fn whole(media_type: &str, body: &str) -> Vec<Step> {
    vec![head(media_type, body.len() as u64), send(body)]
}

/// The head of a response whose end only the connection marks.
pub(super) fn open(media_type: &str) -> Step {
    send(format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: {media_type}\r\n\r\n"))
}

/// The head of a response in chunks, without its last chunk.
pub(super) fn chunked(media_type: &str, chunks: &[&str]) -> Vec<Step> {
    let mut text = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: {media_type}\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    for chunk in chunks {
        text.extend([format!("{:x}\r\n", chunk.len()), format!("{chunk}\r\n")]);
    }
    vec![send(text)]
}

pub(super) fn status(status: u16, body: &str) -> Vec<Step> {
    let text = format!(
        "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    vec![send(text)]
}
