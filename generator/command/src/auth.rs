//! `auth check`: whether the API takes the key.

use std::io::Write;

use clap::Command;

use super::connect::connect;
use super::context::{self, Context};
use super::curl;
use super::exit::Exit;
use super::failure::{Failed, Failure};
use super::inputs::Inputs;
use super::surface::{Surface, Verb};

pub(crate) fn command() -> Command {
    Command::new("auth")
        .about("Things to do with the API key")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(Command::new("check").about("Says whether the API takes the key"))
}

pub(crate) async fn check(context: &Context) -> Result<(), Failure> {
    let Some(verb) = cheapest(context.surface) else {
        return Err(Failure::new(Exit::Failed, "the API documents no call that could tell"));
    };
    let mut inputs = Inputs::default();
    let limit = context.surface.mock.api.paging.as_ref().map(|pages| pages.limit_parameter);
    if let Some(input) = verb.inputs.iter().find(|input| Some(input.wire) == limit) {
        inputs.parameters.insert(input.wire, "1".to_owned());
    }
    if context.options.dry_run {
        let command = curl::command(context.surface, &context.options, verb, &inputs).await;
        return Ok(writeln!(context::out(), "{}", command.map_err(Failed::plain)?)?);
    }
    let connection = connect(context.surface, &context.options)?;
    let reply = (verb.prepare)(&connection.client, &inputs)?.send.await?;
    writeln!(context::out(), "the key works: {} {}: {}", connection.client.base_url(), verb.route, reply.status)?;
    Ok(())
}

/// A call that changes nothing and needs no input, with the key.
fn cheapest(surface: &Surface) -> Option<&'static Verb> {
    let verbs = surface.resources.iter().flat_map(|resource| resource.verbs);
    verbs.into_iter().find(|verb| {
        verb.only_reads() && verb.inputs.iter().all(|input| !input.required) && !verb.operation.unauthenticated
    })
}
