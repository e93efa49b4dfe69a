//! What was given for a body → one JSON document, bytes or parts.

use std::fs;
use std::io::{self, Read};

use clap::ArgMatches;
use serde_json::Value;

use super::inputs::{Given, Inputs, Usage};
use super::json;
use super::record::Record;
use super::surface::{Body, Input, Place, Verb};
use super::value;
use clientsmith_runtime::Multipart;
use clientsmith_runtime::api::Kind;

/// The inputs of a call, from the command line and the files that it names.
pub(crate) fn inputs(verb: &'static Verb, matches: &ArgMatches) -> Result<Inputs, Usage> {
    let of_calls = verb.inputs.iter().filter(|input| input.place != Place::Field);
    let parameters = of_calls.filter_map(|input| Some((input.wire, given(input, matches)?)));
    Ok(Inputs { parameters: parameters.collect(), body: body(verb, matches)? })
}

/// The values of an option as JSON; none if it was not given.
fn given(input: &Input, matches: &ArgMatches) -> Option<String> {
    let values: Vec<&str> = matches.get_many::<String>(input.name)?.map(String::as_str).collect();
    match input.kind {
        Kind::List(_) => Some(format!("[{}]", values.join(","))),
        _ => values.last().map(|value| (*value).to_owned()),
    }
}

fn body(verb: &'static Verb, matches: &ArgMatches) -> Result<Given, Usage> {
    let text = |name: &str| matches.get_one::<String>(name);
    match verb.body {
        Body::None => Ok(Given::Nothing),
        Body::Json => match text("json") {
            Some(source) => document(verb, source),
            None => of_options(verb, matches),
        },
        Body::File => match text("body") {
            Some(source) => Ok(Given::File(read(source)?.into())),
            None => Ok(Given::Nothing),
        },
        Body::Parts => {
            let mut given = matches.get_many::<String>("part").into_iter().flatten();
            given.try_fold(Multipart::new(), |parts, given| part(parts, given)).map(Given::Parts)
        }
    }
}

fn fields(verb: &'static Verb) -> impl Iterator<Item = &'static Input> {
    verb.inputs.iter().filter(|input| input.place == Place::Field)
}

/// A document made of the options for its fields.
fn of_options(verb: &'static Verb, matches: &ArgMatches) -> Result<Given, Usage> {
    let given: Vec<_> = fields(verb).filter_map(|field| Some((field.wire, given(field, matches)?))).collect();
    if given.is_empty() {
        let names: Vec<_> = fields(verb).map(|field| format!("--{}", field.name)).collect();
        return Err(Usage(format!("nothing to send: give at least one of {}, or --json", names.join(", "))));
    }
    Ok(Given::Json(object(given)))
}

/// A document that was written by hand: fields that would not be sent are refused, amounts stay exact.
fn document(verb: &'static Verb, source: &str) -> Result<Given, Usage> {
    let name = named(source);
    let text = text(source)?;
    if let Err(error) = serde_json::from_str::<Value>(&text) {
        return Err(Usage(format!("{name} is no JSON: {error}")));
    }
    if fields(verb).next().is_none() {
        return Ok(Given::Json(text));
    }
    let record = Record::parse(&text).ok_or_else(|| Usage(format!("{name} must be a JSON object")))?;
    let mut exact = Vec::new();
    for (field, value) in record.iter() {
        let Some(known) = fields(verb).find(|known| known.wire == field) else {
            let names: Vec<_> = fields(verb).map(|known| known.wire).collect();
            return Err(Usage(format!(
                "{name} has a field `{field}`, which `{}` does not take: it knows {}",
                verb.operation.id,
                names.join(", ")
            )));
        };
        exact.push((known.wire, value::exact(known.kind, value.get())));
    }
    Ok(Given::Json(object(exact)))
}

fn object<'a>(fields: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let fields = fields.into_iter().map(|(name, json)| format!("{}:{json}", Value::from(name)));
    json::compact(&format!("{{{}}}", fields.collect::<Vec<_>>().join(",")))
}

fn part(parts: Multipart, given: &str) -> Result<Multipart, Usage> {
    let (name, value) =
        given.split_once('=').ok_or_else(|| Usage(format!("the part `{given}` must be NAME=TEXT or NAME=@FILE")))?;
    let Some(file) = value.strip_prefix('@') else { return Ok(parts.text(name, value)) };
    let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
    Ok(parts.file(name, base, "application/octet-stream", read(file)?))
}

/// What is in a file, or comes from standard input, as text.
pub(crate) fn text(source: &str) -> Result<String, Usage> {
    String::from_utf8(read(source)?).map_err(|_| Usage(format!("{} must be UTF-8 text", named(source))))
}

fn named(source: &str) -> &str {
    if source == "-" { "standard input" } else { source }
}

/// What is in a file, or comes from standard input.
fn read(source: &str) -> Result<Vec<u8>, Usage> {
    if source != "-" {
        return fs::read(source).map_err(|error| Usage(format!("cannot read {source}: {error}")));
    }
    let mut bytes = Vec::new();
    match io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Usage(format!("cannot read standard input: {error}"))),
    }
}
