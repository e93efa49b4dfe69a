//! Reading a list of a million rows to its end: speed compared with a loop over pages, and peak memory.
//!
//! Every reader runs in its own process: in a shared one, the second reader would inherit the memory of the first.

use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use benches::mock_server::UNREACHED;
use benches::pair::Times;
use benches::row::{Row, Target};
use benches::{memory as resident, peer};
use promotekit::resources::commissions::List;
use promotekit::{Client, Rows};

use crate::Scale;
use crate::server::Server;

const KEY: &str = "pk_benchmark_0123456789";
/// The number of rows to read before timing starts. All row counts are whole pages.
const WARM_UP: u64 = 1_000;
/// The number of rows timed in one turn.
const TURN: u64 = 50_000;
/// The delay per response of a remote server.
const DISTANCE: Duration = Duration::from_millis(20);
/// For the remote server: the number of rows per turn and the number of turns.
const DISTANT: (u64, u64) = (5_000, 5);
/// The memory limit of the client's process, in MB.
const MOST_MEMORY: f64 = 60.0;

pub(crate) fn measure(scale: &Scale) -> Vec<Row> {
    let turns = scale.rows.div_ceil(TURN);
    let near = Server::start(WARM_UP + TURN, Duration::ZERO);
    let (distant, distant_turns) = DISTANT;
    let far = Server::start(WARM_UP + distant, DISTANCE);
    let near = |prefetch, name, least| beside_a_loop(&near.url, TURN, turns, prefetch, name, Target::AtLeast(least));
    let far = |prefetch, name| beside_a_loop(&far.url, distant, distant_turns, prefetch, name, Target::AtLeast(1.0));
    vec![
        near("0", "stream, prefetch(0), beside a loop", 0.95),
        near("1", "stream, as it is, beside a loop", 1.0),
        near("4", "stream, prefetch(4), beside a loop", 1.0),
        far("1", "stream, as it is, 20 ms away, beside a loop"),
        far("4", "stream, prefetch(4), 20 ms away, beside a loop"),
    ]
}

/// Times a stream and a loop over the same number of rows, in alternating turns.
fn beside_a_loop(url: &str, rows: u64, turns: u64, prefetch: &str, name: &str, target: Target) -> Row {
    let count = rows.to_string();
    let ours = || read_apart(&["stream", url, &count, prefetch]);
    let theirs = || read_apart(&["loop", url, &count]);
    let mut times = Times::default();
    for turn in 0..turns {
        let (one, other) = if turn % 2 == 0 {
            let one = ours();
            (one, theirs())
        } else {
            let other = theirs();
            (ours(), other)
        };
        times.push(one, other, 1);
    }
    #[allow(clippy::cast_precision_loss, reason = "counts are small")]
    times.rate(name, rows as f64, "rows/s", target)
}

/// Returns the time that a reader takes in its own process.
fn read_apart(arguments: &[&str]) -> Duration {
    let seconds = output(arguments).trim().parse().expect("a number of seconds");
    Duration::from_secs_f64(seconds)
}

/// Runs this program as another process and returns its output.
fn output(arguments: &[&str]) -> String {
    let program = std::env::current_exe().expect("the path of this program");
    let process = Command::new(program).args(arguments).output().expect("a process");
    assert!(process.status.success(), "{}", String::from_utf8_lossy(&process.stderr));
    String::from_utf8_lossy(&process.stdout).into_owned()
}

/// Reads rows as a stream and prints the time taken.
pub(crate) fn as_a_stream(url: &str, rows: &str, prefetch: &str) -> ExitCode {
    let (Ok(rows), Ok(prefetch)) = (rows.parse::<u64>(), prefetch.parse()) else { return ExitCode::FAILURE };
    let mut stream = stream(url).prefetch(prefetch);
    benches::runtime().block_on(async {
        take(&mut stream, WARM_UP).await;
        let start = Instant::now();
        let read = take(&mut stream, rows).await;
        said(start, read, rows)
    })
}

/// Reads rows in a loop over pages and prints the time taken.
pub(crate) fn in_a_loop(url: &str, rows: &str) -> ExitCode {
    let Ok(rows) = rows.parse::<u64>() else { return ExitCode::FAILURE };
    let client = peer::Client::new(url, KEY);
    let mut page = 0;
    let mut take = async |count| {
        let mut read = 0;
        while read < count {
            page += 1;
            for row in client.commissions(page).await.data {
                drop(black_box(row));
                read += 1;
            }
        }
        read
    };
    benches::runtime().block_on(async {
        take(WARM_UP).await;
        let start = Instant::now();
        let read = take(rows).await;
        said(start, read, rows)
    })
}

fn said(start: Instant, read: u64, rows: u64) -> ExitCode {
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(read, rows, "the list ended too early");
    println!("{seconds}");
    ExitCode::SUCCESS
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

/// The memory of a process that only reads the stream.
pub(crate) fn memory(scale: &Scale) -> Vec<Row> {
    let server = Server::start(scale.rows, Duration::ZERO);
    let text = output(&["read", &server.url, &scale.rows.to_string()]);
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

/// Reads all rows, and prints the peak memory after 10, 50 and 100 % of them.
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
