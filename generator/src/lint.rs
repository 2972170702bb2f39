//! Checks pages for those who write them: the problems of the analysis as findings, without those that a comment in the page
//! allows.

mod allow;
mod allow_comment;
mod fixes;
mod links;
mod rules;
mod similar;
mod verify;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::facts::PageFacts;
use crate::model::Model;
use crate::report::{Code, Problem, Report};
use crate::source::{FileId, Sources};
use allow::Directive;
pub use allow_comment::{AllowComment, AllowScope, allow_comment};
pub use fixes::{Edit, Fix};
pub use similar::{SimilarNames, nearest};
pub use verify::{Corrected, correct};

/// A problem, as the linter reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The problem.
    pub problem: Problem,
    /// The reason that a comment in the page gives for allowing the problem.
    pub allowed: Option<String>,
}

/// The pages and the result of their analysis.
#[derive(Clone, Copy, Debug)]
pub struct Analyzed<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// The facts of each page, in the order of paths.
    pub pages: &'a [PageFacts],
    /// The model of all pages.
    pub model: &'a Model,
    /// The problems of the analysis.
    pub problems: &'a [Problem],
}

/// Returns the findings on all pages, in the order of places: the problems of the analysis, those of the rules of the linter, and
/// comments that allow nothing.
pub fn lint(analyzed: Analyzed<'_>) -> Vec<Finding> {
    let rules = rules::check(analyzed);
    let problems = analyzed.problems.iter().chain(rules.problems());
    collect(problems, analyzed.sources)
}

/// Returns problems as findings, with those of links and of comments.
fn collect<'p>(problems: impl Iterator<Item = &'p Problem>, sources: &Sources) -> Vec<Finding> {
    let mut own = Report::new();
    let mut directives: BTreeMap<FileId, Vec<Directive>> = BTreeMap::new();
    let targets = links::Targets::new(sources);
    for (file, source) in sources.iter() {
        let of_file = allow::parse_directives(file, &source.text, &mut own);
        if !of_file.is_empty() {
            directives.insert(file, of_file);
        }
        links::check_links(file, sources, &targets, &mut own);
    }
    own.sort();
    own.locate_subjects(sources);
    let mut findings = Vec::new();
    let mut add = |problem: &Problem| {
        findings.push(Finding {
            allowed: find_reason(problem, &mut directives),
            problem: problem.clone(),
        });
    };
    problems.for_each(&mut add);
    own.problems().iter().for_each(&mut add);
    let mut unused = Report::new();
    for directive in directives.values().flatten() {
        directive.report_unused(&mut unused);
    }
    findings.extend(unused.problems().iter().map(|problem| Finding {
        problem: problem.clone(),
        allowed: None,
    }));
    findings.sort_by(|left, right| {
        let key = |finding: &Finding| (finding.problem.at, finding.problem.code);
        key(left).cmp(&key(right))
    });
    findings
}

/// Returns the reason of the comment that allows a problem, and marks the comment as used.
fn find_reason(
    problem: &Problem,
    directives: &mut BTreeMap<FileId, Vec<Directive>>,
) -> Option<String> {
    let of_file = directives.get_mut(&problem.at.file)?;
    of_file
        .iter_mut()
        .find_map(|directive| directive.allow(problem))
}

/// Returns the code of a rule name.
pub fn find_rule(name: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.rule() == name)
}
