//! An in-memory API with two lists, paged by the client's own code.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};

use clientsmith_runtime::api::{ApiSpec, Envelope, Field, Kind, Object};
use clientsmith_runtime::mock::spec::{Collection, MockSpec, Relation};
use clientsmith_runtime::{
    CallOptions, Client, ClientBuilder, Error, List, Numbered, NumberedList, Page, Pagination, Reply,
};
use clientsmith_runtime::{Pending, Request};
use serde_json::{Value, json};

use super::failing_disk::StepBudget;
use crate::example;
use crate::listing::{Listing, listing};

static API: ApiSpec = ApiSpec {
    base_url: "https://api.example.com",
    envelope: Some(Envelope { success: "success", data: "data" }),
    objects: &[&TAG, &NOTE, &LOOK],
    ..example::API
};

pub(super) static SPEC: MockSpec = MockSpec {
    api: &API,
    base_path: "",
    operations: &[],
    collections: &[
        Collection { schema: "Tag", sample: "{}", key: "id", relations: &[], aliases: &[] },
        Collection {
            schema: "Note",
            sample: "{}",
            key: "id",
            relations: &[Relation { field: "tag", collection: 0, inner: &[] }],
            aliases: &[],
        },
    ],
    events: &[],
};

static TAG: Object =
    Object::new("Tag", &[Field::new("id", Kind::String).required(), Field::new("group", Kind::String)]);
static NOTE: Object = Object::new(
    "Note",
    &[
        Field::new("id", Kind::String).required(),
        Field::new("price", Kind::Decimal),
        Field::new("pages", Kind::Integer),
        Field::new("share", Kind::Number),
        Field::new("done", Kind::Boolean),
        Field::new("made_at", Kind::Timestamp),
        Field::new("words", Kind::List(&Kind::String)),
        Field::new("look", Kind::Named("Look")),
        Field::new("tag", Kind::Named("Tag")),
        // Clashes with the column of the related tag.
        Field::new("tag_ID", Kind::String),
        Field::new("json", Kind::String),
    ],
);
static LOOK: Object = Object::new("Look", &[Field::new("color", Kind::String)]);

/// The number of rows per page.
pub(super) const PAGE: usize = 3;

/// A client that sends nothing.
static CLIENT: LazyLock<Client> = LazyLock::new(|| ClientBuilder::new(&API, "key".into()).build().unwrap());

type Lists = BTreeMap<&'static str, Vec<Value>>;
type Change = Box<dyn FnMut(usize, &mut Lists) + Send>;

pub(super) struct Api {
    client: Client,
    lists: Mutex<Lists>,
    budget: StepBudget,
    requests: Mutex<Vec<String>>,
    change: Mutex<Option<Change>>,
}

impl Api {
    /// Returns an API with this many tags and notes. Each request uses one step.
    pub(super) fn new(tags: usize, notes: usize, budget: &StepBudget) -> Arc<Self> {
        let lists = [("tags", (0..tags).map(tag).collect()), ("notes", (0..notes).map(note).collect())];
        Arc::new(Self {
            client: CLIENT.clone(),
            lists: Mutex::new(lists.into()),
            budget: budget.clone(),
            requests: Mutex::default(),
            change: Mutex::default(),
        })
    }

    pub(super) fn lists(&self) -> MutexGuard<'_, Lists> {
        self.lists.lock().unwrap()
    }

    /// Changes the lists before each response; the closure receives the number of the request.
    pub(super) fn on_request(&self, change: impl FnMut(usize, &mut Lists) + Send + 'static) {
        *self.change.lock().unwrap() = Some(Box::new(change));
    }

    /// Returns the pages requested since the last call, such as `notes 1`.
    pub(super) fn requests(&self) -> Vec<String> {
        std::mem::take(&mut *self.requests.lock().unwrap())
    }

    pub(super) fn rows(&self, list: &str) -> Vec<String> {
        self.lists()[list].iter().map(Value::to_string).collect()
    }

    pub(super) fn listing(self: &Arc<Self>, list: &'static str) -> Box<dyn Listing> {
        listing(Fetch { api: self.clone(), list, page: 1, options: CallOptions::default() })
    }

    fn page(&self, list: &str, page: u64) -> Result<Reply<Page<Value>>, Error> {
        if !self.budget.step() {
            return Err(Error::connect("list", "the process is dead"));
        }
        let mut requests = self.requests.lock().unwrap();
        requests.push(format!("{list} {page}"));
        let mut lists = self.lists.lock().unwrap();
        if let Some(change) = &mut *self.change.lock().unwrap() {
            change(requests.len(), &mut lists);
        }
        let all = &lists[list];
        let start = usize::try_from(page - 1).unwrap() * PAGE;
        let items: Vec<_> = all.iter().skip(start).take(PAGE).cloned().collect();
        let mut pagination = Pagination::default();
        pagination.page = Some((start / PAGE + 1) as u64);
        pagination.limit = Some(PAGE as u64);
        pagination.total_pages = Some(all.len().div_ceil(PAGE) as u64);
        pagination.total_count = Some(all.len() as u64);
        pagination.has_more = Some(start + PAGE < all.len());
        // Pretty-printed, unlike the exported rows.
        let body = serde_json::to_vec_pretty(&json!({ "data": items })).unwrap();
        Ok(Reply::of(Page::new(items, pagination), body))
    }
}

pub(super) fn tag(number: usize) -> Value {
    json!({ "id": format!("tag-{number}"), "group": format!("a, \"b\"\n{number}") })
}

pub(super) fn note(number: usize) -> Value {
    json!({
        "id": format!("note-{number}"), "price": number, "pages": number, "share": 0.5, "done": number.is_multiple_of(2),
        "made_at": "2025-06-01T12:00:00+02:00", "words": ["x", "y"], "look": { "color": "red" },
        "tag": tag(number % 3), "unknown": { "a": [1, 2] },
    })
}

/// A request for a page.
#[derive(Clone)]
struct Fetch {
    api: Arc<Api>,
    list: &'static str,
    page: u64,
    options: CallOptions,
}

impl Request for Fetch {
    type Output = Page<Value>;
    type Caller = Client;

    fn caller(&self) -> &Client {
        &self.api.client
    }

    fn options(&mut self) -> &mut CallOptions {
        &mut self.options
    }

    fn reply(self) -> Pending<Result<Reply<Page<Value>>, Error>> {
        Box::pin(async move { self.api.page(self.list, self.page) })
    }
}

impl List for Fetch {
    type Row = Value;
    type Key = String;
    type Walk = Numbered<Self>;
    const OPERATION: &'static str = "list";

    fn key(row: &Value) -> Option<String> {
        row["id"].as_str().map(ToOwned::to_owned)
    }

    fn read_page(self) -> Pending<Result<Page<Value>, Error>> {
        Box::pin(async { self.reply().await.map(|reply| reply.value) })
    }

    fn in_large_pages(self) -> Self {
        self
    }
}

impl NumberedList for Fetch {
    fn page_number(&self) -> Option<u64> {
        Some(self.page)
    }

    fn at_page(self, page: u64) -> Self {
        Self { page, ..self }
    }
}
