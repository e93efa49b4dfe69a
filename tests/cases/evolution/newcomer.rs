//! A program that uses the additions.

use promotekit::webhooks::Event;
use promotekit::{Client, Decimal, Error, Payout, SubscriptionStatus, Uuid};

fn main() {
    let _: fn(Client) -> _ = additions;
    let _: fn(Event) -> _ = amount;
}

fn amount(event: Event) -> Option<Decimal> {
    if let Event::PayoutCreated(payout) = event { Some(payout.amount) } else { None }
}

async fn additions(client: Client) -> Result<Option<String>, Error> {
    let paused = client.referrals().list().subscription_status([SubscriptionStatus::Lapsed]).await?;
    let commissions = client.commissions().list().affiliate_id(paused.items[0].id).await?;
    let balance: Payout = client.payouts().get_balance(commissions.items[0].id).await?;
    let _: Uuid = balance.id;
    Ok(balance.status)
}
