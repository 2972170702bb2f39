//! The status of a long-running operation.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::Value;

use crate::request::without_bom;

/// The status words of an operation in progress, in lower case.
const GOING_ON: [&str; 11] = [
    "accepted",
    "inprogress",
    "notstarted",
    "pending",
    "processing",
    "queued",
    "running",
    "started",
    "updating",
    "validating",
    "waiting",
];

/// The status words of a failed operation, in lower case.
const FAILED: [&str; 6] = [
    "cancelled",
    "canceled",
    "deletefailed",
    "failed",
    "failure",
    "error",
];

/// The status of a long-running operation.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationState {
    status: Option<String>,
    percent: Option<f64>,
    is_going_on: bool,
}

impl OperationState {
    pub(super) fn done() -> Self {
        Self {
            status: None,
            percent: None,
            is_going_on: false,
        }
    }

    /// The status word of the service, such as `inProgress`.
    pub fn status(&self) -> Option<&str> {
        self.status.as_deref()
    }

    /// The progress in percent.
    pub fn percent(&self) -> Option<f64> {
        self.percent
    }

    /// Whether the operation has completed.
    pub fn is_done(&self) -> bool {
        !self.is_going_on
    }

    pub(super) fn has_failed(&self) -> bool {
        self.is_one_of(&FAILED)
    }

    fn is_one_of(&self, words: &[&str]) -> bool {
        let status = self.status.as_deref();
        status.is_some_and(|status| words.iter().any(|word| word.eq_ignore_ascii_case(status)))
    }
}

/// Reads the status from a response. An unknown or missing status word means that the operation has completed: the response may
/// be its result.
pub(super) fn read(response: &Response<Bytes>) -> OperationState {
    let body: Value = serde_json::from_slice(without_bom(response.body())).unwrap_or_default();
    let mut state = OperationState {
        status: body
            .get("status")
            .and_then(Value::as_str)
            .map(str::to_owned),
        percent: body.get("percentageComplete").and_then(Value::as_f64),
        is_going_on: false,
    };
    let is_accepted = response.status() == StatusCode::ACCEPTED;
    let is_ended = state.has_failed() || state.is_one_of(&["completed", "succeeded"]);
    state.is_going_on = state.is_one_of(&GOING_ON) || is_accepted && !is_ended;
    state
}
