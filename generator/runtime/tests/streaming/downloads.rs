//! Downloads: chunk by chunk, and into files.

use std::fs;
use std::path::{Path, PathBuf};

use clientsmith_runtime::{Client, Error};

use super::api::{Fetch, TIMEOUT, client};
use super::server::{Server, Step, chunked, head, send, status, whole};

const PDF: &str = "application/pdf";

async fn read(request: Fetch<Client>) -> (usize, Result<(), Error>) {
    let mut download = match request.download().await {
        Ok(download) => download,
        Err(error) => return (0, Err(error)),
    };
    let mut length = 0;
    while let Some(chunk) = download.next().await {
        match chunk {
            Ok(chunk) => length += chunk.len(),
            Err(error) => {
                assert!(download.next().await.is_none(), "an error is the last item");
                return (length, Err(error));
            }
        }
    }
    (length, Ok(()))
}

/// A new directory for the files of a test.
fn directory(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).expect("a directory");
    directory
}

fn files(directory: &Path) -> Vec<String> {
    let names = fs::read_dir(directory).expect("a directory");
    names.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect()
}

#[tokio::test]
async fn complete_and_broken_bodies() {
    let pause = || Step::Pause(TIMEOUT / 2);
    let slow = [head(PDF, 3)].into_iter().chain(["a", "b", "c"].into_iter().flat_map(|piece| [pause(), send(piece)]));
    let rows: Vec<(&str, Vec<Step>, usize, Option<&str>)> = vec![
        ("empty", whole(PDF, ""), 0, None),
        ("larger than the limit", vec![head(PDF, 5000), Step::Fill(5000)], 5000, None),
        ("slower than the timeout, with shorter pauses", slow.collect(), 3, None),
        ("with a long pause", vec![head(PDF, 2), send("a"), Step::Pause(TIMEOUT * 2), send("b")], 1, Some("Timeout")),
        ("shorter than announced", vec![head(PDF, 5000), Step::Fill(4999)], 4999, Some("Disconnected")),
        ("without a last chunk", chunked(PDF, &["abc"]), 3, Some("Disconnected")),
        ("an error response", status(404, "{\"message\":\"no such file\"}"), 0, Some("Api")),
        ("a redirect", status(302, ""), 0, Some("Api")),
    ];
    for (name, script, expected, failure) in rows {
        let server = Server::new([script]);
        let (length, result) = read(Fetch::new(&client(&server.url)).max_retries(0)).await;
        assert_eq!(length, expected, "{name}");
        let found = result.err().map(|error| format!("{error:?}"));
        assert_eq!(found.is_some(), failure.is_some(), "{name}: {found:?}");
        assert!(
            failure.is_none_or(|failure| found.as_ref().is_some_and(|found| found.starts_with(failure))),
            "{found:?}"
        );
        let request = server.request();
        assert_eq!((request.header("accept"), request.header("authorization")), (Some(PDF), Some("Bearer key_1")));
    }
}

#[tokio::test]
async fn a_deadline_covers_the_whole_body() {
    let pieces = (0..20).flat_map(|_| [send("a"), Step::Pause(TIMEOUT / 4)]);
    let server = Server::new([[head(PDF, 20)].into_iter().chain(pieces).collect()]);
    let (length, result) = read(Fetch::new(&client(&server.url)).deadline(TIMEOUT)).await;
    assert!((1..10).contains(&length), "{length}");
    assert!(matches!(result, Err(Error::Timeout { after, sent: true, .. }) if after == TIMEOUT), "{result:?}");
}

#[tokio::test]
async fn details_of_a_download_and_retries_before_it() {
    let server = Server::new([status(503, ""), whole(PDF, "abc")]);
    let download = Fetch::new(&client::<Client>(&server.url)).download().await.unwrap();
    assert_eq!((download.status().as_u16(), download.content_length()), (200, Some(3)));
    assert_eq!(download.headers()["content-type"], PDF);
    assert_eq!(format!("{download:?}"), "Download { status: 200, length: Some(3), .. }");
}

#[tokio::test]
async fn a_file_is_replaced_when_the_body_is_complete() {
    let directory = directory("replaced");
    let path = directory.join("report.pdf");
    for (script, expected, content) in [
        (vec![head(PDF, 5000), Step::Fill(4999)], None, None),
        (vec![head(PDF, 5000), Step::Fill(5000)], Some(5000), Some(5000)),
        (vec![head(PDF, 6000), Step::Fill(5999)], None, Some(5000)),
        (status(404, "{}"), None, Some(5000)),
        (whole(PDF, ""), Some(0), Some(0)),
    ] {
        let server = Server::new([script]);
        let saved = Fetch::new(&client::<Client>(&server.url)).save_to(&path).await;
        assert_eq!(saved.ok(), expected);
        assert_eq!(fs::read(&path).ok().map(|content| content.len()), content);
        let expected = if content.is_some() { vec!["report.pdf".to_owned()] } else { Vec::new() };
        assert_eq!(files(&directory), expected, "no other file stays");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;

    let path = directory("permissions").join("report.pdf");
    fs::write(&path, "old").expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("permissions");
    let server = Server::new([whole(PDF, "new")]);
    assert_eq!(Fetch::new(&client::<Client>(&server.url)).save_to(&path).await.unwrap(), 3);
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_cancelled_download_leaves_no_file() {
    let directory = directory("cancelled");
    let server = Server::new([vec![head(PDF, 2), send("a"), Step::Pause(TIMEOUT * 4), send("b")]]);
    let saving = Fetch::new(&client::<Client>(&server.url)).save_to(directory.join("a")).into_future();
    assert!(tokio::time::timeout(TIMEOUT / 2, saving).await.is_err());
    for _ in 0..100 {
        if files(&directory).is_empty() {
            return;
        }
        tokio::time::sleep(TIMEOUT / 50).await;
    }
    panic!("{:?}", files(&directory));
}

#[tokio::test]
async fn files_that_cannot_be_written() {
    let directory = directory("unwritable");
    for path in [directory.join("missing/a.pdf"), directory.clone(), PathBuf::from("/")] {
        let server = Server::new([vec![head(PDF, 5_000_000), Step::Fill(5_000_000)]]);
        let error = Fetch::new(&client::<Client>(&server.url)).save_to(path).await.unwrap_err();
        assert!(matches!(error, Error::Save { .. }) && error.request_sent() && !error.is_retryable(), "{error:?}");
        assert_eq!(error.to_string(), "fetch: the file cannot be written");
    }
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_downloads() {
    use std::io::Read;

    let directory = directory("blocking");
    let scripts = [(); 3].map(|()| vec![head(PDF, 200_000), Step::Fill(200_000)]);
    let server = Server::new(scripts.into_iter().chain([vec![head(PDF, 3), send("ab")]]));
    let client: clientsmith_runtime::blocking::Client = client(&server.url);
    let chunks: Result<Vec<_>, _> = Fetch::new(&client).download().send().unwrap().collect();
    assert_eq!(chunks.unwrap().iter().map(bytes::Bytes::len).sum::<usize>(), 200_000);
    let mut read = Vec::new();
    Fetch::new(&client).download().send().unwrap().read_to_end(&mut read).unwrap();
    assert!(read.len() == 200_000 && read.iter().all(|byte| *byte == b'x'));
    assert_eq!(Fetch::new(&client).save_to(directory.join("a")).send().unwrap(), 200_000);
    let error = Fetch::new(&client).download().send().unwrap().read_to_end(&mut read).unwrap_err();
    assert_eq!((read.len(), error.kind()), (200_002, std::io::ErrorKind::Other));
}
