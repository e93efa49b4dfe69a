//! Shortens paths in generated types: `::std::option::Option` to `Option`, and `types::Thing` to `Thing`.

use syn::visit_mut::{self, VisitMut};
use syn::{Item, Path};

/// Items of the prelude, with their modules.
const PRELUDE: [[&str; 3]; 8] = [
    ["std", "option", "Option"],
    ["std", "string", "String"],
    ["std", "vec", "Vec"],
    ["std", "boxed", "Box"],
    ["std", "result", "Result"],
    ["std", "clone", "Clone"],
    ["std", "convert", "From"],
    ["std", "convert", "TryFrom"],
];

/// Shortens every path in an item.
pub(super) fn shorten(item: &mut Item) {
    Shorten.visit_item_mut(item);
}

struct Shorten;

impl VisitMut for Shorten {
    fn visit_path_mut(&mut self, path: &mut Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if PRELUDE.iter().any(|known| names.iter().take(3).eq(known)) {
            path.segments = path.segments.iter().skip(2).cloned().collect();
        } else if names.len() == 2 && names[0] == "types" {
            path.segments = path.segments.iter().skip(1).cloned().collect();
        }
        path.leading_colon = None;
        visit_mut::visit_path_mut(self, path);
    }
}
