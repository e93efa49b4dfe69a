//! The client that a careful user would write by hand: reqwest, serde, and structs for the objects that are needed.

use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderValue};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::Envelope;

pub mod cheap;
pub mod exact;

/// Where a page stands.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
pub struct Pagination {
    /// The number of the page.
    pub page: Option<u64>,
    /// How many rows a page holds.
    pub limit: Option<u64>,
    /// How many rows there are.
    pub total_count: Option<u64>,
    /// How many pages there are.
    pub total_pages: Option<u64>,
    /// Whether there is another page.
    pub has_more: Option<bool>,
}

/// A hand-written client of the API.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: String,
    key: String,
}

impl Client {
    /// One with the settings that the library has by default.
    ///
    /// # Panics
    /// If TLS cannot be set up.
    pub fn new(base_url: impl Into<String>, key: impl Into<String>) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .user_agent("by-hand/1.0")
            .build()
            .expect("an HTTP client");
        Self { http, base_url: base_url.into(), key: key.into() }
    }

    /// A request for one commission, ready to be sent.
    ///
    /// # Panics
    /// If the base URL is none.
    pub fn commission_request(&self, id: Uuid) -> reqwest::Request {
        self.get(&format!("/commissions/{id}")).build().expect("a request")
    }

    /// One commission.
    ///
    /// # Panics
    /// If it cannot be had, as do the other calls: nothing is to be measured then.
    pub async fn commission(&self, id: Uuid) -> exact::Commission {
        self.send(self.get(&format!("/commissions/{id}"))).await.data
    }

    /// A page of 100 commissions.
    ///
    /// # Panics
    /// If it cannot be had.
    pub async fn commissions(&self, page: u64) -> Envelope<Vec<exact::Commission>> {
        self.send(self.get("/commissions").query(&[("limit", 100), ("page", page)])).await
    }

    /// The bytes of a page of 100 commissions.
    ///
    /// # Panics
    /// If it cannot be had.
    pub async fn commissions_text(&self) -> bytes::Bytes {
        let response = self.get("/commissions").query(&[("limit", 100)]).send().await.expect("a response");
        response.error_for_status().expect("a success").bytes().await.expect("a body")
    }

    fn get(&self, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.get(format!("{}{path}", self.base_url));
        request.header(ACCEPT, HeaderValue::from_static("application/json")).bearer_auth(&self.key)
    }

    async fn send<T: DeserializeOwned>(&self, request: reqwest::RequestBuilder) -> Envelope<T> {
        let response = request.send().await.expect("a response").error_for_status().expect("a success");
        let body = response.bytes().await.expect("a body");
        let envelope: Envelope<T> = serde_json::from_slice(&body).expect("the documented form");
        assert_ne!(envelope.success, Some(false));
        envelope
    }
}
