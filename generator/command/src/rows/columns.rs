//! The columns of a type, and the cells of its rows.

use clientsmith_runtime::api::{Kind, Object};
use clientsmith_runtime::mock::spec::MockSpec;
use serde_json::value::RawValue;

use crate::json::RawObject;

/// The maximum depth of nested objects with columns of their own.
const DEPTH: usize = 8;
/// The field with the currency of the amounts in the same object.
pub(crate) const CURRENCY: &str = "currency";

/// The columns of a type: its own fields, and fields of nested objects by dotted names.
///
/// If an object with a list of its own is nested in another such object, only its key is a column.
#[derive(Default)]
pub(crate) struct Columns {
    pub(crate) columns: Vec<Column>,
    steps: Vec<FieldStep>,
}

pub(crate) struct Column {
    /// The dotted name, such as `owner.email`.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// The index of the column with the amount's currency.
    pub(crate) currency: Option<usize>,
    /// The number of enclosing objects.
    pub(crate) depth: usize,
    /// Whether the field is the key of an object with a list of its own.
    pub(crate) is_key: bool,
}

/// A field, and the column of its value.
struct FieldStep {
    field: &'static str,
    target: FieldTarget,
}

enum FieldTarget {
    Column(usize),
    Nested(Vec<FieldStep>),
}

impl Columns {
    /// Returns the columns of a type; none if it is not an object.
    pub(crate) fn of(spec: &'static MockSpec, kind: Kind) -> Self {
        let mut found = Self::default();
        if let Kind::Named(name) = kind
            && let Some(object) = spec.api.object(name)
        {
            found.steps = found.add(spec, object, "", 0, 0);
        }
        found
    }

    /// Returns the cells of a row, one per column; `None` for null and for absent fields.
    pub(crate) fn cells<'a>(&self, row: &'a str) -> Vec<Option<&'a RawValue>> {
        let mut cells = vec![None; self.columns.len()];
        fill(&self.steps, row, &mut cells);
        cells
    }

    /// Returns the fields of a row without a column, in order.
    pub(crate) fn others<'a>(&self, row: &'a str) -> Vec<(String, &'a RawValue)> {
        let object = RawObject::parse(row);
        let fields = object.iter().flat_map(RawObject::iter);
        let others = fields.filter(|(name, _)| !self.steps.iter().any(|step| step.field == *name));
        others.map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Adds the fields of an object; `entities` counts the enclosing objects with a list of their own.
    fn add(
        &mut self,
        spec: &'static MockSpec,
        object: &'static Object,
        prefix: &str,
        depth: usize,
        entities: usize,
    ) -> Vec<FieldStep> {
        let collection = spec.collections.iter().find(|collection| collection.schema == object.name);
        let first = self.columns.len();
        let fields = object
            .fields
            .iter()
            .filter(|field| entities < 2 || collection.is_none_or(|collection| collection.key == field.name));
        let steps: Vec<_> = fields
            .map(|field| {
                let inside = match field.kind {
                    Kind::Named(name) if depth < DEPTH => spec.api.object(name),
                    _ => None,
                };
                let target = if let Some(inside) = inside {
                    let is_entity = spec.collections.iter().any(|collection| collection.schema == inside.name);
                    let prefix = format!("{prefix}{}.", field.name);
                    FieldTarget::Nested(self.add(spec, inside, &prefix, depth + 1, entities + usize::from(is_entity)))
                } else {
                    self.columns.push(Column {
                        name: format!("{prefix}{}", field.name),
                        kind: field.kind,
                        currency: None,
                        depth,
                        is_key: collection.is_some_and(|collection| collection.key == field.name),
                    });
                    FieldTarget::Column(self.columns.len() - 1)
                };
                FieldStep { field: field.name, target }
            })
            .collect();
        let currency = steps.iter().find_map(|step| match step.target {
            FieldTarget::Column(column) if step.field == CURRENCY => Some(column),
            _ => None,
        });
        for column in &mut self.columns[first..] {
            if column.depth == depth && matches!(column.kind, Kind::Decimal) {
                column.currency = currency;
            }
        }
        steps
    }
}

fn fill<'a>(steps: &[FieldStep], row: &'a str, cells: &mut [Option<&'a RawValue>]) {
    let Some(object) = RawObject::parse(row) else { return };
    for FieldStep { field, target } in steps {
        let Some(value) = object.get(field).filter(|value| value.get() != "null") else { continue };
        match target {
            FieldTarget::Column(column) => cells[*column] = Some(value),
            FieldTarget::Nested(steps) => fill(steps, value.get(), cells),
        }
    }
}
