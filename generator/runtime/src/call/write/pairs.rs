//! Encodes query parameters and form properties as pairs of name and value.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Broken;
use super::pieces::{Pieces, repeated};
use crate::api::{Encoding, Style};
use crate::values::tree::Tree;

/// The rule for an empty value, which would send nothing: a set value must differ from an unset one.
const NOTHING: Broken = "must not be empty, because it would not be sent";

/// The characters to escape in a query: all but the unreserved ones (RFC 6570, section 3.2.1).
pub(super) const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The characters to escape in a form (WHATWG URL, application/x-www-form-urlencoded). A space becomes a plus sign
/// instead.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*').remove(b' ');
/// Like `QUERY`, without the reserved characters that a query allows (RFC 3986, section 3.4) and that have no meaning
/// in it.
const RESERVED_IN_QUERY: &AsciiSet = &plus_reserved(QUERY);
/// Like `FORM`. In a form, the other reserved characters have no meaning either.
const RESERVED_IN_FORM: &AsciiSet = &plus_reserved(FORM).remove(b'#').remove(b'[').remove(b']').remove(b'\'');

/// Removes reserved characters from a set, except `&`, which would split the value, `+`, which would change it, and the
/// apostrophe, which the URL standard escapes.
const fn plus_reserved(set: &AsciiSet) -> AsciiSet {
    set.remove(b':')
        .remove(b'/')
        .remove(b'?')
        .remove(b'@')
        .remove(b'!')
        .remove(b'$')
        .remove(b'(')
        .remove(b')')
        .remove(b'*')
        .remove(b',')
        .remove(b';')
        .remove(b'=')
}

/// The name and encoding of a value, to write as pairs in a query or a form.
#[derive(Clone, Copy)]
pub(super) struct Pairs<'a> {
    pub(super) name: &'a str,
    pub(super) encoding: Encoding,
    pub(super) allow_reserved: bool,
    /// Whether the pairs are in a form; otherwise they are in a query.
    pub(super) in_form: bool,
}

/// Receives each pair, and whether it belongs to an object.
type Add<'a> = &'a mut dyn FnMut(bool, String);

impl Pairs<'_> {
    /// Writes a value: `json` if the encoding is JSON, otherwise `plain`, which keeps the digits of numbers.
    pub(super) fn write(
        self,
        json: impl FnOnce() -> Tree,
        plain: impl FnOnce() -> Tree,
        add: Add<'_>,
    ) -> Result<(), Broken> {
        let Encoding::Styled { style, explode } = self.encoding else {
            add(false, self.pair(self.name, &json().to_string()));
            return Ok(());
        };
        let mut is_empty = true;
        let mut add = |is_object, pair| {
            is_empty = false;
            add(is_object, pair);
        };
        self.styled(style, explode, plain(), &mut add)?;
        if is_empty { Err(NOTHING) } else { Ok(()) }
    }

    fn styled(self, style: Style, explode: bool, value: Tree, add: Add<'_>) -> Result<(), Broken> {
        let name = self.name;
        match (style, value) {
            (Style::DeepObject | Style::DeepObjectIndices | Style::DeepObjectRepeated, value) => {
                let is_object = matches!(value, Tree::Object(_));
                deep(style, name.to_owned(), value, &mut |name, value| add(is_object, self.pair(&name, &value)));
            }
            (Style::SpaceDelimited, Tree::List(items)) if !explode => {
                add(false, self.pair(name, &separated(items, ' ')?));
            }
            (Style::PipeDelimited, Tree::List(items)) if !explode => {
                add(false, self.pair(name, &separated(items, '|')?));
            }
            (_, Tree::Object(fields)) if explode || style != Style::Form => {
                for (field, value) in fields {
                    repeated(field, value, &mut |name, value| add(true, self.pair(&name, &value)));
                }
            }
            (_, Tree::List(items)) if explode => {
                for item in items {
                    add(false, self.pair(name, &item.into_text()));
                }
            }
            (_, value) => {
                let is_object = matches!(value, Tree::Object(_));
                let value = match Pieces::of(value) {
                    Pieces::One(value) => self.value(&value),
                    // Commas inside an item are escaped; commas between items are not.
                    pieces => pieces.map(|piece| self.value(&piece).replace(',', "%2C")).joined(false, ","),
                };
                add(is_object, format!("{}={value}", self.escaped(name)));
            }
        }
        Ok(())
    }

    fn pair(self, name: &str, value: &str) -> String {
        format!("{}={}", self.escaped(name), self.value(value))
    }

    fn value(self, text: &str) -> String {
        if !self.allow_reserved {
            return self.escaped(text);
        }
        if self.in_form {
            form(text, RESERVED_IN_FORM)
        } else {
            utf8_percent_encode(text, RESERVED_IN_QUERY).to_string()
        }
    }

    fn escaped(self, text: &str) -> String {
        if self.in_form { form(text, FORM) } else { utf8_percent_encode(text, QUERY).to_string() }
    }
}

/// Encodes text for a form; a space becomes a plus sign.
fn form(text: &str, set: &'static AsciiSet) -> String {
    utf8_percent_encode(text, set).to_string().replace(' ', "+")
}

/// Joins the items of a list with a delimiter. The query escapes the delimiter, too, so no item may contain it.
fn separated(items: Vec<Tree>, delimiter: char) -> Result<String, Broken> {
    let items: Vec<String> = items.into_iter().map(Tree::into_text).collect();
    if items.iter().any(|item| item.contains(delimiter)) {
        return Err(match delimiter {
            ' ' => "must not contain a space in an item, because spaces separate items",
            _ => "must not contain `|` in an item, because it separates items",
        });
    }
    Ok(items.join(delimiter.encode_utf8(&mut [0; 4])))
}

/// Adds the fields of an object with names such as `name[field][inner]`, and the items of a list in the given style.
/// Items that are objects always have an index, which keeps their fields together.
fn deep(style: Style, name: String, value: Tree, add: &mut dyn FnMut(String, String)) {
    match value {
        Tree::Null => {}
        Tree::Object(fields) => {
            for (field, value) in fields {
                deep(style, format!("{name}[{field}]"), value, add);
            }
        }
        Tree::List(items) => {
            let numbered =
                style == Style::DeepObjectIndices || items.iter().any(|item| matches!(item, Tree::Object(_)));
            for (index, item) in items.into_iter().enumerate() {
                if numbered {
                    deep(style, format!("{name}[{index}]"), item, add);
                } else if style == Style::DeepObject {
                    add(format!("{name}[]"), item.into_text());
                } else {
                    add(name.clone(), item.into_text());
                }
            }
        }
        value => add(name, value.into_text()),
    }
}
