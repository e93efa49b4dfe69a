//! Operations with several success responses, against a server that sends each of them.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use golden_responses::resources::orders::{CreateResponse, DeleteResponse, MoveLabelResponse};
use golden_responses::types::{CreateOrderResponse201, Order};
use golden_responses::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = |response| Client::builder().base_url(serve(response)).build();
    let order: Order = serde_json::from_str(r#"{"id":"7"}"#).expect("an order");
    let json = |status: &str, body: &str| format!("{status}\r\ncontent-type: application/json\r\n\r\n{body}");

    let receipt: CreateOrderResponse201 = serde_json::from_str(r#"{"receipt":"r"}"#).expect("a receipt");
    for (response, expected) in [
        (json("200 OK", r#"{"id":"7"}"#), CreateResponse::Ok(order.clone())),
        (json("201 Created", r#"{"receipt":"r"}"#), CreateResponse::Created(receipt)),
        ("202 Accepted\r\n\r\n".to_owned(), CreateResponse::Accepted),
        ("206 Partial Content\r\n\r\nhalf of it".to_owned(), CreateResponse::Other("half of it".to_owned())),
    ] {
        assert_eq!(client(response)?.orders().create().await?, expected);
    }
    let mismatch = client(json("200 OK", r#"{"receipt":"r"}"#))?.orders().create().await;
    assert!(matches!(mismatch, Err(Error::Decode { .. })), "{mismatch:?}");

    assert_eq!(client(json("200 OK", r#"{"id":"7"}"#))?.orders().get("7").await?, Some(order.clone()));
    assert_eq!(client("204 No Content\r\n\r\n".to_owned())?.orders().get("7").await?, None);
    assert_eq!(client(json("201 Created", r#"{"id":"7"}"#))?.orders().replace("7").await?, order);

    let head = "200 OK\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n".to_owned();
    client(head.clone())?.orders().has_receipt("7").await?;
    let reply = client(head)?.orders().has_receipt("7").with_response().await?;
    assert_eq!((reply.headers["content-length"].as_bytes(), reply.body.len()), (&b"10"[..], 0));
    let missing = "404 Not Found\r\ncontent-length: 10\r\nx-request-id: r1\r\n\r\n".to_owned();
    let missing = client(missing)?.orders().has_receipt("7").await.expect_err("there is none");
    assert_eq!((missing.status().map(|status| status.as_u16()), missing.request_id()), (Some(404), Some("r1")));

    let to = |status: &str| format!("{status}\r\nlocation: /elsewhere\r\ncontent-type: text/html\r\ncontent-length: 3\r\n\r\n<p>");
    let reply = client(to("302 Found"))?.orders().get_file("7").with_response().await?;
    assert_eq!((reply.value, reply.status.as_u16(), reply.location()), ((), 302, Some("/elsewhere")));
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect"] {
        let reply = client(to(status))?.orders().get_label("7").with_response().await?;
        assert_eq!((&reply.value, reply.location()), (&None, Some("/elsewhere")), "{status}");
    }
    let label = client("200 OK\r\n\r\na label".to_owned())?.orders().get_label("7").await?;
    assert_eq!(label.as_deref(), Some("a label"));
    assert_eq!(client(to("303 See Other"))?.orders().move_label("7").await?, MoveLabelResponse::SeeOther);
    // Other redirects are errors with a location.
    for error in [
        client(to("307 Temporary Redirect"))?.orders().get_file("7").await.expect_err("not documented"),
        client(to("302 Found"))?.orders().move_label("7").await.expect_err("not documented"),
        client(to("304 Not Modified"))?.orders().get_label("7").await.expect_err("not a redirect"),
    ] {
        assert!(matches!(error, Error::Api { .. }), "{error}");
        assert_eq!(error.location(), Some("/elsewhere"));
    }
    client("204 No Content\r\n\r\n".to_owned())?.orders().delete_receipt("7").await?;

    let reply = client(json("202 Accepted", "9"))?.orders().delete("7").with_response().await?;
    assert_eq!((reply.value, reply.status.as_u16()), (DeleteResponse::Accepted(9), 202));
    let undocumented = client(json("203 Non-Authoritative Information", "9"))?.orders().delete("7").await;
    let said = undocumented.expect_err("nothing is documented for 203").to_string();
    assert_eq!(said, "delete_order: the response is not as documented at `.`: status 203 is not documented");
    Ok(())
}

/// Starts a server that sends one response and stops. `response` begins with the status.
fn serve(response: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("a request");
        let head = BufReader::new(&connection).lines().map_while(Result::ok);
        let head: Vec<_> = head.take_while(|line| !line.is_empty()).collect();
        assert!(head.iter().any(|line| line.starts_with("accept: ")), "{head:?}");
        write!(connection, "HTTP/1.1 {}", response.replacen("\r\n", "\r\nconnection: close\r\n", 1)).expect("a response");
    });
    url
}
