//! Parameters in every style, as a server receives them.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use golden_styles::types::Colour;
use golden_styles::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (url, seen) = serve();
    let client = Client::builder().base_url(url.clone()).build()?;
    let target = || seen.recv_timeout(Duration::from_secs(20)).expect("a request").remove(0);
    let colour = || Colour::new(100).green(200);

    client.paths().plain(colour()).await?;
    assert_eq!(target(), "GET /plain/red,100,green,200 HTTP/1.1");
    client.paths().label(["a".to_owned(), "b c".to_owned()]).await?;
    assert_eq!(target(), "GET /label/.a,b%20c HTTP/1.1");
    client.paths().matrix(5, colour()).await?;
    assert_eq!(target(), "GET /matrix/;id=5/;red=100;green=200 HTTP/1.1");

    client.others().header().x_colour(colour()).await?;
    let head = seen.recv().expect("a request");
    assert!(head.contains(&"x-colour: red,100,green,200".to_owned()), "{head:?}");

    client.others().document(colour()).any("x").note("y").await?;
    let query = "any=%22x%22&filter=%7B%22red%22%3A100%2C%22green%22%3A200%7D&note=y";
    assert_eq!(target(), format!("GET /document?{query} HTTP/1.1"));

    // The command accepts the same styles.
    for (arguments, expected) in [
        (&["paths", "plain", r#"{"red": 100, "green": 200}"#][..], "GET /plain/red,100,green,200 HTTP/1.1"),
        (&["paths", "label", "a,b c"], "GET /label/.a,b%20c HTTP/1.1"),
        (&["paths", "matrix", "5", r#"{"green": 200, "red": 100}"#], "GET /matrix/;id=5/;red=100;green=200 HTTP/1.1"),
        (
            &["others", "document", "--filter", r#"{"green": 200, "red": 100}"#, "--note", "y"],
            "GET /document?filter=%7B%22red%22%3A100%2C%22green%22%3A200%7D&note=y HTTP/1.1",
        ),
    ] {
        let arguments: Vec<_> = ["styles", "--base-url", &url].iter().chain(arguments).map(|word| (*word).to_owned()).collect();
        let ended = std::thread::spawn(move || golden_styles::cli::run(arguments)).join().expect("no panic");
        assert_eq!((ended, target().as_str()), (std::process::ExitCode::SUCCESS, expected));
    }
    // The tree of all commands builds without conflicts.
    let all = std::thread::spawn(|| golden_styles::cli::run(["styles", "completions", "bash"]));
    assert_eq!(all.join().expect("no panic"), std::process::ExitCode::SUCCESS);
    Ok(())
}

/// Starts a server with empty responses; the channel yields the head lines of every request.
fn serve() -> (String, Receiver<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for mut connection in listener.incoming().map_while(Result::ok) {
            let lines = BufReader::new(&connection).lines().map_while(Result::ok);
            sender.send(lines.take_while(|line| !line.is_empty()).collect()).expect("somebody who listens");
            write!(connection, "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").expect("a response");
        }
    });
    (url, receiver)
}
