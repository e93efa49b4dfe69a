//! `--dry-run`: the request as a curl command.

use clientsmith_runtime::api::{ApiSpec, Auth};

use crate::dry_run;
use crate::error::CallError;
use crate::inputs::Inputs;
use crate::options::Options;
use crate::shell::quoted;
use crate::surface::{Subcommand, Surface};

/// Returns the curl command of a call, with the name of the environment variable in place of the key.
pub(crate) async fn command(
    surface: &'static Surface,
    options: &Options,
    subcommand: &Subcommand,
    inputs: &Inputs,
) -> Result<String, CallError> {
    let request = dry_run::request(surface, options, subcommand, inputs).await?;
    Ok(request.map(|request| written(surface.spec.api, &request)).unwrap_or_default())
}

fn written(api: &ApiSpec, request: &reqwest::Request) -> String {
    let variable = format!("${}", api.environment.api_key);
    let mut words = vec![format!("curl {}", quoted(request.url().as_str()))];
    if request.method() != http::Method::GET {
        words.push(format!("--request {}", request.method()));
    }
    authorize(api.auth, &variable, &mut words);
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

/// Adds the options for one key or several.
fn authorize(auth: Auth, variable: &str, words: &mut Vec<String>) {
    words.push(match auth {
        Auth::Bearer => format!("--header \"Authorization: Bearer {variable}\""),
        Auth::Basic => format!("--user \"{variable}\""),
        Auth::Header(name) => format!("--header \"{name}: {variable}\""),
        Auth::Cookie(name) => format!("--cookie \"{name}={variable}\""),
        Auth::Query(name) => format!("--url-query \"{name}={variable}\""),
        Auth::Together(parts) => {
            for part in parts {
                authorize(part.auth, &format!("${}", part.variable), words);
            }
            return;
        }
        Auth::None => return,
    });
}
