//! Emits `generated/mock.rs`: the mock server of the API and the objects that it stores.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::option;
use crate::model::{Action, Api, Collection, Operation, Relation, Resource};

pub(super) fn expand(api: &Api) -> TokenStream {
    let server = expand_server();
    let spec = expand_spec(api);
    let seeds = api.collections.iter().enumerate().map(expand_seed);
    quote! {
        //! A mock server of the API that runs in your tests.
        //!
        //! It stores created objects, filters and paginates lists, and checks requests against the documentation. It can
        //! inject faults, and logs every request.

        use clientsmith_runtime as rt;
        use rt::mock::spec::MockSpec;

        #[allow(unused_imports)]
        use super::{api, types, Client};

        #server
        #spec
        #(#seeds)*
    }
}

/// Returns the reexports of the mock server. In place of aliases, rustdoc gets the runtime's types (see `facade.rs`).
fn expand_server() -> TokenStream {
    quote! {
        #[doc(inline)]
        pub use rt::mock::{
            Calls, Fault, Recorded, Response, RetryAfter, Seed, SeedError, UnknownOperation,
        };

        #[cfg(doc)]
        #[doc(inline)]
        pub use rt::mock::{Server, ServerBuilder};
        /// A mock server of this API.
        #[cfg(not(doc))]
        pub type Server<C = Client> = rt::mock::Server<C>;
        /// Settings of a mock server.
        #[cfg(not(doc))]
        pub type ServerBuilder<C = Client> = rt::mock::ServerBuilder<C>;

        /// Starts a server on a free port of this machine, with the API's own rate limit.
        pub fn start() -> std::io::Result<Server<Client>> {
            builder().start()
        }

        /// Returns a builder of a server.
        pub fn builder() -> ServerBuilder<Client> {
            ServerBuilder::new(&MOCK)
        }

        /// Sample bodies of webhooks by event name, for tests of your endpoint.
        pub const SAMPLE_EVENTS: &[(&str, &str)] = MOCK.events;

        /// The body of one event.
        pub fn sample_event(name: &str) -> Option<&'static str> {
            SAMPLE_EVENTS.iter().find(|(event, _)| *event == name).map(|(_, body)| *body)
        }
    }
}

fn expand_spec(api: &Api) -> TokenStream {
    let base_path = &api.base_path;
    let operations = api
        .resources
        .iter()
        .flat_map(|resource| resource.operations.iter().map(|operation| expand_operation(resource, operation)));
    let collections = api.collections.iter().map(expand_collection);
    let events = api.webhooks.iter().flat_map(|webhooks| &webhooks.events).filter_map(|webhook| {
        let (event, sample) = (&webhook.event, webhook.sample.as_ref()?);
        Some(quote!((#event, #sample)))
    });
    quote! {
        pub(crate) static MOCK: MockSpec = MockSpec {
            api: &api::API,
            base_path: #base_path,
            operations: &[#(#operations),*],
            collections: &[#(#collections),*],
            events: &[#(#events),*],
        };
    }
}

fn expand_operation(resource: &Resource, operation: &Operation) -> TokenStream {
    let (module, constant) = (format_ident!("{}", resource.module), format_ident!("{}", operation.constant));
    let action = expand_action(operation.action);
    let sample = option(operation.sample.as_ref().map(|sample| quote!(#sample)));
    quote! {
        rt::mock::spec::MockOperation { operation: &api::#module::#constant, action: #action, sample: #sample }
    }
}

fn expand_action(action: Action) -> TokenStream {
    let (name, index) = match action {
        Action::List(index) => ("List", index),
        Action::Get(index) => ("Get", index),
        Action::Create(index) => ("Create", index),
        Action::Update(index) => ("Update", index),
        Action::Delete(index) => ("Delete", index),
        Action::Other => return quote!(rt::mock::spec::Action::Other),
    };
    let (name, index) = (format_ident!("{name}"), Literal::usize_unsuffixed(index));
    quote!(rt::mock::spec::Action::#name(#index))
}

fn expand_collection(collection: &Collection) -> TokenStream {
    let Collection { schema, sample, key, .. } = collection;
    let relations = collection.relations.iter().map(expand_relation);
    let aliases = collection.aliases.iter().map(|alias| {
        let (name, list, field) = (&alias.name, &alias.list, &alias.field);
        quote!(rt::mock::spec::Alias { name: #name, list: #list, field: #field })
    });
    quote! {
        rt::mock::spec::Collection {
            schema: #schema,
            sample: #sample,
            key: #key,
            relations: &[#(#relations),*],
            aliases: &[#(#aliases),*],
        }
    }
}

fn expand_relation(relation: &Relation) -> TokenStream {
    let (field, collection) = (&relation.field, Literal::usize_unsuffixed(relation.collection));
    let inner = relation.inner.iter().map(expand_relation);
    quote!(rt::mock::spec::Relation { field: #field, collection: #collection, inner: &[#(#inner),*] })
}

fn expand_seed((index, collection): (usize, &Collection)) -> TokenStream {
    let (name, index) = (format_ident!("{}", collection.schema), Literal::usize_unsuffixed(index));
    quote! {
        impl Seed for types::#name {
            const COLLECTION: usize = #index;
        }
    }
}
