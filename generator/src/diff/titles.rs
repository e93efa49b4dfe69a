//! Turns JSON pointers into readable names.

/// Returns the item, and the key inside it if the pointer does not lead to the item itself.
pub(super) fn title(pointer: &str) -> (String, Option<String>) {
    let steps: Vec<String> =
        pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    let (mut thing, mut rest) = match steps.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["components", _, name, ..] => ((*name).to_owned(), &steps[3..]),
        ["paths", path, method, ..] => (format!("{} {path}", method.to_uppercase()), &steps[3..]),
        ["x-webhooks", event, ..] => ((*event).to_owned(), &steps[2..]),
        [first, _, ..] => ((*first).to_owned(), &steps[1..]),
        _ => ("document".to_owned(), steps.as_slice()),
    };
    while let [keyword, name, deeper @ ..] = rest
        && keyword == "properties"
    {
        thing = format!("{thing}.{name}");
        rest = deeper;
    }
    // The last named step; a number only counts.
    let key = rest.iter().rev().find(|step| step.parse::<usize>().is_err()).cloned();
    (thing, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_have_names() {
        for (pointer, thing, key) in [
            ("/components/schemas/Thing", "Thing", None),
            ("/components/schemas/Thing/properties/a~1b/pattern", "Thing.a/b", Some("pattern")),
            ("/paths/~1things/get/parameters/0/example", "GET /things", Some("example")),
            ("/info/description", "info", Some("description")),
            ("/servers/0/url", "servers", Some("url")),
            ("/x-webhooks/a.b/post/summary", "a.b", Some("summary")),
            ("/security", "document", Some("security")),
            ("", "document", None),
        ] {
            assert_eq!(title(pointer), (thing.to_owned(), key.map(str::to_owned)), "{pointer}");
        }
    }
}
