//! Runs a subcommand that calls an operation.

use std::io::Write;

use clap::ArgMatches;

use super::explain::Explainer;
use super::{confirm, matches, print};
use crate::connect::connect;
use crate::error::CommandError;
use crate::interrupt::interrupted;
use crate::invocation::Invocation;
use crate::surface::{Group, Subcommand};
use crate::{curl, dry_run, terminal};

pub(crate) async fn run(
    invocation: &Invocation,
    group: &'static Group,
    subcommand: &'static Subcommand,
    parsed: &ArgMatches,
) -> Result<(), CommandError> {
    let inputs = matches::inputs(subcommand, parsed)?;
    let explainer = Explainer { program: invocation.surface.program, group, subcommand, inputs: &inputs };
    if invocation.options.dry_run {
        let command = curl::command(invocation.surface, &invocation.options, subcommand, &inputs).await;
        let command = command.map_err(|error| explainer.explain(error))?;
        return Ok(writeln!(terminal::stdout(), "{command}")?);
    }
    let view = invocation.view(subcommand.response.kind())?;
    let connection = connect(invocation.surface, &invocation.options)?;
    let prepared = (subcommand.prepare)(&connection.client, &inputs)?;
    if subcommand.operation.confirm && !parsed.get_flag("yes") {
        // An invalid request is reported before the confirmation.
        let request = dry_run::request(invocation.surface, &invocation.options, subcommand, &inputs).await;
        let request = request.map_err(|error| explainer.explain(error))?;
        confirm::confirm(group, subcommand, request.as_ref())?;
    }
    let all = parsed.try_get_one::<bool>("all").ok().flatten().is_some_and(|all| *all);
    tokio::select! {
        done = print::print(invocation, subcommand, prepared, &view, all) => {
            // A call that returned an error may still have changed objects.
            if !subcommand.only_reads() {
                connection.save_mock()?;
            }
            done.map_err(|error| explainer.explain(error))
        }
        () = interrupted() => Err(explainer.interrupted()),
    }
}
