//! Writes the README of a standalone crate, which is also the documentation of its root.

use super::example::Examples;
use crate::docs;
use crate::kind::Kind;
use crate::model::{Api, Auth, Credential, Operation, Policy, Resource, Response, TokenEndpoint};
use crate::naming::ALL_TAGS;

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
        streams(api),
        Some(errors(api)),
        api.webhooks.as_ref().map(|_| WEBHOOKS.to_owned()),
        Some(fill(FEATURES).replace("{tags}", &tags(api))),
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

/// Describes bodies that are sent or received piece by piece, with the first operation of each kind.
fn streams(api: &Api) -> Option<String> {
    let operations = || {
        let resources = api.resources.iter();
        resources.flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)))
    };
    let call = |(resource, operation): (&Resource, &Operation)| format!("{}().{}", resource.module, operation.method);
    let returns = |is: fn(&Response) -> bool| operations().find(|(_, operation)| is(&operation.response)).map(call);
    let events = returns(|response| matches!(response, Response::Events(_)));
    let lines = returns(|response| matches!(response, Response::Lines(_)));
    let stream = operations().find(|(_, operation)| operation.stream.is_some());
    let file = returns(Response::is_file);
    let upload =
        operations().find(|(_, operation)| operation.body.as_ref().is_some_and(|body| body.kind == Kind::Upload));
    let rows = [
        events.map(|call| {
            format!("`{call}` returns a stream of events: `events.next().await` until `None`. After a lost connection it continues after the last event, if events have ids.")
        }),
        lines.map(|call| format!("`{call}` returns a stream of values: `lines.next().await` until `None`.")),
        stream.map(|(resource, operation)| {
            let is_lines = operation.stream.as_ref().is_some_and(|stream| matches!(stream.response, Response::Lines(_)));
            let method = if is_lines { "lines" } else { "events" };
            format!("`.{method}()` on `{}` requests a stream in place of the whole response.", call((resource, operation)))
        }),
        file.map(|call| {
            format!("`{call}` returns the whole body. `.save_to(path)` writes it to a file, and `.download()` returns it chunk by chunk, both without a size limit.")
        }),
        upload.map(call).map(|call| {
            format!("`{call}` sends bytes, `Upload::file(path)`, `Upload::stream(stream, length)` or `Upload::reader(reader, length)`; files and streams are not held in memory.")
        }),
        api.has_files.then(|| "Files in forms are `FilePart::file(path)`, or `FilePart::new` with bytes or an `Upload`.".to_owned()),
    ];
    let rows: Vec<_> = rows.into_iter().flatten().map(|row| format!("- {row}\n")).collect();
    let timeouts = "\nThe timeout applies to each piece of such a body.\n";
    (!rows.is_empty()).then(|| format!("## Streams and files\n{}{timeouts}", rows.concat()))
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
    let mut streams = String::new();
    if api.has_files || api.has_uploads() {
        streams += "| `Upload` | a file or stream to send cannot be read |\n";
    }
    if api.has_downloads() {
        streams += "| `Save` | a file cannot be written; it is unchanged |\n";
    }
    ERRORS.replace("{token}\n", token).replace("{streams}\n", &streams) + &keyed
}

/// Describes the features of tags, as rows of the features' table and a paragraph.
fn tags(api: &Api) -> String {
    let features = api.tag_features();
    let Some(first) = features.first() else { return String::new() };
    let names: Vec<_> = features.iter().map(|name| format!("`{name}`")).collect();
    format!(
        "| `{ALL_TAGS}` | yes | all operations |\n\n\
         Each tag is a feature, with the types that its operations need: {}. To compile one tag only:\n\
         ```toml\n\
         default-features = false\n\
         features = [\"rustls\", \"gzip\", \"tracing\", \"{first}\"]\n\
         ```\n",
        names.join(", ")
    )
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
