//! Times of single steps, with criterion's statistics; criterion compares each run with the previous one.

#![allow(missing_docs, reason = "the macros make public items")]

use std::hint::black_box;

use benches::{Envelope, mock_server, peer, unsent};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::de::DeserializeOwned;
use uuid::Uuid;

criterion_group!(times, decode, call);
criterion_main!(times);

fn decode(criterion: &mut Criterion) {
    let page = mock_server::page();
    let mut group = criterion.benchmark_group("decode");
    group.throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("client", |bencher| bencher.iter(|| read::<promotekit::Commission>(&page)));
    group.bench_function("exact", |bencher| bencher.iter(|| read::<peer::exact::Commission>(&page)));
    group.bench_function("cheap", |bencher| bencher.iter(|| read::<peer::cheap::Commission>(&page)));
}

fn read<T: DeserializeOwned>(page: &[u8]) -> Envelope<Vec<T>> {
    serde_json::from_slice(black_box(page)).expect("the documented form")
}

fn call(criterion: &mut Criterion) {
    let runtime = benches::runtime();
    let (limited, free, by_hand) = (unsent::client(true), unsent::client(false), unsent::by_hand());
    let id = Uuid::from_u128(7);
    let mut group = criterion.benchmark_group("unsent call");
    let call = |client| runtime.block_on(unsent::call(client, black_box(id)));
    group.bench_function("client", |bencher| bencher.iter(|| call(&limited)));
    group.bench_function("client without limiter", |bencher| bencher.iter(|| call(&free)));
    group.bench_function("request by hand", |bencher| bencher.iter(|| by_hand.commission_request(black_box(id))));
}
