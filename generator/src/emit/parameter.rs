//! Parameters as text: how a request value renders, checks and sends them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::checks;
use crate::model::{Location, Operation, Parameter, Text};

/// What is checked about the inputs of a call.
pub(super) fn expand_checks(operation: &Operation) -> Vec<TokenStream> {
    let texts = operation.parameters.iter().filter_map(|parameter| {
        let (wire, name) = (&parameter.wire, format_ident!("{}", parameter.name));
        match parameter.location {
            Location::Path | Location::PathList | Location::PathStyled { .. } => {
                Some(quote!(checks.path(#wire, &#name);))
            }
            Location::Header
            | Location::HeaderList
            | Location::HeaderFields { .. }
            | Location::Cookie
            | Location::CookieList => {
                let value = if parameter.required { quote!(Some(&#name)) } else { quote!(#name.as_ref()) };
                Some(quote!(checks.header(#wire, #value);))
            }
            _ => None,
        }
    });
    let rules = operation.parameters.iter().filter_map(checks::expand_parameter);
    let body = operation
        .body
        .iter()
        .filter(|body| body.checked)
        .map(|_| quote!(rt::check::Check::check(&self.body, &mut checks);));
    texts.chain(rules).chain(body).collect()
}

/// A parameter as text, under its own name.
pub(super) fn expand_text(parameter: &Parameter) -> TokenStream {
    let name = format_ident!("{}", parameter.name);
    if parameter.required {
        let text = expand_rendering(parameter, &quote!(&self.#name));
        return quote!(let #name = #text;);
    }
    let render = if is_whole(parameter.location) {
        expand_function(parameter.text)
    } else {
        let text = expand_rendering(parameter, &quote!(value));
        quote!(|value| #text)
    };
    quote!(let #name = self.#name.as_ref().map(#render);)
}

/// The text of a value, or the pairs that it makes in the query.
fn expand_rendering(parameter: &Parameter, value: &TokenStream) -> TokenStream {
    let wire = &parameter.wire;
    let texts = match parameter.text {
        Text::Own => quote!(rt::param::texts(#value)),
        Text::Plain | Text::Json => quote!(rt::param::plain_each(#value)),
    };
    match parameter.location {
        Location::Path | Location::Query | Location::Header | Location::Cookie => {
            let function = expand_function(parameter.text);
            quote!(#function(#value))
        }
        Location::PathList | Location::HeaderList | Location::CookieList => quote!(#texts.join(",")),
        Location::PathStyled { style, explode } => {
            let style = format_ident!("{style:?}");
            quote!(rt::param::styled(rt::param::Style::#style, #explode, #wire, #value))
        }
        Location::HeaderFields { explode } => {
            quote!(rt::param::styled(rt::param::Style::Simple, #explode, #wire, #value))
        }
        Location::Joined(delimiter) => quote!(#texts.join(#delimiter)),
        Location::Repeated => texts,
        Location::Fields => quote!(rt::param::fields(#wire, #value)),
        Location::Deep => quote!(rt::param::deep(#wire, #value)),
    }
}

/// Whether a parameter is one text for one value.
fn is_whole(location: Location) -> bool {
    matches!(location, Location::Path | Location::Query | Location::Header | Location::Cookie)
}

/// What makes text of one value.
fn expand_function(text: Text) -> TokenStream {
    match text {
        Text::Own => quote!(rt::param::text),
        Text::Plain => quote!(rt::param::plain),
        Text::Json => quote!(rt::param::document),
    }
}

/// What the raw method takes for a parameter.
pub(super) fn expand_argument(parameter: &Parameter) -> TokenStream {
    let name = format_ident!("{}", parameter.name);
    match (parameter.required, parameter.location) {
        (true, _) => quote!(&#name),
        (false, Location::Repeated) => quote!(#name.as_ref()),
        (false, _) => quote!(#name.as_deref()),
    }
}

/// How a parameter that the raw method does not take gets into the request.
pub(super) fn expand_added(parameter: &Parameter) -> Option<TokenStream> {
    let (wire, name) = (&parameter.wire, format_ident!("{}", parameter.name));
    let add = match parameter.location {
        Location::Header | Location::HeaderList | Location::HeaderFields { .. } => quote!(call.header(#wire, #name)),
        Location::Cookie | Location::CookieList => quote!(call.cookie(#wire, &#name)),
        Location::Fields | Location::Deep => quote!(call.query(#name)),
        _ => return None,
    };
    Some(if parameter.required { quote!(#add;) } else { quote!(if let Some(#name) = #name { #add; }) })
}
