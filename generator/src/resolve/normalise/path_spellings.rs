//! Unifies the letter case of names in request lines: each name gets the spelling that most request lines and examples use. Where
//! the type that owns a segment is known, its property decides later; properties of other types have no say.
//!
//! A relationship gets the spelling of the request lines if none of them has its own: one is called `openshifts` where all request
//! lines, the examples and the service have `openShifts`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{PageFacts, RequestLineFact, SegmentFact};
use crate::model::ApiVersion;
use crate::path::split_url_path;
use crate::report::{Code, Report};
use crate::resolve::names::{FoldedName, NameText, capitals};
use crate::source::Location;

/// How often each spelling of a name occurs.
type SpellingCounts<'a> = BTreeMap<(Option<ApiVersion>, FoldedName<'a>), BTreeMap<&'a str, usize>>;

/// The names of one version in request lines.
#[derive(Default)]
struct Spellings {
    /// The spelling that replaces all others, by name.
    best: BTreeMap<FoldedName<'static>, String>,
    /// All spellings.
    used: BTreeSet<String>,
}

impl Spellings {
    /// Returns the spelling that replaces a name in a request line.
    fn in_line(&self, name: &str) -> Option<&String> {
        let best = self.best.get(&name as &dyn NameText);
        best.filter(|best| best.as_str() != name)
    }

    /// Returns the spelling that replaces a name in a table.
    fn in_row(&self, name: &str) -> Option<&String> {
        let is_stated = is_camel_case(name) || self.used.contains(name);
        self.in_line(name).filter(|_| !is_stated)
    }
}

/// Unifies the spelling of every name in a path.
pub(crate) fn unify_path_spellings(pages: &mut [Cow<'_, PageFacts>], report: &mut Report) {
    let mut by_version: BTreeMap<Option<ApiVersion>, Spellings> = BTreeMap::new();
    for ((version, _), counts) in count_spellings(pages) {
        if let Some(best) = best_spelling(counts) {
            let spellings = by_version.entry(version).or_default();
            spellings
                .best
                .insert(FoldedName::owned(best), best.to_owned());
        }
    }
    for page in pages.iter() {
        let spellings = by_version.entry(page.version).or_default();
        let lines = page
            .operation
            .iter()
            .flat_map(|operation| &operation.request_lines);
        let names = lines.flat_map(line_names).map(str::to_owned);
        spellings.used.extend(names);
    }
    for page in pages {
        let Some(spellings) = by_version.get(&page.version) else {
            continue;
        };
        let in_line = |name: &str| spellings.in_line(name);
        let in_row = |name: &str| spellings.in_row(name);
        let lines = page
            .operation
            .iter()
            .flat_map(|operation| &operation.request_lines);
        let relationships = page
            .resources
            .iter()
            .flat_map(|resource| &resource.relationships)
            .map(|row| row.name.value.trim());
        let lines = lines.flat_map(line_names).filter_map(in_line);
        let relationships = relationships.filter_map(in_row);
        if lines.chain(relationships).next().is_some() {
            respell_page(page.to_mut(), in_line, in_row, report);
        }
    }
}

fn respell_page<'s>(
    page: &mut PageFacts,
    in_line: impl Fn(&str) -> Option<&'s String> + Copy,
    in_row: impl Fn(&str) -> Option<&'s String>,
    report: &mut Report,
) {
    let lines = page
        .operation
        .iter_mut()
        .flat_map(|operation| &mut operation.request_lines);
    for line in lines {
        respell_line(line, in_line, report);
    }
    let rows = page
        .resources
        .iter_mut()
        .flat_map(|resource| &mut resource.relationships);
    for row in rows {
        if let Some(spelling) = in_row(row.name.value.trim()) {
            report_spelling(&row.name.value, spelling, row.name.at, report);
            row.name.value.clone_from(spelling);
        }
    }
}

fn respell_line<'s>(
    line: &mut RequestLineFact,
    replacement: impl Fn(&str) -> Option<&'s String>,
    report: &mut Report,
) {
    for segment in &mut line.segments {
        let (SegmentFact::Name(name) | SegmentFact::Call { name, .. }) = segment else {
            continue;
        };
        if let Some(spelling) = replacement(name) {
            report_spelling(name, spelling, line.at, report);
            name.clone_from(spelling);
        }
    }
}

fn report_spelling(name: &str, spelling: &str, at: Location, report: &mut Report) {
    report.push(
        Code::PathSpelling,
        at,
        0,
        format!("most pages spell `{name}` in another way"),
        format!("`{spelling}` is used"),
    );
    report.suggest(name, spelling);
    report.set_subject(name);
}

/// Returns the most frequent spelling; of equally frequent ones the one with more capitals, then the first by name.
fn best_spelling(counts: BTreeMap<&str, usize>) -> Option<&str> {
    let weight = |(name, count): &(&str, usize)| (*count, capitals(name));
    // `max_by_key` returns the last of several maxima.
    let best = counts.into_iter().rev().max_by_key(weight);
    best.map(|(name, _)| name)
}

fn count_spellings<'a>(pages: &'a [Cow<'_, PageFacts>]) -> SpellingCounts<'a> {
    let mut counts = SpellingCounts::new();
    for page in pages {
        let lines = page
            .operation
            .iter()
            .flat_map(|operation| &operation.request_lines);
        for name in lines.flat_map(line_names) {
            let of_name = counts.entry((page.version, FoldedName::borrowed(name)));
            *of_name.or_default().entry(name).or_default() += 1;
        }
    }
    let mut add = |version, name: &'a str| {
        // Names outside of request lines keep their spelling.
        if let Some(of_name) = counts.get_mut(&(version, FoldedName::borrowed(name))) {
            *of_name.entry(name).or_default() += 1;
        }
    };
    for page in pages {
        let examples = page
            .operation
            .iter()
            .flat_map(|operation| &operation.examples);
        for request in examples.filter_map(|example| example.request.as_ref()) {
            let url = request.url.split(['?', ' ']).next().unwrap_or_default();
            let path = url.split_once("://").map_or(url, |(_, path)| path);
            for segment in split_url_path(path) {
                let name = segment.split('(').next().unwrap_or_default();
                add(page.version, name.trim_end_matches(':'));
            }
        }
    }
    counts
}

/// Whether a name starts with a small letter and has a capital inside. In a table, that is deliberate, as in `categoryAxis`.
fn is_camel_case(name: &str) -> bool {
    name.starts_with(char::is_lowercase) && name.contains(char::is_uppercase)
}

/// Returns the names in a request line, except those with dots: they name types, which have their own spelling.
fn line_names(line: &RequestLineFact) -> impl Iterator<Item = &str> {
    line.segments.iter().filter_map(|segment| match segment {
        SegmentFact::Name(name) | SegmentFact::Call { name, .. } => {
            (!name.contains(['.', '$'])).then_some(name.as_str())
        }
        SegmentFact::Key(_) | SegmentFact::AlternateKey(_) | SegmentFact::ItemPath(_) => None,
    })
}
