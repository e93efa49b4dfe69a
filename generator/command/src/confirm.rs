//! Asking before something is done that pays people.

use std::io::{self, BufRead, IsTerminal, Write};

use super::exit::Exit;
use super::failure::Failure;
use super::json;
use super::surface::{Resource, Verb};

/// Shows what would be sent, and goes on if the user says so.
pub(crate) fn confirm(resource: &Resource, verb: &Verb, request: Option<&reqwest::Request>) -> Result<(), Failure> {
    let (stdin, mut stderr) = (io::stdin(), io::stderr());
    if !stdin.is_terminal() || !stderr.is_terminal() {
        let (resource, verb) = (resource.name, verb.name);
        let message =
            format!("`{resource} {verb}` is not done without being confirmed, and there is no terminal to ask on");
        return Err(Failure::new(Exit::Usage, message).help("add --yes if it is meant"));
    }
    let mut question = format!("{}: {}\n", verb.about, verb.route);
    let body = request.and_then(|request| std::str::from_utf8(request.body()?.as_bytes()?).ok());
    question.push_str(&body.map(json::pretty).unwrap_or_default());
    write!(stderr, "{question}\nGo on? [y/N] ").and_then(|()| stderr.flush()).map_err(Failure::from)?;
    let mut answer = String::new();
    stdin.lock().read_line(&mut answer).map_err(Failure::from)?;
    match answer.trim() {
        "y" | "Y" | "yes" => Ok(()),
        _ => Err(Failure::new(Exit::Failed, "nothing was done")),
    }
}
