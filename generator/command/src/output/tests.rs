//! Responses in each format.

use clientsmith_runtime::api::Kind;
use serde_json::value::RawValue;

use super::{OutputFormat, RowPrinter, Style, View, Zone, print_value};
use crate::example::SPEC;
use crate::inputs::Usage;

const SALE: Kind = Kind::Named("Sale");
const LINK: Kind = Kind::Named("Link");

fn style(format: OutputFormat) -> Style {
    Style { format, zone: Zone::Utc, width: None, colour: false, columns: Vec::new() }
}

fn wide(format: OutputFormat, width: usize) -> Style {
    Style { width: Some(width), ..style(format) }
}

fn selected(format: OutputFormat, columns: &[&str]) -> Style {
    Style { columns: columns.iter().map(ToString::to_string).collect(), ..style(format) }
}

/// Checks the output of pages, each given as an array.
#[track_caller]
fn check_rows(style: Style, kind: Kind, pages: &[&str], expected: &str, hidden: &[&str]) {
    let view = View::new(style, &SPEC, Some(kind)).unwrap();
    let mut out = Vec::new();
    let mut rows = RowPrinter::new(&view, &mut out);
    for page in pages {
        let page: Vec<Box<RawValue>> = serde_json::from_str(page).unwrap();
        rows.add(&page).unwrap();
    }
    assert_eq!(rows.finish().unwrap(), hidden);
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[track_caller]
fn check_value(style: Style, kind: Option<Kind>, json: &str, expected: &str) {
    let view = View::new(style, &SPEC, kind).unwrap();
    let mut out = Vec::new();
    print_value(&view, json, &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn json_is_one_array_of_what_was_sent() {
    let pages = [r#"[{"b": 49.00, "a":[]}, {"c":1e2}]"#, "[]", r#"[{"u": {"v": null}}]"#];
    let expected = "[\n  {\n    \"b\": 49.00,\n    \"a\": []\n  },\n  {\n    \"c\": 1e2\n  },\n  {\n    \"u\": {\n      \"v\": null\n    }\n  }\n]\n";
    check_rows(style(OutputFormat::Json), LINK, &pages, expected, &[]);
    check_rows(style(OutputFormat::Json), LINK, &["[]"], "[]\n", &[]);
    check_value(style(OutputFormat::Json), Some(LINK), "[{\"b\" : 49.00}]", "[\n  {\n    \"b\": 49.00\n  }\n]\n");
}

#[test]
fn jsonl_has_a_line_for_each_row() {
    let pages = [r#"[{"b": 49.00, "a":[]}, {"c":1e2}]"#, "[3]"];
    check_rows(style(OutputFormat::Jsonl), LINK, &pages, "{\"b\":49.00,\"a\":[]}\n{\"c\":1e2}\n3\n", &[]);
    check_rows(style(OutputFormat::Jsonl), LINK, &[], "", &[]);
    check_value(style(OutputFormat::Jsonl), Some(LINK), "{\n \"b\": 49.00}", "{\"b\":49.00}\n");
}

#[test]
fn csv_has_one_header() {
    let pages = [r#"[{"url":"a"}]"#, r#"[{"code":"b","n":1}]"#];
    check_rows(style(OutputFormat::Csv), LINK, &pages, "url,code,extra\na,,\n,b,\"{\"\"n\"\":1}\"\n", &[]);
    check_rows(style(OutputFormat::Csv), LINK, &[], "url,code,extra\n", &[]);
    check_rows(selected(OutputFormat::Csv, &["code"]), LINK, &pages, "code\n\"\"\nb\n", &[]);
    check_value(style(OutputFormat::Csv), Some(LINK), r#"{"url":"a"}"#, "url,code,extra\na,,\n");
}

const SALES: &str = r#"[
    {"id":"b31775e7-4083-455b-8b21-348b920d5aab","seller_name":"Ada Lovelace","amount":58.8,"currency":"usd",
     "count":6,"made_at":"2025-06-05T00:00:00Z","seller":{"id":"x","email":"ada@example.com"}},
    {"id":"0a565296-4e53-477d-b118-b89e25e1af62","seller_name":"Grace \u001b[31mHopper","amount":1200,"currency":"jpy"}]"#;

#[test]
fn a_table_has_what_fits() {
    check_rows(
        wide(OutputFormat::Table, 90),
        SALE,
        &[SALES, r#"[{"id":"3","seller_name":"Hedwig Eva Maria Kiesler","amount":1}]"#],
        "id                                    seller_name             note     amount  count\n\
         b31775e7-4083-455b-8b21-348b920d5aab  Ada Lovelace                  58.80 USD      6\n\
         0a565296-4e53-477d-b118-b89e25e1af62  Grace \\u001b[31mHopper         1200 JPY\n\
         3                                     Hedwig Eva Maria Kies…                1\n",
        &["made_at", "seller.email", "receipt.id"],
    );
}

#[test]
fn a_table_that_goes_elsewhere_has_all_columns() {
    check_rows(
        style(OutputFormat::Table),
        Kind::Named("Receipt"),
        &[r#"[{"id":"1","total":1234567890.10}]"#],
        "id          total\n1   1234567890.10\n",
        &[],
    );
    let pages = [r#"[{"url":"a","code":"b"}]"#, r#"[{"url":"longer","code":"c"}]"#];
    check_rows(style(OutputFormat::Table), LINK, &pages, "url  code\na    b\nlonger  c\n", &[]);
    check_rows(style(OutputFormat::Table), LINK, &[], "url  code\n", &[]);
}

#[test]
fn selected_columns_are_printed_however_narrow_the_terminal() {
    let columns = ["seller.email", "made_at", "currency"];
    let expected = "seller.email     made_at               currency\nada@example.com  2025-06-05 00:00 UTC  usd\n                                       jpy\n";
    check_rows(selected(OutputFormat::Table, &columns), SALE, &[SALES], expected, &[]);
    let narrow = Style { width: Some(10), ..selected(OutputFormat::Table, &columns) };
    check_rows(narrow, SALE, &[SALES], expected, &[]);
}

#[test]
fn an_object_is_a_table_of_its_fields() {
    let json = r#"{"n":1.0,"code":"漢","url":null,"o":{"x":true}}"#;
    check_value(style(OutputFormat::Table), Some(LINK), json, "url\ncode  漢\nn     1.0\no.x   true\n");
    check_value(selected(OutputFormat::Table, &["code"]), Some(LINK), json, "code  漢\n");
    let bold = Style { colour: true, ..style(OutputFormat::Table) };
    check_value(bold, None, r#"{"ab":1,"c":"\u001b"}"#, "\u{1b}[1mab\u{1b}[0m  1\n\u{1b}[1mc \u{1b}[0m  \\u001b\n");
    check_value(
        selected(OutputFormat::Table, &["links", "team.title"]),
        Some(Kind::Named("Person")),
        r#"{"links":[{"url":"a"},{"url":"b"}],"team":null,"visits":1}"#,
        "links[0].url  a\nlinks[1].url  b\nteam.title\n",
    );
}

#[test]
fn any_json_can_be_printed() {
    for (format, json, expected) in [
        (OutputFormat::Table, "17", "17\n"),
        (OutputFormat::Table, "null", "\n"),
        (OutputFormat::Table, "{}", "{}\n"),
        (OutputFormat::Table, "[]", "value\n"),
        (OutputFormat::Table, r#"["a", {"b": 1}]"#, "value\na\n{\"b\":1}\n"),
        (OutputFormat::Csv, r#"["a", "b,c"]"#, "value\na\n\"b,c\"\n"),
        (OutputFormat::Csv, "17", "value\n17\n"),
        (OutputFormat::Jsonl, "[1, [2, 3]]", "1\n[2,3]\n"),
        (OutputFormat::Json, "\"x\"", "\"x\"\n"),
        (OutputFormat::Table, "no JSON \u{1b}\n", "no JSON \\u001b\n"),
    ] {
        check_value(style(format), None, json, expected);
    }
}

#[test]
fn a_terminal_gets_no_control_characters_and_a_program_all_of_them() {
    let json = "[{\"url\":\"\u{9b}2J\",\"code\":\"\u{202e}\"}]";
    for (format, on_terminal, elsewhere) in [
        (
            OutputFormat::Jsonl,
            "{\"url\":\"\\u009b2J\",\"code\":\"\\u202e\"}\n",
            "{\"url\":\"\u{9b}2J\",\"code\":\"\u{202e}\"}\n",
        ),
        (OutputFormat::Csv, "url,code,extra\n\\u009b2J,\\u202e,\n", "url,code,extra\n\u{9b}2J,\u{202e},\n"),
        (OutputFormat::Table, "url       code\n\\u009b2J  \\u202e\n", "url       code\n\\u009b2J  \\u202e\n"),
    ] {
        check_rows(wide(format, 80), LINK, &[json], on_terminal, &[]);
        check_rows(style(format), LINK, &[json], elsewhere, &[]);
    }
}

#[test]
fn wrong_columns_are_found_before_anything_is_sent() {
    for (style, kind, message) in [
        (selected(OutputFormat::Table, &["nmae"]), Some(LINK), "unknown column `nmae`; the columns are url, code"),
        (selected(OutputFormat::Csv, &["nmae"]), Some(LINK), "unknown column `nmae`; the columns are url, code"),
        (
            selected(OutputFormat::Json, &["url"]),
            Some(LINK),
            "--columns is for tables and CSV: JSON contains all fields",
        ),
        (selected(OutputFormat::Table, &["url"]), None, "unknown column `url`; this response has no columns"),
    ] {
        assert_eq!(View::new(style, &SPEC, kind).err(), Some(Usage(message.to_owned())));
    }
}
