//! Lists as servers send them, page by page: the rows yielded, and the end of the stream.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, LazyLock, Mutex};

use futures_util::Stream as _;
use http::StatusCode;

use super::promise::last;
use super::rejected::RejectedRow;
use super::{Duplicates, List, Numbered, NumberedList, Page, Pages, Pagination, Position, Rows};
use crate::call::options::CallOptions;
use crate::call::reply::Reply;
use crate::call::request::{Pending, Request};
use crate::error::decode::Mismatch;
use crate::error::error_body::ErrorBody;
use crate::example::API;
use crate::pipeline::received::Received;
use crate::{Client, ClientBuilder, Error};

/// A list with scripted pages, in the order of the requests.
#[derive(Clone)]
struct Script {
    client: Client,
    options: CallOptions,
    page: Option<u64>,
    server: Arc<Mutex<Server>>,
}

#[derive(Default)]
struct Server {
    responses: VecDeque<&'static str>,
    /// The requested pages.
    asked: Vec<u64>,
}

/// Parses a response such as `0..3 more total=9 pages=3 limit=3`: rows and pagination. `x` is a row with a type
/// mismatch, `!404` an error.
fn response(text: &str, at: u64) -> Result<Page<u64>, Error> {
    if let Some(status) = text.strip_prefix('!') {
        let status = StatusCode::from_bytes(status.as_bytes()).unwrap();
        let (body, message) = (ErrorBody::new(&Received::default()), "no".to_owned());
        let (operation, kind) = ("list", status.into());
        return Err(Error::Api { operation, status, kind, code: None, retry_after: None, message, body });
    }
    let mut page = Page::new(Vec::new(), Pagination::default());
    for word in text.split_whitespace() {
        let pagination = &mut page.pagination;
        let number = |prefix| word.strip_prefix(prefix).map(|number: &str| number.parse::<u64>().unwrap());
        if let Some((from, to)) = word.split_once("..") {
            page.items.extend(from.parse::<u64>().unwrap()..to.parse().unwrap());
        } else if word.starts_with('x') {
            let position = Position::new(at, page.sent());
            let mismatch = Mismatch::whole("not a number").in_item("data", position.row);
            page.rejected.push(RejectedRow::new("list", position, word, mismatch, Arc::default()));
        } else if word == "more" || word == "end" {
            pagination.has_more = Some(word == "more");
        } else if let Some(total) = number("total=") {
            pagination.total_count = Some(total);
        } else if let Some(pages) = number("pages=") {
            pagination.total_pages = Some(pages);
        } else {
            pagination.limit = number("limit=");
            assert!(pagination.limit.is_some(), "{word}");
        }
    }
    Ok(page)
}

impl Request for Script {
    type Output = Page<u64>;
    type Caller = Client;

    fn caller(&self) -> &Client {
        &self.client
    }

    fn options(&mut self) -> &mut CallOptions {
        &mut self.options
    }

    fn reply(self) -> Pending<Result<Reply<Page<u64>>, Error>> {
        Box::pin(async move {
            let mut server = self.server.lock().unwrap();
            let number = self.page.unwrap();
            server.asked.push(number);
            let next = server.responses.pop_front().unwrap_or("!599");
            let page = response(next, number)?;
            match page.rejected.first().filter(|_| !self.options.lenient_rows) {
                Some(rejected) => Err(rejected.error()),
                None => Ok(Reply::of(page, "")),
            }
        })
    }
}

impl List for Script {
    type Row = u64;
    type Key = u64;
    type Walk = Numbered<Self>;
    const OPERATION: &'static str = "list";

    fn key(row: &u64) -> Option<u64> {
        // Rows from 1000 upwards have no key.
        (*row < 1000).then_some(*row)
    }

    fn read_page(self) -> Pending<Result<Page<u64>, Error>> {
        Box::pin(async { self.reply().await.map(|reply| reply.value) })
    }

    fn in_large_pages(self) -> Self {
        self
    }
}

impl NumberedList for Script {
    fn page_number(&self) -> Option<u64> {
        self.page
    }

    fn at_page(self, page: u64) -> Self {
        Self { page: Some(page), ..self }
    }
}

impl Script {
    /// The requested pages.
    fn asked(&self) -> Vec<u64> {
        self.server.lock().unwrap().asked.clone()
    }
}

fn list(responses: &[&'static str]) -> Script {
    static CLIENT: LazyLock<Client> =
        LazyLock::new(|| ClientBuilder::<Client>::new(&API, "key_1".into()).build().unwrap());
    let client = CLIENT.clone();
    let server = Server { responses: responses.iter().copied().collect(), asked: Vec::new() };
    Script { client, options: CallOptions::default(), page: None, server: Arc::new(Mutex::new(server)) }
}

/// Returns all rows, the error at the end, and the requested pages.
async fn read(rows: &mut Rows<Script>) -> (Vec<u64>, String) {
    let mut found = Vec::new();
    loop {
        match rows.next().await {
            Some(Ok(row)) => found.push(row),
            Some(Err(error)) => {
                assert!(rows.next().await.is_none(), "an error ends the stream");
                return (found, error.to_string());
            }
            None => return (found, String::new()),
        }
    }
}

struct Case {
    name: &'static str,
    responses: &'static [&'static str],
    rows: &'static [u64],
    /// The message of the error at the end, or an empty string.
    error: &'static str,
    asked: &'static [u64],
}

const fn case(
    name: &'static str,
    responses: &'static [&'static str],
    rows: &'static [u64],
    error: &'static str,
    asked: &'static [u64],
) -> Case {
    Case { name, responses, rows, error, asked }
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    // Lists that end as promised.
    case("more is false", &["0..2 more", "2..4 end"], &[0, 1, 2, 3], "", &[1, 2]),
    case("all rows have come", &["0..2 more total=3", "2..3 end total=3"], &[0, 1, 2], "", &[1, 2]),
    case("no row", &["0..0 end total=0 pages=0"], &[], "", &[1]),
    case("the number of pages", &["0..2 pages=2", "2..4 pages=2"], &[0, 1, 2, 3], "", &[1, 2]),
    case("only a count", &["0..2 total=3", "2..3 total=3", "0..0 total=3"], &[0, 1, 2], "", &[1, 2, 3]),
    case("only a count, the last page is clamped", &["0..2 total=2", "0..2 total=2"], &[0, 1], "", &[1, 2]),
    case("nothing is said", &["0..2", "2..4", "0..0"], &[0, 1, 2, 3], "", &[1, 2, 3]),
    case("nothing is said and the last page is clamped", &["0..2", "2..4", "2..4"], &[0, 1, 2, 3], "", &[1, 2, 3]),
    case("more pages than were counted", &["0..2 more pages=1", "2..4 end pages=1"], &[0, 1, 2, 3], "", &[1, 2]),
    case("more rows than were counted", &["0..2 more total=2", "2..4 end total=2"], &[0, 1, 2, 3], "", &[1, 2]),
    case("more is always true, but the count has come", &["0..2 more total=3", "2..3 more total=3", "0..0 more total=3"], &[0, 1, 2], "", &[1, 2, 3]),
    case("the page after the last is clamped, which says that it is the last", &["0..2 more", "2..4 more", "2..4 end"], &[0, 1, 2, 3], "", &[1, 2, 3]),

    // Broken promises.
    case("a page that is repeated", &["0..2 more", "2..4 more", "2..4 more"], &[0, 1, 2, 3], "list: the list ended after 4 rows, although the API promised more: page 3 repeats an earlier page", &[1, 2, 3]),
    case("a page that is repeated, with a count", &["0..2 more total=9", "0..2 more total=9"], &[0, 1], "list: the list ended after 2 of 9 rows: page 2 repeats an earlier page", &[1, 2]),
    case("a page that is repeated, with only a count", &["0..2 total=9", "0..2 total=9"], &[0, 1], "list: the list ended after 2 of 9 rows: page 2 repeats an earlier page", &[1, 2]),
    case("a page that is repeated, with the number of pages", &["0..2 pages=3", "0..2 pages=3"], &[0, 1], "list: the list ended after 2 rows, although the API promised more: page 2 repeats an earlier page", &[1, 2]),
    case("the first page after the last", &["0..2 more", "2..4 more", "0..2 more"], &[0, 1, 2, 3], "list: the list ended after 4 rows, although the API promised more: page 3 repeats an earlier page", &[1, 2, 3]),
    case("an empty page", &["0..2 more", "0..0 more"], &[0, 1], "list: the list ended after 2 rows, although the API promised more: page 2 has no rows", &[1, 2]),
    case("an empty page that says nothing", &["0..2 more", "0..0"], &[0, 1], "list: the list ended after 2 rows, although the API promised more: page 2 has no rows", &[1, 2]),
    case("an empty first page", &["0..0 more"], &[], "list: the list ended after 0 rows, although the API promised more: page 1 has no rows", &[1]),
    case("an empty first page with a count", &["0..0 end total=7"], &[], "list: the list ended after 0 of 7 rows: page 1 has no rows", &[1]),
    case("an empty page before the number of pages", &["0..2 pages=3", "0..0 pages=3"], &[0, 1], "list: the list ended after 2 rows, although the API promised more: page 2 has no rows", &[1, 2]),
    case("more is false before the count", &["0..2 end total=9", "0..0 end total=9"], &[0, 1], "list: the list ended after 2 of 9 rows: page 2 has no rows", &[1, 2]),
    case("more is false before the number of pages", &["0..2 end pages=9", "0..0 end pages=9"], &[0, 1], "list: the list ended after 2 rows, although the API promised more: page 2 has no rows", &[1, 2]),
    case("more is false before the count, and the next page is rejected", &["0..2 end total=9", "!404"], &[0, 1], "list: the list ended after 2 of 9 rows: page 2 has no rows", &[1, 2]),
    case("the number of pages ends before the count", &["0..2 total=9 pages=1", "0..0 total=9 pages=1"], &[0, 1], "list: the list ended after 2 of 9 rows: page 2 has no rows", &[1, 2]),
    case("a page in the middle is short", &["0..2 more total=6", "2..3 more total=6", "4..6 end total=6", "0..0 end total=6"], &[0, 1, 2, 4, 5], "list: the list ended after 5 of 6 rows: page 4 has no rows", &[1, 2, 3, 4]),
    case("rows without keys, and the same page", &["1000..1002 more", "1000..1002 more"], &[1000, 1001], "list: the list ended after 2 rows, although the API promised more: page 2 repeats an earlier page", &[1, 2]),

    // Contradictions that one more page resolves.
    case("more is false, but there is more", &["0..2 end total=3", "2..3 end total=3"], &[0, 1, 2], "", &[1, 2]),
    case("a row was removed between count and page", &["0..2 end total=3", "0..0 end total=2", "0..2 end total=2"], &[0, 1], "", &[1, 2, 1]),
    case("a failure of the next page", &["0..2 end total=3", "!503"], &[0, 1], "list: 503 Service Unavailable: no", &[1, 2]),
    case("a rejected page that was announced", &["0..2 more total=3", "!404"], &[0, 1], "list: 404 Not Found: no", &[1, 2]),

    // Lists that change while they are read.
    case("a row was added at the start", &["0..2 more total=4", "1..3 more total=5", "3..4 end total=5"], &[0, 1, 2, 3], "", &[1, 2, 3]),
    case("a page was added at the start", &["0..2 more total=4", "0..2 more total=6", "2..4 end total=6"], &[0, 1, 2, 3], "", &[1, 2, 3]),
    case("two pages were added at the start", &["0..2 more total=4", "2..4 more total=5", "0..2 more total=8", "2..4 end total=8"], &[0, 1, 2, 3], "", &[1, 2, 3, 4]),
    case("a row was removed", &["0..2 more total=4", "3..4 end total=3", "1..3 more total=3", "3..4 end total=3"], &[0, 1, 2, 3], "", &[1, 2, 1, 2]),
    case("the last page was removed", &["0..2 more total=3", "0..0 end total=2", "0..2 end total=2"], &[0, 1], "", &[1, 2, 1]),
    case("everything was removed", &["0..2 more total=3", "0..0 end total=0", "0..0 end total=0"], &[0, 1], "", &[1, 2, 1]),
    case("the last page was removed, without a count", &["0..2 more", "0..0 end"], &[0, 1], "", &[1, 2]),
    case("the last page was removed, by the number of pages", &["0..2 pages=2", "0..0 pages=1"], &[0, 1], "", &[1, 2]),
    case("more than a page was removed", &["0..2 more total=7", "2..4 more total=7", "6..7 end total=5", "4..6 more total=5", "6..7 end total=5"], &[0, 1, 2, 3, 4, 5, 6], "", &[1, 2, 3, 2, 3]),
    case("an empty page counts its own rows", &["0..2 more total=9", "0..0 end total=0", "0..2 more total=9", "0..0 end total=0"], &[0, 1], "list: the list ended after 2 of 9 rows: page 2 has no rows", &[1, 2, 1, 2]),
];

/// Fails with the list of wrong cases.
#[track_caller]
fn all_as_expected(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_list_comes_completely_or_ends_in_an_error() {
    let mut wrong = Vec::new();
    for Case { name, responses, rows: expected, error, asked } in CASES {
        let list = list(responses);
        let (rows, ended) = read(&mut Rows::of(list.clone()).prefetch(0)).await;
        let requests = list.asked();
        if (rows.as_slice(), ended.as_str(), requests.as_slice()) != (*expected, *error, *asked) {
            wrong.push(format!("{name}: {rows:?} {ended:?} {requests:?}"));
        }
    }
    all_as_expected(&wrong);
}

#[tokio::test]
async fn pages_end_like_rows() {
    let mut wrong = Vec::new();
    for Case { name, responses, rows: expected, error, .. } in CASES {
        let mut pages = Pages::of(list(responses)).prefetch(0);
        let (mut rows, mut ended) = (Vec::new(), String::new());
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => rows.extend(page),
                Err(error) => ended = error.to_string(),
            }
        }
        if (rows.as_slice(), ended.as_str()) != (*expected, *error) {
            wrong.push(format!("{name}: {rows:?} {ended:?}"));
        }
    }
    all_as_expected(&wrong);
}

/// The start position, the responses, the expected rows, the error, and the requested pages.
type Resumed = (Position, &'static [&'static str], &'static [u64], &'static str, &'static [u64]);

#[tokio::test]
async fn lists_that_are_read_from_the_middle() {
    #[rustfmt::skip]
    let cases: &[Resumed] = &[
        (Position::new(3, 1), &["4..6 more total=7", "6..7 end total=7"], &[5, 6], "", &[3, 4]),
        (Position::new(3, 0), &["4..6 more total=9", "6..7 end total=9", "0..0 end total=9"], &[4, 5, 6], "list: the list ended after 7 of 9 rows: page 5 has no rows", &[3, 4, 5]),
        (Position::new(3, 0), &["4..5 end total=9 limit=2", "0..0 end total=9 limit=2"], &[4], "list: the list ended after 5 of 9 rows: page 4 has no rows", &[3, 4]),
        (Position::new(3, 0), &["4..6 more total=6", "6..8 end total=8"], &[4, 5, 6, 7], "", &[3, 4]),
        // The number of rows before the page is unknown.
        (Position::new(3, 0), &["4..5 end total=9"], &[4], "", &[3]),
        (Position::new(3, 0), &["4..5 more total=9", "0..0 more"], &[4], "list: the list ended after 3 of 9 rows: page 4 has no rows", &[3, 4]),
        (Position::new(5, 0), &["0..0 end total=7 limit=2"], &[], "", &[5]),
        (Position::new(2, 0), &["0..0 more"], &[], "list: the list ended after 0 rows, although the API promised more: page 2 has no rows", &[2]),
        // It does not go back beyond the first page that was read.
        (Position::new(2, 0), &["2..4 more total=6", "5..6 end total=4", "3..5 end total=4"], &[2, 3, 4], "", &[2, 3, 2]),
        (Position::new(1, usize::MAX), &["0..2 end"], &[], "", &[1]),
        (Position::new(0, 0), &["0..2 more", "0..2 more"], &[0, 1], "list: the list ended after 2 rows, although the API promised more: page 1 repeats an earlier page", &[0, 1]),
    ];
    let mut wrong = Vec::new();
    for (start, responses, expected, error, asked) in cases {
        let list = list(responses);
        let mut rows = Rows::of(list.clone()).start_at(*start).prefetch(0);
        assert_eq!(rows.position(), *start);
        let (found, ended) = read(&mut rows).await;
        let requests = list.asked();
        if (found.as_slice(), ended.as_str(), requests.as_slice()) != (*expected, *error, *asked) {
            wrong.push(format!("{start} {responses:?}: {found:?} {ended:?} {requests:?}"));
        }
    }
    all_as_expected(&wrong);
}

#[tokio::test]
async fn a_list_that_ended_early_resumes_with_the_page_that_was_missing() {
    let list = list(&["0..2 more", "0..0 more", "2..4 end"]);
    let mut rows = Rows::of(list.clone());
    let (found, error) = read(&mut rows).await;
    assert_eq!((found, error.is_empty()), (vec![0, 1], false));
    assert_eq!(rows.position(), Position::new(2, 0));
    rows.resume();
    assert_eq!(read(&mut rows).await, (vec![2, 3], String::new()));
    assert_eq!(list.asked(), [1, 2, 2]);
}

/// Only a list with a row count is read ahead, and only up to its last page.
#[tokio::test]
async fn pages_are_read_ahead() {
    let counted = ["0..3 more total=9 pages=3", "3..6 more total=9 pages=3", "6..9 end total=9 pages=3"];
    let announced = ["0..3 more total=9", "3..6 more total=9", "6..9 end total=9"];
    let uncounted = ["0..3 more", "3..6 more", "6..9 end"];
    for (responses, prefetch, asked) in [
        (counted, 0, [1, 1, 1, 2]),
        (counted, 1, [1, 2, 2, 3]),
        (counted, 2, [1, 3, 3, 3]),
        (counted, 9, [1, 3, 3, 3]),
        (announced, 2, [1, 2, 2, 3]),
        (uncounted, 2, [1, 1, 1, 2]),
    ] {
        let list = list(&responses);
        let mut rows = Rows::of(list.clone()).prefetch(prefetch);
        let mut found = Vec::new();
        // The fourth row is on the second page; the fifth row is read ahead.
        for _ in 0..3 {
            rows.next().await.unwrap().unwrap();
            found.push(list.asked().len());
        }
        rows.next().await.unwrap().unwrap();
        rows.next().await.unwrap().unwrap();
        found.push(list.asked().len());
        assert_eq!(found, asked, "{responses:?} {prefetch}");
        let (rest, error) = read(&mut rows).await;
        assert_eq!((rest, error.as_str()), (vec![5, 6, 7, 8], ""));
        assert_eq!(list.asked(), [1, 2, 3]);
    }
}

#[tokio::test]
async fn rows_that_come_twice() {
    let responses = ["0..2 more total=4", "1..3 more total=5", "3..4 end total=5"];
    let read_all = async |duplicates, memory| {
        let mut rows = Rows::of(list(&responses)).duplicates(duplicates).remember(memory);
        let mut found = Vec::new();
        while let Some(row) = rows.next().await {
            found.push(row.map_or_else(|error| error.to_string(), |row| format!("{row} {}", rows.position())));
        }
        found
    };
    let [zero, one, two] = ["0 page 1, row 1", "1 page 2, row 0", "2 page 3, row 0"];
    let (again, three) = ("1 page 2, row 1", "3 page 4, row 0");
    assert_eq!(read_all(Duplicates::Drop, 9).await, [zero, one, two, three]);
    assert_eq!(read_all(Duplicates::Keep, 9).await, [zero, one, again, two, three]);
    assert_eq!(read_all(Duplicates::Drop, 0).await, [zero, one, again, two, three]);
    let reported = "list: row 0 of page 2 is a duplicate";
    assert_eq!(read_all(Duplicates::Report, 9).await, [zero, one, reported, two, three]);
    let mut pages = Pages::of(list(&responses)).duplicates(Duplicates::Keep);
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push((page.unwrap().len(), pages.position().page));
    }
    assert_eq!(sizes, [(2, 2), (2, 3), (1, 4)]);
    let mut pages = Pages::of(list(&responses)).start_at(Position::new(2, 0)).remember(0);
    assert_eq!(pages.position(), Position::new(2, 0));
    assert_eq!(pages.next().await.unwrap().unwrap().items, [0, 1]);
}

/// A row with a type mismatch fails its page, or yields an error in its place; the positions of other rows do not
/// change.
#[tokio::test]
async fn rows_that_do_not_fit() {
    let row = |page, row| {
        format!("list: page {page}, row {row}: the response is not as documented at `data[{row}]`: not a number")
    };
    let responses = ["0..2 x0 2..3 more total=7 limit=4", "x1 more total=7 limit=4", "x2 x3 end total=7 limit=4"];
    let mut rows = Rows::of(list(&responses)).prefetch(0);
    assert_eq!(read(&mut rows).await, (vec![], row(1, 2)));
    let all = ["0".to_owned(), "1".to_owned(), row(1, 2), "2".to_owned(), row(2, 0), row(3, 0), row(3, 1)];
    for (page, index, from) in [(1, 0, 0), (1, 1, 1), (1, 2, 2), (1, 3, 3), (2, 0, 4), (2, 1, 5), (3, 0, 5), (3, 1, 6)]
    {
        let list = list(&responses[page - 1..]);
        let mut rows = Rows::of(list).lenient_rows().start_at(Position::new(page as u64, index));
        let mut found = Vec::new();
        while let Some(next) = rows.next().await {
            found.push(next.map_or_else(|error| error.to_string(), |row| row.to_string()));
        }
        assert_eq!(found, all[from..], "page {page}, row {index}");
    }
    // Pages that contain only such rows are equal only if the rows are.
    let mut rows = Rows::of(list(&["x1 more", "x2 more", "x2 more"])).lenient_rows();
    let mut found = Vec::new();
    while let Some(next) = rows.next().await {
        found.push(next.unwrap_err().to_string());
    }
    let end =
        "list: the list ended after 2 rows, although the API promised more: page 3 repeats an earlier page".to_owned();
    assert_eq!(found, [row(1, 0), row(2, 0), end]);
}

#[test]
fn a_page_is_like_its_rows() {
    for (text, rows) in [("0..3 end", vec![0, 1, 2]), ("0..0 end", vec![])] {
        let page = response(text, 1).unwrap();
        assert_eq!((page.len(), page.is_empty()), (rows.len(), rows.is_empty()));
        assert_eq!(page.iter().copied().collect::<Vec<_>>(), rows);
        assert_eq!((&page).into_iter().copied().collect::<Vec<_>>(), rows);
        assert_eq!(page.into_iter().collect::<Vec<_>>(), rows);
    }
}

#[test]
fn debug_output_names_the_position_only() {
    let rows = Rows::of(list(&[])).start_at(Position::new(2, 1));
    assert_eq!(format!("{rows:?}"), "Rows { position: Position { page: 2, row: 1 }, .. }");
    let pages = Pages::of(list(&[])).start_at(Position::new(2, 1));
    assert_eq!(format!("{pages:?}"), "Pages { position: Position { page: 2, row: 0 }, .. }");
    let page = response("x1", 4).unwrap();
    assert_eq!(format!("{:?}", page.rejected), "[RejectedRow { position: Position { page: 4, row: 0 }, .. }]");
}

/// Pages are a stream, and continue after an error with the page that failed.
#[tokio::test]
async fn pages_resume() {
    let list = list(&["0..2 more", "!503", "2..4 end"]);
    let mut pages = Pages::of(list.clone()).prefetch(0);
    let mut found = Vec::new();
    while let Some(page) = std::future::poll_fn(|cx| Pin::new(&mut pages).poll_next(cx)).await {
        match page {
            Ok(page) => found.push(page.items),
            Err(_) => pages.resume(),
        }
    }
    assert_eq!(found, [[0, 1], [2, 3]]);
    assert_eq!(list.asked(), [1, 2, 2]);
}

/// Pages are equal if their rejected rows are: the same JSON in the same place.
#[test]
fn rejected_rows_are_compared() {
    let row = |text, row| {
        let mismatch = Mismatch::whole("not a number").in_item("data", row);
        RejectedRow::new("list", Position::new(1, row), text, mismatch, Arc::default())
    };
    assert_eq!(row("x", 0), row("x", 0));
    assert_ne!(row("x", 0), row("y", 0));
    assert_ne!(row("x", 0), row("x", 1));
}

/// A page without rows promises what the page before it did.
#[test]
fn promises_of_empty_pages() {
    let numbers =
        |total_count, total_pages, has_more| Pagination { total_count, total_pages, has_more, ..Pagination::default() };
    let before = numbers(Some(9), Some(3), Some(true));
    for (now, expected) in [
        (Pagination::default(), before.clone()),
        (numbers(Some(8), Some(2), Some(false)), numbers(Some(8), Some(2), Some(false))),
        // It counts its own rows.
        (numbers(Some(0), None, None), before.clone()),
    ] {
        assert_eq!(last(&now, Some(&before), 6), expected);
    }
    assert_eq!(last(&before, None, 6), before);
}
