//! Events that one process sends, another receives, and forwards to a third.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStderr, Command};

use promotekit::mock::{Response, SAMPLE_EVENTS, sample_event};
use tests::Result;
use tests::program::{Ended, Program, server};

const ADA: &str = r#"{"id":"0a565296-4e53-477d-b118-b89e25e1af62","email":"ada@example.com","score":1.0}"#;

/// A URL where no server listens.
const NOWHERE: &str = "http://127.0.0.1:1/";

#[test]
fn a_target_that_rejects() -> Result {
    // Webhook senders do not follow redirects.
    for (status, said) in [(500, "500 Internal"), (404, "404 Not Found"), (302, "302 Found")] {
        let target = server();
        target.respond_next(Response::new(status, "text/html", "").with("location", "/elsewhere"));
        let send = format!("webhooks send affiliate.created --to {}", target.url());
        Program::new(&send).run().failed(5, &["the endpoint returned status", said]);
        assert!(target.requests().len() == 1, "{said}");
    }
    Program::new(&format!("webhooks send affiliate.created --to {NOWHERE}")).run().failed(7, &["cannot connect"]);
    Program::new("webhooks send affiliate.created --to ftp://example.com").run().failed(2, &["not ftp:"]);
    // A target that never responds.
    let silent = TcpListener::bind("127.0.0.1:0")?;
    let send = format!("webhooks send affiliate.created --timeout 50ms --to http://{}", silent.local_addr()?);
    Program::new(&send).run().failed(7, &["no response within 50ms"]);
    Ok(())
}

#[test]
fn a_dry_run_sends_nothing() -> Result {
    let target = server();
    let send =
        |arguments: &str| Program::new(&format!("webhooks send affiliate.created --to {} {arguments}", target.url()));
    let shown = send("--data - --dry-run").input(ADA).run().done();
    assert!(target.requests().is_empty(), "{shown}");
    let _ = send("--data -").input(ADA).run();
    let curl = Command::new("sh").args(["-c", &shown]).output()?;
    let [by_program, by_curl] = &target.requests()[..] else { panic!("{curl:?}") };
    assert!(by_curl.method == by_program.method && by_curl.body == by_program.body, "{by_curl:?}");
    Ok(())
}

#[test]
fn a_port_in_use() -> Result {
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let listen = format!("webhooks listen --port {}", taken.local_addr()?.port());
    Program::new(&listen).run().failed(1, &["cannot listen on 127.0.0.1:"]);
    Ok(())
}

#[test]
fn listeners_that_cannot_begin() {
    for (arguments, said) in [
        ("--port 8787 --forward http://localhost:8787/x", "would loop"),
        ("--forward ftp://example.com", "not ftp:"),
        ("--output csv", "use `jsonl`"),
        ("--host x", "--host"),
        ("--port 65536", "--port"),
        (&format!("--forward {NOWHERE} --dry-run"), "--dry-run"),
    ] {
        Program::new(&format!("webhooks listen {arguments}")).run().failed(2, &[said]);
    }
}

/// The JSON lines equal the bodies sent, at the listener and at its forwarding target.
#[test]
#[cfg_attr(not(unix), ignore = "needs signals")]
fn every_event_arrives() -> Result {
    let last = Listener::start("-o jsonl")?;
    let first = Listener::start(&format!("-o jsonl --forward {}", last.url))?;
    let mut sent = String::new();
    for (event, sample) in SAMPLE_EVENTS {
        let said = Program::new(&format!("webhooks send {event} --to {}/hook", first.url)).run().done();
        assert!(said.starts_with(&format!("{event}: 200 OK after ")), "{said}");
        sent.extend([sample, "\n"]);
    }
    assert!(SAMPLE_EVENTS.len() == 5, "not all events were sent");
    for (listener, signal) in [(first, "-INT"), (last, "-TERM")] {
        let ended = listener.stop(signal)?;
        assert!(ended.out == sent && ended.err.lines().count() == 1, "{ended:?}");
    }
    Ok(())
}

/// Data from a file or standard input is sent unchanged; so is a whole body.
#[test]
#[cfg_attr(not(unix), ignore = "needs signals")]
fn given_data() -> Result {
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("ada.json");
    std::fs::write(&file, ADA)?;
    let listener = Listener::start("-o jsonl")?;
    let body = format!(r#"{{"type":"affiliate.created","data":{ADA}}}"#);
    let more = format!(r#"{{"sent":1e2,"data":{ADA},"type":"affiliate.created"}}"#);
    let send = format!("webhooks send affiliate.created --to {} --data", listener.url);
    Program::new(&send).arg(&file).run().done();
    for given in [ADA, &body, &more] {
        Program::new(&send).arg("-").input(given).run().done();
    }
    let ended = listener.stop("-INT")?;
    assert!(ended.out == format!("{body}\n{body}\n{body}\n{more}\n"), "{}", ended.out);
    Ok(())
}

/// Invalid bodies still get a success, since sending them again would not help. Later events are still printed.
#[test]
#[cfg_attr(not(unix), ignore = "needs signals")]
fn bodies_that_do_not_fit() -> Result {
    let listener = Listener::start("-o jsonl")?;
    let unfit = ["", "<html>", "[]", r#"{"type":"affiliate.created"}"#, r#"{"type":"affiliate.created","data":{}}"#];
    for body in unfit {
        let head = format!("POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
        let response = exchange(&listener.url, &format!("{head}{body}"))?;
        assert!(response.starts_with("HTTP/1.1 200"), "{response}");
    }
    let response = exchange(&listener.url, "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
    assert!(response.starts_with("HTTP/1.1 405"), "{response}");
    Program::new(&format!("webhooks send affiliate.created --to {}", listener.url)).run().done();
    let ended = listener.stop("-INT")?;
    let sample = sample_event("affiliate.created").ok_or("no sample")?;
    assert!(ended.out == format!("{sample}\n"), "{}", ended.out);
    let troubles =
        ended.err.lines().filter(|line| line.contains("is not as documented") || line.contains("rejected a"));
    assert!(troubles.count() == unfit.len() + 1, "{}", ended.err);
    Ok(())
}

fn exchange(url: &str, request: &str) -> Result<String> {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://"))?;
    stream.write_all(request.as_bytes())?;
    let mut response = String::new();
    stream.read_to_string(&mut response)?;
    Ok(response)
}

/// An undelivered event is an error status for the sender, which can then retry.
#[test]
#[cfg_attr(not(unix), ignore = "needs signals")]
fn nobody_to_forward_to() -> Result {
    let listener = Listener::start(&format!("-o jsonl --forward {NOWHERE}secret"))?;
    let send = format!("webhooks send affiliate.created --to {}", listener.url);
    Program::new(&send).run().failed(5, &["502 Bad Gateway"]);
    let ended = listener.stop("-INT")?;
    assert!(ended.out.lines().count() == 1, "{}", ended.out);
    assert!(
        ended.err.contains("cannot forward an event: cannot connect") && !ended.err.contains("secret"),
        "{}",
        ended.err
    );
    Ok(())
}

#[test]
#[cfg_attr(not(unix), ignore = "needs signals")]
fn a_closed_pipe_ends_listening() -> Result {
    let mut listener = Listener::start("-o jsonl")?;
    drop(listener.child.stdout.take());
    Program::new(&format!("webhooks send affiliate.created --to {}", listener.url)).run().done();
    let ended = listener.ended()?;
    assert!(ended.err.lines().count() == 1, "{}", ended.err);
    Ok(())
}

/// `webhooks listen` on a free port.
struct Listener {
    child: Child,
    err: BufReader<ChildStderr>,
    url: String,
}

impl Listener {
    fn start(arguments: &str) -> Result<Self> {
        let mut child = Program::new(&format!("webhooks listen {arguments}")).command().spawn()?;
        let mut err = BufReader::new(child.stderr.take().ok_or("no standard error")?);
        let mut line = String::new();
        err.read_line(&mut line)?;
        let url = line.trim_end().strip_prefix("listening on ").ok_or_else(|| line.clone())?.to_owned();
        Ok(Self { child, err, url })
    }

    /// Interrupts the listener, which then exits with success.
    fn stop(self, signal: &str) -> Result<Ended> {
        Command::new("kill").args([signal, &self.child.id().to_string()]).status()?;
        self.ended()
    }

    fn ended(mut self) -> Result<Ended> {
        let (mut out, mut err) = (String::new(), String::new());
        if let Some(mut stdout) = self.child.stdout.take() {
            stdout.read_to_string(&mut out)?;
        }
        self.err.read_to_string(&mut err)?;
        let code = self.child.wait()?.code();
        let ended = Ended { code, out, err };
        assert!(code == Some(0), "{ended:#?}");
        Ok(ended)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // Stops the process even if a test fails.
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}
