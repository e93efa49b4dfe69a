//! Code → the text of a file.

use std::mem::{self, Discriminant};

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, File, Item};

use crate::emit::{Part, Parts};

/// Formats a file that begins with this comment; an error says that what was written is no Rust.
pub(crate) fn format(parts: Parts, heading: &str) -> Result<String, syn::Error> {
    let mut text = Text { text: format!("// {heading}\n"), last: None };
    for part in parts {
        match part {
            Part::Written(code) => {
                let File { attrs, items, .. } = syn::parse2(code)?;
                text.attributes(attrs);
                for item in items {
                    text.item(item);
                }
            }
            Part::Made(item) => text.item(*item),
        }
    }
    Ok(text.text)
}

/// Formats imports and the statements of a function for people to read; none if they are no Rust.
pub(crate) fn snippet(imports: Option<TokenStream>, statements: &TokenStream) -> Option<String> {
    let imports = imports.map(|imports| syn::parse2(imports).map(|item| unparse(Vec::new(), vec![item]) + "\n"));
    let function = unparse(Vec::new(), vec![syn::parse2(quote!(async fn example() { #statements })).ok()?]);
    let inside = function.lines().skip(1).filter(|line| *line != "}");
    let lines = inside.map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line)));
    Some(imports.transpose().ok()?.into_iter().chain(lines).collect())
}

/// The text of a file so far.
struct Text {
    text: String,
    /// The kind of the last item.
    last: Option<Discriminant<Item>>,
}

impl Text {
    fn attributes(&mut self, attributes: Vec<Attribute>) {
        if !attributes.is_empty() {
            self.text.push('\n');
            self.text.push_str(&unparse(attributes, Vec::new()));
        }
    }

    fn item(&mut self, item: Item) {
        let kind = Some(mem::discriminant(&item));
        if !(is_line(&item) && kind == self.last) {
            self.text.push('\n');
        }
        self.last = kind;
        self.text.push_str(&unparse(Vec::new(), vec![item]));
    }
}

/// Imports and module declarations stand close together; everything else is set apart.
fn is_line(item: &Item) -> bool {
    match item {
        Item::Use(_) => true,
        Item::Mod(module) => module.content.is_none(),
        _ => false,
    }
}

fn unparse(attrs: Vec<Attribute>, items: Vec<Item>) -> String {
    prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs, items })
}
