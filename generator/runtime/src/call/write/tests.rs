use serde_json::{Value, json};

use super::*;
use crate::api::Kind;

const COLOR: Parameter = Parameter::query("color", Kind::Any);

/// The values from the style table in the `OpenAPI` specification. `json!` sorts field names.
fn values() -> [Value; 4] {
    [json!(""), json!("blue"), json!(["blue", "black", "brown"]), json!({"R": 100, "G": 200, "A": null, "B": 150})]
}

#[track_caller]
fn path_of(style: Style, explode: bool, value: &Value) -> Result<String, Broken> {
    path(&Parameter::path("color", Kind::Any).style(style, explode), value)
}

#[track_caller]
fn query_of(parameter: &'static Parameter, value: &Value) -> Result<String, Broken> {
    let mut pairs = Vec::new();
    query(parameter, value, &mut pairs)?;
    Ok(pairs.into_iter().map(|pair| pair.text).collect::<Vec<_>>().join("&"))
}

#[test]
fn styles_of_the_path() {
    for (style, explode, expected) in [
        (Style::Simple, false, ["", "blue", "blue,black,brown", "B,150,G,200,R,100"]),
        (Style::Simple, true, ["", "blue", "blue,black,brown", "B=150,G=200,R=100"]),
        (Style::Label, false, [".", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"]),
        (Style::Label, true, [".", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"]),
        (Style::Matrix, false, [";color", ";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100"]),
        (Style::Matrix, true, [";color", ";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"]),
    ] {
        let written = values().map(|value| path_of(style, explode, &value).unwrap());
        assert_eq!(written, expected, "{style:?} {explode}");
    }
}

/// An item that contains the delimiter stays one item.
#[test]
fn delimiters_inside_items_of_the_path() {
    let list = json!(["a,b", "c;d", "e=f", "/"]);
    let object = json!({"a,b": "c=d"});
    for (style, explode, written) in [
        (Style::Simple, false, ["a%2Cb,c%3Bd,e%3Df,%2F", "a%2Cb,c%3Dd"]),
        (Style::Simple, true, ["a%2Cb,c%3Bd,e%3Df,%2F", "a%2Cb=c%3Dd"]),
        (Style::Label, false, [".a%2Cb,c%3Bd,e%3Df,%2F", ".a%2Cb,c%3Dd"]),
        (Style::Label, true, [".a%2Cb.c%3Bd.e%3Df.%2F", ".a%2Cb=c%3Dd"]),
        (Style::Matrix, false, [";color=a%2Cb,c%3Bd,e%3Df,%2F", ";color=a%2Cb,c%3Dd"]),
        (Style::Matrix, true, [";color=a%2Cb;color=c%3Bd;color=e%3Df;color=%2F", ";a%2Cb=c%3Dd"]),
    ] {
        let found = [&list, &object].map(|value| path_of(style, explode, value).unwrap());
        assert_eq!(found, written, "{style:?} {explode}");
    }
    let dots = "must not contain a dot in an item, because dots separate items";
    assert_eq!(path_of(Style::Label, true, &json!(["1.5", "2"])), Err(dots));
    assert_eq!(path_of(Style::Label, false, &json!(["1.5", "2"])).unwrap(), ".1.5,2");
}

#[test]
fn styles_of_the_query() {
    static TABLE: [(Parameter, [&str; 5]); 7] = [
        (COLOR, ["color=", "color=blue", "color=blue&color=black", "B=150&R=100&R=7", "B=150&I=%7B%22x%22%3A1%7D"]),
        (
            COLOR.style(Style::Form, false),
            [
                "color=",
                "color=blue",
                "color=blue,black",
                "color=B,150,R,%5B100%2C7%5D",
                "color=B,150,I,%7B%22x%22%3A1%7D",
            ],
        ),
        (
            COLOR.style(Style::SpaceDelimited, false),
            ["color=", "color=blue", "color=blue%20black", "B=150&R=100&R=7", "B=150&I=%7B%22x%22%3A1%7D"],
        ),
        (
            COLOR.style(Style::PipeDelimited, false),
            ["color=", "color=blue", "color=blue%7Cblack", "B=150&R=100&R=7", "B=150&I=%7B%22x%22%3A1%7D"],
        ),
        (
            COLOR.style(Style::DeepObject, true),
            [
                "color=",
                "color=blue",
                "color%5B%5D=blue&color%5B%5D=black",
                "color%5BB%5D=150&color%5BR%5D%5B%5D=100&color%5BR%5D%5B%5D=7",
                "color%5BB%5D=150&color%5BI%5D%5Bx%5D=1",
            ],
        ),
        (
            COLOR.style(Style::DeepObject, false),
            [
                "color=",
                "color=blue",
                "color%5B%5D=blue&color%5B%5D=black",
                "color%5BB%5D=150&color%5BR%5D%5B%5D=100&color%5BR%5D%5B%5D=7",
                "color%5BB%5D=150&color%5BI%5D%5Bx%5D=1",
            ],
        ),
        (
            COLOR.json(),
            [
                "color=%22%22",
                "color=%22blue%22",
                "color=%5B%22blue%22%2C%22black%22%5D",
                "color=%7B%22A%22%3Anull%2C%22B%22%3A150%2C%22R%22%3A%5B100%2C7%5D%7D",
                "color=%7B%22B%22%3A150%2C%22I%22%3A%7B%22x%22%3A1%7D%7D",
            ],
        ),
    ];
    let values = [
        json!(""),
        json!("blue"),
        json!(["blue", "black"]),
        json!({"R": [100, 7], "A": null, "B": 150}),
        json!({"B": 150, "I": {"x": 1}}),
    ];
    for (parameter, expected) in &TABLE {
        let written = values.each_ref().map(|value| query_of(parameter, value).unwrap());
        assert_eq!(written, *expected, "{:?}", parameter.encoding);
    }
}

#[test]
fn delimiters_inside_items_of_the_query() {
    static COMMAS: Parameter = COLOR.style(Style::Form, false);
    static SPACES: Parameter = COLOR.style(Style::SpaceDelimited, false);
    static PIPES: Parameter = COLOR.style(Style::PipeDelimited, false);
    assert_eq!(query_of(&COMMAS, &json!(["a,b", "c&d", "+ %"])).unwrap(), "color=a%2Cb,c%26d,%2B%20%25");
    assert_eq!(query_of(&COMMAS, &json!({"a,b": "c,d"})).unwrap(), "color=a%2Cb,c%2Cd");
    assert_eq!(query_of(&SPACES, &json!(["a|b", "c,d"])).unwrap(), "color=a%7Cb%20c%2Cd");
    assert_eq!(query_of(&PIPES, &json!(["a b", "c,d"])).unwrap(), "color=a%20b%7Cc%2Cd");
    let spaces = "must not contain a space in an item, because spaces separate items";
    assert_eq!(query_of(&SPACES, &json!(["a b"])), Err(spaces));
    let pipes = "must not contain `|` in an item, because it separates items";
    assert_eq!(query_of(&PIPES, &json!(["a|b"])), Err(pipes));
}

#[test]
fn headers() {
    let [exploded, plain] =
        [true, false].map(|explode| Parameter::header("h", Kind::Any).style(Style::Simple, explode));
    let object = json!({"a": [1], "b": "x=y"});
    for (value, expected) in [
        (&json!("a, b"), Ok("a, b")),
        (&json!(7), Ok("7")),
        (&json!([1, 2]), Ok("1,2")),
        (&object, Ok("a,[1],b,x=y")),
        (&json!(" a"), Err("must not begin or end with white space, which servers ignore")),
        (&json!(["a,b"]), Err("must not contain a comma in an item, because commas separate items")),
        (
            &json!(["a", ""]),
            Err("must not have an item that is empty or begins or ends with white space, which servers ignore"),
        ),
        (
            &json!(["a "]),
            Err("must not have an item that is empty or begins or ends with white space, which servers ignore"),
        ),
    ] {
        assert_eq!(header(&plain, value), expected.map(str::to_owned), "{value}");
    }
    assert_eq!(header(&exploded, &object).unwrap(), "a=[1],b=x=y");
    assert_eq!(header(&exploded, &json!({"a=b": 1})), Err("must not contain `=` in the name of a field"));
    let json = Parameter::header("h", Kind::Any).json();
    assert_eq!(header(&json, &json!({"é": "😀", "a": ","})).unwrap(), r#"{"a":",","\u00e9":"\ud83d\ude00"}"#);
}

#[test]
fn cookies() {
    let cookie_of = |value: &Value| cookie(&Parameter::cookie("c", Kind::Any), value);
    for (value, expected) in [
        (json!("a=b%20"), "a=b%20"),
        (json!(7), "7"),
        (json!(""), ""),
        (json!([1, "x"]), "1,x"),
        (json!({"a": [1]}), "%7B%22a%22%3A%5B1%5D%7D"),
    ] {
        assert_eq!(cookie_of(&value).unwrap(), expected, "{value}");
    }
    for value in [json!("a; admin=1"), json!("a b"), json!("a,b"), json!(["a,b"]), json!("\""), json!("é"), json!("\\")]
    {
        let rule = cookie_of(&value).unwrap_err();
        assert!(rule.starts_with("must contain only characters of cookies"), "{value}: {rule}");
    }
    assert_eq!(cookie(&Parameter::cookie("c", Kind::Any).json(), &json!("a b")).unwrap(), "%22a%20b%22");
}

#[test]
fn forms() {
    const PROPERTIES: &[PropertyEncoding] = &[
        PropertyEncoding::new("csv").style(Style::Form, false),
        PropertyEncoding::new("deep").style(Style::DeepObject, true),
        PropertyEncoding::new("url").allow_reserved(),
        PropertyEncoding::new("json").json(),
    ];
    let mut broken = Vec::new();
    let body = json!({
        "name": "ada l", "sizes": [1, 2], "inner": {"x": "y"}, "csv": ["a,b", "c"], "url": "a/b?c=d&e",
        "deep": {"order_id": "1", "lines": [{"n": 1}, {"n": 2}], "tags": ["x"]}, "json": {"a": [null]},
    });
    let written = form(Tree::of(&body), PROPERTIES, &mut |name, rule| broken.push((name.to_owned(), rule)));
    let expected = "csv=a%2Cb,c&deep%5Blines%5D%5B0%5D%5Bn%5D=1&deep%5Blines%5D%5B1%5D%5Bn%5D=2&deep%5Border_id%5D=1\
        &deep%5Btags%5D%5B%5D=x&x=y&json=%7B%22a%22%3A%5Bnull%5D%7D&name=ada+l&sizes=1&sizes=2&url=a/b?c=d%26e";
    assert_eq!((written.as_str(), &broken[..]), (expected, &[][..]));
}

/// A form cannot encode null, empty lists and objects, or a body that is no object.
#[test]
fn what_no_form_can_carry() {
    for (body, expected) in [
        (json!({"a": null}), ("a", "must not be null, which a form cannot represent")),
        (json!({"a": []}), ("a", "must not be empty, because it would not be sent")),
        (json!({"a": {}}), ("a", "must not be empty, because it would not be sent")),
        (json!([1]), ("body", "must be an object with the fields of the form")),
        (json!(3), ("body", "must be an object with the fields of the form")),
    ] {
        let mut broken = Vec::new();
        form(Tree::of(&body), &[], &mut |name, rule| broken.push((name.to_owned(), rule)));
        assert_eq!(broken, [(expected.0.to_owned(), expected.1)], "{body}");
    }
}
