//! A local TCP server that breaks off and stalls, as no HTTP server library would.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What to do when a whole request has been read.
#[derive(Clone, Copy, Debug)]
pub struct Act {
    /// What is sent.
    pub say: &'static str,
    /// What follows.
    pub then: Then,
}

/// Says this, and nothing more until the client goes away.
pub const fn stall(say: &'static str) -> Act {
    Act { say, then: Then::Stall }
}

/// Says this, and closes the connection.
pub const fn close(say: &'static str) -> Act {
    Act { say, then: Then::Close }
}

/// How an act ends.
#[derive(Clone, Copy, Debug)]
pub enum Then {
    /// The connection stays open for the next request.
    Continue,
    /// The connection is closed.
    Close,
    /// Nothing more is said until the client goes away.
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
    /// Does one act for each request, over all connections.
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
                // A connection that breaks is the client's to notice.
                thread::spawn(move || stream.and_then(|stream| serve(&connection, &stream)));
            }
        });
        Self { address, shared }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many whole requests have arrived.
    pub fn requests(&self) -> usize {
        self.shared.requests.load(Ordering::SeqCst)
    }

    /// How many clients have gone away from a connection on which nothing more was said.
    pub fn abandoned(&self) -> usize {
        self.shared.abandoned.load(Ordering::SeqCst)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts; it may have ended already.
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
                // Whether it ends or breaks, the client is gone.
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
