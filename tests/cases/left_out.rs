//! Operations with errors are left out, and the crate is the one of the document without them.

use generator::{Diagnostic, Input, Source, generate_crate, suggest_overlay};
use libtest_mimic::{Failed, Trial};

use crate::versions::{same, texts};

/// A path or component with an error, the operations that are left out with it, and the rule.
struct Row {
    name: &'static str,
    paths: &'static str,
    components: &'static str,
    left_out: &'static [&'static str],
    code: &'static str,
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row { name: "target_missing", paths: "  /bad: {get: {operationId: bad, responses: {200: {$ref: '#/components/responses/No'}}}}\n", components: "",
          left_out: &["GET /bad"], code: "unknown-ref" },
    Row { name: "shape", paths: "  /bad: {get: {operationId: bad, responses: {200: {description: [d]}}}}\n", components: "",
          left_out: &["GET /bad"], code: "shape" },
    Row { name: "misspelt", paths: "  /bad: {get: {operationID: bad, responses: {200: {description: d}}}}\n", components: "",
          left_out: &["GET /bad"], code: "unknown-key" },
    Row { name: "one_method", paths: "  /bad:\n    get: {operationId: bad, responses: {}, parameters: 1}\n    put: {operationId: good, responses: {200: {description: d}}}\n", components: "",
          left_out: &["GET /bad"], code: "shape" },
    Row { name: "misspelt_method", paths: "  /bad: {gett: {operationId: bad, responses: {200: {description: d}}}}\n", components: "",
          left_out: &["GETT /bad"], code: "unknown-key" },
    Row { name: "shared_parameter", paths: "  /bad:\n    parameters: [{name: a, in: query, schema: {type: sting}}]\n    get: {operationId: bad1, responses: {200: {description: d}}}\n    put: {operationId: bad2, responses: {200: {description: d}}}\n", components: "",
          left_out: &["GET /bad", "PUT /bad"], code: "shape" },
    Row { name: "path_parameter", paths: "  /bad/{id}: {get: {operationId: bad, responses: {200: {description: d}}}}\n", components: "",
          left_out: &["GET /bad/{id}"], code: "path-param" },
    Row { name: "same_id", paths: "  /bad: {get: {operationId: list_things, responses: {200: {description: d}}}}\n", components: "",
          left_out: &["GET /bad"], code: "operation-id-duplicate" },
    Row { name: "form", paths: "  /bad: {put: {operationId: bad, requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: string}}}}, responses: {200: {description: d}}}}\n", components: "",
          left_out: &["PUT /bad"], code: "body-encoding" },
    Row { name: "security", paths: "  /bad: {get: {operationId: bad, security: [{no: []}], responses: {200: {description: d}}}}\n", components: "",
          left_out: &["GET /bad"], code: "security" },
    Row { name: "component", paths: "  /bad: {get: {operationId: bad, responses: {200: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}}}\n",
          components: "    User: {type: object, properties: {a: {$ref: '#/components/schemas/Bad'}}}\n    Bad: {type: sting}\n",
          left_out: &["GET /bad"], code: "shape" },
    Row { name: "unused_component", paths: "", components: "    Bad: {type: sting}\n", left_out: &[], code: "shape" },
    Row { name: "deep_target", paths: "  /bad: {get: {operationId: bad, responses: {200: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Bad/properties/b'}}}}}}}\n",
          components: "    Bad: {type: object, properties: {b: {type: object, properties: {c: {type: sting}}}}}\n",
          left_out: &["GET /bad"], code: "shape" },
    Row { name: "composition", paths: "  /bad: {get: {operationId: bad, responses: {200: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Bad'}}}}}}}\n",
          components: "    Bad: {allOf: [{$ref: '#/components/schemas/Bad'}, {type: object, properties: {a: {type: string}}}]}\n",
          left_out: &["GET /bad"], code: "composition" },
    Row { name: "mapped", paths: "  /bad: {get: {operationId: bad, responses: {200: {description: d, content: {application/json: {schema: {discriminator: {propertyName: t, mapping: {b: '#/components/schemas/Bad'}}, oneOf: [{$ref: '#/components/schemas/Bad'}]}}}}}}}\n",
          components: "    Bad: {type: object, properties: {t: {type: string}, u: {type: sting}}}\n",
          left_out: &["GET /bad"], code: "shape" },
];

/// Documents whose errors are in every operation, or outside of operations.
const REJECTED: &[(&str, &str)] = &[
    (
        "whole_document",
        "openapi: 3.0.3\ninfo: {titel: T, version: '1'}\npaths: {/a: {get: {responses: {200: {description: d}}}}}\n",
    ),
    (
        "every_operation",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {200: {description: 1}}}}}\n",
    ),
    (
        "syntax",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {200: {description: d, description: e}}}}}\n",
    ),
    (
        "security",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\nsecurity: [{no: []}]\npaths: {/a: {get: {responses: {200: {description: d}}}}}\n",
    ),
];

pub(crate) fn cases() -> Vec<Trial> {
    let left_out = ROWS.iter().map(|row| Trial::test(format!("left_out::{}", row.name), || check(row)));
    let rejected = REJECTED.iter().map(|(name, text)| {
        Trial::test(format!("left_out::rejected_{name}"), || match generate_crate(&input((*text).to_owned())) {
            Ok(_) => Err("it was not rejected".into()),
            Err(found) if found.len() == 1 => Ok(()),
            Err(found) => Err(texts(&found).into()),
        })
    });
    let settings = Trial::test("left_out::settings", check_settings);
    left_out.chain(rejected).chain([settings]).collect()
}

fn check(row: &Row) -> Result<(), Failed> {
    let strict = Input { keep_going: false, ..input(document(row.paths, row.components)) };
    if generate_crate(&strict).is_ok() {
        return Err("the document has no error".into());
    }
    let files = generate_crate(&input(document(row.paths, row.components))).map_err(|found| texts(&found))?;
    let left_out: Vec<_> = files.left_out().iter().map(|(operation, _)| operation.as_str()).collect();
    if left_out != row.left_out {
        return Err(format!("left out {left_out:?}").into());
    }
    let warnings = files.warnings();
    if !warnings.iter().any(|one| one.code.name() == row.code) || !warnings.iter().all(Diagnostic::is_warning) {
        return Err(texts(warnings).into());
    }
    let is_good = row.name == "one_method";
    let good = "  /bad:\n    put: {operationId: good, responses: {200: {description: d}}}\n";
    let without = input(document(if is_good { good } else { "" }, ""));
    let without = generate_crate(&without).map_err(|found| texts(&found))?;
    same(&files, &without)?;
    // The suggested overlay has the same effect.
    let overlay = suggest_overlay(&strict).ok_or("no overlay is suggested")?;
    let corrected = strict.with_overlays(vec![Source::new("overlay.yaml", overlay)]);
    same(&generate_crate(&corrected).map_err(|found| texts(&found))?, &without)
}

/// Settings of operations that are left out are warnings.
fn check_settings() -> Result<(), Failed> {
    let Row { paths, .. } = ROWS[1];
    let config = Source::new("generator.toml", "[operations.bad]\naccept = \"application/json\"\n");
    match generate_crate(&Input { config, ..input(document(paths, "")) }) {
        Ok(files) if files.left_out().len() == 1 => Ok(()),
        Ok(_) => Err("nothing was left out".into()),
        Err(found) => Err(texts(&found).into()),
    }
}

fn input(text: String) -> Input {
    let input = Input::new(Source::new("openapi.yaml", text), Source::new("generator.toml", ""));
    Input { keep_going: true, ..input }
}

fn document(paths: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{title: T, version: '1'}}
paths:
  /things:
    get:
      operationId: list_things
      responses:
        200: {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}}}
{paths}components:
  schemas:
    Thing: {{type: object, properties: {{id: {{type: string}}}}}}
{components}"
    )
}
