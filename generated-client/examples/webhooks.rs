//! Receives webhooks with axum, and fetches each new commission from the API before acting on it.
//!
//! Posts itself a few deliveries, with a mock server as the API. With `--live` it serves `/webhooks/<WEBHOOK_PATH>` at
//! `LISTEN` (default `127.0.0.1:8080`) and uses `PROMOTEKIT_API_KEY`; put a TLS proxy in front. Generate a
//! `WEBHOOK_PATH` with `openssl rand -hex 16`.

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
    if std::env::args().nth(1).as_deref() != Some("--live") {
        return demonstrate().await;
    }
    let path = std::env::var("WEBHOOK_PATH").unwrap_or_default();
    let address = std::env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let endpoint = endpoint(Client::from_env()?, &path)?;
    axum::serve(TcpListener::bind(address).await?, endpoint).await?;
    Ok(())
}

/// Events are unsigned, so only the path keeps strangers out: it must be hard to guess and stay out of logs.
fn endpoint(client: Client, path: &str) -> Result<Router, Failure> {
    if path.len() < 32 || !path.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err("WEBHOOK_PATH has to be at least 32 random hexadecimal digits: openssl rand -hex 16".into());
    }
    Ok(Router::new().route(&format!("/webhooks/{path}"), post(receive)).with_state(client))
}

/// The status decides whether the dashboard offers another delivery.
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

/// Trusts only the id of an event, and fetches the object from the API. The same event may arrive twice.
async fn handle(client: &Client, event: &Event) -> Result<(), Error> {
    match event {
        Event::CommissionCreated(event) => {
            let commission = client.commissions().get(event.id).await?;
            println!("commission {} of {}", commission.commission_amount, commission.revenue_amount);
        }
        // The sender chose the name: `{:?}` escapes control characters.
        Event::Unknown(event) => println!("ignored the unknown event {:?}", event.name),
        event => println!("ignored {}", event.name()),
    }
    Ok(())
}

/// Serves the endpoint, and posts valid, unknown, forged and invalid deliveries to it.
async fn demonstrate() -> Result<(), Failure> {
    let api = mock::start()?;
    let commission = sale(&api).await?;
    // For the demonstration only; a real path is random.
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
