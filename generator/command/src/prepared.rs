//! A call that is ready to be made, whatever operation it is of.

use clientsmith_runtime::{AsyncCaller, Error, List, Reply};
use clientsmith_runtime::{Pending, Request};

use crate::listing::{Listing, listing};

/// A call that has not been made.
pub struct Prepared {
    /// Makes it. What the answer says is in its body.
    pub(crate) send: Pending<Result<Reply<()>, Error>>,
    /// All pages of the list that it reads one of.
    pub(crate) pages: Option<Box<dyn Listing>>,
}

impl Prepared {
    /// A call that gives one answer.
    pub fn one<R: Request<Caller: AsyncCaller>>(request: R) -> Self {
        Self { send: Box::pin(async { request.reply().await.map(|reply| reply.map(drop)) }), pages: None }
    }

    /// A call that returns a page of a list.
    pub fn list<L: List<Caller: AsyncCaller>>(list: L) -> Self {
        let pages = listing(list.clone());
        Self { pages: Some(pages), ..Self::one(list) }
    }
}
