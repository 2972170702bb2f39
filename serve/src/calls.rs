//! Actions and functions: answered from the documented examples. Long-running operations start here and are polled here.

use generator::model::{Operation, ResponseContent};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::received::ReceivedRequest;
use crate::seed;
use crate::service::{Context, Service};
use crate::upload;

/// The path prefix of the monitors of long-running operations.
const MONITOR: &str = "/monitor/";

/// The number of polls that report a long-running operation as in progress.
const ROUNDS: u32 = 2;

/// Answers a call as the documentation shows. No state changes.
pub(crate) fn call(context: &Context<'_>) -> Answer {
    let operation = context.operation;
    let last = context.segments.last().map_or("", String::as_str);
    if last.eq_ignore_ascii_case("createUploadSession") {
        return upload::begin(context);
    }
    let status = operation
        .success_status
        .unwrap_or(match operation.response {
            ResponseContent::None => 204,
            _ => 200,
        });
    if status == 202 && names_monitor(operation) {
        return begin(context.service, &context.received.origin);
    }
    // The pages show the response of another request, or an error.
    if operation.response == ResponseContent::None {
        return Answer::empty(status);
    }
    if let Some(shown) = seed::shown(operation).next() {
        return Answer::json(status, &Value::Object(shown));
    }
    match &operation.response {
        ResponseContent::None => Answer::empty(status),
        ResponseContent::Stream => {
            Answer::bytes(status, "application/octet-stream", Vec::new().into())
        }
        ResponseContent::Undefined => Answer::json(status, &json!({})),
        ResponseContent::Value(ty) => {
            let value = match &ty.ty {
                generator::model::Type::Structured(id) if !ty.collection => {
                    Value::Object(seed::instance(&context.version.api, *id))
                }
                _ => json!({"value": seed::value(&context.version.api, ty)}),
            };
            Answer::json(status, &value)
        }
    }
}

/// Returns whether an example response has a `Location` header.
fn names_monitor(operation: &Operation) -> bool {
    let responses = operation
        .examples
        .iter()
        .filter_map(|example| example.response.as_ref());
    let mut headers = responses.flat_map(|response| &response.headers);
    headers.any(|(name, _)| name.eq_ignore_ascii_case("location"))
}

fn begin(service: &Service, origin: &str) -> Answer {
    let number = service.store().operations.add(0);
    Answer::empty(202)
        .with_header("location", format!("{origin}{MONITOR}{number}"))
        .with_header("retry-after", "0")
}

/// Returns the status of a long-running operation, or `None` if the request is not for a monitor.
pub(crate) fn monitored(service: &Service, received: &ReceivedRequest) -> Option<Answer> {
    let number: u64 = received.path.strip_prefix(MONITOR)?.parse().ok()?;
    let mut store = service.store();
    let Some(rounds) = store.operations.get_mut(number) else {
        return Some(Answer::not_found(&received.path, &received.path));
    };
    *rounds += 1;
    let is_done = *rounds > ROUNDS;
    let (status, percent) = if is_done {
        ("completed", 100)
    } else {
        ("inProgress", 30)
    };
    let body = json!({"status": status, "percentageComplete": percent});
    let answer = Answer::json(if is_done { 200 } else { 202 }, &body);
    Some(match is_done {
        true => answer,
        false => answer.with_header("retry-after", "0"),
    })
}
