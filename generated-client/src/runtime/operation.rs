//! What is known of an operation before it is called.

/// An operation of the API: data that the generator emits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Operation {
    /// The name in the API's documentation.
    pub(crate) id: &'static str,
    /// The path with names in place of parameters, such as `/things/{id}`: what may be logged.
    pub(crate) path: &'static str,
    /// Where it is called, if the API has a server of its own for it.
    pub(crate) server: Option<&'static str>,
    /// Whether it is called without the API key.
    pub(crate) keyless: bool,
}

impl Operation {
    pub(crate) const fn new(id: &'static str, path: &'static str) -> Self {
        Self { id, path, server: None, keyless: false }
    }

    /// The same operation at a server of its own.
    pub(crate) const fn at(mut self, server: &'static str) -> Self {
        self.server = Some(server);
        self
    }

    /// The same operation without the API key.
    pub(crate) const fn without_key(mut self) -> Self {
        self.keyless = true;
        self
    }
}
