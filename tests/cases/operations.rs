//! Each operation through the public API: exactly the documented request is sent, and the response is deserialized.

use libtest_mimic::Trial;
use promotekit::{
    CodeMode, CommissionType, CreateAffiliate, CreateCampaign, CreateCommission, CreateReferral, PayoutStatus,
    SubscriptionStatus, Timestamp, UpdateAffiliate, UpdateCampaign,
};
use serde_json::{Value, json};
use tests::calls::{ADA, CALLS, CHARLES, COMMISSION, GRACE, PAYOUT, SPRING, amount};
use tests::corpus;
use uuid::uuid;

use crate::case;
use crate::exchange::{check, get, post, put};

const OPERATIONS: &[(&str, fn())] = &[
    ("list_affiliates", list_affiliates),
    ("get_affiliate", get_affiliate),
    ("create_affiliate", create_affiliate),
    ("update_affiliate", update_affiliate),
    ("list_campaigns", list_campaigns),
    ("get_campaign", get_campaign),
    ("create_campaign", create_campaign),
    ("update_campaign", update_campaign),
    ("list_referrals", list_referrals),
    ("create_referral", create_referral),
    ("list_commissions", list_commissions),
    ("get_commission", get_commission),
    ("create_commission", create_commission),
    ("list_payouts", list_payouts),
    ("get_payout", get_payout),
];

pub(crate) fn cases() -> Vec<Trial> {
    let mut cases: Vec<_> = OPERATIONS.iter().map(|(name, check)| case(format!("operation::{name}"), *check)).collect();
    cases.push(case("operation::none_is_missing", || {
        for (name, _) in CALLS {
            assert!(OPERATIONS.iter().any(|(operation, _)| operation == name), "no case of {name}");
        }
    }));
    cases.push(case("operation::get_commission/as_documented", get_commission_as_documented));
    cases.push(case("operation::create_commission/as_documented", create_commission_as_documented));
    cases
}

#[track_caller]
fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn list_affiliates() {
    let query = &[
        ("campaign_id", "e455fe43-e6d9-472a-9efc-decac2709f78"),
        ("email", "ada@example.com"),
        ("ref_code", "ada"),
        ("promo_code", "ADA20"),
        ("limit", "100"),
        ("page", "2"),
    ];
    let page = check("list_affiliates/typical.response", &get("/api/v1/affiliates", query), |client| {
        let list = client.affiliates().list().campaign_id(SPRING).email("ada@example.com").ref_code("ada");
        list.promo_code("ADA20").limit(100).page(2)
    });
    let emails: Vec<_> = page.iter().map(|affiliate| affiliate.email.as_str()).collect();
    assert_eq!(emails, ["ada@example.com", "grace@example.com", "katherine@example.com"]);
    assert_eq!(page.items[0].id, ADA);
    assert_eq!((page.items[0].clicks, page.items[2].clicks), (Some(128), None));
    assert_eq!(page.items[2].links.as_deref(), Some(&[][..]));
    assert_eq!((page.pagination.page, page.pagination.limit), (Some(1), Some(10)));
    assert_eq!((page.pagination.total_count, page.pagination.total_pages), (Some(3), Some(1)));
    assert_eq!(page.pagination.has_more, Some(false));
}

fn get_affiliate() {
    let path = "/api/v1/affiliates/0a565296-4e53-477d-b118-b89e25e1af62";
    let ada = check("get_affiliate/typical.response", &get(path, &[]), |client| client.affiliates().get(ADA));
    assert_eq!((ada.first_name.as_deref(), ada.last_name.as_deref()), (Some("Ada"), Some("Lovelace")));
    assert_eq!(ada.payout_email.as_deref(), Some("ada.payouts@example.com"));
    assert_eq!(ada.links.expect("links")[0].url.as_deref(), Some("https://shop.example.com/?via=ada"));
    assert_eq!(ada.promo_codes.expect("promo codes")[0].external_id.as_deref(), Some("promo_ExampleAda"));
    assert_eq!((ada.approved, ada.banned), (Some(true), Some(false)));
    assert_eq!(ada.created_at, Some(at("2025-03-03T10:15:00Z")));
    assert_eq!(ada.campaign.expect("a campaign").code_mode, CodeMode::Both);
}

fn create_affiliate() {
    let body = json!({
        "email": "grace@example.com", "first_name": "Grace", "last_name": "Hopper",
        "payout_email": "grace.payouts@example.com", "ref_code": "grace", "promo_code": "GRACE20",
        "campaign_id": "e455fe43-e6d9-472a-9efc-decac2709f78", "approved": true,
        "details": "Speaks at conferences.", "new_paid_referral_notifications": false,
    });
    let grace = check("create_affiliate/typical.response", &post("/api/v1/affiliates", body), |client| {
        let new = CreateAffiliate::new("grace@example.com", "Grace", "Hopper");
        let new = new.payout_email("grace.payouts@example.com").ref_code("grace").promo_code("GRACE20");
        let new = new.campaign_id(SPRING).approved(true).details("Speaks at conferences.");
        client.affiliates().create(new.new_paid_referral_notifications(false))
    });
    assert_eq!((grace.id, grace.email.as_str()), (GRACE, "grace@example.com"));
    assert_eq!(grace.details.as_deref(), Some("Speaks at conferences."));
    assert_eq!(grace.clicks, Some(0));
    assert_eq!(grace.campaign.expect("a campaign").id, SPRING);
}

fn update_affiliate() {
    let body = json!({
        "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace",
        "payout_email": "ada.payouts@example.com", "ref_code": "ada", "promo_code": "ADA20",
        "campaign_id": "e455fe43-e6d9-472a-9efc-decac2709f78", "approved": true, "banned": true,
        "details": "Writes about computing engines.", "new_paid_referral_notifications": true,
    });
    let path = "/api/v1/affiliates/0a565296-4e53-477d-b118-b89e25e1af62";
    let ada = check("update_affiliate/banned.response", &put(path, body), |client| {
        let change = UpdateAffiliate::new().email("ada@example.com").first_name("Ada").last_name("Lovelace");
        let change = change.payout_email("ada.payouts@example.com").ref_code("ada").promo_code("ADA20");
        let change = change.campaign_id(SPRING).approved(true).banned(true).details("Writes about computing engines.");
        client.affiliates().update(ADA, change.new_paid_referral_notifications(true))
    });
    assert_eq!((ada.id, ada.banned), (ADA, Some(true)));
}

fn list_campaigns() {
    let query = &[("limit", "1"), ("page", "7")];
    let page = check("list_campaigns/typical.response", &get("/api/v1/campaigns", query), |client| {
        client.campaigns().list().limit(1).page(7)
    });
    let [spring, bonus] = page.items.as_slice() else { panic!("{page:?}") };
    assert_eq!((spring.name.as_str(), bonus.name.as_str()), ("Spring launch", "Partner bonus"));
    assert_eq!((&spring.commission_type, spring.commission_amount), (&CommissionType::Percentage, 20.into()));
    assert_eq!((&bonus.commission_type, bonus.commission_amount), (&CommissionType::Fixed, amount("12.5")));
    assert_eq!(page.pagination.total_count, Some(2));
}

fn get_campaign() {
    let path = "/api/v1/campaigns/e455fe43-e6d9-472a-9efc-decac2709f78";
    let spring = check("get_campaign/settings.response", &get(path, &[]), |client| client.campaigns().get(SPRING));
    assert_eq!((spring.limit_type, spring.limit_amount), (None, Some(500.into())));
    assert_eq!(spring.cookie_duration, Some(amount("0.5")));
    assert_eq!(spring.dashboard_text.as_deref(), Some("New banners are ready."));
    let first = spring.first_payment_commission.expect("a first payment commission");
    assert_eq!((first.enabled, first.type_.as_deref()), (Some(true), Some("fixed")));
    assert_eq!(first.amount, Some(amount("7.25")));
}

fn create_campaign() {
    let body = json!({
        "name": "Spring launch", "commission_type": "percentage", "commission_amount": 20, "code_mode": "both",
        "website_url": "https://shop.example.com", "reference_coupon": "SPRING20", "is_default": true,
    });
    let spring = check("create_campaign/typical.response", &post("/api/v1/campaigns", body), |client| {
        let new = CreateCampaign::new("Spring launch", CommissionType::Percentage, 20, CodeMode::Both);
        let new = new.website_url("https://shop.example.com").reference_coupon("SPRING20").is_default(true);
        client.campaigns().create(new)
    });
    assert_eq!((spring.id, spring.is_default), (SPRING, Some(true)));
    assert_eq!(spring.reference_coupon.as_deref(), Some("SPRING20"));
    assert_eq!(spring.created_at, Some(at("2025-03-01T09:00:00Z")));
}

fn update_campaign() {
    let body = json!({
        "name": "Spring launch", "commission_type": "fixed", "commission_amount": 22.5, "code_mode": "coupon",
        "website_url": "https://shop.example.com", "reference_coupon": "SPRING20", "is_default": false,
    });
    let path = "/api/v1/campaigns/e455fe43-e6d9-472a-9efc-decac2709f78";
    let spring = check("update_campaign/rate.response", &put(path, body), |client| {
        let change = UpdateCampaign::new().name("Spring launch").commission_type(CommissionType::Fixed);
        let change = change.commission_amount(amount("22.5")).code_mode(CodeMode::Coupon).is_default(false);
        let change = change.website_url("https://shop.example.com").reference_coupon("SPRING20");
        client.campaigns().update(SPRING, change)
    });
    assert_eq!(spring.commission_amount, amount("22.5"));
}

fn list_referrals() {
    let query = &[
        ("affiliate_id", "0a565296-4e53-477d-b118-b89e25e1af62"),
        ("email", "charles@example.com"),
        ("stripe_customer_id", "cus_ExampleCharles"),
        ("subscription_status", "active,trialing"),
        ("limit", "50"),
        ("page", "1"),
    ];
    let page = check("list_referrals/typical.response", &get("/api/v1/referrals", query), |client| {
        let list = client.referrals().list().affiliate_id(ADA).email("charles@example.com").limit(50).page(1);
        let list = list.stripe_customer_id("cus_ExampleCharles");
        list.subscription_status([SubscriptionStatus::Active, SubscriptionStatus::Trialing])
    });
    let statuses: Vec<_> = page.iter().map(|referral| referral.subscription_status.clone()).collect();
    let expected = [SubscriptionStatus::Active, SubscriptionStatus::Trialing, SubscriptionStatus::SignedUp];
    assert_eq!(statuses, expected.map(Some));
    assert_eq!(page.items[0].signup_date, Some(at("2025-05-02T16:40:00Z")));
    assert_eq!(page.items[2].stripe_customer_id, None);
}

fn create_referral() {
    let body = json!({
        "affiliate_id": "0a565296-4e53-477d-b118-b89e25e1af62", "email": "charles@example.com",
        "stripe_customer_id": "cus_ExampleCharles", "subscription_status": "past_due",
    });
    let charles = check("create_referral/typical.response", &post("/api/v1/referrals", body), |client| {
        let new = CreateReferral::new(ADA, "charles@example.com").stripe_customer_id("cus_ExampleCharles");
        client.referrals().create(new.subscription_status(SubscriptionStatus::PastDue))
    });
    assert_eq!((charles.id, charles.email.as_deref()), (CHARLES, Some("charles@example.com")));
    assert_eq!(charles.created_at, Some(at("2025-05-02T16:40:05Z")));
    assert_eq!(charles.affiliate.expect("an affiliate").id, ADA);
}

fn list_commissions() {
    let query = &[("limit", "3"), ("page", "1")];
    let page = check("list_commissions/typical.response", &get("/api/v1/commissions", query), |client| {
        client.commissions().list().limit(3).page(1)
    });
    let amounts: Vec<_> = page.iter().map(|row| (row.revenue_amount, row.commission_amount)).collect();
    let (small, large) = ((amount("49"), amount("9.8")), (amount("99.5"), amount("19.9")));
    assert_eq!(amounts, [small, large, small]);
    assert_eq!(page.items[2].payout.as_ref().expect("a payout").id, PAYOUT);
    assert_eq!((page.pagination.total_pages, page.pagination.has_more), (Some(3), Some(true)));
}

fn get_commission() {
    let path = "/api/v1/commissions/5840750e-9b5f-413b-9413-4c392c07ca35";
    let paid = check("get_commission/typical.response", &get(path, &[]), |client| client.commissions().get(COMMISSION));
    assert_eq!((paid.id, paid.currency.as_deref()), (COMMISSION, Some("usd")));
    assert_eq!((paid.revenue_amount, paid.commission_amount), (amount("49"), amount("9.8")));
    assert_eq!(paid.payout_status, None);
    assert_eq!(paid.referral_date, Some(at("2025-05-10T12:00:00Z")));
    assert_eq!(paid.created_at, Some(at("2025-05-10T12:00:03Z")));
    assert_eq!(paid.referral.expect("a referral").id, CHARLES);
    let payout = paid.payout.expect("a payout");
    assert_eq!((payout.amount, payout.payment_count), (amount("58.8"), Some(6)));
}

fn create_commission() {
    let body = json!({
        "referral_id": "6da8b7df-c541-498f-90ef-01d5730ef236", "revenue_amount": 49, "commission_amount": 9.8,
        "referral_date": "2025-06-01T12:00:00Z", "stripe_payment_id": "pi_ExampleCharles1",
    });
    let made = check("create_commission/typical.response", &post("/api/v1/commissions", body), |client| {
        let new = CreateCommission::new(CHARLES, 49, amount("9.8")).stripe_payment_id("pi_ExampleCharles1");
        client.commissions().create(new.referral_date(at("2025-06-01T12:00:00Z")))
    });
    assert_eq!(made.payout_status, Some(PayoutStatus::NotPaid));
    assert_eq!(made.stripe_payment_id.as_deref(), Some("pi_ExampleCharles1"));
    assert_eq!(made.affiliate.expect("an affiliate").email, "ada@example.com");
    assert_eq!(made.payout, None);
}

fn list_payouts() {
    let query = &[("affiliate_id", "0a565296-4e53-477d-b118-b89e25e1af62"), ("limit", "10"), ("page", "3")];
    let page = check("list_payouts/typical.response", &get("/api/v1/payouts", query), |client| {
        client.payouts().list().affiliate_id(ADA).limit(10).page(3)
    });
    let periods: Vec<_> = page.iter().map(|payout| payout.period.as_deref()).collect();
    assert_eq!(periods, [Some("2025-05"), Some("2025-04")]);
    assert_eq!(page.items[1].amount, amount("20"));
}

fn get_payout() {
    let path = "/api/v1/payouts/b31775e7-4083-455b-8b21-348b920d5aab";
    let payout = check("get_payout/typical.response", &get(path, &[]), |client| client.payouts().get(PAYOUT));
    assert_eq!((payout.id, payout.amount), (PAYOUT, amount("58.8")));
    assert_eq!(payout.affiliate_name.as_deref(), Some("Ada Lovelace"));
    assert_eq!((payout.currency.as_deref(), payout.payment_count), (Some("usd"), Some(6)));
    assert_eq!(payout.created_at, Some(at("2025-06-05T00:00:00Z")));
    assert_eq!(payout.affiliate.expect("an affiliate").id, ADA);
}

/// The documented curl call and its response.
fn get_commission_as_documented() {
    let path = "/api/v1/commissions/497f6eca-6276-4993-bfeb-53cbbbba6f08";
    let commission = check("get_commission/documented.response", &get(path, &[]), |client| {
        client.commissions().get(uuid!("497f6eca-6276-4993-bfeb-53cbbbba6f08"))
    });
    assert_eq!((commission.revenue_amount, commission.commission_amount), (0.into(), 0.into()));
    assert_eq!(commission.payout_status, Some(PayoutStatus::NotPaid));
    assert_eq!(commission.referral_date, Some(at("2019-08-24T14:15:22Z")));
}

/// The documented curl call, with valid amounts instead of its zeros.
fn create_commission_as_documented() {
    let mut body: Value =
        serde_json::from_str(&corpus::text("create_commission/documented.rejected")).expect("a JSON sample");
    body["revenue_amount"] = json!(100);
    body["commission_amount"] = json!(0.01);
    let commission = check("create_commission/documented.response", &post("/api/v1/commissions", body), |client| {
        let referral = uuid!("2d946960-d63d-4137-b67f-4dc8d4a3067c");
        let new = CreateCommission::new(referral, 100, amount("0.01")).stripe_payment_id("string");
        client.commissions().create(new.referral_date(at("2019-08-24T14:15:22Z")))
    });
    assert_eq!(commission.currency.as_deref(), Some("string"));
    assert_eq!(commission.payout.expect("a payout").amount, 0.into());
}
