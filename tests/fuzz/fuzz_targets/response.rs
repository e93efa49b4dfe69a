//! Bytes as every object of a response: no panic, and deserialized values survive a round trip.

#![no_main]

use std::fmt::Debug;

use libfuzzer_sys::fuzz_target;
use promotekit::{
    Affiliate, AffiliateLink, Campaign, Commission, ErrorResponse, FirstPaymentCommission, Payout, PromoCode, Referral,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The envelope of a response.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Envelope<T> {
    data: T,
}

fuzz_target!(|bytes: &[u8]| {
    again::<AffiliateLink>(bytes);
    again::<PromoCode>(bytes);
    again::<FirstPaymentCommission>(bytes);
    again::<ErrorResponse>(bytes);
    wrapped::<Affiliate>(bytes);
    wrapped::<Campaign>(bytes);
    wrapped::<Commission>(bytes);
    wrapped::<Payout>(bytes);
    wrapped::<Referral>(bytes);
});

/// Checks a value, a value in an envelope, and a list in an envelope.
fn wrapped<T: Debug + DeserializeOwned + PartialEq + Serialize>(bytes: &[u8]) {
    again::<T>(bytes);
    again::<Envelope<T>>(bytes);
    again::<Envelope<Vec<T>>>(bytes);
}

fn again<T: Debug + DeserializeOwned + PartialEq + Serialize>(bytes: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(bytes) else { return };
    let written = serde_json::to_vec(&value).expect("what was read can be written");
    let back: T = serde_json::from_slice(&written).expect("what was written can be read");
    assert_eq!(back, value);
}
