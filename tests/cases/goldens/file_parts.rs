//! Typed multipart bodies, as a server receives them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use golden_file_parts::types::{CreatePictureRequest, CreatePictureRequestLinesItem, Info, Replacement, Tag};
use golden_file_parts::{Client, Decimal, Error, FilePart, Multipart};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (url, seen) = serve();
    let client = Client::builder().base_url(url.clone()).build()?;
    let arrived = || parts(seen.recv_timeout(Duration::from_secs(20)).expect("a request"));
    let png = || FilePart::new(&b"png"[..]).name("a\".png").media_type("image/png");

    let full = CreatePictureRequest::new(png(), "T\u{e4}", 90)
        .pages([FilePart::from("one"), FilePart::from("two").name("2.txt").media_type("text/plain")])
        .info(Info::new(7))
        .tags([Tag::Red, Tag::Green])
        .lines([CreatePictureRequestLinesItem::new().text("x")])
        .numbers([1, 2])
        .price(Decimal::new(980, 2))
        .at("2024-02-29T10:00:00Z".parse().expect("a time"))
        .file_x_note("turned");
    client.pictures().create(full).await?;
    let file = "name=\"file\"; filename=\"a%22.png\"|Content-Type: image/png|X-Rotation: 90|X-Note: turned||png";
    let mut found = arrived();
    found.sort();
    assert_eq!(
        found,
        [
            "name=\"at\"|Content-Type: text/plain||2024-02-29T10:00:00Z",
            file,
            "name=\"info\"|Content-Type: application/json||{\"width\":7}",
            "name=\"lines\"|Content-Type: application/json||{\"text\":\"x\"}",
            "name=\"numbers\"|Content-Type: application/json||[1,2]",
            "name=\"pages\"; filename=\"2.txt\"|Content-Type: text/plain||two",
            "name=\"pages\"; filename=\"pages\"|Content-Type: application/octet-stream||one",
            "name=\"price\"|Content-Type: text/plain||9.80",
            "name=\"tags\"|Content-Type: text/plain||green",
            "name=\"tags\"|Content-Type: text/plain||red",
            "name=\"title\"|Content-Type: text/plain; charset=utf-8||T\u{e4}",
        ]
    );

    // Invalid bodies are not sent.
    for (body, expected) in [
        (CreatePictureRequest::new(png(), "", 0), "`title` must have at least 1 character"),
        (CreatePictureRequest::new(png(), "t", 0).info(Info::new(0)), "`info.width` must be at least 1"),
        (
            CreatePictureRequest::new(FilePart::from("x"), "t", 0),
            "`file` must have a media type of `image/png, image/jpeg`",
        ),
        (
            CreatePictureRequest::new(png(), "t", 0).pages([]),
            "`pages` must not be empty, because it would not be sent",
        ),
        (
            CreatePictureRequest::new(png(), "t", 0).file_x_note("a\r\nX-Evil: 1"),
            "`file.X-Note` must contain only printable ASCII characters",
        ),
    ] {
        let Err(Error::InvalidRequest { violations, .. }) = client.pictures().create(body).await else {
            panic!("it was sent: {expected}");
        };
        assert_eq!(violations[0].to_string(), expected);
    }

    client.pictures().replace().body(Replacement::new("x", Tag::Red)).await?;
    assert_eq!(arrived().len(), 2);
    // A multipart body without a schema takes any parts.
    client.pictures().patch(Multipart::new().text("a", "b")).await?;
    assert_eq!(arrived(), ["name=\"a\"||b"]);

    // The command has an option for each part.
    let path = std::env::temp_dir().join(format!("golden-file-parts-{}.txt", std::process::id()));
    std::fs::write(&path, "content").expect("a file");
    let file = path.to_str().expect("a name in UTF-8");
    let arguments = ["file_parts", "--base-url", &url, "pictures", "replace", "--file", file, "--reason", "red"];
    let arguments = arguments.map(str::to_owned);
    let ended = std::thread::spawn(move || golden_file_parts::cli::run(arguments)).join().expect("no panic");
    assert_eq!(ended, std::process::ExitCode::SUCCESS);
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
    std::fs::remove_file(&path).expect("a file");
    let expected = format!("name=\"file\"; filename=\"{name}\"|Content-Type: application/octet-stream||content");
    assert_eq!(arrived(), [expected.as_str(), "name=\"reason\"|Content-Type: text/plain||red"]);
    Ok(())
}

/// Returns the parts of a body, each with its header lines joined.
fn parts((head, body): (Vec<String>, String)) -> Vec<String> {
    let boundary = head.iter().find_map(|line| line.strip_prefix("content-type: multipart/form-data; boundary="));
    let boundary = boundary.expect("a boundary");
    let inner = body.strip_prefix(&format!("--{boundary}\r\n")).expect("a first part");
    let inner = inner.strip_suffix(&format!("\r\n--{boundary}--\r\n")).expect("an end");
    let between = format!("\r\n--{boundary}\r\n");
    let parts = inner.split(between.as_str());
    let start = "Content-Disposition: form-data; ";
    parts.map(|part| part.replace("\r\n", "|").strip_prefix(start).expect("its name").to_owned()).collect()
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
