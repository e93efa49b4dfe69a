//! Sends a call and prints its response.

use std::io::{self, Write};

use clientsmith_runtime::Reply;
use clientsmith_runtime::mock::spec::MockSpec;
use futures_util::StreamExt;
use serde_json::value::RawValue;

use crate::error::{CallError, CommandError};
use crate::invocation::Invocation;
use crate::json::RawObject;
use crate::listing::{Listing, raw_rows};
use crate::output::{RowPrinter, View, print_value};
use crate::prepared::{Pieces, Prepared};
use crate::surface::{ResponseBody, Subcommand};
use crate::terminal;

/// The number of pages to request ahead while one is printed.
const AHEAD: usize = 4;

/// Sends a call and prints its response, or all pages of a list.
pub(crate) async fn print(
    invocation: &Invocation,
    subcommand: &Subcommand,
    prepared: Prepared,
    view: &View,
    all: bool,
) -> Result<(), CallError> {
    if let Some(pages) = prepared.pages.filter(|_| all) {
        return print_all_pages(view, pages).await;
    }
    if let Some(pieces) = prepared.pieces {
        return print_pieces(pieces).await;
    }
    let reply = prepared.send.await.map_err(CallError::Client)?;
    print_response(invocation, subcommand, view, &reply).map_err(CallError::Output)
}

/// Prints each piece when it arrives.
async fn print_pieces(mut pieces: Pieces) -> Result<(), CallError> {
    let mut out = terminal::stdout();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(CallError::Client)?;
        out.write_all(&piece).and_then(|()| out.flush()).map_err(output_error)?;
    }
    Ok(())
}

async fn print_all_pages(view: &View, mut pages: Box<dyn Listing>) -> Result<(), CallError> {
    let mut out = terminal::stdout();
    pages.prefetch(AHEAD);
    let mut rows = RowPrinter::new(view, &mut out);
    while let Some(page) = pages.next().await {
        rows.add(&page.map_err(CallError::Client)?.items).map_err(output_error)?;
    }
    let hidden = rows.finish().map_err(output_error)?;
    report_hidden_columns(&hidden);
    Ok(())
}

fn output_error(error: io::Error) -> CallError {
    CallError::Output(error.into())
}

fn print_response(
    invocation: &Invocation,
    subcommand: &Subcommand,
    view: &View,
    reply: &Reply<()>,
) -> Result<(), CommandError> {
    let mut out = terminal::stdout();
    if reply.status.is_redirection() {
        return Ok(writeln!(out, "{}", reply.location().unwrap_or_default()).and_then(|()| out.flush())?);
    }
    let body = match std::str::from_utf8(&reply.body) {
        Ok(text) if !text.is_empty() => text,
        _ => return Ok(out.write_all(&reply.body).and_then(|()| out.flush())?),
    };
    let hidden = match subcommand.response {
        ResponseBody::Empty => Vec::new(),
        ResponseBody::File => {
            out.write_all(reply.body.as_ref()).and_then(|()| out.flush())?;
            Vec::new()
        }
        ResponseBody::Value { data, .. } => {
            let object = RawObject::parse(body).filter(|_| data.is_some());
            let value = object.and_then(|object| object.get(data?));
            print_value(view, value.map_or(body, |value| value.get()), &mut out)?
        }
        ResponseBody::Rows { data, .. } => {
            let mut rows = RowPrinter::new(view, &mut out);
            let page = raw_rows(&reply.body, data);
            rows.add(&page)?;
            let hidden = rows.finish()?;
            report_more_rows(invocation.surface.spec, body, page.len());
            hidden
        }
    };
    report_hidden_columns(&hidden);
    Ok(())
}

fn report_hidden_columns(columns: &[String]) {
    if !columns.is_empty() {
        anstream::eprintln!(
            "hidden columns: {}; select columns with --columns, or use --output json",
            columns.join(", ")
        );
    }
}

/// Prints a notice if the list has more rows than the page.
fn report_more_rows(spec: &MockSpec, body: &str, rows: usize) {
    let Some(pages) = &spec.api.paging else { return };
    let Some(pagination) = RawObject::parse(body).and_then(|body| RawObject::parse(body.get(pages.property)?.get()))
    else {
        return;
    };
    let field = |name: Option<&str>| name.and_then(|name| pagination.get(name)).map(RawValue::get);
    if field(pages.has_more) == Some("true") {
        let total = field(pages.total_count).map(|total| format!(" of {total}")).unwrap_or_default();
        anstream::eprintln!("{rows}{total} rows: --page N reads another page, --all reads every page");
    }
}
