//! `generator.toml`: what OpenAPI cannot say.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::code::Code;
use crate::source::{Source, Unlocated};

/// The settings beside a document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    #[serde(default)]
    pub(crate) environment: Environment,
    pub(crate) envelope: Option<Envelope>,
    #[serde(default)]
    pub(crate) error: ErrorPointers,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) webhooks: Option<Webhooks>,
    pub(crate) examples: Option<Examples>,
    #[serde(default)]
    pub(crate) command: Command,
    pub(crate) auth: Option<Auth>,
    #[serde(default)]
    pub(crate) styles: Styles,
    #[serde(default)]
    pub(crate) lint: Lint,
    #[serde(default)]
    pub(crate) operations: BTreeMap<Spanned<String>, OperationOverride>,
    #[serde(default)]
    pub(crate) schemas: BTreeMap<String, SchemaSettings>,
    #[serde(default)]
    pub(crate) required_when: Vec<RequiredWhen>,
}

/// How the API key is sent, in place of what the document says.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Auth {
    Bearer,
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
}

/// The names of the environment variables.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Environment {
    pub(crate) api_key: String,
    pub(crate) base_url: String,
}

impl Default for Environment {
    fn default() -> Self {
        Self { api_key: "API_KEY".to_owned(), base_url: "API_BASE_URL".to_owned() }
    }
}

/// The envelope around every success body.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Envelope {
    /// The property that tells success from failure.
    pub(crate) success: String,
    /// The property that holds the value.
    pub(crate) data: String,
}

/// JSON pointers into an error body.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErrorPointers {
    #[serde(default)]
    pub(crate) message: String,
    #[serde(default)]
    pub(crate) code: String,
}

/// How lists are cut into pages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pagination {
    /// The query parameter with the number of the page.
    pub(crate) page_parameter: String,
    /// The query parameter with the size of the page.
    pub(crate) limit_parameter: String,
    /// The property beside the rows that says where the page stands.
    pub(crate) property: String,
    /// Its fields.
    pub(crate) fields: PaginationFields,
}

/// Which field of the pagination object says what.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PaginationFields {
    pub(crate) page: Option<String>,
    pub(crate) limit: Option<String>,
    pub(crate) total_count: Option<String>,
    pub(crate) total_pages: Option<String>,
    pub(crate) has_more: Option<String>,
}

/// How many requests the API takes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RateLimit {
    pub(crate) requests: u32,
    pub(crate) window_seconds: u64,
}

/// The properties of every body that a webhook sends.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Webhooks {
    /// The one that names the event.
    pub(crate) r#type: String,
    /// The one that holds what the event is about.
    pub(crate) data: String,
}

/// The examples in the documentation of operations.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Examples {
    /// What examples call the crate.
    pub(crate) library: String,
}

/// The command line.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Command {
    /// The operations that are not done without being asked for twice.
    #[serde(default)]
    pub(crate) confirm: Vec<Spanned<String>>,
}

/// How requests write what OpenAPI leaves undefined.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Styles {
    /// Lists in the style `deepObject`.
    #[serde(default)]
    pub(crate) deep_object_lists: DeepObjectLists,
    /// Properties of forms that hold objects inside of objects or lists, and that `encoding` says nothing about.
    #[serde(default)]
    pub(crate) nested_in_forms: NestedInForms,
}

/// How a list is written in the style `deepObject`.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DeepObjectLists {
    /// `a[]=x&a[]=y`
    #[default]
    Brackets,
    /// `a[0]=x&a[1]=y`
    Indices,
    /// `a=x&a=y`
    Repeated,
}

/// How a property of a form is written that has objects inside.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NestedInForms {
    /// In the style `deepObject`.
    #[default]
    DeepObject,
    /// The objects inside as JSON.
    Json,
}

/// Which rules there are.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lint {
    /// Whether the document must have what the generator can do without: samples of everything, examples that fit.
    #[serde(default)]
    pub(crate) strict: bool,
}

/// What to change about one operation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperationOverride {
    /// The name of its method.
    pub(crate) method: Option<String>,
    /// Which of several documented media types its responses are asked for in.
    pub(crate) accept: Option<Spanned<String>>,
    /// Which of several documented media types its body is sent in.
    pub(crate) content_type: Option<Spanned<String>>,
}

/// What to say about one schema.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SchemaSettings {
    /// What requests and filters call a value that stands elsewhere in the object: a list and a field of its items.
    #[serde(default)]
    pub(crate) aliases: BTreeMap<String, Spanned<String>>,
}

/// A request property that another one's value makes required.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequiredWhen {
    pub(crate) schema: Spanned<String>,
    pub(crate) property: Spanned<String>,
    /// The other property.
    pub(crate) when: Spanned<String>,
    /// Its values.
    pub(crate) is: Vec<String>,
}

/// TOML → settings.
pub(crate) fn read(source: &Source) -> Result<Config, Vec<Unlocated>> {
    toml::from_str(&source.text).map_err(|error| {
        let (line, column) = error.span().map_or((1, 1), |span| line_column(&source.text, span.start));
        vec![Unlocated {
            code: Code::Config,
            message: error.message().lines().next().unwrap_or("unreadable").to_owned(),
            at: source.at_line(line, column),
            help: "CONTRIBUTING.md lists the keys that generator.toml knows".to_owned(),
        }]
    })
}

/// The line and column, from 1, of a byte in a text.
pub(crate) fn line_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}
