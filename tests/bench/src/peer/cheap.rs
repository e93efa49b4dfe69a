//! The objects of a commission as quick code would model them: amounts are floats, IDs and times are strings.

use serde::Deserialize;

/// A commission of an affiliate for one payment.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct Commission {
    pub id: String,
    pub revenue_amount: f64,
    pub currency: Option<String>,
    pub commission_amount: f64,
    pub payout_status: Option<String>,
    pub referral_date: Option<String>,
    pub created_at: Option<String>,
    pub stripe_payment_id: Option<String>,
    pub affiliate: Option<Affiliate>,
    pub referral: Option<Referral>,
    pub payout: Option<Payout>,
}

/// A person who promotes a product.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct Affiliate {
    pub id: String,
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
    pub created_at: Option<String>,
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
    pub id: String,
    pub name: String,
    pub created_at: Option<String>,
    pub website_url: Option<String>,
    pub commission_type: String,
    pub commission_amount: f64,
    pub is_default: Option<bool>,
    pub limit_type: Option<String>,
    pub limit_amount: Option<f64>,
    pub code_mode: Option<String>,
    pub reference_coupon: Option<String>,
    pub custom_commission_type: Option<String>,
    pub welcome_message: Option<String>,
    pub approval_needed: Option<bool>,
    pub collect_details: Option<bool>,
    pub details_text: Option<String>,
    pub hide_emails: Option<bool>,
    pub dashboard_text: Option<String>,
    pub cookie_duration: Option<f64>,
    pub first_payment_commission: Option<FirstPayment>,
}

/// The commission on a first payment, if it differs.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct FirstPayment {
    pub enabled: Option<bool>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub amount: Option<f64>,
}

/// A customer referred by an affiliate.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct Referral {
    pub id: String,
    pub email: Option<String>,
    pub subscription_status: Option<String>,
    pub signup_date: Option<String>,
    pub stripe_customer_id: Option<String>,
    pub created_at: Option<String>,
    pub affiliate: Option<Affiliate>,
}

/// A payment to an affiliate.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's")]
pub struct Payout {
    pub id: String,
    pub affiliate_name: Option<String>,
    pub payout_email: Option<String>,
    pub amount: f64,
    pub currency: Option<String>,
    pub period: Option<String>,
    pub payment_count: Option<i64>,
    pub created_at: Option<String>,
    pub affiliate: Option<Affiliate>,
}
