//! Which file each type lives in: that of the first resource whose operations name it, or whose types use it.
//! What error responses of several resources have in common is in none of theirs.

use std::collections::BTreeMap;

use super::bodies::failure_kinds;
use super::context::Context;
use crate::document::components;
use crate::model::Home;

/// The home of every type that operations reach.
pub(super) fn homes(context: &Context<'_>) -> BTreeMap<String, Home> {
    let mut homes: BTreeMap<String, Home> = BTreeMap::new();
    for (module, operations) in &context.by_tag {
        for operation in operations {
            for name in context.direct(operation) {
                homes.entry(name).or_insert_with(|| Home::Resource(module.clone()));
            }
        }
    }
    for (name, home) in error_responses(context) {
        homes.entry(name).or_insert(home);
    }
    let order: Vec<String> = components(context.openapi).map(|(name, _)| name.clone()).collect();
    for name in order {
        if let Some(home) = homes.get(&name).cloned() {
            settle(context, &name, &home, &mut homes);
        }
    }
    for name in context.requests.iter().chain(&context.responses).chain(&context.parameters) {
        homes.entry(name.clone()).or_insert(Home::Common);
    }
    // Users never see envelopes: they have no type.
    homes.retain(|name, _| !context.internal.contains(name));
    homes
}

/// The homes of what error responses name: a resource if only its operations do.
fn error_responses(context: &Context<'_>) -> BTreeMap<String, Home> {
    let mut homes = BTreeMap::new();
    for (module, operations) in &context.by_tag {
        let kinds = operations.iter().flat_map(|place| failure_kinds(place.operation));
        let names = kinds.filter_map(|kind| kind.named().map(str::to_owned));
        for name in names.filter(|name| context.is_shown(name)) {
            let own = Home::Resource(module.clone());
            let home = homes.entry(name).or_insert_with(|| own.clone());
            if *home != own {
                *home = Home::Common;
            }
        }
    }
    homes
}

/// Gives what a type uses the same home, unless it has one.
fn settle(context: &Context<'_>, name: &str, home: &Home, homes: &mut BTreeMap<String, Home>) {
    let mut queue = vec![name];
    while let Some(name) = queue.pop() {
        for used in context.uses.by(name) {
            if !homes.contains_key(used) {
                homes.insert(used.clone(), home.clone());
                queue.push(used);
            }
        }
    }
}
