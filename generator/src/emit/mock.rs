//! `generated/mock.rs`: the API as a table, for a server that stands in for it.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::checks::expand_rule;
use crate::kind::Kind;
use crate::media::Media;
use crate::model::{
    Action, Api, Collection, Condition, Enumeration, Field, Home, Location, Object, Operation, Pages, Parameter,
    Presence, Relation, Response, Rule, Schema, Shape, Text,
};

pub(super) fn expand(api: &Api) -> TokenStream {
    let base_path = &api.base_path;
    let envelope = option(api.envelope.as_ref().map(|(success, data)| quote!((#success, #data))));
    let pages = option(api.pages.as_ref().map(expand_pages));
    let operations = api.resources.iter().flat_map(|resource| &resource.operations).map(expand_operation);
    let collections = api.collections.iter().map(expand_collection);
    let objects = shapes(api).filter_map(|(schema, shape)| match shape {
        Shape::Object(object) => Some(expand_object(schema, object)),
        _ => None,
    });
    let enumerations = shapes(api).filter_map(|(schema, shape)| match shape {
        Shape::Enumeration(enumeration) => Some(expand_enumeration(schema, enumeration)),
        _ => None,
    });
    let seeds = api.collections.iter().enumerate().map(expand_seed);
    let events = api.webhooks.iter().flat_map(|webhooks| &webhooks.events).filter_map(|webhook| {
        let (event, sample) = (&webhook.event, webhook.sample.as_ref()?);
        Some(quote!((#event, #sample)))
    });
    quote! {
        //! The API as a table, from which `mock::Server` stands in for it.

        #[allow(unused_imports)]
        use crate::generated::types;
        #[allow(unused_imports, clippy::wildcard_imports)]
        use crate::runtime::{self as rt, mock::table::*};

        pub(crate) static TABLE: Table = Table {
            policy: &super::meta::POLICY,
            base_path: #base_path,
            envelope: #envelope,
            pages: #pages,
            operations: &[#(#operations),*],
            collections: &[#(#collections),*],
            objects: &[#(#objects),*],
            enumerations: &[#(#enumerations),*],
            events: &[#(#events),*],
        };

        #(#seeds)*
    }
}

fn shapes(api: &Api) -> impl Iterator<Item = (&Schema, &Shape)> {
    api.schemas.iter().filter(|schema| schema.home != Home::Raw).map(|schema| (schema, &schema.shape))
}

pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

fn texts(values: &[String]) -> TokenStream {
    quote!(&[#(#values),*])
}

fn expand_pages(pages: &Pages) -> TokenStream {
    let Pages { page_parameter, limit_parameter, property, .. } = pages;
    let [page, limit, total_count, total_pages, has_more] =
        [&pages.page, &pages.limit, &pages.total_count, &pages.total_pages, &pages.has_more]
            .map(|field| option(field.as_ref().map(|field| quote!(#field))));
    quote! {
        Pages {
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

fn expand_operation(operation: &Operation) -> TokenStream {
    let Operation { id, keyless, .. } = operation;
    let (method, path) = (&operation.verb, &operation.path);
    let parameters = operation.parameters.iter().filter_map(expand_parameter);
    let json = operation.body.as_ref().filter(|body| body.media == Media::Json);
    let body = option(json.map(|body| expand_kind(&body.kind)));
    let action = expand_action(operation.action);
    let sample = option(operation.sample.as_ref().map(|sample| quote!(#sample)));
    let paged = matches!(operation.response, Response::Page { .. });
    quote! {
        Operation {
            id: #id,
            method: #method,
            path: #path,
            keyless: #keyless,
            parameters: &[#(#parameters),*],
            body: #body,
            action: #action,
            sample: #sample,
            paged: #paged,
        }
    }
}

fn expand_action(action: Action) -> TokenStream {
    let (name, index) = match action {
        Action::List(index) => ("List", index),
        Action::Get(index) => ("Get", index),
        Action::Create(index) => ("Create", index),
        Action::Update(index) => ("Update", index),
        Action::Delete(index) => ("Delete", index),
        Action::Other => return quote!(Action::Other),
    };
    let (name, index) = (format_ident!("{name}"), Literal::usize_unsuffixed(index));
    quote!(Action::#name(#index))
}

/// A parameter that the stand-in looks at: one of the path or the query whose values have a text.
fn expand_parameter(parameter: &Parameter) -> Option<TokenStream> {
    let Parameter { wire, required, text: Text::Own, .. } = parameter else { return None };
    let location = match parameter.location {
        Location::Path => quote!(Location::Path),
        Location::Query => quote!(Location::Query),
        Location::Joined(delimiter) => quote!(Location::Joined(#delimiter)),
        Location::Repeated => quote!(Location::Repeated),
        _ => return None,
    };
    let kind = expand_kind(&parameter.kind);
    let required = required.then(|| quote!(.required()));
    let rules = expand_rules(&parameter.rules);
    let default = parameter.default.as_ref().map(|default| quote!(.default(#default)));
    Some(quote!(Parameter::new(#wire, #location, #kind) #required #rules #default))
}

fn expand_rules(rules: &[Rule]) -> Option<TokenStream> {
    let expanded = rules.iter().map(expand_rule);
    (!rules.is_empty()).then(|| quote!(.rules(&[#(#expanded),*])))
}

pub(super) fn expand_kind(kind: &Kind) -> TokenStream {
    match kind {
        Kind::Text => quote!(Kind::Text),
        Kind::Boolean => quote!(Kind::Boolean),
        Kind::Integer(_) => quote!(Kind::Integer),
        Kind::Float(_) => quote!(Kind::Number),
        Kind::Decimal => quote!(Kind::Decimal),
        Kind::Timestamp => quote!(Kind::Timestamp),
        Kind::Date => quote!(Kind::Date),
        Kind::Uuid => quote!(Kind::Uuid),
        Kind::Json | Kind::Bytes | Kind::Multipart | Kind::Nullable(_) => quote!(Kind::Any),
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

fn expand_object(schema: &Schema, object: &Object) -> TokenStream {
    let name = &schema.name;
    let fields = object.fields.iter().map(expand_field);
    let conditions = object.conditions.iter().map(|condition| expand_condition(condition, object));
    quote!(Object { name: #name, fields: &[#(#fields),*], conditions: &[#(#conditions),*] })
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
    let is = texts(&condition.is);
    quote!(Condition { field: #field, when: #when, is: #is })
}

fn expand_enumeration(schema: &Schema, enumeration: &Enumeration) -> TokenStream {
    let (name, closed) = (&schema.name, enumeration.closed);
    let values = enumeration.variants.iter().map(|variant| &variant.wire);
    quote!(Enumeration { name: #name, values: &[#(#values),*], closed: #closed })
}

fn expand_collection(collection: &Collection) -> TokenStream {
    let Collection { schema, sample, key, .. } = collection;
    let relations = collection.relations.iter().map(expand_relation);
    let aliases = collection.aliases.iter().map(|alias| {
        let (name, list, field) = (&alias.name, &alias.list, &alias.field);
        quote!(Alias { name: #name, list: #list, field: #field })
    });
    quote! {
        Collection {
            schema: #schema,
            sample: #sample,
            key: #key,
            relations: &[#(#relations),*],
            aliases: &[#(#aliases),*],
        }
    }
}

fn expand_relation(relation: &Relation) -> TokenStream {
    let (field, collection) = (&relation.field, Literal::usize_unsuffixed(relation.collection));
    let inner = relation.inner.iter().map(expand_relation);
    quote!(Relation { field: #field, collection: #collection, inner: &[#(#inner),*] })
}

fn expand_seed((index, collection): (usize, &Collection)) -> TokenStream {
    let (name, index) = (format_ident!("{}", collection.schema), Literal::usize_unsuffixed(index));
    quote! {
        impl rt::mock::Seed for types::#name {
            const COLLECTION: usize = #index;
        }
    }
}
