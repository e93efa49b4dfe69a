//! Formats single values for tables.

use clientsmith_runtime::api::Kind;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::value::RawValue;

use super::{Zone, escape, money};
use crate::rows::cell;

/// How values are formatted.
pub(crate) struct Formatter {
    zone: TimeZone,
    /// The suffix of times: the offset, because some abbreviations of time zones are ambiguous.
    suffix: &'static str,
}

impl Formatter {
    pub(crate) fn new(times: Zone) -> Self {
        match times {
            Zone::Utc => Self { zone: TimeZone::UTC, suffix: "UTC" },
            Zone::Local => Self::in_zone(TimeZone::system()),
        }
    }

    pub(crate) fn in_zone(zone: TimeZone) -> Self {
        Self { zone, suffix: "%:z" }
    }

    /// Formats a value on one line; null is empty.
    pub(crate) fn text(&self, kind: Kind, value: Option<&RawValue>, currency: Option<&RawValue>) -> String {
        let Some(value) = value.filter(|value| value.get() != "null") else { return String::new() };
        let text = cell::text(kind, value);
        let text = match kind {
            Kind::Timestamp => self.time(&text).map_or(text, Into::into),
            Kind::Decimal => {
                let currency = currency.filter(|currency| currency.get().starts_with('"'));
                let currency = currency.map(|currency| cell::text(Kind::String, currency));
                money::money(&text, currency.as_deref()).into()
            }
            _ => text,
        };
        escape::line(&text).into_owned()
    }

    /// Formats a time with seconds.
    pub(crate) fn with_seconds(&self, time: Timestamp) -> String {
        self.in_zone_as(time, "%Y-%m-%d %H:%M:%S")
    }

    /// Formats a time; returns `None` if the string is not a time.
    fn time(&self, text: &str) -> Option<String> {
        Some(self.in_zone_as(text.parse().ok()?, "%Y-%m-%d %H:%M"))
    }

    fn in_zone_as(&self, time: Timestamp, format: &str) -> String {
        let format = format!("{format} {}", self.suffix);
        time.to_zoned(self.zone.clone()).strftime(&format).to_string()
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz;

    use super::*;

    fn raw(json: &str) -> Box<RawValue> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn times_name_their_clock() {
        let india = Formatter::in_zone(TimeZone::fixed(tz::Offset::from_seconds(19_800).unwrap()));
        for (json, utc, local) in [
            (r#""2025-03-03T10:15:59Z""#, "2025-03-03 10:15 UTC", "2025-03-03 15:45 +05:30"),
            (r#""2025-03-03T23:30:00.123+02:00""#, "2025-03-03 21:30 UTC", "2025-03-04 03:00 +05:30"),
            (r#""2025-03-03""#, "2025-03-03", "2025-03-03"),
            (r#""soon\u001b""#, "soon\\u001b", "soon\\u001b"),
            ("17", "17", "17"),
            ("null", "", ""),
        ] {
            let value = raw(json);
            assert_eq!(Formatter::new(Zone::Utc).text(Kind::Timestamp, Some(&value), None), utc);
            assert_eq!(india.text(Kind::Timestamp, Some(&value), None), local);
        }
        assert_eq!(india.with_seconds(Timestamp::UNIX_EPOCH), "1970-01-01 05:30:00 +05:30");
    }

    #[test]
    fn amounts_have_the_currency_beside_them() {
        for (amount, currency, expected) in [
            ("49", r#""usd""#, "49.00 USD"),
            (r#""9.80""#, r#""usd""#, "9.80 USD"),
            ("4.9e1", "null", "49"),
            ("49", "7", "49"),
            ("49", r#""\u001b[0m""#, "49 \\u001b[0m"),
            ("null", r#""usd""#, ""),
        ] {
            let (amount, currency) = (raw(amount), raw(currency));
            let text = Formatter::new(Zone::Utc).text(Kind::Decimal, Some(&amount), Some(&currency));
            assert_eq!(text, expected);
        }
    }
}
