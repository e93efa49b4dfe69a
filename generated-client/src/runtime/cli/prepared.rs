//! A call that is ready to be made, whatever operation it is of.

use super::rows::{Listing, listing};
use crate::runtime::request::{Pending, Request};
use crate::runtime::{Client, Error, List, Reply};

/// A call that has not been made.
pub(crate) struct Prepared {
    /// Makes it. What the answer says is in its body.
    pub(crate) send: Pending<Result<Reply<()>, Error>>,
    /// All pages of the list that it reads one of.
    pub(crate) pages: Option<Box<dyn Listing>>,
}

impl Prepared {
    /// A call that gives one answer.
    pub(crate) fn one<R: Request<Caller = Client>>(request: R) -> Self {
        Self { send: Box::pin(async { request.reply().await.map(|reply| reply.map(drop)) }), pages: None }
    }

    /// A call that gives a page of a list, with the rows in the property `data`.
    pub(crate) fn list<L: List<Caller = Client>>(list: L, data: &'static str) -> Self {
        let pages = listing(list.clone(), data);
        Self { pages: Some(pages), ..Self::one(list) }
    }
}
