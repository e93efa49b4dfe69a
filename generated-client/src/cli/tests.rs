use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use crate::middleware::{Attempt, Before, Middleware, Outcome};
use crate::runtime::cli::export::{Format, Order, Origin, Silent, Source, export};
use crate::runtime::cli::prepared::Prepared;
use crate::runtime::mock::table::Kind;
use crate::{Campaign, Payout};

/// How long the API takes to answer.
const LATENCY: Duration = Duration::from_secs(1);

/// Lets every request take its time, on a clock that stands still while the server works.
#[derive(Clone, Default)]
struct Slow {
    under_way: Arc<Mutex<Vec<Sender<()>>>>,
    left: Arc<Mutex<Vec<Instant>>>,
}

impl Middleware for Slow {
    fn before<'a>(&'a self, _: &'a Attempt, _: &'a mut reqwest::Request) -> Before<'a> {
        Box::pin(async {
            self.left.lock().unwrap().push(Instant::now());
            tokio::time::sleep(LATENCY).await;
            // The clock does not run while a blocking task does.
            let (over, wait) = channel::<()>();
            tokio::task::spawn_blocking(move || wait.recv());
            self.under_way.lock().unwrap().push(over);
            Ok(())
        })
    }

    fn after(&self, _: &Attempt, _: &Outcome<'_>) {
        self.under_way.lock().unwrap().pop();
    }
}

/// With lists of 2,000 pages an export leaves little of the allowance unused: neither latency nor the step from one list to
/// the next costs more than 3 %.
#[tokio::test(start_paused = true)]
async fn an_export_uses_the_whole_allowance() {
    let server = crate::mock::builder().without_rate_limit().start().unwrap();
    server.seed_many::<Campaign>(2_000, |number| json!({"name": format!("{number}")})).unwrap();
    server.seed_many::<Payout>(2_000, |number| json!({"amount": number})).unwrap();
    let slow = Slow::default();
    let client = server.client_builder().middleware(slow.clone()).build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let source =
        |name, schema, prepared: Prepared| Source { name, kind: Kind::Named(schema), listing: prepared.pages.unwrap() };
    let order = Order {
        folder: folder.path().to_owned(),
        format: Format::Jsonl,
        table: &crate::generated::mock::TABLE,
        sources: vec![
            source("campaigns", "Campaign", Prepared::list(client.campaigns().list().limit(1), "data")),
            source("payouts", "Payout", Prepared::list(client.payouts().list().limit(1), "data")),
        ],
        origin: Origin {
            program: "test",
            version: "1",
            api: "API",
            api_version: "1",
            spec_hash: "",
            base_url: client.base_url(),
            key: &"key".into(),
        },
    };
    let report = export(order, &mut Silent, std::future::pending()).await.unwrap();
    assert_eq!(report.export.rows(), 4_000);

    let limit = crate::meta::POLICY.rate_limit.unwrap();
    let left = slow.left.lock().unwrap();
    let allowed = usize::try_from(limit.requests).unwrap();
    for window in left.windows(allowed + 1) {
        assert!(window[allowed] - window[0] >= limit.window, "too many requests in {:?}", window[allowed] - window[0]);
    }
    let taken = (left[left.len() - 1] - left[0]).as_secs_f64();
    let windows = (left.len() - 1) / allowed;
    let needed = limit.window.as_secs_f64() * f64::from(u32::try_from(windows).unwrap());
    println!("{} requests: {:.1} % of the allowance", left.len(), 100.0 * needed / taken);
    assert!(needed / taken >= 0.97, "{} requests took {taken} s where {needed} s would do", left.len());
}
