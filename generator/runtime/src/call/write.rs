//! Encodes typed values as parameters, for all locations and styles.
//!
//! A delimiter inside an item is escaped if the location has escapes, and rejected otherwise: two items never arrive as
//! three.

mod pairs;
pub(super) mod parts;
mod pieces;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use percent_encoding::utf8_percent_encode;

use crate::api::{Encoding, Parameter, PropertyEncoding, Style};
use crate::values::encode::Encode;
use crate::values::tree::Tree;
use pairs::{Pairs, QUERY};
use pieces::Pieces;

/// The rule violated by a value that cannot be written.
pub(super) type Broken = &'static str;

/// An encoded name and value in the query.
pub(super) struct Pair {
    /// The sort key: objects last, then by parameter name.
    pub(super) order: (bool, &'static str),
    pub(super) text: String,
}

/// Writes a path parameter, percent-encoded.
pub(super) fn path(parameter: &Parameter, value: &impl Encode) -> Result<String, Broken> {
    let Encoding::Styled { style, explode } = parameter.encoding else {
        return Ok(escaped(&value.json().to_string()));
    };
    // A percent-encoded dot is equivalent to a dot (RFC 3986, section 2.3), so a dot in an item would separate items,
    // too.
    let pieces = Pieces::of(value.plain());
    let separated_by_dots = style == Style::Label && explode && !matches!(pieces, Pieces::One(_));
    if separated_by_dots && pieces.all().any(|piece| piece.contains('.')) {
        return Err("must not contain a dot in an item, because dots separate items");
    }
    let name = escaped(parameter.name);
    let pieces = pieces.map(|piece| escaped(&piece));
    Ok(match style {
        Style::Label => format!(".{}", pieces.joined(explode, if explode { "." } else { "," })),
        Style::Matrix if explode => match pieces {
            Pieces::Items(items) => items.iter().map(|item| matrix(&name, item)).collect(),
            Pieces::Fields(fields) => fields.iter().map(|(field, value)| matrix(field, value)).collect(),
            Pieces::One(value) => matrix(&name, &value),
        },
        Style::Matrix => matrix(&name, &pieces.joined(false, ",")),
        _ => pieces.joined(explode, ","),
    })
}

/// Writes a header parameter; headers have no escapes.
pub(super) fn header(parameter: &Parameter, value: &(impl Encode + ?Sized)) -> Result<String, Broken> {
    let Encoding::Styled { explode, .. } = parameter.encoding else { return Ok(ascii(&value.json())) };
    let pieces = Pieces::of(value.plain());
    if !matches!(pieces, Pieces::One(_)) {
        for piece in pieces.all() {
            if piece.contains(',') {
                return Err("must not contain a comma in an item, because commas separate items");
            }
            if piece.is_empty() || piece.trim() != piece {
                return Err(
                    "must not have an item that is empty or begins or ends with white space, which servers ignore",
                );
            }
        }
    }
    if let Pieces::Fields(fields) = &pieces
        && explode
        && fields.iter().any(|(field, _)| field.contains('='))
    {
        return Err("must not contain `=` in the name of a field");
    }
    let written = pieces.joined(explode, ",");
    if written.trim() != written {
        Err("must not begin or end with white space, which servers ignore")
    } else if !written.bytes().all(|byte| byte == b'\t' || byte == b' ' || byte.is_ascii_graphic()) {
        Err("must contain only printable ASCII characters")
    } else {
        Ok(written)
    }
}

/// Writes the value of a cookie, in the characters of RFC 6265, section 4.1.1; commas separate the items of a list. The
/// specification leaves objects undefined: they are written as percent-encoded JSON.
pub(super) fn cookie(parameter: &Parameter, value: &impl Encode) -> Result<String, Broken> {
    const RULE: Broken =
        "must contain only characters of cookies: no white space, quotes, commas, semicolons or backslashes";
    if parameter.encoding == Encoding::Json {
        return Ok(escaped(&value.json().to_string()));
    }
    match value.plain() {
        object @ Tree::Object(_) => Ok(escaped(&object.to_string())),
        plain => {
            let pieces = Pieces::of(plain);
            let is_octet = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
            if pieces.all().all(|piece| piece.bytes().all(is_octet)) {
                Ok(pieces.joined(false, ","))
            } else {
                Err(RULE)
            }
        }
    }
}

/// Writes a query parameter as pairs.
pub(super) fn query(parameter: &'static Parameter, value: &impl Encode, pairs: &mut Vec<Pair>) -> Result<(), Broken> {
    let Parameter { name, encoding, allow_reserved, .. } = *parameter;
    let mut add = |is_object, text| pairs.push(Pair { order: (is_object, name), text });
    Pairs { name, encoding, allow_reserved, in_form: false }.write(|| value.json(), || value.plain(), &mut add)
}

/// Writes a body as a form. Values that cannot be written are reported with the name of their property.
pub(super) fn form(body: Tree, properties: &[PropertyEncoding], report: &mut dyn FnMut(&str, Broken)) -> String {
    let Tree::Object(fields) = body else {
        report("body", "must be an object with the fields of the form");
        return String::new();
    };
    let mut pairs = Vec::new();
    for (name, value) in fields {
        if value == Tree::Null {
            report(&name, "must not be null, which a form cannot represent");
            continue;
        }
        let known = properties.iter().find(|property| property.name == name);
        let PropertyEncoding { encoding, allow_reserved, .. } = *known.unwrap_or(&PropertyEncoding::new(""));
        let written = Pairs { name: &name, encoding, allow_reserved, in_form: true };
        let value = || value;
        if let Err(rule) = written.write(value.clone(), value, &mut |_, pair| pairs.push(pair)) {
            report(&name, rule);
        }
    }
    pairs.join("&")
}

/// Returns a name and value in style `matrix`, which omits the `=` of an empty value (RFC 6570, section 3.2.7).
fn matrix(name: &str, value: &str) -> String {
    if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") }
}

/// Escapes a name or a value for a query.
pub(super) fn escaped(text: &str) -> String {
    Cow::from(utf8_percent_encode(text, QUERY)).into_owned()
}

/// Formats JSON in ASCII, for a header.
fn ascii(json: &Tree) -> String {
    let mut out = String::new();
    for character in json.to_string().chars() {
        if character.is_ascii() {
            out.push(character);
        } else {
            let mut units = [0; 2];
            out.extend(character.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    out
}
