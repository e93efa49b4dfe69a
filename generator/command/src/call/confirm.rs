//! Asks for confirmation before an operation that requires it.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::error::CommandError;
use crate::exit::Exit;
use crate::json;
use crate::surface::{Group, Subcommand};

/// Prints the request, and returns an error unless the user confirms it.
pub(crate) fn confirm(
    group: &Group,
    subcommand: &Subcommand,
    request: Option<&reqwest::Request>,
) -> Result<(), CommandError> {
    let (stdin, mut stderr) = (io::stdin(), io::stderr());
    if !stdin.is_terminal() || !stderr.is_terminal() {
        let (group, subcommand) = (group.name, subcommand.name);
        let message = format!("`{group} {subcommand}` needs a confirmation, and there is no terminal");
        return Err(CommandError::new(Exit::Usage, message).help("add --yes to confirm"));
    }
    let mut question = format!("{}: {}\n", subcommand.about, subcommand.route);
    let body = request.and_then(|request| std::str::from_utf8(request.body()?.as_bytes()?).ok());
    question.push_str(&body.map(json::pretty).unwrap_or_default());
    write!(stderr, "{question}\nContinue? [y/N] ").and_then(|()| stderr.flush()).map_err(CommandError::from)?;
    let mut reply = String::new();
    stdin.lock().read_line(&mut reply).map_err(CommandError::from)?;
    match reply.trim() {
        "y" | "Y" | "yes" => Ok(()),
        _ => Err(CommandError::new(Exit::Failed, "aborted: nothing was sent")),
    }
}
