//! Rules of all parts of an `allOf` over scalars and lists, and of properties that several parts describe.

use std::collections::BTreeMap;

use golden_intersections::types::{Color, Order, OrderOwner, OrderPlace, OrderStep, Place};
use golden_intersections::{Client, Error};
use serde_json::{from_value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = Client::builder().base_url("http://127.0.0.1:9").build().expect("a client");
    for (order, expected) in [
        (json!({"quantity": 0}), vec!["`quantity` must be at least 1"]),
        (json!({"quantity": 3, "owner": {"name": "Ada", "age": 0}}), vec!["`owner.age` must be at least 1"]),
        (json!({"quantity": 102}), vec!["`quantity` must be at most 99"]),
        (json!({"quantity": 4}), vec!["`quantity` must be a multiple of 3"]),
        (json!({"quantity": 3, "code": "a"}), vec!["`code` must have at least 2 characters"]),
        (json!({"quantity": 3, "code": "abcde"}), vec!["`code` must have at most 4 characters"]),
        (json!({"quantity": 3, "note": "ab"}), vec!["`note` must have at least 3 characters"]),
        (json!({"quantity": 3, "note": "abcdef"}), vec!["`note` must have at most 5 characters"]),
        (json!({"quantity": 3, "marks": [0]}), vec!["`marks` must have at least 2 items", "`marks[0]` must be at least 1"]),
        (json!({"quantity": 3, "marks": [1, 2, 3, 6]}), vec!["`marks` must have at most 3 items", "`marks[3]` must be at most 5"]),
    ] {
        let sent = client.orders().create(from_value::<Order>(order.clone()).expect("an order")).await;
        let Err(Error::InvalidRequest { violations, .. }) = sent else { panic!("{order}: {sent:?}") };
        assert_eq!(violations.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{order}");
    }
    let order: Order = from_value(json!({"quantity": 3})).expect("an order");
    let sent = client.orders().create(order).page(10).await;
    let Err(Error::InvalidRequest { violations, .. }) = sent else { panic!("{sent:?}") };
    assert_eq!(violations[0].to_string(), "`page` must be at most 9");

    let order: Order = from_value(json!({"quantity": 3, "color": "green", "places": {"a": {}}})).expect("an order");
    assert_eq!(order.color, Some(Color::Green));
    let places: Option<BTreeMap<String, Place>> = order.places;
    assert_eq!(places.expect("places").len(), 1);

    let order: Order = from_value(json!({"quantity": 3, "step": {"type": 2, "target": {}}})).expect("an order");
    assert!(matches!(order.step, Some(OrderStep::Flag(_))), "{:?}", order.step);

    let order = Order::new(3.into()).owner(OrderOwner::new("Ada").age(36)).place(OrderPlace::new("Paris", "75001"));
    let written = serde_json::to_value(&order).expect("JSON");
    let owner = json!({"name": "Ada", "age": 36});
    assert_eq!(written, json!({"quantity": 3, "owner": owner, "place": {"city": "Paris", "zip": "75001"}}));
}
