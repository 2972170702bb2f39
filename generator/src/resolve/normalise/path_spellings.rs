//! Unifies the letter case of names in request lines and relationships: each name gets the spelling that most pages use.
//!
//! For example, one relationship is called `openshifts` where all request lines, the examples and the service have
//! `openShifts`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::facts::{PageFacts, RequestLineFact, SegmentFact};
use crate::model::ApiVersion;
use crate::path::split_url_path;
use crate::report::{Code, Report};
use crate::resolve::names::{FoldedName, NameText, capitals};
use crate::source::Location;

/// How often each spelling of a name occurs.
type SpellingCounts<'a> = BTreeMap<(Option<ApiVersion>, FoldedName<'a>), BTreeMap<&'a str, usize>>;

/// The spelling that replaces all others, by name.
type Spellings = BTreeMap<FoldedName<'static>, String>;

/// The weight of a property's spelling. It is also the spelling in JSON, and outweighs every number of paths.
const PROPERTY_WEIGHT: usize = 10_000;

/// Unifies the spelling of every name in a path.
pub(crate) fn unify_path_spellings(pages: &mut [Cow<'_, PageFacts>], report: &mut Report) {
    let mut by_version: BTreeMap<Option<ApiVersion>, Spellings> = BTreeMap::new();
    for ((version, _), counts) in count_spellings(pages) {
        if counts.len() > 1
            && let Some(best) = best_spelling(counts)
        {
            let spellings = by_version.entry(version).or_default();
            spellings.insert(FoldedName::owned(best), best.to_owned());
        }
    }
    for page in pages {
        let Some(spellings) = by_version.get(&page.version) else {
            continue;
        };
        let replacement = |name: &str| {
            let spelling = spellings.get(&name as &dyn NameText);
            spelling.filter(|spelling| spelling.as_str() != name)
        };
        let lines = page
            .operation
            .iter()
            .flat_map(|operation| &operation.request_lines);
        let relationships = page
            .resources
            .iter()
            .flat_map(|resource| &resource.relationships)
            .map(|row| row.name.value.trim());
        let differs = lines
            .flat_map(line_names)
            .chain(relationships)
            .any(|name| replacement(name).is_some());
        if differs {
            respell_page(page.to_mut(), replacement, report);
        }
    }
}

fn respell_page<'s>(
    page: &mut PageFacts,
    replacement: impl Fn(&str) -> Option<&'s String> + Copy,
    report: &mut Report,
) {
    let lines = page
        .operation
        .iter_mut()
        .flat_map(|operation| &mut operation.request_lines);
    for line in lines {
        respell_line(line, replacement, report);
    }
    let rows = page
        .resources
        .iter_mut()
        .flat_map(|resource| &mut resource.relationships);
    for row in rows {
        if let Some(spelling) = replacement(row.name.value.trim()) {
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
    let mut add = |version, name: &'a str, weight| {
        // Names outside of request lines keep their spelling.
        if let Some(of_name) = counts.get_mut(&(version, FoldedName::borrowed(name))) {
            *of_name.entry(name).or_default() += weight;
        }
    };
    for page in pages {
        for resource in &page.resources {
            for row in &resource.properties {
                add(page.version, row.name.value.trim(), PROPERTY_WEIGHT);
            }
            for row in &resource.relationships {
                let name = row.name.value.trim();
                // An inner capital such as in `categoryAxis` is deliberate; a missing one, as in `openshifts`, may be a slip.
                let weight = if is_camel_case(name) {
                    PROPERTY_WEIGHT
                } else {
                    1
                };
                add(page.version, name, weight);
            }
        }
        let examples = page
            .operation
            .iter()
            .flat_map(|operation| &operation.examples);
        for request in examples.filter_map(|example| example.request.as_ref()) {
            let url = request.url.split(['?', ' ']).next().unwrap_or_default();
            let path = url.split_once("://").map_or(url, |(_, path)| path);
            for segment in split_url_path(path) {
                let name = segment.split('(').next().unwrap_or_default();
                add(page.version, name.trim_end_matches(':'), 1);
            }
        }
    }
    counts
}

/// Whether a name starts with a small letter and has a capital inside.
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
