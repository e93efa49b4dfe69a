//! The inputs of an example, as Rust has them.

/// What a function takes, and the setters that follow.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    pub(crate) arguments: Vec<Literal>,
    /// Setters by name, with what they take; some take nothing.
    pub(crate) setters: Vec<(String, Option<Literal>)>,
}

/// A value.
#[derive(Debug)]
pub(crate) enum Literal {
    /// Text that the function converts.
    Text(String),
    /// Text where nothing converts it.
    OwnText(String),
    Boolean(bool),
    Integer(i64),
    Float(f64),
    /// A whole amount where nothing converts it.
    OwnAmount(i64),
    /// `digits` with the decimal point `scale` places from the end.
    Amount {
        digits: i64,
        scale: usize,
    },
    /// What is parsed from text: a time, an id.
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
