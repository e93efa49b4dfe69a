//! Streams, downloads and uploads of a generated client.

use std::io::{Read, Write};
use std::process::{Command, ExitCode};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use golden_streams::types::{AddPictureRequest, ChangeKind, ChatRequest, ReadFeedEvent};
use golden_streams::{Client, Decimal, Error, FilePart, Upload, blocking};

const EVENTS: &str = "text/event-stream";

/// Responses, of which a broken one ends before its last chunk.
const RESPONSES: [(&str, &str, bool); 20] = [
    (EVENTS, "id: 1\ndata: {\"kind\":\"created\",\"amount\":1.50}\n\n", true),
    (EVENTS, "id: 2\ndata: {\"kind\":\"changed\",\"amount\":2}\n\n", false),
    (EVENTS, "", false),
    (EVENTS, "event: ping\ndata: {\"at\":\"2024-02-29T10:00:00Z\"}\n\ndata: {\"kind\":\"created\",\"amount\":1}\n\n", false),
    (EVENTS, "data: {\"price\":9.80}\n\n", false),
    (EVENTS, "data: plain\ndata: text\n\n", false),
    ("application/json", "{\"text\":\"Hello\"}", false),
    (EVENTS, "data: {\"part\":\"Hel\"}\n\ndata: {\"part\":\"lo\"}\n\ndata: [DONE]\n\n", false),
    ("application/x-ndjson", "{\"line\":1}\n{\"line\":2}\n", false),
    ("application/jsonl", "{\"kind\":\"created\",\"amount\":0.1}\n", false),
    ("application/octet-stream", "\u{0}\u{1}", false),
    ("application/octet-stream", "\u{0}\u{1}", false),
    ("text/plain", "", false),
    ("text/plain", "", false),
    (EVENTS, "data: {\"audio\":\"a\"}\n\n", false),
    ("audio/mpeg", "mp3", false),
    ("application/x-ndjson", "{\"line\":3}\n", false),
    (EVENTS, "data: one\ndata: more\n\ndata: two\n\n", false),
    ("application/x-ndjson", "{\"line\":4}\n{\"line\":5}", false),
    ("application/octet-stream", "content", false),
];

/// Runs the checks, or the command if there are arguments.
fn main() -> ExitCode {
    if std::env::args_os().len() > 1 {
        return golden_streams::cli::run(std::env::args_os());
    }
    check().expect("no error");
    ExitCode::SUCCESS
}

/// Returns the output of the command.
fn command(url: &str, arguments: &[&str]) -> String {
    let program = std::env::current_exe().expect("a program");
    let output = Command::new(program).args(["--base-url", url]).args(arguments).output().expect("an output");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[tokio::main(flavor = "current_thread")]
async fn check() -> Result<(), Error> {
    let (url, seen) = serve();
    let request = || seen.recv_timeout(Duration::from_secs(20)).expect("a request");
    let builder = Client::builder().base_url(&url).backoff(Duration::ZERO, Duration::ZERO);
    let client = builder.build()?;

    // The connection breaks after the first event.
    let mut events = client.events().watch().topic("a b").await?;
    let mut changes = Vec::new();
    while let Some(event) = events.next().await {
        let event = event?;
        changes.push((event.id.clone(), event.data.kind, event.data.amount));
    }
    let (one, two) = (Some("1".to_owned()), Some("2".to_owned()));
    let expected = [(one, ChangeKind::Created, Decimal::new(150, 2)), (two, ChangeKind::Changed, Decimal::from(2))];
    assert_eq!(changes, expected);
    let first = request();
    assert!(first.starts_with("GET /events?topic=a%20b HTTP/1.1\r\n") && !first.contains("last-event-id"), "{first}");
    assert!(first.contains("accept: text/event-stream\r\n"), "{first}");
    assert!(request().contains("last-event-id: 1\r\n") && request().contains("last-event-id: 2\r\n"));

    let mut feed = client.events().read_feed().await?;
    let ping = feed.next().await.expect("an event")?;
    assert_eq!(ping.name.as_deref(), Some("ping"));
    assert!(!matches!(ping.data, ReadFeedEvent::Change(_)));
    assert!(matches!(feed.next().await, Some(Ok(event)) if matches!(event.data, ReadFeedEvent::Change(_))));
    let mut ticks = client.events().watch_ticks().await?;
    assert_eq!(ticks.next().await.expect("an event")?.data.price, Decimal::new(980, 2));
    let mut notes = client.events().watch_notes().await?;
    assert_eq!(notes.next().await.expect("an event")?.data, "plain\ntext");

    // A whole response, or its parts.
    let chat = || client.events().chat(ChatRequest::new("Hi"));
    assert_eq!(chat().await?.text, "Hello");
    let mut parts = chat().events().await?;
    let mut text = String::new();
    while let Some(part) = parts.next().await {
        text += &part?.data.part;
    }
    assert_eq!(text, "Hello");
    for _ in 0..3 {
        request();
    }
    let (whole, streamed) = (request(), request());
    assert!(whole.contains("accept: application/json\r\n") && whole.ends_with("{\"prompt\":\"Hi\"}"), "{whole}");
    assert!(streamed.contains("accept: text/event-stream\r\n"), "{streamed}");
    assert!(streamed.ends_with("{\"prompt\":\"Hi\",\"stream\":true}"), "{streamed}");

    let mut lines = client.files().read_log().await?;
    let mut sum = 0;
    while let Some(line) = lines.next().await {
        sum += line?.line;
    }
    assert_eq!(sum, 3);
    let mut rows = client.files().list_rows().lines().await?;
    assert_eq!(rows.next().await.expect("a row")?.amount, Decimal::new(1, 1));

    let path = std::env::temp_dir().join(format!("golden-streams-{}", std::process::id()));
    assert_eq!(client.files().read("a").save_to(&path).await?, 2);
    let mut download = client.files().read("a").download().await?;
    assert_eq!(download.next().await.expect("a chunk")?, "\0\u{1}");
    for _ in 0..4 {
        request();
    }
    client.files().write("a", Upload::file(&path)).await?;
    let sent = request();
    assert!(sent.contains("content-length: 2\r\n") && sent.ends_with("\r\n\r\n\0\u{1}"), "{sent:?}");
    let content = Upload::reader(std::io::Cursor::new("abc"), Some(3));
    let picture = AddPictureRequest::new(FilePart::new(content).name("a.png")).title("T");
    client.files().add_picture(picture).await?;
    let sent = request();
    assert!(sent.contains("content-length: ") && sent.contains("filename=\"a.png\""), "{sent}");
    assert!(sent.contains("\r\n\r\nabc\r\n--"), "{sent}");
    std::fs::remove_file(&path).expect("the file");

    let mut speech = client.files().make_speech().events().await?;
    assert_eq!(speech.next().await.expect("an event")?.data.audio.as_deref(), Some("a"));
    assert_eq!(client.files().make_speech().await?.as_ref(), b"mp3");

    // The mock server sends an event and a line of the documented types.
    let server = golden_streams::mock::start().expect("a server");
    let mocked: Client = server.client()?;
    let mut events = mocked.events().watch().await?;
    assert!(matches!(events.next().await, Some(Ok(event)) if event.data.kind == ChangeKind::Created));
    assert!(events.next().await.is_none());
    assert!(matches!(mocked.files().read_log().await?.next().await, Some(Ok(_))));

    let at = url.clone();
    let reading = std::thread::spawn(move || -> Result<_, Error> {
        let client = blocking::Client::builder().base_url(url).build()?;
        client.files().read_log().send()?.map(|line| line.map(|line| line.line)).collect::<Result<Vec<_>, _>>()
    });
    assert_eq!(reading.join().expect("a thread")?, [3]);

    // The command prints events as lines, and files unchanged.
    assert_eq!(command(&at, &["events", "watch-notes"]), "\"one\\nmore\"\n\"two\"\n");
    assert_eq!(command(&at, &["files", "read-log"]), "{\"line\":4}\n{\"line\":5}\n");
    assert_eq!(command(&at, &["files", "read", "a"]), "content");
    Ok(())
}

/// Serves one response per connection, and passes the requests on.
fn serve() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, seen) = channel();
    std::thread::spawn(move || {
        for (media_type, body, is_broken) in RESPONSES {
            let Ok((mut connection, _)) = listener.accept() else { return };
            let request = read(&mut connection);
            if sender.send(request).is_err() {
                return;
            }
            let end = if is_broken { "" } else { "0\r\n\r\n" };
            let chunk = if body.is_empty() { String::new() } else { format!("{:x}\r\n{body}\r\n", body.len()) };
            let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\ncontent-type: ";
            let written = connection.write_all(format!("{head}{media_type}\r\n\r\n{chunk}{end}").as_bytes());
            written.and_then(|()| connection.shutdown(Shutdown::Both)).expect("a client that reads");
        }
    });
    (url, seen)
}

/// Reads a request with a body of a known length.
fn read(connection: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let whole = String::from_utf8_lossy(&text).into_owned();
        if let Some((head, body)) = whole.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().expect("a length")) {
                return whole;
            }
        }
        match connection.read(&mut buffer) {
            Ok(read @ 1..) => text.extend_from_slice(&buffer[..read]),
            _ => return whole,
        }
    }
}
