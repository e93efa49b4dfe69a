//! A list of a million rows read to its end: as a stream, beside a loop over its pages, and how much memory that takes.

use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use benches::pair::Times;
use benches::row::{Row, Target};
use benches::stand_in::UNREACHED;
use benches::{memory as resident, peer};
use promotekit::resources::commissions::List;
use promotekit::{Client, Rows};
use tokio::runtime::Runtime;

use crate::Scale;
use crate::server::Server;

const KEY: &str = "pk_benchmark_0123456789";
/// How many rows are read in one turn; whole pages.
const TURN: u64 = 5_000;
/// How far away a server is that is not on this machine.
const DISTANCE: Duration = Duration::from_millis(20);
/// How many rows are read of that server.
const DISTANT_ROWS: u64 = 50_000;
/// In MB, for the process of the client.
const MOST_MEMORY: f64 = 60.0;

pub(crate) fn measure(scale: &Scale) -> Vec<Row> {
    let rows = scale.rows.next_multiple_of(TURN);
    let near = Server::start(rows, Duration::ZERO);
    let far = Server::start(DISTANT_ROWS, DISTANCE);
    vec![
        beside_a_loop(&near.url, rows, 0, "stream, prefetch(0), beside a loop", Target::AtLeast(0.95)),
        beside_a_loop(&near.url, rows, 1, "stream, as it is, beside a loop", Target::AtLeast(1.0)),
        beside_a_loop(&near.url, rows, 4, "stream, prefetch(4), beside a loop", Target::AtLeast(1.0)),
        beside_a_loop(&far.url, DISTANT_ROWS, 1, "stream, as it is, 20 ms away, beside a loop", Target::AtLeast(1.0)),
        beside_a_loop(
            &far.url,
            DISTANT_ROWS,
            4,
            "stream, prefetch(4), 20 ms away, beside a loop",
            Target::AtLeast(1.0),
        ),
    ]
}

/// Both read all rows, in turns.
fn beside_a_loop(url: &str, rows: u64, prefetch: usize, name: &str, target: Target) -> Row {
    let runtime = benches::runtime();
    let mut ours = stream(url).prefetch(prefetch);
    let theirs = peer::Client::new(url, KEY);
    let mut times = Times::default();
    let mut page = 0;
    for _ in 0..rows / TURN {
        let one = timed(&runtime, async || take(&mut ours, TURN).await);
        let other = timed(&runtime, async || {
            let mut read = 0;
            while read < TURN {
                page += 1;
                for row in theirs.commissions(page).await.data {
                    drop(black_box(row));
                    read += 1;
                }
            }
            read
        });
        times.push(one, other, 1);
    }
    #[allow(clippy::cast_precision_loss, reason = "counts are small")]
    times.rate(name, TURN as f64, "rows/s", target)
}

fn stream(url: &str) -> Rows<List> {
    let client = Client::builder(KEY).base_url(url).rate_limit(UNREACHED).build().expect("a client");
    client.commissions().list().stream()
}

async fn take(rows: &mut Rows<List>, count: u64) -> u64 {
    for read in 0..count {
        match rows.next().await {
            Some(row) => drop(black_box(row.expect("a row"))),
            None => return read,
        }
    }
    count
}

fn timed(runtime: &Runtime, work: impl AsyncFnOnce() -> u64) -> Duration {
    let start = Instant::now();
    let read = runtime.block_on(work());
    assert_eq!(read, TURN, "the list ended too early");
    start.elapsed()
}

/// The memory of a process that does nothing but read the stream.
pub(crate) fn memory(scale: &Scale) -> Vec<Row> {
    let server = Server::start(scale.rows, Duration::ZERO);
    let program = std::env::current_exe().expect("the path of this program");
    let read = Command::new(program).args(["read", &server.url, &scale.rows.to_string()]).output().expect("a process");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let text = String::from_utf8_lossy(&read.stdout).into_owned();
    let peaks: Vec<f64> = text.lines().filter_map(|line| line.parse().ok()).collect();
    let [first, half, whole] = peaks[..] else {
        eprintln!("how much memory a stream takes is unknown here");
        return Vec::new();
    };
    let row = |share, peak| {
        Row::figure(format!("most memory after {share} % of a stream"), peak, "MB", Target::AtMost(MOST_MEMORY))
    };
    let growth = Row::figure("growth of memory from 10 % to 100 %", whole / first, "x", Target::AtMost(1.1));
    vec![row(10, first), row(50, half), row(100, whole), growth]
}

/// Reads all rows, and says how much memory that took after 10, 50 and 100 % of them.
pub(crate) fn read(url: &str, rows: &str) -> ExitCode {
    let Ok(rows) = rows.parse::<u64>() else { return ExitCode::FAILURE };
    let mut stream = stream(url);
    benches::runtime().block_on(async {
        let mut read = 0;
        for share in [10, 50, 100] {
            let goal = rows * share / 100;
            read += take(&mut stream, goal - read).await;
            assert_eq!(read, goal, "the list ended too early");
            match resident::peak() {
                Some(peak) => println!("{peak:.1}"),
                None => println!("unknown"),
            }
        }
    });
    ExitCode::SUCCESS
}
