//! Parameters as the bytes that arrive at a socket. The rows are data: `wire/rows.jsonl`, written by `wire/rows.py`.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use clientsmith_runtime::api::{
    ApiSpec, Auth, Environment, ErrorPointers, Kind, Operation, Package, Parameter, Safety, Style,
};
use clientsmith_runtime::middleware::{Attempt, Before, Middleware};
use clientsmith_runtime::{Call, CallOptions, Client, ClientBuilder, Error, Method, Violation};
use serde_json::Value;

const ROWS: &str = include_str!("wire/rows.jsonl");

static API: ApiSpec = ApiSpec {
    title: "Wire",
    version: "1",
    package: Package {
        name: "wire",
        version: "0.1.0",
        user_agent: "wire/0.1.0",
        tracer: clientsmith_runtime::tracer!(),
    },
    base_url: "",
    environment: Environment { api_key: "WIRE_KEY", base_url: "WIRE_URL" },
    auth: Auth::None,
    errors: ErrorPointers { flag: "", message: "", code: "" },
    rate_limit: None,
    envelope: None,
    paging: None,
    operations: &[],
    objects: &[],
    enumerations: &[],
    unions: &[],
    newtypes: &[],
};

#[derive(serde::Deserialize)]
struct Row {
    r#in: String,
    style: String,
    explode: bool,
    value: Value,
    /// The request target, or the line of the header.
    sent: Option<String>,
    /// The rule that the value breaks.
    rejected: Option<String>,
}

#[tokio::test]
async fn every_row_arrives_as_it_should() {
    let (url, heads) = serve();
    let client = ClientBuilder::<Client>::new(&API, "".into()).base_url(url).max_retries(0).build().unwrap();
    let mut wrong = Vec::new();
    for line in ROWS.lines() {
        let row: Row = serde_json::from_str(line).expect(line);
        let found = send(&client, &row, &heads).await;
        let expected = row.sent.clone().ok_or_else(|| row.rejected.clone().unwrap_or_default());
        if found != expected {
            wrong.push(format!("{line}\n  {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), ROWS.lines().count(), wrong.join("\n"));
}

/// A hook that gives every request a body.
struct Fill;

impl Middleware for Fill {
    fn before<'a>(&'a self, _: &'a Attempt, request: &'a mut reqwest::Request) -> Before<'a> {
        *request.body_mut() = Some("filled".into());
        Box::pin(std::future::ready(Ok(())))
    }
}

/// The length of a body is stated where a body is usual, also if there is none, and it is that of a body from a hook.
#[tokio::test]
async fn lengths_of_bodies() {
    let (url, heads) = serve();
    let builder = || ClientBuilder::<Client>::new(&API, "".into()).base_url(url.as_str()).max_retries(0);
    let (plain, filled) = (builder().build().unwrap(), builder().middleware(Fill).build().unwrap());
    for (client, method, expected) in [
        (&plain, Method::POST, Some("content-length: 0")),
        (&plain, Method::PUT, Some("content-length: 0")),
        (&plain, Method::PATCH, Some("content-length: 0")),
        (&plain, Method::GET, None),
        (&plain, Method::DELETE, None),
        (&filled, Method::POST, Some("content-length: 6")),
    ] {
        let operation = Box::leak(Box::new(Operation::new("op", method.clone(), "/x", Safety::Safe)));
        let sent = Call::new(client, operation, CallOptions::default()).send().await;
        assert!(sent.is_ok(), "{method}");
        let head = heads.recv_timeout(Duration::from_secs(20)).expect("a request");
        let lengths: Vec<&str> =
            head.iter().map(String::as_str).filter(|line| line.starts_with("content-length")).collect();
        assert_eq!(lengths, expected.into_iter().collect::<Vec<_>>(), "{method}");
    }
}

/// What arrives of the parameter, or the rule that it breaks.
async fn send(client: &Client, row: &Row, heads: &Receiver<Vec<String>>) -> Result<String, String> {
    let parameter = match row.r#in.as_str() {
        "path" => Parameter::path("v", Kind::Any),
        "query" => Parameter::query("v", Kind::Any),
        "header" => Parameter::header("v", Kind::Any),
        "cookie" => Parameter::cookie("v", Kind::Any),
        other => panic!("there is no location `{other}`"),
    };
    let parameter = match row.style.as_str() {
        "json" => parameter.json(),
        style => parameter.style(style_of(style), row.explode),
    };
    let path = if row.r#in == "path" { "/x/{v}" } else { "/x" };
    let operation = Operation::new("op", Method::GET, path, Safety::Safe).parameters(vec![parameter].leak());
    let mut call = Call::new(client, Box::leak(Box::new(operation)), CallOptions::default());
    match row.r#in.as_str() {
        "path" => call.path("v", &row.value),
        "query" => call.query("v", Some(&row.value)),
        "header" => call.header("v", Some(&row.value)),
        _ => call.cookie("v", Some(&row.value)),
    }
    match call.send().await {
        Err(Error::InvalidRequest { violations, .. }) => match &violations[..] {
            [Violation { rule, .. }] => Err(rule.clone()),
            violations => panic!("{violations:?}"),
        },
        sent => {
            sent.expect("an empty response");
            let head = heads.recv_timeout(Duration::from_secs(20)).expect("a request");
            let line = match row.r#in.as_str() {
                "path" | "query" => head[0].strip_prefix("GET ").and_then(|line| line.strip_suffix(" HTTP/1.1")),
                "header" => head.iter().find(|line| line.starts_with("v:")).map(String::as_str),
                _ => head.iter().find(|line| line.starts_with("cookie:")).map(String::as_str),
            };
            // White space at the end of a header is none of its value.
            Ok(line.expect("the parameter").trim_end().to_owned())
        }
    }
}

fn style_of(name: &str) -> Style {
    match name {
        "simple" => Style::Simple,
        "label" => Style::Label,
        "matrix" => Style::Matrix,
        "form" => Style::Form,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        other => panic!("there is no style `{other}`"),
    }
}

/// A server that responds with 204, and passes on the lines of every request's head.
fn serve() -> (String, Receiver<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, heads) = channel();
    std::thread::spawn(move || {
        for connection in listener.incoming().map_while(Result::ok) {
            let sender = sender.clone();
            std::thread::spawn(move || record(&connection, &sender));
        }
    });
    (url, heads)
}

fn record(mut connection: &TcpStream, heads: &Sender<Vec<String>>) {
    let mut lines = BufReader::new(connection).lines().map_while(Result::ok);
    loop {
        let head: Vec<String> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
        if head.is_empty() || heads.send(head).is_err() {
            return;
        }
        connection.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").expect("a client that waits");
    }
}
