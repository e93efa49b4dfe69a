//! Floats that JSON cannot represent are rejected at any depth; serde_json alone would send null.

use std::collections::BTreeMap;

use golden_not_numbers::types::{ChangeBoxesNear, ChangeBoxesRequest};
use golden_not_numbers::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = Client::builder().build().expect("a client");
    let named = BTreeMap::from([("a".to_owned(), f64::NEG_INFINITY)]);
    let body = ChangeBoxesRequest::new().depth(f64::NAN).sizes([1.0, f64::INFINITY]).named(named);
    let near = ChangeBoxesNear::new().lon(f64::NAN);
    let rejected = client.boxes().change(body).ratio(f64::NAN).near(near).await.expect_err("nothing can be sent");
    let Error::InvalidRequest { violations, .. } = rejected else { panic!("{rejected}") };
    let found: Vec<_> = violations.iter().map(ToString::to_string).collect();
    let expected = ["ratio", "near.lon", "depth", "sizes[1]", "named.a"];
    assert_eq!(found, expected.map(|path| format!("`{path}` must be a finite number")));
}
