//! Pays an affiliate a fifth of every sale to a referred customer.

use promotekit::{Client, Commission, CreateCommission, Decimal, Error, Uuid};

/// Records a sale.
pub async fn record(client: &Client, referral: Uuid, paid: Decimal) -> Result<Commission, Error> {
    client.commissions().create(CreateCommission::new(referral, paid, paid / Decimal::from(5))).await
}

#[cfg(test)]
mod tests {
    use promotekit::{Referral, mock};

    #[tokio::test]
    async fn a_fifth_is_recorded() -> Result<(), Box<dyn std::error::Error>> {
        let server = mock::start()?;
        let customer: Referral = server.seed(serde_json::json!({}))?;
        let made = super::record(&server.client()?, customer.id, "49.50".parse()?).await?;
        assert_eq!(made.commission_amount, "9.9".parse()?);
        server.assert_requests(&["POST /api/v1/commissions"]);
        Ok(())
    }
}
