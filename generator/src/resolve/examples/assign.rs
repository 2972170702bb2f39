//! Assigns each example to the operation that its request calls.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::facts::BodyFact;
use crate::model::{Content, Example, ExampleJson, ExampleMessage};
use crate::report::{Code, Report};
use crate::resolve::examples::matching::{OperationMatcher, Precision};
use crate::resolve::examples::requests::ExampleRequest;
use crate::resolve::operations::build::BuiltOperation;
use crate::source::FileId;

/// Assigns all examples. `pages` is the number of operation pages.
pub(crate) fn assign_examples(
    operations: &mut [BuiltOperation],
    requests: Vec<ExampleRequest<'_>>,
    pages: usize,
    report: &mut Report,
) {
    let matcher = OperationMatcher::new(operations, pages);
    let mut assigned: Vec<(usize, Example)> = Vec::new();
    for request in requests {
        let place = matcher
            .find(&request, Precision::SameParameters)
            .or_else(|| matcher.find(&request, Precision::AnyParameters));
        match place {
            Some(place) => assigned.push((place, build_example(request))),
            None => report_unmatched(&request, report),
        }
    }
    for (place, example) in assigned {
        operations[place].operation.examples.push(example);
    }
    // The examples of the leading page come first, as its documentation does.
    for BuiltOperation { operation, .. } in operations {
        let ranks: BTreeMap<FileId, usize> = operation
            .pages
            .iter()
            .enumerate()
            .map(|(rank, page)| (page.file, rank))
            .collect();
        let rank = |example: &Example| ranks.get(&example.request.at.file).copied();
        operation
            .examples
            .sort_by_key(|example| rank(example).unwrap_or(ranks.len()));
    }
}

/// Reports an example whose request matches no operation, at the request; if the page shows another response to the request
/// of the preceding example, at that response.
fn report_unmatched(request: &ExampleRequest<'_>, report: &mut Report) {
    let mut message = format!(
        "no operation matches `{} {}`",
        request.fact.method.name(),
        request.path
    );
    let (at, action) = match (&request.example.request, &request.example.response) {
        (None, Some(response)) => {
            message.push_str(", the request of this response");
            (response.at, "the response is ignored")
        }
        _ => (request.fact.at, "the example is ignored"),
    };
    report.push(Code::ExampleWithoutOperation, at, 0, message, action);
}

fn build_example(request: ExampleRequest<'_>) -> Example {
    let ExampleRequest {
        fact: request,
        example,
        path,
        query,
        ..
    } = request;
    let response = example.response.as_ref();
    let annotation = request.annotation.as_ref();
    let annotated = annotation.and_then(|annotation| annotation.name.clone());
    Example {
        name: annotated.or_else(|| example.title.as_ref().map(|title| title.value.clone())),
        request: ExampleMessage {
            headers: request.headers.clone(),
            content: content(request.body.as_ref()),
            at: request.at,
            disputed: false,
        },
        response: response.map(|response| ExampleMessage {
            headers: response.headers.clone(),
            content: content(response.body.as_ref()),
            at: response.at,
            disputed: false,
        }),
        path,
        query,
        status: response.map(|response| response.status),
    }
}

fn content(body: Option<&BodyFact>) -> Content {
    match body {
        None => Content::Empty,
        Some(BodyFact { text, json }) => match json {
            Some(value) => Content::Json(ExampleJson {
                text: text.clone(),
                value: Arc::clone(value),
            }),
            None => Content::Other(text.clone()),
        },
    }
}
