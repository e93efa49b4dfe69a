//! A server that answers the calls of the quickstart and remembers what they create, for as long as it runs.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use promotekit::Uuid;
use serde_json::{Value, json};

type Answer = (StatusCode, [(&'static str, &'static str); 1], String);

#[derive(Default)]
struct Memory {
    referrals: Vec<Value>,
    commissions: Vec<Value>,
}

type Shared = State<Arc<Mutex<Memory>>>;

/// Starts it on a free port and gives the base URL.
pub(crate) async fn start() -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let router = Router::new()
        .route("/affiliates", get(list_affiliates))
        .route("/referrals", post(create_referral))
        .route("/commissions", post(create_commission))
        .route("/commissions/{id}", get(get_commission))
        .with_state(Arc::default());
    tokio::spawn(async { axum::serve(listener, router).await });
    format!("http://{address}")
}

fn affiliate() -> Value {
    json!({ "id": Uuid::from_u128(1), "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace" })
}

async fn list_affiliates() -> Answer {
    let pagination = json!({ "page": 1, "limit": 100, "total_count": 1, "total_pages": 1, "has_more": false });
    answer(StatusCode::OK, &json!({ "success": true, "data": [affiliate()], "pagination": pagination }))
}

async fn create_referral(State(memory): Shared, body: String) -> Answer {
    let Ok(mut referral) = serde_json::from_str::<Value>(&body) else { return not_json() };
    if referral["affiliate_id"] != affiliate()["id"] {
        return failure(StatusCode::NOT_FOUND, "Affiliate not found.");
    }
    let mut memory = memory.lock().expect("no handler panics");
    referral["id"] = json!(Uuid::from_u128(0x100 + memory.referrals.len() as u128));
    memory.referrals.push(referral.clone());
    success(&referral)
}

async fn create_commission(State(memory): Shared, body: String) -> Answer {
    let Ok(mut commission) = serde_json::from_str::<Value>(&body) else { return not_json() };
    let mut memory = memory.lock().expect("no handler panics");
    let Some(referral) = find(&memory.referrals, &commission["referral_id"]) else {
        return failure(StatusCode::NOT_FOUND, "Referral not found.");
    };
    commission["id"] = json!(Uuid::from_u128(0x200 + memory.commissions.len() as u128));
    commission["referral"] = referral;
    commission["payout_status"] = json!("not_paid");
    memory.commissions.push(commission.clone());
    success(&commission)
}

async fn get_commission(State(memory): Shared, Path(id): Path<String>) -> Answer {
    let memory = memory.lock().expect("no handler panics");
    match find(&memory.commissions, &json!(id)) {
        Some(commission) => success(&commission),
        None => failure(StatusCode::NOT_FOUND, "Commission not found."),
    }
}

fn find(rows: &[Value], id: &Value) -> Option<Value> {
    rows.iter().find(|row| row["id"] == *id).cloned()
}

fn success(data: &Value) -> Answer {
    answer(StatusCode::OK, &json!({ "success": true, "data": data }))
}

fn not_json() -> Answer {
    failure(StatusCode::BAD_REQUEST, "The body is not JSON.")
}

fn failure(status: StatusCode, message: &str) -> Answer {
    answer(status, &json!({ "success": false, "error": { "message": message, "type": "stand_in" } }))
}

fn answer(status: StatusCode, body: &Value) -> Answer {
    (status, [("content-type", "application/json")], body.to_string())
}
