//! Every response sample goes over HTTP through the client, is serialized again, and keeps its content.

use libtest_mimic::Trial;
use serde_json::Value;
use tests::alike::{Form, alike};
use tests::calls::call_of;
use tests::corpus::{self, Sample};
use tests::server::{Reply, Server, wait};

use crate::case;

pub(crate) fn cases() -> Vec<Trial> {
    let response = |kind: &'static str, form| {
        corpus::of_kind(kind)
            .map(move |sample| case(format!("sample::{}.{kind}", sample.id()), move || check_response(&sample, form)))
    };
    response("response", Form::Documented).chain(response("tolerated", Form::Tolerated)).collect()
}

fn check_response(sample: &Sample, form: Form) {
    let call = call_of(&sample.directory).unwrap_or_else(|| panic!("no call of {}", sample.directory));
    let server = Server::replying([Reply::json(200, sample.text())]);
    let back = wait(call(&server.client())).unwrap_or_else(|error| panic!("{error}"));
    let sent = sample.json();
    let (data, pagination) = match sent.get("pagination") {
        Some(pagination) => (&back["items"], Some(pagination)),
        None => (&back, None),
    };
    alike(&sent["data"], data, form).unwrap_or_else(|difference| panic!("data{difference}"));
    if let Some(pagination) = pagination {
        alike(pagination, &without_nulls(&back["pagination"]), form)
            .unwrap_or_else(|difference| panic!("pagination{difference}"));
    }
    assert_eq!(server.seen().len(), 1);
}

/// The pagination has null where the response omits a property.
fn without_nulls(value: &Value) -> Value {
    let fields = value.as_object().expect("an object");
    fields.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.clone(), value.clone())).collect()
}
