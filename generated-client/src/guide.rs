#![doc = include_str!("../guide/index.md")]
// Without the mock server there is nothing that links to it could lead to.
#![cfg_attr(not(feature = "mock"), allow(rustdoc::broken_intra_doc_links))]

#[doc = include_str!("../guide/install.md")]
pub mod install {}
#[doc = include_str!("../guide/first_call.md")]
pub mod first_call {}
#[doc = include_str!("../guide/record_sale.md")]
pub mod record_sale {}
#[doc = include_str!("../guide/nightly_export.md")]
pub mod nightly_export {}
#[doc = include_str!("../guide/payout_report.md")]
pub mod payout_report {}
#[doc = include_str!("../guide/errors.md")]
pub mod errors {}
#[doc = include_str!("../guide/limits.md")]
pub mod limits {}
#[doc = include_str!("../guide/lists.md")]
pub mod lists {}
#[doc = include_str!("../guide/money.md")]
pub mod money {}
#[doc = include_str!("../guide/webhooks.md")]
pub mod webhooks {}
#[doc = include_str!("../guide/command_line.md")]
pub mod command_line {}
#[doc = include_str!("../guide/testing.md")]
pub mod testing {}
#[doc = include_str!("../guide/changes.md")]
pub mod changes {}
