//! Instruction counts of single steps, measured by valgrind; other programs on the machine do not affect them.

#![allow(missing_docs, reason = "the macros make public items")]

use std::hint::black_box;

use benches::{Envelope, mock_server, peer, unsent};
use bytes::Bytes;
use gungraun::{library_benchmark, library_benchmark_group, main};
use promotekit::Client;
use serde::de::DeserializeOwned;
use tokio::runtime::Runtime;
use uuid::Uuid;

main!(library_benchmark_groups = decode, unsent_call);
library_benchmark_group!(name = decode, benchmarks = [decode_client, decode_exact, decode_cheap]);
library_benchmark_group!(name = unsent_call, benchmarks = [call_client, call_free, call_by_hand]);

#[library_benchmark]
#[bench::page(mock_server::page())]
fn decode_client(page: Bytes) -> Envelope<Vec<promotekit::Commission>> {
    read(&page)
}

#[library_benchmark]
#[bench::page(mock_server::page())]
fn decode_exact(page: Bytes) -> Envelope<Vec<peer::exact::Commission>> {
    read(&page)
}

#[library_benchmark]
#[bench::page(mock_server::page())]
fn decode_cheap(page: Bytes) -> Envelope<Vec<peer::cheap::Commission>> {
    read(&page)
}

fn read<T: DeserializeOwned>(page: &[u8]) -> Envelope<Vec<T>> {
    serde_json::from_slice(black_box(page)).expect("the documented form")
}

#[library_benchmark]
#[bench::one(warm(unsent::client(true)))]
fn call_client((runtime, client): (Runtime, Client)) -> (Runtime, Client) {
    runtime.block_on(unsent::call(&client, black_box(Uuid::from_u128(7))));
    (runtime, client)
}

#[library_benchmark]
#[bench::one(warm(unsent::client(false)))]
fn call_free((runtime, client): (Runtime, Client)) -> (Runtime, Client) {
    runtime.block_on(unsent::call(&client, black_box(Uuid::from_u128(7))));
    (runtime, client)
}

/// Warms up the client, so that one-time work is not counted.
fn warm(client: Client) -> (Runtime, Client) {
    let runtime = benches::runtime();
    runtime.block_on(unsent::call(&client, Uuid::from_u128(8)));
    (runtime, client)
}

#[library_benchmark]
#[bench::one(by_hand())]
fn call_by_hand(client: peer::Client) -> (peer::Client, reqwest::Request) {
    let request = client.commission_request(black_box(Uuid::from_u128(7)));
    (client, request)
}

fn by_hand() -> peer::Client {
    let client = unsent::by_hand();
    client.commission_request(Uuid::from_u128(8));
    client
}
