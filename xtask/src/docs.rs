//! `docs`: builds the guide, the reference and the rustdoc as one site, which needs no network.

use std::path::PathBuf;

use anyhow::Result;
use generator::program::{Console, DiagnosticFormat, NOTHING_WRITTEN, report};

use crate::project::Project;
use crate::tools::Node;
use crate::{Outcome, cargo};

mod browser;
mod guide;
mod headings;
mod links;
mod markdown;
mod modules;
mod page;
mod redoc;
mod rustdoc;
mod server;
mod staging;

use browser::Browser;
use guide::Guide;
use modules::Modules;
use server::Server;
use staging::Staging;

/// The options of `docs`.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// The directory of the site; `None` for the default.
    pub(crate) out: Option<PathBuf>,
    /// The port to serve the site on; 0 is a free one.
    pub(crate) serve: Option<u16>,
    pub(crate) open: bool,
    pub(crate) test: bool,
}

pub(crate) fn docs(project: &Project, order: &Order, console: &mut Console<'_>) -> Result<Outcome> {
    // Checks everything that can fail quickly before the slow steps.
    let server = order.port().map(Server::bind).transpose()?;
    let browser = order.test.then(Browser::find).transpose()?;
    let guide = Guide::read(project)?;
    let reference = match generator::reference(&project.inputs().read()?) {
        Ok(reference) => reference,
        Err(found) => return report(&found, NOTHING_WRITTEN, DiagnosticFormat::Text, console),
    };
    let site = Staging::beside(order.directory(project)?)?;
    let node = Node::find()?;
    let modules = Modules::install(project, &node)?;
    rustdoc::build(project, &site)?;
    guide.write(&site)?;
    redoc::write(&modules, &reference, &site)?;
    let site = site.publish()?;
    writeln!(console.out, "{}: {} pages of the guide, the reference and the rustdoc", site.display(), guide.pages())?;
    match (server, browser) {
        (Some(server), Some(browser)) => browser.test(&server.within(&site), &node, &modules, console.out, console.err),
        (Some(server), None) => server.serve(&site, order.open, console.out),
        (None, _) => {
            writeln!(console.out, "open it with `cargo xtask docs --open`; the reference needs a server")?;
            Ok(Outcome::Done)
        }
    }
}

impl Order {
    fn port(&self) -> Option<u16> {
        self.serve.or((self.open || self.test).then_some(0))
    }

    fn directory(&self, project: &Project) -> Result<PathBuf> {
        match &self.out {
            Some(directory) => Ok(directory.clone()),
            None => Ok(cargo::target_directory(project)?.join("docs-site")),
        }
    }
}
