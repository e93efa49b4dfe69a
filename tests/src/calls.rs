//! One call of every operation, with valid inputs, for tests of responses.

use std::pin::Pin;

use promotekit::{
    Client, CodeMode, CommissionType, CreateAffiliate, CreateCampaign, CreateCommission, CreateReferral, Decimal,
    Error, UpdateAffiliate, UpdateCampaign, Uuid,
};
use serde::Serialize;
use serde_json::Value;
use uuid::uuid;

use crate::server::wait;

/// An affiliate of the samples.
pub const ADA: Uuid = uuid!("0a565296-4e53-477d-b118-b89e25e1af62");
/// Another affiliate.
pub const GRACE: Uuid = uuid!("1e822e44-a4bc-4aa2-921b-b5c626386e22");
/// A campaign.
pub const SPRING: Uuid = uuid!("e455fe43-e6d9-472a-9efc-decac2709f78");
/// A referral.
pub const CHARLES: Uuid = uuid!("6da8b7df-c541-498f-90ef-01d5730ef236");
/// A commission.
pub const COMMISSION: Uuid = uuid!("5840750e-9b5f-413b-9413-4c392c07ca35");
/// A payout.
pub const PAYOUT: Uuid = uuid!("b31775e7-4083-455b-8b21-348b920d5aab");

/// The outcome of a call, with the value as JSON.
pub type Sent = Pin<Box<dyn Future<Output = Result<Value, Error>> + Send>>;

/// A call of one operation.
pub type Call = fn(&Client) -> Sent;

/// Sends the request of any operation.
pub fn send<R, T>(request: R) -> Sent
where
    R: IntoFuture<Output = Result<T, Error>>,
    R::IntoFuture: Send + 'static,
    T: Serialize,
{
    let pending = request.into_future();
    Box::pin(async { pending.await.map(|value| encode(&value)) })
}

/// Returns the value's JSON.
pub fn encode(value: &impl Serialize) -> Value {
    let text = serde_json::to_string(value).expect("every value can be written");
    serde_json::from_str(&text).expect("what is written is JSON")
}

/// Parses an amount.
#[track_caller]
pub fn amount(digits: &str) -> Decimal {
    Decimal::from_str_exact(digits).expect("an amount")
}

/// Returns the call of an operation.
pub fn call_of(operation: &str) -> Option<Call> {
    CALLS.iter().find(|(name, _)| *name == operation).map(|(_, call)| *call)
}

/// Makes a call that fails and returns its error.
#[track_caller]
pub fn fail(client: &Client, operation: &str) -> Error {
    let call = call_of(operation).unwrap_or_else(|| panic!("no call of {operation}"));
    wait(call(client)).expect_err("a failure")
}

/// Every operation's call. Inputs contain e-mail addresses where possible, so that leaks are detected.
pub const CALLS: &[(&str, Call)] = &[
    ("list_affiliates", |client| send(client.affiliates().list().email("ada+promo@example.com"))),
    ("get_affiliate", |client| send(client.affiliates().get(ADA))),
    ("create_affiliate", |client| {
        send(client.affiliates().create(CreateAffiliate::new("grace@example.com", "Grace", "Hopper")))
    }),
    ("update_affiliate", |client| {
        send(client.affiliates().update(ADA, UpdateAffiliate::new().payout_email("ada.payouts@example.com")))
    }),
    ("list_campaigns", |client| send(client.campaigns().list())),
    ("get_campaign", |client| send(client.campaigns().get(SPRING))),
    ("create_campaign", |client| {
        let coupon = CreateCampaign::new("Coupon only", CommissionType::Percentage, amount("7.5"), CodeMode::Coupon);
        send(client.campaigns().create(coupon.reference_coupon("PARTNER10")))
    }),
    ("update_campaign", |client| send(client.campaigns().update(SPRING, UpdateCampaign::new().is_default(true)))),
    ("list_referrals", |client| send(client.referrals().list().email("charles@example.com"))),
    ("create_referral", |client| send(client.referrals().create(CreateReferral::new(GRACE, "alan@example.com")))),
    ("list_commissions", |client| send(client.commissions().list())),
    ("get_commission", |client| send(client.commissions().get(COMMISSION))),
    ("create_commission", |client| {
        send(client.commissions().create(CreateCommission::new(CHARLES, 49, amount("9.8"))))
    }),
    ("list_payouts", |client| send(client.payouts().list().affiliate_id(ADA))),
    ("get_payout", |client| send(client.payouts().get(PAYOUT))),
];
