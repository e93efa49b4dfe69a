//! Receives webhooks with axum, and asks the API for each new commission again before believing in it.
//!
//! With `PROMOTEKIT_API_KEY` set it serves `/webhooks/<WEBHOOK_PATH>` at `LISTEN` (`127.0.0.1:8080` unless set), behind whatever
//! ends TLS; `openssl rand -hex 16` makes a `WEBHOOK_PATH`. Otherwise it posts itself a few deliveries, with a mock server for
//! the API that runs here, and ends.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use promotekit::mock::{self, Server};
use promotekit::webhooks::Event;
use promotekit::{Affiliate, Client, Commission, CreateReferral, Error};
use serde_json::json;
use tokio::net::TcpListener;

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    if std::env::var_os("PROMOTEKIT_API_KEY").is_none() {
        println!("PROMOTEKIT_API_KEY is not set: using a mock server on this machine.");
        return demonstrate().await;
    }
    let path = std::env::var("WEBHOOK_PATH").unwrap_or_default();
    let address = std::env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let endpoint = endpoint(Client::from_env()?, &path)?;
    axum::serve(TcpListener::bind(address).await?, endpoint).await?;
    Ok(())
}

/// No signature is documented, so the path is all that keeps strangers out: it has to be hard to guess, and stay out of logs.
fn endpoint(client: Client, path: &str) -> Result<Router, Failure> {
    if path.len() < 32 || !path.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err("WEBHOOK_PATH has to be at least 32 random hexadecimal digits: openssl rand -hex 16".into());
    }
    Ok(Router::new().route(&format!("/webhooks/{path}"), post(receive)).with_state(client))
}

/// The status says whether a delivery is worth another try: the dashboard can send those that failed once more.
async fn receive(State(client): State<Client>, body: Bytes) -> StatusCode {
    let event = match Event::parse(&body) {
        Ok(event) => event,
        Err(error) => {
            eprintln!("rejected: {error}");
            return StatusCode::BAD_REQUEST;
        }
    };
    match handle(&client, &event).await {
        Ok(()) => StatusCode::OK,
        Err(error) => {
            eprintln!("failed: {error}");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// Takes nothing but the id from an event: what the API says is what counts. The same event may come twice.
async fn handle(client: &Client, event: &Event) -> Result<(), Error> {
    match event {
        Event::CommissionCreated(told) => {
            let commission = client.commissions().get(told.id).await?;
            println!("commission {} of {}", commission.commission_amount, commission.revenue_amount);
        }
        // The name is a stranger's text: `{:?}` keeps it on one line.
        Event::Unknown(event) => println!("nothing to do on {:?}, which is not known", event.name),
        event => println!("nothing to do on {}", event.name()),
    }
    Ok(())
}

/// Serves the endpoint for a moment, and sends it what may arrive.
async fn demonstrate() -> Result<(), Failure> {
    let api = mock::start()?;
    let commission = sale(&api).await?;
    // Good enough to show it; a real one is random.
    let path = commission.id.simple().to_string();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}/webhooks", listener.local_addr()?);
    let endpoint = endpoint(api.client()?, &path)?;
    tokio::spawn(async { axum::serve(listener, endpoint).await });

    let forged = json!({"id": "00000000-0000-4000-8000-000000000000", "revenue_amount": 1, "commission_amount": 1});
    let deliveries = [
        (&*path, json!({"type": "commission.created", "data": commission}).to_string(), 200),
        (&path, mock::sample_event("affiliate.approved").unwrap_or_default().to_owned(), 200),
        (&path, json!({"type": "payout.created", "data": {}}).to_string(), 200),
        (&path, json!({"type": "commission.created", "data": forged}).to_string(), 503),
        (&path, "no event".to_owned(), 400),
        ("guessed", json!({"type": "commission.created", "data": commission}).to_string(), 404),
    ];
    let sender = reqwest::Client::new();
    for (path, body, expected) in deliveries {
        let response = sender.post(format!("{base}/{path}")).body(body).send().await?;
        assert_eq!(response.status(), expected);
    }
    Ok(())
}

/// A commission on the mock server.
async fn sale(api: &Server) -> Result<Commission, Failure> {
    let ada: Affiliate = api.seed(json!({"email": "ada@example.com"}))?;
    let customer = api.client()?.referrals().create(CreateReferral::new(ada.id, "grace@example.com")).await?;
    let sale = json!({"referral_id": customer.id, "revenue_amount": 49, "commission_amount": 9.8});
    Ok(api.seed(sale)?)
}
