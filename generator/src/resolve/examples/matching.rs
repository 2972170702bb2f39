//! Finds the operation whose path the request of an example matches.

use std::collections::BTreeMap;

use crate::model::HttpMethod;
use crate::model::request_path::PathMatch;
use crate::path::{split_call, split_url_path};
use crate::resolve::examples::requests::ExampleRequest;
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
        let segments = split_url_path(&request.path);
        let method = request.fact.method;
        let best = |places: &[usize]| {
            let mut best: Option<(usize, usize)> = None;
            for place in places {
                let operation = &self.operations[*place].operation;
                if operation.method != method {
                    continue;
                }
                let Some(aligned) = operation.path.align(&segments) else {
                    continue;
                };
                let PathMatch {
                    names,
                    same_parameters,
                } = aligned.quality;
                let is_precise = same_parameters || precision == Precision::AnyParameters;
                if is_precise && best.is_none_or(|(most, _)| names > most) {
                    best = Some((names, *place));
                }
            }
            best.map(|(_, place)| place)
        };
        best(&self.by_page[request.page]).or_else(|| {
            // A key in parentheses is a segment of its own in the path of an operation.
            let keys = segments.iter().filter(|text| split_call(text).is_some());
            let lengths = segments.len()..=segments.len() + keys.count();
            lengths
                .filter_map(|length| self.by_shape.get(&(method, length)))
                .find_map(|places| best(places))
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
