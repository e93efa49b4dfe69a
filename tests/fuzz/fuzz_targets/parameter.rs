//! Text or JSON in every position of a request and in every style: no panic, and the value arrives unchanged.

#![no_main]

use std::sync::{Arc, LazyLock, Mutex};

use clientsmith_runtime::api::{
    ApiSpec, Auth, Encoding, Environment, ErrorPointers, Kind, Media, Operation, Package, Parameter, PropertyEncoding,
    Safety, Style,
};
use clientsmith_runtime::middleware::{Attempt, Before, Middleware};
use clientsmith_runtime::{Call, CallOptions, Client, ClientBuilder, Error};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value};
use tokio::runtime::{Builder, Runtime};
use url::form_urlencoded;

static API: ApiSpec = ApiSpec {
    title: "Parameters",
    version: "1",
    package: Package {
        name: "parameters",
        version: "0.1.0",
        user_agent: "parameters/0.1.0",
        tracer: clientsmith_runtime::tracer!(),
    },
    base_url: "https://host.example",
    environment: Environment { api_key: "PARAMETERS_KEY", base_url: "PARAMETERS_URL" },
    auth: Auth::None,
    token_endpoint: None,
    headers: &[],
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

const STYLES: [Style; 9] = [
    Style::Simple,
    Style::Label,
    Style::Matrix,
    Style::Form,
    Style::SpaceDelimited,
    Style::PipeDelimited,
    Style::DeepObject,
    Style::DeepObjectIndices,
    Style::DeepObjectRepeated,
];

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Path,
    Query,
    Header,
    Cookie,
    Form,
    Part,
}

static OPERATIONS: LazyLock<Vec<(Place, PropertyEncoding, Operation)>> = LazyLock::new(|| {
    let mut operations = Vec::new();
    for place in [Place::Path, Place::Query, Place::Header, Place::Cookie, Place::Form, Place::Part] {
        let styled = STYLES.iter().flat_map(|style| [true, false].map(|explode| (*style, explode)));
        let encodings = styled.map(|(style, explode)| PropertyEncoding::new("v").style(style, explode));
        for encoding in encodings.flat_map(|encoding| [encoding, encoding.allow_reserved()]) {
            operations.push((place, encoding, operation(place, encoding)));
        }
        let json = PropertyEncoding::new("v").json();
        operations.push((place, json, operation(place, json)));
    }
    operations
});

fn operation(place: Place, property: PropertyEncoding) -> Operation {
    let parameter = match place {
        Place::Path => Parameter::path("v", Kind::Any),
        Place::Query => Parameter::query("v", Kind::Any),
        Place::Header => Parameter::header("v", Kind::Any),
        Place::Cookie => Parameter::cookie("v", Kind::Any),
        Place::Form | Place::Part => {
            let media = if place == Place::Form { Media::Form } else { Media::Multipart };
            let operation = Operation::new("op", "POST", "/x", Safety::Safe).body(media, "", Kind::Any);
            return operation.properties(vec![property].leak());
        }
    };
    let parameter = Parameter { encoding: property.encoding, allow_reserved: property.allow_reserved, ..parameter };
    let path = if place == Place::Path { "/x/{v}/y" } else { "/x" };
    Operation::new("op", "GET", path, Safety::Safe).parameters(vec![parameter].leak())
}

/// Keeps the request and stops the call.
#[derive(Clone, Default)]
struct Keep(Arc<Mutex<Option<reqwest::Request>>>);

impl Middleware for Keep {
    fn before<'a>(&'a self, _: &'a Attempt, request: &'a mut reqwest::Request) -> Before<'a> {
        *self.0.lock().expect("a lock") = request.try_clone();
        Box::pin(std::future::ready(Err("kept".into())))
    }
}

static KEEP: LazyLock<Keep> = LazyLock::new(Keep::default);
static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    ClientBuilder::<Client>::new(&API, "".into()).max_retries(0).middleware(KEEP.clone()).build().expect("a client")
});
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_all().build().expect("a runtime"));

fuzz_target!(|bytes: &[u8]| {
    let [choice, bytes @ ..] = bytes else { return };
    let (place, property, operation) = &OPERATIONS[usize::from(*choice) % OPERATIONS.len()];
    let text = String::from_utf8_lossy(bytes);
    let value = serde_json::from_str(&text).unwrap_or_else(|_| Value::from(&*text));
    if let Some(request) = written(*place, operation, &value) {
        check(*place, *property, &value, &request);
    }
});

/// Returns the request, unless the value is rejected.
fn written(place: Place, operation: &'static Operation, value: &Value) -> Option<reqwest::Request> {
    let mut call = Call::new(&CLIENT, operation, CallOptions::default());
    match place {
        Place::Path => call.path("v", value),
        Place::Query => call.query("v", Some(value)),
        Place::Header => call.header("v", Some(value)),
        Place::Cookie => call.cookie("v", Some(value)),
        Place::Form => call.form(&Map::from_iter([("v".to_owned(), value.clone())])),
        Place::Part => call.parts(&String::new(), &[("v", value, &[])]),
    }
    match RUNTIME.block_on(call.send()) {
        Err(Error::InvalidRequest { violations, .. }) => assert!(!violations.is_empty()),
        Err(Error::Middleware { .. }) => return KEEP.0.lock().expect("a lock").take(),
        Err(error) => panic!("{error}"),
        Ok(_) => unreachable!("the middleware stops every call"),
    }
    None
}

/// Checks that a parameter stays in its position, and that a string can be read back.
fn check(place: Place, property: PropertyEncoding, value: &Value, request: &reqwest::Request) {
    let url = request.url();
    assert!(url.as_str().bytes().all(|byte| byte.is_ascii_graphic()), "{url}");
    let segments: Vec<&str> = url.path_segments().expect("a path").collect();
    let header = |name: &str| request.headers().get(name).map_or("", |value| value.to_str().expect("ASCII"));
    let text = || match (value, property.encoding) {
        (Value::String(text), Encoding::Styled { .. }) => text.clone(),
        (value, _) => value.to_string(),
    };
    let is_one = property.encoding == Encoding::Json || !(value.is_array() || value.is_object() || value.is_null());
    let decoded = |text: &[u8]| form_urlencoded::parse(text).into_owned().collect::<Vec<_>>();
    let pair = || vec![("v".to_owned(), text())];
    match place {
        Place::Path => {
            assert!(segments.len() == 3 && segments[0] == "x" && segments[2] == "y", "{url}");
            let is_simple = matches!(property.encoding, Encoding::Json | Encoding::Styled { style: Style::Simple, .. });
            if is_one && is_simple {
                let segment = percent_encoding::percent_decode_str(segments[1]).decode_utf8().expect("UTF-8");
                assert_eq!(segment, text());
            }
        }
        _ => assert_eq!(segments, ["x"], "{url}"),
    }
    match place {
        Place::Query if is_one => assert_eq!(decoded(url.query().unwrap_or("").as_bytes()), pair()),
        Place::Query => {}
        _ => assert_eq!(url.query(), None, "{url}"),
    }
    match place {
        Place::Header if is_one && property.encoding != Encoding::Json => assert_eq!(header("v"), text()),
        Place::Cookie => assert!(header("cookie").starts_with("v=") && !header("cookie").contains(';')),
        _ => {}
    }
    let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
    match place {
        Place::Form if is_one => assert_eq!(decoded(body), pair()),
        // The media type of a part decides, not the style.
        Place::Part if !(value.is_array() || value.is_object() || value.is_null()) => {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            assert!(String::from_utf8_lossy(body).contains(&format!("\r\n\r\n{text}\r\n--")));
        }
        _ => {}
    }
}
