//! The rules of a request, as calls of the runtime's checks.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Bound, Condition, Field, Inside, Object, Parameter, Presence, Rule, Schema};

/// `impl Check` for a type that is sent.
pub(super) fn expand(schema: &Schema, object: &Object) -> TokenStream {
    let name = format_ident!("{}", schema.name);
    let fields = object.fields.iter().flat_map(expand_field);
    let conditions = object.conditions.iter().map(|condition| expand_condition(condition, object));
    let calls: Vec<_> = fields.chain(conditions).collect();
    let checks = if calls.is_empty() { format_ident!("_checks") } else { format_ident!("checks") };
    quote! {
        impl rt::check::Check for #name {
            fn check(&self, #checks: &mut rt::check::Checks) {
                #(#calls)*
            }
        }
    }
}

/// The check of a query or path parameter that has rules.
pub(super) fn expand_parameter(parameter: &Parameter) -> Option<TokenStream> {
    if parameter.rules.is_empty() {
        return None;
    }
    let Parameter { wire, name, .. } = parameter;
    let name = format_ident!("{name}");
    let value = if parameter.required { quote!(Some(&self.#name)) } else { quote!(self.#name.as_ref()) };
    let rules = parameter.rules.iter().map(expand_rule);
    Some(quote!(checks.field(#wire, #value, &[#(#rules),*]);))
}

/// What is checked about a field: its own rules, that its amounts fit in JSON, and what is inside.
fn expand_field(field: &Field) -> Vec<TokenStream> {
    let Field { wire, name, .. } = field;
    let name = format_ident!("{name}");
    let value = match field.presence {
        Presence::Required => quote!(Some(&self.#name)),
        Presence::RequiredNullable | Presence::Optional => quote!(self.#name.as_ref()),
        Presence::OptionalNullable => quote!(self.#name.as_ref().and_then(rt::Nullable::value)),
    };
    let own = (!field.rules.is_empty()).then(|| {
        let rules = field.rules.iter().map(expand_rule);
        quote!(checks.field(#wire, #value, &[#(#rules),*]);)
    });
    let exact = field.kind.has_decimal().then(|| quote!(checks.exact(#wire, #value);));
    let inside = match field.inside {
        Inside::Objects => Some(quote!(checks.objects(#wire, #value);)),
        Inside::Object => Some(quote!(checks.object(#wire, #value);)),
        Inside::Nothing => None,
    };
    [own, exact, inside].into_iter().flatten().collect()
}

fn expand_condition(condition: &Condition, object: &Object) -> TokenStream {
    let Condition { field, when, is, .. } = condition;
    let (wire, when_wire) = (object.wire(field), object.wire(when));
    let (field, when) = (format_ident!("{field}"), format_ident!("{when}"));
    let value = if condition.when_required {
        quote!(Some(self.#when.as_ref()))
    } else {
        quote!(self.#when.as_ref().map(AsRef::as_ref))
    };
    quote!(checks.required_when(#wire, self.#field.is_some(), #when_wire, #value, &[#(#is),*]);)
}

pub(super) fn expand_rule(rule: &Rule) -> TokenStream {
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
    };
    let name = format_ident!("{name}");
    quote!(rt::check::Rule::#name #argument)
}

fn expand_bound(bound: Bound) -> TokenStream {
    let digits = proc_macro2::Literal::i64_unsuffixed(bound.digits);
    let scale = proc_macro2::Literal::u32_unsuffixed(bound.scale);
    quote!((rt::check::bound(#digits, #scale)))
}

fn expand_length(length: usize) -> TokenStream {
    let length = proc_macro2::Literal::usize_unsuffixed(length);
    quote!((#length))
}
