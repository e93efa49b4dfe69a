//! The client that a careful user would write by hand: reqwest, serde, and structs for the needed objects.

use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderValue};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::Envelope;

pub mod cheap;
pub mod exact;

/// The position of a page in its list.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
pub struct Pagination {
    /// The number of the page.
    pub page: Option<u64>,
    /// The maximum number of rows per page.
    pub limit: Option<u64>,
    /// The total number of rows.
    pub total_count: Option<u64>,
    /// The total number of pages.
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
    /// Returns a client with the default settings of the generated client.
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

    /// Returns a request for one commission, ready to send.
    ///
    /// # Panics
    /// If the base URL is invalid.
    pub fn commission_request(&self, id: Uuid) -> reqwest::Request {
        self.get(&format!("/commissions/{id}")).build().expect("a request")
    }

    /// Returns one commission.
    ///
    /// # Panics
    /// If the call fails; like all calls here, because a failed call must not be measured.
    pub async fn commission(&self, id: Uuid) -> exact::Commission {
        self.send(self.get(&format!("/commissions/{id}"))).await.data
    }

    /// Returns a page of 100 commissions.
    ///
    /// # Panics
    /// If the call fails.
    pub async fn commissions(&self, page: u64) -> Envelope<Vec<exact::Commission>> {
        self.send(self.get("/commissions").query(&[("limit", 100), ("page", page)])).await
    }

    /// Returns the bytes of a page of 100 commissions.
    ///
    /// # Panics
    /// If the call fails.
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
