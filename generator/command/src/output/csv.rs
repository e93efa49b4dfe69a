//! Writes records as lines of CSV.

use std::io;

/// Formats records as lines.
pub(crate) fn lines<R: IntoIterator<Item: AsRef<str>>>(records: impl IntoIterator<Item = R>) -> io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        for field in record {
            writer.write_field(field.as_ref())?;
        }
        writer.write_record(None::<&str>)?;
    }
    let lines = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(lines).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::*;
    use crate::example::SPEC;
    use crate::rows::CsvLayout;
    use clientsmith_runtime::api::Kind;

    #[track_caller]
    fn check(kind: Kind, selected: &[&str], rows: &[&str], expected: &str) {
        let selected: Vec<_> = selected.iter().map(ToString::to_string).collect();
        let records = CsvLayout::with_columns(&SPEC, kind, &selected).unwrap();
        let rows: Vec<&RawValue> = rows.iter().map(|row| serde_json::from_str(row).unwrap()).collect();
        let lines = lines([records.header()]).unwrap() + &lines(rows.iter().map(|row| records.record(row))).unwrap();
        assert_eq!(lines, expected);
    }

    const LINK: Kind = Kind::Named("Link");

    #[test]
    fn everything_is_in_a_record() {
        check(
            LINK,
            &[],
            &[r#"{"code":"ada","url":null}"#, r#"{"url":"a,\"b\"\nc","n": 1.00 ,"o":{"x": [1, 2]},"q\"":null}"#, "{}"],
            "url,code,extra\n\
             ,ada,\n\
             \"a,\"\"b\"\"\nc\",,\"{\"\"n\"\":1.00,\"\"o\"\":{\"\"x\"\":[1,2]},\"\"q\\\"\"\"\":null}\"\n\
             ,,\n",
        );
    }

    #[test]
    fn amounts_and_times_are_exact() {
        let row = r#"{"id":"1","amount":12345678901234567.890,"currency":"usd","made_at":"2025-03-03T10:15:59.5+02:00",
            "seller":{"email":"ada@example.com","team":{"id":"2","title":"x"}}}"#;
        check(
            Kind::Named("Sale"),
            &["made_at", "amount", "seller.email", "seller.team.id"],
            &[row],
            "made_at,amount,seller.email,seller.team.id\n\
             2025-03-03T10:15:59.5+02:00,12345678901234567.890,ada@example.com,2\n",
        );
    }

    #[test]
    fn values_that_are_no_objects_have_one_column() {
        check(Kind::String, &[], &[r#""a,b""#, "\"c\""], "value\n\"a,b\"\nc\n");
        check(Kind::Any, &[], &[r#"{"a": 1}"#], "value\n\"{\"\"a\"\":1}\"\n");
        check(LINK, &[], &[], "url,code,extra\n");
    }
}
