//! Receives webhooks and prints them.

use std::future::Future;
use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use clientsmith_runtime::client::base_url::is_loopback;
use clientsmith_runtime::mock::spec::MockSpec;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use url::{Host, Url};

use super::endpoint::Endpoint;
use super::error::WebhookError;
use super::print::Printer;
use super::receive::{Entry, Receiver};
use crate::output::Style;
use crate::program::Webhooks;

/// The maximum number of entries that wait to be printed.
const QUEUE_LENGTH: usize = 64;
/// The pause after a connection could not be accepted, for example because of too many open files.
const PAUSE: Duration = Duration::from_millis(100);

pub(crate) struct ListenOptions<'a> {
    pub(crate) webhooks: &'a Webhooks,
    pub(crate) spec: &'static MockSpec,
    pub(crate) style: &'a Style,
    pub(crate) host: IpAddr,
    /// 0 selects any free port.
    pub(crate) port: u16,
    /// The target URL for all bodies.
    pub(crate) forward: Option<&'a Url>,
    /// The timeout of a forwarded request.
    pub(crate) timeout: Duration,
}

/// Receives webhooks until `stop` completes.
pub(crate) async fn listen(
    options: &ListenOptions<'_>,
    stop: impl Future<Output = ()>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), WebhookError> {
    let listener = Listener::bind(options).await?;
    let _ = writeln!(err, "listening on http://{}", listener.address);
    let _ = writeln!(err, "events are not authenticated: the API documents no signature");
    listener.run(stop, out, err).await
}

/// An open port.
pub(crate) struct Listener<'a> {
    pub(crate) address: SocketAddr,
    socket: TcpListener,
    printer: Printer<'a>,
    endpoint: Option<Endpoint>,
}

impl<'a> Listener<'a> {
    pub(crate) async fn bind(options: &ListenOptions<'a>) -> Result<Self, WebhookError> {
        let printer = Printer::new(options.webhooks, options.spec, options.style)?;
        let endpoint = options.forward.map(|url| Endpoint::new(url, options.timeout)).transpose()?;
        let address = SocketAddr::new(options.host, options.port);
        if options.forward.is_some_and(|url| leads_back(url, address)) {
            return Err(WebhookError::usage("the target is this listener itself: events would loop"));
        }
        let failed = |source| WebhookError::Listen { address, source };
        let socket = TcpListener::bind(address).await.map_err(failed)?;
        let address = socket.local_addr().map_err(failed)?;
        Ok(Self { address, socket, printer, endpoint })
    }

    pub(crate) async fn run(
        self,
        stop: impl Future<Output = ()>,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Result<(), WebhookError> {
        let Self { socket, printer, endpoint, .. } = self;
        let (queue, mut entries) = mpsc::channel(QUEUE_LENGTH);
        let receiver = Arc::new(Receiver { queue, endpoint });
        let mut connections = JoinSet::new();
        let mut stop = pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => break,
                Some(entry) = entries.recv() => print(&printer, entry, out, err)?,
                Some(_) = connections.join_next() => {}
                connection = socket.accept() => match connection {
                    Ok((stream, _)) => drop(connections.spawn(receiver.clone().serve(stream))),
                    Err(_) => tokio::time::sleep(PAUSE).await,
                },
            }
        }
        drop(connections);
        // Every body with a response is printed.
        while let Ok(entry) = entries.try_recv() {
            print(&printer, entry, out, err)?;
        }
        Ok(())
    }
}

fn print(printer: &Printer<'_>, entry: Entry, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<()> {
    match entry {
        Entry::Body { at, body } => printer.event(at, &body, out, err),
        Entry::Problem { at, reason } => {
            printer.problem(at, &reason, err);
            Ok(())
        }
    }
}

/// Whether a URL leads to this port, without resolving names.
fn leads_back(url: &Url, address: SocketAddr) -> bool {
    let is_here = match url.host() {
        Some(host) if is_loopback(&host) => address.ip().is_loopback() || address.ip().is_unspecified(),
        Some(Host::Ipv4(host)) => address.ip() == host,
        Some(Host::Ipv6(host)) => address.ip() == host,
        _ => false,
    };
    is_here && url.port_or_known_default() == Some(address.port())
}
