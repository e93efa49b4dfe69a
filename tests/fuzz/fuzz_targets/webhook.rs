//! Bytes as the body of a webhook: no panic, no address in an error, and parsed events survive a round trip.

#![no_main]

use libfuzzer_sys::fuzz_target;
use promotekit::webhooks::{Delivery, Event};

fuzz_target!(|bytes: &[u8]| {
    match Delivery::parse(bytes) {
        Ok(delivery) => {
            let written = serde_json::to_vec(&delivery).expect("what was read can be written");
            assert_eq!(Delivery::parse(&written).expect("what was written can be read"), delivery);
            assert_eq!(Event::parse(bytes).expect("the same event"), delivery.event);
        }
        Err(error) => {
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains('@'), "{shown}");
        }
    }
});
