//! Difficult strings: reserved characters, other scripts, addresses.

use proptest::prelude::*;

/// The prefix of every address's local part, so that a leak is detected.
pub(super) const LOCAL: &str = "zq7";

/// Any string, with a preference for characters that are special in URLs and JSON.
pub(super) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~]{0,20}",
        r#"[&=+%#?/;:,\\"'<>{}\[\] \t\n\r\x00-\x1f\x7fé東🦀\u{200d}\u{feff}a-c0-9]{0,20}"#,
    ]
}

/// An e-mail address.
pub(super) fn address() -> impl Strategy<Value = String> {
    "[a-z0-9.+_!#$/?^`{|}~-]{0,6}@([a-z0-9]([a-z0-9-]{0,4}[a-z0-9])?\\.){1,2}[a-z]{2,3}"
        .prop_map(|rest| format!("{LOCAL}{rest}"))
}
