//! Operations that no request line shows, but that the request of an example does. The types must explain each segment of its
//! path, and it must lead to what the request lines of its page lead to.
//!
//! Pages often list one path and show another: `/me` for `/users/{id}`, or a count or a cast after a collection.

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{ApiVersion, HttpMethod, Path, ResponseContent, Segment, Type, TypeRef};
use crate::path::{
    MAX_SEGMENTS, is_guid, split_arguments, split_call, split_named_values, split_url_path,
};
use crate::report::{Code, Report};
use crate::resolve::examples::matching::{OperationMatcher, Precision};
use crate::resolve::examples::requests::ExampleRequest;
use crate::resolve::names::unqualified;
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::operations::build::{BuiltOperation, build_from_lines};
use crate::resolve::paths::walk::{PathWalker, TypedPath};

/// Adds the operations that only examples show.
pub(crate) fn add_operations_from_examples(
    built: &mut Vec<BuiltOperation>,
    requests: &[ExampleRequest],
    operations: &[OperationPage],
    walker: &PathWalker,
    version: ApiVersion,
    report: &mut Report,
) {
    let matcher = OperationMatcher::new(built, operations.len());
    let lines: Vec<ExampleLine> = requests
        .iter()
        .filter(|request| matcher.find(request, Precision::SameParameters).is_none())
        .filter_map(|request| {
            let operation = &operations[request.page];
            LineReader { operation, walker }.read(request)
        })
        .collect();
    let mut added = build_from_lines(
        lines.iter().map(|line| (line.page, &line.line)),
        operations,
        walker,
        version,
        report,
    );
    for line in lines.iter().filter(|line| line.is_below) {
        let end = walker
            .walk(&line.line.segments, &operations[line.page])
            .end
            .filter(|end| matches!(end.ty, Type::Structured(_)));
        let operation = added
            .iter_mut()
            .map(|built| &mut built.operation)
            .find(|operation| operation.origin == line.line.at);
        if let (Some(end), Some(operation)) = (end, operation) {
            operation.response = ResponseContent::Value(end);
        }
    }
    for BuiltOperation { operation, .. } in &added {
        report.push(
            Code::OperationFromExample,
            operation.origin,
            0,
            format!(
                "no request line has `{} {}`, but this example calls it",
                operation.method.name(),
                operation.path.template()
            ),
            "the operation is generated from the example",
        );
    }
    built.extend(added);
}

/// A request line made of the request of an example.
struct ExampleLine {
    /// The index of the page among the operation pages.
    page: usize,
    line: RequestLineFact,
    /// Whether it leads to a part of what its page describes, so that the page does not state the response.
    is_below: bool,
}

/// The segments of an example's path.
struct ReadPath {
    segments: Vec<SegmentFact>,
    is_below: bool,
}

/// Makes request lines of the examples of a page.
struct LineReader<'r, 'p> {
    operation: &'r OperationPage<'p>,
    walker: &'r PathWalker<'r>,
}

impl LineReader<'_, '_> {
    /// Returns the request line for a request.
    fn read(&self, request: &ExampleRequest<'_>) -> Option<ExampleLine> {
        let path = self
            .read_typed_path(request)
            .or_else(|| self.read_extended_line(request))?;
        Some(ExampleLine {
            page: request.page,
            line: RequestLineFact {
                method: request.fact.method,
                template: request.path.clone(),
                segments: path.segments,
                query: None,
                at: request.fact.at,
            },
            is_below: path.is_below,
        })
    }

    /// Reads a path whose segments are all typed, if it leads to what a request line of the page leads to.
    fn read_typed_path(&self, request: &ExampleRequest<'_>) -> Option<ReadPath> {
        let segments = self.segments(&request.path)?;
        let typed = self.walk(&segments);
        if typed.unknown.is_some() {
            return None;
        }
        let lines: Vec<TypedPath> = self
            .lines(request)
            .map(|line| self.walk(&line.segments))
            .collect();
        if lines.iter().any(|line| has_same_end(&typed, line)) {
            return Some(ReadPath {
                segments,
                is_below: false,
            });
        }
        let reads = request.fact.method == HttpMethod::Get;
        let is_below = reads && lines.iter().any(|line| extends_by_name(&typed, line));
        is_below.then_some(ReadPath { segments, is_below })
    }

    /// Reads a path that extends a request line of the page by a key or by `$value`.
    fn read_extended_line(&self, request: &ExampleRequest<'_>) -> Option<ReadPath> {
        let written = split_url_path(&request.path);
        let (last, above) = written.split_last()?;
        let extension = match *last {
            "$value" => SegmentFact::Name("$value".to_owned()),
            key if is_evident_key(key) => SegmentFact::Key(String::new()),
            _ => return None,
        };
        let mut lines = self.lines(request);
        let line = lines.find(|line| {
            let segments = self.walk(&line.segments).path.segments;
            let is_same = |(segment, written): (&Segment, &&str)| match segment {
                Segment::Key(_) => true,
                Segment::Name(name) => name.eq_ignore_ascii_case(written),
                Segment::AlternateKey(_)
                | Segment::Cast(_)
                | Segment::Action(_)
                | Segment::Function { .. }
                | Segment::ItemPath(_)
                | Segment::Ref
                | Segment::Value
                | Segment::Count => false,
            };
            segments.len() == above.len() && segments.iter().zip(above).all(is_same)
        })?;
        let mut segments = line.segments.clone();
        segments.push(extension);
        Some(ReadPath {
            segments,
            is_below: false,
        })
    }

    /// Returns the request lines of the page with the method of a request.
    fn lines(&self, request: &ExampleRequest<'_>) -> impl Iterator<Item = &RequestLineFact> {
        let method = request.fact.method;
        let lines = self.operation.facts.request_lines.iter();
        lines.filter(move |line| line.method == method)
    }

    fn walk(&self, segments: &[SegmentFact]) -> TypedPath {
        self.walker.walk(segments, self.operation)
    }

    /// Distinguishes names from keys in a path. Returns `None` if a segment is neither.
    fn segments(&self, path: &str) -> Option<Vec<SegmentFact>> {
        let mut segments: Vec<SegmentFact> = Vec::new();
        let mut follows_colon = false;
        let pieces = split_url_path(path);
        if pieces.len() > MAX_SEGMENTS {
            return None;
        }
        for written in pieces {
            if follows_colon {
                segments.push(SegmentFact::Key("{item-path}".to_owned()));
                follows_colon = false;
                continue;
            }
            let typed = self.walk(&segments);
            let ends_with_colon = written.ends_with(':') && !segments.is_empty();
            let text = written.trim_end_matches(':');
            let next = self.next(text, &segments, &typed)?;
            segments.extend(next);
            if ends_with_colon {
                let anchor = match segments.pop() {
                    Some(SegmentFact::Name(name)) => name,
                    _ => "{id}".to_owned(),
                };
                segments.push(SegmentFact::ItemPath(anchor));
            }
            follows_colon = ends_with_colon;
        }
        Some(segments)
    }

    fn root(&self, written: &str) -> Option<SegmentFact> {
        let is_typed = self.walker.roots.type_of_root(written).is_some();
        is_typed.then(|| SegmentFact::Name(written.to_owned()))
    }

    /// Returns the segments for a text: one, or a name and a key in parentheses.
    fn next(
        &self,
        written: &str,
        before: &[SegmentFact],
        typed: &TypedPath,
    ) -> Option<Vec<SegmentFact>> {
        let name = || Some(vec![SegmentFact::Name(written.to_owned())]);
        let key = || SegmentFact::Key(String::new());
        if before.is_empty() && !written.contains('(') {
            return self.root(written).map(|root| vec![root]);
        }
        if matches!(written, "$ref" | "$value" | "$count") {
            return name();
        }
        let callables = self.walker.callables;
        if let Some((called, inside)) = split_call(written) {
            if callables.get(called).is_some() {
                return Some(vec![SegmentFact::Call {
                    name: called.to_owned(),
                    arguments: parse_arguments(inside)?,
                }]);
            }
            let mut segments = self.next(called, before, typed)?;
            segments.push(match split_named_values(inside) {
                Some(values) => SegmentFact::AlternateKey(
                    values
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value.to_owned()))
                        .collect(),
                ),
                None => key(),
            });
            return Some(segments);
        }
        let end = typed.end.as_ref()?;
        let Type::Structured(id) = end.ty else {
            return callables.get(written).and_then(|_| name());
        };
        let is_property = !end.collection && self.walker.properties.find(id, written).is_some();
        if is_property || callables.get(written).is_some() || self.is_cast(written, before) {
            return name();
        }
        end.collection.then(|| vec![key()])
    }

    fn is_cast(&self, written: &str, before: &[SegmentFact]) -> bool {
        if !written.contains('.') {
            return false;
        }
        let mut segments = before.to_vec();
        segments.push(SegmentFact::Name(written.to_owned()));
        let typed = self.walk(&segments);
        matches!(typed.path.segments.last(), Some(Segment::Cast(_)))
    }
}

/// Whether a path extends another one by one name or by `$value`.
fn extends_by_name(longer: &TypedPath, shorter: &TypedPath) -> bool {
    let Some((last, above)) = longer.path.segments.split_last() else {
        return false;
    };
    let is_name = matches!(last, Segment::Name(_) | Segment::Value);
    let above = Path {
        segments: above.to_vec(),
    };
    is_name && above.normalised().to_lowercase() == shorter.path.normalised().to_lowercase()
}

/// Whether two paths lead to the same type, or end with the same name, whatever casts and counts follow.
fn has_same_end(left: &TypedPath, right: &TypedPath) -> bool {
    let is_same_type = matches!(
        (&left.end, &right.end),
        (Some(left @ TypeRef { ty: Type::Structured(_), .. }), Some(right)) if left == right
    );
    let (left_end, right_end) = (PathEnd::of(left), PathEnd::of(right));
    let left_name = last_name(left);
    let is_same_name = left_name.is_some() && left_name == last_name(right);
    left_end == right_end && (is_same_name || (is_same_type && left_end == PathEnd::Resource))
}

/// What a path addresses at its end.
#[derive(PartialEq, Eq)]
enum PathEnd {
    Resource,
    Reference,
    Value,
    Call,
}

impl PathEnd {
    fn of(typed: &TypedPath) -> Self {
        match typed.path.segments.last() {
            Some(Segment::Ref) => Self::Reference,
            Some(Segment::Value) => Self::Value,
            Some(Segment::Action(_) | Segment::Function { .. }) => Self::Call,
            _ => Self::Resource,
        }
    }
}

/// Returns the last name of a path, in lower case.
fn last_name(typed: &TypedPath) -> Option<String> {
    let mut segments = typed.path.segments.iter().rev();
    segments.find_map(|segment| match segment {
        Segment::Name(name) | Segment::Action(name) | Segment::Function { name, .. } => {
            Some(unqualified(name).to_lowercase())
        }
        Segment::Key(_)
        | Segment::AlternateKey(_)
        | Segment::Cast(_)
        | Segment::ItemPath(_)
        | Segment::Ref
        | Segment::Value
        | Segment::Count => None,
    })
}

/// Whether a segment is a key after any type: a placeholder or a GUID.
fn is_evident_key(written: &str) -> bool {
    is_guid(written) || (written.starts_with('{') && written.ends_with('}'))
}

/// Parses the arguments of a call, all of which have names; the values keep their quotes.
fn parse_arguments(inside: &str) -> Option<Vec<(String, String)>> {
    split_arguments(inside)
        .into_iter()
        .filter(|argument| !argument.trim().is_empty())
        .map(|argument| {
            let (name, value) = argument.split_once('=')?;
            Some((name.trim().to_owned(), value.trim().to_owned()))
        })
        .collect()
}
