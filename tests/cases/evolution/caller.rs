//! A program as a user of the crate might have written it before the API changed.

use promotekit::webhooks::Event;
use promotekit::{
    Client, CodeMode, Commission, CommissionType, CreateAffiliate, CreateCampaign, CreateCommission, CreateReferral,
    Decimal, Error, SubscriptionStatus, UpdateAffiliate, UpdateCampaign, Uuid,
};

fn main() {
    let _: fn(Client) -> _ = everything;
    let _: fn(&[u8]) -> _ = read_body;
}

/// Parses a webhook.
fn read_body(body: &[u8]) -> Result<Option<Uuid>, Error> {
    match Event::parse(body)? {
        Event::AffiliateCreated(affiliate) | Event::AffiliateApproved(affiliate) => Ok(Some(affiliate.id)),
        Event::CommissionCreated(commission) => Ok(Some(commission.id)),
        Event::Unknown(event) => Ok(event.data["id"].as_str().and_then(|id| id.parse().ok())),
        _ => Ok(None),
    }
}

/// Uses every operation and its response.
async fn everything(client: Client) -> Result<Decimal, Error> {
    let campaign = CreateCampaign::new("Spring", CommissionType::Percentage, Decimal::from(20), CodeMode::Link);
    let campaign = client.campaigns().create(campaign.website_url("https://example.com").is_default(false)).await?;
    let campaign = client.campaigns().update(campaign.id, UpdateCampaign::new().name("Summer")).await?;
    let campaign = client.campaigns().get(campaign.id).await?;
    let affiliate = CreateAffiliate::new("ada@example.com", "Ada", "Lovelace").campaign_id(campaign.id);
    let affiliate = client.affiliates().create(affiliate).await?;
    let affiliate = client.affiliates().update(affiliate.id, UpdateAffiliate::new().banned(false)).await?;
    let affiliate = client.affiliates().get(affiliate.id).await?;
    let referral =
        CreateReferral::new(affiliate.id, "grace@example.com").subscription_status(SubscriptionStatus::Active);
    let referral = client.referrals().create(referral).await?;
    let commission = CreateCommission::new(referral.id, Decimal::new(4900, 2), Decimal::new(980, 2));
    let commission = client.commissions().create(commission.stripe_payment_id("pi_1")).await?;
    let commission = client.commissions().get(commission.id).await?;
    lists(&client, affiliate.id, campaign.id).await?;
    Ok(earned(&commission))
}

async fn lists(client: &Client, affiliate: Uuid, campaign: Uuid) -> Result<u64, Error> {
    let affiliates =
        client.affiliates().list().campaign_id(campaign).email("ada@example.com").ref_code("ada").limit(1).await?;
    let campaigns = client.campaigns().list().page(2).await?;
    let wanted = [SubscriptionStatus::Active, SubscriptionStatus::Trialing];
    let referrals = client.referrals().list().affiliate_id(affiliate).subscription_status(wanted).await?;
    let commissions = client.commissions().list().limit(100).page(1).await?;
    let payouts = client.payouts().list().affiliate_id(affiliate).await?;
    for payout in &payouts.items {
        let _ = client.payouts().get(payout.id).await?.payment_count;
    }
    let unknown = referrals.iter().filter(|referral| !is_known(referral.subscription_status.as_ref())).count();
    let rows = affiliates.len() + campaigns.len() + commissions.len() + unknown;
    Ok(payouts.pagination.total_count.unwrap_or(rows as u64))
}

fn is_known(status: Option<&SubscriptionStatus>) -> bool {
    match status {
        Some(SubscriptionStatus::Active | SubscriptionStatus::Trialing) => true,
        Some(SubscriptionStatus::Unknown(value)) => value.as_str().is_empty(),
        Some(_) | None => false,
    }
}

fn earned(commission: &Commission) -> Decimal {
    let Commission { commission_amount, payout, .. } = commission;
    payout.as_ref().map_or(*commission_amount, |payout| payout.amount)
}
