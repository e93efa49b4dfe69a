//! Overlays: the document after their actions is the expected one.

use generator::{Input, Source, bundle};
use libtest_mimic::{Failed, Trial};

use crate::versions::texts;

/// A document, the actions of each overlay, and the document afterwards; all without their first lines.
type Row = (&'static str, &'static str, &'static [&'static str], &'static str);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("a_map_is_merged", "info: {title: T, version: '1', contact: {name: a, email: e@x.y}}\npaths: {}",
        &["{target: $.info, update: {description: d, contact: {name: b}}}"],
        "info: {title: T, version: '1', contact: {name: b, email: e@x.y}, description: d}\npaths: {}"),
    ("an_entry_is_appended", "info: {title: T, version: '1'}\ntags: [{name: a}]\npaths: {}",
        &["{target: $.tags, update: {name: b}}"], "info: {title: T, version: '1'}\ntags: [{name: a}, {name: b}]\npaths: {}"),
    ("a_list_is_appended", "info: {title: T, version: '1'}\ntags: [{name: a}]\npaths: {}",
        &["{target: $.tags, update: [{name: b}, {name: c}]}"],
        "info: {title: T, version: '1'}\ntags: [{name: a}, {name: b}, {name: c}]\npaths: {}"),
    ("an_inner_list_is_appended", "info: {title: T, version: '1'}\ntags: [{name: a}]\npaths: {}",
        &["{target: $, update: {tags: [{name: b}]}}"], "info: {title: T, version: '1'}\ntags: [{name: a}, {name: b}]\npaths: {}"),
    ("a_value_is_replaced", "info: {title: T, version: '1'}\npaths: {}", &["{target: $.info.title, update: U}"],
        "info: {title: U, version: '1'}\npaths: {}"),
    ("an_inner_value_of_another_kind_is_replaced", "info: {title: T, version: '1', x-a: 1}\npaths: {}",
        &["{target: $.info, update: {x-a: {b: 2}}}"], "info: {title: T, version: '1', x-a: {b: 2}}\npaths: {}"),
    ("a_key_is_removed", "info: {title: T, version: '1', description: d, x-a: 1}\npaths: {}",
        &["{target: $.info.description, remove: true}"], "info: {title: T, version: '1', x-a: 1}\npaths: {}"),
    ("items_are_removed", "info: {title: T, version: '1'}\ntags: [{name: a, x-b: 1}, {name: b}, {name: c, x-b: 1}]\npaths: {}",
        &["{target: \"$.tags[?@['x-b'] == 1]\", remove: true}"], "info: {title: T, version: '1'}\ntags: [{name: b}]\npaths: {}"),
    ("all_matches_change", "info: {title: T, version: '1'}\ntags: [{name: a}, {name: b}]\npaths: {}",
        &["{target: '$.tags[*]', update: {description: d}}"],
        "info: {title: T, version: '1'}\ntags: [{name: a, description: d}, {name: b, description: d}]\npaths: {}"),
    ("removal_wins", "info: {title: T, version: '1', description: d}\npaths: {}",
        &["{target: $.info.description, remove: true, update: e}"], "info: {title: T, version: '1'}\npaths: {}"),
    ("a_copy_is_merged", "info: {title: T, version: '1'}\npaths:\n  /a: {get: {operationId: a, responses: {200: {description: d}}}}\n  /b: {}",
        &["{target: \"$.paths['/b']\", copy: \"$.paths['/a']\"}, {target: \"$.paths['/b'].get\", update: {operationId: b}}"],
        "info: {title: T, version: '1'}\npaths:\n  /a: {get: {operationId: a, responses: {200: {description: d}}}}\n  /b: {get: {operationId: b, responses: {200: {description: d}}}}"),
    ("overlays_follow_each_other", "info: {title: T, version: '1'}\npaths: {}",
        &["{target: $.info, update: {x-a: {b: 1}}}", "{target: \"$.info['x-a']\", update: {c: 2}}"],
        "info: {title: T, version: '1', x-a: {b: 1, c: 2}}\npaths: {}"),
    ("an_operation_is_inserted", "info: {title: T, version: '1'}\npaths: {}",
        &["{target: $.paths, update: {/a: {get: {operationId: a, parameters: [{name: q, in: query, schema: {type: string}}], responses: {200: {description: d}}}}}}"],
        "info: {title: T, version: '1'}\npaths:\n  /a: {get: {operationId: a, parameters: [{name: q, in: query, schema: {type: string}}], responses: {200: {description: d}}}}"),
];

pub(crate) fn cases() -> Vec<Trial> {
    ROWS.iter().map(|row| Trial::test(format!("overlay::{}", row.0), || check(row))).collect()
}

fn check((_, before, overlays, after): &Row) -> Result<(), Failed> {
    let bundled = |text: &str, overlays: &[&str]| {
        let spec = Source::new("openapi.yaml", format!("openapi: 3.0.3\n{text}\n"));
        let overlay = |actions: &&str| {
            let text = format!("overlay: 1.1.0\ninfo: {{title: T, version: '1'}}\nactions: [{actions}]\n");
            Source::new("overlay.yaml", text)
        };
        let input = Input::new(spec, Source::new("generator.toml", ""));
        let input = input.with_overlays(overlays.iter().map(overlay).collect());
        let files = bundle(&input, "bundle.yaml").map_err(|found| texts(&found))?;
        Ok::<_, Failed>(files.get("bundle.yaml").unwrap_or_default().to_owned())
    };
    let (expected, found) = (bundled(after, &[])?, bundled(before, overlays)?);
    if expected == found { Ok(()) } else { Err(format!("expected:\n{expected}\nfound:\n{found}").into()) }
}
