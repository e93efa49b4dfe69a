//! The example of an operation: a call as a person would write it, with values of the samples.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use crate::kind::Kind;
use crate::model::{Api, Object, Operation, Presence, Resource, Response, Schema, Shape};
use crate::naming::{snake, unused};
use crate::pretty;

/// Names that stand in every example.
const TAKEN: [&str; 3] = ["client", "server", "rows"];
/// Amounts have at least so many decimals.
const DECIMALS: usize = 2;

/// Writes the examples of an API.
pub(crate) struct Examples<'a> {
    /// What the crate is called.
    library: &'a str,
    schemas: HashMap<&'a str, &'a Schema>,
}

impl<'a> Examples<'a> {
    /// Nothing if the settings ask for none.
    pub(crate) fn of(api: &'a Api) -> Option<Self> {
        let schemas = api.schemas.iter().map(|schema| (schema.name.as_str(), schema)).collect();
        Some(Self { library: api.library.as_deref()?, schemas })
    }

    /// The example as a section of documentation; it is a test that makes the call to the stand-in, if that has an answer.
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

    /// What a person reads; `client` is there already.
    pub(crate) fn code(&self, resource: &Resource, operation: &Operation) -> Option<String> {
        let mut values = Values { schemas: &self.schemas, imports: BTreeSet::new() };
        let call = values.call(resource, operation)?;
        let statements = statements(operation, &call);
        let library = format_ident!("{}", self.library);
        let names = values.imports.iter().map(|name| format_ident!("{name}"));
        let imports = (!values.imports.is_empty()).then(|| quote!(use #library::{#(#names),*};));
        pretty::snippet(imports, &statements)
    }
}

/// The call, and something to see of what it gives.
fn statements(operation: &Operation, call: &TokenStream) -> TokenStream {
    let field = operation.example.as_ref().and_then(|example| example.shown.as_deref());
    match &operation.response {
        Response::Page(row) if operation.paging.is_some() => {
            let name = variable(row);
            let shown = shown(&name, field);
            quote! {
                let mut rows = #call.stream();
                while let Some(#name) = rows.next().await {
                    let #name = #name?;
                    #shown
                }
            }
        }
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

/// A line that shows a field of a value, or all of it.
fn shown(value: &Ident, field: Option<&str>) -> TokenStream {
    let field = field.map(|field| format_ident!("{field}"));
    let all = format!("{{{value}:?}}");
    field.map_or_else(|| quote!(println!(#all);), |field| quote!(println!("{}", #value.#field);))
}

/// What an example calls such a value.
fn variable(kind: &Kind) -> Ident {
    let name = match kind {
        Kind::Named(name) => unused(snake(name), &TAKEN),
        _ => "answer".to_owned(),
    };
    format_ident!("{name}")
}

/// Values as Rust, and the names that it needs.
struct Values<'a> {
    schemas: &'a HashMap<&'a str, &'a Schema>,
    imports: BTreeSet<String>,
}

impl Values<'_> {
    /// `None` if a value that has to be there cannot be written.
    fn call(&mut self, resource: &Resource, operation: &Operation) -> Option<TokenStream> {
        let example = operation.example.as_ref()?;
        let (mut arguments, mut setters) = (Vec::new(), Vec::new());
        for (index, value) in &example.parameters {
            let parameter = operation.parameters.get(*index)?;
            match (self.value(&parameter.kind, value), parameter.required) {
                (Some(value), true) => arguments.push(value),
                (None, true) => return None,
                (Some(value), false) => {
                    let name = format_ident!("{}", parameter.name);
                    setters.push(quote!(.#name(#value)));
                }
                (None, false) => {}
            }
        }
        if let (Some(body), Some(value)) = (&operation.body, &example.body) {
            arguments.push(self.value(&body.kind, value)?);
        }
        let (module, method) = (format_ident!("{}", resource.module), format_ident!("{}", operation.method));
        Some(quote!(client.#module().#method(#(#arguments),*) #(#setters)*))
    }

    /// A value as an argument.
    fn value(&mut self, kind: &Kind, value: &Value) -> Option<TokenStream> {
        Some(match kind {
            Kind::Text => {
                let text = value.as_str()?;
                quote!(#text)
            }
            Kind::Boolean => {
                let flag = value.as_bool()?;
                quote!(#flag)
            }
            Kind::Integer(_) => {
                let number = Literal::i64_unsuffixed(value.as_i64()?);
                quote!(#number)
            }
            Kind::Float(_) => {
                let number = Literal::f64_unsuffixed(value.as_f64()?);
                quote!(#number)
            }
            Kind::Decimal => self.decimal(value)?,
            Kind::Timestamp | Kind::Date | Kind::Uuid => {
                let text = value.as_str()?;
                quote!(#text.parse()?)
            }
            Kind::Named(name) => self.named(name, value)?,
            Kind::List(item) => {
                let items =
                    value.as_array()?.iter().map(|value| self.exact(item, value)).collect::<Option<Vec<_>>>()?;
                quote!([#(#items),*])
            }
            _ => return None,
        })
    }

    /// A value of the type itself, where nothing converts it.
    fn exact(&mut self, kind: &Kind, value: &Value) -> Option<TokenStream> {
        let made = self.value(kind, value)?;
        Some(match kind {
            Kind::Text => quote!(#made.to_owned()),
            Kind::Decimal if value.is_i64() => {
                self.imports.insert("Decimal".to_owned());
                quote!(Decimal::from(#made))
            }
            _ => made,
        })
    }

    fn decimal(&mut self, value: &Value) -> Option<TokenStream> {
        if let Some(whole) = value.as_i64() {
            let whole = Literal::i64_unsuffixed(whole);
            return Some(quote!(#whole));
        }
        let text = value.as_number()?.to_string();
        let (whole, fraction) = text.split_once('.')?;
        let fraction = format!("{fraction:0<DECIMALS$}");
        let digits = Literal::i64_unsuffixed(format!("{whole}{fraction}").parse().ok()?);
        let scale = Literal::usize_unsuffixed(fraction.len());
        self.imports.insert("Decimal".to_owned());
        Some(quote!(Decimal::new(#digits, #scale)))
    }

    fn named(&mut self, name: &str, value: &Value) -> Option<TokenStream> {
        let ident = format_ident!("{name}");
        let made = match &self.schemas.get(name)?.shape {
            Shape::Enumeration(enumeration) => {
                let wire = value.as_str()?;
                let variant = enumeration.variants.iter().find(|variant| variant.wire == wire)?;
                let variant = format_ident!("{}", variant.name);
                quote!(#ident::#variant)
            }
            Shape::Object(object) if object.constructed => {
                let inputs = self.inputs(object, value)?;
                quote!(#ident #inputs)
            }
            _ => return None,
        };
        self.imports.insert(name.to_owned());
        Some(made)
    }

    /// `::new(…)` with what is required, and setters for the rest.
    fn inputs(&mut self, object: &Object, value: &Value) -> Option<TokenStream> {
        let (mut arguments, mut setters) = (Vec::new(), Vec::new());
        for field in &object.fields {
            let given = value.get(&field.wire);
            let present = given.filter(|value| !value.is_null());
            match field.presence {
                Presence::Required => arguments.push(self.value(&field.kind, given?)?),
                Presence::RequiredNullable => {
                    let value = present.map(|value| self.exact(&field.kind, value).ok_or(())).transpose().ok()?;
                    arguments.push(value.map_or_else(|| quote!(None), |value| quote!(Some(#value))));
                }
                Presence::Optional | Presence::OptionalNullable if field.deprecated => {}
                Presence::OptionalNullable if given.is_some_and(Value::is_null) => {
                    let setter = format_ident!("{}_null", field.setter);
                    setters.push(quote!(.#setter()));
                }
                Presence::Optional | Presence::OptionalNullable => {
                    let setter = format_ident!("{}", field.setter);
                    let value = present.and_then(|value| self.value(&field.kind, value));
                    setters.extend(value.map(|value| quote!(.#setter(#value))));
                }
            }
        }
        Some(quote!(::new(#(#arguments),*) #(#setters)*))
    }
}
