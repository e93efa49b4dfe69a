//! Events of another API than this project's, with other names for the event and its data.

use golden_webhooks::webhooks::{Delivery, Event};
use golden_webhooks::{Error, PriceChangedEventObjectReason, mock};

fn main() -> Result<(), Error> {
    for (name, body) in mock::SAMPLE_EVENTS {
        let event = Event::parse(body)?;
        assert_eq!(event.name(), *name);
        assert!(!matches!(event, Event::Unknown(_)), "{name}");
        assert_eq!(serde_json::to_value(&event).ok(), serde_json::from_str(body).ok(), "{name}");
    }
    let body = r#"{"sent": 1, "object": {"to": 19.99, "reason": "mood"}, "event_name": "Price-Changed!"}"#;
    let delivery = Delivery::parse(body)?;
    assert_eq!(delivery.extra["sent"], 1);
    let Event::PriceChanged(change) = delivery.event else { panic!("{body}") };
    assert_eq!((change.to.to_string(), change.from), ("19.99".to_owned(), None));
    assert_eq!(change.reason, Some(PriceChangedEventObjectReason::from("mood")));
    // The data field of the project's API is an extra field here.
    let Event::Unknown(other) = Event::parse(r#"{"event_name": "parcel.lost", "data": 7}"#)? else { panic!("known") };
    assert_eq!((other.data.is_null(), &other.extra["data"]), (true, &7.into()));
    let error = Event::parse(r#"{"type": "parcel.sent", "data": {}}"#).expect_err("no event");
    assert_eq!(error.to_string(), "the event is not as documented at `.`: missing field `event_name`");
    Ok(())
}
