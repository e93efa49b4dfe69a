//! Emits the methods that turn a request for one page into a stream of all rows.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::kind;
use crate::kind::Kind;
use crate::model::{Listing, Next, NextSource, Operation, PageNumber, Paging};

/// Returns the traits of a list for a request value.
pub(super) fn expand(operation: &Operation, paging: &Paging) -> TokenStream {
    let value = format_ident!("{}", operation.value);
    let (id, row) = (&operation.id, kind::expand(&paging.row));
    let (key, key_of) = expand_key(paging);
    let walk = if paging.page.is_some() { quote!(Numbered) } else { quote!(Linked) };
    let read = if paging.listing.is_some() {
        quote!(self.sent().await?.rows())
    } else {
        quote!(self.call().await.map(|reply| reply.value))
    };
    let in_large_pages = expand_in_large_pages(paging);
    let numbered = paging.page.as_ref().map(|page| {
        let (page_number, at_page) = (expand_page_number(page), expand_at_page(page));
        quote! {
            impl<C: rt::Caller> rt::NumberedList for #value<C> {
                #page_number
                #at_page
            }
        }
    });
    quote! {
        rt::list_value!(#value, #row);

        impl<C: rt::Caller> rt::List for #value<C> {
            type Row = #row;
            type Key = #key;
            type Walk = rt::#walk<Self>;
            const OPERATION: &'static str = #id;
            #key_of
            fn read_page(self) -> rt::Pending<Result<rt::Page<#row>, rt::Error>> {
                Box::pin(async { #read })
            }
            #in_large_pages
        }

        #numbered
    }
}

/// Returns the description of a list outside an envelope.
pub(super) fn expand_listing(listing: &Listing) -> TokenStream {
    let (rows, next) = (&listing.rows, expand_next(&listing.next));
    let may_lack_rows = listing.may_lack_rows.then(|| quote!(.may_lack_rows()));
    let counts =
        [("total_count", &listing.total_count), ("total_pages", &listing.total_pages), ("has_more", &listing.has_more)];
    let counts = counts.into_iter().filter_map(|(name, pointer)| {
        let (name, pointer) = (format_ident!("{name}"), pointer.as_ref()?);
        Some(quote!(.#name(#pointer)))
    });
    quote!(Listing::new(#rows, Next::#next) #may_lack_rows #(#counts)*)
}

fn expand_next(next: &Next) -> TokenStream {
    match next {
        Next::Page { parameter, first } => {
            let first = Literal::u64_unsuffixed(*first);
            quote!(Page(#parameter, #first))
        }
        Next::Offset { parameter } => quote!(Offset(#parameter)),
        Next::Cursor { parameter, source } => {
            let source = expand_source(source);
            quote!(Cursor(#parameter, #source))
        }
        Next::BodyCursor { property, is_number, source } => {
            let source = expand_source(source);
            quote!(BodyCursor(#property, #is_number, #source))
        }
        Next::Url { source } => {
            let source = expand_source(source);
            quote!(Url(#source))
        }
    }
}

fn expand_source(source: &NextSource) -> TokenStream {
    match source {
        NextSource::Body(pointer) => quote!(Source::Body(#pointer)),
        NextSource::LastRow(pointer) => quote!(Source::LastRow(#pointer)),
        NextSource::Header(name) => quote!(Source::Header(#name)),
        NextSource::Link => quote!(Source::Link),
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

/// Returns the method for the page number, from 1. Negative numbers become 0, which the check rejects; `None` would mean
/// that no page is set.
fn expand_page_number(page: &PageNumber) -> TokenStream {
    let field = format_ident!("{}", page.count.field);
    let number = if page.count.required { quote!(Some(self.#field)) } else { quote!(self.#field) };
    let from_one = (page.first != 1).then(|| {
        let first = Literal::u64_unsuffixed(page.first);
        quote!(.map(|page: u64| page.saturating_sub(#first).saturating_add(1)))
    });
    let whole = if page.count.is_float() { quote!(page as u64) } else { quote!(page.try_into().unwrap_or(0)) };
    quote! {
        fn page_number(&self) -> Option<u64> {
            #number.map(|page| #whole) #from_one
        }
    }
}

fn expand_at_page(page: &PageNumber) -> TokenStream {
    let (field, integer) = (format_ident!("{}", page.count.field), format_ident!("{}", page.count.number));
    let wire = if page.first == 1 {
        quote!(page)
    } else {
        let first = Literal::u64_unsuffixed(page.first);
        quote!(page.saturating_sub(1).saturating_add(#first))
    };
    let number = if page.count.is_float() {
        quote!((#wire) as f64)
    } else {
        quote!(#integer::try_from(#wire).unwrap_or(#integer::MAX))
    };
    let number = if page.count.required { number } else { quote!(Some(#number)) };
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
    let field = format_ident!("{}", limit.field);
    let largest = Literal::i64_unsuffixed(*largest);
    let largest = if limit.is_float() { quote!(#largest as f64) } else { quote!(#largest) };
    quote! {
        fn in_large_pages(mut self) -> Self {
            self.#field = self.#field.or(Some(#largest));
            self
        }
    }
}
