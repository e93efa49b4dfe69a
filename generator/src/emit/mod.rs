//! Model and refined code → the files of the crate. Nothing is decided here.

mod checks;
mod client;
mod construct;
mod envelope;
mod kind;
mod library;
mod meta;
mod mock;
mod paging;
mod parameter;
mod raw;
mod request;
mod resources;
mod response;
mod root;
mod types;
mod union;
mod webhooks;

use proc_macro2::TokenStream;

use crate::model::Api;
use crate::provenance::Provenance;
use crate::refine::Refined;

/// The root of a crate that stands alone.
pub(crate) fn emit_library(api: &Api) -> (String, TokenStream) {
    ("lib.rs".to_owned(), library::expand(api))
}

/// All files, by path below the source folder.
pub(crate) fn emit(api: &Api, refined: &Refined, provenance: &Provenance) -> Vec<(String, TokenStream)> {
    let mut files = vec![
        ("generated/mod.rs".to_owned(), root::expand(api)),
        ("generated/meta.rs".to_owned(), meta::expand(api, provenance)),
        ("generated/client.rs".to_owned(), client::expand(api)),
        ("generated/mock.rs".to_owned(), mock::expand(api)),
    ];
    files.extend(raw::expand(api, refined));
    files.extend(types::expand(api, refined));
    files.extend(resources::expand(api));
    files.extend(api.webhooks.as_ref().map(|found| ("generated/webhooks.rs".to_owned(), webhooks::expand(found))));
    files
}
