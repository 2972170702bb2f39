//! Some pages in one of two states, and what is made of them.

use std::collections::{BTreeMap, BTreeSet};

use super::Quote;
use super::shape::Shape;
use super::surroundings;
use crate::memory::{Memory, Page};
use crate::report::{Code, Level, Problem, Report};
use crate::rust::{self, Crate};
use crate::source::{FileId, Sources};
use crate::{understand_pages, wording};

/// One state of some pages, and what is made of it.
pub(super) struct State {
    pub(super) library: Crate,
    report: Report,
    pub(super) shape: Vec<Shape>,
}

impl State {
    pub(super) fn of<'p>(
        pages: impl Iterator<Item = (FileId, &'p Page)>,
        (sources, free): (&Sources, &BTreeSet<(FileId, String)>),
        memory: &mut Memory,
    ) -> Self {
        let mut report = Report::new();
        let pages: BTreeMap<FileId, &Page> = pages.collect();
        let facts = pages.into_values().map(|(facts, odd)| {
            report.append(odd.clone());
            facts.clone()
        });
        let facts = facts.collect();
        let understood = understand_pages(facts, report, sources, memory);
        let (library, odd) = rust::lower_again(&understood.model, sources, memory.lowering());
        let mut report = understood.report;
        report.append(odd);
        report.sort();
        let apis = understood.model.apis.iter();
        Self {
            library,
            report,
            shape: apis.map(|api| Shape::of(api, free)).collect(),
        }
    }

    /// What is odd about a page.
    pub(super) fn problems(&self, file: FileId) -> impl Iterator<Item = &Problem> + Clone {
        let problems = self.report.problems().iter();
        problems.filter(move |problem| problem.at.file == file)
    }

    /// How many problems of each kind come from here to another state, less those that go; none if pages have others that are
    /// not looked at, or if there are others that are shown with their words.
    pub(super) fn problems_until(
        &self,
        now: &Self,
        looked_at: &BTreeSet<FileId>,
    ) -> Option<BTreeMap<Code, isize>> {
        let is_free = |problem: &&Problem| {
            looked_at.contains(&problem.at.file)
                && problem.code.level() == Level::Note
                && !surroundings::is_told_once(problem.code)
        };
        // Places on a page that changed are others.
        let fixed = |state: &Self| -> Vec<(FileId, Code, String)> {
            let problems = state.report.problems().iter();
            let problems = problems.filter(|problem| !is_free(problem));
            let words = problems.map(|problem| {
                let Problem {
                    message, action, ..
                } = problem;
                (
                    problem.at.file,
                    problem.code,
                    format!("{message}; {action}"),
                )
            });
            let mut words: Vec<_> = words.collect();
            words.sort();
            words
        };
        if fixed(self) != fixed(now) {
            return None;
        }
        let mut counts: BTreeMap<Code, isize> = BTreeMap::new();
        for (state, one) in [(self, -1), (now, 1)] {
            for problem in state.report.problems().iter().filter(is_free) {
                *counts.entry(problem.code).or_default() += one;
            }
        }
        counts.retain(|_, count| *count != 0);
        Some(counts)
    }

    /// What the output quotes of a page.
    pub(super) fn quotes(&self, file: FileId) -> Vec<Quote> {
        let modules = wording::quoted(&self.library);
        let quotes = modules.iter().flat_map(|module| {
            let words = module.words.iter().filter(|(at, _)| at.file == file);
            words.map(|(at, lines)| Quote {
                place: (at.line, at.column),
                lines: lines.to_vec(),
                files: module.files.clone(),
            })
        });
        let mut quotes: Vec<Quote> = quotes.collect();
        quotes.sort();
        quotes
    }
}
