//! A program that uses what the changes add.

use promotekit::{Client, Error, Payout, SubscriptionStatus, Uuid};

fn main() {
    let _: fn(Client) -> _ = additions;
}

async fn additions(client: Client) -> Result<Option<String>, Error> {
    let paused = client.referrals().list().subscription_status([SubscriptionStatus::Lapsed]).await?;
    let commissions = client.commissions().list().affiliate_id(paused.items[0].id).await?;
    let balance: Payout = client.payouts().get_balance(commissions.items[0].id).await?;
    let _: Uuid = balance.id;
    Ok(balance.status)
}
