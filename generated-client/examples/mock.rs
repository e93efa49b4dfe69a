//! Serves the mock server on this machine.
//!
//! - `--port N`: the port; a free one by default
//! - `--seed N`: the seed of the ids of new objects
//! - `--examples`: stores the objects of the document's examples
//! - `--no-limit`: disables the rate limit

use std::process::ExitCode;

use promotekit::mock::{SeedError, Server};
use promotekit::{Affiliate, Campaign, Commission, Payout, Referral};
use serde_json::json;

const USAGE: &str = "there are --port N, --seed N, --examples and --no-limit";

fn main() -> ExitCode {
    match serve(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn serve(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let mut builder = promotekit::mock::builder();
    let mut port = 0;
    let mut examples = false;
    while let Some(name) = arguments.next() {
        match name.as_str() {
            "--port" => {
                port = number(&name, arguments.next())?;
                builder = builder.port(port);
            }
            "--seed" => builder = builder.seed(number(&name, arguments.next())?),
            "--examples" => examples = true,
            "--no-limit" => builder = builder.without_rate_limit(),
            _ => return Err(format!("unknown argument `{name}`: {USAGE}")),
        }
    }
    let server = builder.start().map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("port {port} is in use: take another with --port, or none for a free one")
        }
        _ => format!("the server cannot start: {error}"),
    })?;
    if examples {
        seed(&server).map_err(|error| error.to_string())?;
    }
    println!("{}\nAuthorization: Bearer {}\nCtrl-C stops it.", server.url(), server.api_key());
    server.wait();
    Ok(())
}

fn number<T: std::str::FromStr>(name: &str, value: Option<String>) -> Result<T, String> {
    let value = value.ok_or_else(|| format!("{name} takes a number"))?;
    value.parse().map_err(|_| format!("`{value}` is no number for {name}"))
}

/// The ids in the document's examples.
mod id {
    pub(crate) const CAMPAIGN: &str = "e455fe43-e6d9-472a-9efc-decac2709f78";
    pub(crate) const AFFILIATE: &str = "0a565296-4e53-477d-b118-b89e25e1af62";
    pub(crate) const REFERRAL: &str = "6da8b7df-c541-498f-90ef-01d5730ef236";
    pub(crate) const COMMISSION: &str = "e3613df8-56e3-4980-95bc-aa15f79de39f";
    pub(crate) const PAYOUT: &str = "b31775e7-4083-455b-8b21-348b920d5aab";
    /// The example of the path parameter, which serves every type.
    pub(crate) const SHARED: &str = COMMISSION;
}

fn seed(server: &Server) -> Result<(), SeedError> {
    for campaign in [id::CAMPAIGN, id::SHARED] {
        server.seed::<Campaign>(json!({"id": campaign}))?;
    }
    for affiliate in [id::AFFILIATE, id::SHARED] {
        server.seed::<Affiliate>(json!({"id": affiliate, "campaign_id": id::CAMPAIGN}))?;
    }
    server.seed::<Referral>(json!({"id": id::REFERRAL, "affiliate_id": id::AFFILIATE}))?;
    for payout in [id::PAYOUT, id::SHARED] {
        server.seed::<Payout>(json!({"id": payout, "affiliate_id": id::AFFILIATE}))?;
    }
    let commission = json!({"id": id::COMMISSION, "referral_id": id::REFERRAL, "payout_id": id::PAYOUT});
    server.seed::<Commission>(commission).map(drop)
}
