//! `docs`: the guide, the reference and the rustdoc as one site, in a folder that asks nothing of the network.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use crate::project::Project;
use crate::tools::Node;
use crate::{Outcome, cargo, findings, inputs};

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

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// The folder of the site, if it is not the usual one.
    pub(crate) out: Option<PathBuf>,
    /// The port to serve it on; 0 is a free one.
    pub(crate) serve: Option<u16>,
    pub(crate) open: bool,
    pub(crate) test: bool,
}

pub(crate) fn docs(project: &Project, order: &Order, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    // Everything that can be wrong is looked at before something takes minutes.
    let server = order.port().map(Server::bind).transpose()?;
    let browser = order.test.then(Browser::find).transpose()?;
    let guide = Guide::read(project)?;
    let reference = match generator::reference(&inputs::read(project)?) {
        Ok(reference) => reference,
        Err(findings) => {
            findings::text(&findings, findings::NOTHING_WRITTEN, err)?;
            return Ok(Outcome::Refused);
        }
    };
    let site = Staging::beside(order.folder(project)?)?;
    let node = Node::find()?;
    let modules = Modules::install(project, &node)?;
    rustdoc::build(project, &site)?;
    guide.write(&site)?;
    redoc::write(&modules, &reference, &site)?;
    let site = site.publish()?;
    writeln!(out, "{}: {} pages of the guide, the reference and the rustdoc", site.display(), guide.pages())?;
    match (server, browser) {
        (Some(server), Some(browser)) => browser.test(&server.within(&site), &node, &modules, out, err),
        (Some(server), None) => server.serve(&site, order.open, out),
        (None, _) => {
            writeln!(out, "`cargo xtask docs --open` shows it; the reference needs a server")?;
            Ok(Outcome::Done)
        }
    }
}

impl Order {
    fn port(&self) -> Option<u16> {
        self.serve.or((self.open || self.test).then_some(0))
    }

    fn folder(&self, project: &Project) -> Result<PathBuf> {
        match &self.out {
            Some(folder) => Ok(folder.clone()),
            None => Ok(cargo::target_folder(project)?.join("docs-site")),
        }
    }
}
