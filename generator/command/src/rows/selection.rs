//! Selects the columns of a table or CSV file.

use clientsmith_runtime::api::{Field, Kind};
use clientsmith_runtime::mock::spec::MockSpec;

use super::columns::{Column, Columns};
use crate::inputs::Usage;

/// Returns the columns with these names, in the order of the names.
pub(crate) fn named(columns: &Columns, names: &[String]) -> Result<Vec<usize>, Usage> {
    let position = |name: &str| columns.columns.iter().position(|column| column.name == name);
    let unknown: Vec<_> =
        names.iter().filter(|name| position(name).is_none()).map(|name| format!("`{name}`")).collect();
    if unknown.is_empty() {
        return Ok(names.iter().filter_map(|name| position(name)).collect());
    }
    let known: Vec<_> = columns.columns.iter().map(|column| column.name.as_str()).collect();
    let known = if known.is_empty() {
        "this response has no columns".to_owned()
    } else {
        format!("the columns are {}", known.join(", "))
    };
    Err(Usage(format!("unknown column {}; {known}", unknown.join(", "))))
}

/// Returns the default columns of a table: the fields of the row, and one label field of each related object. The key
/// is first. Currencies are omitted, because amounts include them.
pub(crate) fn default_columns(spec: &'static MockSpec, kind: Kind, columns: &Columns) -> Vec<usize> {
    let Kind::Named(name) = kind else { return Vec::new() };
    let Some(object) = spec.api.object(name) else { return Vec::new() };
    let is_currency = |position| columns.columns.iter().any(|column| column.currency == Some(position));
    let names = object.fields.iter().map(|field| match label_field(spec, field) {
        Some(inner) => format!("{}.{inner}", field.name),
        None => field.name.to_owned(),
    });
    let positions = names.filter_map(|name| columns.columns.iter().position(|column| column.name == name));
    let mut positions: Vec<_> = positions.filter(|position| !is_currency(*position)).collect();
    positions.sort_by_key(|position| match columns.columns.get(*position) {
        Some(column) if column.depth == 0 && column.is_key => 0,
        Some(Column { kind: Kind::List(_) | Kind::Map(_), .. }) => 2,
        _ => 1,
    });
    positions
}

/// Returns the label field of an object: `name`, `email`, or the first required string; otherwise the key.
fn label_field(spec: &'static MockSpec, field: &Field) -> Option<&'static str> {
    let Kind::Named(schema) = field.kind else { return None };
    let collection = spec.collections.iter().find(|collection| collection.schema == schema)?;
    let texts = || spec.api.object(schema).into_iter().flat_map(|object| object.fields).filter(|field| is_text(field));
    let called = |name| texts().find(|field| field.name == name);
    let label_field = called("name").or_else(|| called("email")).or_else(|| texts().find(|field| field.required));
    Some(label_field.map_or(collection.key, |field| field.name))
}

fn is_text(field: &Field) -> bool {
    matches!(field.kind, Kind::String)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::SPEC;

    fn names(columns: &Columns, positions: &[usize]) -> String {
        let names: Vec<_> = positions.iter().map(|position| columns.columns[*position].name.as_str()).collect();
        names.join(" ")
    }

    #[test]
    fn the_default_columns() {
        for (name, expected) in [
            ("Sale", "id seller_name note amount count made_at seller.email receipt.id"),
            ("Person", "id email visits team.title links"),
            ("Link", "url code"),
            ("Nothing", ""),
        ] {
            let columns = Columns::of(&SPEC, Kind::Named(name));
            assert_eq!(names(&columns, &default_columns(&SPEC, Kind::Named(name), &columns)), expected);
        }
        assert!(default_columns(&SPEC, Kind::String, &Columns::of(&SPEC, Kind::String)).is_empty());
    }

    #[test]
    fn columns_are_selected_by_name() {
        let columns = Columns::of(&SPEC, Kind::Named("Link"));
        assert_eq!(names(&columns, &named(&columns, &["code".into(), "url".into()]).unwrap()), "code url");
        let Usage(message) = named(&columns, &["cod".into(), "url".into(), "x".into()]).unwrap_err();
        assert_eq!(message, "unknown column `cod`, `x`; the columns are url, code");
    }
}
