//! Writes a program that deserializes and serializes values of a crate's types.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::direction;
use crate::direction::Direction;
use crate::model::{Api, Schema};

/// Returns the source of the program.
pub(super) fn source<'a>(library: &str, api: &Api, names: impl Iterator<Item = &'a str>) -> String {
    let library = format_ident!("{library}");
    let arms = names.filter_map(|name| api.schemas.iter().find(|schema| schema.name == name)).map(expand_arm);
    let tokens = quote! {
        //! Deserializes each line of the input as a type of the crate, and serializes it.

        use std::io::BufRead;

        #[allow(unused_imports)]
        use #library::types;
        use serde_json::{Value, json};

        fn main() {
            for line in std::io::stdin().lock().lines().map_while(Result::ok) {
                let (name, text) = line.split_once(' ').unwrap_or_default();
                println!("{}", answer(name, text));
            }
        }

        #[allow(unused_variables)]
        fn answer(name: &str, text: &str) -> Value {
            match name {
                #(#arms,)*
                _ => Value::Null,
            }
        }

        #[allow(dead_code)]
        fn received<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> Value {
            match clientsmith_runtime::read_json::<T>(text) {
                Ok(value) => json!({"written": serde_json::to_string(&value).ok()}),
                Err(path) => json!({"mismatch": path}),
            }
        }

        #[allow(dead_code)]
        fn sent<T>(text: &str) -> Value
        where
            T: serde::de::DeserializeOwned + serde::Serialize + clientsmith_runtime::Checked,
        {
            match clientsmith_runtime::read_json::<T>(text) {
                Ok(value) => json!({
                    "written": serde_json::to_string(&value).ok(),
                    "violations": clientsmith_runtime::violations(&value),
                }),
                Err(path) => json!({"mismatch": path}),
            }
        }
    };
    syn::parse2(tokens).map(|file| prettyplease::unparse(&file)).unwrap_or_default()
}

fn expand_arm(schema: &Schema) -> TokenStream {
    let (text, name) = (&schema.name, format_ident!("{}", schema.name));
    match direction(schema) {
        Direction::Sent => quote!(#text => sent::<types::#name>(text)),
        Direction::Received => quote!(#text => received::<types::#name>(text)),
    }
}
