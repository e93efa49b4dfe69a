//! Every sample of a request body, built through the public API, is sent exactly as in the file.

use libtest_mimic::Trial;
use promotekit::{
    CodeMode, CommissionType, CreateAffiliate, CreateCampaign, CreateCommission, CreateReferral, SubscriptionStatus,
    Timestamp, UpdateAffiliate, UpdateCampaign, Uuid,
};
use tests::calls::{ADA, CHARLES, Call, GRACE, SPRING, amount, send};
use tests::corpus::{self, Sample};
use tests::server::{Reply, Server, wait};
use uuid::uuid;

use crate::case;

const DOCUMENTED_CAMPAIGN: Uuid = uuid!("78614b6c-fe7c-41e2-8e25-c9b3a3c91904");

const ROWS: &[(&str, Call)] = &[
    ("create_affiliate/documented", |client| {
        let new = CreateAffiliate::new("user@example.com", "string", "string").payout_email("user@example.com");
        let new = new.ref_code("string").promo_code("string").campaign_id(DOCUMENTED_CAMPAIGN).approved(true);
        send(client.affiliates().create(new.details("string").new_paid_referral_notifications(true)))
    }),
    ("create_affiliate/minimal", |client| {
        send(client.affiliates().create(CreateAffiliate::new("katherine@example.com", "Katherine", "Johnson")))
    }),
    ("create_affiliate/not_approved", |client| {
        let new = CreateAffiliate::new("katherine@example.com", "Katherine", "Johnson");
        send(client.affiliates().create(new.approved(false).new_paid_referral_notifications(false)))
    }),
    ("create_affiliate/typical", |client| {
        let new = CreateAffiliate::new("grace@example.com", "Grace", "Hopper").ref_code("grace").promo_code("GRACE20");
        let new = new.payout_email("grace.payouts@example.com").campaign_id(SPRING).approved(true);
        let new = new.details("Speaks at conferences.").new_paid_referral_notifications(true);
        send(client.affiliates().create(new))
    }),
    ("create_campaign/coupon", |client| {
        let new = CreateCampaign::new("Coupon only", CommissionType::Percentage, amount("7.5"), CodeMode::Coupon);
        send(client.campaigns().create(new.reference_coupon("PARTNER10")))
    }),
    ("create_campaign/documented", |client| {
        let new = CreateCampaign::new("string", CommissionType::Percentage, 0, CodeMode::Link);
        send(client.campaigns().create(new.website_url("string").reference_coupon("string").is_default(false)))
    }),
    ("create_campaign/minimal", |client| {
        let new = CreateCampaign::new("Partner bonus", CommissionType::Fixed, amount("12.5"), CodeMode::Link);
        send(client.campaigns().create(new.website_url("https://shop.example.com/partners")))
    }),
    ("create_campaign/typical", |client| {
        let new = CreateCampaign::new("Spring launch", CommissionType::Percentage, 20, CodeMode::Both);
        let new = new.website_url("https://shop.example.com").reference_coupon("SPRING20").is_default(true);
        send(client.campaigns().create(new))
    }),
    ("create_commission/large_amounts", |client| {
        let new = CreateCommission::new(CHARLES, amount("999999999999.99"), amount("1234567.89"));
        send(client.commissions().create(new))
    }),
    ("create_commission/minimal", |client| {
        send(client.commissions().create(CreateCommission::new(CHARLES, 49, amount("9.8"))))
    }),
    ("create_commission/small_amounts", |client| {
        send(client.commissions().create(CreateCommission::new(CHARLES, amount("0.1"), amount("0.000001"))))
    }),
    ("create_commission/typical", |client| {
        let date: Timestamp = "2025-06-01T12:00:00Z".parse().expect("a time");
        let new = CreateCommission::new(CHARLES, 49, amount("9.8")).referral_date(date);
        send(client.commissions().create(new.stripe_payment_id("pi_ExampleCharles1")))
    }),
    ("create_referral/documented", |client| {
        let new = CreateReferral::new(uuid!("3b7d610b-bb33-4bfb-8025-7abb425f8603"), "user@example.com");
        let new = new.stripe_customer_id("string").subscription_status(SubscriptionStatus::Active);
        send(client.referrals().create(new))
    }),
    ("create_referral/minimal", |client| {
        send(client.referrals().create(CreateReferral::new(GRACE, "alan@example.com")))
    }),
    ("create_referral/typical", |client| {
        let new = CreateReferral::new(ADA, "charles@example.com").stripe_customer_id("cus_ExampleCharles");
        send(client.referrals().create(new.subscription_status(SubscriptionStatus::Active)))
    }),
    ("update_affiliate/banned", |client| send(client.affiliates().update(ADA, UpdateAffiliate::new().banned(true)))),
    ("update_affiliate/documented", |client| {
        let change = UpdateAffiliate::new().email("user@example.com").first_name("string").last_name("string");
        let change = change.payout_email("user@example.com").ref_code("string").promo_code("string");
        let change = change.campaign_id(DOCUMENTED_CAMPAIGN).approved(true).banned(true).details("string");
        send(client.affiliates().update(ADA, change.new_paid_referral_notifications(true)))
    }),
    ("update_affiliate/empty", |client| send(client.affiliates().update(ADA, UpdateAffiliate::new()))),
    ("update_affiliate/payout_email", |client| {
        send(client.affiliates().update(ADA, UpdateAffiliate::new().payout_email("ada.payouts@example.com")))
    }),
    ("update_campaign/default", |client| {
        send(client.campaigns().update(SPRING, UpdateCampaign::new().is_default(true)))
    }),
    ("update_campaign/documented", |client| {
        let change = UpdateCampaign::new().name("string").commission_type(CommissionType::Percentage);
        let change = change.commission_amount(0).code_mode(CodeMode::Link).website_url("string");
        send(client.campaigns().update(SPRING, change.reference_coupon("string").is_default(true)))
    }),
    ("update_campaign/rate", |client| {
        send(client.campaigns().update(SPRING, UpdateCampaign::new().commission_amount(amount("22.5"))))
    }),
];

pub(crate) fn cases() -> Vec<Trial> {
    let mut cases: Vec<_> = corpus::of_kind("request")
        .map(|sample| case(format!("request::{}", sample.id()), move || check(&sample)))
        .collect();
    cases.push(case("request::no_row_is_stale", || {
        corpus::no_row_is_stale(ROWS.iter().map(|(id, _)| *id), "request");
    }));
    cases
}

fn check(sample: &Sample) {
    let id = sample.id();
    let (_, call) = ROWS.iter().find(|(row, _)| *row == id).unwrap_or_else(|| panic!("no row builds {id}"));
    let response = corpus::text(&format!("{}/documented.response", sample.directory));
    let server = Server::replying([Reply::json(200, response)]);
    wait(call(&server.client())).unwrap_or_else(|error| panic!("{error}"));
    let bodies: Vec<_> = server.seen().iter().map(promotekit::mock::Recorded::json).collect();
    assert_eq!(bodies, [Some(sample.json())]);
}
