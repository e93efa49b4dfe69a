//! Effects of API changes on code written against the previous crate.

use generator::{FileSet, Input, Source, generate};
use libtest_mimic::{Failed, Trial};
use tests::files::{directory, input, read, without_payouts};

use crate::compiled::{self, Crate};

/// Code written against the crate in the repository, which also compiles here.
#[allow(dead_code)]
mod caller;

const CALLER: &str = include_str!("evolution/caller.rs");
/// Code that uses the additions.
const NEWCOMER: &str = include_str!("evolution/newcomer.rs");

/// A change to the document: its name, a text that occurs once, and its replacement.
type Change = (&'static str, &'static str, &'static str);

const ADDITIONS: [Change; 5] = [
    (
        "an optional response field",
        "          description: Number of payments in the payout.\n",
        "          description: Number of payments in the payout.\n        status:\n          type: string\n",
    ),
    ("an enum value", "enum: [active, signed_up,", "enum: [active, lapsed, signed_up,"),
    (
        "a query filter",
        "No filters are documented.\n      parameters:\n",
        "No filters are documented.\n      parameters:\n        \
         - {name: affiliate_id, in: query, schema: {type: string, format: uuid}}\n",
    ),
    (
        "an operation",
        "  /payouts:\n",
        "  /payouts/{id}/balance:\n    get:\n      operationId: get_payout_balance\n      tags: [Payouts]\n      \
         parameters: [{$ref: '#/components/parameters/Id'}]\n      responses: {2XX: {description: It., content: \
         {application/json: {schema: {$ref: '#/components/schemas/PayoutResponse'}}}}}\n  /payouts:\n",
    ),
    (
        "an event",
        "\nx-webhooks:\n",
        "\nx-webhooks:\n  payout.created: {post: {requestBody: {required: true, content: {application/json: {schema: {type: object, \
         required: [type, data], properties: {type: {type: string}, data: {$ref: '#/components/schemas/Payout'}}}}}}, \
         responses: {2XX: {description: It.}}}}\n",
    ),
];
/// Parts of the names of samples that only apply after the additions.
const ADDED: [&str; 2] = ["get_payout_balance", "payout.created"];

pub(crate) fn cases() -> Vec<Trial> {
    vec![
        Trial::test("evolution::every_addition_changes_the_crate", every_addition_changes_the_crate),
        Trial::test("evolution::old_and_new_callers_compile_after_additions", || compiled::result_of("evolved")),
        Trial::test("evolution::removing_a_resource_compiles", || compiled::result_of("without_payouts")),
    ]
}

/// The crates of changed documents, with their callers.
pub(crate) fn crates() -> Vec<Crate> {
    let call = |program: &str| program.replace("promotekit::", "evolved::");
    let root = read(&directory("../generated-client/src/lib.rs"));
    let made = |input: Result<Input, Failed>| files(&input.unwrap_or_else(|error| panic!("{error:?}")));
    vec![
        Crate {
            name: "evolved".to_owned(),
            root: root.clone(),
            files: made(evolved()),
            examples: [("caller", CALLER), ("newcomer", NEWCOMER)]
                .map(|(name, program)| (name.to_owned(), call(program)))
                .to_vec(),
            features: compiled::all_features(),
            runs: false,
        },
        Crate {
            name: "without_payouts".to_owned(),
            root,
            files: made(reduced()),
            examples: Vec::new(),
            features: compiled::all_features(),
            runs: false,
        },
    ]
}

fn every_addition_changes_the_crate() -> Result<(), Failed> {
    let before = files(&changed(&[])?);
    for change in ADDITIONS {
        if files(&changed(&[change])?) == before {
            return Err(format!("{} makes no difference", change.0).into());
        }
    }
    Ok(())
}

fn this() -> Result<Input, Failed> {
    let spec = directory("../spec");
    let mut input = input(&spec.join("openapi.yaml"), &spec.join("generator.toml"), &spec.join("samples"));
    let of_payout =
        input.samples.iter().find(|sample| sample.name.starts_with("get_payout/")).ok_or("no sample of a payout")?;
    let text = of_payout.text.clone();
    let event = text.replacen("\"success\": true", "\"type\": \"payout.created\"", 1);
    input.samples.push(Source::new("get_payout_balance/typical.response.json", text));
    input.samples.push(Source::new("webhooks/payout.created.json", event));
    Ok(input)
}

fn changed(changes: &[Change]) -> Result<Input, Failed> {
    let mut input = this()?;
    for (what, find, replacement) in changes {
        if input.spec.text.matches(find).count() != 1 {
            return Err(format!("the place for {what} is not there once").into());
        }
        input.spec.text = input.spec.text.replace(find, replacement);
    }
    let absent = ADDED.iter().filter(|added| !input.spec.text.contains(*added)).collect::<Vec<_>>();
    input.samples.retain(|sample| !absent.iter().any(|added| sample.name.contains(*added)));
    Ok(input)
}

fn evolved() -> Result<Input, Failed> {
    changed(&ADDITIONS)
}

fn reduced() -> Result<Input, Failed> {
    let mut input = changed(&[])?;
    input.spec.text = without_payouts(&input.spec.text);
    input.samples.retain(|sample| !sample.name.starts_with("list_payouts/") && !sample.name.starts_with("get_payout/"));
    Ok(input)
}

fn files(input: &Input) -> FileSet {
    generate(input).unwrap_or_else(|diagnostics| {
        let texts: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        panic!("{}", texts.join("\n\n"))
    })
}
