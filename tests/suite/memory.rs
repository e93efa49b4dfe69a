//! The memory of a call is bounded, whatever a server sends.

use promotekit::Error;
use promotekit::mock::{self, Calls, Fault};
use tests::server::wait;

use crate::alone::alone;

const MIB: usize = 1024 * 1024;

/// Returns the peak memory of this process in bytes; `None` if the system does not report it.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<usize>().ok().map(|kib| kib * 1024)
}

/// A megabyte that decompresses to a gigabyte is read only up to the limit. The server is in the same process.
#[test]
fn of_a_gzip_bomb() {
    alone("memory::of_a_gzip_bomb", || {
        let server = mock::start().expect("a server");
        let client = server.client().expect("a client");
        wait(client.payouts().list()).expect("a page");
        let before = peak();
        server.fault("list_payouts", Calls::Every, Fault::GzipBomb(1024 * MIB)).expect("a fault");
        let error = wait(client.payouts().list()).expect_err("too much");
        assert!(matches!(error, Error::ResponseTooLarge { limit: 33_554_432, .. }), "{error:?}");
        if let (Some(before), Some(after)) = (before, peak()) {
            assert!(after - before < 100 * MIB, "{} MiB more", (after - before) / MIB);
        }
    });
}
