//! Turns names of the document into names in Rust.

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

mod abbreviations;
mod frameworks;
mod symbols;
mod verbs;

pub(crate) use frameworks::own_name;
pub(crate) use verbs::{Route, with_verb};

/// Types and traits that generated code uses by their short names.
const RESERVED_TYPES: [&str; 19] = [
    "Option",
    "Some",
    "None",
    "String",
    "Vec",
    "Box",
    "Result",
    "Ok",
    "Err",
    "Self",
    "Into",
    "IntoIterator",
    "Client",
    "From",
    "TryFrom",
    "AsRef",
    "PartialOrd",
    "Ord",
    "IntoFuture",
];
/// Types that progenitor uses in place of components with these names.
const FORMATS: [&str; 5] = ["Date", "Timestamp", "Decimal", "Uuid", "FilePart"];

/// Type parameters of generated code and of the macros that it calls.
const PARAMETERS: [&str; 3] = ["C", "D", "S"];

/// The maximum number of conversions to camel case.
const LONGEST_WAY: usize = 3;

/// Returns the name of a variant.
pub(crate) fn upper_camel(text: &str) -> String {
    let words = abbreviations::as_words(&symbols::spelled(text));
    let mut name = String::new();
    // `1.0` and `10` are two names.
    for word in words.replace('\'', "").to_snake_case().split('_') {
        if name.ends_with(|last: char| last.is_ascii_digit()) && word.starts_with(|first: char| first.is_ascii_digit())
        {
            name.push('_');
        }
        name.push_str(&word.to_upper_camel_case());
    }
    if !name.contains(is_of_names) {
        name.push('X');
    }
    legal(&name)
}

/// Returns the name of a type. It never hides a type that generated code uses, and progenitor keeps it unchanged.
pub(crate) fn type_name(text: &str) -> String {
    let mut name = abbreviations::as_words(text).replace('\'', "");
    // `a_b_c` → `ABC` → `Abc`
    for _ in 0..LONGEST_WAY {
        name = name.to_upper_camel_case();
    }
    name.retain(is_of_names);
    // A name without case would also be the name of a module.
    if !name.starts_with(char::is_uppercase) {
        name.insert(0, 'X');
    }
    let is_taken =
        RESERVED_TYPES.iter().chain(&FORMATS).any(|taken| *taken == name) || PARAMETERS.contains(&name.as_str());
    if is_taken { format!("{name}Type") } else { name }
}

/// Returns the name of a field, method, argument or module.
pub(crate) fn snake(text: &str) -> String {
    legal(&abbreviations::as_words(&symbols::spelled(text)).replace('\'', "").to_snake_case())
}

/// The features of every crate.
const FEATURES: [&str; 9] = ["default", "rustls", "native-tls", "gzip", "blocking", "tracing", "mock", "cli", ALL_TAGS];
/// The feature with the features of all tags.
pub(crate) const ALL_TAGS: &str = "all-tags";

/// Returns the feature of a resource's module.
pub(crate) fn feature(module: &str) -> String {
    if FEATURES.contains(&module) { format!("{module}-tag") } else { module.to_owned() }
}

/// Returns the name of a constant.
pub(crate) fn constant(text: &str) -> String {
    snake(text).to_uppercase()
}

/// Returns the words of a name, in lower case.
pub(crate) fn words(text: &str) -> Vec<String> {
    abbreviations::as_words(text)
        .to_snake_case()
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns the name, with underscores appended until it is unused.
pub(crate) fn unused(mut name: String, taken: &[&str]) -> String {
    while taken.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// A set of used names that returns unused ones.
#[derive(Debug, Default)]
pub(crate) struct Names {
    taken: HashSet<String>,
    /// The number of forms tried for each name, so that the next search continues there.
    tried: HashMap<String, usize>,
}

impl Names {
    /// The maximum number of underscores in a name; later names have a number.
    const UNDERSCORES: usize = 3;

    /// Returns a set with these names.
    pub(crate) fn of(taken: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { taken: taken.into_iter().map(Into::into).collect(), tried: HashMap::new() }
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Takes the first unused name of `name`, `name_`, `name__`, `name___`, `name_4` …
    pub(crate) fn unused(&mut self, name: &str) -> String {
        self.take(name, str::to_owned, |number| match number {
            ..=Self::UNDERSCORES => format!("{name}{}", "_".repeat(number)),
            // In camel case a digit follows a letter. Names of variants may also begin with an underscore and a digit.
            _ if name.starts_with(char::is_uppercase) => format!("{name}{number}"),
            _ if name.starts_with('_') && !name.ends_with(|last: char| last.is_ascii_digit()) => {
                format!("{name}{number}")
            }
            _ => format!("{name}_{number}"),
        })
    }

    /// Takes the first unused name of `name`, `name2`, `name3` …
    pub(crate) fn numbered(&mut self, name: &str) -> String {
        self.numbered_as(name, str::to_owned)
    }

    /// Like [`numbered`](Self::numbered), but two names are equal if `form` returns the same for both.
    pub(crate) fn numbered_as(&mut self, name: &str, form: fn(&str) -> String) -> String {
        self.take(name, form, |number| format!("{name}{}", number + 1))
    }

    fn take(&mut self, name: &str, form: fn(&str) -> String, other: impl Fn(usize) -> String) -> String {
        let tried = self.tried.entry(name.to_owned()).or_default();
        loop {
            let free = if *tried == 0 { name.to_owned() } else { other(*tried) };
            *tried += 1;
            if self.taken.insert(form(&free)) {
                return free;
            }
        }
    }
}

/// Returns the name of an operation without the words of its resource: `list_affiliates` → `list`.
pub(crate) fn method(operation_id: &str, tag: &str) -> String {
    let resource = words(tag);
    let all = words(operation_id);
    let kept: Vec<_> =
        all.iter().filter(|word| !resource.iter().any(|other| same_noun(word, other))).cloned().collect();
    // Numbers alone make a poor name.
    let telling = kept.iter().any(|word| !word.starts_with(|first: char| first.is_ascii_digit()));
    let name = match &all[..] {
        // A verb may be the noun of the resource, too.
        [verb, _, ..] if kept.is_empty() => verb.clone(),
        _ if telling => kept.join("_"),
        _ => all.join("_"),
    };
    snake(&name)
}

/// Whether two words are the same noun, singular or plural.
fn same_noun(one: &str, other: &str) -> bool {
    let others = singulars(other);
    singulars(one).iter().any(|form| others.contains(form))
}

/// Returns the possible singulars of a word, and the word itself.
fn singulars(word: &str) -> Vec<String> {
    let endings = [("s", ""), ("es", ""), ("ies", "y"), ("ves", "f"), ("ves", "fe")];
    let forms = endings.iter().filter_map(|(plural, singular)| {
        let stem = word.strip_suffix(plural).filter(|stem| stem.len() > 1 && !word.ends_with("ss"))?;
        Some(format!("{stem}{singular}"))
    });
    forms.chain([word.to_owned()]).collect()
}

/// Whether a character is allowed in a name. Some numeric characters, such as `²`, are not.
fn is_of_names(letter: char) -> bool {
    letter == '_'
        || letter.is_ascii_alphanumeric()
        || (letter.is_alphanumeric() && syn::parse_str::<syn::Ident>(&format!("x{letter}")).is_ok())
}

/// Turns any string into an identifier.
fn legal(text: &str) -> String {
    let mut name: String = text.chars().filter(|c| is_of_names(*c)).collect();
    if !name.chars().next().is_some_and(|first| first == '_' || first.is_alphabetic()) {
        name.insert(0, '_');
    }
    if name.chars().all(|c| c == '_') {
        name.push('x');
    }
    // A keyword since edition 2024, which the parser does not know yet.
    let is_free = name != "gen" && syn::parse_str::<syn::Ident>(&name).is_ok();
    if is_free { name } else { format!("{name}_") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_lose_the_name_of_their_resource() {
        for (operation, tag, expected) in [
            ("list_affiliates", "Affiliates", "list"),
            ("get_affiliate", "Affiliates", "get"),
            ("listPetOwners", "Pet owners", "list"),
            ("get_company_address", "Companies", "get_address"),
            ("affiliates", "Affiliates", "affiliates"),
            ("move", "Pieces", "move_"),
            ("address", "Addresses", "address"),
            ("list_boxes", "Box", "list"),
            ("list_lists", "Lists", "list"),
            ("create_shelf", "Shelves", "create"),
            ("get_archive", "Archives", "get"),
            ("pass_by", "Pas", "pass_by"),
            ("list_2", "List", "list_2"),
        ] {
            assert_eq!(method(operation, tag), expected, "{operation} of {tag}");
        }
    }

    #[test]
    fn names_in_use_get_another_form() {
        let mut names = Names::of(["a", "b3"]);
        assert_eq!(["a"; 5].map(|name| names.unused(name)), ["a_", "a__", "a___", "a_4", "a_5"]);
        assert_eq!(["A"; 5].map(|name| names.unused(name)), ["A", "A_", "A__", "A___", "A4"]);
        assert_eq!(["b"; 3].map(|name| names.numbered(name)), ["b", "b2", "b4"]);
        assert_eq!(["c-d", "c_d"].map(|name| names.numbered_as(name, snake)), ["c-d", "c_d2"]);
    }

    #[test]
    fn names_are_legal() {
        for (text, expected) in [
            ("type", "type_"),
            ("first-name", "first_name"),
            ("2nd", "_2nd"),
            ("+", "plus"),
            ("-1", "minus_1"),
            ("", "empty"),
            ("🦀", "_x"),
            ("self", "self_"),
            ("x-ID", "x_id"),
        ] {
            assert_eq!(snake(text), expected, "{text}");
        }
        for (text, expected) in [
            ("past_due", "PastDue"),
            ("self", "Self_"),
            ("", "Empty"),
            ("100", "_100"),
            ("don't", "Dont"),
            ("1.0", "_1_0"),
            ("v2.1", "V2_1"),
            ("<=", "LessThanEquals"),
            ("HTTPServer", "HttpServer"),
            ("🦀", "X"),
        ] {
            assert_eq!(upper_camel(text), expected, "{text}");
        }
        for (text, expected) in [
            ("a_b_c", "Abc"),
            ("LinksSelf_", "LinksSelf"),
            ("2fa", "X2fa"),
            ("Self", "SelfType"),
            ("", "X"),
            ("c", "CType"),
            ("m²", "M"),
            ("日本語", "X日本語"),
            ("X日本語", "X日本語"),
        ] {
            assert_eq!(type_name(text), expected, "{text}");
        }
    }
}
