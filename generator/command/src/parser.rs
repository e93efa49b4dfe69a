//! The argument parser of the whole program, including help.

use clap::Command;

use crate::exit::MEANINGS;
use crate::surface::Surface;
use crate::{auth, call, completions, export, manual, options, sample_calls, webhooks};

pub(crate) fn parser(surface: &'static Surface) -> Command {
    let name = surface.program;
    let spec = surface.spec_hash.get(..12).unwrap_or(surface.spec_hash);
    let version = format!("{} ({} {}, spec {spec})", surface.program_version, surface.title, surface.api_version);
    let export = export::command::command(surface);
    let program = Command::new(name)
        .version(version)
        .about(format!("The {} as a command line program", surface.title))
        .after_help(after_help(surface, export.is_some()))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .propagate_version(false);
    options::add(program, surface)
        .subcommands(surface.groups.iter().map(|group| call::group(surface, group)))
        .subcommand(auth::command(name))
        .subcommands(surface.webhooks.map(|webhooks| webhooks::command::command(name, webhooks)))
        .subcommands(export)
        .subcommands([completions::command(name), manual::command(name)])
}

fn after_help(surface: &Surface, has_export: bool) -> String {
    let api = surface.spec.api;
    let (key, url) = (api.environment.api_key, api.environment.base_url);
    let width = key.len().max(url.len());
    let codes: Vec<_> = MEANINGS.iter().map(|(exit, meaning)| format!("  {:>3}  {meaning}", *exit as u8)).collect();
    format!(
        "{}\n\nEnvironment:\n  {key:width$}  API key\n  {url:width$}  Base URL of another server\n\nExit codes:\n{}",
        sample_calls::section(&sample_calls::of_program(surface, has_export)),
        codes.join("\n")
    )
}
