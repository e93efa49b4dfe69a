//! The documented events.

use promotekit::webhooks::Event;

/// Whether an event is of a variant.
pub type IsVariant = fn(&Event) -> bool;

/// The documented events, with the variant of each.
pub const VARIANTS: &[(&str, IsVariant)] = &[
    ("affiliate.created", |event| matches!(event, Event::AffiliateCreated(_))),
    ("affiliate.approved", |event| matches!(event, Event::AffiliateApproved(_))),
    ("referral.created", |event| matches!(event, Event::ReferralCreated(_))),
    ("referral.converted", |event| matches!(event, Event::ReferralConverted(_))),
    ("commission.created", |event| matches!(event, Event::CommissionCreated(_))),
];
