//! Emits the methods that turn a request for one page into a stream of all rows.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::kind;
use crate::kind::Kind;
use crate::model::{Count, Operation, Paging};

/// Returns `impl List` for a request value.
pub(super) fn expand(operation: &Operation, paging: &Paging) -> TokenStream {
    let value = format_ident!("{}", operation.value);
    let (id, row) = (&operation.id, kind::expand(&paging.row));
    let (key, key_of) = expand_key(paging);
    let page_number = expand_page_number(&paging.page);
    let at_page = expand_at_page(&paging.page);
    let in_large_pages = expand_in_large_pages(paging);
    quote! {
        rt::list_value!(#value, #row);

        impl<C: rt::Caller> rt::List for #value<C> {
            type Row = #row;
            type Key = #key;
            const OPERATION: &'static str = #id;
            #key_of
            #page_number
            #at_page
            #in_large_pages
        }
    }
}

fn expand_key(paging: &Paging) -> (TokenStream, TokenStream) {
    let (key, row, value) = match &paging.key {
        Some((field, kind)) => {
            let field = format_ident!("{field}");
            let copy = if *kind == Kind::Text { quote!(.clone()) } else { TokenStream::new() };
            (kind::expand(kind), quote!(row), quote!(Some(row.#field #copy)))
        }
        None => (quote!(()), quote!(_), quote!(None)),
    };
    let method = quote! {
        fn key(#row: &Self::Row) -> Option<Self::Key> {
            #value
        }
    };
    (key, method)
}

/// Returns the method for the page number. Negative numbers become 0, which the check rejects; `None` would mean that
/// no page is set.
fn expand_page_number(page: &Count) -> TokenStream {
    let field = format_ident!("{}", page.field);
    let number = if page.required { quote!(Some(self.#field)) } else { quote!(self.#field) };
    quote! {
        fn page_number(&self) -> Option<u64> {
            #number.map(|page| page.try_into().unwrap_or(0))
        }
    }
}

fn expand_at_page(page: &Count) -> TokenStream {
    let (field, integer) = (format_ident!("{}", page.field), format_ident!("{}", page.integer));
    let number = quote!(#integer::try_from(page).unwrap_or(#integer::MAX));
    let number = if page.required { number } else { quote!(Some(#number)) };
    quote! {
        fn at_page(mut self, page: u64) -> Self {
            self.#field = #number;
            self
        }
    }
}

fn expand_in_large_pages(paging: &Paging) -> TokenStream {
    let Some((limit, largest)) = &paging.limit else {
        return quote! {
            fn in_large_pages(self) -> Self {
                self
            }
        };
    };
    let (field, largest) = (format_ident!("{}", limit.field), proc_macro2::Literal::i64_unsuffixed(*largest));
    quote! {
        fn in_large_pages(mut self) -> Self {
            self.#field = self.#field.or(Some(#largest));
            self
        }
    }
}
