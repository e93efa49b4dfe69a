//! Recovers the original function name from an id that a web framework generated.

/// The word that springfox puts after the name of a method.
const USING: &str = "Using";
/// The word that `NestJS` puts between the names of a class and its method.
const CONTROLLER: &str = "Controller_";

/// Returns the original name of an operation, if a framework derived the id from it.
///
/// - `FastAPI`: function, path and method: `read_flow_flows__id__get` of `GET /flows/{id}`.
/// - `NestJS`: class and method, `FlowsController_read`.
/// - springfox: function and HTTP method, `readFlowUsingGET`, with a number if it is not the first.
pub(crate) fn own_name<'a>(id: &'a str, method: &str, path: &str) -> &'a str {
    let of_fastapi = || {
        let path: String = path.chars().map(|letter| if is_word(letter) { letter } else { '_' }).collect();
        id.strip_suffix(&format!("{path}_{}", method.to_lowercase()))
    };
    let of_nest =
        || id.split_once(CONTROLLER).filter(|(class, _)| class.chars().all(is_word)).map(|(_, method)| method);
    let of_springfox = || {
        let (name, verb) = id.rsplit_once(USING)?;
        let verb = verb.trim_end_matches(|last: char| last.is_ascii_digit() || last == '_');
        (verb == method.to_uppercase()).then_some(name)
    };
    let names = [of_fastapi(), of_nest(), of_springfox()];
    names.into_iter().flatten().find(|name| name.contains(char::is_alphanumeric)).unwrap_or(id)
}

fn is_word(letter: char) -> bool {
    letter == '_' || letter.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_frameworks() {
        for (id, method, path, expected) in [
            ("read_flow_by_name_flows_name__name__get", "get", "/flows/name/{name}", "read_flow_by_name"),
            ("create_flow_flows__post", "post", "/flows/", "create_flow"),
            ("ready_ready_get", "get", "/ready", "ready"),
            ("_ready_get", "get", "/ready", "_ready_get"),
            ("read_flows_get", "post", "/flows", "read_flows_get"),
            ("FlowsController_findAll", "get", "/flows", "findAll"),
            ("Controller_", "get", "/flows", "Controller_"),
            ("readFlowUsingGET", "get", "/flows", "readFlow"),
            ("readFlowUsingGET_1", "get", "/v2/flows", "readFlow"),
            ("payUsingCard", "post", "/pay", "payUsingCard"),
            ("list_flows", "get", "/flows", "list_flows"),
        ] {
            assert_eq!(own_name(id, method, path), expected, "{id}");
        }
    }
}
