//! The retry policy: which requests are retried, how often, and after which delay.

use std::time::Duration;

use http::{Method, StatusCode};

use super::Randomness;
use crate::request::Operation;

/// How often a request is sent, and the delays between the tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The maximum number of times a request is sent. The default is 4; 1 disables retries.
    pub tries: u32,
    /// The minimum delay if the service does not send `Retry-After`. The default is 1 second.
    pub min_delay: Duration,
    /// The maximum delay if the service does not send `Retry-After`. The default is 30 seconds.
    pub max_delay: Duration,
    /// The longest `Retry-After` that is honored. The default is 5 minutes. If the service asks for a longer delay, the request
    /// fails, and [`Error::retry_after`](crate::Error::retry_after) returns that delay.
    pub max_retry_after: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            tries: 4,
            min_delay: Duration::from_secs(1),
            max_delay: Duration::from_secs(30),
            max_retry_after: Duration::from_secs(300),
        }
    }
}

impl RetryPolicy {
    /// A policy without retries.
    pub fn none() -> Self {
        Self {
            tries: 1,
            ..Self::default()
        }
    }

    /// Returns the delay after one of `previous`, with decorrelated jitter: a random duration between the minimum and three times
    /// the previous one, capped at the maximum.
    pub(crate) fn jitter(&self, previous: Duration, randomness: &dyn Randomness) -> Duration {
        let min_delay = self.min_delay.min(self.max_delay);
        let most = previous
            .max(min_delay)
            .saturating_mul(3)
            .min(self.max_delay);
        let spread = (most - min_delay).as_nanos();
        let part = spread * u128::from(randomness.next() >> 32) / u128::from(u32::MAX);
        // The spread is below 2^64 nanoseconds for all durations that occur in practice.
        min_delay + Duration::from_nanos(u64::try_from(part).unwrap_or(u64::MAX))
    }
}

/// A wait, as passed to the callback set with [`ClientBuilder::on_wait`](crate::ClientBuilder::on_wait).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wait {
    /// The duration of the wait.
    pub duration: Duration,
    /// The reason of the wait.
    pub reason: WaitReason,
    /// The number of times the request was sent so far.
    pub tries: u32,
    /// The documented operation of the request, if there is one.
    pub operation: Option<&'static Operation>,
}

/// The reason of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitReason {
    /// The service answered with this status, and the request is retried.
    Status(StatusCode),
    /// There was no response.
    NoResponse,
    /// The service throttled another request of the same client.
    Gate,
    /// A long-running operation is in progress, and its status is polled.
    Pending,
}

/// The properties of a request that determine whether it may be sent again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Repeatable {
    pub(crate) is_get: bool,
    pub(crate) is_idempotent: bool,
}

impl Repeatable {
    /// Derives them from the method; `is_marked` is the declaration of the caller that sending the request twice is safe.
    pub(crate) fn of(method: &Method, is_marked: bool) -> Self {
        Self {
            is_get: *method == Method::GET,
            is_idempotent: is_marked || *method != Method::POST,
        }
    }

    /// Whether the request may be sent again after a response with this status.
    pub(crate) fn after_status(self, status: StatusCode, names_wait: bool) -> bool {
        match status {
            StatusCode::TOO_MANY_REQUESTS => true,
            StatusCode::SERVICE_UNAVAILABLE => self.is_idempotent || names_wait,
            StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => self.is_idempotent,
            StatusCode::REQUEST_TIMEOUT => self.is_get,
            _ => false,
        }
    }

    /// Whether the request may be sent again after a failure without a response: the service may have processed it.
    pub(crate) fn after_failure(self) -> bool {
        self.is_idempotent
    }
}

/// Whether the service throttles the client, so that all its requests wait.
pub(crate) fn is_throttling(status: StatusCode, names_wait: bool) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::SERVICE_UNAVAILABLE && names_wait
}
