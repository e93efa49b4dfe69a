//! Form bodies in their encodings, as a server receives them.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use golden_form_bodies::types::{Order, OrderColour, OrderItemsItem, OrderNote, OrderShipping, OrderState};
use golden_form_bodies::{Client, Decimal, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (url, seen) = serve();
    let client = Client::builder().base_url(url.clone()).build()?;
    let arrived = || seen.recv_timeout(Duration::from_secs(20)).expect("a request");
    let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    let order = || Order::new(Decimal::new(980, 2));

    for (order, expected) in [
        (order(), ""),
        (order().tags(list(&["a,b", "c"])), "tags=a%2Cb,c"),
        (order().sizes([1, 2]), "sizes=1&sizes=2"),
        (order().codes(list(&["a", "b"])), "codes=a%7Cb"),
        (order().words(list(&["a", "b"])), "words=a+b"),
        (order().expand(list(&["a", "b"])), "expand%5B0%5D=a&expand%5B1%5D=b"),
        (
            order().shipping(OrderShipping::new().street("x y").lines(list(&["1"]))),
            "shipping%5Bstreet%5D=x+y&shipping%5Blines%5D%5B0%5D=1",
        ),
        (order().colour(OrderColour::new().r(1).g(2)), "R=1&G=2"),
        (
            order().items([OrderItemsItem::new().price("p").count(1), OrderItemsItem::new().price("q")]),
            "items%5B0%5D%5Bprice%5D=p&items%5B0%5D%5Bcount%5D=1&items%5B1%5D%5Bprice%5D=q",
        ),
        (order().meta(BTreeMap::from([("a b".to_owned(), "c&d".to_owned())])), "a+b=c%26d"),
        (order().return_url("https://x/?a=b&c"), "return_url=https://x/?a=b%26c"),
        (order().note(OrderNote::new().a(1)), "note=%7B%22a%22%3A1%7D"),
        (order().state(OrderState::Open), "state=open"),
        (order().at("2024-02-29T10:00:00Z".parse().expect("a time")), "at=2024-02-29T10%3A00%3A00Z"),
    ] {
        client.orders().create(order).await?;
        let (head, body) = arrived();
        assert!(head.contains(&"content-type: application/x-www-form-urlencoded".to_owned()), "{head:?}");
        let mut pairs: Vec<&str> = body.split('&').collect();
        pairs.retain(|pair| *pair != "amount=9.8");
        assert_eq!(pairs.join("&"), expected);
    }

    // Values that a form cannot represent are not sent.
    let nothing = client.orders().create(order().sizes([])).await;
    let Err(Error::InvalidRequest { violations, .. }) = nothing else { panic!("it was sent") };
    assert_eq!(violations[0].to_string(), "`sizes` must not be empty, because it would not be sent");
    let spaced = client.orders().create(order().words(list(&["a b"]))).await;
    assert!(matches!(spaced, Err(Error::InvalidRequest { .. })));

    // An optional body without a schema takes any fields.
    client.orders().update().await?;
    let (head, body) = arrived();
    assert!(head.contains(&"content-length: 0".to_owned()) && body.is_empty(), "{head:?}");
    let fields = serde_json::json!({"a": "b c", "d": [1, 2]});
    client.orders().update().body(fields.as_object().expect("an object").clone()).await?;
    assert_eq!(arrived().1, "a=b+c&d=1&d=2");

    client.orders().search().near("52.5,13.4").expand(list(&["a", "b"])).await?;
    assert_eq!(arrived().0[0], "GET /search?expand%5B0%5D=a&expand%5B1%5D=b&near=52.5,13.4 HTTP/1.1");

    // The command sends the same.
    let arguments = ["form_bodies", "--base-url", &url, "orders", "create", "--amount", "1.50", "--tags", "a", "--tags", "b"];
    let arguments = arguments.map(str::to_owned);
    let ended = std::thread::spawn(move || golden_form_bodies::cli::run(arguments)).join().expect("no panic");
    assert_eq!((ended, arrived().1.as_str()), (std::process::ExitCode::SUCCESS, "amount=1.5&tags=a,b"));
    Ok(())
}

/// Starts a server with empty responses; the channel yields the head lines and the body of every request.
fn serve() -> (String, Receiver<(Vec<String>, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for mut connection in listener.incoming().map_while(Result::ok) {
            let mut reader = BufReader::new(&connection);
            let lines = reader.by_ref().lines().map_while(Result::ok);
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            let mut body = vec![0; length.unwrap_or(0)];
            reader.read_exact(&mut body).expect("a body");
            sender.send((head, String::from_utf8(body).expect("text"))).expect("somebody who listens");
            write!(connection, "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").expect("a response");
        }
    });
    (url, receiver)
}
