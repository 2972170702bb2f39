//! Finds the operation whose path the request of an example matches.

use std::collections::BTreeMap;

use crate::model::HttpMethod;
use crate::path::{split_parenthesized_keys, split_url_path};
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
        self.find_segments(request, precision, &segments)
            .or_else(|| {
                self.find_segments(request, precision, &split_parenthesized_keys(&segments))
            })
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
                let Some(found) = operation.path.match_segments(segments) else {
                    continue;
                };
                let is_precise = found.same_parameters || precision == Precision::AnyParameters;
                if is_precise && best.is_none_or(|(names, _)| found.names > names) {
                    best = Some((found.names, *place));
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
