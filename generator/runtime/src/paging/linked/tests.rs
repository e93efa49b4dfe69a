//! Lists with cursors and offsets as servers send them: the rows yielded, the errors, and the pages requested.

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex};

use http::StatusCode;

use super::Linked;
use crate::call::options::CallOptions;
use crate::call::reply::Reply;
use crate::call::request::{Pending, Request};
use crate::error::error_body::ErrorBody;
use crate::example::API;
use crate::paging::{CursorPosition, Duplicates, List, Page, Pages, Pagination, Rows};
use crate::pipeline::received::Received;
use crate::{Client, ClientBuilder, Error};

/// A list with scripted pages, in the order of the requests.
#[derive(Clone)]
struct Script {
    client: Client,
    options: CallOptions,
    server: Arc<Mutex<Server>>,
}

#[derive(Default)]
struct Server {
    responses: VecDeque<&'static str>,
    /// The requested cursors; `-` is the first page.
    asked: Vec<String>,
}

/// Parses a page such as `0..3 >a more total=9`: rows, the next cursor, and counts. `@` is a page by offset, and `!` an
/// error response.
fn response(text: &str, cursor: Option<&str>) -> Result<Page<u64>, Error> {
    if text == "!" {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        let (body, operation, message) = (ErrorBody::new(&Received::default()), "list", "no".to_owned());
        return Err(Error::Api {
            operation,
            status,
            kind: status.into(),
            code: None,
            retry_after: None,
            message,
            body,
        });
    }
    let mut page = Page::new(Vec::new(), Pagination::default());
    page.is_first = cursor.is_none();
    for word in text.split_whitespace() {
        if let Some((from, to)) = word.split_once("..") {
            page.items.extend(from.parse::<u64>().unwrap()..to.parse().unwrap());
        } else if let Some(next) = word.strip_prefix('>') {
            page.next = Some(next.to_owned());
        } else if let Some(total) = word.strip_prefix("total=") {
            page.pagination.total_count = Some(total.parse().unwrap());
        } else if word == "@" {
            let offset = cursor.map_or(0, |cursor| cursor.parse().unwrap());
            page.offset = Some(offset);
            page.next = (!page.items.is_empty()).then(|| (offset + page.items.len() as u64).to_string());
        } else {
            page.pagination.has_more = Some(word == "more");
        }
    }
    Ok(page)
}

impl Request for Script {
    type Output = ();
    type Caller = Client;

    fn caller(&self) -> &Client {
        &self.client
    }

    fn options(&mut self) -> &mut CallOptions {
        &mut self.options
    }

    fn reply(self) -> Pending<Result<Reply<()>, Error>> {
        Box::pin(async { Ok(Reply::of((), "")) })
    }
}

impl List for Script {
    type Row = u64;
    type Key = u64;
    type Walk = Linked<Self>;
    const OPERATION: &'static str = "list";

    fn key(row: &u64) -> Option<u64> {
        // Rows from 1000 upwards have no key.
        (*row < 1000).then_some(*row)
    }

    fn read_page(self) -> Pending<Result<Page<u64>, Error>> {
        Box::pin(async move {
            let mut server = self.server.lock().unwrap();
            let cursor = self.options.start.and_then(|start| start.cursor);
            server.asked.push(cursor.clone().unwrap_or("-".to_owned()));
            response(server.responses.pop_front().unwrap_or("!"), cursor.as_deref())
        })
    }

    fn in_large_pages(self) -> Self {
        self
    }
}

fn list(responses: &[&'static str]) -> Script {
    static CLIENT: LazyLock<Client> =
        LazyLock::new(|| ClientBuilder::<Client>::new(&API, "key_1".into()).build().unwrap());
    let server = Server { responses: responses.iter().copied().collect(), asked: Vec::new() };
    Script { client: CLIENT.clone(), options: CallOptions::default(), server: Arc::new(Mutex::new(server)) }
}

impl Script {
    fn asked(&self) -> String {
        self.server.lock().unwrap().asked.join(" ")
    }
}

/// Returns all rows, continuing after each error, and the errors. At most five errors are tolerated.
async fn read(rows: &mut Rows<Script>) -> (Vec<u64>, Vec<String>) {
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next().await {
        match row {
            Ok(row) => found.push(row),
            Err(error) => {
                assert!(rows.next().await.is_none(), "an error ends the stream");
                errors.push(error.to_string());
                if errors.len() < 5 {
                    rows.resume();
                }
            }
        }
    }
    (found, errors)
}

/// A name, the responses, the rows, the errors, and the requested cursors.
type Case = (&'static str, &'static [&'static str], &'static [u64], &'static [&'static str], &'static str);

const NO: &str = "list: 503 Service Unavailable: no";
const REPEATED: &str =
    "list: the list ended after 4 rows, although the API promised more: page 3 repeats an earlier page";

#[rustfmt::skip]
const CASES: &[Case] = &[
    // Lists that end as promised.
    ("one page", &["0..2"], &[0, 1], &[], "-"),
    ("no rows", &["0..0"], &[], &[], "-"),
    ("three pages", &["0..2 >a", "2..4 >b", "4..5"], &[0, 1, 2, 3, 4], &[], "- a b"),
    ("counts that fit", &["0..2 >a total=3", "2..3 total=3"], &[0, 1, 2], &[], "- a"),
    ("empty pages on the way", &["0..0 >a", "0..2 >b", "0..0 >c", "2..3"], &[0, 1, 2], &[], "- a b c"),
    ("rows without keys that are equal", &["1000..1002 >a", "1000..1002 >b", "1000..1002"], &[1000, 1001, 1000, 1001, 1000, 1001], &[], "- a b"),
    ("a row that comes twice", &["0..2 >a", "1..3"], &[0, 1, 2], &[], "- a"),
    ("offsets", &["0..2 @", "2..3 @", "0..0 @"], &[0, 1, 2], &[], "- 2 3"),
    ("offsets beyond the end are clamped", &["0..2 @", "2..3 @", "2..3 @"], &[0, 1, 2], &[], "- 2 3"),
    ("an offset is ignored, and nothing is promised", &["0..2 @", "0..2 @"], &[0, 1], &[], "- 2"),

    // Failures in the middle.
    ("the first page fails", &["!", "0..2 >a", "2..4"], &[0, 1, 2, 3], &[NO], "- - a"),
    ("the second page fails twice", &["0..2 >a", "!", "!", "2..4"], &[0, 1, 2, 3], &[NO, NO], "- a a a"),
    ("an offset fails", &["0..2 @", "!", "2..3 @", "0..0 @"], &[0, 1, 2], &[NO], "- 2 2 3"),

    // Broken promises, after which the server recovers.
    ("a cursor leads back", &["0..2 >a", "2..4 >a", "2..4 >b", "4..5"], &[0, 1, 2, 3, 4], &[REPEATED], "- a a b"),
    ("the same page with another cursor", &["0..2 >a", "0..2 >b", "2..4 >c", "4..5"], &[0, 1, 2, 3, 4], &["list: the list ended after 2 rows, although the API promised more: page 2 repeats an earlier page"], "- a a c"),
    ("more is true, but there is no cursor", &["0..2 more", "0..2 more >a", "2..3 end"], &[0, 1, 2], &["list: the list ended after 2 rows, although the API promised more: page 2 has no rows"], "- - a"),
    ("the count is not reached", &["0..2 total=3", "0..2 >a total=3", "2..3 total=3"], &[0, 1, 2], &["list: the list ended after 2 of 3 rows: page 2 has no rows"], "- - a"),
    ("rows without keys are not returned twice", &["1000..1002 more", "1000..1003 end"], &[1000, 1001, 1002], &["list: the list ended after 2 rows, although the API promised more: page 2 has no rows"], "- -"),
    ("an offset is ignored, and more is promised", &["0..2 @ total=3", "0..2 @ total=3", "2..3 @ total=3", "0..0 @ total=3"], &[0, 1, 2], &["list: the list ended after 2 of 3 rows: page 2 repeats an earlier page"], "- 2 2 3"),
    ("an empty page by offset", &["0..2 @ total=3", "0..0 @ total=3", "2..3 @ total=3", "0..0 @ total=3"], &[0, 1, 2], &["list: the list ended after 2 of 3 rows: page 2 has no rows"], "- 2 2 3"),

    // Lists that change while they are read.
    ("a row was removed", &["0..2 @ total=4", "3..4 @ total=3", "2..4 @ total=3", "0..0 @ total=3"], &[0, 1, 2, 3], &[], "- 2 1 3"),
    ("everything was removed", &["0..2 @ total=4", "0..0 @ total=0", "0..0 @ total=0"], &[0, 1], &[], "- 2 0"),
    ("rows are removed all the time", &["0..2 @ total=9", "3..5 @ total=8", "3..5 @ total=7", "1..3 @ total=7", "3..5 @ total=7", "5..7 @ total=7", "7..8 @ total=7", "0..0 @ total=7"], &[0, 1, 2, 3, 4, 5, 6, 7], &[], "- 2 1 0 2 4 6 7"),
    ("a row was added at the start", &["0..2 @ total=3", "1..3 @ total=4", "0..0 @ total=4"], &[0, 1, 2], &[], "- 2 4"),
];

#[tokio::test]
async fn every_list_comes_completely_or_ends_in_an_error() {
    let mut wrong = Vec::new();
    for (name, responses, expected, errors, asked) in CASES {
        for prefetch in [0, 1, 9] {
            let list = list(responses);
            let (rows, found) = read(&mut Rows::of(list.clone()).prefetch(prefetch)).await;
            let requests = list.asked();
            if (rows.as_slice(), requests.as_str()) != (*expected, *asked) || found != *errors {
                wrong.push(format!("{name} {prefetch}: {rows:?} {found:?} {requests:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn pages_end_like_rows() {
    let mut wrong = Vec::new();
    for (name, responses, expected, errors, _) in CASES {
        let mut pages = Pages::of(list(responses));
        let (mut rows, mut found) = (Vec::new(), Vec::new());
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => rows.extend(page),
                Err(error) => {
                    found.push(error.to_string());
                    assert!(found.len() < 5, "{name}");
                    pages.resume();
                }
            }
        }
        if rows != *expected || found != *errors {
            wrong.push(format!("{name}: {rows:?} {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// From every position of a list, the rest is the same.
#[tokio::test]
async fn lists_continue_at_every_position() {
    let responses = ["0..2 >a total=5", "2..4 >b total=5", "4..5 total=5"];
    let mut rows = Rows::of(list(&responses));
    let mut positions = vec![rows.position()];
    while let Some(row) = rows.next().await {
        row.unwrap();
        positions.push(rows.position());
    }
    assert_eq!(positions.len(), 6);
    for (read_before, position) in positions.into_iter().enumerate() {
        let json = serde_json::to_string(&position).unwrap();
        let position: CursorPosition = serde_json::from_str(&json).unwrap();
        let page = usize::try_from(position.page).unwrap();
        let mut rows = Rows::of(list(&responses[page - 1..])).start_at(position);
        assert_eq!(serde_json::to_string(&rows.position()).unwrap(), json);
        let expected: Vec<u64> = (read_before as u64..5).collect();
        assert_eq!(read(&mut rows).await, (expected, Vec::new()), "{json}");
    }
}

/// The next page is requested while the rows of a page are read, beginning with the second row.
#[tokio::test]
async fn one_page_is_read_ahead() {
    for (prefetch, expected) in [(0, "-"), (1, "- a"), (9, "- a")] {
        let list = list(&["0..3 >a", "3..6 >b", "6..9"]);
        let mut rows = Rows::of(list.clone()).prefetch(prefetch);
        rows.next().await;
        assert_eq!(list.asked(), "-");
        rows.next().await;
        assert_eq!(list.asked(), expected);
        rows.next().await;
        rows.next().await;
        assert_eq!(list.asked(), "- a");
    }
}

/// A server that always sends another cursor, but no rows.
#[tokio::test]
async fn empty_pages_end() {
    let texts: Vec<&'static str> = (0..1100).map(|number| &*format!("0..0 >{number}").leak()).collect();
    let list = list(&texts);
    let mut rows = Rows::of(list.clone());
    let error = rows.next().await.unwrap().unwrap_err();
    let expected = "list: the list ended after 0 rows, although the API promised more: page 1001 has no rows";
    assert_eq!((error.to_string().as_str(), list.asked().split(' ').count()), (expected, 1001));
}

#[tokio::test]
async fn duplicates_are_reported_with_their_page() {
    let mut rows = Rows::of(list(&["0..2 >a", "1..3"])).duplicates(Duplicates::Report);
    let mut found = Vec::new();
    while let Some(row) = rows.next().await {
        found.push(row.map_or_else(|error| error.to_string(), |row| row.to_string()));
    }
    assert_eq!(found, ["0", "1", "list: row 0 of page 2 is a duplicate", "2"]);
}

#[test]
fn debug_output_has_no_cursor() {
    let position = CursorPosition { page: 2, row: 1, cursor: Some("secret".to_owned()) };
    let rows = Rows::of(list(&[])).start_at(position);
    assert_eq!(format!("{rows:?}"), "Rows { position: CursorPosition { page: 2, row: 1, .. }, .. }");
}
