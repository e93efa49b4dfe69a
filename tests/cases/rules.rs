//! Requests that violate documented rules: all violations are returned, and nothing is sent.

use libtest_mimic::Trial;
use promotekit::{
    Client, CodeMode, CommissionType, CreateAffiliate, CreateCampaign, CreateCommission, CreateReferral, Decimal,
    Error, UpdateAffiliate, UpdateCampaign,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tests::calls::{ADA, CHARLES, Call, GRACE, SPRING, Sent, amount, encode, send};
use tests::corpus::{self, Sample};
use tests::server::{Server, wait};
use tests::shape::violations;
use uuid::uuid;

use crate::case;

/// The expected violations: path and rule of each, in order.
type Violations = &'static [(&'static str, &'static str)];

const EMAIL: &str = "must be an e-mail address";
const POSITIVE: &str = "must be greater than 0";

/// The reason why a sample is rejected.
enum Broken {
    /// The value can be built; validation before sending finds these violations.
    Checked(fn(&Client) -> (Value, Sent), Violations),
    /// No request type can hold the sample; deserializing it fails with this message.
    Unrepresentable(fn(&str) -> Option<String>, &'static str),
}
use Broken::{Checked, Unrepresentable};

const SAMPLES: &[(&str, Broken)] = &[
    ("create_affiliate/invalid_campaign_id", Unrepresentable(mismatch::<CreateAffiliate>, "UUID parsing failed")),
    (
        "create_affiliate/invalid_email",
        Checked(
            |client| {
                let new = CreateAffiliate::new("grace at example.com", "Grace", "Hopper");
                both(new, |new| client.affiliates().create(new))
            },
            &[("email", EMAIL)],
        ),
    ),
    ("create_affiliate/missing_last_name", Unrepresentable(mismatch::<CreateAffiliate>, "missing field `last_name`")),
    ("create_campaign/missing_code_mode", Unrepresentable(mismatch::<CreateCampaign>, "missing field `code_mode`")),
    ("create_campaign/missing_name", Unrepresentable(mismatch::<CreateCampaign>, "missing field `name`")),
    (
        "create_commission/documented",
        Checked(
            |client| {
                let new = CreateCommission::new(uuid!("2d946960-d63d-4137-b67f-4dc8d4a3067c"), 0, 0);
                let new = new.referral_date("2019-08-24T14:15:22Z".parse().expect("a time"));
                both(new.stripe_payment_id("string"), |new| client.commissions().create(new))
            },
            &[("revenue_amount", POSITIVE), ("commission_amount", POSITIVE)],
        ),
    ),
    (
        "create_commission/invalid_referral_date",
        Unrepresentable(mismatch::<CreateCommission>, "expected an RFC 3339 date and time"),
    ),
    ("create_commission/invalid_referral_id", Unrepresentable(mismatch::<CreateCommission>, "UUID parsing failed")),
    (
        "create_commission/missing_revenue_amount",
        Unrepresentable(mismatch::<CreateCommission>, "missing field `revenue_amount`"),
    ),
    (
        "create_commission/negative_revenue",
        Checked(
            |client| {
                let new = CreateCommission::new(CHARLES, -49, amount("9.8"));
                both(new, |new| client.commissions().create(new))
            },
            &[("revenue_amount", POSITIVE)],
        ),
    ),
    (
        "create_commission/zero_commission",
        Checked(
            |client| both(CreateCommission::new(CHARLES, 49, 0), |new| client.commissions().create(new)),
            &[("commission_amount", POSITIVE)],
        ),
    ),
    (
        "create_referral/invalid_email",
        Checked(
            |client| both(CreateReferral::new(GRACE, "alan"), |new| client.referrals().create(new)),
            &[("email", EMAIL)],
        ),
    ),
    (
        "create_referral/missing_affiliate_id",
        Unrepresentable(mismatch::<CreateReferral>, "missing field `affiliate_id`"),
    ),
    (
        "update_affiliate/invalid_payout_email",
        Checked(
            |client| {
                let change = UpdateAffiliate::new().payout_email("ada.payouts");
                both(change, |change| client.affiliates().update(ADA, change))
            },
            &[("payout_email", EMAIL)],
        ),
    ),
    (
        "update_campaign/text_amount",
        Unrepresentable(mismatch::<UpdateCampaign>, "a string that is not a decimal number"),
    ),
];

const AT_LEAST_1: &str = "must be at least 1";
const AT_MOST_100: &str = "must be at most 100";
const NEEDS_URL: (&str, &str) = ("website_url", "is required if `code_mode` is `link` or `both`");
const NEEDS_COUPON: (&str, &str) = ("reference_coupon", "is required if `code_mode` is `coupon` or `both`");

/// Rules without a sample.
const CALLS: &[(&str, Call, Violations)] = &[
    ("link_without_url", |client| send(client.campaigns().create(campaign(CodeMode::Link))), &[NEEDS_URL]),
    ("coupon_without_coupon", |client| send(client.campaigns().create(campaign(CodeMode::Coupon))), &[NEEDS_COUPON]),
    (
        "both_without_either",
        |client| send(client.campaigns().create(campaign(CodeMode::Both))),
        &[NEEDS_URL, NEEDS_COUPON],
    ),
    (
        "both_without_coupon",
        |client| send(client.campaigns().create(campaign(CodeMode::Both).website_url("https://shop.example.com"))),
        &[NEEDS_COUPON],
    ),
    ("limit_0", |client| send(client.affiliates().list().limit(0)), &[("limit", AT_LEAST_1)]),
    ("limit_101", |client| send(client.campaigns().list().limit(101)), &[("limit", AT_MOST_100)]),
    ("page_0", |client| send(client.payouts().list().page(0)), &[("page", AT_LEAST_1)]),
    (
        "limit_and_page",
        |client| send(client.commissions().list().limit(-1).page(-1)),
        &[("limit", AT_LEAST_1), ("page", AT_LEAST_1)],
    ),
    (
        "referral_filters",
        |client| send(client.referrals().list().email("charles").subscription_status([]).limit(1000).page(0)),
        &[
            ("email", EMAIL),
            ("subscription_status", "must have at least 1 item"),
            ("limit", AT_MOST_100),
            ("page", AT_LEAST_1),
        ],
    ),
    ("email_filter", |client| send(client.affiliates().list().email("ada@")), &[("email", EMAIL)]),
    (
        "both_emails",
        |client| {
            let new = CreateAffiliate::new("ada@@example.com", "Ada", "Lovelace").payout_email(" ada@example.com");
            send(client.affiliates().create(new))
        },
        &[("email", EMAIL), ("payout_email", EMAIL)],
    ),
    (
        "too_many_digits",
        |client| {
            let too_long = Decimal::from_str_exact("1234567890123456789.01").expect("a decimal");
            send(client.commissions().create(CreateCommission::new(CHARLES, too_long, 1)))
        },
        &[("revenue_amount", "must fit in a JSON number (up to 15 significant digits)")],
    ),
    (
        "too_many_digits_in_a_change",
        |client| {
            let too_long = Decimal::from_str_exact("0.1234567890123456789").expect("a decimal");
            send(client.campaigns().update(SPRING, UpdateCampaign::new().commission_amount(too_long)))
        },
        &[("commission_amount", "must fit in a JSON number (up to 15 significant digits)")],
    ),
];

pub(crate) fn cases() -> Vec<Trial> {
    let samples = corpus::of_kind("rejected")
        .map(|sample| case(format!("rejected::{}", sample.id()), move || check_sample(&sample)));
    let calls = CALLS
        .iter()
        .map(|(name, call, expected)| case(format!("rule::{name}"), || check(|client| call(client), expected)));
    let stale = case("rejected::no_row_is_stale", || {
        corpus::no_row_is_stale(SAMPLES.iter().map(|(id, _)| *id), "rejected");
    });
    samples.chain(calls).chain([stale]).collect()
}

fn check_sample(sample: &Sample) {
    let id = sample.id();
    let (_, rejection) = SAMPLES.iter().find(|(row, _)| *row == id).unwrap_or_else(|| panic!("no row builds {id}"));
    match rejection {
        Checked(build, expected) => check(
            |client| {
                let (body, sent) = build(client);
                assert_eq!(body, sample.json(), "the row builds another body");
                sent
            },
            expected,
        ),
        Unrepresentable(read, expected) => {
            let problem = read(&sample.text()).expect("the request type holds the sample after all");
            assert!(problem.contains(expected), "{problem}");
        }
    }
}

fn check(call: impl FnOnce(&Client) -> Sent, expected: Violations) {
    let server = Server::replying([]);
    let error = wait(call(&server.client())).expect_err("the request breaks a rule");
    assert_eq!(violations(&error), expected);
    assert!(server.seen().is_empty(), "{:?}", server.seen());
}

/// Returns a body as JSON, and the call that would send it.
fn both<B, R, T>(body: B, call: impl FnOnce(B) -> R) -> (Value, Sent)
where
    B: Serialize,
    R: IntoFuture<Output = Result<T, Error>>,
    R::IntoFuture: Send + 'static,
    T: Serialize,
{
    (encode(&body), send(call(body)))
}

/// Returns the error of deserializing a text as `T`.
fn mismatch<T: DeserializeOwned>(text: &str) -> Option<String> {
    serde_json::from_str::<T>(text).err().map(|error| error.to_string())
}

fn campaign(mode: CodeMode) -> CreateCampaign {
    CreateCampaign::new("Spring launch", CommissionType::Percentage, 20, mode)
}
