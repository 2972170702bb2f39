//! Assigns requests to calls, and decides which ones are retried. Performs no I/O.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Response, StatusCode};

use super::part::{Part, State};
use super::{read, written};
use crate::pipeline::{Policies, is_throttling, retry_after};
use crate::request::Error;

/// The maximum number of requests per call.
const MAX_REQUESTS: usize = 20;

/// The state of all requests of a batch.
#[derive(Debug)]
pub(super) struct Plan {
    parts: Vec<Part>,
    /// The requests of the call in flight.
    sent: Vec<usize>,
    jitter: Duration,
}

impl Plan {
    pub(super) fn new(parts: Vec<Part>) -> Self {
        Self {
            parts,
            sent: Vec::new(),
            jitter: Duration::ZERO,
        }
    }

    pub(super) fn into_parts(self) -> Vec<Part> {
        self.parts
    }

    /// Returns the body of the next call, or `None` if all requests are complete. Requests keep their order; a request goes into
    /// the same call as its dependencies, or into a later one.
    pub(super) fn next_call(&mut self) -> Option<Bytes> {
        self.sent.clear();
        let mut text = String::new();
        for index in 0..self.parts.len() {
            if self.sent.len() == MAX_REQUESTS {
                break;
            }
            if !self.parts[index].is_waiting() {
                continue;
            }
            let after = self.parts[index].after.clone();
            let has_failed = |part: &Part| !part.is_waiting() && !part.has_succeeded();
            if after.iter().any(|before| has_failed(&self.parts[*before])) {
                self.parts[index].skip();
                continue;
            }
            let waits = |before: &&usize| self.parts[**before].is_waiting();
            let open: Vec<usize> = after.iter().filter(waits).copied().collect();
            if open.iter().all(|before| self.sent.contains(before)) {
                written::write(&mut text, index, &self.parts[index], &open);
                self.parts[index].tries += 1;
                self.sent.push(index);
            }
        }
        if self.sent.is_empty() {
            return None;
        }
        text.push_str("]}");
        Some(text.into())
    }

    /// Whether the call may be sent again if it is unknown whether the service received it.
    pub(super) fn is_idempotent(&self) -> bool {
        self.sent
            .iter()
            .all(|index| self.parts[*index].repeatable.after_failure())
    }

    /// Records the response to a call. Returns the delay before the next call, with its reason.
    pub(super) fn answered(
        &mut self,
        response: Response<Bytes>,
        policies: &Policies,
        now: SystemTime,
    ) -> Result<Option<(Duration, StatusCode)>, Error> {
        let Some(answers) = read::parse_responses(response.body()) else {
            return Err(Error::content(response, "the body is not a batch response"));
        };
        let mut wait = None;
        let mut skipped = Vec::new();
        for (id, answer) in answers {
            let found = self.sent.iter().position(|index| written::id(*index) == id);
            let Some(found) = found else {
                continue;
            };
            let index = self.sent.swap_remove(found);
            if answer.status() == StatusCode::FAILED_DEPENDENCY {
                skipped.push((index, answer));
            } else {
                self.record_response(index, answer, policies, now, &mut wait);
            }
        }
        // Requests that depend on a retried one were not processed. They are sent again too, without counting as a retry.
        skipped.sort_by_key(|(index, _)| *index);
        for (index, answer) in skipped {
            let part = &self.parts[index];
            if part
                .after
                .iter()
                .any(|before| self.parts[*before].is_waiting())
            {
                self.parts[index].tries -= 1;
            } else {
                self.parts[index].state = State::Received(answer);
            }
        }
        for index in std::mem::take(&mut self.sent) {
            self.parts[index].fail(Error::content(
                Response::new(Bytes::new()),
                "the batch response has no response to this request",
            ));
        }
        Ok(wait)
    }

    /// Records the response to a request, or marks the request for a retry.
    fn record_response(
        &mut self,
        index: usize,
        answer: Response<Bytes>,
        policies: &Policies,
        now: SystemTime,
        wait: &mut Option<(Duration, StatusCode)>,
    ) {
        let status = answer.status();
        let asked = retry_after(answer.headers(), now);
        let part = &mut self.parts[index];
        let is_retried = part.repeatable.after_status(status, asked.is_some())
            && part.tries < policies.retry.tries
            && asked.is_none_or(|asked| asked <= policies.retry.max_retry_after);
        if !is_retried {
            part.state = State::Received(answer);
            return;
        }
        let next = asked.unwrap_or_else(|| {
            self.jitter = policies.retry.jitter(self.jitter, &*policies.randomness);
            self.jitter
        });
        if is_throttling(status, asked.is_some()) {
            policies.gate.close(now, next);
        }
        if wait.is_none_or(|(longest, _)| longest < next) {
            *wait = Some((next, status));
        }
    }

    /// Completes all requests without a response with the error of the whole call.
    pub(super) fn fail(&mut self, error: &Error) {
        for part in &mut self.parts {
            part.fail(error.clone_without_source().with_operation(part.operation));
        }
    }
}
