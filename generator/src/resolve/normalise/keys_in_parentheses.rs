//! Decides whether a segment with parentheses calls a function or is a collection with a key: `delta(token='{token}')` or
//! `devices(deviceId='{deviceId}')`. A key becomes a segment of its own.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{OperationFacts, PageFacts, RequestLineFact, SegmentFact};
use crate::model::{ApiVersion, HttpMethod};
use crate::resolve::names::{FoldedName, NameText, starts_with_verb, unqualified};

/// Separates keys in parentheses from the names before them, in all request lines.
pub(crate) fn separate_keys(pages: &mut [Cow<'_, PageFacts>]) {
    let mut by_version: BTreeMap<Option<ApiVersion>, Evidence> = BTreeMap::new();
    for page in pages.iter() {
        by_version.entry(page.version).or_default().add_page(page);
    }
    for page in pages.iter() {
        if let (Some(evidence), Some(operation)) =
            (by_version.get_mut(&page.version), &page.operation)
        {
            for line in &operation.request_lines {
                evidence.add_keyed_paths(line);
            }
        }
    }
    for page in pages {
        let has_key = page.operation.as_ref().is_some_and(|operation| {
            let mut segments = operation
                .request_lines
                .iter()
                .flat_map(|line| &line.segments);
            segments.any(|segment| {
                matches!(
                    segment,
                    SegmentFact::Call { .. } | SegmentFact::AlternateKey(_)
                )
            })
        });
        let Some(evidence) = by_version.get(&page.version).filter(|_| has_key) else {
            continue;
        };
        if let Some(operation) = &mut page.to_mut().operation {
            for line in &mut operation.request_lines {
                line.segments = evidence.separate(line);
            }
        }
    }
}

/// What the pages of one version show about names in paths.
#[derive(Default)]
struct Evidence {
    /// The names that a page calls as a function or an action.
    called: BTreeSet<FoldedName<'static>>,
    /// The names of rows that are collections.
    collections: BTreeSet<FoldedName<'static>>,
    /// The paths that a key follows, in the form of [`fold_segment`].
    keyed_paths: BTreeSet<String>,
}

impl Evidence {
    fn add_page(&mut self, page: &PageFacts) {
        for resource in &page.resources {
            let rows = resource.properties.iter().chain(&resource.relationships);
            for row in rows.filter(|row| row.type_phrase.value.collection) {
                let name = row.name.value.trim();
                self.collections.insert(FoldedName::owned(name));
            }
        }
        if let Some(operation) = page.operation.as_ref().filter(|facts| is_call(facts)) {
            for line in &operation.request_lines {
                let reads = matches!(line.method, HttpMethod::Get | HttpMethod::Post);
                if let (true, Some(SegmentFact::Name(name) | SegmentFact::Call { name, .. })) =
                    (reads, line.segments.last())
                {
                    self.called.insert(FoldedName::owned(unqualified(name)));
                }
            }
        }
    }

    /// Adds the paths of a line that a key follows.
    fn add_keyed_paths(&mut self, line: &RequestLineFact) {
        let segments = self.separate(line);
        let mut path = String::new();
        for (segment, next) in segments.iter().zip(segments.iter().skip(1)) {
            fold_segment(segment, &mut path);
            if matches!(next, SegmentFact::Key(_) | SegmentFact::AlternateKey(_)) {
                self.keyed_paths.insert(path.clone());
            }
        }
    }

    /// Returns the segments of a line, with keys in parentheses as segments of their own.
    fn separate(&self, line: &RequestLineFact) -> Vec<SegmentFact> {
        let mut separated = Vec::with_capacity(line.segments.len() + 1);
        let mut path = String::new();
        for (place, segment) in line.segments.iter().enumerate() {
            let parts = match segment {
                SegmentFact::Call { name, arguments } => key_in_parentheses(arguments)
                    .filter(|_| self.is_collection(line, place, name, &path))
                    .map(|key| vec![SegmentFact::Name(name.clone()), key]),
                SegmentFact::AlternateKey(values) => {
                    key_in_parentheses(values).map(|key| vec![key])
                }
                _ => None,
            };
            let parts = parts.unwrap_or_else(|| vec![segment.clone()]);
            for part in &parts {
                fold_segment(part, &mut path);
            }
            separated.extend(parts);
        }
        separated
    }

    /// Whether the name of a segment with parentheses is a collection. `path` is the folded path before the segment.
    fn is_collection(&self, line: &RequestLineFact, place: usize, name: &str, path: &str) -> bool {
        let mut keyed = path.to_owned();
        fold_segment(&SegmentFact::Name(name.to_owned()), &mut keyed);
        if self.keyed_paths.contains(&keyed) {
            return true;
        }
        if self.called.contains(&unqualified(name) as &dyn NameText) {
            return false;
        }
        // Names with a namespace and names that start with a verb denote functions.
        if name.contains('.') || starts_with_verb(name) {
            return self.collections.contains(&name as &dyn NameText);
        }
        let is_count =
            |segment: &SegmentFact| matches!(segment, SegmentFact::Name(name) if name == "$count");
        let is_last = line.segments[place + 1..].iter().all(is_count);
        let reads = matches!(line.method, HttpMethod::Get | HttpMethod::Post);
        // The service has no unbound functions at the root.
        place == 0 || !is_last || !reads || self.collections.contains(&name as &dyn NameText)
    }
}

fn is_call(operation: &OperationFacts) -> bool {
    operation.says_function || operation.says_action
}

/// Returns the key that arguments could be: one value, or named ones.
fn key_in_parentheses(arguments: &[(String, String)]) -> Option<SegmentFact> {
    match arguments {
        [] => None,
        [(name, value)] if name.is_empty() || name.eq_ignore_ascii_case("id") => {
            let words = value.trim_matches(|character| "{}<>'".contains(character));
            Some(SegmentFact::Key(words.to_owned()))
        }
        values if values.iter().all(|(name, _)| !name.is_empty()) => {
            Some(SegmentFact::AlternateKey(values.to_vec()))
        }
        _ => None,
    }
}

/// Appends a segment to a path in lower case, with the same placeholder for every key.
fn fold_segment(segment: &SegmentFact, path: &mut String) {
    path.push('/');
    let text = match segment {
        SegmentFact::Name(name) | SegmentFact::Call { name, .. } => name,
        SegmentFact::ItemPath(words) if !words.starts_with('{') => words,
        SegmentFact::ItemPath(_) | SegmentFact::Key(_) | SegmentFact::AlternateKey(_) => "{}",
    };
    path.extend(text.chars().map(|letter| letter.to_ascii_lowercase()));
}
