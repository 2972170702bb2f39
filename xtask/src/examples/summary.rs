//! The outcome of every request and response of the documented examples.

use std::collections::{BTreeMap, BTreeSet};

use generator::Analysis;
use generator::conformance::{Finding, is_breaking};
use generator::model::Example;
use generator::report::Code;
use generator::source::{Location, Sources};
use serde_json::{Value, json};

use super::test_run::{self, Findings};
use graphwright_pages::Docs;

/// The outcomes of all requests and responses.
#[derive(Debug)]
pub(crate) struct Summary {
    messages: Vec<Message>,
}

/// A request or a response of an example, with its outcome.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) kind: Kind,
    pub(crate) at: Location,
    pub(crate) outcome: Outcome,
    /// Contradictions on the page that do not prevent the message from passing.
    pub(crate) remarks: Vec<Code>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Request,
    Response,
}

/// The outcome of checking a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The builder creates the documented request, or the documented response round-trips.
    Passed,
    /// The page is in error or contradicts another page.
    Problem(Code),
    /// The generated library is in error, with a description.
    OwnFailure(String),
}

/// Problems that exclude an example from the model.
const LEFT_OUT: [Code; 4] = [
    Code::ExampleWithoutOperation,
    Code::ExampleElsewhere,
    Code::ResponseAlone,
    Code::UnknownVersion,
];

/// Problems that explain a value of another type than its property.
const EXPLAINS_TYPE_MISMATCH: [Code; 3] = [
    Code::ValueOfOtherType,
    Code::EnvelopeMissing,
    Code::UnfittingInstanceType,
];

impl Summary {
    pub(crate) fn new(sources: &Sources, analysis: &Analysis, findings: &Findings) -> Self {
        let checker = Checker::new(sources, analysis, findings);
        let mut messages = Vec::new();
        for page in &analysis.pages {
            let examples = page.operation.iter().flat_map(|facts| &facts.examples);
            for example in examples {
                let request = example.request.as_ref().map(|request| request.at);
                if let Some(at) = request {
                    messages.push(checker.message(Kind::Request, at, at));
                }
                if let Some(response) = &example.response {
                    let at = response.at;
                    messages.push(checker.message(Kind::Response, at, request.unwrap_or(at)));
                }
            }
        }
        Self { messages }
    }

    pub(crate) fn own_failures(&self) -> usize {
        let is_own_failure = |message: &&Message| matches!(message.outcome, Outcome::OwnFailure(_));
        self.messages.iter().filter(is_own_failure).count()
    }

    /// Returns whether at least `minimum` percent of the messages of a kind passed.
    pub(crate) fn reaches(&self, kind: Kind, minimum: f64) -> bool {
        let (_, counted, passed) = self.shares(kind);
        percent(passed, counted) >= minimum
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Message> {
        self.messages
            .iter()
            .filter(move |message| message.kind == kind)
    }

    /// Returns the number of all messages, of counted messages, and of passed messages of a kind. Requests to other services
    /// and invalid JSON are not counted.
    fn shares(&self, kind: Kind) -> (usize, usize, usize) {
        let counts = |message: &&Message| {
            !matches!(
                message.outcome,
                Outcome::Problem(Code::ExampleElsewhere | Code::ExampleNotJson)
            )
        };
        let passed = self
            .of_kind(kind)
            .filter(|message| message.outcome == Outcome::Passed);
        (
            self.of_kind(kind).count(),
            self.of_kind(kind).filter(counts).count(),
            passed.count(),
        )
    }

    /// Returns the number of messages by problem.
    fn problems(&self, kind: Kind) -> BTreeMap<Code, usize> {
        let mut counts = BTreeMap::new();
        for message in self.of_kind(kind) {
            if let Outcome::Problem(code) = message.outcome {
                *counts.entry(code).or_default() += 1;
            }
        }
        counts
    }

    /// Returns the number of passed messages by remark.
    fn remarks(&self, kind: Kind) -> BTreeMap<Code, usize> {
        let mut counts = BTreeMap::new();
        for message in self
            .of_kind(kind)
            .filter(|message| message.outcome == Outcome::Passed)
        {
            for code in &message.remarks {
                *counts.entry(*code).or_default() += 1;
            }
        }
        counts
    }

    pub(crate) fn to_text(&self, docs: &Docs) -> String {
        let mut lines = Vec::new();
        for kind in [Kind::Request, Kind::Response] {
            self.table(kind, &mut lines);
        }
        for message in &self.messages {
            if let Outcome::OwnFailure(description) = &message.outcome {
                let (path, line) = (docs.path(message.at.file), message.at.line);
                lines.push(format!(
                    "{path}:{line}: {}: {description}",
                    message.kind.name()
                ));
            }
        }
        lines.push(format!("own failures: {}", self.own_failures()));
        lines.join("\n") + "\n"
    }

    fn table(&self, kind: Kind, lines: &mut Vec<String>) {
        let (all, counted, passed) = self.shares(kind);
        let plain = self
            .of_kind(kind)
            .filter(|message| message.outcome == Outcome::Passed && message.remarks.is_empty());
        lines.push(format!("{all:>7}  {}s", kind.name()));
        lines.push(format!(
            "{passed:>7}    passed: {:.2} % of the {counted} to this API with valid JSON; {} without remarks",
            percent(passed, counted),
            plain.count()
        ));
        for (code, count) in self.remarks(kind) {
            lines.push(format!(
                "{count:>7}      remark {}: {}",
                code.id(),
                code.title()
            ));
        }
        for (code, count) in self.problems(kind) {
            lines.push(format!(
                "{count:>7}    problem {}: {}",
                code.id(),
                code.title()
            ));
        }
        let own_failures = self
            .of_kind(kind)
            .filter(|message| matches!(message.outcome, Outcome::OwnFailure(_)));
        lines.push(format!("{:>7}    own failure", own_failures.count()));
    }

    pub(crate) fn to_json(&self, docs: &Docs) -> Value {
        let side = |kind: Kind| {
            let (all, counted, passed) = self.shares(kind);
            let by_code = |counts: BTreeMap<Code, usize>| -> Value {
                let pairs = counts.into_iter();
                Value::Object(
                    pairs
                        .map(|(code, count)| (code.id().to_owned(), count.into()))
                        .collect(),
                )
            };
            json!({
                "all": all,
                "counted": counted,
                "passed": passed,
                "percent": percent(passed, counted),
                "remarks": by_code(self.remarks(kind)),
                "problems": by_code(self.problems(kind)),
            })
        };
        let messages: Vec<Value> = self
            .messages
            .iter()
            .map(|message| message.to_json(docs))
            .collect();
        json!({
            "requests": side(Kind::Request),
            "responses": side(Kind::Response),
            "examples": messages,
            "ownFailures": self.own_failures(),
        })
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

impl Message {
    fn to_json(&self, docs: &Docs) -> Value {
        let (outcome, description) = match &self.outcome {
            Outcome::Passed => ("passed", Value::Null),
            Outcome::Problem(code) => (code.id(), Value::Null),
            Outcome::OwnFailure(description) => ("own failure", json!(description)),
        };
        let remarks: Vec<&str> = self.remarks.iter().map(|code| code.id()).collect();
        json!({
            "page": docs.path(self.at.file),
            "line": self.at.line,
            "half": self.kind.name(),
            "outcome": outcome,
            "remarks": remarks,
            "words": description,
        })
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// Determines outcomes from the analysis and the findings of the tests.
struct Checker<'a> {
    sources: &'a Sources,
    findings: &'a Findings,
    /// The messages in the model.
    modelled: BTreeSet<Location>,
    /// The problems that exclude the others.
    left_out: BTreeMap<Location, Code>,
    contradictions: BTreeMap<Location, Vec<&'a Finding>>,
}

impl<'a> Checker<'a> {
    fn new(sources: &'a Sources, analysis: &'a Analysis, findings: &'a Findings) -> Self {
        let operations = analysis.model.apis.iter().flat_map(|api| &api.operations);
        let examples = operations.flat_map(|operation| &operation.examples);
        let problems = analysis.report.problems().iter();
        let mut contradictions: BTreeMap<Location, Vec<&Finding>> = BTreeMap::new();
        for finding in &analysis.contradictions {
            let findings = contradictions.entry(finding.message_at).or_default();
            findings.push(finding);
        }
        Self {
            sources,
            findings,
            modelled: examples.flat_map(locations).collect(),
            left_out: problems
                .filter(|problem| LEFT_OUT.contains(&problem.code))
                .map(|problem| (problem.at, problem.code))
                .collect(),
            contradictions,
        }
    }

    /// Determines the outcome of the message at a location; `leading` is the location of its example.
    fn message(&self, kind: Kind, at: Location, leading: Location) -> Message {
        let mut remarks: Vec<Code> = self.contradictions_at(at).collect();
        remarks.sort();
        remarks.dedup();
        let outcome = self.outcome(at, leading, &remarks);
        if let Outcome::Problem(code) = outcome {
            remarks.retain(|remark| *remark != code);
        }
        Message {
            kind,
            at,
            outcome,
            remarks,
        }
    }

    fn contradictions_at(&self, at: Location) -> impl Iterator<Item = Code> {
        let findings = self.contradictions.get(&at).into_iter().flatten();
        findings.map(|finding| finding.code)
    }

    fn outcome(&self, at: Location, leading: Location, contradictions: &[Code]) -> Outcome {
        if !self.modelled.contains(&at) {
            return match self.left_out.get(&leading) {
                Some(code) => Outcome::Problem(*code),
                None => Outcome::OwnFailure(
                    "the example is missing in the model, without a problem".to_owned(),
                ),
            };
        }
        let page = &self.sources.get(at.file).path;
        let findings = self.findings.get(&(page.clone(), u64::from(at.line)));
        let mut outcome = Outcome::Passed;
        for finding in findings.into_iter().flatten() {
            match finding {
                test_run::Finding::Failure(description) => {
                    return Outcome::OwnFailure(description.clone());
                }
                test_run::Finding::Excused(description) => {
                    let breaking = contradictions.iter().find(|code| is_breaking(**code));
                    outcome = breaking.map_or_else(
                        || {
                            Outcome::OwnFailure(format!(
                                "no problem of the page explains this difference: {description}"
                            ))
                        },
                        |code| Outcome::Problem(*code),
                    );
                }
                test_run::Finding::TypeMismatch(path) => {
                    let explains = |code: &Code| EXPLAINS_TYPE_MISMATCH.contains(code);
                    if !contradictions.iter().any(explains) {
                        let description =
                            format!("the value at {path} does not have the type of its property");
                        return Outcome::OwnFailure(description);
                    }
                }
            }
        }
        outcome
    }
}

fn locations(example: &Example) -> impl Iterator<Item = Location> {
    let response = example.response.as_ref().map(|response| response.at);
    [Some(example.request.at), response].into_iter().flatten()
}

#[cfg(test)]
mod tests;
