//! Emits `generated/api/`: the API as data for the runtime, the mock server and the command.

use std::collections::BTreeMap;
use std::iter;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{File, gate, option, paging};
use crate::kind::Kind;
use crate::media::Media;
use crate::model::{
    Api, Auth, Body, Bound, Condition, Credential, Encoding, Enumeration, Field, Location, Newtype, Object, Operation,
    Others, Pages, Parameter, Policy, Presence, PropertyEncoding, Response, Rule, Safety, Schema, Shape, Style,
    TokenEndpoint, Union,
};
use crate::provenance::Provenance;

/// The objects of each module, by name.
type Objects<'a> = BTreeMap<&'a str, Vec<(&'a Schema, &'a Object)>>;

pub(super) fn expand<'a>(api: &'a Api, provenance: &'a Provenance) -> impl Iterator<Item = File> + use<'a> {
    let objects = objects(api);
    let named = |name: &str, tokens: TokenStream| (format!("generated/api/{name}.rs"), tokens.into());
    let root = named("mod", expand_root(api, &objects, provenance));
    let operations = |module: &str| {
        let resource = api.resources.iter().find(|resource| resource.module == module);
        resource.map(|resource| &resource.operations[..]).unwrap_or_default()
    };
    let modules: Vec<_> = modules(api, &objects)
        .map(|module| {
            let objects = objects.get(module).map(Vec::as_slice).unwrap_or_default();
            named(module, expand_module(operations(module), objects))
        })
        .collect();
    iter::once(root).chain(modules)
}

/// Returns the modules: one per resource, then those with other objects.
fn modules<'a>(api: &'a Api, objects: &'a Objects<'a>) -> impl Iterator<Item = &'a str> {
    let is_resource = |name: &&str| api.resources.iter().any(|resource| resource.module == **name);
    let others = objects.keys().copied().filter(move |name| !is_resource(name));
    api.resources.iter().map(|resource| resource.module.as_str()).chain(others)
}

/// Returns the attribute of a module.
fn gate_of(api: &Api, objects: &Objects<'_>, module: &str) -> Option<TokenStream> {
    match api.resources.iter().find(|resource| resource.module == module) {
        Some(resource) => gate::of_resource(api, resource),
        None => objects.get(module)?.first().and_then(|(schema, _)| gate::of_home(api, &schema.home)),
    }
}

fn objects(api: &Api) -> Objects<'_> {
    let mut objects = Objects::new();
    for schema in &api.schemas {
        if let Shape::Object(object) = &schema.shape {
            objects.entry(schema.home.module()).or_default().push((schema, object));
        }
    }
    objects
}

fn expand_root(api: &Api, objects: &Objects<'_>, provenance: &Provenance) -> TokenStream {
    let modules: Vec<_> = modules(api, objects)
        .map(|name| {
            let (gate, module) = (gate_of(api, objects, name), super::module(&quote!(pub(crate)), name));
            quote!(#gate #module)
        })
        .collect();
    let spec = expand_spec(api, objects, provenance);
    let describes = |schema: &Schema| matches!(schema.shape, Shape::Union(_) | Shape::Other(Some(_)));
    let imports = if api.schemas.iter().any(describes) {
        quote!(
            #[allow(clippy::wildcard_imports)]
            use rt::api::*;
        )
    } else {
        quote!(
            use rt::api::ApiSpec;
        )
    };
    quote! {
        //! The API as data, for the client, the mock server and the command.

        #(#modules)*

        use clientsmith_runtime as rt;
        #imports

        #spec
    }
}

fn expand_spec(api: &Api, objects: &Objects<'_>, provenance: &Provenance) -> TokenStream {
    let Policy { base_url, api_key_variable, base_url_variable, .. } = &api.policy;
    let package = expand_package(provenance);
    let auth = expand_auth(&api.policy.auth);
    let token_endpoint = option(api.policy.token_endpoint.as_ref().map(expand_token_endpoint));
    let headers = api.policy.headers.iter().map(|(name, value)| quote!((#name, #value)));
    let errors = expand_errors(&api.policy);
    let rate_limit =
        option(api.policy.rate_limit.map(
            |(requests, seconds)| quote!(rt::RateLimit::new(#requests, ::std::time::Duration::from_secs(#seconds))),
        ));
    let envelope = option(
        api.envelope.as_ref().map(|(success, data)| quote!(rt::api::Envelope { success: #success, data: #data })),
    );
    let paging = option(api.pages.as_ref().map(expand_paging));
    let operations = api.resources.iter().flat_map(|resource| {
        resource.operations.iter().map(|operation| {
            let (module, name) = (format_ident!("{}", resource.module), format_ident!("{}", operation.constant));
            let gate = gate::of_resource(api, resource);
            quote!(#gate &#module::#name)
        })
    });
    let objects = objects.iter().flat_map(|(module, objects)| {
        let module = format_ident!("{module}");
        objects.iter().map(move |(schema, object)| {
            let (gate, name) = (gate::of_home(api, &schema.home), format_ident!("{}", object.constant));
            quote!(#gate &#module::#name)
        })
    });
    let gated = |schema: &Schema, expanded: TokenStream| {
        let gate = gate::of_home(api, &schema.home);
        quote!(#gate #expanded)
    };
    let enumerations = api.schemas.iter().filter_map(|schema| match &schema.shape {
        Shape::Enumeration(enumeration) => Some(gated(schema, expand_enumeration(schema, enumeration))),
        _ => None,
    });
    let unions = api.schemas.iter().filter_map(|schema| match &schema.shape {
        Shape::Union(union) => Some(gated(schema, expand_union(schema, union))),
        _ => None,
    });
    let newtypes = api.schemas.iter().filter_map(|schema| match &schema.shape {
        Shape::Other(Some(newtype)) => Some(gated(schema, expand_newtype(schema, newtype))),
        _ => None,
    });
    quote! {
        /// The description of the API.
        pub(crate) static API: ApiSpec = ApiSpec {
            title: super::meta::TITLE,
            version: super::meta::API_VERSION,
            package: #package,
            base_url: #base_url,
            environment: rt::api::Environment { api_key: #api_key_variable, base_url: #base_url_variable },
            auth: #auth,
            token_endpoint: #token_endpoint,
            headers: &[#(#headers),*],
            errors: #errors,
            rate_limit: #rate_limit,
            envelope: #envelope,
            paging: #paging,
            operations: &[#(#operations),*],
            objects: &[#(#objects),*],
            enumerations: &[#(#enumerations),*],
            unions: &[#(#unions),*],
            newtypes: &[#(#newtypes),*],
        };
    }
}

fn expand_package(provenance: &Provenance) -> TokenStream {
    let comment = format!(" {}", provenance.comment);
    quote! {
        rt::api::Package {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"), #comment),
            tracer: rt::tracer!(),
        }
    }
}

fn expand_auth(auth: &Auth) -> TokenStream {
    let auth = match auth {
        Auth::Bearer => quote!(Bearer),
        Auth::Basic => quote!(Basic),
        Auth::Header(name) => quote!(Header(#name)),
        Auth::Query(name) => quote!(Query(#name)),
        Auth::Cookie(name) => quote!(Cookie(#name)),
        Auth::Together(parts) => {
            let parts = parts.iter().map(|Credential { variable, auth, .. }| {
                let auth = expand_auth(auth);
                quote!(rt::api::Credential { variable: #variable, auth: #auth })
            });
            quote!(Together(&[#(#parts),*]))
        }
        Auth::None => quote!(None),
    };
    quote!(rt::api::Auth::#auth)
}

fn expand_token_endpoint(endpoint: &TokenEndpoint) -> TokenStream {
    let TokenEndpoint { url, scopes, in_body, id_variable, secret_variable } = endpoint;
    let scopes = scopes.join(" ");
    quote! {
        rt::api::TokenEndpoint {
            url: #url,
            scopes: #scopes,
            in_body: #in_body,
            client_id: #id_variable,
            client_secret: #secret_variable,
        }
    }
}

fn expand_errors(policy: &Policy) -> TokenStream {
    let Policy { success_flag: flag, error_message: message, error_code: code, .. } = policy;
    quote!(rt::api::ErrorPointers { flag: #flag, message: #message, code: #code })
}

fn expand_paging(pages: &Pages) -> TokenStream {
    let Pages { page_parameter, limit_parameter, property, .. } = pages;
    let [page, limit, total_count, total_pages, has_more] =
        [&pages.page, &pages.limit, &pages.total_count, &pages.total_pages, &pages.has_more]
            .map(|field| option(field.as_ref().map(|field| quote!(#field))));
    quote! {
        rt::api::Paging {
            page_parameter: #page_parameter,
            limit_parameter: #limit_parameter,
            property: #property,
            page: #page,
            limit: #limit,
            total_count: #total_count,
            total_pages: #total_pages,
            has_more: #has_more,
        }
    }
}

fn expand_enumeration(schema: &Schema, enumeration: &Enumeration) -> TokenStream {
    let (name, Enumeration { closed, integers, .. }) = (&schema.name, enumeration);
    let values = enumeration.variants.iter().map(|variant| &variant.wire);
    quote!(rt::api::Enumeration { name: #name, values: &[#(#values),*], closed: #closed, integers: #integers })
}

fn expand_union(schema: &Schema, union: &Union) -> TokenStream {
    let (name, tag) = (&schema.name, option(union.tag.as_ref().map(|tag| quote!(#tag))));
    let members = union.members.iter().map(|member| {
        let (kind, rules) = (expand_kind(&member.kind), expand_rules(&member.rules));
        let tags = (!member.tags.is_empty()).then(|| {
            let tags = &member.tags;
            quote!(.tags(&[#(#tags),*]))
        });
        quote!(Member::new(#kind) #tags #rules)
    });
    quote!(Union { name: #name, tag: #tag, members: &[#(#members),*] })
}

fn expand_newtype(schema: &Schema, newtype: &Newtype) -> TokenStream {
    let (name, kind) = (&schema.name, expand_kind(&newtype.kind));
    let rules = newtype.rules.iter().map(expand_rule);
    quote!(Newtype { name: #name, kind: #kind, rules: &[#(#rules),*] })
}

fn expand_module(operations: &[Operation], objects: &[(&Schema, &Object)]) -> TokenStream {
    let operations = operations.iter().map(expand_operation);
    let objects = objects.iter().map(|(schema, object)| expand_object(schema, object));
    quote! {
        #[allow(clippy::wildcard_imports)]
        use clientsmith_runtime::api::*;

        #(#operations)*
        #(#objects)*
    }
}

fn expand_operation(operation: &Operation) -> TokenStream {
    let Operation { id, path, .. } = operation;
    let name = format_ident!("{}", operation.constant);
    let method = &operation.verb;
    let safety = match operation.safety {
        Safety::Safe => quote!(Safe),
        Safety::Idempotent => quote!(Idempotent),
        Safety::NotIdempotent => quote!(NotIdempotent),
    };
    let idempotency_key = operation.idempotency_key.as_ref().map(|header| quote!(.idempotency_key(#header)));
    let confirm = operation.confirm.then(|| quote!(.confirm()));
    let unauthenticated = operation.unauthenticated.then(|| quote!(.unauthenticated()));
    let server = operation.server.as_ref().map(|url| quote!(.server(#url)));
    let accept = operation.accept.as_ref().map(|names| quote!(.accept(#names)));
    let parameters = operation.parameters.iter().map(expand_parameter);
    let parameters = (!operation.parameters.is_empty()).then(|| quote!(.parameters(&[#(#parameters),*])));
    let body = operation.body.as_ref().map(expand_body);
    let redirects: Vec<_> = operation.redirects.iter().map(|status| Literal::u16_unsuffixed(*status)).collect();
    let redirects = (!redirects.is_empty()).then(|| quote!(.redirects(&[#(#redirects),*])));
    let output = expand_output(operation, &operation.response).map(|output| quote!(.output(Output::#output)));
    let stream_property = operation.stream.as_ref().and_then(|stream| stream.property);
    let stream_property = stream_property.map(|property| quote!(.stream_property(#property)));
    let listing = operation.paging.as_ref().and_then(|paging| paging.listing.as_ref()).map(paging::expand_listing);
    let listing = listing.map(|listing| quote!(.listing(#listing)));
    quote! {
        pub(crate) static #name: Operation =
            Operation::new(#id, #method, #path, Safety::#safety)
            #idempotency_key #confirm #unauthenticated #server #accept #parameters #body #output #stream_property #redirects #listing;
    }
}

fn expand_parameter(parameter: &Parameter) -> TokenStream {
    let Parameter { wire, location, .. } = parameter;
    let (constructor, usual) = match location {
        Location::Path => (quote!(path), (Style::Simple, false)),
        Location::Query => (quote!(query), (Style::Form, true)),
        Location::Header => (quote!(header), (Style::Simple, false)),
        Location::Cookie => (quote!(cookie), (Style::Form, true)),
    };
    let encoding = expand_encoding(parameter.encoding, usual);
    let reserved = parameter.allow_reserved.then(|| quote!(.allow_reserved()));
    let kind = expand_kind(&parameter.kind);
    let required = (parameter.required && *location != Location::Path).then(|| quote!(.required()));
    let rules = expand_rules(&parameter.rules);
    let default = parameter.default.as_ref().map(|default| quote!(.default(#default)));
    quote!(Parameter::#constructor(#wire, #kind) #encoding #reserved #required #rules #default)
}

fn expand_body(body: &Body) -> TokenStream {
    let media = match body.media {
        Media::Json => quote!(Json),
        Media::Form => quote!(Form),
        Media::Multipart => quote!(Multipart),
        Media::Text(_) | Media::Events => quote!(Text),
        Media::Bytes(_) | Media::Lines(_) => quote!(Bytes),
    };
    let (media_type, kind) = (&body.media_type, expand_kind(&body.kind));
    let optional = (!body.required).then(|| quote!(.optional_body()));
    let properties = body.properties.iter().map(expand_property);
    let properties = (!body.properties.is_empty()).then(|| quote!(.properties(&[#(#properties),*])));
    quote!(.body(Media::#media, #media_type, #kind) #optional #properties)
}

fn expand_property(property: &PropertyEncoding) -> TokenStream {
    let name = &property.name;
    let encoding = expand_encoding(property.encoding, (Style::Form, true));
    let reserved = property.allow_reserved.then(|| quote!(.allow_reserved()));
    let media_type = property.media_type.as_ref().map(|name| quote!(.media_type(#name)));
    quote!(PropertyEncoding::new(#name) #encoding #reserved #media_type)
}

/// Returns `None` for the default encoding.
fn expand_encoding(encoding: Encoding, usual: (Style, bool)) -> Option<TokenStream> {
    match encoding {
        Encoding::Json => Some(quote!(.json())),
        Encoding::Styled { style, explode } if (style, explode) != usual => {
            let style = format_ident!("{style:?}");
            Some(quote!(.style(Style::#style, #explode)))
        }
        Encoding::Styled { .. } => None,
    }
}

/// Returns `None` for an empty response, which is the default of an operation.
fn expand_output(operation: &Operation, response: &Response) -> Option<TokenStream> {
    let output = match response {
        Response::Empty => return None,
        Response::Optional(inner) => return expand_output(operation, inner),
        Response::Plain(kind) => {
            let kind = expand_kind(kind);
            quote!(Json(#kind))
        }
        Response::Enveloped(kind) => {
            let kind = expand_kind(kind);
            quote!(Enveloped(#kind))
        }
        Response::Page(row) => {
            let (row, complete) = (expand_kind(row), operation.paging.is_some());
            quote!(Page { row: #row, complete: #complete })
        }
        Response::Choice { .. } => quote!(Choice),
        Response::Events(kind) => {
            let kind = expand_kind(kind);
            quote!(Events(#kind))
        }
        Response::Lines(kind) => {
            let kind = expand_kind(kind);
            quote!(Lines(#kind))
        }
        Response::Text | Response::Bytes => quote!(File),
    };
    Some(output)
}

fn expand_object(schema: &Schema, object: &Object) -> TokenStream {
    let (constant, name) = (format_ident!("{}", object.constant), &schema.name);
    let fields = object.fields.iter().map(expand_field);
    let conditions = object.conditions.iter().map(|condition| expand_condition(condition, object));
    let conditions = (!object.conditions.is_empty()).then(|| quote!(.conditions(&[#(#conditions),*])));
    let others = match &object.others {
        Others::Any => None,
        Others::Of(kind) => {
            let kind = expand_kind(kind);
            Some(quote!(.others(Others::Of(#kind))))
        }
        Others::None => Some(quote!(.others(Others::None))),
    };
    quote! {
        pub(crate) static #constant: Object = Object::new(#name, &[#(#fields),*]) #others #conditions;
    }
}

fn expand_field(field: &Field) -> TokenStream {
    let wire = &field.wire;
    let kind = expand_kind(&field.kind);
    let required = matches!(field.presence, Presence::Required | Presence::RequiredNullable);
    let required = required.then(|| quote!(.required()));
    let nullable = matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
    let nullable = nullable.then(|| quote!(.nullable()));
    let rules = expand_rules(&field.rules);
    quote!(Field::new(#wire, #kind) #required #nullable #rules)
}

fn expand_condition(condition: &Condition, object: &Object) -> TokenStream {
    let [field, when] = [&condition.field, &condition.when].map(|name| object.wire(name));
    let is = &condition.is;
    quote!(Condition { field: #field, when: #when, is: &[#(#is),*] })
}

/// Returns the description of a type, for code that imports the names of the runtime's description.
pub(super) fn expand_kind(kind: &Kind) -> TokenStream {
    match kind {
        Kind::Text => quote!(Kind::String),
        Kind::Boolean => quote!(Kind::Boolean),
        Kind::Integer(_) => quote!(Kind::Integer),
        Kind::Float => quote!(Kind::Number),
        Kind::Decimal => quote!(Kind::Decimal),
        Kind::Timestamp => quote!(Kind::Timestamp),
        Kind::Date => quote!(Kind::Date),
        Kind::Uuid => quote!(Kind::Uuid),
        Kind::Json | Kind::Upload | Kind::Multipart => quote!(Kind::Any),
        Kind::File => quote!(Kind::File),
        Kind::Nullable(inner) => {
            let inner = expand_kind(inner);
            quote!(Kind::Nullable(&#inner))
        }
        Kind::JsonObject => quote!(Kind::Map(&Kind::Any)),
        Kind::Named(name) => quote!(Kind::Named(#name)),
        Kind::List(inner) => {
            let inner = expand_kind(inner);
            quote!(Kind::List(&#inner))
        }
        Kind::Map(inner) => {
            let inner = expand_kind(inner);
            quote!(Kind::Map(&#inner))
        }
    }
}

fn expand_rules(rules: &[Rule]) -> Option<TokenStream> {
    let expanded = rules.iter().map(expand_rule);
    (!rules.is_empty()).then(|| quote!(.rules(&[#(#expanded),*])))
}

fn expand_rule(rule: &Rule) -> TokenStream {
    let (name, argument) = match rule {
        Rule::Minimum(bound) => ("Minimum", expand_bound(*bound)),
        Rule::ExclusiveMinimum(bound) => ("ExclusiveMinimum", expand_bound(*bound)),
        Rule::Maximum(bound) => ("Maximum", expand_bound(*bound)),
        Rule::ExclusiveMaximum(bound) => ("ExclusiveMaximum", expand_bound(*bound)),
        Rule::MultipleOf(bound) => ("MultipleOf", expand_bound(*bound)),
        Rule::MinLength(length) => ("MinLength", expand_length(*length)),
        Rule::MaxLength(length) => ("MaxLength", expand_length(*length)),
        Rule::MinItems(count) => ("MinItems", expand_length(*count)),
        Rule::MaxItems(count) => ("MaxItems", expand_length(*count)),
        Rule::Email => ("Email", TokenStream::new()),
        Rule::Values(values) => ("Values", quote!((&[#(#values),*]))),
        Rule::Items(rules) => {
            let rules = rules.iter().map(expand_rule);
            ("Items", quote!((&[#(#rules),*])))
        }
    };
    let name = format_ident!("{name}");
    quote!(Rule::#name #argument)
}

fn expand_bound(bound: Bound) -> TokenStream {
    let digits = Literal::i64_unsuffixed(bound.digits);
    let scale = Literal::u32_unsuffixed(bound.scale);
    quote!((Bound::new(#digits, #scale)))
}

fn expand_length(length: usize) -> TokenStream {
    let length = Literal::usize_unsuffixed(length);
    quote!((#length))
}
