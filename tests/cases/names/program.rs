//! Every name of the document is sent unchanged.

use any_names::types::{AllFields, EveryField, EveryType, EveryValue};
use any_names::{Client, Error};
use serde_json::{Map, Value, from_value, json, to_value};
use socket::{NO_CONTENT, Socket};

const NAMES: &[&str] = /* NAMES */;
const TOKENS: &[&str] = /* TOKENS */;
const COMPONENTS: &[&str] = /* COMPONENTS */;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder("secret").base_url(socket.url()).build()?;

    /* OF_QUERY */.await?;
    let line = socket.line();
    let query = line.split_once('?').map_or("", |(_, query)| query);
    let mut sent: Vec<_> = query.split('&').filter_map(|pair| pair.strip_suffix("=x")).map(decoded).collect();
    let mut expected: Vec<_> = NAMES.iter().filter(|name| !name.is_empty()).map(|name| (*name).to_owned()).collect();
    (sent.sort(), expected.sort());
    assert_eq!(sent, expected);

    /* OF_HEADER */.await?;
    let request = socket.request();
    for name in TOKENS {
        assert_eq!(request.header(&name.to_lowercase()), Some("x"), "{name}");
    }
    assert_eq!(request.header("x-secret"), Some("secret"));

    /* OF_COOKIE */.await?;
    let request = socket.request();
    let sent: Vec<_> = request.header("cookie").unwrap_or_default().split("; ").map(str::to_owned).collect();
    assert_eq!(sent, TOKENS.iter().map(|name| format!("{name}=x")).collect::<Vec<_>>());

    let fields: Map<String, Value> = NAMES.iter().map(|name| ((*name).to_owned(), json!("x"))).collect();
    let every: EveryField = read(Value::Object(fields.clone()));
    let all: AllFields = read(Value::Object(fields));
    let types = COMPONENTS.iter().map(|name| ((*name).to_owned(), json!({"type": "x", "a": 1})));
    let types: EveryType = read(types.collect());
    let values: EveryValue = read(json!({"values": NAMES}));
    // Known values have distinct variants; none of them is `Unknown`.
    assert!(!format!("{values:?}").contains("Unknown("), "{values:?}");
    assert!([format!("{every:?}"), format!("{all:?}"), format!("{types:?}")].iter().all(|shown| shown.ends_with("{} }")));
    Ok(())
}

/// Deserializes a value and checks that it serializes to the same JSON.
fn read<T: serde::de::DeserializeOwned + serde::Serialize>(value: Value) -> T {
    let read: T = from_value(value.clone()).expect("the documented form");
    assert_eq!(to_value(&read).expect("JSON"), value);
    read
}

/// Decodes percent-encoded text.
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.bytes());
    while let Some(byte) = rest.next() {
        let digits: String = if byte == b'%' { rest.by_ref().take(2).map(char::from).collect() } else { String::new() };
        bytes.push(u8::from_str_radix(&digits, 16).unwrap_or(byte));
    }
    String::from_utf8(bytes).expect("UTF-8")
}
