//! The rules that the analysis does not need, and that only those who write pages care about.

mod places;
mod json_members;
mod examples;
mod requests;
mod types;
mod type_index;
mod metadata;
mod annotation_names;
mod words;
mod spelling;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Analyzed;
use super::allow::{PageLine, PageLines};
use crate::facts::PageFacts;
use crate::model::ApiVersion;
use crate::report::Report;
use crate::source::Location;
use type_index::TypeIndex;

/// A page during the check.
struct Page<'a> {
    facts: &'a PageFacts,
    path: &'a str,
    lines: Vec<PageLine<'a>>,
    /// The types of the page's version.
    types: Option<&'a TypeIndex<'a>>,
}

impl<'a> Page<'a> {
    /// Returns the text of the line of a location.
    fn line(&self, at: Location) -> &'a str {
        let index = (at.line as usize).saturating_sub(1);
        self.lines.get(index).map_or("", |line| line.text)
    }

    /// Returns the location of a byte offset of a line. Lines count from 0.
    fn location(&self, line: usize, offset: usize) -> Location {
        let text = self.lines.get(line).map_or("", |line| line.text);
        let before = text.get(..offset).unwrap_or(text);
        Location {
            file: self.facts.file,
            line: line as u32 + 1,
            column: before.chars().count() as u32 + 1,
        }
    }
}

/// Returns the problems of all pages.
pub(super) fn check(analyzed: Analyzed<'_>) -> Report {
    let indexes: BTreeMap<ApiVersion, TypeIndex<'_>> = analyzed
        .model
        .apis
        .iter()
        .map(|api| (api.version, TypeIndex::new(api)))
        .collect();
    let checked: Vec<_> = analyzed
        .pages
        .par_iter()
        .map(|facts| {
            let source = analyzed.sources.get(facts.file);
            let page = Page {
                facts,
                path: &source.path,
                lines: PageLines::new(&source.text).lines,
                types: facts.version.and_then(|version| indexes.get(&version)),
            };
            let mut report = Report::new();
            examples::check(&page, &mut report);
            requests::check(&page, &mut report);
            types::check(&page, &mut report);
            metadata::check(&page, &mut report);
            words::check(&page, &mut report);
            let names = annotation_names::collect(&page);
            let words = spelling::collect(&page);
            (report, names, words)
        })
        .collect();
    let mut report = Report::new();
    let (mut names, mut words) = (Vec::new(), Vec::new());
    for (of_page, names_of_page, words_of_page) in checked {
        report.append(of_page);
        names.extend(names_of_page);
        words.push(words_of_page);
    }
    annotation_names::check(names, analyzed.sources, &mut report);
    spelling::check(&words, &mut report);
    report
}
