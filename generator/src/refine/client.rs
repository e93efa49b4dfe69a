//! The raw client: what it is made of stays, what it would add to requests goes.

use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Block, ImplItem, Item, ItemImpl, Stmt};

use super::Refined;

pub(super) fn refine(item: Item, refined: &mut Refined) {
    match item {
        Item::Struct(mut client) => {
            client.attrs.retain(|attribute| !attribute.path().is_ident("derive") && !is_doc(attribute));
            client.vis = syn::parse_quote!(pub(crate));
            client.attrs.push(syn::parse_quote!(#[doc = " The operations as the base library makes them."]));
            refined.client.push(Item::Struct(client));
        }
        Item::Impl(block) if block.trait_.is_some() => refined.client.push(Item::Impl(block)),
        Item::Impl(block) => methods(block, refined),
        _ => {}
    }
}

fn methods(mut block: ItemImpl, refined: &mut Refined) {
    for item in std::mem::take(&mut block.items) {
        let ImplItem::Fn(mut method) = item else { continue };
        method.vis = syn::parse_quote!(pub(crate));
        method.attrs.retain(|attribute| !is_doc(attribute));
        if method.sig.asyncness.is_some() {
            without_version_header(&mut method.block);
            refined.operations.insert(method.sig.ident.to_string(), method);
        } else if method.sig.ident == "new_with_client" {
            block.items.push(ImplItem::Fn(method));
        }
    }
    if !block.items.is_empty() {
        block.attrs.clear();
        refined.client.push(Item::Impl(block));
    }
}

/// Every call would carry an `api-version` header, which no document asks for; a header map left empty goes too.
fn without_version_header(block: &mut Block) {
    block.stmts.retain(|statement| !is_version_header(statement));
    if !block.stmts.iter().any(uses_header_map) {
        block.stmts.retain(|statement| !declares_header_map(statement));
        WithoutHeaders.visit_block_mut(block);
    }
}

fn uses_header_map(statement: &Stmt) -> bool {
    let mut found = HeaderMap(false);
    found.visit_stmt(statement);
    found.0 && matches!(statement, Stmt::Expr(..))
}

/// Whether a path is the header map.
struct HeaderMap(bool);

impl<'ast> Visit<'ast> for HeaderMap {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.0 |= path.is_ident("header_map");
    }
}

fn declares_header_map(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Local(local) if matches!(&local.pat, syn::Pat::Ident(pat) if pat.ident == "header_map"))
}

/// Takes `.headers(header_map)` off a chain of calls.
struct WithoutHeaders;

impl VisitMut for WithoutHeaders {
    fn visit_expr_mut(&mut self, expr: &mut syn::Expr) {
        while let syn::Expr::MethodCall(call) = expr
            && call.method == "headers"
        {
            let receiver = std::mem::replace(&mut *call.receiver, syn::Expr::PLACEHOLDER);
            *expr = receiver;
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

fn is_version_header(statement: &Stmt) -> bool {
    let Stmt::Expr(syn::Expr::MethodCall(call), _) = statement else { return false };
    let receiver = matches!(&*call.receiver, syn::Expr::Path(path) if path.path.is_ident("header_map"));
    receiver && call.method == "append" && quote::quote!(#call).to_string().contains("\"api-version\"")
}

pub(super) fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}
