//! Commissions are money: whatever fails, a call creates at most one, and every returned commission exists.

use std::collections::HashMap;
use std::time::Duration;

use promotekit::mock::{self, Calls, Fault, RetryAfter, Server};
use promotekit::{Client, CreateCommission, Error, Referral, Uuid};
use serde_json::json;
use tests::server::wait;

const CALLS: usize = 10_000;
/// Each task has its own server.
const TASKS: usize = 4;
/// Long enough for a busy machine to respond.
const PATIENCE: Duration = Duration::from_secs(20);
/// The timeout of calls whose response is delayed on purpose.
const IMPATIENCE: Duration = Duration::from_millis(25);

/// The outcomes of calls, each with the number of calls and of commissions created.
#[derive(Debug, Default)]
struct Tally(HashMap<&'static str, (usize, usize)>);

#[test]
fn ten_thousand_commissions_under_faults() {
    let threads: Vec<_> = (0..TASKS).map(|task| std::thread::spawn(move || job(task as u64))).collect();
    let mut sum = Tally::default();
    for thread in threads {
        for (ending, (calls, made)) in thread.join().expect("no panic").0 {
            let entry = sum.0.entry(ending).or_default();
            *entry = (entry.0 + calls, entry.1 + made);
        }
    }
    let calls: usize = sum.0.values().map(|(calls, _)| calls).sum();
    assert_eq!(calls, CALLS);
    // Every outcome occurred, and unknown outcomes went both ways.
    let (ok, made) = sum.0["ok"];
    assert_eq!(ok, made, "{sum:?}");
    let (unknown, made) = sum.0["unknown"];
    assert!(ok > CALLS / 4 && made > CALLS / 20 && unknown - made > CALLS / 20, "{sum:?}");
    let (rejected, made) = sum.0["rejected"];
    assert!(rejected > CALLS / 100 && made == 0, "{sum:?}");
    let (unreadable, made) = sum.0["unreadable"];
    assert!(unreadable > CALLS / 100 && made == unreadable, "{sum:?}");
}

/// Makes a share of the calls, on a server of its own.
fn job(seed: u64) -> Tally {
    let mut chance = fastrand::Rng::with_seed(seed);
    let server = mock::builder().seed(seed).without_rate_limit().start().expect("a server");
    let referral: Referral = server.seed(json!({})).expect("a referral");
    let builder = server.client_builder().without_rate_limit().timeout(PATIENCE).max_response_bytes(100_000);
    let client = builder.backoff(Duration::ZERO, Duration::ZERO).build().expect("a client");
    wait(async {
        let mut endings = Vec::new();
        for call in 0..CALLS / TASKS {
            let late = plan(&server, &mut chance);
            let sale = CreateCommission::new(referral.id, 49, 7).stripe_payment_id(format!("pi_{call}"));
            let create = client.commissions().create(sale);
            let create = if late { create.timeout(IMPATIENCE) } else { create };
            endings.push(create.await);
            server.clear_faults();
        }
        count(&client, &endings).await
    })
}

/// Plans the fault of the next call; returns whether its response is late.
fn plan(server: &Server, chance: &mut fastrand::Rng) -> bool {
    let fault = match chance.u32(0..200) {
        0..60 => return false,
        60..75 => Fault::Status(*chance.choice(&[500, 502, 503, 504, 408]).expect("a status")),
        75..95 => Fault::CloseBefore,
        95..120 => Fault::CloseAfter,
        120..140 => Fault::Truncate,
        140..160 => Fault::Status(429),
        160..170 => Fault::RetryLater(429, RetryAfter::Seconds(0)),
        170..175 => Fault::Html(502),
        175..180 => Fault::Redirect("http://127.0.0.1:1/".to_owned()),
        180..185 => Fault::Oversized(200_000),
        185..190 => Fault::NullFields,
        190..195 => Fault::UnknownFields,
        195..199 => Fault::Status(400),
        _ => Fault::Delay(IMPATIENCE * 4),
    };
    let late = matches!(fault, Fault::Delay(_));
    // Retryable faults happen once, a few times, or always.
    let calls = if chance.bool() { Calls::Every } else { Calls::First(chance.usize(1..4)) };
    server.fault("create_commission", calls, fault).expect("a fault");
    late
}

/// Compares outcomes with the server's data: each payment exists at most once, each returned commission exists.
async fn count(client: &Client, endings: &[Result<promotekit::Commission, Error>]) -> Tally {
    // The server may still be processing a delayed call.
    tokio::time::sleep(IMPATIENCE * 8).await;
    let mut kept: HashMap<String, Uuid> = HashMap::new();
    let mut rows = client.commissions().list().stream();
    while let Some(row) = rows.next().await {
        let commission = row.expect("a commission");
        let payment = commission.stripe_payment_id.expect("every one has its payment");
        assert!(kept.insert(payment, commission.id).is_none(), "a commission is there twice");
    }
    let mut tally = Tally::default();
    for (call, ending) in endings.iter().enumerate() {
        let kept = kept.remove(&format!("pi_{call}"));
        let ending = match ending {
            Ok(commission) => {
                assert_eq!(Some(commission.id), kept, "what was given back is there");
                "ok"
            }
            Err(Error::OutcomeUnknown { .. }) => "unknown",
            Err(Error::ResponseTooLarge { .. }) => "unreadable",
            Err(Error::Api { .. } | Error::RateLimited { .. }) => "rejected",
            Err(other) => panic!("{other:?}"),
        };
        let entry = tally.0.entry(ending).or_default();
        *entry = (entry.0 + 1, entry.1 + usize::from(kept.is_some()));
    }
    assert!(kept.is_empty(), "nobody asked for {kept:?}");
    tally
}
