//! Money is exact: in responses, in requests, and in rejected values.

use promotekit::{Client, CreateCommission, Decimal, Error, Payout};
use proptest::prelude::*;
use serde_json::Value;
use tests::calls::CHARLES;
use tests::server::{KEY, wait};

use super::check;

const BEFORE: &str = r#"{"id":"b31775e7-4083-455b-8b21-348b920d5aab","amount":"#;

/// 15 significant digits, which any JSON number keeps.
const DIGITS: i64 = 999_999_999_999_999;

/// From the maximum number of decimal places to as many trailing zeros as such a number can have.
fn digits_and_exponent() -> impl Strategy<Value = (i64, i32)> {
    let digits = prop_oneof![-DIGITS..=DIGITS, -99_999_i64..=99_999];
    (digits, prop_oneof![-28_i32..=13, -4_i32..=2])
}

fn amount() -> impl Strategy<Value = Decimal> {
    digits_and_exponent().prop_map(|(digits, exponent)| decimal(digits, exponent))
}

fn decimal(digits: i64, exponent: i32) -> Decimal {
    let zeros = 10_i128.pow(exponent.max(0).unsigned_abs());
    Decimal::from_i128_with_scale(i128::from(digits) * zeros, exponent.min(0).unsigned_abs())
}

fn read(json: &str) -> serde_json::Result<Decimal> {
    serde_json::from_str(&format!("{BEFORE}{json}}}")).map(|payout: Payout| payout.amount)
}

fn write(amount: Decimal) -> String {
    let mut payout: Payout = serde_json::from_str(&format!("{BEFORE}0}}")).expect("a payout");
    payout.amount = amount;
    let text = serde_json::to_string(&payout).expect("JSON");
    let end = text.strip_prefix(BEFORE).and_then(|rest| rest.strip_suffix('}'));
    end.unwrap_or_else(|| panic!("{text}")).to_owned()
}

#[test]
fn money_that_is_written_is_read_again() {
    check(2000, &amount(), |amount| {
        let written = write(amount);
        let number: Value = serde_json::from_str(&written).expect("JSON");
        assert!(number.is_number(), "{amount} is written as {written}");
        // The standard library rounds correctly, independently of the JSON parser.
        let float: f64 = amount.to_string().parse().expect("a number");
        let shortest = serde_json::to_string(&float).expect("JSON");
        assert!(written == shortest || written == amount.to_string(), "{amount} is written as {written}");
        assert_eq!(read(&written).expect(&written), amount, "read from {written}");
    });
}

#[test]
fn money_is_the_same_as_number_and_as_text() {
    check(2000, &digits_and_exponent(), |(digits, exponent)| {
        let expected = decimal(digits, exponent);
        for text in [expected.to_string(), format!("{digits}e{exponent}"), format!("{digits}.0E{exponent}")] {
            // A decimal cannot hold one more decimal place.
            if exponent == -28 && text.contains(".0E") {
                continue;
            }
            assert_eq!(read(&text).expect(&text), expected, "{text}");
            assert_eq!(read(&format!("\"{text}\"")).expect(&text), expected, "\"{text}\"");
        }
    });
}

#[test]
fn money_is_nothing_but_numbers() {
    for text in ["NaN", "inf", "-Infinity", "1e999", "", "0x10", "1,000", "1 2", "--1", "1e", "e1", ".", "١"] {
        assert!(read(&Value::from(text).to_string()).is_err(), "{text:?}");
    }
    let almost =
        prop_oneof!["[0-9eE+_. -]{0,12}", "-?[0-9]{1,40}(\\.[0-9]{1,40})?(e[+-]?[0-9]{1,3})?", any::<String>()];
    check(3000, &almost, |text| {
        let Ok(amount) = read(&Value::from(text.as_str()).to_string()) else { return };
        // Whitespace around a number is accepted.
        let text = text.trim();
        assert!(text.parse::<f64>().is_ok(), "{text:?} is read as {amount}");
        assert_eq!(canonical(text), canonical(&amount.to_string()), "{text:?} is read as {amount}");
    });
}

/// Returns the sign, the digits without leading and trailing zeros, and the decimal exponent.
fn canonical(number: &str) -> (bool, String, i64) {
    let (digits, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches(['+', '-', '0']);
    let short = digits.trim_end_matches('0');
    let zeros = i64::try_from(digits.len()).expect("a length") - i64::try_from(short.len()).expect("a length");
    let places = i64::try_from(fraction.len()).expect("a length");
    let shift = exponent.parse::<i64>().expect("an exponent") + zeros - places;
    if short.is_empty() { (false, String::new(), 0) } else { (whole.starts_with('-'), short.to_owned(), shift) }
}

#[test]
fn money_not_above_zero_is_not_sent() {
    // No server listens there, so sending a request would cause another error.
    let client = Client::builder(KEY).base_url("http://127.0.0.1:9").build().expect("a client");
    let amounts = (amount(), amount()).prop_filter("one is rejected", |(a, b)| a.min(b) <= &Decimal::ZERO);
    check(300, &amounts, |(revenue, commission)| {
        let error = wait(client.commissions().create(CreateCommission::new(CHARLES, revenue, commission)));
        let Err(Error::InvalidRequest { violations, .. }) = error else { panic!("{error:?}") };
        let found: Vec<_> = violations.iter().map(|violation| violation.path.as_str()).collect();
        let fields = [("revenue_amount", revenue), ("commission_amount", commission)];
        let rejected = fields.iter().filter(|(_, amount)| *amount <= Decimal::ZERO);
        assert_eq!(found, rejected.map(|(name, _)| *name).collect::<Vec<_>>());
    });
}
