//! The least that makes code of a document: read it, let the base library make code of it, format that.

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};

/// The formatted code.
///
/// # Panics
/// If the base library does not take the document.
pub(crate) fn generate(document: &str) -> String {
    let openapi: OpenAPI = serde_yaml::from_str(document).expect("a document");
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Positional);
    let tokens = Generator::new(&settings).generate_tokens(&openapi).expect("code");
    prettyplease::unparse(&syn::parse2(tokens).expect("a file"))
}
