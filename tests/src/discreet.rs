//! Checks that no log or error contains the API key or an e-mail address.

use std::error::Error as _;
use std::fmt::{Debug, Display};

use promotekit::{Error, Uuid};

use crate::collector::Line;
use crate::server::KEY;

/// Checks an error and its causes.
#[track_caller]
pub fn check(error: &Error) {
    check_texts(error);
    // No body is a UUID, and the resulting error must not quote the body either.
    if let Some(result) = error.body::<Uuid>() {
        check_texts(&result.expect_err("no id"));
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        check_texts(error);
        cause = error.source();
    }
}

#[track_caller]
fn check_texts<T: Debug + Display + ?Sized>(value: &T) {
    check_text(&value.to_string());
    check_debug(value);
}

/// Checks a value's `Debug` output.
#[track_caller]
pub fn check_debug<T: Debug + ?Sized>(value: &T) {
    check_text(&format!("{value:?}"));
    check_text(&format!("{value:#?}"));
}

/// Checks the error of a result, if there is one.
#[track_caller]
pub fn check_result<T>(result: Result<T, Error>) {
    if let Err(error) = result {
        check(&error);
    }
}

/// Checks log lines.
#[track_caller]
pub fn check_lines(lines: &[Line]) {
    for line in lines {
        check_text(&line.text);
    }
}

/// Checks that a text contains neither the key nor an address.
#[track_caller]
pub fn check_text(text: &str) {
    assert!(!leaks(text), "{text}");
}

/// Whether a text contains the key or an address. In tests, only addresses contain `@` (`%40` in URLs).
pub fn leaks(text: &str) -> bool {
    [KEY, "@", "%40"].iter().any(|secret| text.contains(secret))
}
