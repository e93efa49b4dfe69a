//! An export of long lists leaves little of the rate limit unused.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientsmith_runtime as rt;
use rt::Client;
use rt::api::{ApiSpec, Envelope, Field, Kind, Object, Operation, Output, Paging, Parameter, RateLimit, Safety};
use rt::middleware::{Attempt, Before, Middleware, Outcome};
use rt::mock::spec::{Action, Collection, MockOperation, MockSpec};
use rt::mock::{Seed, ServerBuilder};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::time::Instant;
use uuid::Uuid;

use super::row_count;
use crate::example;
use crate::export::format::ExportFormat;
use crate::export::job::{ExportJob, ListSource};
use crate::export::origin::Origin;
use crate::export::progress::NoProgress;
use crate::export::run::export;
use crate::prepared::Prepared;

/// The number of pages per list.
const PAGES: usize = 2_000;
/// The time of a response.
const LATENCY: Duration = Duration::from_secs(1);
const LIMIT: RateLimit = RateLimit::new(200, Duration::from_secs(60));

static API: ApiSpec = ApiSpec {
    rate_limit: Some(LIMIT),
    envelope: Some(Envelope { success: "success", data: "data" }),
    paging: Some(Paging {
        page_parameter: "page",
        limit_parameter: "limit",
        property: "pagination",
        page: Some("page"),
        limit: Some("limit"),
        total_count: Some("total_count"),
        total_pages: Some("total_pages"),
        has_more: Some("has_more"),
    }),
    operations: &[&LIST_AUTHORS, &LIST_BOOKS],
    objects: &[&AUTHOR, &BOOK],
    ..example::API
};

static LIST_AUTHORS: Operation = list("list_authors", "/authors", "Author");
static LIST_BOOKS: Operation = list("list_books", "/books", "Book");
static AUTHOR: Object = Object::new("Author", FIELDS);
static BOOK: Object = Object::new("Book", FIELDS);
const PARAMETERS: &[Parameter] = &[Parameter::query("limit", Kind::Integer), Parameter::query("page", Kind::Integer)];
const FIELDS: &[Field] = &[Field::new("id", Kind::Uuid).required(), Field::new("name", Kind::String).required()];

static SPEC: MockSpec = MockSpec {
    api: &API,
    base_path: "/v1",
    operations: &[
        MockOperation { operation: &LIST_AUTHORS, action: Action::List(Author::COLLECTION), sample: None },
        MockOperation { operation: &LIST_BOOKS, action: Action::List(Book::COLLECTION), sample: None },
    ],
    collections: &[collection("Author"), collection("Book")],
    events: &[],
};

const fn list(id: &'static str, path: &'static str, row: &'static str) -> Operation {
    Operation::new(id, "GET", path, Safety::Safe)
        .parameters(PARAMETERS)
        .output(Output::Page { row: Kind::Named(row), complete: true })
}

const fn collection(schema: &'static str) -> Collection {
    Collection { schema, sample: "{}", key: "id", relations: &[], aliases: &[] }
}

#[derive(Deserialize)]
struct Author {}

impl Seed for Author {
    const COLLECTION: usize = 0;
}

#[derive(Deserialize)]
struct Book {}

impl Seed for Book {
    const COLLECTION: usize = 1;
}

/// A row of either list.
#[derive(Clone, Serialize, Deserialize)]
struct Row {
    id: Uuid,
}

/// A request for a page with one row.
#[derive(Clone)]
#[must_use]
struct ListRows<C = Client> {
    client: C,
    options: rt::CallOptions,
    operation: &'static Operation,
    page: u64,
}

impl<C: rt::Caller> ListRows<C> {
    async fn call(self) -> Result<rt::Reply<rt::Page<Row>>, rt::Error> {
        let mut call = rt::Call::new(self.client.client(), self.operation, self.options);
        call.query("limit", Some(&1_i64));
        call.query("page", Some(&self.page.cast_signed()));
        call.send().await?.page::<Row>()
    }
}

rt::request_value!(ListRows => rt::Page<Row>);

rt::list_value!(ListRows, Row);

impl<C: rt::Caller> rt::List for ListRows<C> {
    type Row = Row;
    type Key = Uuid;
    type Walk = rt::Numbered<Self>;
    const OPERATION: &'static str = "list_rows";

    fn key(row: &Row) -> Option<Uuid> {
        Some(row.id)
    }

    fn read_page(self) -> rt::Pending<Result<rt::Page<Row>, rt::Error>> {
        Box::pin(async { self.call().await.map(|reply| reply.value) })
    }

    fn in_large_pages(self) -> Self {
        self
    }
}

impl<C: rt::Caller> rt::NumberedList for ListRows<C> {
    fn page_number(&self) -> Option<u64> {
        Some(self.page)
    }

    fn at_page(self, page: u64) -> Self {
        Self { page, ..self }
    }
}

/// Delays every request in virtual time, and pauses virtual time while the server works.
#[derive(Clone, Default)]
struct Latency {
    in_flight: Arc<Mutex<Vec<Sender<()>>>>,
    sent: Arc<Mutex<Vec<Instant>>>,
}

impl Middleware for Latency {
    fn before<'a>(&'a self, _: &'a Attempt, _: &'a mut reqwest::Request) -> Before<'a> {
        Box::pin(async {
            self.sent.lock().unwrap().push(Instant::now());
            tokio::time::sleep(LATENCY).await;
            // Virtual time does not advance while a blocking task runs.
            let (done, wait) = channel::<()>();
            tokio::task::spawn_blocking(move || wait.recv());
            self.in_flight.lock().unwrap().push(done);
            Ok(())
        })
    }

    fn after(&self, _: &Attempt, _: &Outcome<'_>) {
        self.in_flight.lock().unwrap().pop();
    }
}

/// Latency and the step from one list to the next cost at most 3 % of the rate limit.
#[tokio::test(start_paused = true)]
async fn an_export_uses_the_whole_rate_limit() {
    let server = ServerBuilder::<Client>::new(&SPEC).without_rate_limit().start().unwrap();
    server.seed_many::<Author>(PAGES, |number| json!({ "name": format!("{number}") })).unwrap();
    server.seed_many::<Book>(PAGES, |number| json!({ "name": format!("{number}") })).unwrap();
    let latency = Latency::default();
    let client = server.client_builder().middleware(latency.clone()).build().unwrap();
    let source = |name, schema, operation| {
        let list = ListRows { client: client.clone(), options: rt::CallOptions::default(), operation, page: 1 };
        ListSource { name, kind: Kind::Named(schema), listing: Prepared::list(list).pages.unwrap() }
    };
    let directory = tempfile::tempdir().unwrap();
    let job = ExportJob {
        directory: directory.path().to_owned(),
        format: ExportFormat::Jsonl,
        spec: &SPEC,
        sources: vec![source("authors", "Author", &LIST_AUTHORS), source("books", "Book", &LIST_BOOKS)],
        origin: Origin {
            program: "test",
            version: "1",
            api: "API",
            api_version: "1",
            spec_hash: "",
            base_url: client.base_url(),
            key: &"key".into(),
        },
    };
    let export = export(job, &mut NoProgress, std::future::pending()).await.unwrap();
    assert_eq!(row_count(&export), 2 * PAGES as u64);

    let sent = latency.sent.lock().unwrap();
    let permits = LIMIT.requests as usize;
    for window in sent.windows(permits + 1) {
        let length = window[permits] - window[0];
        assert!(length >= LIMIT.window, "more than {permits} requests in {length:?}");
    }
    let taken = (sent[sent.len() - 1] - sent[0]).as_secs_f64();
    let windows = u32::try_from((sent.len() - 1) / permits).unwrap();
    let needed = (LIMIT.window * windows).as_secs_f64();
    println!("{} requests: {:.1} % of the rate limit", sent.len(), 100.0 * needed / taken);
    assert!(needed / taken >= 0.97, "{} requests took {taken} s; {needed} s are enough", sent.len());
}
