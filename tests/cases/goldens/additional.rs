//! Additional properties: sent, validated, and kept.

use golden_additional::Client;
use golden_additional::types::{Labels, Metric, NewMetric, NewMetricAny, NewMetricNone, NewMetricPoints};
use serde_json::{Value, from_value, json, to_value};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut any = NewMetricAny::new();
    any.extra.insert("b".to_owned(), json!([null]));
    let mut points = NewMetricPoints::new();
    points.extra.insert("second".to_owned(), json!({"x": 2}));
    let mut metric = NewMetric::new("size").any(any).none(NewMetricNone::new().a("x")).points(points);
    metric.extra.insert("p50".to_owned(), json!(1.5));
    let expected = json!({
        "name": "size", "any": {"b": [null]}, "none": {"a": "x"}, "points": {"second": {"x": 2}}, "p50": 1.5,
    });
    assert_eq!(to_value(&metric).expect("JSON"), expected);

    // Additional properties are validated before sending, at any depth.
    metric.extra.insert("p99".to_owned(), json!("many"));
    metric.points.as_mut().expect("points").extra.insert("third".to_owned(), json!({"y": 1}));
    let mut labels = Labels::new().color("red");
    labels.extra.insert("size".to_owned(), json!(1));
    let client = Client::new().expect("a client");
    let rejected = client.metrics().create(metric).await.expect_err("two violations").to_string();
    for path in ["`p99`", "`points.third`"] {
        assert!(rejected.contains(path), "{rejected}");
    }
    let rejected = client.labels().set(labels).await.expect_err("a violation").to_string();
    assert!(rejected.contains("`size`"), "{rejected}");

    // Received properties are kept even if they are invalid.
    for received in [json!({"name": "size", "p50": 1.5}), json!({"name": "size", "p50": "many"})] {
        let read: Metric = from_value(received.clone()).expect("a metric");
        assert_eq!(read.extra["p50"], received["p50"]);
        assert_eq!(to_value::<Metric>(read).expect("JSON"), Value::clone(&received));
    }
}
