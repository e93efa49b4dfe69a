//! The codes of diagnostics: a closed set, each with a file of its name in `explanations/`.

use std::fmt;

use crate::near::near;

macro_rules! codes {
    ($($variant:ident = $name:literal,)*) => {
        /// The rule that a diagnostic is about, such as `path-param`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl Code {
            /// All codes, by name.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Returns the name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns the explanation as Markdown: the rule, the reason, and a bad and a good example.
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("explanations/", $name, ".md")),)* }
            }
        }
    };
}

codes! {
    BodyEncoding = "body-encoding",
    Composition = "composition",
    Config = "config",
    ConfigReference = "config-reference",
    Envelope = "envelope",
    ExampleInvalid = "example-invalid",
    HttpName = "http-name",
    IgnoredKeyword = "ignored-keyword",
    LikelyMistake = "likely-mistake",
    OpenapiVersion = "openapi-version",
    OperationIdDuplicate = "operation-id-duplicate",
    Overlay = "overlay",
    Pagination = "pagination",
    PathParam = "path-param",
    SampleMismatch = "sample-mismatch",
    SampleMissing = "sample-missing",
    SampleUnknown = "sample-unknown",
    Security = "security",
    Shape = "shape",
    Size = "size",
    Syntax = "syntax",
    UnknownKey = "unknown-key",
    UnknownRef = "unknown-ref",
    Upstream = "upstream",
    Webhook = "webhook",
}

impl Code {
    /// Returns the code with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Whether diagnostics of this rule do not stop the generator.
    pub fn is_warning(self) -> bool {
        matches!(self, Self::IgnoredKeyword | Self::LikelyMistake)
    }

    /// Returns the codes with the most similar names, best match first.
    pub fn near(name: &str) -> Vec<Self> {
        near(name, Self::ALL.iter().map(|code| code.name())).into_iter().filter_map(Self::named).collect()
    }

    /// Returns the rule in one line: the title of its explanation.
    pub fn title(self) -> &'static str {
        let first_line = self.explanation().lines().next().unwrap_or_default();
        first_line.split_once(": ").map_or(first_line, |(_, title)| title)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
