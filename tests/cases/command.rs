//! Command lines that are rejected before anything is sent.

use libtest_mimic::Trial;
use tests::program::Program;

use crate::case;

/// A URL where no server listens.
const NOWHERE: &str = "http://127.0.0.1:1/";

/// A name, the arguments, and parts of the error message. There is no server, so nothing can be sent.
const USAGE: &[(&str, &str, &[&str])] = &[
    ("nothing", "", &["Usage: promotekit"]),
    ("an_unknown_command", "affiliate list", &["unrecognized subcommand 'affiliate'", "affiliates"]),
    ("no_verb", "affiliates", &["Usage: promotekit affiliates"]),
    ("an_unknown_option", "affiliates list --emial x", &["unexpected argument '--emial'", "--email"]),
    ("an_id_that_is_none", "affiliates get 42", &["invalid value '42' for '<ID>': must be a UUID"]),
    ("an_amount_that_is_none", "commissions create --revenue-amount 9,80", &["must be a number"]),
    (
        "an_amount_with_too_many_digits",
        "commissions create --revenue-amount 1234567890123456789012345678901",
        &["must be a number of up to 28 digits"],
    ),
    (
        "amounts_out_of_range",
        "commissions create --referral-id 0a565296-4e53-477d-b118-b89e25e1af62 --revenue-amount -1 --commission-amount 0",
        &["--revenue-amount must be greater than 0", "--commission-amount must be greater than 0", "nothing was sent"],
    ),
    (
        "an_amount_that_json_cannot_carry",
        "commissions create --yes --referral-id 0a565296-4e53-477d-b118-b89e25e1af62 --revenue-amount 12345678901234567.89 --commission-amount 1",
        &["--revenue-amount must fit in a JSON number"],
    ),
    ("a_time_that_is_none", "commissions create --referral-date yesterday", &["such as 2025-06-01T12:00:00Z"]),
    (
        "what_another_value_requires",
        "campaigns create --name x --commission-type fixed --commission-amount 1 --code-mode link",
        &["--website-url is required if `code_mode` is `link` or `both`"],
    ),
    ("required_options", "referrals create --email a@example.com", &["--affiliate-id <UUID>"]),
    (
        "two_sources_for_a_body",
        "affiliates update 0a565296-4e53-477d-b118-b89e25e1af62 --json - --details x",
        &["'--json <FILE>' cannot be used with '--details <TEXT>'"],
    ),
    (
        "no_source_for_a_body",
        "affiliates update 0a565296-4e53-477d-b118-b89e25e1af62",
        &["nothing to send", "--banned", "--json"],
    ),
    (
        "a_body_that_is_not_there",
        "affiliates update 0a565296-4e53-477d-b118-b89e25e1af62 --json no-such-file",
        &["cannot read no-such-file"],
    ),
    ("a_limit_out_of_range", "affiliates list --limit 101", &["--limit must be at most 100"]),
    ("an_unknown_column", "affiliates list --columns emial", &["unknown column `emial`", "email"]),
    ("columns_of_json", "affiliates list -o json --columns id", &["--columns is for tables and CSV"]),
    ("a_time_limit_of_nothing", "affiliates list --timeout 0", &["must be a duration, such as 30s"]),
    ("a_rate_of_nothing", "affiliates list --rate-limit 0", &["above 0, or `off`"]),
    ("a_base_url_that_is_none", "affiliates list --base-url x", &["the base URL is not a URL"]),
    ("plain_http_to_others", "affiliates list --base-url http://api.example.com", &["http"]),
];

/// A name, the arguments, standard input, and parts of the error message.
type Unsent = (&'static str, &'static str, &'static str, &'static [&'static str]);

const UNSENT: &[Unsent] = &[
    ("an_unknown_event", "affiliate.craeted", "", &["unknown event `affiliate.craeted`", "affiliate.created"]),
    ("no_event", "", "", &["<EVENT>"]),
    ("two_sources_of_data", "affiliate.created --data - --data other.json", "", &["'--data <FILE>'", "multiple times"]),
    ("data_that_is_not_there", "affiliate.created --data no-such-file", "", &["cannot read no-such-file"]),
    ("no_data_on_standard_input", "affiliate.created --data -", "", &["the data is not JSON"]),
    ("data_that_is_no_json", "affiliate.created --data -", "{\"id\":", &["the data is not JSON"]),
    ("data_that_does_not_fit", "affiliate.created --data -", "{}", &["is not as documented at `data`", "`id`"]),
    (
        "the_body_of_another_event",
        "affiliate.created --data -",
        r#"{"type": "affiliate.approved", "data": {"id": "0a565296-4e53-477d-b118-b89e25e1af62", "email": "a@example.com"}}"#,
        &["the body of another event, not of `affiliate.created`"],
    ),
];

pub(crate) fn cases() -> Vec<Trial> {
    let usage = USAGE.iter().map(|(name, arguments, said)| {
        case(format!("command::usage::{name}"), || {
            Program::new(arguments).env("PROMOTEKIT_API_KEY", "key").run().failed(2, said);
        })
    });
    let unsent = UNSENT.iter().map(|(name, arguments, input, said)| {
        case(format!("command::webhooks::unsent::{name}"), move || {
            Program::new(&format!("webhooks send --to {NOWHERE} {arguments}")).input(input).run().failed(2, said);
        })
    });
    usage.chain(unsent).collect()
}
