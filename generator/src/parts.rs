//! Collects the contents of a generated file.

use proc_macro2::TokenStream;
use syn::Item;

/// A file, by its path below the source directory.
pub(crate) type File = (String, Parts);

/// The contents of a file: code from emitters, and parsed items from progenitor, which are not printed and parsed
/// again.
pub(crate) struct Parts(Vec<Part>);

pub(crate) enum Part {
    Written(TokenStream),
    Made(Box<Item>),
}

impl Parts {
    pub(crate) fn write(&mut self, code: TokenStream) {
        if !code.is_empty() {
            self.0.push(Part::Written(code));
        }
    }

    pub(crate) fn extend<'a>(&mut self, items: impl IntoIterator<Item = &'a Item>) {
        self.0.extend(items.into_iter().cloned().map(|item| Part::Made(Box::new(item))));
    }
}

impl From<TokenStream> for Parts {
    fn from(code: TokenStream) -> Self {
        Self(vec![Part::Written(code)])
    }
}

impl IntoIterator for Parts {
    type Item = Part;
    type IntoIter = std::vec::IntoIter<Part>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
