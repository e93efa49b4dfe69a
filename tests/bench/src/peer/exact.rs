//! The objects of a commission as careful code would model them: exact, typed, and without undocumented properties.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;
use uuid::Uuid;

/// A commission of an affiliate for one payment.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct Commission {
    pub id: Uuid,
    pub revenue_amount: Decimal,
    pub currency: Option<String>,
    pub commission_amount: Decimal,
    pub payout_status: Option<PayoutStatus>,
    pub referral_date: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub stripe_payment_id: Option<String>,
    pub affiliate: Option<Affiliate>,
    pub referral: Option<Referral>,
    pub payout: Option<Payout>,
}

/// A person who promotes a product.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct Affiliate {
    pub id: Uuid,
    pub email: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub payout_email: Option<String>,
    pub links: Option<Vec<Link>>,
    pub promo_codes: Option<Vec<PromoCode>>,
    pub clicks: Option<i64>,
    pub approved: Option<bool>,
    pub banned: Option<bool>,
    pub details: Option<String>,
    pub new_paid_referral_notifications: Option<bool>,
    pub created_at: Option<Timestamp>,
    pub campaign: Option<Campaign>,
}

/// A link of an affiliate.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct Link {
    pub url: Option<String>,
    pub code: Option<String>,
}

/// A promo code of an affiliate.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct PromoCode {
    pub code: Option<String>,
    pub external_id: Option<String>,
}

/// A campaign and its commission rules.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct Campaign {
    pub id: Uuid,
    pub name: String,
    pub created_at: Option<Timestamp>,
    pub website_url: Option<String>,
    pub commission_type: CommissionType,
    pub commission_amount: Decimal,
    pub is_default: Option<bool>,
    pub limit_type: Option<String>,
    pub limit_amount: Option<Decimal>,
    pub code_mode: Option<CodeMode>,
    pub reference_coupon: Option<String>,
    pub custom_commission_type: Option<String>,
    pub welcome_message: Option<String>,
    pub approval_needed: Option<bool>,
    pub collect_details: Option<bool>,
    pub details_text: Option<String>,
    pub hide_emails: Option<bool>,
    pub dashboard_text: Option<String>,
    pub cookie_duration: Option<Decimal>,
    pub first_payment_commission: Option<FirstPayment>,
}

/// The commission on a first payment, if it differs.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct FirstPayment {
    pub enabled: Option<bool>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub amount: Option<Decimal>,
}

/// A customer referred by an affiliate.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct Referral {
    pub id: Uuid,
    pub email: Option<String>,
    pub subscription_status: Option<SubscriptionStatus>,
    pub signup_date: Option<Timestamp>,
    pub stripe_customer_id: Option<String>,
    pub created_at: Option<Timestamp>,
    pub affiliate: Option<Affiliate>,
}

/// A payment to an affiliate.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct Payout {
    pub id: Uuid,
    pub affiliate_name: Option<String>,
    pub payout_email: Option<String>,
    pub amount: Decimal,
    pub currency: Option<String>,
    pub period: Option<String>,
    pub payment_count: Option<i64>,
    pub created_at: Option<Timestamp>,
    pub affiliate: Option<Affiliate>,
}

/// Whether a commission has been paid out.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the API's")]
pub enum PayoutStatus {
    NotPaid,
    #[serde(other)]
    Unknown,
}

/// How a commission is calculated.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the API's")]
pub enum CommissionType {
    Percentage,
    Fixed,
    #[serde(other)]
    Unknown,
}

/// How a referral is tracked.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the API's")]
pub enum CodeMode {
    Link,
    Coupon,
    Both,
    #[serde(other)]
    Unknown,
}

/// The subscription state of a referral.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the API's")]
pub enum SubscriptionStatus {
    Active,
    SignedUp,
    Trialing,
    Canceled,
    PastDue,
    #[serde(other)]
    Unknown,
}
