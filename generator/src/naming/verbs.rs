//! Names methods by their effect, if an operation id only consists of HTTP method and path.

use super::{same_noun, words};

/// The facts about an operation that decide its verb.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route<'a> {
    /// The HTTP method, in lower case.
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    /// Whether the response is a list, or an object around one.
    pub(crate) returns_list: bool,
    /// Whether the document has the path of one object below this path.
    pub(crate) has_items: bool,
}

/// The first words of last path segments that are actions, such as `/charges/{charge}/capture`.
const ACTIONS: [&str; 79] = [
    "accept",
    "activate",
    "add",
    "apply",
    "approve",
    "archive",
    "assign",
    "attach",
    "block",
    "cancel",
    "capture",
    "charge",
    "clone",
    "close",
    "complete",
    "confirm",
    "copy",
    "deactivate",
    "decline",
    "decrement",
    "delete",
    "deny",
    "detach",
    "disable",
    "dismiss",
    "duplicate",
    "enable",
    "execute",
    "expire",
    "export",
    "fail",
    "finalize",
    "finish",
    "import",
    "increment",
    "invite",
    "lock",
    "mark",
    "merge",
    "move",
    "pause",
    "pay",
    "present",
    "process",
    "publish",
    "reactivate",
    "redact",
    "refresh",
    "refund",
    "reject",
    "release",
    "remove",
    "rename",
    "reopen",
    "replace",
    "resend",
    "reset",
    "restart",
    "restore",
    "resume",
    "retry",
    "return",
    "reverse",
    "revoke",
    "rotate",
    "send",
    "set",
    "start",
    "stop",
    "submit",
    "suspend",
    "sync",
    "trigger",
    "unarchive",
    "unassign",
    "unlock",
    "validate",
    "verify",
    "void",
];

/// Returns another name for an operation whose id begins with its HTTP method: `get_customers` → `list_customers`.
///
/// - `list`, `create`: a path above the paths of single objects.
/// - `get`, `update`, `delete`: the path of a single object, which ends with a parameter.
/// - the action: a POST below a single object, such as `/charges/{charge}/capture`.
pub(crate) fn with_verb(id: &str, route: Route<'_>) -> Option<String> {
    let all = words(id);
    let (first, rest) = all.split_first()?;
    if first != route.method {
        return None;
    }
    let last = route.path.trim_end_matches('/').rsplit('/').next()?;
    let is_item = last.starts_with('{') && last.ends_with('}');
    let is_plural = last.ends_with('s') && !last.ends_with("ss");
    if let Some(action) = action(&route, last, rest) {
        return Some(action);
    }
    let verb = match route.method {
        "get" if !is_item && route.returns_list && (route.has_items || is_plural) => "list",
        "post" if !is_item && route.has_items => "create",
        "post" | "put" | "patch" if is_item => "update",
        "get" | "delete" if is_item => route.method,
        _ => return None,
    };
    let of_path = ["", "by "].iter().find_map(|by| nouns_of_path(route.path, by, rest));
    let mut nouns = of_path.unwrap_or_else(|| rest.to_vec());
    if verb != "list"
        && let Some(last) = nouns.last_mut()
    {
        *last = singular(last);
    }
    Some([vec![verb.to_owned()], nouns].concat().join("_"))
}

/// Returns the action of a POST below a single object, followed by the object's nouns.
fn action(route: &Route<'_>, last: &str, id: &[String]) -> Option<String> {
    let verb = words(last);
    let (parent, _) = route.path.trim_end_matches('/').rsplit_once('/')?;
    let is_action = ACTIONS.contains(&verb.first()?.as_str());
    if route.method != "post" || !parent.ends_with('}') || !is_action {
        return None;
    }
    let rest = id.strip_suffix(verb.as_slice())?;
    let mut nouns = nouns_of_path(parent, "", rest)?;
    if let Some(last) = nouns.last_mut() {
        *last = singular(last);
    }
    Some([verb, nouns].concat().join("_"))
}

/// Returns the words of an id without those of parameters, if they are the last words of the path. `by` precedes each
/// parameter.
fn nouns_of_path(path: &str, by: &str, id: &[String]) -> Option<Vec<String>> {
    let parts = path.split('/').flat_map(|part| {
        let is_parameter = part.starts_with('{');
        let part = if is_parameter { words(&format!("{by}{part}")) } else { words(part) };
        part.into_iter().map(move |word| (word, is_parameter))
    });
    let all: Vec<_> = parts.collect();
    let last = &all[all.len().checked_sub(id.len())?..];
    let is_same = last.iter().zip(id).all(|((word, _), other)| same_noun(word, other));
    is_same.then(|| last.iter().filter(|(_, is_parameter)| !is_parameter).map(|(word, _)| word.clone()).collect())
}

fn singular(noun: &str) -> String {
    let kept = ["ss", "us", "is", "news", "series"].iter().any(|ending| noun.ends_with(ending));
    let other = [("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", "")]
        .iter()
        .find_map(|(plural, singular)| Some(format!("{}{singular}", noun.strip_suffix(plural)?)))
        .filter(|one| one.len() > 1);
    other.filter(|_| !kept).unwrap_or_else(|| noun.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs() {
        for (id, method, path, returns_list, has_items, expected) in [
            ("GetCustomers", "get", "/v1/customers", true, true, Some("list_customers")),
            ("PostCustomers", "post", "/v1/customers", false, true, Some("create_customer")),
            ("GetCustomersCustomer", "get", "/v1/customers/{customer}", false, false, Some("get_customer")),
            ("PostCustomersCustomer", "post", "/v1/customers/{customer}", false, false, Some("update_customer")),
            ("DeleteCustomersCustomer", "delete", "/v1/customers/{customer}", false, false, Some("delete_customer")),
            (
                "GetCustomersCustomerTaxIds",
                "get",
                "/v1/customers/{customer}/tax_ids",
                true,
                true,
                Some("list_customers_tax_ids"),
            ),
            (
                "DeleteCustomersCustomerTaxIdsId",
                "delete",
                "/v1/customers/{customer}/tax_ids/{id}",
                false,
                false,
                Some("delete_customers_tax_id"),
            ),
            ("PostChargesChargeCapture", "post", "/v1/charges/{charge}/capture", false, false, Some("capture_charge")),
            (
                "PostCustomersCustomerSourcesIdVerify",
                "post",
                "/v1/customers/{customer}/sources/{id}/verify",
                false,
                false,
                Some("verify_customers_source"),
            ),
            ("PostChargesChargeReview", "post", "/v1/charges/{charge}/review", false, false, None),
            ("PostChargesCapture", "post", "/v1/charges/capture", false, false, None),
            ("GetCustomersSearch", "get", "/v1/customers/search", true, false, None),
            ("GetBalance", "get", "/v1/balance", false, false, None),
            ("get_boxes", "get", "/boxes/", true, false, Some("list_boxes")),
            ("put_box", "put", "/boxes/{id}", false, false, Some("update_box")),
            ("put_boxes", "put", "/boxes", false, true, None),
            ("getUserById", "get", "/users/{id}", false, false, Some("get_user")),
            ("getUserByName", "get", "/users/{id}", false, false, Some("get_user_by_name")),
            ("list_boxes", "get", "/boxes", true, true, None),
            ("getaway", "get", "/getaways/{id}", false, false, None),
            ("get", "get", "/boxes/{id}", false, false, Some("get")),
            ("", "get", "/", false, false, None),
        ] {
            let found = with_verb(id, Route { method, path, returns_list, has_items });
            assert_eq!(found.as_deref(), expected, "{id}");
        }
    }

    #[test]
    fn singulars() {
        for (plural, expected) in [
            ("customers", "customer"),
            ("companies", "company"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("batches", "batch"),
            ("status", "status"),
            ("address", "address"),
            ("news", "news"),
            ("s", "s"),
            ("sheep", "sheep"),
        ] {
            assert_eq!(singular(plural), expected);
        }
    }
}
