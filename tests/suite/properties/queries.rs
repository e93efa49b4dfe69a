//! Filters arrive exactly as set.

use promotekit::Client;
use promotekit::mock::Response;
use promotekit::resources::{affiliates, referrals};
use proptest::option::of;
use tests::calls::{Sent, send};
use tests::corpus;
use url::form_urlencoded;

use super::check;
use super::connection::Connection;
use super::texts::{address, text};

#[test]
fn filters_of_affiliates_arrive() {
    let connection = Connection::open();
    check(100, &(of(address()), of(text()), of(text())), |(email, ref_code, promo_code)| {
        let set = [("email", &email), ("ref_code", &ref_code), ("promo_code", &promo_code)];
        arrives(&connection, &set, |client| {
            let list = email.iter().fold(client.affiliates().list(), affiliates::List::email);
            let list = ref_code.iter().fold(list, affiliates::List::ref_code);
            send(promo_code.iter().fold(list, affiliates::List::promo_code))
        });
    });
}

#[test]
fn filters_of_referrals_arrive() {
    let connection = Connection::open();
    check(100, &(of(address()), of(text())), |(email, customer)| {
        let set = [("email", &email), ("stripe_customer_id", &customer)];
        arrives(&connection, &set, |client| {
            let list = email.iter().fold(client.referrals().list(), referrals::List::email);
            send(customer.iter().fold(list, referrals::List::stripe_customer_id))
        });
    });
}

fn arrives(connection: &Connection, set: &[(&str, &Option<String>)], call: impl FnOnce(&Client) -> Sent) {
    let response = Response::new(200, "application/json", corpus::text("list_affiliates/empty.response"));
    connection.call(response, call).unwrap_or_else(|error| panic!("{error}"));
    let query = connection.last_request().query.unwrap_or_default();
    assert!(query.bytes().all(|byte| byte.is_ascii_graphic()), "{query}");
    let mut arrived: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    arrived.sort();
    let set = set.iter().filter_map(|(name, text)| Some(((*name).to_owned(), text.as_ref()?.clone())));
    let mut set: Vec<_> = set.collect();
    set.sort();
    assert_eq!(arrived, set, "{query}");
}
