//! Finds the operation whose path the request of an example matches.

use std::collections::BTreeMap;

use crate::model::written::{split, split_keys, split_outside};
use crate::model::{HttpMethod, Path, Segment};
use crate::resolve::examples::requests::ExampleRequest;
use crate::resolve::names::unqualified;
use crate::resolve::operations::build::BuiltOperation;

/// Matches requests to operations: first to those of the same page, then to all with as many segments.
pub(crate) struct OperationMatcher<'o> {
    operations: &'o [BuiltOperation],
    /// The indices of the operations of each page.
    by_page: Vec<Vec<usize>>,
    by_shape: BTreeMap<(HttpMethod, usize), Vec<usize>>,
}

impl<'o> OperationMatcher<'o> {
    /// Indexes the operations. `pages` is the number of operation pages.
    pub(crate) fn new(operations: &'o [BuiltOperation], pages: usize) -> Self {
        let mut by_page = vec![Vec::new(); pages];
        let mut by_shape: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (place, built) in operations.iter().enumerate() {
            for page in &built.pages {
                by_page[*page].push(place);
            }
            let shape = (built.operation.method, built.operation.path.segments.len());
            by_shape.entry(shape).or_default().push(place);
        }
        Self {
            operations,
            by_page,
            by_shape,
        }
    }

    /// Returns the index of the operation that a request matches best; of several equal ones the first.
    pub(crate) fn find(&self, request: &ExampleRequest, precision: Precision) -> Option<usize> {
        let segments = split(&request.path);
        self.find_segments(request, precision, &segments)
            .or_else(|| self.find_segments(request, precision, &split_keys(&segments)))
    }

    fn find_segments(
        &self,
        request: &ExampleRequest,
        precision: Precision,
        segments: &[&str],
    ) -> Option<usize> {
        let method = request.fact.method;
        let best = |places: &[usize]| {
            let mut best: Option<(usize, usize)> = None;
            for place in places {
                let operation = &self.operations[*place].operation;
                if operation.method != method {
                    continue;
                }
                if let Some(score) = score(&operation.path, segments, precision)
                    && best.is_none_or(|(best_score, _)| score > best_score)
                {
                    best = Some((score, *place));
                }
            }
            best.map(|(_, place)| place)
        };
        best(&self.by_page[request.page]).or_else(|| {
            let places = self.by_shape.get(&(method, segments.len()))?;
            best(places)
        })
    }
}

/// How precisely an example must match a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Precision {
    /// Functions have the parameters of the example.
    SameParameters,
    /// Functions may have other parameters.
    AnyParameters,
}

/// Returns how many segments of a path have the same name in the request; `None` if the request does not match.
fn score(path: &Path, segments: &[&str], precision: Precision) -> Option<usize> {
    let count = path.segments.len();
    let ends_with_item_path = matches!(path.segments.last(), Some(Segment::ItemPath(_)));
    if segments.len() != count && !(ends_with_item_path && segments.len() > count) {
        return None;
    }
    let mut score = 0;
    let mut preceding = "";
    for (segment, written) in path.segments.iter().zip(segments) {
        let is_item_path = matches!(segment, Segment::ItemPath(_));
        if is_item_path && !preceding.ends_with(':') {
            return None;
        }
        preceding = written;
        match compare_names(segment, written.trim_end_matches(':')) {
            NameMatch::AnyValue => {}
            NameMatch::Same => {
                if precision == Precision::SameParameters && !has_parameters_of(segment, written) {
                    return None;
                }
                score += 1;
            }
            NameMatch::Different => return None,
        }
    }
    Some(score)
}

/// Whether a segment, if it is a function, has the parameters that the example passes.
fn has_parameters_of(segment: &Segment, written: &str) -> bool {
    let Segment::Function { parameters, .. } = segment else {
        return true;
    };
    let inside = written
        .strip_suffix(')')
        .and_then(|rest| rest.split_once('('));
    let arguments: Vec<&str> = inside.map_or_else(Vec::new, |(_, inside)| {
        let mut arguments = split_outside(inside, ',');
        arguments.retain(|argument| !argument.trim().is_empty());
        arguments
    });
    let has_parameter = |argument: &&str| match argument.split_once('=') {
        Some((name, _)) => parameters
            .iter()
            .any(|parameter| parameter.name.eq_ignore_ascii_case(name.trim())),
        None => true,
    };
    arguments.len() == parameters.len() && arguments.iter().all(has_parameter)
}

/// The comparison of a segment with the text at its place in a request.
enum NameMatch {
    Same,
    Different,
    /// The segment is a key or a path of names, which has any value.
    AnyValue,
}

fn compare_names(segment: &Segment, written: &str) -> NameMatch {
    let is_same = match segment {
        Segment::ItemPath(_) => return NameMatch::AnyValue,
        Segment::Key(_) if !matches!(written, "$ref" | "$value" | "$count") => {
            return NameMatch::AnyValue;
        }
        Segment::Key(_) => false,
        Segment::AlternateKey { property, .. } => written
            .split_once('=')
            .is_some_and(|(name, _)| name.eq_ignore_ascii_case(property)),
        Segment::Function { name, .. } => {
            let called = written.split_once('(');
            is_same_name(called.map_or(written, |(called, _)| called), name)
        }
        Segment::Name(name) | Segment::Action(name) => is_same_name(written, name),
        Segment::Cast(name) => is_same_name(written, &name.full()),
        Segment::Ref => written.eq_ignore_ascii_case("$ref"),
        Segment::Value => written.eq_ignore_ascii_case("$value"),
        Segment::Count => written.eq_ignore_ascii_case("$count"),
    };
    match is_same {
        true => NameMatch::Same,
        false => NameMatch::Different,
    }
}

/// Whether two names are the same without their namespaces, and without regard to letter case.
fn is_same_name(left: &str, right: &str) -> bool {
    unqualified(left).eq_ignore_ascii_case(unqualified(right))
}
