//! Reading lists to their end: order, requested pages, shifting rows, endless servers, errors in the middle.

use std::collections::HashSet;

use futures_util::TryStreamExt;
use promotekit::mock::{self, Calls, Fault, Response, Server};
use promotekit::{Client, Duplicates, Error, Payout, Position, Uuid};
use serde_json::{Value, json};
use tests::server::wait;

/// Starts a server with this many payouts; returns it with their IDs in list order.
pub(crate) fn server(payouts: usize) -> (Server, Vec<Uuid>) {
    let server = mock::builder().without_rate_limit().start().expect("a server");
    server.seed_many::<Payout>(payouts, |_| json!({})).expect("payouts");
    let client = client(&server);
    let ids = wait(async {
        let mut ids = Vec::new();
        for page in 1.. {
            let page = client.payouts().list().limit(100).page(page).await.expect("a page");
            ids.extend(page.iter().map(|payout| payout.id));
            if page.pagination.has_more != Some(true) {
                break;
            }
        }
        ids
    });
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), payouts);
    (server, ids)
}

pub(crate) fn client(server: &Server) -> Client {
    server.client_builder().without_rate_limit().max_retries(0).build().expect("a client")
}

/// Returns the queries of the requests from this index.
fn queries(server: &Server, from: usize) -> Vec<String> {
    server.requests()[from..].iter().map(|request| request.query.clone().unwrap_or_default()).collect()
}

pub(crate) type Rows = promotekit::Rows<promotekit::resources::payouts::List>;

/// Reads rows until the end or an error.
pub(crate) async fn read(rows: &mut Rows) -> (Vec<Uuid>, Option<Error>) {
    let mut ids = Vec::new();
    while let Some(row) = rows.next().await {
        match row {
            Ok(payout) => ids.push(payout.id),
            Err(error) => return (ids, Some(error)),
        }
    }
    (ids, None)
}

#[test]
fn every_row_in_order() {
    for count in [0, 1, 9, 10, 11, 95] {
        let (server, expected) = server(count);
        let client = client(&server);
        for prefetch in [0, 1, 4, 100] {
            let (ids, error) =
                wait(async { read(&mut client.payouts().list().limit(10).stream().prefetch(prefetch)).await });
            assert!(error.is_none(), "{error:?}");
            assert_eq!(ids, expected, "{count} rows, {prefetch} pages ahead");
        }
    }
}

/// By default, the largest pages are requested from the first to the last, and no further page.
#[test]
fn what_is_asked_for() {
    let (server, expected) = server(250);
    let client = client(&server);
    let from = server.requests().len();
    let list = || client.payouts().list();
    wait(async {
        assert_eq!(read(&mut list().stream()).await.0.len(), 250);
        assert_eq!(read(&mut list().page(3).stream()).await.0, expected[200..]);
        assert_eq!(read(&mut list().limit(60).page(4).stream()).await.0, expected[180..]);
    });
    // Prefetched pages may arrive in any order.
    let mut queries = queries(&server, from);
    queries.sort();
    assert_eq!(
        queries,
        [
            "limit=100&page=1",
            "limit=100&page=2",
            "limit=100&page=3",
            "limit=100&page=3",
            "limit=60&page=4",
            "limit=60&page=5"
        ]
    );
}

#[test]
fn a_look_at_the_first_row_costs_one_request() {
    let (server, expected) = server(250);
    let from = server.requests().len();
    wait(async {
        let mut rows = client(&server).payouts().list().stream().prefetch(3);
        assert_eq!(rows.next().await.expect("a row").expect("a payout").id, expected[0]);
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        assert_eq!(queries(&server, from), ["limit=100&page=1"]);
        assert_eq!(rows.position(), Position::new(1, 1));
    });
}

#[test]
fn no_more_is_read_ahead_than_asked() {
    for (prefetch, pages) in [(0, 2), (1, 3), (3, 5)] {
        let (server, _) = server(100);
        let from = server.requests().len();
        wait(async {
            let mut rows = client(&server).payouts().list().limit(10).stream().prefetch(prefetch);
            for _ in 0..12 {
                rows.next().await.expect("a row").expect("a payout");
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        });
        assert_eq!(queries(&server, from).len(), pages, "{prefetch} pages ahead");
    }
}

#[test]
fn pages() {
    let (server, expected) = server(25);
    wait(async {
        let mut pages = client(&server).payouts().list().limit(10).pages();
        let mut found = Vec::new();
        let mut positions = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.expect("a page");
            found.push((page.pagination.page, page.len()));
            positions.push(pages.position().page);
        }
        assert_eq!(found, [(Some(1), 10), (Some(2), 10), (Some(3), 5)]);
        assert_eq!(positions, [2, 3, 4]);
        let second = client(&server).payouts().list().limit(10).pages().start_at(Position::new(2, 0)).next().await;
        assert_eq!(second.expect("a page").expect("a page").items[0].id, expected[10]);
    });
}

#[test]
fn as_a_stream_of_futures() {
    let (server, expected) = server(25);
    let rows: Vec<Payout> = wait(async {
        let rows = client(&server).payouts().list().limit(10).stream();
        rows.try_collect().await.expect("all rows")
    });
    assert_eq!(rows.iter().map(|payout| payout.id).collect::<Vec<_>>(), expected);
    let pages: usize = wait(async {
        let pages = client(&server).payouts().list().limit(10).pages();
        pages.try_fold(0, |sum, page| async move { Ok(sum + page.len()) }).await.expect("all pages")
    });
    assert_eq!(pages, 25);
}

/// A row is inserted before each page: every old row is yielded, and only once when deduplication is on.
#[test]
fn rows_that_shift() {
    for prefetch in [0, 1, 3] {
        let (server, expected) = server(40);
        let client = client(&server);
        server.fault("list_payouts", Calls::Every, Fault::ShiftRows).expect("a fault");
        let list = || client.payouts().list().limit(10).stream().prefetch(prefetch);
        wait(async {
            let (ids, error) = read(&mut list()).await;
            assert!(error.is_none(), "{error:?}");
            let unique: HashSet<_> = ids.iter().collect();
            assert_eq!(unique.len(), ids.len(), "nothing twice");
            assert!(expected.iter().all(|id| unique.contains(id)), "nothing lost");
            let (ids, _) = read(&mut list().duplicates(Duplicates::Keep)).await;
            let unique: HashSet<_> = ids.iter().collect();
            assert!(unique.len() < ids.len() && expected.iter().all(|id| unique.contains(id)));
        });
        let mut rows = list().duplicates(Duplicates::Report);
        let (mut ids, mut reports) = (Vec::new(), Vec::new());
        wait(async {
            loop {
                match read(&mut rows).await {
                    (some, Some(error)) => {
                        ids.extend(some);
                        reports.push(error.to_string());
                    }
                    (some, None) => {
                        ids.extend(some);
                        break;
                    }
                }
            }
        });
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
        assert_eq!(reports[0], "list_payouts: row 0 of page 2 is a duplicate");
    }
}

/// The list grows by a whole page between two reads: the second page equals the first, and is not the end.
#[test]
fn rows_that_shift_by_whole_pages() {
    let (server, expected) = server(30);
    let client = client(&server);
    wait(async {
        let mut rows = client.payouts().list().limit(10).stream().prefetch(0);
        let mut ids = Vec::new();
        for _ in 0..10 {
            ids.push(rows.next().await.expect("a row").expect("a payout").id);
        }
        // The mock server appends new rows; this fault puts them first.
        server.fault("list_payouts", Calls::First(10), Fault::ShiftRows).expect("a fault");
        for _ in 0..10 {
            client.payouts().list().limit(1).await.expect("a page");
        }
        server.clear_faults();
        ids.extend(read(&mut rows).await.0);
        assert_eq!(ids, expected);
    });
}

/// Without remembered rows, no row counts as a duplicate.
#[test]
fn memory_of_rows() {
    let (server, _) = server(40);
    let client = client(&server);
    server.fault("list_payouts", Calls::Every, Fault::ShiftRows).expect("a fault");
    wait(async {
        let mut rows = client.payouts().list().limit(10).stream().remember(0).prefetch(0);
        let (ids, _) = read(&mut rows).await;
        assert!(ids.iter().collect::<HashSet<_>>().len() < ids.len());
        let mut rows = client.payouts().list().limit(10).stream().remember(10).prefetch(0);
        let (ids, _) = read(&mut rows).await;
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
    });
}

/// Returns a page with these rows and this pagination.
fn page(rows: std::ops::Range<u128>, pagination: Value) -> Response {
    Response::new(200, "application/json", body(rows, pagination).to_string())
}

fn body(rows: std::ops::Range<u128>, pagination: Value) -> Value {
    let data: Vec<_> = rows.map(|row| json!({"id": Uuid::from_u128(row), "amount": 1})).collect();
    let mut body = json!({"success": true, "data": data});
    body["pagination"] = pagination;
    body
}

/// A name, the responses page by page, the resulting rows, and the requested pages.
type Shrinking = (&'static str, Vec<Response>, Vec<u128>, &'static [u64]);

/// Removed rows shift others to pages that were already read, so these pages are read again.
#[test]
fn rows_that_are_removed() {
    let count = |count: u64| json!({"has_more": true, "total_count": count});
    let end = |count: u64| json!({"has_more": false, "total_count": count});
    let cases: Vec<Shrinking> = vec![
        (
            "one of the first page",
            vec![page(0..3, count(6)), page(4..6, end(5)), page(1..4, count(5)), page(4..6, end(5))],
            vec![0, 1, 2, 3, 4, 5],
            &[1, 2, 1, 2],
        ),
        (
            "the last page does not exist",
            vec![page(0..3, count(4)), page(0..0, end(3)), page(1..4, end(3))],
            vec![0, 1, 2, 3],
            &[1, 2, 1],
        ),
        (
            "more than a page",
            vec![
                page(0..2, count(8)),
                page(2..4, count(8)),
                page(7..8, end(5)),
                page(3..5, count(5)),
                page(5..7, count(5)),
                page(7..8, end(5)),
            ],
            vec![0, 1, 2, 3, 4, 5, 6, 7],
            &[1, 2, 3, 1, 2, 3],
        ),
    ];
    for (name, responses, expected, asked) in cases {
        let (server, _) = server(0);
        let from = server.requests().len();
        for response in responses {
            server.respond_next(response);
        }
        let (ids, error) =
            wait(async { read(&mut client(&server).payouts().list().limit(9).stream().prefetch(0)).await });
        assert!(error.is_none(), "{name}: {error:?}");
        assert_eq!(ids.iter().map(Uuid::as_u128).collect::<Vec<_>>(), expected, "{name}");
        let asked: Vec<_> = asked.iter().map(|page| format!("limit=9&page={page}")).collect();
        assert_eq!(queries(&server, from), asked, "{name}");
    }
}

/// With an unreliable count, the list is read to its end, which is then an error.
#[test]
fn a_count_that_is_never_the_same() {
    let (server, _) = server(0);
    let from = server.requests().len();
    for request in 0..60_u64 {
        // Page 1, then each page twice, with the previous page in between.
        let number = if request == 0 { 1 } else { (request - 1) / 3 + if request % 3 == 2 { 1 } else { 2 } };
        let rows = u128::from(number * 2)..u128::from(number * 2 + 2);
        let rows = if number <= 6 { rows } else { 0..0 };
        server.respond_next(page(rows, json!({"has_more": number < 6, "total_count": 1000 - request})));
    }
    let (ids, error) = wait(async { read(&mut client(&server).payouts().list().limit(2).stream().prefetch(0)).await });
    let error = error.expect("rows that were promised").to_string();
    assert!(error.starts_with("list_payouts: the list ended after 12 of 98"), "{error}");
    assert_eq!(ids.len(), 12);
    assert!(queries(&server, from).len() < 20);
}

/// A name, the responses page by page, the numbers of rows and requests, and the error that ends the list.
type Ending = (&'static str, Vec<Response>, usize, usize, Option<&'static str>);

const MORE: &str = "rows, although the API promised more";

#[test]
fn ends() {
    let more = || json!({"has_more": true});
    let rows = |from: u128| from..from + 2;
    let cases: Vec<Ending> = vec![
        ("more is false", vec![page(rows(0), more()), page(rows(2), json!({"has_more": false}))], 4, 2, None),
        ("an empty page", vec![page(rows(0), more()), page(0..0, more())], 2, 2, Some(MORE)),
        (
            "a repeated page",
            vec![page(rows(0), more()), page(rows(2), more()), page(rows(2), more())],
            4,
            3,
            Some(MORE),
        ),
        (
            "a repeated page of a list that has not grown",
            vec![
                page(rows(0), json!({"has_more": true, "total_count": 9})),
                page(rows(0), json!({"has_more": true, "total_count": 9})),
            ],
            2,
            2,
            Some("of 9 rows"),
        ),
        (
            "the number of pages",
            vec![page(rows(0), json!({"total_pages": 2})), page(rows(2), json!({"total_pages": 2}))],
            4,
            2,
            None,
        ),
        ("no page at all", vec![page(0..0, json!({"total_pages": 0, "has_more": false}))], 0, 1, None),
        (
            "nothing is said",
            vec![page(rows(0), json!({})), page(rows(2), json!({})), page(0..0, json!({}))],
            4,
            3,
            None,
        ),
        ("null is said", vec![page(rows(0), Value::Null), page(0..0, Value::Null)], 2, 2, None),
        (
            "more than the number of pages",
            vec![
                page(rows(0), json!({"has_more": true, "total_pages": 1})),
                page(rows(2), json!({"has_more": false, "total_pages": 1})),
            ],
            4,
            2,
            None,
        ),
        (
            "more is false before the number of pages",
            vec![
                page(rows(0), json!({"has_more": false, "total_pages": 9})),
                page(0..0, json!({"has_more": false, "total_pages": 9})),
            ],
            2,
            2,
            Some(MORE),
        ),
    ];
    for (name, responses, expected, requests, incomplete) in cases {
        let (server, _) = server(0);
        let from = server.requests().len();
        for response in responses {
            server.respond_next(response);
        }
        let (ids, error) =
            wait(async { read(&mut client(&server).payouts().list().limit(2).stream().prefetch(0)).await });
        let error = error.map(|error| error.to_string());
        let expected_error =
            incomplete.map(|promised| format!("list_payouts: the list ended after {expected} {promised}: "));
        assert_eq!(error.is_some(), expected_error.is_some(), "{name}: {error:?}");
        assert!(error.unwrap_or_default().starts_with(&expected_error.unwrap_or_default()), "{name}");
        assert_eq!((ids.len(), queries(&server, from).len()), (expected, requests), "{name}");
    }
}

/// The error of an invalid row names its page and index. It fails the page, or takes the row's place.
#[test]
fn rows_that_do_not_fit() {
    let responses = || {
        let mut first = body(0..3, json!({"has_more": true}));
        first["data"][1]["amount"] = json!("ada@example.com");
        let first = Response::new(200, "application/json", first.to_string()).with("x-request-id", "req_7");
        [first, page(3..5, json!({"has_more": false}))]
    };
    let (server, _) = server(0);
    let read_all = |lenient: bool| {
        for response in responses() {
            server.respond_next(response);
        }
        let rows = client(&server).payouts().list().limit(3).page(4).stream().prefetch(0);
        let mut rows = if lenient { rows.lenient_rows() } else { rows };
        wait(async {
            let mut found = Vec::new();
            while let Some(row) = rows.next().await {
                found.push(row.map(|payout| payout.id.as_u128()));
            }
            found
        })
    };
    let found = read_all(true);
    assert_eq!(found.iter().flatten().copied().collect::<Vec<_>>(), [0, 2, 3, 4]);
    for error in [found[1].as_ref(), read_all(false)[0].as_ref()] {
        let error = error.expect_err("a row that does not fit");
        let text = error.to_string();
        assert!(
            text.starts_with("list_payouts: page 4, row 1: the response is not as documented at `data[1].amount`: "),
            "{text}"
        );
        assert_eq!(error.request_id(), Some("req_7"));
        tests::discreet::check(error);
    }
}

/// An error is yielded in place of its page and ends the stream. Resuming neither loses nor duplicates rows.
#[test]
fn an_error_in_the_middle() {
    for prefetch in [0, 1, 4] {
        for failing in 1..=5 {
            let (server, expected) = server(45);
            server.fault("list_payouts", Calls::Nth(failing), Fault::Status(503)).expect("a fault");
            let mut rows = client(&server).payouts().list().limit(10).stream().prefetch(prefetch);
            wait(async {
                let (mut ids, error) = read(&mut rows).await;
                assert_eq!(error.expect("the fault").status().map(|status| status.as_u16()), Some(503));
                assert!(rows.next().await.is_none(), "an error ends the stream");
                // Prefetched pages arrive in any order, so any of them may fail.
                assert!(prefetch > 0 || ids.len() == (failing - 1) * 10);
                assert_eq!(ids, expected[..ids.len()]);
                assert_eq!(rows.position(), Position::new(ids.len() as u64 / 10 + 1, 0));
                rows.resume();
                let (rest, error) = read(&mut rows).await;
                assert!(error.is_none(), "{error:?}");
                ids.extend(rest);
                assert_eq!(ids, expected, "{prefetch} pages ahead, request {failing} fails");
            });
        }
    }
}
