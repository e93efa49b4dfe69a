//! A small API for tests.

use clientsmith_runtime::Error;
use clientsmith_runtime::api::{
    ApiSpec, Auth, Envelope, Environment, ErrorPointers, Field, Kind, Media, Object, Operation, Output, Package,
    Parameter, Safety,
};
use clientsmith_runtime::mock::spec::{Collection, MockSpec};
use clientsmith_runtime::webhook::{UnreadEvent, Wire};
use serde::Deserialize;
use uuid::Uuid;

use crate::inputs::{Inputs, Usage};
use crate::prepared::Prepared;
use crate::program::{Command, Input, Program, Resource, Webhooks};

pub(crate) static API: ApiSpec = ApiSpec {
    title: "Example",
    version: "1",
    package: Package {
        name: "example",
        version: "0.1.0",
        user_agent: "example/0.1.0",
        tracer: clientsmith_runtime::tracer!(),
    },
    base_url: "https://api.example.com/v1",
    environment: Environment { api_key: "EXAMPLE_KEY", base_url: "EXAMPLE_URL" },
    auth: Auth::Bearer,
    token_endpoint: None,
    headers: &[],
    errors: ErrorPointers { flag: "", message: "/message", code: "/code" },
    rate_limit: None,
    envelope: Some(Envelope { success: "success", data: "data" }),
    paging: None,
    operations: &[],
    objects: &[&LINK, &PERSON, &RECEIPT, &SALE, &TEAM],
    enumerations: &[],
    unions: &[],
    newtypes: &[],
};

pub(crate) static SPEC: MockSpec = MockSpec {
    api: &API,
    base_path: "/v1",
    operations: &[],
    collections: &[collection("Person"), collection("Receipt"), collection("Sale"), collection("Team")],
    events: &[
        ("person.joined", r#"{"type":"person.joined","data":{"id":"497f6eca-6276-4993-bfeb-53cbbbba6f08"}}"#),
        ("sale.made", r#"{"type":"sale.made","data":{"id":"497f6eca-6276-4993-bfeb-53cbbbba6f08","amount":49.00}}"#),
    ],
};

static LINK: Object = Object::new("Link", &[Field::new("url", Kind::String), Field::new("code", Kind::String)]);
static PERSON: Object = Object::new(
    "Person",
    &[
        Field::new("id", Kind::Uuid).required(),
        Field::new("email", Kind::String),
        Field::new("links", Kind::List(&Kind::Named("Link"))),
        Field::new("visits", Kind::Integer),
        Field::new("team", Kind::Named("Team")),
    ],
);
static RECEIPT: Object =
    Object::new("Receipt", &[Field::new("total", Kind::Decimal), Field::new("id", Kind::Uuid).required()]);
static SALE: Object = Object::new(
    "Sale",
    &[
        Field::new("seller_name", Kind::String),
        Field::new("id", Kind::Uuid).required(),
        Field::new("note", Kind::String),
        Field::new("amount", Kind::Decimal).required(),
        Field::new("currency", Kind::String),
        Field::new("count", Kind::Integer),
        Field::new("made_at", Kind::Timestamp),
        Field::new("seller", Kind::Named("Person")),
        Field::new("receipt", Kind::Named("Receipt")),
    ],
);
static TEAM: Object =
    Object::new("Team", &[Field::new("id", Kind::Uuid).required(), Field::new("title", Kind::String).required()]);

const fn collection(schema: &'static str) -> Collection {
    Collection { schema, sample: "{}", key: "id", relations: &[], aliases: &[] }
}

pub(crate) static PROGRAM: Program = Program {
    api: &API,
    mock: &SPEC,
    spec_hash: "",
    key: "",
    resources: &[Resource {
        name: "people",
        about: "",
        commands: &[
            Command::new("list", &LIST_PEOPLE, "List people", unprepared)
                .parameters(&[Input { name: "email", help: "" }]),
            Command::new("create", &CREATE_PERSON, "Create a person", unprepared),
        ],
    }],
    webhooks: None,
};

static LIST_PEOPLE: Operation = Operation::new("list_people", "GET", "/people", Safety::Safe)
    .parameters(&[Parameter::query("email", Kind::String)])
    .output(Output::Page { row: Kind::Named("Person"), complete: true });
static CREATE_PERSON: Operation = Operation::new("create_person", "POST", "/people", Safety::NotIdempotent).body(
    Media::Json,
    "application/json",
    Kind::Any,
);

fn unprepared(_: &clientsmith_runtime::Client, _: &Inputs) -> Result<Prepared, Usage> {
    Err(Usage("nothing is called".to_owned()))
}

pub(crate) static WEBHOOKS: Webhooks = Webhooks {
    name: "type",
    data: "data",
    payloads: &[("person.joined", Kind::Named("Person")), ("sale.made", Kind::Named("Sale"))],
    read,
};

static WIRE: Wire = Wire { name: "type", data: "data" };

/// The data common to all events.
#[derive(Deserialize)]
struct Subject {
    id: Uuid,
}

fn read(body: &[u8]) -> Result<String, Error> {
    let body = UnreadEvent::open(&WIRE, body)?;
    let name = body.name().to_owned();
    if WEBHOOKS.payloads.iter().any(|(known, _)| *known == name) {
        body.known(|subject: Subject| subject.id)?;
    } else {
        body.unknown(drop)?;
    }
    Ok(name)
}
