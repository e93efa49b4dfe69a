//! Compares the traits of objects, which typify derives from the fields.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Item, ItemImpl, ItemStruct, Path, Token};

use super::change::Verdict;
use super::log::{Draft, Log, Spot};
use super::version::Version;
use super::words;

pub(super) fn compare(log: &mut Log<'_>, name: &str, spot: &Spot) {
    let [old, new] = [log.old, log.new].map(|version| traits(version, name));
    let lost = words::list(old.difference(&new).map(String::as_str));
    if !lost.is_empty() {
        let message = format!("no longer implements {lost}");
        log.add(Draft::new(Verdict::Breaking, "trait-removed", name, message).beside(spot));
    }
    let gained = words::list(new.difference(&old).map(String::as_str));
    if !gained.is_empty() {
        let message = format!("implements {gained}");
        log.add(Draft::new(Verdict::Additive, "trait-added", name, message).beside(spot));
    }
}

fn traits(version: &Version, name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for item in version.refined.types.get(name).into_iter().flatten() {
        match item {
            Item::Struct(ItemStruct { attrs, .. }) => {
                let derives = attrs.iter().filter(|attribute| attribute.path().is_ident("derive"));
                let parse = Punctuated::<Path, Token![,]>::parse_terminated;
                found
                    .extend(derives.filter_map(|derive| derive.parse_args_with(parse).ok()).flatten().filter_map(last));
            }
            Item::Impl(ItemImpl { trait_: Some((path, _)), .. }) => found.extend(last(path.clone())),
            _ => {}
        }
    }
    found
}

/// Returns the name of a trait without its path.
fn last(path: Path) -> Option<String> {
    Some(path.segments.into_iter().next_back()?.to_token_stream().to_string().replace(' ', ""))
}
