//! `::std::option::Option` → `Option`: code as a person would write it.

use syn::visit_mut::{self, VisitMut};
use syn::{Item, Path};

/// What the prelude has.
const PRELUDE: [&str; 8] = ["Option", "String", "Vec", "Box", "Result", "Clone", "From", "TryFrom"];

/// Shortens every path in an item.
pub(super) fn shorten(item: &mut Item) {
    Shorten.visit_item_mut(item);
}

struct Shorten;

impl VisitMut for Shorten {
    fn visit_path_mut(&mut self, path: &mut Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if names.len() > 2 && names[0] == "std" && PRELUDE.contains(&names[2].as_str()) {
            path.segments = path.segments.iter().skip(2).cloned().collect();
        }
        path.leading_colon = None;
        visit_mut::visit_path_mut(self, path);
    }
}
