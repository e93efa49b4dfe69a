//! Streams of JSON lines.

use clientsmith_runtime::{Client, Error};

use super::api::{Export, client};
use super::server::{Server, Step, chunked, open, send, whole};

const LINES: &str = "application/jsonl";

#[tokio::test]
async fn lines_and_their_errors() {
    type Check = fn(&Error) -> bool;
    type Row<'a> = (&'a str, Vec<Step>, &'a [u32], Option<Check>);
    let is_decode: Check = |error| matches!(error, Error::Decode { .. });
    let is_broken: Check = |error| matches!(error, Error::Disconnected { .. });
    let is_large: Check = |error| matches!(error, Error::ResponseTooLarge { .. });
    let rows: Vec<Row<'_>> = vec![
        ("empty", whole(LINES, ""), &[], None),
        ("with and without an end", whole(LINES, "1\n2\r\n\n  3 \n4"), &[1, 2, 3, 4], None),
        ("a text sequence", whole("application/json-seq", "\u{1e}1\n\u{1e}2\n"), &[1, 2], None),
        ("a mismatch", whole(LINES, "1\nx\n3\n"), &[1, 3], Some(is_decode)),
        ("in pieces", vec![open(LINES), send("1"), send("2\n"), send("3\n4")], &[12, 3, 4], None),
        ("broken", chunked(LINES, &["1\n2"]), &[1], Some(is_broken)),
        ("an endless line", vec![open(LINES), send("1\n"), Step::Fill(100_000)], &[1], Some(is_large)),
    ];
    for (name, script, expected, failure) in rows {
        let server = Server::new([script]);
        let mut lines = Export::new(&client::<Client>(&server.url)).await.unwrap();
        let (mut values, mut errors) = (Vec::new(), Vec::new());
        while let Some(line) = lines.next().await {
            match line {
                Ok(value) => values.push(value),
                Err(error) => errors.push(error),
            }
        }
        assert_eq!(values, expected, "{name}");
        match failure {
            Some(check) => assert!(errors.len() == 1 && check(&errors[0]), "{name}: {errors:?}"),
            None => assert!(errors.is_empty(), "{name}: {errors:?}"),
        }
    }
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_lines() {
    let server = Server::new([whole(LINES, "1\n2\n")]);
    let client: clientsmith_runtime::blocking::Client = client(&server.url);
    let values: Result<Vec<_>, _> = Export::new(&client).send().unwrap().collect();
    assert_eq!(values.unwrap(), [1, 2]);
}
