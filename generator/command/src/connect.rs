//! Builds a client of the API or of a mock server, from options and environment.

use std::env::{self, VarError};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clientsmith_runtime::api::Auth;
use clientsmith_runtime::mock::{Server, ServerBuilder};
use clientsmith_runtime::{Client, ClientBuilder, Error, RateLimit};
use secrecy::{ExposeSecret, SecretString};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::options::{MockSetting, Options, RateSetting};
use crate::surface::Surface;

/// A client and its server.
pub(crate) struct Connection {
    pub(crate) client: Client,
    /// Identifies the account: only exports of the same account are resumed.
    pub(crate) key: SecretString,
    mock: Option<(Server<Client>, Option<PathBuf>)>,
}

/// Connects to the API, or starts a mock server.
pub(crate) fn connect(surface: &'static Surface, options: &Options) -> Result<Connection, CommandError> {
    let file = match &options.mock {
        MockSetting::Off => {
            let (start, key) = credentials(surface, options)?;
            let client = build(builder(surface, options, start)?)?;
            return Ok(Connection { client, key, mock: None });
        }
        MockSetting::InMemory => None,
        MockSetting::File(file) => Some(file.clone()),
    };
    let server = mock_server(surface, options, file.as_deref())?;
    let key = SecretString::from(server.api_key());
    let client = build(settings(server.client_builder(), surface, options))?;
    Ok(Connection { client, key, mock: Some((server, file)) })
}

/// Sets the server and other settings of a client of the API.
pub(crate) fn builder(
    surface: &'static Surface,
    options: &Options,
    mut builder: ClientBuilder<Client>,
) -> Result<ClientBuilder<Client>, CommandError> {
    let api = surface.spec.api;
    let url = match (&options.base_url, env::var(api.environment.base_url)) {
        (Some(url), _) => Some(url.clone()),
        (None, Ok(url)) => Some(url).filter(|url| !url.is_empty()),
        (None, Err(VarError::NotPresent)) => None,
        (None, Err(VarError::NotUnicode(_))) => {
            return Err(CommandError::new(Exit::Usage, format!("{} is not valid UTF-8", api.environment.base_url)));
        }
    };
    if let Some(url) = url {
        builder = builder.base_url(url);
    }
    Ok(settings(builder, surface, options))
}

fn settings(mut builder: ClientBuilder<Client>, surface: &Surface, options: &Options) -> ClientBuilder<Client> {
    builder = builder.insecure_http(options.allow_http);
    if let Some(timeout) = options.timeout {
        builder = builder.timeout(timeout);
    }
    if let Some(retries) = options.retries {
        builder = builder.max_retries(retries);
    }
    match (options.rate, surface.spec.api.rate_limit) {
        (None, _) | (Some(RateSetting::Requests(_)), None) => builder,
        (Some(RateSetting::Unlimited), _) => builder.without_rate_limit(),
        (Some(RateSetting::Requests(requests)), Some(limit)) => {
            builder.rate_limit(RateLimit::new(requests, limit.window))
        }
    }
}

pub(crate) fn build(builder: ClientBuilder<Client>) -> Result<Client, CommandError> {
    builder.build().map_err(|error| match error {
        Error::Config { problems, .. } => CommandError::new(Exit::Usage, problems.join("; ")),
        other => other.into(),
    })
}

/// Returns a builder with the key, or with the client id and secret of the environment; and what identifies the account.
fn credentials(
    surface: &'static Surface,
    options: &Options,
) -> Result<(ClientBuilder<Client>, SecretString), CommandError> {
    let api = surface.spec.api;
    let is_set = |variable| env::var(variable) != Err(VarError::NotPresent);
    if let Some(endpoint) = api.token_endpoint
        && options.key_file.is_none()
        && (is_set(endpoint.client_id) || !is_set(api.environment.api_key))
    {
        let id = of_environment(surface, endpoint.client_id)?;
        let secret = SecretString::from(of_environment(surface, endpoint.client_secret)?);
        let account = SecretString::from(id.clone());
        return Ok((ClientBuilder::with_client_credentials(api, id, secret), account));
    }
    let key = key(surface, options)?;
    Ok((ClientBuilder::new(api, key.clone()), key))
}

/// Reads the key from the file of `--api-key-file`, or from the environment.
fn key(surface: &Surface, options: &Options) -> Result<SecretString, CommandError> {
    let api = surface.spec.api;
    if api.auth == Auth::None {
        return Ok(SecretString::default());
    }
    let (text, place) = if let Some(file) = &options.key_file {
        let text = fs::read_to_string(file).map_err(|error| {
            CommandError::new(Exit::Key, format!("cannot read the API key from {}: {error}", file.display()))
        })?;
        (text, file.display().to_string())
    } else {
        let names = match api.auth {
            Auth::Together(parts) => parts.iter().map(|part| part.variable).collect(),
            _ => vec![api.environment.api_key],
        };
        let keys: Vec<_> = names.iter().map(|name| of_environment(surface, name)).collect::<Result<_, _>>()?;
        (keys.join("\n"), names.join(", "))
    };
    let key = SecretString::from(text.trim().replace("\r\n", "\n"));
    if key.expose_secret().is_empty() {
        return Err(CommandError::new(Exit::Key, format!("the API key in {place} is empty")));
    }
    Ok(key)
}

fn of_environment(surface: &Surface, variable: &str) -> Result<String, CommandError> {
    env::var(variable).map_err(|error| match error {
        VarError::NotPresent => no_key(surface, variable),
        VarError::NotUnicode(_) => CommandError::new(Exit::Key, format!("{variable} is not valid UTF-8")),
    })
}

fn no_key(surface: &Surface, variable: &str) -> CommandError {
    let error = CommandError::new(Exit::Key, "no API key is set")
        .help(format!("set the environment variable {variable}, or name a file with --api-key-file"));
    let error = if surface.key_docs.is_empty() { error } else { error.help(surface.key_docs) };
    error.help("to try the command without a key, add --mock")
}

fn mock_server(
    surface: &'static Surface,
    options: &Options,
    file: Option<&Path>,
) -> Result<Server<Client>, CommandError> {
    let mut builder = ServerBuilder::new(surface.spec);
    if options.rate == Some(RateSetting::Unlimited) {
        builder = builder.without_rate_limit();
    }
    let Some(file) = file else { return started(builder.samples().start()) };
    // The seed is random, so new objects do not have the ids of objects from earlier runs.
    builder = builder.seed(fastrand::u64(..));
    match fs::read_to_string(file) {
        Ok(objects) => builder.kept(objects).start().map_err(|error| {
            let message = format!("{} is not a file of the mock server: {error}", file.display());
            CommandError::new(Exit::Failed, message).help("use another file, or remove it to start with the samples")
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => started(builder.samples().start()),
        Err(error) => Err(CommandError::new(Exit::Failed, format!("cannot read {}: {error}", file.display()))),
    }
}

fn started(server: io::Result<Server<Client>>) -> Result<Server<Client>, CommandError> {
    server.map_err(|error| CommandError::new(Exit::Failed, format!("cannot start the mock server: {error}")))
}

impl Connection {
    /// The server's address. A mock server has the same name on every port, so its exports can be resumed.
    pub(crate) fn address(&self) -> &str {
        if self.mock.is_some() { "mock server" } else { self.client.base_url() }
    }

    /// Saves the objects of a mock server, if it has a file.
    pub(crate) fn save_mock(&self) -> Result<(), CommandError> {
        let Some((server, Some(file))) = &self.mock else { return Ok(()) };
        let mut beside = file.clone().into_os_string();
        beside.push(".new");
        let written = fs::write(&beside, server.kept()).and_then(|()| fs::rename(&beside, file));
        written.map_err(|error| CommandError::new(Exit::Failed, format!("cannot write {}: {error}", file.display())))
    }
}
