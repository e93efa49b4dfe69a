//! Compares named types and their shapes.

use quote::ToTokens;
use syn::visit_mut::VisitMut;

use super::change::Verdict;
use super::deprecation::deprecation;
use super::fields::Pair;
use super::log::{Draft, Log, Spot};
use super::version::Version;
use super::{enumerations, objects, renames, unions};
use crate::model::{Schema, Shape};

pub(super) fn compare(log: &mut Log<'_>) {
    let (old, new) = (log.old, log.new);
    for was in old.types() {
        if let Some(is) = new.types().find(|is| is.name == was.name) {
            compare_type(log, was, is);
            continue;
        }
        let draft = Draft::new(Verdict::Breaking, "type-removed", &was.name, "was removed");
        log.add(draft.at(&Spot::old(was.pointer.clone())).hint(renames::of_type(was, old, new)));
    }
    for is in new.types() {
        if old.types().all(|was| was.name != is.name) {
            let draft = Draft::new(Verdict::Additive, "type-added", &is.name, "is a new type");
            log.add(draft.at(&Spot::new(is.pointer.clone())));
        }
    }
}

fn compare_type(log: &mut Log<'_>, old: &Schema, new: &Schema) {
    let name = old.name.as_str();
    let spot = Spot::both(old.pointer.clone(), new.pointer.clone());
    match (&old.shape, &new.shape) {
        (Shape::Object(old), Shape::Object(new)) => {
            objects::compare(log, &Pair { name, old, new, spot: &spot });
        }
        (Shape::Enumeration(old), Shape::Enumeration(new)) => enumerations::compare(log, name, old, new),
        (Shape::Union(old), Shape::Union(new)) => unions::compare(log, name, old, new, &spot),
        (Shape::Other(_), Shape::Other(_)) => other(log, name, &spot),
        (old, new) => {
            let message = format!("is {} and was {}", word(new), word(old));
            log.add(Draft::new(Verdict::Breaking, "type-shape", name, message).at(&spot));
        }
    }
    deprecation(log, &spot.join("deprecated"), name, old.deprecated, new.deprecated);
}

fn word(shape: &Shape) -> &'static str {
    match shape {
        Shape::Object(_) => "an object with fields",
        Shape::Enumeration(_) => "an enumeration",
        Shape::Union(_) => "one of several types",
        Shape::Other(_) => "another kind of type",
    }
}

/// Compares a type that progenitor generates. The model does not describe it, so its code is compared.
fn other(log: &mut Log<'_>, name: &str, spot: &Spot) {
    if code(log.old, name) != code(log.new, name) {
        let message = "differs in variants, fields or conversions";
        log.add(Draft::new(Verdict::Breaking, "type-code", name, message).at(spot));
    }
}

/// Returns the code of a type without its documentation.
fn code(version: &Version, name: &str) -> String {
    struct Undocumented;
    impl VisitMut for Undocumented {
        fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
            attributes.retain(|attribute| !attribute.path().is_ident("doc"));
        }
    }
    let items = version.refined.types.get(name).into_iter().flatten().cloned();
    let texts = items.map(|mut item| {
        Undocumented.visit_item_mut(&mut item);
        item.to_token_stream().to_string()
    });
    texts.collect()
}
