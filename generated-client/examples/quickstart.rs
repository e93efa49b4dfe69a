//! Lists affiliates, creates a referral and a commission for the first one, and reads the commission back.
//!
//! Runs on a mock server. With `--live` it uses `PROMOTEKIT_API_KEY` and writes to your organization.

use promotekit::mock::{self, Server};
use promotekit::{Affiliate, Client, CreateCommission, CreateReferral, Decimal, SubscriptionStatus};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The mock server runs until this is dropped.
    let (client, _server) = connect()?;

    let affiliates = client.affiliates().list().limit(100).await?;
    for affiliate in &affiliates {
        println!("affiliate  {} {}", affiliate.id, affiliate.email);
    }
    let Some(affiliate) = affiliates.items.first() else {
        println!("There is no affiliate yet to refer a customer.");
        return Ok(());
    };

    let customer = CreateReferral::new(affiliate.id, "customer@example.com");
    let customer = customer.subscription_status(SubscriptionStatus::Active);
    let referral = client.referrals().create(customer).await?;
    println!("referral   {} of {}", referral.id, affiliate.email);

    // 49.00 in revenue, of which the affiliate earns 20 %: amounts are in major currency units.
    let sale = CreateCommission::new(referral.id, 49, Decimal::new(980, 2));
    let created = client.commissions().create(sale).await?;
    println!("commission {} created", created.id);

    let read = client.commissions().get(created.id).await?;
    println!("commission {} read: {} of {}", read.id, read.commission_amount, read.revenue_amount);
    Ok(())
}

/// A client of a mock server, or of the real service with `--live`.
fn connect() -> Result<(Client, Option<Server>), Box<dyn std::error::Error>> {
    match std::env::args().nth(1).as_deref() {
        Some("--live") => return Ok((Client::from_env()?, None)),
        Some(other) => return Err(format!("unknown argument `{other}`; the only one is `--live`").into()),
        None => {}
    }
    let server = mock::start()?;
    let _: Affiliate = server.seed(serde_json::json!({"email": "ada@example.com"}))?;
    Ok((server.client()?, Some(server)))
}
