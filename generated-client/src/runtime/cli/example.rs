//! A small API for tests. The runtime is copied into every generated crate, so they can stand on none of these.

use serde::Deserialize;
use uuid::Uuid;

use super::surface::Webhooks;
use crate::runtime::Error;
use crate::runtime::mock::table::{Collection, Field, Kind, Object, Table};
use crate::runtime::policy::{FailurePointers, Policy};
use crate::runtime::webhook::{Body, Wire};

pub(crate) static TABLE: Table = Table {
    policy: &Policy::new(
        "https://api.example.com/v1",
        "EXAMPLE_KEY",
        "EXAMPLE_URL",
        FailurePointers::at("", "/message", "/code"),
    ),
    base_path: "/v1",
    envelope: None,
    pages: None,
    operations: &[],
    collections: &[collection("Person"), collection("Receipt"), collection("Sale"), collection("Team")],
    objects: &[
        object("Link", &[Field::new("url", Kind::Text), Field::new("code", Kind::Text)]),
        object(
            "Person",
            &[
                Field::new("id", Kind::Uuid).required(),
                Field::new("email", Kind::Text),
                Field::new("links", Kind::List(&Kind::Named("Link"))),
                Field::new("visits", Kind::Integer),
                Field::new("team", Kind::Named("Team")),
            ],
        ),
        object("Receipt", &[Field::new("total", Kind::Decimal), Field::new("id", Kind::Uuid).required()]),
        object(
            "Sale",
            &[
                Field::new("seller_name", Kind::Text),
                Field::new("id", Kind::Uuid).required(),
                Field::new("note", Kind::Text),
                Field::new("amount", Kind::Decimal).required(),
                Field::new("currency", Kind::Text),
                Field::new("count", Kind::Integer),
                Field::new("made_at", Kind::Timestamp),
                Field::new("seller", Kind::Named("Person")),
                Field::new("receipt", Kind::Named("Receipt")),
            ],
        ),
        object("Team", &[Field::new("id", Kind::Uuid).required(), Field::new("title", Kind::Text).required()]),
    ],
    enumerations: &[],
    events: &[
        ("person.joined", r#"{"type":"person.joined","data":{"id":"497f6eca-6276-4993-bfeb-53cbbbba6f08"}}"#),
        ("sale.made", r#"{"type":"sale.made","data":{"id":"497f6eca-6276-4993-bfeb-53cbbbba6f08","amount":49.00}}"#),
    ],
};

const fn object(name: &'static str, fields: &'static [Field]) -> Object {
    Object { name, fields, conditions: &[] }
}

const fn collection(schema: &'static str) -> Collection {
    Collection { schema, sample: "{}", key: "id", relations: &[], aliases: &[] }
}

pub(crate) static WEBHOOKS: Webhooks = Webhooks {
    name: "type",
    data: "data",
    payloads: &[("person.joined", Kind::Named("Person")), ("sale.made", Kind::Named("Sale"))],
    read,
};

static WIRE: Wire = Wire { name: "type", data: "data" };

/// What every event is about.
#[derive(Deserialize)]
struct Subject {
    id: Uuid,
}

fn read(body: &[u8]) -> Result<String, Error> {
    let body = Body::open(&WIRE, body)?;
    let name = body.name().to_owned();
    if WEBHOOKS.payloads.iter().any(|(known, _)| *known == name) {
        body.known::<Subject, _>(drop)?;
    } else {
        body.unknown(drop)?;
    }
    Ok(name)
}
