//! What a call gave, printed.

use std::io::{self, Write};

use serde_json::value::RawValue;

use super::context::{self, Context};
use super::failure::{Failed, Failure};
use super::output::View;
use super::prepared::Prepared;
use super::record::Record;
use super::rows::{Listing, texts};
use super::surface::{Answer, Verb};
use clientsmith_runtime::Reply;
use clientsmith_runtime::mock::spec::MockSpec;

/// How many pages are asked for ahead of the one that is printed.
const AHEAD: usize = 4;

/// Makes a call and prints what it gives: one answer, or all pages of a list.
pub(crate) async fn print(
    context: &Context,
    verb: &Verb,
    prepared: Prepared,
    view: &View,
    all: bool,
) -> Result<(), Failed> {
    if let Some(pages) = prepared.pages.filter(|_| all) {
        return every_page(view, pages).await;
    }
    let reply = prepared.send.await.map_err(Failed::Call)?;
    answer(context, verb, view, &reply).map_err(Failed::Output)
}

async fn every_page(view: &View, mut pages: Box<dyn Listing>) -> Result<(), Failed> {
    let mut out = context::out();
    pages.prefetch(AHEAD);
    let mut rows = view.rows(&mut out);
    while let Some(page) = pages.next().await {
        rows.add(&page.map_err(Failed::Call)?.items).map_err(unprinted)?;
    }
    let hidden = rows.finish().map_err(unprinted)?;
    tell_of_hidden(&hidden);
    Ok(())
}

fn unprinted(error: io::Error) -> Failed {
    Failed::Output(error.into())
}

fn answer(context: &Context, verb: &Verb, view: &View, reply: &Reply<()>) -> Result<(), Failure> {
    let mut out = context::out();
    let body = match std::str::from_utf8(&reply.body) {
        Ok(text) if !text.is_empty() => text,
        _ => return Ok(out.write_all(&reply.body).and_then(|()| out.flush())?),
    };
    let hidden = match verb.answer {
        Answer::Nothing => Vec::new(),
        Answer::File => {
            out.write_all(reply.body.as_ref()).and_then(|()| out.flush())?;
            Vec::new()
        }
        Answer::Value { data, .. } => {
            let record = Record::parse(body).filter(|_| data.is_some());
            let value = record.and_then(|record| record.get(data?));
            view.value(value.map_or(body, |value| value.get()), &mut out)?
        }
        Answer::Rows { data, .. } => {
            let mut rows = view.rows(&mut out);
            let page = texts(&reply.body, data);
            rows.add(&page)?;
            let hidden = rows.finish()?;
            tell_of_others(context.surface.mock, body, page.len());
            hidden
        }
    };
    tell_of_hidden(&hidden);
    Ok(())
}

fn tell_of_hidden(columns: &[String]) {
    if !columns.is_empty() {
        anstream::eprintln!("no room for {}: --columns chooses, and --output json has everything", columns.join(", "));
    }
}

/// Says so if a page is not all there is, so that nobody takes it for the whole list.
fn tell_of_others(table: &MockSpec, body: &str, rows: usize) {
    let Some(pages) = &table.api.paging else { return };
    let Some(place) = Record::parse(body).and_then(|body| Record::parse(body.get(pages.property)?.get())) else {
        return;
    };
    let field = |name: Option<&str>| name.and_then(|name| place.get(name)).map(RawValue::get);
    if field(pages.has_more) == Some("true") {
        let total = field(pages.total_count).map(|total| format!(" of {total}")).unwrap_or_default();
        anstream::eprintln!("{rows}{total} rows: --page N reads another page, --all reads every page");
    }
}
