//! A gibibyte in each direction needs little memory. The only test of its process, whose memory it measures.

#[path = "streaming/api.rs"]
#[allow(dead_code, reason = "another test uses the rest")]
mod api;
#[path = "streaming/server.rs"]
#[allow(dead_code, reason = "another test uses the rest")]
mod server;

use std::io::Read;
use std::path::Path;

use clientsmith_runtime::{Client, Upload};

const MIB: usize = 1024 * 1024;
const SIZE: u64 = 1024 * MIB as u64;

/// Returns the peak memory of this process in bytes; `None` if the system does not report it.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<usize>().ok().map(|kib| kib * 1024)
}

/// The server is in the same process, and also holds no body.
#[tokio::test]
async fn a_gibibyte_down_and_up() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gibibyte");
    let small = server::whole("application/pdf", "abc");
    let large = vec![server::head("application/pdf", SIZE), server::Step::Fill(SIZE)];
    let server = server::Server::new([small, large, server::status(200, ""), server::status(200, "")]);
    let client: Client = api::client(&server.url);
    assert_eq!(api::Fetch::new(&client).save_to(&path).await.expect("a small file"), 3);
    let before = peak();
    assert_eq!(api::Fetch::new(&client).save_to(&path).await.expect("a file"), SIZE);
    api::Store::new(&client).body(Upload::file(&path)).await.expect("an upload of a file");
    let reader = std::io::repeat(b'x').take(SIZE);
    api::Store::new(&client).body(Upload::reader(reader, None)).await.expect("an upload of a stream");
    let after = peak();
    std::fs::remove_file(&path).expect("the file");
    let lengths: Vec<_> = server.all_requests().iter().map(|request| request.length).collect();
    assert_eq!(lengths, [0, 0, SIZE, SIZE]);
    if let (Some(before), Some(after)) = (before, after) {
        assert!(after - before < 20 * MIB, "{} MiB more", (after - before) / MIB);
    }
}
