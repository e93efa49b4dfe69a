//! A command that calls an operation, from its inputs to what it prints.

use std::io::Write;

use clap::ArgMatches;

use super::connect::connect;
use super::context::{self, Context};
use super::exit::Exit;
use super::explain::outcome_unknown;
use super::failure::Failure;
use super::inputs::Inputs;
use super::interrupt::interrupted;
use super::surface::{Resource, Verb};
use super::{body, confirm, curl, print, unsent};

/// Carries it out.
pub(crate) async fn run(
    context: &Context,
    resource: &'static Resource,
    verb: &'static Verb,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let inputs = body::inputs(verb, matches)?;
    if context.options.dry_run {
        let command = curl::command(context.surface, &context.options, verb, &inputs).await;
        let command = command.map_err(|failed| failed.explained(resource, verb, &inputs))?;
        return Ok(writeln!(context::out(), "{command}")?);
    }
    let view = context.view(verb.answer.kind())?;
    let connection = connect(context.surface, &context.options)?;
    let prepared = (verb.prepare)(&connection.client, &inputs)?;
    if verb.operation.confirm && !matches.get_flag("yes") {
        // What the API would refuse need not be asked for.
        let request = unsent::request(context.surface, &context.options, verb, &inputs).await;
        let request = request.map_err(|failed| failed.explained(resource, verb, &inputs))?;
        confirm::confirm(resource, verb, request.as_ref())?;
    }
    let all = matches.try_get_one::<bool>("all").ok().flatten().is_some_and(|all| *all);
    tokio::select! {
        done = print::print(context, verb, prepared, &view, all) => {
            // Whatever came of the call, it may have changed something.
            if !verb.only_reads() {
                connection.keep()?;
            }
            done.map_err(|failed| failed.explained(resource, verb, &inputs))
        }
        () = interrupted() => Err(while_interrupted(resource, verb, &inputs)),
    }
}

fn while_interrupted(resource: &Resource, verb: &Verb, inputs: &Inputs) -> Failure {
    let failure = Failure::new(Exit::Interrupted, "interrupted");
    if verb.only_reads() {
        return failure;
    }
    let failure = failure.help("the request may have left, and the API may have acted on it");
    outcome_unknown(failure, resource, verb, inputs)
}
