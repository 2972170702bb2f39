//! In: the request lines and relationships of all pages. Out: the same, with each name spelled as most of the pages spell
//! it in paths.
//!
//! One relationship is called `openshifts` where all request lines, the examples and the service have `openShifts`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::facts::{PageFacts, RequestLineFact, SegmentFact};
use crate::model::ApiVersion;
use crate::model::written::split;
use crate::report::{Code, Report};
use crate::resolve::names::{Folded, Name};
use crate::source::Location;

/// How often each spelling of a name occurs, by the name in lower case.
type Spellings<'a> = BTreeMap<(Option<ApiVersion>, Folded<'a>), BTreeMap<&'a str, usize>>;

/// The spelling of a property is that of JSON, too, and outweighs those in paths.
const OF_PROPERTY: usize = 10_000;

/// Spells each name of a path in one way.
pub(crate) fn unite(pages: &mut [Cow<'_, PageFacts>], report: &mut Report) {
    let spellings = count(pages);
    let mut settled: BTreeMap<Option<ApiVersion>, BTreeMap<Folded<'static>, String>> =
        BTreeMap::new();
    for ((version, _), spellings) in spellings {
        if spellings.len() > 1
            && let Some(best) = best(spellings)
        {
            let of_version = settled.entry(version).or_default();
            of_version.insert(Folded::owned(best), best.to_owned());
        }
    }
    for page in pages {
        let Some(of_version) = settled.get(&page.version) else {
            continue;
        };
        let find = |name: &str| {
            let found = of_version.get(&name as &dyn Name);
            found.filter(|found| found.as_str() != name)
        };
        let lines = page.operation.iter().flat_map(|own| &own.request_lines);
        let rows = page.resources.iter().flat_map(|own| &own.relationships);
        let differs = lines.flat_map(names).any(|name| find(name).is_some())
            || rows
                .map(|row| row.name.value.trim())
                .any(|name| find(name).is_some());
        if differs {
            respell_page(page.to_mut(), find, report);
        }
    }
}

fn respell_page<'s>(
    page: &mut PageFacts,
    find: impl Fn(&str) -> Option<&'s String> + Copy,
    report: &mut Report,
) {
    let lines = page
        .operation
        .iter_mut()
        .flat_map(|own| &mut own.request_lines);
    for line in lines {
        respell(line, find, report);
    }
    for row in page
        .resources
        .iter_mut()
        .flat_map(|own| &mut own.relationships)
    {
        if let Some(found) = find(row.name.value.trim()) {
            tell(&row.name.value, found, row.name.at, report);
            row.name.value.clone_from(found);
        }
    }
}

fn respell<'s>(
    line: &mut RequestLineFact,
    find: impl Fn(&str) -> Option<&'s String>,
    report: &mut Report,
) {
    for segment in &mut line.segments {
        let (SegmentFact::Name(name) | SegmentFact::Call { name, .. }) = segment else {
            continue;
        };
        if let Some(found) = find(name) {
            tell(name, found, line.at, report);
            name.clone_from(found);
        }
    }
}

fn tell(name: &str, found: &str, at: Location, report: &mut Report) {
    report.push(
        Code::PathSpelling,
        at,
        0,
        format!("`{name}` is spelled otherwise elsewhere"),
        format!("`{found}` was taken"),
    );
}

/// The spelling that occurs most; of equal ones the one with more capitals.
fn best(spellings: BTreeMap<&str, usize>) -> Option<&str> {
    let capitals = |name: &str| name.chars().filter(|letter| letter.is_uppercase()).count();
    let by_weight = |(name, count): &(&str, usize)| (*count, capitals(name));
    // Of several, the last one would be taken; the first in the order of names is meant.
    let best = spellings.into_iter().rev().max_by_key(by_weight);
    best.map(|(name, _)| name)
}

fn count<'a>(pages: &'a [Cow<'_, PageFacts>]) -> Spellings<'a> {
    let mut spellings = Spellings::new();
    for page in pages {
        let lines = page.operation.iter().flat_map(|own| &own.request_lines);
        for name in lines.flat_map(names) {
            let of_name = spellings.entry((page.version, Folded::of(name)));
            *of_name.or_default().entry(name).or_default() += 1;
        }
    }
    let mut add = |version, name: &'a str, weight| {
        // Only names in request lines are of interest.
        if let Some(known) = spellings.get_mut(&(version, Folded::of(name))) {
            *known.entry(name).or_default() += weight;
        }
    };
    for page in pages {
        for resource in &page.resources {
            for row in &resource.properties {
                add(page.version, row.name.value.trim(), OF_PROPERTY);
            }
            for row in &resource.relationships {
                let name = row.name.value.trim();
                // Nobody writes `categoryAxis` by mistake; `openshifts` is written in haste.
                let weight = if is_humped(name) { OF_PROPERTY } else { 1 };
                add(page.version, name, weight);
            }
        }
        let examples = page.operation.iter().flat_map(|own| &own.examples);
        for request in examples.filter_map(|example| example.request.as_ref()) {
            let url = request.url.split(['?', ' ']).next().unwrap_or_default();
            let path = url.split_once("://").map_or(url, |(_, path)| path);
            for segment in split(path) {
                let name = segment.split('(').next().unwrap_or_default();
                add(page.version, name.trim_end_matches(':'), 1);
            }
        }
    }
    spellings
}

/// Whether a name starts with a small letter and has a capital inside.
fn is_humped(name: &str) -> bool {
    name.starts_with(char::is_lowercase) && name.contains(char::is_uppercase)
}

/// The names in a request line; those with dots are of types, and have a spelling of their own.
fn names(line: &RequestLineFact) -> impl Iterator<Item = &str> {
    line.segments.iter().filter_map(|segment| match segment {
        SegmentFact::Name(name) | SegmentFact::Call { name, .. } => {
            (!name.contains(['.', '$'])).then_some(name.as_str())
        }
        SegmentFact::Key(_) | SegmentFact::AlternateKey { .. } | SegmentFact::ItemPath(_) => None,
    })
}
