//! The client's own time per call, without the network: calls stop just before they are sent.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use benches::pair::{in_turns, timed};
use benches::row::{Row, Target};
use benches::unsent;
use promotekit::Client;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::Scale;

const TASKS: usize = 8;

pub(crate) fn measure(scale: &Scale) -> Vec<Row> {
    let (limited, free) = (unsent::client(true), unsent::client(false));
    let one = benches::runtime();
    let many = Arc::new(tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime"));
    let by_hand = unsent::by_hand();
    let id = Uuid::from_u128(7);
    let request = |count| {
        timed(count, || {
            black_box(by_hand.commission_request(black_box(id)));
        })
    };
    let calls = in_turns(scale.rounds, |count| in_a_row(&one, &limited, count), request);
    let places = in_turns(scale.rounds, |count| in_a_row(&one, &limited, count), |count| in_a_row(&one, &free, count));
    let crowd = in_turns(scale.rounds, |count| in_tasks(&many, &limited, count), |count| in_tasks(&many, &free, count));
    vec![
        calls.difference("a call, beside its request alone", Target::AtMost(5.0)),
        places.difference("with a limiter of 200 taken places, beside none", Target::Told),
        crowd.difference("the same in 8 tasks", Target::Told),
    ]
}

fn in_a_row(runtime: &Runtime, client: &Client, count: usize) -> Duration {
    let start = Instant::now();
    runtime.block_on(async {
        for _ in 0..count {
            unsent::call(client, black_box(Uuid::from_u128(7))).await;
        }
    });
    start.elapsed()
}

fn in_tasks(runtime: &Runtime, client: &Client, count: usize) -> Duration {
    let each = count.div_ceil(TASKS);
    let start = Instant::now();
    runtime.block_on(async {
        let tasks: Vec<_> = (0..TASKS)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move {
                    for _ in 0..each {
                        unsent::call(&client, black_box(Uuid::from_u128(7))).await;
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.expect("a task that ends");
        }
    });
    #[allow(clippy::cast_precision_loss, reason = "counts are small")]
    let share = count as f64 / (each * TASKS) as f64;
    start.elapsed().mul_f64(share)
}
