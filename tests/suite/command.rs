//! The command, as users have it: a program of its own, against a server.

mod asking;
mod calling;
mod export;
mod failing;
mod program;
mod shells;
mod shown;
mod surface;
mod webhooks;

use libtest_mimic::Trial;

pub(crate) fn trials() -> Vec<Trial> {
    [
        surface::trials(),
        calling::trials(),
        asking::trials(),
        export::trials(),
        failing::trials(),
        shells::trials(),
        webhooks::trials(),
        shown::trials(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
