//! Describes the inputs of an example as Rust literals.

/// The arguments of a function, and the setters called on its result.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    pub(crate) arguments: Vec<Literal>,
    /// Setters by name, each with its argument if it takes one.
    pub(crate) setters: Vec<(String, Option<Literal>)>,
}

/// A value as Rust source.
#[derive(Debug)]
pub(crate) enum Literal {
    /// A string for a parameter that converts `&str`.
    Text(String),
    /// A string for a place that needs a `String`.
    OwnText(String),
    Boolean(bool),
    Integer(i64),
    Float(f64),
    /// A whole amount for a place without conversion.
    OwnAmount(i64),
    /// `digits` with the decimal point `scale` places from the end.
    Amount {
        digits: i64,
        scale: usize,
    },
    /// A value parsed from a string, such as a time or an id.
    Parsed(String),
    Variant {
        enumeration: String,
        variant: String,
    },
    Object {
        name: String,
        inputs: Inputs,
    },
    List(Vec<Literal>),
    Option(Option<Box<Literal>>),
}
