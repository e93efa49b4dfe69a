//! The description of a small API, for the tests of this crate.

use crate::api::{ApiSpec, Auth, Envelope, Environment, ErrorPointers, Operation, Package, Paging, Safety};

pub(crate) static OPERATION: Operation = Operation::new("op", "GET", "/things/{id}", Safety::Safe);

pub(crate) static API: ApiSpec = ApiSpec {
    title: "Example",
    version: "1",
    package: Package { name: "example", version: "0.1.0", user_agent: "example/0.1.0", tracer: crate::tracer!() },
    base_url: "https://api.example.com/v1",
    environment: Environment { api_key: "EXAMPLE_KEY", base_url: "EXAMPLE_URL" },
    auth: Auth::Bearer,
    token_endpoint: None,
    headers: &[],
    errors: ErrorPointers { flag: "", message: "/message", code: "/code" },
    rate_limit: None,
    envelope: Some(Envelope { success: "ok", data: "data" }),
    paging: Some(Paging {
        page_parameter: "page",
        limit_parameter: "limit",
        property: "place",
        page: Some("page"),
        limit: None,
        total_count: Some("total"),
        total_pages: None,
        has_more: Some("more"),
    }),
    operations: &[&OPERATION],
    objects: &[],
    enumerations: &[],
    unions: &[],
    newtypes: &[],
};
