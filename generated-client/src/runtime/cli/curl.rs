//! `--dry-run`: the request that would be sent, as a curl command.

use std::sync::{Arc, Mutex, PoisonError};

use secrecy::SecretString;

use super::connect;
use super::failure::Failed;
use super::inputs::Inputs;
use super::options::Options;
use super::shell::quoted;
use super::surface::{Surface, Verb};
use crate::runtime::middleware::{Attempt, Before, Middleware};
use crate::runtime::{Auth, Policy};

/// What holds the place of the key; it reaches no request that is printed.
const PLACEHOLDER: [&str; 2] = ["user:key", "key"];

/// The command for a call, with the name of the environment variable in the place of the key.
pub(crate) async fn command(
    surface: &'static Surface,
    options: &Options,
    verb: &Verb,
    inputs: &Inputs,
) -> Result<String, Failed> {
    let policy = surface.table.policy;
    let caught = Caught::default();
    let key = PLACEHOLDER[usize::from(policy.auth != Auth::Basic)];
    let builder = connect::builder(surface, options, SecretString::from(key))?.middleware(caught.clone());
    let client = connect::build(builder.max_retries(0))?;
    let answer = (verb.prepare)(&client, inputs)?.send.await;
    let request = caught.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (request, answer) {
        (Some(request), _) => Ok(written(policy, &request)),
        (None, Err(error)) => Err(Failed::Call(error)),
        (None, Ok(_)) => Ok(String::new()),
    }
}

/// Keeps the request and lets nothing leave.
#[derive(Clone, Default)]
struct Caught(Arc<Mutex<Option<reqwest::Request>>>);

impl Middleware for Caught {
    fn before<'a>(&'a self, _: &'a Attempt, request: &'a mut reqwest::Request) -> Before<'a> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = request.try_clone();
        Box::pin(std::future::ready(Err("nothing is sent".into())))
    }
}

fn written(policy: &Policy, request: &reqwest::Request) -> String {
    let variable = format!("${}", policy.api_key_variable);
    let mut words = vec![format!("curl {}", quoted(request.url().as_str()))];
    if request.method() != http::Method::GET {
        words.push(format!("--request {}", request.method()));
    }
    match policy.auth {
        Auth::Bearer => words.push(format!("--header \"Authorization: Bearer {variable}\"")),
        Auth::Basic => words.push(format!("--user \"{variable}\"")),
        Auth::Header(name) => words.push(format!("--header \"{name}: {variable}\"")),
        Auth::Cookie(name) => words.push(format!("--cookie \"{name}={variable}\"")),
        Auth::Query(name) => words.push(format!("--url-query \"{name}={variable}\"")),
        Auth::None => {}
    }
    for (name, value) in request.headers() {
        words.push(format!("--header {}", quoted(&format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))));
    }
    if let Some(body) = request.body().and_then(reqwest::Body::as_bytes) {
        match std::str::from_utf8(body) {
            Ok(text) => words.push(format!("--data-raw {}", quoted(text))),
            Err(_) => words.push("--data-binary @BODY".to_owned()),
        }
    }
    words.join(" \\\n  ")
}
