//! Calls to a mock server on this machine, sequentially and 16 at a time.

use std::hint::black_box;
use std::time::{Duration, Instant};

use benches::mock_server::MockServer;
use benches::pair::in_turns;
use benches::row::{Row, Target};
use futures_util::future::join_all;
use tokio::runtime::Runtime;

use crate::Scale;

const AT_A_TIME: usize = 16;
const TARGET: Target = Target::AtLeast(0.95);

pub(crate) fn measure(scale: &Scale) -> Vec<Row> {
    let runtime = benches::runtime();
    [1, AT_A_TIME].into_iter().flat_map(|lanes| [get(scale, &runtime, lanes), list(scale, &runtime, lanes)]).collect()
}

fn get(scale: &Scale, runtime: &Runtime, lanes: usize) -> Row {
    let MockServer { server: _server, ours, theirs, id } = MockServer::start();
    let times = in_turns(
        scale.rounds,
        |count| {
            calls(runtime, lanes, count, async || {
                black_box(ours.commissions().get(id).await.expect("a commission"));
            })
        },
        |count| {
            calls(runtime, lanes, count, async || {
                black_box(theirs.commission(id).await);
            })
        },
    );
    times.rate(&format!("get one, {lanes} at a time"), 1.0, "calls/s", TARGET)
}

fn list(scale: &Scale, runtime: &Runtime, lanes: usize) -> Row {
    let MockServer { server: _server, ours, theirs, .. } = MockServer::start();
    let times = in_turns(
        scale.rounds,
        |count| {
            calls(runtime, lanes, count, async || {
                black_box(ours.commissions().list().limit(100).await.expect("a page"));
            })
        },
        |count| {
            calls(runtime, lanes, count, async || {
                black_box(theirs.commissions(1).await);
            })
        },
    );
    times.rate(&format!("list 100, {lanes} at a time"), 1.0, "calls/s", TARGET)
}

/// Makes at least `count` calls in total, and returns the time that `count` calls take.
fn calls(runtime: &Runtime, lanes: usize, count: usize, call: impl AsyncFn()) -> Duration {
    let each = count.div_ceil(lanes);
    let lane = async || {
        for _ in 0..each {
            call().await;
        }
    };
    let start = Instant::now();
    runtime.block_on(join_all((0..lanes).map(|_| lane())));
    #[allow(clippy::cast_precision_loss, reason = "counts are small")]
    let share = count as f64 / (each * lanes) as f64;
    start.elapsed().mul_f64(share)
}
