//! Null is accepted exactly where the document allows it.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

use golden_nulls::Client;
use golden_nulls::types::{Choice, Holder, Label};
use serde_json::{from_value, json, to_value};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = client(&["null", "null", r#"[null, {"a": "x", "next": null}]"#, "null", "null", r#""blue""#, r#""green""#]);
    let things = client.things();
    assert_eq!(things.get_parent("1").await.expect("null"), None);
    assert_eq!(things.get_maybe().await.expect("null"), None);
    let listed = things.list_maybes().await.expect("two");
    assert_eq!(to_value(&listed).expect("JSON"), json!([null, {"a": "x", "next": null}]));
    assert_eq!(listed[0], None);
    assert_eq!(things.get_choice().await.expect("null"), None);
    assert_eq!(things.get_label().await.expect("null"), None);
    assert_eq!(things.get_choice().await.expect("a label"), Some(Choice::Label(Label::Blue)));
    assert_eq!(things.get_label().await.expect("an unknown one").expect("not null").as_str(), "green");

    let held = json!({"maybe": null, "label": null, "maybes": {"a": null}});
    let holder: Holder = from_value(held.clone()).expect("nulls");
    assert_eq!(to_value(&holder).expect("JSON"), held);
}

/// Returns a client of a server that sends these bodies.
fn client(bodies: &'static [&'static str]) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for (stream, body) in listener.incoming().zip(bodies) {
            let mut stream = stream.expect("a connection");
            let head = BufReader::new(stream.try_clone().expect("a handle")).lines();
            head.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
            write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).expect("a reader");
        }
    });
    Client::builder().base_url(format!("http://{address}")).build().expect("a client")
}
