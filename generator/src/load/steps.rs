//! Follows the steps of a JSON pointer.

use serde_yaml::Value as Yaml;

/// Returns the value one step below.
pub(super) fn child<'a>(value: &'a Yaml, step: &str) -> Option<&'a Yaml> {
    match value {
        Yaml::Sequence(items) => items.get(step.parse::<usize>().ok()?),
        value => value.get(step),
    }
}

pub(super) fn find<'a>(value: &'a Yaml, steps: &[String]) -> Option<&'a Yaml> {
    steps.iter().try_fold(value, |value, step| child(value, step))
}

pub(super) fn find_mut<'a>(value: &'a mut Yaml, steps: &[String]) -> Option<&'a mut Yaml> {
    steps.iter().try_fold(value, |value, step| match value {
        Yaml::Mapping(entries) => entries.get_mut(step.as_str()),
        Yaml::Sequence(items) => items.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    })
}
