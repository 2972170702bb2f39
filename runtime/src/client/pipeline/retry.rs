//! What is tried again, how often, and after how long.

use std::time::Duration;

use http::{Method, StatusCode};

use super::Randomness;
use crate::request::Operation;

/// How often a request is tried, and how long it waits between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often a request is sent at most: 4 unless told; with 1 nothing is tried again.
    pub tries: u32,
    /// The shortest wait where the service names none: 1 second unless told.
    pub shortest: Duration,
    /// The longest wait where the service names none: 30 seconds unless told.
    pub longest: Duration,
    /// The longest wait that the service may ask for: 5 minutes unless told. What it asks is honoured to the
    /// millisecond; if it asks for more than this, the request fails, and the error says how long it asked for.
    pub ceiling: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            tries: 4,
            shortest: Duration::from_secs(1),
            longest: Duration::from_secs(30),
            ceiling: Duration::from_secs(300),
        }
    }
}

impl RetryPolicy {
    /// Nothing is tried again.
    pub fn none() -> Self {
        Self {
            tries: 1,
            ..Self::default()
        }
    }

    /// The wait after one of `previous`, with decorrelated jitter: by chance between the shortest and three times the
    /// previous one, but not beyond the longest.
    pub(crate) fn jitter(&self, previous: Duration, randomness: &dyn Randomness) -> Duration {
        let shortest = self.shortest.min(self.longest);
        let most = previous.max(shortest).saturating_mul(3).min(self.longest);
        let spread = (most - shortest).as_nanos();
        let part = spread * u128::from(randomness.next() >> 32) / u128::from(u32::MAX);
        // The spread is the difference of two durations of at most 2^64 nanoseconds wherever this matters.
        shortest + Duration::from_nanos(u64::try_from(part).unwrap_or(u64::MAX))
    }
}

/// A wait: what the client's hook is told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wait {
    /// How long.
    pub duration: Duration,
    /// What for.
    pub reason: WaitReason,
    /// How often the request was sent before.
    pub tries: u32,
    /// The operation, where the request is one that is documented.
    pub operation: Option<&'static Operation>,
}

/// What a request waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitReason {
    /// The service answered with this status, and is to be asked again.
    Status(StatusCode),
    /// There was no answer.
    NoAnswer,
    /// The service asked another request of the same client to wait.
    Gate,
    /// A long operation goes on, and the service is asked for its state from time to time.
    Pending,
}

/// What is known of a request that decides whether it may be sent again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Repeatable {
    pub(crate) is_get: bool,
    pub(crate) is_idempotent: bool,
}

impl Repeatable {
    /// By its method; `is_marked` says that the caller vouches for it.
    pub(crate) fn of(method: &Method, is_marked: bool) -> Self {
        Self {
            is_get: *method == Method::GET,
            is_idempotent: is_marked || *method != Method::POST,
        }
    }

    /// Whether it may be sent again after this status.
    pub(crate) fn after_status(self, status: StatusCode, names_wait: bool) -> bool {
        match status {
            StatusCode::TOO_MANY_REQUESTS => true,
            StatusCode::SERVICE_UNAVAILABLE => self.is_idempotent || names_wait,
            StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => self.is_idempotent,
            StatusCode::REQUEST_TIMEOUT => self.is_get,
            _ => false,
        }
    }

    /// Whether it may be sent again when no answer came: it may have been done all the same.
    pub(crate) fn after_failure(self) -> bool {
        self.is_idempotent
    }
}

/// Whether the service asks this client to be slower, so that all its requests wait.
pub(crate) fn is_throttling(status: StatusCode, names_wait: bool) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::SERVICE_UNAVAILABLE && names_wait
}
