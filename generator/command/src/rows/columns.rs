//! Objects as rows of cells: which columns a type has, and what a row has in them.

use clientsmith_runtime::api::{Kind, Object};
use clientsmith_runtime::mock::spec::MockSpec;
use serde_json::value::RawValue;

use crate::json::RawObject;

/// How deep columns go into objects inside objects.
const DEPTH: usize = 8;
/// The field that says which currency the amounts beside it are in.
pub(crate) const CURRENCY: &str = "currency";

/// The columns of a type: its own fields, and those of the objects inside it with a dot in between.
///
/// Of an object inside an object that can be read by itself only the key is there: the rest is one call away.
#[derive(Default)]
pub(crate) struct Columns {
    pub(crate) columns: Vec<Column>,
    steps: Vec<FieldStep>,
}

pub(crate) struct Column {
    /// `owner.email`
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// The column with the currency of an amount.
    pub(crate) currency: Option<usize>,
    /// How many objects it is inside of.
    pub(crate) depth: usize,
    /// Whether it is the key of an object that can be read by itself.
    pub(crate) is_key: bool,
}

/// What to do with a field of an object.
struct FieldStep {
    field: &'static str,
    target: Target,
}

enum Target {
    Column(usize),
    Nested(Vec<FieldStep>),
}

impl Columns {
    /// Those of a type of the table; none if it is no object.
    pub(crate) fn of(spec: &'static MockSpec, kind: Kind) -> Self {
        let mut found = Self::default();
        if let Kind::Named(name) = kind
            && let Some(object) = spec.api.object(name)
        {
            found.steps = found.add(spec, object, "", 0, 0);
        }
        found
    }

    /// What a row has in each column; none where it has nothing there, or null.
    pub(crate) fn cells<'a>(&self, row: &'a str) -> Vec<Option<&'a RawValue>> {
        let mut cells = vec![None; self.columns.len()];
        fill(&self.steps, row, &mut cells);
        cells
    }

    /// The fields of a row itself that are in no column, in their order.
    pub(crate) fn others<'a>(&self, row: &'a str) -> Vec<(String, &'a RawValue)> {
        let object = RawObject::parse(row);
        let fields = object.iter().flat_map(RawObject::iter);
        let others = fields.filter(|(name, _)| !self.steps.iter().any(|step| step.field == *name));
        others.map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Adds the fields of an object; `entities` counts the objects around it that can be read by themselves.
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
                    Target::Nested(self.add(spec, inside, &prefix, depth + 1, entities + usize::from(is_entity)))
                } else {
                    self.columns.push(Column {
                        name: format!("{prefix}{}", field.name),
                        kind: field.kind,
                        currency: None,
                        depth,
                        is_key: collection.is_some_and(|collection| collection.key == field.name),
                    });
                    Target::Column(self.columns.len() - 1)
                };
                FieldStep { field: field.name, target }
            })
            .collect();
        let currency = steps.iter().find_map(|step| match step.target {
            Target::Column(column) if step.field == CURRENCY => Some(column),
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
            Target::Column(column) => cells[*column] = Some(value),
            Target::Nested(steps) => fill(steps, value.get(), cells),
        }
    }
}
