//! The raw client: of its operations only what makes the request stays. Sending it and reading the answer is the runtime's.

use std::collections::{BTreeMap, VecDeque};

use quote::format_ident;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Block, Expr, ExprMethodCall, ExprReference, FnArg, Ident, ImplItem, ImplItemFn, Item, ItemImpl, Pat,
    PatIdent, PatType, Stmt, Type,
};

use super::Refined;
use crate::naming::Names;

/// HTTP methods that a reqwest client has no method for.
const RARE_METHODS: [(&str, &str); 2] = [("options", "OPTIONS"), ("trace", "TRACE")];

pub(super) fn refine(item: Item, refined: &mut Refined) {
    match item {
        Item::Struct(mut client) => {
            client.attrs.retain(|attribute| !attribute.path().is_ident("derive") && !is_doc(attribute));
            client.vis = syn::parse_quote!(pub(crate));
            client.attrs.push(syn::parse_quote!(#[doc = " The operations as the base library makes them."]));
            refined.client.push(Item::Struct(client));
        }
        Item::Impl(block) if block.trait_.is_none() => methods(block, refined),
        _ => {}
    }
}

fn methods(mut block: ItemImpl, refined: &mut Refined) {
    for item in std::mem::take(&mut block.items) {
        let ImplItem::Fn(mut method) = item else { continue };
        method.vis = syn::parse_quote!(pub(crate));
        method.attrs.retain(|attribute| !is_doc(attribute));
        if method.sig.asyncness.is_some() {
            only_the_request(&mut method);
            without_version_header(&mut method.block);
            RareMethods.visit_block_mut(&mut method.block);
            borrow_body(&mut method);
            tell_apart(&mut method);
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

/// Ends an operation where its request is made.
fn only_the_request(method: &mut ImplItemFn) {
    method.sig.asyncness = None;
    method.sig.output = syn::parse_quote!(-> Built);
    // What its hooks are told comes right after; the request itself may be called anything.
    let made = method.block.stmts.iter().position(is_told_to_hooks).unwrap_or(usize::MAX);
    method.block.stmts.truncate(made);
    if let Some(Stmt::Local(request)) = method.block.stmts.pop()
        && let Some(made) = request.init
    {
        let request = match *made.expr {
            Expr::Try(made) => *made.expr,
            made => made,
        };
        method.block.stmts.push(Stmt::Expr(request, None));
    }
}

fn is_told_to_hooks(statement: &Stmt) -> bool {
    let Stmt::Local(local) = statement else { return false };
    let Some(Expr::Struct(made)) = local.init.as_ref().map(|init| &*init.expr) else { return false };
    made.path.is_ident("OperationInfo")
}

/// Every call would carry an `api-version` header, which no document asks for; a header map left empty goes too.
fn without_version_header(block: &mut Block) {
    block.stmts.retain(|statement| !is_version_header(statement));
    if !block.stmts.iter().any(appends_header) {
        block.stmts.retain(|statement| !declares(statement, "header_map"));
        WithoutHeaders.visit_block_mut(block);
    }
}

fn appends_header(statement: &Stmt) -> bool {
    let Stmt::Expr(Expr::MethodCall(call), Some(_)) = statement else { return false };
    let mut found = HeaderMap(false);
    found.visit_expr(&call.receiver);
    call.method == "append" && found.0
}

/// Whether a path is the header map.
struct HeaderMap(bool);

impl<'ast> Visit<'ast> for HeaderMap {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.0 |= path.is_ident("header_map");
    }
}

fn declares(statement: &Stmt, name: &str) -> bool {
    matches!(statement, Stmt::Local(local) if matches!(&local.pat, Pat::Ident(pat) if pat.ident == name))
}

/// Every body is borrowed, a number as well.
fn borrow_body(method: &mut ImplItemFn) {
    for input in &mut method.sig.inputs {
        let FnArg::Typed(PatType { pat, ty, .. }) = input else { continue };
        let is_body = matches!(&**pat, Pat::Ident(pat) if pat.ident == "body");
        // A parameter may be called so as well.
        let is_owned =
            matches!(&**ty, Type::Path(path) if !path.path.segments.iter().any(|step| step.ident == "Option"));
        if is_body && is_owned {
            **ty = syn::parse_quote!(&'a #ty);
        }
    }
}

/// Gives arguments names of their own. Those of two query parameters are alike where their words are.
fn tell_apart(method: &mut ImplItemFn) {
    let mut alike: BTreeMap<String, VecDeque<Ident>> = BTreeMap::new();
    let mut names = Names::default();
    for input in &mut method.sig.inputs {
        let FnArg::Typed(PatType { pat, .. }) = input else { continue };
        let Pat::Ident(PatIdent { ident, .. }) = &mut **pat else { continue };
        let name = names.numbered(&ident.to_string());
        let own = format_ident!("{name}");
        alike.entry(ident.to_string()).or_default().push_back(own.clone());
        *ident = own;
    }
    alike.retain(|_, names| names.len() > 1);
    if !alike.is_empty() {
        Alike(alike).visit_block_mut(&mut method.block);
    }
}

/// The names that the query parameters of one name have now; they come in the order of the arguments.
struct Alike(BTreeMap<String, VecDeque<Ident>>);

impl VisitMut for Alike {
    fn visit_expr_reference_mut(&mut self, reference: &mut ExprReference) {
        if let Expr::Path(path) = &*reference.expr
            && let Some(name) = path.path.get_ident().and_then(|ident| self.0.get_mut(&ident.to_string()))
            && let Some(own) = name.pop_front()
        {
            *reference.expr = syn::parse_quote!(#own);
        }
        visit_mut::visit_expr_reference_mut(self, reference);
    }
}

/// Makes `client.request(Method::OPTIONS, url)` of `client.options(url)`, which there is not.
struct RareMethods;

impl VisitMut for RareMethods {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        let rare = RARE_METHODS.iter().find(|(name, _)| call.method == name);
        if let (Some((_, method)), Expr::Field(_)) = (rare, &*call.receiver) {
            let method = format_ident!("{method}");
            call.method = format_ident!("request");
            call.args.insert(0, syn::parse_quote!(reqwest::Method::#method));
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }
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
