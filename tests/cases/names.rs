//! Arbitrary names in every position of a document: the crate compiles without warnings, and names are sent unchanged.

use generator::{FileSet, Input, Source, generate_crate};
use libtest_mimic::{Failed, Trial};
use serde_json::{Map, Value, json};

use crate::compiled::{self, Crate};

const NAME: &str = "any_names";
const PROGRAM: &str = include_str!("names/program.rs");

/// Rust's keywords: strict, reserved and weak.
const KEYWORDS: &str = "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod \
    move mut pub ref return self Self static struct super trait true type unsafe use where while abstract become box do final \
    gen macro override priv try typeof unsized virtual yield auto macro_rules safe union default 'static r#type _";
/// Names of the prelude, of generated code and of the runtime.
const OURS: &str = "Option Some None Vec String ToString Result Ok Err Box Into From TryFrom TryInto AsRef AsMut Iterator \
    IntoIterator IntoFuture Future Clone Copy Debug Default PartialEq Eq PartialOrd Ord Hash Send Sync Sized Drop Fn FnMut FnOnce \
    ToOwned bool char str u8 i64 f64 usize \
    C S T D E R Client ClientBuilder Error Value Map BTreeMap Kind Rule Operation Parameter Field Object Union Member Newtype Safety Output \
    Media Style Condition Others Method Json Nullable Page Pages Rows List Reply Request Response Call CallOptions Caller \
    AsyncCaller BlockingCaller Checks Checked Encode Multipart Bytes Decimal Timestamp Date Uuid UnknownValue UnknownInteger Unknown \
    Undocumented Event Delivery RateLimit Position Violation WithReply Pending StatusCode HeaderMap Pagination Duplicates BoxError \
    ErrorBody ApiErrorKind API MOCK PROGRAM TITLE WIRE Text Number Integer Boolean Any \
    api types resources client blocking mock commands cli meta webhooks generated common bodies error middleware exact std core alloc serde \
    serde_json rt jiff uuid bytes rust_decimal clientsmith_runtime clientsmith_command any_names \
    into checks body options call response value values inputs inner key name new build builder from_env base_url request clone send \
    text timeout deadline max_retries extra_header extra_query with_response pages rows stream into_future extra data deserializer \
    serializer raw index variant api_key user password set page limit reply caller fmt drop eq cmp help version";
/// Names that differ only in case or punctuation, and other unusual names.
const PECULIAR: [&str; 44] = [
    "a-b",
    "a_b",
    "a.b",
    "aB",
    "A_B",
    "a b",
    "AB",
    "ab",
    "Ab",
    "a__b",
    "",
    " ",
    "1",
    "1st",
    "2.0",
    "20",
    "+1",
    "-1",
    "🦀",
    "🦀🦀",
    "é",
    "É",
    "ñandú",
    "中文",
    "日本語",
    "straße",
    "a`b",
    "a\"b",
    "a\\b",
    "a/b",
    "a{b}",
    "a[b]",
    "a\nb",
    "<b>",
    "\u{202e}abc",
    "*/",
    "//",
    "#",
    "'",
    "%",
    "&;,",
    "@?=",
    "$ref",
    "a\tb",
];
/// The length of the longest name.
const LONGEST: usize = 200;

pub(crate) fn cases() -> Vec<Trial> {
    vec![
        Trial::test("names::generates", || made().map(drop)),
        Trial::test("names::compiles", || compiled::result_of(NAME)),
        Trial::test("names::runs", || compiled::run(NAME, NAME)),
    ]
}

/// Returns the document's crate, with a program that uses the names.
pub(crate) fn crates() -> Vec<Crate> {
    made().into_iter().collect()
}

fn made() -> Result<Crate, Failed> {
    let files = files()?;
    let root = files.get("lib.rs").ok_or("a crate without a root")?.to_owned();
    let program = program(&files)?;
    Ok(Crate {
        name: NAME.to_owned(),
        root,
        files,
        examples: vec![(NAME.to_owned(), program)],
        features: compiled::all_features(),
        runs: true,
    })
}

fn files() -> Result<FileSet, Failed> {
    let (spec, config) = (Source::new("openapi.json", document().to_string()), Source::new("generator.toml", ""));
    generate_crate(&Input::new(spec, config)).map_err(|diagnostics| {
        let texts: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        texts.join("\n\n").into()
    })
}

fn names() -> Vec<String> {
    let words = KEYWORDS.split_whitespace().chain(OURS.split_whitespace()).chain(PECULIAR).map(str::to_owned);
    words.chain(["x".repeat(LONGEST), "very_".repeat(LONGEST / 5)]).collect()
}

/// Names that a header or a cookie may have (RFC 9110, section 5.6.2).
fn tokens() -> Vec<String> {
    let is_token = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    let mut taken = std::collections::BTreeSet::new();
    let tokens = names().into_iter().filter(|name| !name.is_empty() && name.chars().all(is_token));
    // Header names are case-insensitive.
    tokens.filter(|name| taken.insert(name.to_lowercase())).collect()
}

/// Names that a component may have in any document.
fn components() -> Vec<String> {
    names().into_iter().filter(|name| !name.is_empty() && !name.contains(['~', '/', '%', '#'])).collect()
}

fn document() -> Value {
    let mut paths = Map::new();
    let done = || json!({"204": {"description": "done"}});
    for (index, name) in names().iter().enumerate() {
        paths.insert(format!("/tags/{index}"), json!({"get": {"tags": [name], "responses": done()}}));
        let operation = json!({"tags": ["Every"], "operationId": name, "responses": done()});
        paths.insert(format!("/operations/{index}"), json!({"get": operation}));
    }
    let text = json!({"type": "string"});
    let places = [("query", names()), ("header", tokens()), ("cookie", tokens())];
    for (place, names) in places {
        let list = |required: bool| {
            let names = names.iter().filter(|name| !name.is_empty());
            names
                .map(|name| json!({"name": name, "in": place, "required": required, "schema": text}))
                .collect::<Vec<_>>()
        };
        for (which, required) in [("all", true), ("any", false)] {
            let id = format!("{which}_of_{place}");
            let operation =
                json!({"tags": ["Places"], "operationId": id, "parameters": list(required), "responses": done()});
            paths.insert(format!("/{which}/{place}"), json!({"get": operation}));
        }
    }
    for (index, name) in names().iter().filter(|name| !name.is_empty() && !name.contains(['{', '}', '/'])).enumerate() {
        let parameter = json!({"name": name, "in": "path", "required": true, "schema": text});
        let operation = json!({"tags": ["Ways"], "operationId": format!("way_{index}"), "parameters": [parameter],
            "requestBody": {"required": true, "content": {"application/json": {"schema": text}}}, "responses": done()});
        paths.insert(format!("/ways/{index}/{{{name}}}"), json!({"put": operation}));
    }
    let content = |schema: Value| json!({"application/json": {"schema": schema}});
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    for (id, schema) in
        [("fields", "EveryField"), ("all_fields", "AllFields"), ("values", "EveryValue"), ("types", "EveryType")]
    {
        let operation = json!({"tags": ["Bodies"], "operationId": format!("send_{id}"),
            "requestBody": {"required": true, "content": content(reference(schema))},
            "responses": {"200": {"description": "it", "content": content(reference(schema))}}});
        paths.insert(format!("/bodies/{id}"), json!({"post": operation}));
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Names `and` [more] <of> them", "version": "1"},
        "security": [{"self": []}],
        "paths": paths,
        "components": {"securitySchemes": {"self": {"type": "apiKey", "in": "header", "name": "X-Secret"}}, "schemas": schemas()},
    })
}

fn schemas() -> Map<String, Value> {
    let text = json!({"type": "string"});
    let properties: Map<_, _> = names().into_iter().map(|name| (name, text.clone())).collect();
    let of_types: Map<_, _> = components()
        .into_iter()
        .map(|name| (name.clone(), json!({"$ref": format!("#/components/schemas/{name}")})))
        .collect();
    let mut schemas = Map::new();
    for name in components() {
        schemas.insert(
            name,
            json!({"type": "object", "properties": {"type": {"type": "string"}, "a": {"type": "integer"}}}),
        );
    }
    schemas.insert("EveryField".to_owned(), json!({"type": "object", "properties": properties}));
    schemas.insert("AllFields".to_owned(), json!({"type": "object", "properties": properties, "required": names()}));
    schemas.insert("EveryValue".to_owned(), json!({"type": "object", "properties": {"values": {"type": "array", "items": {"type": "string", "enum": names()}}}}));
    schemas.insert("EveryUnion".to_owned(), json!({"oneOf": of_types.values().collect::<Vec<_>>()}));
    let mut properties = of_types;
    properties.insert("one of them".to_owned(), json!({"$ref": "#/components/schemas/EveryUnion"}));
    schemas.insert("EveryType".to_owned(), json!({"type": "object", "properties": properties}));
    schemas
}

/// Returns the program, with setter names from the generated sources.
fn program(files: &FileSet) -> Result<String, Failed> {
    let places = files.get("generated/resources/places.rs").ok_or("no resource of places")?;
    let calls = ["query", "header", "cookie"].map(|place| {
        let value = format!("AnyOf{}{}", place[..1].to_uppercase(), &place[1..]);
        let methods = places.split_once(&format!("impl<C> {value}<C> {{")).map_or("", |(_, rest)| rest);
        let methods = methods.split("\n}\n").next().unwrap_or_default();
        let setters = methods.split("pub fn ").skip(1).filter_map(|rest| rest.split('(').next());
        let call = format!("client.places().any_of_{place}()");
        setters.fold(call, |call, setter| call + "." + setter + "(\"x\")")
    });
    let list = |names: Vec<String>| format!("&{names:?}");
    let mut program = PROGRAM.to_owned();
    for (place, text) in [
        ("NAMES", list(names())),
        ("TOKENS", list(tokens())),
        ("COMPONENTS", list(components())),
        ("OF_QUERY", calls[0].clone()),
        ("OF_HEADER", calls[1].clone()),
        ("OF_COOKIE", calls[2].clone()),
    ] {
        program = program.replace(&format!("/* {place} */"), &text);
    }
    Ok(program)
}
