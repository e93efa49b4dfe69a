//! `auth check`: whether the API accepts the key.

use std::io::Write;

use clap::Command;

use crate::connect::connect;
use crate::curl;
use crate::error::{CallError, CommandError};
use crate::exit::Exit;
use crate::inputs::Inputs;
use crate::invocation::Invocation;
use crate::sample_calls;
use crate::surface::{Subcommand, Surface};
use crate::terminal;

pub(crate) fn command(program: &str) -> Command {
    Command::new("auth")
        .about("Check the API key")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .after_help(sample_calls::section(&[format!("{program} auth check")]))
        .subcommand(Command::new("check").about("Checks whether the API accepts the key"))
}

pub(crate) async fn check(invocation: &Invocation) -> Result<(), CommandError> {
    let Some(subcommand) = cheapest(invocation.surface) else {
        return Err(CommandError::new(Exit::Failed, "the API documents no call to check a key with"));
    };
    let mut inputs = Inputs::default();
    let limit = invocation.surface.spec.api.paging.as_ref().map(|pages| pages.limit_parameter);
    if let Some(argument) = subcommand.arguments.iter().find(|argument| Some(argument.wire) == limit) {
        inputs.parameters.insert(argument.wire, "1".to_owned());
    }
    if invocation.options.dry_run {
        let command = curl::command(invocation.surface, &invocation.options, subcommand, &inputs).await;
        return Ok(writeln!(terminal::stdout(), "{}", command.map_err(CallError::plain)?)?);
    }
    let connection = connect(invocation.surface, &invocation.options)?;
    let reply = (subcommand.prepare)(&connection.client, &inputs)?.send.await?;
    writeln!(
        terminal::stdout(),
        "the key works: {} {}: {}",
        connection.client.base_url(),
        subcommand.route,
        reply.status
    )?;
    Ok(())
}

/// An authenticated call that changes nothing and has no required arguments.
fn cheapest(surface: &Surface) -> Option<&'static Subcommand> {
    let subcommands = surface.groups.iter().flat_map(|group| group.subcommands);
    subcommands.into_iter().find(|subcommand| {
        subcommand.only_reads()
            && subcommand.arguments.iter().all(|argument| !argument.required)
            && !subcommand.operation.unauthenticated
    })
}
