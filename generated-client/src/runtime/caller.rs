//! Who makes calls: the async client or the blocking one. Request values are the same for both.

use super::client::Client;
use super::error::Error;

/// A client of either kind. There are no others.
pub trait Caller: Clone + Send + Sync + Unpin + 'static + sealed::Sealed {
    /// What does the work.
    #[doc(hidden)]
    fn client(&self) -> &Client;

    /// A client of this kind.
    #[doc(hidden)]
    fn around(client: Client) -> Result<Self, Error>;
}

impl Caller for Client {
    fn client(&self) -> &Client {
        self
    }

    fn around(client: Client) -> Result<Self, Error> {
        Ok(client)
    }
}

pub(crate) mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Client {}
}
