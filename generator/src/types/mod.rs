//! Turns component schemas into Rust types with progenitor. No other module uses progenitor.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use schemars::schema::{InstanceType, SchemaObject};

use crate::kind::FILE_FORMAT;
use crate::model::{Api, Shape};

mod blame;
mod simplify;

pub(crate) use blame::Rejection;

/// Formats that map to types of established crates.
const CONVERSIONS: [(InstanceType, &str, &str); 4] = [
    (InstanceType::Number, "decimal", "::rust_decimal::Decimal"),
    (InstanceType::String, "date-time", "::jiff::Timestamp"),
    (InstanceType::String, "date", "::jiff::civil::Date"),
    (InstanceType::String, FILE_FORMAT, "::clientsmith_runtime::FilePart"),
];

/// Runs progenitor. If it fails, the error lists the rejected schemas with progenitor's own messages.
pub(crate) fn generate(openapi: &OpenAPI, api: &Api) -> Result<syn::File, Vec<Rejection>> {
    attempt(openapi, api).map_err(|problem| blame::find(openapi, api, problem))
}

fn attempt(openapi: &OpenAPI, api: &Api) -> Result<syn::File, String> {
    let document = simplify::simplify(openapi, api);
    let tokens =
        quietly(|| Generator::new(&settings(api)).generate_tokens(&document).map_err(|error| error.to_string()))?;
    syn::parse2(tokens).map_err(|error| error.to_string())
}

fn settings(api: &Api) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_map_type("::std::collections::BTreeMap")
        .with_derive("PartialEq");
    for (instance_type, format, path) in CONVERSIONS {
        let schema = SchemaObject {
            instance_type: Some(instance_type.into()),
            format: Some(format.to_owned()),
            ..SchemaObject::default()
        };
        settings.with_conversion(schema, path, [TypeImpl::Display, TypeImpl::FromStr].into_iter());
    }
    for schema in &api.schemas {
        // progenitor puts the types into a module, in which they name each other directly.
        let path = format!("types::{}", schema.name);
        match schema.shape {
            Shape::Enumeration(_) => {
                settings.with_replacement(&schema.name, path, [TypeImpl::Display, TypeImpl::FromStr].into_iter());
            }
            Shape::Union(_) => {
                settings.with_replacement(&schema.name, path, std::iter::empty());
            }
            Shape::Object(_) | Shape::Other(_) => {}
        }
    }
    settings
}

thread_local! {
    static CATCHES_PANICS: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread becomes a diagnostic, so that a panic hook can ignore it.
pub fn catches_panics() -> bool {
    CATCHES_PANICS.get()
}

/// Turns an error or panic inside progenitor into an error.
fn quietly(run: impl FnOnce() -> Result<TokenStream, String>) -> Result<TokenStream, String> {
    CATCHES_PANICS.set(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    CATCHES_PANICS.set(false);
    result.unwrap_or_else(|panic| {
        Err(panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("it panicked without a message")
            .to_owned())
    })
}
