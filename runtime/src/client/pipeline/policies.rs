//! The settings that apply to all requests of a client.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use super::gate::Gate;
use super::{Limits, Randomness, RetryPolicy, Slots};
use crate::hosts::Hosts;

/// The settings that apply to all requests of a client, and the gate that they share.
pub(crate) struct Policies {
    pub(crate) hosts: Hosts,
    pub(crate) retry: RetryPolicy,
    pub(crate) limits: Limits,
    pub(crate) gate: Gate,
    pub(crate) slots: Arc<Slots>,
    pub(crate) randomness: Arc<dyn Randomness>,
    pub(crate) user_agent: HeaderValue,
    /// Whether the client has a token source.
    pub(crate) signs: bool,
}

impl fmt::Debug for Policies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Policies");
        shown
            .field("hosts", &self.hosts)
            .field("retry", &self.retry);
        shown.field("limits", &self.limits).finish_non_exhaustive()
    }
}
