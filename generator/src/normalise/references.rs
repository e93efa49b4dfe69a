//! Inlines referenced parameters, bodies and responses, moves parameters of paths to their operations, and removes those
//! that the client sends by itself.

use indexmap::IndexMap;
use openapiv3::{
    HeaderStyle, OpenAPI, Operation, Parameter, ParameterData, ParameterSchemaOrContent, ReferenceOr, Schema,
    SchemaData, SchemaKind, StringType, Type,
};

use crate::config::Config;
use crate::document::{Component, data_mut, operations_mut, resolve, schema_of_mut};
use crate::kind::{enumeration, is_scalar};
use crate::security::Auth;
use crate::{idempotency, origin, security};

/// The description of an idempotency key that the document does not declare.
const KEY: &str = "A key that identifies this request, such as a UUID. A request with the key of an earlier one \
                   has no further effect.";

pub(super) fn expand(openapi: &mut OpenAPI, config: &Config) {
    let client = Sender { auth: security::auth(openapi, ""), schemes: security::schemes(openapi), config };
    let mut paths = openapi.paths.paths.clone();
    for item in paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        let shared: Vec<_> = std::mem::take(&mut item.parameters);
        for (method, operation) in operations_mut(item) {
            expand_operation(openapi, &client, method, operation, &shared);
        }
    }
    openapi.paths.paths = paths;
}

/// The parameters that the client sends by itself.
struct Sender<'c> {
    auth: Auth,
    /// The security schemes of its keys.
    schemes: Vec<&'c str>,
    config: &'c Config,
}

fn expand_operation(
    openapi: &OpenAPI,
    client: &Sender<'_>,
    method: &str,
    operation: &mut Operation,
    shared: &[ReferenceOr<Parameter>],
) {
    let mut parameters: Vec<Parameter> = Vec::new();
    // Parameters of the operation come last, and replace shared ones.
    for parameter in own::<Parameter>(openapi, shared).into_iter().chain(own(openapi, &operation.parameters)) {
        parameters.retain(|other| key(other) != key(&parameter));
        parameters.push(parameter);
    }
    // Without a key, the parameter may be one.
    let is_keyless = security::is_unauthenticated(openapi, operation, &client.schemes);
    let auth = if is_keyless { &Auth::None } else { &client.auth };
    parameters.retain(|parameter| {
        !is_set_by_client(parameter) && !security::is_sent_by_client(auth, client.config, parameter)
    });
    let id = operation.operation_id.as_deref().unwrap_or_default();
    if let Some(header) = idempotency::added(client.config, method, id)
        && !parameters.iter().any(|parameter| is_header(parameter, header))
    {
        parameters.push(idempotency_key(header, origin::of(operation)));
    }
    for parameter in &mut parameters {
        scalar(openapi, parameter);
    }
    operation.parameters = parameters.into_iter().map(ReferenceOr::Item).collect();
    if let Some(body) = &mut operation.request_body {
        item(openapi, body);
    }
    for response in operation.responses.responses.values_mut().chain(&mut operation.responses.default) {
        item(openapi, response);
    }
}

/// Whether a parameter is one of the headers that OpenAPI ignores among parameters.
fn is_set_by_client(parameter: &Parameter) -> bool {
    ["accept", "content-type", "authorization"].iter().any(|name| is_header(parameter, name))
}

fn is_header(parameter: &Parameter, name: &str) -> bool {
    matches!(parameter, Parameter::Header { parameter_data, .. } if parameter_data.name.eq_ignore_ascii_case(name))
}

fn idempotency_key(header: &str, pointer: &str) -> Parameter {
    let schema_kind = SchemaKind::Type(Type::String(StringType::default()));
    let schema = ReferenceOr::Item(Schema { schema_data: SchemaData::default(), schema_kind });
    let parameter_data = ParameterData {
        name: header.to_owned(),
        description: Some(KEY.to_owned()),
        required: false,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(schema),
        example: None,
        examples: IndexMap::new(),
        explode: None,
        extensions: IndexMap::new(),
    };
    let mut parameter = Parameter::Header { parameter_data, style: HeaderStyle::Simple };
    origin::note(&mut parameter, pointer.to_owned());
    parameter
}

/// Inlines a named scalar of a parameter; only enumerations keep their names.
fn scalar(openapi: &OpenAPI, parameter: &mut Parameter) {
    let data = data_mut(parameter);
    let Some(schema) = schema_of_mut(data) else { return };
    let target = resolve(openapi, schema).filter(|target| is_scalar(target) && enumeration(target).is_none());
    if let Some(target) = target.cloned() {
        *schema = ReferenceOr::Item(target);
    }
}

fn key(parameter: &Parameter) -> (std::mem::Discriminant<Parameter>, &str) {
    (std::mem::discriminant(parameter), &parameter.parameter_data_ref().name)
}

fn own<T: Component + Clone>(openapi: &OpenAPI, references: &[ReferenceOr<T>]) -> Vec<T> {
    references.iter().filter_map(|reference| resolve(openapi, reference).cloned()).collect()
}

fn item<T: Component + Clone>(openapi: &OpenAPI, reference: &mut ReferenceOr<T>) {
    if let Some(found) = resolve(openapi, reference).cloned() {
        *reference = ReferenceOr::Item(found);
    }
}
