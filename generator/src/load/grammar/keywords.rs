//! The effect of every field of the tables: it changes the client, is checked before sending, is documented, causes a
//! warning, or has no effect for a stated reason. No field is lost in silence.

use std::collections::BTreeSet;

use serde_yaml::Value as Yaml;

use super::{DOCUMENT, Kind, Object, Others, SWAGGER, V20, V30, V31, V32, Versions};
use crate::{FileSet, Input, Source, generate_crate};

/// The rows: versions, object, key, place, value, another value, effect, and the reason if there is none.
const ROWS: &str = include_str!("keywords/rows.txt");
const DOCUMENTS: [(Versions, &str, &str); 4] = [
    (V20, "", include_str!("keywords/swagger.yaml")),
    (V30, "openapi: 3.0.3\n", include_str!("keywords/openapi.yaml")),
    (V31, "openapi: 3.1.0\n", include_str!("keywords/openapi.yaml")),
    (V32, "openapi: 3.2.0\n", include_str!("keywords/openapi.yaml")),
];
/// The effect of fields without a meaning for the client; a reason follows.
const NOTHING: &str = "nothing";

struct Row {
    line: usize,
    versions: Versions,
    object: &'static str,
    key: &'static str,
    place: String,
    /// `None` removes the key.
    values: [Option<&'static str>; 2],
    effect: &'static str,
}

fn rows() -> Vec<Row> {
    let lines = ROWS.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let parsed = lines.map(|(index, line)| {
        let cells: Vec<_> = line.split(" | ").map(str::trim).collect();
        let [versions, object, key, place, value, other, effect] = cells[..] else { panic!("{line}") };
        let value_of = |cell: &'static str| Some(cell).filter(|cell| *cell != "-");
        Row {
            line: index + 1,
            versions: versions.split(' ').fold(0, |all, version| all | numbered(version)),
            object,
            key,
            place: place.to_owned(),
            values: [value_of(value), value_of(other)],
            effect,
        }
    });
    parsed.collect()
}

fn numbered(version: &str) -> Versions {
    match version {
        "2.0" => V20,
        "3.0" => V30,
        "3.1" => V31,
        "3.2" => V32,
        other => panic!("{other} is no version"),
    }
}

#[test]
fn every_field_has_its_effect() {
    let mut wrong = Vec::new();
    for row in rows() {
        for (version, heading, document) in DOCUMENTS.iter().filter(|(version, ..)| row.versions & version != 0) {
            let found = effect(&row, *version, &format!("{heading}{document}"));
            let expected = row.effect.split(": ").next().unwrap_or_default();
            let has_reason = row.effect.len() > expected.len() + 2;
            if !found.starts_with(expected) || (expected == NOTHING && !has_reason) {
                wrong.push(format!("{}: {} {} in {version}: {found}", row.line, row.object, row.key));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_field_has_a_row() {
    let mut fields = BTreeSet::new();
    for (object, versions) in [(&SWAGGER, V20), (&DOCUMENT, V30 | V31 | V32)] {
        collect(object, versions, &mut fields, &mut Vec::new());
    }
    let known: BTreeSet<_> = rows()
        .iter()
        .flat_map(|row| {
            let versions = [V20, V30, V31, V32].into_iter().filter(|version| row.versions & version != 0);
            versions.map(|version| (row.object, row.key, version)).collect::<Vec<_>>()
        })
        .collect();
    let missing: Vec<_> = fields.difference(&known).collect();
    let unknown: Vec<_> = known.difference(&fields).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "missing: {missing:#?}\nunknown: {unknown:#?}");
}

type FieldOf = (&'static str, &'static str, Versions);

fn collect(object: &'static Object, versions: Versions, fields: &mut BTreeSet<FieldOf>, seen: &mut Vec<*const Object>) {
    if seen.contains(&std::ptr::from_ref(object)) {
        return;
    }
    seen.push(object);
    let name = object.name.rsplit(' ').next().unwrap_or_default().trim_matches('`');
    let mut kinds: Vec<&'static Kind> = Vec::new();
    for field in object.fields {
        let own = [V20, V30, V31, V32].into_iter().filter(|version| field.versions & versions & version != 0);
        fields.extend(own.map(|version| (name, field.key, version)));
        kinds.push(&field.kind);
    }
    if let Others::Keys(_, kind) = &object.others {
        kinds.push(kind);
    }
    for kind in kinds {
        if let Kind::Object(inner)
        | Kind::ObjectOrList(inner)
        | Kind::ListOf(inner)
        | Kind::MapOf(inner)
        | Kind::FlagOr(inner) = kind
        {
            collect(inner, versions, fields, seen);
        }
    }
}

/// Generates the crate with both values of the field, and describes the difference.
fn effect(row: &Row, version: Versions, document: &str) -> String {
    let generated = |value: Option<&str>| {
        let mut yaml: Yaml = serde_yaml::from_str(document).expect("the document is YAML");
        set(&mut yaml, row, version, value);
        let text = serde_yaml::to_string(&yaml).expect("YAML");
        generate_crate(&Input::new(Source::new("a.yaml", text), Source::new("a.toml", "")))
            .map_err(|found| found[0].to_string())
    };
    let (with, without) = match (generated(row.values[0]), generated(row.values[1])) {
        (Ok(with), Ok(without)) => (with, without),
        (Err(error), _) | (_, Err(error)) => return format!("rejected: {error}"),
    };
    let known: Vec<_> = without.warnings().iter().map(|one| &one.message).collect();
    if let Some(warning) = with.warnings().iter().find(|one| !known.contains(&&one.message)) {
        return format!("warned: {}", warning.message);
    }
    let added: Vec<_> = lines(&with).difference(&lines(&without)).cloned().collect();
    let is_doc = |line: &&String| line.starts_with("///") || line.starts_with("//!");
    let code: Vec<_> = added.iter().filter(|line| !is_doc(line)).collect();
    match (code.iter().find(|line| line.contains("Rule::")), code.first(), added.first()) {
        (Some(line), ..) => format!("checked: {line}"),
        (None, Some(line), _) => format!("carried: {line}"),
        (None, None, Some(line)) => format!("documented: {line}"),
        (None, None, None) if lines(&without) != lines(&with) => "carried: fewer lines".to_owned(),
        (None, None, None) => NOTHING.to_owned(),
    }
}

/// The lines of all generated files except for copies of the inputs and the provenance.
fn lines(files: &FileSet) -> BTreeSet<String> {
    let files = files.iter().filter(|(name, _)| !name.contains("/inputs/"));
    let lines = files.flat_map(|(_, text)| text.lines().map(str::trim).map(str::to_owned));
    lines.filter(|line| !line.contains("spec ") && !line.contains("SPEC_HASH")).collect()
}

/// Sets or removes the key; `B.s` is the property `s` of the schema `B`.
fn set(document: &mut Yaml, row: &Row, version: Versions, value: Option<&str>) {
    let schemas = if version == V20 { "/definitions" } else { "/components/schemas" };
    let place = match row.place.strip_prefix("B.") {
        Some(property) => format!("{schemas}/B/properties/{property}"),
        None => row.place.replace("SCHEMAS", schemas),
    };
    let mut holder = document;
    for step in crate::source::steps(&place) {
        holder = match holder {
            Yaml::Sequence(items) => &mut items[step.parse::<usize>().expect("an index")],
            holder => {
                let entries = holder.as_mapping_mut().unwrap_or_else(|| panic!("no map at {place}"));
                entries.entry(step.into()).or_insert_with(|| Yaml::Mapping(serde_yaml::Mapping::new()))
            }
        };
    }
    let entries = holder.as_mapping_mut().expect("a map");
    match value {
        None => {
            entries.shift_remove(row.key);
        }
        // Braces at both ends set several keys.
        Some(text) if text.starts_with("with ") => {
            let more: Yaml = serde_yaml::from_str(&text[5..]).expect("YAML");
            entries.extend(more.as_mapping().expect("a map").clone());
        }
        Some(text) => {
            entries.insert(row.key.into(), serde_yaml::from_str(text).expect("YAML"));
        }
    }
}
