//! The minimal pipeline: deserialize the document, generate code with progenitor, format it.

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};

/// Returns the formatted code.
///
/// # Panics
/// If progenitor rejects the document.
pub(crate) fn generate(document: &str) -> String {
    let openapi: OpenAPI = serde_yaml::from_str(document).expect("a document");
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Positional);
    let tokens = Generator::new(&settings).generate_tokens(&openapi).expect("code");
    prettyplease::unparse(&syn::parse2(tokens).expect("a file"))
}
