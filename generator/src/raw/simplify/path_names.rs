//! Path parameters that the base library would call like another parameter → parameters of other names; only the path has
//! to know them.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, Parameter, PathItem, ReferenceOr};

use crate::document::{operations_mut, path_names};
use crate::naming::{Names, snake};

pub(super) fn tell_apart(openapi: &mut OpenAPI) {
    let paths = std::mem::take(&mut openapi.paths.paths).into_iter();
    let told_apart = paths.map(|(path, mut item)| match &mut item {
        ReferenceOr::Item(found) => (rename(&path, found), item),
        ReferenceOr::Reference { .. } => (path, item),
    });
    openapi.paths.paths = told_apart.collect();
}

/// Gives back the path with the names that its parameters have now.
fn rename(path: &str, item: &mut PathItem) -> String {
    let in_query =
        operations_mut(item).flat_map(|(_, operation)| &operation.parameters).filter_map(ReferenceOr::as_item);
    let in_query = in_query.filter(|parameter| matches!(parameter, Parameter::Query { .. }));
    let mut names = Names::of(in_query.map(|parameter| snake(&parameter.parameter_data_ref().name)));
    let mut new_path = path.to_owned();
    let mut old_names = path_names(path);
    let mut seen = BTreeSet::new();
    // One may stand in several places.
    old_names.retain(|name| seen.insert(*name));
    for old in old_names {
        let new = names.numbered_as(old, snake);
        if new != old {
            new_path = new_path.replace(&format!("{{{old}}}"), &format!("{{{new}}}"));
            operations_mut(item).for_each(|(_, operation)| rename_in(&mut operation.parameters, old, &new));
        }
    }
    new_path
}

fn rename_in(parameters: &mut [ReferenceOr<Parameter>], old: &str, new: &str) {
    for parameter in parameters {
        if let ReferenceOr::Item(Parameter::Path { parameter_data, .. }) = parameter
            && parameter_data.name == old
        {
            new.clone_into(&mut parameter_data.name);
        }
    }
}
