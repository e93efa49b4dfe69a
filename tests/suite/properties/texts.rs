//! Texts that are hard to carry: reserved characters, other scripts, addresses.

use proptest::prelude::*;

/// What the local part of every address here begins with, so that a leak shows.
pub(super) const LOCAL: &str = "zq7";

/// Any text, more often one with characters that URLs and JSON give a meaning.
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
