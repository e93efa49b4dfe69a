//! Formats Rust code in the style of rustfmt. No other module uses `prettyplease`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, File, Item};

/// Formats attributes of a file, and items.
pub(crate) fn unparse(attrs: Vec<Attribute>, items: Vec<Item>) -> String {
    prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs, items })
}

/// Formats imports and the statements of a function for display. Returns `None` if they are not valid Rust.
pub(crate) fn snippet(imports: Option<TokenStream>, statements: &TokenStream) -> Option<String> {
    let imports = imports.map(|imports| syn::parse2(imports).map(|item| unparse(Vec::new(), vec![item]) + "\n"));
    let function = unparse(Vec::new(), vec![syn::parse2(quote!(async fn example() { #statements })).ok()?]);
    let inside = function.lines().skip(1).filter(|line| *line != "}");
    let lines = inside.map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line)));
    Some(imports.transpose().ok()?.into_iter().chain(lines).collect())
}
