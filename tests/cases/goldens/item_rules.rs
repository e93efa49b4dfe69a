//! Rules of the items of lists and of the values of maps, at any depth: each violation names its item.

use golden_item_rules::types::Basket;
use golden_item_rules::{Client, Error};
use serde_json::{from_value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = Client::builder().base_url("http://127.0.0.1:9").build().expect("a client");
    let basket: Basket = from_value(json!({
        "tags": ["ok", "", "large"],
        "grid": [[0], [1, -1], [1, 2, 3]],
        "mails": [null, "ada@example.com", "nobody"],
        "prices": {"a": 1, "b": 0},
        "shelves": {"top": ["abc", "abcd"]},
        "all": ["abc", "abcd"],
    }))
    .expect("a basket");
    let codes = ["ab", "a"].map(str::to_owned);
    let sent = client.baskets().create(basket).codes(codes).x_levels([9, 10]).await;
    let Err(Error::InvalidRequest { violations, .. }) = sent else { panic!("{sent:?}") };
    let found: Vec<_> = violations.iter().map(ToString::to_string).collect();
    let expected = [
        "`codes[1]` must have at least 2 characters",
        "`X-Levels[1]` must be at most 9",
        "`tags[1]` must have at least 1 character",
        "`tags[2]` must have at most 4 characters",
        "`grid[1][1]` must be at least 0",
        "`grid[2]` must have at most 2 items",
        "`mails[2]` must be an e-mail address",
        "`prices.b` must be greater than 0",
        "`shelves.top[1]` must have at most 3 characters",
        "`all[1]` must have at most 3 characters",
    ];
    assert_eq!(found, expected);
}
