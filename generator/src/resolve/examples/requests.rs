//! The requests of all examples, with their URLs split into path and query.

use std::borrow::Cow;

use crate::facts::{ExampleFact, ExampleRequestFact, OperationFacts, RequestLineFact};
use crate::model::ApiVersion;
use crate::path::version_without_slash;
use crate::report::{Code, Report};
use crate::resolve::operation_pages::OperationPage;

/// The request of an example.
#[derive(Clone)]
pub(crate) struct ExampleRequest<'a> {
    /// The index of the page among the operation pages.
    pub(crate) page: usize,
    /// The request. If the page shows only a response, it is made of the request line.
    pub(crate) fact: Cow<'a, ExampleRequestFact>,
    pub(crate) example: &'a ExampleFact,
    /// The path after the version.
    pub(crate) path: String,
    pub(crate) query: Option<String>,
}

/// Collects the requests of all examples, except those to other services.
pub(crate) fn collect_requests<'a>(
    operations: &'a [OperationPage],
    version: ApiVersion,
    report: &mut Report,
) -> Vec<ExampleRequest<'a>> {
    let mut requests = Vec::new();
    for (page, operation) in operations.iter().enumerate() {
        // A response without a request answers the preceding request.
        let mut preceding: Option<ExampleRequest> = None;
        let line = shared_line(operation.facts);
        let mut is_first_request = true;
        for example in &operation.facts.examples {
            preceding = match &example.request {
                Some(fact) => parse_url(fact, version, report).map(|url| ExampleRequest {
                    page,
                    fact: Cow::Borrowed(fact),
                    example,
                    path: url.path,
                    query: url.query,
                }),
                None => preceding
                    .map(|preceding| ExampleRequest {
                        example,
                        ..preceding
                    })
                    .or_else(|| {
                        let line = line.filter(|_| is_first_request)?;
                        Some(request_from_line(page, line, example))
                    }),
            };
            is_first_request &= example.request.is_none();
            match &preceding {
                Some(request) => requests.push(request.clone()),
                None if example.request.is_none() => report_response_alone(example, report),
                None => {}
            }
        }
    }
    requests
}

/// Returns the first request line of a page if its lines have one method.
fn shared_line(facts: &OperationFacts) -> Option<&RequestLineFact> {
    let (first, others) = facts.request_lines.split_first()?;
    let has_one_method = others.iter().all(|line| line.method == first.method);
    has_one_method.then_some(first)
}

/// Makes a request of the request line of a page whose first example is only a response.
fn request_from_line<'a>(
    page: usize,
    line: &RequestLineFact,
    example: &'a ExampleFact,
) -> ExampleRequest<'a> {
    ExampleRequest {
        page,
        fact: Cow::Owned(ExampleRequestFact {
            method: line.method,
            url: line.template.clone(),
            headers: Vec::new(),
            body: None,
            annotation: None,
            at: line.at,
        }),
        example,
        // The URL of a function without arguments has no parentheses.
        path: line.template.replace("()", ""),
        query: None,
    }
}

fn report_response_alone(example: &ExampleFact, report: &mut Report) {
    if let Some(response) = &example.response {
        report.push(
            Code::ResponseAlone,
            response.at,
            0,
            "the page shows a response without its request",
            "the example is ignored",
        );
    }
}

struct Url {
    /// The path after the version.
    path: String,
    query: Option<String>,
}

/// Parses the URL of a request. Returns `None` for a request to another service.
fn parse_url(
    request: &ExampleRequestFact,
    version: ApiVersion,
    report: &mut Report,
) -> Option<Url> {
    let (written, query) = match request.url.trim().split_once('?') {
        Some((url, query)) => (url, Some(query.to_owned())),
        None => (request.url.trim(), None),
    };
    let mut url = Cow::Borrowed(written);
    if let Some(at) = version_without_slash(written) {
        url.to_mut().insert(at, '/');
        report.push(
            Code::MissingSlash,
            request.at,
            0,
            format!("a slash is missing in `{written}`; expected `{url}`"),
            "the slash is put in",
        );
        report.set_subject(written);
        report.suggest(written, &*url);
    }
    let after_host = match url.split_once("://") {
        Some((_, rest)) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            if !host.to_lowercase().contains("graph.microsoft.com") {
                report.push(
                    Code::ExampleElsewhere,
                    request.at,
                    0,
                    format!("the request goes to another host, `{host}`"),
                    "the example is ignored",
                );
                return None;
            }
            path
        }
        None => url.trim_start_matches('/'),
    };
    let (first, rest) = after_host.split_once('/').unwrap_or((after_host, ""));
    let stated = first.to_lowercase();
    let path = match ApiVersion::parse(&stated) {
        Some(stated) if stated == version => rest,
        // `v1` is a slip; no such version exists.
        parsed if parsed.is_some() || stated == "v1" => {
            report.push(
                Code::ExampleOfOtherVersion,
                request.at,
                0,
                format!(
                    "the request goes to version `{stated}`, but the page describes `{}`",
                    version.name()
                ),
                "it is read as a request to the version of the page",
            );
            report.suggest(first, version.name());
            report.set_subject(first);
            rest
        }
        _ => after_host,
    };
    Some(Url {
        path: format!("/{}", path.trim_end_matches('/')),
        query,
    })
}
