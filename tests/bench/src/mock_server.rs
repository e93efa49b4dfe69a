//! A mock server for the API, with a page of commissions that have every field.

use promotekit::mock::Server;
use promotekit::{Affiliate, Campaign, Commission, Payout, RateLimit, Referral};
use serde_json::json;
use uuid::Uuid;

use crate::peer;

/// More requests than any benchmark makes. The window is short, so the limiter tracks about as many requests as with
/// 200 per minute.
pub const UNREACHED: RateLimit = RateLimit::new(1_000_000, std::time::Duration::from_millis(10));

/// A server, a client and a hand-written client for it, and the ID of a commission.
pub struct MockServer {
    /// The server; it stops when this value is dropped.
    pub server: Server,
    /// The client under test.
    pub ours: promotekit::Client,
    /// The hand-written client.
    pub theirs: peer::Client,
    /// The ID of a seeded commission.
    pub id: Uuid,
}

impl MockServer {
    /// Starts a server with 100 commissions, each with its own affiliate, referral and payout.
    ///
    /// # Panics
    /// If it cannot be started.
    pub fn start() -> Self {
        let server = promotekit::mock::builder().without_rate_limit().start().expect("a server");
        let id = seed(&server).expect("objects as documented");
        let ours = promotekit::Client::builder(server.api_key()).base_url(server.url()).rate_limit(UNREACHED);
        let theirs = peer::Client::new(server.url(), server.api_key());
        Self { ours: ours.build().expect("a client"), theirs, id, server }
    }
}

/// Returns the body of a page of 100 commissions, as the server sends it.
///
/// # Panics
/// If the request fails.
pub fn page() -> bytes::Bytes {
    let mock_server = MockServer::start();
    crate::runtime().block_on(mock_server.theirs.commissions_text())
}

fn seed(server: &Server) -> Result<Uuid, promotekit::mock::SeedError> {
    let campaign: Campaign = server.seed(json!({}))?;
    let mut last = Uuid::nil();
    for number in 0..100 {
        let email = format!("affiliate-{number}@example.com");
        let affiliate: Affiliate = server.seed(json!({"email": email, "campaign_id": campaign.id}))?;
        let referral: Referral = server.seed(json!({"affiliate_id": affiliate.id}))?;
        let payout: Payout = server.seed(json!({"affiliate_id": affiliate.id}))?;
        let commission = json!({
            "referral_id": referral.id,
            "payout_id": payout.id,
            "revenue_amount": f64::from(4900 + number) / 100.0,
            "commission_amount": f64::from(980 + number) / 100.0,
        });
        last = server.seed::<Commission>(commission)?.id;
    }
    Ok(last)
}
