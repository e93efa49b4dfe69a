//! Nothing that may end in a log shows the API key or an e-mail address.

use std::error::Error as _;
use std::fmt::{Debug, Display};

use promotekit::{Error, Uuid};

use crate::collector::Line;
use crate::server::KEY;

/// Checks an error and everything that caused it.
#[track_caller]
pub fn check(error: &Error) {
    check_texts(error);
    // No body is an id; what is said about that does not repeat it either.
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

/// Checks what `Debug` shows of a value.
#[track_caller]
pub fn check_debug<T: Debug + ?Sized>(value: &T) {
    check_text(&format!("{value:?}"));
    check_text(&format!("{value:#?}"));
}

/// Checks the error of a result, if it is one.
#[track_caller]
pub fn check_result<T>(result: Result<T, Error>) {
    if let Err(error) = result {
        check(&error);
    }
}

/// Checks what was said.
#[track_caller]
pub fn check_lines(lines: &[Line]) {
    for line in lines {
        check_text(&line.text);
    }
}

/// Checks a text.
#[track_caller]
pub fn check_text(text: &str) {
    assert!(!leaks(text), "{text}");
}

/// Whether a text shows the key or an address. Every fixture's address has an `@`, which in a URL is `%40`; nothing else in the suite has one.
pub fn leaks(text: &str) -> bool {
    [KEY, "@", "%40"].iter().any(|secret| text.contains(secret))
}
