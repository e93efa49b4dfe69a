//! Error responses beyond the table of `cases`.

use tests::calls::fail;
use tests::server::{KEY, Reply, Server};

/// A long page is cut to an excerpt, which never contains a part of the key.
#[test]
fn no_part_of_the_key_is_left_by_a_cut() {
    for before in 150..250 {
        let page = format!("{} {KEY}", "x".repeat(before));
        let server = Server::replying([Reply::new(403, "text/plain", page)]);
        let shown = fail(&server.client(), "get_payout").to_string();
        assert!(!shown.contains(&KEY[..4]), "{shown}");
    }
}
