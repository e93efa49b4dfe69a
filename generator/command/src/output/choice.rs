//! Which columns of a type are shown.

use crate::columns::{Column, Columns};
use crate::inputs::Usage;
use clientsmith_runtime::api::{Field, Kind};
use clientsmith_runtime::mock::spec::MockSpec;

/// The columns of these names, in their order.
pub(crate) fn chosen(columns: &Columns, names: &[String]) -> Result<Vec<usize>, Usage> {
    let place = |name: &str| columns.columns.iter().position(|column| column.name == name);
    let unknown: Vec<_> = names.iter().filter(|name| place(name).is_none()).map(|name| format!("`{name}`")).collect();
    if unknown.is_empty() {
        return Ok(names.iter().filter_map(|name| place(name)).collect());
    }
    let known: Vec<_> = columns.columns.iter().map(|column| column.name.as_str()).collect();
    let known =
        if known.is_empty() { "this answer has none".to_owned() } else { format!("there are: {}", known.join(", ")) };
    Err(Usage(format!("there is no column {}; {known}", unknown.join(", "))))
}

/// What a table shows unless told otherwise: the fields of the row itself, and of each object of a collection that is
/// in it the one that names it. The key comes first; a currency is beside its amounts.
pub(crate) fn usual(table: &'static MockSpec, kind: Kind, columns: &Columns) -> Vec<usize> {
    let Kind::Named(name) = kind else { return Vec::new() };
    let Some(object) = table.api.object(name) else { return Vec::new() };
    let is_currency = |place| columns.columns.iter().any(|column| column.currency == Some(place));
    let names = object.fields.iter().map(|field| match naming(table, field) {
        Some(inner) => format!("{}.{inner}", field.name),
        None => field.name.to_owned(),
    });
    let places = names.filter_map(|name| columns.columns.iter().position(|column| column.name == name));
    let mut places: Vec<_> = places.filter(|place| !is_currency(*place)).collect();
    places.sort_by_key(|place| match columns.columns.get(*place) {
        Some(column) if column.depth == 0 && column.is_key => 0,
        Some(Column { kind: Kind::List(_) | Kind::Map(_), .. }) => 2,
        _ => 1,
    });
    places
}

/// The field of an object of a collection that people know it by: its `name`, its `email`, or whatever text each of
/// them has; its key if there is no such text.
fn naming(table: &'static MockSpec, field: &Field) -> Option<&'static str> {
    let Kind::Named(schema) = field.kind else { return None };
    let collection = table.collections.iter().find(|collection| collection.schema == schema)?;
    let texts = || table.api.object(schema).into_iter().flat_map(|object| object.fields).filter(|field| is_text(field));
    let called = |name| texts().find(|field| field.name == name);
    let naming = called("name").or_else(|| called("email")).or_else(|| texts().find(|field| field.required));
    Some(naming.map_or(collection.key, |field| field.name))
}

fn is_text(field: &Field) -> bool {
    matches!(field.kind, Kind::String)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::TABLE;

    fn names(columns: &Columns, places: &[usize]) -> String {
        let names: Vec<_> = places.iter().map(|place| columns.columns[*place].name.as_str()).collect();
        names.join(" ")
    }

    #[test]
    fn the_usual_columns() {
        for (name, expected) in [
            ("Sale", "id seller_name note amount count made_at seller.email receipt.id"),
            ("Person", "id email visits team.title links"),
            ("Link", "url code"),
            ("Nothing", ""),
        ] {
            let columns = Columns::of(&TABLE, Kind::Named(name));
            assert_eq!(names(&columns, &usual(&TABLE, Kind::Named(name), &columns)), expected);
        }
        assert!(usual(&TABLE, Kind::String, &Columns::of(&TABLE, Kind::String)).is_empty());
    }

    #[test]
    fn columns_are_chosen_by_name() {
        let columns = Columns::of(&TABLE, Kind::Named("Link"));
        assert_eq!(names(&columns, &chosen(&columns, &["code".into(), "url".into()]).unwrap()), "code url");
        let Usage(refusal) = chosen(&columns, &["cod".into(), "url".into(), "x".into()]).unwrap_err();
        assert_eq!(refusal, "there is no column `cod`, `x`; there are: url, code");
    }
}
