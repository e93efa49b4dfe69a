//! Writes the README of a standalone crate, which is also the documentation of its root.

use super::example::Examples;
use crate::docs;
use crate::model::{Api, Auth, Credential, Policy, TokenEndpoint};

const INSTALL: &str = include_str!("readme/install.md");
const REQUESTS: &str = include_str!("readme/requests.md");
const LISTS: &str = include_str!("readme/lists.md");
const ERRORS: &str = include_str!("readme/errors.md");
const WEBHOOKS: &str = include_str!("readme/webhooks.md");
const FEATURES: &str = include_str!("readme/features.md");
/// The numbers of resources, and of methods of each, to list; the documentation lists all.
const MOST_RESOURCES: usize = 30;
const MOST_METHODS: usize = 6;

/// Returns the README; `None` without the name of a crate.
pub(crate) fn readme(api: &Api, document: &str) -> Option<String> {
    let name = api.crate_name.as_deref()?;
    let library = name.replace('-', "_");
    let fill = |template: &str| {
        let filled = template.replace("{name}", name).replace("{library}", &library).replace("{document}", document);
        filled.replace("{title}", &docs::markdown(&api.title))
    };
    let has_lists = api.resources.iter().flat_map(|resource| &resource.operations).any(|one| one.paging.is_some());
    let sections = [
        Some(fill(INSTALL)),
        Some(first_call(api, &library)),
        Some(key(&api.policy)),
        Some(resources(api)),
        has_lists.then(|| LISTS.to_owned()),
        Some(errors(api)),
        api.webhooks.as_ref().map(|_| WEBHOOKS.to_owned()),
        Some(fill(FEATURES)),
    ];
    Some(sections.into_iter().flatten().collect::<Vec<_>>().join("\n"))
}

fn first_call(api: &Api, library: &str) -> String {
    let example = api.first_call.and_then(|(resource, operation)| {
        let resource = api.resources.get(resource)?;
        Examples::of_crate(library).program(resource, resource.operations.get(operation)?)
    });
    let example = example.map(|program| format!("```rust,no_run\n{program}```\n"));
    format!("## First call\n{}{REQUESTS}", example.unwrap_or_default())
}

/// Describes the key and the server of the client.
fn key(policy: &Policy) -> String {
    let Policy { api_key_variable: key, base_url_variable: url, base_url, auth, token_endpoint, rate_limit, .. } =
        policy;
    let key = match auth {
        Auth::None => "The document describes no authentication. If the API needs a key, set `auth` in \
                       `generator.toml`, and generate the crate again."
            .to_owned(),
        Auth::Basic => format!(
            "`Client::from_env` reads user name and password from `{key}`, separated by a colon. `Client::new(user, \
             password)` takes them as arguments."
        ),
        Auth::Together(parts) => {
            let list = |part: fn(&Credential) -> String| parts.iter().map(part).collect::<Vec<_>>().join(", ");
            let (variables, arguments) = (list(|part| format!("`{}`", part.variable)), list(|part| part.field.clone()));
            format!(
                "`Client::from_env` reads the keys from {variables}. `Client::new(Credentials {{ {arguments} }})` takes them as fields."
            )
        }
        _ => format!("`Client::from_env` reads the key from `{key}`. `Client::new(api_key)` takes it as an argument."),
    };
    let key = match token_endpoint {
        None => key,
        Some(TokenEndpoint { id_variable, secret_variable, .. }) => format!(
            "`Client::from_env` reads the client id and secret from `{id_variable}` and `{secret_variable}`, and fetches \
             tokens with them. `Client::with_client_credentials(id, secret)` takes them as arguments. To use a token of \
             your own, set `{}`, or call `Client::new(token)`.",
            policy.api_key_variable
        ),
    };
    let server = match base_url.as_str() {
        "" => format!("The document names no server: set `{url}`, or `base_url` of the builder."),
        base_url => format!("Calls go to <{base_url}>. `{url}`, or `base_url` of the builder, names another server."),
    };
    let limit = rate_limit.as_ref().map_or_else(String::new, |(requests, seconds)| {
        let window = if *seconds == 1 { "second".to_owned() } else { format!("{seconds} seconds") };
        format!("\nA client and its clones send at most {requests} requests in any {window}.\n")
    });
    format!("## Key and server\n{key}\n\n{server}\n{limit}")
}

fn errors(api: &Api) -> String {
    let token = match &api.policy.token_endpoint {
        Some(_) => "| `Token` | the client could not fetch a token; nothing was sent |\n",
        None => "",
    };
    let mut operations = api.resources.iter().flat_map(|resource| &resource.operations);
    let keyed = match operations.find_map(|operation| operation.idempotency_key.as_ref()) {
        Some(header) => format!(
            "\nCalls with a `{header}` are retried, too: the client sends a new key with each call, and the same key with \
             its retries. To continue after a crash, set a key of your own and store it first.\n"
        ),
        None => String::new(),
    };
    ERRORS.replace("{token}\n", token) + &keyed
}

fn resources(api: &Api) -> String {
    let rows = api.resources.iter().take(MOST_RESOURCES).map(|resource| {
        let methods = resource.operations.iter().take(MOST_METHODS).map(|one| format!("`{}`", one.method));
        let methods = methods.collect::<Vec<_>>().join(", ");
        let more = match resource.operations.len().saturating_sub(MOST_METHODS) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("| `{}()` | {methods}{more} |\n", resource.module)
    });
    let rows: String = rows.collect();
    let all = match api.resources.len() {
        ..=MOST_RESOURCES => String::new(),
        all => format!("\nThe documentation lists all {all} resources.\n"),
    };
    format!("## Resources\n| method of the client | operations |\n|---|---|\n{rows}{all}")
}
