//! Emits `generated/webhooks.rs`: the webhooks of the API as one enumeration.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::kind;
use crate::docs;
use crate::model::{Docs, Webhook, Webhooks};

pub(super) fn expand(webhooks: &Webhooks) -> TokenStream {
    let Webhooks { name, data, events } = webhooks;
    let enumeration = expand_enumeration(events);
    let methods = expand_methods(events);
    let write = expand_write(events);
    let delivery = expand_delivery(events);
    quote! {
        //! The events that the API sends to your endpoint: read one with [`Event::parse`].
        //!
        //! Signatures are not checked. Use a path that is hard to guess, and fetch the object from the API before you act
        //! on an event.

        #[allow(unused_imports)]
        use crate::generated::types;
        use clientsmith_runtime::Error;
        use clientsmith_runtime::webhook::{UnreadEvent, Wire};

        #[doc(inline)]
        pub use clientsmith_runtime::UnknownEvent;

        static WIRE: Wire = Wire { name: #name, data: #data };

        #enumeration
        #methods
        #write
        #delivery
    }
}

fn expand_enumeration(events: &[Webhook]) -> TokenStream {
    let variants = events.iter().map(expand_variant);
    quote! {
        /// An event and its object.
        ///
        /// Serializes to the received body, without the fields in [`Delivery::extra`].
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            #(#variants,)*
            /// An unknown event, kept as received and serialized unchanged.
            Unknown(UnknownEvent),
        }
    }
}

fn expand_variant(webhook: &Webhook) -> TokenStream {
    let name = format_ident!("{}", webhook.variant);
    let payload = kind::expand(&webhook.payload);
    let Docs { summary, description } = &webhook.docs;
    let [otherwise, last] = [format!("The event {}.", docs::code(&webhook.event)), docs::code(&webhook.event)];
    let docs = docs::described(summary.as_deref(), description.as_deref(), otherwise, last);
    let deprecated = webhook.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #docs
        #deprecated
        #name(Box<#payload>)
    }
}

fn expand_methods(events: &[Webhook]) -> TokenStream {
    let names = events.iter().map(|webhook| {
        let (variant, event) = (format_ident!("{}", webhook.variant), &webhook.event);
        quote!(Self::#variant(_) => #event)
    });
    quote! {
        impl Event {
            /// Reads the body of a webhook request.
            ///
            /// Unknown events are not errors. An invalid body is an [`Error::Event`].
            pub fn parse(body: impl AsRef<[u8]>) -> Result<Self, Error> {
                Delivery::parse(body).map(|delivery| delivery.event)
            }

            /// The name of the event in the API.
            pub fn name(&self) -> &str {
                match self {
                    #(#names,)*
                    Self::Unknown(event) => &event.name,
                }
            }
        }
    }
}

fn expand_write(events: &[Webhook]) -> TokenStream {
    let writes = events.iter().map(|webhook| {
        let (variant, event) = (format_ident!("{}", webhook.variant), &webhook.event);
        quote!(Self::#variant(data) => WIRE.write(serializer, #event, data, extra))
    });
    quote! {
        impl Event {
            fn write<S: serde::Serializer>(
                &self,
                serializer: S,
                extra: &serde_json::Map<String, serde_json::Value>,
            ) -> Result<S::Ok, S::Error> {
                match self {
                    #(#writes,)*
                    Self::Unknown(event) => serde::Serialize::serialize(event, serializer),
                }
            }
        }

        impl serde::Serialize for Event {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.write(serializer, &serde_json::Map::new())
            }
        }
    }
}

fn expand_delivery(events: &[Webhook]) -> TokenStream {
    let known = events.iter().map(|webhook| {
        let (variant, event) = (format_ident!("{}", webhook.variant), &webhook.event);
        quote!(#event => body.known(Event::#variant))
    });
    quote! {
        /// An event and the other fields of its body.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct Delivery {
            /// The event.
            pub event: Event,
            /// Undocumented fields, kept as received and serialized unchanged. Those of an unknown event are in
            /// [`UnknownEvent::extra`].
            pub extra: serde_json::Map<String, serde_json::Value>,
        }

        impl Delivery {
            /// Reads the body of a webhook request; see [`Event::parse`].
            pub fn parse(body: impl AsRef<[u8]>) -> Result<Self, Error> {
                let body = UnreadEvent::open(&WIRE, body.as_ref())?;
                let (event, extra) = match body.name() {
                    #(#known,)*
                    _ => body.unknown(Event::Unknown),
                }?;
                Ok(Self { event, extra })
            }
        }

        impl serde::Serialize for Delivery {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.event.write(serializer, &self.extra)
            }
        }
    }
}
