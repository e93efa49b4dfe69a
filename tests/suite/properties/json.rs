//! Arbitrary JSON: any value, and mutated samples.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};
use tests::corpus;

use super::texts::{address, text};

/// Property names of the API.
const KNOWN: &[&str] = &[
    "success",
    "data",
    "pagination",
    "error",
    "message",
    "type",
    "page",
    "has_more",
    "id",
    "email",
    "amount",
    "created_at",
    "affiliate",
    "campaign",
    "links",
    "first_payment_commission",
    "clicks",
    "code_mode",
];

/// A property name: one of the API, any other, or an address.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![4 => select(KNOWN).prop_map(str::to_owned), 1 => text(), 1 => address()]
}

/// A number of at most 15 significant digits, which keeps its text in a round trip.
fn number() -> impl Strategy<Value = Value> {
    let fraction = (-999_999_999_999_999_i64..=999_999_999_999_999, 1_u32..=15).prop_map(|(digits, places)| {
        let number: f64 = format!("{digits}e-{places}").parse().expect("a number");
        json!(number)
    });
    prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-9..9).prop_map(Value::from),
        fraction
    ]
}

fn leaf() -> impl Strategy<Value = Value> {
    let like_a_number = "-?[0-9]{1,9}(\\.[0-9]{1,6})?";
    let like_a_time = "20[0-9]{2}-0[1-9]-[0-2][1-8]T[01][0-9]:[0-5][0-9]:00(\\.[0-9]{1,9})?(Z|[+-]0[0-9]:00)";
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number(),
        text().prop_map(Value::from),
        address().prop_map(Value::from),
        like_a_number.prop_map(Value::from),
        like_a_time.prop_map(Value::from),
    ]
}

/// Any JSON value.
pub(super) fn value() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 40, 6, |inner| {
        let object = prop::collection::vec((name(), inner.clone()), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(Value::from),
            object.prop_map(|fields| Value::from(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// A mutation of one place in a value.
#[derive(Clone, Debug)]
enum Change {
    Drop,
    Put(Value),
    Add(String, Value),
    InArray,
    InObject(String),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => Just(Change::Drop),
        2 => Just(Change::Put(Value::Null)),
        3 => leaf().prop_map(Change::Put),
        1 => value().prop_map(Change::Put),
        2 => (name(), value()).prop_map(|(name, value)| Change::Add(name, value)),
        1 => Just(Change::InArray),
        1 => name().prop_map(Change::InObject),
    ]
}

/// A response sample with its operation and up to three mutations.
pub(super) fn changed_sample() -> impl Strategy<Value = (String, Value)> {
    let kinds = ["response", "tolerated", "error"];
    let samples = kinds.into_iter().flat_map(corpus::of_kind);
    let samples: Vec<_> = samples.map(|sample| (sample.directory.clone(), sample.json())).collect();
    let changes = prop::collection::vec((any::<Index>(), change()), 0..=3);
    (select(samples), changes).prop_map(|((operation, mut sample), changes)| {
        for (place, change) in changes {
            let place = place.get(&places(&sample)).clone();
            apply(&mut sample, &place, change);
        }
        (operation, sample)
    })
}

/// A sample with invalid JSON in an undocumented property.
pub(super) fn broken_sample() -> impl Strategy<Value = String> {
    (changed_sample(), any::<Index>(), name()).prop_map(|((_, mut sample), place, name)| {
        let mut objects = places(&sample);
        objects.retain(|place| sample.pointer(place).is_some_and(Value::is_object));
        if !objects.is_empty() {
            let place = place.get(&objects);
            apply(&mut sample, place, Change::Add(name, json!(["broken here"])));
        }
        sample.to_string().replace("\"broken here\"", "{]")
    })
}

/// Returns the pointers to a value and everything in it.
fn places(value: &Value) -> Vec<String> {
    fn collect(value: &Value, place: &str, places: &mut Vec<String>) {
        places.push(place.to_owned());
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| collect(item, &format!("{place}/{index}"), places));
            }
            Value::Object(fields) => {
                let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
                fields.iter().for_each(|(name, field)| collect(field, &format!("{place}/{}", escaped(name)), places));
            }
            _ => {}
        }
    }
    let mut places = Vec::new();
    collect(value, "", &mut places);
    places
}

fn apply(sample: &mut Value, place: &str, change: Change) {
    if let (Change::Drop, Some((parent, name))) = (&change, place.rsplit_once('/'))
        && let Some(Value::Object(fields)) = sample.pointer_mut(parent)
    {
        fields.remove(&name.replace("~1", "/").replace("~0", "~"));
        return;
    }
    let value = sample.pointer_mut(place).expect("a place of the sample");
    match change {
        // Outside of objects, null replaces the value.
        Change::Drop => *value = Value::Null,
        Change::Put(other) => *value = other,
        Change::Add(name, field) => match value {
            Value::Object(fields) => drop(fields.insert(name, field)),
            Value::Array(items) => items.push(field),
            other => *other = field,
        },
        Change::InArray => *value = json!([value.take()]),
        Change::InObject(name) => *value = json!({name: value.take()}),
    }
}
