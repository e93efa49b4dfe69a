//! Faults of the mock server beyond the table of `cases`.

use std::time::Duration;

use promotekit::mock::{self, Calls, Fault, RetryAfter, Server};
use promotekit::{Affiliate, Campaign, Referral};
use serde_json::json;
use tests::server::wait;

fn client(server: &Server) -> promotekit::Client {
    let builder = server.client_builder().timeout(Duration::from_millis(700)).max_response_bytes(100_000);
    builder.max_retries(0).build().expect("a client")
}

#[test]
fn calls_are_chosen() {
    let server = mock::start().expect("a server");
    server.fault("list_campaigns", Calls::Nth(2), Fault::Status(500)).expect("a fault");
    let client = client(&server);
    let statuses = (0..3).map(|_| wait(client.campaigns().list()).err().and_then(|error| error.status()));
    assert_eq!(
        statuses.map(|status| status.map(|status| status.as_u16())).collect::<Vec<_>>(),
        [None, Some(500), None]
    );
    server.fault("list_campaigns", Calls::Every, Fault::CloseBefore).expect("a fault");
    assert!(wait(client.campaigns().list()).is_err());
    server.clear_faults();
    assert!(wait(client.campaigns().list()).is_ok());
}

#[test]
fn unknown_operations() {
    let server = mock::start().expect("a server");
    let error = server.fault("list_nothing", Calls::Every, Fault::CloseBefore).expect_err("a rejection");
    assert_eq!(error.to_string(), "unknown operation `list_nothing`");
}

#[test]
fn responses_drift() {
    let server = mock::start().expect("a server");
    let spring: Campaign = server.seed(json!({})).expect("a campaign");
    let ada: Affiliate = server.seed(json!({"campaign_id": spring.id})).expect("an affiliate");
    let get = |fault: Fault| {
        server.clear_faults();
        server.fault("get_affiliate", Calls::Every, fault).expect("a fault");
        wait(client(&server).affiliates().get(ada.id)).expect("an affiliate")
    };
    let bare = get(Fault::AbsentFields);
    assert_eq!((bare.id, &bare.email), (ada.id, &ada.email), "what is required stays");
    assert_eq!((bare.links, bare.campaign, bare.created_at), (None, None, None));
    assert_eq!(get(Fault::NullFields).campaign, None);
    let more = get(Fault::UnknownFields);
    let inside = more.campaign.expect("a campaign");
    assert!(more.extra.contains_key("unheard_of") && inside.extra.contains_key("unheard_of"));
    let odd = get(Fault::UnknownValues).campaign.expect("a campaign");
    assert_eq!((odd.commission_type.as_str(), odd.code_mode.as_str()), ("unheard_of", "unheard_of"));
}

#[test]
fn rows_shift() {
    let server = mock::start().expect("a server");
    server.seed_many::<Referral>(4, |number| json!({"stripe_customer_id": number.to_string()})).expect("referrals");
    server.fault("list_referrals", Calls::Nth(2), Fault::ShiftRows).expect("a fault");
    let client = client(&server);
    let page = |number| {
        let page = wait(client.referrals().list().limit(2).page(number)).expect("a page");
        page.into_iter().map(|row| row.stripe_customer_id.unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(page(1), ["0", "1"]);
    assert_eq!(page(2), ["1", "2"], "a row that was on the first page comes again");
}

#[test]
fn retry_after_a_date() {
    let server = mock::start().expect("a server");
    server.fault("list_payouts", Calls::Every, Fault::RetryLater(429, RetryAfter::DateIn(60))).expect("a fault");
    let error = wait(client(&server).payouts().list()).expect_err("a rejection");
    let wait = error.retry_after().expect("a time to wait");
    assert!((59..=60).contains(&wait.as_secs()), "{error:?}");
}

#[test]
fn differences_are_readable() {
    let server = mock::start().expect("a server");
    let client = client(&server);
    let _ = wait(client.campaigns().list().limit(2));
    let _ = wait(client.payouts().list());
    server.assert_requests(&["GET /api/v1/campaigns?limit=2", "GET /api/v1/payouts"]);
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        server.assert_requests(&[
            "GET /api/v1/campaigns?limit=2",
            "GET /api/v1/payouts?page=2",
            "GET /api/v1/referrals",
        ]);
    }));
    let text = panic.expect_err("a difference");
    let expected = "the requests differ (- expected, + arrived):\n  GET /api/v1/campaigns?limit=2\n\
        - GET /api/v1/payouts?page=2\n+ GET /api/v1/payouts\n- GET /api/v1/referrals";
    assert_eq!(text.downcast_ref::<String>().map(String::as_str), Some(expected));
}
