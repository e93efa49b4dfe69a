//! The mock server, through the client, and over plain HTTP for requests that the client would not send.

use std::time::Duration;

use promotekit::mock::{self, SeedError, Server};
use promotekit::{
    Affiliate, Campaign, CodeMode, Commission, CommissionType, CreateAffiliate, CreateCampaign, CreateCommission,
    CreateReferral, Error, Payout, Referral, SubscriptionStatus, UpdateAffiliate, UpdateCampaign, Uuid,
};
use serde_json::{Value, json};
use tests::calls::amount;
use tests::server::wait;

fn start() -> Server {
    mock::start().expect("a server")
}

/// Creates a commission with all related objects.
async fn world(server: &Server) -> Result<(Campaign, Affiliate, Referral, Commission), Error> {
    let client = server.client()?;
    let spring = CreateCampaign::new("Spring", CommissionType::Percentage, 20, CodeMode::Link)
        .website_url("https://example.com");
    let spring = client.campaigns().create(spring).await?;
    let ada = CreateAffiliate::new("ada@example.com", "Ada", "Lovelace").campaign_id(spring.id).ref_code("ada");
    let ada = client.affiliates().create(ada).await?;
    let customer = CreateReferral::new(ada.id, "grace@example.com").subscription_status(SubscriptionStatus::Trialing);
    let customer = client.referrals().create(customer).await?;
    let sale = CreateCommission::new(customer.id, 49, amount("9.8")).stripe_payment_id("pi_1");
    let sale = client.commissions().create(sale).await?;
    Ok((spring, ada, customer, sale))
}

#[tokio::test]
async fn what_is_created_is_read() -> Result<(), Error> {
    let server = start();
    let (spring, ada, customer, sale) = world(&server).await?;
    let client = server.client()?;
    assert_eq!(client.campaigns().get(spring.id).await?, spring);
    assert_eq!(client.affiliates().get(ada.id).await?, ada);
    assert_eq!(client.commissions().get(sale.id).await?, sale);
    assert_eq!(client.referrals().list().await?.items, [customer]);
    assert_eq!((sale.revenue_amount, sale.commission_amount), (49.into(), amount("9.8")));
    assert_eq!(sale.stripe_payment_id.as_deref(), Some("pi_1"));
    let made = sale.created_at.expect("a time");
    assert!(jiff::Timestamp::now().duration_since(made) < jiff::SignedDuration::from_mins(1), "made {made}");
    Ok(())
}

#[tokio::test]
async fn updates_change_what_is_given() -> Result<(), Error> {
    let server = start();
    let (spring, ada, _, sale) = world(&server).await?;
    let client = server.client()?;
    let banned = client.affiliates().update(ada.id, UpdateAffiliate::new().banned(true).promo_code("ADA30")).await?;
    assert_eq!((banned.banned, &banned.email, banned.created_at), (Some(true), &ada.email, ada.created_at));
    assert_eq!(banned.promo_codes.expect("promo codes")[0].code.as_deref(), Some("ADA30"));
    let change = UpdateCampaign::new().commission_amount(25);
    assert_eq!(client.campaigns().update(spring.id, change).await?.name, "Spring");
    // Embedded objects are up to date.
    let seen = client.commissions().get(sale.id).await?.affiliate.expect("an affiliate");
    assert_eq!((seen.banned, seen.campaign.expect("a campaign").commission_amount), (Some(true), 25.into()));
    Ok(())
}

#[tokio::test]
async fn related_objects_are_embedded() -> Result<(), Error> {
    let server = start();
    let (spring, ada, customer, sale) = world(&server).await?;
    assert_eq!(ada.campaign.as_ref().map(|campaign| campaign.id), Some(spring.id));
    assert_eq!(ada.links.as_ref().expect("links")[0].code.as_deref(), Some("ada"));
    assert_eq!(customer.affiliate.as_ref().map(|affiliate| affiliate.id), Some(ada.id));
    assert_eq!(sale.affiliate.as_ref().map(|affiliate| affiliate.id), Some(ada.id), "that of its referral");
    let inside = sale.referral.as_ref().expect("a referral");
    assert_eq!((inside.id, &inside.affiliate), (customer.id, &None), "a referral inside a commission has no affiliate");
    assert_eq!(sale.payout, None, "a new commission is not paid");
    let payout: Payout = server.seed(json!({"affiliate_id": ada.id, "amount": 9.8})).expect("a payout");
    let paid: Commission =
        server.seed(json!({"referral_id": customer.id, "payout_id": payout.id})).expect("a commission");
    assert_eq!(paid.payout.map(|payout| (payout.amount, payout.affiliate)), Some((amount("9.8"), None)));
    Ok(())
}

#[tokio::test]
async fn filters() -> Result<(), Error> {
    let server = start();
    let spring: Campaign = server.seed(json!({"name": "Spring"})).expect("a campaign");
    for (code, status) in [("ada", "active"), ("grace", "trialing"), ("alan", "canceled")] {
        let email = format!("{code}@example.com");
        let of = if code == "ada" { json!(spring.id) } else { Value::Null };
        let fields = json!({"email": email, "ref_code": code, "promo_code": code.to_uppercase(), "campaign_id": of});
        let affiliate: Affiliate = server.seed(fields).expect("an affiliate");
        let fields = json!({"affiliate_id": affiliate.id, "email": email, "subscription_status": status, "stripe_customer_id": code});
        let _: Referral = server.seed(fields).expect("a referral");
        let _: Payout = server.seed(json!({"affiliate_id": affiliate.id})).expect("a payout");
    }
    let client = server.client()?;
    let affiliates = |page: promotekit::Page<Affiliate>| page.into_iter().map(|row| row.email).collect::<Vec<_>>();
    let list = || client.affiliates().list();
    assert_eq!(affiliates(list().await?), ["ada@example.com", "grace@example.com", "alan@example.com"]);
    assert_eq!(affiliates(list().email("grace@example.com").await?), ["grace@example.com"]);
    assert_eq!(affiliates(list().ref_code("alan").await?), ["alan@example.com"]);
    assert_eq!(affiliates(list().promo_code("GRACE").await?), ["grace@example.com"]);
    assert_eq!(affiliates(list().campaign_id(spring.id).await?), ["ada@example.com"]);
    assert_eq!(affiliates(list().campaign_id(spring.id).ref_code("alan").await?), [""; 0]);
    let wanted = [SubscriptionStatus::Active, SubscriptionStatus::Canceled];
    let referrals = client.referrals().list().subscription_status(wanted).await?;
    assert_eq!(
        referrals.iter().filter_map(|row| row.stripe_customer_id.as_deref()).collect::<Vec<_>>(),
        ["ada", "alan"]
    );
    assert_eq!(client.referrals().list().stripe_customer_id("grace").await?.len(), 1);
    let ada = list().ref_code("ada").await?.items.remove(0);
    assert_eq!(client.payouts().list().affiliate_id(ada.id).await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn pages() -> Result<(), Error> {
    let server = start();
    server.seed_many::<Campaign>(23, |number| json!({"name": format!("campaign {number}")})).expect("campaigns");
    let client = server.client()?;
    let first = client.campaigns().list().await?;
    assert_eq!((first.len(), first.pagination.limit), (10, Some(10)), "the documented default");
    let last = client.campaigns().list().limit(5).page(5).await?;
    assert_eq!(
        last.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(),
        ["campaign 20", "campaign 21", "campaign 22"]
    );
    assert_eq!((last.pagination.page, last.pagination.total_count), (Some(5), Some(23)));
    assert_eq!((last.pagination.total_pages, last.pagination.has_more), (Some(5), Some(false)));
    assert_eq!(client.campaigns().list().limit(5).page(4).await?.pagination.has_more, Some(true));
    assert!(client.campaigns().list().page(1_000).await?.is_empty());
    let none = client.payouts().list().await?;
    assert_eq!((none.len(), none.pagination.total_pages, none.pagination.has_more), (0, Some(0), Some(false)));
    Ok(())
}

#[track_caller]
fn rejected<T: std::fmt::Debug>(result: Result<T, Error>, status: u16) -> String {
    let error = result.expect_err("a rejection");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{error}");
    error.to_string()
}

#[tokio::test]
async fn unknown_objects() {
    let server = start();
    let client = server.client().expect("a client");
    let nobody = Uuid::from_u128(7);
    let text = rejected(client.affiliates().get(nobody).await, 404);
    assert!(text.contains("Affiliate 00000000-0000-0000-0000-000000000007 does not exist"), "{text}");
    rejected(client.campaigns().update(nobody, UpdateCampaign::new().name("x")).await, 404);
    rejected(client.referrals().create(CreateReferral::new(nobody, "a@example.com")).await, 404);
    rejected(client.commissions().create(CreateCommission::new(nobody, 1, 1)).await, 404);
}

#[test]
fn keys() {
    let server = mock::builder().api_key("right").start().expect("a server");
    wait(async {
        assert!(server.client().expect("a client").campaigns().list().await.is_ok());
        let other = promotekit::Client::builder("wrong").base_url(server.url()).build().expect("a client");
        rejected(other.campaigns().list().await, 401);
    });
    assert_eq!(http(&server, "GET", "/api/v1/campaigns", &[], "").0, 401);
}

#[test]
fn the_minute_limit() {
    let server = start();
    wait(async {
        let client = server.client_builder().without_rate_limit().max_retries(0).build().expect("a client");
        for _ in 0..200 {
            client.campaigns().list().await.expect("within the limit");
        }
        let error = client.campaigns().list().await.expect_err("one too many");
        assert!(matches!(error, Error::RateLimited { .. }), "{error:?}");
    });
    let unlimited = mock::builder().without_rate_limit().start().expect("a server");
    wait(async {
        let client = unlimited.client_builder().without_rate_limit().build().expect("a client");
        for _ in 0..201 {
            client.campaigns().list().await.expect("no limit");
        }
    });
}

/// Sends a raw request that the client would not send; returns status and body.
fn http(server: &Server, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
    let lines: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let lines = lines.concat();
    let length = body.len();
    let text = raw(
        server,
        &format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n{lines}\r\n{body}"
        ),
    );
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    (status, text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
}

fn raw(server: &Server, text: &str) -> String {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(server.address()).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_millis(500))).expect("a timeout");
    stream.write_all(text.as_bytes()).expect("a request");
    let mut response = String::new();
    // A server that closes without a response leaves the text empty.
    let _ = stream.read_to_string(&mut response);
    response
}

#[test]
fn requests_are_validated() {
    let server = start();
    let key = ("authorization", "Bearer mock-api-key");
    let json = ("content-type", "application/json");
    let id = "497f6eca-6276-4993-bfeb-53cbbbba6f08";
    let post = |path: &str, body: Value| http(&server, "POST", path, &[key, json], &body.to_string());
    let get = |path: &str| http(&server, "GET", path, &[key], "");
    let cases = [
        (get("/api/v1/nowhere"), 404, "unknown path"),
        (get("/nowhere"), 404, "unknown path"),
        (http(&server, "DELETE", "/api/v1/campaigns", &[key], ""), 405, "does not support the method"),
        (get("/api/v1/campaigns/7"), 400, "id: must be a UUID"),
        (get("/api/v1/campaigns?limit=101&page=0"), 400, "limit: must be at most 100; page: must be at least 1"),
        (get("/api/v1/campaigns?limit=ten"), 400, "limit: must be an integer"),
        (get("/api/v1/affiliates?email=ada"), 400, "email: must be an e-mail address"),
        (
            get("/api/v1/referrals?subscription_status=active,paused"),
            400,
            "subscription_status[1]: must be one of active,",
        ),
        (http(&server, "POST", "/api/v1/campaigns", &[key], "{}"), 415, "application/json"),
        (http(&server, "POST", "/api/v1/campaigns", &[key, json], "{"), 400, "not JSON"),
        (post("/api/v1/campaigns", json!([])), 400, "body: must be an object"),
        (
            post("/api/v1/affiliates", json!({"email": "x"})),
            400,
            "email: must be an e-mail address; first_name: is required; last_name",
        ),
        (
            post("/api/v1/commissions", json!({"referral_id": id, "revenue_amount": 0, "commission_amount": "1"})),
            400,
            "revenue_amount: must be greater than 0; commission_amount: must be a number",
        ),
        (
            post(
                "/api/v1/campaigns",
                json!({"name": "x", "commission_type": "both", "commission_amount": 1, "code_mode": "link"}),
            ),
            400,
            "commission_type: must be one of percentage, fixed; website_url: is required if code_mode is link or both",
        ),
        (
            post("/api/v1/affiliates", json!({"email": null, "first_name": "x", "last_name": "y"})),
            400,
            "email: must be a string",
        ),
    ];
    for ((status, body), expected, text) in cases {
        assert_eq!(status, expected, "{text}: {body}");
        let body: Value = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"));
        assert_eq!(body["success"], false);
        assert!(body["error"]["message"].as_str().is_some_and(|message| message.contains(text)), "{text}: {body}");
    }
}

#[test]
fn seeding() {
    let server = start();
    let given = Uuid::from_u128(42);
    let fields = json!({"id": given, "email": "ada@example.com", "clicks": null, "undocumented": {"x": 1}});
    let ada: Affiliate = server.seed(fields).expect("an affiliate");
    assert_eq!((ada.id, ada.email.as_str(), ada.clicks), (given, "ada@example.com", None));
    assert_eq!(ada.extra["undocumented"], json!({"x": 1}));
    assert!(ada.first_name.is_some(), "the rest is that of a sample");
    server.seed_many::<Commission>(1_000, |number| json!({"commission_amount": number})).expect("commissions");
    let page = wait(server.client().expect("a client").commissions().list().limit(1).page(1_000)).expect("a page");
    assert_eq!((page.items[0].commission_amount, page.pagination.total_count), (999.into(), Some(1_000)));
}

/// Partial objects in samples are merged, and nested objects also exist on their own.
#[test]
fn samples() {
    let server = mock::builder().samples().start().expect("a server");
    let client = server.client().expect("a client");
    wait(async {
        let sale = client.commissions().list().await?.items.remove(0);
        let customer = sale.referral.expect("a referral");
        let ada = client.affiliates().get("0a565296-4e53-477d-b118-b89e25e1af62".parse().expect("an id")).await?;
        assert_eq!(client.affiliates().get(ada.id).await?.clicks, Some(128), "the sample that shows most of it");
        assert_eq!(ada.campaign.expect("a campaign").reference_coupon.as_deref(), Some("SPRING20"));
        let customers = client.referrals().list().affiliate_id(ada.id).await?.items;
        assert!(customers.iter().any(|other| other.id == customer.id), "{customers:?}");
        assert!(!client.payouts().list().await?.items.is_empty());
        Ok::<_, Error>(())
    })
    .expect("responses");
    let empty = start();
    assert_eq!(wait(empty.client().expect("a client").affiliates().list()).expect("a page").items, []);
}

#[test]
fn seeds_that_do_not_fit() {
    let server = start();
    let seed = |fields: Value| server.seed::<Referral>(fields).expect_err("a rejection").to_string();
    assert_eq!(seed(json!(7)), "the fields of an object must be a JSON object");
    assert_eq!(seed(json!({"email": 7})), "the object violates the documentation: email: must be a string");
    assert_eq!(
        seed(json!({"affiliate": {}})),
        "`affiliate` is stored separately: seed it first, and refer to it with `affiliate_id`"
    );
    let nobody = Uuid::from_u128(7);
    assert_eq!(seed(json!({"affiliate_id": nobody})), format!("Affiliate {nobody} does not exist: seed it first"));
    let many = server.seed_many::<Referral>(2, |number| if number == 1 { json!([]) } else { json!({}) });
    assert_eq!(many, Err(SeedError::NoObject));
    assert!(wait(server.client().expect("a client").referrals().list()).is_ok(), "it goes on serving");
}

#[test]
fn the_same_seed_gives_the_same_ids() {
    let id = |seed| {
        let server = mock::builder().seed(seed).start().expect("a server");
        server.seed::<Campaign>(json!({})).expect("a campaign").id
    };
    assert_eq!(id(1), id(1));
    assert_ne!(id(1), id(2));
}

#[test]
fn the_log() {
    let server = start();
    let client = server.client().expect("a client");
    let _ = wait(client.affiliates().list().email("ada@example.com"));
    let _ = wait(client.campaigns().get(Uuid::from_u128(7)));
    let log = server.requests();
    let seen: Vec<_> = log.iter().map(|request| (request.operation, request.method.as_str(), request.status)).collect();
    assert_eq!(seen, [(Some("list_affiliates"), "GET", Some(200)), (Some("get_campaign"), "GET", Some(404))]);
    assert_eq!(
        (log[0].path.as_str(), log[0].query.as_deref()),
        ("/api/v1/affiliates", Some("email=ada%40example.com"))
    );
    assert!(log[0].at <= log[1].at);
    assert_eq!(server.requests_for("get_campaign").len(), 1);
}

#[test]
fn malformed_http() {
    let server = start();
    for text in ["", "\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n"] {
        raw(&server, &format!("{text}\r\n\r\n"));
    }
    assert!(wait(server.client().expect("a client").campaigns().list()).is_ok(), "it goes on serving");
}

#[test]
fn a_port_in_use() {
    let server = start();
    let error = mock::builder().port(server.address().port()).start().expect_err("the port is taken");
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
}
