//! A small API with one operation of each kind.

use std::time::Duration;

use clientsmith_runtime::api::{
    ApiSpec, Auth, Environment, ErrorPointers, Kind, Media, Operation, Output, Package, Safety, TokenEndpoint,
};
use clientsmith_runtime::{self as rt, Caller};

pub(super) static API: ApiSpec = ApiSpec {
    title: "Streaming",
    version: "1",
    package: Package {
        name: "streaming",
        version: "0.1.0",
        user_agent: "streaming/0.1.0",
        tracer: clientsmith_runtime::tracer!(),
    },
    base_url: "",
    environment: Environment { api_key: "KEY", base_url: "URL" },
    auth: Auth::Bearer,
    token_endpoint: None,
    headers: &[],
    errors: ErrorPointers { flag: "", message: "/message", code: "" },
    rate_limit: None,
    envelope: None,
    paging: None,
    operations: &[],
    objects: &[],
    enumerations: &[],
    unions: &[],
    newtypes: &[],
};

/// The same API with tokens that the client fetches.
pub(super) static WITH_TOKENS: ApiSpec = ApiSpec {
    token_endpoint: Some(TokenEndpoint {
        url: "/token",
        scopes: "",
        in_body: false,
        client_id: "ID",
        client_secret: "SECRET",
    }),
    ..API
};

static FETCH: Operation =
    Operation::new("fetch", "GET", "/file", Safety::Safe).accept("application/pdf").output(Output::File);
static STORE: Operation = Operation::new("store", "PUT", "/file", Safety::Idempotent).body(
    Media::Bytes,
    "application/octet-stream",
    Kind::Any,
);
static ADD: Operation = Operation::new("add", "POST", "/file", Safety::NotIdempotent).body(
    Media::Bytes,
    "application/octet-stream",
    Kind::Any,
);
static WATCH: Operation = Operation::new("watch", "GET", "/events", Safety::Safe)
    .accept("text/event-stream")
    .output(Output::Events(Kind::Integer));
static RUN: Operation = Operation::new("run", "POST", "/events", Safety::NotIdempotent).output(Output::Json(Kind::Any));
static EXPORT: Operation = Operation::new("export", "GET", "/lines", Safety::Safe)
    .accept("application/jsonl")
    .output(Output::Lines(Kind::Integer));

/// The time within which each piece must arrive.
pub(super) const TIMEOUT: Duration = Duration::from_secs(1);

pub(super) fn client<C: Caller>(url: &str) -> C {
    let builder = rt::ClientBuilder::<C>::new(&API, "key_1".into()).base_url(url).timeout(TIMEOUT);
    builder.backoff(Duration::ZERO, Duration::ZERO).max_response_bytes(1000).build().expect("a client")
}

/// Defines a request value without inputs.
macro_rules! request {
    ($value:ident, $operation:ident => $output:ty, $read:expr) => {
        #[derive(Clone)]
        pub(super) struct $value<C> {
            client: C,
            options: rt::CallOptions,
            body: Option<rt::Upload>,
        }

        impl<C: Caller> $value<C> {
            pub(super) fn new(client: &C) -> Self {
                Self { client: client.clone(), options: rt::CallOptions::default(), body: None }
            }

            #[allow(dead_code, reason = "some requests have no body")]
            pub(super) fn body(mut self, body: rt::Upload) -> Self {
                self.body = Some(body);
                self
            }

            async fn sent(self) -> Result<rt::Response, rt::Error> {
                let mut call = rt::Call::new(self.client.client(), &$operation, self.options);
                if let Some(body) = self.body {
                    call.bytes(body);
                }
                call.send().await
            }

            async fn call(self) -> Result<rt::Reply<$output>, rt::Error> {
                let caller = self.client.clone();
                let response = self.sent().await?;
                #[allow(clippy::redundant_closure_call, reason = "each operation reads the response in its own way")]
                $read(response, caller)
            }
        }

        rt::request_value!($value => $output);
    };
}

request!(Fetch, FETCH => rt::Bytes, |response: rt::Response, _| response.bytes());
request!(Store, STORE => (), |response: rt::Response, _| response.nothing());
request!(Add, ADD => (), |response: rt::Response, _| response.nothing());
request!(Watch, WATCH => rt::Events<u32, C>, |response: rt::Response, caller| {
    response.streamed(|response| response.events(caller))
});
request!(Run, RUN => serde_json::Value, |response: rt::Response, _| response.value());
request!(Export, EXPORT => rt::Lines<u32, C>, |response: rt::Response, caller| {
    response.streamed(|response| response.lines(caller))
});

rt::streaming_value!(Fetch);
rt::download_value!(Fetch);
rt::streaming_value!(Run);
rt::listen_value!(Run, events => rt::Events<String, C>, "text/event-stream", rt::Response::text_events::<C>);
