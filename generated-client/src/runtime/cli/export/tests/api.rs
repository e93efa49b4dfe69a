//! The API: two lists, read through the client's own way of turning pages.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};
use std::time::Duration;

use serde_json::{Value, json};

use super::mortal::Life;
use crate::runtime::cli::rows::{Listing, listing};
use crate::runtime::mock::table::{Collection, Field, Kind, Object, Relation, Table};
use crate::runtime::request::sealed::Sealed;
use crate::runtime::request::{Pending, Request};
use crate::runtime::{Client, ClientBuilder, Error, FailurePointers, List, Page, Pagination, Policy, Reply};

static POLICY: Policy =
    Policy::new("https://api.example.com", "KEY", "BASE_URL", FailurePointers::at("", "/message", "/code"));

pub(super) static TABLE: Table = Table {
    policy: &POLICY,
    base_path: "",
    envelope: None,
    pages: None,
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
    objects: &[
        Object {
            name: "Tag",
            fields: &[Field::new("id", Kind::Text).required(), Field::new("group", Kind::Text)],
            conditions: &[],
        },
        Object {
            name: "Note",
            fields: &[
                Field::new("id", Kind::Text).required(),
                Field::new("price", Kind::Decimal),
                Field::new("pages", Kind::Integer),
                Field::new("share", Kind::Number),
                Field::new("done", Kind::Boolean),
                Field::new("made_at", Kind::Timestamp),
                Field::new("words", Kind::List(&Kind::Text)),
                Field::new("look", Kind::Named("Look")),
                Field::new("tag", Kind::Named("Tag")),
                // A name like that of the column for what is above.
                Field::new("tag_ID", Kind::Text),
                Field::new("json", Kind::Text),
            ],
            conditions: &[],
        },
        Object { name: "Look", fields: &[Field::new("color", Kind::Text)], conditions: &[] },
    ],
    enumerations: &[],
    events: &[],
};

/// How many rows a page has.
pub(super) const PAGE: usize = 3;

/// Nothing is sent by it.
static CLIENT: LazyLock<Client> = LazyLock::new(|| ClientBuilder::new(&POLICY, "key".into()).build().unwrap());

type Lists = BTreeMap<&'static str, Vec<Value>>;
type Change = Box<dyn FnMut(usize, &mut Lists) + Send>;

pub(super) struct Api {
    client: Client,
    lists: Mutex<Lists>,
    life: Life,
    requests: Mutex<Vec<String>>,
    change: Mutex<Option<Change>>,
}

impl Api {
    /// So many tags and notes. What is asked of it uses up the life.
    pub(super) fn new(tags: usize, notes: usize, life: &Life) -> Arc<Self> {
        let lists = [("tags", (0..tags).map(tag).collect()), ("notes", (0..notes).map(note).collect())];
        Arc::new(Self {
            client: CLIENT.clone(),
            lists: Mutex::new(lists.into()),
            life: life.clone(),
            requests: Mutex::default(),
            change: Mutex::default(),
        })
    }

    pub(super) fn lists(&self) -> MutexGuard<'_, Lists> {
        self.lists.lock().unwrap()
    }

    /// Changes the lists before each answer; that is given how many there have been.
    pub(super) fn on_request(&self, change: impl FnMut(usize, &mut Lists) + Send + 'static) {
        *self.change.lock().unwrap() = Some(Box::new(change));
    }

    /// The pages that have been asked for since this was called last, such as `notes 1`.
    pub(super) fn requests(&self) -> Vec<String> {
        std::mem::take(&mut *self.requests.lock().unwrap())
    }

    pub(super) fn rows(&self, list: &str) -> Vec<String> {
        self.lists()[list].iter().map(Value::to_string).collect()
    }

    pub(super) fn listing(self: &Arc<Self>, list: &'static str) -> Box<dyn Listing> {
        listing(Fetch { api: self.clone(), list, page: 1 }, "data")
    }

    fn page(&self, list: &str, page: u64) -> Result<Reply<Page<Value>>, Error> {
        if !self.life.step() {
            return Err(Error::Connect { operation: "list", source: "the process is dead".into() });
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
        let count = |number: usize| i64::try_from(number).ok();
        let more = start + PAGE < all.len();
        let pagination = Pagination::new(
            count(start / PAGE + 1),
            count(PAGE),
            count(all.len()),
            count(all.len().div_ceil(PAGE)),
            Some(more),
        );
        // Not as compact as what is written.
        let body = serde_json::to_vec_pretty(&json!({ "data": items })).unwrap();
        Ok(Reply {
            value: Page::new(items, pagination),
            status: http::StatusCode::OK,
            headers: http::HeaderMap::new(),
            body: body.into(),
            attempts: 1,
            elapsed: Duration::ZERO,
        })
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
}

impl Sealed for Fetch {}

impl Request for Fetch {
    type Output = Page<Value>;
    type Caller = Client;

    fn caller(&self) -> &Client {
        &self.api.client
    }

    fn reply(self) -> Pending<Result<Reply<Page<Value>>, Error>> {
        Box::pin(async move { self.api.page(self.list, self.page) })
    }
}

impl List for Fetch {
    type Row = Value;
    type Key = String;
    const OPERATION: &'static str = "list";

    fn key(row: &Value) -> Option<String> {
        row["id"].as_str().map(ToOwned::to_owned)
    }

    fn page_number(&self) -> Option<u64> {
        Some(self.page)
    }

    fn at_page(self, page: u64) -> Self {
        Self { page, ..self }
    }

    fn in_large_pages(self) -> Self {
        self
    }
}
