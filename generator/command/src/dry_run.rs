//! Builds and checks the request of a call without sending it.

use std::sync::{Arc, Mutex, PoisonError};

use clientsmith_runtime::ClientBuilder;
use clientsmith_runtime::middleware::{Attempt, Before, Middleware};
use secrecy::SecretString;

use crate::connect;
use crate::error::CallError;
use crate::inputs::Inputs;
use crate::options::Options;
use crate::surface::{Subcommand, Surface};

/// Placeholders for user name and key, which are never displayed.
const PLACEHOLDERS: [&str; 2] = ["user", "key"];

/// Returns the request without the key; `None` if the call sends nothing.
pub(crate) async fn request(
    surface: &'static Surface,
    options: &Options,
    subcommand: &Subcommand,
    inputs: &Inputs,
) -> Result<Option<reqwest::Request>, CallError> {
    let caught = Capture::default();
    let [user, key] = PLACEHOLDERS;
    let key = surface.spec.api.auth.key(user, key);
    let builder = connect::builder(surface, options, ClientBuilder::new(surface.spec.api, SecretString::from(key)))?
        .middleware(caught.clone());
    let client = connect::build(builder.max_retries(0))?;
    let response = (subcommand.prepare)(&client, inputs)?.send.await;
    let request = caught.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (request, response) {
        (None, Err(error)) => Err(CallError::Client(error)),
        (request, _) => Ok(request),
    }
}

/// Captures the request, and stops the call before it is sent.
#[derive(Clone, Default)]
struct Capture(Arc<Mutex<Option<reqwest::Request>>>);

impl Middleware for Capture {
    fn before<'a>(&'a self, _: &'a Attempt, request: &'a mut reqwest::Request) -> Before<'a> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = request.try_clone();
        Box::pin(std::future::ready(Err("nothing was sent".into())))
    }
}
