//! Compares parameters: arguments of the method if required, setters if optional.

use super::arguments::{self, Argument};
use super::change::Verdict;
use super::deprecation::deprecation;
use super::log::{Draft, Log, Spot};
use super::version::Owned;
use super::{rules, words};
use crate::kind::Kind;
use crate::model::{Encoding, Location, Operation, Parameter, Style};

pub(super) fn compare(log: &mut Log<'_>, was: Owned<'_>, is: Owned<'_>, spot: &Spot) {
    let (old, new) = (was.1, is.1);
    for parameter in &old.parameters {
        match find(new, parameter) {
            Some(other) => compare_parameter(log, (old, parameter), (new, other)),
            None => removed(log, old, parameter),
        }
    }
    for parameter in new.parameters.iter().filter(|parameter| find(old, parameter).is_none()) {
        added(log, new, parameter);
    }
    let function = words::method(is.0, new);
    arguments::compare(log, &spot.join("parameters"), &function, &taken(old), &taken(new));
}

/// Returns the arguments of the method, in order.
fn taken(operation: &Operation) -> Vec<Argument> {
    let required = operation.parameters.iter().filter(|parameter| parameter.required);
    let argument = |name: &str, kind: &Kind| Argument { name: name.to_owned(), takes: kind.to_string() };
    let parameters = required.map(|parameter| argument(&parameter.name, &parameter.kind));
    parameters
        .chain(operation.body.iter().filter(|body| body.required).map(|body| argument("body", &body.kind)))
        .collect()
}

/// Returns the parameter of the same name; a parameter moved from the query to the path is still the same.
fn find<'a>(operation: &'a Operation, like: &Parameter) -> Option<&'a Parameter> {
    let named = || operation.parameters.iter().filter(|parameter| parameter.wire == like.wire);
    named().find(|parameter| place(parameter) == place(like)).or_else(|| named().next())
}

/// Returns the OpenAPI name of a parameter's location.
fn place(parameter: &Parameter) -> &'static str {
    match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

fn subject(operation: &Operation, parameter: &Parameter) -> String {
    format!("{}.{}", operation.id, parameter.name)
}

fn removed(log: &mut Log<'_>, operation: &Operation, parameter: &Parameter) {
    let spot = Spot::old(parameter.pointer.clone());
    let what = if parameter.required { "an argument of the method" } else { "a setter" };
    let message = format!("was removed: {what}");
    log.add(Draft::new(Verdict::Breaking, "parameter-removed", subject(operation, parameter), message).at(&spot));
}

fn added(log: &mut Log<'_>, operation: &Operation, parameter: &Parameter) {
    let spot = Spot::new(parameter.pointer.clone());
    let ty = &parameter.kind;
    let draft = if parameter.required {
        let message = format!("is new and required: a new argument of the method, `{ty}`");
        Draft::new(Verdict::Breaking, "parameter-required", subject(operation, parameter), message)
    } else {
        let message = format!("is new: a setter takes a `{ty}`");
        Draft::new(Verdict::Additive, "parameter-added", subject(operation, parameter), message)
    };
    log.add(draft.at(&spot));
}

fn compare_parameter(log: &mut Log<'_>, was: (&Operation, &Parameter), is: (&Operation, &Parameter)) {
    let (old, new) = (was.1, is.1);
    let subject = subject(was.0, old);
    let spot = Spot::both(old.pointer.clone(), new.pointer.clone());
    let say = |verdict, code, message: String| Draft::new(verdict, code, &subject, message).at(&spot);
    if old.kind != new.kind {
        let message = format!("takes `{}` instead of `{}`", new.kind, old.kind);
        log.add(say(Verdict::Breaking, "parameter-type", message));
    }
    match (old.required, new.required) {
        (false, true) => {
            let message = "is required: an argument of the method instead of a setter".to_owned();
            log.add(say(Verdict::Breaking, "parameter-presence", message));
        }
        (true, false) => {
            let message = "is optional: a setter instead of an argument of the method".to_owned();
            log.add(say(Verdict::Breaking, "parameter-presence", message));
        }
        _ => {}
    }
    if old.name != new.name {
        log.add(say(Verdict::Breaking, "parameter-name", format!("is renamed to `{}`", new.name)));
    }
    if (old.location, old.encoding) != (new.location, new.encoding) && old.kind == new.kind {
        let message = format!("is sent {} instead of {}", word(new), word(old));
        log.add(say(Verdict::Editorial, "parameter-location", message).silently());
    }
    if old.default != new.default {
        let text = |default: &Option<String>| default.as_ref().map_or("nothing".to_owned(), |text| format!("`{text}`"));
        let message = format!("has the default {} instead of {}", text(&new.default), text(&old.default));
        log.add(say(Verdict::Editorial, "parameter-default", message));
    }
    deprecation(log, &spot.join("deprecated"), &subject, old.deprecated, new.deprecated);
    rules::compare(log, &spot, &subject, &old.rules, &new.rules);
}

fn word(parameter: &Parameter) -> &'static str {
    let Encoding::Styled { style, explode } = parameter.encoding else { return "as a JSON document" };
    let is_list = matches!(parameter.kind, Kind::List(_));
    match (parameter.location, style, is_list) {
        (Location::Path, Style::Label, _) => "in the path after a dot",
        (Location::Path, Style::Matrix, _) => "in the path after a semicolon",
        (Location::Path, _, true) => "in the path with commas",
        (Location::Path, ..) => "in the path",
        (Location::Query, Style::DeepObject | Style::DeepObjectIndices | Style::DeepObjectRepeated, _) => {
            "as fields with their own names"
        }
        (Location::Query, Style::Form, true) if explode => "once for each value",
        (Location::Query, _, true) => "as one text with delimiters",
        (Location::Query, ..) => "in the query",
        (Location::Header, ..) => "in a header",
        (Location::Cookie, ..) => "in a cookie",
    }
}
