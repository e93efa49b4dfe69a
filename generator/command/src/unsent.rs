//! The request of a call, made and checked like any other, and sent to nobody.

use std::sync::{Arc, Mutex, PoisonError};

use secrecy::SecretString;

use super::connect;
use super::failure::Failed;
use super::inputs::Inputs;
use super::options::Options;
use super::surface::{Surface, Verb};
use clientsmith_runtime::api::Auth;
use clientsmith_runtime::middleware::{Attempt, Before, Middleware};

/// What holds the place of the key, which nobody is shown.
const PLACEHOLDER: [&str; 2] = ["user:key", "key"];

/// The request, without the key; none if there is nothing to send.
pub(crate) async fn request(
    surface: &'static Surface,
    options: &Options,
    verb: &Verb,
    inputs: &Inputs,
) -> Result<Option<reqwest::Request>, Failed> {
    let caught = Caught::default();
    let key = PLACEHOLDER[usize::from(surface.mock.api.auth != Auth::Basic)];
    let builder = connect::builder(surface, options, SecretString::from(key))?.middleware(caught.clone());
    let client = connect::build(builder.max_retries(0))?;
    let answer = (verb.prepare)(&client, inputs)?.send.await;
    let request = caught.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (request, answer) {
        (None, Err(error)) => Err(Failed::Call(error)),
        (request, _) => Ok(request),
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
