//! A prepared call of any operation.

use clientsmith_runtime::{AsyncCaller, Error, Reply};
use clientsmith_runtime::{Pending, Request};

use crate::listing::{Listing, PageList, listing};

/// A call that has not been sent.
pub struct Prepared {
    /// Sends the call. The value is in the body of the reply.
    pub(crate) send: Pending<Result<Reply<()>, Error>>,
    /// All pages of the list, if the call reads one.
    pub(crate) pages: Option<Box<dyn Listing>>,
}

impl Prepared {
    /// Prepares a call that returns one value.
    pub fn one<R: Request<Caller: AsyncCaller>>(request: R) -> Self {
        Self { send: Box::pin(async { request.reply().await.map(|reply| reply.map(drop)) }), pages: None }
    }

    /// Prepares a call that returns a page of a list.
    pub fn list<L: PageList>(list: L) -> Self {
        let pages = listing(list.clone());
        Self { pages: Some(pages), ..Self::one(list) }
    }
}
