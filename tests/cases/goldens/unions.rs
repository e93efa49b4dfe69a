//! Values of union types, deserialized and serialized again.

use golden_unions::{Client, Decimal};
use golden_unions::types::{Dog, HouseCat, Pet, Shape};
use serde_json::{Value, from_value, json, to_value};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let pet = |value: Value| read::<Pet>(value);
    assert!(matches!(pet(json!({"kind": "cat", "name": "Tom"})), Pet::HouseCat(cat) if cat.name == "Tom"));
    assert!(matches!(pet(json!({"kind": "tomcat", "name": "Tom", "lives": 9})), Pet::HouseCat(_)));
    let dog = pet(json!({"kind": "dog", "name": "Rex", "price": 0.1}));
    assert!(matches!(&dog, Pet::Dog(Dog { price: Some(price), .. }) if price.to_string() == "0.1"), "{dog:?}");
    let pack = pet(json!({"kind": "Pack", "leader": {"kind": "dog", "name": "Rex"}}));
    assert!(matches!(&pack, Pet::Pack(pack) if matches!(pack.leader, Some(Pet::Dog(_)))), "{pack:?}");
    for stranger in [json!({"kind": "cow"}), json!({"name": "Tom"}), json!(7)] {
        assert_eq!(pet(stranger.clone()), Pet::Unknown(stranger));
    }
    // The discriminator names a variant that the value does not match.
    assert!(from_value::<Pet>(json!({"kind": "cat"})).is_err());
    let client = Client::new().expect("a client");
    let inexact = Dog::new("Rex").price(Decimal::from_str_exact("0.12345678901234567890").expect("a number"));
    let rejected = client.pets().create(Pet::from(inexact)).await.expect_err("JSON cannot hold it").to_string();
    assert!(rejected.contains("`price`"), "{rejected}");
    assert!(matches!(Pet::from(HouseCat::new("cat", "Tom")), Pet::HouseCat(_)));

    let shape = |value: Value| read::<Shape>(value);
    assert!(matches!(shape(json!({"radius": 1.5, "id": "a"})), Shape::Circle(_)));
    assert!(matches!(shape(json!({"radius": 1.5, "angle": 2.0})), Shape::Sector(_)));
    assert!(matches!(shape(json!({"side": 1.5})), Shape::Side(_)));
    assert_eq!(shape(json!("dot")), Shape::Text("dot".to_owned()));
    assert_eq!(shape(json!([1, 2])), Shape::IntegerList(vec![1, 2]));
    assert_eq!(shape(json!(true)), Shape::Unknown(json!(true)));
}

/// Deserializes a value and checks that it serializes to the same JSON.
fn read<T: serde::de::DeserializeOwned + serde::Serialize>(value: Value) -> T {
    let read: T = from_value(value.clone()).expect("the documented form");
    assert_eq!(to_value(&read).expect("JSON"), value);
    read
}
