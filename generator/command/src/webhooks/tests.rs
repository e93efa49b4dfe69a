//! Webhook commands over real sockets.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use http::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::{mpsc, oneshot};
use url::Url;

use super::error::WebhookError;
use super::listen::ListenOptions;
use super::listen::Listener;
use super::send::{SendOptions, send};
use crate::example::{SPEC, WEBHOOKS};
use crate::output::{OutputFormat, Style, Zone};

const HOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const TIMEOUT: Duration = Duration::from_secs(10);
const ID: &str = "0a565296-4e53-477d-b118-b89e25e1af62";

fn style(format: OutputFormat) -> Style {
    Style { format, zone: Zone::Utc, width: None, colour: false, columns: Vec::new() }
}

fn listen<'a>(style: &'a Style, forward: Option<&'a Url>) -> ListenOptions<'a> {
    ListenOptions { webhooks: &WEBHOOKS, spec: &SPEC, style, host: HOST, port: 0, forward, timeout: TIMEOUT }
}

/// The statuses returned by a listener, and its output.
struct Exchange {
    statuses: Vec<u16>,
    out: String,
    err: String,
}

/// Sends raw requests one after another to a listener, which stops after the last response.
async fn exchange(format: OutputFormat, forward: Option<&Url>, requests: &[Vec<u8>]) -> Exchange {
    let style = style(format);
    let listener = Listener::bind(&listen(&style, forward)).await.unwrap();
    let address = listener.address;
    let (stop, stopped) = oneshot::channel::<()>();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let client = async {
        let mut statuses = Vec::new();
        for request in requests {
            let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
            stream.write_all(request).await.unwrap();
            let mut response = [0; 12];
            stream.read_exact(&mut response).await.unwrap();
            statuses.push(std::str::from_utf8(&response[9..]).unwrap().parse().unwrap());
        }
        stop.send(()).unwrap();
        statuses
    };
    let stopped = async { stopped.await.unwrap() };
    let (ended, statuses) = tokio::join!(listener.run(stopped, &mut out, &mut err), client);
    ended.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Exchange { statuses, out: text(out), err: text(err) }
}

fn post(body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!("POST /x HTTP/1.1\r\nhost: x\r\ncontent-type: text/x\r\ncontent-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// Returns all lines without their times.
fn untimed(text: &str) -> Vec<&str> {
    text.lines().map(|line| line.split_once(" UTC  ").map_or(line, |(_, rest)| rest)).collect()
}

#[tokio::test]
async fn events_are_printed_as_what_they_are() {
    let known = format!(r#"{{"type":"person.joined","data":{{"id":"{ID}","email":"ada@example.com"}},"n":1.0}}"#);
    let requests = [
        post(&known),
        post(r#"{"type":"a.b\u001b[2J","data":{"x":[1]}}"#),
        post(r#"{"type":"person.joined","data":{}}"#),
        post("<html>"),
        post(b"{\"type\":\"a\",\"data\":{\"\xff\":1}}"),
    ];
    let Exchange { statuses, out, err } = exchange(OutputFormat::Table, None, &requests).await;
    assert_eq!(statuses, [200; 5]);
    let id = format!("id     {ID}");
    let expected = [
        "person.joined",
        &id,
        "email  ada@example.com",
        "",
        "a.b\\u001b[2J (unknown to this version)",
        "type    a.b\\u001b[2J",
        "data.x  [1]",
        "",
    ];
    assert_eq!(untimed(&out), expected);
    let expected = [
        "person.joined: the event is not as documented at `data`: missing field `id`",
        "the event is not as documented at `.`: the body is not JSON, at line 1 column 1",
        "the event is not UTF-8",
    ];
    assert_eq!(untimed(&err), expected);
    let Exchange { out, .. } = exchange(OutputFormat::Jsonl, None, &requests).await;
    assert_eq!(out, known + "\n{\"type\":\"a.b\\u001b[2J\",\"data\":{\"x\":[1]}}\n");
}

#[tokio::test]
async fn requests_that_are_no_webhooks_are_rejected() {
    let large =
        [b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1048577\r\n\r\n".to_vec(), vec![b' '; 1_048_577]].concat();
    let requests =
        [b"GET / HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), large, b"\x00\r\n\r\n".to_vec(), post(vec![b' '; 1_048_576])];
    let Exchange { statuses, out, err } = exchange(OutputFormat::Json, None, &requests).await;
    assert_eq!(statuses, [405, 413, 400, 200]);
    assert_eq!(out, "");
    let expected = [
        "rejected a GET request: webhooks use POST",
        "rejected a body larger than 1048576 bytes",
        "the event is not as documented at `.`: the body ends too early, at line 1 column 1048576",
    ];
    assert_eq!(untimed(&err), expected);
}

/// Starts an endpoint that responds with this status, and forwards received requests.
async fn endpoint(status: u16) -> (Url, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook?a=1", listener.local_addr().unwrap()).parse().unwrap();
    let (requests, received) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = String::new();
            while !request.ends_with('}') {
                let mut piece = [0; 1024];
                let length = stream.read(&mut piece).await.unwrap();
                request.push_str(std::str::from_utf8(&piece[..length]).unwrap());
            }
            requests.send(request).unwrap();
            let response = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            stream.write_all(response.as_bytes()).await.unwrap();
        }
    });
    (url, received)
}

#[tokio::test]
async fn forwarding_keeps_the_body_and_the_status() {
    let (url, mut requests) = endpoint(503).await;
    let Exchange { statuses, out, err } =
        exchange(OutputFormat::Jsonl, Some(&url), &[post(r#"{"type":"x","n":1.0}"#)]).await;
    assert_eq!((statuses.as_slice(), out.as_str(), err.as_str()), (&[503][..], "{\"type\":\"x\",\"n\":1.0}\n", ""));
    let request = requests.recv().await.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /hook?a=1 ") && head.contains("\r\ncontent-type: text/x"), "{head}");
    assert_eq!(body, r#"{"type":"x","n":1.0}"#);
}

#[tokio::test]
async fn an_unreachable_endpoint_is_reported() {
    // The port is bound, but nothing listens on it.
    let closed = TcpSocket::new_v4().unwrap();
    closed.bind(SocketAddr::new(HOST, 0)).unwrap();
    let url: Url = format!("http://{}/secret", closed.local_addr().unwrap()).parse().unwrap();
    let Exchange { statuses, err, .. } = exchange(OutputFormat::Jsonl, Some(&url), &[post(r#"{"type":"x"}"#)]).await;
    assert_eq!(statuses, [502]);
    assert!(untimed(&err)[0].starts_with("cannot forward an event: cannot connect: "), "{err}");
    assert!(!err.contains("secret"), "{err}");
}

#[tokio::test]
async fn addresses_that_cannot_be_listened_to() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let style = style(OutputFormat::Table);
    let error = Listener::bind(&ListenOptions { port, ..listen(&style, None) }).await.err().unwrap();
    assert!(matches!(error, WebhookError::Listen { address, .. } if address.port() == port), "{error}");
    for host in ["127.0.0.1", "localhost"] {
        let back = format!("http://{host}:{port}/").parse().unwrap();
        let error = Listener::bind(&ListenOptions { port, ..listen(&style, Some(&back)) }).await.err().unwrap();
        assert_eq!(error.to_string(), "the target is this listener itself: events would loop");
    }
    let csv = self::style(OutputFormat::Csv);
    assert!(matches!(Listener::bind(&listen(&csv, None)).await, Err(WebhookError::Usage(_))));
}

/// Returns the result of `send` to an endpoint with this status, and the received body.
async fn sent(status: u16, event: &str, data: Option<&str>) -> (Result<String, WebhookError>, Option<String>) {
    let (to, mut requests) = endpoint(status).await;
    let mut out = Vec::new();
    let options =
        SendOptions { webhooks: &WEBHOOKS, spec: &SPEC, event, to: &to, data, timeout: TIMEOUT, dry_run: false };
    let result = send(&options, &mut out).await;
    let body = requests.try_recv().ok().and_then(|request| Some(request.split_once("\r\n\r\n")?.1.to_owned()));
    (result.map(|()| String::from_utf8(out).unwrap()), body)
}

#[tokio::test]
async fn samples_are_sent_for_every_event() {
    for (event, _) in WEBHOOKS.payloads {
        let (result, body) = sent(204, event, None).await;
        assert!(result.unwrap().starts_with(&format!("{event}: 204 No Content after ")));
        let sample = SPEC.events.iter().find(|(known, _)| known == event).map(|(_, body)| (*body).to_owned());
        assert_eq!(body, sample);
    }
    let (result, body) = sent(500, "person.joined", None).await;
    assert!(matches!(result, Err(WebhookError::Rejected(StatusCode::INTERNAL_SERVER_ERROR))) && body.is_some());
}

#[tokio::test]
async fn data_is_sent_if_it_fits_the_event() {
    const EVENT: &str = "person.joined";
    let whole = format!(r#"{{ "data": {{"id":"{ID}"}}, "type": "{EVENT}", "n": 1.0}}"#);
    let cases = [
        (
            format!(" {{\"id\":\"{ID}\", \"n\": 1.50}}\n"),
            Ok(format!(r#"{{"type":"{EVENT}","data":{{"id":"{ID}", "n": 1.50}}}}"#)),
        ),
        (whole.clone(), Ok(whole)),
        ("{}".to_owned(), Err("person.joined: the event is not as documented at `data`: missing field `id`")),
        (
            "{\"id\":7}".to_owned(),
            Err(
                "person.joined: the event is not as documented at `data.id`: expected a formatted UUID string, found integer",
            ),
        ),
        ("{},\"x\":{}".to_owned(), Err("the data is not JSON: trailing characters at line 1 column 3")),
        (
            r#"{"type":"x.y","data":{}}"#.to_owned(),
            Err("the data is the body of another event, not of `person.joined`"),
        ),
    ];
    for (text, expected) in cases {
        let (result, body) = sent(200, EVENT, Some(&text)).await;
        let expected = expected.map_err(str::to_owned);
        assert_eq!(result.map(|_| body.unwrap_or_default()).map_err(|failure| failure.to_string()), expected, "{text}");
    }
}

#[tokio::test]
async fn nothing_is_sent_without_an_event() {
    let (result, body) = sent(200, "person.left", None).await;
    let expected = "unknown event `person.left`; the events are person.joined, sale.made";
    assert_eq!((result.unwrap_err().to_string().as_str(), body), (expected, None));
    let to = "file:///etc/x".parse().unwrap();
    let options = SendOptions {
        webhooks: &WEBHOOKS,
        spec: &SPEC,
        event: "x",
        to: &to,
        data: None,
        timeout: TIMEOUT,
        dry_run: false,
    };
    let error = send(&options, &mut Vec::new()).await.unwrap_err();
    assert_eq!(error.to_string(), "only http:// and https:// endpoints are supported, not file:");
}
