//! What a call gave, printed.

use std::io::Write;

use super::context::Context;
use super::failure::Failed;
use super::json;
use super::prepared::Prepared;
use super::record::Record;
use super::rows::texts;
use super::surface::{Answer, Verb};

pub(crate) async fn print(context: &Context, verb: &Verb, prepared: Prepared, _all: bool) -> Result<(), Failed> {
    let mut out = context.out();
    let reply = prepared.send.await.map_err(Failed::Call)?;
    let text = String::from_utf8_lossy(&reply.body);
    let write = match verb.answer {
        Answer::Nothing => Ok(()),
        Answer::File => out.write_all(&reply.body),
        Answer::Value { .. } => writeln!(out, "{}", json::pretty(&text)),
        Answer::Rows { data, .. } => texts(&reply.body, data).iter().try_for_each(|row| writeln!(out, "{row}")),
    };
    write.and_then(|()| out.flush()).map_err(|error| Failed::Otherwise(error.into()))
}
