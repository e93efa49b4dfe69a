//! Compiles code only with the features of the tags that need it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Home, Resource};
use crate::naming::feature;

/// Returns the attribute of code that only one resource needs; `None` if tags have no features.
pub(super) fn of_resource(api: &Api, resource: &Resource) -> Option<TokenStream> {
    of_users(api, std::slice::from_ref(&resource.module))
}

/// Returns the attribute of a type's code; `None` if it is always compiled.
pub(super) fn of_home(api: &Api, home: &Home) -> Option<TokenStream> {
    of_users(api, home.users())
}

fn of_users(api: &Api, modules: &[String]) -> Option<TokenStream> {
    let features: Vec<_> = modules.iter().map(|module| feature(module)).collect();
    match &features[..] {
        _ if !api.tag_features => None,
        [] => None,
        [feature] => Some(quote!(#[cfg(feature = #feature)])),
        features => Some(quote!(#[cfg(any(#(feature = #features),*))])),
    }
}
