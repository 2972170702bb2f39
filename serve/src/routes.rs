//! Routing: finds the operation for a method and the segments of a path.

use std::collections::BTreeMap;

use generator::model::{Api, HttpMethod, Operation, OperationId, OperationKind, Segment};

/// The operations of one version, indexed for lookup.
#[derive(Debug)]
pub(crate) struct Routes {
    /// By the number of segments.
    by_length: BTreeMap<usize, Vec<OperationId>>,
    /// By the path with its keys as `{}`.
    by_path: BTreeMap<String, Vec<OperationId>>,
}

/// Why no operation matches a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Miss {
    /// No operation has this path.
    Path,
    /// The operations at this path have other methods.
    Method,
}

impl Routes {
    pub(crate) fn new(api: &Api) -> Self {
        let mut by_length: BTreeMap<usize, Vec<OperationId>> = BTreeMap::new();
        let mut by_path: BTreeMap<String, Vec<OperationId>> = BTreeMap::new();
        for (index, operation) in api.operations.iter().enumerate() {
            let id =
                OperationId(u32::try_from(index).expect("a model has no 4 billion operations"));
            let length = operation.path.segments.len();
            by_length.entry(length).or_default().push(id);
            let path = operation.path.normalised().to_ascii_lowercase();
            by_path.entry(path).or_default().push(id);
        }
        Self { by_length, by_path }
    }

    /// Returns the operation that matches a request; of several, the one with the fewest keys.
    pub(crate) fn find<'a>(
        &self,
        api: &'a Api,
        method: &str,
        segments: &[String],
    ) -> Result<&'a Operation, Miss> {
        let all = self.by_length.get(&segments.len()).into_iter().flatten();
        let fitting: Vec<&Operation> = all
            .map(|id| api.operation(*id))
            .filter(|operation| operation.path.match_segments(segments).is_some())
            .collect();
        let best = fitting
            .iter()
            .filter(|operation| operation.method.name() == method)
            .min_by_key(|operation| keys(operation));
        match best {
            Some(operation) => Ok(operation),
            None if fitting.is_empty() => Err(Miss::Path),
            None => Err(Miss::Method),
        }
    }

    /// Returns the operation with a kind and method at a path template with keys as `{}`.
    pub(crate) fn at<'a>(
        &self,
        api: &'a Api,
        normalised: &str,
        method: HttpMethod,
        kind: OperationKind,
    ) -> Option<&'a Operation> {
        let all = self.by_path.get(&normalised.to_ascii_lowercase());
        let mut all = all.into_iter().flatten().map(|id| api.operation(*id));
        all.find(|operation| operation.method == method && operation.kind == kind)
    }
}

fn keys(operation: &Operation) -> usize {
    let segments = operation.path.segments.iter();
    segments.filter(|segment| is_key(segment)).count()
}

pub(crate) fn is_key(segment: &Segment) -> bool {
    matches!(segment, Segment::Key(_))
}
