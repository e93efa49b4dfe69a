//! Resuming a list from a position, in another process and from text.

use std::collections::HashSet;

use promotekit::Position;
use promotekit::mock::{Calls, Fault};
use tests::server::wait;

use crate::streams::{client, read, server};

/// Another process can resume after any row: no row is lost, even if the list has grown in between.
#[test]
fn from_a_position() {
    for grown in [false, true] {
        for stop in [0, 1, 9, 10, 11, 24, 25] {
            let (server, expected) = server(25);
            let client = client(&server);
            let list = || client.payouts().list().limit(10).stream();
            wait(async {
                let mut rows = list();
                let mut ids = Vec::new();
                for _ in 0..stop {
                    ids.push(rows.next().await.expect("a row").expect("a payout").id);
                }
                let position = rows.position();
                drop(rows);
                if grown {
                    server.fault("list_payouts", Calls::Every, Fault::ShiftRows).expect("a fault");
                    client.payouts().list().await.expect("a page");
                    server.clear_faults();
                }
                let (rest, error) = read(&mut list().start_at(position)).await;
                assert!(error.is_none(), "{error:?}");
                ids.extend(rest);
                if grown {
                    let found: HashSet<_> = ids.iter().collect();
                    assert!(expected.iter().all(|id| found.contains(id)), "stopped after {stop} at {position}");
                } else {
                    assert_eq!(ids, expected, "stopped after {stop} at {position}");
                }
            });
        }
    }
}

#[test]
fn a_position_in_text() {
    let position = Position::new(3, 17);
    assert_eq!(position.to_string(), "page 3, row 17");
    let text = serde_json::to_string(&position).expect("text");
    assert_eq!(text, r#"{"page":3,"row":17}"#);
    assert_eq!(serde_json::from_str::<Position>(&text).expect("a position"), position);
}
