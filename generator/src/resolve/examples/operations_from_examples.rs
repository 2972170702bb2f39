//! In: the request of an example that no request line makes. Out: the request line that it would have, if the types explain
//! each of its segments and it leads to what the lines of its page lead to.
//!
//! Pages often list one path and show another: `/me` for `/users/{id}`, a count or a cast behind a collection.

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::written::split;
use crate::model::{HttpMethod, Path, Segment, Type, TypeRef};
use crate::resolve::examples::assign::Request;
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::paths::walk::{Walked, Walker};

/// A request line that only an example shows.
pub(crate) struct ShownLine {
    /// The page, among the api pages.
    pub(crate) page: usize,
    pub(crate) line: RequestLineFact,
    /// Whether it leads to a part of what its page is about, so that the page does not say what comes back.
    pub(crate) is_below: bool,
}

/// The line that a request would have.
pub(crate) fn line(
    request: &Request<'_>,
    operation: &OperationPage,
    walker: &Walker,
) -> Option<ShownLine> {
    let reader = Reader { operation, walker };
    let found = reader
        .explained(request)
        .or_else(|| reader.one_further(request));
    let (segments, is_below) = found?;
    Some(ShownLine {
        page: request.page,
        line: RequestLineFact {
            method: request.fact.method,
            template: request.path.clone(),
            segments,
            query: None,
            at: request.fact.at,
        },
        is_below,
    })
}

/// Whether a path goes on from another one by one name: a property, or the bytes.
fn goes_on(longer: &Walked, shorter: &Walked) -> bool {
    let is_name = matches!(
        longer.segments.last(),
        Some(Segment::Name(_) | Segment::Value)
    );
    let path = |segments: &[Segment]| {
        let segments = segments.to_vec();
        Path { segments }.normalised().to_lowercase()
    };
    let above = longer.segments.len().saturating_sub(1);
    is_name && path(&longer.segments[..above]) == path(&shorter.segments)
}

/// Whether two paths lead to one type, or to one name, whatever casts and counts follow.
fn leads_alike(left: &Walked, right: &Walked) -> bool {
    let tail = |walked: &Walked| match walked.segments.last() {
        Some(Segment::Ref) => 1,
        Some(Segment::Value) => 2,
        Some(Segment::Action(_) | Segment::Function { .. }) => 3,
        _ => 0,
    };
    let same_type = matches!(
        (&left.end, &right.end),
        (Some(left @ TypeRef { ty: Type::Structured(_), .. }), Some(right)) if left == right
    );
    let (left_name, right_name) = (name(left), name(right));
    let same_name = left_name.is_some() && left_name == right_name;
    tail(left) == tail(right) && (same_name || (same_type && tail(left) == 0))
}

/// The last name of a path.
fn name(walked: &Walked) -> Option<String> {
    let mut names = walked.segments.iter().rev().map(|segment| match segment {
        Segment::Name(name) | Segment::Action(name) | Segment::Function { name, .. } => {
            Some(name.rsplit('.').next().unwrap_or(name).to_lowercase())
        }
        Segment::Key(_)
        | Segment::AlternateKey { .. }
        | Segment::Cast(_)
        | Segment::ItemPath(_)
        | Segment::Ref
        | Segment::Value
        | Segment::Count => None,
    });
    names.find_map(|name| name)
}

struct Reader<'r, 'p> {
    operation: &'r OperationPage<'p>,
    walker: &'r Walker<'r>,
}

impl Reader<'_, '_> {
    /// The segments of a request whose path the types explain, if it leads to what a line of the page leads to.
    fn explained(&self, request: &Request<'_>) -> Option<(Vec<SegmentFact>, bool)> {
        let segments = self.segments(&request.path)?;
        let walked = self.walk(&segments);
        if walked.missing.is_some() {
            return None;
        }
        let lines = self.lines(request).map(|line| self.walk(&line.segments));
        let lines: Vec<Walked> = lines.collect();
        if lines.iter().any(|line| leads_alike(&walked, line)) {
            return Some((segments, false));
        }
        let reads = request.fact.method == HttpMethod::Get;
        let is_below = reads && lines.iter().any(|line| goes_on(&walked, line));
        is_below.then_some((segments, true))
    }

    /// The segments of a line of the page, and one more that is the same everywhere: a key, or the bytes.
    fn one_further(&self, request: &Request<'_>) -> Option<(Vec<SegmentFact>, bool)> {
        let written = split(&request.path);
        let (last, above) = written.split_last()?;
        let further = match *last {
            "$value" => SegmentFact::Name("$value".to_owned()),
            key if is_plainly_key(key) => SegmentFact::Key(String::new()),
            _ => return None,
        };
        let mut lines = self.lines(request);
        let line = lines.find(|line| {
            let segments = self.walk(&line.segments).segments;
            let is_alike = |(segment, written): (&Segment, &&str)| match segment {
                Segment::Key(_) => true,
                Segment::Name(name) => name.eq_ignore_ascii_case(written),
                Segment::AlternateKey { .. }
                | Segment::Cast(_)
                | Segment::Action(_)
                | Segment::Function { .. }
                | Segment::ItemPath(_)
                | Segment::Ref
                | Segment::Value
                | Segment::Count => false,
            };
            segments.len() == above.len() && segments.iter().zip(above).all(is_alike)
        })?;
        let mut segments = line.segments.clone();
        segments.push(further);
        Some((segments, false))
    }

    fn lines(&self, request: &Request<'_>) -> impl Iterator<Item = &RequestLineFact> {
        let method = request.fact.method;
        let lines = self.operation.facts.request_lines.iter();
        lines.filter(move |line| line.method == method)
    }

    fn walk(&self, segments: &[SegmentFact]) -> Walked {
        let rows = &self.operation.facts.url_parameters;
        self.walker.walk(segments, rows, self.operation.page)
    }

    /// Tells names from keys; none if a segment stays unexplained.
    fn segments(&self, path: &str) -> Option<Vec<SegmentFact>> {
        let mut segments: Vec<SegmentFact> = Vec::new();
        let mut is_anchored = false;
        for written in split(path) {
            if is_anchored {
                segments.push(SegmentFact::Key("{item-path}".to_owned()));
                is_anchored = false;
                continue;
            }
            let walked = self.walk(&segments);
            is_anchored = written.ends_with(':') && !segments.is_empty();
            let own = written.trim_end_matches(':');
            let next = match segments.is_empty() {
                true => vec![self.root(own)?],
                false => self.next(own, &segments, &walked)?,
            };
            segments.extend(next);
            if let Some(SegmentFact::Name(name)) = segments.last().filter(|_| is_anchored) {
                let anchor = SegmentFact::ItemPath(name.clone());
                segments.pop();
                segments.push(anchor);
            } else if is_anchored {
                segments.pop();
                segments.push(SegmentFact::ItemPath("{id}".to_owned()));
            }
        }
        Some(segments)
    }

    fn root(&self, written: &str) -> Option<SegmentFact> {
        let known = self.walker.roots.type_of(written).is_some();
        known.then(|| SegmentFact::Name(written.to_owned()))
    }

    fn next(
        &self,
        written: &str,
        before: &[SegmentFact],
        walked: &Walked,
    ) -> Option<Vec<SegmentFact>> {
        let name = || Some(vec![SegmentFact::Name(written.to_owned())]);
        let key = || SegmentFact::Key(String::new());
        if matches!(written, "$ref" | "$value" | "$count") {
            return name();
        }
        let callables = self.walker.callables;
        if let Some((called, inside)) = call(written) {
            if callables.get(called).is_some() {
                return Some(vec![SegmentFact::Call {
                    name: called.to_owned(),
                    arguments: arguments(inside)?,
                }]);
            }
            let mut named = self.next(called, before, walked)?;
            named.push(key());
            return Some(named);
        }
        let end = walked.end.as_ref()?;
        let Type::Structured(id) = end.ty else {
            return callables.get(written).and_then(|_| name());
        };
        let is_member = !end.collection && self.walker.members.find(id, written).is_some();
        if is_member || callables.get(written).is_some() || self.is_cast(written, before) {
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
        let walked = self.walk(&segments);
        matches!(walked.segments.last(), Some(Segment::Cast(_)))
    }
}

/// Whether a segment is a key wherever it stands: a placeholder or a GUID.
fn is_plainly_key(written: &str) -> bool {
    let is_guid = written.len() == 36
        && written
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    is_guid || (written.starts_with('{') && written.ends_with('}'))
}

/// Takes `name(inside)` apart.
fn call(written: &str) -> Option<(&str, &str)> {
    written.strip_suffix(')')?.split_once('(')
}

/// The arguments of a call, all of them with names; they keep their quotes.
fn arguments(inside: &str) -> Option<Vec<(String, String)>> {
    let given = crate::model::written::split_outside(inside, ',');
    given
        .into_iter()
        .filter(|argument| !argument.trim().is_empty())
        .map(|argument| {
            let (name, value) = argument.split_once('=')?;
            Some((name.trim().to_owned(), value.trim().to_owned()))
        })
        .collect()
}
