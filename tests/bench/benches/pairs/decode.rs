//! Deserialization of a page of 100 commissions with every field set.

use std::hint::black_box;
use std::time::Duration;

use benches::pair::{in_turns, timed};
use benches::row::{Row, Target};
use benches::{Envelope, mock_server, peer};
use promotekit::Commission;
use serde::de::DeserializeOwned;

use crate::Scale;

pub(crate) fn measure(scale: &Scale) -> Vec<Row> {
    let page = mock_server::page();
    eprintln!("the page has {} bytes", page.len());
    let exact = in_turns(scale.rounds, reading::<Commission>(&page), reading::<peer::exact::Commission>(&page));
    let cheap = in_turns(scale.rounds, reading::<Commission>(&page), reading::<peer::cheap::Commission>(&page));
    vec![
        exact.time("decode a page of 100, beside exact structs", Target::AtMost(1.10)),
        cheap.time("decode a page of 100, beside floats and texts", Target::Told),
    ]
}

fn reading<T: DeserializeOwned>(page: &[u8]) -> impl FnMut(usize) -> Duration {
    move |count| {
        timed(count, || {
            let page: Envelope<Vec<T>> = serde_json::from_slice(black_box(page)).expect("the documented form");
            black_box(page.data.len());
        })
    }
}
