//! Turns types of values into tokens.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::kind::Kind;

/// Returns the type for code outside the types; named types are qualified with `types::`.
pub(super) fn expand(kind: &Kind) -> TokenStream {
    expand_in(kind, &quote!(types::))
}

/// Returns the type for code among the types themselves.
pub(super) fn expand_local(kind: &Kind) -> TokenStream {
    expand_in(kind, &TokenStream::new())
}

fn expand_in(kind: &Kind, module: &TokenStream) -> TokenStream {
    match kind {
        Kind::Text => quote!(String),
        Kind::Boolean => quote!(bool),
        Kind::Float => quote!(f64),
        Kind::Integer(name) => {
            let name = format_ident!("{name}");
            quote!(#name)
        }
        Kind::Decimal => quote!(rust_decimal::Decimal),
        Kind::Timestamp => quote!(jiff::Timestamp),
        Kind::Date => quote!(jiff::civil::Date),
        Kind::Uuid => quote!(uuid::Uuid),
        Kind::Upload => quote!(rt::Upload),
        Kind::Multipart => quote!(rt::Multipart),
        Kind::File => quote!(rt::FilePart),
        Kind::Json => quote!(serde_json::Value),
        Kind::JsonObject => quote!(serde_json::Map<String, serde_json::Value>),
        Kind::Named(name) => {
            let name = format_ident!("{name}");
            quote!(#module #name)
        }
        Kind::Nullable(inner) => {
            let inner = expand_in(inner, module);
            quote!(Option<#inner>)
        }
        Kind::List(inner) => {
            let inner = expand_in(inner, module);
            quote!(Vec<#inner>)
        }
        Kind::Map(inner) => {
            let inner = expand_in(inner, module);
            quote!(std::collections::BTreeMap<String, #inner>)
        }
    }
}

/// The argument type of a function for a value, and the conversion of the argument to the value.
pub(super) struct Input {
    pub(super) ty: TokenStream,
    pub(super) made: Made,
}

/// A value built from an argument.
pub(super) enum Made {
    /// The argument itself.
    Same(Ident),
    Converted(TokenStream),
}

impl ToTokens for Made {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Same(argument) => argument.to_tokens(tokens),
            Self::Converted(code) => code.to_tokens(tokens),
        }
    }
}

impl Input {
    /// Returns the input as a field of a struct literal.
    pub(super) fn field(&self, field: &Ident, value: &Ident) -> TokenStream {
        match &self.made {
            Made::Same(_) if field == value => quote!(#field),
            made => quote!(#field: #made),
        }
    }
}

/// Returns the most convenient input for a value.
pub(super) fn input(kind: &Kind, local: bool, value: &Ident) -> Input {
    let expand = |kind| if local { expand_local(kind) } else { expand(kind) };
    let ty = expand(kind);
    match kind {
        Kind::Text | Kind::Decimal | Kind::Upload | Kind::File | Kind::Json => {
            Input { ty: quote!(impl Into<#ty>), made: Made::Converted(quote!(#value.into())) }
        }
        Kind::List(item) => {
            let item = expand(item);
            let made = Made::Converted(quote!(#value.into_iter().collect()));
            Input { ty: quote!(impl IntoIterator<Item = #item>), made }
        }
        _ => Input { ty, made: Made::Same(value.clone()) },
    }
}
