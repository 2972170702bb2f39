//! Routing: finds the operation for a method and the segments of a path.

use std::collections::BTreeMap;

use generator::model::{
    Api, HttpMethod, Operation, OperationId, OperationKind, Path, ResponseContent, Segment,
    StructuredTypeId, Type, TypeRef,
};

/// The operations of one version, indexed for lookup.
#[derive(Debug)]
pub(crate) struct Routes {
    /// By the number of segments.
    by_length: BTreeMap<usize, Vec<OperationId>>,
    /// By the path with its keys as `{}`.
    by_path: BTreeMap<String, Vec<OperationId>>,
}

/// A request that matches an operation.
#[derive(Debug)]
pub(crate) struct Route<'a> {
    pub(crate) operation: &'a Operation,
    /// The text of each segment of the operation's path.
    pub(crate) segments: Vec<String>,
}

/// Why no operation matches a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Miss {
    /// No operation has this path.
    Path,
    /// The operations at this path have these methods.
    Method(Vec<&'static str>),
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

    /// Returns the operation that matches a request of decoded segments; of several, the one with the fewest keys.
    pub(crate) fn find<'a>(
        &self,
        api: &'a Api,
        method: &str,
        segments: &[String],
    ) -> Result<Route<'a>, Miss> {
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        // A key in parentheses is a segment of its own in the path of an operation.
        let in_parentheses = segments.iter().filter(|segment| segment.ends_with(')'));
        let lengths = segments.len()..=segments.len() + in_parentheses.count();
        let fitting: Vec<Route> = lengths
            .filter_map(|length| self.by_length.get(&length))
            .flatten()
            .map(|id| api.operation(*id))
            .filter_map(|operation| {
                let texts = operation.path.align(&segments)?.texts;
                Some(Route {
                    operation,
                    segments: texts.into_iter().map(str::to_owned).collect(),
                })
            })
            .collect();
        let mut methods: Vec<&str> = fitting
            .iter()
            .map(|route| route.operation.method.name())
            .collect();
        methods.sort_unstable();
        methods.dedup();
        let best = fitting
            .into_iter()
            .filter(|route| route.operation.method.name() == method)
            .min_by_key(|route| keys(route.operation));
        match best {
            Some(route) => Ok(route),
            None if methods.is_empty() => Err(Miss::Path),
            None => Err(Miss::Method(methods)),
        }
    }

    /// Returns the number of leading segments that begin a documented path.
    pub(crate) fn count_matching_segments(&self, api: &Api, segments: &[String]) -> usize {
        let matching = |operation: &Operation| {
            let pairs = operation.path.segments.iter().zip(segments);
            pairs
                .take_while(|(segment, text)| {
                    let path = Path {
                        segments: vec![(*segment).clone()],
                    };
                    path.align(&[text.as_str()]).is_some()
                })
                .count()
        };
        api.operations.iter().map(matching).max().unwrap_or(0)
    }

    /// Returns whether a documented path starts with a path template, with keys as `{}`.
    pub(crate) fn has_prefix(&self, template: &str) -> bool {
        let template = template.to_ascii_lowercase();
        let below = format!("{template}/");
        let mut next = self.by_path.range(template.clone()..);
        let is_exact = next.next().is_some_and(|(path, _)| *path == template);
        let mut next = self.by_path.range(below.clone()..);
        is_exact
            || next
                .next()
                .is_some_and(|(path, _)| path.starts_with(&below))
    }

    /// Returns whether a collection at the root contains items of a type: `/users`.
    pub(crate) fn has_root_list(&self, api: &Api, id: StructuredTypeId) -> bool {
        self.roots(api).any(|(operation, _)| {
            operation.kind == OperationKind::List
                && matches!(
                    &operation.response,
                    ResponseContent::Value(TypeRef { ty: Type::Structured(listed), .. }) if *listed == id
                )
        })
    }

    /// Returns the collections and singletons at the root, with their names.
    pub(crate) fn roots<'a>(
        &'a self,
        api: &'a Api,
    ) -> impl Iterator<Item = (&'a Operation, &'a str)> {
        let all = self.by_length.get(&1).into_iter().flatten();
        let all = all.map(|id| api.operation(*id));
        all.filter_map(|operation| match operation.path.segments.as_slice() {
            [Segment::Name(name)] => Some((operation, name.as_str())),
            _ => None,
        })
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
    matches!(segment, Segment::Key(_) | Segment::AlternateKey(_))
}
