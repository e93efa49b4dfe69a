//! Reads parsed arguments as the inputs of a call.

use clap::ArgMatches;
use clientsmith_runtime::Multipart;
use clientsmith_runtime::api::Kind;
use serde_json::Value;

use super::value;
use crate::inputs::{Inputs, RequestBody, Usage};
use crate::json::{self, RawObject};
use crate::source;
use crate::surface::{Argument, BodyFormat, Role, Subcommand};

/// Returns the inputs of a call, from arguments and files.
pub(crate) fn inputs(subcommand: &'static Subcommand, matches: &ArgMatches) -> Result<Inputs, Usage> {
    let of_calls = subcommand.arguments.iter().filter(|argument| argument.role != Role::Field);
    let parameters = of_calls.filter_map(|argument| Some((argument.wire, value_of(argument, matches)?)));
    Ok(Inputs { parameters: parameters.collect(), body: body(subcommand, matches)? })
}

/// Returns the value of an argument as JSON; `None` if it is absent.
fn value_of(argument: &Argument, matches: &ArgMatches) -> Option<String> {
    let values: Vec<&str> = matches.get_many::<String>(argument.name)?.map(String::as_str).collect();
    match argument.kind {
        Kind::List(_) => Some(format!("[{}]", values.join(","))),
        _ => values.last().map(|value| (*value).to_owned()),
    }
}

fn body(subcommand: &'static Subcommand, matches: &ArgMatches) -> Result<RequestBody, Usage> {
    let text = |name: &str| matches.get_one::<String>(name);
    match subcommand.body {
        BodyFormat::None => Ok(RequestBody::Empty),
        BodyFormat::Json => match text("json") {
            Some(source) => document(subcommand, source),
            None => of_options(subcommand, matches),
        },
        BodyFormat::File => match text("body") {
            Some(source) => Ok(RequestBody::File(source::read(source)?.into())),
            None => Ok(RequestBody::Empty),
        },
        BodyFormat::Parts => {
            let Some(mut parts) = matches.get_many::<String>("part") else { return Ok(RequestBody::Empty) };
            parts.try_fold(Multipart::new(), add_part).map(RequestBody::Parts)
        }
    }
}

fn fields(subcommand: &'static Subcommand) -> impl Iterator<Item = &'static Argument> {
    subcommand.arguments.iter().filter(|argument| argument.role == Role::Field)
}

/// Builds the document from the options for its fields.
fn of_options(subcommand: &'static Subcommand, matches: &ArgMatches) -> Result<RequestBody, Usage> {
    let values: Vec<_> = fields(subcommand).filter_map(|field| Some((field.wire, value_of(field, matches)?))).collect();
    if values.is_empty() && subcommand.operation.body.is_some_and(|body| !body.required) {
        return Ok(RequestBody::Empty);
    }
    if values.is_empty() {
        let names: Vec<_> = fields(subcommand).map(|field| format!("--{}", field.name)).collect();
        return Err(Usage(format!("nothing to send: set at least one of {}, or --json", names.join(", "))));
    }
    Ok(RequestBody::Json(json_object(values)))
}

/// Reads the document from a file: unknown fields are rejected, amounts stay exact.
fn document(subcommand: &'static Subcommand, source: &str) -> Result<RequestBody, Usage> {
    let name = source::name(source);
    let text = source::read_text(source)?;
    if let Err(error) = serde_json::from_str::<Value>(&text) {
        return Err(Usage(format!("{name} is not JSON: {error}")));
    }
    if fields(subcommand).next().is_none() {
        return Ok(RequestBody::Json(text));
    }
    let object = RawObject::parse(&text).ok_or_else(|| Usage(format!("{name} must be a JSON object")))?;
    let mut exact = Vec::new();
    for (field, value) in object.iter() {
        let Some(known) = fields(subcommand).find(|known| known.wire == field) else {
            let names: Vec<_> = fields(subcommand).map(|known| known.wire).collect();
            return Err(Usage(format!(
                "{name} has an unknown field `{field}`; the fields of `{}` are {}",
                subcommand.operation.id,
                names.join(", ")
            )));
        };
        exact.push((known.wire, value::exact(known.kind, value.get())));
    }
    Ok(RequestBody::Json(json_object(exact)))
}

fn json_object<'a>(fields: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let fields = fields.into_iter().map(|(name, json)| format!("{}:{json}", Value::from(name)));
    json::compact(&format!("{{{}}}", fields.collect::<Vec<_>>().join(",")))
}

fn add_part(parts: Multipart, part: &String) -> Result<Multipart, Usage> {
    let (name, value) =
        part.split_once('=').ok_or_else(|| Usage(format!("the part `{part}` must be NAME=TEXT or NAME=@FILE")))?;
    let Some(file) = value.strip_prefix('@') else { return Ok(parts.text(name, value)) };
    let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
    Ok(parts.file(name, base, "application/octet-stream", source::read(file)?))
}
