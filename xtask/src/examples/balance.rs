//! The balance: every request and response of the pages' examples with what became of it.

use std::collections::{BTreeMap, BTreeSet};

use generator::Analysis;
use generator::conformance::{Finding, is_breaking};
use generator::model::Example;
use generator::report::Code;
use generator::source::{Location, Sources};
use serde_json::{Value, json};

use super::trial::{Said, Tried};
use graphwright_pages::Docs;

/// Every half of every example.
#[derive(Debug)]
pub(crate) struct Balance {
    halves: Vec<Half>,
}

/// A request or a response.
#[derive(Debug)]
pub(crate) struct Half {
    pub(crate) kind: Kind,
    pub(crate) at: Location,
    pub(crate) fate: Fate,
    /// Contradictions that do not keep it from passing.
    pub(crate) remarks: Vec<Code>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Request,
    Response,
}

/// What became of a half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The builder makes the documented request; the response comes back as it is documented.
    Passed,
    /// The pages contradict themselves.
    Problem(Code),
    /// We are wrong.
    OwnFailure(String),
}

/// Problems that keep an example out of the model.
const LEFT_OUT: [Code; 4] = [
    Code::ExampleWithoutOperation,
    Code::ExampleElsewhere,
    Code::ResponseAlone,
    Code::UnknownVersion,
];

/// What a value that fits nowhere is explained by.
const EXPLAINS_MISFIT: [Code; 3] = [
    Code::ValueOfOtherType,
    Code::EnvelopeMissing,
    Code::UnfittingInstanceType,
];

impl Balance {
    pub(crate) fn new(sources: &Sources, analysis: &Analysis, tried: &Tried) -> Self {
        let judge = Judge::new(sources, analysis, tried);
        let mut halves = Vec::new();
        for page in &analysis.pages {
            let examples = page.operation.iter().flat_map(|facts| &facts.examples);
            for example in examples {
                let request = example.request.as_ref().map(|request| request.at);
                if let Some(at) = request {
                    halves.push(judge.half(Kind::Request, at, at));
                }
                if let Some(response) = &example.response {
                    let at = response.at;
                    halves.push(judge.half(Kind::Response, at, request.unwrap_or(at)));
                }
            }
        }
        Self { halves }
    }

    pub(crate) fn own_failures(&self) -> usize {
        let is_own = |half: &&Half| matches!(half.fate, Fate::OwnFailure(_));
        self.halves.iter().filter(is_own).count()
    }

    /// Whether as much of one kind passed.
    pub(crate) fn reaches(&self, kind: Kind, least: f64) -> bool {
        let (_, counted, passed) = self.shares(kind);
        percent(passed, counted) >= least
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &Half> {
        self.halves.iter().filter(move |half| half.kind == kind)
    }

    /// How many there are, how many count, and how many of those passed. Requests to other services do not count, nor does
    /// what cannot be read as JSON.
    fn shares(&self, kind: Kind) -> (usize, usize, usize) {
        let counts = |half: &&Half| {
            !matches!(
                half.fate,
                Fate::Problem(Code::ExampleElsewhere | Code::ExampleNotJson)
            )
        };
        let passed = self.of(kind).filter(|half| half.fate == Fate::Passed);
        (
            self.of(kind).count(),
            self.of(kind).filter(counts).count(),
            passed.count(),
        )
    }

    /// How many halves have each problem.
    fn problems(&self, kind: Kind) -> BTreeMap<Code, usize> {
        let mut counts = BTreeMap::new();
        for half in self.of(kind) {
            if let Fate::Problem(code) = half.fate {
                *counts.entry(code).or_default() += 1;
            }
        }
        counts
    }

    /// How many halves that passed have each remark.
    fn remarks(&self, kind: Kind) -> BTreeMap<Code, usize> {
        let mut counts = BTreeMap::new();
        for half in self.of(kind).filter(|half| half.fate == Fate::Passed) {
            for code in &half.remarks {
                *counts.entry(*code).or_default() += 1;
            }
        }
        counts
    }

    pub(crate) fn text(&self, docs: &Docs) -> String {
        let mut lines = Vec::new();
        for kind in [Kind::Request, Kind::Response] {
            self.table(kind, &mut lines);
        }
        for half in &self.halves {
            if let Fate::OwnFailure(words) = &half.fate {
                let (path, line) = (docs.path(half.at.file), half.at.line);
                lines.push(format!("{path}:{line}: {}: {words}", half.kind.name()));
            }
        }
        lines.push(format!("own failures: {}", self.own_failures()));
        lines.join("\n") + "\n"
    }

    fn table(&self, kind: Kind, lines: &mut Vec<String>) {
        let (all, counted, passed) = self.shares(kind);
        let plain = self
            .of(kind)
            .filter(|half| half.fate == Fate::Passed && half.remarks.is_empty());
        lines.push(format!("{all:>7}  {}s", kind.name()));
        lines.push(format!(
            "{passed:>7}    passed: {:.2} % of the {counted} to this API whose JSON can be read; {} without a remark",
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
        let own = self
            .of(kind)
            .filter(|half| matches!(half.fate, Fate::OwnFailure(_)));
        lines.push(format!("{:>7}    own failure", own.count()));
    }

    pub(crate) fn json(&self, docs: &Docs) -> Value {
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
        let halves: Vec<Value> = self.halves.iter().map(|half| half.json(docs)).collect();
        json!({
            "requests": side(Kind::Request),
            "responses": side(Kind::Response),
            "examples": halves,
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

impl Half {
    fn json(&self, docs: &Docs) -> Value {
        let (outcome, words) = match &self.fate {
            Fate::Passed => ("passed", Value::Null),
            Fate::Problem(code) => (code.id(), Value::Null),
            Fate::OwnFailure(words) => ("own failure", json!(words)),
        };
        let remarks: Vec<&str> = self.remarks.iter().map(|code| code.id()).collect();
        json!({
            "page": docs.path(self.at.file),
            "line": self.at.line,
            "half": self.kind.name(),
            "outcome": outcome,
            "remarks": remarks,
            "words": words,
        })
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// What is known about the examples.
struct Judge<'a> {
    sources: &'a Sources,
    tried: &'a Tried,
    /// The messages that the model has.
    modelled: BTreeSet<Location>,
    /// Why others are not in it.
    left_out: BTreeMap<Location, Code>,
    contradictions: BTreeMap<Location, Vec<&'a Finding>>,
}

impl<'a> Judge<'a> {
    fn new(sources: &'a Sources, analysis: &'a Analysis, tried: &'a Tried) -> Self {
        let operations = analysis.model.apis.iter().flat_map(|api| &api.operations);
        let examples = operations.flat_map(|operation| &operation.examples);
        let problems = analysis.report.problems().iter();
        let mut contradictions: BTreeMap<Location, Vec<&Finding>> = BTreeMap::new();
        for finding in &analysis.contradictions {
            let own = contradictions.entry(finding.message_at).or_default();
            own.push(finding);
        }
        Self {
            sources,
            tried,
            modelled: examples.flat_map(places).collect(),
            left_out: problems
                .filter(|problem| LEFT_OUT.contains(&problem.code))
                .map(|problem| (problem.at, problem.code))
                .collect(),
            contradictions,
        }
    }

    /// Judges the half at a place; `leading` is where its example starts.
    fn half(&self, kind: Kind, at: Location, leading: Location) -> Half {
        let mut remarks: Vec<Code> = self.contradicting(at).collect();
        remarks.sort();
        remarks.dedup();
        let fate = self.fate(at, leading, &remarks);
        if let Fate::Problem(code) = fate {
            remarks.retain(|remark| *remark != code);
        }
        Half {
            kind,
            at,
            fate,
            remarks,
        }
    }

    fn contradicting(&self, at: Location) -> impl Iterator<Item = Code> {
        let own = self.contradictions.get(&at).into_iter().flatten();
        own.map(|finding| finding.code)
    }

    fn fate(&self, at: Location, leading: Location, contradictions: &[Code]) -> Fate {
        if !self.modelled.contains(&at) {
            return match self.left_out.get(&leading) {
                Some(code) => Fate::Problem(*code),
                None => Fate::OwnFailure("it was lost between the page and the model".to_owned()),
            };
        }
        let page = &self.sources.get(at.file).path;
        let said = self.tried.get(&(page.clone(), u64::from(at.line)));
        let mut fate = Fate::Passed;
        for said in said.into_iter().flatten() {
            match said {
                Said::Fault(words) => return Fate::OwnFailure(words.clone()),
                Said::Excused(words) => {
                    let breaking = contradictions.iter().find(|code| is_breaking(**code));
                    fate = breaking.map_or_else(
                        || Fate::OwnFailure(format!("excused without a reason: {words}")),
                        |code| Fate::Problem(*code),
                    );
                }
                Said::Misfit(path) => {
                    let explains = |code: &Code| EXPLAINS_MISFIT.contains(code);
                    if !contradictions.iter().any(explains) {
                        let words = format!("the value at {path} does not fit its property");
                        return Fate::OwnFailure(words);
                    }
                }
            }
        }
        fate
    }
}

fn places(example: &Example) -> impl Iterator<Item = Location> {
    let response = example.response.as_ref().map(|response| response.at);
    [Some(example.request.at), response].into_iter().flatten()
}

#[cfg(test)]
mod tests;
