//! A request of a batch and its state.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap};
use http::{Method, Response, StatusCode};

use crate::pipeline::Repeatable;
use crate::request::{Error, Operation, RawRequest};

/// A request of a batch.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) method: Method,
    /// The URL relative to the version.
    pub(super) url: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) operation: &'static Operation,
    pub(super) repeatable: Repeatable,
    /// The requests that have to succeed first.
    pub(super) after: Vec<usize>,
    pub(super) tries: u32,
    pub(super) state: State,
}

/// The state of a request.
#[derive(Debug)]
pub(super) enum State {
    /// Not sent yet.
    Waiting,
    /// The service sent a response.
    Received(Response<Bytes>),
    /// The request is invalid, or there will be no response.
    Failed(Error),
    /// The response was taken.
    Taken,
}

impl Part {
    pub(super) fn new(raw: &RawRequest, base_url: &str) -> Self {
        let url = raw.url();
        let mut part = Self {
            method: raw.method(),
            url: url.strip_prefix(base_url).unwrap_or_default().to_owned(),
            headers: raw.headers().clone(),
            body: raw.body().clone(),
            operation: raw.operation(),
            repeatable: Repeatable::of(&raw.method(), raw.is_idempotent()),
            after: Vec::new(),
            tries: 0,
            state: State::Waiting,
        };
        if let Err(error) = raw.to_call() {
            part.fail(error);
        } else if !part.url.starts_with('/') {
            part.fail(Error::invalid_request(
                "its base URL differs from that of the first request of the batch",
            ));
        } else if raw.is_streamed() {
            part.fail(Error::invalid_request(
                "a batch cannot contain a streamed body",
            ));
        } else if part.is_json() && !is_valid(&part.body) {
            part.fail(Error::invalid_request("its body is not valid JSON"));
        }
        part
    }

    pub(super) fn fail(&mut self, error: Error) {
        if matches!(self.state, State::Waiting) {
            self.state = State::Failed(error);
        }
    }

    pub(super) fn is_json(&self) -> bool {
        is_json(&self.headers) && !self.body.is_empty()
    }

    pub(super) fn is_waiting(&self) -> bool {
        matches!(self.state, State::Waiting)
    }

    pub(super) fn has_succeeded(&self) -> bool {
        matches!(&self.state, State::Received(response) if response.status().is_success())
    }

    /// Completes a request whose dependency failed, with the status that the service uses for this case.
    pub(super) fn skip(&mut self) {
        let mut response = Response::new(Bytes::from_static(
            br#"{"error":{"code":"FailedDependency","message":"A request that this one depends on failed."}}"#,
        ));
        *response.status_mut() = StatusCode::FAILED_DEPENDENCY;
        self.state = State::Received(response);
    }

    pub(super) fn take(&mut self) -> Result<Response<Bytes>, Error> {
        match std::mem::replace(&mut self.state, State::Taken) {
            State::Received(response) if response.status().is_success() => Ok(response),
            State::Received(response) => {
                Err(Error::service(response).with_call(Some(self.operation), None, self.tries))
            }
            State::Failed(error) => Err(error),
            State::Waiting => Err(Error::invalid_request("the request was not sent")),
            State::Taken => Err(Error::invalid_request("its response was already taken")),
        }
    }
}

pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE);
    kind.is_some_and(|kind| {
        kind.as_bytes()
            .windows(4)
            .any(|part| part.eq_ignore_ascii_case(b"json"))
    })
}

fn is_valid(json: &[u8]) -> bool {
    serde_json::from_slice::<&serde_json::value::RawValue>(json).is_ok()
}
