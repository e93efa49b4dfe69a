//! Lists affiliates, records a referral and a commission for the first one, and reads the commission back.
//!
//! With `PROMOTEKIT_API_KEY` set this happens in your organization; otherwise on a mock server that runs here.

use promotekit::mock::{self, Server};
use promotekit::{Affiliate, Client, CreateCommission, CreateReferral, Decimal, SubscriptionStatus};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The mock server lives as long as this.
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
    let made = client.commissions().create(sale).await?;
    println!("commission {} made", made.id);

    let read = client.commissions().get(made.id).await?;
    println!("commission {} read: {} of {}", read.id, read.commission_amount, read.revenue_amount);
    Ok(())
}

/// A client of the real service if there is a key for it, of a mock server otherwise.
fn connect() -> Result<(Client, Option<Server>), Box<dyn std::error::Error>> {
    if std::env::var_os("PROMOTEKIT_API_KEY").is_some() {
        return Ok((Client::from_env()?, None));
    }
    println!("PROMOTEKIT_API_KEY is not set: using a mock server on this machine.");
    let server = mock::start()?;
    let _: Affiliate = server.seed(serde_json::json!({"email": "ada@example.com"}))?;
    Ok((server.client()?, Some(server)))
}
