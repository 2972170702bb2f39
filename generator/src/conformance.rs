//! The documented examples, held against what else the pages say. In: the model. Out: a problem for each contradiction, and
//! a mark on every message that for this reason cannot come out of the generated code as documented.

mod literals;
mod messages;
mod places;
mod values;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::model::{Api, Content, Example, ExampleMessage, Model, Operation};
use crate::report::{Code, Report};
use crate::source::Location;

use values::{Oddity, Types, path_text};

/// A contradiction in one half of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The first line of the request or response.
    pub message: Location,
    /// The kind of contradiction.
    pub code: Code,
    /// Where it is seen.
    pub at: Location,
    /// What it is.
    pub words: String,
}

/// What holding the examples against the rest has brought to light.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// All contradictions.
    pub findings: Vec<Finding>,
    /// Whether the request and the response of each example are disputed, by API, in the order of operations and examples.
    disputed: Vec<Vec<[bool; 2]>>,
}

/// Holds every example against its operation.
pub fn check(model: &Model) -> Checked {
    let mut checked = Checked::default();
    for api in &model.apis {
        let disputed = check_api(api, &mut checked.findings);
        checked.disputed.push(disputed);
    }
    checked
}

impl Checked {
    /// Marks the messages of the model that cannot come out as documented. It must be the model that was checked.
    pub fn mark(&self, model: &mut Model) {
        for (api, disputed) in model.apis.iter_mut().zip(&self.disputed) {
            mark(api, disputed);
        }
    }
}

/// The findings as problems.
pub fn report(findings: &[Finding]) -> Report {
    let mut report = Report::new();
    for finding in findings {
        report.push(
            finding.code,
            finding.at,
            0,
            finding.words.clone(),
            "the example counts as contradicting the page",
        );
    }
    report
}

/// Whether a message with such a contradiction cannot be built or read as it is documented. Others are kept as they are,
/// value for value.
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

/// The requests and responses, in the order of the operations and their examples, that are to be marked.
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
    let mut tell = |message: &ExampleMessage, oddities: Vec<Oddity>| {
        let breaks = oddities.iter().any(|oddity| is_breaking(oddity.code));
        findings.extend(oddities.into_iter().map(|oddity| finding(message, oddity)));
        breaks
    };
    let request = tell(
        &example.request,
        messages::request(types, operation, example),
    );
    let response = match (&example.response, example.status) {
        (Some(message), Some(status)) => {
            let oddities = messages::response(types, operation, status, message);
            tell(message, oddities)
        }
        (Some(_) | None, _) => false,
    };
    [request, response]
}

fn finding(message: &ExampleMessage, oddity: Oddity) -> Finding {
    let Oddity {
        code,
        path,
        message: words,
    } = oddity;
    let at = match &message.content {
        Content::Json(json) if !path.is_empty() => places::locate(json, &path),
        Content::Json(_) | Content::Other(_) | Content::Empty => message.at,
    };
    let words = match path_text(&path) {
        path if path.is_empty() => words,
        path => format!("{path}: {words}"),
    };
    Finding {
        message: message.at,
        code,
        at,
        words,
    }
}
