//! Assigns each type to a file: that of the first resource whose operations or types use it. Types that error
//! responses of several resources share are in the common file.

use std::collections::BTreeMap;

use super::bodies::failure_kinds;
use super::context::Context;
use crate::document::components;
use crate::model::Home;
use crate::naming::Names;

/// Returns the home of every type that operations reach.
pub(super) fn homes(context: &Context<'_>) -> BTreeMap<String, Home> {
    let mut homes = if context.config.tag_features { by_users(context) } else { by_first_user(context) };
    for name in context.requests.iter().chain(&context.responses).chain(&context.parameters) {
        homes.entry(name.clone()).or_insert(Home::Common);
    }
    // Envelopes are internal and have no type.
    homes.retain(|name, _| !context.internal.contains(name));
    homes
}

/// Returns the resources that need each type, as its home. Types of webhooks have none.
fn by_users(context: &Context<'_>) -> BTreeMap<String, Home> {
    let payloads = context.webhooks.values().filter_map(|operation| context.payload(operation));
    let of_webhooks = context.uses.below(payloads.filter_map(|kind| kind.named().map(str::to_owned)));
    let mut users: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (module, operations) in &context.by_tag {
        let errors = operations.iter().flat_map(|place| failure_kinds(place.operation));
        let errors = errors.filter_map(|kind| kind.named().map(str::to_owned)).filter(|name| context.is_shown(name));
        let direct = operations.iter().flat_map(|operation| context.direct(operation));
        for name in context.uses.below(direct.chain(errors)) {
            users.entry(name).or_default().push(module.clone());
        }
    }
    let mut taken = Names::of(context.by_tag.iter().map(|(module, _)| module.as_str()).chain([Home::COMMON]));
    let mut modules: BTreeMap<Vec<String>, String> = BTreeMap::new();
    let home = |(name, users): (String, Vec<String>)| {
        let home = match &users[..] {
            _ if of_webhooks.contains(&name) || users.len() == context.by_tag.len() => Home::Common,
            [module] => Home::Resource(module.clone()),
            _ => {
                let module = modules.entry(users.clone()).or_insert_with(|| taken.numbered("shared"));
                Home::Shared { module: module.clone(), users }
            }
        };
        (name, home)
    };
    users.into_iter().map(home).collect()
}

/// Returns the first resource that uses a type, as its home.
fn by_first_user(context: &Context<'_>) -> BTreeMap<String, Home> {
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
    homes
}

/// Returns the homes of types in error responses: a resource if only its operations refer to them.
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

/// Assigns the home of a type to the types that it uses, unless they have one.
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
