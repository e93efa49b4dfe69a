//! Reads `generator.toml`: the settings that OpenAPI has no keyword for.

use std::collections::BTreeMap;
use std::iter;

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use crate::code::Code;
use crate::near::perhaps;
use crate::normalise::directions::REQUEST;
use crate::source::{Source, Unlocated};
use values::Problem;

pub(crate) mod lists;
mod values;

/// The settings of a document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The name of a standalone crate, which is no setting.
    #[serde(skip)]
    pub(crate) crate_name: Option<String>,
    #[serde(default)]
    pub(crate) environment: Environment,
    pub(crate) envelope: Option<Envelope>,
    #[serde(default)]
    pub(crate) error: ErrorPointers,
    pub(crate) pagination: Option<Pagination>,
    #[serde(default)]
    pub(crate) lists: Vec<lists::ListSettings>,
    /// The tags whose operations are generated; all if it is empty.
    #[serde(default)]
    pub(crate) only: Vec<Spanned<String>>,
    /// Whether each tag is a feature of the crate.
    #[serde(default)]
    pub(crate) tag_features: bool,
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) webhooks: Option<Webhooks>,
    pub(crate) examples: Option<Examples>,
    #[serde(default)]
    pub(crate) command: Command,
    pub(crate) auth: Option<Auth>,
    /// Headers of every request, by name.
    #[serde(default)]
    pub(crate) headers: BTreeMap<Spanned<String>, Spanned<String>>,
    pub(crate) idempotency: Option<Idempotency>,
    #[serde(default)]
    pub(crate) styles: Styles,
    #[serde(default)]
    pub(crate) lint: Lint,
    #[serde(default)]
    pub(crate) operations: BTreeMap<Spanned<String>, OperationOverride>,
    #[serde(default)]
    pub(crate) schemas: BTreeMap<String, SchemaSettings>,
    #[serde(default)]
    pub(crate) rename: Rename,
    #[serde(default)]
    pub(crate) required_when: Vec<RequiredWhen>,
}

/// How to send the API key, overriding the document.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Auth {
    Bearer,
    Basic,
    Header(Spanned<String>),
    Query(String),
    Cookie(Spanned<String>),
    /// Bearer tokens that the client fetches itself (RFC 6749, section 4.4).
    ClientCredentials(ClientCredentials),
    /// Several keys by name, all of them sent with each request.
    Keys(Spanned<IndexMap<String, Auth>>),
}

/// Where the client fetches its tokens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClientCredentials {
    /// A URL, or a path of the API's server.
    pub(crate) token_url: Spanned<String>,
    /// The scopes to request.
    #[serde(default)]
    pub(crate) scopes: Vec<String>,
    /// Whether requests carry id and secret in the body, not in a header.
    #[serde(default)]
    pub(crate) in_body: bool,
}

/// The header that identifies a request, so that the API processes it once.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Idempotency {
    pub(crate) header: Spanned<String>,
    /// The operations that accept it; by default all that create something.
    pub(crate) operations: Option<Vec<Spanned<String>>>,
}

/// The names of the environment variables.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Environment {
    api_key: Option<String>,
    base_url: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

impl Environment {
    /// Names variables without a setting after the crate, so that no key is sent to another service.
    pub(crate) fn name_after(&mut self, crate_name: &str) {
        let prefix = crate_name.replace('-', "_").to_uppercase();
        for (name, suffix) in [
            (&mut self.api_key, "API_KEY"),
            (&mut self.base_url, "BASE_URL"),
            (&mut self.client_id, "CLIENT_ID"),
            (&mut self.client_secret, "CLIENT_SECRET"),
        ] {
            name.get_or_insert_with(|| format!("{prefix}_{suffix}"));
        }
    }

    pub(crate) fn api_key(&self) -> &str {
        self.api_key.as_deref().unwrap_or("API_KEY")
    }

    pub(crate) fn base_url(&self) -> &str {
        self.base_url.as_deref().unwrap_or("API_BASE_URL")
    }

    pub(crate) fn client_id(&self) -> &str {
        self.client_id.as_deref().unwrap_or("CLIENT_ID")
    }

    pub(crate) fn client_secret(&self) -> &str {
        self.client_secret.as_deref().unwrap_or("CLIENT_SECRET")
    }
}

/// The envelope around every success body.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Envelope {
    /// The property that is true for a success and false for an error.
    pub(crate) success: String,
    /// The property that holds the data.
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

/// How lists are paginated.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pagination {
    /// The query parameter with the page number.
    pub(crate) page_parameter: String,
    /// The query parameter with the page size.
    pub(crate) limit_parameter: String,
    /// The property next to the rows that holds the pagination object.
    pub(crate) property: String,
    /// The fields of the pagination object.
    pub(crate) fields: PaginationFields,
}

/// The names of the fields in the pagination object.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PaginationFields {
    pub(crate) page: Option<String>,
    pub(crate) limit: Option<String>,
    pub(crate) total_count: Option<String>,
    pub(crate) total_pages: Option<String>,
    pub(crate) has_more: Option<String>,
}

/// The rate limit of the API.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RateLimit {
    pub(crate) requests: u32,
    pub(crate) window_seconds: u64,
}

/// The properties of every webhook body.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Webhooks {
    /// The property that names the event.
    pub(crate) r#type: String,
    /// The property that holds the payload.
    pub(crate) data: String,
}

/// The examples in the documentation of operations.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Examples {
    /// The name of the crate in examples.
    pub(crate) library: String,
}

/// The command line.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Command {
    /// The operations that need confirmation.
    #[serde(default)]
    pub(crate) confirm: Vec<Spanned<String>>,
}

/// How requests encode values that OpenAPI leaves undefined.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Styles {
    /// Lists in the style `deepObject`.
    #[serde(default)]
    pub(crate) deep_object_lists: DeepObjectLists,
    /// Form properties with objects inside objects or lists, and without an `encoding`.
    #[serde(default)]
    pub(crate) nested_in_forms: NestedInForms,
}

/// How a list is encoded in the style `deepObject`.
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

/// How a form property with nested objects is encoded.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NestedInForms {
    /// In the style `deepObject`.
    #[default]
    DeepObject,
    /// The nested objects as JSON.
    Json,
}

/// Which rules apply.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lint {
    /// Whether the document must be complete beyond the generator's needs: samples for everything, and valid
    /// examples.
    #[serde(default)]
    pub(crate) strict: bool,
}

/// The overrides for one operation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperationOverride {
    /// The name of the method.
    pub(crate) method: Option<String>,
    /// The media type to accept, if the document has several.
    pub(crate) accept: Option<Spanned<String>>,
    /// The media type of the body, if the document has several.
    pub(crate) content_type: Option<Spanned<String>>,
}

/// The settings for one schema.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SchemaSettings {
    /// Names in requests and filters for nested values: each maps to a list and a field of its items.
    #[serde(default)]
    pub(crate) aliases: BTreeMap<String, Spanned<String>>,
}

/// Other names, by those that the generator chooses.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rename {
    #[serde(default)]
    pub(crate) types: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Names of fields by `Type.property`.
    #[serde(default)]
    pub(crate) fields: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Names of variants by `Type.value`, or by `Type.Variant` if the type is a union.
    #[serde(default)]
    pub(crate) variants: BTreeMap<Spanned<String>, Spanned<String>>,
}

impl Rename {
    /// Returns the name of a type.
    pub(crate) fn type_name(&self, chosen: String) -> String {
        self.types.get(chosen.as_str()).map_or(chosen, |name| name.get_ref().clone())
    }

    /// Returns the name of a field.
    pub(crate) fn field(&self, holder: &str, wire: &str) -> Option<String> {
        part(&self.fields, holder, wire)
    }

    /// Returns the name of a variant.
    pub(crate) fn variant(&self, holder: &str, old: &str) -> Option<String> {
        part(&self.variants, holder, old)
    }
}

/// Returns the name of a part of a type. The type for requests shares the names of its type for responses.
fn part(names: &BTreeMap<Spanned<String>, Spanned<String>>, holder: &str, old: &str) -> Option<String> {
    let holders = iter::once(holder).chain(holder.strip_suffix(REQUEST));
    let name = holders.map(|holder| format!("{holder}.{old}")).find_map(|key| names.get(key.as_str()))?;
    Some(name.get_ref().clone())
}

/// A request property that the value of another property makes required.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequiredWhen {
    pub(crate) schema: Spanned<String>,
    pub(crate) property: Spanned<String>,
    /// The other property.
    pub(crate) when: Spanned<String>,
    /// The values of the other property.
    pub(crate) is: Vec<String>,
}

/// Parses TOML into settings, and checks their values.
pub(crate) fn read(source: &Source) -> Result<Config, Vec<Unlocated>> {
    let diagnostic = |offset, message, help| {
        let (line, column) = line_column(&source.text, offset);
        Unlocated { code: Code::Config, message, at: source.at_line(line, column), help }
    };
    let config: Config = toml::from_str(&source.text).map_err(|error| {
        let (message, help) = explain(error.message().lines().next().unwrap_or("unreadable"));
        vec![diagnostic(error.span().map_or(0, |span| span.start), message, help)]
    })?;
    let problems: Vec<_> = values::problems(&config)
        .into_iter()
        .map(|Problem { at, message, help }| diagnostic(at.start, message, help.to_owned()))
        .collect();
    if problems.is_empty() { Ok(config) } else { Err(problems) }
}

/// Splits a message of the TOML reader into the mistake and the help.
fn explain(message: &str) -> (String, String) {
    let message = message.replace("unknown field", "unknown key").replace("missing field", "missing key");
    let Some((mistake, expected)) = message.split_once(", expected ") else {
        return (message, "correct the TOML".to_owned());
    };
    let quoted = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let known = quoted(expected);
    let unknown = quoted(mistake).first().map(|name| perhaps(name, known.iter().map(String::as_str)));
    (mistake.to_owned(), format!("expected {expected}{}", unknown.unwrap_or_default()))
}

/// Returns the line and column, both from 1, of a byte offset in a string.
pub(crate) fn line_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}
