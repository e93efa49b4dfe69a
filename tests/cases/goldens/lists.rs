//! Lists with each style of pages, as a server sends them: the requests, the rows, and the error at the end.

use golden_lists::types::SearchThingsRequest;
use golden_lists::{Client, CursorPosition, Error};
use socket::Socket;

const FAILED: &str = "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n";

fn client(socket: &Socket) -> Client {
    Client::builder("secret").base_url(socket.url()).max_retries(0).build().expect("a client")
}

fn json(body: &str) -> String {
    with("", body)
}

fn with(header: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{header}content-length: {length}\r\n\r\n{body}")
}

/// Returns the rows of a stream, continuing after each error; then the errors.
macro_rules! read {
    ($rows:expr) => {{
        let mut rows = $rows;
        let (mut found, mut errors) = (Vec::new(), Vec::new());
        loop {
            match rows.next().await {
                Some(Ok(row)) => found.push(row),
                Some(Err(error)) if errors.len() < 2 => {
                    errors.push(error.to_string());
                    rows.resume();
                }
                Some(Err(error)) => panic!("{error}"),
                None => break,
            }
        }
        (found, errors)
    }};
}

/// Checks the targets of all requests, without the key.
#[track_caller]
fn asked(socket: &Socket, expected: &[&str]) {
    for line in expected {
        let request = socket.request();
        let found = request.line().replace("api_key=secret", "").replace("?&", "?");
        assert_eq!(found.trim_end_matches(['?', '&']), *line);
        assert_eq!(request.line().matches("api_key=").count(), 1, "{}", request.line());
    }
    assert!(socket.is_idle(), "more requests");
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    by_page().await;
    by_offset().await;
    by_cursor().await;
    after_row().await;
    by_link().await;
    by_url().await;
    by_header().await;
    in_body().await;
    bad_pages().await;
    // The call itself returns one page, as documented.
    let socket = Socket::replying([json(r#"{"items": [{"id": 1}], "count": 9}"#)]);
    let page = client(&socket).things().list_by_offset().offset(8).await?;
    assert_eq!((page.count, page.items.map(|items| items.len())), (Some(9), Some(1)));
    asked(&socket, &["GET /by-offset?offset=8"]);
    Ok(())
}

/// Page numbers begin with 0, and the pages after the first are read ahead.
async fn by_page() {
    let page = |ids: &str| json(&format!(r#"{{"page": {{"pages": 3, "total": 5}}, "content": [{ids}]}}"#));
    let [first, second, third] = [r#"{"id": 1}, {"id": 2}"#, r#"{"id": 3}, {"id": 4}"#, r#"{"id": 5}"#].map(page);
    let socket = Socket::replying([first, FAILED.to_owned(), second, third]);
    let (rows, errors) = read!(client(&socket).things().list_by_page().stream().prefetch(0));
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(errors.len(), 1, "{errors:?}");
    let pages = [0, 1, 1, 2].map(|page| format!("GET /by-page?pageIndex={page}&pageSize=2"));
    asked(&socket, &pages.each_ref().map(String::as_str));
}

/// A row was removed after the first page, which moved another to it: it is found, and no row comes twice.
async fn by_offset() {
    let page = |count: u32, ids: &[u32]| {
        let items: Vec<_> = ids.iter().map(|id| format!(r#"{{"id": {id}}}"#)).collect();
        json(&format!(r#"{{"count": {count}, "items": [{}]}}"#, items.join(",")))
    };
    let socket = Socket::replying([page(5, &[1, 2]), page(4, &[4, 5]), page(4, &[3, 4]), page(4, &[5]), json("{}")]);
    let (rows, errors) = read!(client(&socket).things().list_by_offset().stream().prefetch(0));
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert!(errors.is_empty(), "{errors:?}");
    let pages = [(2, "&offset=2"), (2, "&offset=1"), (2, "&offset=3"), (2, "&offset=4")];
    let pages = pages.map(|(limit, offset)| format!("GET /by-offset?limit={limit}{offset}"));
    let mut lines = vec!["GET /by-offset?limit=2"];
    lines.extend(pages.iter().map(String::as_str));
    asked(&socket, &lines);
}

/// The list is continued in the middle of a page, by another process.
async fn by_cursor() {
    let [first, second] = ["\"a&b\"", "null"].map(|next| {
        json(&format!(r#"{{"data": [{{"id": {0}}}, {{"id": 1{0}}}], "meta": {{"next_cursor": {next}}}}}"#, next.len()))
    });
    let socket = Socket::replying([first.clone(), second.clone()]);
    let mut rows = client(&socket).things().list_by_cursor().color("red").stream();
    let mut positions = Vec::new();
    while let Some(row) = rows.next().await {
        row.expect("a row");
        positions.push(serde_json::to_string(&rows.position()).expect("JSON"));
    }
    asked(&socket, &["GET /by-cursor?color=red&count=50", "GET /by-cursor?color=red&count=50&after=a%26b"]);
    assert_eq!(positions[0], r#"{"page":1,"row":1,"cursor":null}"#);
    assert_eq!(positions[2], r#"{"page":2,"row":1,"cursor":"a&b"}"#);
    let position: CursorPosition = serde_json::from_str(&positions[2]).expect("a position");
    let socket = Socket::replying([second]);
    let (rows, _) = read!(client(&socket).things().list_by_cursor().stream().start_at(position));
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [14]);
    asked(&socket, &["GET /by-cursor?count=50&after=a%26b"]);
}

/// The server ignores the cursor: the first page comes again and again.
async fn after_row() {
    let page = |more: bool| json(&format!(r#"{{"data": [{{"id": 1}}, {{"id": 2}}], "has_more": {more}}}"#));
    let socket = Socket::replying([page(true), page(true), page(true), page(false)]);
    let (rows, errors) = read!(client(&socket).things().list_after_row().stream());
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 2]);
    let error = "list_after_row: the list ended after 2 rows, although the API promised more: page 2 repeats an \
                 earlier page";
    assert_eq!(errors, [error, error]);
    let again = "GET /after-row?starting_after=2";
    asked(&socket, &["GET /after-row", again, again, again]);
}

/// Only the path and the query of a link are used, and its key is ignored.
async fn by_link() {
    let next = |target: &str| with(&format!("link: <{target}>; rel=\"next\", </x>; rel=\"last\"\r\n"), r#"[{"id": 1}]"#);
    let last = json(r#"[{"id": 2}]"#);
    let socket = Socket::replying([next("https://127.0.0.1/all?page=2&per_page=100&api_key=other"), last.clone()]);
    let (rows, errors) = read!(client(&socket).things().list_by_link().stream());
    assert_eq!((rows.iter().map(|row| row.id).collect::<Vec<_>>(), errors.len()), (vec![1, 2], 0));
    asked(&socket, &["GET /by-link?per_page=100", "GET /all?page=2&per_page=100"]);
    // A link to another server receives no key.
    let socket = Socket::replying([next("https://evil.example/by-link?page=2")]);
    let mut rows = client(&socket).things().list_by_link().stream();
    assert!(matches!(rows.next().await, Some(Ok(_))));
    let Some(Err(error)) = rows.next().await else { panic!("no error") };
    assert_eq!(error.to_string(), "list_by_link: the request was not sent: `cursor` must be a URL of the API's server");
    asked(&socket, &["GET /by-link?per_page=100"]);
}

/// The count is compared with the rows.
async fn by_url() {
    let page = |next: &str, count: u32, id: u32| {
        json(&format!(r#"{{"count": {count}, "next": {next}, "results": [{{"id": {id}}}]}}"#))
    };
    let socket = Socket::replying([page(r#""?color=red&page=2""#, 3, 1), page("null", 3, 2), page("\"\"", 2, 2)]);
    let (rows, errors) = read!(client(&socket).things().list_by_url().color("red").stream());
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(errors, ["list_by_url: the list ended after 2 of 3 rows: page 3 has no rows"]);
    let second = "GET /by-url?color=red&page=2";
    asked(&socket, &["GET /by-url?color=red", second, second]);
}

/// An empty page that leads on is no end.
async fn by_header() {
    let page = |next: &str, names: &str| with(&format!("x-next-token: {next}\r\n"), names);
    let socket = Socket::replying([page("t1", r#"["a", "a"]"#), page("t2", "[]"), page("", r#"["b"]"#)]);
    let (rows, errors) = read!(client(&socket).things().list_by_header().stream());
    assert_eq!((rows.iter().map(ToString::to_string).collect::<Vec<_>>(), errors.len()), (vec!["a".into(), "a".into(), "b".into()], 0));
    asked(&socket, &["GET /by-header", "GET /by-header?token=t1", "GET /by-header?token=t2"]);
}

/// The other properties of the body stay.
async fn in_body() {
    let socket = Socket::replying([json(r#"{"data": [{"id": 1}], "next_start": 7}"#), json(r#"{"data": [{"id": 2}]}"#)]);
    let search = client(&socket).things().search().body(SearchThingsRequest::new().color("red"));
    let (rows, _) = read!(search.stream());
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(socket.request().body, r#"{"color":"red"}"#);
    assert_eq!(socket.request().body, r#"{"color":"red","start":7}"#);
    let socket = Socket::replying([json(r#"{"data": [], "next_start": 7}"#), json(r#"{"data": []}"#)]);
    let (rows, _) = read!(client(&socket).things().search().stream());
    assert!(rows.is_empty());
    socket.request();
    let second = socket.request();
    assert_eq!((second.body.as_str(), second.header("content-type")), (r#"{"start":7}"#, Some("application/json")));
}

/// Pages that are not as documented are errors, which name the place.
async fn bad_pages() {
    for (body, expected) in [
        (r#"{"data": [{"id": 1}, {"id": "x"}], "has_more": true}"#, "page 1, row 1: the response is not as documented at `data[1].id`: expected i64, found string"),
        (r#"{"has_more": true}"#, "the response is not as documented at `data`: the array is missing"),
        (r#"{"data": null, "has_more": true}"#, "the response is not as documented at `data`: the array is missing"),
        (r#"{"data": {}, "has_more": true}"#, "the response is not as documented at `data`: expected an array"),
        (r#"{"data": [{"id": 1"#, "the response is not as documented at `.`: the body ends too early, at line 1 column 18"),
    ] {
        let socket = Socket::replying([json(body)]);
        let mut rows = client(&socket).things().list_after_row().stream();
        let Some(Err(error)) = rows.next().await else { panic!("{body}") };
        assert_eq!(error.to_string(), format!("list_after_row: {expected}"), "{body}");
    }
    // A row with a type mismatch does not hide the others.
    let socket = Socket::replying([json(r#"{"data": [{"id": "x"}, {"id": 2}], "has_more": false}"#)]);
    let (rows, errors) = read!(client(&socket).things().list_after_row().stream().lenient_rows());
    assert_eq!((rows.len(), errors.len()), (1, 1));
}
