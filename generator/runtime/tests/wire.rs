//! Parameters, forms and parts as the bytes that arrive at a socket. The rows are data: `wire/rows.jsonl`, written by
//! `wire/rows.py`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use clientsmith_runtime::api::{
    ApiSpec, Auth, Environment, ErrorPointers, Kind, Media, Operation, Package, Parameter, PropertyEncoding, Safety,
    Style,
};
use clientsmith_runtime::middleware::{Attempt, Before, Middleware};
use clientsmith_runtime::{
    Call, CallOptions, Checked, Client, ClientBuilder, Decimal, Encode, Error, FilePart, Method, Nullable, PartValue,
    Timestamp, Tree, Uuid, Violation,
};
use jiff::civil::Date;
use serde_json::value::RawValue;

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

#[derive(Default, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a question of its own")]
struct Row {
    r#in: String,
    /// `v` if it is absent.
    name: Option<String>,
    style: String,
    explode: bool,
    reserved: bool,
    /// The type of the value, if it is none of JSON.
    r#type: Option<String>,
    value: Box<RawValue>,
    absent: bool,
    /// Whether the value is set to null, which is not the same as absent.
    null: bool,
    /// What the document has for the media type of the part.
    media_type: Option<String>,
    /// The value of the part's header `X-Meta`.
    header: Option<String>,
    /// The request target, the line of the header, or the body.
    sent: Option<String>,
    /// The rule that the value breaks.
    rejected: Option<String>,
}

/// A request as it arrived.
struct Arrived {
    head: Vec<String>,
    body: Vec<u8>,
}

#[tokio::test]
async fn every_row_arrives_as_it_should() {
    let (url, arrived) = serve();
    let client = ClientBuilder::<Client>::new(&API, "".into()).base_url(url).max_retries(0).build().unwrap();
    let mut wrong = Vec::new();
    for line in ROWS.lines() {
        let row: Row = serde_json::from_str(line).expect(line);
        let found = send(&client, &row, &arrived).await;
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
    let (url, arrived) = serve();
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
        let Arrived { head, .. } = arrived.recv_timeout(Duration::from_secs(20)).expect("a request");
        let lengths: Vec<&str> =
            head.iter().map(String::as_str).filter(|line| line.starts_with("content-length")).collect();
        assert_eq!(lengths, expected.into_iter().collect::<Vec<_>>(), "{method}");
    }
}

/// What arrives of the value, or the rule that it breaks.
async fn send(client: &Client, row: &Row, arrived: &Receiver<Arrived>) -> Result<String, String> {
    let operation = Box::leak(Box::new(operation(row)));
    let mut call = Call::new(client, operation, CallOptions::default());
    match row.r#in.as_str() {
        "form" => set_form(&mut call, row),
        "multipart" => set_part(&mut call, row),
        _ => set_parameter(&mut call, row),
    }
    match call.send().await {
        Err(Error::InvalidRequest { violations, .. }) => match &violations[..] {
            [Violation { rule, .. }] => Err(rule.clone()),
            violations => panic!("{violations:?}"),
        },
        sent => {
            sent.expect("an empty response");
            let Arrived { head, body } = arrived.recv_timeout(Duration::from_secs(20)).expect("a request");
            let header = |name: &str| head.iter().find(|line| line.starts_with(name)).map(String::as_str);
            let line = match row.r#in.as_str() {
                "path" | "query" => head[0].strip_prefix("GET ").and_then(|line| line.strip_suffix(" HTTP/1.1")),
                "header" => header("v:"),
                "cookie" => header("cookie:"),
                media => {
                    let body = String::from_utf8(body).expect("UTF-8");
                    let media_type = header("content-type: ").expect("a media type");
                    if media == "form" {
                        assert_eq!(media_type, "content-type: application/x-www-form-urlencoded");
                        return Ok(body);
                    }
                    let boundary = media_type.strip_prefix("content-type: multipart/form-data; boundary=");
                    return Ok(body.replace(boundary.expect("a boundary"), "BOUNDARY"));
                }
            };
            // White space at the end of a header is none of its value.
            Ok(line.expect("the parameter").trim_end().to_owned())
        }
    }
}

fn operation(row: &Row) -> Operation {
    let name = leaked(row.name.as_deref().unwrap_or("v"));
    let property = match row.style.as_str() {
        "" => PropertyEncoding::new(name),
        "json" => PropertyEncoding::new(name).json(),
        style => PropertyEncoding::new(name).style(style_of(style), row.explode),
    };
    let property = if row.reserved { property.allow_reserved() } else { property };
    let property = row.media_type.as_deref().map_or(property, |name| property.media_type(leaked(name)));
    let parameter = match row.r#in.as_str() {
        "path" => Parameter::path("v", Kind::Any),
        "query" => Parameter::query("v", Kind::Any),
        "header" => Parameter::header("v", Kind::Any),
        "cookie" => Parameter::cookie("v", Kind::Any),
        body => {
            let media = if body == "form" { Media::Form } else { Media::Multipart };
            let operation = Operation::new("op", Method::POST, "/x", Safety::Safe).body(media, "", Kind::Any);
            return operation.properties(vec![property].leak());
        }
    };
    let parameter = Parameter { encoding: property.encoding, allow_reserved: row.reserved, ..parameter };
    let path = if row.r#in == "path" { "/x/{v}" } else { "/x" };
    Operation::new("op", Method::GET, path, Safety::Safe).parameters(vec![parameter].leak())
}

fn set_parameter(call: &mut Call<'_>, row: &Row) {
    let value = typed(row);
    match row.r#in.as_str() {
        "path" => call.path("v", &value),
        "query" => call.query("v", Some(&value)),
        "header" => call.header("v", Some(&value)),
        "cookie" => call.cookie("v", Some(&value)),
        other => panic!("there is no location `{other}`"),
    }
}

fn set_form(call: &mut Call<'_>, row: &Row) {
    #[derive(Default, serde::Serialize)]
    struct Form(BTreeMap<String, Box<RawValue>>);
    impl Checked for Form {}

    let mut form = Form::default();
    if !row.absent {
        let json = RawValue::from_string(typed(row).json().to_string()).expect("JSON");
        form.0.insert(row.name.clone().unwrap_or("v".to_owned()), json);
    }
    call.form(&form);
}

fn set_part(call: &mut Call<'_>, row: &Row) {
    let files = || match Tree::of(&row.value) {
        Tree::List(files) => files.iter().map(file).collect::<Vec<_>>(),
        one => vec![file(&one)],
    };
    let value: Box<dyn PartValue> = match row.r#type.as_deref() {
        _ if row.absent => Box::new(None::<String>),
        _ if row.null => Box::new(Some(Nullable::<String>::Null)),
        Some("file") => Box::new(files().remove(0)),
        Some("files") => Box::new(Some(files())),
        _ => Box::new(typed(row)),
    };
    let name = leaked(row.name.as_deref().unwrap_or("v"));
    let header = [("X-Meta", &row.header as &dyn Encode)];
    call.parts(&String::new(), &[(name, &*value, &header)]);
}

fn file(value: &Tree) -> FilePart {
    #[derive(serde::Deserialize)]
    struct Row {
        content: String,
        name: Option<String>,
        media_type: Option<String>,
    }
    let Row { content, name, media_type } = serde_json::from_str(&value.to_string()).expect("a file");
    let mut file = FilePart::new(content);
    if let Some(name) = name {
        file = file.name(name);
    }
    if let Some(media_type) = media_type {
        file = file.media_type(media_type);
    }
    file
}

/// A value as generated code has it.
struct Typed {
    json: Tree,
    plain: Tree,
}

impl Checked for Typed {}

impl Encode for Typed {
    fn json(&self) -> Tree {
        self.json.clone()
    }

    fn plain(&self) -> Tree {
        self.plain.clone()
    }
}

fn typed(row: &Row) -> Typed {
    fn read(value: &impl Encode) -> Typed {
        Typed { json: value.json(), plain: value.plain() }
    }
    let value = Tree::of(&row.value);
    let text = if let Tree::String(text) = &value { text } else { "" };
    let wrong = "a value of its type";
    match row.r#type.as_deref() {
        None => Typed { json: value.clone(), plain: value },
        Some("decimal") => read(&text.parse::<Decimal>().expect(wrong)),
        Some("date-time") => read(&text.parse::<Timestamp>().expect(wrong)),
        Some("date") => read(&text.parse::<Date>().expect(wrong)),
        Some("uuid") => read(&text.parse::<Uuid>().expect(wrong)),
        Some("int64") => read(&text.parse::<i64>().expect(wrong)),
        Some("uint64") => read(&text.parse::<u64>().expect(wrong)),
        Some("int32") => read(&text.parse::<i32>().expect(wrong)),
        Some("double") => read(&text.parse::<f64>().expect(wrong)),
        Some("float") => read(&text.parse::<f32>().expect(wrong)),
        Some("boolean") => read(&text.parse::<bool>().expect(wrong)),
        Some(other) => panic!("there is no type `{other}`"),
    }
}

fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
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
        "deepObjectIndices" => Style::DeepObjectIndices,
        "deepObjectRepeated" => Style::DeepObjectRepeated,
        other => panic!("there is no style `{other}`"),
    }
}

/// A server that responds with 204, and passes on every request.
fn serve() -> (String, Receiver<Arrived>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, arrived) = channel();
    std::thread::spawn(move || {
        for connection in listener.incoming().map_while(Result::ok) {
            let sender = sender.clone();
            std::thread::spawn(move || record(&connection, &sender));
        }
    });
    (url, arrived)
}

fn record(mut connection: &TcpStream, arrived: &Sender<Arrived>) {
    let mut reader = BufReader::new(connection);
    loop {
        let lines = reader.by_ref().lines().map_while(Result::ok);
        let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        if head.is_empty() || reader.read_exact(&mut body).is_err() || arrived.send(Arrived { head, body }).is_err() {
            return;
        }
        connection.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").expect("a client that waits");
    }
}
