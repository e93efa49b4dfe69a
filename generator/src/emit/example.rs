//! Writes the example of an operation: a typical call with values of the samples.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal as Number, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::kind::Kind;
use crate::model::{Api, Inputs, Literal, Operation, Resource, Response};
use crate::naming::{snake, unused};
use crate::pretty;

/// Names that every example uses.
const TAKEN: [&str; 3] = ["client", "server", "rows"];

/// Writes the examples of an API.
pub(crate) struct Examples<'a> {
    /// The name of the crate.
    library: &'a str,
}

impl<'a> Examples<'a> {
    /// Returns `None` if the settings disable examples.
    pub(crate) fn of(api: &'a Api) -> Option<Self> {
        Some(Self { library: api.library.as_deref()? })
    }

    /// Returns the examples of the crate with this name.
    pub(super) fn of_crate(library: &'a str) -> Self {
        Self { library }
    }

    /// Returns a program with the example, whose client is configured by environment variables.
    pub(super) fn program(&self, resource: &Resource, operation: &Operation) -> Option<String> {
        let (imports, statements) = self.parts(resource, operation)?;
        let library = format_ident!("{}", self.library);
        pretty::snippet(
            imports,
            &quote! {
                #[tokio::main]
                async fn main() -> Result<(), Box<dyn std::error::Error>> {
                    let client = #library::Client::from_env()?;
                    #statements
                    Ok(())
                }
            },
        )
    }

    /// Returns the example as a section of documentation. It is a doctest, and calls the mock server if that has a
    /// response.
    pub(super) fn section(&self, resource: &Resource, operation: &Operation) -> Option<String> {
        let code = self.code(resource, operation)?;
        let (library, id) = (self.library, &operation.id);
        let run = if operation.example.as_ref()?.runs { "" } else { "no_run" };
        Some(format!(
            "# Example\n\
             ```{run}\n\
             # #[tokio::main]\n\
             # async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n\
             # let server = {library}::mock::builder().samples().start()?;\n\
             # let client = server.client()?;\n\
             {code}\
             # assert_eq!(server.requests_for(\"{id}\").len(), 1);\n\
             # Ok(())\n\
             # }}\n\
             ```"
        ))
    }

    /// Returns the code of the example; it assumes a variable `client`.
    pub(crate) fn code(&self, resource: &Resource, operation: &Operation) -> Option<String> {
        let (imports, statements) = self.parts(resource, operation)?;
        pretty::snippet(imports, &statements)
    }

    /// Returns the import and the statements of the example.
    fn parts(&self, resource: &Resource, operation: &Operation) -> Option<(Option<TokenStream>, TokenStream)> {
        let inputs = operation.example.as_ref()?.call.as_ref()?;
        let (module, method) = (format_ident!("{}", resource.module), format_ident!("{}", operation.method));
        let written = expand_inputs(inputs);
        let statements = statements(operation, &quote!(client.#module().#method #written));
        let library = format_ident!("{}", self.library);
        let mut names = BTreeSet::new();
        import(inputs, &mut names);
        let names = names.into_iter().map(|name| format_ident!("{name}")).collect::<Vec<_>>();
        Some(((!names.is_empty()).then(|| quote!(use #library::{#(#names),*};)), statements))
    }
}

/// Returns the call, and a statement that prints its result.
fn statements(operation: &Operation, call: &TokenStream) -> TokenStream {
    let field = operation.example.as_ref().and_then(|example| example.shown.as_deref());
    if let Some(paging) = &operation.paging {
        let name = variable(&paging.row);
        let shown = shown(&name, field);
        return quote! {
            let mut rows = #call.stream();
            while let Some(#name) = rows.next().await {
                let #name = #name?;
                #shown
            }
        };
    }
    match &operation.response {
        Response::Plain(kind) | Response::Enveloped(kind) | Response::Page(kind) => {
            let name = variable(kind);
            let shown = shown(&name, field);
            quote! {
                let #name = #call.await?;
                #shown
            }
        }
        _ => quote!(#call.await?;),
    }
}

/// Returns a statement that prints a field of a value, or the whole value.
fn shown(value: &Ident, field: Option<&str>) -> TokenStream {
    let field = field.map(|field| format_ident!("{field}"));
    let all = format!("{{{value}:?}}");
    field.map_or_else(|| quote!(println!(#all);), |field| quote!(println!("{}", #value.#field);))
}

/// Returns the name of a variable for a value of this type.
fn variable(kind: &Kind) -> Ident {
    let name = match kind {
        Kind::Named(name) => unused(snake(name), &TAKEN),
        _ => "response".to_owned(),
    };
    format_ident!("{name}")
}

/// Returns `(…)` with the arguments, followed by calls of the setters.
fn expand_inputs(inputs: &Inputs) -> TokenStream {
    let arguments = inputs.arguments.iter().map(expand_literal);
    let setters = inputs.setters.iter().map(|(setter, value)| {
        let (setter, value) = (format_ident!("{setter}"), value.as_ref().map(expand_literal));
        quote!(.#setter(#value))
    });
    quote!((#(#arguments),*) #(#setters)*)
}

fn expand_literal(literal: &Literal) -> TokenStream {
    match literal {
        Literal::Text(text) => quote!(#text),
        Literal::OwnText(text) => quote!(#text.to_owned()),
        Literal::Boolean(flag) => quote!(#flag),
        Literal::Integer(number) => Number::i64_unsuffixed(*number).into_token_stream(),
        Literal::Float(number) => Number::f64_unsuffixed(*number).into_token_stream(),
        Literal::OwnAmount(whole) => {
            let whole = Number::i64_unsuffixed(*whole);
            quote!(Decimal::from(#whole))
        }
        Literal::Amount { digits, scale } => {
            let (digits, scale) = (Number::i64_unsuffixed(*digits), Number::usize_unsuffixed(*scale));
            quote!(Decimal::new(#digits, #scale))
        }
        Literal::Parsed(text) => quote!(#text.parse()?),
        Literal::Variant { enumeration, variant } => {
            let (enumeration, variant) = (format_ident!("{enumeration}"), format_ident!("{variant}"));
            quote!(#enumeration::#variant)
        }
        Literal::Object { name, inputs } => {
            let (name, inputs) = (format_ident!("{name}"), expand_inputs(inputs));
            quote!(#name::new #inputs)
        }
        Literal::List(items) => {
            let items = items.iter().map(expand_literal);
            quote!([#(#items),*])
        }
        Literal::Option(None) => quote!(None),
        Literal::Option(Some(inner)) => {
            let inner = expand_literal(inner);
            quote!(Some(#inner))
        }
    }
}

/// Adds the names that the inputs import.
fn import<'a>(inputs: &'a Inputs, names: &mut BTreeSet<&'a str>) {
    let mut queue: Vec<_> =
        inputs.arguments.iter().chain(inputs.setters.iter().filter_map(|(_, value)| value.as_ref())).collect();
    while let Some(literal) = queue.pop() {
        match literal {
            Literal::OwnAmount(_) | Literal::Amount { .. } => {
                names.insert("Decimal");
            }
            Literal::Variant { enumeration, .. } => {
                names.insert(enumeration);
            }
            Literal::Object { name, inputs } => {
                names.insert(name);
                import(inputs, names);
            }
            Literal::List(items) => queue.extend(items),
            Literal::Option(inner) => queue.extend(inner.as_deref()),
            Literal::Text(_)
            | Literal::OwnText(_)
            | Literal::Boolean(_)
            | Literal::Integer(_)
            | Literal::Float(_)
            | Literal::Parsed(_) => {}
        }
    }
}
