//! A server and a client whose retries take no time, and outcomes as text.

use std::time::Duration;

use promotekit::mock::{self, Server};
use promotekit::{Affiliate, Campaign, Client, CreateReferral, Error, UpdateCampaign};
use serde_json::json;

use crate::virtual_time::{Departures, Standstill};

/// A server, a client whose waits take no time, and the times of its attempts.
pub struct Fixture {
    /// The server.
    pub server: Server,
    /// The client.
    pub client: Client,
    departures: Departures,
    affiliate: Affiliate,
    campaign: Campaign,
}

impl Fixture {
    /// Starts the server, without faults.
    pub fn start() -> Self {
        let server = mock::start().expect("a server");
        let departures = Departures::default();
        let builder = server.client_builder().max_response_bytes(100_000).without_rate_limit();
        let client = builder.middleware(departures.clone()).middleware(Standstill::default()).build();
        Self {
            client: client.expect("a client"),
            affiliate: server.seed(json!({})).expect("an affiliate"),
            campaign: server.seed(json!({})).expect("a campaign"),
            server,
            departures,
        }
    }

    /// Makes one of three calls and returns its outcome.
    pub async fn call(&self, operation: &str) -> String {
        let client = &self.client;
        match operation {
            "list_payouts" => outcome(client.payouts().list().await),
            "update_campaign" => {
                outcome(client.campaigns().update(self.campaign.id, UpdateCampaign::new().name("Spring")).await)
            }
            "create_referral" => {
                outcome(client.referrals().create(CreateReferral::new(self.affiliate.id, "ada@example.com")).await)
            }
            other => panic!("no call of {other}"),
        }
    }

    /// Returns the time between consecutive attempts.
    pub fn waits(&self) -> Vec<Duration> {
        self.departures.all().windows(2).map(|pair| pair[1] - pair[0]).collect()
    }
}

/// Returns `ok`, or a description of the error.
pub fn outcome<T>(result: Result<T, Error>) -> String {
    result.map_or_else(|error| describe(&error), |_| "ok".to_owned())
}

fn describe(error: &Error) -> String {
    match error {
        Error::Api { status, .. } => format!("Api {}", status.as_u16()),
        Error::OutcomeUnknown { source, .. } => format!("OutcomeUnknown from {}", describe(source)),
        Error::RateLimited { .. } => "RateLimited".to_owned(),
        Error::Timeout { sent: true, .. } => "Timeout".to_owned(),
        Error::Timeout { sent: false, .. } => "Timeout unsent".to_owned(),
        Error::Disconnected { .. } => "Disconnected".to_owned(),
        Error::Connect { .. } => "Connect".to_owned(),
        Error::ResponseTooLarge { .. } => "ResponseTooLarge".to_owned(),
        other => format!("{other:?}"),
    }
}
