//! Reads the pages of any list with the typed client, and keeps the original text of rows.

use std::task::{Context, Poll, ready};

use clientsmith_runtime::{AsyncCaller, CallOptions, Caller, Error, List, Numbered, NumberedList, Page, Pages};
use clientsmith_runtime::{Pending, Position, Reply, Request};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::json::{RawObject, array_items};

/// The original text of a row.
pub(crate) type Row = Box<RawValue>;

/// A list inside the envelope, with page numbers.
pub trait PageList: NumberedList<Caller: AsyncCaller, Output = Page<<Self as List>::Row>> {}

impl<L: NumberedList<Caller: AsyncCaller, Output = Page<<L as List>::Row>>> PageList for L {}

/// The pages of any list.
pub(crate) trait Listing: Send {
    /// Polls for the next page; `None` after the last page, and after an error until `start_at`.
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Page<Row>, Error>>>;

    /// The position of the first row of the next page.
    fn position(&self) -> Position;

    /// Continues at this position.
    fn start_at(&mut self, position: Position);

    /// Sets the number of pages to request ahead.
    fn prefetch(&mut self, pages: usize);
}

impl dyn Listing {
    /// Returns the next page; `None` after the last page and after an error.
    pub(crate) async fn next(&mut self) -> Option<Result<Page<Row>, Error>> {
        std::future::poll_fn(|cx| self.poll_page(cx)).await
    }
}

/// Returns the pages of a list, starting at the page of the request.
pub(crate) fn listing<L: PageList>(list: L) -> Box<dyn Listing> {
    let data = list.caller().client().api().envelope.map_or("", |envelope| envelope.data);
    Box::new(WalkedPages(Some(Pages::of(RawList { list, data }))))
}

/// The setters of `Pages` take it by value, so it is moved out and back. It is always `Some`.
struct WalkedPages<L: PageList>(Option<Pages<RawList<L>>>);

impl<L: PageList> WalkedPages<L> {
    fn change(&mut self, change: impl FnOnce(Pages<RawList<L>>) -> Pages<RawList<L>>) {
        self.0 = self.0.take().map(change);
    }
}

impl<L: PageList> Listing for WalkedPages<L> {
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Page<Row>, Error>>> {
        let Some(pages) = &mut self.0 else { return Poll::Ready(None) };
        let page = ready!(pages.poll_page(cx));
        Poll::Ready(page.map(|page| {
            page.map(|Page { items, pagination, .. }| {
                Page::new(items.into_iter().map(|row| row.raw).collect(), pagination)
            })
        }))
    }

    fn position(&self) -> Position {
        self.0.as_ref().map_or(Position::new(1, 0), Pages::position)
    }

    fn start_at(&mut self, position: Position) {
        self.change(|pages| pages.start_at(position));
    }

    fn prefetch(&mut self, ahead: usize) {
        self.change(|pages| pages.prefetch(ahead));
    }
}

/// A request value for a page, whose rows are raw JSON.
#[derive(Clone)]
struct RawList<L> {
    list: L,
    data: &'static str,
}

/// A row as raw JSON, with its key.
struct RawRow<K> {
    key: Option<K>,
    raw: Row,
}

impl<K> Serialize for RawRow<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.raw.serialize(serializer)
    }
}

impl<L: PageList> Request for RawList<L> {
    type Output = Page<RawRow<L::Key>>;
    type Caller = L::Caller;

    fn caller(&self) -> &L::Caller {
        self.list.caller()
    }

    fn options(&mut self) -> &mut CallOptions {
        self.list.options()
    }

    fn reply(self) -> Pending<Result<Reply<Self::Output>, Error>> {
        let Self { list, data } = self;
        Box::pin(async move {
            let reply = list.reply().await?;
            let raw_rows = raw_rows(&reply.body, data);
            Ok(reply.map(|page| with_raw_rows::<L>(page, raw_rows)))
        })
    }
}

impl<L: PageList> List for RawList<L> {
    type Row = RawRow<L::Key>;
    type Key = L::Key;
    type Walk = Numbered<Self>;
    const OPERATION: &'static str = L::OPERATION;

    fn key(row: &Self::Row) -> Option<Self::Key> {
        row.key.clone()
    }

    fn read_page(self) -> Pending<Result<Page<Self::Row>, Error>> {
        Box::pin(async { self.reply().await.map(|reply| reply.value) })
    }

    fn in_large_pages(self) -> Self {
        Self { list: self.list.in_large_pages(), ..self }
    }
}

impl<L: PageList> NumberedList for RawList<L> {
    fn page_number(&self) -> Option<u64> {
        self.list.page_number()
    }

    fn at_page(self, page: u64) -> Self {
        Self { list: self.list.at_page(page), ..self }
    }
}

/// Returns the same page with raw rows.
fn with_raw_rows<L: List>(page: Page<L::Row>, raw_rows: Vec<Row>) -> Page<RawRow<L::Key>> {
    let rows = page.items.iter().zip(raw_rows).map(|(row, raw)| RawRow { key: L::key(row), raw });
    Page::new(rows.collect(), page.pagination)
}

/// Returns the raw rows of a body that has already been decoded.
pub(crate) fn raw_rows(body: &[u8], data: &str) -> Vec<Row> {
    let body = std::str::from_utf8(body).unwrap_or_default();
    let rows = RawObject::parse(body).and_then(|body| array_items(body.get(data)?.get()));
    rows.into_iter().flatten().map(ToOwned::to_owned).collect()
}
