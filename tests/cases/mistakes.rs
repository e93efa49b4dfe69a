//! Typing mistakes in the document of this project: each is one diagnostic, in its line.

use generator::{Input, Source, lint};
use libtest_mimic::{Failed, Trial};
use tests::files::{directory, input};

/// The first line with this text, the mistake in its place, and the line of the diagnostic if it is another one: the
/// next line with this text.
type Row = (&'static str, &'static str, Option<&'static str>);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("openapi: 3.0.3", "opnapi: 3.0.3", None),
    ("openapi: 3.0.3", "openapi: 3.0.3.", None),
    ("openapi: 3.0.3", "openapi: 3", None),
    ("info:", "infos:", None),
    ("title: PromoteKit API", "titel: PromoteKit API", None),
    ("version: v1", "version: 1.0", None),
    ("license:", "licence:", None),
    ("name: MIT OR Apache-2.0", "nam: MIT OR Apache-2.0", None),
    ("servers:", "server:", None),
    ("- url: https://www.promotekit.com/api/v1", "- ulr: https://www.promotekit.com/api/v1", None),
    ("security:", "securty:", None),
    ("- apiKey: []", "- apikey: []", None),
    ("tags:", "tag:", None),
    ("- name: Affiliates", "- nme: Affiliates", None),
    ("- name: Campaigns", "- name: Campaign", Some("tags: [Campaigns]")),
    ("paths:", "path:", None),
    ("/affiliates:", "affiliates:", None),
    ("get:", "gett:", None),
    ("post:", "psot:", None),
    ("operationId: list_affiliates", "operationID: list_affiliates", None),
    ("operationId: list_affiliates", "operationId: get_affiliate", Some("operationId: get_affiliate")),
    ("tags: [Affiliates]", "tags: [Afiliates]", None),
    ("tags: [Affiliates]", "tags: Affiliates", None),
    ("summary: List affiliates", "sumary: List affiliates", None),
    ("description: Returns one page of the organization's affiliates.", "discription: Returns one page of the organization's affiliates.", None),
    ("parameters:", "paramters:", None),
    ("- name: campaign_id", "- nam: campaign_id", None),
    ("in: query", "in: quer", None),
    ("in: query", "in: body", None),
    ("type: string", "type: sting", None),
    ("format: uuid", "format: uid", None),
    ("format: uuid", "fromat: uuid", None),
    ("schema:", "shema:", None),
    ("requestBody:", "requestbody:", None),
    ("required: true", "required: yess", None),
    ("content:", "contents:", None),
    ("$ref: '#/components/schemas/CreateAffiliate'", "$ref: '#/components/schemas/CreateAfiliate'", None),
    ("$ref: '#/components/schemas/CreateAffiliate'", "$ref: '#/component/schemas/CreateAffiliate'", None),
    ("$ref: '#/components/schemas/CreateAffiliate'", "$ref '#/components/schemas/CreateAffiliate'", Some("schema:")),
    ("$ref: '#/components/schemas/CreateAffiliate'", "$reff: '#/components/schemas/CreateAffiliate'", None),
    ("responses:", "response:", None),
    ("'429':", "'42':", None),
    ("securitySchemes:", "securitySchema:", None),
    ("type: http", "type: htpp", None),
    ("scheme: bearer", "scheme: baerer", None),
    ("in: path", "in: pth", None),
    ("name: id", "name: ids", None),
    ("minimum: 1", "minimun: 1", None),
    ("minimum: 1", "minimum: one", None),
    ("maximum: 100", "maximum: 0", None),
    ("default: 10", "defualt: 10", None),
    ("default: 10", "default: 1O", None),
    ("default: 10", "default: 1000", None),
    ("schemas:", "schema:", None),
    ("type: object", "type: objct", None),
    ("type: object", "typ: object", None),
    ("required: [id, email]", "required: [id, emial]", None),
    ("required: [id, email]", "requred: [id, email]", None),
    ("properties:", "propertis:", None),
    ("nullable: true", "nulable: true", None),
    ("nullable: true", "nullable: treu", None),
    ("enum: [", "enmu: [", None),
    ("examples:", "exmples:", None),
    ("items:", "itmes:", None),
    ("format: date-time", "format: datetme", None),
    ("format: email", "format: emial", None),
];

/// Mistakes that are valid and mean something else, so that only a reader can detect them.
#[rustfmt::skip]
const UNDETECTABLE: &[Row] = &[
    // Another name, description, bound or default of the same kind.
    ("title: PromoteKit API", "title: PromotKit API", None),
    ("description: Production.", "description: Prodction.", None),
    ("maximum: 100", "maximum: 1000", None),
    ("default: 10", "default: 1", None),
    ("- url: https://www.promotekit.com/api/v1", "- url: https://www.promtekit.com/api/v1", None),
    // A comment instead of a line.
    ("tags: [Affiliates]", "# tags: [Affiliates]", None),
];

pub(crate) fn cases() -> Vec<Trial> {
    let named = |group: &str, row: &Row| format!("{group}::{}", row.1.replace(' ', "_"));
    let detected = ROWS.iter().map(move |row| Trial::test(named("mistake", row), move || check(row)));
    let missed = UNDETECTABLE.iter().map(move |row| Trial::test(named("undetectable", row), move || check_valid(row)));
    detected.chain(missed).collect()
}

/// Returns the input with a mistake, and the number of the expected line.
fn with_mistake((text, mistake, other): &Row) -> Result<(Input, usize), Failed> {
    let spec = directory("../spec");
    let input = input(&spec.join("openapi.yaml"), &spec.join("generator.toml"), &spec.join("samples"));
    let mut lines: Vec<_> = input.spec.text.lines().map(str::to_owned).collect();
    let is = |line: &String, text: &str| line.trim_start().starts_with(text);
    let index = lines.iter().position(|line| is(line, text)).ok_or("no line has this text")?;
    lines[index] = lines[index].replacen(text, mistake, 1);
    let expected = match other {
        None => index,
        // The key of the value that is wrong.
        Some(key) if *key == "schema:" => index - 1,
        Some(other) => {
            (index + 1..lines.len()).find(|at| is(&lines[*at], other)).ok_or("no line has the other text")?
        }
    };
    let spec = Source::new("openapi.yaml", lines.join("\n") + "\n");
    Ok((Input { spec, ..input }, expected + 1))
}

fn check(row: &Row) -> Result<(), Failed> {
    let (input, expected) = with_mistake(row)?;
    let found = lint(&input).unwrap_or_else(|diagnostics| diagnostics);
    let lines: Vec<_> =
        found.iter().map(|diagnostic| (diagnostic.place.file.as_str(), diagnostic.place.line)).collect();
    if lines == [("openapi.yaml", expected)] {
        return Ok(());
    }
    let texts: Vec<_> = found.iter().take(3).map(ToString::to_string).collect();
    Err(format!("expected one diagnostic in line {expected}, found {}:\n{}", found.len(), texts.join("\n")).into())
}

fn check_valid(row: &Row) -> Result<(), Failed> {
    match lint(&with_mistake(row)?.0) {
        Ok(warnings) if warnings.is_empty() => Ok(()),
        found => Err(format!("it is detected: {found:?}").into()),
    }
}
