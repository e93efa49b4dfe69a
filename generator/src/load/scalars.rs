//! Rewrites scalars that the reader would misread.
//!
//! - An integer beyond 64 bits is a float, as in JSON.
//! - A number or boolean in the `enum` of a string schema becomes the string that the author wrote: `[1.0, true]` is
//!   `["1.0", "true"]`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, ScalarStyle};

use super::Yaml;

/// Collects the scalars to rewrite from the parser's events.
#[derive(Default)]
pub(super) struct Scalars {
    open: Vec<Open>,
    /// Replacements, by the index of the scalar's first character.
    edits: BTreeMap<usize, Edit>,
}

struct Edit {
    old: String,
    new: String,
}

/// An open collection.
enum Open {
    Mapping(Mapping),
    /// Whether it is the `enum` of the mapping around it.
    Sequence {
        of_values: bool,
    },
}

#[derive(Default)]
struct Mapping {
    /// The key of the next value.
    key: Option<String>,
    of_strings: bool,
    /// The edits of its values, applied if the mapping describes strings.
    values: Vec<(usize, Edit)>,
}

impl Scalars {
    pub(super) fn add(&mut self, event: &Event<'_>, at: Marker) {
        match event {
            Event::MappingStart(..) => self.open.push(Open::Mapping(Mapping::default())),
            Event::SequenceStart(..) => {
                let of_values =
                    matches!(self.open.last(), Some(Open::Mapping(outer)) if outer.key.as_deref() == Some("enum"));
                self.open.push(Open::Sequence { of_values });
            }
            Event::MappingEnd => {
                if let Some(Open::Mapping(mapping)) = self.open.pop()
                    && mapping.of_strings
                {
                    self.edits.extend(mapping.values);
                }
                self.end_value();
            }
            Event::SequenceEnd => {
                self.open.pop();
                self.end_value();
            }
            Event::Scalar(text, style, _, tag) => {
                let is_plain = *style == ScalarStyle::Plain && tag.is_none();
                self.scalar(text, is_plain, at.index());
            }
            Event::Alias(_) => self.end_value(),
            _ => {}
        }
    }

    fn scalar(&mut self, text: &str, is_plain: bool, index: usize) {
        if let Some(Open::Mapping(mapping)) = self.open.last_mut() {
            let Some(key) = &mapping.key else {
                mapping.key = Some(text.to_owned());
                return;
            };
            mapping.of_strings |= key == "type" && text == "string";
        }
        if is_plain && is_large(text) {
            self.edits.insert(index, Edit { old: text.to_owned(), new: format!("{text}.0") });
        }
        if let [.., Open::Mapping(schema), Open::Sequence { of_values: true }] = &mut self.open[..]
            && is_plain
            && is_no_string(text)
        {
            // Only digits, letters and signs have another meaning, so there is nothing to escape.
            schema.values.push((index, Edit { old: text.to_owned(), new: format!("\"{text}\"") }));
        }
        self.end_value();
    }

    fn end_value(&mut self) {
        if let Some(Open::Mapping(mapping)) = self.open.last_mut() {
            mapping.key = None;
        }
    }

    /// Returns the source with all edits applied.
    pub(super) fn write(self, text: &str) -> Cow<'_, str> {
        if self.edits.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut written = String::with_capacity(text.len() + 2 * self.edits.len());
        let (mut rest, mut index) = (text, 0);
        for (at, Edit { old, new }) in self.edits {
            let start = rest.char_indices().nth(at - index).map_or(rest.len(), |(start, _)| start);
            let (before, after) = rest.split_at(start);
            written.push_str(before);
            (rest, index) = (after, at);
            // A scalar in another form, such as over several lines, is left unchanged.
            if let Some(after) = rest.strip_prefix(&old) {
                written.push_str(&new);
                (rest, index) = (after, at + old.chars().count());
            }
        }
        written.push_str(rest);
        Cow::Owned(written)
    }
}

/// Whether a scalar is an integer beyond 64 bits.
fn is_large(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.len() > 18
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
        && text.parse::<u64>().is_err()
        && text.parse::<i64>().is_err()
}

/// Whether a scalar is a number or boolean; an empty scalar and null are neither.
fn is_no_string(text: &str) -> bool {
    is_large(text) || matches!(serde_yaml::from_str(text), Ok(Yaml::Number(_) | Yaml::Bool(_)))
}

#[cfg(test)]
mod tests {
    use saphyr_parser::Parser;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut scalars = Scalars::default();
        for event in Parser::new_from_str(text) {
            let (event, span) = event.expect("YAML");
            scalars.add(&event, span.start);
        }
        assert_eq!(scalars.write(text), expected);
    }

    #[test]
    fn values_of_strings_are_strings() {
        check(
            "é: {enum: [1, 1.0, 0x1F, 1e3, -.5, True, no, 2024-01-01, null, ~, \"2\"], type: string}",
            "é: {enum: [\"1\", \"1.0\", \"0x1F\", \"1e3\", \"-.5\", \"True\", no, 2024-01-01, null, ~, \"2\"], type: string}",
        );
        check(
            "type: string\nenum:\n- 1\n- 18446744073709551616\n",
            "type: string\nenum:\n- \"1\"\n- \"18446744073709551616\"\n",
        );
        check(r#"{"type": "string", "enum": [1.50, false]}"#, r#"{"type": "string", "enum": ["1.50", "false"]}"#);
        check(
            "a: {type: string, enum: [1], default: 1}\nb: [2]",
            "a: {type: string, enum: [\"1\"], default: 1}\nb: [2]",
        );
    }

    #[test]
    fn other_values_stay() {
        for text in [
            "{type: integer, enum: [1, 2]}",
            "{enum: [1], items: {type: string}}",
            "{type: string, enum: [!!str 1, &a x, *a]}",
            "{type: {type: string}, enum: {enum: [1]}}",
            "{type: string, enum: [a, [1]], x: 1}",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn integers_beyond_64_bits_are_floats() {
        check(
            "[18446744073709551615, 18446744073709551616, -9223372036854775808, -9223372036854775809, '18446744073709551616']",
            "[18446744073709551615, 18446744073709551616.0, -9223372036854775808, -9223372036854775809.0, '18446744073709551616']",
        );
        check(
            "a: 18446744073709551616 # large\r\nb: 18446744073709551616",
            "a: 18446744073709551616.0 # large\r\nb: 18446744073709551616.0",
        );
        check("18446744073709551616: 00000000000000000001", "18446744073709551616: 00000000000000000001");
    }
}
