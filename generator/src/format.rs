//! Formats code as the text of a file.

use std::mem::{self, Discriminant};

use syn::{Attribute, File, Item};

use crate::parts::{Part, Parts};
use crate::pretty::unparse;

/// Formats a file that begins with this heading. Fails if the code is not valid Rust.
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

/// Whether an item is an import or module declaration; these have no blank lines in between.
fn is_line(item: &Item) -> bool {
    match item {
        Item::Use(_) => true,
        Item::Mod(module) => module.content.is_none(),
        _ => false,
    }
}
