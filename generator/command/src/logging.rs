//! Logs the client's calls on standard error, for `--verbose`.

use std::io;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::options::Options;

/// Starts logging: with `-v` the calls of this program, with `-vv` also the work of the HTTP client.
pub(crate) fn init(program: &str, options: &Options) {
    let calls = |level| Targets::new().with_target(program, level);
    let targets = match options.verbose {
        0 => return,
        1 => calls(LevelFilter::DEBUG),
        _ => calls(LevelFilter::TRACE).with_default(LevelFilter::DEBUG),
    };
    let layer = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(options.colour == "always");
    tracing_subscriber::registry().with(targets).with(layer).init();
}
