//! `webhooks listen` and `webhooks send`: their arguments, and the exit codes of their errors.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use clap::{Arg, ArgMatches, Command, value_parser};
use url::Url;

use super::error::WebhookError;
use super::listen::{ListenOptions, listen};
use super::send::{SendOptions, send};
use crate::error::CommandError;
use crate::exit::Exit;
use crate::inputs::Usage;
use crate::interrupt::interrupted;
use crate::invocation::Invocation;
use crate::program::Webhooks;
use crate::{sample_calls, source, terminal};

/// The default timeout of a response.
const TIMEOUT: Duration = Duration::from_secs(30);

pub(crate) fn command(program: &str, webhooks: &Webhooks) -> Command {
    let event = webhooks.payloads.first().map_or("EVENT", |(name, _)| *name);
    let listening = [
        format!("{program} webhooks listen --port 8787"),
        format!("{program} webhooks listen --forward http://127.0.0.1:3000/hook"),
    ];
    let sending = [
        format!("{program} webhooks send {event} --to http://127.0.0.1:8787/"),
        format!("{program} webhooks send {event} --to http://127.0.0.1:8787/ --data object.json"),
    ];
    let names: Vec<_> = webhooks.payloads.iter().map(|(name, _)| *name).collect();
    let url = |name: &'static str| Arg::new(name).long(name).value_name("URL").value_parser(value_parser!(Url));
    let listen = Command::new("listen")
        .about("Receives events and prints them until interrupted")
        .long_about(
            "Receives events and prints them until interrupted\n\n\
             Responds with status 200 or, with --forward, with the response of the target. Events are not authenticated: \
             fetch the object from the API before you act on an event.",
        )
        .arg(
            Arg::new("host")
                .long("host")
                .value_name("ADDRESS")
                .value_parser(value_parser!(IpAddr))
                .help("Address to listen on [default: 127.0.0.1]"),
        )
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("PORT")
                .value_parser(value_parser!(u16))
                .help("Port to listen on [default: a free port]"),
        )
        .after_help(sample_calls::section(&listening))
        .arg(url("forward").conflicts_with("dry-run").help("Forwards each event to this URL and returns its response"));
    let send = Command::new("send")
        .about("Posts an event to an endpoint")
        .after_help(sample_calls::section(&sending))
        .arg(Arg::new("event").value_name("EVENT").required(true).help(format!("The event: {}", names.join(", "))))
        .arg(url("to").required(true).help("The endpoint"))
        .arg(Arg::new("data").long("data").value_name("FILE").help(
            "The object of the event, as JSON from a file or standard input (-) [default: the documented sample]",
        ));
    Command::new("webhooks")
        .about("Receive events of the API, and send samples")
        .after_help(sample_calls::section(&[listening[0].clone(), sending[0].clone()]))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands([listen, send])
}

pub(crate) async fn receive(
    invocation: &Invocation,
    webhooks: &Webhooks,
    matches: &ArgMatches,
) -> Result<(), CommandError> {
    let options = ListenOptions {
        webhooks,
        spec: invocation.surface.spec,
        style: &invocation.style(),
        host: matches.get_one("host").copied().unwrap_or(Ipv4Addr::LOCALHOST.into()),
        port: matches.get_one("port").copied().unwrap_or(0),
        forward: matches.get_one("forward"),
        timeout: invocation.options.timeout.unwrap_or(TIMEOUT),
    };
    Ok(listen(&options, interrupted(), &mut io::stdout(), &mut io::stderr()).await?)
}

pub(crate) async fn post(
    invocation: &Invocation,
    webhooks: &Webhooks,
    matches: &ArgMatches,
) -> Result<(), CommandError> {
    let (Some(event), Some(to)) = (matches.get_one::<String>("event"), matches.get_one::<Url>("to")) else {
        return Err(Usage("an event and an endpoint are required".to_owned()).into());
    };
    let data = matches.get_one::<String>("data").map(|source| source::read_text(source)).transpose()?;
    let options = SendOptions {
        webhooks,
        spec: invocation.surface.spec,
        event,
        to,
        data: data.as_deref(),
        timeout: invocation.options.timeout.unwrap_or(TIMEOUT),
        dry_run: invocation.options.dry_run,
    };
    let mut out = terminal::stdout();
    let sent = send(&options, &mut out).await;
    out.flush()?;
    Ok(sent?)
}

impl From<WebhookError> for CommandError {
    fn from(error: WebhookError) -> Self {
        let exit = match error {
            WebhookError::Usage(usage) => return usage.into(),
            WebhookError::Output(error) => return error.into(),
            WebhookError::Listen { .. } => Exit::Failed,
            WebhookError::Unreachable(_) => Exit::Network,
            WebhookError::Rejected(_) => Exit::Rejected,
        };
        Self::new(exit, error.to_string())
    }
}
