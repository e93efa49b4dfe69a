//! Cancelled calls: no work continues, wherever the call was cancelled.

use std::time::Duration;

use promotekit::mock::{self, Calls, Fault, RetryAfter, Server};
use promotekit::resources::{affiliates, referrals};
use promotekit::{
    Affiliate, Client, ClientBuilder, Error, Page, Pages, Pending, RateLimit, Referral, Reply, Rows, Undocumented,
    WithReply, blocking,
};
use serde_json::json;
use tests::server::{KEY, builder, wait};
use tests::wire::{Act, Then, Wire};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, timeout};

/// Longer than any test takes.
const LONG: Duration = Duration::from_secs(60);

/// Long enough for a call to reach the point of cancellation.
const SHORT: Duration = Duration::from_millis(60);

fn server() -> Server {
    mock::builder().api_key(KEY).start().expect("a server")
}

/// Returns the number of tasks in the test's runtime, not counting the test itself.
fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// Waits until at most this many tasks are left, because connections take a moment to close.
async fn at_most(expected: usize) {
    let begun = Instant::now();
    while tasks() > expected && begun.elapsed() < Duration::from_secs(5) {
        sleep(Duration::from_millis(1)).await;
    }
    assert!(tasks() <= expected, "{} tasks, not {expected}", tasks());
}

/// Cancels a call. An idle connection and its task may stay until the client is dropped, nothing else.
fn check(server: &Server, change: fn(ClientBuilder) -> ClientBuilder) {
    wait(async {
        let client = change(server.client_builder()).build().expect("a client");
        client.campaigns().list().await.expect("a page");
        let idle = tasks();
        timeout(SHORT, client.payouts().list()).await.expect_err("it is still under way");
        at_most(idle).await;
        drop(client);
        at_most(0).await;
    });
}

#[test]
fn in_the_limiter() {
    let server = server();
    check(&server, |builder| builder.rate_limit(RateLimit::new(1, LONG)));
    assert!(server.requests_for("list_payouts").is_empty());
}

#[test]
fn between_attempts() {
    let server = server();
    let fault = Fault::RetryLater(503, RetryAfter::Seconds(30));
    server.fault("list_payouts", Calls::Every, fault).expect("a fault");
    check(&server, |builder| builder);
    assert_eq!(server.requests_for("list_payouts").len(), 1);
}

#[test]
fn during_an_attempt() {
    let server = server();
    server.fault("list_payouts", Calls::Every, Fault::Delay(LONG)).expect("a fault");
    check(&server, |builder| builder);
    server.clear_faults();
    server.fault("list_payouts", Calls::Every, Fault::Slow(LONG)).expect("a fault");
    check(&server, |builder| builder);
}

#[test]
fn before_it_is_polled() {
    let server = server();
    wait(async {
        let client = server.client().expect("a client");
        drop(client.payouts().list().into_future());
        drop(client.payouts().list().stream().prefetch(7));
        assert_eq!(tasks(), 0);
    });
    assert!(server.requests().is_empty());
}

#[test]
fn a_list_that_is_read_ahead() {
    let server = server();
    server.seed_many::<Referral>(40, |_| json!({})).expect("referrals");
    wait(async {
        let client = server.client().expect("a client");
        client.referrals().list().await.expect("a page");
        let idle = tasks();
        let mut rows = client.referrals().list().limit(2).stream().prefetch(8);
        rows.next().await.expect("a row").expect("a row");
        server.fault("list_referrals", Calls::Every, Fault::Delay(LONG)).expect("a fault");
        rows.next().await.expect("a row").expect("a row");
        timeout(SHORT, rows.next()).await.expect_err("the second page is under way");
        assert!(tasks() > idle + 4, "{} tasks, {idle} before", tasks());
        drop(rows);
        at_most(idle).await;
        drop(client);
        at_most(0).await;
    });
}

#[test]
fn the_server_sees_it() {
    let wire = Wire::acting(&[Act { say: "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", then: Then::Stall }]);
    wait(async {
        let client = builder(wire.address()).build().expect("a client");
        timeout(SHORT, client.payouts().list()).await.expect_err("it is still under way");
        let begun = Instant::now();
        while wire.abandoned() == 0 && begun.elapsed() < Duration::from_secs(5) {
            sleep(Duration::from_millis(1)).await;
        }
    });
    assert_eq!((wire.requests(), wire.abandoned()), (1, 1));
}

/// Public types are `Send`, `Sync` and `Clone` where multithreaded programs need it.
#[test]
fn types() {
    fn shared<T: Send + Sync + 'static>() {}
    fn sent<T: Send + Unpin + 'static>() {}
    fn copied<T: Clone + Send + Sync + 'static>() {}
    copied::<Client>();
    copied::<blocking::Client>();
    copied::<referrals::List>();
    copied::<referrals::List<blocking::Client>>();
    copied::<affiliates::Create>();
    copied::<Undocumented>();
    copied::<WithReply<referrals::List>>();
    copied::<Page<Affiliate>>();
    copied::<Reply<Affiliate>>();
    shared::<Error>();
    shared::<ClientBuilder>();
    sent::<Rows<referrals::List>>();
    sent::<Pages<referrals::List>>();
    sent::<Rows<referrals::List<blocking::Client>>>();
    sent::<Pending<Result<Affiliate, Error>>>();
}
