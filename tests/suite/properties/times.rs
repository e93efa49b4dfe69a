//! Times are instants, whatever their offset and precision.

use jiff::tz::Offset;
use promotekit::{Payout, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};
use tests::calls::{PAYOUT, encode};

use super::check;

fn read(text: &str) -> serde_json::Result<Payout> {
    serde_json::from_str(&json!({"id": PAYOUT, "amount": 1, "created_at": text}).to_string())
}

/// An instant with exactly the precision of its RFC 3339 text.
fn time() -> impl Strategy<Value = (Timestamp, String)> {
    // 0001-01-02 to 9998-12-31.
    let seconds = -62_135_510_400_i64..=253_370_764_799;
    let fraction = prop::option::of((1_usize..=9, 0_i32..1_000_000_000));
    let offset = prop_oneof![Just(None), (-1439_i32..=1439).prop_map(Some)];
    (seconds, fraction, offset, any::<bool>()).prop_map(|(seconds, fraction, offset, lower)| {
        let (digits, nanoseconds) = match fraction {
            Some((digits, number)) => {
                let digits = &format!("{number:09}")[..digits];
                (format!(".{digits}"), format!("{digits:0<9}").parse().expect("a number"))
            }
            None => (String::new(), 0),
        };
        // Seconds before 1970 are negative, but fractions are always added.
        let instant = Timestamp::from_second(seconds).expect("a time");
        let instant = instant + jiff::SignedDuration::from_nanos(nanoseconds);
        let local = Offset::from_seconds(offset.unwrap_or(0) * 60).expect("an offset").to_datetime(instant);
        let zone = offset.map_or("Z".to_owned(), |minutes| {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        });
        let date = format!("{:04}-{:02}-{:02}", local.year(), local.month(), local.day());
        let time = format!("{:02}:{:02}:{:02}{digits}", local.hour(), local.minute(), local.second());
        let text = format!("{date}T{time}{zone}");
        (instant, if lower { text.to_lowercase() } else { text })
    })
}

#[test]
fn times_keep_their_instant() {
    check(1500, &time(), |(instant, text)| {
        let payout = read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(payout.created_at, Some(instant), "{text}");
        let written = encode(&payout)["created_at"].clone();
        let again: Timestamp = written.as_str().expect("a text").parse().expect("a time");
        assert_eq!(again, instant, "{text} is written as {written}");
    });
}

#[test]
fn times_are_nothing_but_times() {
    let almost = prop_oneof![
        "[0-9TtZz:+. -]{0,36}",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,12})?([Zz]|[+-][0-9]{2}:[0-9]{2})",
        any::<String>(),
    ];
    check(1500, &almost, |text| {
        let Ok(payout) = read(&text) else { return };
        let again: Payout = serde_json::from_value(encode(&payout)).expect("what was written");
        assert_eq!(again, payout, "{text}");
        assert_ne!(encode(&payout)["created_at"], Value::Null);
    });
}
