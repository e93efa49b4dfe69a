//! The blocking client: the same calls, from any thread, inside and outside of runtimes.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use promotekit::blocking::Client;
use promotekit::middleware::{Attempt, Before, Middleware};
use promotekit::mock::{self, Calls, Fault, Response, Server};
use promotekit::{Affiliate, ApiErrorKind, CreateAffiliate, CreateReferral, Error, Method, Referral, UpdateAffiliate};
use serde_json::json;
use tests::calls::ADA;
use tests::server::KEY;
use tokio::runtime::Builder;

use crate::alone::alone;

fn start() -> (Server, Client) {
    let server = mock::builder().api_key(KEY).without_rate_limit().start().expect("a server");
    let builder = Client::builder(KEY).base_url(server.url()).without_rate_limit();
    let client = builder.backoff(Duration::ZERO, Duration::ZERO).build().expect("a client");
    (server, client)
}

#[test]
fn operations() {
    let (server, client) = start();
    let new = CreateAffiliate::new("grace@example.com", "Grace", "Hopper");
    let grace = client.affiliates().create(new).send().expect("an affiliate");
    assert_eq!(client.affiliates().get(grace.id).send().expect("an affiliate"), grace);
    let change = UpdateAffiliate::new().first_name("Rear Admiral Grace");
    let changed = client.affiliates().update(grace.id, change).send().expect("an affiliate");
    assert_eq!(changed.first_name.as_deref(), Some("Rear Admiral Grace"));
    let page = client.affiliates().list().email("grace@example.com").limit(7).send().expect("a page");
    assert_eq!(page.items, [changed]);
    let path = format!("/api/v1/affiliates/{}", grace.id);
    server.assert_requests(&[
        "POST /api/v1/affiliates",
        &format!("GET {path}"),
        &format!("PUT {path}"),
        "GET /api/v1/affiliates?email=grace%40example.com&limit=7",
    ]);
}

#[test]
fn errors() {
    let (server, client) = start();
    let error = client.affiliates().get(ADA).send().expect_err("nobody has that id");
    assert!(matches!(error, Error::Api { kind: ApiErrorKind::NotFound, .. }), "{error:?}");
    server.fault("create_referral", Calls::Every, Fault::CloseAfter).expect("a fault");
    let error = client.referrals().create(CreateReferral::new(ADA, "ada@example.com")).send().expect_err("no response");
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
    server.fault("list_payouts", Calls::Every, Fault::Delay(Duration::from_secs(9))).expect("a fault");
    let list = client.payouts().list().deadline(Duration::from_millis(50));
    assert!(matches!(list.send(), Err(Error::Timeout { .. })));
}

#[test]
fn replies() {
    let (server, client) = start();
    server.fault("list_payouts", Calls::First(2), Fault::Status(503)).expect("a fault");
    let reply = client.payouts().list().with_response().send().expect("a reply");
    assert_eq!((reply.status.as_u16(), reply.attempts, reply.value.len()), (200, 3, 0));
    assert!(!reply.body.is_empty());
}

#[test]
fn undocumented_endpoints() {
    let (_server, client) = start();
    let body = client.request(Method::GET, "/payouts").query("limit", 1).send().expect("a body");
    assert_eq!(body["data"], json!([]));
    let reply = client.request(Method::GET, "/payouts").with_response().send().expect("a reply");
    assert_eq!(reply.value["success"], true);
    assert!(matches!(client.request(Method::GET, "payouts").send(), Err(Error::InvalidRequest { .. })));
}

/// Seeds referrals with numbered customers.
fn seed(server: &Server, count: usize) {
    server.seed_many::<Referral>(count, |number| json!({"stripe_customer_id": number.to_string()})).expect("referrals");
}

fn number(row: Referral) -> usize {
    row.stripe_customer_id.expect("a number").parse().expect("a number")
}

#[test]
fn pages() {
    let (server, client) = start();
    seed(&server, 5);
    let pages = client.referrals().list().limit(2).pages();
    let pages: Vec<Vec<_>> = pages.map(|page| page.expect("a page").into_iter().map(number).collect()).collect();
    assert_eq!(pages, [vec![0, 1], vec![2, 3], vec![4]]);
}

#[test]
fn rows() {
    let (server, client) = start();
    seed(&server, 25);
    let rows = client.referrals().list().limit(10).rows();
    let rows: Result<Vec<_>, _> = rows.map(|row| row.map(number)).collect();
    assert_eq!(rows.expect("all rows"), (0..25).collect::<Vec<_>>());
    assert_eq!(server.requests().len(), 3);
    let first = client.referrals().list().rows().next().expect("a row").expect("a row");
    assert_eq!(number(first), 0);
}

/// A server that sends the same empty page twice has not sent the promised rows.
#[test]
fn a_list_that_ends_early() {
    let (server, client) = start();
    let body = json!({"success": true, "data": [], "pagination": {"has_more": true, "total_count": 3}}).to_string();
    server.respond_next(Response::new(200, "application/json", body.clone()));
    server.respond_next(Response::new(200, "application/json", body));
    let mut rows = client.referrals().list().rows();
    let error = rows.next().expect("an error").expect_err("an error");
    assert_eq!(error.to_string(), "list_referrals: the list ended after 0 of 3 rows: page 1 has no rows");
    assert!(rows.next().is_none());
    let error = client.referrals().list().pages().next().expect("an error").expect_err("an error");
    assert!(matches!(error, Error::IncompleteList { rows: 0, promised: Some(3), page: 1, repeated: false, .. }));
}

#[test]
fn an_error_and_what_comes_after_it() {
    let (server, client) = start();
    seed(&server, 6);
    server.fault("list_referrals", Calls::Nth(2), Fault::Status(404)).expect("a fault");
    let mut rows = client.referrals().list().limit(2).rows().prefetch(0);
    let read: Vec<_> = rows.by_ref().map(|row| row.map(number).ok()).collect();
    assert_eq!(read, [Some(0), Some(1), None]);
    assert!(rows.next().is_none());
    assert_eq!(rows.position(), promotekit::Position::new(2, 0));
    rows.resume();
    assert_eq!(rows.map(|row| number(row.expect("a row"))).collect::<Vec<_>>(), [2, 3, 4, 5]);
}

/// Prefetching progresses whenever a row is requested.
#[test]
fn reads_ahead() {
    let (server, client) = start();
    seed(&server, 400);
    let mut rows = client.referrals().list().rows().prefetch(3);
    for _ in 0..100 {
        rows.next().expect("a row").expect("a row");
        thread::sleep(Duration::from_millis(1));
    }
    assert_eq!((server.requests().len(), rows.position().page), (4, 2));
    assert_eq!(rows.map(|row| number(row.expect("a row"))).collect::<Vec<_>>(), (100..400).collect::<Vec<_>>());
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn in_a_task_where_waiting_is_allowed() {
    let (_server, client) = start();
    tests::server::wait(async {
        let task = tokio::task::spawn_blocking(move || client.payouts().list().send().map(drop));
        task.await.expect("no panic").expect("a page");
    });
}

#[test]
fn in_a_runtime_of_one_thread() {
    in_a_runtime(Builder::new_current_thread());
}

#[test]
fn in_a_runtime_of_several_threads() {
    in_a_runtime(Builder::new_multi_thread());
}

/// The client works inside a runtime, even beyond tokio's cooperative budget of a task.
fn in_a_runtime(mut builder: Builder) {
    let (done, wait) = mpsc::channel();
    thread::spawn(move || {
        let (server, client) = start();
        seed(&server, 60);
        let work = move || {
            for _ in 0..100 {
                client.payouts().list().send().expect("a page");
            }
            assert_eq!(client.referrals().list().limit(2).rows().count(), 60);
            drop(client);
        };
        let runtime = builder.enable_all().build().expect("a runtime");
        let again = start().1;
        runtime.block_on(async move {
            work();
            let spawned = async move {
                (0..50).for_each(|_| assert!(again.payouts().list().send().is_err(), "its server does not exist"));
            };
            tokio::spawn(spawned).await.expect("no panic");
        });
        done.send(())
    });
    assert!(wait.recv_timeout(Duration::from_secs(60)).is_ok(), "it hangs or has panicked");
}

#[test]
fn several_threads() {
    let (server, client) = start();
    let ada: Affiliate = server.seed(json!({})).expect("an affiliate");
    thread::scope(|scope| {
        for thread in 0..8 {
            let client = client.clone();
            scope.spawn(move || {
                for call in 0..5 {
                    let email = format!("{thread}.{call}@example.com");
                    let made = client.referrals().create(CreateReferral::new(ada.id, &*email)).send();
                    assert_eq!(made.expect("a referral").email.as_deref(), Some(&*email));
                }
            });
        }
    });
    assert_eq!(client.referrals().list().rows().count(), 40);
}

/// Panics without a message.
fn quiet_panic() {
    std::panic::resume_unwind(Box::new("as the test wants it"));
}

/// Panics on requests for campaigns.
struct Panicking;

impl Middleware for Panicking {
    fn before<'a>(&'a self, attempt: &'a Attempt, _: &'a mut reqwest::Request) -> Before<'a> {
        if attempt.operation == "list_campaigns" {
            quiet_panic();
        }
        Box::pin(std::future::ready(Ok(())))
    }
}

#[test]
fn a_panic_harms_nobody_else() {
    let (server, _) = start();
    let client = Client::builder(KEY).base_url(server.url()).middleware(Panicking).build().expect("a client");
    let other = client.clone();
    assert!(thread::spawn(move || other.campaigns().list().send()).join().is_err());
    let other = client.clone();
    thread::spawn(move || {
        let _client = other;
        quiet_panic();
    })
    .join()
    .expect_err("a panic");
    client.payouts().list().send().expect("a page");
}

/// Returns the number of threads of blocking clients; `None` if the system does not report it.
fn threads() -> Option<usize> {
    // Linux keeps only the first 15 bytes of a thread's name.
    let name = |entry: std::fs::DirEntry| std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    Some(tasks.flatten().map(name).filter(|name| name.starts_with("promotekit-bloc")).count())
}

/// Waits until there are this many threads: the system takes a moment to name or remove one.
#[track_caller]
fn threads_become(expected: usize) {
    let until = Instant::now() + Duration::from_secs(5);
    while threads() != Some(expected) && Instant::now() < until {
        thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(threads(), Some(expected));
}

#[test]
fn its_thread_ends_with_it() {
    alone("blocking::its_thread_ends_with_it", || {
        if threads().is_none() {
            return;
        }
        let (server, client) = start();
        seed(&server, 3);
        threads_become(1);
        let (clone, list) = (client.clone(), client.referrals().list().limit(1));
        let mut rows = list.clone().rows();
        rows.next().expect("a row").expect("a row");
        drop((client, clone));
        assert_eq!(rows.by_ref().count(), 2, "a reader holds a client, too");
        drop(rows);
        assert_eq!(list.clone().send().expect("a page").len(), 1, "and a request value");
        threads_become(1);
        drop(list);
        threads_become(0);
    });
}
