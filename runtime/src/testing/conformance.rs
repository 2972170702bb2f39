//! Tests of generated code against the examples of the documentation: the builders have to produce the documented requests,
//! and the documented responses have to round-trip through their types. Nothing is sent.
//!
//! The examples are a JSON object with a list `examples`. Each has `operation` (the key of a [`Row`]), `page`, `request` (with
//! `line`, `arguments`, `path`, `query`, `headers`, `body` or `content`, `excused`) and `response` (with `line`, `status`,
//! `body` or `content`, `excused`). A message that contradicts the rest of the documentation is marked as excused: it is
//! checked and reported, but does not fail the test.

mod arguments;
mod request;
mod response;
mod round_trip;

pub use arguments::Arguments;
pub use round_trip::{RoundTrip, RoundTripResponse};

use serde_json::{Value, json};

/// The key of an operation, `METHOD /path/{}`, and a function that calls its builder with the arguments of an example.
pub type Row<C> = (&'static str, fn(&C, &Arguments<'_>) -> Result<Call, String>);

/// A request from a builder, and the function that round-trips its response.
#[derive(Debug)]
pub struct Call {
    request: crate::RawRequest,
    round_trip: fn(http::Response<crate::Bytes>) -> Result<RoundTrip, crate::Error>,
}

/// A deviation found in the request or the response of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The path of the page.
    pub page: String,
    /// The line number of the start of the message.
    pub line: u64,
    /// The kind of the deviation.
    pub kind: Kind,
    /// A description.
    pub message: String,
}

/// The kind of a [`Finding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The result differs from the documentation.
    Failure,
    /// The result differs from the documentation, which is known to contradict itself here.
    Excused,
    /// A value does not have the documented type of its property. It is preserved nevertheless.
    TypeMismatch,
}

/// Checks all examples and prints each finding as a line of JSON prefixed with `example: `.
///
/// # Panics
///
/// Panics if an example that is not excused differs from the documentation.
pub fn check<C>(client: &C, rows: &[Row<C>], examples: &str) {
    let (count, findings) = run(client, rows, examples);
    let mut failures = Vec::new();
    for finding in &findings {
        println!("example: {}", finding.to_json());
        if finding.kind == Kind::Failure {
            let Finding {
                page,
                line,
                message,
                ..
            } = finding;
            failures.push(format!("{page}:{line}: {message}"));
        }
    }
    println!("examples: {count}");
    assert!(
        failures.is_empty(),
        "{} of {count} examples differ from the documentation:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// Checks all examples. Returns their number and the findings.
pub fn run<C>(client: &C, rows: &[Row<C>], examples: &str) -> (usize, Vec<Finding>) {
    let document: Value = serde_json::from_str(examples).expect("the examples are valid JSON");
    let examples = list(&document, "examples");
    let mut findings = Vec::new();
    for example in examples {
        check_example(client, rows, example, &mut findings);
    }
    (examples.len(), findings)
}

fn check_example<C>(client: &C, rows: &[Row<C>], example: &Value, findings: &mut Vec<Finding>) {
    let key = text(example, "operation");
    let request = &example["request"];
    let response = &example["response"];
    let mut report = |half: &Value, kind: Kind, message: String| {
        let kind = match kind {
            Kind::Failure if half["excused"] == true => Kind::Excused,
            kind => kind,
        };
        findings.push(Finding {
            page: text(example, "page").to_owned(),
            line: half["line"].as_u64().unwrap_or_default(),
            kind,
            message,
        });
    };
    let arguments = Arguments::new(request);
    // The rows are sorted by their keys.
    let row = rows.binary_search_by(|(operation, _)| (*operation).cmp(key));
    let call = match row {
        Ok(index) => (rows[index].1)(client, &arguments),
        Err(_) => Err(format!("no row calls `{key}`")),
    };
    let call = call.map_err(|message| report(request, Kind::Failure, message));
    if let Ok(call) = &call {
        for message in request::compare(&call.request, key, request) {
            report(request, Kind::Failure, message);
        }
    }
    for path in arguments.type_mismatches() {
        report(request, Kind::TypeMismatch, path);
    }
    if response.is_null() {
        return;
    }
    // If the request cannot be built from the example, a call with placeholders gives the type of the response.
    let round_trip = call.map(|call| call.round_trip).or_else(|()| {
        let call = row
            .map_err(drop)
            .and_then(|index| (rows[index].1)(client, &Arguments::placeholders()).map_err(drop))?;
        Ok::<_, ()>(call.round_trip)
    });
    match round_trip.map(|round_trip| response::check(round_trip, response)) {
        Ok(Ok(result)) => {
            for path in result.type_mismatches {
                report(response, Kind::TypeMismatch, path);
            }
        }
        Ok(Err(message)) => report(response, Kind::Failure, message),
        Err(()) => report(
            response,
            Kind::Failure,
            "the request was not built, so the response has no type".to_owned(),
        ),
    }
}

impl Finding {
    /// Formats the finding for the programs that read the output of [`check`].
    fn to_json(&self) -> Value {
        let kind = match self.kind {
            Kind::Failure => "failure",
            Kind::Excused => "excused",
            Kind::TypeMismatch => "type mismatch",
        };
        json!({ "page": self.page, "line": self.line, "kind": kind, "message": self.message })
    }
}

/// Returns the string `name`, or an empty string if there is none.
fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// Returns the items of the array `name`, or an empty slice if there is none.
fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// Returns the pairs of strings in the array `name`.
fn pairs<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = (&'v str, &'v str)> {
    list(value, name).iter().filter_map(|pair| {
        let [name, value] = pair.as_array()?.as_slice() else {
            return None;
        };
        Some((name.as_str()?, value.as_str()?))
    })
}

#[cfg(test)]
mod tests;
