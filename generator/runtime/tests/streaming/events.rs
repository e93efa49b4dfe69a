//! Streams of events, also over connections that break.

use std::time::{Duration, Instant};

use clientsmith_runtime::{Client, Error, Events};

use super::api::{Run, TIMEOUT, Watch, client};
use super::server::{Server, Step, chunked, open, send, status, whole};

const EVENTS: &str = "text/event-stream";

/// An event with an id.
fn event(number: u32) -> String {
    format!("id: {number}\ndata: {number}\n\n")
}

fn events(numbers: std::ops::RangeInclusive<u32>) -> String {
    numbers.map(event).collect()
}

fn no_content() -> Vec<Step> {
    vec![send("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")]
}

/// Reads a stream to its end.
async fn read(mut events: Events<u32, Client>) -> (Vec<u32>, Vec<Error>) {
    let (mut data, mut errors) = (Vec::new(), Vec::new());
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => data.push(event.data),
            Err(error) => errors.push(error),
        }
    }
    (data, errors)
}

async fn watch(server: &Server) -> (Vec<u32>, Vec<Error>) {
    match Watch::new(&client::<Client>(&server.url)).await {
        Ok(events) => read(events).await,
        Err(error) => (Vec::new(), vec![error]),
    }
}

fn last_ids(server: &Server) -> Vec<Option<String>> {
    server.all_requests().iter().map(|request| request.header("last-event-id").map(str::to_owned)).collect()
}

/// Each way to cut a stream: the end of its connection, after an event or within one.
#[tokio::test]
async fn a_stream_that_is_cut_ten_times_is_complete() {
    type Cut = fn(&str) -> Vec<Step>;
    let cuts: [(&str, Cut); 5] = [
        ("chunks without an end", |text| chunked(EVENTS, &[text])),
        ("within an event", |text| chunked(EVENTS, &[text, "id: 999\ndata: 99"])),
        ("after an event without its end", |text| chunked(EVENTS, &[text, "id: 999\ndata: 999\n"])),
        ("the end of the connection", |text| vec![open(EVENTS), send(text)]),
        ("a complete response", |text| whole(EVENTS, text)),
    ];
    for (name, cut) in cuts {
        let scripts = (0..=10).map(move |part| cut(&events(part * 3 + 1..=part * 3 + 3))).chain([no_content()]);
        let server = Server::new(scripts.collect::<Vec<_>>());
        let (data, errors) = watch(&server).await;
        assert!(errors.is_empty(), "{name}: {errors:?}");
        assert_eq!(data, (1..=33).collect::<Vec<_>>(), "{name}");
        let expected: Vec<_> = (0..=11).map(|part| (part > 0).then(|| (part * 3).to_string())).collect();
        assert_eq!(last_ids(&server), expected, "{name}");
    }
}

/// A server that ignores the header begins with its first event again.
#[tokio::test]
async fn events_that_are_sent_again_are_skipped() {
    for (name, second, expected) in [
        ("from the beginning", events(1..=5), 5),
        ("from the last event", events(3..=5), 5),
        ("nothing new", events(1..=3), 3),
        ("fewer than before", events(1..=2), 3),
    ] {
        let server = Server::new([chunked(EVENTS, &[&events(1..=3)]), whole(EVENTS, &second), no_content()]);
        let (data, errors) = watch(&server).await;
        assert!(errors.is_empty(), "{name}: {errors:?}");
        assert_eq!(data, (1..=expected).collect::<Vec<_>>(), "{name}");
    }
    // More events than the client remembers.
    let server = Server::new([chunked(EVENTS, &[&events(1..=3000)]), whole(EVENTS, &events(1..=3001)), no_content()]);
    assert_eq!(watch(&server).await.0, (1..=3001).collect::<Vec<_>>());
}

#[tokio::test]
async fn streams_that_cannot_continue() {
    type Row<'a> = (&'a str, Vec<Vec<Step>>, &'a [u32], usize, usize);
    let rows: Vec<Row<'_>> = vec![
        ("without ids, complete", vec![whole(EVENTS, "data: 1\n\n")], &[1], 0, 1),
        ("without ids, broken", vec![chunked(EVENTS, &["data: 1\n\n"])], &[1], 1, 1),
        ("the last without an id", vec![chunked(EVENTS, &["id: 7\ndata: 1\n\ndata: 2\n\n"])], &[1, 2], 1, 1),
        ("an id that is taken back", vec![chunked(EVENTS, &["id: 7\ndata: 1\n\nid\ndata: 2\n\n"])], &[1, 2], 1, 1),
        ("an id that no header can have", vec![chunked(EVENTS, &["id: a\u{7f}\ndata: 1\n\n"])], &[1], 1, 1),
        ("the end of JSON", vec![whole(EVENTS, "id: 1\ndata: 1\n\ndata: [DONE]\n\ndata: 2\n\n")], &[1], 0, 1),
        ("complete, then nothing", vec![whole(EVENTS, &event(1)), whole(EVENTS, "")], &[1], 0, 2),
        ("complete, then rejected", vec![whole(EVENTS, &event(1)), status(404, "{}")], &[1], 0, 2),
        ("broken, then rejected", vec![chunked(EVENTS, &[&event(1)]), status(404, "{}")], &[1], 1, 2),
        ("no events at all", vec![no_content()], &[], 0, 1),
        ("another media type", vec![whole("application/json", "{}")], &[], 1, 1),
        ("an error response", vec![status(401, "{}")], &[], 1, 1),
    ];
    for (name, scripts, expected, failures, requests) in rows {
        let server = Server::new(scripts);
        let (data, errors) = watch(&server).await;
        assert_eq!((&data[..], errors.len()), (expected, failures), "{name}: {errors:?}");
        assert_eq!(last_ids(&server).len(), requests, "{name}");
    }
}

/// A server that only ever breaks the connection ends the stream.
#[tokio::test]
async fn attempts_without_events_are_bounded() {
    let broken = std::iter::repeat_with(|| chunked(EVENTS, &[": nothing\n\n"]));
    let server = Server::new([chunked(EVENTS, &[&event(1)])].into_iter().chain(broken.take(20)).collect::<Vec<_>>());
    let (data, errors) = watch(&server).await;
    assert!(data == [1] && matches!(errors[..], [Error::Disconnected { .. }]), "{data:?} {errors:?}");
    assert_eq!(last_ids(&server).len(), 4, "the first request and three retries");
}

#[tokio::test]
async fn the_server_sets_the_wait_before_a_connection() {
    let first = format!("retry: 300\n{}", event(1));
    let server = Server::new([chunked(EVENTS, &[&first]), no_content()]);
    let begun = Instant::now();
    assert_eq!(watch(&server).await.0, [1]);
    assert!(begun.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn silence_longer_than_the_timeout_breaks_the_connection() {
    let silent = vec![open(EVENTS), send(event(1)), Step::Pause(TIMEOUT * 2), send(event(2))];
    let lively = (0..4).flat_map(|_| [Step::Pause(TIMEOUT / 2), send(": alive\n\n")]);
    let lively = [open(EVENTS)].into_iter().chain(lively).chain([send(event(2))]);
    let server = Server::new([silent, lively.collect(), no_content()]);
    let (data, errors) = watch(&server).await;
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(data, [1, 2]);
}

#[tokio::test]
async fn a_mismatch_is_one_item() {
    let server = Server::new([whole(EVENTS, "data: 1\n\ndata: x\n\ndata: 3\n\n")]);
    let (data, errors) = watch(&server).await;
    assert_eq!(data, [1, 3]);
    let [Error::Decode { json_path, .. }] = &errors[..] else { panic!("{errors:?}") };
    assert_eq!(json_path, ".");
    // An event larger than the limit is the last item.
    let endless = std::iter::repeat_n(send("data: 1234567890\n"), 1000);
    let server = Server::new([[open(EVENTS)].into_iter().chain(endless).collect::<Vec<_>>()]);
    let (data, errors) = watch(&server).await;
    assert!(data.is_empty() && matches!(errors[..], [Error::ResponseTooLarge { .. }]), "{errors:?}");
}

/// A POST is sent once. Its stream has names, and text that is no JSON.
#[tokio::test]
async fn events_in_place_of_a_value() {
    let text = "event: token\nid: 1\ndata: Hello\n\ndata: [DONE]\n\n";
    let server = Server::new([chunked(EVENTS, &[text]), whole("application/json", "{\"a\":1}")]);
    let client = client::<Client>(&server.url);
    let mut events = Run::new(&client).events().await.unwrap();
    assert_eq!((events.status().as_u16(), &events.headers()["content-type"]), (200, &EVENTS.parse().unwrap()));
    let first = events.next().await.unwrap().unwrap();
    assert_eq!((first.name.as_deref(), first.id.as_deref(), first.data.as_str()), (Some("token"), Some("1"), "Hello"));
    assert_eq!(events.next().await.unwrap().unwrap().data, "[DONE]");
    assert!(matches!(events.next().await, Some(Err(Error::Disconnected { .. }))));
    assert!(events.next().await.is_none());
    assert_eq!(server.request().header("accept"), Some(EVENTS));
    assert_eq!(Run::new(&client).await.unwrap(), serde_json::json!({"a": 1}));
    assert_eq!(server.request().header("accept"), Some("application/json"));
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_events() {
    let server = Server::new([chunked(EVENTS, &[&events(1..=3)]), whole(EVENTS, &events(4..=6)), no_content()]);
    let client: clientsmith_runtime::blocking::Client = client(&server.url);
    let data: Result<Vec<_>, _> =
        Watch::new(&client).send().unwrap().map(|event| event.map(|event| event.data)).collect();
    assert_eq!(data.unwrap(), [1, 2, 3, 4, 5, 6]);
}
