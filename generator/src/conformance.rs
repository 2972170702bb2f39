//! Checks the documented examples against the model. Reports a problem for each mismatch, and marks the messages that the
//! generated code cannot reproduce because of one.

mod messages;
mod values;
mod primitives;
mod json_locations;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::model::{Api, Content, Example, ExampleMessage, Model, Operation};
use crate::report::{Code, Replacement, Report, Subject};
use crate::source::Location;

use json_locations::JsonLocations;
use values::{Mismatch, Types, path_text};

/// A mismatch between an example and the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where the request or response starts.
    pub message_at: Location,
    /// The kind of mismatch.
    pub code: Code,
    /// Where the mismatch is.
    pub at: Location,
    /// What was found and what was expected.
    pub message: String,
    /// The change that corrects the page, if it is obvious.
    pub replacement: Option<Replacement>,
    /// The text that the mismatch is about, if it is a part of a line.
    pub subject: Option<Subject>,
}

/// The result of the check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conformance {
    /// All mismatches.
    pub findings: Vec<Finding>,
    /// Whether the request and the response of each example have a breaking mismatch, by API, in the order of operations and
    /// examples.
    disputed: Vec<Vec<[bool; 2]>>,
}

/// Checks every example against its operation.
pub fn check(model: &Model) -> Conformance {
    let mut checked = Conformance::default();
    for api in &model.apis {
        let disputed = check_api(api, &mut checked.findings);
        checked.disputed.push(disputed);
    }
    checked
}

impl Conformance {
    /// Marks the messages with a breaking mismatch. The model must be the one that was checked.
    pub fn mark(&self, model: &mut Model) {
        for (api, disputed) in model.apis.iter_mut().zip(&self.disputed) {
            mark(api, disputed);
        }
    }
}

/// Converts findings to problems.
pub fn report(findings: &[Finding]) -> Report {
    let mut report = Report::new();
    for finding in findings {
        report.push(
            finding.code,
            finding.at,
            0,
            finding.message.clone(),
            "the example is marked as contradicting the page",
        );
        if let Some(Replacement { found, text }) = &finding.replacement {
            report.suggest(found, text);
        }
        match &finding.subject {
            Some(Subject {
                text,
                unknown: Some(kind),
            }) => report.set_unknown_name(text, kind.clone()),
            Some(Subject { text, .. }) => report.set_subject(text),
            None => {}
        }
    }
    report
}

/// Returns whether the generated code cannot build or read a message with such a mismatch as documented. With any other
/// mismatch, the values are kept unchanged.
pub fn is_breaking(code: Code) -> bool {
    matches!(
        code,
        Code::ExampleNotJson
            | Code::UnexpectedResponse
            | Code::UnexpectedBody
            | Code::MissingBody
            | Code::ArgumentOfOtherType
            | Code::PathSpelledOtherwise
            | Code::RepeatedQueryOption
            | Code::InvalidHeader
            | Code::OtherContentKind
            | Code::ContentOfOtherKind
    )
}

/// Returns for each example whether its request and its response have a breaking mismatch.
fn check_api(api: &Api, findings: &mut Vec<Finding>) -> Vec<[bool; 2]> {
    let types = Types::new(api);
    let operations = api.operations.par_iter().map(|operation| {
        let mut findings = Vec::new();
        let examples = operation.examples.iter();
        let marks =
            examples.map(|example| check_example(&types, operation, example, &mut findings));
        (marks.collect::<Vec<_>>(), findings)
    });
    let checked: Vec<(Vec<[bool; 2]>, Vec<Finding>)> = operations.collect();
    let mut marks = Vec::new();
    for (operation_marks, operation_findings) in checked {
        marks.extend(operation_marks);
        findings.extend(operation_findings);
    }
    marks
}

fn mark(api: &mut Api, disputed: &[[bool; 2]]) {
    let examples = api
        .operations
        .iter_mut()
        .flat_map(|operation| &mut operation.examples);
    for (example, [request, response]) in examples.zip(disputed) {
        example.request.disputed |= request;
        if let Some(message) = &mut example.response {
            message.disputed |= response;
        }
    }
}

fn check_example(
    types: &Types<'_>,
    operation: &Operation,
    example: &Example,
    findings: &mut Vec<Finding>,
) -> [bool; 2] {
    let mut add = |message: &ExampleMessage, mismatches: Vec<Mismatch>| {
        let breaks = mismatches.iter().any(|mismatch| is_breaking(mismatch.code));
        let locations = match &message.content {
            Content::Json(json) if !mismatches.is_empty() => Some(JsonLocations::new(&json.text)),
            Content::Json(_) | Content::Other(_) | Content::Empty => None,
        };
        findings.extend(
            mismatches
                .into_iter()
                .map(|mismatch| finding(message, locations.as_ref(), mismatch)),
        );
        breaks
    };
    let request = add(
        &example.request,
        messages::check_request(types, operation, example),
    );
    let response = match (&example.response, example.status) {
        (Some(message), Some(status)) => {
            let mismatches = messages::check_response(types, operation, status, message);
            add(message, mismatches)
        }
        (Some(_) | None, _) => false,
    };
    [request, response]
}

fn finding(
    message: &ExampleMessage,
    locations: Option<&JsonLocations<'_>>,
    mismatch: Mismatch,
) -> Finding {
    let Mismatch {
        code,
        path,
        message: text,
        replacement,
        subject,
    } = mismatch;
    let at = match locations {
        Some(locations) if !path.is_empty() && is_about_value(code) => {
            locations.locate_value(&path)
        }
        Some(locations) if !path.is_empty() => locations.locate(&path),
        Some(_) | None => message.at,
    };
    let text = match path_text(&path) {
        path if path.is_empty() => text,
        path => format!("{path}: {text}"),
    };
    Finding {
        message_at: message.at,
        code,
        at,
        message: text,
        replacement,
        subject,
    }
}

/// Whether a mismatch is about the value of a key, not about the key.
fn is_about_value(code: Code) -> bool {
    matches!(
        code,
        Code::ValueNotInEnum
            | Code::ValueOfOtherType
            | Code::UnknownInstanceType
            | Code::UnfittingInstanceType
    )
}
