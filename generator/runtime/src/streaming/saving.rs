//! Writes a response body to a file.

use std::future::poll_fn;
use std::io;
use std::path::PathBuf;

use bytes::Bytes;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::task::{JoinHandle, spawn_blocking};

use super::Streaming;
use super::download::Download;
use super::file::NewFile;
use crate::call::request::Pending;
use crate::client::caller::AsyncCaller;
use crate::error::Error;

/// The number of chunks that wait for the disk.
const WAITING: usize = 8;

/// A request that writes the body to a file.
#[derive(Clone, Debug)]
#[must_use = "`.await` sends the request"]
pub struct Saving<R> {
    request: R,
    path: PathBuf,
}

/// A step of writing a file. If no `End` follows, the file is removed.
enum Step {
    Chunk(Bytes),
    End,
}

impl<R> Saving<R> {
    #[doc(hidden)]
    pub fn new(request: R, path: impl Into<PathBuf>) -> Self {
        Self { request, path: path.into() }
    }
}

impl<R: Streaming> Saving<R> {
    #[cfg(feature = "blocking")]
    pub(crate) fn caller(&self) -> &R::Caller {
        self.request.caller()
    }

    pub(crate) async fn save(self) -> Result<u64, Error> {
        let Self { mut request, path } = self;
        let caller = request.caller().clone();
        request.options().streams = true;
        let response = request.begin().await?;
        let operation = response.operation();
        let mut download: Download<R::Caller> = response.download(caller)?;
        let cannot_save = |source| Error::Save { operation, source };
        let (steps, received) = mpsc::channel(WAITING);
        let writer = spawn_blocking(move || write(path, received));
        let copied = copy(&mut download, steps).await;
        // Also after an error: the incomplete file is removed before the call returns.
        let written = finished(writer).await.map_err(cannot_save);
        let length = copied?;
        written?;
        Ok(length)
    }
}

/// Passes all chunks to the writer, and returns the number of bytes.
async fn copy<C>(download: &mut Download<C>, steps: Sender<Step>) -> Result<u64, Error> {
    let mut length = 0;
    while let Some(chunk) = poll_fn(|cx| download.chunks.as_mut().poll_next(cx)).await {
        let chunk = chunk?;
        length += chunk.len() as u64;
        if steps.send(Step::Chunk(chunk)).await.is_err() {
            // The writer ends early only after an error.
            break;
        }
    }
    // A writer that has ended needs no last step.
    let _ = steps.send(Step::End).await;
    Ok(length)
}

async fn finished(writer: JoinHandle<io::Result<()>>) -> io::Result<()> {
    writer.await?
}

fn write(path: PathBuf, mut steps: Receiver<Step>) -> io::Result<()> {
    let mut file = NewFile::create(path)?;
    while let Some(step) = steps.blocking_recv() {
        match step {
            Step::Chunk(chunk) => file.write(&chunk)?,
            Step::End => return file.finish(),
        }
    }
    Ok(())
}

impl<R: Streaming<Caller: AsyncCaller>> IntoFuture for Saving<R> {
    type Output = Result<u64, Error>;
    type IntoFuture = Pending<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.save())
    }
}
