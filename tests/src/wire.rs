//! A local TCP server that breaks off and stalls, unlike any HTTP server library.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// The reaction to one request.
#[derive(Clone, Copy, Debug)]
pub struct Act {
    /// The bytes to send.
    pub say: &'static str,
    /// The state of the connection afterwards.
    pub then: Then,
}

/// Sends these bytes, then nothing until the client disconnects.
pub const fn stall(say: &'static str) -> Act {
    Act { say, then: Then::Stall }
}

/// Sends these bytes, then closes the connection.
pub const fn close(say: &'static str) -> Act {
    Act { say, then: Then::Close }
}

/// The state of a connection after an act.
#[derive(Clone, Copy, Debug)]
pub enum Then {
    /// The connection stays open for the next request.
    Continue,
    /// The connection is closed.
    Close,
    /// The server sends nothing more until the client disconnects.
    Stall,
}

/// The server. It stops when it is dropped.
pub struct Wire {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    acts: Mutex<VecDeque<Act>>,
    requests: AtomicUsize,
    abandoned: AtomicUsize,
    stopped: AtomicBool,
}

impl Wire {
    /// Starts a server that performs one act per request, across all connections.
    pub fn acting(acts: &[Act]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let acts = Mutex::new(acts.iter().copied().collect());
        let shared = Arc::new(Shared {
            acts,
            requests: AtomicUsize::new(0),
            abandoned: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
        });
        let served = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                if served.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let connection = served.clone();
                // The client detects a broken connection itself.
                thread::spawn(move || stream.and_then(|stream| serve(&connection, &stream)));
            }
        });
        Self { address, shared }
    }

    /// Returns the server's address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the number of complete requests received.
    pub fn requests(&self) -> usize {
        self.shared.requests.load(Ordering::SeqCst)
    }

    /// Returns the number of stalled connections that clients have closed.
    pub fn abandoned(&self) -> usize {
        self.shared.abandoned.load(Ordering::SeqCst)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the accepting thread, which may have ended already.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(shared: &Shared, mut stream: &TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    while read_request(&mut reader)? {
        shared.requests.fetch_add(1, Ordering::SeqCst);
        let Some(act) = shared.acts.lock().expect("no panic in the server").pop_front() else { break };
        stream.write_all(act.say.as_bytes())?;
        match act.then {
            Then::Continue => {}
            Then::Close => break,
            Then::Stall => {
                // End of stream or error: the client is gone either way.
                let _ = reader.read(&mut [0]);
                shared.abandoned.fetch_add(1, Ordering::SeqCst);
                break;
            }
        }
    }
    Ok(())
}

/// Whether there was another request.
fn read_request(reader: &mut impl BufRead) -> std::io::Result<bool> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(false);
        }
        let line = line.trim().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        if line.is_empty() {
            reader.read_exact(&mut vec![0; length])?;
            return Ok(true);
        }
    }
}
