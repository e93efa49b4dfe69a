//! The options common to all subcommands.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use jiff::SignedDuration;

use crate::surface::Surface;

const CONNECTION: &str = "Connection";
const OUTPUT: &str = "Output";

/// The values of the options.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) key_file: Option<PathBuf>,
    pub(crate) base_url: Option<String>,
    pub(crate) allow_http: bool,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retries: Option<u32>,
    pub(crate) rate: Option<RateSetting>,
    pub(crate) mock: MockSetting,
    pub(crate) dry_run: bool,
    pub(crate) verbose: u8,
    pub(crate) output: Option<String>,
    pub(crate) columns: Vec<String>,
    pub(crate) time: String,
    pub(crate) colour: String,
}

/// The rate limit, in requests per window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RateSetting {
    Unlimited,
    Requests(u32),
}

/// Whether calls go to a mock server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MockSetting {
    Off,
    /// A mock server that starts with the samples each time.
    InMemory,
    /// A mock server that saves its objects in a file.
    File(PathBuf),
}

/// Adds the options to the program.
pub(crate) fn add(command: Command, surface: &Surface) -> Command {
    let api = surface.spec.api;
    let per_window =
        api.rate_limit.map(|limit| format!(" [default: {} per {} s]", limit.requests, limit.window.as_secs()));
    let base_url = if api.base_url.is_empty() { String::new() } else { format!(" [default: {}]", api.base_url) };
    let arguments = [
        Arg::new("api-key-file")
            .long("api-key-file")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help(format!("Reads the API key from a file instead of {}", api.environment.api_key)),
        Arg::new("base-url").long("base-url").value_name("URL").help(format!(
            "Calls another server, like the environment variable {}.{base_url}",
            api.environment.base_url
        )),
        Arg::new("allow-http")
            .long("allow-http")
            .action(ArgAction::SetTrue)
            .help("Allows plain http to other machines, which exposes the API key"),
        Arg::new("timeout")
            .long("timeout")
            .value_name("TIME")
            .value_parser(duration)
            .help("Timeout of one attempt, for example 10s or 1m [default: 30s]"),
        Arg::new("retries")
            .long("retries")
            .value_name("NUMBER")
            .value_parser(value_parser!(u32))
            .help("Maximum number of retries, where they are safe [default: 3]"),
        Arg::new("rate-limit").long("rate-limit").value_name("REQUESTS|off").value_parser(rate).help(format!(
            "Maximum requests per window; lower it if other programs use the key{}",
            per_window.unwrap_or_default()
        )),
        Arg::new("mock")
            .long("mock")
            .value_name("FILE")
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("")
            .help("Calls a mock server with sample data; a file keeps its changes"),
        Arg::new("dry-run")
            .long("dry-run")
            .action(ArgAction::SetTrue)
            .help("Prints the request as a curl command without the key; sends nothing"),
        Arg::new("verbose")
            .long("verbose")
            .short('v')
            .action(ArgAction::Count)
            .help("Logs calls to standard error; -vv also logs the HTTP client"),
    ];
    let output = [
        Arg::new("output")
            .long("output")
            .short('o')
            .value_name("FORMAT")
            .value_parser(PossibleValuesParser::new(["table", "json", "jsonl", "csv"]))
            .help("Output format [default: table]"),
        Arg::new("columns")
            .long("columns")
            .value_name("NAMES")
            .value_delimiter(',')
            .help("Columns of a table or CSV, separated by commas"),
        Arg::new("time")
            .long("time")
            .value_name("ZONE")
            .value_parser(PossibleValuesParser::new(["local", "utc"]))
            .default_value("local")
            .help("Time zone of times in tables"),
        Arg::new("color")
            .long("color")
            .value_name("WHEN")
            .value_parser(PossibleValuesParser::new(["auto", "always", "never"]))
            .default_value("auto")
            .help("When to use colors; `auto` is on a terminal without NO_COLOR"),
    ];
    command
        .args(arguments.map(|argument| argument.global(true).help_heading(CONNECTION)))
        .args(output.map(|argument| argument.global(true).help_heading(OUTPUT)))
}

/// Reads the options.
pub(crate) fn read(matches: &ArgMatches) -> Options {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    Options {
        key_file: matches.get_one::<PathBuf>("api-key-file").cloned(),
        base_url: text("base-url"),
        allow_http: matches.get_flag("allow-http"),
        timeout: matches.get_one::<Duration>("timeout").copied(),
        retries: matches.get_one::<u32>("retries").copied(),
        rate: matches.get_one::<RateSetting>("rate-limit").copied(),
        mock: match text("mock") {
            None => MockSetting::Off,
            Some(file) if file.is_empty() => MockSetting::InMemory,
            Some(file) => MockSetting::File(file.into()),
        },
        dry_run: matches.get_flag("dry-run"),
        verbose: matches.get_count("verbose"),
        output: text("output"),
        columns: matches.get_many::<String>("columns").into_iter().flatten().cloned().collect(),
        time: text("time").unwrap_or_default(),
        colour: text("color").unwrap_or_default(),
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<u64>().ok().map(Duration::from_secs);
    let written = || text.parse::<SignedDuration>().ok().and_then(|duration| Duration::try_from(duration).ok());
    let duration = seconds.or_else(written).filter(|duration| !duration.is_zero());
    duration.ok_or_else(|| "must be a duration, such as 30s or 1m 30s".to_owned())
}

fn rate(text: &str) -> Result<RateSetting, String> {
    match text.parse() {
        Ok(requests) if requests > 0 => Ok(RateSetting::Requests(requests)),
        _ if text == "off" => Ok(RateSetting::Unlimited),
        _ => Err("must be a number of requests above 0, or `off`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_rates() {
        for (text, seconds) in
            [("30", Some(30)), ("1m 30s", Some(90)), ("2m", Some(120)), ("0", None), ("-1s", None), ("x", None)]
        {
            assert_eq!(duration(text).ok().map(|time| time.as_secs()), seconds, "{text}");
        }
        assert_eq!(
            [rate("5").ok(), rate("off").ok(), rate("0").ok()],
            [Some(RateSetting::Requests(5)), Some(RateSetting::Unlimited), None]
        );
    }
}
