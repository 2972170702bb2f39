//! A tracing span per request. It contains the path template of the operation, but no key, token or body.

use bytes::Bytes;
use http::Response;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::{Call, Exchange, Wait};
use crate::request::Error;

/// Creates the span of a call.
pub(super) fn of(call: &Call) -> Span {
    let path = call.operation.map_or("", |operation| operation.path);
    tracing::info_span!(
        target: "graphwright",
        "request",
        method = call.method.as_str(),
        operation = path,
        status = Empty,
        tries = Empty,
        waited_ms = Empty,
    )
}

/// Runs a future inside a span.
pub(super) fn within<F: Future>(span: Span, future: F) -> impl Future<Output = F::Output> {
    future.instrument(span)
}

/// Records the start of a wait.
pub(super) fn waits(wait: &Wait) {
    let milliseconds = u64::try_from(wait.duration.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(
        target: "graphwright",
        wait_ms = milliseconds,
        reason = ?wait.reason,
        tries = wait.tries,
        "waiting"
    );
}

/// Records the result of a call.
pub(super) fn ends(span: &Span, exchange: &Exchange, result: Result<&Response<Bytes>, &Error>) {
    let status = match result {
        Ok(response) => Some(response.status()),
        Err(error) => error.status(),
    };
    span.record("status", status.map_or(0, |status| status.as_u16()));
    span.record("tries", exchange.tries());
    let waited = u64::try_from(exchange.waited().as_millis()).unwrap_or(u64::MAX);
    span.record("waited_ms", waited);
}
