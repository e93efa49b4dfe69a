//! Checks the names that generator.toml chooses: the old ones exist, and the new ones are free.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use crate::code::Code;
use crate::config::{Config, Rename, line_column};
use crate::input::Input;
use crate::load::Document;
use crate::model::{Api, Schema, Shape};
use crate::near::perhaps;
use crate::normalise::directions::REQUEST;
use crate::pipeline::described;
use crate::source::Unlocated;

/// Names in generator.toml: the old ones with the new ones.
type Entries = BTreeMap<Spanned<String>, Spanned<String>>;

/// A name in generator.toml, and the problem.
type Problem<'c> = (&'c Spanned<String>, String);

/// Returns a diagnostic for each old name that does not exist, and each new name that exists already.
pub(crate) fn problems(input: &Input, document: &Document, config: &Config) -> Vec<Unlocated> {
    let Rename { types, fields, variants } = &config.rename;
    if types.is_empty() && fields.is_empty() && variants.is_empty() {
        return Vec::new();
    }
    let api = |rename: Rename| described(input, document, &Config { rename, ..config.clone() }, &mut |_| {}).1;
    let before = api(Rename::default());
    // Fields and variants are named by the new name of their type.
    let after = api(Rename { types: types.clone(), ..Rename::default() });
    let mut problems: Vec<_> = types.iter().filter_map(|entry| of_type(&before, &after, types, entry)).collect();
    if problems.is_empty() {
        problems.extend(fields.iter().filter_map(|entry| of_part(&after, Part::Field, fields, entry)));
        problems.extend(variants.iter().filter_map(|entry| of_part(&after, Part::Variant, variants, entry)));
    }
    let problems = problems.into_iter().map(|(name, message)| {
        let (line, column) = line_column(&input.config.text, name.span().start);
        let help = "use another name, or remove the entry".to_owned();
        Unlocated { code: Code::ConfigReference, message, at: input.config.at_line(line, column), help }
    });
    problems.collect()
}

fn of_type<'c>(
    before: &Api,
    after: &Api,
    types: &'c Entries,
    (old, new): (&'c Spanned<String>, &'c Spanned<String>),
) -> Option<Problem<'c>> {
    let names = |api: &Api| -> BTreeSet<String> { api.schemas.iter().map(|schema| schema.name.clone()).collect() };
    let (chosen, renamed) = (names(before), names(after));
    let is_given = |(other, name): (&Spanned<String>, &Spanned<String>)| name == new && other < old;
    if chosen.contains(new.get_ref()) || types.iter().any(is_given) {
        Some((new, format!("the type `{}` exists already", new.get_ref())))
    } else if !renamed.contains(new.get_ref()) {
        // Names of types inside a renamed type have changed, too.
        let names = chosen.union(&renamed).filter(|name| *name != old.get_ref());
        let perhaps = perhaps(old.get_ref(), names.map(String::as_str));
        Some((old, format!("unknown type `{}`{perhaps}", old.get_ref())))
    } else {
        None
    }
}

/// A part of a type with a name of its own.
#[derive(Clone, Copy)]
enum Part {
    Field,
    Variant,
}

impl Part {
    fn word(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Variant => "variant",
        }
    }

    fn form(self) -> &'static str {
        match self {
            Self::Field => "`Type.property`",
            Self::Variant => "`Type.value`",
        }
    }

    /// Returns the parts of a type: how generator.toml refers to each, and its name.
    fn of(self, schema: &Schema) -> Vec<(&str, &str)> {
        match (self, &schema.shape) {
            (Self::Field, Shape::Object(object)) => {
                object.fields.iter().map(|field| (field.wire.as_str(), field.name.as_str())).collect()
            }
            (Self::Variant, Shape::Enumeration(enumeration)) => {
                enumeration.variants.iter().map(|variant| (variant.wire.as_str(), variant.name.as_str())).collect()
            }
            (Self::Variant, Shape::Union(union)) => {
                union.members.iter().map(|member| (member.name.as_str(), member.name.as_str())).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn of_part<'c>(
    api: &Api,
    part: Part,
    entries: &'c Entries,
    (old, new): (&'c Spanned<String>, &'c Spanned<String>),
) -> Option<Problem<'c>> {
    let word = part.word();
    let Some((holder, wire)) = old.get_ref().split_once('.') else {
        return Some((old, format!("`{}` does not name a {word}: write {}", old.get_ref(), part.form())));
    };
    let find = |name: &str| api.schemas.iter().find(|schema| schema.name == name);
    let Some(schema) = find(holder) else {
        let perhaps = perhaps(holder, api.schemas.iter().map(|schema| schema.name.as_str()));
        return Some((old, format!("unknown type `{holder}`{perhaps}")));
    };
    let parts = part.of(schema);
    if !parts.iter().any(|(known, _)| *known == wire) {
        let perhaps = perhaps(wire, parts.iter().map(|(known, _)| *known));
        return Some((old, format!("the type `{holder}` has no {word} `{wire}`{perhaps}")));
    }
    // Of two entries with the same new name, the second is reported.
    let has_name = |(known, name): &(&str, &str)| match entries.get(format!("{holder}.{known}").as_str()) {
        Some(renamed) => renamed == new && *known < wire,
        None => *known != wire && *name == new.get_ref(),
    };
    let of_requests = find(&format!("{holder}{REQUEST}")).map(|schema| part.of(schema));
    let is_taken = parts.iter().chain(of_requests.iter().flatten()).any(has_name);
    is_taken.then(|| (new, format!("the {word} `{}` of `{holder}` exists already", new.get_ref())))
}
