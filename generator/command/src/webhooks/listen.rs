//! Receives webhooks and prints them as they come.

use std::future::Future;
use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use url::{Host, Url};

use super::print::Printer;
use super::receive::{News, Receiver};
use super::target::Target;
use super::{Failure, usage};
use crate::output::Style;
use crate::program::Webhooks;
use clientsmith_runtime::client::base_url::is_loopback;
use clientsmith_runtime::mock::spec::MockSpec;

/// How much may wait to be printed.
const WAITING: usize = 64;
/// A pause where no connection can be taken, as when all files are open that may be.
const PAUSE: Duration = Duration::from_millis(100);

pub(crate) struct Listen<'a> {
    pub(crate) webhooks: &'a Webhooks,
    pub(crate) table: &'static MockSpec,
    pub(crate) style: &'a Style,
    pub(crate) host: IpAddr,
    /// 0 for one that is free.
    pub(crate) port: u16,
    /// Where to post everything that arrives.
    pub(crate) forward: Option<&'a Url>,
    /// How long the answer to a forwarded event may take.
    pub(crate) timeout: Duration,
}

/// Receives webhooks until `stop` is done.
pub(crate) async fn listen(
    options: &Listen<'_>,
    stop: impl Future<Output = ()>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Failure> {
    let listener = Listener::bind(options).await?;
    let _ = writeln!(err, "listening on http://{}", listener.address);
    let _ = writeln!(err, "nothing proves who sends a body: no signature is documented");
    listener.run(stop, out, err).await
}

/// A port that is open already.
pub(crate) struct Listener<'a> {
    pub(crate) address: SocketAddr,
    socket: TcpListener,
    printer: Printer<'a>,
    target: Option<Target>,
}

impl<'a> Listener<'a> {
    pub(crate) async fn bind(options: &Listen<'a>) -> Result<Self, Failure> {
        let printer = Printer::new(options.webhooks, options.table, options.style)?;
        let target = options.forward.map(|url| Target::new(url, options.timeout)).transpose()?;
        let address = SocketAddr::new(options.host, options.port);
        if options.forward.is_some_and(|url| leads_back(url, address)) {
            return Err(usage("events would be forwarded to where they are received, again and again"));
        }
        let refused = |source| Failure::Listen { address, source };
        let socket = TcpListener::bind(address).await.map_err(refused)?;
        let address = socket.local_addr().map_err(refused)?;
        Ok(Self { address, socket, printer, target })
    }

    pub(crate) async fn run(
        self,
        stop: impl Future<Output = ()>,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Result<(), Failure> {
        let Self { socket, printer, target, .. } = self;
        let (news, mut arrived) = mpsc::channel(WAITING);
        let receiver = Arc::new(Receiver { news, target });
        let mut connections = JoinSet::new();
        let mut stop = pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => break,
                Some(news) = arrived.recv() => tell(&printer, news, out, err)?,
                Some(_) = connections.join_next() => {}
                connection = socket.accept() => match connection {
                    Ok((stream, _)) => drop(connections.spawn(receiver.clone().serve(stream))),
                    Err(_) => tokio::time::sleep(PAUSE).await,
                },
            }
        }
        drop(connections);
        // What has been answered is printed.
        while let Ok(news) = arrived.try_recv() {
            tell(&printer, news, out, err)?;
        }
        Ok(())
    }
}

fn tell(printer: &Printer<'_>, news: News, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<()> {
    match news {
        News::Arrived { at, body } => printer.event(at, &body, out, err),
        News::Trouble { at, reason } => {
            printer.trouble(at, &reason, err);
            Ok(())
        }
    }
}

/// Whether a URL is of this very port, as far as that can be seen without asking for names.
fn leads_back(url: &Url, address: SocketAddr) -> bool {
    let is_here = match url.host() {
        Some(host) if is_loopback(&host) => address.ip().is_loopback() || address.ip().is_unspecified(),
        Some(Host::Ipv4(host)) => address.ip() == host,
        Some(Host::Ipv6(host)) => address.ip() == host,
        _ => false,
    };
    is_here && url.port_or_known_default() == Some(address.port())
}
